"""Congressional districts of the 119th Congress: how they are called and how long they stand."""

from __future__ import annotations

CONGRESS = 119

VALID_TO = "2027-01-03"
"""The 120th Congress sits from this day, in several states on new maps."""


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st ...

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 32, 43, 52)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '32nd', '43rd', '52nd']
    """
    ending = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def district_name(geoid: str, state_name: str) -> str:
    """The name of a district by its four digits; seat 00 is a state's only one, 98 the District of Columbia's delegate.

    >>> district_name("4807", "Texas"), district_name("0200", "Alaska")
    ('Texas 7th', 'Alaska at large')
    """
    seat = int(geoid[2:])
    if seat in (0, 98):
        return f"{state_name} at large"
    return f"{state_name} {ordinal(seat)}"

"""Is this the same site? Keys for streets, names and towns, and the merging of rows from several lists.

Two rows are one site when they share an address and a name or phone, or, where a list knows only the town, a name in the
same town. A phone alone joins nothing: chains repeat theirs over all their sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

WORDS = {
    "street": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct",
    "place": "pl", "parkway": "pkwy", "pky": "pkwy", "highway": "hwy", "circle": "cir", "square": "sq", "terrace": "ter", "trail": "trl",
    "plaza": "plz", "expressway": "expy", "freeway": "fwy", "turnpike": "tpke", "route": "rte", "center": "ctr", "centre": "ctr",
    "mount": "mt", "saint": "st", "fort": "ft", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
"""One spelling for the words of a street; both sides of a comparison go through it."""

UNIT = re.compile(r"\b(?:suites?|ste|units?|bldg|building|room|rm|apt|floor|fl|mail stop|p o box|po box|box)\b.*|#.*")
HOUSE_NUMBER = re.compile(r"\d+[a-z]?(?:-\d+[a-z]?)?")

UNNAMED = "Practice billing Medicare"
"""What an address is called of which only the claims are known; its street follows."""

STATED = 3
"""The strength of a pair that a source itself calls one site: surer than a name in a town, less sure than a shared address."""

LEGAL = frozenset(["llc", "inc", "pc", "pa", "pllc", "corp", "co", "ltd", "lp", "the"])
COMMON = frozenset(
    [
        "ketamine",
        "esketamine",
        "spravato",
        "infusion",
        "infusions",
        "iv",
        "tms",
        "kap",
        "clinic",
        "clinics",
        "center",
        "centers",
        "centre",
        "wellness",
        "health",
        "healthcare",
        "medical",
        "medicine",
        "mental",
        "behavioral",
        "care",
        "treatment",
        "therapy",
        "therapeutics",
        "services",
        "service",
        "servs",
        "psychiatry",
        "psychiatric",
        "counseling",
        "psychotherapy",
        "institute",
        "hospital",
        "program",
        "group",
        "practice",
        "associates",
        "solutions",
        "specialists",
        "integrative",
        "pain",
        "and",
        "of",
        "for",
        "at",
        "in",
        "mind",
        "new",
        "advanced",
        "total",
        "complete",
        "comprehensive",
        "premier",
        "university",
        "department",
        "outpatient",
        "consultants",
        "psych",
        "a",
        "north",
        "south",
        "east",
        "west",
        "northwest",
        "northeast",
        "southwest",
        "southeast",
        "nw",
        "ne",
        "sw",
        "se",
        "nyc",
        "city",
        "greater",
        "alabama",
        "alaska",
        "arizona",
        "arkansas",
        "california",
        "colorado",
        "connecticut",
        "delaware",
        "florida",
        "georgia",
        "hawaii",
        "idaho",
        "illinois",
        "indiana",
        "iowa",
        "kansas",
        "kentucky",
        "louisiana",
        "maine",
        "maryland",
        "massachusetts",
        "michigan",
        "minnesota",
        "mississippi",
        "missouri",
        "montana",
        "nebraska",
        "nevada",
        "hampshire",
        "jersey",
        "mexico",
        "york",
        "carolina",
        "dakota",
        "ohio",
        "oklahoma",
        "oregon",
        "pennsylvania",
        "rhode",
        "island",
        "tennessee",
        "texas",
        "utah",
        "vermont",
        "virginia",
        "washington",
        "wisconsin",
        "wyoming",
    ]
)
"""Words that half the trade has in its names, and names of states: they tell no two firms apart."""


@lru_cache(maxsize=200_000)
def street_key(street: str) -> str:
    """House number and street in one spelling, without the suite; "" where there is no house number.

    >>> street_key("200 First Ave West, #400"), street_key("200 1st Avenue W Suite 403")
    ('200 1st ave w', '200 1st ave w')
    >>> street_key("University Drive"), street_key("- - -")
    ('', '')
    """
    text = street.lower().lstrip("# ").replace("'", "").replace(".", " ")
    head = text.split(",")[0]
    if not re.search(r"[a-z]{2}", head):
        head = text.replace(",", " ")
    head = UNIT.sub(" ", head)
    number, _, rest = head.strip().partition(" ")
    tokens = [WORDS.get(token, token) for token in re.findall(r"[a-z0-9]+", re.sub(r"\bu s\b", "us", rest))]
    if not tokens or not HOUSE_NUMBER.fullmatch(number):
        return ""
    return " ".join([number, *tokens])


@lru_cache(maxsize=200_000)
def suite_key(street: str) -> str:
    """What stands behind the street: "suite 101" and "#101" are both "101"; "" where nothing does.

    >>> suite_key("721 East 12200 South, Suite 101"), suite_key("721 E 12200 S")
    ('101', '')
    """
    found = re.search(r"(?:\b(?:suites?|ste|units?|room|rm|apt)\b\.?\s*|#\s*)([a-z0-9-]+)\s*$", street.lower())
    return found.group(1).replace("-", "") if found else ""


@lru_cache(maxsize=200_000)
def town_key(town: str) -> str:
    """A town in one spelling: "Saint Louis" and "St. Louis" are one.

    >>> town_key("Coeur d'Alene") == town_key("Coeur D Alene") or town_key("St. Louis") == town_key("Saint Louis")
    True
    """
    tokens = re.findall(r"[a-z0-9]+", town.lower().replace("'", "").replace(".", " "))
    return " ".join({"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}.get(token, token) for token in tokens)


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A firm's name in one spelling, without legal forms and what stands in brackets.

    >>> name_key("The Ketamine Clinic, LLC"), name_key("Crestline Health & Wellness")
    ('ketamine clinic', 'crestline health and wellness')
    """
    text = re.sub(r"\([^)]*\)", " ", name.lower()).replace("&", " and ").replace("'", "").replace(".", "").replace("/", " ")
    return " ".join(token for token in re.findall(r"[a-z0-9]+", text) if token not in LEGAL)


@lru_cache(maxsize=200_000)
def branch(name: str) -> tuple[str, str]:
    """A chain's name and what stands behind its dash.

    >>> branch("Keta Medical Center - Hudson Yards")
    ('Keta Medical Center', 'hudson yards')
    """
    firm, _, where = name.replace("—", "-").partition(" - ")
    return firm.strip(), name_key(where)


@lru_cache(maxsize=200_000)
def core(name: str, town: str) -> frozenset[str]:
    """The words of a firm's name that tell it from others: neither common in the trade, nor a state's or the town's own name."""
    return frozenset(name_key(branch(name)[0]).split()) - COMMON - frozenset(town_key(town).split())


def same_name(left: str, right: str, town: str) -> bool:
    """Whether two names in one town are the same firm's: equal, or the telling words of one all stand in the other.

    Two branches of a chain in one town are not the same.

    >>> same_name("Klarisana", "Klarisana - Denver", "Denver"), same_name("Ketamine Clinic", "Ketamine Center", "Denver")
    (True, False)
    >>> same_name("Ember Health - Tribeca", "Ember Health - Chelsea", "New York")
    False
    """
    if name_key(left) == name_key(right):
        return True
    branches = branch(left)[1], branch(right)[1]
    if all(branches) and branches[0] != branches[1]:
        return False
    first, second = core(left, town), core(right, town)
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=200_000)
def phone_key(phone: str) -> str:
    """The ten digits of a phone number, without country code and extension; "" where it has fewer."""
    digits = re.sub(r"\D", "", re.split(r"x", phone.lower())[0])
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return digits if len(digits) == 10 else ""


@dataclass(frozen=True)
class Row:
    """One row of one list, as far as matching needs it."""

    layer: str
    name: str
    street: str
    city: str
    state: str
    zip: str
    phone: str
    lone: bool = False
    """Not to be joined with rows of other publishers (an inpatient unit is not the practice another list names)."""
    unit: str = ""
    """The second line of a facility's name."""
    named: bool = True
    """Whether the list gives a name at all; claims give an address alone."""

    @property
    def publisher(self) -> str:
        return "samhsa" if self.layer.startswith("samhsa") else self.layer


def same_address(left: Row, right: Row) -> bool:
    """Same house number and street in the same state, and the same ZIP or, where one has none, the same town."""
    key = street_key(left.street)
    if not key or key != street_key(right.street) or left.state != right.state:
        return False
    return left.zip == right.zip if left.zip and right.zip else town_key(left.city) == town_key(right.city)


def like_named(left: Row, right: Row) -> bool:
    """Whether the names, or the names with their second lines, are the same firm's."""
    return any(
        same_name(first, second, left.city)
        for first in {left.name, f"{left.name} {left.unit}".strip()}
        for second in {right.name, f"{right.name} {right.unit}".strip()}
    )


def suites_agree(left: str, right: str) -> bool:
    """Whether two streets could be one suite: equal, or one says none.

    >>> suites_agree("5 Main St Ste 2", "5 Main St"), suites_agree("5 Main St Ste 2", "5 Main St #3")
    (True, False)
    """
    suites = suite_key(left), suite_key(right)
    return not all(suites) or suites[0] == suites[1]


def likeness(left: Row, right: Row) -> int:
    """How sure it is that two rows are one site, by address and name; 0 is not at all."""
    if left.state != right.state:
        return 0
    phone = bool(phone_key(left.phone)) and phone_key(left.phone) == phone_key(right.phone)
    if same_address(left, right):
        if not (left.named and right.named):
            return 5 if suites_agree(left.street, right.street) else 0
        if not (phone or like_named(left, right)):
            return 0
        suite = suite_key(left.street) == suite_key(right.street)
        return 5 + 2 * (name_key(left.name) == name_key(right.name)) + suite
    if street_key(left.street) and street_key(right.street):
        return 0
    if town_key(left.city) != town_key(right.city) or not like_named(left, right):
        return 0
    return 4 if phone or (left.zip and left.zip == right.zip) else 2


def merge(rows: list[Row], stated: Iterable[tuple[int, int]] = ()) -> list[int]:
    """The site each row belongs to: the position of the site's first row.

    `stated` holds pairs that a source itself says are one site. Two rows of one list are never one site unless they share
    their address; two rows of one SAMHSA directory never are. Surer pairs are joined first, so that a doubtful one can't
    take their place.
    """
    site = list(range(len(rows)))
    members = {number: [number] for number in site}
    said = {(min(pair), max(pair)) for pair in stated}
    by_state: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        by_state.setdefault(row.state, []).append(number)
    pairs = [(STATED, first, second) for first, second in said]
    for numbers in by_state.values():
        for position, first in enumerate(numbers):
            for second in numbers[position + 1 :]:
                strength = likeness(rows[first], rows[second])
                if strength and (first, second) not in said:
                    pairs.append((strength, first, second))
    for strength, first, second in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        left, right = site[first], site[second]
        if left == right or not may_join([rows[n] for n in members[left]], [rows[n] for n in members[right]], strength):
            continue
        keep, lose = min(left, right), max(left, right)
        for number in members[lose]:
            site[number] = keep
        members[keep] += members.pop(lose)
    return site


def may_share_list(first: Row, second: Row, strength: int) -> bool:
    """Whether two rows of one list may be one site after all: at one address, or where other sources say that both are it."""
    if first.publisher == "samhsa":
        return False
    return same_address(first, second) or (strength == STATED and not (first.street or second.street))


def stands_alone(rows: list[Row]) -> bool:
    """Whether the latest directory that has the site says that it takes no outpatients."""
    latest = max((row for row in rows if row.publisher == "samhsa"), key=lambda row: row.layer, default=None)
    return latest is not None and latest.lone


def may_join(left: list[Row], right: list[Row], strength: int) -> bool:
    """Whether two sites may become one, row by row."""
    if len({row.publisher for row in (*left, *right)}) > 1 and (stands_alone(left) or stands_alone(right)):
        return False
    for first in left:
        for second in right:
            if first.layer == second.layer and not may_share_list(first, second, strength):
                return False
            streets = street_key(first.street), street_key(second.street)
            if strength != STATED and all(streets) and not same_address(first, second):
                return False
    return True

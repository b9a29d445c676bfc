"""What a missing or special value means. A value always travels with one of these; missing is never zero."""

from __future__ import annotations

from typing import Final

OBSERVED: Final = "observed"
MODELLED: Final = "modelled"
ZERO: Final = "zero"
"""A true zero: counted, and none found."""
NO_DATA: Final = "no data"
SUPPRESSED: Final = "suppressed"
"""The publisher knows the figure and withholds it, mostly because the count is small."""
BEYOND_REACH: Final = "beyond reach"
"""Farther than the search went."""
NO_ROAD: Final = "no road"

ALL: Final = (OBSERVED, MODELLED, ZERO, NO_DATA, SUPPRESSED, BEYOND_REACH, NO_ROAD)
WITH_VALUE: Final = frozenset({OBSERVED, MODELLED, ZERO})
"""Only these carry a number; with the others the value is empty and the status says why."""

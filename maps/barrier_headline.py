"""What far and costly mean in this question, and the headline that counts people: what every title and subtitle of the class needs."""

from __future__ import annotations

from typing import Final

import numpy as np

from analytics.assumptions import assumed
from analytics.barriers import COSTLY_SHARE, DISTANCE, FAR_SHARE, People
from analytics.places import Place
from analytics.query import Query
from analytics.schedules import treatment_of
from maps.numbers import spoken_range

NATION_PRICE: Final = "one price, so it maps income"
"""Of what is paid for oneself there is one national figure: what differs between places is income."""


def share(value: float) -> str:
    """A threshold as it was set: "33 %", "12.5 %"."""
    return f"{100 * value:g} %"


def far_words(query: Query) -> str:
    """When a place is far."""
    if query.far == "e2sfca":
        return "access score of zero or in the lowest fifth of the rest"
    part = float(assumed(FAR_SHARE, query.assumptions))
    whom = "over half of adults" if part == 0.5 else f"over {share(part)} of adults"
    limit = float(assumed(DISTANCE[query.far], query.assumptions))
    return f"{whom} beyond {limit:g} {'straight miles' if query.far == 'miles' else 'modelled minutes'}"


def asked_words(query: Query) -> dict[str, str]:
    """The blanks of the unit's words that the class has of its own."""
    infusions_oneself = query.payer == "self" and treatment_of(query) == "iv"
    return {
        "far": far_words(query),
        "costly_share": share(float(assumed(COSTLY_SHARE, query.assumptions))),
        "one_price": f"; {NATION_PRICE}" if infusions_oneself else "",
    }


def headline(found: People, query: Query, place: Place, providers: str) -> str:
    """How many adults are far and in a costly county, with the range over the provider lists: "39 to 66 million adults ..."."""
    low, high = found.list_range()
    said, doubt = spoken_range(low, high, "people"), ""
    if said.startswith("between"):
        # Short, so that the title of a state has room for all that it says.
        said = said.removeprefix("between ").replace(" and ", " to ")
        silent = not np.array_equal(found.adults, found.possible)
        listed = ["on the list"] if found.lists else []
        doubt = f", depending {' and '.join([*listed, *(['on silent records'] if silent else [])])},"
    whom = f"{said} adults" if round(high) else "No adults"
    where = "" if place.level == "nation" else f" in {place.name}"
    return f"{whom}{where}{doubt} live {far_away(query, providers)} and in costly counties"


def far_away(query: Query, providers: str) -> str:
    """Where somebody lives who is far by his own block group."""
    if query.far == "e2sfca":
        return "where the access score is zero or among the lowest"
    return f"over {float(assumed(DISTANCE[query.far], query.assumptions)):g} {query.far} from {providers}"

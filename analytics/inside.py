"""How access is spread inside one place: the share of its people within each reach, and the tenth, the middle and the ninetieth per cent."""

from __future__ import annotations

from analytics.indicators import indicators
from analytics.model import Figure, figure
from analytics.query import Query
from analytics.refusal import refuse
from analytics.tables import Tables

WITHIN_MINUTES = ("within_30_minutes", "within_60_minutes", "within_90_minutes", "within_120_minutes")


def shares_within(query: Query, tables: Tables) -> tuple[Figure, ...]:
    """The query's place within 30, 60, 90 and 120 minutes of the same sites; none where its sites bear no share of people."""
    asked = [query.with_(measure=measure) for measure in WITHIN_MINUTES]
    if any(refuse(one, indicators()[one.measure], tables) is not None for one in asked):
        return ()
    return tuple(found for one in asked if (found := figure(one, tables)) is not None)

"""A question asked of another measure: with the lists, the kind of therapy and the people that the measure can bear.

One rule for the page's own change of measure, for a second question beside the first, and for the conditions a place must meet.
"""

from __future__ import annotations

from typing import Any

from analytics.indicators import indicators
from analytics.model import Result, answer, no_rows, provenance
from analytics.query import DEFAULT_LAYERS, Query
from analytics.refusal import RATE_LAYERS, Refusal
from analytics.tables import Tables


def borne(before: Query, **changes: Any) -> Query:
    """`before` with these fields changed, and what follows from it: a measure that asks for a list that bears a rate takes that one where
    nobody chose the lists, and gives it back; likewise the kind of therapy and the group of people for which alone it is defined.

    Lists that somebody chose stay as they are; where they cannot bear the measure, the answer is a refusal that says so.
    """
    asked = before.with_(**changes)
    left, chosen = indicators()[before.measure], indicators()[asked.measure]
    is_rate, was_rate = chosen.bears_for(asked) == "rate", left.bears_for(before) == "rate"
    if "layers" not in changes:
        if is_rate and asked.layers == DEFAULT_LAYERS:
            asked = asked.with_(layers=RATE_LAYERS)
        elif was_rate and not is_rate and asked.layers == RATE_LAYERS:
            asked = asked.with_(layers=DEFAULT_LAYERS)
    fields = (("modality", chosen.modalities, left.modalities), ("population", chosen.populations, left.populations))
    for name, needed, was in fields:
        if name in changes:
            continue
        if needed and getattr(asked, name) not in needed:
            asked = asked.with_(**{name: needed[0]})
        elif was and not needed and getattr(asked, name) in was:
            asked = asked.with_(**{name: getattr(Query(), name)})
    return asked


def heard(query: Query, tables: Tables) -> Result:
    """The answer; where assumptions that were changed do not go together in this measure, a refusal that says so."""
    try:
        return answer(query, tables)
    except ValueError as error:
        indicator = indicators()[query.measure]
        reason = Refusal(str(error), query.with_(assumptions=()), "Show it with the shipped values")
        return Result(query, indicator, no_rows(), None, (), (), provenance(query, indicator, tables), reason, tables.version)

"""Questions that are answered: a measure with the lists and the kind of therapy it can bear."""

from __future__ import annotations

from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables


def sound(measure: str, tables: Tables, **asked: str) -> Query:
    """The question as asked, or where it is refused the sound one that is offered instead."""
    query = Query(measure=measure).with_(**asked)
    refusal = answer(query, tables).refusal
    return query if refusal is None else refusal.query

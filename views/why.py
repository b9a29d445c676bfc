"""Two pieces that stand beside a figure: why it is what it is, and the journey behind the miles."""

from __future__ import annotations

import streamlit as st

from analytics.explain import explain
from analytics.model import Result
from analytics.tables import Tables
from maps.cost_words import way_with_cost
from maps.why_words import why_alt, why_columns, why_sentences, why_table
from views import parts
from views.shown import panel


def why_panel(result: Result, tables: Tables) -> None:
    """The sites behind the figure of the chosen place, worked out when the panel is opened."""
    with panel("Why this number?", "why") as opened:
        if not opened.open:
            return
        why = explain(result.query, result.query.place, tables)
        for sentence in why_sentences(why, tables):
            parts.paragraph(sentence)
        if not why.frame.empty:
            st.dataframe(why_table(why, tables), column_config=why_columns(why, tables), hide_index=True, alt=why_alt(why, tables))


def journey_line(result: Result, tables: Tables) -> None:
    """What a first year of treatment asks of the typical adult of the chosen place on the road, and what it costs there."""
    parts.paragraph(way_with_cost(result.query, tables))

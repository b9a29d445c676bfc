"""Places in order with their intervals, and of which it is certain that they are in the worst tenth."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics.model import Result
from analytics.ranking import ranking
from analytics.tables import Tables
from maps import ranking_chart as words
from maps.charts import CONFIG
from maps.together_export import ranking_picture
from maps.together_files import ranking_csv, together_name
from maps.view import View
from maps.words import source_line, subtitle
from views import parts
from views.shown import panel
from views.together_files import downloads

TABLE = "ranking table"


def ranking_panel(result: Result, view: View, tables: Tables) -> None:
    """The worst twenty and the selected places as dots with their intervals; the rule, the doubt that is in it, the table, the files."""
    with panel("Ranking, and how sure it is", "ranking") as opened:
        if not opened.open:
            return
        found = ranking(result)
        if found.refusal:
            parts.paragraph(found.refusal, "problem")
            return
        parts.paragraph(words.title(found), "small")
        parts.paragraph(subtitle(result))
        for said in filter(None, (words.rule_words(found), words.uncertainty(found), words.missing_words(found))):
            parts.paragraph(said)
        with st.container(key="ranking-chart"):
            st.plotly_chart(
                words.drawn_ranking(found, view.selected, parts.scheme()),
                key="ranking chart",
                theme=None,
                config=CONFIG,
                alt=words.alt(found, view.selected),
            )
        parts.paragraph(source_line(result), "source")
        if st.toggle(f"Show the whole order as a table: {words.whose(found)}", key=TABLE):
            st.dataframe(words.shown_ranking(found), column_config=words.ranking_columns(found), hide_index=True, alt=words.title(found))
        downloads(
            "ranking",
            partial(ranking_picture, found, view),
            lambda: ranking_csv(found),
            lambda ending: together_name("ranking", result, ending),
            (result,),
            tables,
        )

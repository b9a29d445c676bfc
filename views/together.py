"""A second measure beside the first: two maps of one place, one map of both, or a scatter plot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from analytics.bearing import heard
from analytics.indicators import indicators
from analytics.model import Result
from analytics.places import places
from analytics.query import MODALITIES
from analytics.refusal import capital
from analytics.tables import Tables
from analytics.together import Pair, paired, refused, unshown
from maps import bivariate, nine, together_words, words
from maps.charts import CONFIG as CHART
from maps.classes import classes_of
from maps.figure import CONFIG, written_map
from maps.geometry import frame_of
from maps.legend import legend
from maps.ready import Ready
from maps.scatter import drawn_scatter
from maps.together_export import beside_picture, bivariate_picture, scatter_picture
from maps.together_files import pair_csv, together_name
from maps.view import SECOND_PANEL, TOGETHER, View, second_classing, second_question
from views import parts
from views.address import text_of
from views.selection import boxing, pick
from views.shown import control, edit, panel, shown, take
from views.together_files import downloads

NONE = ""
MEASURE, MODALITY, SHOWN, SIZE = "second measure", "second modality", "second shown", "scatter by adults"


def second_of(result: Result, view: View, tables: Tables) -> Result | None:
    """The answer to the second question of a view; None where there is none."""
    query = second_question(result.query, view)
    return heard(query, tables) if query is not None else None


def columns(figure: Any, result: Result, view: View) -> tuple[Any, Any]:
    """Where the first map stands, with its name where two stand side by side, and the second then (None else)."""
    if not view.second or view.together != "beside":
        return figure, None
    with figure:
        left, right = st.columns(2, gap="medium")
    with left:
        parts.paragraph(capital(result.indicator.label), "small")
    return left, right


def second_map(right: Any, result: Result, view: View, tables: Tables) -> None:
    """The second of two maps of the same place, with its finding, its legend and its source; or why there is none."""
    second = second_of(result, view, tables)
    if right is None or second is None:
        return
    colours = parts.scheme()
    view = replace(view, classing=second_classing(view))
    with right:
        parts.paragraph(capital(second.indicator.label), "small")
        if said := refused(result, second):
            parts.paragraph(said, "problem")
            return
        listed = second.indicator.uses_providers and view.sites
        classes = classes_of(second, colours, view.classing)
        st.html(legend(classes, second.indicator, colours, sites=listed))
        if classes.said:
            parts.paragraph(classes.said)
        with st.container(key="map-second"):
            key = f"second map {text_of(second.query, view, tables)} {colours.name}"
            st.plotly_chart(
                Ready(written_map(second, view, colours, tables, boxing())),
                key=key,
                theme=None,
                config=CONFIG,
                on_select=partial(pick, key, second.frame["geoid"]),
                selection_mode=("points", "box"),
                height="stretch",
                alt=words.kept_alt_text(second, tables),
            )
        parts.paragraph(f"{words.title(second, tables)}.")
        parts.paragraph(words.subtitle(second), "source")
        parts.paragraph(words.source_line(second), "source")


def second_panel(result: Result, view: View, tables: Tables) -> None:
    """Which second measure, for which therapy, and how both are shown."""
    with panel("Compare with a second measure", SECOND_PANEL) as opened:
        if not opened.open:
            return
        sentence(result, view)
        second = second_of(result, view, tables)
        if second is None:
            parts.paragraph("Choose a second measure: both stand side by side, in one map of nine classes, or as dots, one a place.")
            return
        if said := refused(result, second):
            parts.paragraph(said, "problem")
            return
        pair = paired(result, second)
        if said := unshown(pair, view.together):
            parts.paragraph(said, "problem")
            return
        {"bivariate": both_map, "scatter": scatter}.get(view.together, beside)(pair, view, tables)


def sentence(result: Result, view: View) -> None:
    """The controls: "and adults without insurance, shown as a scatter plot"."""
    had = dict(view.second)
    measure = had.get("measure", result.query.measure if had else NONE)
    offered = [NONE, *(one.id for one in indicators().values() if not one.advanced or one.id == measure)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="second-controls"):
        st.selectbox(
            "Second measure",
            offered,
            format_func=lambda one: indicators()[one].label if one else "none",
            key=control(MEASURE, measure),
            on_change=choose_measure,
            width=330,
        )
        if not measure:
            return
        one = indicators()[measure]
        if "modality" in one.asked:
            options = [kind for kind in MODALITIES if not one.modalities or kind in one.modalities]
            now = had.get("modality", options[0])
            st.selectbox(
                "Second measure for",
                options,
                format_func=MODALITIES.__getitem__,
                key=control(MODALITY, now if now in options else options[0]),
                on_change=choose_modality,
                width=215,
            )
        st.selectbox(
            "Shown as",
            list(TOGETHER),
            format_func=TOGETHER.__getitem__,
            key=control(SHOWN, view.together),
            on_change=take,
            args=(SHOWN, "together"),
            width=215,
        )


def choose_measure() -> None:
    measure = st.session_state[MEASURE]
    edit(second=(("measure", measure),) if measure else ())


def choose_modality() -> None:
    edit(second=(*(one for one in shown().second if one[0] != "modality"), ("modality", st.session_state[MODALITY])))


def beside(pair: Pair, view: View, tables: Tables) -> None:
    """What is to be said of two maps side by side, and both as files."""
    parts.paragraph(f"Both maps stand above, of the same place. {together_words.correlation_words(pair)}")
    pair_files("beside", pair, partial(beside_picture, pair, view, tables), tables)


def both_map(pair: Pair, view: View, tables: Tables) -> None:
    """One map of nine classes with its finding and its legend."""
    colours = parts.scheme()
    thirds = pair.thirds
    parts.paragraph(together_words.bivariate_title(pair, *thirds), "small")
    parts.paragraph(together_words.by_chance(pair, *thirds))
    st.html(nine.legend(pair, colours))
    parts.map_frame(frame_of(places(tables)[pair.first.query.place].state, tables))
    key = f"map of both {text_of(pair.first.query, view, tables)} {colours.name}"
    with st.container(key="map-both"):
        st.plotly_chart(
            Ready(bivariate.written_bivariate(pair, view, colours, tables)),
            key=key,
            theme=None,
            config=CONFIG,
            on_select=partial(pick, key, pair.frame["geoid"]),
            selection_mode="points",
            height="stretch",
            alt=together_words.bivariate_alt(pair, *thirds),
        )
    under(pair)
    pair_files("bivariate", pair, partial(bivariate_picture, pair, view, tables), tables)


def scatter(pair: Pair, view: View, tables: Tables) -> None:
    """Dots, one a place."""
    parts.paragraph(together_words.tendency(pair), "small")
    parts.paragraph(together_words.correlation_words(pair))
    by_people = st.toggle("Size by adults", key=SIZE)
    st.plotly_chart(
        drawn_scatter(pair, view.selected, parts.scheme(), by_people),
        key="scatter plot",
        theme=None,
        config=CHART,
        alt=together_words.scatter_alt(pair, view.selected),
    )
    parts.paragraph(together_words.medians_words(pair))
    under(pair)
    pair_files("scatter", pair, partial(scatter_picture, pair, view, tables, by_people), tables)


def under(pair: Pair) -> None:
    """What is missing, and the sources of both."""
    if said := together_words.missing_words(pair):
        parts.paragraph(said)
    parts.paragraph(together_words.sources(pair), "source")


def pair_files(shape: str, pair: Pair, picture: Callable[..., bytes], tables: Tables) -> None:
    """Both measures in one of the shapes of TOGETHER as a picture, `picture(kind, preset, address)`, and as a table."""
    downloads(
        shape,
        picture,
        partial(pair_csv, pair, with_thirds=shape == "bivariate"),
        lambda ending: together_name(shape, pair.first, ending, pair.second),
        (pair.first, pair.second),
        tables,
    )

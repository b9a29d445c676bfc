"""Place: what there is to say of one county, district or state, from the finding to the file."""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.care_nearby import care_nearby
from analytics.model import Result, answer
from analytics.near_place import sites_inside
from analytics.nearest_kinds import nearest_kinds
from analytics.places import level_of
from analytics.profile import Profile, profile, question
from analytics.query import NATION, Query
from analytics.similar import similar
from analytics.trend import amount_trend, directory_trend
from data.bundle import shipped
from maps import place_lists, place_words, words
from maps.cost_words import way_with_cost
from maps.labelled import labelled_html
from maps.place_pictures import Drawn, locator, trend
from maps.place_table import figures_html
from maps.view import View
from views import address, parts
from views.own import laid_over
from views.panels import agreement_panel, sources_panel
from views.shown import VIEW, shown
from views.take_away import sheet, take_away
from views.why import why_panel

tables = laid_over(shipped())
colours = parts.scheme()


def picture(drawn: Drawn) -> None:
    st.html(f'<img class="place-locator" src="{drawn.address}" alt="{escape(drawn.alt)}" width="{drawn.width}" height="{drawn.height}">')


def go(geoid: str) -> None:
    """To the page of another place, with all else as it is."""
    query, view, _ = address.read(tables)
    st.query_params.from_dict(address.address_of(question(geoid, query), view, tables))


def doors(asked: Query, view: View) -> None:
    """To Explore and Costs with this place, and to the page of its state."""
    along = address.address_of(asked, view, tables)
    with st.container(horizontal=True, key="door"):
        st.page_link("explore.py", label="Open in Explore", query_params=along)
        st.page_link("costs.py", label="What it costs here", query_params=along)
        st.page_link("near_me.py", label="Sites near your ZIP code", query_params=along)
        if level_of(asked.place) in ("county", "district"):
            state = asked.place[:2]
            st.button(f"The page of {place_words.name_of(state, tables)}", on_click=go, args=(state,), key="to state")


def head(result: Result, found: Profile, asked: Query, view: View) -> None:
    """The finding, where it is, and what a first year asks of a person who lives there."""
    with st.container(horizontal=True, key="place-head"):
        with st.container(key="place-said"):
            parts.title(place_words.headline(result, tables))
            parts.paragraph(place_words.subtitle(found, tables), "subtitle")
            if result.refusal is not None:
                parts.refusal(result.refusal, view, tables)
            else:
                parts.paragraph(place_words.list_sentence(result))
            parts.paragraph(way_with_cost(asked, tables))
            parts.paragraph(place_words.burden_sentence(found.line("households_over"), tables))
        picture(locator(asked.place, colours, tables))
    doors(asked, view)
    sheet(asked.place, tables, "place")


def nearest(found: Profile, asked: Query, view: View) -> None:
    """The nearest sites by kind, of a state how many are listed there, and the nearest other care."""
    if level_of(asked.place) in ("county", "district"):
        parts.heading(place_words.nearest_title(found.place))
        st.html(place_lists.nearest_html(nearest_kinds(asked, tables)))
        parts.paragraph(place_words.nearest_note(found.place))
    else:
        inside = sites_inside(asked, tables)
        parts.heading(place_words.inside_title(inside, found.place))
        if inside[0].known:
            st.html(place_lists.inside_html(inside))
        parts.paragraph(place_words.INSIDE_NOTE)
        on_map = asked.with_(measure="sites", level="county")
        with st.container(key="door-sites"):
            st.page_link("explore.py", label=place_words.INSIDE_DOOR, query_params=address.address_of(on_map, view, tables))
    parts.paragraph(place_words.care_sentence(care_nearby(asked.place, tables), found.place))


def alike(geoid: str) -> None:
    """The places like this one, each a door to its page."""
    found = similar(geoid, tables)
    parts.heading(place_words.similar_title(found))
    parts.paragraph(place_words.similar_sentence(found, tables))
    with st.container(key="alike"):
        with st.container(horizontal=True, key="alike-own"):
            parts.paragraph(place_words.name_of(geoid, tables), "note")
            st.html(place_lists.traits_html(found.own, found, None))
        for one in found.places:
            with st.container(horizontal=True, key=f"alike-{one.geoid}"):
                st.button(place_words.name_of(one.geoid, tables), on_click=go, args=(one.geoid,), type="tertiary", key=f"open {one.geoid}")
                st.html(place_lists.traits_html(one.figures, found, one.distance))


def changed(found: Profile, asked: Query) -> None:
    """What the years show, where there are several."""
    parts.heading("What changed")
    directories, amounts = directory_trend(asked, tables), amount_trend(asked.place, tables)
    with st.container(horizontal=True, key="place-trends"):
        for steps, title, note, unit in (
            (directories, place_words.directory_title, place_words.directory_note, "share"),
            (amounts, place_words.amount_title, place_words.amount_note, "usd"),
        ):
            if steps:
                with st.container(key=f"trend-{unit}"):
                    parts.paragraph(title(steps, found.place), "small")
                    drawn = trend(steps, unit, place_words.trend_alt(steps, unit), colours)
                    st.html(labelled_html("place-trend", drawn.address, drawn.alt, (drawn.width, drawn.height), drawn.labels))
                    parts.paragraph(note(steps), "source")


def behind(result: Result, view: View) -> None:
    """Why the headline's number is what it is, whether other measures say the same, and the files."""
    if result.refusal is None:
        why_panel(result, tables)
        agreement_panel(result, tables)
        sources_panel(result)
        take_away(result, view, tables)


query, view, problems = address.read(tables)
address.seed({VIEW: view})
for problem in problems:
    parts.paragraph(problem, "problem")
address.settle((query, view), (query, shown()), tables)
asked = question(query.place, query)
result = answer(asked, tables)
found = profile(query.place, tables, query)

if query.place == NATION:
    parts.title(place_words.headline(result, tables))
    parts.paragraph(place_words.nation_sentence(), "subtitle")
    doors(asked, view)
    st.stop()

head(result, found, asked, shown())
parts.heading(f"{found.place.short} beside the rest")
st.html(figures_html(found, tables))
nearest(found, asked, shown())
alike(query.place)
changed(found, asked)
parts.heading("What is missing, and why")
st.html(words.plain_list(place_words.missing_sentences(found)) + place_lists.METHOD)
parts.heading("Behind the number")
behind(result, shown())
parts.paragraph(words.source_line(result), "source")

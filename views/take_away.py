"""Take it away: a view as picture, data, link, citation, sentence and code. What is closed is neither made nor sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from analytics.model import Result
from analytics.tables import Tables
from analytics.together import Pair
from maps import cite, words
from maps.chart_files import Printed, chart_picture, table_csv
from maps.embed import embed_code
from maps.export import (
    DEFAULT_PRESET,
    KINDS,
    PRESET_WORDS,
    data_label,
    export,
    export_name,
    fact_sheet_file,
    link,
    picture_label,
    public_url,
    with_own_data,
)
from maps.fact_sheet_words import is_told, sheet_name
from maps.fact_sheets import archive_address, counties_of
from maps.together_export import chart_file, pair_or_why
from maps.together_files import together_name
from maps.together_words import told_of
from maps.view import TOGETHER, View
from views import parts
from views.shown import panel

PRESET, MORE = "take away preset", "take away more"
PRINTED = tuple(name for name, kind in KINDS.items() if kind.sized)
"""Kinds of file that are drawn in the size of a use."""


def for_use(label: str, key: str) -> str:
    """The choice of what a picture is made for."""
    return st.segmented_control(
        label, list(PRESET_WORDS), format_func=PRESET_WORDS.__getitem__, default=DEFAULT_PRESET, required=True, key=key
    )


def file_button(label: str, data: Callable[[], bytes], file_name: str, kind: str, key: str, disabled: bool = False) -> None:
    """A button that gives a file of one of KINDS; `data` is asked for it when the button is pressed."""
    mime = KINDS[kind].media_type.partition(";")[0]
    st.download_button(label, data=data, file_name=file_name, mime=mime, on_click="ignore", key=key, disabled=disabled)


def take_away(result: Result, view: View, tables: Tables) -> None:
    """One closed expander with the files of a view and the texts that go with them."""
    with panel("Take it away", "take_away") as opened:
        if not opened.open:
            return
        pair, refused = pair_or_why(result, view, tables)
        if refused:
            parts.paragraph(f"There is no file of both measures together. {refused}")
        pictures(result, pair, view, tables)
        sheet(result.query.place, tables)
        data(result, pair, view, tables)
        texts(result, pair, view, tables)


def button(label: str, result: Result, view: View, tables: Tables, kind: str, preset: str = DEFAULT_PRESET, disabled: bool = False) -> None:
    """The button of a file of the view."""
    data = partial(export, result, view, tables, kind, preset, public_url())
    file_button(label, data, export_name(result, kind, preset), kind, f"take away {kind}", disabled)


def button_of_both(label: str, pair: Pair, view: View, tables: Tables, kind: str, preset: str = "", disabled: bool = False) -> None:
    """The button of a file of both measures as the view shows them, made as `--chart second` of the command line makes it."""
    data = partial(chart_file, "second", pair.first, view, tables, kind, preset or DEFAULT_PRESET, public_url())
    name = together_name(view.together, pair.first, ".".join(filter(None, (preset, KINDS[kind].ending))), pair.second)
    file_button(label, data, name, kind, f"take away both {kind}", disabled)


def pictures(result: Result, pair: Pair | None, view: View, tables: Tables) -> None:
    heading("The picture")
    preset = for_use("Made for", PRESET)
    if pair is not None:
        parts.paragraph(f"Both measures, as {TOGETHER[view.together]}:")
        with st.container(horizontal=True):
            for kind in PRINTED:
                button_of_both(picture_label(kind, preset, "both measures"), pair, view, tables, kind, preset)
        parts.paragraph(f"The first measure alone, {result.indicator.label}:")
    with st.container(horizontal=True):
        for kind in PRINTED:
            button(picture_label(kind, preset), result, view, tables, kind, preset)
        button(data_label(result, "html"), result, view, tables, "html", disabled=not result.indicator.downloadable)


def sheet(geoid: str, tables: Tables, key: str = "take away") -> None:
    """The button of a place's fact sheet; the nation has none."""
    if not is_told(geoid, tables):
        return
    heading("One page on the place, to hand out")
    data = partial(fact_sheet_file, geoid, tables, public_url())
    file_button("Download the fact sheet, PDF", data, sheet_name(geoid, tables), "pdf", f"{key} fact sheet")
    if archive := archive_address(geoid[:2], tables):
        counties = len(counties_of(geoid[:2], tables))
        st.link_button(f"Download the fact sheets of all {counties:,} counties of the state, ZIP", archive)


def chart_away(make: Callable[[], Printed], key: str, tables: Tables, where: str) -> None:
    """A chart as picture and as numbers, behind a small button; `make` is asked when it is pressed. `where` is the page's own address."""
    with st.popover("Take this chart away", type="tertiary", key=f"away {key}", on_change="rerun") as panel:
        if not panel.open:
            return
        one = make()
        preset = for_use("Made for", f"away {key} preset")
        for kind in PRINTED:
            picture = partial(chart_picture, one, kind, preset, f"{public_url()}{where}")
            name = one.file_name(f"_{preset}.{KINDS[kind].ending}", tables.version)
            file_button(picture_label(kind, preset), picture, name, kind, f"away {key} {kind}")
        numbers = partial(table_csv, one.table)
        file_button("Download the numbers, CSV", numbers, one.file_name(".csv", tables.version), "csv", f"away {key} csv")


def data(result: Result, pair: Pair | None, view: View, tables: Tables) -> None:
    heading("The data")
    kept = not result.indicator.downloadable
    if kept:
        parts.paragraph("The licence of these figures lets the atlas show them but not hand them on; see their source.")
    if pair is not None:
        parts.paragraph("Both measures in one table:")
        label = f"Download both measures, CSV, {words.rows_words(result)}"
        button_of_both(label, pair, view, tables, "csv", disabled=kept or not pair.second.indicator.downloadable)
        parts.paragraph(f"The first measure alone, {result.indicator.label}:")
    with st.container(horizontal=True):
        button(words.download_label(result), result, view, tables, "csv", disabled=kept)
        for kind in ("geojson", "parquet", "datapackage"):
            button(data_label(result, kind), result, view, tables, kind, disabled=kept)


def texts(result: Result, pair: Pair | None, view: View, tables: Tables) -> None:
    """Each in a box with a button that copies it; of both measures where the view shows two."""
    site = public_url() or here()
    address, today = link(result.query, view, tables, site), date.today()
    found = cite.finding(result, tables) if pair is None else cite.finding_of_both(pair, view, tables)
    if with_own_data(found.results, tables):
        parts.paragraph("Your own data are not in the link: whoever opens it sees the atlas without them.")
    copied("The link", address)
    copied("The finding in a sentence, with its source", cite.sentence(found, address, today))
    more: dict[str, Callable[[], str]] = {
        "Citation": partial(cite.citation, found, address, today),
        "BibTeX": partial(cite.bibtex, found, address, today),
        **alt_texts(result, pair, view, tables),
        "Embed": partial(embed_code, result, view, tables, site),
    }
    if all(one.indicator.downloadable for one in found.results):
        more |= {language: partial(cite.snippet, found, tables, site, language) for language in cite.LANGUAGES}
    heading(
        "More to copy: how to cite it, what a reader who cannot see the picture needs, a frame for a page of yours, the code that fetches these rows"
    )
    one = st.segmented_control("More to copy", list(more), default="Citation", required=True, key=MORE, label_visibility="collapsed")
    st.code(more[one](), language=cite.LANGUAGES.get(one, "html" if one == "Embed" else None), wrap_lines=True)


def alt_texts(result: Result, pair: Pair | None, view: View, tables: Tables) -> dict[str, Callable[[], str]]:
    """What a reader who cannot see the picture needs, by the picture."""
    alone = partial(words.alt_text, result, tables)
    return {"Alt text": alone} if pair is None else {"Alt text": lambda: told_of(pair, view, tables).alt, "Alt text, first map": alone}


def here() -> str:
    """Where this visitor reads the page: the start of its address."""
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}" if found.netloc else ""


def heading(text: str) -> None:
    parts.paragraph(text, "small")


def copied(about: str, text: str) -> None:
    heading(about)
    st.code(text, language=None, wrap_lines=True)

"""The HTML file of a view, read again: its table is the CSV, it runs nothing, fetches nothing, and says what every colour is."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from analytics.conditions import Condition
from analytics.model import Result, answer
from analytics.query import Query
from data.bundle import Tables
from maps import words
from maps.export import KINDS, export, export_name, link
from maps.files import data_csv
from maps.html_file import linked
from maps.view import View

SITE = "https://atlas.example.org"
ASKED = {
    "dona_ana": Query(place="35013"),
    "dollars": Query(measure="median_income", level="state"),
    "rule": Query(measure="medicaid_rule", level="state"),
    "districts": Query(level="district", place="06"),
    "missing": Query(measure="medicare_people", place="48"),
    "changed": Query(measure="e2sfca", place="02", layers=("samhsa_2024",), assumptions=(("travel/speed_factor", 0.9),)),
}
VOID = {"meta", "br", "img", "link", "rect", "circle", "path"}
asked = pytest.mark.parametrize("name", ASKED)


class Read(HTMLParser):
    """Every element with its attributes, the cells of the table, and whether each that was opened was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.stack: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, f"</{tag}> closes what is not open"

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] in ("td", "th"):
            self.rows[-1][-1] += data

    def with_tag(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page(name: str, tables: Tables, sites: bool = True) -> tuple[Result, str, Read]:
    result = answer(ASKED[name], tables)
    text = export(result, View(sites=sites), tables, "html", site=SITE).decode()
    return result, text, Read(text)


def as_filed(cell: str) -> str:
    """A cell as the file has it: "63.21 %" is 0.6321."""
    return f"{Decimal(cell.removesuffix(' %')) / 100:.4f}" if cell.endswith(" %") else cell


@asked
def test_the_table_is_the_csv(name: str, tables: Tables) -> None:
    result, _, read = page(name, tables)
    rows = list(csv.reader(io.StringIO(data_csv(result).decode(), newline="")))
    assert not read.stack, "all that was opened is closed"
    assert len(read.rows) == len(rows)
    assert len(read.rows[0]) == len(rows[0])
    for shown, filed in zip(read.rows[1:], rows[1:], strict=True):
        assert [as_filed(one) for one in shown] == filed


@asked
def test_nothing_runs_and_nothing_is_fetched(name: str, tables: Tables) -> None:
    result, text, read = page(name, tables)
    assert text.encode() == export(result, View(), tables, "html", site=SITE), "the same bytes twice"
    assert not {"script", "link", "img", "iframe", "object", "form", "input", "base"} & {tag for tag, _ in read.elements}
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on") or name in ("src", "xlink:href")]
    assert {one["href"] for one in read.with_tag("a")} == {link(result.query, View(), tables, SITE)}
    for painted in re.findall(r"url\(([^)]*)\)", text):
        assert painted.startswith("#")
        assert f'id="{painted[1:]}"' in text
    for named in re.findall(r"var\(--([a-z0-9]+)\)", text):
        assert text.count(f"--{named}:") == 2, "each colour in light and in dark"


@asked
def test_it_reads_well_aloud(name: str, tables: Tables) -> None:
    result, text, read = page(name, tables)
    assert read.elements[0] == ("html", {"lang": "en"})
    assert [tag for tag, _ in read.elements if re.fullmatch(r"h\d", tag)] == ["h1", "h2", "h2"]
    assert len(read.with_tag("caption")) == len(read.with_tag("main")) == 1
    heads = read.with_tag("th")
    assert [one["scope"] for one in heads].count("row") == len(result.frame)
    assert [one["scope"] for one in heads].count("col") == len(read.rows[0])
    ids = [one["id"] for _, one in read.elements if "id" in one]
    assert len(ids) == len(set(ids))
    for said in (
        words.title(result, tables),
        words.subtitle(result),
        words.source_line(result),
        *result.notes,
        words.alt_text(result, tables),
    ):
        assert said in re.sub("&#x27;", "'", text).replace("&amp;", "&")


def test_names_are_escaped_and_the_map_marks_the_place(tables: Tables) -> None:
    result = answer(ASKED["dona_ana"], tables)
    frame = result.frame.copy()
    frame.loc[0, "name"] = "<b>Ana & Cía</b>"
    text = export(replace(result, frame=frame), View(), tables, "html").decode()
    assert "&lt;b&gt;Ana &amp; Cía&lt;/b&gt;" in text
    assert "<b>" not in text
    assert text.count('stroke="var(--ink)"') == 1
    assert 'stroke="var(--site)"' in text
    assert 'stroke="var(--site)"' not in page("dona_ana", tables, sites=False)[1]


def test_places_that_meet_are_outlined_in_the_order_of_the_map_so_that_the_bytes_are_the_same_in_every_process(tables: Tables) -> None:
    result = answer(Query(measure="uninsured", place="35"), tables)
    text = {
        least: export(result, View(conditions=(Condition("uninsured", "over", least),)), tables, "html").decode() for least in (0.0, 0.99)
    }
    lit = re.findall(r'stroke="var\(--ink\)" stroke-width="8" d="([^"]*)"', text[0.0])
    faded = re.findall(r'fill="var\(--page\)" fill-opacity="[\d.]+" d="([^"]*)"', text[0.99])
    assert len(lit) == len(faded) == 1
    assert lit == faded, "where all meet all are outlined, where none meets all are faded, both in one order"
    assert lit[0].count("M") >= 33


def test_what_may_not_be_handed_on_or_has_no_answer_has_no_file(tables: Tables) -> None:
    result = answer(ASKED["dollars"], tables)
    kept = replace(result, indicator=replace(result.indicator, downloadable=False))
    with pytest.raises(ValueError, match="show it but not hand it on"):
        export(kept, View(), tables, "html")
    assert export_name(result, "html").endswith(f"{tables.version}.html"), "one size, so no use in its name"
    assert not KINDS["html"].sized


def test_a_link_is_one_only_where_it_is_public() -> None:
    assert linked("/explore?a=1&b=2") == "/explore?a=1&amp;b=2"
    assert linked(f"{SITE}/explore (without <it>)") == f'<a href="{SITE}/explore">{SITE}/explore</a> (without &lt;it&gt;)'

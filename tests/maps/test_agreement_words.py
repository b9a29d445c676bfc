"""Agreement in words: sentences with their numbers, tables that a screen reader can follow, nothing unescaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest

from analytics import status
from analytics.agreement import agreement, layers_agreement, usual_measures
from analytics.indicators import indicators
from analytics.model import Result
from analytics.query import LAYERS, Query
from data.bundle import Tables
from maps import agreement_words as words


def pair(**changes: object) -> pd.Series:
    given = {
        "first": "minutes_to_nearest",
        "second": "e2sfca",
        "level": "county",
        "both_found": 41,
        "first_found": 62,
        "second_found": 50,
        "share_of_first": 41 / 62,
        "share_of_second": 41 / 50,
    }
    return pd.Series({**given, **changes})


@pytest.fixture(scope="module")
def texas(tables: Tables) -> Result:
    return agreement(Query(place="48"), usual_measures(Query(), tables), tables)


@pytest.fixture(scope="module")
def lists(tables: Tables) -> Result:
    return layers_agreement(Query(place="48"), tables)


def test_a_pair_is_one_plain_sentence_in_both_directions() -> None:
    assert words.sentence(pair()) == (
        "Of the 62 counties that the way to the nearest site finds worst off, the access score finds 41 too (66 %); "
        "of the 50 that the access score finds, the way to the nearest site finds 41 (82 %)."
    )
    one = words.sentence(pair(level="district", both_found=1, first_found=1, second_found=1, share_of_first=1.0, share_of_second=1.0))
    assert one.startswith("Of the 1 congressional district that") or one.startswith("Of the 1 district that")


def test_who_finds_nobody_is_said_so() -> None:
    none = {"both_found": 0, "share_of_first": float("nan"), "share_of_second": 0.0}
    assert (
        words.sentence(pair(**none, first_found=0)) == "The way to the nearest site finds no county worst off; the access score finds 50."
    )
    assert (
        words.sentence(pair(**none, second_found=0)) == "The access score finds no county worst off; the way to the nearest site finds 62."
    )
    neither = words.sentence(pair(**none, first_found=0, second_found=0))
    assert neither == "Neither the way to the nearest site nor the access score finds a county worst off."


@pytest.mark.parametrize("one", [*indicators(), *LAYERS])
def test_every_measure_and_list_has_a_name_for_a_sentence_and_for_a_choice(one: str) -> None:
    assert words.name_of(one).strip("“” ")
    assert words.option(one)


def counted(places: list[int], people: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"found_by": range(len(places)), "places": places, "people": people})


def test_the_headline_says_where_they_agree_and_who_lives_where_they_part(texas: Result, lists: Result, tables: Tables) -> None:
    three = replace(texas, more={**texas.more, "found_by": counted([9, 2, 192, 51], [1, 561_405, 15_103_416, 1])})
    assert words.headline(three, tables) == (
        "All three measures find the same 51 of 254 counties in Texas worst off, and leave the same 9 out. "
        "They part over the other 194, where 16 million adults live."  # 9 + 2 + 192 + 51 and 2 + 192
    )
    both = replace(texas, more={**texas.more, "found_by": counted([200, 0, 54], [1, 0, 1])})
    assert words.headline(both, tables).endswith("leave the same 200 out. They part nowhere.")
    everywhere = replace(texas, more={**texas.more, "found_by": counted([0, 0, 254], [0, 0, 1])})
    assert words.headline(everywhere, tables).endswith("worst off, and leave none out. They part nowhere.")
    assert words.headline(both, tables).startswith("Both measures find the same 54 of 254 counties in Texas")
    assert words.headline(lists, tables).startswith("All four lists find the same ")


def test_few_pairs_have_a_sentence_each_and_of_many_the_two_ends(texas: Result, lists: Result) -> None:
    assert len(words.sentences(texas)) == len(texas.frame) == 3
    most, least = words.sentences(lists)
    ordered = lists.frame.sort_values("jaccard")
    assert words.sentence(ordered.iloc[-1]) in most
    assert words.sentence(ordered.iloc[0]) in least
    unknown = replace(lists, frame=lists.frame.assign(jaccard=float("nan")))
    assert len(words.sentences(unknown)) == 1


def test_an_overlap_says_what_its_sizes_forbid() -> None:
    assert words.overlap(0.21, 0.25) == "21 % (at most 25 %)"
    assert words.overlap(0.5) == words.overlap(0.5, 1.0) == "50 %"
    assert words.overlap(float("nan"), float("nan")) == "none found"


def test_a_correlation_that_is_not_given_says_why() -> None:
    nan = float("nan")
    assert words.correlation(0.816, "", 0.1, 300) == "0.82"
    assert words.correlation(nan, "tied", 0.89, 300) == "not given: 89 % tie"
    assert words.correlation(nan, "tied", None, 300) == "not given: too many tie"
    assert words.correlation(nan, "few", 0.0, 7) == "not given: 7 places only"


class Shape(HTMLParser):
    """The rows of every table as texts, and whether each cell is a heading with a scope."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.scopes: list[str] = []
        self.captions = self.regions = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
            self.inside = True
        if tag == "th":
            self.scopes.append(given["scope"] or "")
        self.captions += tag == "caption"
        self.regions += given.get("role") == "region" and given.get("tabindex") == "0" and bool(given.get("aria-label"))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def shape(html: str) -> Shape:
    found = Shape()
    found.feed(html)
    return found


def test_the_table_of_pairs_has_a_heading_for_every_row_and_column(texas: Result) -> None:
    found = shape(words.pairs_html(texas))
    assert [len(row) for row in found.rows] == [12] * (1 + 3)
    assert len(set(found.rows[0])) == 12, "no two columns are called the same"
    assert found.scopes == ["col"] * 12 + ["row"] * 3
    assert (found.captions, found.regions) == (1, 1)
    assert found.rows[1][1:4] == [f"{int(one):,}" for one in texas.frame.iloc[0][["both_found", "first_found", "second_found"]]]


def test_the_places_that_part_most_stand_with_values_ranks_and_adults(texas: Result) -> None:
    pairs = words.pairs(texas)
    jaccard = [
        texas.frame.set_index(["first", "second"]).loc[tuple(one.split("~")), "jaccard"]  # the pair that agrees least comes first
        for one in pairs
    ]
    assert all(one <= other for one, other in pairwise(jaccard))
    for one in pairs:
        found = shape(words.parting_html(texas, one))
        assert found.scopes[:7] == ["col"] * 7
        assert 1 < len(found.rows) <= 1 + 10
        assert all(row[0].endswith(", TX") for row in found.rows[1:])
        assert [int(row[5].replace(",", "")) for row in found.rows[1:]] == sorted(
            (int(row[5].replace(",", "")) for row in found.rows[1:]), reverse=True
        )


def test_of_two_that_part_nowhere_there_is_a_sentence(texas: Result) -> None:
    empty = replace(texas, more={**texas.more, "parting": texas.more["parting"].iloc[:0]})
    assert "rank no place apart" in words.parting_html(empty, "minutes_to_nearest~e2sfca")


def test_a_value_that_is_missing_says_why_and_a_list_has_the_values_of_the_measure(texas: Result, lists: Result) -> None:
    assert words.shown(float("nan"), status.NO_ROAD, "minutes_to_nearest", texas) == "no road or ferry to a listed site"
    assert words.shown(88.2, status.MODELLED, "minutes_to_nearest", texas) == "88 minutes"
    assert words.shown(0.33, status.MODELLED, "named_2026", lists) == "33 %"


def test_nothing_is_sent_unescaped(texas: Result, tables: Tables) -> None:
    bad = "<script>alert(1)</script>"
    parting = texas.more["parting"].assign(name=bad)
    spoilt = replace(texas, notes=(bad,), more={**texas.more, "parting": parting})
    html = words.agreement_html(spoilt, tables) + words.parting_html(spoilt, "minutes_to_nearest~e2sfca")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "strong", "ul", "li", "div", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_the_whole_holds_headline_sentences_table_and_notes(texas: Result, lists: Result, tables: Tables) -> None:
    html = words.agreement_html(texas, tables)
    assert html.startswith('<p class="atlas-note"><strong>All three measures')
    assert "Drake et al. 2021" in html
    assert "not a benchmark" in html
    assert "48.3, 47.2 and 69.9 %" in html
    of_lists = words.agreement_html(lists, tables)
    assert "Compared by adults within 30 miles of a provider." in of_lists
    assert "Drake" not in of_lists

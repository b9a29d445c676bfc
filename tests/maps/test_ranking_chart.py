"""The ranking as a chart: the worst twenty and the selected, verdicts in words, which doubt is in it."""

from __future__ import annotations

from analytics.model import answer
from analytics.query import Query
from analytics.ranking import ranking
from data.bundle import Tables
from maps import ranking_chart as words
from maps.palette import LIGHT
from maps.together_files import ranking_csv
from tests.analytics.test_conditions import result
from tests.analytics.test_ranking import with_interval


def test_the_worst_twenty_and_the_selected_are_drawn_with_their_intervals(tables: Tables) -> None:
    found = ranking(answer(Query(measure="uninsured"), tables))
    drawn = words.drawn_ranking(found, ("01001", found.frame["geoid"][0]), LIGHT)
    (dots,) = drawn.data
    assert list(dots.x[:20]) == list(found.frame["value"][:20])
    assert len(dots.x) == 21, "the first is among the worst already"
    spans = [(shape.x0, shape.x1) for shape in drawn.layout.shapes][:20]
    assert spans == list(zip(found.frame["low"][:20], found.frame["high"][:20], strict=True))
    texts = [one.text for one in drawn.layout.annotations]
    assert texts[0].startswith("1. ")
    assert texts[1].endswith(", certain")
    border = [shape for shape in drawn.layout.shapes if shape.x0 == shape.x1]
    assert {shape.x0 for shape in border} == {found.border}
    words_at = [one.y for one in drawn.layout.annotations]
    half = words.SIZE / 2 / words.ROW
    assert not [1 for shape in border for y in words_at if shape.y0 < y + half and shape.y1 > y - half], "the border crosses no name"
    low, high = drawn.layout.xaxis.range
    assert low < min(found.frame["low"][:20])
    assert high > max(found.frame["high"][:20])


def test_the_title_says_who_stands_first_and_of_how_many_it_is_certain() -> None:
    value = [float(one) / 100 for one in range(1, 21)]
    sure = ranking(with_interval(value, [one - 0.001 for one in value], [one + 0.001 for one in value]))
    assert words.title(sure) == (
        "Adults 18-64 without insurance: t stands first with 20 %; 1 county is certainly in the worst tenth, 0 likely, for 1 it is unclear"
    )
    assert "at or over 19 %" in words.rule_words(sure)
    assert words.uncertainty(sure).startswith("In the intervals: the interval of the Census Bureau's model (95 %).")
    alone = ranking(result(value))
    assert words.title(alone).endswith("t stands first with 20 %")
    assert "no interval" in words.uncertainty(alone)
    assert words.rule_words(alone) == ""
    assert words.title(ranking(result([0.2, 0.2, 0.1, 0.3, 0.3]))).startswith("These places are not ranked")


def test_silent_records_are_named_among_the_doubts(tables: Tables) -> None:
    found = ranking(answer(Query(measure="minutes_to_nearest", place="48", modality="esketamine"), tables))
    assert "whose record is silent" in words.uncertainty(found)
    assert "the list of providers" in words.uncertainty(found)


def test_table_and_file_have_the_whole_order(tables: Tables) -> None:
    found = ranking(answer(Query(measure="median_income", place="35"), tables))
    table = words.shown_ranking(found)
    assert len(table) == len(found.frame)
    assert set(table["In the worst tenth"]) <= set(words.WORDS.values())
    lines = ranking_csv(found).decode().splitlines()
    assert lines[0] == "rank,last_rank,geoid,name,median_income,low,high,status,in_worst_tenth,adults_2023"
    assert len(lines) == 1 + len(found.frame)
    assert lines[1].startswith("1,1,35")

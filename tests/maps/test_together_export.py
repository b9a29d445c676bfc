"""What stands in a panel of a view, as a file from the command line: what the panel's own button gives, or a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analytics.model import answer
from analytics.query import Query
from analytics.ranking import ranking
from analytics.together import paired
from data.bundle import Tables
from maps.__main__ import main
from maps.export import link
from maps.together_export import bivariate_picture, chart_file
from maps.together_files import ranking_csv
from maps.view import View

ADDRESS = (
    "/explore?measure=minutes_to_nearest&place=35&level=county&second=measure:uninsured&together=bivariate&conditions=uninsured:over:0.1"
)
QUERY = Query(measure="minutes_to_nearest", place="35", level="county")
VIEW = View(second=(("measure", "uninsured"),), together="bivariate", open=("second",))


def test_the_map_of_both_and_the_conditions_come_from_the_command_line(tmp_path: Path, tables: Tables) -> None:
    picture, table = tmp_path / "both.png", tmp_path / "met.csv"
    assert main(["export", ADDRESS, "--chart", "second", "--format", "png", "--output", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert main(["export", ADDRESS, "--chart", "conditions", "--format", "csv", "--output", str(table)]) == 0
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 33
    met = [row for row in rows if row["meets_all"] == "met"]
    assert 0 < len(met) < 33
    assert all(float(row["1_value"]) > 0.1 for row in met)


def test_it_is_what_the_buttons_of_the_panels_give(tables: Tables) -> None:
    result = answer(QUERY, tables)
    pair = paired(result, answer(QUERY.with_(measure="uninsured"), tables))
    made = bivariate_picture(pair, VIEW, tables, "svg", "slide", link(QUERY, VIEW, tables, ""))
    assert chart_file("second", result, VIEW, tables, "svg", "slide", "") == made
    assert chart_file("ranking", result, VIEW, tables, "csv", "slide", "") == ranking_csv(ranking(result))


@pytest.mark.parametrize(
    ("chart", "view", "kind", "said"),
    [
        ("second", View(), "png", "no second measure"),
        ("conditions", View(), "csv", "no condition"),
        ("conditions", VIEW, "png", "no format “png” of that chart"),
        ("ranking", VIEW, "geojson", "no format “geojson” of that chart"),
        ("list", VIEW, "png", "no chart “list”"),
    ],
)
def test_what_there_is_not_is_a_sentence(chart: str, view: View, kind: str, said: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match=said):
        chart_file(chart, answer(QUERY, tables), view, tables, kind, "slide", "")

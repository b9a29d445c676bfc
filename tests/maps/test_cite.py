"""How a view is quoted: every part is there, BibTeX parses, the code runs and gives the rows of the page."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import uvicorn
from starlette.applications import Starlette

from analytics.model import answer
from analytics.query import Query
from analytics.together import Pair, paired
from api.routes import routes
from api.shelf import Shelf
from benchmarks.server import free_port
from data.bundle import Tables
from maps import cite
from maps.export import export_name
from maps.files import data_csv
from maps.together_files import pair_csv
from maps.together_words import bivariate_title, tendency
from maps.view import TOGETHER, View
from maps.words import source_line, title

TODAY = date(2026, 3, 2)
ADDRESS = "https://atlas.example.org/explore?measure=uninsured&level=county&place=35"
ASKED = [Query(place="35013"), Query(measure="patient_cost", level="state"), Query(measure="medicaid_rule", level="county", place="24")]
views = pytest.mark.parametrize("query", ASKED, ids=lambda one: one.measure)


def parsed(entry: str) -> tuple[str, str, dict[str, str]]:
    """Kind, key and fields of one BibTeX entry; ValueError where its braces don't close or a sign is not escaped."""
    head = re.match(r"@(\w+)\{([^,\s{}%~#\\\"]+),\n", entry)
    if head is None:
        raise ValueError("no entry")
    at, found = head.end(), {}
    while entry[at] != "}":
        name = re.match(r"\s*(\w+) = \{", entry[at:])
        if name is None:
            raise ValueError(f"no field at {entry[at : at + 20]!r}")
        at += name.end()
        start, depth = at, 1
        while depth:
            if entry[at] == "\\":
                at += 1
            elif entry[at] in "{}":
                depth += 1 if entry[at] == "{" else -1
            at += 1
        found[name[1]] = entry[start : at - 1]
        if name[1] != "url" and re.search(r"(?<!\\)[%&$#_~^]", found[name[1]]):
            raise ValueError(f"{name[1]} holds a sign that LaTeX takes for its own")
        at += len(re.match(r",?\n?", entry[at:])[0])  # type: ignore[index]
    return head[1], head[2], found


@views
def test_bibtex_parses_and_says_the_same(query: Query, tables: Tables) -> None:
    result = answer(query, tables)
    kind, key, found = parsed(cite.bibtex(cite.finding(result, tables), ADDRESS, TODAY))
    assert kind == "misc"
    assert key == f"ketamine-access-atlas-{query.measure}-{query.level}-{query.place}-2026"
    assert found["author"] == "{Ketamine Access Atlas}"
    assert found["title"].strip("{}").replace("\\", "") == title(result, tables)
    assert (found["year"], found["urldate"], found["url"]) == ("2026", "2026-03-02", ADDRESS)
    assert tables.version in found["note"]


def test_signs_of_latex_are_escaped_and_the_parser_sees_one_that_is_not() -> None:
    assert "a_b $5 {c} 9 % ~ ^ \\".translate(cite.LATEX) == (r"a\_b \$5 \{c\} 9 \% \textasciitilde{} \textasciicircum{} \textbackslash{}")
    with pytest.raises(ValueError, match="a sign"):
        parsed("@misc{a,\n  title = {9 %},\n}\n")


@views
def test_sentence_and_citation_name_finding_source_date_and_link(query: Query, tables: Tables) -> None:
    result = answer(query, tables)
    said = cite.sentence(cite.finding(result, tables), ADDRESS, TODAY)
    assert said.startswith(title(result, tables))
    for part in (source_line(result), "2 March 2026", ADDRESS):
        assert part in said
    whole = cite.citation(cite.finding(result, tables), ADDRESS, TODAY)
    for part in ("Ketamine Access Atlas (2026).", title(result, tables), f"Data version {tables.version}", ADDRESS, "2 March 2026"):
        assert part in whole
    for source in result.provenance:
        assert source["citation"].rstrip(".") in whole


@pytest.fixture(scope="module")
def site(tables: Tables) -> Iterator[str]:
    """The atlas's routes on a port of this machine."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes(tables, Shelf(tables))), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@views
def test_the_python_runs_and_gives_the_rows(query: Query, tables: Tables, site: str) -> None:
    result = answer(query, tables)
    names: dict[str, pd.DataFrame] = {}
    with redirect_stdout(io.StringIO()):
        exec(cite.snippet(cite.finding(result, tables), tables, site, "Python"), names)
    pd.testing.assert_frame_equal(names["rows"], pd.read_csv(io.BytesIO(data_csv(result)), dtype={"geoid": "str"}))
    assert names["rows"]["geoid"].to_list() == result.frame["geoid"].to_list()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@views
def test_the_curl_runs_and_gives_the_file(query: Query, tables: Tables, site: str, tmp_path: Path) -> None:
    result = answer(query, tables)
    subprocess.run(["sh", "-c", cite.snippet(cite.finding(result, tables), tables, site, "curl")], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / export_name(result, "csv")).read_bytes() == data_csv(result)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_the_r_runs(tables: Tables, site: str) -> None:
    code = cite.snippet(cite.finding(answer(ASKED[0], tables), tables), tables, site, "R")
    said = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert "1 35001 Bernalillo County, NM" in said, "the first rows of New Mexico's counties, ids as text"


def test_code_that_is_pinned_to_other_data_stops(tables: Tables, site: str, tmp_path: Path) -> None:
    result = answer(ASKED[0], tables)
    code = {language: cite.snippet(cite.finding(result, tables), tables, site, language) for language in cite.LANGUAGES}
    with pytest.raises(Exception, match="409"):
        exec(code["Python"].replace(tables.version, "1999"), {})
    if shutil.which("curl"):
        other = code["curl"].replace(f"pinned={tables.version}", "pinned=1999")
        assert subprocess.run(["sh", "-c", other], cwd=tmp_path, capture_output=True, check=False, timeout=60).returncode != 0


def test_without_a_public_address_the_code_asks_this_machine(tables: Tables) -> None:
    assert cite.data_address(answer(ASKED[0], tables), tables, "").startswith(
        "http://127.0.0.1:8501/api/v1/data.csv?measure=within_30_miles"
    )


# --- Two measures ---


@pytest.fixture(scope="module")
def pair(tables: Tables) -> Pair:
    query = Query(measure="minutes_to_nearest", place="35")
    return paired(answer(query, tables), answer(query.with_(measure="median_income"), tables))


@pytest.mark.parametrize("together", TOGETHER)
def test_two_measures_are_quoted_together_as_the_view_shows_them(pair: Pair, together: str, tables: Tables) -> None:
    found = cite.finding_of_both(pair, View(second=(("measure", "median_income"),), together=together), tables)
    titles = {
        "beside": f"{title(pair.first, tables)}. {title(pair.second, tables)}",
        "bivariate": bivariate_title(pair, *pair.thirds, "New Mexico"),
        "scatter": tendency(pair, "New Mexico"),
    }
    said = cite.sentence(found, ADDRESS, TODAY)
    assert said.startswith(f"{titles[together]}. Sources: ")
    assert said.count(f"Data version {tables.version}.") == 1
    for source in (*pair.first.provenance, *pair.second.provenance):
        assert source["publisher"] in said
        assert source["citation"].rstrip(".") in cite.citation(found, ADDRESS, TODAY)
    _, key, fields = parsed(cite.bibtex(found, ADDRESS, TODAY))
    assert key == "ketamine-access-atlas-minutes_to_nearest-median_income-county-35-2026"
    assert fields["title"].strip("{}").replace("\\", "") == titles[together]


def test_the_code_of_two_measures_gives_the_rows_of_both(pair: Pair, tables: Tables, site: str, tmp_path: Path) -> None:
    found = cite.finding_of_both(pair, View(), tables)
    names: dict[str, pd.DataFrame] = {}
    with redirect_stdout(io.StringIO()):
        exec(cite.snippet(found, tables, site, "Python"), names)
    rows = names["rows"]
    drawn = pd.read_csv(io.BytesIO(pair_csv(pair, with_thirds=False)), dtype={"geoid": "str"})
    for column in ("geoid", "minutes_to_nearest_modelled", "median_income"):
        pd.testing.assert_series_equal(rows[column], drawn[column])
    assert {"status_first", "status_second"} <= set(rows.columns)
    if shutil.which("curl"):
        subprocess.run(["sh", "-c", cite.snippet(found, tables, site, "curl")], cwd=tmp_path, check=True, timeout=60)
        assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
            export_name(one, "csv"): data_csv(one) for one in (pair.first, pair.second)
        }

"""The data routes: the page's own bytes, refusals and problems as sentences a program can act on."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import Query
from analytics.refusal import refuse
from api.answers import Problem, finite, json_bytes
from api.routes import routes
from api.shelf import Shelf
from data.bundle import Tables
from maps.export import KINDS, export, export_name, fact_sheet_file
from maps.fact_sheet_words import sheet_name
from maps.fact_sheets import archive_address, archive_name
from maps.files import data_csv, file_name
from maps.view import View

ASKED = [
    Query(),
    Query(measure="uninsured", level="state"),
    Query(measure="uninsured", level="county", place="48"),
    Query(measure="miles_to_nearest", level="district", place="06"),
]


@pytest.fixture(scope="module")
def client(tables: Tables) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(tables, Shelf(tables)))) as one:
        yield one


@pytest.fixture(scope="module")
def refused(tables: Tables) -> Query:
    """A question that METHODS refuse."""
    query = Query(measure="sites_per_100k", level="state")
    assert refuse(query, indicators()[query.measure], tables) is not None
    return query


@pytest.mark.parametrize("query", ASKED, ids=lambda query: urlencode(query.to_address()))
def test_the_csv_is_the_pages_own(client: TestClient, tables: Tables, query: Query) -> None:
    response = client.get("/api/v1/data.csv", params=query.to_address())
    result = answer(query, tables)
    assert response.status_code == 200
    assert response.content == data_csv(result)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="{file_name(result, "csv")}"'
    assert response.headers["x-data-version"] == tables.version


def test_the_views_own_words_change_no_number(client: TestClient) -> None:
    plain = client.get("/api/v1/data.csv?measure=uninsured&level=state")
    viewed = client.get("/api/v1/data.csv?measure=uninsured&level=state&sites=off&v=earlier&utm_source=x")
    assert viewed.content == plain.content


def test_words_of_a_view_and_of_somebody_else_are_no_slips(client: TestClient) -> None:
    response = client.get("/api/v1/data.csv?level=state&v=x&lang=es&open=table&sites=off&selected=35&utm_source=y&ref=z")
    assert response.status_code == 200


def test_no_words_is_the_default_question(client: TestClient, tables: Tables) -> None:
    assert client.get("/api/v1/data.csv").content == data_csv(answer(Query(), tables))


def test_no_cell_is_taken_for_a_formula(client: TestClient) -> None:
    rows = csv.reader(io.StringIO(client.get("/api/v1/data.csv").text))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"measure": "happiness"}, "the measure “happiness”"),
        ({"level": "parish"}, "the level “parish”"),
        ({"place": "99"}, "the place “99”"),
        ({"layers": "yellow_pages"}, "the provider list “yellow_pages”"),
        ({"measure": "<script>", "level": "x" * 500}, "the measure “<script>”"),
        ({"payor": "medicare"}, "the word “payor”, which this atlas does not know; it knows “payer”."),
        ({"layer": "samhsa_2024"}, "it knows “layers”"),
        ({"assumptions": "travel/speed_factor:9"}, "“Speeds, as a multiple” can be set from 0.8 to 1.2; 9 is outside of that."),
    ],
)
@pytest.mark.parametrize("name", ["data.csv", "data.json"])
def test_an_unknown_word_is_a_sentence_and_400(client: TestClient, name: str, words: dict[str, str], said: str) -> None:
    response = client.get(f"/api/v1/{name}", params=words)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    error = response.json()["error"]
    assert said in error
    assert error.endswith(".")
    assert "instead" not in error, "a program gets no other answer than the one it asked for"
    assert len(error) < 400


def test_a_refusal_is_422_and_offers_a_question_that_works(client: TestClient, refused: Query) -> None:
    for name in ("data.csv", "data.json"):
        response = client.get(f"/api/v1/{name}", params=refused.to_address())
        assert response.status_code == 422
        told = response.json()
        assert told["error"].endswith(".")
        assert told["instead"]["page"].startswith("/explore?")
        sound = client.get(told["instead"]["data"])
        assert sound.status_code == 200
        assert sound.request.url.path == f"/api/v1/{name}"


ADDRESSES = {
    **{kind: f"/api/v1/picture.{kind}" for kind in ("png", "svg", "pdf", "html")},
    **{kind: f"/api/v1/data.{kind}" for kind in ("csv", "geojson", "parquet")},
    "datapackage": "/api/v1/datapackage.json",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_the_pages_own(client: TestClient, tables: Tables, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.example.org")
    query = Query(measure="miles_to_nearest", level="county", place="35")
    asked = {**query.to_address(), "sites": "off", "preset": "square"}
    response = client.get(ADDRESSES[kind], params=asked)
    assert response.status_code == 200
    result = answer(query, tables)
    assert response.content == export(result, View(sites=False), tables, kind, "square", "https://atlas.example.org")
    assert response.headers["content-type"] == KINDS[kind].media_type
    where = "inline" if KINDS[kind].picture else "attachment"
    assert response.headers["content-disposition"] == f'{where}; filename="{export_name(result, kind, "square")}"'


def test_a_fact_sheet_is_the_pages_own_or_a_sentence(client: TestClient, tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.example.org")
    response = client.get("/api/v1/fact-sheet.pdf?place=35013")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    assert f'filename="{sheet_name("35013", tables)}"' in response.headers["content-disposition"]
    assert response.content == fact_sheet_file("35013", tables, "https://atlas.example.org")
    for place in ("us", "99", ""):
        response = client.get(f"/api/v1/fact-sheet.pdf?place={place}")
        assert response.status_code == 400
        assert response.json()["error"].startswith(f"There is no fact sheet of “{place}”")


def test_an_archive_is_served_where_it_was_made_beforehand_and_of_todays_data_alone(
    client: TestClient, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = archive_name("10", tables)
    assert archive_address("10", tables) == ""
    monkeypatch.setenv("ATLAS_FACT_SHEETS", str(tmp_path))
    assert client.get(f"/fact-sheets/10/{name}").status_code == 404
    (tmp_path / name).write_bytes(b"PK")
    assert archive_address("10", tables) == f"/fact-sheets/10/{name}"
    response = client.get(f"/fact-sheets/10/{name}")
    assert response.status_code == 200
    assert response.content == b"PK"
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert f'filename="{name}"' in response.headers["content-disposition"]
    for address in ("10/fact-sheets_delaware_10_1999.zip", f"11/{name}", f"..%2F/{name}", "10/..%2F..%2Fetc%2Fpasswd"):
        assert client.get(f"/fact-sheets/{address}").status_code == 404


def test_a_picture_has_the_sentences_of_the_table(client: TestClient, refused: Query) -> None:
    response = client.get("/api/v1/picture.png", params=refused.to_address())
    assert response.status_code == 422
    assert response.json()["instead"]["data"].startswith("/api/v1/picture.png?")
    for words, said in {
        "preset=poster": "no preset “poster”",
        "sites=maybe": "neither “on” nor “off”",
        "place=99": "the place “99”",
        "classes=own~30~20": "20 does not come after 30.",
    }.items():
        response = client.get(f"/api/v1/picture.svg?{words}")
        assert response.status_code == 400
        assert said in response.json()["error"]
        assert response.json()["error"].endswith(".")
        assert not response.json()["error"].endswith("..")


@pytest.mark.parametrize("name", ["data.csv", "data.json", "picture.png"])
def test_an_address_pinned_to_other_data_says_so(client: TestClient, tables: Tables, name: str) -> None:
    response = client.get(f"/api/v1/{name}?level=state&pinned=1999")
    assert response.status_code == 409
    assert f"pinned to data version 1999, and the atlas has {tables.version}" in response.json()["error"]
    pinned = client.get(f"/api/v1/data.csv?level=state&pinned={tables.version}")
    assert pinned.content == client.get("/api/v1/data.csv?level=state").content


def test_figures_that_may_only_be_shown_are_shown_and_not_handed_on(
    client: TestClient, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(measure="uninsured", level="state")
    result = answer(query, tables)
    kept = replace(result, indicator=replace(result.indicator, downloadable=False))
    monkeypatch.setattr("api.answers.answer", lambda *_: kept)
    for name in ("data.parquet", "picture.html"):
        assert client.get(f"/api/v1/{name}", params=query.to_address()).status_code == 403
    assert client.get("/api/v1/picture.svg", params=query.to_address()).status_code == 200


def test_the_json_holds_the_whole_answer(client: TestClient, tables: Tables) -> None:
    query = Query(level="state")
    result = answer(query, tables)
    told = client.get("/api/v1/data.json", params=query.to_address()).json()
    assert [row["geoid"] for row in told["rows"]] == result.frame["geoid"].to_list()
    assert [row["value"] for row in told["rows"]] == [finite(value) for value in result.frame["value"]]
    assert told["query"] == query.to_address()
    assert told["data_version"] == tables.version
    assert told["measure"]["id"] == query.measure
    assert "compute" not in told["measure"]
    assert told["sources"]
    assert told["finding"]
    assert {"geoid", "name", "value", "low", "high", "status", "people"} == set(told["rows"][0])
    assert [one["sites"] for one in told["lists"]] == [one.sites for one in result.lists]


@pytest.mark.parametrize("measure", indicators())
def test_every_measure_has_json_without_nan(client: TestClient, measure: str) -> None:
    query = Query(measure=measure, level=indicators()[measure].levels[0])
    response = client.get("/api/v1/data.json", params=query.to_address())
    assert response.status_code in {200, 422}
    json.loads(response.text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_json_refuses_infinity() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"value": float("inf")})
    assert finite(float("inf")) is None
    assert finite(float("nan")) is None
    assert finite(0.0) == 0.0


def test_the_measures_tell_every_word_an_address_may_hold(client: TestClient) -> None:
    told = client.get("/api/v1/measures.json").json()
    assert [one["id"] for one in told["measures"]] == list(indicators())
    assert client.get("/api/v1/data.json", params=told["default"]).status_code == 200
    for name in ("level", "modality", "population", "layers"):
        assert all(isinstance(words, str) for words in told[name].values())


def test_the_status_names_the_data(client: TestClient, tables: Tables) -> None:
    told = client.get("/api/v1/status").json()
    assert told["status"] == "ok"
    assert isinstance(told["ready"], bool)
    assert told["data_version"] == tables.version
    assert {"name": "counties", "rows": 3144} in told["tables"]


@pytest.mark.parametrize("path", ["/api/v1/status", "/api/v1/data.csv?measure=happiness", "/api/nothing"])
def test_any_site_may_read(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"
    assert client.options(path, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}).status_code in {204, 404}


def test_what_is_not_there_says_what_is(client: TestClient) -> None:
    response = client.get("/api/v1/everything")
    assert response.status_code == 404
    assert "/api/v1/data.csv" in response.json()["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    response = client.request(method, "/api/v1/data.csv")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


def test_head_has_the_headers_and_no_body(client: TestClient) -> None:
    asked = {"Accept-Encoding": "gzip"}
    get, head = client.get("/api/v1/data.csv", headers=asked), client.head("/api/v1/data.csv", headers=asked)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-length", "content-type", "content-encoding", "etag", "vary", "content-disposition"):
        assert head.headers[name] == get.headers[name]


def test_asking_again_costs_nothing(client: TestClient) -> None:
    first = client.get("/api/v1/data.csv")
    again = client.get("/api/v1/data.csv", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["access-control-allow-origin"] == "*"


def test_gzip_is_an_offer(client: TestClient) -> None:
    with client.stream("GET", "/api/v1/data.csv", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    plain = client.get("/api/v1/data.csv", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(raw) == plain.content


def test_a_problem_carries_its_sentence() -> None:
    problem = Problem(400, "So it is.", known="/here")
    assert str(problem) == "So it is."
    assert problem.body == {"error": "So it is.", "known": "/here"}

"""Files of a view, opened again: the same rows in each, the same ids as the table, and an address read as the page reads it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import geopandas
import pytest

from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps.__main__ import main
from maps.export import (
    KINDS,
    PRESET_SIZES,
    PRESET_WORDS,
    PUBLIC_URL,
    data_label,
    export,
    export_name,
    link,
    picture_label,
    public_url,
    read_address,
    typed_rows,
)
from maps.files import csv_columns, data_csv
from maps.print import PRESETS
from maps.view import View

SITE = "https://atlas.example.org"
ASKED = [
    Query(place="35"),
    Query(measure="medicare_people", level="state"),
    Query(measure="medicaid_rule", level="county", place="48"),
    Query(measure="e2sfca", level="county", place="02", layers=("samhsa_2024",), assumptions=(("travel/speed_factor", 0.9),)),
    Query(level="district", place="06"),
]
views = pytest.mark.parametrize("query", ASKED, ids=lambda one: f"{one.measure}-{one.level}-{one.place}")


@views
def test_geojson_opens_with_the_rows_of_the_table(query: Query, tables: Tables, tmp_path: Path) -> None:
    result = answer(query, tables)
    body = export(result, View(), tables, "geojson", site=SITE)
    assert body == export(result, View(), tables, "geojson", site=SITE)
    (tmp_path / "one.geojson").write_bytes(body)
    opened = geopandas.read_file(tmp_path / "one.geojson")
    assert opened["geoid"].to_list() == result.frame["geoid"].to_list()
    assert opened["name"].to_list() == result.frame["name"].to_list()
    assert opened.crs.to_epsg() == 4326
    assert opened.geometry.is_valid.mean() > 0.98
    told = json.loads(body)
    assert [one["id"] for one in told["features"]] == result.frame["geoid"].to_list()
    assert [one["properties"] for one in told["features"]] == typed_rows(result)
    assert told["about"]["version"] == result.data_version
    assert told["about"]["homepage"] == link(query, View(), tables, SITE)


@views
def test_geoparquet_opens_with_the_rows_of_the_table(query: Query, tables: Tables) -> None:
    result = answer(query, tables)
    body = export(result, View(), tables, "parquet")
    assert body == export(result, View(), tables, "parquet")
    opened = geopandas.read_parquet(io.BytesIO(body))
    assert list(opened.columns) == [*csv_columns(result), "geometry"]
    assert opened["geoid"].to_list() == result.frame["geoid"].to_list()
    assert not opened.geometry.isna().any()
    for name, column in opened.drop(columns="geometry").items():
        said = [row[name] for row in typed_rows(result)]
        assert [None if one != one else one for one in column] == said


@views
def test_numbers_are_the_files_numbers_and_empty_is_none(query: Query, tables: Tables) -> None:
    result = answer(query, tables)
    for row, texts in zip(typed_rows(result), csv.DictReader(io.StringIO(data_csv(result).decode())), strict=True):
        for name, text in texts.items():
            assert (
                row[name] is None if text == "" else float(text) == row[name] if isinstance(row[name], int | float) else text == row[name]
            )


def test_the_csv_is_the_tables_own(tables: Tables) -> None:
    result = answer(Query(place="48"), tables)
    assert export(result, View(sites=False), tables, "csv", site=SITE) == data_csv(result)
    assert json.loads(export(result, View(), tables, "datapackage"))["resources"][0]["path"] == export_name(result, "csv")


def test_a_name_of_a_file_is_made_of_ids(tables: Tables) -> None:
    result = answer(Query(place="35013"), tables)
    assert export_name(result, "png", "square") == f"ketamine-access_within_30_miles_county_35013_{tables.version}_square.png"
    assert export_name(result, "datapackage") == f"ketamine-access_within_30_miles_county_35013_{tables.version}.datapackage.json"
    for kind in KINDS:
        assert export_name(result, kind).isascii()


def test_buttons_say_what_comes(tables: Tables) -> None:
    result = answer(Query(measure="uninsured", level="state"), tables)
    assert picture_label("png", "slide") == "Download the picture, PNG, 1,920 × 1,080"
    assert picture_label("pdf", "slide") == "Download the picture, PDF"
    assert data_label(result, "geojson") == "Download as GeoJSON, 51 states"
    assert data_label(result, "html") == "Download picture and table, HTML"
    assert set(PRESET_WORDS) == set(PRESETS) == set(PRESET_SIZES)
    for name, preset in PRESETS.items():
        if (pixels := preset.pixels()) is not None:
            assert PRESET_SIZES[name] == " × ".join(f"{one:,}" for one in pixels)
        else:
            assert PRESET_SIZES[name] == f"{preset.width * preset.dots_per_inch:,.0f} pixels wide"


def test_what_has_no_file_is_a_sentence(tables: Tables) -> None:
    refused = answer(Query(measure="sites_per_100k", level="state"), tables)
    assert refused.refusal is not None
    for kind in KINDS:
        with pytest.raises(ValueError, match="A rate per adult needs a list"):
            export(refused, View(), tables, kind)
    result = answer(Query(measure="uninsured", level="state"), tables)
    kept = replace(result, indicator=replace(result.indicator, downloadable=False))
    with pytest.raises(ValueError, match="show it but not hand it on"):
        export(kept, View(), tables, "parquet")
    with pytest.raises(ValueError, match="no format “gif”; there is png, svg, pdf, html, csv"):
        export(result, View(), tables, "gif")
    with pytest.raises(ValueError, match="no preset “poster”"):
        export(result, View(), tables, "png", "poster")


# --- Addresses ---


@views
def test_a_link_is_read_again_as_what_it_was_written_from(query: Query, tables: Tables) -> None:
    for view in (View(), View(sites=False)):
        assert read_address(link(query, view, tables, SITE), tables) == (query, view, "")
        assert read_address(link(query, view, tables, ""), tables) == (query, view, "")


@pytest.mark.parametrize("address", ["/explore", "/explore/", "/explore?", "explore", "", "?level=county", "https://x.org/explore#map"])
def test_what_is_left_out_stands_at_its_default(address: str, tables: Tables) -> None:
    assert read_address(address, tables) == (Query(), View(), "")


def test_other_data_are_told_and_other_pages_and_words_refused(tables: Tables) -> None:
    assert "data version 1999; this is" in read_address("/explore?v=1999", tables)[2]
    for address, said in {
        "/methods": "“/methods” is no view",
        "/explore?measure=happiness": "the measure “happiness”, which this atlas does not know.",
        "/explore?place=99&level=parish": "the level “parish”",
        "/explore?sites=maybe": "neither “on” nor “off”",
    }.items():
        with pytest.raises(ValueError, match=said):
            read_address(address, tables)


def test_the_public_address_has_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PUBLIC_URL, raising=False)
    assert public_url() == ""
    monkeypatch.setenv(PUBLIC_URL, f" {SITE}/ ")
    assert public_url() == SITE


# --- python -m maps export ---


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_writes_the_same_bytes(kind: str, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC_URL, SITE)
    query, output = Query(measure="depression", level="county", place="35013"), tmp_path / "file"
    address = link(query, View(sites=False), tables, "")
    assert main(["export", address, "--format", kind, "--output", str(output), "--preset", "square"]) == 0
    assert output.read_bytes() == export(answer(query, tables), View(sites=False), tables, kind, "square", SITE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/explore?measure=happiness", "--format", "png"], "The address asks for the measure “happiness”"),
        (["/explore?measure=sites_per_100k&level=state", "--format", "pdf"], "A rate per adult needs a list"),
        (["/explore", "--format", "gif"], "There is no format “gif”"),
        (["/explore", "--format", "png", "--preset", "poster"], "There is no preset “poster”"),
        (["/about", "--format", "csv"], "“/about” is no view"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "file"
    assert main(["export", *arguments, "--output", str(output)]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(said)
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert not output.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "nowhere" / "file.csv"
    assert main(["export", "/explore?level=state", "--format", "csv", "--output", str(output)]) == 1
    assert capsys.readouterr().err == f"The file {output} can't be written: No such file or directory.\n"

"""A view as a file, from page, route and command line with the same bytes: pictures, the table, and the table with its boundaries."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from analytics.assumptions import shortened
from analytics.cache import CACHE
from analytics.model import Result
from analytics.query import Query, unknown_words
from analytics.tables import Tables, version_without_sites
from maps.descriptor import column_fields, descriptor, descriptor_json
from maps.files import data_csv, file_name
from maps.geometry import outlines
from maps.selection import asked_in
from maps.view import View
from maps.words import rows_words, title

PUBLIC_URL = "ATLAS_PUBLIC_URL"
"""The environment's name for where the atlas is to be found, such as https://atlas.example.org; it stands on every picture."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, what it is, whether it shows the view, how its name ends, and whether it holds the rows."""

    media_type: str
    words: str
    picture: bool
    ending: str
    data: bool = True

    @property
    def sized(self) -> bool:
        """Whether it is drawn in a size for a use: a picture alone."""
        return self.picture and not self.data


KINDS = {
    "png": Kind("image/png", "PNG", True, "png", data=False),
    "svg": Kind("image/svg+xml; charset=utf-8", "SVG", True, "svg", data=False),
    "pdf": Kind("application/pdf", "PDF", True, "pdf", data=False),
    "html": Kind("text/html; charset=utf-8", "HTML", True, "html"),
    "csv": Kind("text/csv; charset=utf-8", "CSV", False, "csv"),
    "geojson": Kind("application/geo+json", "GeoJSON", False, "geojson"),
    "parquet": Kind("application/vnd.apache.parquet", "GeoParquet", False, "parquet"),
    "datapackage": Kind("application/json", "Frictionless JSON", False, "datapackage.json"),
}
DEFAULT_PRESET = "slide"
PRESET_WORDS = {"slide": "Slide, 16:9", "square": "Square", "column": "One column of print", "grey": "Grey printer"}
"""Uses of a picture; maps/print.py has their sizes (and loads what draws, which a page does only when asked)."""
PRESET_SIZES = {"slide": "1,920 × 1,080", "square": "1,080 × 1,080", "column": "1,050 pixels wide", "grey": "1,920 × 1,080"}


def public_url() -> str:
    """Where the atlas is to be found by others, without a slash at its end; "" where nobody said."""
    return os.environ.get(PUBLIC_URL, "").strip().rstrip("/")


def link(query: Query, view: View, tables: Tables, site: str, page: str = "explore") -> str:
    """The address of a view, with the version of the shipped data; behind `site` where that is known."""
    texts = {**query.to_address(), **view.to_address(), "v": version_without_sites(tables)}
    return f"{site}/{page}?{urlencode(texts, safe='~')}"


def with_own_data(results: Iterable[Result], tables: Tables) -> bool:
    """Whether data of a person's own are in one of them, which no link carries."""
    return any(one.data_version != version_without_sites(tables) for one in results)


def printed_address(results: Sequence[Result], view: View, tables: Tables, site: str) -> str:
    """The address that stands on a picture of these results; it says so where it leads to less than the picture shows."""
    where = link(results[0].query, view, tables, site)
    return f"{where} (shown without the data of your own that are in this picture)" if with_own_data(results, tables) else where


def read_address(address: str, tables: Tables) -> tuple[Query, View, str]:
    """What an address asks for, read as the page reads it, and a sentence where it was made with other data ("" otherwise).

    ValueError for an address of another page and for words nobody knows: the page shows something else instead and says so, but a
    file would be taken for what was asked.
    """
    parts = urlsplit(address)
    if parts.path.strip("/") not in ("", "explore"):
        raise ValueError(
            f"“{shortened(parts.path)}” is no view that can be taken away; an address is like /explore?measure=uninsured&level=state&place=us."
        )
    texts = dict(parse_qsl(parts.query, keep_blank_values=True))
    query, view, problems = asked_in(texts, tables)
    if problems:
        raise ValueError(" ".join(unknown_words(problems)))
    made_with = texts.get("v")
    moved = made_with not in (None, "", version_without_sites(tables))
    return query, view, f"The address was made with data version {shortened(made_with or '')}; this is {tables.version}." if moved else ""


def unknown_preset(preset: str) -> str:
    """That there is no such use of a picture, and which there are; "" for one of them."""
    return "" if preset in PRESET_WORDS else f"There is no preset “{shortened(preset)}”; there is {', '.join(PRESET_WORDS)}."


def why_kept(result: Result) -> str:
    """Why the figures stay here, where their licence says so; "" where they may be handed on."""
    if result.indicator.downloadable:
        return ""
    return f"The licence of “{result.indicator.label}” lets the atlas show it but not hand it on; see its source."


def export(result: Result, view: View, tables: Tables, kind: str, preset: str = DEFAULT_PRESET, site: str = "") -> bytes:
    """The file of a view. `site` is the atlas's public address, which stands on pictures and in descriptions.

    Raises ValueError, in a sentence: for a refusal, which has no file; for data whose licence keeps them here; for a kind or preset
    nobody knows.
    """
    if kind not in KINDS:
        raise ValueError(f"There is no format “{shortened(kind)}”; there is {', '.join(KINDS)}.")
    refused = result.refusal.sentence if result.refusal is not None else ""
    if said := unknown_preset(preset) or refused or (why_kept(result) if KINDS[kind].data else ""):
        raise ValueError(said)
    if not KINDS[kind].picture:
        return data_file(result, view, tables, kind, site)
    where = printed_address([result], view, tables, site)
    if kind == "html":
        from maps.html_file import html_file

        return html_file(result, view, tables, where)
    from maps.print import picture

    key = (tables.version, "picture", result.query, view, kind, preset, where)
    return CACHE.get(key, lambda: picture(result, view, tables, kind, preset, where))


def fact_sheet_file(geoid: str, tables: Tables, site: str) -> bytes:
    """The fact sheet of a place as PDF; ValueError in a sentence where there is none."""
    from maps.fact_sheet import fact_sheet

    return CACHE.get((tables.version, "fact sheet", geoid, site), lambda: fact_sheet(geoid, tables, site))


def data_file(result: Result, view: View, tables: Tables, kind: str, site: str) -> bytes:
    where = link(result.query, view, tables, site)
    match kind:
        case "csv":
            return data_csv(result)
        case "geojson":
            return geojson(result, tables, where)
        case "parquet":
            return geoparquet(result, tables, where)
        case _:
            return descriptor_json(result, title(result, tables), where)


def typed_rows(result: Result) -> list[dict[str, Any]]:
    """The rows of the CSV with numbers as numbers and None where a cell is empty: every file says the same."""
    read = {field["name"]: {"number": float, "integer": int}.get(field["type"], str) for field in column_fields(result)}
    rows = csv.DictReader(io.StringIO(data_csv(result).decode("utf-8"), newline=""))
    return [{name: read[name](text) if text else None for name, text in row.items()} for row in rows]


def geojson(result: Result, tables: Tables, address: str) -> bytes:
    """The rows with their boundaries as GeoJSON (RFC 7946), in the order of the table; beside them what they are and from whom."""
    shapes, rows = outlines(result.query.level, tables), typed_rows(result)
    drawn = shapely.to_geojson([shapes[row["geoid"]] for row in rows])
    features = [
        f'{{"type":"Feature","id":"{row["geoid"]}","properties":{json.dumps(row, ensure_ascii=False, allow_nan=False)},"geometry":{shape}}}'
        for row, shape in zip(rows, drawn, strict=True)
    ]
    about = json.dumps(descriptor(result, title(result, tables), address), ensure_ascii=False, allow_nan=False)
    return ('{"type":"FeatureCollection","about":' + about + ',"features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def geoparquet(result: Result, tables: Tables, address: str) -> bytes:
    """The rows with their boundaries as GeoParquet 1.1 (geoparquet.org): WKB, longitude before latitude (OGC:CRS84)."""
    shapes, rows, fields = outlines(result.query.level, tables), typed_rows(result), column_fields(result)
    kinds = {"number": pa.float64(), "integer": pa.int64()}
    columns = {field["name"]: pa.array([row[field["name"]] for row in rows], kinds.get(field["type"], pa.string())) for field in fields}
    drawn = [shapes[row["geoid"]] for row in rows]
    columns["geometry"] = pa.array(shapely.to_wkb(drawn).tolist(), pa.binary())
    geometry = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in drawn}),
        "bbox": [float(one) for one in shapely.total_bounds(drawn)],
    }
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
    about = descriptor(result, title(result, tables), address)
    table = pa.table(columns).replace_schema_metadata({"geo": json.dumps(geo), "datapackage": json.dumps(about, ensure_ascii=False)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def export_name(result: Result, kind: str, preset: str = DEFAULT_PRESET) -> str:
    """Name of the file: measure, level, place, data version, and the use of a picture; ids alone, so that any system takes it."""
    name = file_name(result, KINDS[kind].ending)
    if not KINDS[kind].sized:
        return name
    return f"{name.removesuffix('.' + KINDS[kind].ending)}_{preset}.{KINDS[kind].ending}"


def picture_label(kind: str, preset: str, what: str = "the picture") -> str:
    """What the button of a picture gives: its kind, and its size in pixels where it has one."""
    return f"Download {what}, {KINDS[kind].words}" + (f", {PRESET_SIZES[preset]}" if kind == "png" else "")


def data_label(result: Result, kind: str) -> str:
    """What the button of a file of data gives, short enough for a phone."""
    if kind == "html":
        return "Download picture and table, HTML"
    if kind == "datapackage":
        return "Download what the columns mean, JSON"
    return f"Download as {KINDS[kind].words}, {rows_words(result)}"

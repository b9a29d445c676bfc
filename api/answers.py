"""The answers of the pages as data: the same question in the address, the same bytes as the page's own download."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.model import Figure, Result, answer
from analytics.places import places
from analytics.query import LAYERS, LEVELS, MODALITIES, POPULATIONS, Query, read_query
from analytics.tables import Tables
from api.sending import ASK_AGAIN, NOT_KEPT, Packed, send
from maps import words
from maps.files import data_csv, file_name

ROOT = "/api/v1"
NOT_WORDS = {"compute"}
"""What an indicator holds besides its words."""


class Problem(Exception):
    """What is wrong with a request, in a sentence, with the status that says so to a program."""

    def __init__(self, status: int, sentence: str, **more: Any) -> None:
        super().__init__(sentence)
        self.status = status
        self.body = {"error": sentence, **more}


def json_bytes(value: Any) -> bytes:
    """JSON without NaN or infinity, which JSON does not know; ValueError where one got through."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def told(problem: Problem) -> Response:
    """A problem as an answer that no browser keeps."""
    return Response(json_bytes(problem.body), problem.status, {"Cache-Control": NOT_KEPT}, "application/json")


def finite(value: float) -> float | None:
    """The number, or None where there is none: the status beside it says why."""
    return float(value) if math.isfinite(value) else None


def address_of(path: str, query: Query) -> str:
    """A question at one of our addresses."""
    return f"{path}?{urlencode(query.to_address(), safe='~')}"


def question(request: Request, tables: Tables) -> Query:
    """What the address asks for. Problem 400 with the sentences for words nobody knows: a program must not get another answer than it asked for."""
    query, problems = read_query(dict(request.query_params), indicators(), places(tables))
    if problems:
        unknown = [sentence.partition("; ")[0].rstrip(".") + "." for sentence in problems]
        raise Problem(400, " ".join(unknown), known=f"{ROOT}/measures.json")
    return query


def answered(request: Request, tables: Tables) -> Result:
    """The result, or Problem 422 where METHODS refuse it, with the nearest question that is sound."""
    query = question(request, tables)
    result = answer(query, tables)
    if result.refusal is not None:
        sound = result.refusal.query
        raise Problem(
            422,
            result.refusal.sentence,
            instead={
                "offer": result.refusal.offer,
                "page": address_of("/explore", sound),
                "data": address_of(request.url.path, sound),
            },
        )
    if not result.indicator.downloadable:
        raise Problem(403, f"The licence of “{result.indicator.label}” lets the atlas show it but not hand it on; see its source.")
    return result


def figure_json(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "geoid": figure.place.geoid,
        "name": figure.place.name,
        "value": finite(figure.value),
        "low": finite(figure.low),
        "high": finite(figure.high),
        "status": figure.status,
        "people": finite(figure.people),
    }


def measure_json(indicator: Indicator) -> dict[str, Any]:
    """A measure in its own words: every field of the declaration but the function."""
    values = {field.name: getattr(indicator, field.name) for field in fields(indicator) if field.name not in NOT_WORDS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def rows_json(result: Result) -> list[dict[str, Any]]:
    """One object a place: geoid, name, value, low, high, status, people."""
    frame = result.frame
    numbers = ("value", "low", "high", "people")
    columns: dict[str, list[Any]] = {
        name: [finite(one) for one in frame[name]] if name in numbers else [str(one) for one in frame[name]] for name in frame.columns
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def result_json(result: Result, tables: Tables) -> dict[str, Any]:
    """A whole answer: what was asked, the finding in words, the figure, how it hangs on the lists, the rows and the sources."""
    return {
        "query": result.query.to_address(),
        "page": address_of("/explore", result.query),
        "finding": words.title(result, tables),
        "measure": measure_json(result.indicator),
        "figure": figure_json(result.figure),
        "lists": [{"layers": list(one.layers), "sites": one.sites, "value": finite(one.value)} for one in result.lists],
        "notes": list(result.notes),
        "sources": list(result.provenance),
        "data_version": result.data_version,
        "rows": rows_json(result),
    }


class Answers:
    """The addresses under /api/v1/. Each is a function of the request; they run in threads, beside the pages."""

    def __init__(self, tables: Tables, rows: dict[str, int]) -> None:
        self.tables = tables
        self.rows = rows

    def data_csv(self, request: Request) -> Response:
        """The table behind a map: the bytes of the page's own download."""
        try:
            result = answered(request, self.tables)
        except Problem as problem:
            return told(problem)
        name = file_name(result, "csv")
        return self._send(request, data_csv(result), "text/csv; charset=utf-8", {"Content-Disposition": f'attachment; filename="{name}"'})

    def data_json(self, request: Request) -> Response:
        """The same with everything that belongs to it: finding, notes, sources."""
        try:
            result = answered(request, self.tables)
        except Problem as problem:
            return told(problem)
        return self._send(request, json_bytes(result_json(result, self.tables)), "application/json")

    def measures_json(self, request: Request) -> Response:
        """What may be asked: every measure in its words, and every word an address may hold."""
        found = {
            "measures": [measure_json(indicator) for indicator in indicators().values()],
            "level": dict(LEVELS),
            "modality": dict(MODALITIES),
            "population": dict(POPULATIONS),
            "layers": dict(LAYERS),
            "default": Query().to_address(),
            "data_version": self.tables.version,
        }
        return self._send(request, json_bytes(found), "application/json")

    def status(self, request: Request) -> Response:
        """That the atlas answers, and from which data."""
        found = {
            "status": "ok",
            "data_version": self.tables.version,
            "tables": [{"name": name, "rows": rows} for name, rows in self.rows.items()],
        }
        return self._send(request, json_bytes(found), "application/json")

    def _send(self, request: Request, body: bytes, media_type: str, extra: dict[str, str] | None = None) -> Response:
        headers = {"X-Data-Version": self.tables.version, **(extra or {})}
        return send(request, Packed.pack(body, media_type), ASK_AGAIN, headers)

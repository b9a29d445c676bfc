"""The answers of the pages as data: the same question in the address, the same bytes as the page's own download."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import fields
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from analytics.assumptions import Changeable, changeable, shortened
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.model import Figure, Result, answer, read_question
from analytics.own import layers_of
from analytics.query import CHOICES, Query, unknown_words
from analytics.tables import Tables, version_without_sites
from api.ready import READY
from api.sending import ASK_AGAIN, NOT_KEPT, Packed, send
from maps import words
from maps.export import DEFAULT_PRESET, KINDS, export, export_name, fact_sheet_file, public_url, unknown_preset, why_kept
from maps.fact_sheet_words import sheet_name
from maps.view import read_view

ROOT = "/api/v1"
NOT_WORDS = {"compute"}
"""What an indicator holds besides its words."""
ALIKE = 0.75
"""How alike (difflib's ratio) a word of an address must be to one of a question to be taken for a slip."""


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


def mistyped_words(asked: Iterable[str]) -> list[str]:
    """A sentence for each word that is nearly one of a question: "payor" would else be passed over, and answered as if nobody had asked.
    What is like none of them is somebody else's (``utm_source``) and stays so."""
    known = [field.name for field in fields(Query)]
    near = [(word, get_close_matches(word, known, 1, ALIKE)) for word in asked if word not in known]
    return [
        f"The address has the word “{shortened(word)}”, which this atlas does not know; it knows “{like[0]}”."
        for word, like in near
        if like
    ]


def question(request: Request, tables: Tables) -> Query:
    """What the address asks for. Problem 400 with the sentences for words nobody knows: a program must not get another answer than it asked
    for. Problem 409 where it is pinned to a version of the data that is no longer here."""
    pinned, version = request.query_params.get("pinned"), version_without_sites(tables)
    if pinned and pinned != version:
        raise Problem(
            409, f"The address is pinned to data version {shortened(pinned)}, and the atlas has {version}; leave out “pinned” for today's."
        )
    if mistyped := mistyped_words(request.query_params):
        raise Problem(400, " ".join(mistyped), known=f"{ROOT}/measures.json")
    query, problems = read_question(dict(request.query_params), tables)
    if problems:
        raise Problem(400, " ".join(unknown_words(problems)), known=f"{ROOT}/measures.json")
    return query


def answered(request: Request, tables: Tables, to_show: bool = False) -> Result:
    """The result, or Problem 422 where METHODS refuse it, with the nearest question that is sound; Problem 403 for figures that may be
    shown but not handed on, unless they are only shown."""
    query = question(request, tables)
    try:
        result = answer(query, tables)
    except ValueError as error:  # assumptions that do not go together, such as weights that rise with distance
        raise Problem(400, str(error)) from None
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
    if not to_show and (said := why_kept(result)):
        raise Problem(403, said)
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
        "none": finite(figure.none),
        "spread": [finite(one) for one in figure.spread],
    }


def measure_json(indicator: Indicator, query: Query) -> dict[str, Any]:
    """A measure in its own words: every field of the declaration but the function, the unit said for the question."""
    words_ = {"unit_words": indicator.unit_words.format(**words.asked_words(query))}
    values = {field.name: getattr(indicator, field.name) for field in fields(indicator) if field.name not in NOT_WORDS} | words_
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def assumption_json(one: Changeable) -> dict[str, Any]:
    """A number that an address may change, with its range and its reference."""
    references = [{"title": reference.title, "link": reference.link} for reference in one.parameter.references]
    return {
        "id": one.id,
        "label": one.label,
        "unit": one.parameter.unit,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "references": references,
    }


def rows_json(result: Result) -> list[dict[str, Any]]:
    """One object a place: geoid, name, value, low, high, status, people, and how the measure is spread over the people inside."""
    frame = result.frame.join(result.more["spread"].drop(columns="geoid")) if "spread" in result.more else result.frame
    texts = ("geoid", "name", "status")
    columns: dict[str, list[Any]] = {
        name: [str(one) for one in frame[name]] if name in texts else [finite(one) for one in frame[name]] for name in frame.columns
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def result_json(result: Result, tables: Tables) -> dict[str, Any]:
    """A whole answer: what was asked, the finding in words, the figure, how it hangs on the lists, the rows and the sources."""
    return {
        "query": result.query.to_address(),
        "page": address_of("/explore", result.query),
        "finding": words.title(result, tables),
        "measure": measure_json(result.indicator, result.query),
        "figure": figure_json(result.figure),
        "lists": [
            {"layers": list(one.layers), "sites": one.sites, "value": finite(one.value), "low": finite(one.low), "high": finite(one.high)}
            for one in result.lists
        ],
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

    def file(self, kind: str) -> Callable[[Request], Response]:
        """The endpoint of a kind of file: the bytes of the page's own button and of the command."""

        def endpoint(request: Request) -> Response:
            try:
                picture = KINDS[kind].picture
                result = answered(request, self.tables, to_show=not KINDS[kind].data)
                view, unclear = read_view(dict(request.query_params))
                preset = request.query_params.get("preset", DEFAULT_PRESET)
                if picture and unclear:
                    raise Problem(400, " ".join(unknown_words(unclear)))
                if said := unknown_preset(preset):
                    raise Problem(400, said)
            except Problem as problem:
                return told(problem)
            body = export(result, view, self.tables, kind, preset, public_url())
            where = "inline" if picture else "attachment"
            name = {"Content-Disposition": f'{where}; filename="{export_name(result, kind, preset)}"'}
            return self._send(request, body, KINDS[kind].media_type, name)

        return endpoint

    def fact_sheet(self, request: Request) -> Response:
        """One page on a place, as PDF."""
        geoid = request.query_params.get("place", "")
        try:
            body = fact_sheet_file(geoid, self.tables, public_url())
        except ValueError as error:
            return told(Problem(400, str(error)))
        name = {"Content-Disposition": f'inline; filename="{sheet_name(geoid, self.tables)}"'}
        return self._send(request, body, "application/pdf", name)

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
            "measures": [measure_json(indicator, Query()) for indicator in indicators().values()],
            **{name: dict(known) for name, (_, known) in CHOICES.items()},
            "layers": layers_of(self.tables),
            "assumptions": [assumption_json(one) for one in changeable().values()],
            "default": Query().to_address(),
            "data_version": self.tables.version,
        }
        return self._send(request, json_bytes(found), "application/json")

    def status(self, request: Request) -> Response:
        """That the atlas answers, whether what pages share is made ready, and from which data."""
        found = {
            "status": "ok",
            "ready": READY.is_set(),
            "data_version": self.tables.version,
            "tables": [{"name": name, "rows": rows} for name, rows in self.rows.items()],
        }
        return self._send(request, json_bytes(found), "application/json")

    def _send(self, request: Request, body: bytes, media_type: str, extra: dict[str, str] | None = None) -> Response:
        headers = {"X-Data-Version": self.tables.version, **(extra or {})}
        return send(request, Packed.pack(body, media_type), ASK_AGAIN, headers)

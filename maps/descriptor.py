"""What the columns of a file mean, as a Frictionless Data Package (specs.frictionlessdata.io, tabular data package 1.0)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from analytics import status
from analytics.assumptions import changeable
from analytics.model import Result
from maps.files import csv_columns, data_csv, file_name
from maps.numbers import MISSING_WORDS, UNITS
from maps.table import SPREAD_HEADINGS
from maps.words import rows_words, source_line, subtitle, unit_words

STATUS_WORDS = {
    status.OBSERVED: "as published by its source",
    status.MODELLED: "modelled, by its publisher or here",
    status.ZERO: "a true zero: counted, and none found",
    **MISSING_WORDS,
}
IDS = {"state": r"\d{2}", "district": r"\d{4}", "county": r"\d{5}"}


def number_type(unit: str) -> str:
    """integer where a unit has no decimals in files, else number."""
    return "number" if UNITS[unit].digits else "integer"


def column_fields(result: Result) -> list[dict[str, Any]]:
    """One field a column of the file, in its order: name, type, title, description, unit, and what its values must be."""
    indicator, level = result.indicator, result.query.level
    unit, kind = unit_words(result), number_type(indicator.unit)
    typed: dict[str, Any] = {"type": kind, "unit": unit}
    if indicator.categories:
        typed |= {"type": "string", "constraints": {"enum": list(indicator.categories)}}
    value = {"title": indicator.label, "description": f"{indicator.question} Counted: {indicator.universe}.", **typed}
    states = [state for state in status.ALL if state in STATUS_WORDS]
    said: dict[str, dict[str, Any]] = {
        "geoid": {
            "type": "string",
            "title": f"Id of the {level}",
            "description": "Digits of the US Census Bureau, with leading zeros.",
            "constraints": {"required": True, "unique": True, "pattern": IDS[level]},
        },
        "name": {"type": "string", "title": "Place", "constraints": {"required": True}},
        "low": {"title": "Low", "description": "Lower end of the interval, where there is one.", **typed},
        "high": {"title": "High", "description": "Upper end of the interval, where there is one.", **typed},
        "status": {
            "type": "string",
            "title": "Status of the value",
            "description": "An empty value is not zero; this says why it is empty. "
            + "; ".join(f"{one}: {STATUS_WORDS[one]}" for one in states)
            + ".",
            "constraints": {"required": True, "enum": states},
        },
        "adults_2023": {"type": "integer", "title": "Adults", "description": "Residents of 18 and over on 1 July 2023.", "unit": "people"},
        "none": {"type": "number", "title": SPREAD_HEADINGS[3].removesuffix(", %"), "unit": "share"},
        "assumptions": {
            "type": "string",
            "title": "Assumptions that were changed",
            "description": "Id of the parameter and the value it was given.",
        },
    }
    said |= {
        name: {"type": kind, "title": words, "unit": unit} for name, words in zip(("p10", "p50", "p90"), SPREAD_HEADINGS, strict=False)
    }
    return [{"name": name, **said.get(name, value)} for name in csv_columns(result)]


def descriptor(result: Result, title: str, address: str) -> dict[str, Any]:
    """The whole package of a result's CSV: what it is, its columns, status codes, sources with year and licence, changed assumptions."""
    body, name = data_csv(result), file_name(result, "csv")
    changed = [(changeable()[one], value) for one, value in result.query.assumptions]
    sources = [
        {
            "title": f"{source['publisher']}: {source['title']}",
            **({"path": source["url"]} if source["url"] else {}),
            "vintage": source["vintage"],
            "licence": source["licence"],
            "citation": source["citation"],
        }
        for source in result.provenance
    ]
    return {
        "profile": "tabular-data-package",
        "name": name.removesuffix(".csv").lower(),
        "title": title,
        "description": f"{subtitle(result)} {source_line(result)} {' '.join(result.notes)}".strip(),
        "version": result.data_version,
        **({"homepage": address} if address.startswith(("https://", "http://")) else {}),
        "vintage": result.indicator.vintage,
        "statusCodes": STATUS_WORDS,
        "assumptions": [
            {"id": one.id, "label": one.label, "value": value, "shipped": one.value, "unit": one.parameter.unit} for one, value in changed
        ],
        "sources": sources,
        "resources": [
            {
                "name": name.removesuffix(".csv").lower(),
                "title": rows_words(result),
                "path": name,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(body),
                "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
                "schema": {"fields": column_fields(result), "primaryKey": ["geoid"], "missingValues": [""]},
            }
        ],
    }


def descriptor_json(result: Result, title: str, address: str) -> bytes:
    return json.dumps(descriptor(result, title, address), ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"

"""The description of a CSV, held against the rules of the specification: Data Package and Table Schema 1.0."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest

from analytics.indicators import indicators
from analytics.model import Result, answer
from analytics.query import LEVELS, Query
from data.bundle import Tables, shipped
from maps.descriptor import STATUS_WORDS, column_fields, descriptor, descriptor_json
from maps.files import csv_columns, data_csv
from tests.sound import sound

TYPES = {"string": str, "integer": int, "number": float}
ADDRESS = "https://atlas.example.org/explore?measure=uninsured"


def breaches(package: dict[str, Any], body: bytes) -> list[str]:
    """What the specification forbids: names, required parts, types, constraints, and a file that is not as described."""
    found = [] if re.fullmatch(r"[-a-z0-9._/]+", package["name"]) else ["the package's name"]
    found += [] if package["resources"] else ["no resource"]
    for source in package["sources"]:
        found += [] if source["title"] else ["a source without a title"]
        found += [] if source.get("path", "https://").startswith(("http://", "https://")) else ["a source's path is no address"]
    (resource,) = package["resources"]
    found += [] if re.fullmatch(r"[-a-z0-9._/]+", resource["name"]) else ["the resource's name"]
    found += [] if not resource["path"].startswith(("/", "..")) else ["a path out of the folder"]
    found += [] if resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}" else ["the hash"]
    found += [] if resource["bytes"] == len(body) else ["the bytes"]
    schema = resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    header, *rows = list(csv.reader(io.StringIO(body.decode(resource["encoding"]), newline="")))
    found += [] if header == names else ["the header"]
    found += [] if set(schema["primaryKey"]) <= set(names) else ["the primary key"]
    for position, field in enumerate(schema["fields"]):
        found += [] if field["type"] in TYPES else [f"the type of {field['name']}"]
        rules, cells = field.get("constraints", {}), [row[position] for row in rows]
        full = [cell for cell in cells if cell not in schema["missingValues"]]
        if rules.get("required") and len(full) < len(cells):
            found.append(f"{field['name']} is empty somewhere")
        if rules.get("unique") and len(set(full)) < len(full):
            found.append(f"{field['name']} is there twice")
        if "pattern" in rules and not all(re.fullmatch(rules["pattern"], cell) for cell in full):
            found.append(f"{field['name']} has another form")
        if "enum" in rules and not set(full) <= set(rules["enum"]):
            found.append(f"{field['name']} has another word")
        try:
            [TYPES[field["type"]](cell) for cell in full]
        except ValueError:
            found.append(f"{field['name']} is no {field['type']}")
    return found


def described(result: Result) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(descriptor_json(result, "A title", ADDRESS))
    return package


@pytest.mark.parametrize("measure", indicators())
def test_every_measure_is_described_as_its_file_is(measure: str, tables: Tables) -> None:
    for level in LEVELS:
        result = answer(sound(measure, tables, level=level), tables)
        assert breaches(described(result), data_csv(result)) == []
        assert all(field["title"] for field in column_fields(result))
        assert [field["name"] for field in column_fields(result)] == csv_columns(result)


def test_the_rules_see_a_breach(tables: Tables) -> None:
    result = answer(Query(measure="uninsured", level="state"), tables)
    package, body = described(result), data_csv(result)
    package["resources"][0]["schema"]["fields"][2]["type"] = "integer"
    assert breaches(package, body) == ["uninsured_modelled is no integer"]
    assert "the hash" in breaches(described(result), body.replace(b"observed", b"modelled", 1) + body.split(b"\r\n", 2)[1] + b"\r\n")
    assert "the header" in breaches(described(result), body.replace(b"geoid", b"id", 1))


def test_units_years_sources_and_codes_stand_in_it(tables: Tables) -> None:
    result = answer(Query(measure="uninsured", level="state"), tables)
    package = described(result)
    value = package["resources"][0]["schema"]["fields"][2]
    assert value["unit"].startswith("share of people")
    assert package["vintage"] == result.indicator.vintage
    assert package["version"] == tables.version
    assert package["homepage"] == ADDRESS
    assert [source["vintage"] for source in package["sources"]] == [source["vintage"] for source in result.provenance]
    assert set(package["statusCodes"]) == set(STATUS_WORDS)
    assert package["assumptions"] == []
    assert "homepage" not in descriptor(result, "A title", "/explore"), "an address without a host is none"


def test_a_changed_assumption_is_told_with_what_it_was() -> None:
    tables = shipped()
    query = Query(measure="within_60_minutes", level="state", assumptions=(("travel/speed_factor", 0.9),))
    (told,) = described(answer(query, tables))["assumptions"]
    assert (told["id"], told["value"]) == ("travel/speed_factor", 0.9)
    assert told["shipped"] != 0.9
    assert told["unit"]
    assert breaches(described(answer(query, tables)), data_csv(answer(query, tables))) == []

"""From official files to shipped tables: load, check, write, and say what was written.

Two builds under the same lock give the same bytes: rows are sorted by the builders, no timestamp is written,
and the pandas metadata, which would carry versions, is stripped.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from data.bundle import SNAPSHOT, read_manifest, read_table, sha256
from data.checks import expect
from data.errors import DataError
from data.parameter import warnings
from data.source import Raw, Source
from data.table import Table
from data.tables import all_tables

LIMIT_BYTES = 15_000_000
"""All shipped tables together stay under this, so that a clone stays small and a cold start short."""

TOOLS = ("numpy", "pandas", "pandera", "pyarrow", "scipy", "shapely")

Say = Callable[[str], None]


def raw_folder(given: str | None) -> Path:
    """--raw, else ATLAS_RAW, else ../shared/raw beside the checkout."""
    return Path(given or os.environ.get("ATLAS_RAW") or Path(__file__).resolve().parents[2] / "shared" / "raw")


def all_sources(tables: Iterable[Table]) -> dict[str, Source]:
    """Every source of the tables by id; one id means one source."""
    found: dict[str, Source] = {}
    for table in tables:
        for source in table.sources:
            expect(found.setdefault(source.id, source) == source, f"Two different sources share the id {source.id}; rename one of them.")
    return dict(sorted(found.items()))


def validate(table: Table, frame: pd.DataFrame) -> None:
    """The frame fits the table's schema, or a DataError with the first failures."""
    try:
        table.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.head(3)[["column", "check", "failure_case"]].to_dict("records")
        told = "; ".join(f"{case['column']}: {case['check']} ({case['failure_case']})" for case in cases)
        raise DataError(f"The table {table.name} does not fit its schema: {told}.") from None


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write zstd Parquet without pandas metadata; a geometry column (WKB) makes it GeoParquet."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    metadata: dict[bytes, bytes] = {}
    if "geometry" in frame.columns:
        column: dict[str, Any] = {"encoding": "WKB", "geometry_types": []}
        metadata[b"geo"] = json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}).encode()
    # Bytes of floats split by place compress a third better; a dictionary would only stand in the way.
    split = [field.name for field in table.schema if pa.types.is_float32(field.type)]
    others = [name for name in table.column_names if name not in split]
    pq.write_table(
        table.replace_schema_metadata(metadata),
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=others,
        column_encoding=dict.fromkeys(split, "BYTE_STREAM_SPLIT") or None,
    )


def nullable(table: Table) -> dict[str, str]:
    """Columns with a nullable type in the schema, which Parquet alone does not bring back."""
    columns = table.schema.to_schema().columns
    return {str(name): str(column.dtype) for name, column in columns.items() if str(column.dtype) in {"boolean", "Int64"}}


def describe(table: Table, path: Path) -> dict[str, Any]:
    """The manifest's entry of one table."""
    schema = pq.read_schema(path)
    return {
        "name": table.name,
        "title": table.title,
        "stands_for": table.stands_for,
        "rows": pq.read_metadata(path).num_rows,
        "bytes": path.stat().st_size,
        "sha256": sha256(path),
        "columns": {field.name: str(field.type) for field in schema},
        "nullable": nullable(table),
        "sources": [source.id for source in table.sources],
        "vintages": sorted({source.vintage for source in table.sources}),
    }


def describe_source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "vintage": source.vintage,
        "url": source.url,
        "licence": source.licence,
        "citation": source.citation,
        "read_on": source.read_on.isoformat(),
        "stale_on": source.stale_on().isoformat(),
        "note": source.note,
    }


def write_manifest(tables: Iterable[Table], folder: Path) -> dict[str, Any]:
    """Describe what lies in the folder. The data version is the hash of the tables' hashes."""
    tables = list(tables)
    entries = {table.name: describe(table, folder / f"{table.name}.parquet") for table in tables}
    version = hashlib.sha256("".join(f"{name}:{entry['sha256']}\n" for name, entry in sorted(entries.items())).encode()).hexdigest()[:10]
    manifest = {
        "data_version": version,
        "snapshot_bytes": sum(entry["bytes"] for entry in entries.values()),
        "tools": {name: importlib.metadata.version(name) for name in TOOLS},
        "tables": dict(sorted(entries.items())),
        "sources": [describe_source(source) for source in all_sources(tables).values()],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def build(raw: Raw, folder: Path = SNAPSHOT, only: Iterable[str] = (), say: Say = print) -> dict[str, Any]:
    """Build every table (or those named in `only`; what they need is read from the folder) and the manifest.

    Raises DataError with the list of what is missing before anything is written.
    """
    tables = all_tables()
    wanted = list(only) or list(tables)
    for name in wanted:
        expect(name in tables, f"There is no table {name}; the tables are {', '.join(sorted(tables))}.")
    missing = raw.missing(source for name in wanted for source in tables[name].sources)
    expect(
        not missing,
        f"{len(missing)} raw files are missing below {raw.root}: {', '.join(missing)}. Put them there or name another folder with --raw.",
    )
    folder.mkdir(parents=True, exist_ok=True)
    frames: dict[str, pd.DataFrame] = {}
    made: dict[str, pd.DataFrame] = {}
    for name, table in ((name, table) for name, table in tables.items() if name in wanted):
        for need in table.needs:
            if need not in frames:
                frames[need] = read_table(need, folder, nullable(tables[need]))
        frame = table.build(raw, frames).reset_index(drop=True)
        validate(table, frame)
        frames[name] = made[name] = frame
        say(f"{name}: {len(frame):,} rows")
        for line in frame.attrs.get("report", ()):
            say(f"  {line}")
    for name, frame in made.items():
        write_table(frame, folder / f"{name}.parquet")
    if not only:
        for stray in folder.glob("*.parquet"):
            if stray.stem not in tables:
                stray.unlink()
    present = [table for table in tables.values() if (folder / f"{table.name}.parquet").is_file()]
    manifest = write_manifest(present, folder)
    for warning in warnings(date.today()):
        say(f"  {warning}")
    expect(
        manifest["snapshot_bytes"] < LIMIT_BYTES, f"The tables come to {manifest['snapshot_bytes']:,} bytes; the limit is {LIMIT_BYTES:,}."
    )
    return manifest


def check(folder: Path = SNAPSHOT, say: Say = print) -> None:
    """Every shipped table equals its manifest entry and fits its schema; DataError at the first that does not."""
    manifest = read_manifest(folder)
    tables = all_tables()
    expect(set(manifest["tables"]) == set(tables), "The manifest and the code name different tables; run `python -m data build --raw DIR`.")
    for name, entry in manifest["tables"].items():
        frame = read_table(name, folder, entry["nullable"])
        expect(
            sha256(folder / f"{name}.parquet") == entry["sha256"],
            f"The table {name} is not the one the manifest names; run `git checkout -- data/snapshot`.",
        )
        expect(len(frame) == entry["rows"], f"The table {name} has {len(frame):,} rows; the manifest says {entry['rows']:,}.")
        validate(tables[name], frame)
        say(f"{name}: {len(frame):,} rows, sound")


def status(folder: Path = SNAPSHOT, today: date | None = None) -> dict[str, Any]:
    """What is shipped, from what, and what is stale, in the form DESIGN.md and the issue promise."""
    manifest = read_manifest(folder)
    today = today or date.today()
    return {
        "tables": [
            {
                "name": name,
                "rows": entry["rows"],
                "sha256": entry["sha256"],
                "sources": entry["sources"],
                "vintages": entry["vintages"],
                "bytes": entry["bytes"],
            }
            for name, entry in manifest["tables"].items()
        ],
        "snapshot_bytes": manifest["snapshot_bytes"],
        "data_version": manifest["data_version"],
        "stale": [source["id"] for source in manifest["sources"] if date.fromisoformat(source["stale_on"]) <= today],
    }

"""python -m data status | build | refresh | check"""

from __future__ import annotations

import argparse
import json
import sys

from data.errors import DataError


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m data", description="The shipped tables: what they are, from what, and how they are made.")
    commands = top.add_subparsers(dest="command", required=True)
    status = commands.add_parser("status", help="list tables, rows, sources, vintages and what is stale")
    status.add_argument("--json", action="store_true", help="the same as JSON")
    build = commands.add_parser("build", help="build every table from the official files")
    build.add_argument("--raw", help="folder of the official files (else ATLAS_RAW, else ../shared/raw)")
    build.add_argument("--output", help="where the tables go (default: data/snapshot)")
    build.add_argument("--only", nargs="+", default=[], metavar="TABLE", help="build these alone; what they need is read from the snapshot")
    commands.add_parser("check", help="verify the shipped tables against manifest and schemas")
    return top


def show_status(as_json: bool) -> None:
    from data.build import status

    found = status()
    if as_json:
        print(json.dumps(found, indent=1))
        return
    from rich.console import Console
    from rich.table import Table as Listing

    listing = Listing(
        "table", "rows", "kB", "sources", "vintages", title=f"Data version {found['data_version']}, {found['snapshot_bytes'] / 1e6:.1f} MB"
    )
    for column in (1, 2):
        listing.columns[column].justify = "right"
    for table in found["tables"]:
        listing.add_row(
            table["name"], f"{table['rows']:,}", f"{table['bytes'] / 1000:,.0f}", ", ".join(table["sources"]), ", ".join(table["vintages"])
        )
    console = Console()
    console.print(listing)
    stale = found["stale"]
    console.print(f"Stale, read again: {', '.join(stale)}" if stale else "Nothing is stale.")


def run_build(raw: str | None, output: str | None, only: list[str]) -> None:
    from pathlib import Path

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from data.build import build, raw_folder
    from data.bundle import SNAPSHOT
    from data.source import Raw
    from data.tables import all_tables

    with Progress(TextColumn("building"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()) as progress:
        task = progress.add_task("tables", total=len(only) or len(all_tables()))

        def say(line: str) -> None:
            progress.console.print(line, highlight=False)
            if not line.startswith(" "):
                progress.advance(task)

        manifest = build(Raw(raw_folder(raw)), Path(output) if output else SNAPSHOT, only, say)
    print(f"Data version {manifest['data_version']}: {len(manifest['tables'])} tables, {manifest['snapshot_bytes'] / 1e6:.1f} MB")


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        if options.command == "status":
            show_status(options.json)
        elif options.command == "build":
            run_build(options.raw, options.output, options.only)
        elif options.command == "check":
            from data.build import check

            check()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

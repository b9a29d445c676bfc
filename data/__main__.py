"""python -m data status | build | check | points | minutes"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from data.bundle import Tables


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
    listing = commands.add_parser("points", help="write the ids and points between which travel times of your own may run")
    listing.add_argument("--of", required=True, choices=["county", "block-group", "provider"])
    asking = commands.add_parser("minutes", help="ask an OSRM server that you name for minutes by road, as a table that the page takes")
    asking.add_argument("--server", required=True, metavar="URL", help="such as http://localhost:5000; nothing is asked of any other")
    asking.add_argument("--origins", required=True, choices=["county", "block-group"])
    asking.add_argument(
        "--reach-miles", type=float, default=120.0, metavar="MILES", help="straight miles beyond which no pair is asked for"
    )
    asking.add_argument("--profile", default="driving", help="the server's profile")
    for one in (listing, asking):
        one.add_argument("--state", default="", metavar="DIGITS", help="origins of one state alone, such as 30")
        one.add_argument("--list", metavar="CSV", help="a list of providers of your own beside ours")
        one.add_argument("--output", required=True, metavar="FILE", help="a .parquet or .csv")
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


def tables_with(own: str | None) -> Tables:
    """The shipped tables, with a list of one's own laid over; its unused rows are told."""
    from data.bundle import shipped
    from data.own_providers import read_own_list
    from data.user_file import told

    tables = shipped()
    if own is None:
        return tables
    try:
        content = Path(own).read_bytes()
    except OSError as error:
        raise DataError(f"The list {own} can't be read: {error.strerror}.") from None
    found = read_own_list(content, Path(own).name, tables)
    print("\n".join([found.said, *told(found.bad)]), file=sys.stderr)
    return found.laid_over(tables)


def write_points(options: argparse.Namespace) -> None:
    from data.minutes import expect_output, points, write_whole

    output = Path(options.output)
    expect_output(output)
    frame = points(options.of, tables_with(options.list), options.state)
    write_whole(frame, output)
    print(f"{len(frame):,} points in {output}")


def ask_minutes(options: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from data.minutes import asked_minutes, expect_output, points, write_whole

    output = Path(options.output)
    expect_output(output)
    tables = tables_with(options.list)
    origins, providers = points(options.origins, tables, options.state), points("provider", tables)
    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("origins", total=len(origins))
        found = asked_minutes(
            options.server, origins, providers, options.reach_miles, options.profile, advance=lambda asked: progress.advance(task, asked)
        )
    write_whole(found, output)
    print(f"{len(found):,} rows in {output}")


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
        elif options.command == "points":
            write_points(options)
        elif options.command == "minutes":
            ask_minutes(options)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

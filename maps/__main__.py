"""The pages' files from the command line.

python -m maps export "ADDRESS" --format png|svg|pdf|html|csv|geojson|parquet|datapackage --output FILE [--preset slide|square|column|grey]
    [--chart second|ranking|conditions]
python -m maps fact-sheet 48001 --output FILE        python -m maps fact-sheets 48 --output FILE
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analytics.model import answer
from data.bundle import shipped
from data.errors import DataError
from maps.export import DEFAULT_PRESET, KINDS, PRESET_WORDS, export, fact_sheet_file, public_url, read_address
from maps.fact_sheets import archive_name, counties_of, made
from maps.together_export import CHARTS, chart_file


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m maps", description="What the pages show, as files.")
    commands = top.add_subparsers(dest="command", required=True)
    one = commands.add_parser("export", help="write a view as a file: the bytes that the page's button gives")
    one.add_argument("address", metavar="ADDRESS", help="what stands in the browser after the host, such as /explore?measure=uninsured")
    one.add_argument("--format", required=True, metavar="KIND", help=", ".join(KINDS))
    one.add_argument("--output", required=True, metavar="FILE", help="where the file goes; it replaces one of that name")
    one.add_argument("--preset", default=DEFAULT_PRESET, metavar="USE", help=f"of pictures: {', '.join(PRESET_WORDS)}")
    one.add_argument(
        "--chart", metavar="CHART", help="in place of the map: " + "; ".join(f"{name}, {about}" for name, about in CHARTS.items())
    )
    sheet = commands.add_parser("fact-sheet", help="write the fact sheet of a county, district or state, PDF of one page")
    sheet.add_argument("place", metavar="ID", help="five digits of a county, four of a district, two of a state")
    sheets = commands.add_parser("fact-sheets", help="write the fact sheets of all counties of a state as one ZIP file")
    sheets.add_argument("state", metavar="STATE", help="two digits, such as 48 for Texas")
    sheet.add_argument("--output", required=True, metavar="FILE", help="where the file goes; it replaces one of that name")
    sheets.add_argument(
        "--output",
        required=True,
        metavar="FILE|FOLDER",
        help="where the file goes; in a folder it has the name under which the page finds it",
    )
    return top


def write(options: argparse.Namespace) -> None:
    tables = shipped()
    query, view, moved = read_address(options.address, tables)
    if moved:
        print(moved, file=sys.stderr)
    how = (answer(query, tables), view, tables, options.format, options.preset, public_url())
    keep(chart_file(options.chart, *how) if options.chart else export(*how), options.output)


def keep(body: bytes, output: str) -> None:
    try:
        Path(output).write_bytes(body)
    except OSError as error:
        raise ValueError(f"The file {output} can't be written: {error.strerror}.") from None
    print(f"{len(body):,} bytes in {output}")


def write_sheet(options: argparse.Namespace) -> None:
    keep(fact_sheet_file(options.place, shipped(), public_url()), options.output)


def write_sheets(options: argparse.Namespace) -> None:
    tables, output = shipped(), Path(options.output)
    counties_of(options.state, tables)
    output = output / archive_name(options.state, tables) if output.is_dir() else output
    size = made(options.state, tables, public_url(), output, progress)
    print(f"{size:,} bytes in {output}")


def progress(number: int, of: int, name: str) -> None:
    """One line that is written over on a terminal, a line for every fiftieth elsewhere."""
    line = f"{number:,} of {of:,} fact sheets: {name}"
    if sys.stderr.isatty():
        print(f"\r{line:<70}", end="\n" if number == of else "", file=sys.stderr, flush=True)
    elif number % 50 == 0 or number == of:
        print(line, file=sys.stderr, flush=True)


COMMANDS = {"export": write, "fact-sheet": write_sheet, "fact-sheets": write_sheets}


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        COMMANDS[options.command](options)
    except (ValueError, DataError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; no file was written.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

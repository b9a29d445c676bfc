"""Runs every file of rows and tells the result: a table on the screen, benchmarks/latest.json beside it.

A file `rows_<what>.py` defines `rows() -> Iterator[Row]` and nothing else need know of it. `ORDER` (a number, 50 unless
given) says when it runs. A missed limit is shown and is no error; a file that breaks is said and the others still run.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
import time
import traceback
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.row import Row

LATEST = Path(__file__).parent / "latest.json"


def row_files() -> list[ModuleType]:
    """The files of rows, in their order."""
    names = sorted(info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)]) if info.name.startswith("rows_"))
    found = [importlib.import_module(f"benchmarks.{name}") for name in names]
    return sorted(found, key=lambda module: getattr(module, "ORDER", 50))


def machine() -> str:
    """What it was measured on, in a line."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
        load = f", load {os.getloadavg()[0]:.1f} at the start"
    except OSError:
        load = ""
    return f"{os.cpu_count()} x {model}, {platform.system()}, Python {platform.python_version()}{load}"


def measure(only: list[str], say: Any = print) -> dict[str, Any]:
    """Every row as the file holds them. `only` names files (start, rerun, ...); all when empty."""
    told = {"machine": machine(), "date": date.today().isoformat()}
    results: list[Row] = []
    for module in row_files():
        name = module.__name__.rpartition("rows_")[2]
        if only and name not in only:
            continue
        started = time.perf_counter()
        try:
            results += module.rows()
        except Exception:
            traceback.print_exc()
            say(f"{name} broke; its rows are missing.")
        say(f"{name}: {time.perf_counter() - started:.0f} s")
    return {**told, "results": [row.as_json() for row in results]}


def written(value: float | None) -> str:
    """A number with the digits a reader needs; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def show(found: dict[str, Any]) -> None:
    """The rows as a table for people."""
    from rich.console import Console
    from rich.table import Table

    table = Table("what", "value", "unit", "limit", "usual way", "ratio", "", title=f"{found['machine']}, {found['date']}")
    for column in (1, 3, 4, 5):
        table.columns[column].justify = "right"
    words = {True: "kept", False: "MISSED", None: ""}
    for row in found["results"]:
        numbers = [written(row[name]) for name in ("limit", "peer", "ratio")]
        table.add_row(row["name"], written(row["value"]), row["unit"], *numbers, words[row["pass"]])
    Console(width=max(130, Console().width)).print(table)


def main(arguments: list[str]) -> int:
    found = measure(arguments)
    show(found)
    if arguments:
        print("Only a part was measured; latest.json stays as it was.")
    else:
        LATEST.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"Written to {LATEST.relative_to(LATEST.parents[1])}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

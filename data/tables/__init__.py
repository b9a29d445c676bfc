"""The shipped tables, one file each (or one small family a file); every module has `TABLES: tuple[Table, ...]`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from data.errors import DataError
from data.table import Table


@cache
def all_tables() -> dict[str, Table]:
    """Every table by name, in an order in which each comes after those it needs."""
    found: dict[str, Table] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        for table in importlib.import_module(f"{__name__}.{module}").TABLES:
            if table.name in found:
                raise DataError(f"Two modules declare the table {table.name}; rename one of them.")
            found[table.name] = table
    ordered: dict[str, Table] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in ordered:
            return
        if name in path:
            raise DataError(f"The tables {' -> '.join((*path, name))} need each other in a circle.")
        if name not in found:
            raise DataError(f"The table {path[-1]} needs {name}, which no module declares.")
        for need in found[name].needs:
            visit(need, (*path, name))
        ordered[name] = found[name]

    for name in found:
        visit(name, ())
    return ordered

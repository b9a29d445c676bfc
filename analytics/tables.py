"""What the models ask of a bundle of tables; data/bundle.py has one, tests make theirs from a dict."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd


class Tables(Protocol):
    """Frames by name, and a version that changes when any of them does."""

    version: str

    def __getitem__(self, name: str) -> pd.DataFrame: ...

    def __contains__(self, name: object) -> bool: ...

    def sources_of(self, name: str) -> list[dict[str, Any]]:
        """The sources of a table, or the one source of that id."""
        ...


SITE_TABLES = ("providers", "provider_points", "own_travel")
"""What a visitor may lay over with data of their own."""


def version_without_sites(tables: Tables) -> str:
    """The version of everything but the sites and the ways to them. What is worked out from people and places alone is kept by it,
    so that visitors with lists of their own share it.

    >>> from types import SimpleNamespace
    >>> version_without_sites(SimpleNamespace(version="2026+providers-1f+counties-2e+own_travel-3d"))
    '2026+counties-2e'
    """
    parts = tables.version.split("+")
    return "+".join(part for part in parts if part.rpartition("-")[0] not in SITE_TABLES)

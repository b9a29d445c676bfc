"""What the models ask of a bundle of tables; data/bundle.py has one, tests make theirs from a dict."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd


class Tables(Protocol):
    """Frames by name, and a version that changes when any of them does."""

    version: str

    def __getitem__(self, name: str) -> pd.DataFrame: ...

    def sources_of(self, name: str) -> list[dict[str, Any]]:
        """The sources of a table, or the one source of that id."""
        ...

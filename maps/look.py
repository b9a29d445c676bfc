"""The style sheet of the pages, at an address of its own: kept by the browser, it is no part of what a page sends at every change."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.tables import Tables

FILE = Path(__file__).parent / "page.css"


@dataclass(frozen=True)
class Sheet:
    """A file whose address holds a hash of its content; its body is gzipped."""

    address: str
    body: bytes


@cache
def stylesheet() -> Sheet:
    """The rules of maps/page.css. The colours they use are variables that the page sets for the theme it is seen in (views/parts.py)."""
    text = FILE.read_bytes()
    return Sheet(f"/style/page-{hashlib.sha256(text).hexdigest()[:12]}.css", gzip.compress(text, compresslevel=9, mtime=0))


def stylesheets(tables: Tables) -> dict[str, Sheet]:
    """Every style sheet by its address; they are the same whatever the tables."""
    return {stylesheet().address: stylesheet()}

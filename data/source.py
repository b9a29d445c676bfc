"""What a source is, and where its official files lie on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data.errors import DataError


@dataclass(frozen=True)
class Source:
    """One official file (or a small family of them): who says it, since when, and where it is to be had."""

    id: str
    publisher: str
    title: str
    vintage: str
    url: str
    licence: str
    citation: str
    read_on: date
    stale_after_days: int
    files: tuple[str, ...]
    """Paths below the raw folder, for example ``cdc/SVI_2022_US_county.csv``. Where one of two layouts will do
    (the official file, or one reworked from it), both stand in one entry, parted by ``|``."""
    note: str = ""

    def stale_on(self) -> date:
        """The first day on which the source should be read again."""
        return self.read_on + timedelta(days=self.stale_after_days)

    def is_stale(self, today: date) -> bool:
        return today >= self.stale_on()


PUBLIC_DOMAIN = "Public domain (work of the United States government, 17 USC 105)"
FACTS_ONLY = "Single facts, each with its source; the compilation itself is not copied"


@dataclass(frozen=True)
class Raw:
    """The folder of official files. Nothing in it is shipped; the build reads it."""

    root: Path

    def path(self, relative: str) -> Path:
        """The file, or a DataError that names it."""
        path = self.root / relative
        if not path.is_file():
            raise DataError(f"The raw file {relative} is not in {self.root}; put it there or name another folder with --raw.")
        return path

    def missing(self, sources: Iterable[Source]) -> list[str]:
        """The files of `sources` that are not there, sorted, each once."""
        wanted = {entry for source in sources for entry in source.files}
        return sorted(entry for entry in wanted if not any((self.root / file).is_file() for file in entry.split("|")))

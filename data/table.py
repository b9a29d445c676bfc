"""What a shipped table is: its schema, its sources and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from data.source import Raw, Source

Frames = Mapping[str, pd.DataFrame]


class Schema(pa.DataFrameModel):
    """Base of all schemas: columns exactly as declared, in that order, never coerced behind the reader's back."""

    class Config:
        strict = True
        ordered = True
        coerce = False


@dataclass(frozen=True)
class Table:
    """One table of the snapshot.

    `build(raw, frames)` returns the frame; `frames` holds the tables named in `needs`, built before.
    """

    name: str
    title: str
    """What the table holds, in plain words."""
    stands_for: str
    """Which official file or files it stands for; printed in the README and on the data page."""
    schema: type[Schema]
    sources: tuple[Source, ...]
    build: Callable[[Raw, Frames], pd.DataFrame]
    needs: tuple[str, ...] = ()

"""One line of the bench: what was measured, its limit, and what it stands beside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """A measured value. `limit` is what it may be at most; `peer` is the same thing done the usual way, in the same run."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    peer: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value over peer: below 1 is better than the usual way."""
        return round(self.value / self.peer, 4) if self.peer else None

    @property
    def passed(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        return None if self.limit is None else self.value <= self.limit

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "value": round(self.value, 4), "ratio": self.ratio, "pass": self.passed}

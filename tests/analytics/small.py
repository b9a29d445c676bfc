"""A country small enough for plain loops: four counties in two states, two districts, a few dozen block groups, a handful of sites."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analytics.query import LAYERS
from data.parameter import load
from tests.analytics import slow

NUMBERS = itertools.count()
COUNTIES = ("20001", "20003", "20005", "31001")
RUCC = (1, 4, 7, 9)
DISTRICTS = ("2001", "2002", "3101")


@dataclass(eq=False)
class Small:
    """A bundle of made-up tables; the same seed makes the same country. `change` lays other columns over its providers."""

    seed: int
    blocks: int = 30
    sites: int = 9
    change: dict[str, Any] = field(default_factory=dict)
    version: str = field(default_factory=lambda: f"small {next(NUMBERS)}")

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        county = np.sort(rng.integers(0, len(COUNTIES), self.blocks))
        self.frames = {
            "counties": pd.DataFrame(
                {
                    "geoid": COUNTIES,
                    "name": ["Alpha County", "Beta County", "Gamma County", "Delta County"],
                    "state": ["KS", "KS", "KS", "NE"],
                    "rucc": RUCC,
                    "depression_share": [0.2, 0.25, np.nan, 0.3],
                    "distress_share": [0.1, 0.2, 0.15, 0.3],
                }
            ),
            "states": pd.DataFrame({"geoid": ["20", "31"], "name": ["Kansas", "Nebraska"], "state": ["KS", "NE"]}),
            "districts": pd.DataFrame({"geoid": DISTRICTS, "name": ["Kansas 1st", "Kansas 2nd", "Nebraska 1st"]}),
            "block_groups": pd.DataFrame(
                {
                    "county": np.array(COUNTIES, dtype=object)[county],
                    "latitude": 39 + 0.4 * county + rng.uniform(0, 0.5, self.blocks),
                    "longitude": -98 + rng.uniform(0, 1.2, self.blocks),
                    "adults": np.where(rng.random(self.blocks) < 0.1, 0.0, rng.uniform(200, 3000, self.blocks)),
                }
            ),
        }
        self.frames["counties"]["adults"] = np.bincount(county, weights=self.frames["block_groups"]["adults"], minlength=len(COUNTIES))
        self.frames["block_group_districts"] = self.shared_out(county, rng)
        self.frames["providers"], self.frames["provider_points"] = self.providers(rng)

    def shared_out(self, county: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:  # type: ignore[type-arg]
        """Beta County is split between both districts of Kansas, block group by block group."""
        rows = []
        for block, of in enumerate(county):
            share = {0: 1.0, 1: rng.uniform(0.1, 0.9), 2: 0.0}.get(int(of))
            parts = [("3101", 1.0)] if share is None else [("2001", share), ("2002", 1 - share)]
            rows += [(block, district, part) for district, part in parts if part > 0]
        return pd.DataFrame(rows, columns=["block_group", "district", "share"])

    def providers(self, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The first two share an address; the last stands for a town of three points."""
        where = np.column_stack([39 + rng.uniform(0, 1.8, self.sites), -98 + rng.uniform(0, 1.2, self.sites)])
        where[1] = where[0]
        county = rng.integers(0, len(COUNTIES), self.sites)
        county[1] = county[0]
        frame = pd.DataFrame(
            {
                "id": [f"site-{one}" for one in range(self.sites)],
                "name": [f"Clinic {one}" for one in range(self.sites)],
                "city": "Salina",
                "state": [("KS", "KS", "KS", "NE")[one] for one in county],
                "county": np.array(COUNTIES, dtype=object)[county],
                "point_quality": ["street"] * (self.sites - 1) + ["city"],
                **{layer: layer in ("samhsa_2024", "named_2026") for layer in LAYERS},
                "veterans_only": False,
                "civilian_outpatient": True,
                **{kind: pd.array([True] * self.sites, dtype="boolean") for kind in ("iv", "esketamine", "takes_medicaid")},
                **{kind: pd.array([None] * self.sites, dtype="boolean") for kind in ("oral", "im", "assisted_psychotherapy")},
            }
        ).assign(**self.change)
        points = [(f"site-{one}", *where[one], 1.0) for one in range(self.sites - 1)]
        town = where[-1]
        points += [(f"site-{self.sites - 1}", town[0] + 0.04 * one, town[1] - 0.05 * one, (0.5, 0.3, 0.2)[one]) for one in range(3)]
        return frame, pd.DataFrame(points, columns=["provider", "latitude", "longitude", "weight"])

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def __contains__(self, name: object) -> bool:
        return name in self.frames

    def sources_of(self, name: str) -> list[dict[str, Any]]:
        return []

    def with_own_travel(self, longest: float, without: tuple[str, ...] = ()) -> Small:
        """The same country with travel times of one's own: its modelled minutes up to the longest, and no row for some counties."""
        county = self.frames["block_groups"]["county"]
        asked = [i for i in range(self.blocks) if county[i] not in without]
        pairs = self.costs("minutes")
        rows: list[tuple[str, str | None, float]] = []
        for i in asked:
            found = [(f"bg-{i}", f"site-{j}", pairs[i, j]) for j in range(self.sites) if pairs[i, j] <= longest]
            rows += found or [(f"bg-{i}", None, np.nan)]  # asked, and nothing found
        own = Small(self.seed, self.blocks, self.sites, self.change)
        own.frames["own_travel"] = pd.DataFrame(rows, columns=["origin", "destination", "minutes"])
        return own

    # --- The same in loops ---

    def people_of(self, place: str, weights: str = "adults") -> list[float]:
        """People of the place in each block group."""
        share = dict(zip(COUNTIES, self.frames["counties"][f"{weights}_share"], strict=True)) if weights != "adults" else {}
        parts = self.frames["block_group_districts"]
        found = []
        for block, row in enumerate(self.frames["block_groups"].itertuples()):
            people = row.adults * (0.0 if np.isnan(share.get(row.county, 1.0)) else share.get(row.county, 1.0))
            if len(place) == 4:
                mine = parts[(parts["block_group"] == block) & (parts["district"] == place)]["share"].sum()
            else:
                mine = float(place == "us" or row.county.startswith(place))
            found.append(people * mine)
        return found

    @cache  # noqa: B019 (a country lives as long as its test)
    def costs(self, unit: str) -> dict[tuple[int, int], float]:
        """Straight miles, modelled minutes or road miles from every block group to every provider, the mean over its points."""
        speeds = load("travel/speed").latest
        rucc = dict(zip(COUNTIES, RUCC, strict=True))
        points = self.frames["provider_points"].groupby("provider")
        found = {}
        for i, block in enumerate(self.frames["block_groups"].itertuples()):
            for j, site in enumerate(self.frames["providers"].itertuples()):
                total = 0.0
                for point in points.get_group(site.id).itertuples():
                    straight = slow.miles((block.latitude, block.longitude), (point.latitude, point.longitude))
                    cost = {
                        "miles": straight,
                        "road miles": slow.road_miles(straight),
                        "minutes": slow.minutes(straight, speeds[rucc[block.county]], speeds[rucc[site.county]]),
                    }[unit]
                    total += cost * point.weight
                found[i, j] = total
        return found

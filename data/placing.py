"""Where a site lies: its street in SAMHSA's locator, else its ZIP area, else its town, else a median, else a cited point.

No OpenStreetMap-derived point is used, and nothing is asked of a geocoder: every point comes from a file named in `data/sources`
or from `data/parameters/places_without_point.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from data.match import street_key, town_key
from data.town_points import miles_between

FARTHEST_STREET_MATCH_MILES = 30 / 1.609344
"""A street match farther than 30 km from the middle of its own ZIP area is a slip in the locator and is dropped."""

PARAMETERS = Path(__file__).parent / "parameters"


@dataclass(frozen=True)
class Atlas:
    """Everything a site can be placed by. Make with `Atlas.of`."""

    streets_by_zip: pd.DataFrame
    streets_by_town: pd.DataFrame
    zips: pd.DataFrame
    towns: pd.DataFrame
    medians: pd.DataFrame
    cited: pd.DataFrame

    @classmethod
    def of(cls, zctas: pd.DataFrame, towns: pd.DataFrame, locator: pd.DataFrame, cited: pd.DataFrame) -> Atlas:
        """zctas: zcta, latitude, longitude; towns: geoid, name, also, state, latitude, longitude, land_sqmi; locator: as `samhsa.read_locator`."""
        zips = zctas.set_index("zcta")[["latitude", "longitude"]].astype("float64")
        keyed = locator.assign(street_key=locator["street"].map(street_key), town_key=locator["city"].map(town_key))
        known = keyed[keyed["street_key"] != ""]
        point = ["latitude", "longitude"]
        return cls(
            streets_by_zip=near_their_zip(known.groupby(["street_key", "zip"])[point].median(), zips),
            streets_by_town=known.groupby(["street_key", "town_key", "state"])[point].median(),
            zips=zips,
            towns=town_lookup(towns),
            medians=keyed.groupby(["town_key", "state"])[point].median(),
            cited=cited.assign(town_key=cited["city"].map(town_key)).set_index(["town_key", "state"])[[*point, "land_sqmi"]],
        )


def near_their_zip(streets: pd.DataFrame, zips: pd.DataFrame) -> pd.DataFrame:
    """The streets that lie within 30 km of their ZIP area's point; where the ZIP has no area nothing can be said and they stay."""
    middle = zips.reindex(streets.index.get_level_values("zip"))
    gap = miles_between(
        streets["latitude"].to_numpy(), streets["longitude"].to_numpy(), middle["latitude"].to_numpy(), middle["longitude"].to_numpy()
    )
    return streets[~(gap > FARTHEST_STREET_MATCH_MILES)]


def town_lookup(towns: pd.DataFrame) -> pd.DataFrame:
    """Towns by key and state: latitude, longitude, land_sqmi. A town's own name goes before another's second name, then the larger in land."""
    own = towns.assign(town_key=towns["name"].map(town_key), rank=0)
    other = towns[towns["also"].notna()]
    both = pd.concat([own, other.assign(town_key=other["also"].map(town_key), rank=1)])
    best = both.sort_values(["rank", "land_sqmi", "geoid"], ascending=[True, False, True]).drop_duplicates(["town_key", "state"])
    return best.set_index(["town_key", "state"])[["latitude", "longitude", "land_sqmi"]].astype("float64")


def read_cited_points(path: Path = PARAMETERS / "places_without_point.yaml") -> pd.DataFrame:
    """The points that no official file gives under that name: city, state, latitude, longitude, land_sqmi (missing where unknown)."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))["values"]
    columns = ["city", "state", "latitude", "longitude", "land_sqmi"]
    return pd.DataFrame(values, columns=columns).astype({"land_sqmi": "float64"})


def place(sites: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """latitude, longitude, point_quality and town_land_sqmi on the index of `sites` (street, city, state, zip; "" is unknown).

    point_quality: "street" (the locator's own point of that street), "zip" (middle of the ZIP area), "city" (the town), ""
    where nothing is known. town_land_sqmi: the town's land where it is placed by a Gazetteer town, else missing.
    """
    keys = pd.DataFrame({"street": sites["street"].map(street_key), "town": sites["city"].map(town_key)}, index=sites.index)
    no_zip = sites["zip"].where(sites["zip"] == "", "-")
    steps: list[tuple[str, pd.DataFrame, list[pd.Series]]] = [
        ("street", atlas.streets_by_zip, [keys["street"], sites["zip"]]),
        ("street", atlas.streets_by_town, [keys["street"] + no_zip, keys["town"], sites["state"]]),
        ("zip", atlas.zips, [sites["zip"]]),
        ("city", atlas.cited, [keys["town"], sites["state"]]),
        ("city", atlas.towns, [keys["town"], sites["state"]]),
        ("city", atlas.medians, [keys["town"], sites["state"]]),
    ]
    placed = pd.DataFrame(
        {"latitude": np.nan, "longitude": np.nan, "point_quality": "", "town_land_sqmi": np.nan}, index=sites.index
    ).astype({"point_quality": "str"})
    for quality, table, key in steps:
        wanted = pd.MultiIndex.from_arrays(key) if len(key) > 1 else pd.Index(key[0])
        found = table.reindex(wanted).set_axis(sites.index)
        new = placed["latitude"].isna() & found["latitude"].notna()
        for column in ("latitude", "longitude"):
            placed.loc[new, column] = found.loc[new, column]
        placed.loc[new, "point_quality"] = quality
        if "land_sqmi" in found:
            placed.loc[new, "town_land_sqmi"] = found.loc[new, "land_sqmi"]
    return placed

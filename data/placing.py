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
from data.town_points import Floats, miles_between

FARTHEST_STREET_MATCH_MILES = 30 / 1.609344
"""A street match farther than 30 km from the middle both of its ZIP area and of its town is a slip in the locator and is dropped."""

FARTHEST_ZIP_BEYOND_TOWN_MILES = 10.0
"""A ZIP area whose middle lies farther than this outside its town says less than the town: in Alaska 297 miles (99503 Anchorage)."""

PARAMETERS = Path(__file__).parent / "parameters"


@dataclass(frozen=True)
class Atlas:
    """Everything a site can be placed by. Make with `Atlas.of`."""

    streets_by_zip: pd.DataFrame
    streets_by_town: pd.DataFrame
    zips: pd.DataFrame
    towns: pd.DataFrame
    namesakes: pd.DataFrame
    """All towns of a name in a state: town_key, state, latitude, longitude, land_sqmi."""
    medians: pd.DataFrame
    cited: pd.DataFrame

    @classmethod
    def of(cls, zctas: pd.DataFrame, towns: pd.DataFrame, locator: pd.DataFrame, cited: pd.DataFrame) -> Atlas:
        """zctas: zcta, latitude, longitude; towns: geoid, name, also, state, latitude, longitude, land_sqmi; locator: as `samhsa.read_locator`."""
        zips = zctas.set_index("zcta")[["latitude", "longitude"]].astype("float64")
        namesakes = all_town_names(towns)
        lookup = town_lookup(namesakes)
        keyed = locator.assign(street_key=locator["street"].map(street_key), town_key=locator["city"].map(town_key))
        known = keyed[(keyed["street_key"] != "") & near_zip_or_town(keyed, zips, lookup)]
        point = ["latitude", "longitude"]
        return cls(
            streets_by_zip=known.groupby(["street_key", "zip"])[point].median(),
            streets_by_town=known.groupby(["street_key", "town_key", "state"])[point].median(),
            zips=zips,
            towns=lookup,
            namesakes=namesakes,
            medians=keyed.groupby(["town_key", "state"])[point].median(),
            cited=cited.assign(town_key=cited["city"].map(town_key)).set_index(["town_key", "state"])[[*point, "land_sqmi"]],
        )


def gap_miles(points: pd.DataFrame, others: pd.DataFrame) -> Floats:
    """Miles between the rows of two frames with latitude and longitude, one by one; NaN where one is missing."""
    pairs = (frame[column].to_numpy(dtype=np.float64) for frame in (points, others) for column in ("latitude", "longitude"))
    return miles_between(*pairs)


def near_zip_or_town(locator: pd.DataFrame, zips: pd.DataFrame, towns: pd.DataFrame) -> pd.Series:
    """Whether each row lies within 30 km of its ZIP area's point or its town's; where neither is known it is believed.

    One of the two is enough: ZIP areas of the West and of Alaska are so wide that their middle is nowhere near their town.
    """
    middle = zips.reindex(locator["zip"])
    town = towns.reindex(pd.MultiIndex.from_arrays([locator["town_key"], locator["state"]]))
    nearer = np.fmin(gap_miles(locator, middle), gap_miles(locator, town))
    return pd.Series(~(nearer > FARTHEST_STREET_MATCH_MILES), index=locator.index)


def all_town_names(towns: pd.DataFrame) -> pd.DataFrame:
    """Towns by every name they go by: town_key, state, rank (0 own name, 1 other name), latitude, longitude, land_sqmi, geoid."""
    own = towns.assign(town_key=towns["name"].map(town_key), rank=0)
    other = towns[towns["also"].notna()]
    both = pd.concat([own, other.assign(town_key=other["also"].map(town_key), rank=1)], ignore_index=True)
    columns = ["town_key", "state", "rank", "latitude", "longitude", "land_sqmi", "geoid"]
    return both[columns].astype(dict.fromkeys(("latitude", "longitude", "land_sqmi"), "float64"))


def town_lookup(namesakes: pd.DataFrame) -> pd.DataFrame:
    """Towns by key and state: latitude, longitude, land_sqmi. A town's own name goes before another's second name, then the larger in land."""
    best = namesakes.sort_values(["rank", "land_sqmi", "geoid"], ascending=[True, False, True]).drop_duplicates(["town_key", "state"])
    return best.set_index(["town_key", "state"])[["latitude", "longitude", "land_sqmi"]]


def zip_is_far_from_town(sites: pd.DataFrame, keys: pd.Series, atlas: Atlas) -> pd.Series:
    """Whether the middle of a site's ZIP area lies over ten miles outside every town that bears the site's town's name in its state."""
    named = pd.DataFrame(
        {"site": sites.index, "town_key": keys.to_numpy(), "state": sites["state"].to_numpy(), "zip": sites["zip"].to_numpy()}
    )
    pairs = named.merge(atlas.namesakes, on=["town_key", "state"])
    outside = gap_miles(pairs, atlas.zips.reindex(pairs["zip"])) - np.sqrt(pairs["land_sqmi"] / np.pi)
    nearest = outside.groupby(pairs["site"]).min().reindex(sites.index)
    return pd.Series(nearest > FARTHEST_ZIP_BEYOND_TOWN_MILES, index=sites.index, dtype="bool")


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
    good_zip = sites["zip"].mask(zip_is_far_from_town(sites, keys["town"], atlas), "")
    steps: list[tuple[str, pd.DataFrame, list[pd.Series]]] = [
        ("street", atlas.streets_by_zip, [keys["street"], sites["zip"]]),
        ("street", atlas.streets_by_town, [keys["street"] + no_zip, keys["town"], sites["state"]]),
        ("zip", atlas.zips, [good_zip]),
        ("city", atlas.cited, [keys["town"], sites["state"]]),
        ("city", atlas.towns, [keys["town"], sites["state"]]),
        ("city", atlas.medians, [keys["town"], sites["state"]]),
        ("zip", atlas.zips, [sites["zip"]]),
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

"""What is near a point: the sites that fit a question by distance and by nothing else, and what else there is.

Miles are straight, minutes modelled by car with water and missing roads looked at. A site known only by its city stands at a few weighted
points: its miles are their mean, and the circle of the town's land says how far off that may be. No answer is kept: a place that a person
typed is in no cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.distance import miles_from_chord, unit_vectors
from analytics.ends import Places, Points, places_of
from analytics.gated import through_gates
from analytics.near_point import Point, area_names, radius_of, towns
from analytics.pairing import direct
from analytics.pairs import addresses, rucc, site_points
from analytics.places import folded
from analytics.query import LAYER_SOURCES, Query
from analytics.supply import Mask, choose, open_to_adults
from analytics.tables import Tables, version_without_sites
from analytics.travel_model import RoadMiles, TravelModel
from analytics.ways import measured_sites, travel_model, waters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

WITHIN: Final = (10.0, 30.0, 60.0, 120.0)
"""Straight miles that may be asked for."""
BEYOND: Final = 3
"""Sites named where none is within the miles asked for."""
PAYING: Final = {
    "any": ("civilian", "any"),
    "medicaid": ("medicaid", "any"),
    "medicare": ("civilian", "medicare"),
    "private": ("civilian", "private"),
    "self_pay": ("civilian", "self_pay"),
    "military": ("civilian", "military"),
    "veteran": ("veteran", "any"),
    "sliding_fee": ("civilian", "sliding_fee"),
    "assistance": ("civilian", "assistance"),
}
"""What a person says of how they pay -> whom the sites serve and what they take, in the words of a query."""
ANYWHERE = 1e6
"""A reach in minutes that ends nowhere in the country: what has no pair within it has no road."""


@dataclass(frozen=True)
class Beside:
    """What else there is: the nearest of one kind. `miles` straight; `road` whether a road or ferry leads there."""

    kind: str
    name: str
    street: str
    city: str
    state: str
    phone: str
    website: str
    miles: float
    road: bool
    point_quality: str


@dataclass(frozen=True)
class Near:
    """`sites` are those within the miles asked for, `beyond` the next ones where none of those is open to the person by road.

    Both have the columns of the providers table and: `miles`, `miles_low`, `miles_high` (straight; NaN where the range is not known),
    `in_town` (the point lies within the site's own city and the site is known only by that), `minutes` (modelled, NaN without a road),
    `road`, `known` (surely fits the question; else the lists are silent), `open` (counts for whoever asks: not for veterans only).
    """

    point: Point
    query: Query
    within_miles: float
    sites: pd.DataFrame
    beyond: pd.DataFrame
    beside: tuple[Beside, ...]
    provenance: tuple[dict[str, Any], ...]
    data_version: str

    @property
    def reached(self) -> pd.DataFrame:
        """The sites within the miles that are open to the person and that a road leads to."""
        return self.sites[self.sites["open"] & self.sites["road"]]

    @property
    def listed(self) -> pd.DataFrame:
        """All that the page lists, in its order, numbered from 1 by place: the sites within the miles, then those beyond."""
        return pd.concat([self.sites, self.beyond], ignore_index=True) if len(self.beyond) else self.sites


def question(modality: str, paying: str) -> Query:
    """The question of a person who wants one kind of therapy and pays in one way; ValueError for a way that is not known."""
    if paying not in PAYING:
        raise ValueError(f"There is no way of paying called “{paying}”; there are {', '.join(PAYING)}.")
    population, payment = PAYING[paying]
    return Query(modality=modality, population=population, payment=payment)


def near(point: Point, query: Query, tables: Tables, within: float = 60.0, ways: Ways | None = None) -> Near:
    """Sites within so many straight miles of a point, the nearest first; ValueError for a distance that is no number above 0.

    Of the query its lists, kind of therapy, people and payment count, and the assumptions about travel. Sites whose record is silent
    are in the list (`known` is False); those for veterans only are in it for anybody who asks for no payer, and marked. `ways` are those
    from this point under the same assumptions about travel, where they are at hand: for every kind of therapy they are the same.
    """
    if not (np.isfinite(within) and within > 0):
        raise ValueError(f"The distance is {within} miles; it must be a number above 0, such as 30.")
    providers, ways = tables["providers"], ways or ways_to_sites(point, query, tables)
    known, possible, open_to = fitting(query, providers)
    order = np.lexsort((providers["id"].to_numpy(dtype=object).astype(str), ways.miles))
    order = order[possible[order]]
    inside = ways.miles[order] <= within
    chosen, later = order[inside], order[~inside & open_to[order]]
    road = np.isfinite(ways.minutes)
    if (open_to & road)[chosen].any():
        later = later[:0]
    elif road[later].any():
        later = later[road[later]]
    elif open_to[chosen].any():
        later = later[:0]

    def shown(rows: Ints) -> pd.DataFrame:
        return providers.iloc[rows].assign(**ways.at(rows), road=road[rows], known=known[rows], open=open_to[rows]).reset_index(drop=True)

    ids = dict.fromkeys([source for layer in query.layers for source in LAYER_SOURCES[layer]])
    return Near(
        point=point,
        query=query,
        within_miles=float(within),
        sites=shown(chosen),
        beyond=shown(later[:BEYOND]),
        beside=(*nearest_esketamine(ways, query, providers), *nearest_facilities(point, tables)),
        provenance=tuple(source for name in ids for source in tables.sources_of(name)),
        data_version=tables.version,
    )


def prepare(tables: Tables) -> None:
    """What the first person would wait for: names of towns and areas, where sites and facilities stand."""
    for part in (towns, area_names, ground, served):
        part(tables)


def fitting(query: Query, providers: pd.DataFrame) -> tuple[Mask, Mask, Mask]:
    """(surely fits, may fit, counts for whoever asks) of each provider.

    Who asks for no payer also sees the sites for veterans only: most people know whether they are meant.
    """
    supply = choose(query, providers)
    if query.population != "civilian" or query.payment != "any":
        return supply.known, supply.possible, supply.possible
    veterans = choose(query.with_(population="veteran"), providers)
    return supply.known | veterans.known, supply.possible | veterans.possible, supply.possible


@dataclass(frozen=True)
class Ways:
    """To each provider: straight miles with the range its point leaves open, whether the point lies in its city, minutes (inf: no road)."""

    miles: Floats
    miles_low: Floats
    miles_high: Floats
    in_town: Mask
    minutes: Floats

    def at(self, rows: Ints) -> dict[str, Any]:
        """Columns for some of the providers; no minutes without a road."""
        minutes = np.where(np.isfinite(self.minutes), self.minutes, np.nan)
        values = {"miles": self.miles, "miles_low": self.miles_low, "miles_high": self.miles_high, "in_town": self.in_town}
        return {name: value[rows] for name, value in {**values, "minutes": minutes}.items()}


@dataclass(frozen=True)
class Ground:
    """Where all providers stand, ready to be measured from anywhere: points sorted by provider, the middle and radius of each."""

    xyz: Floats
    weight: Floats
    start: Ints
    centre: Floats
    by_city: Mask
    radius_miles: Floats
    """Of the circle of the city's land for a site known only by its city, NaN where no such town is in the tables; else 0."""


def ground(tables: Tables) -> Ground:
    return CACHE.get((tables.version, "ground of the sites"), lambda: _ground(tables))


def _ground(tables: Tables) -> Ground:
    providers, (xyz, weight, start) = tables["providers"], spots(tables)
    by_city = (providers["point_quality"] == "city").to_numpy(dtype=bool)
    return Ground(
        xyz=xyz,
        weight=weight,
        start=start,
        centre=unit_vectors(providers["latitude"], providers["longitude"]),
        by_city=by_city,
        radius_miles=np.where(by_city, town_radius(tables), 0.0),
    )


def spots(tables: Tables) -> tuple[Floats, Floats, Ints]:
    """The points of all providers, sorted by provider: where they are (n x 3), their weight, and the first of each provider. Without the
    circles of their cities, which take long to look up and which a fact sheet does not ask for."""

    def compute() -> tuple[Floats, Floats, Ints]:
        points = site_points(tables)
        start = np.flatnonzero(np.r_[True, np.diff(points["position"].to_numpy()) > 0])
        return unit_vectors(points["latitude"], points["longitude"]), points["weight"].to_numpy(dtype=float), start

    return CACHE.get((tables.version, "points of the sites as vectors"), compute)


def town_radius(tables: Tables) -> Floats:
    """Of each provider's city the radius in miles of a circle of its land; NaN where no town of that name is in the tables."""
    providers, radius, known = tables["providers"], radius_of(tables["towns"]["land_sqmi"]), towns(tables)
    found = [known.named(f"{folded(city)} {folded(state)}") for city, state in zip(providers["city"], providers["state"], strict=True)]
    return np.array([max((float(radius[row]) for row in rows), default=np.nan) for rows in found])


def straight_miles(point: Point, xyz: Floats) -> Floats:
    apart = xyz - unit_vectors([point.latitude], [point.longitude])
    return miles_from_chord(np.sqrt(np.einsum("ij,ij->i", apart, apart)))


def miles_to_sites(point: Point, tables: Tables) -> Floats:
    """Straight miles from a point to every provider, in the order of the table: the mean over a site's points, which are several where only
    its city is known."""
    xyz, weight, start = spots(tables)
    return np.add.reduceat(straight_miles(point, xyz) * weight, start)


def ways_to_sites(point: Point, query: Query, tables: Tables) -> Ways:
    """To every provider. Where a city's circle is not known, the nearest and farthest of its points are the range."""
    here, at = ground(tables), addresses(tables)
    each = straight_miles(point, here.xyz)
    miles = miles_to_sites(point, tables)
    centre = straight_miles(point, here.centre)
    least, most = np.minimum.reduceat(each, here.start), np.maximum.reduceat(each, here.start)
    least, most = (np.where(most > least, one, np.nan) for one in (least, most))  # a single point leaves nothing to go by
    exact, unknown = np.where(here.by_city, centre, miles), np.isnan(here.radius_miles)
    model = travel_model(query)
    return Ways(
        miles=miles,
        miles_low=np.where(unknown, least, np.maximum(exact - here.radius_miles, 0.0)),
        miles_high=np.where(unknown, most, exact + here.radius_miles),
        in_town=here.by_city & (centre <= here.radius_miles),
        minutes=minutes_to(place_of(point, model, tables), measured_sites(model, tables), model)[at.of],
    )


def road_miles_to_sites(point: Point, query: Query, tables: Tables) -> Floats:
    """Road miles from a point to every provider, in the order of the table; infinity where no road or ferry leads there."""
    model = travel_model(query)
    # Road miles ask for no pace, so that the ends made ready for minutes serve.
    return minutes_to(place_of(point, model, tables), measured_sites(model, tables), RoadMiles(model))[addresses(tables).of]


def place_of(point: Point, model: TravelModel, tables: Tables) -> Places:
    start = pd.DataFrame({"latitude": [point.latitude], "longitude": [point.longitude], "county": [point.county]})
    return places_of(start.assign(rucc=rucc(start["county"], tables)), model, waters())


def minutes_to(place: Places, points: Points, model: TravelModel) -> Floats:
    """Modelled minutes from one place to each site; infinity where no road or ferry leads there."""
    minutes = np.full(len(points.sites), np.inf)
    for found in (direct(place, points, ANYWHERE, model), through_gates(place, points, ANYWHERE, model, waters())):
        for _, site, cost in found:
            minutes[site] = cost
    return minutes


def nearest_esketamine(ways: Ways, query: Query, providers: pd.DataFrame) -> tuple[Beside, ...]:
    """The nearest site known for esketamine, of any payment, where something else was asked for; what a road leads to goes first."""
    rows = np.flatnonzero(choose(Query(modality="esketamine", layers=query.layers), providers).known)
    if query.modality == "esketamine" or not rows.size:
        return ()
    road = np.isfinite(ways.minutes[rows])
    best = int(rows[np.argmin(np.where(road | ~road.any(), ways.miles[rows], np.inf))])
    return (told("esketamine", providers.iloc[best], float(ways.miles[best]), bool(road.any())),)


@dataclass(frozen=True)
class Served:
    """Facilities that take adults as outpatients and are not for veterans only: rows in their table, points, and the side of the water."""

    rows: Ints
    xyz: Floats
    label: Ints
    state: npt.NDArray[Any]
    telehealth: Mask
    tms_ect: Mask


def served(tables: Tables) -> Served:
    return CACHE.get((version_without_sites(tables), "facilities that serve all"), lambda: _served(tables["facilities"]))


def _served(facilities: pd.DataFrame) -> Served:
    kept = facilities[open_to_adults(facilities)]
    return Served(
        rows=kept.index.to_numpy(dtype=np.intp),
        xyz=unit_vectors(kept["latitude"], kept["longitude"]),
        label=waters().labels(kept, "facilities"),
        state=kept["state"].to_numpy(dtype=object),
        telehealth=kept["telehealth"].to_numpy(dtype=bool),
        tms_ect=(kept["tms"] | kept["ect"]).to_numpy(dtype=bool),
    )


def nearest_facilities(point: Point, tables: Tables) -> list[Beside]:
    """The nearest facility of the person's own state with telehealth (a licence ends at the state line, and no road is needed), and the
    nearest with TMS or ECT, where what a road leads to goes first."""
    facilities, all_ = tables["facilities"], served(tables)
    miles, joined = straight_miles(point, all_.xyz), waters().joined()
    start = pd.DataFrame({"latitude": [point.latitude], "longitude": [point.longitude], "county": [point.county]})
    road = joined[all_.label] == joined[waters().labels(start, "origins")]
    found = []
    for kind, fits, first in (
        ("telehealth", all_.telehealth & (all_.state == point.state), np.ones(len(miles), dtype=bool)),
        ("tms_ect", all_.tms_ect, road),
    ):
        if fits.any():
            best = int(np.argmin(np.where(fits & first if (fits & first).any() else fits, miles, np.inf)))
            found.append(told(kind, facilities.iloc[all_.rows[best]], float(miles[best]), bool(road[best])))
    return found


def told(kind: str, row: pd.Series, miles: float, road: bool) -> Beside:
    texts = {name: str(row[name]) for name in ("name", "street", "city", "state", "phone", "point_quality")}
    return Beside(kind=kind, **texts, website=str(row.get("website", "")), miles=miles, road=road)

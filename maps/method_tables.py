"""What the tables and the dated parameters say to a section of the methods page: lists, gates, districts, statuses, ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Final

from analytics import status
from analytics.medicare_paid import LEEWAY, YEAR_END, paid_over_allowed, payments
from analytics.places import places
from analytics.query import LAYERS, QUOTA_LAYERS, Query
from analytics.supply import known_sites
from analytics.tables import Tables
from data.parameter import expiring, load
from maps.facts import day, link, paragraph, table_html


def layers_html(tables: Tables) -> str:
    """Each list: how many sites of the default supply it names, and what it bears."""
    rows = []
    for layer, name in LAYERS.items():
        sites = known_sites(Query(layers=(layer,)), tables)
        bears = "nearest and within reach, as bounds" if layer in QUOTA_LAYERS else "nearest, within reach, counts and rates"
        rows.append((escape(name), f"{sites:,}", bears))
    return table_html("The lists, with sites open to anyone as outpatients", ("List", "Sites", "What it can bear"), rows)


def gates_html(tables: Tables) -> str:
    """The gates by kind and name, with the ferries' minutes, and the counties that no road leaves, by state."""
    waters = load("travel/waters").latest
    kinds: dict[str, list[str]] = {"Bridges and roads": [], "Ferries, with their minutes": [], "Land borders": []}
    for gate in waters["gates"]:
        kind = "Land borders" if "border" in gate else "Ferries, with their minutes" if "minutes" in gate else "Bridges and roads"
        minutes = f" {gate['minutes']:g}" if "minutes" in gate else ""
        kinds[kind].append(f"{gate['name']}{minutes}")
    known = places(tables)
    for county in waters["alone"]:
        name, _, state = known[str(county)].short.rpartition(", ")
        kinds.setdefault(f"Counties of {state} that neither road nor gate leaves", []).append(name)
    rows = "".join(f"<dt>{escape(kind)}</dt><dd>{escape(', '.join(names))}.</dd>" for kind, names in kinds.items())
    return f'<dl class="atlas-facts">{rows}</dl>'


def districts_html(tables: Tables) -> str:
    """Largest deviation, the flagged seats by name, and until when the map holds."""
    seats = tables["districts"]
    flagged = seats[seats["flagged"]].sort_values("deviation_share", key=abs, ascending=False)
    until = day(date.fromisoformat(str(seats["valid_to"].iloc[0])))
    congress = int(seats["congress"].iloc[0])
    rows = [
        (escape(str(name)), f"{'−' if share < 0 else '+'}{abs(share):.1%}".replace("%", " %"))
        for name, share in zip(flagged["name"], flagged["deviation_share"], strict=True)
    ]
    limit = load("access/district_deviation_flagged").number()
    return paragraph(
        f"Districts of the {congress}th Congress, valid to {until}. Seats of a state are drawn for equal people, so a seat whose people in "
        f"our table differ from that by over {limit:.0%} shows an error of the table. {len(flagged)} of {len(seats)} do; "
        f"the largest is {flagged['name'].iloc[0]}.".replace("%", " %")
    ) + table_html("Seats that are flagged, the largest deviation first", ("District", "People against the state's mean"), rows)


STATUS_WORDS: Final = {
    status.OBSERVED: "A publisher's figure, or a sum of such.",
    status.MODELLED: "A model's figure, the publisher's or ours. Always called so.",
    status.ZERO: "Counted, and none found. A class of its own on every map.",
    status.NO_DATA: "Nobody has published it, or it cannot be worked out.",
    status.SUPPRESSED: "The publisher knows it and withholds it, mostly because few people are concerned.",
    status.BEYOND_REACH: "Farther than the search went.",
    status.NO_ROAD: "Neither road nor ferry leads to a site. The people are counted.",
}


def statuses_html() -> str:
    rows = [(escape(one), STATUS_WORDS[one], "yes" if one in status.WITH_VALUE else "no") for one in status.ALL]
    return table_html("What stands beside every value", ("Status", "Meaning", "With a number"), rows)


def expiring_html(today: date) -> str:
    """What ends, soonest first."""
    rows = []
    for one in expiring(today):
        if one.expires is not None:
            when = f'<span class="day">{day(one.expires)}</span>' + (" (has ended)" if one.has_expired(today) else "")
            read = "; ".join(link(ref.link, ref.title) for ref in one.references)
            rows.append((escape(one.label), when, read))
    return table_html("Soonest first", ("What", "Last day", "Where to read it again"), rows)


def checks_html(tables: Tables) -> str:
    """What Medicare paid over what it allows: the two expected parts as sums, the rows by code, and the facility payments apart."""
    summed = paid_over_allowed(tables)
    both = summed[summed["group"] == "both in an office"].iloc[0]
    share, cut = (load(f"medicare/{name}").latest for name in ("part_b_coinsurance", "sequestration"))
    early, late = load("medicare/conversion_factor_early_2024").number(), load("medicare/conversion_factor").number(YEAR_END)
    sums = (
        f"From 9 March 2024: (1 − {share:g}) × (1 − {cut:g}) = {both['expected']:.3f}",
        f"Before: {both['expected']:.3f} × {early:g} / {late:g} ≈ {both['expected_first_weeks']:.3f}",
    )
    rows = [
        (
            escape(row["group"]),
            f"{row['rows']:,.0f}",
            f"{row['services']:,.0f}",
            f"{row['median']:.3f}",
            f"{row['lower_quartile']:.3f} to {row['upper_quartile']:.3f}",
        )
        for row in summed[summed["facility_rows"] == 0].to_dict("records")
    ]
    heads = ("Visits", "Rows", "Visits billed", "Median", "Middle half of the rows")
    apart = payments(tables)
    apart = apart[apart["why"] != ""]
    told = "; ".join(f"{row.state}, ${row.average_payment_usd:.2f} over {row.services:,} visits" for row in apart.itertuples())
    return (
        f'<ul class="atlas-sums">{"".join(f"<li>{escape(one)}</li>" for one in sums)}</ul>'
        + table_html("Average payment over the allowed amount, 2024, one row a clinician and code", heads, rows)
        + paragraph(
            f"They agree in the main: half of the {both['rows']} rows lie above {both['median']:.3f}. {both['rows_between']} lie between the two sums, give or take {LEEWAY:g}, "
            f"{both['rows_below']} below, as where a deductible was still due, and {both['rows_above']} above, which the rule does not explain: the "
            "billing address may not be where the patient sat."
        )
        + paragraph(f"Left out are {len(apart)} rows ({told}). {apart['why'].iloc[0]}")
    )


AFTER: Final[dict[str, Callable[[Tables, date], str]]] = {
    "lists": lambda tables, _: layers_html(tables),
    "water": lambda tables, _: gates_html(tables),
    "districts": lambda tables, _: districts_html(tables),
    "checks": lambda tables, _: checks_html(tables),
    "statuses": lambda _, __: statuses_html(),
    "expires": lambda _, today: expiring_html(today),
}
"""What follows the words of a section, or of a part of one."""


def after_html(name: str, tables: Tables, today: date) -> str:
    return AFTER[name](tables, today) if name in AFTER else ""

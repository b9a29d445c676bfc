"""The sentences of Near me about an answer, in the person's language. Plain text, no markup.

Every word stands in maps/messages/near.<language>.yaml; here it is decided which sentence is true. `say` is that catalogue.
"""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from analytics.near import Near
from analytics.near_point import Found
from analytics.query import LAYERS, MODALITIES
from data.match import UNNAMED
from maps.messages import Messages
from maps.spoken import between_miles, duration, spoken

QUICKER_MINUTES = 15
"""By so much a farther site must be quicker to be named."""
INSURED: Final = frozenset({"medicaid", "medicare", "private", "military"})
"""Ways of paying that a site may take and yet not take for ketamine."""
KINDS: Final = tuple(name for name in MODALITIES if name != "any")


def why_not(found: Found, say: Messages) -> str:
    """What to say where what was typed is no place; "" where it is one or nothing was typed."""
    return "" if found.reason in ("", "empty") else say(found.reason, typed=found.typed)


def within_words(miles: float, say: Messages) -> str:
    return say.counted("within_miles", miles)


def about(miles: float, say: Messages) -> str:
    """ "about 6 miles", "cerca de 1 milla", "unas 6 millas"; what is said to be under a mile is no "about"."""
    value = spoken(miles, "miles", say.lang)
    return value if miles <= 0.5 else say("about.one" if round(miles) == 1 else "about.many", value=value)


def distance(row: pd.Series, say: Messages) -> str:
    """Straight miles in words, with the range that a point of a city leaves open."""
    low, high = row["miles_low"], row["miles_high"]
    if row["in_town"] or (math.isfinite(low) and low <= 0.5 < high):
        return say("most", value=spoken(high, "miles", say.lang))
    if not math.isfinite(low) or round(low) == round(high):
        return about(row["miles"], say)
    return between_miles(low, high, say.lang)


def far(row: pd.Series, say: Messages) -> str:
    """The same for an entry of the list, where the city is the person's own."""
    return say("in_town", value=spoken(row["miles_high"], "miles", say.lang)) if row["in_town"] else distance(row, say)


def car(row: pd.Series, say: Messages) -> str:
    if not row["road"]:
        return say("without_road")
    if row["in_town"]:
        return say("car_unknown")
    value = duration(row["minutes"], say.lang)
    return say("by_car", value=value if row["minutes"] <= 0.5 else say("about_time", value=value))


def name_of(name: str, say: Messages) -> str:
    """What a site is called; of an address that only claims name, what is known of it in the person's language."""
    return say("unnamed", street=name.removeprefix(f"{UNNAMED}, ")) if name.startswith(UNNAMED) else name


def site_words(kind: str, near: Near, paying: str, say: Messages) -> str:
    """ "listed site", "nearest listed esketamine site that takes Medicaid"; `kind` is "site" or "nearest_site"."""
    return say(f"paying_site.{paying}", site=say(f"{kind}.{near.query.modality}"))


def title(near: Near, paying: str, say: Messages) -> str:
    """The finding as a sentence: how far the nearest is that surely fits."""
    here, within, reached = near.point.label, within_words(near.within_miles, say), near.reached
    site, nearest = (site_words(kind, near, paying, say) for kind in ("site", "nearest_site"))
    if len(reached):
        if not reached["known"].any():
            return say("silent", site=site, within=within, here=here)
        first = reached[reached["known"]].iloc[0]
        if first["in_town"]:
            return say("nearest_in_town", site=nearest, city=first["city"], most=spoken(first["miles_high"], "miles", say.lang), here=here)
        return say("nearest", site=nearest, far=distance(first, say), here=here)
    others = near.listed[near.listed["open"]]
    if others.empty:
        return say("nothing", site=site)
    first = others.iloc[0]
    blanks = {"site": site, "here": here, "far": distance(first, say), "city": f"{first['city']}, {first['state']}"}
    return say("beyond", within=within, **blanks) if others["road"].any() else say("no_road", **blanks)


def subtitle(near: Near, paying: str, say: Messages) -> str:
    """How many there are, and what is silent, shut or quicker."""
    shown, within = near.sites[near.sites["open"]], within_words(near.within_miles, say)
    said = [say("count", sites=spoken(len(shown), "sites", say.lang), within=within) if len(shown) else say("none", within=within)]
    said += [say("count_beyond")] if len(near.beyond) else []
    silent = int((~shown["known"]).sum())
    said += [say("part_all") if silent == len(shown) else say("part", silent=f"{silent:,}")] if silent else []
    said += [say("paying_note", paying=say(f"pay.{paying}"))] if paying in INSURED else []
    said += [say("veterans")] if (~near.sites["open"]).any() else []
    return " ".join([*said, quicker(near, say)]).strip()


def quicker(near: Near, say: Messages) -> str:
    """Where water or a long way round makes a farther site a quicker one."""
    listed = near.listed
    reached = listed[listed["open"] & listed["road"]]
    if reached.empty:
        return ""
    minutes = reached["minutes"].to_numpy(dtype=float)
    best = int(minutes.argmin())
    if minutes[0] - minutes[best] < QUICKER_MINUTES:
        return ""
    return say("quicker", number=int(reached.index[best]) + 1, minutes=duration(float(minutes[best]), say.lang))


def stated(row: pd.Series, names: dict[str, str], value: bool) -> list[str]:
    """The words of the columns that say so; a silent one says neither yes nor no."""
    return [words for name, words in names.items() if not pd.isna(row[name]) and bool(row[name]) is value]


def offers(row: pd.Series, say: Messages) -> str:
    names = {name: say(f"kind.{name}") for name in KINDS}
    yes, no = stated(row, names, True), stated(row, names, False)
    said = [say("offers", what=", ".join(yes)) if yes else say("offers_unknown")]
    return " ".join(said + ([say("offers_not", what=", ".join(no))] if no else []))


def takes(row: pd.Series, say: Messages) -> str:
    """What the site takes as payment, and what that does and does not mean."""
    names = say.under("takes")
    yes, no = stated(row, names, True), stated(row, names, False)
    if not yes and not no:
        return say("takes_unknown")
    said = [say("takes", what=", ".join(yes))] if yes else []
    said += [say("takes_not", what=", ".join(no))] if no else []
    meaning = {"facility": say("takes_facility"), "practice": say("takes_practice")}.get(row["payment_applies_to"], "")
    return " ".join([*said, *([meaning] if meaning else [])])


def seen(row: pd.Series, say: Messages) -> str:
    return say("not_seen") if pd.isna(row["last_year"]) else say("seen", year=int(row["last_year"]))


def lists_of(row: pd.Series, say: Messages) -> str:
    """On which lists the site stands."""
    return say("layers", what=", ".join(say(f"layer.{layer}") for layer in LAYERS if layer in row and bool(row[layer])))


def place_line(row: pd.Series) -> str:
    """Street, city, state and ZIP code, as far as they are known."""
    street = f"{row['street']}, " if row["street"] else ""
    return f"{street}{row['city']}, {row['state']} {row['zip']}".strip()

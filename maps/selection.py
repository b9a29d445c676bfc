"""The selected places of a view: which of them a map shows, what a click or a box adds, their rows, and what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from analytics.model import Result, read_question
from analytics.places import Hit, Place, places, search
from analytics.query import Query
from analytics.refusal import LEVEL_PLURALS
from analytics.tables import Tables
from maps.numbers import MISSING_WORDS, UNITS
from maps.table import heading
from maps.view import MOST_SELECTED, View, read_view

FEW = 12
"""Places that are named one by one; more are counted."""
MOST_FOUND, OFFERED = 400, 8
"""How many of a name are looked through for those on the map (31 states have a Washington County), and how many are offered."""


@dataclass(frozen=True)
class Selected:
    """The selected places in the order in which they were chosen: those with a row in this answer, and the others."""

    here: tuple[str, ...]
    elsewhere: tuple[str, ...]


def selected(view: View, result: Result) -> Selected:
    if not view.selected:
        return Selected((), ())
    rows = set(result.frame["geoid"])
    return Selected(tuple(one for one in view.selected if one in rows), tuple(one for one in view.selected if one not in rows))


def known_only(view: View, tables: Tables) -> tuple[View, tuple[str, ...]]:
    """The view without selected places that do not exist, and a sentence where there are such."""
    good = tuple(one for one in view.selected if one in places(tables))
    if good == view.selected:
        return view, ()
    lost = len(view.selected) - len(good)
    said = f"The address selects {lost} place{'s' if lost != 1 else ''} this atlas does not know; {'they are' if lost != 1 else 'it is'} left out."
    return replace(view, selected=good), (said,)


def asked_in(texts: Mapping[str, str], tables: Tables) -> tuple[Query, View, tuple[str, ...]]:
    """What the words of an address ask for, and a sentence for each that nobody knows."""
    query, unknown = read_question(texts, tables)
    view, unclear = read_view(texts)
    view, lost = known_only(view, tables)
    return query, view, unknown + unclear + lost


# --- What a hand does ---


def touched(before: tuple[str, ...], ids: Sequence[str], boxed: bool) -> tuple[tuple[str, ...], str]:
    """The selection after a click (a place comes in, or goes out where it was in) or a box (all in it come in), and a sentence where
    there are too many."""
    if not boxed:
        kept = tuple(one for one in before if one not in ids)
        return limited(kept, [one for one in ids if one not in before])
    return limited(before, ids)


def ticked(before: tuple[str, ...], rows: Sequence[str], chosen: Collection[int]) -> tuple[tuple[str, ...], str]:
    """The selection after rows of a table were ticked or unticked; `rows` are the ids of the table. Places that have no row stay in."""
    now = {rows[position] for position in chosen if 0 <= position < len(rows)}
    there = set(rows)
    kept = tuple(one for one in before if one in now or one not in there)
    return limited(kept, [one for one in rows if one in now])


def limited(kept: tuple[str, ...], more: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """At most so many as an address holds."""
    all_of = tuple(dict.fromkeys((*kept, *more)))
    if len(all_of) <= MOST_SELECTED:
        return all_of, ""
    return all_of[
        :MOST_SELECTED
    ], f"That would be {len(all_of):,} places; the first {MOST_SELECTED} are selected, the most that a link holds."


def named(text: str, result: Result, tables: Tables) -> tuple[list[Hit], str]:
    """Places of this map that fit what was typed, best first; and a sentence where there are none."""
    hits, said = search(text, tables, most=MOST_FOUND)
    rows = set(result.frame["geoid"])
    here = list({hit.geoid: hit for hit in reversed(hits) if hit.geoid in rows}.values())[::-1][:OFFERED]
    if here or not hits:
        return here, said
    return [], f"{hits[0].label} is not among the {len(rows):,} {LEVEL_PLURALS[result.query.level]} on this map."


# --- What is shown of them ---


def only(result: Result, ids: Collection[str]) -> Result:
    """The same answer with these rows alone, in the order of its table."""
    rows = result.frame["geoid"].isin(list(ids))
    more = {name: frame[frame["geoid"].isin(list(ids))].reset_index(drop=True) for name, frame in result.more.items() if "geoid" in frame}
    return replace(result, frame=result.frame[rows].reset_index(drop=True), more={**result.more, **more})


def positions(result: Result, view: View) -> list[int]:
    """Where the selected places stand in the table."""
    found: list[int] = np.flatnonzero(result.frame["geoid"].isin(list(view.selected))).tolist()
    return found


def names(ids: Sequence[str], known: Mapping[str, Place]) -> str:
    """ "Cook County, IL; Doña Ana County, NM and 3 more"."""
    shown = "; ".join(known[one].short for one in ids[:FEW])
    return shown + (f" and {len(ids) - FEW} more" if len(ids) > FEW else "")


def outlined_sentence(view: View, result: Result, known: Mapping[str, Place]) -> str:
    """For pictures and those who do not see them; "" where nothing on the map is selected."""
    here = selected(view, result).here
    return f"Outlined: {names(here, known)}." if here else ""


def elsewhere_sentence(view: View, result: Result, known: Mapping[str, Place]) -> str:
    """Which selected places have no row here; "" where all have."""
    others = selected(view, result).elsewhere
    if not others:
        return ""
    verb = "is" if len(others) == 1 else "are"
    return f"Selected too, but not among the {LEVEL_PLURALS[result.query.level]} on this map, {verb} {names(others, known)}."


def number(value: float, result: Result) -> str:
    """A value of a row, as the table shows it; the unit stands in the heading."""
    indicator = result.indicator
    if not np.isfinite(value):
        return ""
    if indicator.categories:
        return indicator.categories[int(value)]
    if indicator.unit == "share":
        return f"{100 * value:.1f} %"
    text = f"{value:,.{UNITS[indicator.unit].digits}f}"
    return f"${text.removesuffix('.00')}" if indicator.unit == "usd" else text


def selected_html(view: View, result: Result) -> str:
    """A table of the selected places, each with a link to its page, with value, interval and adults, in the order in which they were chosen; "" where none is here."""
    here = selected(view, result).here
    if not here:
        return ""
    rows = result.frame.set_index("geoid")
    shown = rows.loc[list(here[:FEW])]
    interval = bool(np.isfinite(shown[["low", "high"]].to_numpy(dtype=float)).any())
    heads = ["Selected place", heading(result), *(["Low to high"] if interval else []), "Adults, July 2023"]
    body = []
    for geoid, row in zip(here, shown.to_dict("records"), strict=False):
        value = number(row["value"], result) or MISSING_WORDS.get(str(row["status"]), str(row["status"]))
        low, high = number(row["low"], result), number(row["high"], result)
        ends = [f"{low} to {high}" if low and high else ""] if interval else []
        cells = [value, *ends, f"{row['people']:,.0f}" if np.isfinite(row["people"]) else ""]
        body.append(
            f'<tr><th scope="row"><a href="/place?place={geoid}">{escape(str(row["name"]))}</a></th>{"".join(f"<td>{escape(one)}</td>" for one in cells)}</tr>'
        )
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    more = f'<p class="atlas-note">{len(here) - FEW} more are outlined on the map and stand in the file.</p>' if len(here) > FEW else ""
    return f'<div class="atlas-scroll"><table class="atlas-table"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>{more}'

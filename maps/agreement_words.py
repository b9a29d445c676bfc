"""What agreement means here, in sentences and two tables: a reader who knows no measure by name can follow it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import pandas as pd

from analytics import status
from analytics.compared import FEW
from analytics.indicators import indicators
from analytics.model import Result
from analytics.places import places
from analytics.query import LAYERS, LEVELS, NATION, REACHES
from analytics.refusal import LEVEL_PLURALS, capital
from analytics.tables import Tables
from maps.numbers import MISSING_WORDS, people, percent, rank_span
from maps.words import value_words

SENTENCES = 3
"""Up to so many pairs get a sentence each; of more, the pair that agrees most and the one that agrees least."""

SPOKEN = {
    "miles_to_nearest": "the way to the nearest site in miles",
    "minutes_to_nearest": "the way to the nearest site",
    **{f"within_{reach}_minutes": f"the share within {words}" for reach, words in REACHES.items()},
    "e2sfca": "the access score",
    "two_sfca": "the score with all sites in reach alike",
    "three_sfca": "the score with people choosing among sites",
    "raam": "crowding and way together",
}
"""The measures that are mostly compared, as they stand in a sentence."""

SHORT = {
    "miles_to_nearest": "miles to the nearest",
    "minutes_to_nearest": "minutes to the nearest",
    **{f"within_{reach}_minutes": f"within {words}" for reach, words in REACHES.items()},
    "two_sfca": "all in reach alike (2SFCA)",
    "three_sfca": "choosing among sites (3SFCA)",
    "raam": "crowding and way (RAAM)",
    "samhsa_2024": "SAMHSA 2024",
    "samhsa_2023": "SAMHSA 2023",
    "samhsa_2022": "SAMHSA 2022",
}
"""The same, and lists, where there is little room: nothing may be cut in a control on a phone."""

NUMBERS = {2: "both", 3: "all three", 4: "all four", 5: "all five", 6: "all six"}


def name_of(one: str) -> str:
    """A measure or a provider list, as it stands in a sentence."""
    if one in LAYERS:
        return f"the list “{LAYERS[one]}”"
    return SPOKEN.get(one) or f"“{indicators()[one].label}”"


def option(one: str) -> str:
    """The same to choose from and over a column."""
    return SHORT.get(one) or LAYERS.get(one) or indicators()[one].label


def of_lists(result: Result) -> bool:
    """Whether provider lists are compared and not measures."""
    return bool(result.frame["first"].isin(list(LAYERS)).any())


def counted(count: int, level: str) -> str:
    """ "62 counties", "1 county"."""
    return f"{count:,} {LEVELS[level] if count == 1 else LEVEL_PLURALS[level]}"


def headline(result: Result, tables: Tables) -> str:
    """One sentence or two for all that is compared: where they agree, where not, and how many adults live there."""
    found = result.more["found_by"]
    every = len(found) - 1
    parted, left = found.iloc[1:every], int(found["places"].iloc[0])
    known = places(tables)
    where = known[known[result.query.place].state or NATION].name
    whom = f"{capital(NUMBERS.get(every, f'all {every}'))} {'lists' if of_lists(result) else 'measures'}"
    said = (
        f"{whom} find the same {int(found['places'].iloc[every]):,} of {counted(int(found['places'].sum()), result.query.level)} in {where} "
        f"worst off, and leave {f'the same {left:,}' if left else 'none'} out."
    )
    if not parted["places"].any():
        return f"{said} They part nowhere."
    return f"{said} They part over the other {int(parted['places'].sum()):,}, where {people(float(parted['people'].sum()))} adults live."


def sentence(pair: pd.Series) -> str:
    """ "Of the 62 counties that A finds worst off, B finds 41 too (66 %); of the 50 that B finds, A finds 41 (82 %)." """
    first, second, level = name_of(pair["first"]), name_of(pair["second"]), str(pair["level"])
    both, of_first, of_second = int(pair["both_found"]), int(pair["first_found"]), int(pair["second_found"])
    if not of_first and not of_second:
        return f"Neither {first} nor {second} finds a {LEVELS[level]} worst off."
    if not of_first or not of_second:
        none, some = (first, second) if not of_first else (second, first)
        return capital(f"{none} finds no {LEVELS[level]} worst off; {some} finds {max(of_first, of_second):,}.")
    return (
        f"Of the {counted(of_first, level)} that {first} finds worst off, {second} finds {both:,} too ({percent(pair['share_of_first'])}); "
        f"of the {of_second:,} that {second} finds, {first} finds {both:,} ({percent(pair['share_of_second'])})."
    )


def sentences(result: Result) -> list[str]:
    """A sentence a pair where they are few, else the pair that agrees most and the one that agrees least."""
    frame = result.frame
    if len(frame) <= SENTENCES:
        return [sentence(pair) for _, pair in frame.iterrows()]
    known = frame[frame["jaccard"].notna()]
    if known.empty:
        return [sentence(frame.iloc[0])]
    most, least = known.iloc[int(known["jaccard"].argmax())], known.iloc[int(known["jaccard"].argmin())]
    return [f"The pair that agrees most. {sentence(most)}", f"The pair that agrees least. {sentence(least)}"]


def overlap(share: float, most: float = 1.0) -> str:
    """An overlap of two sets, with what it could be at most where their sizes forbid all of it."""
    if not np.isfinite(share):
        return "none found"
    return percent(share) + (f" (at most {percent(most)})" if most < 1 else "")


def correlation(value: float, reason: str, tied: float | None, count: int) -> str:
    """A rank correlation, or why there is none."""
    if np.isfinite(value):
        return f"{value:.2f}"
    if reason == FEW:
        return f"not given: {count:,} places only"
    return "not given: " + (f"{percent(tied)} tie" if tied is not None else "too many tie")


def pairs_html(result: Result) -> str:
    """Every pair with its figures, as a table."""
    heads = (
        "Pair",
        "Worst off by both",
        "By the first",
        "By the second",
        "Overlap",
        "At zero by both",
        "Zero by the first",
        "Zero by the second",
        "Overlap of zeros",
        "Ranks go together",
        "Ranks above zero",
        "Adults where they part",
    )
    rows = []
    for _, pair in result.frame.iterrows():
        cells = (
            f"{int(pair['both_found']):,}",
            f"{int(pair['first_found']):,}",
            f"{int(pair['second_found']):,}",
            overlap(pair["jaccard"], pair["jaccard_most"]),
            f"{int(pair['zero_both']):,}",
            f"{int(pair['zero_first']):,}",
            f"{int(pair['zero_second']):,}",
            overlap(pair["zero_jaccard"]),
            correlation(pair["rank_correlation"], pair["rank_reason"], pair["tied"], int(pair["rank_places"])),
            correlation(pair["rest_correlation"], pair["rest_reason"], None, int(pair["rest_places"])),
            people(float(pair["people_parted"])),
        )
        rows.append((pair_name(pair["first"], pair["second"]), *cells))
    caption = (
        f"{capital(LEVEL_PLURALS[result.query.level])} that each pair finds worst off, and how ranks go together (Spearman, "
        "1 where the order is the same; above zero: over places at zero by neither)"
    )
    return table_html(caption, heads, rows)


def pair_name(first: str, second: str) -> str:
    return f"{capital(option(first))} / {option(second)}"


def pairs(result: Result) -> dict[str, str]:
    """The pairs to choose from by "first~second", the one that agrees least first."""
    ordered = result.frame.sort_values("jaccard", kind="stable", na_position="last")
    return {f"{first}~{second}": pair_name(first, second) for first, second in zip(ordered["first"], ordered["second"], strict=True)}


def parting_html(result: Result, pair: str) -> str:
    """The places where a pair parts most, as a table; a sentence where it parts nowhere."""
    first, second = pair.split("~")
    frame = result.more["parting"]
    frame = frame[(frame["first"] == first) & (frame["second"] == second)]
    if frame.empty:
        return note("However ties fall, these two rank no place apart.")
    rows = [
        (
            str(row["name"]),
            shown(row["value_first"], row["status_first"], first, result),
            rank_span(row["rank_first"], row["last_rank_first"]),
            shown(row["value_second"], row["status_second"], second, result),
            rank_span(row["rank_second"], row["last_rank_second"]),
            f"{int(row['gap']):,}",
            people(float(row["people"])) if np.isfinite(row["people"]) else "unknown",
        )
        for _, row in frame.iterrows()
    ]
    heads = (
        "Place",
        capital(option(first)),
        "Rank from the worst",
        capital(option(second)),
        "Rank from the worst",
        "Ranks apart",
        "Adults",
    )
    caption = "Where the two part most. Places that tie share their ranks; ranks apart are the fewest that are possible, however ties fall"
    return table_html(caption, heads, rows)


def shown(value: float, state: str, one: str, result: Result) -> str:
    """A value with its unit, or why there is none; a list's values are of the measure that is compared."""
    if state not in status.WITH_VALUE:
        return MISSING_WORDS[state]
    return value_words(float(value), indicators().get(one, result.indicator))


def note(text: str) -> str:
    return f'<p class="atlas-note">{escape(text)}</p>'


def table_html(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table whose first column names its rows. On a narrow screen it scrolls by itself, also by keyboard."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        for name, *cells in rows
    )
    return (
        f'<div class="atlas-scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table class="atlas-table">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def agreement_html(result: Result, tables: Tables) -> str:
    """Headline, sentences, the table of pairs, and what must be read beside them."""
    measured = note(f"Compared by {result.indicator.label}.") if of_lists(result) else ""
    items = "".join(f"<li>{escape(one)}</li>" for one in sentences(result))
    return (
        f'<p class="atlas-note"><strong>{escape(headline(result, tables))}</strong></p>{measured}<ul class="atlas-lists">{items}</ul>'
        + pairs_html(result)
        + "".join(note(one) for one in result.notes)
    )

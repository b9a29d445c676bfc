"""Two verdicts on the same places beside each other: what both find worst off, what only one, how ranks go together, where they part."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analytics import status
from analytics.worst_off import Floats, Verdict, largest_tie, rank_spans, verdict
from data.parameter import load

PAIR_COLUMNS = (
    "first",
    "second",
    "level",
    "places",
    "both_found",
    "first_found",
    "second_found",
    "share_of_first",
    "share_of_second",
    "jaccard",
    "jaccard_most",
    "zero_first",
    "zero_second",
    "zero_both",
    "zero_jaccard",
    "rank_places",
    "tied",
    "rank_correlation",
    "rank_reason",
    "rest_places",
    "rest_correlation",
    "rest_reason",
    "people_parted",
    "status",
)
PARTING_COLUMNS = (
    "first",
    "second",
    "geoid",
    "name",
    "value_first",
    "status_first",
    "rank_first",
    "last_rank_first",
    "value_second",
    "status_second",
    "rank_second",
    "last_rank_second",
    "gap",
    "people",
)
FOUND_BY_COLUMNS = ("found_by", "places", "people")

TIED, FEW = "tied", "few"
"""Why there is no rank correlation: too large a share of places ties, or there are too few places."""


def compared(
    frames: Mapping[str, pd.DataFrame], worse: Mapping[str, str], level: str, modelled: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """(pairs, parting, found_by) from the frames of two or more measures or lists: geoid, name, value, status, people, in any order of rows.

    A place that a frame lacks, or of which it has no data, counts in none of its pairs. `worse` gives the worse end of each, "low" or "high".
    """
    own = [frame.set_index("geoid") for frame in frames.values()]
    index = own[0].index
    for one in own[1:]:
        index = index.union(one.index, sort=False)
    rows = {name: frame.reindex(index) for name, frame in zip(frames, own, strict=True)}
    verdicts = {name: verdict(frame["value"], frame["status"].astype("object"), worse[name]) for name, frame in rows.items()}
    of_place = pd.DataFrame({"geoid": index}, index=index)
    for column in ("name", "people"):
        of_place[column] = rows[next(iter(rows))][column]
        for frame in rows.values():
            of_place[column] = of_place[column].fillna(frame[column])
    people = of_place["people"].to_numpy(dtype=float)
    pairs = [
        {
            "first": first,
            "second": second,
            "level": level,
            **_pair(verdicts[first], verdicts[second], people),
            "status": status.MODELLED if modelled else status.OBSERVED,
        }
        for first, second in combinations(frames, 2)
    ]
    parting = [
        _parting(first, second, verdicts[first], verdicts[second], rows[first], rows[second], of_place)
        for first, second in combinations(frames, 2)
    ]
    return (
        pd.DataFrame(pairs, columns=list(PAIR_COLUMNS)),
        pd.concat(parting, ignore_index=True)[list(PARTING_COLUMNS)],
        _found_by(list(verdicts.values()), people),
    )


def _pair(first: Verdict, second: Verdict, people: Floats) -> dict[str, Any]:
    """One row of figures, over the places that both know."""
    both = first.known & second.known
    found_first, found_second = first.found & both, second.found & both
    zero_first, zero_second = first.zero & both, second.zero & both
    shared = int((found_first & found_second).sum())
    has_values = first.valued & second.valued
    rest = has_values & ~zero_first & ~zero_second
    correlation, tied, reason = rank_correlation(first.standing[has_values], second.standing[has_values])
    rest_correlation, _, rest_reason = rank_correlation(first.standing[rest], second.standing[rest])
    return {
        "places": int(both.sum()),
        "both_found": shared,
        "first_found": int(found_first.sum()),
        "second_found": int(found_second.sum()),
        "share_of_first": _share(shared, int(found_first.sum())),
        "share_of_second": _share(shared, int(found_second.sum())),
        "jaccard": _share(shared, int((found_first | found_second).sum())),
        "jaccard_most": _share(*sorted((int(found_first.sum()), int(found_second.sum())))),
        "zero_first": int(zero_first.sum()),
        "zero_second": int(zero_second.sum()),
        "zero_both": int((zero_first & zero_second).sum()),
        "zero_jaccard": _share(int((zero_first & zero_second).sum()), int((zero_first | zero_second).sum())),
        "rank_places": int(has_values.sum()),
        "tied": tied,
        "rank_correlation": correlation,
        "rank_reason": reason,
        "rest_places": int(rest.sum()),
        "rest_correlation": rest_correlation,
        "rest_reason": rest_reason,
        "people_parted": float(np.nansum(people[found_first != found_second])),
    }


def _share(part: int, whole: int) -> float:
    """part / whole; NaN of nothing."""
    return part / whole if whole else float("nan")


def rank_correlation(first: Floats, second: Floats) -> tuple[float, float, str]:
    """(Spearman's correlation with ties at their mean rank, the larger share that ties, why there is none); both count from the worst off."""
    tied = max(largest_tie(first), largest_tie(second))
    if len(first) < load("access/agreement").latest["least_places"]:
        return float("nan"), tied, FEW
    if tied > load("access/tied_share_refused").number():
        return float("nan"), tied, TIED
    ranks = [np.add(*rank_spans(one)) / 2 for one in (first, second)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1]), tied, ""


def _parting(
    first_name: str,
    second_name: str,
    first: Verdict,
    second: Verdict,
    first_rows: pd.DataFrame,
    second_rows: pd.DataFrame,
    of_place: pd.DataFrame,
) -> pd.DataFrame:
    """The places of a pair that lie most ranks apart, farthest first; ties by more people, then by id."""
    both = first.known & second.known
    spans = [rank_spans(one.standing[both]) for one in (first, second)]
    (first_best, first_last), (second_best, second_last) = spans
    gap = np.maximum(0, np.maximum(first_best - second_last, second_best - first_last))
    frame = of_place[both].assign(
        first=first_name,
        second=second_name,
        value_first=first_rows.loc[both, "value"],
        status_first=first_rows.loc[both, "status"].astype("object"),
        rank_first=first_best.astype(int),
        last_rank_first=first_last.astype(int),
        value_second=second_rows.loc[both, "value"],
        status_second=second_rows.loc[both, "status"].astype("object"),
        rank_second=second_best.astype(int),
        last_rank_second=second_last.astype(int),
        gap=gap.astype(int),
    )
    frame = frame[frame["gap"] > 0].reset_index(drop=True)
    return frame.sort_values(["gap", "people", "geoid"], ascending=[False, False, True]).head(
        load("access/agreement").latest["named_places"]
    )


def _found_by(verdicts: list[Verdict], people: Floats) -> pd.DataFrame:
    """How many places, and adults, are found worst off by none, one, ... all, over the places that all know."""
    known = np.logical_and.reduce([one.known for one in verdicts])
    times = np.sum([one.found for one in verdicts], axis=0)[known]
    number = np.arange(len(verdicts) + 1)
    adults = np.bincount(times, weights=np.nan_to_num(people[known]), minlength=len(number))
    return pd.DataFrame({"found_by": number, "places": np.bincount(times, minlength=len(number)), "people": adults})

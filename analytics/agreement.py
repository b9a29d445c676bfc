"""Do the measures agree here? Which places two measures find worst off, and which only one of them; the same between provider lists.

No measure is held to be the true one, and nothing here judges between decays: a national mean of a catchment score is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from analytics.cache import CACHE
from analytics.compared import FOUND_BY_COLUMNS, PAIR_COLUMNS, PARTING_COLUMNS, compared
from analytics.indicators import indicators
from analytics.model import Result, check, national_frame, provenance
from analytics.places import places
from analytics.query import DEFAULT_LAYERS, LAYERS, NATION, QUOTA_LAYERS, Query
from analytics.refusal import LEVEL_PLURALS, RATE_LAYERS, Refusal, refuse
from analytics.supply import known_sites
from analytics.tables import Tables
from data.parameter import load

Reason = Callable[[Query], str]
"""Why a question has no sound comparison, as a sentence; "" where it has one."""


def within_reach(query: Query) -> str:
    """The measure of people within the question's own reach."""
    return f"within_{query.reach}_minutes"


def measures_for(query: Query, tables: Tables) -> tuple[str, ...]:
    """The measures of access that bear the question, the three for everyone first; the question's own comes along if it has a worse end."""
    known = indicators()
    usual = ("minutes_to_nearest", within_reach(query), "e2sfca", "two_sfca", "three_sfca", "raam")
    own = known[query.measure]
    # Of classes there is no worst fifth.
    asked = [query.measure] if own.uses_providers and own.worse and not own.categories else []
    return tuple(one for one in dict.fromkeys([*usual, *asked]) if not _refused(query, (one,), tables))


def usual_measures(query: Query, tables: Tables) -> tuple[str, ...]:
    """What is compared unless a person chooses: minutes to the nearest site, share within reach and access score, as far as they bear
    the question; where fewer than two do, the first others that do, and else all three, so that the refusal says why."""
    three = ("minutes_to_nearest", within_reach(query), "e2sfca")
    bearing = measures_for(query, tables)
    of_three = tuple(one for one in three if one in bearing)
    return of_three if len(of_three) > 1 else bearing[:3] if len(bearing) > 1 else three


def agreement(query: Query, measures: tuple[str, ...], tables: Tables) -> Result:
    """How far two or more measures find the same places worst off, over the places of the question's level within its state.

    `frame` has one row a pair of measures (PAIR_COLUMNS): counts of places found worst off by both, the first, the second, the overlap
    (Jaccard) of those sets, the most it could be with sets of these sizes, the overlap of the zero sets, Spearman's correlation of ranks
    over places with a value by both (NaN with a reason where over the tied share), the same over those at zero by neither, and the adults
    in places that only one of the two finds.
    `more` has "parting", the places of each pair where the two part most (PARTING_COLUMNS; ranks from the worst off; the gap is the
    least number of ranks apart, however ties fall), and "found_by": places and adults by the number of measures that find them.

    All measures are taken on the same provider lists: those asked for, or those that bear a rate where a measure is one.
    ValueError for a measure or place nobody knows.
    """
    for one in (query.measure, *measures):
        check(query.with_(measure=one), tables)
    chosen = tuple(dict.fromkeys(measures))
    return CACHE.get((tables.version, "agreement", query, chosen), lambda: _agreement(query, chosen, tables))


def _agreement(query: Query, measures: tuple[str, ...], tables: Tables) -> Result:
    def reason(asked: Query) -> str:
        return _too_few_measures(measures) or _no_worse_end(measures) or _refused(asked, measures, tables) or _too_few_places(asked, tables)

    if sentence := reason(query):
        usual = usual_measures(Query(), tables)

        def usual_reason(asked: Query) -> str:
            return _refused(asked, usual, tables) or _too_few_places(asked, tables)

        offered = _offer("Compare them", query, reason, tables) or _offer("Compare the usual measures", query, usual_reason, tables)
        return _without_answer(query, sentence, offered, tables)
    layers = lists_for(query, measures)
    said = [_what_found_means()]
    if layers != query.layers:
        names = " and ".join(LAYERS[one] for one in layers)
        said.append(f"All are compared on the same list, the {names}: a rate per adult needs a list that treats every state alike.")
    said.append(_elsewhere())
    frames = {one: _rows(query.with_(measure=one, layers=layers), tables) for one in measures}
    worse = {one: indicators()[one].worse for one in measures}
    sources = [source for one in measures for source in provenance(query.with_(layers=layers), indicators()[one], tables)]
    modelled = any(indicators()[one].modelled for one in measures)
    return _answered(query, frames, worse, modelled, said, sources, tables)


def layers_agreement(query: Query, tables: Tables) -> Result:
    """The same between provider lists, each taken alone, for nearest and within reach, the only measures that every list bears.

    The measure is the question's, or the share within its reach where that is none of these; the result's query says which. Fewer than two
    lists chosen are compared with all current ones. A list that names no such site is left out, and a note says so. `first` and `second`
    are ids of lists. ValueError for a measure or place nobody knows.
    """
    check(query, tables)
    return CACHE.get((tables.version, "agreement of lists", query), lambda: _layers_agreement(query, tables))


def _layers_agreement(query: Query, tables: Tables) -> Result:
    wanted = query.layers if len(query.layers) > 1 else tuple(one for one in LAYERS if one in (*DEFAULT_LAYERS, *query.layers))
    asked = query.with_(measure=_measure_of_lists(query, wanted, tables), layers=wanted)

    def naming(one: Query) -> tuple[str, ...]:
        return tuple(layer for layer in wanted if known_sites(one.with_(layers=(layer,)), tables))

    def reason(one: Query) -> str:
        measured = one.with_(measure=_measure_of_lists(one, wanted, tables), layers=wanted)
        if refused := refuse(measured, indicators()[measured.measure], tables):
            return refused.sentence
        if len(naming(one)) < 2:
            return "Fewer than two of the lists name a site that is known to fit; agreement needs two."
        return _too_few_places(one, tables)

    if sentence := reason(query):
        return _without_answer(asked, sentence, _offer("Compare the lists", query, reason, tables), tables)
    layers = naming(query)
    indicator = indicators()[asked.measure]
    said = [
        _what_found_means(),
        "Each list is taken alone, and each is a lower bound: a place that one list finds worst off may have sites that it leaves out.",
    ]
    silent = [LAYERS[one] for one in wanted if one not in layers]
    if silent:
        said.append(f"Left out, since no site on it is known to fit: {', '.join(silent)}.")
    frames = {one: _rows(asked.with_(layers=(one,)), tables) for one in layers}
    sources = list(provenance(asked.with_(layers=layers), indicator, tables))
    return _answered(asked.with_(layers=layers), frames, dict.fromkeys(layers, indicator.worse), indicator.modelled, said, sources, tables)


def _measure_of_lists(query: Query, layers: tuple[str, ...], tables: Tables) -> str:
    """The question's measure if every list bears it, else the first of within reach and nearest that is not refused."""
    asked = indicators()[query.measure]
    tries = (query.measure,) if asked.bears == "nearest" and not asked.categories else (within_reach(query), "minutes_to_nearest")
    sound = (one for one in tries if refuse(query.with_(measure=one, layers=layers), indicators()[one], tables) is None)
    return next(sound, tries[0])


def lists_for(query: Query, measures: tuple[str, ...]) -> tuple[str, ...]:
    """The provider lists that every one of these measures bears: the question's, or those fit for a rate."""
    bears = {indicators()[one].bears for one in measures}
    needs_even_lists = "rate" in bears or ("count" in bears and query.level != "county")
    return RATE_LAYERS if needs_even_lists and QUOTA_LAYERS & set(query.layers) else query.layers


def _rows(query: Query, tables: Tables) -> pd.DataFrame:
    """The measure for the places of the level within the question's state, cut from the nation as the map's are."""
    frame = national_frame(query, tables)
    state = places(tables)[query.place].state
    return frame[frame["geoid"].str[:2] == state] if state else frame


def _answered(
    query: Query,
    frames: Mapping[str, pd.DataFrame],
    worse: Mapping[str, str],
    modelled: bool,
    said: list[str],
    sources: list[dict[str, Any]],
    tables: Tables,
) -> Result:
    pairs, parting, found_by = compared(frames, worse, query.level, modelled)
    by_id = {source["id"]: source for source in sources}
    more = {"parting": parting, "found_by": found_by}
    return Result(query, indicators()[query.measure], pairs, None, (), tuple(said), tuple(by_id.values()), None, tables.version, more)


def _without_answer(query: Query, sentence: str, offered: tuple[Query, str] | None, tables: Tables) -> Result:
    indicator = indicators()[query.measure]
    sound, words = offered or (Query(), "Compare the usual measures over the whole nation")
    more = {"parting": pd.DataFrame(columns=list(PARTING_COLUMNS)), "found_by": pd.DataFrame(columns=list(FOUND_BY_COLUMNS))}
    return Result(
        query,
        indicator,
        pd.DataFrame(columns=list(PAIR_COLUMNS)),
        None,
        (),
        (),
        provenance(query, indicator, tables),
        Refusal(sentence, sound, words),
        tables.version,
        more,
    )


# --- Why there is no comparison, and what is offered ---


def _too_few_measures(measures: tuple[str, ...]) -> str:
    return "" if len(measures) > 1 else "Agreement needs two measures; choose at least one more."


def _no_worse_end(measures: tuple[str, ...]) -> str:
    without = [indicators()[one].label for one in measures if not indicators()[one].worse]
    if without:
        return f"Neither end of “{without[0]}” is worse for people, so no place is worst off by it."
    classes = [indicators()[one].label for one in measures if indicators()[one].categories]
    return f"“{classes[0]}” is a class, of which there is no worst fifth; compare a measure with numbers." if classes else ""


def _refused(query: Query, measures: tuple[str, ...], tables: Tables) -> str:
    """The sentence of the first measure that is refused itself, on the lists that all of them bear."""
    layers = lists_for(query, measures)
    for one in measures:
        refused = refuse(query.with_(measure=one, layers=layers), indicators()[one], tables)
        if refused is not None:
            return refused.sentence
    return ""


def _too_few_places(query: Query, tables: Tables) -> str:
    known, least = places(tables), load("access/agreement").latest["least_places"]
    place = known[known[query.place].state or NATION]
    count = sum(one.level == query.level and place.state in ("", one.state) for one in known.values())
    if count >= least:
        return ""
    level = query.level if count == 1 else LEVEL_PLURALS[query.level]
    return f"{place.short} has {count} {level}; under {least} places a worst fifth and ranks say nothing."


STEPS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"place": NATION}, "over the whole nation"),
    ({"payment": "any"}, "whatever payment is taken"),
    ({"modality": "any"}, "for any ketamine therapy"),
    ({"population": "civilian"}, "for sites open to anyone"),
    ({"level": "county"}, "by county"),
    ({"layers": DEFAULT_LAYERS}, "with all current lists"),
    ({"measure": "minutes_to_nearest"}, "beside the minutes to the nearest provider"),
)
"""What may be changed to come to a sound comparison, in this order, and its words."""


def _offer(words: str, query: Query, reason: Reason, tables: Tables) -> tuple[Query, str] | None:
    """The sound question with the fewest changes, and the words of its button; the page's own measure must be answered there too."""
    for count in range(len(STEPS) + 1):
        for steps in combinations(STEPS, count):
            asked = query.with_(**{field: value for changes, _ in steps for field, value in changes.items()})
            if not reason(asked) and refuse(asked, indicators()[asked.measure], tables) is None:
                return asked, " ".join([words, *(said for _, said in steps)])
    return None


# --- What must be read beside it ---


def _what_found_means() -> str:
    part = load("access/agreement").latest["worst_share"]
    return (
        f"Worst off means at zero (nothing within reach, or no road), or in the worst {100 * part:.0f} % of the rest by the measure's own direction. "
        "Places that tie are taken or left together."
    )


def _elsewhere() -> str:
    """Another study's finding: a reason to look, and no benchmark."""
    caught = {name: f"{100 * share:.1f}" for name, share in load("access/agreement_drake").latest.items()}
    return (
        f"In 14 counties of Pennsylvania, for another medicine, distance, drive time and sites per person caught {caught['distance']}, "
        f"{caught['drive_time']} and {caught['provider_ratio']} % of the areas that an access score put in its lowest fifth "
        "(Drake et al. 2021). That is a reason to look, not a benchmark."
    )

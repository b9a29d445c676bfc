"""What each payer says it pays for, row by row, and how many people have which kind of cover.

Rules are read from documents, each with publisher, date and grade, and from general rules, which are dated parameters. What is not stated
is never a no; what somebody else says of a payer (grade D) is reported, not stated. Kinds of cover overlap and are never added up.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.indicators import indicators
from analytics.model import figure
from analytics.places import known_place, level_of, places
from analytics.query import MODALITIES, NATION, PAYERS, Query
from analytics.tables import Tables
from data.parameter import load

Floats = npt.NDArray[np.float64]

COLUMNS: Final = (
    "payer",
    "state",
    "entity",
    "entity_type",
    "modality",
    "covered",
    "prior_authorization",
    "failed_antidepressants",
    "criteria",
    "publisher",
    "document",
    "date",
    "grade",
    "check",
    "link",
)
COVERED: Final = (
    "yes",
    "yes_with_pa",
    "partial",
    "no",
    "not_stated",
    "reported_yes",
    "reported_partial",
    "reported_no",
    "federal_rule",
    "hardly_ever",
)
"""Words of `covered`: the first five are stated by the payer, by one who acts for it or in a study; reported ones come from anybody else;
the last two are general rules, where no document of the payer was read."""
REPORTED: Final = {"yes": "reported_yes", "yes_with_pa": "reported_yes", "partial": "reported_partial", "no": "reported_no"}
PRODUCTS: Final = {"esketamine": "esketamine", "iv_ketamine": "iv", "oral_ketamine": "oral"}
"""The drugs of the table of rules, as kinds of therapy."""
STATED: Final = frozenset({"A", "B"})
"""Grades of the payer's own word, or of a plan or contractor that acts for it."""

GENERAL: Final[dict[str, tuple[str, ...]]] = {
    "medicare": ("coverage/medicare_part_b",),
    "medicare_supplement": ("coverage/medicare_supplement", "coverage/medicare_part_b"),
    "medicare_advantage": ("coverage/medicare_advantage", "coverage/medicare_part_b"),
    "medicare_medicaid": ("coverage/medicare_medicaid", "coverage/medicare_part_b"),
    "medicaid": ("medicaid/federal_rule",),
}
"""General rules on esketamine by payer, the nearest first."""
INFUSION: Final = "coverage/iv_ketamine_rule"
OTHER_ROUTES: Final = "coverage/other_routes_rule"


def rules(payer: str, modality: str, place: str, tables: Tables) -> pd.DataFrame:
    """What a payer pays for a kind of therapy at a place, one rule a row in COLUMNS: laws that bind the payer, its own documents, the general
    rule that holds where there is none, documents that do not say, studies, and what others report; the state's before the nation's.

    A state, county or district has its state's rules and those of the nation; the nation has all. Only the newest rule of an entity is
    shown. `state` is a postal code or "" for the nation; `grade` is A to D or "" for a general rule, whose `date` is the year in which
    its text was last read; `check` marks what was remembered or read in an abstract. Raises ValueError for what nobody knows.
    """
    known_word("payer", payer, PAYERS)
    known_word("kind of therapy", modality, MODALITIES)
    known_place(place, tables)
    asked = [one for one in MODALITIES if one != "any"] if modality == "any" else [modality]
    stated = _documents(payer, place, tables)
    found = pd.concat([stated[stated["modality"].isin(asked)], *(_general(payer, one, place, tables) for one in asked)])
    order = found.assign(
        rank=[_rank(*row) for row in zip(found["grade"], found["covered"], strict=True)],
        kind=found["modality"].map({one: number for number, one in enumerate(MODALITIES)}),
        wide=found["state"].eq(""),
    )
    order = order.sort_values(["kind", "rank", "wide"], kind="stable", ignore_index=True)
    return order[list(COLUMNS)].astype({"failed_antidepressants": "Int64", "check": "bool"})


def known_word(what: str, word: str, known: dict[str, str]) -> None:
    """ValueError with the known words for one that is not among them."""
    if word not in known:
        raise ValueError(f"There is no {what} “{word}”; known are {', '.join(known)}.")


def _rank(grade: str, covered: str) -> int:
    """Laws, a payer's own word, that of one who acts for it, what holds in general, silence, studies, and what others report."""
    if grade == "":
        return 3 if covered in {"federal_rule", "hardly_ever"} else 0
    if grade in STATED:
        return 4 if covered == "not_stated" else {"A": 1, "B": 2}[grade]
    return {"C": 5, "D": 6}[grade]


def _documents(payer: str, place: str, tables: Tables) -> pd.DataFrame:
    """The rules read for a payer that hold at the place, in COLUMNS."""
    table = tables["coverage_rules"]
    state = _postal(place, tables)
    rows = table[_of_payer(table, payer) & table["latest"]]
    if state:
        rows = rows[rows["state"].isna() | rows["state"].eq(state)]
    reported = rows["grade"].eq("D")
    return pd.DataFrame(
        {
            "payer": payer,
            "state": rows["state"].fillna(""),
            "entity": rows["entity"],
            "entity_type": rows["entity_type"],
            "modality": rows["product"].map(PRODUCTS),
            "covered": rows["covered"].mask(reported, rows["covered"].replace(REPORTED)),
            "prior_authorization": rows["prior_authorization"],
            "failed_antidepressants": rows["failed_antidepressants"],
            "criteria": rows["criteria"].fillna(""),
            "publisher": rows["publisher"],
            "document": rows["document"].fillna(""),
            "date": rows["effective"].fillna(""),
            "grade": rows["grade"],
            "check": False,
            "link": rows["source_url"],
        }
    )


def _of_payer(table: pd.DataFrame, payer: str) -> pd.Series:
    """Rows that speak of a payer: Medicare's four share Part B, plans of Medicare Advantage stand apart; laws on parity bind commercial
    insurance, other programmes of a state help those who pay themselves."""
    kind = table["payer_type"]
    if payer.startswith("medicare"):
        advantage = table["entity"].str.contains("Advantage", regex=False)
        return kind.eq("medicare") & (~advantage | (payer == "medicare_advantage"))
    parity = table["entity"].str.contains("parity", regex=False)
    if payer == "self":
        return kind.eq("state_law") & ~parity
    if payer in {"commercial", "commercial_copay"}:
        programme = kind.eq("maker_programme") & (payer == "commercial_copay")
        return kind.eq("commercial") | (kind.eq("state_law") & parity) | programme
    return kind.eq(payer)


def _general(payer: str, modality: str, place: str, tables: Tables) -> pd.DataFrame:
    """The general rules that hold for a payer and a kind of therapy, in COLUMNS; none where nobody pays but the patient, where a document
    of the state itself was read, or for infusions that the VA gives at its own sites."""
    if modality == "esketamine":
        names = GENERAL.get(payer, ())
        if payer == "medicaid" and place != NATION and medicaid_class(tables)[places(tables)[place].state] == 0:
            names = ()
    elif payer == "self" or (payer, modality) == ("va", "iv"):
        names = ()
    else:
        names = (INFUSION if modality == "iv" else OTHER_ROUTES,)
    return pd.DataFrame([_general_rule(name, payer, modality) for name in names], columns=list(COLUMNS))


def _general_rule(name: str, payer: str, modality: str) -> dict[str, object]:
    """A parameter that holds a rule, as a row."""
    rule = load(name)
    return {
        "payer": payer,
        "state": "",
        "entity": rule.latest["entity"],
        "entity_type": "general rule",
        "modality": modality,
        "covered": rule.latest["covered"],
        "prior_authorization": rule.latest["prior_authorization"],
        "failed_antidepressants": pd.NA,
        "criteria": rule.latest["criteria"],
        "publisher": rule.latest["publisher"],
        "document": rule.references[0].title,
        "date": f"{rule.verified}",
        "grade": "",
        "check": rule.check,
        "link": rule.references[0].link,
    }


def _postal(place: str, tables: Tables) -> str:
    """The postal code of a place's state, "" for the nation."""
    if place == NATION:
        return ""
    states = tables["states"]
    return str(states.loc[states["geoid"] == places(tables)[place].state, "state"].iloc[0])


MEDICAID_CLASSES: Final = (
    "a document of the state covers it",
    "a document of a plan or contractor covers it",
    "the federal rule applies, the state's own text was not read",
)
"""What may be said of a state's Medicaid and esketamine: how near the word read is to the state, never a no."""


def medicaid_class(tables: Tables) -> pd.Series:
    """The position in MEDICAID_CLASSES of each state, by geoid: grade A, grade B, or no document read."""
    table = tables["medicaid_by_state"]
    place = table["grade"].map({"A": 0, "B": 1}).fillna(2).astype("int64")
    return pd.Series(place.to_numpy(), index=table["geoid"].to_numpy(), name="medicaid_class")


def states_by_medicaid_rule(tables: Tables) -> pd.DataFrame:
    """States by what their Medicaid says of esketamine: rule, states, names, medicaid_people (ACS 2020-2024, all ages), medicaid_adults
    (enrolled in October 2025); one row a class, in its order. The two counts have different universes and years."""
    states = tables["states"]
    number = medicaid_class(tables).reindex(states["geoid"]).to_numpy()
    rows = []
    for position, rule in enumerate(MEDICAID_CLASSES):
        here = states[number == position]
        rows.append(
            {
                "rule": rule,
                "states": len(here),
                "names": ", ".join(sorted(here["name"])),
                "medicaid_people": int(here["medicaid_people_2024"].sum()),
                "medicaid_adults": int(here["medicaid_adults"].sum()),
            }
        )
    return pd.DataFrame(rows)


KINDS: Final = (
    "employer_share",
    "direct_purchase_share",
    "marketplace_people",
    "medicaid_people",
    "medicaid_share",
    "medicare_people",
    "medicare_traditional_people",
    "medicare_advantage_share",
    "tricare_share",
    "va_share",
    "uninsured",
)
"""The measures of who has which kind of cover, each with its own year and universe."""
STATE_ONLY: Final = frozenset({"marketplace_people"})
"""Kinds that some states publish for the state alone: its counties have the state's figure, named as such."""


def people_by_kind(place: str, tables: Tables) -> pd.DataFrame:
    """Observed cover at a place: measure, label, value, unit, vintage, status, of (the place the figure is for). One row a kind, never
    added up. Where a county's figure is had for its state alone, `of` is the state. ValueError for a place nobody knows."""
    known = places(tables)
    known_place(place, tables)
    rows = []
    for measure in KINDS:
        one, asked = indicators()[measure], place
        found = figure(Query(measure=measure, place=asked), tables)
        missing = found is None or found.status == status.NO_DATA
        if missing and measure in STATE_ONLY and level_of(place) in {"county", "district"}:
            asked = known[place].state
            found = figure(Query(measure=measure, place=asked), tables)
        rows.append(
            {
                "measure": measure,
                "label": one.label,
                "value": np.nan if found is None else found.value,
                "unit": one.unit,
                "vintage": one.vintage,
                "status": status.NO_DATA if found is None else found.status,
                "of": asked,
            }
        )
    return pd.DataFrame(rows)


def medicare_split(tables: Tables) -> tuple[Floats, Floats]:
    """(people in Medicare Advantage, in traditional Medicare) by county, NaN where CMS withholds the split.

    The two pairs of Connecticut's regions that are published as sums alone are split by people of 65 and over, so that each has its pair's
    share of Advantage and larger places have the published sums.
    """
    counties = tables["counties"]
    advantage = counties["medicare_advantage_people"].to_numpy(dtype=float, na_value=np.nan)
    traditional = counties["medicare_traditional_people"].to_numpy(dtype=float, na_value=np.nan)
    pair = counties["medicare_combined_with"]
    part = (counties["age_65_plus"] / counties["age_65_plus"].groupby(pair).transform("sum")).to_numpy(dtype=float)
    both = counties["medicare_combined_people"].to_numpy(dtype=float, na_value=np.nan)
    in_advantage = counties["medicare_combined_advantage_people"].to_numpy(dtype=float, na_value=np.nan)
    paired = pair.notna().to_numpy()
    return np.where(paired, part * in_advantage, advantage), np.where(paired, part * (both - in_advantage), traditional)

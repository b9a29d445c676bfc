"""What payers cover, in words: a sentence for a payer, a kind of therapy and a place, and the rules as a table a page can show."""

from __future__ import annotations

import pandas as pd

from analytics.coverage import MEDICAID_CLASSES, STATED, medicaid_class, rules
from analytics.places import places
from analytics.query import MODALITIES, NATION
from analytics.refusal import capital
from analytics.tables import Tables

OVERLAP = "Kinds of cover overlap and have different years and universes: each stands for itself, and they are never added up."

THERAPY = {**MODALITIES, "esketamine": "esketamine", "iv": "ketamine by infusion", "any": "ketamine therapy"}

COVERED_WORDS = {
    "yes": "yes",
    "yes_with_pa": "yes, with prior authorisation",
    "partial": "in part",
    "no": "no",
    "not_stated": "not stated, which is not a no",
    "reported_yes": "yes, as others report; the payer's own document was not read",
    "reported_partial": "in part, as others report; the payer's own document was not read",
    "reported_no": "no, as others report; the payer's own document was not read",
    "federal_rule": "generally, by federal law; the state's own text was not read",
    "hardly_ever": "hardly ever",
}
GRADE_WORDS = {
    "A": "A: the payer or agency itself",
    "B": "B: a plan, contractor or benefit manager that acts for it",
    "C": "C: peer-reviewed work or a government report",
    "D": "D: anybody else, such as clinics, billing firms and press",
    "": "general rule",
}
AUTHORISATION_WORDS = {"yes": "yes", "not_stated": "not stated"}


def summary(payer: str, modality: str, place: str, tables: Tables) -> str:
    """What a payer pays for a kind of therapy at a place, in one sentence. ValueError for what nobody knows."""
    found = rules(payer, modality, place, tables)
    if payer == "self":
        programme = f"; {_spoken(found.iloc[0], modality)}" if len(found) and place != NATION and modality != "any" else ""
        return f"Without cover the whole price is the patient's{programme}."
    if modality == "any":
        first = summary(payer, "esketamine", place, tables).removesuffix(".")
        return f"{first}; other kinds of ketamine therapy are off label and hardly ever covered."
    if payer == "medicaid" and modality == "esketamine":
        return _medicaid(found, place, tables)
    insurers = found[found["entity_type"].eq("payer") & ~found["entity"].str.contains("parity", regex=False)]
    if payer in {"commercial", "commercial_copay"} and len(insurers):
        return _counted(insurers, bool(found["entity_type"].eq("maker").any()), THERAPY[modality], places(tables)[place].name)
    # Of the nation only what holds in the nation is said; of a state, what others report of it beside the general rule.
    lead = (found[found["state"] == ""] if place == NATION else found).iloc[0]
    said = _spoken(lead, modality)
    local = found[found["state"] != ""]
    if lead["covered"] == "hardly_ever" and place != NATION and len(local):
        said += f"; {_spoken(local.iloc[0], modality)}"
    return f"{capital(said)}."


def _spoken(rule: pd.Series, modality: str) -> str:
    """One rule as a clause, with who says so."""
    entity, therapy = rule["entity"], THERAPY[modality]
    if rule["covered"] == "hardly_ever":
        return str(rule["criteria"])
    unread = "the payer's own document was not read"
    says = {
        "yes": f"{therapy} is covered by {entity}",
        "yes_with_pa": f"{therapy} is covered by {entity}",
        "partial": f"{therapy} is covered in part by {entity}",
        "no": f"{therapy} is not covered according to {entity}",
        "not_stated": f"whether {therapy} is covered by {entity} is not stated, which is not a no",
        "reported_yes": f"others report that {therapy} is covered by {entity}; {unread}",
        "reported_partial": f"others report that {therapy} is covered in part by {entity}; {unread}",
        "reported_no": f"others report that {therapy} is not covered by {entity}; {unread}",
    }[str(rule["covered"])]
    if rule["prior_authorization"] == "yes" and str(rule["covered"]).startswith("yes"):
        says += " with prior authorisation"
    if pd.notna(rule["failed_antidepressants"]):
        says += f" after {int(rule['failed_antidepressants'])} failed antidepressants"
    if rule["grade"] == "":
        return f"{says}: {rule['criteria']}"
    return f"{says} ({rule['publisher']}, {rule['date'] or 'undated'}, grade {rule['grade']})"


def _medicaid(found: pd.DataFrame, place: str, tables: Tables) -> str:
    """Medicaid and esketamine: the state's document, a plan's, or the federal rule; for the nation, how many states have which."""
    classes = medicaid_class(tables)
    if place == NATION:
        read, rest = int((classes < len(MEDICAID_CLASSES) - 1).sum()), int((classes == len(MEDICAID_CLASSES) - 1).sum())
        return (
            f"In {read} of {len(classes)} jurisdictions a document of the state or of a plan was read that covers esketamine; "
            f"in the other {rest} the federal rule applies and the state's own text was not read, which is not a no."
        )
    state = places(tables)[places(tables)[place].state]
    if classes[state.geoid] == len(MEDICAID_CLASSES) - 1:
        (rule,) = found.loc[found["covered"] == "federal_rule", "criteria"]
        return f"In {state.name} the federal rule applies: {rule}."
    stated = found[found["grade"].isin(STATED) & found["covered"].isin(["yes", "yes_with_pa"])]
    first = capital(_spoken(stated.iloc[0], "esketamine"))
    if classes[state.geoid] == 0:
        return f"{first}."
    return f"{first}, which binds that plan or contractor alone; for the rest of {state.name} the federal rule applies."


def _counted(insurers: pd.DataFrame, programme: bool, therapy: str, place: str) -> str:
    """Commercial plans each have their own rule: how many of those read say what."""
    says = insurers["covered"].str.removeprefix("reported_").replace("yes_with_pa", "yes").value_counts()
    yes, partly, no = (int(says.get(word, 0)) for word in ("yes", "partial", "no"))
    own = int(insurers["grade"].isin(STATED).sum())
    makers = "; the maker's programme can lower the copay, but not for those with any government insurance" if programme else ""
    return (
        f"Each commercial plan decides for itself; the policies and reports on {therapy} that hold for {place} "
        f"say yes ({yes}), in part ({partly}) or no ({no}), {own} of them in the payer's own words{makers}."
    )

"""What payers say they cover: one fact a row, in our own words, by state agency, plan or payer, with document, date and grade.

A grade says who speaks. A: the payer or agency itself. B: a plan, contractor or benefit manager that acts for it. C: peer-reviewed or a
government report. D: anybody else, such as clinics, billing firms, press and directories. ``not_stated`` is never "no".
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlparse

import pandas as pd

from data.checks import expect
from data.source import FACTS_ONLY, Raw, Source

SOURCE = Source(
    id="facts_coverage",
    publisher="Ketamine Access Atlas, read from the documents named in each row",
    title="What Medicaid programmes, plans and other payers say they cover",
    vintage="documents of 2014-2026",
    url="",
    licence=FACTS_ONLY,
    citation="Coverage rules as stated in the document named in each row; collected in own words by the Ketamine Access Atlas, 2026.",
    read_on=date(2026, 11, 23),
    stale_after_days=180,
    files=("facts/medicaid_rules_by_entity.csv", "facts/coverage_facts.csv", "facts/medicaid_esketamine_by_state.csv"),
    note="The third file is older and only compared. A state without a text read falls under the federal rule; that is not a no.",
)
MEDICAID, OTHERS, OLDER = SOURCE.files

GRADES = ("A", "B", "C", "D")
COVERED = ("yes", "yes_with_pa", "partial", "no", "not_stated")
PRODUCTS = ("esketamine", "iv_ketamine", "oral_ketamine")
PAYERS = ("medicaid", "medicare", "commercial", "tricare", "va", "maker_programme", "state_law")
REFUSED = "healingmaps.com"
"""Refuses reuse of what it lists: nothing of it goes in."""

PUBLISHERS: dict[str, tuple[str, str]] = {
    "athenacare.health": ("athenacare.health (clinic)", "D"),
    "avestaketaminewellness.com": ("Avesta Ketamine Wellness (clinic)", "D"),
    "axismh.com": ("Axis Integrated Mental Health (clinic)", "D"),
    "bcbsnd.com": ("Blue Cross Blue Shield of North Dakota", "A"),
    "carepartnersct.com": ("CarePartners of Connecticut (Medicare Advantage plan)", "B"),
    "cgsmedicare.com": ("CGS Administrators (Medicare contractor)", "B"),
    "coverage.pharmacistwrite.com": ("pharmacistwrite.com (compilation of policies)", "D"),
    "crainsnewyork.com": ("Crain's New York Business", "D"),
    "documents.qualchoice.com": ("QualChoice", "A"),
    "dude-ai.com": ("dude-ai.com (billing firm)", "D"),
    "einpresswire.com": ("EIN Presswire (press release)", "D"),
    "emergeketamine.com": ("Emerge Ketamine (clinic)", "D"),
    "ems1.com": ("EMS1 (trade press)", "D"),
    "enthea.helpscoutdocs.com": ("Enthea (benefit manager)", "A"),
    "ereferrals.bcbsm.com": ("Blue Cross Blue Shield of Michigan", "A"),
    "fl-policies.exploremyplan.com": ("Blue plan policy portal", "A"),
    "hopjax.com": ("hopjax.com (clinic)", "D"),
    "humanamilitary.com": ("Humana Military (TRICARE contractor)", "B"),
    "insurancenewsmag.com": ("Insurance News Magazine", "D"),
    "ja.scribd.com": ("Medica policy, reposted on Scribd", "D"),
    "janssencarepath.com": ("Janssen (maker)", "A"),
    "kb2.medsop.com": ("medsop.com (compilation of policies)", "D"),
    "kens5.com": ("KENS 5 (television)", "D"),
    "ketaminetherapyfordepression.org": ("M. Alvear, ketaminetherapyfordepression.org", "D"),
    "klearmindclinics.com": ("KlearMind Clinics (clinic)", "D"),
    "legalclarity.org": ("legalclarity.org", "D"),
    "lumin.health": ("Lumin Health (clinic)", "D"),
    "marketplace.va.gov": ("Department of Veterans Affairs", "A"),
    "neolytix.com": ("Neolytix (billing firm)", "D"),
    "novusbh.com": ("Novus Behavioral Health (clinic)", "D"),
    "nrsmch.org": ("nrsmch.org (content site)", "D"),
    "openpayer.com": ("openpayer.com (compilation of policies)", "D"),
    "oversight.gov": ("VA Office of Inspector General", "C"),
    "pabau.com": ("Pabau (software firm)", "D"),
    "spravatohcp.com": ("Johnson & Johnson (maker)", "A"),
    "verity.backworkai.com": ("backworkai.com (compilation of policies)", "D"),
    "wfla.com": ("WFLA (television)", "D"),
}
"""Who stands behind an address, and the grade that gives."""
MEDICAID_PUBLISHERS: dict[str, str] = {
    "anewtherapyutah.com": "Anew Therapy (clinic)",
    "axismh.com": "Axis Integrated Mental Health (clinic)",
    "caresource.com": "CareSource (Medicaid plan)",
    "doi.org/10.1080": "Journal of Psychoactive Drugs",
    "doi.org/10.1097": "Journal of Psychiatric Practice",
    "fill.io": "Mercy Care form, reposted at fill.io",
    "github.com/gainwell-ohio": "Gainwell, Ohio Medicaid's single pharmacy benefit manager",
    "github.com/openpharma-org": "Illinois Department of Healthcare and Family Services, copied at github.com/openpharma-org",
    "github.com/terravic": "Nebraska Department of Health and Human Services, copied at github.com/terravic",
    "healthweb-back.health.ny.gov": "New York State Department of Health",
    "lumin.health": "Lumin Health (clinic)",
    "mcleanntc.com": "McLean Neuropsychiatric Treatment Center (clinic)",
    "medicaid.ncdhhs.gov": "North Carolina Department of Health and Human Services",
    "medicaidprovider.mt.gov": "Montana Department of Public Health and Human Services",
    "nrsmch.org": "nrsmch.org (content site)",
    "pmhaa.org": "pmhaa.org (association newsletter)",
    "providernews.wellpoint.com": "Wellpoint (Medicaid plan)",
    "securecms.highmark.com": "Highmark (Medicaid plan)",
    "spravatonj.com": "spravatonj.com (treatment centre)",
    "tafiwisconsin.org": "tafiwisconsin.org (advocacy group)",
    "texaschildrenshealthplan.org": "Texas Children's Health Plan",
    "thecheckup.org": "Texas Children's Health Plan",
    "tmhp.com": "Texas Medicaid & Healthcare Partnership",
    "wellwhisk.com": "wellwhisk.com (content site)",
    "zenodo.org": "M. Alvear (preprint, not peer reviewed)",
}
"""Who stands behind an address of the Medicaid file, which has grades of its own; where one host serves several, with the next part."""
SAME_ENTITY = {
    "BCBS North Dakota (earlier version)": "BCBS North Dakota",
    "New York State Medicaid": "New York State Medicaid (DOH)",
}
"""Entities that stand in the files under two names: the newer rule replaces the older one."""

COLUMNS = [
    "payer_type",
    "state",
    "entity",
    "entity_type",
    "product",
    "covered",
    "prior_authorization",
    "failed_antidepressants",
    "criteria",
    "effective",
    "year",
    "grade",
    "publisher",
    "document",
    "read_as",
    "latest",
    "source_url",
]


def read_rules(raw: Raw) -> pd.DataFrame:
    """One row a rule, COLUMNS; `attrs["report"]` says what was left out.

    `state` is missing where the rule holds in the nation or its state is unknown; `failed_antidepressants` is the number asked for;
    `effective` is the day, month or year of the document as far as known; `latest` marks the newest rule of an entity and product.
    """
    medicaid = read_medicaid(raw)
    others = read_others(raw)
    frame = pd.concat([medicaid, others], ignore_index=True)
    refused = frame["source_url"].str.contains(REFUSED, regex=False)
    frame = frame[~refused].assign(entity=lambda rows: rows["entity"].replace(SAME_ENTITY))
    key = ["payer_type", "state", "entity", "product"]
    newest = frame["effective"].fillna("").groupby([frame[name].fillna("") for name in key]).transform("max")
    frame = frame.assign(latest=frame["effective"].fillna("").eq(newest))
    frame = frame.loc[:, COLUMNS].sort_values([*key, "effective", "source_url", "criteria"], ignore_index=True)
    frame.attrs["report"] = [f"{int(refused.sum())} coverage rules left out: their publisher refuses reuse."]
    return frame


def read_medicaid(raw: Raw) -> pd.DataFrame:
    """Medicaid by entity, graded in the file."""
    frame = pd.read_csv(raw.path(MEDICAID), dtype="str")
    expect(len(frame) == 39, f"{MEDICAID} has {len(frame)} rows; 39 were expected.")
    for column, known in (("grade", GRADES), ("covered", COVERED), ("product", PRODUCTS), ("entity_type", ("state", "plan", "pbm"))):
        strange = sorted(set(frame[column]) - set(known))
        expect(not strange, f"{MEDICAID}: {strange} is no known {column}.")
    publishers = [publisher(address) for address in frame["source_url"]]
    return pd.DataFrame(
        {
            "payer_type": "medicaid",
            "state": frame["state"].mask(frame["state"] == "US"),
            "entity": frame["entity"],
            "entity_type": frame["entity_type"],
            "product": frame["product"],
            "covered": frame["covered"],
            "prior_authorization": frame["prior_authorization"],
            "failed_antidepressants": pd.to_numeric(frame["failed_antidepressants_required"]).astype("Int64"),
            "criteria": frame["other_criteria"],
            "effective": frame["effective_date_or_year"],
            "year": pd.to_numeric(frame["effective_date_or_year"].str[:4]).astype("Int64"),
            "grade": frame["grade"],
            "publisher": publishers,
            "document": frame["document_title"],
            "read_as": frame["read_as"],
            "source_url": frame["source_url"],
        }
    )


def read_others(raw: Raw) -> pd.DataFrame:
    """All payers but Medicaid, whose rows in this file are older than those by entity; graded by who publishes."""
    frame = pd.read_csv(raw.path(OTHERS), dtype="str")
    expect(len(frame) == 78, f"{OTHERS} has {len(frame)} rows; 78 were expected.")
    frame = frame[frame["payer_type"] != "medicaid"]
    hosts = frame["source_url"].map(host)
    unknown = sorted(set(hosts) - set(PUBLISHERS))
    expect(not unknown, f"{OTHERS}: say in PUBLISHERS who stands behind {', '.join(unknown)}.")
    makers = frame["payer"].str.contains("J&J", regex=False)
    asked = frame["criteria"].str.contains("prior author|prior-author", case=False, regex=True)
    return pd.DataFrame(
        {
            "payer_type": frame["payer_type"].mask(makers, "maker_programme"),
            "state": frame["state"].mask(frame["state"] == "US"),
            "entity": frame["payer"],
            "entity_type": pd.Series("payer", index=frame.index, dtype="str").mask(makers, "maker"),
            "product": frame["product"],
            "covered": frame["covered"],
            "prior_authorization": asked.map({True: "yes", False: "not_stated"}).astype("str"),
            "failed_antidepressants": pd.array([pd.NA] * len(frame), dtype="Int64"),
            "criteria": frame["criteria"],
            "effective": frame["effective_year"],
            "year": pd.to_numeric(frame["effective_year"]).astype("Int64"),
            "grade": [PUBLISHERS[name][1] for name in hosts],
            "publisher": [PUBLISHERS[name][0] for name in hosts],
            "document": pd.Series(pd.NA, index=frame.index, dtype="str"),
            "read_as": "excerpt",
            "source_url": frame["source_url"],
        }
    )


def host(address: str) -> str:
    """The host of an address, without www."""
    return urlparse(address).netloc.removeprefix("www.")


def publisher(address: str) -> str:
    """Who stands behind an address of the Medicaid file; DataError where nobody said so. What is refused needs no name."""
    name = host(address)
    longer = f"{name}/{urlparse(address).path.split('/')[1]}"
    found = MEDICAID_PUBLISHERS.get(name) or MEDICAID_PUBLISHERS.get(longer)
    expect(found is not None or name == REFUSED, f"{MEDICAID}: say in MEDICAID_PUBLISHERS who stands behind {longer}.")
    return found or name


def medicaid_by_state(rules: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """What may be said of each state's Medicaid and esketamine: one row a state.

    `states` has geoid and state (postal). `rule` is stated_with_authorisation or stated where a document of grade A or B says so, else
    federal_rule, which reads: federal law generally requires cover, the state's text was not read. `stated_by` tells a state's own word
    from a plan's, which binds that plan alone. Columns geoid, state, rule, stated_by, grade, entity, failed_antidepressants, effective,
    source_url. Ketamine by infusion is not in it: no state's own document was read.
    """
    stated = rules[
        (rules["payer_type"] == "medicaid")
        & (rules["product"] == "esketamine")
        & rules["grade"].isin(["A", "B"])
        & rules["covered"].isin(["yes", "yes_with_pa"])
        & rules["latest"]
    ]
    best = stated.sort_values(["grade", "effective"], ascending=[True, False], na_position="last").drop_duplicates("state")
    expect(len(best) == 8, f"{len(best)} states have a document of grade A or B that states cover; 8 were expected.")
    joined = states.loc[:, ["geoid", "state"]].merge(best, on="state", how="left", validate="one_to_one")
    wording = {"yes": "stated", "yes_with_pa": "stated_with_authorisation"}
    joined = joined.assign(rule=joined["covered"].map(wording).fillna("federal_rule").astype("str"), stated_by=joined["entity_type"])
    columns = ["geoid", "state", "rule", "stated_by", "grade", "entity", "failed_antidepressants", "effective", "source_url"]
    return joined.loc[:, columns].sort_values("geoid", ignore_index=True)


def older_reading(raw: Raw) -> pd.Series:
    """The older table's answer by state, for comparison only: yes or not_found."""
    frame = pd.read_csv(raw.path(OLDER), dtype="str")
    expect(len(frame) == 51, f"{OLDER} has {len(frame)} rows; 51 were expected.")
    return frame.set_index("state")["covered"]

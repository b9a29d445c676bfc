"""What may be said of a state's Medicaid and esketamine: whose document covers it, or that the federal rule applies."""

from __future__ import annotations

import pandas as pd

from analytics import status
from analytics.coverage import MEDICAID_CLASSES, medicaid_class
from analytics.indicator import Indicator
from analytics.indicators._shapes import class_frame
from analytics.query import Query
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """The state's class; a county has its state's. Only asked for states and counties: neither the nation nor a district has a rule."""
    places = tables["states" if query.level == "state" else "counties"]["geoid"]
    return class_frame(places, medicaid_class(tables).reindex(places.str[:2]), status.OBSERVED)


INDICATOR = Indicator(
    id="medicaid_rule",
    label="Medicaid's rule on esketamine",
    group="Coverage",
    order=22,
    question="Does a document of the state's Medicaid, or of a plan in it, say that it covers esketamine?",
    finding="on esketamine under Medicaid in {place}: {value}",
    why="A rule that can be read can be asked for; where none was read, federal law still generally requires cover.",
    unit="class",
    unit_words="whose document was read that covers esketamine",
    universe="Medicaid programmes of 50 states and DC",
    subject="cost",
    worse="",
    sources=("facts_coverage",),
    vintage="documents of 2019-2025",
    modelled=False,
    method="coverage",
    levels=("state", "county"),
    categories=MEDICAID_CLASSES,
    caveat="Not read is not a no: federal law generally requires Medicaid to cover esketamine, with prior authorisation allowed, where the state pays for the drug itself. A plan's document binds that plan alone.",
    compute=compute,
)

"""What Medicare really paid for esketamine visits in 2024, over what it allows at that address: a check on the amounts.

Medicare pays the allowed amount less the patient's coinsurance and less sequestration, (1 - 0.20) x (1 - 0.02) = 0.784 of it, once the
deductible is met. So 0.784 is where payments end and not their middle: visits that still fell under the deductible, and those before
9 March 2024 with the lower conversion factor of the year's first weeks, draw a row's average down.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analytics.tables import Tables
from data.parameter import load

YEAR_END: Final = date(2024, 12, 31)
MODE_WIDTH: Final = 0.01
"""Width of the stretch of ratios that is sought for the most rows."""
LEEWAY: Final = 0.002
"""A thousandth or two: averages over a year in which people's shares were rounded to the cent."""
FACILITY_WORDS: Final = (
    "Paid at the facility component, about $26: the clinician's work alone. The hospital bills drug and observation apart, so the payment "
    "says nothing of the amount for an office."
)


def expected_ratio(first_weeks: bool = False) -> float:
    """Medicare's part of the allowed amount in 2024 once the deductible is met, over the amount shown, which is that from 9 March on."""
    paid = (1 - float(load("medicare/part_b_coinsurance").at(YEAR_END))) * (1 - float(load("medicare/sequestration").at(YEAR_END)))
    if not first_weeks:
        return paid
    early = load("medicare/conversion_factor_early_2024").number(YEAR_END)
    return paid * early / load("medicare/conversion_factor").number(YEAR_END)


def payments(tables: Tables) -> pd.DataFrame:
    """Each row of the claims with `ratio` (average payment over the locality's amount) and `why`, "" but for payments to a facility."""
    rows = tables["medicare_payments_2024"]
    why = np.where(rows["office"], "", FACILITY_WORDS)
    return rows.assign(ratio=rows["average_payment_usd"] / rows["allowed_usd"], why=why)


def paid_over_allowed(tables: Tables) -> pd.DataFrame:
    """The ratios summed up: for both codes in an office, for each, and with the facility payments left in.

    Columns rows, facility_rows, services (visits), median (one vote a row), median_by_visits, lower_quartile, upper_quartile,
    mode_low and mode_high (the stretch MODE_WIDTH wide that holds most rows), mode_rows, expected (0.784), expected_first_weeks (0.771),
    and the rows below both, between them and above, with LEEWAY.
    """
    rows = payments(tables)
    office = rows[rows["office"]]
    groups = {
        "G2083 in an office": office[office["hcpcs"] == "G2083"],
        "G2082 in an office": office[office["hcpcs"] == "G2082"],
        "both in an office": office,
        "all rows, facility payments too": rows,
    }
    return pd.DataFrame([{"group": group, **summed_up(some)} for group, some in groups.items()])


def summed_up(rows: pd.DataFrame) -> dict[str, float | int]:
    ratio, visits = rows["ratio"].to_numpy(dtype=float), rows["services"].to_numpy(dtype=float)
    order = np.argsort(ratio, kind="stable")
    ratio, visits = ratio[order], visits[order]
    running = np.cumsum(visits)
    in_stretch = np.searchsorted(ratio, ratio + MODE_WIDTH, side="right") - np.arange(len(ratio))
    fullest = int(np.argmax(in_stretch))
    early, late = expected_ratio(first_weeks=True), expected_ratio()
    below, above = int((ratio < early - LEEWAY).sum()), int((ratio > late + LEEWAY).sum())
    lower, middle, upper = np.quantile(ratio, [0.25, 0.5, 0.75])
    return {
        "rows": len(ratio),
        "facility_rows": int((~rows["office"]).sum()),
        "services": int(visits.sum()),
        "median": float(middle),
        "median_by_visits": float(ratio[np.searchsorted(running, running[-1] / 2)]),
        "lower_quartile": float(lower),
        "upper_quartile": float(upper),
        "mode_low": float(ratio[fullest]),
        "mode_high": float(ratio[fullest] + MODE_WIDTH),
        "mode_rows": int(in_stretch[fullest]),
        "expected": late,
        "expected_first_weeks": early,
        "rows_below": below,
        "rows_between": len(ratio) - below - above,
        "rows_above": above,
    }

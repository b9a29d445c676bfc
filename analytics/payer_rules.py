"""What each payer leaves to the patient, in one calendar year: one function a payer situation, over any number of places at once.

There is no mean over payers. A figure is a range: `low` and `high` are the ends that a rule or a published figure allows, `value` what is
typical. Nobody pays less than nothing, more than the charge, or more than a plan's legal limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.affordability import after_deductible
from analytics.assumptions import Assumptions, assumed
from analytics.charges import PRICE, Charges, Span
from analytics.query import NATION
from analytics.schedules import Visits
from data.parameter import load

Floats = npt.NDArray[np.float64]

OBSERVED: Final = "observed"
RULE: Final = "rule"
MODELLED: Final = "modelled"


@dataclass(frozen=True)
class Line:
    """One line of a bill. `source` is the id of a parameter or of a source; `kind` is observed, rule or modelled.

    `role`: "charge" (what the visits come to), "part" (of what the patient pays; they add up to the total), "payer" (what the payer
    bears), "total", or "beside" (said with the bill, and in no sum).
    """

    id: str
    words: str
    span: Span
    kind: str
    source: str
    role: str = "part"
    unit: str = "usd"


@dataclass(frozen=True)
class Year:
    """One calendar year of a treatment: its visits, what a visit comes to, what is assumed, and the day whose rules hold."""

    visits: Visits
    charges: Charges
    assumptions: Assumptions
    day: date | None = None

    @property
    def charge(self) -> Span:
        """What the esketamine visits come to at Medicare's amounts."""
        return self.charges.at_56_mg.times(self.visits.at_56_mg) + self.charges.over_56_mg.times(self.visits.others)

    @property
    def kind(self) -> str:
        """Medicare's amount is a rule, in a county and in the nation; the mean of places with several amounts is modelled."""
        alike = np.array_equal(self.charge.low, self.charge.high)
        return RULE if alike or NATION in self.charges.geoids else MODELLED

    def number(self, name: str) -> float:
        """A parameter of one number: as assumed, else as in force on the day, else the latest."""
        if self.day is None or name in dict(self.assumptions):
            return float(assumed(name, self.assumptions))
        return load(name).number(self.day)

    def span(self, name: str) -> Span:
        """A parameter with low, typical and high. Who states what is typical for them has no range: low and high close on it."""
        parts, given = assumed(name, self.assumptions), dict(self.assumptions)
        value = parts["typical"]
        stated = f"{name}.typical" in given

        def end(which: str) -> float:
            return float(value if stated and f"{name}.{which}" not in given else parts[which])

        return Span.of(min(value, end("low")), value, max(value, end("high")))

    def everywhere(self, span: Span) -> Span:
        """One number for all places, at each of them."""
        return span.each(lambda values: np.full(len(self.charges.geoids), values))


def paying_oneself_iv(year: Year) -> list[Line]:
    price = year.charges.infusion.times(year.visits.number)
    words, kind, source = "Infusions at the price that providers publish", OBSERVED, "facts_prices"
    if PRICE in dict(year.assumptions):
        words, kind, source = "Infusions at the price that is assumed", MODELLED, PRICE
    return [
        Line("charge", words, price, kind, source, "charge"),
        Line("self_pay", "All of it, paying oneself", price, MODELLED, PRICE),
    ]


def paying_oneself_esketamine(year: Year) -> list[Line]:
    """No provider in hand publishes its price: Medicare's amount stands in, inside the range that others state."""
    least, greatest = (usd * year.visits.number for usd in year.charges.self_pay_esketamine)
    charge = year.charge
    price = Span(np.fmin(charge.low, least), charge.value, np.fmax(charge.high, greatest))
    return [
        Line("charge", "Visits at Medicare's amount, which stands in for a price", price, MODELLED, "cms_fee_schedule", "charge"),
        Line("self_pay", "All of it, paying oneself", price, MODELLED, "facts_prices"),
    ]


def medicare_charge(year: Year) -> Line:
    return Line("charge", "Visits at Medicare's allowed amount", year.charge, year.kind, "cms_fee_schedule", "charge")


def part_b_deductible(year: Year) -> Span:
    deductible = year.number("medicare/part_b_deductible")
    return year.charge.each(lambda usd: np.minimum(usd, deductible))


def medicare(year: Year) -> list[Line]:
    met = part_b_deductible(year)
    deductible, share = year.number("medicare/part_b_deductible"), year.number("medicare/part_b_coinsurance")
    paid = year.charge.each(lambda usd: after_deductible(usd, deductible, share))
    return [
        medicare_charge(year),
        Line("deductible", "Part B deductible of the year", met, RULE, "medicare/part_b_deductible"),
        Line("coinsurance", "Coinsurance of what is above it", paid - met, year.kind, "medicare/part_b_coinsurance"),
    ]


def medicare_supplement(year: Year) -> list[Line]:
    span = part_b_deductible(year).times(year.span("medicare/supplement_deductible"))
    words = (
        "Part B deductible: left to the patient by plans D and G, paid by C and F, which are not sold to who became eligible from 2020 on"
    )
    return [medicare_charge(year), Line("deductible", words, span, RULE, "medicare/supplement_deductible")]


def medicare_advantage(year: Year) -> list[Line]:
    limit = year.number("medicare/advantage_limit")
    span = year.charge.times(year.span("medicare/advantage_coinsurance")).each(lambda usd: np.minimum(usd, limit))
    return [
        medicare_charge(year),
        Line("coinsurance", "The plan's copay or share", span, MODELLED, "medicare/advantage_coinsurance"),
        limit_line("Most a plan may ask in a year, in its network", limit, "medicare/advantage_limit"),
    ]


def limit_line(words: str, limit: float, source: str) -> Line:
    return Line("limit", words, Span.one([limit]), RULE, source, "beside")


def medicare_medicaid(year: Year) -> list[Line]:
    nothing = year.everywhere(Span.one(year.number("medicare/full_dual_cost"))).times(year.visits.number)
    return [medicare_charge(year), Line("copay", "About nothing: Medicaid bears the rest", nothing, RULE, "medicare/full_dual_cost")]


def medicaid(year: Year) -> list[Line]:
    copay = year.everywhere(year.span("medicaid/copay")).times(year.visits.number)
    return [Line("copay", "Copay for each visit, as far as the state asks one", copay, RULE, "medicaid/copay")]


def commercial_charge(year: Year) -> Span:
    return year.charge.times(year.span("commercial/charge_factor"))


def commercial_parts(year: Year) -> tuple[Span, Span, Span]:
    """Charge, deductible and coinsurance under a commercial plan, the last two never above the legal limit together."""
    charge, limit = commercial_charge(year), year.number("commercial/out_of_pocket_limit")
    deductible, share = year.span("commercial/deductible"), year.span("commercial/coinsurance")

    def parts(usd: Floats, deductible: Floats, share: Floats) -> tuple[Floats, Floats]:
        met = np.minimum(np.minimum(usd, deductible), limit)
        return met, np.minimum(after_deductible(usd, float(deductible), float(share)), limit) - met

    ends = [parts(getattr(charge, end), getattr(deductible, end), getattr(share, end)) for end in ("low", "value", "high")]
    return charge, Span(*(one[0] for one in ends)), Span(*(one[1] for one in ends))


COMMERCIAL_CHARGE: Final = "Visits at Medicare's amount, which stands in for what the plan allows"


def commercial(year: Year) -> list[Line]:
    charge, met, rest = commercial_parts(year)
    return [
        Line("charge", COMMERCIAL_CHARGE, charge, MODELLED, "commercial/charge_factor", "charge"),
        Line("deductible", "Deductible that is left to meet", met, MODELLED, "commercial/deductible"),
        Line("coinsurance", "Share of what is above it", rest, MODELLED, "commercial/coinsurance"),
        limit_line("Most a plan may ask in a year", year.number("commercial/out_of_pocket_limit"), "commercial/out_of_pocket_limit"),
    ]


def drug_share(year: Year) -> Floats:
    """The drug's part of the charge. Medicare's two amounts differ by one device of 28 mg: that is the price of a device."""
    devices = load("treatment/esketamine_devices").latest
    device = (year.charges.over_56_mg.value - year.charges.at_56_mg.value) / (devices["at_84_mg"] - devices["at_56_mg"])
    drug = device * (year.visits.at_56_mg * devices["at_56_mg"] + year.visits.others * devices["at_84_mg"])
    charge = year.charge.value
    return np.asarray(np.clip(np.divide(drug, charge, out=np.zeros(len(charge)), where=charge > 0), 0, 1))


def commercial_copay(year: Year) -> list[Line]:
    """The maker's programme takes the patient's part of the drug down to a copay, up to a yearly maximum, and that of the observation to
    nothing where residents may have the rebate. Low: no maximum. High: the maximum of 2019, and no rebate.
    """
    charge, met, rest = commercial_parts(year)
    plan, part = met + rest, drug_share(year)
    copays = year.number("copay_programme/drug_copay") * year.visits.number
    maximum = year.number("copay_programme/yearly_maximum")
    drug = plan.each(lambda usd: usd * part)
    observation = plan - drug

    def copay(usd: Floats) -> Floats:
        return np.minimum(usd, copays)

    def over(usd: Floats) -> Floats:
        """What is left of the drug when the programme's maximum is used up."""
        return np.maximum(usd - copays - maximum, 0)

    excluded = year.charges.rebate_excluded
    left = Span(over(drug.low) * 0, over(drug.value), over(drug.high))
    watched = Span(np.where(excluded, observation.low, 0), np.where(excluded, observation.value, 0), observation.high)
    paid = drug.each(copay)
    programme = "copay_programme/yearly_maximum"
    return [
        Line("charge", COMMERCIAL_CHARGE, charge, MODELLED, "commercial/charge_factor", "charge"),
        Line("drug_copay", "The programme's copay for the drug", paid, MODELLED, "copay_programme/drug_copay"),
        Line("over_maximum", "The drug, above the programme's yearly maximum", left, MODELLED, programme),
        Line(
            "observation",
            "The observation, where residents can't have the rebate",
            watched,
            MODELLED,
            "copay_programme/observation_rebate_excluded",
        ),
        Line("without_maximum", "All of this if the programme has no yearly maximum", paid + watched, MODELLED, programme, "beside"),
        Line("without_programme", "The same plan without the programme", plan, MODELLED, "commercial/deductible", "beside"),
        limit_line("Most a plan may ask in a year", year.number("commercial/out_of_pocket_limit"), "commercial/out_of_pocket_limit"),
    ]


def va(year: Year) -> list[Line]:
    """High: no visit counts as one of those that are free."""
    copay, number = year.everywhere(year.span("va/visit_copay")), year.visits.number
    asked = max(number - year.number("va/visits_without_copay"), 0.0)
    span = copay.times(Span.of(asked, asked, number))
    words = "Copay for each visit but the year's first few; none with a service-connected disability of 10 % or more"
    return [Line("copay", words, span, RULE, "va/visit_copay")]


RULES: Final[Mapping[tuple[str, str], Callable[[Year], list[Line]]]] = MappingProxyType(
    {
        ("self", "iv"): paying_oneself_iv,
        ("self", "esketamine"): paying_oneself_esketamine,
        ("medicare", "esketamine"): medicare,
        ("medicare_supplement", "esketamine"): medicare_supplement,
        ("medicare_advantage", "esketamine"): medicare_advantage,
        ("medicare_medicaid", "esketamine"): medicare_medicaid,
        ("medicaid", "esketamine"): medicaid,
        ("commercial", "esketamine"): commercial,
        ("commercial_copay", "esketamine"): commercial_copay,
        ("va", "esketamine"): va,
        ("va", "iv"): va,
    }
)
"""(payer, treatment) -> its rule. What is not here is refused: see `barred`."""

_PLANS_ALLOW: Final = "What plans allow is not published: Medicare's amount stands in for it."
STAND_INS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("self", "esketamine"): "No provider in hand publishes what esketamine costs who pays oneself. Medicare's amount stands in for it, "
        "inside the range that others state.",
        ("commercial", "esketamine"): _PLANS_ALLOW,
        ("commercial_copay", "esketamine"): _PLANS_ALLOW,
    }
)
"""(payer, treatment) -> what must be said where no price is in hand and Medicare's amount is taken for it: it is a payment rule."""

COMMERCIAL_PARAMETERS: Final = (
    "commercial/charge_factor",
    "commercial/deductible",
    "commercial/coinsurance",
    "commercial/out_of_pocket_limit",
)
PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "self": (PRICE,),
        "medicare": ("medicare/part_b_deductible", "medicare/part_b_coinsurance"),
        "medicare_supplement": ("medicare/part_b_deductible", "medicare/supplement_deductible"),
        "medicare_advantage": ("medicare/advantage_coinsurance", "medicare/advantage_limit"),
        "medicare_medicaid": ("medicare/full_dual_cost",),
        "medicaid": ("medicaid/copay",),
        "commercial": COMMERCIAL_PARAMETERS,
        "commercial_copay": (*COMMERCIAL_PARAMETERS, "copay_programme/drug_copay", "copay_programme/yearly_maximum"),
        "tricare": (),
        "va": ("va/visit_copay", "va/visits_without_copay"),
    }
)
"""What each payer's rule rests on."""

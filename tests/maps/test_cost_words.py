"""Sentences about a bill and about payments: every number with its doubt, its year and its source."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest

from analytics.coverage import people_by_kind, rules
from analytics.out_of_pocket import barred
from analytics.prices import allowed_trend
from analytics.query import PAYERS, SCHEDULES, Query
from analytics.self_pay import distribution, published_ranges
from analytics.tornado import draws
from data.bundle import Tables
from maps import bill_words, cost_words, cover_words, payment_words
from maps.bill_file import COLUMNS, bill_csv, bill_label, bill_name
from maps.cost_words import asked_bill, asked_bills, money, money_range, percent_range

YEAR = Query(modality="esketamine", payer="medicare", schedule="label_year_low", place="17031")
COURSE = Query(place="us")


@pytest.mark.parametrize(
    ("usd", "said"),
    [
        (0, "$0"),
        (8.5e-5, "$0"),
        (4.5, "$4.50"),
        (8, "$8"),
        (99.999, "$100"),
        (283, "$283"),
        (9_433.556, "$9,434"),
        (-150, "−$150"),
        (float("nan"), "unknown"),
    ],
)
def test_dollars_have_cents_below_a_hundred_alone(usd: float, said: str) -> None:
    assert money(usd) == said


def test_ranges_that_read_alike_are_one_number() -> None:
    assert money_range(2_244, 4_155) == "$2,244 to $4,155"
    assert money_range(9_433.6, 9_434.4) == "$9,434"
    assert percent_range(0.701, 1) == "70 to 100 %"
    assert percent_range(0.0, 0.004) == "0 to under 1 %"
    assert percent_range(0.56, 0.5603) == "56 %"


def test_the_year_in_cook_county(tables: Tables) -> None:
    bills = asked_bills(YEAR, tables)
    assert [bill.query.schedule for bill in bills] == ["label_year_low", "label_year_high"]
    # 283 + 0.20 * (960.42 + 33 * 1_365.92 - 283) = 9_433.56, and with 55 visits over 56 mg 15_443.60
    low, high = 283 + 0.20 * (960.42 + 33 * 1_365.92 - 283), 283 + 0.20 * (960.42 + 55 * 1_365.92 - 283)
    assert cost_words.ends(bills) == pytest.approx((low, high))
    assert cost_words.title(bills, tables) == (
        f"A first year of esketamine per label costs {money(low)} to {money(high)} on traditional Medicare in Cook County, IL"
    )


@pytest.mark.parametrize("place", ["us", "17031", "0605"])
@pytest.mark.parametrize("payer", PAYERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_title_is_a_sentence_that_fits(payer: str, schedule: str, place: str, tables: Tables) -> None:
    for modality in ("esketamine", "iv"):
        query = Query(payer=payer, schedule=schedule, place=place, modality=modality)
        bills = asked_bills(query, tables)
        title = cost_words.title(bills, tables)
        assert title[0] == "A"
        assert len(title) < 115, "three lines on a phone"
        assert ("there is no figure" in title) == (barred(query, tables) is not None)
        if bills[0].refusal is None:
            for said in (cost_words.subtitle(bills, tables), cost_words.households_sentence(bills, tables)):
                assert said.endswith(".")
                assert "nan" not in said
            assert PAYERS[payer] in cost_words.subtitle(bills, tables)
            assert "2026" in cost_words.subtitle(bills, tables)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"payer": "medicare", "modality": "esketamine"}, "worked out by rule from Medicare's amounts"),
        ({"payer": "commercial"}, "modelled from Medicare's amounts"),
        ({}, "modelled from published prices"),
        ({"payer": "medicaid"}, "a rule: copays by visit"),
        ({"assumptions": (("affordability/iv_session_price", 700.0),)}, "modelled from the price you assume"),
    ],
)
def test_rule_and_model_are_told_apart_and_from_what(asked: dict[str, object], said: str, tables: Tables) -> None:
    assert said in cost_words.subtitle(asked_bills(COURSE.with_(**asked), tables), tables)


def test_whoever_pays_nothing_is_told_so(tables: Tables) -> None:
    bills = asked_bills(Query(payer="medicare_medicaid", place="28"), tables)
    assert "costs nothing on Medicare and Medicaid" in cost_words.title(bills, tables)
    assert cost_words.households_sentence(bills, tables) == "What costs nothing takes nothing from a household's income."
    assert cost_words.households_title(bills[0], tables) == "No household in Mississippi is over the line at $0"


def test_typical_use_stands_beside_the_label(tables: Tables) -> None:
    said = cost_words.beside_sentence(YEAR, tables)
    # 283 + 0.20 * (960.42 + 11 * 1_365.92 - 283) = 3_423.51
    assert "a first year as typically used (12 visits) $3,424" in said
    assert "a first course (8 visits) $2,331" in said
    assert "a median of 7.2 visits over 56 mg for a person and clinician, 3.8 to 12.8 for the middle half" in said
    assert "per label" not in said
    assert cost_words.beside_sentence(COURSE, tables) == ""


def test_the_way_is_told_with_what_driving_costs(tables: Tables) -> None:
    said = cost_words.way_sentence(YEAR, tables)
    assert "a driver each time" in said
    assert "The driving comes to about $" in said
    assert cost_words.way_sentence(YEAR.with_(place="us"), tables) == "", "nobody sets out from the nation"
    assert cost_words.way_sentence(YEAR.with_(modality="iv"), tables) == "", "what is refused has no journey"
    lines = set(asked_bill(YEAR, tables).frame["line"])
    assert {"visits", "miles", "driving_cost", "hours_on_site", "driving_hours", "driver_hours"} <= lines


@pytest.mark.parametrize("place", ["35013", "3502", "28", "us"])
def test_the_journey_is_told_with_what_its_visits_cost(place: str, tables: Tables) -> None:
    """Visits, miles, hours, driver and dollars, the dollars being those of the page of costs."""
    asked = Query(place=place, payer="medicare", modality="esketamine", schedule="label_year_low")
    low, high = cost_words.ends(asked_bills(asked, tables))
    said = cost_words.way_with_cost(Query(place=place), tables)
    assert said.startswith("A first year of esketamine ")
    assert "a driver each time" in said
    assert f"Per label the visits cost ${low:,.0f} to ${high:,.0f} on traditional Medicare without a supplement " in said
    assert "(the year's deductible, then 20 % of Medicare's amounts), and the driving about $" in said
    assert said.endswith(" (from the medical to the business rate of the Internal Revenue Service).")
    course = Query(place=place, modality="iv")
    low, high = cost_words.ends(asked_bills(course, tables))
    told = cost_words.way_with_cost(course, tables)
    assert f"The infusions cost ${low:,.0f} to ${high:,.0f} paying oneself (published prices), and the driving about $" in told
    refused = cost_words.way_with_cost(Query(place=place, modality="oral"), tables)
    assert refused.startswith("No course of oral ketamine is on record here")
    assert "cost" not in refused


def test_what_is_assumed_is_what_the_journey_s_dollars_are_made_of(tables: Tables) -> None:
    asked = Query(place="28", assumptions=(("medicare/part_b_coinsurance", 0.25),))
    assert "then 25 % of Medicare's amounts" in cost_words.way_with_cost(asked, tables)
    priced = Query(place="28", modality="iv", assumptions=(("affordability/iv_session_price", 600.0),))
    # A course is 6 infusions: 6 * 600 = 3_600
    assert "The infusions cost $3,600 paying oneself (the price you assume), and" in cost_words.way_with_cost(priced, tables)


def test_without_a_road_the_journey_has_no_cost(tables: Tables) -> None:
    said = cost_words.way_with_cost(Query(place="02016"), tables)  # Aleutians West
    assert said.endswith(
        "no road or ferry leads from there to a listed site known to offer it. Without a way there, no cost of it is given."
    )
    assert "$" not in said


def test_changed_assumptions_are_said_where_the_bill_rests_on_them(tables: Tables) -> None:
    changed = YEAR.with_(assumptions=(("commercial/out_of_pocket_limit", 9_000.0), ("medicare/part_b_deductible", 300.0)))
    assert cost_words.changed_words(changed) == ("Changed by you: Part B deductible, $300 instead of $283.",)


def test_a_slower_road_is_said_where_its_hours_stand(tables: Tables) -> None:
    slower = YEAR.with_(assumptions=(("travel/speed_factor", 0.8),))
    hours = [cost_words.row(asked_bill(one, tables), "driving_hours") for one in (YEAR, slower)]
    assert hours[0] is not None
    assert hours[1] is not None
    assert hours[1]["value"] > hours[0]["value"]
    assert cost_words.changed_words(slower) == ("Changed by you: Speeds, as a multiple, 0.8 instead of 1.",)
    assert cost_words.changed_words(slower.with_(place="us")) == (), "from the nation nobody sets out"


def test_how_far_the_draws_are(tables: Tables) -> None:
    assert cost_words.progress(250, 1_000) == (0.25, "250 of 1,000 drawn")
    found = draws(YEAR, tables, YEAR.place, 40)
    assert cost_words.draws_sentence(found).startswith("All that is in doubt drawn at once, 40 times: ")


def test_the_text_to_copy_has_source_version_and_link(tables: Tables) -> None:
    said = cost_words.to_copy(asked_bills(YEAR, tables), "https://atlas.example/costs?place=17031", tables)
    assert said.startswith("A first year of esketamine per label costs $9,434 to $15,444")
    assert "Centers for Medicare & Medicaid Services, Physician Fee Schedule" in said
    assert f"data version {tables.version}. https://atlas.example/costs?place=17031" in said


# --- The lines ---


def line(query: Query, name: str, tables: Tables) -> tuple[object, str]:
    bill = asked_bill(query, tables)
    found = cost_words.row(bill, name)
    assert found is not None
    return found, bill_words.how(found, bill, tables)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("charge", "1 × $960.42 + 33 × $1,365.92 = $46,035.78"),
        ("payer_pays", "$46,035.78 − $9,433.56 = $36,602.22"),
        ("coinsurance", "20 % × ($46,035.78 − $283.00) = $9,150.56"),
        ("total", "$283.00 + $9,150.56 = $9,433.56"),
        ("deductible", ""),
    ],
)
def test_the_sum_behind_a_line_can_be_followed_with_a_pencil(name: str, said: str, tables: Tables) -> None:
    assert line(YEAR, name, tables)[1] == said
    if said:
        left, right = said.replace("×", "*").replace("−", "-").replace("$", "").replace(",", "").replace(" %", "/100").split(" = ")
        assert eval(left) == pytest.approx(float(right), abs=0.006)


def test_six_infusions_are_six_times_the_median(tables: Tables) -> None:
    assert line(COURSE, "charge", tables)[1] == "6 × $500.00 = $3,000.00"


def test_a_number_has_its_range_and_kind(tables: Tables) -> None:
    bill = asked_bill(COURSE, tables)
    charge, total = cost_words.row(bill, "charge"), cost_words.row(bill, "total")
    assert charge is not None
    assert total is not None
    assert bill_words.amount(charge) == "$3,000 ($2,244 to $4,155)"
    assert bill_words.amount_html(charge) == '<p class="atlas-amount">$3,000 <small>$2,244 to $4,155, observed</small></p>'
    assert bill_words.amount_html(total).startswith('<p class="atlas-amount total">')
    assert bill_words.label(total) == "**What the patient pays**"
    hours = cost_words.row(asked_bill(YEAR, tables), "hours_on_site")
    assert hours is not None
    assert bill_words.amount(hours) == "70 to 85 hours"


@pytest.mark.parametrize("payer", PAYERS)
def test_every_line_leads_somewhere(payer: str, tables: Tables) -> None:
    for modality in ("esketamine", "iv"):
        bill = asked_bill(Query(payer=payer, modality=modality, place="17031"), tables)
        for _, one in bill.frame.iterrows():
            told = bill_words.source_html(one, bill, tables)
            assert "/" in one["source"] or one["role"] == "total" or "Source: " in told


def test_where_amounts_of_a_place_are_from(tables: Tables) -> None:
    def told(place: str) -> str:
        return bill_words.locality_words(asked_bill(YEAR.with_(place=place), tables), tables)

    assert "payment locality that Cook County, IL belongs to" in told("17031")
    assert "mean of the counties' amounts in Illinois" in told("17")
    assert "fee schedule's own national amounts" in told("us")


def test_payers_stand_side_by_side_and_are_not_averaged(tables: Tables) -> None:
    table = bill_words.payers_table(asked_bill(YEAR, tables))
    rows = {row[0]: row[1:] for row in table.rows}
    assert len(rows) == len(PAYERS)
    assert rows["Traditional Medicare without a supplement"] == ("$9,434", "over $5,000")
    assert rows["TRICARE"] == ("", "not in hand")
    assert "no mean" in table.caption


def test_groups_are_left_out_where_their_median_is_shaky(tables: Tables) -> None:
    rows = {row[0]: row[1:] for row in bill_words.groups_table(asked_bill(YEAR.with_(place="48301"), tables)).rows}
    assert rows["Asian"] == ("no steady median", "", "")
    assert "Black" in {row[0] for row in bill_words.groups_table(asked_bill(YEAR, tables)).rows}


# --- The file ---


def test_the_file_is_the_bill_with_its_sources(tables: Tables) -> None:
    bill = asked_bill(YEAR, tables)
    text = bill_csv(bill).decode()
    assert text.count("\r\n") == 1 + len(bill.frame)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    total = next(row for row in rows if row["line"] == "total")
    assert total["value"] == "9433.56"
    assert (total["geoid"], total["payer"], total["kind"]) == ("17031", "medicare", "rule")
    assert all(row["source"] and row["kind"] in {"observed", "rule", "modelled"} for row in rows)
    assert bill_name(bill) == f"ketamine-cost_esketamine_label_year_low_medicare_17031_{tables.version}.csv"
    assert bill_label(bill) == f"Download the bill, CSV, {len(bill.frame)} lines"


def test_the_file_says_what_was_changed(tables: Tables) -> None:
    rows = list(
        csv.DictReader(io.StringIO(bill_csv(asked_bill(YEAR.with_(assumptions=(("medicare/part_b_deductible", 300.0),)), tables)).decode()))
    )
    assert {row["assumptions"] for row in rows} == {"medicare/part_b_deductible:300"}


# --- Payments ---


def test_the_amounts_are_a_rule_and_a_hospitals_stand_apart(tables: Tables) -> None:
    county = allowed_trend("17031", tables)
    assert payment_words.trend_title(county, "17031", tables) == (
        "Medicare's amount for a visit over 56 mg in Cook County, IL: $1,154 in 2020, $1,366 in 2026"
    )
    notes = payment_words.trend_notes(county, tables)
    assert "not a market price" in notes[0]
    assert "was $1,150.50 (up to 56 mg) and $1,450.50 (over 56 mg)" in notes[-1]
    assert "no difference to the office is worked out" in notes[-1]
    assert len(notes) == 2
    assert "A mean of the counties by their adults, modelled" in payment_words.trend_notes(allowed_trend("17", tables), tables)[1]
    assert "the fee schedule's own" in payment_words.trend_notes(allowed_trend("us", tables), tables)[1]


def test_published_prices_are_told_with_how_many_providers(tables: Tables) -> None:
    assert payment_words.prices_title(distribution("iv", tables)) == (
        "Half of the 10 providers that publish their price ask $500 or less for a session of IV ketamine, the middle half $429 to $588"
    )
    assert "A figure needs 5 providers" in payment_words.prices_title(distribution("esketamine", tables))


def test_examples_have_a_date_and_a_link(tables: Tables) -> None:
    html = payment_words.examples_html(distribution("iv", tables))
    assert html.count("<li>") == html.count('href="https://') == html.count("read 2026-") > 10
    assert "page without a date" in html
    assert "as others state it" in html
    ranges = payment_words.ranges_html("esketamine", published_ranges("esketamine", tables))
    assert "<strong>$800 to $1,300</strong> a session, Atlanta, GA" in ranges
    assert "undated" in ranges


def test_what_is_paid_for_is_told_with_its_caveats(tables: Tables) -> None:
    # 82,389 / 2,734 = 30.1
    assert payment_words.use_title(tables) == "Medicaid's claims for esketamine: 2,734 in 2019, 82,389 in 2023, 30 times as many in 4 years"
    said = payment_words.caveats(payment_words.use_rows("medicaid", "spending", tables))
    assert said[0] == "Gross: before the maker's rebates, never a net price."
    assert said[1].startswith("2025 Q1-Q3: too low by the cells under 11")
    # 604 + 13,742 visits
    assert "14,346 visits" in payment_words.part_b_sentence(tables)
    assert "never added up" in payment_words.part_b_sentence(tables)
    assert payment_words.use_number(102_946_800, "spending") == "$102.9 m"


# --- Cover ---


def test_a_rule_has_who_what_when_and_how_sure(tables: Tables) -> None:
    html = cover_words.rules_html(rules("tricare", "esketamine", "us", tables))
    assert "<strong>TRICARE (Humana Military)</strong>: yes; prior authorisation." in html
    assert "Grade B: a plan, contractor or benefit manager that acts for it." in html
    assert 'href="https://' in html
    federal = unescape(cover_words.rules_html(rules("medicaid", "esketamine", "01001", tables)))
    assert "generally, by federal law; the state's own text was not read" in federal
    assert "To be checked" in federal


def test_kinds_of_cover_have_their_year_and_are_not_added(tables: Tables) -> None:
    table = cover_words.people_table(people_by_kind("17031", tables), "17031", tables)
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["People with Medicaid"] == ("1.1 million", "2020-2024", "published figure")
    assert rows["Adults 18-64 without insurance"][-1] == "modelled"
    assert not any("total" in name.lower() for name in rows)
    assert any("California" in row[0] for row in cover_words.people_table(people_by_kind("0605", tables), "0605", tables).rows)
    withheld = cover_words.people_table(people_by_kind("15005", tables), "15005", tables)
    assert any(row[1] == "withheld by the publisher" for row in withheld.rows)

"""Which rows are one site: cases checked by hand against the lists."""

from __future__ import annotations

import doctest

import pytest

from data import match
from data.match import Row, likeness, merge, phone_key, same_name, street_key, suite_key, town_key


def row(
    layer: str, name: str, street: str = "", city: str = "Denver", state: str = "CO", zip: str = "", phone: str = "", **more: object
) -> Row:
    return Row(layer, name, street, city, state, zip, phone, **more)  # type: ignore[arg-type]


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(match).failed == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("721 East 12200 South", "721 E 12200 S, Suite 101"),
        ("1242 U.S. Highway 431 South", "1242 US Hwy 431 S"),
        ("#2106, New Road", "2106 New Road #D8, Linwood Commons"),
        ("515 Madison Ave, 21st Fl", "515 Madison Avenue"),
        ("2300 N Saint Marys Road", "2300 North St. Mary's Rd."),
        ("88 Inverness Circle East, Unit K103", "88 Inverness Cir E"),
    ],
)
def test_one_street_has_one_key_however_it_is_written(left: str, right: str) -> None:
    assert street_key(left) == street_key(right) != ""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("100 N Main St", "100 S Main St"),
        ("100 Main St", "1000 Main St"),
        ("100 Main St", "100 Main Ave"),
        ("7105B Bailey Cir", "7105 Bailey Cir"),
    ],
)
def test_different_streets_have_different_keys(left: str, right: str) -> None:
    assert street_key(left) != street_key(right)


@pytest.mark.parametrize(
    "street", ["", "- - -", "---", "University Drive", "41st Street", "de Marneffe Building, Belmont campus", "P.O. Box 12"]
)
def test_without_a_house_number_there_is_no_key(street: str) -> None:
    assert street_key(street) == ""


def test_suites_phones_and_towns_have_one_spelling() -> None:
    assert suite_key("200 First Ave West, #400") == suite_key("200 First Ave W Suite 400") == "400"
    assert phone_key("858-552-8585 x2481") == phone_key("1 (858) 552-8585") == "8585528585"
    assert phone_key("552-8585") == ""
    assert town_key("Saint Louis") == town_key("St. Louis")


def test_names_of_places_and_of_the_trade_make_no_firm() -> None:
    assert not same_name("Keta Medical Center - Hudson Yards", "Hudson Mind", "New York")
    assert not same_name("Ketamine Clinic of Hawaii", "Hawaii Ketamine - Honolulu", "Honolulu")
    assert not same_name("University of Michigan Health Ketamine Clinic", "Michigan Progressive Health - Ann Arbor", "Ann Arbor")
    assert same_name("The Remedy Mental Health", "The Remedy - Burnsville", "Burnsville")


def test_the_same_site_in_three_lists_is_one_site() -> None:
    rows = [
        row("samhsa_2024", "Ascend Health Center", "1000 South Cleveland Massillon Road, Suite 1", "Akron", "OH", "44333"),
        row("samhsa_2022", "Ascend Health Center", "1000 S. Cleveland-Massillon Rd Ste 1", "Akron", "OH", "44333"),
        row("named_2026", "Ascend Health Center", city="Akron", state="OH"),
    ]
    assert merge(rows) == [0, 0, 0]


def test_a_renamed_site_is_one_site_by_its_street_and_phone() -> None:
    rows = [
        row("samhsa_2024", "WellPower", "4141 East Dickenson Place", zip="80222", phone="303-504-6565"),
        row("samhsa_2022", "Mental Health Center of Denver", "4141 East Dickenson Place", zip="80222", phone="303-504-6565"),
    ]
    assert merge(rows) == [0, 0]


def test_two_firms_at_one_address_stay_two() -> None:
    rows = [
        row("site_details", "Find Your Light Psychiatry - Seattle", "200 First Ave West, #400", "Seattle", "WA", "98119", "425-780-7460"),
        row("site_details", "Nomad Therapeutics", "200 First Ave W Suite 403", "Seattle", "WA", "98119"),
    ]
    assert merge(rows) == [0, 1]


def test_a_chain_with_one_phone_over_several_sites_stays_several() -> None:
    streets = {"Chandler": "335 North Alma School Road", "Glendale": "17235 North 75th Avenue", "Scottsdale": "5040 East Shea Boulevard"}
    rows = [
        row("samhsa_2024", "Lifeline Professional Counseling Servs", street, city, "AZ", phone="480-641-1165")
        for city, street in streets.items()
    ]
    assert merge(rows) == [0, 1, 2]


def test_a_chain_that_moved_within_a_town_is_two_sites() -> None:
    rows = [
        row(
            "samhsa_2024",
            "Comprehensive Psychiatric Services",
            "16501 Ventura Boulevard, Suite 400",
            "Encino",
            "CA",
            "91436",
            "818-849-6215",
        ),
        row(
            "samhsa_2022",
            "Comprehensive Psychiatric Services",
            "16000 Ventura Boulevard, Suite 806",
            "Encino",
            "CA",
            "91436",
            "925-944-9711",
        ),
    ]
    assert merge(rows) == [0, 1]


def test_a_directory_counts_its_own_rows_and_is_not_corrected() -> None:
    rows = [
        row("samhsa_2024", "Numinus Wellness UT Inc", "721 East 12200 South, Suite 101", "Draper", "UT", "84020", "801-369-8989"),
        row("samhsa_2024", "Numinus Wellness UT Inc", "721 East 12200 South", "Draper", "UT", "84020", "801-369-8989"),
        row("samhsa_2022", "Cedar Psychiatry", "721 East 12200 South, Suite 101", "Draper", "UT", "84020", "801-369-8989"),
    ]
    assert merge(rows) == [0, 1, 0], "the row of 2022 belongs to the one with its suite"


def test_two_branches_in_one_town_do_not_join_through_a_list_that_knows_only_the_town() -> None:
    rows = [
        row("site_details", "Keta Medical Center - UWS 96th", "7 West 96th St", "New York", "NY"),
        row("site_details", "Keta Medical Center - Midtown", "6 East 39th St", "New York", "NY"),
        row("named_2026", "Keta Medical Center", city="New York", state="NY"),
    ]
    assert merge(rows, stated=[(0, 2)]) == [0, 1, 0]


def test_two_names_of_one_list_join_where_other_sources_put_both_at_one_address() -> None:
    street = "13801 Bruce B Downs Blvd, STE 203"
    rows = [
        row("site_details", "Complete Ketamine Tampa", street, "Tampa", "FL"),
        row("named_2026", "Complete Ketamine Tampa", city="Tampa", state="FL"),
        row("named_2026", "Complete Ketamine Solutions", city="Tampa", state="FL"),
        row("own_pages", "Complete Ketamine Tampa", street, "Tampa", "FL", "33613"),
    ]
    assert merge(rows, stated=[(0, 2), (1, 3)]) == [0, 0, 0, 0]


def test_an_address_that_bills_medicare_joins_the_practice_in_its_suite_and_no_other() -> None:
    practice = row("site_details", "Keta Medical Center - New Rochelle", "77 Quaker Ridge Rd, Suite 212", "New Rochelle", "NY", "10804")
    claim = row(
        "medicare_claims_2024", "Practice billing Medicare", "77 Quaker Ridge Rd Ste 212", "New Rochelle", "NY", "10804", named=False
    )
    other = row("medicare_claims_2024", "Practice billing Medicare", "77 Quaker Ridge Rd Ste 9", "New Rochelle", "NY", "10804", named=False)
    assert likeness(practice, claim) > 0
    assert likeness(practice, other) == 0


def test_an_inpatient_unit_is_not_the_practice_another_list_names() -> None:
    rows = [
        row("samhsa_2024", "Logan Regional Hospital", "1400 North 500 East", "Logan", "UT", "84341", lone=True),
        row("named_2026", "Logan Regional Hospital", city="Logan", state="UT"),
    ]
    assert merge(rows) == [0, 1]


def test_what_the_directory_said_years_ago_does_not_keep_an_outpatient_site_alone() -> None:
    street = "184 Liberty Street"
    rows = [
        row("samhsa_2023", "Yale New Haven Psychiatric Hospital", street, "New Haven", "CT", "06519"),
        row("samhsa_2022", "Yale New Haven Psychiatric Hospital", street, "New Haven", "CT", "06519", lone=True),
        row("named_2026", "Yale New Haven Psychiatric Hospital", city="New Haven", state="CT"),
    ]
    assert merge(rows) == [0, 0, 0]


def test_other_states_never_join() -> None:
    assert (
        likeness(row("named_2026", "Klarisana", city="Austin", state="TX"), row("own_pages", "Klarisana", city="Austin", state="MN")) == 0
    )


def test_no_rows_no_sites() -> None:
    assert merge([]) == []

"""The sentences of My cost: every insurance and treatment says something sound, in both languages, and says so where nothing is known."""

from __future__ import annotations

import re

import pytest

from analytics.my_cost import DETAILS, THERAPIES, Answers, MyCost, my_cost
from analytics.near_point import Point, find
from analytics.query import PAYERS
from data.bundle import Tables
from maps import my_cost_help, my_cost_words
from maps.messages import LANGUAGES, messages
from maps.palette import LIGHT

BROKEN = re.compile(r"\b(nan|NaN|inf|None)\b|\{|\}|\$\$")
EVERY = [(payer, therapy) for payer in ("", *PAYERS) for therapy in THERAPIES]


@pytest.fixture(scope="module")
def chicago(tables: Tables) -> Point:
    point = find("60601", tables).point
    assert point is not None
    return point


def told(mine: MyCost, lang: str, tables: Tables) -> str:
    """Everything the page says of the answers, without the pictures' data."""
    say = messages("my_cost", lang)
    texts = [
        my_cost_words.title(mine, say),
        my_cost_words.where(mine, tables, say),
        my_cost_words.picture_html(mine, LIGHT, say),
        my_cost_words.table(mine, say),
        *my_cost_words.share_lines(mine, say),
        *my_cost_words.answer_lines(mine, tables, say),
        my_cost_words.vary_html(mine, say),
        my_cost_words.payers_html(mine, say),
        my_cost_help.travel_html(mine, say),
        *my_cost_help.ask_plan(mine, say),
        *my_cost_help.ask_clinic(mine, say),
        my_cost_help.help_html(mine, tables, say),
        *my_cost_words.sentences(mine, say),
    ]
    return re.sub(r'src="data:[^"]*"', "", "\n".join(texts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_insurance_and_treatment_is_told_without_a_broken_number(chicago: Point, tables: Tables, lang: str) -> None:
    for payer, therapy in EVERY:
        for detail in ("", *DETAILS.get(payer, {})):
            mine = my_cost(Answers(therapy, payer, detail, "30", 2), chicago, tables)
            text = told(mine, lang, tables)
            assert not BROKEN.search(text), (payer, therapy, detail, BROKEN.search(text))
            assert "$" in my_cost_words.title(mine, messages("my_cost", lang)) or (payer, therapy) == ("tricare", "esketamine")


def test_the_sums_of_medicare_in_chicago_by_hand(chicago: Point, tables: Tables) -> None:
    """G2082 960.42, G2083 1,365.92 in Cook County: 960.42 + 7 x 1,365.92 = 10,521.86; 283 + 0.2 x (10,521.86 - 283) = 2,330.77."""
    say = messages("my_cost", "en")
    mine = my_cost(Answers("esketamine", "medicare", "", "30"), chicago, tables)
    assert my_cost_words.title(mine, say) == "A first course of the spray may cost you $2,331"
    # 2,330.77 / 45,000 = 5.2 %; 2,330.77 / 30,000 = 7.8 %
    assert (
        my_cost_words.share_lines(mine, say)[0]
        == "A first course of the spray, at the typical sum, is 5 to 8 % of a year's income like yours."
    )
    met = my_cost(Answers("esketamine", "medicare", "deductible_met"), chicago, tables)
    # 0.2 x 10,521.86 = 2,104.37
    assert my_cost_words.title(met, say).endswith("$2,104")


def test_the_sums_of_paying_oneself_for_infusions_by_hand(tables: Tables) -> None:
    """Six infusions at the 10th, 50th and 90th percentile of published prices: 6 x 374, 6 x 500, 6 x 692.50."""
    say = messages("my_cost", "en")
    mine = my_cost(Answers("iv", "self"), None, tables)
    assert my_cost_words.title(mine, say) == "A first course of the IV may cost you $2,244 to $4,155"
    assert "<td>$3,000</td>" in my_cost_words.table(mine, say)


def test_what_is_not_in_hand_is_said_and_has_no_sum(chicago: Point, tables: Tables) -> None:
    say = messages("my_cost", "en")
    mine = my_cost(Answers("esketamine", "tricare"), chicago, tables)
    assert my_cost_words.title(mine, say) == "We do not know what TRICARE leaves you to pay for the spray"
    assert my_cost_words.picture_html(mine, LIGHT, say) == ""
    assert my_cost_words.table(mine, say) == ""
    assert my_cost_words.vary_html(mine, say) == ""
    assert "We have no figures" in " ".join(my_cost_words.answer_lines(mine, tables, say))
    assert "a sum that we do not know" in my_cost_words.sentences(mine, say)[0]


def test_who_has_insurance_pays_infusions_alone_and_is_told_why(tables: Tables) -> None:
    say = messages("my_cost", "en")
    mine = my_cost(Answers("iv", "medicaid"), None, tables)
    assert "$2,244 to $4,155" in my_cost_words.title(mine, say)
    assert "hardly ever pays" in my_cost_words.answer_lines(mine, tables, say)[0]


def test_the_persons_own_insurance_comes_first_and_no_mean_is_taken(tables: Tables) -> None:
    say = messages("my_cost", "en")
    html = my_cost_words.payers_html(my_cost(Answers("esketamine", "va"), None, tables), say)
    rows = re.findall(r'<th scope="row">([^<]*)</th>', html)
    assert rows[0] == "VA care (veterans)"
    assert len(rows) == len(PAYERS)
    assert "TRICARE (military)</th><td>not known</td>" in html


def test_help_names_its_conditions_date_and_source(chicago: Point, tables: Tables) -> None:
    say = messages("my_cost", "en")
    paid = my_cost_help.help_html(my_cost(Answers("esketamine", "medicaid"), chicago, tables), tables, say)
    assert "You have government insurance, so you cannot use it." in paid
    assert "MA, MI, MN, RI" not in paid
    job = my_cost_help.help_html(my_cost(Answers("esketamine", "commercial"), chicago, tables), tables, say)
    assert "People who live in MA, MI, MN, RI cannot get that part." in job
    assert "That means you" not in job
    assert job.count("read in 2026") == 2
    boston = find("02118", tables).point
    assert "That means you" in my_cost_help.help_html(my_cost(Answers("esketamine", "commercial"), boston, tables), tables, say)


@pytest.mark.parametrize(
    ("place", "income", "household", "told_of"),
    [
        ("60601", "0", 1, True),
        ("60601", "30", 1, False),
        ("60601", "30", 4, True),
        ("75201", "0", 1, False),
        ("60601", "", 1, False),
        ("60601", "0", 0, False),
    ],
)
def test_medicaid_is_named_where_income_and_state_allow_it(place: str, income: str, household: int, told_of: bool, tables: Tables) -> None:
    """1.38 x 14,580 = 20,120 for one person, 1.38 x (14,580 + 3 x 5,140) = 41,400 for four; Texas has not expanded Medicaid."""
    mine = my_cost(Answers("iv", "self", "", income, household), find(place, tables).point, tables)
    words = my_cost_help.help_html(mine, tables, messages("my_cost", "en"))
    assert ("138 % of the poverty line" in words) is told_of


def test_where_no_road_leads_the_miles_are_straight_and_the_sentence_has_no_way(tables: Tables) -> None:
    say = messages("my_cost", "en")
    mine = my_cost(Answers("esketamine", "self"), find("99801", tables).point, tables)
    assert "No road leads from here" in my_cost_help.travel_html(mine, say)
    assert "driver" not in my_cost_words.sentences(mine, say)[0]


def test_the_journey_ends_with_its_cost_and_a_driver_for_the_spray_alone(chicago: Point, tables: Tables) -> None:
    say = messages("my_cost", "en")
    mine = my_cost(Answers("both", "medicare"), chicago, tables)
    course, year, drip = my_cost_words.sentences(mine, say)
    assert course.startswith("A first course of the spray from 60601 is 8 visits, about ")
    assert "with a driver each time. It costs you $2,331, plus $" in course
    assert year.startswith("A usual first year is 12 visits")
    assert "driver" not in drip
    assert "It costs you $2,244 to $4,155, plus" in drip


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.004, 0.008, "under 1 %"),
        (0.05, 0.08, "5 to 8 %"),
        (0.3, float("inf"), "over 30 %"),
        (0.0, 0.05, "under 5 %"),
        (0.051, 0.052, "5 %"),
    ],
)
def test_a_share_reads_as_a_range(low: float, high: float, words: str) -> None:
    assert my_cost_words.share_words(low, high, messages("my_cost", "en")) == words


def test_a_long_way_is_in_hours_as_near_me_says_it(tables: Tables) -> None:
    mine = my_cost(Answers("iv", "self"), find("59718", tables).point, tables)
    assert "and 2 hours 20 minutes by car, one way" in my_cost_help.travel_html(mine, messages("my_cost", "en"))
    assert "y 2 horas 20 minutos en auto, de ida" in my_cost_help.travel_html(mine, messages("my_cost", "es"))


def test_a_site_known_from_claims_alone_is_not_named_as_if_it_had_a_name(tables: Tables) -> None:
    mine = my_cost(Answers("esketamine", "self"), find("06880", tables).point, tables)
    assert "is a practice that billed Medicare, 129 Kings Hwy N in Westport" in my_cost_help.travel_html(mine, messages("my_cost", "en"))
    assert "es un consultorio que cobró a Medicare, 129 Kings Hwy N, en Westport" in my_cost_help.travel_html(
        mine, messages("my_cost", "es")
    )

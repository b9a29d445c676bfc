"""The page on costs without a browser: it answers, follows its controls, refuses with one door, and sends nothing that is closed."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from analytics.query import PAYERS, Query
from data.bundle import shipped
from maps.cover_words import RULES_CAPTION, RULES_NOTE
from tests.views.page import MAIN, asked

SECONDS = 60
COOK = {"place": "17031", "modality": "esketamine", "payer": "medicare", "schedule": "label_year_low"}


def costs(opened: tuple[str, ...] = (), **address: str) -> AppTest:
    """The page with this in its address, and these expanders and popovers open."""
    page = AppTest.from_file(MAIN, default_timeout=SECONDS)
    for name, value in address.items():
        page.query_params[name] = value
    page.switch_page("costs.py")
    for key in opened:
        page.session_state[key] = True
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    """All that the page says in its own HTML, as text with its tags."""
    return unescape(" ".join([element.proto.body for element in page.get("html")] + [element.value for element in page.markdown]))


def title(page: AppTest) -> str:
    return said(page).split('<h1 class="atlas-title">')[1].split("</h1>")[0]


def choose(page: AppTest, key: str, option: str) -> AppTest:
    page.selectbox(key=key).set_value(option).run()
    assert not page.exception
    return page


def test_it_opens_without_an_address_and_writes_none() -> None:
    page = costs()
    assert title(page) == "A first course of IV ketamine costs $2,244 to $4,155 paying oneself in the US"
    assert page.query_params == {}, "an address written on arrival would make Back a trap"


def test_what_a_year_per_label_costs_in_cook_county_from_what_how_sure_and_for_whom() -> None:
    text = said(costs(**COOK))
    assert "A first year of esketamine per label costs $9,434 to $15,444 on traditional Medicare in Cook County, IL" in text
    assert "34 to 56 visits in one calendar year" in text
    assert "worked out by rule from Medicare's amounts for visits in an office" in text
    assert "the label leaves open how often one comes from week 9 on, hence the range" in text
    assert (
        "For 56 % of households in Cook County, IL at 34 visits, and for 70 to 100 % at 56, this alone takes more than 10 % of a year's income"
        in text
    )


def test_both_ends_of_the_label_tell_one_title() -> None:
    low, high = costs(**COOK), costs(**{**COOK, "schedule": "label_year_high"})
    assert title(low) == title(high)
    assert "34 visits: the patient pays $9,434 of $46,036" in said(low)
    assert "56 visits: the patient pays $15,444 of $76,086" in said(high)


def test_the_address_sets_the_controls_and_the_controls_set_the_address() -> None:
    page = costs(**COOK)
    assert [page.selectbox(key=key).value for key in ("treatment", "schedule", "payer", "place")] == [
        "esketamine",
        "label_year_low",
        "medicare",
        "17031",
    ]
    choose(page, "payer", "medicaid")
    assert asked(page, "payer") == "medicaid"
    choose(page, "place", "28")
    assert asked(page, "place") == "28"
    assert title(page) == "A first year of esketamine per label costs $0 to $448 on Medicaid in Mississippi"
    tables_there = [one.label for one in page.expander]
    assert "Table: States by what Medicaid says of esketamine, and the people it covers there" in tables_there


def test_a_payer_brings_its_usual_treatment_as_long_as_nobody_chose_one() -> None:
    page = choose(costs(), "payer", "medicare")
    assert page.selectbox(key="treatment").value == "esketamine"
    assert "modality" not in page.query_params
    choose(page, "schedule", "label_year_high")
    choose(page, "payer", "self")
    assert page.selectbox(key="treatment").value == "iv"
    assert page.selectbox(key="schedule").value == "course", "there is no year of infusions"


def test_a_chosen_treatment_stays_and_is_refused_with_one_door() -> None:
    page = choose(costs(modality="iv"), "payer", "medicare")
    assert page.selectbox(key="treatment").value == "iv"
    text = said(page)
    assert "Ketamine by infusion for depression is off label and hardly ever covered." in text
    assert "Who pays" not in text, "the payers stand behind a click"
    doors = [button for button in page.button if button.label.startswith("Show ")]
    assert [door.label for door in doors] == ["Show what a first course of IV ketamine costs who pays oneself"]
    doors[0].click().run()
    assert not page.exception
    assert title(page).startswith("A first course of IV ketamine costs $2,244 to $4,155")
    assert asked(page, "measure") == Query().measure, "what Explore shows stays"


def test_infusions_have_a_first_course_and_no_year() -> None:
    page = choose(costs(**COOK), "treatment", "iv")
    assert page.selectbox(key="schedule").options == ["a first course"]
    assert page.selectbox(key="schedule").value == "course"


def test_a_kind_of_therapy_without_a_course_is_refused_too() -> None:
    page = costs(modality="oral")
    assert page.selectbox(key="treatment").value == "oral"
    assert "so that its cost cannot be added up" in said(page)


@pytest.mark.parametrize("place", ["us", "28", "17031", "0605", "09120"])
def test_every_payer_has_a_page_at_every_level(place: str) -> None:
    page = costs(place=place)
    for payer in PAYERS:
        choose(page, "payer", payer)
        for treatment in ("esketamine", "iv"):
            choose(page, "treatment", treatment)
            text = said(page)
            assert "nan" not in text.lower().replace("finan", "").replace("venan", "").replace("tenan", "").replace("sponan", "")
            assert ("there is no figure" in title(page)) != (" costs " in title(page))


def test_an_assumption_of_the_address_changes_the_bill_and_is_said() -> None:
    page = costs(**COOK, assumptions="medicare/part_b_deductible:300")
    # 300 + 0.20 * (46_035.78 - 300) = 9_447.16
    assert "costs $9,447 to " in title(page)
    assert "Changed by you: Part B deductible, $300 instead of $283." in said(page)
    assert "Changed by you" not in said(costs(**COOK))


def test_an_assumption_out_of_its_range_in_the_address_gets_a_sentence() -> None:
    page = costs(**COOK, assumptions="medicare/part_b_coinsurance:1.2")
    assert "can be set from 0 to 0.5; 1.2 is outside of that" in said(page)
    assert "costs $9,434 to " in title(page)


@pytest.mark.parametrize(("value", "told"), [(120, "from 0 % to 50 %; 120 % is outside of that"), (-10, "-10 % is outside of that")])
def test_an_assumption_out_of_its_range_gets_a_sentence_at_the_control(value: float, told: str) -> None:
    page = costs(open="assumptions", **COOK)
    page.number_input(key="assume medicare/part_b_coinsurance").set_value(value).run()
    assert not page.exception
    assert told in said(page)
    assert "costs $9,434 to " in title(page)
    page.number_input(key="assume medicare/part_b_coinsurance").set_value(25).run()
    assert told not in said(page)
    # 283 + 0.25 * (46_035.78 - 283) = 11_721.20
    assert "costs $11,721 to " in title(page)
    assert asked(page, "assumptions") == "medicare/part_b_coinsurance:0.25"


def test_the_panel_holds_what_this_bill_rests_on_and_no_more() -> None:
    keys = {one.key for one in costs(open="assumptions", **COOK).number_input}
    assert "assume medicare/part_b_deductible" in keys
    assert "assume affordability/burden_share.others" in keys
    assert not any("commercial/" in key or "va/" in key for key in keys)


def test_a_line_opens_its_source_and_its_assumption() -> None:
    page = costs(("source deductible", "source charge", "source total", "source coinsurance"), **COOK)
    text = said(page)
    assert "Name: <code>medicare/part_b_deductible</code>" in text
    assert page.number_input(key="assume here medicare/part_b_deductible").value == 283
    assert "1 × $960.42 + 33 × $1,365.92 = $46,035.78" in text
    assert "20 % × ($46,035.78 − $283.00) = $9,150.56" in text
    assert "$283.00 + $9,150.56 = $9,433.56" in text
    assert "https://www.cms.gov/medicare/payment/fee-schedules/physician" in text
    page.number_input(key="assume here medicare/part_b_deductible").set_value(0).run()
    assert "costs $9,207 to " in title(page), "0.20 * 46_035.78"


def test_what_is_closed_is_not_sent() -> None:
    page = costs(**COOK)
    text = said(page)
    for part in ("Name: <code>", "no mean is taken over them", "Too few", "One assumption at a time", "under 100 miles"):
        assert part not in text
    assert len(text) < 40_000


def test_the_panels_open() -> None:
    keys = (
        "payers",
        "groups",
        "tornado",
        "rules",
        "examples",
        "ranges",
        "copy",
        "table kinds",
        "table people",
        "table use",
        "table households",
    )
    text = said(costs(keys, **COOK))
    assert "Medicare Advantage" in text
    assert "no steady median" in text or "American Indian or Alaska Native" in text
    assert "One assumption at a time; as it is, 56 % of households" in text
    assert "Kensho Wellbeing" in text
    assert "People by kind of cover in Cook County, IL" in text
    assert "Claims for esketamine and gross spending on it" in text
    assert text.count('<p class="atlas-source">Source: ') == 6, "households, states, Medicare, prices, people, what is paid for"


def test_a_table_of_cover_opens_with_what_must_be_read_beside_it() -> None:
    words = {"payer": "medicaid", "place": "28"}
    closed, opened = said(costs(**words)), said(costs(("table medicaid",), **words))
    caption = f"<caption>{RULES_CAPTION}</caption>"
    assert caption not in closed
    assert RULES_NOTE not in closed
    table = opened[opened.index(caption) :]
    note = table.index(RULES_NOTE)
    assert table.index("</table>") < note < table.index('<p class="atlas-source">Source: '), "the table, its note, its sources"


def test_all_that_is_in_doubt_is_drawn_when_asked_for() -> None:
    page = costs(("tornado",), **COOK)
    assert "in nine of ten draws" not in said(page)
    page.button(key="draw").click().run()
    assert not page.exception
    assert "All that is in doubt drawn at once, 1,000 times: 53 to 56 % of households" in said(page)
    choose(page, "place", "28")
    assert "in nine of ten draws" not in said(page), "another question was not drawn"


def test_nobody_is_asked_for_what_they_earn() -> None:
    page = costs(open="assumptions", **COOK)
    assert [one.key for one in page.text_input] == ["search", "amount at zip"], "places to look up, and nothing of a person"
    assert set(choose(page, "payer", "medicaid").query_params) <= {
        "measure",
        "level",
        "place",
        "modality",
        "payer",
        "schedule",
        "open",
        "v",
    }


def test_a_place_that_is_looked_for_is_shown_here() -> None:
    page = costs(**COOK)
    page.text_input(key="search").set_value("Hinds County MS").run()
    assert not page.exception
    assert title(page).endswith("in Hinds County, MS")
    assert asked(page, "payer") == "medicare"


def test_what_an_address_says_is_shown_as_text_only() -> None:
    text = said(costs(payer="<script>alert(1)</script>"))
    assert "which this atlas does not know" in text
    assert "<script>" not in " ".join(element.proto.body for element in costs(payer="<script>alert(1)</script>").get("html"))


def test_medicares_amount_at_a_zip_code_and_why_there_is_none() -> None:
    page = costs(place="39")
    page.text_input(key="amount at zip").set_value("43215").run()
    # The national amounts of 2026 are made local by Ohio's indices; the table of localities has the product.
    ohio = shipped()["medicare_amounts"]
    ohio = ohio[(ohio["year"] == 2026) & (ohio["locality"] == "15202-00")].set_index("hcpcs")["allowed_usd"]
    told = f"Medicare allows ${ohio['G2082']:,.2f} up to 56 mg and ${ohio['G2083']:,.2f} over 56 mg for a visit in an office in 2026."
    assert f"At ZIP code 43215, in the payment locality Ohio, {told}" in said(page)
    assert "43215" not in str(page.query_params)
    for typed, why in (
        ("4321", "A ZIP code has five digits"),
        ("00901", "lies in a territory"),
        ("00000", "is not in the fifty states"),
        ("43041", "has no area of its own"),
        ("<b>x", "A ZIP code has five digits"),
    ):
        page.text_input(key="amount at zip").set_value(typed).run()
        assert not page.exception
        assert why in said(page)

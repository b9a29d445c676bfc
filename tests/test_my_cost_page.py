"""My cost without a browser: every question can be skipped, answers stand in no address, and what is typed wrongly is told kindly."""

from __future__ import annotations

import ast
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from maps.messages import messages

MAIN = str(Path(__file__).resolve().parents[1] / "views" / "main.py")
SECONDS = 60


def opened(address: dict[str, str] | None = None, **state: object) -> AppTest:
    """The page with these answers, such as cost_payer="va"."""
    page = AppTest.from_file(MAIN, default_timeout=SECONDS)
    for word, text in (address or {}).items():
        page.query_params[word] = text
    page.run().switch_page("my_cost.py")  # known once the pages are registered
    for key, value in state.items():
        page.session_state[key.replace("_", " ")] = value
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return unescape(" ".join(element.proto.body for element in page.get("html")))


def title(page: AppTest) -> str:
    return said(page).partition('<h1 class="atlas-title">')[2].partition("</h1>")[0]


def test_with_every_question_skipped_there_is_an_answer_and_what_is_kept_is_said() -> None:
    page = opened()
    text = said(page)
    assert "Your insurance decides most" in title(page)
    assert "not known" in text, "TRICARE has no figures"
    assert "dropped at most two minutes after your visit ends" in text
    assert "988" in text
    assert "not medical advice" in text
    assert 'role="status"' not in text
    # The place box of the header is no question; income and people of the home are one.
    keys = [one.key for one in (*page.text_input, *page.radio, *page.selectbox) if str(one.key).startswith("cost ")]
    assert keys == ["cost typed", "cost therapy", "cost payer", "cost income", "cost household"]


def test_answers_change_the_answer_and_are_in_no_address() -> None:
    page = opened(cost_typed="60601", cost_payer="medicare", cost_therapy="esketamine", cost_income="30", cost_household=2)
    assert title(page) == "A first course of the spray may cost you $2,331"
    assert "5 to 8 % of a year's income" in said(page)
    assert 'class="my-cost-picture" role="img" aria-label="Bars of what you may pay. Spray, first course: $2,331' in said(page)
    assert not {"zip", "income", "payer"} & set(page.query_params)
    assert "60601" not in str(dict(page.query_params))
    page.radio(key="cost detail medicare").set_value("deductible_met").run()
    assert title(page).endswith("$2,104")
    page.switch_page("near_me.py").run().switch_page("my_cost.py").run()
    assert title(page).endswith("$2,104"), "a look at another page loses nothing"


def test_another_payer_asks_its_own_detail_or_none() -> None:
    page = opened(cost_payer="commercial")
    assert page.radio(key="cost detail commercial").options == [
        messages("my_cost")(f"detail.{one}") for one in ("", "deductible_met", "limit_reached")
    ]
    page.selectbox(key="cost payer").set_value("medicaid").run()
    assert [one.key for one in page.radio] == ["cost therapy"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1001", "five digits"),
        ("606011", "five digits"),
        ("6o6o1", "no letters"),
        ("00601", "US territory"),
        ("Springfield", "more than one"),
        ("<img src=x onerror=alert(7)>", "<img src=x"),
    ],
)
def test_what_is_no_place_is_told_and_the_rest_goes_on(typed: str, words: str) -> None:
    page = opened(cost_typed=typed, cost_payer="medicaid")
    told = said(page).partition('role="status">')[2].partition("</p>")[0]
    assert words in told
    assert title(page).startswith("A first course may cost you $0 to $64")
    assert '<img src="x"' not in " ".join(element.proto.body for element in page.get("html"))


def test_a_suggestion_is_a_place() -> None:
    page = opened(cost_typed="Springfield")
    next(one for one in page.button if one.label.startswith("Springfield, MO")).click().run()
    assert "Prices for Springfield, MO" in said(page)


def test_a_place_that_was_chosen_on_another_page_gives_its_prices_until_one_is_typed() -> None:
    page = opened({"measure": "uninsured", "level": "county", "place": "17031"}, cost_payer="medicare", cost_therapy="esketamine")
    assert "Prices for Cook County, IL" in said(page)
    assert title(page).endswith("$2,331")
    page.text_input(key="cost typed").set_value("59718").run()
    assert "Prices for 59718" in said(page)


def test_a_link_with_a_zip_code_fills_the_box_and_holds_no_other_answer() -> None:
    page = opened({"zip": "60601"})
    assert "Prices for 60601" in said(page)
    page = opened({"zip": "1001"})
    assert "five digits" in said(page)


def test_the_page_speaks_spanish() -> None:
    page = opened({"lang": "es"}, cost_typed="60601", cost_payer="medicare", cost_therapy="esketamine", cost_income="30")
    assert title(page) == "Un primer ciclo con el aerosol le puede costar $2,331"
    text = said(page)
    assert "5 a 8 % de un año de ingresos" in text
    assert "988" in text
    assert "no es consejo médico" in text
    for english in ("You may", "first course", "insurance", " miles"):
        assert english not in text.partition("<h1")[2].partition('<details class="my-cost-sources"')[0], english


def test_no_name_of_the_pages_module_holds_an_answer() -> None:
    tree = ast.parse((Path(MAIN).parent / "my_cost.py").read_text(encoding="utf-8"))
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for one in node.targets
        for target in ast.walk(one)
        if isinstance(target, ast.Name)
    }
    assert names == {"KEPT", "tables", "say", "query", "view", "_"}
    assert all(isinstance(node, ast.Assign | ast.Expr | ast.FunctionDef | ast.Import | ast.ImportFrom) for node in tree.body)

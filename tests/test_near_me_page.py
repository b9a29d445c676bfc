"""Near me without a browser: what is typed becomes a list, a sentence or a few buttons, and stands in no address."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.page import MAIN, texts

SECONDS = 60


def opened(typed: str = "", address: dict[str, str] | None = None, **state: object) -> AppTest:
    """The page with this in its box and these choices made, at an address that says this."""
    page = AppTest.from_file(MAIN, default_timeout=SECONDS).run().switch_page("near_me.py")  # known once the pages are registered
    for word, text in (address or {}).items():
        page.query_params[word] = text
    state = {"near typed": typed, **state} if typed or state else state
    for key, value in state.items():
        page.session_state[key] = value
    page.run()
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def entries(page: AppTest) -> int:
    return texts(page).count("<li value=")


def test_before_anything_is_typed_the_page_says_what_it_does_and_keeps() -> None:
    page = opened()
    assert '<h1 class="atlas-title">Find ketamine therapy near you</h1>' in texts(page)
    assert "in no log, in no file" in texts(page)
    assert "988" in texts(page)
    assert 'role="status"' not in texts(page)
    assert entries(page) == 0


@pytest.mark.parametrize("typed", ["60601", "59718", "99801", "96766", "06510", "Bozeman, MT"])
def test_a_place_ends_in_a_useful_answer(typed: str) -> None:
    page = opened(typed)
    text = texts(page)
    assert entries(page) > 0
    assert (
        text.index("<h1") < text.index('<ol class="near-list"') < text.index("What else there is") < text.index("not for finding")
        if ("not for finding" in text)
        else "too far away" in text
    )
    assert "tel:+1" in text
    assert 'near-sketch"><img src="data:image/svg+xml;base64,' in text
    assert "988" in text
    assert page.get("download_button")[0].proto.label == "Download a call sheet (HTML)"


def test_what_is_typed_is_in_no_address() -> None:
    assert "60601" not in str(dict(opened("60601").query_params))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1001", "five digits"),
        ("606011", "five digits"),
        ("6O601", "no letters"),
        ("59771", "for mail boxes"),
        ("00901", "US territory"),
        ("09012", "We do not know the ZIP code"),
        ("Springfield", "more than one Springfield"),
        ("Iowa", "too large"),
        ("Qwxyz", "no place called"),
    ],
)
def test_what_is_no_place_has_a_sentence(typed: str, sentence: str) -> None:
    page = opened(typed)
    assert sentence in texts(page)
    assert 'role="status"' in texts(page)
    assert entries(page) == 0


def test_a_suggestion_is_a_button_that_leads_there_until_something_else_is_typed() -> None:
    page = opened("Springfield")
    button = next(one for one in page.button if one.label == "Springfield, MA (Hampden County)")
    page = button.click().run()
    assert not page.exception
    assert "Springfield, MA" in texts(page).split("</h1>")[0]
    assert page.text_input(key="near typed").value == "Springfield, MA (Hampden County)"
    page = page.text_input(key="near typed").set_value("60601").run()
    assert "60601" in texts(page).split("</h1>")[0]


def test_an_empty_box_holds_no_place_whatever_was_picked_before() -> None:
    assert "Find ketamine therapy near you" in texts(opened("", **{"near chosen": "zip:60601"}))
    assert "60601" in texts(opened("x", **{"near chosen": "zip:60601"})).split("</h1>")[0]


def test_markup_is_shown_as_text() -> None:
    for typed in ("<b onclick=x>hey</b>", "<script>alert()</script>", "*bold* :red[x] $x$", '"><img src=x>'):
        text = texts(opened(typed))
        assert not any(tag in text for tag in ("<b ", "<script", "<img src=x"))


def test_the_long_list_opens_when_asked() -> None:
    page = opened("60601", **{"near within": 120.0})
    button = next(one for one in page.button if one.label.startswith("Show all "))
    assert entries(page) == 12
    page = button.click().run()
    assert entries(page) == int(button.label.removeprefix("Show all "))
    assert not [one for one in labels(page) if one.startswith("Show all ")]
    page = page.text_input(key="near typed").set_value("60602").run()
    assert entries(page) == 12, "of another place the first ones again"


def test_choices_change_the_answer() -> None:
    usual = opened("06510")
    medicaid = opened("06510", **{"near paying": "medicaid"})
    veterans = opened("06510", **{"near paying": "veteran", "near within": 60.0})
    spray = opened("06510", **{"near modality": "esketamine"})
    assert "that takes Medicaid is under 1 mile" in texts(medicaid)
    assert "listed site for veterans" in texts(veterans)
    assert "esketamine site" in texts(spray)
    assert len({texts(page) for page in (usual, medicaid, veterans, spray)}) == 4


def test_a_mistake_is_reported_where_the_site_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAS_PUBLIC_URL", raising=False)
    assert "tell the people who run this site" in texts(opened("60601"))
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://example.org/atlas")
    assert 'href="https://example.org/atlas/issues"' in texts(opened("60601"))


def test_the_page_speaks_spanish() -> None:
    page = opened("60601", {"lang": "es"})
    text = texts(page)
    assert "El sitio conocido más cercano está en Chicago" in text
    assert [one.label for one in page.main.selectbox] == ["Tipo de terapia", "Cómo paga usted", "Hasta qué distancia"]
    assert page.selectbox(key="near paying").options[1] == "Medicaid"
    assert page.selectbox(key="near within").options[0] == "a menos de 10 millas"
    assert "oprima 2 para español" in text


def test_a_link_with_a_zip_code_fills_the_box_once_and_says_what_it_tells() -> None:
    page = opened("", {"zip": "60601"})
    assert page.text_input(key="near typed").value == "60601"
    assert "60601" in texts(page).split("</h1>")[0]
    assert not page.code, "the link is made when it is asked for"
    page = page.text_input(key="near typed").set_value("06103").run()
    assert "06103" in texts(page).split("</h1>")[0]
    page.session_state["near link"] = True
    page = page.run()
    assert page.code[0].value.endswith("?zip=06103&lang=en")
    assert "Who gets the link can see that ZIP code" in texts(page)


def test_a_link_with_nonsense_has_a_sentence() -> None:
    assert "five digits" in texts(opened("", {"zip": "1001"}))
    text = texts(opened("", {"zip": "<script>alert()</script>" * 99}))
    assert "no place called" in text
    assert "<script" not in text


def test_my_cost_takes_the_place_along_in_memory() -> None:
    page = opened("60601")
    page = next(one for one in page.button if one.label == "See what it may cost me").click().run()
    assert not page.exception
    assert page.text_input(key="cost typed").value == "60601"
    assert "60601" not in str(dict(page.query_params))


def test_no_name_of_the_pages_module_holds_an_answer() -> None:
    """Python keeps the module of the last run, so a name in it would hold a ZIP code after the visit."""
    tree = ast.parse((Path(MAIN).parent / "near_me.py").read_text(encoding="utf-8"))
    assert all(isinstance(node, ast.Assign | ast.Expr | ast.FunctionDef | ast.Import | ast.ImportFrom) for node in tree.body)
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    names = {one.id for node in assigned for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    assert names == {"tables", "say"}

"""About ketamine therapy without a browser: both languages, two numbers of the atlas with their doors, no advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

MAIN = str(Path(__file__).resolve().parents[1] / "views" / "main.py")
SECONDS = 60


@pytest.mark.parametrize(
    ("lang", "title", "door", "not_advice"),
    [
        ("en", "What is known about ketamine therapy, and what is not", "See what it costs, payer by payer", "It is not medical advice"),
        ("es", "Qué se sabe de la terapia con ketamina y qué no", "Ver cuánto cuesta según quién paga", "No es consejo médico"),
    ],
)
def test_the_page_stands_in_both_languages(lang: str, title: str, door: str, not_advice: str) -> None:
    page = AppTest.from_file(MAIN, default_timeout=SECONDS).run().switch_page("about.py")
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    said = " ".join(element.proto.body for element in page.get("html"))
    assert f'<h1 class="atlas-title">{title}</h1>' in said
    assert not_advice in said
    assert "988" in said
    assert [one.proto.label for one in page.get("page_link")].count(door) == 1
    written = " ".join(one.value for one in page.markdown)
    assert written.count("<h2 ") == 10
    assert 'class="about-trials"' in written

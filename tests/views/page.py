"""A page without a browser: opened at an address, what it says, and what its address says then."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

MAIN = str(Path(__file__).resolve().parents[2] / "views" / "main.py")
SECONDS = 180
"""A first answer of the nation may have to be worked out."""


def visited(file: str, **words: str) -> AppTest:
    """A page by the name of its script, at an address of these words."""
    page = AppTest.from_file(MAIN, default_timeout=SECONDS)
    for name, value in words.items():
        page.query_params[name] = value
    page.switch_page(file).run()
    assert not page.exception
    return page


def explored(**words: str) -> AppTest:
    """Explore, by county where the words name no level."""
    return visited("explore.py", **{"level": "county", **words})


def texts(page: AppTest) -> str:
    """All HTML that the page sends, one piece after the other."""
    return " ".join(element.proto.body for element in page.get("html"))


def asked(page: AppTest, name: str) -> str:
    """A word of the address, "" where it is not in it."""
    value = page.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value

"""How the pages stand: nobody outside is asked, everybody can read them, on a phone as on a desk, by day as by night."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

Begin = Callable[..., Visit]

PAGES = {
    "start": "/",
    "near-me": "/near-me",
    "my-cost": "/my-cost",
    "explore": "/explore",
    "costs": "/costs",
    "place": "/place?place=35013",
    "about": "/about",
    "methods": "/methods",
}
WIDTHS = {360: 740, 1440: 900}
EVERYWHERE = [(page, width, dark) for page in PAGES for width, dark in ((360, True), (1440, False))]
"""Both widths and both themes of every page in two loads; CI's time is short, and colours do not hang on the width."""
NAMES = [f"{page}-{width}-{'dark' if dark else 'light'}" for page, width, dark in EVERYWHERE]
LIGHT = {"start", "near-me", "about"}
"""Pages for the public, which do without plotly."""
MAP = {"start": ".atlas-picture", "explore": ".st-key-map"}
"""What shows the map: the picture, or the frame that clips plotly's drawing to the land."""


def opened(visit: Begin, page: str, width: int, dark: bool) -> Visit:
    seen = visit(PAGES[page], width=width, height=WIDTHS[width], dark=dark)
    return seen.wait_for_map(3_144) if page == "explore" else seen


@pytest.mark.parametrize(("page", "width", "dark"), EVERYWHERE, ids=NAMES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit: Begin, page: str, width: int, dark: bool) -> None:
    seen = opened(visit, page, width, dark)
    seen.picture(f"{page}-{width}-{'dark' if dark else 'light'}")
    assert seen.sideways() <= 0
    seen.expect_accessible()
    assert page not in LIGHT or not seen.plotly()


@pytest.mark.parametrize("page", MAP)
def test_on_a_phone_the_title_is_first_and_short_and_the_map_is_near(visit: Begin, page: str) -> None:
    seen = opened(visit, page, 360, False)
    assert 1 <= seen.lines_of_title() <= 3
    title, map_ = seen.box("h1"), seen.box(MAP[page])
    assert map_["y"] < 480
    assert title["y"] < map_["y"]
    for control in seen.page.locator('[data-testid="stSelectbox"]').all():
        box = control.bounding_box()
        assert box is not None
        assert title["y"] < box["y"], "the title stands before the controls"
    assert map_["width"] <= 360


@pytest.mark.parametrize(("place", "width"), [("us", 360), ("us", 1440), ("48", 1440), ("02", 360), ("15", 1440), ("36", 360)])
def test_the_frame_is_as_tall_as_the_map_and_cuts_nothing(visit: Begin, place: str, width: int) -> None:
    address = f"/explore?measure=depression&level=county&place={place}"
    seen = visit(address, width=width, height=WIDTHS[width]).wait_for_map(5)
    frame, land = seen.box(MAP["explore"]), seen.land()
    seen.picture(f"frame-{place}-{width}")
    # Albers USA throws the last of the Aleutians far to the west; in the nation they may leave the frame, in Alaska they may not.
    spared = 0.06 * frame["width"] if place == "us" else 1
    assert frame["x"] - spared <= land["x"]
    assert land["x"] + land["width"] <= frame["x"] + frame["width"] + 1
    assert frame["y"] - 1 <= land["y"]
    assert land["y"] + land["height"] <= frame["y"] + frame["height"] + 1
    assert max(land["height"] / frame["height"], land["width"] / frame["width"]) > 0.75, "the land fills the frame one way"
    assert land["height"] / frame["height"] > 0.6, "no hole above or beneath the land"


@pytest.mark.parametrize(("place", "width", "beside"), [("48", 1440, True), ("us", 1440, False), ("48", 360, False)])
def test_what_is_said_of_a_state_stands_beside_its_map_where_there_is_room(visit: Begin, place: str, width: int, beside: bool) -> None:
    seen = visit(f"/explore?measure=depression&level=county&place={place}", width=width).wait_for_map(254)
    map_, said = seen.box(MAP["explore"]), seen.box(".st-key-said")
    right_of_it = said["x"] >= map_["x"] + map_["width"]
    assert right_of_it == beside
    assert (said["y"] < map_["y"] + map_["height"]) == beside


@pytest.mark.parametrize(
    ("page", "one", "other"),
    [
        ("/near-me?zip=60647", ".near-list", ".near-sketch"),
        ("/methods", ".st-key-methods h2", ".atlas-contents"),
        ("/my-cost", ".st-key-my-cost-questions", ".near-heading"),
    ],
)
def test_a_wide_screen_shows_side_by_side_what_belongs_together(visit: Begin, page: str, one: str, other: str) -> None:
    seen = visit(page)
    left, right = seen.box(one), seen.box(other)
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 200
    assert seen.sideways() <= 0


def test_on_a_phone_nothing_is_cut_in_a_control(visit: Begin) -> None:
    seen = opened(visit, "explore", 360, False)
    assert not seen.cut()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_scrolls_under_wheel_over_the_map(visit: Begin, width: int) -> None:
    seen = opened(visit, "explore", width, False)
    box = seen.box(".js-plotly-plot")
    seen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + min(box["height"], 200) / 2)
    before = seen.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop")
    seen.page.mouse.wheel(0, 300)
    seen.page.wait_for_function("before => document.querySelector('[data-testid=stMain]').scrollTop > before", arg=before)


def test_text_at_twice_its_size_is_whole_and_nothing_scrolls_sideways(visit: Begin) -> None:
    """WCAG 1.4.4: on a screen of 1,280 pixels, every page in turn."""
    for page in PAGES:
        seen = visit(PAGES[page], width=1280)
        seen.page.add_style_tag(content="html { font-size: 200% !important; }")
        seen.wait()
        assert seen.sideways() <= 0, page
        cut = seen.page.evaluate(
            "() => Array.from(document.querySelectorAll('h1, h2, p, li, label, button, a'))"
            ".filter(e => e.clientWidth > 1 && getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
        assert not cut, (page, cut)
        seen.picture(f"{page}-twice-the-text")
        seen.close()


def test_start_shows_its_map_without_plotly(visit: Begin) -> None:
    seen = visit("/")
    picture = seen.page.locator(".atlas-picture")
    expect(picture).to_be_visible()
    seen.page.wait_for_function("() => { const i = document.querySelector('.atlas-picture'); return i.complete && i.naturalWidth > 0 }")
    assert len(picture.get_attribute("alt") or "") > 40
    assert not seen.plotly()


def test_nobody_outside_is_asked_even_where_everything_is_used(visit: Begin) -> None:
    seen = visit("/")
    seen.page.get_by_role("link", name="Explore this map").click()
    seen.wait_for_map(3_144)
    seen.page.get_by_text("Table: ").click()
    expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()
    seen.wait()
    assert {urlsplit(url).hostname for url in seen.sent if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert not seen.outside
    assert not seen.refused()


def test_the_policy_and_the_long_lives_are_in_the_headers(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(3_144)
    answer = seen.page.request.get(seen.site + "/")
    policy = answer.headers["content-security-policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "form-action 'self'", "base-uri 'self'"):
        assert rule in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    geometry = next(url for url in seen.sent if "/geometry/county" in url)
    answer = seen.page.request.get(geometry)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] in {"gzip", "br"}


def test_the_map_says_in_words_what_it_shows(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(3_144)
    described = seen.page.locator('[data-testid="stPlotlyChart"]')
    words = described.evaluate("e => [e, ...e.querySelectorAll('*')].map(n => n.getAttribute('aria-label') || '').join(' ') + e.innerText")
    assert "Map of 3,144 counties" in words

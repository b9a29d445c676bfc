"""What stands round the pages in a real browser: language and title as pages change, and a view in the frame of another site."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from maps.view import TOGETHER
from tests.browser.visit import Visit

Begin = Callable[..., Visit]
FRAME = "/embed/explore?measure=depression&level=county&place=48"
WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_language_and_window_follow_the_page(visit: Begin) -> None:
    seen = visit("/near-me")
    page = seen.page
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page).to_have_title("Ketamine therapy near you - Ketamine Access Atlas")
    page.get_by_role("link", name="En español").click()
    expect(page).to_have_title("Terapia con ketamina cerca de usted - Ketamine Access Atlas")
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.evaluate("document.querySelector('link[rel~=icon]').getAttribute('href')").endswith("/favicon.svg")
    seen.open("/explore?measure=depression&level=state").wait_for_map(51)
    expect(page).to_have_title(re.compile(r"^22 % of adults in the US were ever diagnosed with depression - "))
    seen.search("77002")
    seen.expect_asked(place="48201")
    expect(page).to_have_title(re.compile("Harris County, TX"))


@pytest.mark.parametrize("path", ["/", "/explore", "/place?place=35013"])
def test_the_browser_connects_without_looking_for_the_server(visit: Begin, path: str) -> None:
    seen = visit(path)
    looked = [url for url in seen.sent if re.search(r"/[a-z-]+/_stcore/", url)]
    assert looked == []


@pytest.fixture
def article() -> Iterator[Callable[[str], str]]:
    """article(html) puts a page on another site and returns its address: to a browser another name of this machine is another site."""
    shown: list[bytes] = []

    class Article(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/article"
            self.send_response(200 if found else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(shown[-1] if found else b"")

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Article)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def put(html: str) -> str:
        shown.append(html.encode())
        return f"http://localhost:{server.server_port}/article"

    yield put
    server.shutdown()
    server.server_close()


def test_a_view_stands_in_the_frame_of_another_site(visit: Begin, article: Callable[[str], str]) -> None:
    seen = visit("/near-me", width=360, height=740)
    page = seen.page
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(seen.site + FRAME)
        expect(page.locator("h1")).to_contain_text("adults in Texas were ever diagnosed with depression")
        drawn = page.locator("svg").bounding_box()
        assert drawn is not None
        assert drawn["width"] > 300
        assert drawn["height"] > 180
        seen.picture(f"embed-360-{theme}")
        seen.expect_accessible()
    for width in (300, 1000):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.evaluate(WINDOW) <= 0
        seen.picture(f"embed-{width}")
    page.goto(
        article(f'<h1>An article</h1><iframe src="{seen.site}{FRAME}" title="Depression in Texas" width="700" height="780"></iframe>')
    )
    inside = page.frame_locator("iframe")
    expect(inside.locator("h1")).to_contain_text("depression")
    expect(inside.get_by_role("img")).to_be_visible()
    seen.picture("embed-in-an-article")
    with seen.context.expect_page() as opened:
        inside.get_by_role("link", name="Explore this map").click()
    expect(opened.value).to_have_url(re.compile(rf"^{re.escape(seen.site)}/explore\?measure=depression"))
    opened.value.close()


SIZES = """() => [...document.querySelectorAll('main *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => (e.getScreenCTM && e instanceof SVGGraphicsElement ? e.getScreenCTM().a : 1) * parseFloat(getComputedStyle(e).fontSize))"""


@pytest.mark.parametrize("together", TOGETHER)
def test_two_measures_stand_in_a_frame_on_a_phone_and_on_a_wide_screen(visit: Begin, together: str) -> None:
    seen = visit("/near-me", width=360, height=960)
    page = seen.page
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (360, 1200):
            page.set_viewport_size({"width": width, "height": 960})
            page.goto(f"{seen.site}{FRAME}&second=measure:uninsured&together={together}&selected=48201")
            for picture in page.get_by_role("img").all():
                drawn = picture.bounding_box()
                assert drawn is not None
                assert drawn["width"] > 270
                assert drawn["height"] > 180
            assert page.evaluate(WINDOW) <= 0, f"{width} px are not enough"
            assert min(page.evaluate(SIZES)) >= 12, "the least size of type"
            seen.picture(f"embed-{together}-{width}-{theme}")
            seen.expect_accessible()

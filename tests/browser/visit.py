"""One visit to the site in a real Chromium: what it shows, asks and complains about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Route, WebSocket, expect

from analytics.indicators import indicators
from maps.messages import LANGUAGES, messages

ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artefacts"
LOCAL = {"127.0.0.1", "localhost"}
PATIENCE_MS = 15_000
SEARCH = re.compile("^(" + "|".join(messages("head", lang)("search") for lang in LANGUAGES) + ")$")
"""The label of the search box, in any language."""

AREAS = "path.choroplethlocation"
READ_MAP = """() => Array.from(document.querySelectorAll('.js-plotly-plot path.choroplethlocation')).flatMap(path => {
  const trace = path.parentNode.__data__[0].trace, box = path.getBBox(), style = getComputedStyle(path);
  return trace.hoverinfo === 'skip' ? [] : [{
    geoid: path.__data__.loc, fill: style.fill, stroke: style.stroke, opacity: Number(style.opacity) * Number(style.fillOpacity),
    x: box.x, y: box.y, width: box.width, height: box.height,
    colour: trace.colorscale.length > 2,
  }];
})"""
WATCH_POLICY = """
window.__refused = [];
document.addEventListener('securitypolicyviolation', e => window.__refused.push(`${e.violatedDirective}: ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""


class Visit:
    """A new visitor: own browser context, the network shut to everything but this machine, all complaints kept."""

    def __init__(self, browser: Browser, site: str, width: int = 1440, height: int = 900, dark: bool = False) -> None:
        self.site = site
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.sent: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
            has_touch=width < 600,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.route("**/*", self._pass_local)
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("websocket", self._note_socket)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _pass_local(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in LOCAL:
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _note_request(self, request: Request) -> None:
        self.sent.append(request.url)

    def _note_socket(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname not in LOCAL:
            self.outside.append(socket.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    # --- going ---

    def open(self, address: str) -> Visit:
        """Open an address of the site, such as /explore?measure=sites, and wait until it stands."""
        self.page.goto(self.site + address if address.startswith("/") else address)
        return self.wait()

    def wait(self) -> Visit:
        """Until the title stands, the server has nothing more to say and no piece is still being fetched."""
        expect(self.title).to_be_visible(timeout=PATIENCE_MS)
        expect(self.page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)
        expect(self.page.get_by_label(SEARCH)).to_be_visible(timeout=PATIENCE_MS)
        expect(self.page.locator('[data-testid="stSkeleton"]')).to_have_count(0, timeout=PATIENCE_MS)
        return self

    def wait_for_map(self, at_least: int = 1) -> Visit:
        """Until the map has drawn so many places."""
        self.page.wait_for_function(f"n => document.querySelectorAll('.js-plotly-plot {AREAS}').length >= n", arg=at_least)
        return self.wait()

    def choose(self, label: str, option: str) -> None:
        """Choose in one of the controls, as a person would: open it, type (long lists show only what is near) and press the option."""
        control = self.control(label)
        control.click()
        control.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()

    def search(self, text: str) -> None:
        box = self.page.get_by_label(SEARCH)
        box.fill(text)
        box.press("Enter")

    # --- seeing ---

    @property
    def title(self) -> Locator:
        return self.page.locator("h1")

    def control(self, label: str) -> Locator:
        """The list of choices with that label."""
        return self.page.get_by_role("combobox", name=label, exact=True)

    def expect_asked(self, **wanted: str) -> None:
        """Until the address asks for this."""
        for name, value in wanted.items():
            expect(self.page).to_have_url(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"), timeout=PATIENCE_MS)

    def expect_path(self, path: str) -> None:
        """Until this page stands."""
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(self.site + path)}([?#]|$)"), timeout=PATIENCE_MS)
        self.wait()

    def expect_measure(self, measure: str) -> None:
        """Until title, control and address all speak of this measure."""
        self.expect_asked(measure=measure)
        self.wait()
        expect(self.control("Show")).to_have_value(indicators()[measure].label, timeout=PATIENCE_MS)

    def areas(self) -> dict[str, dict[str, Any]]:
        """The places the map has drawn, by geoid."""
        drawn = self.page.evaluate(READ_MAP)
        return {area["geoid"]: area for area in drawn if area["width"] > 0 and area["height"] > 0}

    def figure(self) -> list[dict[str, Any]]:
        """The traces of the figure that carry places with a hover."""
        return self.page.evaluate(
            "() => document.querySelector('.js-plotly-plot').data.filter(t => t.type === 'choropleth' && t.hoverinfo !== 'skip')"
            ".map(t => ({geojson: t.geojson, locations: Array.from(t.locations)}))"
        )

    def box(self, selector: str) -> dict[str, float]:
        """Where something stands on the page: x, y, width, height in pixels."""
        found = self.page.locator(selector).first.bounding_box()
        assert found is not None, f"{selector} is not on the page"
        return dict(found)

    def land(self) -> dict[str, float]:
        """Where the drawn places stand on the page, all together: x, y, width, height in pixels."""
        return dict(
            self.page.evaluate(
                "selector => { const boxes = Array.from(document.querySelectorAll(selector)).map(e => e.getBoundingClientRect()).filter(b => b.width > 0);"
                " const x = Math.min(...boxes.map(b => b.left)), y = Math.min(...boxes.map(b => b.top));"
                " return {x, y, width: Math.max(...boxes.map(b => b.right)) - x, height: Math.max(...boxes.map(b => b.bottom)) - y} }",
                f".js-plotly-plot {AREAS}",
            )
        )

    def lines_of_title(self) -> int:
        """How many lines the title takes."""
        return int(
            self.title.evaluate(
                "e => { const r = document.createRange(); r.selectNodeContents(e);"
                " return new Set(Array.from(r.getClientRects()).map(b => Math.round(b.top))).size }"
            )
        )

    def sideways(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(
            self.page.evaluate(
                "() => Math.max(...['html', 'body', '[data-testid=stApp]', '[data-testid=stMain]'].map(s => document.querySelector(s))"
                ".filter(Boolean).map(e => e.scrollWidth - e.clientWidth))"
            )
        )

    def cut(self) -> list[str]:
        """Words of buttons and of lists to choose from that do not fit into them."""
        return list(
            self.page.evaluate(
                "() => Array.from(document.querySelectorAll('[data-testid=stSelectbox] [data-baseweb=select] *, button'))"
                ".filter(e => e.children.length === 0 && e.textContent.trim() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)"
                ".map(e => e.textContent)"
            )
        )

    def plotly(self) -> list[str]:
        """Requests for the library that draws charts: pages for the public do without, a phone would wait for it."""
        return [url for url in self.sent if "plotly" in url.lower()]

    def expect_accessible(self) -> None:
        """axe finds nothing."""
        found = Axe().run(self.page).response["violations"]
        assert not found, "\n".join(
            f"{one['id']} ({one['impact']}): {one['help']}: {[node['html'][:160] for node in one['nodes']][:3]}" for one in found
        )

    def picture(self, name: str) -> Path:
        """A screenshot for people to look at."""
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def refused(self) -> list[str]:
        """What the content security policy kept out."""
        return list(self.page.evaluate("() => window.__refused"))

    def close(self) -> None:
        """End the visit; it may have asked nobody else, hurt no policy and complained of nothing."""
        refused = self.refused() if not self.page.is_closed() else []
        self.context.close()
        assert not self.outside, f"asked for something outside: {self.outside}"
        assert not refused, f"the content security policy was violated: {refused}"
        assert not self.complaints, f"the browser's console shows errors: {self.complaints}"

"""The pages for the public on a slow phone: empty cache, 1.6 Mbit/s, 150 ms, a processor four times slower, 360 x 740; and a second visit."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks.row import Row
from benchmarks.server import Server
from benchmarks.visitor import Visitor
from scripts.chromium import NOT_RUN, find

ORDER = 30
VISITS = 3
SHOWN = {
    "start": ("/", ".atlas-picture"),
    "near-me": ("/near-me?zip=59718", ".near-list"),
    "my-cost": ("/my-cost", ".atlas-grid"),
    "about": ("/about", ".st-key-about h2"),
}
"""The pages for the public: their address, and the map, list or text that a visitor comes for."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH = """
(() => {
  const seen = window.atlasSeen = {};
  const look = () => {
    const title = document.querySelector('.atlas-title');
    if (!seen.words && title && title.textContent.trim() && title.getClientRects().length) seen.words = performance.now();
    const shown = document.querySelector(SHOWN);
    const drawn = shown && (shown.tagName !== 'IMG' || (shown.complete && shown.naturalWidth));
    if (!seen.map && drawn && shown.getClientRects().length) seen.map = performance.now();
    if (!seen.words || !seen.map) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass
class Visit:
    """Seconds until the first words and the map or list stood on the page; bytes by who wrote them; requests to others."""

    words: float
    map: float
    streamlit_bytes: float
    our_bytes: float
    plain_bytes: float
    strangers: int


def phone(browser: Any) -> Any:
    """A browser of its own with an empty cache, as small as a phone."""
    return browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True)


def visit(context: Any, address: str, shown: str) -> Visit:
    """One visit of a page in a browser that keeps what it has from before."""
    page = context.new_page()
    link = context.new_cdp_session(page)
    link.send("Network.enable")
    slow = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
    link.send("Network.emulateNetworkConditions", slow)
    link.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    addresses: dict[str, str] = {}
    arrived: dict[str, float] = {}
    plain = {"bytes": 0.0, "frames": 0.0}

    def frame(event: dict[str, Any]) -> None:
        data = event["response"]["payloadData"]
        plain["frames"] += len(data) * 3 / 4 if event["response"]["opcode"] == 2 else len(data)

    link.on("Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]}))
    link.on("Network.loadingFinished", lambda event: arrived.update({event["requestId"]: event["encodedDataLength"]}))
    link.on("Network.dataReceived", lambda event: plain.update(bytes=plain["bytes"] + event["dataLength"]))
    link.on("Network.webSocketFrameReceived", frame)
    page.add_init_script(WATCH.replace("SHOWN", json.dumps(shown)))
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.atlasSeen && window.atlasSeen.words && window.atlasSeen.map", timeout=90_000)
    page.wait_for_timeout(3000)  # stragglers count too
    seen = page.evaluate("window.atlasSeen")
    page.close()
    ours = ("/geometry/", "/pictures/", "/topology/", "/api/", "/media/")
    by_us = sum(size for one, size in arrived.items() if urlsplit(addresses.get(one, "")).path.startswith(ours))
    strangers = sum(1 for address in addresses.values() if urlsplit(address).hostname not in {"127.0.0.1", None})
    return Visit(
        seen["words"] / 1000,
        seen["map"] / 1000,
        sum(arrived.values()) - by_us,
        by_us + plain["frames"],
        plain["bytes"] + plain["frames"],
        strangers,
    )


def both_visits(browser: Any, address: str, shown: str) -> tuple[Visit, Visit]:
    """A first visit, and a second one by the same browser."""
    context = phone(browser)
    found = visit(context, address, shown), visit(context, address, shown)
    context.close()
    return found


def rows() -> Iterator[Row]:
    chromium = find()
    if chromium is None:
        print(f"The pages were not measured. {NOT_RUN}", file=sys.stderr)
        return
    from playwright.sync_api import sync_playwright

    with Server() as server, sync_playwright() as playwright:
        with Visitor(server.port) as visitor:
            for name in SHOWN:
                visitor.open("" if name == "start" else name)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, (path, shown) in SHOWN.items():
            yield from page_rows(name, [both_visits(browser, server.url + path, shown) for _ in range(VISITS)])
        browser.close()


def page_rows(name: str, visits: list[tuple[Visit, Visit]]) -> Iterator[Row]:
    """What the visits of a page came to, the middle one of each."""

    def middle(what: str, which: int = 0) -> float:
        return float(statistics.median(getattr(one[which], what) for one in visits))

    shown = "map" if name == "start" else "what one comes for"
    total = (middle("streamlit_bytes") + middle("our_bytes")) / 1000
    yield Row(f"{name} page on a slow phone: words", middle("words"), "s", 6.5)
    yield Row(f"{name} page on a slow phone: {shown}", middle("map"), "s", 9.0)
    yield Row(f"{name} page on a slow phone, a second visit: {shown}", middle("map", 1), "s", 3.5)
    yield Row(f"{name} page, all bytes", total, "kB", 1500, middle("plain_bytes") / 1000)
    yield Row(f"{name} page, our bytes (pictures, data, messages before compression)", middle("our_bytes") / 1000, "kB", 250)
    yield Row(f"{name} page, requests to anybody else", max(one.strangers for both in visits for one in both), "requests", 0)

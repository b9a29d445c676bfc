"""The start page on a slow phone: empty cache, 1.6 Mbit/s, 150 ms, a processor four times slower, 360 x 740."""

from __future__ import annotations

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
    const map = document.querySelector('.atlas-picture');
    if (!seen.map && map && map.complete && map.naturalWidth) seen.map = performance.now();
    if (!seen.words || !seen.map) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass
class Visit:
    """Seconds until words and map stood on the page; bytes by who wrote them; requests to others."""

    words: float
    map: float
    streamlit_bytes: float
    our_bytes: float
    plain_bytes: float
    strangers: int


def visit(browser: Any, server: Server) -> Visit:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    link = context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.setCacheDisabled", {"cacheDisabled": True})
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
    page.add_init_script(WATCH)
    page.goto(server.url, wait_until="commit")
    page.wait_for_function("() => window.atlasSeen && window.atlasSeen.words && window.atlasSeen.map", timeout=90_000)
    page.wait_for_timeout(3000)  # stragglers count too
    seen = page.evaluate("window.atlasSeen")
    context.close()
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


def rows() -> Iterator[Row]:
    chromium = find()
    if chromium is None:
        print(f"The start page was not measured. {NOT_RUN}", file=sys.stderr)
        return
    from playwright.sync_api import sync_playwright

    with Server() as server, sync_playwright() as playwright:
        with Visitor(server.port) as visitor:
            visitor.open()
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        visits = [visit(browser, server) for _ in range(VISITS)]
        browser.close()

    def middle(name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in visits))

    total = (middle("streamlit_bytes") + middle("our_bytes")) / 1000
    yield Row("start page on a slow phone: words", middle("words"), "s", 6.5)
    yield Row("start page on a slow phone: map", middle("map"), "s", 9.0)
    yield Row("start page, all bytes", total, "kB", 1500, middle("plain_bytes") / 1000)
    yield Row("start page, our bytes (pictures, data, messages before compression)", middle("our_bytes") / 1000, "kB", 250)
    yield Row("start page, requests to anybody else", max(one.strangers for one in visits), "requests", 0)

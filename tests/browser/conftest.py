"""The site on a free port of this machine and a Chromium to visit it. Without one the tests say loudly that they did not run."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visit import ARTEFACTS, Visit

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
NOT_RUN = "NOT RUN: there is no Chromium"
START_SECONDS, READY_SECONDS = 60, 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missed = [report for report in terminalreporter.stats.get("skipped", []) if NOT_RUN in str(report.longrepr)]
    if missed:
        terminalreporter.section("BROWSER TESTS NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(missed)} tests did not see a browser: install Chromium or name one with CHROMIUM=/path/to/chromium.")


def chromium_script() -> ModuleType:
    """scripts/chromium.py, which `make test` and the bench use too."""
    spec = importlib.util.spec_from_file_location("chromium", ROOT / "scripts" / "chromium.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests are not run, which fails where CI=true."""
    found = chromium_script().find()
    if found is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{NOT_RUN}, and CI=true", pytrace=False)
        pytest.skip(NOT_RUN)
    return str(found)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def is_ready(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/api/v1/status", timeout=START_SECONDS) as answer:
        return bool(json.load(answer)["ready"])


@pytest.fixture(scope="session")
def site(chromium: str) -> Iterator[str]:
    """The atlas as `make run` starts it, once for all tests; its log may hold no traceback. ATLAS_SITE names one that runs already."""
    if running := os.environ.get("ATLAS_SITE"):
        yield running.rstrip("/")
        return
    port = free_port()
    ARTEFACTS.mkdir(exist_ok=True)
    log = ARTEFACTS / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with log.open("w", encoding="utf-8") as sink:
        server = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1", "--server.port", str(port)], cwd=ROOT, stdout=sink, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(START_SECONDS * 4):
            if answers(f"{address}/_stcore/health") or server.poll() is not None:
                break
            time.sleep(0.25)
        assert answers(f"{address}/_stcore/health"), f"the site did not start:\n{log.read_text(encoding='utf-8')[-3000:]}"
        # The first visitor of a cold start waits for the nation's distances; tests are about what is seen after that.
        for _ in range(READY_SECONDS):
            if is_ready(address):
                break
            time.sleep(1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, f"the server's log holds a traceback:\n{said[-3000:]}"


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"],
            chromium_sandbox=False,
        )
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """visit(address, width=, height=, dark=) opens the site as a new visitor. What a visit complains of fails the test."""
    visits: list[Visit] = []

    def begin(address: str = "/", width: int = 1440, height: int = 900, dark: bool = False) -> Visit:
        visits.append(Visit(browser, site, width, height, dark))
        return visits[-1].open(address)

    yield begin
    for one in visits:
        one.close()

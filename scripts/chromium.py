"""Where a Chromium is, for the browser tests and the bench; with --install, one is got where there is none.

Looked for in this order: the variable CHROMIUM, the system's, Playwright's own. Installed by apt-get (as root)
or by Playwright. Prints the path and ends with 0; without any way to get one says so and ends with 0 too,
since the tests then report loudly what was not run (and fail where CI=true).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
NOT_RUN = "There is no Chromium and none could be installed: install one or name it with CHROMIUM=/path/to/chromium."


def works(path: str | None) -> bool:
    """It answers with its version; a stub that only points to a shop of packages does not."""
    if not path or not Path(path).is_file():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights() -> str | None:
    """The path of Playwright's own Chromium, there or not; None without Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def find() -> str | None:
    """The path of a Chromium that starts, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        return found if works(found) else None
    for candidate in (*map(shutil.which, NAMES), *PLACES):
        if works(candidate):
            return candidate
    own = playwrights()
    return own if works(own) else None


def run(*command: str) -> bool:
    print("+", " ".join(command), file=sys.stderr, flush=True)
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def install() -> None:
    """By the package manager where we may, else by Playwright."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root and shutil.which("apt-get"):
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        if run("apt-get", "update", "-q") and run("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium") and find():
            return
    run(sys.executable, "-m", "playwright", "install", *(["--with-deps"] if root else []), "chromium")


def main() -> int:
    found = find()
    if found is None and "--install" in sys.argv[1:] and not os.environ.get("CHROMIUM"):
        install()
        found = find()
    named = os.environ.get("CHROMIUM")
    print(f"Chromium: {found}" if found else f"CHROMIUM={named} does not start; name one that does." if named else NOT_RUN)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every test, in two halves at once: what opens a browser, and the rest. Each takes about as long as the other and keeps one core busy.

python scripts/tests.py             all
python scripts/tests.py tests/maps  what pytest is told, in one process
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest"]
# A real browser beside the other half, on two cores: a click can come between two frames. What fails is tried once more, and the summary names it.
BROWSER = [*PYTEST, "tests/browser", "--reruns", "1", "-r", "fER"]


def main(told: list[str]) -> int:
    if told:
        return subprocess.call([*PYTEST, *told], cwd=ROOT)
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8") as said:
        browser = subprocess.Popen(BROWSER, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            rest = subprocess.call([*PYTEST, "--ignore", "tests/browser"], cwd=ROOT)
            print("The tests that open a browser, meanwhile:", flush=True)
            seen = browser.wait()
        except KeyboardInterrupt:
            browser.terminate()
            browser.wait()
            return 130
        said.seek(0)
        print(said.read(), flush=True)
    return rest or seen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

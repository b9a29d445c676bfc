"""What every test may ask for: the root of the checkout, the shipped tables, and the official files where they are present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.bundle import Tables, shipped
from data.source import Raw

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tables() -> Tables:
    return shipped()


@pytest.fixture(scope="session")
def raw() -> Raw:
    """The folder of official files, which the repository does not hold; tests that need it are skipped without it."""
    folder = Path(os.environ.get("ATLAS_RAW") or ROOT.parent / "shared" / "raw")
    if not folder.is_dir():
        pytest.skip("the official files are not on this machine; name their folder with ATLAS_RAW")
    return Raw(folder)

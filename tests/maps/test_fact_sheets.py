"""A state's archive of fact sheets: every county once under a plain name, the same bytes twice, never half, one at a time."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest
from pypdf import PdfReader

from analytics.places import places
from data.bundle import Tables
from maps.__main__ import main
from maps.fact_sheet import fact_sheet
from maps.fact_sheet_words import sheet_name
from maps.fact_sheets import (
    ENDING,
    FOLDER,
    archive_name,
    built_beforehand,
    counties_of,
    drawn,
    made,
    one_at_a_time,
    processes_for,
    write_archive,
)

SITE = "https://atlas.example.org"
STATE = "10"
"""Delaware: three counties."""


def test_an_archive_holds_every_county_once_and_is_the_same_twice(tables: Tables, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    geoids = counties_of(STATE, tables)
    for name in ("first", "again"):
        sheets = (fact_sheet(geoid, tables, SITE) for geoid in geoids)
        write_archive(geoids, sheets, tables, tmp_path / name, lambda *said: told.append(said))
    assert (tmp_path / "first").read_bytes() == (tmp_path / "again").read_bytes()
    assert told[:3] == [(1, 3, "Kent County, DE"), (2, 3, "New Castle County, DE"), (3, 3, "Sussex County, DE")]
    with zipfile.ZipFile(tmp_path / "first") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [sheet_name(geoid, tables) for geoid in geoids]
        assert archive.read(sheet_name("10003", tables)) == fact_sheet("10003", tables, SITE)
        assert "New Castle County, DE" in PdfReader(io.BytesIO(archive.read(sheet_name("10003", tables)))).pages[0].extract_text()


def test_the_command_makes_it_in_a_process_of_its_own(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """The District of Columbia, one county: in a folder it has the name under which the page finds it."""
    monkeypatch.setenv("ATLAS_PUBLIC_URL", SITE)
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert built_beforehand("11", tables) is None
    assert main(["fact-sheets", "11", "--output", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "1 of 1 fact sheets: District of Columbia, DC" in told.err
    path = built_beforehand("11", tables)
    assert path == tmp_path / f"fact-sheets_district-of-columbia_11_{tables.version}.zip"
    assert list(tmp_path.iterdir()) == [path], "no half file"
    with zipfile.ZipFile(path) as archive:
        assert archive.read(sheet_name("11001", tables)) == fact_sheet("11001", tables, SITE)


def test_two_processes_draw_in_order_and_an_error_of_one_is_a_sentence(tables: Tables) -> None:
    geoids = ["10005", "10001", "10003"]
    with closing(drawn(geoids, SITE, 2)) as sheets:
        assert list(sheets) == [fact_sheet(geoid, tables, SITE) for geoid in geoids]
    with closing(drawn(["us", "10001"], SITE, 2)) as sheets, pytest.raises(ValueError, match="There is no fact sheet of “us”"):
        list(sheets)
    assert not active_children()


def test_few_sheets_are_not_worth_a_second_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    assert [processes_for(sheets) for sheets in (1, 39, 40, 254)] == [1, 1, 2, 4]
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert processes_for(254) == 2


def test_one_archive_at_a_time(tables: Tables, tmp_path: Path) -> None:
    with one_at_a_time(), pytest.raises(ValueError, match="Another archive of fact sheets is being made"):
        made(STATE, tables, SITE, tmp_path / "two.zip", lambda *_: None)
    assert not list(tmp_path.iterdir())


def test_ctrl_c_leaves_nothing(root: Path, tmp_path: Path) -> None:
    """Stopped while the sheets of Texas are drawn: a sentence, the usual code, no file and no process."""
    output = tmp_path / "texas.zip"
    command = [sys.executable, "-m", "maps", "fact-sheets", "48", "--output", str(output)]
    # Its own session, so that the signal reaches it and its process as a terminal would send it, and not the tests.
    process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, start_new_session=True)
    part = tmp_path / f"texas.zip{ENDING}"
    until = time.monotonic() + 120
    while not part.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert part.exists()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped; no file was written." in said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_made_is_a_sentence(tables: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for state in ("99", "48001", "us"):
        assert main(["fact-sheets", state, "--output", str(tmp_path / "x.zip")]) == 1
        assert capsys.readouterr().err == f"There is no state “{state}”; a state is its two digits, such as 48 for Texas.\n"
    assert main(["fact-sheets", "11", "--output", str(tmp_path / "nowhere" / "x.zip")]) == 1
    assert "can't be written: No such file or directory" in capsys.readouterr().err
    assert main(["fact-sheet", "us", "--output", str(tmp_path / "x.pdf")]) == 1
    assert "There is no fact sheet of “us”" in capsys.readouterr().err


def test_names_say_the_state_and_the_data(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert archive_name("35", tables) == f"fact-sheets_new-mexico_35_{tables.version}.zip"
    monkeypatch.setenv(FOLDER, str(tmp_path))
    (tmp_path / "fact-sheets_new-mexico_35_1999.zip").write_bytes(b"")
    assert built_beforehand("35", tables) is None, "of other data"
    assert built_beforehand("35013", tables) is None
    assert len(counties_of("48", tables)) == 254
    assert {len(sheet_name(geoid, tables).split("_")) for geoid in counties_of("48", tables)} == {4}
    assert places(tables)["48"].name == "Texas"

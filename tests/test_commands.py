"""The commands: what they need they say in one sentence, what is broken they name, and the second start is quick."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data.__main__ import main
from data.bundle import SNAPSHOT, Tables
from data.errors import DataError

ROOT = Path(__file__).resolve().parents[1]


def sh(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, timeout=120, check=False)


def script(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def environment(python: Path | str, venv: Path) -> subprocess.CompletedProcess[str]:
    return sh("sh", "scripts/environment.sh", str(python), str(venv))


def test_a_python_without_venv_gets_one_sentence_that_names_what_to_install(tmp_path: Path) -> None:
    bare = script(tmp_path / "python3", f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec "{sys.executable}" "$@"\n')
    said = environment(bare, tmp_path / "venv")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "apt install python3-venv" in said.stderr
    assert not (tmp_path / "venv").exists()


def test_an_old_python_gets_one_sentence(tmp_path: Path) -> None:
    old = script(tmp_path / "python3", '#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    said = environment(old, tmp_path / "venv")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "Python 3.9.2" in said.stderr
    assert "3.11 or later" in said.stderr


def test_no_python_gets_one_sentence(tmp_path: Path) -> None:
    said = environment("python-that-is-not-there", tmp_path / "venv")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "PYTHON=" in said.stderr


def test_half_an_environment_is_made_again_and_a_sound_one_is_left_alone(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    script(venv / "bin" / "python", "#!/bin/sh\nexit 1\n")
    first = environment(sys.executable, venv)
    assert first.returncode == 0, first.stderr
    assert "Making the environment" in first.stdout
    assert (venv / ".gitignore").read_text(encoding="utf-8").strip() == "*", "whatever its name, no tool looks into it"
    again = environment("python-that-is-not-needed-now", venv)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@needs_make
def test_make_alone_says_what_there_is() -> None:
    said = sh("make").stdout
    for target in ("run", "test", "check", "bench", "data", "lock"):
        assert f"make {target} " in said


@needs_make
def test_make_run_honours_port_and_host() -> None:
    said = sh("make", "-n", "run", PORT="9012", HOST="0.0.0.0").stdout
    assert '--server.address "0.0.0.0" --server.port "9012"' in said
    assert "http://0.0.0.0:9012" in said
    assert '--server.address "127.0.0.1" --server.port "8501"' in sh("env", "-u", "PORT", "-u", "HOST", "make", "-n", "run").stdout


@needs_make
def test_a_second_start_installs_nothing(tmp_path: Path) -> None:
    ready = re.search(r"touch (\S+)", sh("make", "-n", "run", f"VENV={tmp_path}").stdout)
    assert ready, "the first start installs"
    assert "pip install" in sh("make", "-n", "run", f"VENV={tmp_path}").stdout
    Path(ready.group(1)).touch()
    assert "pip install" not in sh("make", "-n", "run", f"VENV={tmp_path}").stdout


def test_a_named_chromium_that_does_not_start_is_not_taken(tmp_path: Path) -> None:
    broken = script(tmp_path / "chromium", "#!/bin/sh\nexit 1\n")
    said = sh(sys.executable, "scripts/chromium.py", "--install", CHROMIUM=str(broken))
    assert said.returncode == 0
    assert f"CHROMIUM={broken} does not start" in said.stdout
    working = script(tmp_path / "chromium", "#!/bin/sh\necho Chromium 1\n")
    assert f"Chromium: {working}" in sh(sys.executable, "scripts/chromium.py", CHROMIUM=str(working)).stdout


# --- python -m data ---


def test_status_as_json_has_the_promised_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"tables", "snapshot_bytes", "data_version"} <= set(found)
    assert all({"name", "rows", "sha256", "sources"} <= set(table) for table in found["tables"])
    assert {"counties", "states", "providers", "boundaries"} <= {table["name"] for table in found["tables"]}
    assert found["snapshot_bytes"] == sum(path.stat().st_size for path in SNAPSHOT.glob("*.parquet"))


def test_status_is_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    said = capsys.readouterr().out
    assert "counties" in said
    assert "3,144" in said


@pytest.mark.slow
def test_the_shipped_tables_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "counties: 3,144 rows, sound" in capsys.readouterr().out


def test_a_build_without_the_files_lists_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--raw", str(tmp_path), "--output", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "raw files are missing" in said
    assert "cb_2024_us_county" in said or "county" in said
    assert "--raw" in said
    assert not (tmp_path / "out").exists()


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    copy = tmp_path / "snapshot"
    shutil.copytree(SNAPSHOT, copy)
    return copy


def test_a_missing_table_is_named_with_the_command_that_mends_it(snapshot: Path) -> None:
    (snapshot / "counties.parquet").unlink()
    with pytest.raises(DataError, match=r"table counties .* missing .*git checkout -- data/snapshot"):
        Tables.open(snapshot)


def test_a_damaged_table_is_named_with_the_command_that_mends_it(snapshot: Path) -> None:
    (snapshot / "counties.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(DataError, match=r"table counties .* damaged .*git checkout -- data/snapshot"):
        Tables.open(snapshot)["counties"]


def test_a_damaged_manifest_is_named_with_the_command_that_mends_it(snapshot: Path) -> None:
    (snapshot / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"manifest.* cannot be read.*git checkout -- data/snapshot"):
        Tables.open(snapshot)

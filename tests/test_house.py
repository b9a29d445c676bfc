"""The rules of the house, held by reading the code: which room may import which, what is declared, what is committed.

Each rule is a function of text, so that a test beside it shows that it can fail.
"""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.indicator import GROUPS, Indicator
from analytics.indicators import indicators
from analytics.model import provenance
from analytics.query import LEVELS, Query
from data.__main__ import parser
from data.build import LIMIT_BYTES
from data.bundle import Tables, read_manifest
from data.checks import COUNTIES, STATES
from data.source import FACTS_ONLY, Raw
from maps.numbers import UNITS

ROOT = Path(__file__).resolve().parents[1]

MAY_IMPORT = {
    "data": {"data"},
    "analytics": {"data", "analytics"},
    "maps": {"data", "analytics", "maps"},
    "views": {"data", "analytics", "maps", "views"},
    "api": {"data", "analytics", "maps", "api"},
    "app": {"data", "analytics", "maps", "views", "api"},
}
"""Rooms to the left and one's own; views and api do not know each other."""

OUR_OWN = {*MAY_IMPORT, "benchmarks", "tests", "scripts"}

SCREEN = {"streamlit", "plotly", "matplotlib"}
NETWORK = {"httpx", "requests", "urllib3", "socket", "starlette", "uvicorn", "websockets"}
NEVER = {
    "data": SCREEN | {"starlette", "uvicorn"},
    "analytics": SCREEN | NETWORK | {"pathlib", "os", "shutil", "tempfile", "sqlite3"},
    "maps": {"streamlit", "kaleido"} | NETWORK,
    "views": {"numpy", "pandas", "pyarrow", "scipy", "geopandas", "shapely", "math", "statistics", "plotly", "matplotlib"} | NETWORK,
    "api": {"streamlit", "plotly", "matplotlib"},
}
"""What a room must do without: analytics has no screen, no file and no network; a page has nothing to calculate with."""

FILE_CALLS = {
    "open",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
    "read_csv",
    "read_parquet",
    "read_excel",
    "read_file",
    "to_parquet",
}
NO_FILES = ("analytics", "views")


def modules(room: str) -> list[Path]:
    """Every module of a room; app is one file."""
    return sorted((ROOT / room).rglob("*.py")) if (ROOT / room).is_dir() else sorted(ROOT.glob(f"{room}.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(source: str) -> Iterator[tuple[int, str]]:
    """(line, first word) of every import, also those within functions; relative ones stay in their room."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.split(".")[0]


def wrong_imports(room: str, source: str) -> list[str]:
    """Imports of a room to the right, of tests and tools, and of libraries the room must do without."""
    strangers = (OUR_OWN - MAY_IMPORT[room]) | NEVER.get(room, set())
    return [f"line {line}: {room} must not import {name}" for line, name in imported(source) if name in strangers]


def file_calls(source: str) -> list[str]:
    """Calls that open files."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in FILE_CALLS:
                found.append(f"line {node.lineno}: {name}() opens a file")
    return found


def arithmetic(source: str) -> list[str]:
    """Calculations in a page. Joining texts, paths and addresses is none."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp | ast.AugAssign):
            sides = [node.value] if isinstance(node, ast.AugAssign) else [node.left, node.right]
            numbers = any(isinstance(side, ast.Constant) and isinstance(side.value, int | float) for side in sides)
            texts = any(
                isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str)) for side in sides
            )
            always = isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow | ast.MatMult)
            if (numbers and isinstance(node.op, ast.Add | ast.Sub)) or (always and not texts):
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"sum", "round", "divmod", "pow"}:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def every(room: str, rule: list[tuple[Path, list[str]]]) -> str:
    return "; ".join(f"{relative(path)} {one}" for path, found in rule for one in found)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_rooms_to_its_left(room: str) -> None:
    wrong = every(room, [(path, wrong_imports(room, path.read_text(encoding="utf-8"))) for path in modules(room)])
    assert not wrong


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_every_room_is_there(room: str) -> None:
    assert modules(room), f"the room {room} has no module"


@pytest.mark.parametrize("room", NO_FILES)
def test_analytics_and_views_open_no_files(room: str) -> None:
    wrong = every(room, [(path, file_calls(path.read_text(encoding="utf-8"))) for path in modules(room)])
    assert not wrong


def test_pages_do_not_calculate() -> None:
    wrong = every("views", [(path, arithmetic(path.read_text(encoding="utf-8"))) for path in modules("views")])
    assert not wrong


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("data", "from analytics.query import Query"),
        ("analytics", "def f():\n    import maps.figure"),
        ("analytics", "import streamlit as st"),
        ("maps", "from views import parts"),
        ("views", "import api.routes"),
        ("api", "from views.address import read"),
        ("views", "import pandas as pd"),
        ("data", "from tests.conftest import ROOT"),
    ],
)
def test_the_rule_of_rooms_sees_a_breach(room: str, source: str) -> None:
    assert wrong_imports(room, source)


def test_the_rule_of_rooms_lets_the_left_pass() -> None:
    assert not wrong_imports(
        "views", "from data.bundle import shipped\nfrom maps import words\nfrom . import parts\nimport streamlit as st"
    )


@pytest.mark.parametrize("source", ["x = a * 100", "n = n + 1", "n += 1", "share = part / whole", "t = sum(values)", "r = round(x)"])
def test_the_rule_of_arithmetic_sees_a_sum(source: str) -> None:
    assert arithmetic(source)


@pytest.mark.parametrize("source", ["p = HERE / 'start.py'", "w = a + b", "w += (c,)", "t = 'a' + name", "d = {**a} | b", "t = f'{x}' + y"])
def test_the_rule_of_arithmetic_lets_texts_and_paths_pass(source: str) -> None:
    assert not arithmetic(source)


@pytest.mark.parametrize("source", ["open('x')", "Path('x').read_text()", "pd.read_csv(path)"])
def test_the_rule_of_files_sees_one_opened(source: str) -> None:
    assert file_calls(source)


# --- Measures ---


every_measure = pytest.mark.parametrize("indicator", indicators().values(), ids=list(indicators()))


def unsaid(indicator: Indicator) -> list[str]:
    """What a measure leaves unsaid or says in a form that readers and pages cannot use."""
    texts = {
        name: getattr(indicator, name)
        for name in ("label", "question", "finding", "why", "unit", "unit_words", "universe", "vintage", "method")
    }
    rules = {
        "question ends with a question mark": indicator.question.endswith("?"),
        "why is a sentence": indicator.why.endswith("."),
        "finding has its number and its place": {"{value}", "{place}"} <= set(re.findall(r"{\w+}", indicator.finding)),
        "group is known": indicator.group in GROUPS,
        "unit can be spoken": indicator.unit in UNITS,
        "subject is a family of colours": indicator.subject in {"distance", "cost", "need", "barrier"},
        "worse is an end": indicator.worse in {"high", "low", ""},
        "vintage has a year": re.search(r"\b(19|20)\d\d\b", indicator.vintage) is not None,
        "levels are known": bool(indicator.levels) and set(indicator.levels) <= set(LEVELS),
        "caveat is a sentence": not indicator.caveat or indicator.caveat.endswith("."),
        "lists are used where it says what they must bear, and only there": bool(indicator.bears) == indicator.uses_providers,
    }
    return [f"no {name}" for name, text in texts.items() if not text.strip()] + [rule for rule, holds in rules.items() if not holds]


@every_measure
def test_a_measure_has_its_words_and_a_file_of_its_name(indicator: Indicator) -> None:
    assert not unsaid(indicator)
    assert (ROOT / "analytics" / "indicators" / f"{indicator.id}.py").is_file()


def test_the_rule_of_words_sees_what_is_unsaid() -> None:
    one = next(iter(indicators().values()))
    assert unsaid(replace(one, question="How far")) == ["question ends with a question mark"]
    assert unsaid(replace(one, unit_words="")) == ["no unit_words"]
    assert unsaid(replace(one, vintage="lately")) == ["vintage has a year"]


@every_measure
def test_a_measure_has_sources_the_manifest_knows(indicator: Indicator, tables: Tables) -> None:
    found = provenance(Query(measure=indicator.id), indicator, tables)
    assert found
    for source in found:
        for field in ("publisher", "title", "vintage", "licence", "citation", "read_on"):
            assert source[field], f"the source {source['id']} of {indicator.id} has no {field}"
        # A compilation of single facts has no address of its own: its rows name where each was read.
        assert source["url"].startswith("https://") or source["licence"] == FACTS_ONLY, f"the source {source['id']} has no address"


# --- What CONTRIBUTING shows ---


def shown_code(heading: str) -> str:
    """The Python below a heading of CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    return section.split("```python\n")[1].split("```")[0]


def test_the_indicator_that_contributing_shows_works(tables: Tables) -> None:
    names: dict[str, Indicator] = {}
    exec(shown_code("Add an indicator"), names)
    shown = names["INDICATOR"]
    assert not unsaid(shown)
    for level, places in {"county": COUNTIES, "state": STATES, "district": 436, "nation": 1}.items():
        frame = shown.compute(Query(measure=shown.id, level=level), tables)
        assert list(frame.columns) == ["geoid", "value", "low", "high", "status"]
        assert len(frame) == places
    assert provenance(Query(measure=shown.id), shown, tables)


def test_the_page_that_contributing_shows_works() -> None:
    code = shown_code("Add a page")
    assert not arithmetic(code)
    assert not file_calls(code)
    assert not wrong_imports("views", code)
    page = AppTest.from_string(code, default_timeout=60).run()
    assert not page.exception
    assert next(element.proto.body for element in page.get("html")).startswith('<h1 class="atlas-title">What this atlas is')


# --- What is declared ---

NOT_IMPORTED = {
    "mapclassify",
    "openpyxl",
    "uvicorn",
    "websockets",
    "xlrd",
}
"""Needed though perhaps no line imports them: engines that pandas and the server load by name, and what later pages draw with."""

IMPORT_NAMES = {"pyyaml": "yaml"}


def declared(name: str) -> dict[str, str]:
    """Package -> range, as a requirements file states them."""
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return {re.split(r"[<>=!~; ]", line)[0].lower(): line for line in lines if line}


def test_requirements_name_what_the_rooms_import_and_nothing_else() -> None:
    used = {name for room in MAY_IMPORT for path in modules(room) for _, name in imported(path.read_text(encoding="utf-8"))}
    used -= set(sys.stdlib_module_names) | OUR_OWN
    named = {IMPORT_NAMES.get(package, package) for package in declared("requirements.txt")}
    assert not used - named, "imported, but not in requirements.txt"
    assert not named - used - NOT_IMPORTED, "in requirements.txt, but imported nowhere"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_range_is_bounded_and_locked(name: str) -> None:
    locked = declared("requirements.lock")
    for package, line in declared(name).items():
        assert ">=" in line, f"{line} has no lower bound"
        assert ",<" in line, f"{line} has no upper bound"
        assert package in locked, f"{package} is not in requirements.lock; run make lock"


def test_the_lock_pins_versions_and_names_no_place() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--(extra-)?index|--find-links", text)
    assert all("==" in line for line in declared("requirements.lock").values())
    assert not re.search(r"python_(full_)?version\s*(<|==)\s*'3\.(11|12|13|14)'", text), "one version of a package for every Python"


def test_python_is_named_once_and_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == ">=3.11,<3.15"
    assert "--python-version 3.11" in (ROOT / "Makefile").read_text(encoding="utf-8")


# --- What is committed ---

SHIPPED_AS = {".parquet"}
OF_OTHERS = {".xlsx", ".xls", ".zip", ".shp", ".dbf", ".gpkg", ".sas7bdat", ".dta", ".gz"}
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|tmp|home|opt/(?:pypi|wheels))/[A-Za-z.]")
REGISTRY = re.compile(r"\b(?:pypi[.]org|files[.]pythonhosted[.]org|registry[.]npmjs[.]org)\b")


def committed() -> list[Path]:
    """Files that git knows, or a skip where this is no checkout."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if listing.returncode != 0:
        pytest.skip("this is no git checkout, so nothing can be said about what is committed")
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in committed():
        if path.suffix not in {".parquet", ".png", ".svg", ".woff2", ".ttf"}:
            found.append((path, path.read_text(encoding="utf-8", errors="replace")))
    return found


def test_no_path_of_a_machine_is_committed() -> None:
    assert not [f"{relative(path)}: {match.group()}" for path, text in texts() if (match := MACHINE_PATH.search(text))]


def test_no_package_registry_is_committed() -> None:
    assert not [f"{relative(path)}: {match.group()}" for path, text in texts() if (match := REGISTRY.search(text))]


def test_the_rule_of_paths_sees_one() -> None:
    assert MACHINE_PATH.search('open("/' + 'root/notes")')
    assert not MACHINE_PATH.search("https://example.org/home/page")


def test_official_files_are_not_committed() -> None:
    assert not [relative(path) for path in committed() if path.suffix.lower() in OF_OTHERS]
    large = [relative(path) for path in committed() if path.stat().st_size > 1_500_000 and path.suffix not in SHIPPED_AS]
    assert not large, "only the shipped tables are large"


def test_no_committed_file_is_an_official_one(raw: Raw) -> None:
    sizes: dict[int, list[Path]] = {}
    for path in raw.root.rglob("*"):
        if path.is_file() and path.stat().st_size:
            sizes.setdefault(path.stat().st_size, []).append(path)
    for path in committed():
        for other in sizes.get(path.stat().st_size, []):
            assert sha(path) != sha(other), f"{relative(path)} is the official file {other.name}"


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_snapshot_is_what_the_manifest_names_and_small() -> None:
    folder = ROOT / "data" / "snapshot"
    files = {path.stem: path.stat().st_size for path in folder.glob("*.parquet")}
    assert set(files) == set(read_manifest()["tables"])
    assert sum(files.values()) < LIMIT_BYTES == 15_000_000


# --- Tests and texts ---


def test_tests_are_named_like_what_they_test() -> None:
    strays = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        room = path.parent.name
        if room not in MAY_IMPORT:
            continue
        names = {module.stem for module in modules(room)} | {module.parent.name for module in modules(room)}
        words = path.stem.removeprefix("test_")
        if not any(words.removesuffix("s") == name.removesuffix("s") or words.startswith(f"{name}_") for name in names):
            strays.append(relative(path))
    assert not strays, "there is no module of that name in the room"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_the_commands_a_text_names_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))
    assert set(re.findall(r"\bmake ([a-z]+)\b", code)) <= targets()
    commands = next(action.choices for action in parser()._actions if action.dest == "command")
    assert commands is not None
    assert set(re.findall(r"python -m data ([a-z]+)\b", code)) <= set(commands)


def test_the_readme_names_the_two_commands_and_ci_runs_one() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()[-1] == "make test"


def test_the_licence_is_named_where_it_is_looked_for() -> None:
    assert "MIT" in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[0]
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"] == "MIT"

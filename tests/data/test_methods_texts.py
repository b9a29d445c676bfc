"""The words of the methods page: numbers come from the dated parameters, and what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import DataError
from data.methods import filled, read, texts
from data.parameter import load

GOOD = """\
title: Near
plain:
  - A straight mile counts {travel/detour_index.near}.
term: Detour index.
points: [One., Two.]
reference:
  - title: Boscoe et al.
    link: https://doi.org/10.1080/00330124.2011.583586
parts:
  - id: far
    title: Far
    plain: [Later.]
"""


def test_a_section_is_read_with_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "near.yaml"
    path.write_text(GOOD, encoding="utf-8")
    one = read(path)
    assert one.id == "near"
    assert one.plain == (f"A straight mile counts {load('travel/detour_index').latest['near']:g}.",)
    assert one.references[0].link.endswith("583586")
    assert one.part("far") is one.parts[0]
    assert one.part("nowhere") is None


def test_a_number_stands_as_its_parameter_has_it() -> None:
    assert filled("x", "{commercial/out_of_pocket_limit} USD") == f"{load('commercial/out_of_pocket_limit').number():,.0f} USD"
    assert filled("x", "{access/e2sfca_weights.2}") == f"{load('access/e2sfca_weights').latest[1]:g}"
    assert filled("x", "{barriers/costly_share:%}") == f"{100 * load('barriers/costly_share').number():.3g} %"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("travel/detour_index.near", "travel/detour", "names the parameter travel/detour, which there is not"),
        ("travel/detour_index.near", "travel/detour_index.middle", "needs a number from travel/detour_index.middle"),
        ("travel/detour_index.near", "treatment/driver", "needs a number from treatment/driver"),
        ("title: Near\n", "", "needs a title and plain words"),
        ("    plain: [Later.]\n", "", "needs a title and plain words in “far”"),
        ("term:", "trem:", "has .'trem'. in “near”"),
        ("  - id: far\n    title", "  - title", "has a part without an id"),
        ("points: [One., Two.]", "points: One.", "paragraphs and points are lists of texts"),
        ("points: [One., Two.]", "points: [1]", "has 1 where words belong"),
        ("title: Near", "title: [", "is not YAML"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "near.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=f"The text near.yaml.*{said}"):
        read(path)


@pytest.mark.parametrize("name", texts())
def test_every_paragraph_is_short_and_ends(name: str) -> None:
    for text in (texts()[name], *texts()[name].parts):
        for paragraph in text.plain:
            assert paragraph.endswith((".", "?"))
            assert len(paragraph) < 520, "no walls of text"
            assert "{" not in paragraph
        assert not text.term or text.term.endswith(".")
        assert not text.references or all(one.link.startswith("https://") for one in text.references)

"""What the page about the therapy rests on: every claim has a source, every source is used, and the checked figures are as they were read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data import therapy
from data.errors import DataError
from data.therapy import cited, sections, works


def trial(name: str) -> therapy.Trial:
    return next(one for section in sections() for one in section.trials if one.name == name)


def test_every_statement_has_a_source_and_every_source_is_cited() -> None:
    assert len(sections()) >= 8
    assert all(one.works for section in sections() for one in section.statements)
    assert {one.id for one in cited()} == set(works())
    assert len({one.link for one in works().values()}) == len(works())


def test_trials_have_people_and_those_of_one_section_the_oldest_first() -> None:
    for section in sections():
        years = [int(one.name[-4:]) for one in section.trials]
        assert years == sorted(years)
        assert all(one.people > 0 for one in section.trials)


def test_the_checked_figures() -> None:
    """METHODS: FDA dates; ESCAPE-TRD 27.1 v 17.6; alone 22.5 v 7.6; Feder n = 30, Abdallah n = 158, Grabski n = 96 and 10.1, Taylor n = 18."""
    days = {value for section in sections() for one in section.statements for value in one.numbers.values() if isinstance(value, date)}
    assert days == {date(2019, 3, 5), date(2020, 8, 3), date(2025, 1, 21), date(2023, 10, 10)}
    assert dict(trial("reif_2023").numbers) == {"treated": 27.1, "control": 17.6}
    assert dict(trial("janik_2025").numbers) == {"treated": 22.5, "control": 7.6}
    assert [trial(name).people for name in ("feder_2021", "abdallah_2022", "grabski_2022", "taylor_2018")] == [30, 158, 96, 18]
    assert dict(trial("grabski_2022").numbers) == {"points": 10.1}


@pytest.mark.parametrize(
    ("works_yaml", "sections_yaml"),
    [
        ("a: {citation: A, link: 'http://a.org', verified: 2026}", "s: {}"),
        ("a: {citation: A, link: 'https://a.org', verified: 2026, paid: somebody}", "s: {}"),
        ("a: {citation: A, link: 'https://a.org', verified: 2026}", "s: {statements: [{name: x, works: [b]}]}"),
    ],
)
def test_what_has_no_source_is_an_error(works_yaml: str, sections_yaml: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "works.yaml").write_text(works_yaml, encoding="utf-8")
    (tmp_path / "sections.yaml").write_text(sections_yaml, encoding="utf-8")
    monkeypatch.setattr(therapy, "FOLDER", tmp_path)
    monkeypatch.setattr(therapy, "works", works.__wrapped__)
    with pytest.raises(DataError, match=r"works\.yaml"):
        sections.__wrapped__() and works.__wrapped__()

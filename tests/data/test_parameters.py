"""Facts by YAML: each is dated, cited and says when it ends; the loader refuses what it can't read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data import parameter
from data.errors import DataError
from data.parameter import Parameter

GOOD = """\
label: Part B deductible
description: What a person pays first.
unit: USD a calendar year
values:
  2025-01-01: 257
  2026-01-01: 283
reference:
  - title: CMS fact sheet
    link: https://www.cms.gov/
verified: 2026
expires: 2026-12-31
"""


def read(tmp_path: Path, text: str) -> Parameter:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return parameter.read(path, "area/one")


@pytest.mark.parametrize("name", parameter.names())
def test_every_parameter_is_dated_cited_and_clear(name: str) -> None:
    one = parameter.load(name)
    assert one.references
    assert 2025 <= one.verified <= date.today().year
    assert one.unit == one.unit.strip() != ""
    assert one.description.endswith(".")
    assert one.expires is None or one.expires >= one.values[-1][0], "ends before its last value begins"
    for start, _ in one.values:
        assert start.year >= 2001
    if one.low is not None and one.high is not None and not hasattr(one.latest, "keys"):
        numbers = one.latest if isinstance(one.latest, tuple) else (one.number(),)
        assert all(one.low <= number <= one.high for number in numbers)


@pytest.mark.parametrize("name", parameter.names())
def test_words_for_parts_are_of_parts_there_are(name: str) -> None:
    one = parameter.load(name)
    value = one.latest
    there = {str(part) for part in (value if hasattr(value, "keys") else range(1, len(value) + 1) if isinstance(value, tuple) else ())}
    assert set(one.parts) <= there


def test_a_part_without_words_goes_by_its_name(tmp_path: Path) -> None:
    one = read(tmp_path, GOOD + "parts:\n  1: first third\n")
    assert (one.part_words(1), one.part_words("under_it")) == ("first third", "under it")
    with pytest.raises(DataError, match="parts must map"):
        read(tmp_path, GOOD + "parts: [first]\n")


@pytest.mark.parametrize("name", parameter.names())
def test_studies_of_the_maker_are_named(name: str) -> None:
    one = parameter.load(name)
    ours = ("Joshi", "Zhdanava", "Spravato withMe", "CarePath")
    if any(word in reference.title for reference in one.references for word in ours):
        assert one.funding, f"{name} rests on a study or programme of the maker and does not say so"


def test_values_hold_from_their_first_day(tmp_path: Path) -> None:
    one = read(tmp_path, GOOD)
    assert one.at(date(2025, 12, 31)) == 257
    assert one.at(date(2026, 1, 1)) == 283
    assert one.latest == 283
    with pytest.raises(DataError, match="no value before 2025-01-01"):
        one.at(date(2024, 12, 31))


def test_an_end_is_the_last_day(tmp_path: Path) -> None:
    one = read(tmp_path, GOOD)
    assert not one.has_expired(date(2026, 12, 31))
    assert one.has_expired(date(2027, 1, 1))


def test_what_ends_is_listed_soonest_first() -> None:
    ends = [one.expires for one in parameter.expiring(date(2026, 11, 24))]
    assert ends == sorted(end for end in ends if end is not None)
    by_id = {one.id: one.expires for one in parameter.expiring(date(2026, 11, 24))}
    assert by_id["rules/dea_telehealth"] == date(2026, 12, 31)
    assert by_id["rules/work_gpci_floor"] == date(2026, 12, 31)
    assert by_id["rules/district_maps"] == date(2027, 1, 3)
    assert by_id["medicare/part_b_deductible"] == date(2026, 12, 31)


def test_the_build_warns_only_of_what_ends_soon() -> None:
    assert not any("telehealth" in line for line in parameter.warnings(date(2026, 10, 1), within_days=60))
    assert any("telehealth" in line and "ends on 2026-12-31" in line for line in parameter.warnings(date(2026, 12, 1), within_days=60))
    assert any("telehealth" in line and "ended on 2026-12-31" in line for line in parameter.warnings(date(2027, 1, 1), within_days=60))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("unit: USD a calendar year\n", ""), r"lacks \['unit'\]"),
        (("label:", "lable:"), "lable"),
        (("2025-01-01: 257", "2027-01-01: 257"), "must rise"),
        (("2025-01-01: 257", "soon: 257"), "no date"),
        (("verified: 2026", "verified: yes"), "verified must be the year"),
        (("https://www.cms.gov/", "www.cms.gov"), "must begin with https://"),
        (("expires: 2026-12-31", "range: [3, 1]"), "range must be"),
        (("  - title: CMS fact sheet\n    link: https://www.cms.gov/\n", "  []\n"), "at least one title"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(DataError, match=sentence) as error:
        read(tmp_path, GOOD.replace(*change))
    assert "area/one.yaml" in str(error.value)


def test_an_unknown_name_lists_its_neighbours() -> None:
    with pytest.raises(DataError, match="travel/detour_index"):
        parameter.load("travel/detuor_index")


def test_shared_values_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        parameter.load("travel/speed").latest[1] = 100


def test_a_mapping_is_not_a_number() -> None:
    with pytest.raises(DataError, match="not a single number"):
        parameter.load("travel/detour_index").number()


def test_visits_per_label_add_up() -> None:
    label = parameter.load("treatment/esketamine_label").latest
    assert label["first_year_low"] == 8 + 4 + 22 == label["weeks_1_4"] + label["weeks_5_8"] + label["weeks_9_52_low"]
    assert label["first_year_high"] == 8 + 4 + 44 == label["weeks_1_4"] + label["weeks_5_8"] + label["weeks_9_52_high"]


def test_medicares_part_is_0_784() -> None:
    coinsurance = parameter.load("medicare/part_b_coinsurance").number()
    assert (1 - coinsurance) * (1 - parameter.load("medicare/sequestration").number()) == pytest.approx(0.80 * 0.98) == pytest.approx(0.784)


def test_the_gradient_is_that_of_the_paper() -> None:
    lost = parameter.load("access/esketamine_gradient").latest
    assert dict(lost) == {0: 0.0, 10: 0.119, 20: 0.508, 30: 0.681, 40: 0.759, 50: 0.928}


def test_codes_of_speed_are_the_nine_of_rurality() -> None:
    speed = parameter.load("travel/speed").latest
    assert sorted(speed) == list(range(1, 10))
    assert list(speed.values()) == sorted(speed.values()), "roads get faster away from the city"

"""The table of a place's figures: where the dots stand, by hand; what a reader who hears the page gets; nothing unescaped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analytics.profile import Line, Profile, profile
from data.bundle import Tables
from maps.place_table import dots, figures_html, track


@pytest.fixture(scope="module")
def found(tables: Tables) -> Profile:
    return profile("35013", tables)


def with_values(line: Line, place: float, state: float, nation: float) -> Line:
    assert line.figure is not None
    assert line.nation is not None
    figures = {"figure": (line.figure, place), "state": (line.nation, state), "nation": (line.nation, nation)}
    return replace(line, lists=None, **{name: replace(one, value=value) for name, (one, value) in figures.items()})  # type: ignore[arg-type]


def test_dots_stand_by_their_value_from_zero(found: Profile) -> None:
    """50, 25 and 100 minutes on a line that ends at 108: at 46.3, 23.15 and 92.59 per cent of it."""
    drawn = dots(with_values(found.line("minutes_to_nearest"), 50, 25, 100))
    assert drawn is not None
    assert drawn.end == pytest.approx(108)
    assert drawn.at == {"place": 46.3, "state": 23.15, "nation": 92.59}
    assert drawn.band is None


def test_a_share_ends_at_one_and_zero_everywhere_is_drawn_at_the_start(found: Profile) -> None:
    drawn = dots(with_values(found.line("within_30_miles"), 1.0, 0.5, 0.25))
    assert drawn is not None
    assert (drawn.end, drawn.at["place"]) == (1.0, 100.0)
    nothing = dots(with_values(found.line("within_30_miles"), 0.0, 0.0, 0.0))
    assert nothing is not None
    assert set(nothing.at.values()) == {0.0}


def test_the_band_is_what_the_lists_leave_open(found: Profile) -> None:
    drawn = dots(found.line("miles_to_nearest"))
    lists = found.line("miles_to_nearest").lists
    assert drawn is not None
    assert drawn.band is not None
    assert lists is not None
    assert drawn.band == (pytest.approx(100 * lists[0] / drawn.end, abs=0.01), pytest.approx(100 * lists[1] / drawn.end, abs=0.01))


def test_what_is_no_amount_is_not_drawn(found: Profile, tables: Tables) -> None:
    assert track(found.line("barrier_class")) == track(found.line("rucc")) == ""
    assert track(profile("02016", tables).line("miles_to_nearest")) == ""


@pytest.mark.parametrize(("geoid", "columns"), [("35013", 3), ("35", 2), ("5600", 3)])
def test_every_measure_is_a_row_with_a_cell_for_each_place(geoid: str, columns: int, tables: Tables) -> None:
    one = profile(geoid, tables)
    text = figures_html(one, tables)
    assert text.count('<th scope="row">') == len(one.lines)
    assert len(re.findall(r'<th scope="col">', text)) == columns
    assert text.count('scope="rowgroup"') == len({line.indicator.group for line in one.lines})
    for row in re.findall(r'<tr><th scope="row">.*?</tr>', text):
        assert row.count("<td") == columns + 1
    assert text.count('class="place-track"') == text.count('aria-hidden="true"><span class="rail"')


def test_names_are_escaped(tables: Tables) -> None:
    text = figures_html(profile("24033", tables), tables)
    assert "Prince George&#x27;s County, MD" in text
    assert "Prince George's" not in text

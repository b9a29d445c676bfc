"""What stands on the start page beside its findings, in both languages, from the figures and not from a text."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from analytics.barriers import WORST, ListPeople, People, people
from analytics.care_nearby import Beside, beside
from analytics.findings import START
from analytics.model import answer
from analytics.query import DEFAULT_LAYERS
from data.bundle import Tables
from maps import start_words as words
from maps.classes import classify
from maps.messages import LANGUAGES, messages
from maps.palette import LIGHT
from maps.words import title

EN, ES = messages("start", "en"), messages("start", "es")
LIST = ListPeople(DEFAULT_LAYERS[:1], 9, np.zeros(4))


def found(both: float, *lists: float) -> People:
    numbers = np.array([5e6, 1e6, 1e6, both])
    steps = tuple(replace(LIST, adults=np.array([0, 0, 0, one])) for one in lists)
    return People("us", numbers, numbers, numbers, numbers, 0.0, steps)


@pytest.fixture(scope="module")
def counted(tables: Tables) -> People:
    return people(START, tables)


def test_the_english_title_is_that_of_the_same_map_in_explore(counted: People, tables: Tables) -> None:
    assert words.title(counted, START, EN) == title(answer(START, tables), tables)
    assert words.title(counted, START, ES).startswith("De 39 a 66 millones de adultos, según la lista, viven a más de 30 millas")


def test_the_title_of_none_and_of_one_number() -> None:
    assert words.title(found(0), START, EN).startswith("No adults live over 30 miles")
    assert words.title(found(2e6), START, EN) == "2.0 million adults live over 30 miles from a provider and in costly counties"
    assert words.title(found(2e6), START, ES).startswith("2.0 millones de adultos viven")


def test_the_legend_and_what_is_read_count_every_county(counted: People, tables: Tables) -> None:
    result = answer(START, tables)
    for say in (EN, ES):
        html = words.legend(classify(result.frame, result.indicator, LIGHT), LIGHT, say)
        assert re.findall(r"</span>([^<]+)</div>", html) == [say(f"class.{position}") for position in range(4)]
        numbers = [int(one.replace(",", "")) for one in re.findall(r": ([\d,]+)", words.alt_text(result, counted, say))]
        assert sum(numbers) == len(result.frame) == 3_144
    hole = replace(result, frame=result.frame.assign(value=result.frame["value"].where(result.frame.index > 0)))
    assert words.alt_text(hole, counted, EN).endswith("No data: 1.")


def test_list_by_list(counted: People) -> None:
    said = words.list_lines(counted, EN)
    assert len(said) == len(DEFAULT_LAYERS)
    assert (
        said[0] == f"SAMHSA directory 2024: {counted.lists[0].adults[WORST] / 1e6:.1f} million adults, with {counted.lists[0].sites} sites"
    )
    assert all(line.startswith("and ") for line in said[1:])
    assert all(line.startswith("y ") for line in words.list_lines(counted, ES)[1:])
    one = replace(counted, lists=(replace(counted.lists[0], sites=1),))
    assert words.list_lines(one, ES)[0].endswith("con 1 sitio")


def test_other_care_is_said_only_where_half_reach_it(tables: Tables) -> None:
    near = beside(START, tables)
    assert "Far from ketamine is not far from care." in words.care(near, START, EN)
    assert "Estar lejos de la ketamina no es estar lejos de la atención." in words.care(near, START, ES)
    far_too = replace(near, care_of_the_far=near.care_of_the_far.assign(median_miles=[40.0, 90.0, 80.0]))
    assert "not far from care" not in words.care(far_too, START, EN)
    assert "half live within 40 miles of a mental-health facility" in words.care(far_too, START, EN)
    unreached = replace(near, care=near.care.assign(median_miles=np.nan))
    assert words.care(unreached, START, EN) == EN("care.unknown")
    a_mile = Beside(near.care.assign(median_miles=1.0), near.care_of_the_far, near.site_miles, near.site_miles_of_the_far)
    assert "within 1 mile of" in words.care(a_mile, START, EN)


def test_every_source_has_its_name_in_both_languages(tables: Tables) -> None:
    result = answer(START, tables)
    for lang in LANGUAGES:
        say = messages("start", lang)
        names = say.under("source")
        for source in result.provenance:
            assert any(str(source["id"]).startswith(start) for start in names), source["id"]
        said = words.sources(result, say)
        assert result.data_version in said
        assert all(name in said for name in names.values())


def test_what_the_classes_mean_and_of_what_years(tables: Tables) -> None:
    assert "over half of its adults live more than 30 straight miles" in words.lines(START, EN)
    assert "over 10 % of a year's income (5 % in or near poverty) for 33 % of households" in words.lines(START, EN)
    assert "más de la mitad de sus adultos" in words.lines(START, ES)
    assert words.subtitle(answer(START, tables), EN) == "By county. Lists of providers 2024-2026, incomes 2019-2023, prices 2026. Modelled."

"""The page about ketamine therapy: the same claims with the same numbers in both languages, and the crisis line where suicide is spoken of."""

from __future__ import annotations

import re

import pytest

from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from data.therapy import cited, sections
from maps import therapy_page as page
from maps.messages import LANGUAGES, Messages, messages

SAYS = pytest.mark.parametrize("say", [messages("about", lang) for lang in LANGUAGES], ids=list(LANGUAGES))
SUICIDE = re.compile(r"suicid|ending their lives|quitarse la vida", re.I)


@SAYS
def test_every_section_has_its_words_and_its_sources(say: Messages) -> None:
    for section in sections():
        html = page.section_html(section, say)
        assert "{" not in html
        assert html.count("<li>") == len(section.statements)
        assert html.count('scope="row"') == len(section.trials)
        for work in (*(work for one in section.statements for work in one.works), *(one.work for one in section.trials)):
            assert f'href="{work.link.replace("&", "&amp;")}"' in html


@SAYS
def test_where_suicide_is_spoken_of_the_crisis_line_stands(say: Messages) -> None:
    for section in sections():
        html = page.section_html(section, say).replace(say("crisis"), "")
        assert bool(SUICIDE.search(html)) == (section.name in page.SPEAKS_OF_SUICIDE)
        assert ("988" in page.section_html(section, say)) == (section.name in page.SPEAKS_OF_SUICIDE)


def test_numbers_and_dates_are_written_in_the_language() -> None:
    approved, depression, risks = (next(one for one in sections() if one.name == name) for name in ("approved", "depression", "risks"))
    english, spanish = (messages("about", lang) for lang in LANGUAGES)
    assert "March 5, 2019" in page.section_html(approved, english)
    assert "5 de marzo de 2019" in page.section_html(approved, spanish)
    assert "27.1&nbsp;% well, against 17.6&nbsp;%." in page.section_html(depression, english)
    assert "1,285" in page.section_html(risks, spanish)


def test_the_spray_and_the_drip_are_kept_apart() -> None:
    approved = page.section_html(next(one for one in sections() if one.name == "approved"), messages("about", "en"))
    assert "often mixed up" in approved
    assert "is not approved for any mental illness" in approved


@SAYS
def test_the_contents_lead_to_every_heading(say: Messages) -> None:
    names = re.findall(r'href="#(\w+)"', page.contents_html(say))
    assert names == [*(one.name for one in sections()), *page.LAST]
    assert [page.heading(name, say).count(f'data-anchor="{name}"') for name in names] == [1] * len(names)
    assert set(say.under("head")) == set(names)


@SAYS
def test_all_sources_are_listed_in_the_order_of_their_numbers(say: Messages) -> None:
    html = page.sources_html(say)
    assert html.count("<li>") == len(cited())
    assert [html.index(one.link.replace("&", "&amp;")) for one in cited()] == sorted(
        html.index(one.link.replace("&", "&amp;")) for one in cited()
    )
    assert html.count(say("check")) == sum(one.check for one in cited()), "what is to be read again is marked"


def test_live_numbers_are_those_of_the_atlas(tables: Tables) -> None:
    english, spanish = (messages("about", lang) for lang in LANGUAGES)
    assert "34 to 56 visits" in page.visits_line(english)
    visit = answer(Query(measure="medicare_amount"), tables)
    assert visit.figure is not None
    assert f"${visit.figure.value:,.0f} (national, 2026)" in page.visit_line(visit, english)
    reach = answer(Query(measure="within_30_miles"), tables)
    assert reach.list_range is not None
    low, high = reach.list_range
    assert page.reach_line(reach, spanish).startswith(f"Entre {100 * low:.0f} % y {100 * high:.0f} % de los adultos")
    course = answer(Query(measure="patient_cost", modality="iv"), tables)
    assert course.figure is not None
    assert f"${course.figure.low:,.0f} y ${course.figure.high:,.0f}" in page.course_line(course, spanish)


def test_every_message_is_used() -> None:
    say = messages("about", "en")
    named = {f"{section.name}.{one.name}" for section in sections() for one in section.statements}
    trials = {f"{part}.{one.name}" for section in sections() for one in section.trials for part in ("against", "found")}
    dotted = {name for name in say.texts if "." in name and name.partition(".")[0] not in ("head", "door", "people", "paid", "barriers")}
    assert dotted == named | trials

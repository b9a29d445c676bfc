"""Near me as HTML: numbered, whole, and whatever a list says is text and nothing else."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from analytics.near import Near, near, question
from analytics.near_point import find
from data.bundle import Tables
from maps.messages import messages
from maps.near_list import ON_THE_SHEET, beside_html, call_sheet, dialled, link, list_html, questions, report_html

EN, ES = messages("near", "en"), messages("near", "es")
EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


class Outline(HTMLParser):
    """Tags that stand open in the end, and all that were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.all: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append(tag)
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(html: str) -> list[str]:
    found = Outline()
    found.feed(html)
    assert not found.open, "every tag is closed"
    return found.all


def asked(typed: str, tables: Tables, within: float = 30, modality: str = "any", paying: str = "any") -> Near:
    point = find(typed, tables).point
    assert point is not None
    return near(point, question(modality, paying), tables, within)


def test_the_list_is_a_list_with_the_numbers_of_the_order(tables: Tables) -> None:
    found = asked("06510", tables)
    html = list_html(found, 5, EN)
    assert outline(html).count("li") == 5
    assert outline(html)[:2] == ["h2", "ol"]
    names = found.sites["name"].head(5)
    for number, name in enumerate(names, start=1):
        assert html.index(f'<li value="{number}">') < html.index(name.replace("&", "&amp;").replace("'", "&#x27;"))
    assert len(outline(list_html(found, 100, EN))) > len(outline(html))


def test_veterans_only_stands_before_the_name(tables: Tables) -> None:
    found = asked("06510", tables)
    number = int(found.sites["veterans_only"].to_numpy().argmax())
    item = list_html(found, 30, EN).split("<li ")[number + 1]
    assert item.index("For veterans only") < item.index("<h3>")


def test_an_entry_of_which_the_lists_are_silent_says_so(tables: Tables) -> None:
    found = asked("06510", tables, paying="medicaid")
    assert 0 < (~found.sites["known"]).sum() < len(found.sites)
    assert list_html(found, 100, EN).count("do not say if this one fits") == (~found.listed["known"]).sum()
    assert "do not say if this one fits" not in list_html(asked("06510", tables), 100, EN)


def test_what_a_list_says_is_text_only(tables: Tables) -> None:
    found = asked("06510", tables)
    columns = ("name", "street", "phone", "city", "website", "source_url", "source_name")
    bad = replace(
        found,
        sites=found.sites.assign(**dict.fromkeys(columns, EVIL)),
        beside=tuple(replace(one, name=EVIL, city=EVIL, phone=EVIL, website="javascript:alert(1)") for one in found.beside),
    )
    for html in (list_html(bad, 5, ES), beside_html(bad, ES), call_sheet(bad, "any", ES).decode()):
        assert not {"script", "img"} & set(outline(html))
        assert 'href="javascript' not in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "example.org"])
def test_only_web_addresses_are_links(url: str) -> None:
    assert link(url, "words") == "words"


def test_phones_can_be_pressed_and_extensions_are_said() -> None:
    assert dialled("708-202-8387 x2974") == '<a href="tel:+17082028387">708-202-8387 x2974</a>'
    assert dialled("see the page") == "see the page"


def test_without_a_road_telehealth_is_offered_and_the_way_not_spoken_of(tables: Tables) -> None:
    items = beside_html(asked("96766", tables), EN).split("<li>")[1:]
    assert [part.partition(":")[0] for part in items][1] == "Nearest clinic in HI that also sees people by phone or video"
    assert "no road leads there" in items[0]
    assert "no road" not in items[1]


def test_a_mistake_goes_to_the_configured_page_or_the_way_is_said() -> None:
    assert '<a href="https://example.org/atlas/issues"' in report_html("https://example.org/atlas/", EN)
    for nothing in ("", "javascript:alert(1)", "example.org"):
        assert "<a " not in report_html(nothing, EN)
        assert "tell the people who run this site" in report_html(nothing, EN)


def test_the_call_sheet_stands_alone_and_says_nothing_of_where_it_was_asked_from(tables: Tables) -> None:
    found = asked("06510", tables, 120)
    sheet = call_sheet(found, "medicaid", EN).decode()
    assert {"script", "link"}.isdisjoint(outline(sheet))
    assert "06510" not in sheet
    assert sheet.count("<li>") == ON_THE_SHEET
    assert sheet.count("Do you take Medicaid?") == ON_THE_SHEET
    assert "988" in sheet
    assert "203-688-9704" in sheet


def test_the_three_questions_are_those_of_the_person() -> None:
    assert questions("any", "any", EN) == (
        "Do you treat with ketamine or esketamine?",
        "Which kinds of payment do you take?",
        "What does a whole course cost me, with all visits?",
    )
    assert questions("esketamine", "private", EN)[:2] == ("Do you treat with esketamine (nasal spray)?", "Do you take private insurance?")


def test_the_call_sheet_in_spanish_is_in_spanish_with_each_question_in_english_too(tables: Tables) -> None:
    sheet = call_sheet(asked("06510", tables, 120), "medicaid", ES).decode()
    assert '<html lang="es">' in sheet
    assert sheet.count("¿Aceptan Medicaid?") == sheet.count('<p class="also" lang="en">Do you take Medicaid?</p>') == ON_THE_SHEET
    assert outline(sheet).count("li") == ON_THE_SHEET
    english = call_sheet(asked("06510", tables, 120), "medicaid", EN).decode()
    assert '<html lang="en">' in english
    assert 'class="also"' not in english


def test_what_stays_in_english_on_the_spanish_page_says_so(tables: Tables) -> None:
    html = list_html(asked("06510", tables), 1, ES)
    assert '<span lang="en">' in html.partition("Fuente:")[2]


def test_an_address_known_from_claims_alone_is_no_name_to_look_for(tables: Tables) -> None:
    found = asked("06880", tables)
    assert found.listed["name"].iloc[0] == "Practice billing Medicare, 129 Kings Hwy N"
    for say, name, look in (
        (EN, "A practice that billed Medicare, 129 Kings Hwy N", "Look for the street and the city."),
        (ES, "Un consultorio que cobró a Medicare, 129 Kings Hwy N", "Busque la calle y la ciudad."),
    ):
        for html in (list_html(found, 1, say), call_sheet(found, "any", say).decode()):
            assert f">{name}</h" in html
            assert look in html
            assert "Practice billing Medicare" not in html
        assert f"<strong>{name}</strong>" in beside_html(found, say)

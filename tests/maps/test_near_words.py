"""The words of Near me: each sentence about an answer says what is so, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from analytics.near import PAYING, WITHIN, Near, near, question
from analytics.near_point import REASONS, find
from analytics.query import LAYERS, MODALITIES
from data.bundle import Tables
from maps.messages import LANGUAGES, Messages, messages
from maps.near_list import beside_html, call_sheet, list_html, report_html
from maps.near_sketch import sketch
from maps.near_words import about, car, far, offers, seen, subtitle, takes, title, why_not, within_words
from maps.palette import LIGHT

USERS = ("maps/near_words.py", "maps/near_list.py", "maps/near_sketch.py", "views/near_me.py", "views/zip_box.py")
EN, ES = messages("near", "en"), messages("near", "es")
SAYS = pytest.mark.parametrize("say", [EN, ES], ids=list(LANGUAGES))
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|from|with|within|under|about|up to|miles?|minutes?|hours?|sites?|nearest|phone|page|not|no road|takes?)\b", re.I
)


def asked(typed: str, tables: Tables, within: float = 30, modality: str = "any", paying: str = "any") -> Near:
    point = find(typed, tables).point
    assert point is not None
    return near(point, question(modality, paying), tables, within)


@pytest.mark.parametrize(
    ("typed", "within", "paying", "said"),
    [
        ("60601", 30, "any", "The nearest listed site is in Chicago, up to 13 miles from 60601"),
        ("06510", 30, "any", "The nearest listed site is under 1 mile from 06510"),
        ("96766", 30, "any", "No road leads from 96766 to a listed site: the nearest is 107 to 116 miles away, in Honolulu, HI"),
        ("96766", 120, "any", "No road leads from 96766 to a listed site: the nearest is 107 to 116 miles away, in Honolulu, HI"),
        ("59330", 60, "any", "No listed site within 60 miles of 59330: the nearest is 176 to 182 miles away, in Minot, ND"),
        (
            "60601",
            10,
            "medicaid",
            "No listed site that takes Medicaid is known within 10 miles of 60601, but some may be",
        ),
    ],
)
def test_the_title_is_the_finding(typed: str, within: float, paying: str, said: str, tables: Tables) -> None:
    assert title(asked(typed, tables, within, paying=paying), paying, EN) == said


@pytest.mark.parametrize("modality", MODALITIES)
@pytest.mark.parametrize("paying", PAYING)
@SAYS
def test_every_choice_has_words_and_a_title(modality: str, paying: str, say: Messages, tables: Tables) -> None:
    for typed in ("60601", "96766"):
        found = asked(typed, tables, 10, modality, paying)
        assert len(title(found, paying, say)) > 20
        assert "  " not in title(found, paying, say) + subtitle(found, paying, say)
        assert "{" not in title(found, paying, say) + subtitle(found, paying, say)
        if say is ES:
            assert not ENGLISH.search(title(found, paying, say) + subtitle(found, paying, say))


def test_the_catalogue_has_words_for_all_choices() -> None:
    assert set(EN.under("kind")) == set(EN.under("site")) == set(EN.under("nearest_site")) == set(MODALITIES)
    assert set(EN.under("pay")) == set(EN.under("ask")) == set(EN.under("paying_site")) == set(PAYING)
    assert set(EN.under("layer")) == set(LAYERS)


def test_the_subtitle_counts_and_says_what_is_silent_shut_or_quicker(tables: Tables) -> None:
    found = asked("06510", tables)
    said = subtitle(found, "any", EN)
    assert said.startswith(f"{found.sites['open'].sum()} sites within 30 miles.")
    assert "veterans only are marked" in said
    assert "For 7 of them our lists do not say" in subtitle(asked("06510", tables, paying="medicaid"), "medicaid", EN)
    alone = subtitle(asked("59718", tables, 30, "oral", "military"), "military", EN)
    assert alone.startswith("1 site within 30 miles. Our lists do not say what fits, so call and ask."), "not: for 1 of them"
    assert "still not take it for ketamine" in subtitle(asked("06510", tables, paying="medicare"), "medicare", EN)
    assert "By road, number 3 is quicker: about 3 hours" in subtitle(asked("49684", tables, 60), "any", EN)
    assert subtitle(asked("96766", tables), "any", EN).startswith("None within 30 miles.")


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason not in ("", "empty")])
@SAYS
def test_every_reason_has_a_sentence(reason: str, say: Messages) -> None:
    assert say(reason, typed="X").endswith(".")


def test_what_was_typed_is_named(tables: Tables) -> None:
    assert "“1001”" in why_not(find("1001", tables), EN)
    assert why_not(find("", tables), EN) == why_not(find("60601", tables), EN) == ""


def test_miles_say_what_the_point_leaves_open(tables: Tables) -> None:
    row = asked("06510", tables).sites.iloc[0].copy()
    row["in_town"], row["miles"], row["miles_low"], row["miles_high"], row["road"], row["minutes"] = False, 9.4, 6.8, 12.0, True, 20.0
    assert far(row, EN) == "7 to 12 miles"
    assert car(row, EN) == "about 20 minutes by car (an estimate)"
    row["miles_low"] = np.nan
    assert far(row, EN) == "about 9 miles"
    row["in_town"], row["miles_low"] = True, 0.0
    assert far(row, EN) == "in this city, up to 12 miles"
    assert car(row, EN) == "as we know only the city"
    row["road"] = False
    assert car(row, EN) == "no road leads there from here"
    assert about(0.2, EN) == "under 1 mile"
    assert about(1.2, EN) == "about 1 mile"
    row["minutes"], row["in_town"], row["road"] = 0.3, False, True
    assert car(row, EN) == "under 1 minute by car (an estimate)"


def test_miles_in_spanish_too(tables: Tables) -> None:
    row = asked("06510", tables).sites.iloc[0].copy()
    row["in_town"], row["miles"], row["miles_low"], row["miles_high"], row["road"], row["minutes"] = False, 9.4, 6.8, 12.0, True, 127.0
    assert far(row, ES) == "entre 7 y 12 millas"
    assert car(row, ES) == "cerca de 2 horas 5 minutos en auto (un estimado)"
    row["miles_low"] = 0.3
    assert (far(row, EN), far(row, ES)) == ("up to 12 miles", "hasta 12 millas")
    row["miles_low"] = np.nan
    assert far(row, ES) == "unas 9 millas"
    row["in_town"] = True
    assert far(row, ES) == "en esta ciudad, hasta 12 millas"
    assert about(0.2, ES) == "menos de 1 milla"
    assert about(1.2, ES) == "cerca de 1 milla"
    row["minutes"], row["in_town"], row["road"] = 0.3, False, True
    assert car(row, ES) == "menos de 1 minuto en auto (un estimado)"
    assert [within_words(miles, ES) for miles in (1, 30)] == ["a menos de 1 milla", "a menos de 30 millas"]


def test_the_spanish_titles_are_sentences(tables: Tables) -> None:
    assert (
        title(asked("06510", tables, 30, "esketamine", "medicaid"), "medicaid", ES)
        == "El sitio conocido más cercano de esketamina con pago por Medicaid está a menos de 1 milla de 06510"
    )
    assert title(asked("96766", tables), "any", ES).startswith("No hay carretera de 96766 a ningún sitio conocido: el más cercano")


class OwnWords(HTMLParser):
    """The text of a page without what is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.english: list[bool] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.english.append(tag == "style" or dict(attrs).get("lang") == "en" or any(self.english[-1:]))

    def handle_endtag(self, tag: str) -> None:
        self.english.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.english[-1:]):
            self.texts.append(data)


@pytest.mark.parametrize("typed", ["60601", "06510", "96766"])
def test_nothing_is_left_in_english(typed: str, tables: Tables) -> None:
    """Names of sites, streets and sources are whose they are; all else is Spanish."""
    found = asked(typed, tables, 120)
    bare = replace(
        found,
        sites=found.sites.assign(name="X", street="X", city="X"),
        beyond=found.beyond.assign(name="X", street="X", city="X"),
        beside=tuple(replace(one, name="X", city="X", street="X") for one in found.beside),
    )
    said = OwnWords()
    for html in (list_html(bare, 99, ES), beside_html(bare, ES), report_html("", ES), call_sheet(bare, "medicaid", ES).decode()):
        said.feed(html)
    text = re.sub(r"[\w-]+\.(org|com|net|gov|edu|health|clinic|care|us)\b", "", " ".join(said.texts))
    drawn = sketch(bare, LIGHT, tables, 12, ES)
    assert len(text) > 500
    assert not ENGLISH.findall(f"{text} {drawn.alt} {drawn.note}")
    assert ENGLISH.search(beside_html(bare, EN)), "the words that are looked for are those of the English page"


def test_silent_is_neither_yes_nor_no(tables: Tables) -> None:
    sites = asked("60601", tables).sites
    silent = sites[sites["payment_applies_to"] == ""].iloc[0]
    assert takes(silent, EN) == "Our lists do not say how you can pay here."
    facility = asked("06510", tables).sites.query("payment_applies_to == 'facility'").iloc[0]
    assert "This is said of the whole site. It does not mean that ketamine is paid for." in takes(facility, EN)
    none = silent.copy()
    none[["iv", "im", "esketamine", "oral", "assisted_psychotherapy"]] = None
    none["last_year"] = None
    assert offers(none, EN) == "Our lists do not say which kind of ketamine."
    assert seen(none, EN) == "Date not known"
    none["iv"], none["last_year"] = False, 2024
    assert offers(none, EN).endswith("Does not offer: ketamine by drip (IV).")
    assert seen(none, EN) == "Last seen 2024"


def test_the_choices_of_distance_are_those_of_the_page() -> None:
    assert WITHIN == (10, 30, 60, 120)


def test_every_sentence_is_used_somewhere(root: Path) -> None:
    code = "".join((root / name).read_text(encoding="utf-8") for name in USERS)
    by_kind = {*REASONS, "street", "zip", "city", "beside_esketamine", "beside_telehealth", "beside_tms_ect"}
    plain = [name for name in EN.texts if "." not in name and name not in by_kind]
    assert not [name for name in plain if not re.search(rf"""(say|words|\))\(["']{name}["']""", code)]

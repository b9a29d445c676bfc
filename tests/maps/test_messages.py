"""The catalogue says the same in both languages: same names, same blanks, nothing left in English."""

from __future__ import annotations

import re

import pytest

from maps.messages import LANGUAGES, messages, pages

BLANK = re.compile(r"\{(\w+)[^}]*\}")
SAME_IN_BOTH = 3
"""A message of so many words or fewer may be the same in both languages: names, abbreviations."""


@pytest.mark.parametrize("page", pages())
def test_every_language_has_the_same_messages_with_the_same_blanks(page: str) -> None:
    english = messages(page, "en").texts
    for lang in LANGUAGES:
        texts = messages(page, lang).texts
        assert list(texts) == list(english), (page, lang)
        for name, text in texts.items():
            assert text, (page, lang, name)
            assert set(BLANK.findall(text)) == set(BLANK.findall(english[name])), (page, lang, name)


@pytest.mark.parametrize("page", pages())
def test_what_is_a_sentence_is_translated(page: str) -> None:
    english, spanish = messages(page, "en").texts, messages(page, "es").texts
    same = [name for name, text in english.items() if spanish[name] == text and len(re.sub(BLANK, "", text).split()) > SAME_IN_BOTH]
    assert not same


@pytest.mark.parametrize("page", pages())
def test_one_and_many_come_in_pairs(page: str) -> None:
    names = set(messages(page).texts)
    assert all(name.removesuffix(".one") + ".many" in names for name in names if name.endswith(".one"))


def test_an_unknown_language_is_english() -> None:
    assert messages("head", "fr") is not messages("head", "es")
    assert messages("head", "fr").lang == "en"
    assert messages("head", "es")("page.start") == "Inicio"


def test_in_spanish_the_crisis_line_is_the_one_that_answers_in_spanish() -> None:
    """988 answers in Spanish after a 2, and to AYUDA in a text."""
    spoken_of = [messages(page, "es")("crisis") for page in pages() if "crisis" in messages(page, "es").texts]
    assert len(spoken_of) >= 3
    assert {("oprima 2" in text, "AYUDA" in text) for text in spoken_of} == {(True, True)}

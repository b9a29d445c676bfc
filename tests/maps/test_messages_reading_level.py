"""Everybody can read the pages for the public: grade 8 or less in English, 60 or more (Fernandez Huerta) in Spanish, page by page."""

from __future__ import annotations

import re

import pytest

from maps.messages import messages, pages
from tests.maps.reading import ease, english_syllables, grade, sentences, spanish_syllables

HARDEST_GRADE, EASIEST = 8.0, 60.0
LONG = 12
"""A message with so many words is read by itself too, with some room: a short page's mean hides nothing then."""
READ = [page for page in pages() if page != "units"]


def prose(page: str, lang: str) -> list[str]:
    """The messages that are sentences; labels and names of choices are read at a glance."""
    return [text for text in messages(page, lang).texts.values() if re.search(r"[.?!]$", text) and len(text.split()) >= 4]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("therapy", 3), ("take", 1), ("table", 2), ("approved", 2), ("needed", 2), ("people", 2), ("the", 1), ("depression", 3)],
)
def test_english_syllables_by_hand(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    # te-ra-pia, pa-ís, ciu-dad, cer-ca, quie-re, guí-a, ve-í-a, cuá-les, ra-íz, o-es-te, hay, de-pre-sión
    [("terapia", 3), ("país", 2), ("ciudad", 2), ("quiere", 2), ("guía", 2), ("veía", 3), ("cuáles", 2), ("oeste", 3), ("hay", 1)],
)
def test_spanish_syllables_by_hand(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


def test_the_scores_by_hand() -> None:
    # Two sentences, six words, six syllables: 0.39 x 3 + 11.8 x 1 - 15.59 = -2.62.
    assert grade("The cat sat. It is here.".replace("here", "there")) == pytest.approx(-2.62)
    # Five words (El, ga-to, co-me, pan, hoy), seven syllables, one sentence: 206.84 - 60 x 7/5 - 1.02 x 5 = 117.74.
    assert ease("El gato come pan hoy.") == pytest.approx(117.74)
    assert grade("Notwithstanding considerable methodological heterogeneity, availability remains geographically concentrated.") > 14
    assert ease("La heterogeneidad metodológica imposibilita generalizaciones epidemiológicas internacionales.") < 0
    assert len(sentences("{typed}. Yes: no?")) == 2


@pytest.mark.parametrize("page", READ)
def test_english_reads_like_the_eighth_grade_or_below(page: str) -> None:
    texts = prose(page, "en")
    assert not texts or grade(" ".join(texts)) <= HARDEST_GRADE
    hard = {text: round(grade(text), 1) for text in texts if len(text.split()) >= LONG and grade(text) > HARDEST_GRADE + 4}
    assert not hard


@pytest.mark.parametrize("page", READ)
def test_spanish_is_plain(page: str) -> None:
    texts = prose(page, "es")
    assert not texts or ease(" ".join(texts)) >= EASIEST
    hard = {text: round(ease(text), 1) for text in texts if len(text.split()) >= LONG and ease(text) < EASIEST - 15}
    assert not hard

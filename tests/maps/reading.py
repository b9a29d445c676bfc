"""How hard a text is to read, counted here: textstat fetches its word list from the network (NLTK's), and the pages must be judged offline."""

from __future__ import annotations

import re

NAMES = re.compile(
    r"ketamin[ea]|esketamin[ea]|Spravato|Ketalar|midazolam|quetiapin[ea]|opioid(e)?s?|Medicaid|Medicare|TRICARE|SAMHSA|NMDA|glutamat[eo]"
    r"|REMS|FDA|ECT|TMS|electroconvulsive therapy|magnetic stimulation|PTSD|ZIP|\bIV\b|\bDC\b|\bVA\b|MT\b|Bozeman|Ketamine Access Atlas|\{\w+\}",
    re.IGNORECASE,
)
"""Names of drugs, treatments, payers and offices, and blanks: a reader takes them as they are."""
LETTERS = r"[a-záéíóúüñA-ZÁÉÍÓÚÜÑ’']+"
STRONG, WEAK = "aeoáéíóú", "iuü"


def sentences(text: str) -> list[str]:
    """What stands between full stops, question marks, exclamation marks and colons; pieces without a letter are none."""
    return [one for one in re.split(r"[.!?:;]+(?:\s|$)", NAMES.sub("", text)) if re.search(LETTERS, one)]


def words(text: str) -> list[str]:
    return re.findall(LETTERS, NAMES.sub("", text))


def english_syllables(word: str) -> int:
    """Groups of vowels, a silent e or ed left out: the usual rule of thumb, right for nine words in ten."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1
    silent = silent or (word.endswith("ed") and not word.endswith(("ted", "ded", "eed")) and groups > 1)
    return max(groups - silent, 1)


def spanish_syllables(word: str) -> int:
    """Vowel groups, in which strong vowels and a weak one with an accent stand alone (hiatus); u is mute in que, qui, gue, gui."""
    word = re.sub(r"(?<=q)u|(?<=g)u(?=[eéií])", "", word.lower())
    word = re.sub(r"y$", "i", word)
    count = 0
    for group in re.findall(r"[aeoáéíóúiuü]+", word):
        count += max(sum(vowel in STRONG for vowel in group), 1)
    return max(count, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    found = words(text)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * sum(map(english_syllables, found)) / len(found) - 15.59


def ease(text: str) -> float:
    """Fernandez Huerta (1959), for Spanish: 206.84 - 60 syllables a word - 1.02 words a sentence; 60 and more is plain."""
    found = words(text)
    return 206.84 - 60 * sum(map(spanish_syllables, found)) / len(found) - 1.02 * len(found) / len(sentences(text))

"""The message catalogue: what the pages for the public say, in English and Spanish, as data and not as code.

`maps/messages/<page>.<language>.yaml` holds the sentences of one page by name, with blanks in braces. Both languages have the same
names and blanks; a test holds that. A name that ends in `.one` and its twin in `.many` are one message, for one thing and for several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
LANGUAGES: Final = {"en": "English", "es": "Español"}
"""Languages by their BCP 47 tag, as the `lang` of an address says it, each in its own words."""
DEFAULT: Final = "en"


@dataclass(frozen=True)
class Messages:
    """The sentences of one page in one language: `say(name, blank=value)`."""

    page: str
    lang: str
    texts: Mapping[str, str]

    def __call__(self, name: str, **blanks: Any) -> str:
        """A sentence with its blanks filled. KeyError for a name that the catalogue does not have: a fault of the code, not of a visitor."""
        return self.texts[name].format(**blanks)

    def counted(self, name: str, count: float, **blanks: Any) -> str:
        """The form for one or for several; `{count}` is the number with thousands parted by commas, as in both languages in the US."""
        form = "one" if round(count) == 1 else "many"
        return self(f"{name}.{form}", count=f"{count:,.0f}", **blanks)

    def under(self, start: str) -> dict[str, str]:
        """The messages whose name begins with `start` and a dot, by the rest of the name: the words of a few choices."""
        return {name.removeprefix(f"{start}."): text for name, text in self.texts.items() if name.startswith(f"{start}.")}


@cache
def messages(page: str, lang: str = DEFAULT) -> Messages:
    """The catalogue of a page; in English where the language is none of ours."""
    tag = lang if lang in LANGUAGES else DEFAULT
    texts = yaml.load((HERE / f"{page}.{tag}.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Messages(page, tag, {str(name): str(text).strip() for name, text in texts.items()})


def pages() -> tuple[str, ...]:
    """The pages that have a catalogue."""
    return tuple(sorted(path.name.removesuffix(".en.yaml") for path in HERE.glob("*.en.yaml")))

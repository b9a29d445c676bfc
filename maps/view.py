"""How a person chose to see the answer: nothing in it changes a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """What is drawn over the map. Later choices (classes, second map, selection) are further fields."""

    sites: bool = True
    """Whether the providers stand on the map."""

    def to_address(self) -> dict[str, str]:
        return {} if self.sites else {"sites": "off"}


def read_view(address: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view an address asks for, and a sentence for each value in it that means nothing."""
    text = address.get("sites")
    if text in (None, "on", "off"):
        return View(sites=text != "off"), ()
    return View(), ("The address says neither “on” nor “off” for the providers on the map; they are shown.",)

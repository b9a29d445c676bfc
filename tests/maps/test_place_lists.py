"""The lists of the page of a place as HTML: whole, and nothing unescaped."""

from __future__ import annotations

import math

from analytics.nearest_kinds import Nearest
from analytics.similar import similar
from data.bundle import Tables
from data.methods import texts
from maps.place_lists import METHOD, nearest_html, traits_html


def test_the_nearest_of_each_kind_with_its_lists() -> None:
    text = nearest_html(
        (
            Nearest("any", "O'Brien & <b>Sons</b>", "Ames", "IA", ("SAMHSA directory 2024",), 6.0, 13.0, False, math.nan),
            Nearest("medicaid", "", "", "", (), math.nan, math.nan, False, math.nan),
        )
    )
    assert text.count("<li>") == 2
    assert "O&#x27;Brien &amp; &lt;b&gt;Sons&lt;/b&gt;" in text
    assert text.count('class="place-lists"') == 1


def test_the_four_figures_and_the_distance(tables: Tables) -> None:
    found = similar("35013", tables)
    own = traits_html(found.own, found, None)
    assert own.count("<small>") == 4
    assert "<small>Income</small> $55,663" in own
    assert "<small>Rural code</small> 3" in own
    assert "<small>Distance</small> 0.23" in traits_html(found.places[0].figures, found, found.places[0].distance)
    assert "<small>Income</small> unknown" in traits_html(similar("32009", tables).own, similar("32009", tables), None)


def test_the_door_to_the_method_leads_to_a_section_there_is() -> None:
    assert METHOD.split("/methods#")[1].split('"')[0] in texts()

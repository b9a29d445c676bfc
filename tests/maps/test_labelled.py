"""A drawing with words over it: each word where it is said to be, as text, and hidden from who hears the alt text instead."""

from __future__ import annotations

from maps.labelled import Label, labelled_html


def test_words_lie_where_they_are_said_to_at_every_width_and_are_text() -> None:
    """(85, 30) of 340 x 120 is a quarter of either."""
    html = labelled_html(
        "near-sketch", "data:,", 'A "sketch"', (340, 120), [Label(85, 30, "<b>Gary", "soft"), Label(340, 0, "3", "strong", "end")]
    )
    assert '<span class="soft middle" style="left:25.00%;top:25.00%">&lt;b&gt;Gary</span>' in html
    assert '<span class="strong end" style="left:100.00%;top:0.00%">3</span>' in html
    assert 'alt="A &quot;sketch&quot;"' in html
    assert html.index('aria-hidden="true"') < html.index("Gary")

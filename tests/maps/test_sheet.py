"""A sheet: lines that fit, nothing lost in wrapping, the same bytes twice."""

from __future__ import annotations

import gc
import io
import weakref

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from PIL import Image
from pypdf import PdfReader

from maps.sheet import STYLES, TYPE, Face, Line, Sheet, balanced, first_fit, link_of, settle, width_of, wrapped, written
from scripts import make_type

TITLE = Face(18, bold=True)


def test_a_width_is_in_inches_and_grows_with_the_type() -> None:
    assert width_of("", TITLE) == 0
    assert width_of("nine counties", Face(20)) == pytest.approx(2 * width_of("nine counties", Face(10)), rel=1e-3)
    assert 0.5 < width_of("nine counties", Face(10)) < 1.0


@settings(deadline=None)
@given(st.text(alphabet="abc ñ'’%$-_&/", max_size=120), st.floats(0.4, 5))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    for lines in (wrapped(text, TITLE, width), balanced(text, TITLE, width)):
        assert "".join(lines).replace(" ", "") == "".join(text.split())
        assert all(width_of(line, TITLE) <= width for line in lines)


def test_an_address_breaks_where_it_must() -> None:
    address = "https://atlas.example.org/explore?measure=within_30_miles&level=county&place=us"
    lines = wrapped(f"See {address}", TITLE, 3)
    assert lines[0] == "See"
    assert "".join(lines[1:]) == address
    assert len(lines) > 2


def test_balanced_lines_leave_no_word_alone() -> None:
    text = "Between 32 and 76 % of adults in the US live within 30 miles of a provider"
    width = width_of(text.removesuffix(" provider"), TITLE) + 0.01
    assert wrapped(text, TITLE, width)[1] == "provider"
    assert len(balanced(text, TITLE, width)) == 2
    assert len(balanced(text, TITLE, width)[1].split()) > 3


def test_a_dollar_is_a_dollar_and_the_page_has_its_size() -> None:
    sheet = Sheet(4, 3, "#ffffff")
    sheet.write(["from $_5 to $^7"], TITLE, 0.2, 0.2, "#000000")
    sheet.block(1, 1, 1, 1, "#ff0000", "#000000")
    first, again = (sheet.file("png", 50, "a", "b", "c") for _ in range(2))
    assert first == again
    picture = Image.open(io.BytesIO(first)).convert("RGB")
    assert picture.size == (4 * 50, 3 * 50)
    assert picture.getpixel((75, 75)) == (255, 0, 0)


@pytest.mark.parametrize("style", STYLES.values())
def test_the_cut_fonts_are_the_whole_ones_letters_under_another_name(style: str) -> None:
    assert "SIL Open Font License" in (TYPE / "OFL.txt").read_text(encoding="utf-8")
    cut, whole = (TTFont(TYPE / f"{name}-{style}.ttf") for name in ("AtlasSans", "SourceSansPro"))
    assert not [one for one in cut["name"].names if one.nameID in (1, 4, 6, 16) and "Source" in str(one)], "a name the licence keeps"
    letters, glyphs = cut.getBestCmap(), whole.getBestCmap()
    assert set("aZñŁ–’≥ 0").issubset(map(chr, letters))
    for code, name in letters.items():
        assert cut["hmtx"][name] == whole["hmtx"][glyphs[code]]
    remade = make_type.cut(TYPE / f"SourceSansPro-{style}.ttf", style)
    assert set(remade.getBestCmap()) == set(letters)


def test_a_line_with_other_letters_is_set_in_the_whole_font() -> None:
    assert "AtlasSans" in str(TITLE.font("Cañon City, O’Brien").get_file())
    assert "SourceSansPro" in str(TITLE.font("Αθήνα").get_file())


@pytest.mark.parametrize("style", STYLES.values())
def test_the_cut_fonts_are_kerned_as_the_whole_ones(style: str) -> None:
    """Ends of lines as the layout puts them; "To" is closer than "T" and "o"."""
    wide = {}
    for text in ("To AVOID Table", "Tarrant County, TX; “Ty” L’Avenue", "Doña Ana 7.4 %", "P.A. We 11", "T", "o", "To"):
        cut, whole = (
            text_to_path.get_text_width_height_descent(text, FontProperties(fname=str(TYPE / f"{name}-{style}.ttf"), size=20), False)[0]
            for name in ("AtlasSans", "SourceSansPro")
        )
        assert cut == whole
        wide[text] = cut
    assert wide["To"] < wide["T"] + wide["o"] - 0.5


def test_a_pdf_is_one_page_of_its_size_with_words_links_and_the_same_bytes() -> None:
    sheet = Sheet(4, 3, "#ffffff")
    sheet.write(["Doña Ana, 5 % – “fine”"], TITLE, 0.2, 0.2, "#000000")
    sheet.write(["https://atlas.example.org/(a)"], Face(8, bold=True), 0.2, 1, "#000000", url="https://atlas.example.org/(a)")
    sheet.block(1, 1, 1, 1, "#ff0000", "#000000", "xxxx")
    sheet.axes.plot([2, 3], [2, 2.5], marker="o", linestyle="none", color="#00ff00")
    first, again = (sheet.file("pdf", 50, "A title – “here”", "b", "c") for _ in range(2))
    assert first == again
    read = PdfReader(io.BytesIO(first), strict=True)
    assert read.metadata is not None
    assert read.metadata.title == "A title – “here”"
    (page,) = read.pages
    assert [float(one) for one in page.mediabox] == [0, 0, 4 * 72, 3 * 72]
    said = page.extract_text()
    assert "Doña Ana, 5 % – “fine”" in said
    assert "https://atlas.example.org/(a)" in said
    (link,) = [one.get_object() for one in page["/Annots"]]
    assert link["/A"]["/URI"] == "https://atlas.example.org/(a)"
    assert 0.2 * 72 - 1 < link["/Rect"][0] < link["/Rect"][2] < 4 * 72
    (font,) = [one.get_object() for one in page["/Resources"]["/Font"].values()]
    inner = font["/DescendantFonts"][0].get_object()
    assert (inner["/Subtype"], "AtlasSans-Semibold" in inner["/BaseFont"]) == ("/CIDFontType2", True), "TrueType, called Type 42"
    assert inner["/FontDescriptor"]["/FontFile2"].get_data()
    assert "/CreationDate" not in read.metadata
    assert len(first) < 25_000


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_line_is_drawn_as_matplotlib_draws_any_text(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not measured stands where it stood: the same bytes."""

    def page() -> bytes:
        sheet = Sheet(4, 3, "#ffffff")
        sheet.write(["Doña Ana, 5 % – “fine”", "To AVOID gypsum"], TITLE, 0.2, 0.2, "#102030")
        sheet.write(["Αθήνα"], Face(8), 3.7, 1, "#000000", url="https://atlas.example.org/")
        return sheet.file(kind, 100, "a", "b", "c")

    ours = page()
    monkeypatch.setattr(Line, "draw", Text.draw)
    monkeypatch.setattr(Line, "set_clip_path", Text.set_clip_path)
    assert page() == ours


def test_what_draws_is_out_of_the_collectors_sight_and_what_was_drawn_is_gone() -> None:
    drawn = []

    def draw() -> Sheet:
        sheet = Sheet(4, 3, "#ffffff")
        drawn.append(weakref.ref(sheet.figure))
        return sheet

    settle.cache_clear()
    before = gc.get_freeze_count()
    written(draw, "png", 50, "a", "b", "c")
    after = gc.get_freeze_count()
    assert after > before
    assert drawn[0]() is None, "a picture is not kept with it"
    written(draw, "png", 50, "a", "b", "c")
    assert gc.get_freeze_count() <= after, "once a kind"


def test_the_largest_that_fits_is_taken_and_nothing_after_it_is_tried() -> None:
    tried = []

    def fits(size: int) -> bool:
        tried.append(size)
        return size <= 8

    assert first_fit((12, 8, 6), fits) == 8
    assert tried == [12, 8]
    assert first_fit((12, 10), fits) == 10, "the last where none does"


def test_only_an_address_with_a_host_can_be_clicked() -> None:
    assert link_of("https://atlas.example.org/explore?place=us (shown without your data)") == "https://atlas.example.org/explore?place=us"
    assert link_of("/explore?place=us") == ""

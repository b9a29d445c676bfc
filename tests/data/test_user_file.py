"""Files that people bring: every way a spreadsheet saves them is read, every line keeps its number, and what is no CSV is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import user_file
from data.errors import DataError
from data.user_file import BadRow, bad_rows_csv, read_rows, shown, told

KNOWN = ("name", "zip", "city")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_separator_is_told_by_the_heading(separator: str, mark: bytes, end: str) -> None:
    text = end.join(
        [separator.join(row) for row in (["Name", "ZIP", "Note"], ["Clinic, Inc" if separator != "," else "Clinic", "59715", "a"])]
    )
    read = read_rows(mark + text.encode(), "a.csv", KNOWN)
    assert read.columns == ("name", "zip", "note")
    assert read.rows[0][0] == 2
    assert read.rows[0][1][1:] == ("59715", "a")
    assert read.bad == ()


def test_lines_count_as_an_editor_does() -> None:
    text = 'name,zip\n\nfirst,1\n"second\nof two lines",2\n\nthird,3\nfourth\nfifth,5,6\n'
    read = read_rows(text.encode(), "a.csv", KNOWN)
    assert [line for line, _ in read.rows] == [3, 4, 7]
    assert read.bad == (BadRow(8, "has 1 cells where the heading has 2"), BadRow(9, "has 3 cells where the heading has 2"))


def test_a_quotation_mark_that_is_not_closed_is_named_where_it_opens() -> None:
    read = read_rows(b'name,zip\nfirst,1\n"second,2\nthird,3\nfourth,4\n', "a.csv", KNOWN)
    assert [line for line, _ in read.rows] == [2]
    assert read.bad == (BadRow(3, "has 1 cells where the heading has 2, and runs on to line 5: is a quotation mark not closed?"),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty; its first line must name the columns"),
        (b"\n  \n", "is empty"),
        (b"name,zip\nM\xfcnchen,1\n", r"not in UTF-8 \(line 2\)"),
        ("name,zip\n".encode("utf-16"), "not in UTF-8"),
        (b"PK\x03\x04rest", "Excel workbook; save it as “CSV UTF-8”"),
        (b"name,zip,Name\na,1,b\n", "column name stands twice"),
        (b"name\n" + b"x" * 200_000, "can't be read as CSV at line 2"),
    ],
)
def test_what_is_no_csv_is_said_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_rows(content, "a.csv", KNOWN)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_file, "MOST_BYTES", 10)
    with pytest.raises(DataError, match=r"has 0\.0 MB; a file may have"):
        read_rows(b"name,zip\na,1\n", "a.csv", KNOWN)


@given(st.binary(max_size=300))
def test_no_bytes_give_anything_but_rows_or_a_sentence(content: bytes) -> None:
    try:
        read = read_rows(content, "a.csv", KNOWN)
    except DataError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert all(len(cells) == len(read.columns) for _, cells in read.rows)


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1)] * 3), max_size=5
    )
)
def test_what_is_written_is_read(rows: list[tuple[str, str, str]]) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    content = "\n".join(["name;zip;city", *(";".join(map(cell, row)) for row in rows)])
    assert [cells for _, cells in read_rows(content.encode(), "a.csv", KNOWN).rows] == rows


@pytest.mark.parametrize(
    ("value", "words"), [("a\nb\x00", "ab"), ("x" * 50, "x" * 39 + "…"), (None, "nothing"), (float("nan"), "nothing"), ("", "nothing")]
)
def test_what_a_file_says_is_shown_short(value: object, words: str) -> None:
    assert shown(value) == words


def test_bad_rows_are_told_and_the_rest_counted() -> None:
    bad = [BadRow(line, "is wrong, somehow") for line in (2, 3, 1_004)]
    assert told(bad) == ["Line 2: is wrong, somehow.", "Line 3: is wrong, somehow.", "Line 1,004: is wrong, somehow."]
    assert told(bad, 1) == ["Line 2: is wrong, somehow.", "And 2 more; the file of them names all."]
    assert bad_rows_csv(bad).splitlines()[:2] == [b"line,reason", b'2,"is wrong, somehow"']

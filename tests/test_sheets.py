"""Workbooks as a spreadsheet reads them: headers, dates, numbers, and text that is never a formula."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.sheets import Sheet, xlsx_bytes


def sheet(*rows, header=("Name", "Number"), name="Data") -> Sheet:
    return Sheet(name, header, rows, (20, 10))


def read(content: bytes, name: str = "Data"):
    return openpyxl.load_workbook(BytesIO(content))[name]


def test_the_header_is_bold_and_stays_when_the_rows_scroll():
    page = read(xlsx_bytes([sheet(("Zoë Łuk", 1))]))

    assert [each.value for each in page[1]] == ["Name", "Number"]
    assert all(each.font.bold for each in page[1])
    assert page.freeze_panes == "A2"
    assert not page["A2"].font.bold


def test_a_date_is_a_date_shown_as_people_here_read_it():
    page = read(xlsx_bytes([sheet(("Born", date(2011, 9, 4)))]))

    assert page["B2"].is_date
    assert page["B2"].value == datetime(2011, 9, 4)  # noqa: DTZ001  a workbook knows no time zones
    assert page["B2"].number_format == "dd/mm/yyyy"


def test_numbers_stay_numbers_and_nothing_stays_empty():
    page = read(xlsx_bytes([sheet(("a", -3), ("b", Decimal("1.5")), (None, 0), ("-3", "007"))]))

    assert [each.value for each in page["B"][1:]] == [-3, 1.5, 0, "007"]
    assert page["A4"].value is None
    assert page["A5"].value == "'-3"


def test_a_moment_is_text_with_its_own_time():
    page = read(xlsx_bytes([sheet(("at", datetime(2026, 11, 23, 9, 30, tzinfo=UTC)))]))

    assert page["B2"].value.startswith("2026-11-23")
    assert page["B2"].data_type == "s"


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1632", "-cmd", "@SUM(A1)", "\t=1", "  =1", '=HYPERLINK("http://x")']
)
def test_text_like_a_formula_is_kept_from_being_one(text):
    page = read(xlsx_bytes([sheet((text, 1))]))

    assert page["A2"].data_type == "s"
    assert page["A2"].value == f"'{text}"


def test_a_link_or_a_header_like_a_formula_is_plain_text_too():
    content = xlsx_bytes([sheet(("https://example.org", "mailto:x@example.org"), header=("=1", "B"))])

    page = read(content)
    assert page["A1"].value == "'=1"
    assert page["A2"].hyperlink is None
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not any("external" in name.casefold() or "rels/sheet" in name for name in parts.namelist())


def test_a_text_longer_than_a_cell_holds_ends_with_dots_and_is_not_lost():
    page = read(xlsx_bytes([sheet(("x" * 40_000, 1))]))

    assert len(page["A2"].value) == 32_767
    assert page["A2"].value.endswith("x…")


def test_two_sheets_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Data"):
        xlsx_bytes([sheet(), sheet()])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="￾￿"), max_size=40))
def test_whatever_people_typed_comes_back_as_text(text):
    page = read(xlsx_bytes([sheet((f"a{text}", text))]))

    assert page["A2"].value == f"a{text}"
    assert page["A2"].data_type == "s"
    assert page["B2"].data_type in ("s", "n")  # «n» is how the reader calls an empty cell
    assert page["B2"].value is None or page["B2"].value.removeprefix("'") == text.removeprefix("'")

"""The file of a print: what is no stream stands in compressed streams, and every reader finds it."""

from io import BytesIO

import pikepdf
import pytest

from caseapp.paper import Block, Heading, record_pdf
from tests.pdf_reading import words_of

ROWS = (("Date", "What happened"), *((f"{day % 28 + 1:02d}/11/2026", f"Visit {day}") for day in range(400)))


@pytest.fixture(scope="module")
def pdf():
    return record_pdf(Heading("Record", "Łucja", None, "7"), [Block("Chronology", table=ROWS)])


def test_a_checker_of_files_finds_nothing_amiss(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert document.trailer.Info.Title == "Record, Łucja"
        assert len(document.trailer.ID) == 2


def test_the_structure_takes_little_of_the_file(pdf):
    loose = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(loose, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    assert b"/StructTreeRoot" not in pdf
    assert len(pdf) < 0.5 * len(loose.getvalue())


def test_nothing_of_the_words_is_lost(pdf):
    said = words_of(pdf)

    assert all(f"Visit {day}" in said for day in range(400))

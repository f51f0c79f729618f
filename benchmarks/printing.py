"""One Personal Education Plan as PDF, beside a bare reportlab document of as many pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from benchmarks.timing import ROOT, Row, row, side_by_side
from caseapp.forms import FORMS_BY_KEY
from caseapp.paper import Heading, plan_pdf
from caseapp.paper.fonts import refuse_unprintable

_ANSWERS = Path(ROOT / "tests" / "sample_answers" / "pep.json")
_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the line of printing."""
    del quick
    form = FORMS_BY_KEY["pep"]
    answers: dict[str, Any] = json.loads(_ANSWERS.read_text(encoding="utf-8"))
    heading = Heading(
        form.title, "Amelia Bench", date(2012, 9, 4), "10001", subtitle="Autumn term", document=form.title,
        version="1", status="signed", printed_at=_AT, printed_by="Bench",
    )  # fmt: skip
    refuse_unprintable([("", "warm")])
    pages = _lines(plan_pdf(form, answers, heading))
    ms, floor_ms = side_by_side(lambda: plan_pdf(form, answers, heading), lambda: _bare(pages))
    count = len(pages)
    yield row(f"a PEP of {count} pages as tagged PDF / a bare document of its words", ms, floor_ms, ratio=1.5)


def _lines(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page."""
    pages = pypdfium2.PdfDocument(pdf)
    return [escape(page.get_textpage().get_text_bounded()).splitlines() for page in pages]


def _bare(pages: list[list[str]]) -> bytes:
    """Set the same lines on as many pages, one paragraph each."""
    style = ParagraphStyle("bare", fontName="Helvetica", fontSize=8, leading=9)
    story: list[Flowable] = []
    for lines in pages:
        story += [*(Paragraph(each, style) for each in lines), PageBreak()]
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()

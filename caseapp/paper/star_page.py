"""A star on a page of its own: the chart, its numbers, what changed, its owner's words."""

from __future__ import annotations

from caseapp.form import Score
from caseapp.paper import wheel
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import Heading, document, look, paragraphs
from caseapp.paper.parts import opening
from caseapp.paper.tables import table
from caseapp.star_picture import Picture
from caseapp.star_picture import table as numbers


def star_pdf(picture: Picture, heading: Heading) -> bytes:
    """Return the picture as a PDF with its table of numbers. Raises Unprintable."""
    rows = numbers(picture)
    said = [("the star", " ".join((*(cell for row in rows for cell in row), picture.sentence)))]
    refuse_unprintable([*heading.texts, *said, ("the acknowledgement", picture.acknowledgement)])
    style = look(large=heading.large)
    areas = [
        Score(f"area_{number}", label, low=picture.low, high=picture.high)
        for number, label in enumerate(picture.areas)
    ]
    readings = [wheel.Reading(each.label, each.points, each.is_other_view) for each in picture.lines[::-1]]
    shares = [2.4, *(1.6 if title == "Stage" else 1.1 for title in rows[0][1:])]
    drawn_table = table(rows[0], rows[1:], style, shares=[share / sum(shares) for share in shares])
    story = [*opening(heading, style), style.gap(4), wheel.chart(areas, readings, style), style.gap(10)]
    story += [drawn_table, style.gap(8), *paragraphs(picture.sentence, style.body)]
    if picture.acknowledgement:
        story += wheel.acknowledgement(picture.acknowledgement, style)
    return document(heading, story)

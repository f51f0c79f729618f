"""Whole documents: a plan, the empty form, a record. All return the bytes of a PDF.

Everything that reaches paper is checked for letters that no bundled font holds before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseapp.form import Form
from caseapp.paper.answers import Sheet, section_story, texts
from caseapp.paper.blank import blank_story
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import Heading, Headline, document, look, paragraphs
from caseapp.paper.parts import Fact, facts, kept, opening
from caseapp.paper.tables import table

# isort: split
from reportlab.platypus import Flowable


@dataclass(frozen=True)
class Block:
    """A part of a record: facts, then paragraphs, then a table whose first row is its header."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with the words that say where it stands."""
        where = f"“{self.title}”"
        yield where, self.title
        yield from ((f"“{label}”", f"{label} {value}") for label, value in self.facts)
        yield from (
            (where, text) for text in (*self.paragraphs, *(cell for row in self.table for cell in row))
        )


def plan_pdf(
    form: Form,
    answers: Mapping[str, Any],
    heading: Heading,
    *,
    sections: Collection[str] | None = None,
    earlier: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> bytes:
    """Return the form with its answers, all sections or those whose keys are given.

    `earlier` are (label, answers) of former readings, the oldest first, for a star: the last two are drawn.
    Raises Unprintable.
    """
    chosen = [each for each in form.sections if sections is None or each.key in sections]
    refuse_unprintable([*heading.texts, *texts(form, chosen, answers, earlier)])
    style = look(large=heading.large)
    sheet = Sheet(style, heading.is_draft, answers)
    story = opening(heading, style)
    for section in chosen:
        story += section_story(section, form, sheet, earlier)
    if len(chosen) < len(form.sections):
        story += paragraphs(f"This copy holds {len(chosen)} of {len(form.sections)} sections.", style.note)
    if form.owner:
        story += [style.gap(8), *paragraphs(form.owner, style.note)]
    return document(heading, story)


def blank_pdf(form: Form, *, large: bool = False) -> bytes:
    """Return the empty form, to be filled in by pen."""
    heading = Heading(
        form.title, "", None, "", subtitle="To be filled in by pen", document=form.title,
        version=str(form.version), status="empty form", large=large,
    )  # fmt: skip
    return document(heading, blank_story(form, heading))


def record_pdf(heading: Heading, blocks: Sequence[Block]) -> bytes:
    """Return a document of blocks, such as the overview of a record or a chronology. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *(text for block in blocks for text in block.texts)])
    style = look(large=heading.large)
    story = opening(heading, style)
    for block in blocks:
        body: list[Flowable] = facts([Fact(label, value) for label, value in block.facts], style)
        for text in block.paragraphs:
            body += [style.gap(3), *paragraphs(text, style.body), style.gap(3)]
        if block.table:
            body.append(table(block.table[0], block.table[1:], style))
        story += kept([Headline(block.title, style)], body, style)
    return document(heading, story)

"""Whole documents: a plan, the empty form, a record. All return the bytes of a PDF.

Everything that reaches paper is checked for letters that no bundled font holds before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseapp.form import Form, Section
from caseapp.paper.actions import ActionLine, action_table, tick_table
from caseapp.paper.answers import section_story, texts
from caseapp.paper.blank import blank_story
from caseapp.paper.drawn import WritingLines
from caseapp.paper.editions import for_family
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import Heading, Headline, Look, document, look, paragraphs
from caseapp.paper.parts import Fact, Quote, empty_space, facts, kept, opening, panel
from caseapp.paper.sheet import Sheet
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

_ROW_FOR_A_PEN = 5 * mm  # beside the room that any row has above and below


@dataclass(frozen=True)
class Block:
    """A part of a record: quotes, facts, paragraphs, a table whose first row is its header, and actions.

    `actions` are (heading, lines) of what was agreed; with `to_tick` they have boxes for a pen. `lines` is
    room to write, and so is an empty row of the table. `shares` is how its columns share the line, `right`
    and `quiet` are those of figures and of what explains them. `notes` are in small letters.
    """

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    shares: tuple[float, ...] = ()
    right: tuple[int, ...] = ()
    quiet: tuple[int, ...] = ()
    actions: tuple[tuple[str, tuple[ActionLine, ...]], ...] = ()
    to_tick: bool = False
    lines: int = 0

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with the words that say where it stands."""
        where = f"“{self.title}”"
        yield where, self.title
        yield from ((f"“{label}”", f"{label} {value}") for label, value in (*self.facts, *self.quotes))
        cells = (cell for row in self.table for cell in row)
        yield from ((where, text) for text in (*self.paragraphs, *self.notes, *cells))
        for heading, lines in self.actions:
            yield where, " ".join([heading, *(each.texts for each in lines)])


def plan_pdf(
    form: Form,
    answers: Mapping[str, Any],
    heading: Heading,
    *,
    sections: Collection[str] | None = None,
    earlier: Sequence[tuple[str, Mapping[str, Any]]] = (),
    edition: str = "full",
    after: Mapping[str, Sequence[Block]] | None = None,
) -> bytes:
    """Return the form with its answers, all sections or those whose keys are given.

    `earlier` are (label, answers) of former readings, the oldest first, for a star: the last two are drawn.
    The edition «family» is in plain words, without what is for professionals. `after` are blocks that follow
    a section, by its key. Raises Unprintable.
    """
    is_family, after = edition == "family", after or {}
    form = for_family(form) if is_family else form
    chosen = [each for each in form.sections if sections is None or each.key in sections]
    added = [block for each in chosen for block in after.get(each.key, ())]
    refuse_unprintable(
        [
            *heading.texts,
            *texts(form, chosen, answers, earlier),
            *(text for each in added for text in each.texts),
        ]
    )
    story = plan_story(form, answers, heading, chosen, earlier=earlier, is_family=is_family, after=after)
    return document(heading, story)


def plan_story(
    form: Form,
    answers: Mapping[str, Any],
    heading: Heading,
    chosen: Sequence[Section],
    *,
    earlier: Sequence[tuple[str, Mapping[str, Any]]] = (),
    is_family: bool = False,
    after: Mapping[str, Sequence[Block]] | None = None,
) -> list[Flowable]:
    """Return the chosen sections of a form with their answers, as `plan_pdf` sets them."""
    after = after or {}
    style = look(large=heading.large)
    printed_on = heading.printed_at.date() if heading.printed_at else None
    sheet = Sheet(style, heading.is_draft and not is_family, answers, form.dated(answers) or printed_on)
    story = opening(heading, style)
    for section in chosen:
        story += section_story(section, form, sheet, earlier)
        story += [part for block in after.get(section.key, ()) for part in block_story(block, style)]
    if len(chosen) < len(form.sections):
        story += paragraphs(f"This copy holds {len(chosen)} of {len(form.sections)} sections.", style.note)
    if form.owner:
        story += [style.gap(8), *paragraphs(form.owner, style.note)]
    return story


def blank_pdf(form: Form, *, large: bool = False) -> bytes:
    """Return the empty form, to be filled in by pen."""
    heading = blank_heading(form, large=large)
    return document(heading, blank_story(form, heading))


def blank_heading(form: Form, *, large: bool) -> Heading:
    """Return the heading of an empty form."""
    return Heading(
        form.title, "", None, "", subtitle="To be filled in by pen", document=form.title,
        version=str(form.version), status="empty form", large=large,
    )  # fmt: skip


def record_pdf(heading: Heading, blocks: Sequence[Block]) -> bytes:
    """Return a document of blocks, such as the overview of a record or a chronology. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *(text for block in blocks for text in block.texts)])
    return document(heading, record_story(heading, blocks))


def record_story(heading: Heading, blocks: Sequence[Block]) -> list[Flowable]:
    """Return blocks under their heading, as `record_pdf` sets them."""
    style = look(large=heading.large)
    story = opening(heading, style)
    for block in blocks:
        story += block_story(block, style)
    return story


def block_story(block: Block, style: Look) -> list[Flowable]:
    """Return a block under its title."""
    body: list[Flowable] = []
    if block.quotes:
        body += panel([Quote(label, said) for label, said in block.quotes], style)
    body += facts([Fact(label, value) for label, value in block.facts], style)
    for text in block.paragraphs:
        body += [style.gap(3), *paragraphs(text, style.body), style.gap(3)]
    for text in block.notes:
        body += [style.gap(2.5), *paragraphs(text, style.note), style.gap(2.5)]
    if block.table:
        head, *rows = block.table
        cells = with_room(rows, _ROW_FOR_A_PEN * style.scale)
        body.append(table(head, cells, style, right=block.right, quiet=block.quiet, shares=block.shares))
    for at, (heading, lines) in enumerate(block.actions):
        body += _actions_story(heading, lines, style, headed=not at, to_tick=block.to_tick)
    if block.lines:
        body += [style.gap(4), WritingLines(block.lines, style)]
    return kept([Headline(block.title, style)], body, style)


def with_room(rows: Sequence[Sequence[str]], height: float) -> list[list[Cell]]:
    """Return the rows of a table; an empty one has room of a height to write in."""
    return [[*each] if any(each) else [empty_space(height), *[""] * (len(each) - 1)] for each in rows]


def _actions_story(
    heading: str, lines: Sequence[ActionLine], style: Look, *, headed: bool, to_tick: bool
) -> list[Flowable]:
    made = tick_table(lines, style) if to_tick else action_table(lines, style, headed=headed)
    if not heading:
        return [made]
    return [style.gap(7), *kept(paragraphs(heading, style.quote_title), [made], style)]

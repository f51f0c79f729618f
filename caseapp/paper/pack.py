"""A pack: several documents in one file with a cover, contents, bookmarks and page numbers that run on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from caseapp.form import Form
from caseapp.paper import fonts
from caseapp.paper.answers import texts
from caseapp.paper.blank import blank_story
from caseapp.paper.care_sheets import Row, panel_texts, sheet_story
from caseapp.paper.documents import Block, plan_story, record_story
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import PART_NUMBER, WIDTH, Heading, Headline, document, look, paragraphs
from caseapp.paper.parts import opening
from caseapp.paper.pathway import pathway_story
from caseapp.paper.pep_short import summary_story
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, PageBreak

_SHARES = (0.07, 0.48, 0.37, 0.08)
_LARGE_SHARES = (0.09, 0.46, 0.33, 0.12)


class PackPart(NamedTuple):
    """A document of a pack. `note` says in the contents which it is: its version, or since when.

    It is of blocks, of panels as a sheet of so many pages has them, or of a form: with its answers, empty,
    summed up, or set as a pathway plan.
    """

    key: str
    title: str
    note: str
    heading: Heading
    blocks: tuple[Block, ...] = ()
    panels: tuple[Row, ...] = ()
    form: Form | None = None
    answers: Mapping[str, Any] | None = None
    made: Literal["whole", "blank", "summary", "pathway"] = "whole"
    pages: int = 1
    photo: bool = False

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with the words that say where it stands."""
        yield from self.heading.texts
        yield "the contents", f"{self.title} {self.note}"
        for block in self.blocks:
            yield from block.texts
        yield from panel_texts(self.panels)
        if self.form:
            yield from texts(self.form, self.form.sections, self.answers or {}, ())

    @property
    def story(self) -> list[Flowable]:
        """Return what is printed."""
        if self.form is None:
            if self.panels:
                return sheet_story(self.heading, self.panels, pages=self.pages, photo=self.photo, cut=True)
            return record_story(self.heading, self.blocks)
        if self.made == "blank":
            return blank_story(self.form, self.heading)
        answers = self.answers or {}
        if self.made == "summary":
            return summary_story(self.form, answers, self.heading)
        if self.made == "pathway":
            return pathway_story(self.form, answers, self.heading)
        return plan_story(self.form, answers, self.heading, self.form.sections)


def pack_pdf(heading: Heading, parts: Sequence[PackPart], notes: Sequence[str] = ()) -> bytes:
    """Return the documents in one PDF; `notes` stand below the contents. Raises Unprintable."""
    told = [("the cover", text) for text in notes]
    refuse_unprintable([*heading.texts, *told, *(text for each in parts for text in each.texts)])
    style = look(large=heading.large)
    story = [*opening(heading, style), Headline("Contents", style, bookmark=False)]
    rows: list[list[Cell]] = [
        [str(number), each.title, each.note, PartPage(each.key, each.title, style.body)]
        for number, each in enumerate(parts, 1)
    ]
    shares = _LARGE_SHARES if style.is_large else _SHARES
    story.append(table(("", "Document", "", "Page"), rows, style, right=(3,), shares=shares))
    story.append(style.gap(8))
    for text in notes:
        story += [*paragraphs(text, style.note), style.gap(2)]
    for each in parts:
        story += [Turn(each.heading), PageBreak(), PartBegins(each.key, each.title), *each.story]
    return document(heading, story, [each.heading for each in parts])


class Turn(ActionFlowable):
    """From the next page on the sheets bear another heading."""

    def __init__(self, heading: Heading) -> None:
        super().__init__()
        self._heading = heading

    def apply(self, doc: BaseDocTemplate) -> None:
        """Turn to the heading."""
        sheets: Any = doc  # ours: BaseDocTemplate knows no headings
        sheets.turn_to(self._heading)


class PartBegins(Flowable):
    """Where a document begins: its bookmark, above those of its sections."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._title = key, title

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: none."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Add the bookmark and note the page."""
        canvas: Any = self.canv  # ours: a plain one knows no parts
        canvas.begin_part(self._key, fonts.shown(self._title).replace("\n", " "))


class PartPage(Flowable):
    """The page on which a document begins, known when everything is laid out; the line is a link to it."""

    def __init__(self, key: str, title: str, style: ParagraphStyle) -> None:
        super().__init__()
        self._key, self._title, self._style = key, title, style

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = width, self._style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Leave the place for the number, and make the line a link."""
        canvas: Any = self.canv  # as above
        box = (self.width - WIDTH, -2, self.width, self.height)
        link = canvas.link(f"To {self._title}", f"part-{self._key}", box)
        with canvas.marked("Link", element=link):
            canvas.saveState()
            canvas.translate(self.width - PART_NUMBER, self._style.leading - self._style.fontSize)
            canvas.doForm(f"begins-{self._key}")
            canvas.restoreState()

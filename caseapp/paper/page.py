"""The sheet of paper: its styles, what stands on every page, and the one function that makes paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from io import BytesIO
from typing import Any, Literal

from caseapp import words
from caseapp.paper import directions, fonts
from caseapp.paper.gap import Gap
from caseapp.paper.grid import Grid
from caseapp.paper.tags import LANGUAGE, TaggedCanvas
from caseapp.paper.wording import Words

# isort: split
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
)

INK, MUTED, FAINT = HexColor("#1D2A2C"), HexColor("#56656A"), HexColor("#ECEFED")
ACCENT, SOFT, LINE = HexColor("#0B5F66"), HexColor("#E2F0EF"), HexColor("#DADFDC")

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
_EDGE = 11 * mm  # from the edge of the paper to the header and the footer
PART_NUMBER = 40  # points that the number of a part's first page may take: what is left of a form is cut off
_PIECE = 2_500  # letters in one paragraph: longer ones lay out ever more slowly


@dataclass(frozen=True)
class Heading:
    """Whose paper it is and what it is: the top of the first page and the edges of every page.

    `status` «draft» puts DRAFT across every page; any other words («signed 20/11/2026») stand in the footer,
    and `watermark` goes across.
    `notice` is said to the reader of this copy, on its first page.
    """

    title: str
    child_name: str
    born_on: date | None
    ref: str
    subtitle: str = ""
    marking: str = "OFFICIAL-SENSITIVE"
    document: str = ""
    version: str = ""
    status: str = ""
    printed_by: str = ""
    printed_at: datetime | None = None
    mark: str = ""
    large: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    notice_title: str = ""
    notice: str = ""
    watermark: str = ""

    @property
    def is_draft(self) -> bool:
        """Return whether DRAFT goes across each page."""
        return self.status.casefold() == "draft"

    @property
    def across(self) -> str:
        """Return what goes across each page."""
        return "DRAFT" if self.is_draft else self.watermark

    @property
    def identity(self) -> str:
        """Return name, date of birth and reference in one line."""
        born = words.day(self.born_on) if self.born_on else ""
        ref = f"ref {self.ref}" if self.ref else ""
        # Spaces that hold: three of them keep the parts apart without a line.
        return "\u00a0\u00a0 ".join(fonts.kept_in_order((self.child_name, born, ref)))

    @property
    def issue(self) -> str:
        """Return document, version and status for the foot of the page."""
        version = f"version {self.version}" if self.version.isdigit() else self.version
        return ", ".join(part for part in (self.document, version, self.status) if part)

    @property
    def printed(self) -> str:
        """Return when and by whom it was printed, and the mark of this copy."""
        moment = words.moment(self.printed_at) if self.printed_at else ""
        by = f"by {self.printed_by}" if self.printed_by else ""
        start = " ".join(part for part in ("Printed", moment, by) if part) if moment or by else ""
        return ", ".join(part for part in (start, f"mark {self.mark}" if self.mark else "") if part)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return each text with the words that say where it stands."""
        named = [("the title", self.title), ("the subtitle", self.subtitle), ("the marking", self.marking)]
        named += [(f"the name “{self.child_name}”", self.child_name), ("the reference", self.ref)]
        named += [("the foot of the page", f"{self.issue} {self.printed}")]
        named += [("the words on this copy", f"{self.notice_title} {self.notice}")]
        return named + [(f"“{label}”", f"{label} {value}") for label, value in self.facts]


@dataclass(frozen=True)
class Look:
    """The styles of one size of print."""

    scale: float
    title: ParagraphStyle
    subtitle: ParagraphStyle
    section: ParagraphStyle
    strong: ParagraphStyle
    body: ParagraphStyle
    right: ParagraphStyle
    muted: ParagraphStyle
    note: ParagraphStyle
    column: ParagraphStyle
    column_right: ParagraphStyle
    quote_title: ParagraphStyle
    quote: ParagraphStyle
    edge: ParagraphStyle
    edge_middle: ParagraphStyle
    edge_right: ParagraphStyle

    @property
    def is_large(self) -> bool:
        """Return whether this is large print."""
        return self.scale > 1

    def gap(self, points: float) -> Gap:
        """Return an empty space that grows with the print."""
        return Gap(1, points * self.scale)


@cache
def look(*, large: bool) -> Look:
    """Return the styles for 10-point print, or for 16-point if `large`."""
    scale = 1.6 if large else 1.0
    style = partial(_style, scale)
    head = partial(_style, 1.3 if large else 1.0)
    return Look(
        scale=scale,
        title=head("title", fonts.BOLD, 22, 26, INK),
        subtitle=head("subtitle", fonts.REGULAR, 12.5, 17, MUTED),
        section=style("section", fonts.BOLD, 11.5, 14, ACCENT),
        strong=style("strong", fonts.SEMIBOLD, 10, 13.6, INK),
        body=style("body", fonts.REGULAR, 10, 13.6, INK),
        right=style("right", fonts.REGULAR, 10, 13.6, INK, alignment=TA_RIGHT),
        muted=style("muted", fonts.REGULAR, 10, 13.6, MUTED),
        note=style("note", fonts.REGULAR, 9.5, 12.4, MUTED),
        column=style("column", fonts.SEMIBOLD, 9.5, 12.4, MUTED),
        column_right=style("column_right", fonts.SEMIBOLD, 9.5, 12.4, MUTED, alignment=TA_RIGHT),
        quote_title=style("quote_title", fonts.BOLD, 10, 13.6, ACCENT),
        quote=style("quote", fonts.REGULAR, 12.5, 18, INK),
        edge=head("edge", fonts.REGULAR, 8.2, 11, MUTED),
        edge_middle=head("edge_middle", fonts.REGULAR, 8.2, 11, MUTED, alignment=TA_CENTER),
        edge_right=head("edge_right", fonts.REGULAR, 8.2, 11, MUTED, alignment=TA_RIGHT),
    )


def scaled(style: Look, share: float) -> Look:
    """Return the styles in smaller letters."""
    names = [each.name for each in fields(style) if each.name != "scale"]
    made = {
        name: ParagraphStyle(name, each, fontSize=share * each.fontSize, leading=share * each.leading)
        for name, each in ((name, getattr(style, name)) for name in names)
    }
    return replace(style, scale=share, **made)


def _style(
    scale: float,
    name: str,
    font: str,
    size: float,
    leading: float,
    ink: Color,
    alignment: Literal[0, 1, 2] = 0,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size * scale,
        leading=leading * scale,
        textColor=ink,
        alignment=alignment,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


def paragraphs(
    text: str, style: ParagraphStyle, *, piece: int = _PIECE, way: int | None = None
) -> list[Flowable]:
    """Return one paragraph a line of the text, a very long line in pieces.

    The only place that makes paragraphs: text from people is escaped here, so that it is never markup.
    `way` is 1 where lines run right to left, 0 where they never do, as in what the program says of somebody;
    else the text says it.
    """
    made: list[Flowable] = []
    lines = fonts.shown(text).strip("\n").split("\n")
    for line in lines:
        if line.strip():
            parts = _pieces(line, piece)
            runs = directions.base(line) if way is None else way
            is_among = len(lines) > 1 or len(parts) > 1
            made += [Words(part, style, runs, is_among=is_among) for part in parts]
        elif made:
            made.append(Gap(1, style.leading / 2))
    return made


def _pieces(line: str, longest: int) -> list[str]:
    pieces = []
    while len(line) > longest:
        end = next(
            (at + 1 for mark in (". ", " ") if (at := line.rfind(mark, longest // 2, longest)) > 0), longest
        )
        pieces.append(line[:end])
        line = line[end:]
    return [*pieces, line]


class Headline(Flowable):
    """A section's title over a rule, and its bookmark."""

    def __init__(self, title: str, look: Look, *, bookmark: bool = True) -> None:
        super().__init__()
        self.spaceBefore = 15 * look.scale
        self.spaceAfter = 5 * look.scale
        self._title, self._look, self._bookmark = title, look, bookmark
        self._lines = paragraphs(title, look.section, way=0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room it takes."""
        heights = [each.wrap(width, A4[1])[1] for each in self._lines]
        self.width, self.height = width, sum(heights) + 4 * self._look.scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw title and rule, and add the bookmark."""
        canvas: Any = self.canv
        level = self.height
        for each in self._lines:
            level -= each.height
            each.drawOn(canvas, 0, level)
        with canvas.marked(""):
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(0.9)
            canvas.line(0, 0, self.width, 0)
        if self._bookmark:
            key = f"{canvas.getPageNumber()}-{self._title}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(fonts.shown(self._title).replace("\n", " "), key, level=0, closed=False)


class _Sheets(BaseDocTemplate):
    """A document whose pages all bear the edges of its heading, or of the part's that they belong to."""

    def __init__(self, target: BytesIO, heading: Heading, others: Sequence[Heading] = ()) -> None:
        self._heading, self._look = heading, look(large=heading.large)
        every = [self._edges(each) for each in (heading, *others)]
        self._header_height = max(header for (_, header), _ in every)
        self._footer_height = max(footer for _, (_, footer) in every)
        self.turn_to(heading)
        super().__init__(
            target, pagesize=A4, title=_title(heading), author="caseapp", lang=LANGUAGE, invariant=1
        )
        apart = 7 * mm if heading.printed else 4 * mm  # paper for a pen has more room for it
        bottom, top = _EDGE + self._footer_height + apart, _EDGE + self._header_height + apart
        frame = Frame(
            MARGIN, bottom, WIDTH, A4[1] - bottom - top,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates(PageTemplate("sheet", [frame], onPage=self._draw_edges))

    def beforeDocument(self) -> None:
        """Date the file by the print, so that the same print gives the same bytes."""
        moment = self._heading.printed_at
        if moment:
            stamp = f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"
            self.canv.setDateFormatter(lambda *_: stamp)

    def turn_to(self, heading: Heading) -> None:
        """Let the pages to come bear a heading."""
        self._heading = heading
        (self._header, _), (self._footer, _) = self._edges(heading)

    def _edges(self, heading: Heading) -> list[tuple[Grid, float]]:
        """Return the top and the foot of a page, with their heights."""
        style = self._look
        return [
            self._edge((heading.marking, heading.identity), (0.46, 0.54), (style.edge, style.edge_right)),
            self._edge(
                (heading.issue, heading.printed, ""),
                _foot_shares(heading, style),
                (style.edge, style.edge_middle, style.edge_right),
            ),
        ]

    def _edge(
        self, texts: Sequence[str], shares: Sequence[float], styles: Sequence[ParagraphStyle]
    ) -> tuple[Grid, float]:
        """Return a row of texts and its height; it reads from left to right whatever a name is written in."""
        cells = [paragraphs(text, style, way=0) for text, style in zip(texts, styles, strict=True)]
        row = Grid([cells], colWidths=[share * WIDTH for share in shares])
        return row, row.wrap(WIDTH, A4[1])[1] or styles[0].leading

    def _draw_edges(self, canvas: Any, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        if self._heading.across:
            with canvas.edge("Watermark"):
                self._draw_watermark(canvas)
        with canvas.edge("Header"):
            self._header.drawOn(canvas, MARGIN, A4[1] - _EDGE - self._header_height)
        with canvas.edge("Footer"):
            rule = _EDGE + self._footer_height + 3 * mm
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.6)
            canvas.line(MARGIN, rule, A4[0] - MARGIN, rule)
            self._footer.drawOn(canvas, MARGIN, _EDGE)
            # How many pages there are is known at the end: each number is a form that is drawn then.
            canvas.doForm(f"page-{canvas.getPageNumber()}")
        canvas.restoreState()

    def _draw_watermark(self, canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(52)
        canvas.setFillColor(FAINT)
        fonts.draw_text(canvas, 0, -48, self._heading.across, fonts.BOLD, 150, align=0.5)
        canvas.restoreState()

    def draw_page_numbers(self, canvas: Canvas) -> None:
        """Draw «page x of y» for every page."""
        style, pages = self._look.edge, self.page
        height = _EDGE + self._footer_height - style.leading + (style.leading - style.fontSize) / 2 + 1.8
        for number in range(1, pages + 1):
            canvas.beginForm(f"page-{number}")
            canvas.setFillColor(MUTED)
            fonts.draw_text(
                canvas,
                A4[0] - MARGIN,
                height,
                f"page {number} of {pages}",
                style.fontName,
                style.fontSize,
                align=1,
            )
            canvas.endForm()

    def draw_beginnings(self, canvas: Canvas, begins: dict[str, int]) -> None:
        """Draw the page on which each part begins, for the contents."""
        style = self._look.body
        for key, number in begins.items():
            canvas.beginForm(f"begins-{key}")
            canvas.setFillColor(INK)
            fonts.draw_text(canvas, PART_NUMBER, 0, str(number), style.fontName, style.fontSize, align=1)
            canvas.endForm()


def _foot_shares(heading: Heading, style: Look) -> tuple[float, float, float]:
    """Return how the foot shares the line: what stands at its left gets more of it, if all stay in one."""
    if not heading.printed:
        return 0.84, 0.01, 0.15
    edge = style.edge
    issue, printed = (
        fonts.text_width(text, edge.fontName, edge.fontSize) / WIDTH
        for text in (heading.issue, heading.printed)
    )
    left = max(0.41, issue + 0.02)
    return (left, 0.86 - left, 0.14) if left + printed <= 0.86 else (0.41, 0.45, 0.14)


def _title(heading: Heading) -> str:
    return ", ".join(part for part in (heading.title, heading.child_name) if part)


class _Pages(TaggedCanvas):
    """A canvas that knows the parts of the file, and adds what is known at the end before it closes."""

    def __init__(self, *args: Any, sheets: _Sheets, **more: Any) -> None:
        super().__init__(*args, **more)
        self._sheets, self._level, self._begins = sheets, 0, dict[str, int]()

    def begin_part(self, key: str, title: str) -> None:
        """Note that a part begins on this page; the sections that follow stand under it."""
        self._level = 0
        self.bookmarkPage(f"part-{key}")
        self.addOutlineEntry(title, f"part-{key}", level=0, closed=True)
        self._level, self._begins[key] = 1, self.getPageNumber()

    def addOutlineEntry(self, title: str, key: str, level: int = 0, closed: Any = None) -> None:
        """Add a bookmark, under that of its part if there is one."""
        super().addOutlineEntry(title, key, level=level + self._level, closed=closed)

    def save(self) -> None:
        """Write the file."""
        self._sheets.draw_page_numbers(self)
        self._sheets.draw_beginnings(self, self._begins)
        super().save()


def document(heading: Heading, story: list[Flowable], others: Sequence[Heading] = ()) -> bytes:
    """Return the PDF of the story on sheets that bear the heading; `others` are those it turns to."""
    target = BytesIO()
    sheets = _Sheets(target, heading, others)
    try:
        sheets.build(story, canvasmaker=partial(_Pages, sheets=sheets))
    finally:
        fonts.forget()
    return target.getvalue()


def pages_of(heading: Heading, story: list[Flowable]) -> int:
    """Return how many pages the story takes. It is used up by that."""
    sheets = _Sheets(BytesIO(), heading)
    sheets.build(story, canvasmaker=partial(_Pages, sheets=sheets))
    return int(sheets.page)

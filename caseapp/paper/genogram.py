"""A genogram on a sheet of its own, A4 across, drawn in lines that print as well in black."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Any, Final

from caseapp.genogram import LEGEND, Genogram, Symbol, corners
from caseapp.genogram_homes import Home
from caseapp.genogram_lines import CELL, SYMBOL, Bond
from caseapp.paper import fonts
from caseapp.paper.page import INK, MARGIN, MUTED, Heading
from caseapp.paper.tags import TaggedCanvas

# isort: split
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = landscape(A4)
_EDGE: Final = 11 * mm
_GROUND: Final = HexColor("#FFFFFF")
_LARGEST: Final = 1.0
_EDGE_SIZE, _LEGEND_SIZE, _LEGEND_LINE = 8.2, 9.5, 12.4


def genogram_pdf(drawn: Genogram, heading: Heading) -> bytes:
    """Return the genogram as a PDF of one page. Raises Unprintable."""
    texts = [(f"the words on {each.lines[0]}", " ".join(each.lines)) for each in drawn.symbols if each.lines]
    texts += [("a household", each.label) for each in drawn.homes]
    fonts.refuse_unprintable([*heading.texts, *texts])
    target = BytesIO()
    canvas = TaggedCanvas(target, pagesize=(_WIDTH, _HEIGHT), invariant=1, lang="en-GB")
    canvas.setTitle(f"{heading.title}, {heading.child_name}")
    canvas.setAuthor("caseapp")
    if heading.printed_at:
        stamp = f"D:{heading.printed_at.astimezone(UTC):%Y%m%d%H%M%S}Z"
        canvas.setDateFormatter(lambda *_: stamp)
    try:
        _draw_sheet(canvas, drawn, heading)
        canvas.showPage()
        canvas.save()
    finally:
        fonts.forget()
    return target.getvalue()


def _draw_sheet(canvas: TaggedCanvas, drawn: Genogram, heading: Heading) -> None:
    top = _HEIGHT - _EDGE
    with canvas.edge("Header"):
        _words(canvas, MARGIN, top - 8, heading.marking)
        _words(canvas, _WIDTH - MARGIN, top - 8, heading.identity, align=1)
    canvas.bookmarkPage("genogram")
    canvas.addOutlineEntry(fonts.shown(heading.title), "genogram", level=0)
    with canvas.marked("H1"):
        canvas.setFillColor(INK)
        title = f"{heading.title}: {heading.child_name}"
        fonts.draw_text(canvas, MARGIN, top - 36, title, fonts.BOLD, 18, way=0)
    legend = _wrapped(LEGEND, _WIDTH - 2 * MARGIN, _LEGEND_SIZE)
    foot = _EDGE + 26 + _LEGEND_LINE * len(legend)
    with canvas.marked("Figure", alt=drawn.told):
        _fit(canvas, drawn, foot, top - 46)
    with canvas.marked("P"):
        for number, line in enumerate(legend):
            _words(canvas, MARGIN, foot - 9 - _LEGEND_LINE * number, line, size=_LEGEND_SIZE)
    with canvas.edge("Footer"):
        _words(canvas, MARGIN, _EDGE, heading.issue)
        _words(canvas, _WIDTH / 2, _EDGE, heading.printed, align=0.5)
        _words(canvas, _WIDTH - MARGIN, _EDGE, "page 1 of 1", align=1)


def _words(
    canvas: Canvas, x: float, y: float, text: str, *, align: float = 0, size: float = _EDGE_SIZE
) -> None:
    canvas.setFillColor(MUTED)
    fonts.draw_text(canvas, x, y, text, fonts.REGULAR, size, align=align, way=0)


def _wrapped(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and fonts.text_width(longer, fonts.REGULAR, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _fit(canvas: Any, drawn: Genogram, low: float, high: float) -> None:
    """Draw it as large as there is room for, in the middle; the picture's own y runs downwards."""
    room = _WIDTH - 2 * MARGIN
    scale = min(_LARGEST, room / drawn.width, (high - low) / drawn.height)
    canvas.saveState()
    canvas.translate(
        MARGIN + (room - scale * drawn.width) / 2, high - (high - low - scale * drawn.height) / 2
    )
    canvas.scale(scale, scale)
    for home in drawn.homes:
        _draw_home(canvas, home)
    for bond in drawn.bonds:
        _draw_bond(canvas, bond)
    for symbol in drawn.symbols:
        _draw_symbol(canvas, symbol)
    canvas.restoreState()


def _draw_home(canvas: Canvas, home: Home) -> None:
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.8)
    canvas.setDash([1, 3] if home.is_group else [])
    _draw_path(canvas, home.outline, closed=True)
    canvas.setDash()
    size = min(10.0, 10.0 * home.room / max(1.0, fonts.text_width(home.label, fonts.SEMIBOLD, 10)))
    canvas.setFillColor(MUTED)
    fonts.draw_text(canvas, home.label_at[0], -home.label_at[1], home.label, fonts.SEMIBOLD, size)


def _draw_bond(canvas: Canvas, bond: Bond) -> None:
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.3)
    canvas.setDash([5, 4] if bond.is_dashed else [])
    _draw_path(canvas, bond.path)
    canvas.setDash()
    if bond.stroke:
        x, y = bond.stroke
        canvas.line(x - 5, -y - 7, x + 5, -y + 7)


def _draw_path(canvas: Canvas, points: Sequence[tuple[float, float]], *, closed: bool = False) -> None:
    path = canvas.beginPath()
    path.moveTo(points[0][0], -points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, -y)
    if closed:
        path.close()
    canvas.drawPath(path, stroke=1, fill=0)


def _draw_symbol(canvas: Canvas, symbol: Symbol) -> None:
    canvas.setStrokeColor(INK)
    canvas.setFillColor(_GROUND)
    canvas.setLineWidth(1.4)
    _draw_shape(canvas, symbol, SYMBOL / 2)
    if not symbol.key:
        _draw_shape(canvas, symbol, SYMBOL / 2 - 4)
    canvas.setFillColor(INK)
    fonts.draw_text(canvas, symbol.x, -symbol.y - 5, symbol.inside, fonts.SEMIBOLD, 14, align=0.5)
    for number, line in enumerate(symbol.lines):
        font = fonts.SEMIBOLD if number == 0 else fonts.REGULAR
        size = min(11.0, 11.0 * CELL / max(1.0, fonts.text_width(line, font, 11)))
        y = -symbol.y - SYMBOL / 2 - 15 - 13 * number
        canvas.setFillColor(INK if number == 0 else MUTED)
        fonts.draw_text(canvas, symbol.x, y, line, font, size, align=0.5)


def _draw_shape(canvas: Canvas, symbol: Symbol, half: float) -> None:
    x, y = symbol.x, -symbol.y
    if symbol.shape == "circle":
        canvas.circle(x, y, half, stroke=1, fill=1)
        return
    path = canvas.beginPath()
    (first_x, first_y), *rest = corners(symbol.shape, half)
    path.moveTo(x + first_x, y - first_y)
    for across, down in rest:
        path.lineTo(x + across, y - down)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)

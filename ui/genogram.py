"""The genogram on the screen: people to go through with the arrow keys, lines and homes behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from caseapp.genogram import LEGEND, Genogram, Symbol, corners
from caseapp.genogram_homes import Home
from caseapp.genogram_lines import CELL, SYMBOL, Bond
from ui import theme
from ui.parts import Card, LinkButton, Muted, icon_button

LARGEST: Final = 2.0
SMALLEST: Final = 0.4
READABLE: Final = 0.85
"""A wide family is not drawn smaller than this unless somebody asks for it: it scrolls instead."""
_FIT_AT_MOST: Final = 1.25
_STEP: Final = 1.25
_NAME, _SMALL, _AGE = 12.0, 11.0, 15.0
_PITCH: Final = 14.0
_DEMI = QFont.Weight.DemiBold


class GenogramCard(Card):
    """The genogram with what can be done with it; put away while nobody is recorded."""

    open_child = Signal(UUID)
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, may_print: bool) -> None:
        tools = QWidget()
        super().__init__("Genogram", tools, parent)
        self.view = GenogramView()
        self.view.open_child.connect(self.open_child)
        self._legend = Muted(LEGEND)
        self._legend.setWordWrap(True)
        self._hide = LinkButton("Hide")
        self._hide.setAccessibleName("Hide the genogram")
        self._hide.clicked.connect(self._toggle)
        self._zooms = [
            _tool("zoom-out", "Smaller", self.view.smaller),
            _tool("zoom-in", "Larger", self.view.larger),
            _tool("reports", "Fit the width", self.view.fit),
        ]
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._zooms:
            row.addWidget(button)
        row.addSpacing(12)
        if may_print:
            printing = LinkButton("Print…")
            printing.setAccessibleName("Print the genogram")
            printing.clicked.connect(self.print_asked)
            row.addWidget(printing)
            row.addSpacing(12)
        row.addWidget(self._hide)
        self.body.addWidget(self.view)
        self.body.addWidget(self._legend)
        self.hide()

    def show_genogram(self, drawn: Genogram) -> None:
        """Show a genogram; one of nobody but the child says nothing."""
        self.setVisible(len(drawn.symbols) > 1)
        self.view.set_genogram(drawn)

    def _toggle(self) -> None:
        is_shown = self.view.isHidden()
        for part in (self.view, self._legend, *self._zooms):
            part.setVisible(is_shown)
        self._hide.setText("Hide" if is_shown else "Show")
        self._hide.setAccessibleName(f"{self._hide.text()} the genogram")


def _tool(icon: str, name: str, act: Callable[[], object]) -> QToolButton:
    button = icon_button(icon, name)
    button.clicked.connect(act)
    return button


class GenogramView(QScrollArea):
    """A genogram that fits its width until it is made larger or smaller."""

    open_child = Signal(UUID)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom: float | None = None
        self._is_whole = False
        self._sheet = _Sheet()
        self._sheet.open_child.connect(self.open_child)
        self._sheet.reached.connect(self._show_spot)
        self.setWidget(self._sheet)
        for part in (self._sheet, self.viewport()):  # the card is the ground
            part.setAutoFillBackground(False)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Genogram")

    def set_genogram(self, drawn: Genogram) -> None:
        """Show another genogram."""
        self._sheet.set_genogram(drawn)
        self.setAccessibleDescription(drawn.told)
        self._arrange()
        self._show_child()

    def _show_child(self) -> None:
        """Begin with the child of the record in the middle, where not everybody fits."""
        drawn = self._sheet.drawn
        own = next((each for each in drawn.symbols if not each.key), None) if drawn else None
        if own:
            middle = round(own.x * self._sheet.scale)
            self.ensureVisible(middle, 0, self.viewport().width() // 2, 0)

    def larger(self) -> None:
        """Draw it larger."""
        self._zoom = min(LARGEST, self._sheet.scale * _STEP)
        self._arrange()

    def smaller(self) -> None:
        """Draw it smaller."""
        self._zoom = max(SMALLEST, self._sheet.scale / _STEP)
        self._arrange()

    def fit(self) -> None:
        """Let it fit the width again."""
        self._zoom, self._is_whole = None, True
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        self._arrange()
        if self._zoom is None:
            self._show_child()

    def _arrange(self) -> None:
        drawn = self._sheet.drawn
        if drawn is None:
            return
        least = SMALLEST if self._is_whole else READABLE
        fitting = min(_FIT_AT_MOST, max(least, self.width() / drawn.width))
        self._sheet.set_scale(self._zoom or fitting)
        wide = self._sheet.width() > self.width()
        self.setFixedHeight(
            self._sheet.height() + (self.horizontalScrollBar().sizeHint().height() if wide else 0)
        )

    def _show_spot(self, spot: QWidget) -> None:
        self.ensureWidgetVisible(spot, 24, 24)


class _Sheet(QWidget):
    """Lines and homes, with a spot for everybody above them."""

    open_child = Signal(UUID)
    reached = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self.drawn: Genogram | None = None
        self.scale = 1.0
        self._spots: list[PersonSpot] = []

    def set_genogram(self, drawn: Genogram) -> None:
        for spot in self._spots:
            spot.hide()
            spot.deleteLater()
        self.drawn = drawn
        self._spots = [PersonSpot(each, self) for each in drawn.symbols]
        for spot in self._spots:
            spot.moved.connect(partial(self._move, spot))
            spot.reached.connect(self.reached)
            spot.opened.connect(self.open_child)
            spot.show()
        self.set_scale(self.scale)

    def set_scale(self, scale: float) -> None:
        self.scale = scale
        if self.drawn is None:
            return
        self.resize(int(self.drawn.width * scale), int(self.drawn.height * scale))
        for spot in self._spots:
            spot.set_scale(scale)
        self.update()

    def _move(self, spot: PersonSpot, key: int) -> None:
        found = nearest([each.symbol for each in self._spots], spot.symbol, key)
        for each in self._spots:
            if found is not None and each.symbol.key == found.key:
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw homes and lines; people draw themselves."""
        if self.drawn is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.scale, self.scale)
        for home in self.drawn.homes:
            _draw_home(painter, home)
        for bond in self.drawn.bonds:
            _draw_bond(painter, bond)
        for home in self.drawn.homes:
            _draw_label(painter, home)
        painter.end()


class PersonSpot(QAbstractButton):
    """Somebody of the genogram; Enter opens a child who has a record that may be opened."""

    moved = Signal(int)
    """An arrow key was pressed."""
    reached = Signal(QWidget)
    opened = Signal(UUID)

    def __init__(self, symbol: Symbol, parent: QWidget) -> None:
        super().__init__(parent)
        self.symbol = symbol
        self._scale = 1.0
        opens = ", opens the record" if symbol.child_id else ""
        self.setAccessibleName(f"{symbol.told}{opens}")
        self.setToolTip(symbol.told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if symbol.child_id:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def set_scale(self, scale: float) -> None:
        """Stand where the genogram's size has it."""
        self._scale = scale
        left, top, width, height = (part * scale for part in self.symbol.box)
        self.setGeometry(QRect(int(left), int(top), int(width), int(height)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it has."""
        return self.size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next person, or open this one's record."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(int(event.key()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into sight."""
        super().focusInEvent(event)
        self.reached.emit(self)
        self.update()

    def _open(self) -> None:
        if self.symbol.child_id:
            self.opened.emit(self.symbol.child_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the symbol with the words below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)
        painter.scale(self._scale, self._scale)
        painter.translate(-self.symbol.box[0], -self.symbol.box[1])
        _draw_symbol(painter, self.symbol)
        painter.end()


def nearest(symbols: Sequence[Symbol], start: Symbol, key: int) -> Symbol | None:
    """Return who stands next in the direction of an arrow key, if anybody does."""
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        row = [each for each in symbols if each.y == start.y]
        at = row.index(start) + (1 if key == Qt.Key.Key_Right else -1)
        return row[at] if 0 <= at < len(row) else None
    is_down = key == Qt.Key.Key_Down
    beyond = [each.y for each in symbols if (each.y > start.y if is_down else each.y < start.y)]
    if not beyond:
        return None
    y = min(beyond) if is_down else max(beyond)
    return min((each for each in symbols if each.y == y), key=lambda each: abs(each.x - start.x))


# Drawing


def _draw_home(painter: QPainter, home: Home) -> None:
    style = Qt.PenStyle.DotLine if home.is_group else Qt.PenStyle.SolidLine
    painter.setPen(QPen(theme.colour("edge"), 1, style))
    painter.setBrush(Qt.BrushStyle.NoBrush if home.is_group else theme.colour("accent-soft"))
    painter.drawPolygon(_points(home.outline))


def _draw_label(painter: QPainter, home: Home) -> None:
    font = _font(_SMALL, _DEMI)
    painter.setFont(font)
    painter.setPen(theme.colour("ink"))
    said = QFontMetricsF(font).elidedText(home.label, Qt.TextElideMode.ElideRight, home.room)
    painter.drawText(QPointF(*home.label_at), said)


def _draw_bond(painter: QPainter, bond: Bond) -> None:
    pen = QPen(theme.colour("ink"), 1.4)
    if bond.is_dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_points(bond.path))
    if bond.stroke:
        painter.setPen(QPen(theme.colour("ink"), 1.4))
        x, y = bond.stroke
        painter.drawLine(QPointF(x - 5, y + 7), QPointF(x + 5, y - 7))


def _draw_symbol(painter: QPainter, symbol: Symbol) -> None:
    painter.setPen(QPen(theme.colour("ink"), 1.5))
    painter.setBrush(theme.colour("surface"))
    middle = QPointF(symbol.x, symbol.y)
    for half in (SYMBOL / 2,) if symbol.key else (SYMBOL / 2, SYMBOL / 2 - 4):
        if symbol.shape == "circle":
            painter.drawEllipse(middle, half, half)
        else:
            painter.drawPolygon(_points(corners(symbol.shape, half)).translated(middle))
    box = QRectF(symbol.x - SYMBOL / 2, symbol.y - SYMBOL / 2, SYMBOL, SYMBOL)
    painter.setFont(_font(_AGE, _DEMI))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, symbol.inside)
    for number, line in enumerate(symbol.lines):
        token = "accent" if number == 0 and symbol.child_id else "ink" if number == 0 else "muted"
        font = _font(_NAME, _DEMI) if number == 0 else _font(_SMALL, QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour(token))
        room = QRectF(symbol.x - CELL / 2, symbol.y + SYMBOL / 2 + 4 + _PITCH * number, CELL, 16)
        said = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, CELL)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, said)


def _font(units: float, weight: QFont.Weight) -> QFont:
    """Return the application's type in units of the picture, which is then drawn at its own scale."""
    font = theme.font(10, weight)
    font.setPixelSize(round(units))
    return font


def _points(path: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in path])

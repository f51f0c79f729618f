"""The small widgets that every screen is made of."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.basics import (
    GRID,
    Card,
    LinkButton,
    Muted,
    Section,
    Title,
    Words,
    icon_button,
    plain,
    primary,
    wrapped,
)
from ui.chips import ICONS, Avatar, Chip, chip_size, draw_chip, initials

__all__ = [
    "GRID",
    "ICONS",
    "Avatar",
    "Banner",
    "BusyBar",
    "Card",
    "Chip",
    "ElidedLabel",
    "EmptyState",
    "FactsGrid",
    "LinkButton",
    "Muted",
    "Rule",
    "Section",
    "Title",
    "UndoBar",
    "chip_size",
    "draw_chip",
    "icon_button",
    "initials",
    "plain",
    "primary",
    "wrapped",
]


class ElidedLabel(Words):
    """One line that ends in … where there is no room; the whole stands in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(min(super().sizeHint().width(), 48), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it does not fit."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")

    def shown_text(self) -> str:
        """Return the text as it is drawn."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.shown_text())
        painter.end()


class Rule(QFrame):
    """A fine line between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", "true")
        self.setFixedHeight(1)


class _Picture(QWidget):
    """An icon in a colour of the theme; words beside it say what it means."""

    def __init__(self, icon: str, size: int, meaning: str = "neutral") -> None:
        super().__init__()
        self._icon, self._meaning = icon, meaning
        self.setFixedSize(size, size)

    def set_picture(self, icon: str, meaning: str) -> None:
        self._icon, self._meaning = icon, meaning
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture = theme.pixmap(self._icon, theme.meaning(self._meaning)[0], self.width())
        painter.drawPixmap(0, 0, picture)
        painter.end()


class Banner(QFrame):
    """A line of words across a screen, with its meaning and perhaps one thing to do."""

    acted = Signal()

    def __init__(
        self, words: str, meaning: str = "info", action_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = _Picture("info", 18)
        self._words = plain("")
        self._words.setWordWrap(True)
        self._button = LinkButton(action_text)
        self._button.clicked.connect(self.acted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, GRID, 12, GRID)
        layout.setSpacing(10)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self.set_banner(words, meaning, action_text)

    def set_banner(self, words: str, meaning: str, action_text: str = "") -> None:
        """Show other words."""
        self._meaning = meaning
        self._words.setText(words)
        self._button.setText(action_text)
        self._button.setAccessibleName(action_text)
        self._button.setVisible(bool(action_text))
        self._picture.set_picture(ICONS.get(meaning, "info"), meaning)
        self.setAccessibleName(words)
        self.update()

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the soft ground with a firm edge in the colour of the meaning."""
        ink, soft = theme.meaning(self._meaning)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(soft)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()


class EmptyState(QWidget):
    """What stands in place of a list that is empty: what will be here, and the one next step."""

    acted = Signal()

    def __init__(
        self, icon: str, title: str, words: str, action_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(GRID)
        layout.addStretch()
        layout.addWidget(_Picture(icon, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(_centred(Section(title)))
        layout.addWidget(_centred(Muted(words)))
        if action_text:
            button = QPushButton(action_text)
            button.setAccessibleName(action_text)
            button.clicked.connect(self.acted)
            layout.addSpacing(GRID)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        self.setAccessibleName(f"{title}. {words}")


def _centred(label: QLabel) -> QLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label


class FactsGrid(QWidget):
    """Facts one below the other: what it is at the left, what it says at the right."""

    def __init__(self, parent: QWidget | None = None, label_width: int = 120) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts; one that says nothing is shown as «–»."""
        self._clear()
        for row, (label, value) in enumerate(facts):
            said = plain(value or "–")
            said.setWordWrap(True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{label}: {value or 'nothing recorded'}")
            self._grid.addWidget(plain(label, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class UndoBar(QFrame):
    """Says what was done and offers, for ten seconds, to undo it."""

    def __init__(self, parent: QWidget | None = None, seconds: float = 10) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._undo: Callable[[], object] | None = None
        self._words = plain("")
        self._button = LinkButton("Undo")
        self._button.clicked.connect(self._undone)
        close = icon_button("close", "Close")
        close.clicked.connect(self.withdraw)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 4, 4)
        layout.setSpacing(12)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        layout.addWidget(close)
        self._timer = QTimer(self, interval=round(seconds * 1000))
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.withdraw)
        self.hide()

    def offer(self, words: str, undo: Callable[[], object]) -> None:
        """Say what was done; `undo` is called if the user asks for it in time."""
        self._undo = undo
        self._words.setText(words)
        self.setAccessibleName(words)
        self._timer.start()
        self.show()

    def withdraw(self) -> None:
        """Take the offer back."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def _undone(self) -> None:
        undo = self._undo
        self.withdraw()
        if undo is not None:
            undo()

    def enterEvent(self, event: QEvent) -> None:
        """Wait while the mouse is on the bar: whoever is about to click is not hurried."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Count again once the mouse has left."""
        if self._undo is not None:
            self._timer.start()


class BusyBar(QFrame):
    """Shows that work goes on: after 0.2 s a bar, after 2 s a way to cancel."""

    cancelled = Signal()

    def __init__(
        self, parent: QWidget | None = None, show_after_ms: int = 200, cancel_after_ms: int = 2000
    ) -> None:
        super().__init__(parent)
        self._words = plain("", "small")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._cancel = LinkButton("Cancel")
        self._cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        layout.addWidget(self._words)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._cancel)
        self._may_cancel = False
        self._show_timer = self._once(show_after_ms, self.show)
        self._cancel_timer = self._once(cancel_after_ms, self._offer_cancel)
        self.hide()

    def _once(self, after_ms: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self, interval=after_ms)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer

    def begin(self, words: str, may_cancel: bool = True) -> None:
        """Say what is being done; nothing is seen if it ends at once."""
        self._may_cancel = may_cancel
        self._words.setText(words)
        self.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._cancel.hide()
        self._show_timer.start()
        self._cancel_timer.start()

    def progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def end(self) -> None:
        """Take the bar away."""
        self._show_timer.stop()
        self._cancel_timer.stop()
        self.hide()

    def _offer_cancel(self) -> None:
        self._cancel.setVisible(self._may_cancel)

"""Chips and initials: the two small pictures that stand beside names everywhere."""

import re
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

ICONS: Final = {
    "overdue": "overdue",
    "due_soon": "due-soon",
    "on_track": "on-track",
    "draft": "draft",
    "signed": "signed",
    "restricted": "restricted",
    "alert": "warning",
    "warning": "warning",
    "info": "info",
    "success": "on-track",
}
"""The icon of a meaning, where it has one."""
_DEMI = QFont.Weight.DemiBold
_CHIP_ICON: Final = 14


def chip_size(text: str, icon: str = "") -> QSize:
    """Return the room that a chip takes."""
    metrics = QFontMetrics(theme.font(theme.SMALL_POINTS, _DEMI))
    return QSize(metrics.horizontalAdvance(text) + 20 + (_CHIP_ICON + 4 if icon else 0), 23)


def draw_chip(painter: QPainter, place: QRect, text: str, meaning: str, icon: str = "") -> None:
    """Draw a chip at the left of a place, halfway down it; for widgets and for cells of tables."""
    ink, soft = theme.meaning(meaning)
    wanted = chip_size(text, icon)
    width = min(wanted.width(), place.width())
    pill = QRect(place.x(), place.center().y() - wanted.height() // 2, width, wanted.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_chip_pen(meaning))
    painter.setBrush(soft)
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), 11, 11)
    words = pill.adjusted(10, 0, -8, 0)
    if icon:
        picture = theme.pixmap(icon, ink, _CHIP_ICON)
        painter.drawPixmap(pill.x() + 8, pill.center().y() - _CHIP_ICON // 2 + 1, picture)
        words.setLeft(pill.x() + 8 + _CHIP_ICON + 4)
    font = theme.font(theme.SMALL_POINTS, _DEMI)
    painter.setFont(font)
    painter.setPen(ink)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width() + 2)
    painter.drawText(words.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def _chip_pen(meaning: str) -> QPen:
    if theme.current().outlined:
        return QPen(theme.meaning(meaning)[0], 1)
    is_grey = theme.current().meaning[meaning] == "grey"
    return QPen(theme.colour("edge")) if is_grey else QPen(Qt.PenStyle.NoPen)


class Chip(QWidget):
    """A word in a pill, with the colour and, if asked for or usual, the icon of its meaning."""

    def __init__(
        self, text: str, meaning: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_chip(text, meaning, icon)

    def set_chip(self, text: str, meaning: str, icon: str = "") -> None:
        """Show another word; without an icon of its own it takes that of the meaning."""
        self._text, self._meaning, self._icon = text, meaning, icon or ICONS.get(meaning, "")
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room for icon and word."""
        return chip_size(self._text, self._icon)

    def minimumSizeHint(self) -> QSize:
        """Return the least room; the word is cut short in it."""
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        draw_chip(painter, self.rect(), self._text, self._meaning, self._icon)
        painter.end()


class Avatar(QWidget):
    """A round field with a person's initials."""

    def __init__(self, initials: str, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.set_initials(initials)

    def set_initials(self, initials: str) -> None:
        """Show another person's initials."""
        self._initials = initials
        self.setAccessibleName(f"Initials {initials}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the round field."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent")) if theme.current().outlined else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent-soft"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme.colour("accent"))
        painter.setFont(theme.font(max(9.0, self.width() * 0.25), QFont.Weight.Bold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
        painter.end()


def initials(name: str) -> str:
    """Return the first letters of a person's first and last name.

    >>> initials("Amelia Kowalska"), initials("Baby Osei (due January)"), initials("")
    ('AK', 'BO', '?')
    """
    letters = [word[0].upper() for word in re.sub(r"\(.*?\)", "", name).split() if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"

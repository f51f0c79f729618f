"""The list of a form's sections at its left, with how far each is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from caseapp.form import Form, Progress
from ui import theme
from ui.parts import Card, Muted

_LOOKS: Final = {
    "done": ("check", "green", "done"),
    "part": ("part-done", "accent", "begun, required answers missing"),
    "empty": ("not-begun", "muted", "not begun"),
    "unasked": ("not-begun", "muted", "not asked"),
    "wrong": ("warning", "red", "to put right"),
}
_ASIDE: Final = 44
"""Pixels of a line that padding and icon take."""
CursorAction = QAbstractItemView.CursorAction
_KEY: Final = int(Qt.ItemDataRole.UserRole)
BELOW: Final = _KEY + 1
"""The words in red below a title, where its section has something to put right."""


class _Wrapped(QStyledItemDelegate):
    """Gives each title the height of all its lines, and of the words in red below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height at the list's width, which Qt's own measure leaves out of account."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else 160
        metrics = QFontMetrics(theme.font(weight=QFont.Weight.DemiBold))
        room = QRect(0, 0, width - _ASIDE, 1000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        height = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
        lines = metrics.lineSpacing() if index.data(BELOW) else 0
        return QSize(width, height + lines + 16)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave a line below the title for the words in red."""
        super().initStyleOption(option, index)
        if index.data(BELOW):
            option.text += "\u2028\u00a0"  # Qt's own line end; it has put these in place of the usual ones

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the title, and below it in red what is the matter with its section."""
        super().paint(painter, option, index)
        if not (below := index.data(BELOW)):
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        part = QStyle.SubElement.SE_ItemViewItemText
        place = shown.widget.style().subElementRect(part, shown, shown.widget)
        painter.save()
        painter.setFont(theme.font(theme.SMALL_POINTS, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("red"))
        painter.drawText(place.adjusted(3, 0, 0, -2), Qt.AlignmentFlag.AlignBottom, str(below))
        painter.restore()


class _Sections(QListWidget):
    """The list itself."""

    def moveCursor(self, action: CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go with End to the last section: what comes after it is no place in the form but an act."""
        found = super().moveCursor(action, modifiers)
        if action != CursorAction.MoveEnd:
            return found
        while found.row() > 0 and (not found.data(_KEY) or self.isRowHidden(found.row())):
            found = found.siblingAtRow(found.row() - 1)
        return found


class Steps(Card):
    """The sections, one chosen; those that are not asked are left out."""

    chosen = Signal(str)
    """The key of the section to show."""

    def __init__(self, form: Form, last_step: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", None, parent)
        self._progress: tuple[Progress, ...] = ()
        self._wrong: frozenset[str] = frozenset()
        self._list = _Sections()
        self._list.setProperty("choice", "true")
        self._list.setAccessibleName("Sections")
        self._list.setWordWrap(True)
        self._list.setItemDelegate(_Wrapped(self._list))
        self._list.setIconSize(QSize(16, 16))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.currentItemChanged.connect(self._tell)
        self._count = Muted()
        self._count.setContentsMargins(10, 0, 0, 0)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setContentsMargins(8, 8, 8, 12)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._count)
        self._items = {section.key: QListWidgetItem(section.title) for section in form.sections}
        if last_step:
            self._items[""] = QListWidgetItem(last_step)
        for key, item in self._items.items():
            item.setData(_KEY, key)
            self._list.addItem(item)
        theme.changes().changed.connect(self._draw)
        self.setMinimumWidth(190)

    def set_progress(self, progress: Sequence[Progress], wrong: Collection[str] = ()) -> None:
        """Show how far each section is, and which hold an answer that is to be put right."""
        if (self._progress, self._wrong) == (tuple(progress), frozenset(wrong)):
            return
        self._progress, self._wrong = tuple(progress), frozenset(wrong)
        self._draw()
        self._list.scrollToItem(self._list.currentItem())  # its line may have grown

    def _draw(self) -> None:
        for each in self._progress:
            item, is_wrong = self._items[each.section], each.section in self._wrong
            icon, token, said = _LOOKS["wrong" if is_wrong else each.state]
            item.setData(BELOW, said if is_wrong else None)
            self._show(item, icon, token, said, is_hidden=each.state == "unasked")
        if "" in self._items:
            self._show(self._items[""], "sign", "muted", "the last step")
        self._count.setText(self.summary())

    def _show(
        self, item: QListWidgetItem, icon: str, token: str, said: str, *, is_hidden: bool = False
    ) -> None:
        item.setIcon(theme.icon(icon, token, 16))
        item.setToolTip(f"{item.text()}: {said}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {said}")
        item.setHidden(is_hidden)

    def set_signed(self) -> None:
        """Say no longer how far the form is: it is signed."""
        self._count.hide()

    def summary(self) -> str:
        """Return how far the form is: «8 of 14 sections, 1 to put right, 2 required answers missing»."""
        asked = [each for each in self._progress if each.state != "unasked"]
        wrong = sum(1 for each in asked if each.section in self._wrong)
        done = sum(1 for each in asked if each.state == "done" and each.section not in self._wrong)
        missing = sum(each.missing for each in asked)
        told = [f"{done} of {words.count(len(asked), 'section')}"]
        told += [f"{wrong} to put right"] if wrong else []
        told += [f"{words.count(missing, 'required answer')} missing"] if missing else []
        return ", ".join(told) if wrong or missing else f"{told[0]} done"

    def asked(self) -> list[str]:
        """Return the keys of the steps shown, from the top; the last step has no key."""
        return [key for key, item in self._items.items() if not item.isHidden()]

    def choose(self, key: str) -> None:
        """Mark a step as the one that is open."""
        blocked = self._list.blockSignals(True)
        self._list.setCurrentItem(self._items[key])
        self._list.blockSignals(blocked)

    def focus(self) -> None:
        """Put the keyboard into the list."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_KEY))

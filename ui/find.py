"""The find box: a few letters, and the children whom they find stand below it while one types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from caseapp import access, children, codes, words
from caseapp.children import ChildRow
from caseapp.work import Problem, Session
from ui.desk import Desk
from ui.emergency import EmergencyDialog
from ui.find_rows import OFFER_HEIGHT, ROW, ROW_HEIGHT, FoundRows, next_words, second_line
from ui.parts import Muted, plain

WAIT_MS = 120
LEAST_LETTERS = 2
MOST_ROWS_SHOWN = 8
_EDGE: Final = 8
"""Pixels from the list to the lower edge of the window."""
_OFFER: Final = ROW + 1
_ADD, _EMERGENCY = "add", "emergency"


class Found(NamedTuple):
    """The children found, and what is told of a restricted record."""

    rows: list[ChildRow]
    told: str = ""


class Results(QFrame):
    """The list below the box. It lies in the window, so that it is covered with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setAccessibleName("Children found")
        self.list = QListView()
        self.list.setAccessibleName("Children found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(FoundRows(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = QStandardItemModel(0, 1, self.list)
        self.list.setModel(self.model)
        self.words = Muted()
        self.words.setContentsMargins(12, 8, 12, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addWidget(self.list)
        self.hide()

    def show_rows(
        self,
        found: Found,
        today: date,
        typed: str,
        offers: Sequence[tuple[str, str]],
    ) -> None:
        """Show who was found, what is told of a restricted record, and at the end what may be done instead.

        `offers` are (key, words) of rows that are no child.
        """
        rows = found.rows
        self.model.clear()
        for row in rows:
            said = [row.name, second_line(row, today), codes.STATUSES.get(row.status, ""), next_words(row)]
            item = QStandardItem(", ".join(part for part in said if part))
            item.setData((row, today), ROW)
            self.model.appendRow(item)
        for key, said_of_it in offers:
            item = QStandardItem(said_of_it)
            item.setData(key, _OFFER)
            self.model.appendRow(item)
        nobody = f"Nobody is found by “{typed}”. Try part of a name, a birthday or a place."
        self._say(found.told or ("" if rows else nobody))
        count = self.model.rowCount()
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.setVisible(count > 0)
        shown = min(len(rows), MOST_ROWS_SHOWN)
        self.list.setFixedHeight(min(shown * ROW_HEIGHT + OFFER_HEIGHT * len(offers) + 2, self._room()))
        self._fit()

    def show_words(self, text: str) -> None:
        """Show words in place of the list."""
        self.model.clear()
        self.list.hide()
        self._say(text)
        self._fit()

    def _room(self) -> int:
        """Return how high the list may be and still end inside the window."""
        page = self.parentWidget()
        if page is None:
            return ROW_HEIGHT
        words = self.words.sizeHint().height() if self.words.text() else 0
        return max(ROW_HEIGHT, page.height() - self.y() - words - 2 * _EDGE)

    def _say(self, text: str) -> None:
        self.words.setText(text)
        self.words.setVisible(bool(text))

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.raise_()
        self.show()


class FindBox(QWidget):
    """Finds a child from anywhere; `open_child` says whom, `add_child` what was searched in vain."""

    open_child = Signal(UUID)
    add_child = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self._is_asking = False
        self._enter_waits = False
        self._came_from: QWidget | None = None
        self.edit = QLineEdit(self)
        self.edit.setObjectName("find")
        self.edit.setAccessibleName("Find a child, address or school")
        self.edit.setPlaceholderText("Find a child, address or school")
        self.edit.setMaxLength(120)
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._edited)
        self._key = plain("Ctrl+K", parent=self)
        self._key.setProperty("key", "true")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self._timer = QTimer(self, interval=WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        self.results: Results | None = None

    def take_focus(self) -> None:
        """Take the keyboard, with what stands in the box selected."""
        focus = self.window().focusWidget()
        if focus is not self.edit:
            self._came_from = focus
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def search(self) -> None:
        """Ask for the children whom the letters find."""
        typed = self.edit.text().strip()
        self._asked += 1
        self._is_asking = len(typed) >= LEAST_LETTERS
        if not self._is_asking:
            self._popup().show_words(
                "Type two letters or more: name, former name, birthday, address, school."
            )
            return
        self._desk.run(
            self,
            partial(_found, text=typed),
            partial(self._show_answer, self._asked, typed),
            partial(self._show_problem, self._asked),
        )

    def _show_answer(self, number: int, typed: str, found: Found) -> None:
        self.show_found(number, typed, found.rows, found.told)

    def show_found(self, number: int, typed: str, rows: list[ChildRow], told: str = "") -> None:
        """Show an answer, unless something else was asked since."""
        if number != self._asked or not self.edit.text().strip():
            return
        offers = []
        if self._desk.may("register").allowed:
            offers.append((_ADD, f"Add a new child “{typed}”…"))
        if not rows and self._desk.may("emergency").allowed:
            offers.append((_EMERGENCY, "Open in an emergency…"))
        self._is_asking = False
        self._popup().show_rows(Found(rows, told), self._desk.today, typed, offers)
        count = words.count(len(rows), "child", "children")
        self._announce(told or f"{count} found")
        if self._enter_waits and len(rows) == 1 and not told:
            self._chosen(self._popup().model.index(0, 0))
        self._enter_waits = False

    def close_results(self) -> None:
        """Take the list away and give the keyboard back to where it was."""
        self._asked += 1
        self._is_asking = self._enter_waits = False
        self._timer.stop()
        self.edit.clear()
        if self.results is not None:
            self.results.hide()
            self.results.model.clear()
        if self._came_from is not None and self.edit.hasFocus():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    @property
    def is_open(self) -> bool:
        """Return whether the list is shown."""
        return self.results is not None and self.results.isVisible()

    def _popup(self) -> Results:
        if self.results is None:
            page = self.parentWidget()
            while page is not None and page.objectName() != "work":
                page = page.parentWidget()
            self.results = Results(page or self.window())
            self.results.list.clicked.connect(self._chosen)
        self._place()
        return self.results

    def _place(self) -> None:
        if self.results is not None and (page := self.results.parentWidget()) is not None:
            corner = self.edit.mapTo(page, QPoint(0, self.edit.height() + 4))
            self.results.move(corner)
            self.results.setFixedWidth(max(self.edit.width(), 520))

    def _show_problem(self, number: int, problem: Problem) -> None:
        if number == self._asked:
            self._is_asking = self._enter_waits = False
            self._popup().show_words(problem.words)

    def _edited(self, text: str) -> None:
        self._enter_waits = False
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._asked += 1
            self._is_asking = False
            if self.results is not None:
                self.results.hide()

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        typed, row, offer = self.edit.text().strip(), index.data(ROW), index.data(_OFFER)
        self._came_from = None
        self.close_results()
        if offer == _ADD:
            self.add_child.emit(typed)
        elif offer == _EMERGENCY:
            self.open_emergency(typed)
        else:
            self.open_child.emit(row[0].id)

    def open_emergency(self, typed: str = "") -> EmergencyDialog:
        """Ask which record is to be opened in an emergency, and why."""
        dialog = EmergencyDialog(self._desk, typed, self.window())
        dialog.opened.connect(self.open_child)
        dialog.open()
        return dialog

    def _step(self, by: int) -> None:
        if self.results is None or not self.is_open:
            return
        model, view = self.results.model, self.results.list
        if model.rowCount():
            at = max(view.currentIndex().row(), -1 if by > 0 else 0)  # up from nowhere: the last
            view.setCurrentIndex(model.index((at + by) % model.rowCount(), 0))
            self._announce(str(view.currentIndex().data()))

    def _announce(self, said: str) -> None:
        # The keyboard stays in the box, so a screen reader would not say which row is chosen.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk through the list, Enter open, Esc close."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self.close_results()
                return True
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._key.setVisible(event.type() == QEvent.Type.FocusOut and not self.edit.text())
            if event.type() == QEvent.Type.FocusOut:
                self._enter_waits = False  # somebody went elsewhere: no record opens over that
                if self.results is not None:
                    self.results.hide()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        is_answered = not self._timer.isActive() and not self._is_asking
        if self.results is not None and self.is_open and is_answered:
            self._chosen(self.results.list.currentIndex())
        elif self.edit.text().strip():
            # What is listed answers fewer letters: Enter opens the one child found, once the answer is there.
            self._enter_waits = True
            if not self._is_asking or self._timer.isActive():
                self._timer.stop()
                self.search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key's name at the right of the box, and the list below it."""
        size = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - size.width() - 12,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        self._key.raise_()
        self._place()
        super().resizeEvent(event)


def _found(session: Session, text: str) -> Found:
    return Found(children.find(session, text), access.told(session, text))

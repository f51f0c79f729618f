"""Two versions side by side, changed words marked by line, colour and, for screen readers, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from caseapp import plan_reading, plan_versions
from caseapp.form import Change
from ui import theme
from ui.parts import Card, EmptyState, LinkButton, Muted, Rule, plain
from ui.version_picker import VersionPicker

if TYPE_CHECKING:
    from caseapp.work import Problem
    from ui.desk import Desk

_PIECES: Final = re.compile(r"\s+|\w+(?:[/.:-]\w+)*|[^\w\s]")
_LONGEST: Final = 4000
"""Pieces up to which words are compared one by one; of longer texts the lines."""


class Piece(NamedTuple):
    """Some words of a text, and whether the other text lacks them."""

    words: str
    is_changed: bool


def changed_words(was: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, marked where they differ; each list joined is the whole text.

    >>> changed_words("A quiet start.", "A very quiet start.")[1][1]
    Piece(words='very ', is_changed=True)
    """
    before, after = _PIECES.findall(was), _PIECES.findall(now)
    if max(len(before), len(after)) > _LONGEST:
        before, after = was.splitlines(keepends=True), now.splitlines(keepends=True)
    old: list[Piece] = []
    new: list[Piece] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, before, after, False).get_opcodes():
        is_changed = kind != "equal"
        old += [Piece("".join(before[start:end]), is_changed)] if end > start else []
        new += [Piece("".join(after[other_start:other_end]), is_changed)] if other_end > other_start else []
    return old, new


def spoken(pieces: Sequence[Piece], mark: str) -> str:
    """Return a text for the ear: what differs stands in brackets behind «deleted» or «inserted»."""
    told = [
        f"[{mark}: {piece.words.strip()}]" if piece.is_changed and piece.words.strip() else piece.words
        for piece in pieces
    ]
    return "".join(told)


class MarkedText(QTextEdit):
    """A text to read, as high as it is long, with what differs underlined or struck out."""

    def __init__(self, name: str, pieces: Sequence[Piece], *, is_old: bool) -> None:
        super().__init__()
        self._pieces, self._is_old = list(pieces), is_old
        self.setReadOnly(True)
        self.setStyleSheet(
            "QTextEdit { padding: 0; } "
            "QTextEdit:!focus { background: transparent; border: 1px solid transparent; }"
        )
        self.document().setDocumentMargin(2)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setAccessibleDescription(spoken(pieces, "deleted" if is_old else "inserted"))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changes().changed.connect(self._write)
        self._write()

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for piece in self._pieces:
            cursor.insertText(piece.words, self._format(piece.is_changed))
        if not self._pieces:
            cursor.insertText("nothing written", self._format(False))
        self._fit()

    def _format(self, is_changed: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(theme.colour("ink" if self._pieces else "muted"))
        if is_changed:
            ink, soft = theme.meaning("overdue" if self._is_old else "on_track")
            made.setForeground(ink)
            made.setBackground(soft)
            made.setFontStrikeOut(self._is_old)
            made.setFontUnderline(not self._is_old)
        return made

    def _fit(self) -> None:
        self.setFixedHeight(round(self.document().size().height()) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height for another width."""
        super().resizeEvent(event)
        self._fit()


class Differences(QScrollArea):
    """Each question that differs, with both answers."""

    taken = Signal(str)
    """The key of an answer on the left that shall be used instead of that on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._texts: list[tuple[MarkedText, MarkedText]] = []

    def show_changes(
        self, changes: Sequence[Change], was_title: str, now_title: str, take_words: str = ""
    ) -> None:
        """Show what differs; with `take_words` each answer on the left can be taken over."""
        self._texts = []
        page = QWidget()
        page.setObjectName("canvas")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 12, 8)
        column.setSpacing(6)
        if changes:
            column.addLayout(_pair(plain(was_title, "muted"), plain(now_title, "muted")))
        for number, change in enumerate(changes):
            if number:
                column.addWidget(Rule())
            self._add(column, change, take_words)
        if not changes:
            column.addWidget(
                EmptyState("compare", "No differences", f"{was_title} and {now_title} say the same.")
            )
        column.addStretch(1)
        self.setWidget(page)

    def _add(self, column: QVBoxLayout, change: Change, take_words: str) -> None:
        head = QHBoxLayout()
        label = plain(change.label, "label")
        label.setWordWrap(True)
        head.addWidget(label, 1)
        if take_words:
            link = LinkButton(take_words)
            link.setAccessibleName(f"{take_words}: {change.label}")
            link.setProperty("key", change.key)
            link.clicked.connect(self._take)
            head.addWidget(link)
        old, new = changed_words(change.was, change.now)
        texts = (
            MarkedText(f"{change.label}, before", old, is_old=True),
            MarkedText(f"{change.label}, after", new, is_old=False),
        )
        self._texts.append(texts)
        column.addLayout(head)
        column.addLayout(_pair(*texts))

    def _take(self) -> None:
        self.taken.emit(self.sender().property("key"))

    def texts(self) -> list[tuple[MarkedText, MarkedText]]:
        """Return both texts of each question that differs."""
        return list(self._texts)


def _pair(left: QWidget, right: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    for place, widget in enumerate((left, right)):
        grid.addWidget(widget, 0, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(place, 1)
    return grid


class ComparePane(Card):
    """Two versions of a plan, each to be chosen, and what differs between them."""

    closed = Signal()

    def __init__(self, desk: Desk, child_id: UUID, kind: str, parent: QWidget | None = None) -> None:
        close = LinkButton("Close")
        super().__init__("Compare versions", close, parent)
        close.clicked.connect(self.closed)
        self._desk, self._child_id, self._kind = desk, child_id, kind
        self._wanted: tuple[int | None, int] = (None, 0)
        self._was, self._now = self._picker("The earlier version"), self._picker("The later version")
        row = QHBoxLayout()
        row.addWidget(plain("From"))
        row.addWidget(self._was, 1)
        row.addWidget(plain("to"))
        row.addWidget(self._now, 1)
        self._words = Muted()
        self._differences = Differences()
        self.body.addLayout(row)
        self.body.addWidget(self._words)
        self.body.addWidget(self._differences, 1)

    def _picker(self, name: str) -> VersionPicker:
        picker = VersionPicker(name)
        picker.activated.connect(self.refresh)
        return picker

    def open_on(self, was: int | None, now: int) -> None:
        """Fetch the versions and compare two of them; without `was`, with the one before."""
        child_id, kind = self._child_id, self._kind
        self._wanted = (was, now)
        self._desk.run(
            self,
            lambda session: plan_versions.versions(session, child_id, kind),
            self._offer,
            self._show_problem,
        )

    def _offer(self, rows: Sequence[plan_versions.VersionRow]) -> None:
        for picker in (self._was, self._now):
            picker.offer([(_said(row), row.number) for row in rows])
        was, now = self._wanted
        numbers = sorted(row.number for row in rows)
        earlier = [number for number in numbers if number < now]
        if was is None and not earlier:
            self._words.setText("There is only one version so far. From the next on they can be compared.")
            self._differences.hide()
            return
        self._was.choose(was or earlier[-1])
        self._now.choose(now)
        self.refresh()

    def refresh(self) -> None:
        """Compare the versions that are chosen."""
        child_id, kind = self._child_id, self._kind
        was, now = self._was.currentData(), self._now.currentData()
        if was is not None and now is not None:
            self._desk.run(
                self,
                lambda session: plan_reading.compare(session, child_id, kind, was, now),
                self._show,
                self._show_problem,
            )

    def _show(self, changes: Sequence[Change]) -> None:
        was, now = self._was.currentData(), self._now.currentData()
        count = len(changes)
        self._words.setText(
            f"{count} question{'s' if count != 1 else ''} with another answer." if count else ""
        )
        self._differences.show()
        self._differences.show_changes(changes, f"Version {was}", f"Version {now}")

    def _show_problem(self, problem: Problem) -> None:
        self._words.setText(problem.words)

    def differences(self) -> Differences:
        """Return the list of differences."""
        return self._differences


def _said(row: plan_versions.VersionRow) -> str:
    return f"Version {row.number}, {'signed' if row.status == 'signed' else 'draft'}: {row.title}"


class DifferencesPage(Card):
    """Two texts of one version side by side, and what to do about it."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, title: str, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(title, None, parent)
        self._differences = Differences()
        if choices:
            kept = "Nothing was overwritten: both texts are kept."
            self.body.addWidget(Muted(f"{kept} Take over what you want of theirs, then go on."))
        self.body.addWidget(self._differences, 1)
        row = QHBoxLayout()
        for choice in choices or ("Close",):
            button = QPushButton(choice)
            button.setAccessibleName(choice)
            button.setProperty("choice", choice)
            button.clicked.connect(self._choose)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def differences(self) -> Differences:
        """Return the list of differences."""
        return self._differences

    def _choose(self) -> None:
        choice = self.sender().property("choice")
        if choice == "Close":
            self.closed.emit()
        else:
            self.chosen.emit(choice)

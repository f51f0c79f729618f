"""What the columns of a school's file hold: column to field, what holds for the whole file, value to code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from caseapp.education import csv_mapping as mapping
from caseapp.education.csv_mapping import Coded, ColumnMap
from caseapp.education.school_import import Opened
from caseapp.form import Choice, Date, Field, Text
from ui.parts import Card, ElidedLabel, Muted, plain
from ui.record_parts import clear
from ui.small_form import SmallForm

MOST_VALUES: Final = 60  # shown to be given a meaning; further ones are named as refused rows
NOT_USED: Final = "Not used"
_CHOICE_WIDTH: Final = 320


class ColumnsPage(QWidget):
    """Three cards, each of which is there only where it has something to ask."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._opened: Opened | None = None
        self._whole: SmallForm | None = None
        self._columns: dict[str, QComboBox] = {}
        self._values: dict[tuple[str, str], QComboBox] = {}
        self._kept: dict[str, dict[str, str]] = {}
        self._whole_card = Card("For the whole file")
        self._whole_body = QVBoxLayout()
        self._whole_card.body.addLayout(self._whole_body)
        self._columns_card, self._grid = _card_with_grid("What each column holds")
        self._values_card, self._values_grid = _card_with_grid("What values mean")
        # The boxes of values are made anew, which must not happen while one of the file's is being left
        self._soon = QTimer(self, interval=0)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._columns_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for card in (self._whole_card, self._columns_card, self._values_card):
            layout.addWidget(card)

    def show_file(self, opened: Opened) -> None:
        """Show a file's columns, with what they probably hold."""
        self._opened = opened
        self._kept = {key: dict(some) for key, some in opened.columns.values.items()}
        self._make_whole(opened)
        clear(self._grid)
        self._columns = {}
        for line, name in enumerate(opened.table.headings):
            self._add_column(line, name, opened)
        self._show_asked()

    def _add_column(self, line: int, name: str, opened: Opened) -> None:
        box = _box(f"What column {name} holds")
        box.addItem(NOT_USED, "")
        for each in mapping.TARGETS[opened.columns.kind]:
            box.addItem(each.label, each.key)
        box.setCurrentIndex(max(0, box.findData(opened.columns.columns.get(name, ""))))
        box.currentIndexChanged.connect(self._soon.start)
        samples = ElidedLabel(", ".join(map(mapping.short, opened.table.samples(name))) or "empty")
        samples.setProperty("role", "muted")
        label = plain(name, "label")
        label.setBuddy(box)
        self._grid.addWidget(label, line, 0)
        self._grid.addWidget(samples, line, 1)
        self._grid.addWidget(box, line, 2)
        self._columns[name] = box

    def _make_whole(self, opened: Opened) -> None:
        clear(self._whole_body)
        form = SmallForm(_whole_questions(opened.columns.kind), self._today)
        form.set_answers(dict(opened.columns.whole))
        form.changed.connect(self.changed)
        self._whole = form
        self._whole_body.addWidget(Muted("What is the same in every row, where no column says it."))
        self._whole_body.addWidget(form)

    def _columns_chosen(self) -> None:
        self._keep_values()
        self._show_asked()
        self.changed.emit()

    def _show_asked(self) -> None:
        chosen = self.chosen()
        if self._opened is None or chosen is None:
            return
        names = [
            name for name, key in chosen.columns.items() if mapping.target(chosen.kind, key).kind == "code"
        ]
        values = {name: self._opened.table.values(name) for name in names}
        self._show_values(mapping.coded(chosen, values)[:MOST_VALUES])

    def _show_values(self, asked: Sequence[Coded]) -> None:
        clear(self._values_grid)
        self._values = {}
        for line, each in enumerate(sorted(asked, key=lambda one: bool(one.code))):
            box = _box(f"What {mapping.short(each.value)} means, {each.target.label}")
            box.addItem("Choose…", "")
            for code, label in each.target.options:
                box.addItem(label, code)
            box.setCurrentIndex(max(0, box.findData(each.code)))
            box.currentIndexChanged.connect(self.changed)
            self._values_grid.addWidget(plain(mapping.short(each.value), "label"), line, 0)
            self._values_grid.addWidget(plain(each.target.label, "muted"), line, 1)
            self._values_grid.addWidget(box, line, 2)
            self._values[each.target.key, mapping.folded(each.value)] = box
        self._values_card.setVisible(bool(asked))

    def _keep_values(self) -> None:
        for (key, value), box in self._values.items():
            if code := str(box.currentData() or ""):
                self._kept.setdefault(key, {})[value] = code

    def chosen(self) -> ColumnMap | None:
        """Return what was chosen; None before a file is shown."""
        if self._opened is None or self._whole is None:
            return None
        self._keep_values()
        columns = {name: str(box.currentData()) for name, box in self._columns.items() if box.currentData()}
        whole = {key: str(answer) for key, answer in self._whole.answers().items() if answer}
        return ColumnMap(self._opened.columns.kind, columns, self._kept, whole)

    def column_box(self, name: str) -> QComboBox:
        """Return the box of a column."""
        return self._columns[name]

    def value_box(self, key: str, value: str) -> QComboBox:
        """Return the box of a value of a field."""
        return self._values[key, mapping.folded(value)]

    def whole_form(self) -> SmallForm | None:
        """Return the questions about the whole file."""
        return self._whole


class _StillBox(QComboBox):
    """A box that a page scrolls past without changing what is chosen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _card_with_grid(title: str) -> tuple[Card, QGridLayout]:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 200)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    return card, grid


def _box(name: str) -> QComboBox:
    box = _StillBox()
    box.setAccessibleName(name)
    box.setFixedWidth(_CHOICE_WIDTH)
    return box


def _whole_questions(kind: str) -> list[Field]:
    asked: list[Field] = []
    for each in mapping.TARGETS[kind]:
        if not each.whole:
            continue
        if each.kind == "code":
            said = "Leave it empty where a column says it"
            asked.append(Choice(each.key, each.label, options=each.options, half=True, help=said))
        elif each.kind == "day":
            asked.append(Date(each.key, each.label, past=True, half=True, help="Such as 03/09/2026"))
        else:
            asked.append(Text(each.key, each.label, half=True, help="Such as 2026/27"))
    return asked

"""The filters above the return's findings: chips and choices, and which list they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from caseapp.returns import findings
from caseapp.returns.findings import Filter, Found
from caseapp.returns.rules import NOT_DONE
from ui.editor import Flow
from ui.record_parts import FilterChip, row

_LETTERS: Final = 16


class FindingsFilter(QWidget):
    """What is chosen is `filter`; a rule is chosen from outside and taken away by its chip."""

    changed = Signal()
    rule_gone = Signal()
    """The chip of the rule was pressed: the findings of all rules are shown again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = Filter()
        self._has_workers = True
        self.found, self.undone = (
            FilterChip(text) for text in ("Findings", f"Rules not judged ({len(NOT_DONE)})")
        )
        group = QButtonGroup(self)
        for chip in (self.found, self.undone):
            group.addButton(chip)
            chip.clicked.connect(self._show_asked)
            chip.clicked.connect(self.changed)
        self.found.setChecked(True)
        self.mine = FilterChip("Mine")
        self.mine.clicked.connect(self._choose)
        self.table, self.worker = _box("Table", "Any table"), _box("Worker", "Any worker")
        for box in (self.table, self.worker):
            box.activated.connect(self._choose)
        self.rule = FilterChip("")
        self.rule.setChecked(True)
        self.rule.clicked.connect(self._any_rule)
        self.rule.hide()
        kinds = row(self.found, self.undone, self.mine, self.rule)
        kinds.setFixedHeight(self.table.sizeHint().height())
        flow = Flow(self, gap=8, line_gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in (kinds, self.table, self.worker):
            flow.addWidget(widget)

    def offer(self, found: Found) -> None:
        """Offer what the findings name; what was chosen stays where it is still offered."""
        tables, workers = findings.offered(found.rows)
        _fill(self.table, [(findings.table_words(each), each) for each in tables])
        _fill(self.worker, [(each, each) for each in workers])
        self._has_workers = not found.folder
        if found.folder:
            self.mine.setChecked(False)
        self._read()

    def choose_rule(self, code: str) -> None:
        """Show the findings of one rule; blank for all of them."""
        self._set(replace(self.filter, rule=code))
        self.changed.emit()

    def forget(self) -> None:
        """Take every filter away."""
        self._has_workers = True
        self.mine.setChecked(False)
        self.found.setChecked(True)
        for box in (self.table, self.worker):
            box.setCurrentIndex(0)
        self._set(Filter())

    def _choose(self) -> None:
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        table, worker = self.table.currentData() or "", self.worker.currentData() or ""
        self._set(Filter(self.filter.rule, table, worker, self.mine.isChecked()))

    def _any_rule(self) -> None:
        self.choose_rule("")
        self.rule_gone.emit()

    def _set(self, chosen: Filter) -> None:
        self.filter = chosen
        self.rule.setChecked(True)
        self.rule.setText(f"Rule {chosen.rule}  ×")
        self.rule.setAccessibleName(f"Take the filter away: rule {chosen.rule}")
        self._show_asked()

    def _show_asked(self) -> None:
        """Show the filters that say something of the list that is open."""
        is_found = self.found.isChecked()
        self.table.setVisible(is_found)
        for widget in (self.mine, self.worker):
            widget.setVisible(is_found and self._has_workers)
        self.rule.setVisible(is_found and bool(self.filter.rule))


def _box(name: str, anything: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(anything, None)
    box.setMinimumContentsLength(_LETTERS)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: QComboBox, options: list[tuple[str, str]]) -> None:
    chosen = box.currentData()
    while box.count() > 1:
        box.removeItem(1)
    for text, code in options:
        box.addItem(text, code)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen else 0)

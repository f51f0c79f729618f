"""The card of a child's supervision in its record: what was said, decided, and by when it is owed again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import words
from caseapp.supervision import cases, paper
from caseapp.supervision.cases import CaseRow, CaseView
from ui.asking import Asking
from ui.care_lines import fill, flowing
from ui.parts import Card, Chip, LinkButton, Muted, plain
from ui.record_parts import clear, row, state_meaning
from ui.supervision_forms import CaseDialog

if TYPE_CHECKING:
    from ui.desk import Desk

_EMPTY: Final = "Not talked about in supervision yet. What is said there of this child stands here."


class SupervisionCard(Asking):
    """What was said of a child in supervision, the latest first. Managers add to it and correct it."""

    changed = Signal()
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.child_id = child_id
        self._view: CaseView | None = None
        self._content = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.busy, self.banner):
            layout.addWidget(widget)
        layout.addLayout(self._content)
        self.refresh()

    def refresh(self) -> None:
        """Read the child's supervision anew."""
        child_id = self.child_id
        self.ask("Reading …", lambda session: cases.of_child(session, child_id), self._show)

    def _show(self, view: CaseView) -> None:
        self._view = view
        clear(self._content)
        add = LinkButton("Record supervision")
        add.clicked.connect(partial(self._ask, None))
        card = Card("Supervision", add if view.may_add else None)
        owed = f"Owed {view.how_often}: next by {words.day(view.due_on)}"
        card.body.addWidget(
            row(Chip(view.standing.words, state_meaning(view.standing.kind)), Muted(owed), stretch_at=1)
        )
        fill(card, [self._row(each) for each in view.rows], _EMPTY)
        self._content.addWidget(card)

    def _row(self, each: CaseRow) -> QWidget:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 2, 0, 2)
        lines.setSpacing(3)
        chips = [Chip("Risk", "alert")] if each.is_risk else []
        lines.addWidget(row(plain(f"{words.day(each.on)}, {each.supervisor}", "label"), *chips))
        for label, said in each.told:
            lines.addWidget(Muted(f"{label}: {said}"))
        if buttons := self._buttons(each):
            lines.addWidget(flowing(buttons, gap=12))
        return holder

    def _buttons(self, each: CaseRow) -> list[QWidget]:
        acts = [("Change", partial(self._ask, each))] if each.may_change else []
        if self.desk.may("print").allowed:
            acts.append(("Print", partial(self._print, each)))
        made: list[QWidget] = []
        for text, act in acts:
            button = LinkButton(text)
            button.setAccessibleName(f"{text}: supervision of {words.day(each.on)}")
            button.clicked.connect(act)
            made.append(button)
        return made

    def _ask(self, opened: CaseRow | None, _checked: bool = False) -> None:
        if self._view is None:
            return
        worker = opened.worker if opened else self._view.worker
        dialog = CaseDialog(self.desk, self.child_id, self._view.child, worker, (), opened, self)
        dialog.changed.connect(self._written)
        dialog.open()

    def _written(self) -> None:
        self.refresh()
        self.changed.emit()

    def _print(self, each: CaseRow, _checked: bool = False) -> None:
        self.ask("Making the PDF …", lambda session: paper.case_pdf(session, each.id), self._printed)

    def _printed(self, pdf: bytes) -> None:
        self.print_bytes.emit("Supervision of a case", pdf)

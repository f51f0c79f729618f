"""One worker's supervision: who is to be talked about and why, and the sessions held and planned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import words
from caseapp.form import Options
from caseapp.supervision import agenda, paper, sessions
from caseapp.supervision.agenda import REASONS, Agenda, ToDiscuss
from caseapp.supervision.sessions import SessionRow, SessionsView
from ui.asking import Asking
from ui.care_lines import fill, flowing
from ui.form_dialog import FormDialog
from ui.parts import Card, Chip, LinkButton, Muted, Title, plain, primary
from ui.record_parts import ElidedLink, Scroller, clear, nothing_yet, state_meaning
from ui.supervision_forms import CaseDialog, PlanDialog, ReasonDialog, SessionDialog

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_MEANINGS: Final = {
    agenda.RISK: "alert",
    agenda.OVERDUE: "overdue",
    agenda.NO_VISIT: "warning",
    agenda.NOT_DISCUSSED: "due_soon",
    agenda.NEW: "info",
    agenda.DUE_SOON: "neutral",
}
_STATES: Final = {
    "planned": "info",
    "not_recorded": "due_soon",
    "held": "draft",
    "signed": "signed",
    "cancelled": "neutral",
}
_BESIDE, _BESIDE_NARROW, _NARROW = 380, 320, 1100


class WorkerPage(Asking):
    """The list of children prepared for the talk; beside it the sessions. A manager goes back to the team."""

    open_child = Signal(UUID)
    print_bytes = Signal(str, bytes)
    back = Signal()

    def __init__(
        self, desk: Desk, worker_id: UUID, leads_back: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Supervision of a worker")
        self.worker_id = worker_id
        self._view: SessionsView | None = None
        self._title, self._line = Title("Supervision"), Muted("")
        self._back = LinkButton("← All workers")
        self._back.setAccessibleName("Back to all workers")
        self._back.setVisible(leads_back)
        self._back.clicked.connect(self.back)
        self._plan = QPushButton("Plan…")
        self._plan.setAccessibleName("Plan supervision")
        self._plan.clicked.connect(self._ask_plan)
        self._record = primary("Record supervision")
        self._record.clicked.connect(self._ask_record)
        self._chips = QHBoxLayout()
        self._children, self._sessions = QVBoxLayout(), QVBoxLayout()
        self._main, self._beside = QWidget(), QWidget()
        self._place_all()
        self.refresh()

    def _place_all(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addLayout(self._chips)
        top.addStretch(1)
        for button in (self._plan, self._record):
            button.hide()
            top.addWidget(button)
        page = Scroller(self)
        page.body.setContentsMargins(24, 24, 24, 24)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        heading.addLayout(top)
        heading.addWidget(self._line)
        page.body.addLayout(heading)
        for each in (self.busy, self.banner):
            page.body.addWidget(each)
        left = QVBoxLayout(self._main)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(self._children)
        left.addStretch(1)
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.addLayout(self._sessions)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._main, 1)
        columns.addWidget(self._beside)
        page.body.addLayout(columns)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: the children, and the sessions beside them."""
        return self._main, self._beside

    def refresh(self) -> None:
        """Read the sessions and the children anew."""
        worker_id = self.worker_id

        def work(session: Session) -> tuple[SessionsView, Agenda]:
            return sessions.view(session, worker_id), agenda.prepare(session, worker_id)

        self.ask("Preparing the list …", work, self._show)

    def _show(self, found: tuple[SessionsView, Agenda]) -> None:
        view, prepared = found
        self._view = view
        self._title.setText("My supervision" if view.is_me else view.worker)
        self._line.setText(_told(view))
        for button in (self._plan, self._record):
            button.setVisible(view.may_supervise)
        clear(self._chips)
        if view.standing is not None:
            self._chips.addWidget(Chip(view.standing.words, state_meaning(view.standing.kind)))
        for layout in (self._children, self._sessions):
            clear(layout)
            layout.setSpacing(16)
        self._children.addWidget(self._to_discuss_card(prepared))
        if prepared.others:
            self._children.addWidget(self._others_card(prepared.others))
        self._sessions.addWidget(self._sessions_card(view))

    # The children

    def _to_discuss_card(self, prepared: Agenda) -> Card:
        card = Card(f"To be talked about ({len(prepared.to_discuss)})")
        rows = [self._child_row(each) for each in prepared.to_discuss]
        fill(card, rows, "Nothing presses. What is late or soon, risk, visits and new children appear here.")
        return card

    def _others_card(self, others: Sequence[ToDiscuss]) -> Card:
        card = Card(f"Nothing presses ({len(others)})")
        fill(card, [self._child_row(each) for each in others], "")
        return card

    def _child_row(self, each: ToDiscuss) -> QWidget:
        name = ElidedLink(each.child)
        name.clicked.connect(partial(self.open_child.emit, each.child_id))
        kinds = dict.fromkeys(reason.kind for reason in each.reasons)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(name)
        top.addWidget(plain(each.status, "muted"))
        top.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addLayout(top)
        if kinds:
            lines.addWidget(flowing([Chip(REASONS[kind], _MEANINGS[kind]) for kind in kinds]))
            lines.addWidget(Muted(". ".join(reason.words for reason in each.reasons) + "."))
        else:
            last = f"last on {words.day(each.last_on)}, " if each.last_on else ""
            lines.addWidget(Muted(f"Talked about: {last}owed by {words.day(each.due_on)}"))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addLayout(lines, 1)
        if self._view is not None and self._view.may_supervise:
            button = QPushButton("Record")
            button.setAccessibleName(f"Record what was said of {each.child}")
            button.clicked.connect(partial(self._ask_case, each))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    # The sessions

    def _sessions_card(self, view: SessionsView) -> Card:
        card = Card("Sessions")
        if view.rows:
            fill(card, [self._session_row(each) for each in view.rows], "")
            return card
        said = (
            "Nothing is recorded yet. Sessions are seen by the two who hold them, and by nobody else."
            if view.may_supervise or view.is_me
            else "Sessions are seen by the two who hold them, and by nobody else."
        )
        card.body.addWidget(nothing_yet(said))
        return card

    def _session_row(self, each: SessionRow) -> QWidget:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(plain(words.day(each.day), "label"))
        top.addWidget(Chip(_STATE_WORDS.get(each.state, each.state_words), _STATES[each.state]))
        top.addStretch(1)
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 2, 0, 2)
        lines.setSpacing(4)
        lines.addLayout(top)
        by = f" by {each.supervisor}" if self._view is not None and self._view.is_me else ""
        lasted = f", {each.given.minutes} minutes" if each.given.minutes else ""
        waits = f". {each.state_words}" if each.state == "held" else ""
        lines.addWidget(Muted(f"{each.kind_words}{by}{lasted}{waits}"))
        for said in (*each.told, *_children(each)):
            lines.addWidget(Muted(said))
        buttons = self._buttons(each)
        if buttons:
            lines.addWidget(flowing(buttons, gap=12))
        return holder

    def _buttons(self, each: SessionRow) -> list[QWidget]:
        acts = []
        if each.may_sign:
            acts.append(("Sign", partial(self._sign, each)))
        if each.may_write:
            acts.append(("Change" if each.given.held_on else "Record", partial(self._ask_change, each)))
            if not each.given.held_on:
                acts.append(("Call off", partial(self._ask_reason, each)))
        if each.given.held_on and self.desk.may("print").allowed:
            acts.append(("Print", partial(self._print, each)))
        return [self._act(text, act, each) for text, act in acts]

    def _act(self, text: str, act: partial[None], each: SessionRow) -> QWidget:
        button = LinkButton(text)
        button.setAccessibleName(f"{text}: supervision of {words.day(each.day)}")
        button.clicked.connect(act)
        return button

    def _sign(self, each: SessionRow) -> None:
        self.save("Signing …", lambda session: sessions.sign(session, each.id, each.version), self._written)

    def _print(self, each: SessionRow) -> None:
        self.ask("Making the PDF …", lambda session: paper.session_pdf(session, each.id), self._printed)

    def _printed(self, pdf: bytes) -> None:
        self.print_bytes.emit("Supervision", pdf)

    # Dialogs

    def _ask_plan(self) -> None:
        if self._view is not None:
            self._open(PlanDialog(self.desk, self.worker_id, self._view.worker, self))

    def _ask_record(self) -> None:
        """Record the session that is planned for today or before, else a new one."""
        if self._view is not None:
            due = [each for each in self._view.rows if each.state == "not_recorded" or self._is_today(each)]
            self._open_session(due[-1] if due else None)

    def _is_today(self, each: SessionRow) -> bool:
        return each.state == "planned" and each.day == self.desk.today

    def _ask_change(self, each: SessionRow) -> None:
        self._open_session(each)

    def _open_session(self, each: SessionRow | None) -> None:
        if self._view is not None:
            self._open(SessionDialog(self.desk, self.worker_id, self._view.worker, each, self))

    def _ask_reason(self, each: SessionRow) -> None:
        self._open(ReasonDialog(self.desk, each, self))

    def _ask_case(self, each: ToDiscuss) -> None:
        if self._view is not None:
            chosen = _open_sessions(self._view)
            self._open(
                CaseDialog(self.desk, each.child_id, each.child, self._view.worker, chosen, None, self)
            )

    def _open(self, dialog: FormDialog) -> None:
        dialog.changed.connect(self.refresh)
        dialog.open()

    def _written(self, _result: object) -> None:
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the children more of the room where there is little."""
        super().resizeEvent(event)
        self._beside.setFixedWidth(_BESIDE_NARROW if self.width() < _NARROW else _BESIDE)


_STATE_WORDS: Final = {"held": "To be signed"}


def _told(view: SessionsView) -> str:
    last = f"Last supervision on {words.day(view.last_on)}" if view.last_on else "No supervision recorded"
    owed = f", owed by {words.day(view.due_on)}" if view.due_on else ""
    planned = f", next planned for {words.day(view.next_on)}" if view.next_on else ""
    job = f"{view.job}. " if view.job and not view.is_me else ""
    return f"{job}{last}{owed}{planned}."


def _children(each: SessionRow) -> list[str]:
    if not each.cases:
        return []
    return [f"Talked about: {words.listed([child for child, _ in each.cases])}"]


def _open_sessions(view: SessionsView) -> Options:
    """Return the sessions in which a child can be talked about, the latest first; those to come left out."""
    found = [each for each in view.rows if each.may_write and each.state in ("held", "not_recorded")]
    return tuple((str(each.id), f"{each.kind_words}, {words.day(each.day)}") for each in found)

"""The dialog that gives children to another worker: to whom, from when, why, and what is handed over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp import words
from caseapp.caseload import reallocation
from caseapp.caseload.reallocation import Move, Offer, Reallocation
from caseapp.form import Choice, Choices, Date, Field, Text
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from uuid import UUID

    from caseapp.work import Session
    from ui.desk import Desk

_HINT: Final = (
    "Each brief is made from the record: put it in your words. It becomes a note in the child’s file before "
    "the case goes."
)


class ReallocateDialog(FormDialog):
    """Open it with `open()`."""

    print_bytes = Signal(str, bytes)
    moved = Signal(int, str)
    """How many children went, and to whom."""

    def __init__(self, desk: Desk, offer: Offer, parent: QWidget | None = None) -> None:
        self._offer, self._today = offer, desk.today
        number = len(offer.moves)
        title = f"Reallocate {offer.moves[0].child}" if number == 1 else f"Reallocate {number} children"
        form = SmallForm(_fields(offer), desk.today, ("worker", "on", "reason"))
        start = {"on": desk.today.isoformat()}
        start |= {_key(place): each.brief for place, each in enumerate(offer.moves)}
        super().__init__(desk, title, _HINT, form, start, "Reallocate", parent)

    def written_about(self) -> Place:
        """Return the child, or all the children."""
        ids = [each.child_id for each in self._offer.moves]
        return Place(ids[0] if len(ids) == 1 else None, " ".join(sorted(map(str, ids))))

    def work(self) -> Work:
        """Return the moves, and perhaps their paper before them."""
        worker = next(each for each in self._offer.workers if str(each.id) == self.form.text("worker"))
        moves = tuple(
            each._replace(brief=self.form.text(_key(place))) for place, each in enumerate(self._offer.moves)
        )
        agreed = Reallocation(
            worker.id,
            self.form.day("on") or self._today,
            self.form.text("reason"),
            tuple((each.child_id, each.brief) for each in moves),
        )
        with_paper = bool(self.form.codes("print"))
        return partial(_carry_out, moves, worker.id, worker.name, agreed, with_paper)

    def _saved(self, result: object) -> None:
        super()._saved(result)
        worker, content = result if isinstance(result, tuple) else ("", b"")
        self.moved.emit(len(self._offer.moves), worker)
        if content:
            self.print_bytes.emit("Handover", content)


def _fields(offer: Offer) -> tuple[Field, ...]:
    now_held = {each.worker for each in offer.moves if each.worker}
    options = tuple(
        (str(each.id), f"{each.name}{f', {each.team}' if each.team else ''}: holds {each.held}")
        for each in offer.workers
        if now_held != {each.name}
    )
    briefs = (
        Text(
            _key(place),
            f"Handover brief: {words.isolated(each.child)} ({each.ref}), from {each.worker or 'nobody'}",
            lines=8,
        )
        for place, each in enumerate(offer.moves)
    )
    return (
        Choice("worker", "To", options=options),
        Date("on", "From", past=True, half=True, help="Today, or a day before on which it was agreed"),
        Text("reason", "Reason", half=True, help="It stands in the history of each child"),
        *briefs,
        Choices("print", "Paper", options=(("yes", "Print the briefs too"),)),
    )


def _key(place: int) -> str:
    return f"brief_{place}"


def _carry_out(
    moves: tuple[Move, ...],
    worker_id: UUID,
    name: str,
    agreed: Reallocation,
    with_paper: bool,
    session: Session,
) -> tuple[str, bytes]:
    # The paper first: once a case has gone to another team, its record is out of reach
    content = b""
    if with_paper:
        content = reallocation.briefs_pdf(session, moves, name, agreed.on, agreed.reason)
    reallocation.reallocate(session, agreed)
    return name, content


def said(number: int, worker: str) -> str:
    """Return what was done, as the screen says it."""
    gone = words.count(number, "child", "children")
    return f"{gone} went to {worker}. Each brief stands in the child’s file."

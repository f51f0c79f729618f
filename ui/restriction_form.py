"""Restricting a record: whom it is open to, what others are told, why; and lifting it again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from caseapp import access
from caseapp.access import KINDS, AccessView, Restriction
from caseapp.form import Choice, Text
from ui.form_dialog import Work
from ui.jotting import Place
from ui.parts import LinkButton, Muted, plain
from ui.people_forms import find_workers
from ui.picker import Chooser, Found, Picker
from ui.record_parts import clear, row
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

_WHY: Final = Text("reason", "Why", help="It stands in the history.")


class NamedPeople(Chooser):
    """Those who may read a restricted record: some are always named, others are put on and taken off."""

    def __init__(self, desk: Desk, always: Mapping[UUID, str], named: Mapping[UUID, str]) -> None:
        super().__init__()
        self._always = dict(always)
        self._named = dict(always) | dict(named)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.picker = Picker(desk, "Add somebody who may read it", find_workers)
        self.picker.picked.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(plain("Who may read it", "label"))
        layout.addLayout(self._list)
        layout.addWidget(self.picker)
        self.front = self.picker
        self._show()

    def ids(self) -> tuple[UUID, ...]:
        """Return who is named."""
        return tuple(self._named)

    def names(self) -> list[str]:
        """Return the names, in the order in which they stand."""
        return list(self._named.values())

    def written(self) -> list[list[str]] | None:
        """Return the id and the name of those who were put on."""
        put_on = [(each, name) for each, name in self._named.items() if each not in self._always]
        return [[str(worker_id), name] for worker_id, name in put_on] or None

    def bring_back(self, written: list[list[str]] | None) -> None:
        """Name these people beside those who always are."""
        self._named = self._always | {UUID(worker_id): name for worker_id, name in written or ()}
        self._show()

    def _add(self, found: Found) -> None:
        if found.id is not None:
            self._named[found.id] = found.text
            self._show()
            self.changed.emit()

    def _take_off(self, worker_id: UUID) -> None:
        self._named.pop(worker_id, None)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        clear(self._list)
        for worker_id, name in self._named.items():
            if worker_id in self._always:
                self._list.addWidget(row(plain(name), Muted("always"), stretch_at=1))
                continue
            off = LinkButton("Take off")
            off.setAccessibleName(f"Take off: {name}")
            off.clicked.connect(partial(self._take_off, worker_id))
            self._list.addWidget(row(plain(name), off, stretch_at=0))


class RestrictionForm(InlineForm):
    """Restricts a record, or changes how it is restricted. `asked` hands on the work to be done."""

    asked = Signal(object)

    def __init__(self, desk: Desk, child_id: UUID, view: AccessView) -> None:
        self._child_id = child_id
        names = {UUID(key): name for key, name in view.choices}
        me = desk.actor.worker_id
        worker = [each.worker_id for each in view.readers if each.why == "the child’s worker"]
        always = {each: names.get(each, desk.actor.name) for each in (me, *worker)}
        named = {each: names.get(each, "Somebody who has left") for each in view.named}
        self.people = NamedPeople(desk, always, named)
        self.ask = Picker(desk, "Whom others are told to ask (yourself, if nobody is chosen)", find_workers)
        kinds = Choice("kind", "What others are told", options=tuple(KINDS.items()))
        form = SmallForm((kinds, _WHY), desk.today, ("kind", "reason"))
        title = "Change the restriction" if view.restricted else "Restrict this record"
        super().__init__(title, form, title, (self.people, self.ask))
        form.set_answers({"kind": view.restricted or None})
        form.changed.connect(self._show_ask)
        self._show_ask()
        self._asked_before = view.ask_id
        self.keep_typing(desk, Place(child_id))
        self.saved.connect(self._hand_on)

    def _show_ask(self) -> None:
        self.ask.setVisible(self.form.text("kind") == "exists")

    def work(self) -> Work:
        """Return the restricting."""
        chosen = self.ask.chosen()
        ask_id = chosen.id if chosen is not None else self._asked_before
        new = Restriction(self.form.text("kind"), self.people.ids(), self.form.text("reason"), ask_id)
        return partial(access.restrict, child_id=self._child_id, new=new)

    def _hand_on(self) -> None:
        self.asked.emit(self.work())


class LiftForm(InlineForm):
    """Makes a restricted record an ordinary one again. `asked` hands on the work to be done."""

    asked = Signal(object)

    def __init__(self, desk: Desk, child_id: UUID) -> None:
        self._child_id = child_id
        form = SmallForm((_WHY,), desk.today, ("reason",))
        said = Muted("The child’s team may read it again, as it may read every record of the team.")
        said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().__init__("Lift the restriction", form, "Lift the restriction", (said,))
        self.keep_typing(desk, Place(child_id))
        self.saved.connect(self._hand_on)

    def focus_first(self) -> None:
        """Put the keyboard into the reason."""
        self.form.focus_first()

    def work(self) -> Work:
        """Return the lifting."""
        return partial(access.lift, child_id=self._child_id, reason=self.form.text("reason"))

    def _hand_on(self) -> None:
        self.asked.emit(self.work())

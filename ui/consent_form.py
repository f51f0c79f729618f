"""The question of consent to early help: who decided, as what, what for, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.early_help import consents
from caseapp.early_help.consents import NewConsent
from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Field, Is, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.people import FamilyRow
from ui.form_dialog import FormDialog, Work
from ui.help_relatives import Relative, also_for, chosen_of, ticked
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

CHILD: Final = "child"
SOMEBODY: Final = "somebody"
_AGREED: Final = AnyOf("decision", ("given", "limits"))
_NOT_AGREED: Final = AnyOf("decision", ("refused", "withdrawn", "not_sought"))
_WITHDRAWN: Final = Is("decision", "withdrawn")
_OVERRIDDEN: Final = Is("overridden", "yes")
_ADULT: Final = 16


class ConsentDialog(FormDialog):
    """Records what one person decided. What is asked depends on the decision."""

    def __init__(
        self,
        desk: Desk,
        episode_id: UUID,
        people: Sequence[tuple[str, str, str]],
        others: Sequence[Relative],
        moment: str,
        parent: QWidget | None = None,
    ) -> None:
        self._episode_id, self._others = episode_id, others
        self._names = {code: name for code, name, _ in people}
        self._capacities = {code: capacity for code, _, capacity in people}
        self._proposed = ""
        needed = (
            "person", "name", "capacity", "moment", "happened_on", "purposes", "decision", "how", "witness",
            "told", "safeguarding", "carries_on", "override_because", "override_by",
        )  # fmt: skip
        form = SmallForm(_deciding(people, others), desk.today, needed)
        answers: dict[str, Any] = {"happened_on": desk.today.isoformat(), "moment": moment}
        answers |= {"purposes": ["start", "store"]} if moment == "start" else {}
        super().__init__(
            desk,
            "Record a decision",
            "One person’s decision. Earlier ones stay on the record; a change of mind is a new decision.",
            form,
            answers | ticked(others),
            "Record the decision",
            parent,
        )
        form.changed.connect(self._propose)

    def written_about(self) -> Place:
        """Return the early help."""
        return Place(row=self._episode_id)

    def _propose(self) -> None:
        """Propose as what the person decides; whoever knows better chooses otherwise."""
        form = self.form
        if form.text("capacity") not in ("", self._proposed):
            return
        self._proposed = self._capacities.get(form.text("person"), "")
        if form.text("capacity") != self._proposed:
            form.set_answers(form.answers() | {"capacity": self._proposed})

    def work(self) -> Work:
        """Return the recording of the decision in each child's file."""
        form = self.form
        text = form.text
        new = NewConsent(
            person=text("name") or self._names.get(text("person"), ""),
            capacity=text("capacity"),
            moment=text("moment"),
            purposes=form.codes("purposes"),
            decision=text("decision"),
            happened_on=form.day("happened_on") or form.today,
            allowed=_agencies(text("allowed")),
            refused=_agencies(text("refused")),
            how=text("how"),
            witness=text("witness"),
            time=text("time"),
            explained={"yes": True, "no": False}.get(text("explained")),
            explained_how=text("explained_how"),
            competence=text("competence"),
            review_on=form.day("review_on"),
            because=text("because"),
            told=text("told"),
            safeguarding=text("safeguarding"),
            carries_on=text("carries_on"),
            overridden=text("overridden") == "yes",
            override_because=text("override_because"),
            override_by=text("override_by"),
        )
        ids = [self._episode_id, *chosen_of(form, self._others)]
        return partial(consents.add, episode_ids=ids, new=new)


def _agencies(typed: str) -> tuple[str, ...]:
    """Return the agencies of a text with one a line, or with commas between them."""
    return tuple(name for each in typed.replace(",", "\n").splitlines() if (name := each.strip()))


def _deciding(people: Sequence[tuple[str, str, str]], others: Sequence[Relative]) -> tuple[Field, ...]:
    who = (*((code, name) for code, name, _ in people), (SOMEBODY, "Somebody else"))
    return (
        Choice("person", "Who decided", options=who, half=True),
        Choice("capacity", "As what", options=lists.CAPACITIES, half=True),
        Text("name", "Their name", when=Is("person", SOMEBODY)),
        Text(
            "competence",
            "How you know that they understand",
            lines=2,
            when=AnyOf("capacity", ("child", "young_person")),
        ),
        Choice("moment", "Asked when", options=lists.MOMENTS),
        Date("happened_on", "Decided on", past=True, half=True),
        Text("time", "Time", half=True),
        Choices("purposes", "Asked for", options=lists.PURPOSES),
        Choice("decision", "Decision", options=lists.CONSENTS),
        *_when_agreed(),
        *_when_not_agreed(),
        *also_for(others),
    )


def _when_agreed() -> tuple[Field, ...]:
    limits = Is("decision", "limits")
    return (
        Choice("how", "How they agreed", options=lists.HOW_AGREED, when=_AGREED, half=True),
        Date("review_on", "Ask again on", when=_AGREED, half=True, help="Empty: in twelve months"),
        Text("witness", "Witness of what was said", when=Is("how", "verbal")),
        Text("allowed", "May be shared with", lines=2, when=limits, half=True, help="One agency a line"),
        Text("refused", "Not to be shared with", lines=2, when=limits, half=True, help="One agency a line"),
        Choice("explained", "Was explained what is kept, who sees it and why", options=YES_NO, when=_AGREED),
        Text("explained_how", "How it was explained", when=Is("explained", "yes")),
    )


def _when_not_agreed() -> tuple[Field, ...]:
    unclear = AnyOf("decision", ("limits", "refused", "withdrawn", "not_sought", "lapsed"))
    return (
        Text("because", "Why, in their words", lines=2, when=_NOT_AGREED),
        Text("told", "Who has been told", when=_WITHDRAWN),
        Text(
            "safeguarding",
            "Is there a worry for a child’s safety?",
            lines=2,
            when=_WITHDRAWN,
            help="If there is, step up: consent is not needed to keep a child safe.",
        ),
        Text("carries_on", "Does one agency carry on with the family’s agreement?", when=_WITHDRAWN),
        Choice("overridden", "Go ahead all the same, to keep somebody safe?", options=YES_NO, when=unclear),
        Text("override_because", "Why it is necessary", lines=2, when=_OVERRIDDEN),
        Text("override_by", "Manager who decided", when=_OVERRIDDEN),
    )


def deciders(name: str, years: int | None, family: Sequence[FamilyRow]) -> list[tuple[str, str, str]]:
    """Return who may decide, as (code, name, capacity to propose): those with responsibility first."""
    rows = [each for each in family if not each.until_on and not each.child_id]
    rows.sort(key=lambda each: (not each.parental_responsibility, not each.lives_with))
    found = [(str(each.id), each.name, _capacity(each)) for each in rows]
    own = "young_person" if years is not None and years >= _ADULT else CHILD
    return [*found, (CHILD, name, own)]


def _capacity(row: FamilyRow) -> str:
    if row.parental_responsibility:
        return "parent_pr"
    return "carer" if row.kind in ("Foster carer", "Step-parent", "Special guardian") else "adult"

"""The questions of early help: opening it, a decision on consent, a move, the level of need, who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.early_help import consents, episodes, leads, moves
from caseapp.early_help.consents import NewConsent
from caseapp.early_help.episodes import NewEpisode
from caseapp.early_help.moves import Move
from caseapp.early_help.page import Sibling
from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Field, Is, Options, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.people import FamilyRow
from ui.help_dialog import HelpDialog, Work
from ui.jotting import Place
from ui.people_forms import find_workers
from ui.picker import Picker
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

CHILD: Final = "child"
SOMEBODY: Final = "somebody"
_AGREED: Final = AnyOf("decision", ("given", "limits"))
_NOT_AGREED: Final = AnyOf("decision", ("refused", "withdrawn", "not_sought"))
_WITHDRAWN: Final = Is("decision", "withdrawn")
_OVERRIDDEN: Final = Is("overridden", "yes")
_ASKED_BY: Final = AnyOf("route", ("self_request", "panel", "step_down", "other_agency"))
_OWN_AGENCY: Final = "Children’s services"
_ADULT: Final = 16


@dataclass(frozen=True)
class Relative:
    """A brother or sister on file, and whether the box beside the name is ticked to begin with."""

    id: UUID
    name: str
    ticked: bool = True


def _also(others: Sequence[Relative], label: str = "Also for") -> tuple[Field, ...]:
    options = tuple((str(each.id), each.name) for each in others)
    return (Choices("also", label, options=options),) if others else ()


def _ticked(others: Sequence[Relative]) -> dict[str, Any]:
    return {"also": [str(each.id) for each in others if each.ticked]} if others else {}


def _chosen(form: SmallForm, others: Sequence[Relative]) -> list[UUID]:
    return [UUID(each) for each in form.codes("also")] if others else []


def _since(desk: Desk, key: str = "on") -> dict[str, Any]:
    return {key: desk.today.isoformat()}


class OpenHelpDialog(HelpDialog):
    """Opens early help for a child, and for brothers and sisters who have files."""

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        relatives: Sequence[Relative],
        levels: Mapping[int, str],
        parent: QWidget | None = None,
    ) -> None:
        self._child_id, self._relatives = child_id, relatives
        form = SmallForm(_opening(relatives, levels), desk.today, ("opened_on", "route"))
        super().__init__(
            desk,
            "Start early help",
            "Only the day and how it came about are needed now; the rest can follow.",
            form,
            _since(desk, "opened_on") | _ticked(relatives),
            "Start early help",
            parent,
        )

    def written_about(self) -> Place:
        """Return the child."""
        return Place(self._child_id)

    def work(self) -> Work:
        """Return the opening of the episode."""
        form = self.form
        new = NewEpisode(
            form.day("opened_on") or form.today,
            form.text("route"),
            form.codes("reasons"),
            form.text("agency"),
            form.text("asked_by"),
            form.day("needed_on"),
            form.day("searched_on"),
            form.text("searched"),
            int(form.text("level")) if form.text("level") else None,
        )
        children = [self._child_id, *_chosen(form, self._relatives)]
        return partial(episodes.open_episode, child_ids=children, new=new)


def _opening(relatives: Sequence[Relative], levels: Mapping[int, str]) -> tuple[Field, ...]:
    return (
        Date("opened_on", "Opened on", past=True, half=True),
        Choice("route", "How it came about", options=lists.ROUTES, half=True),
        *_also(relatives, "Together with"),
        Choice("agency", "Kind of agency that asked", options=lists.AGENCIES, when=_ASKED_BY, half=True),
        Text("asked_by", "Who asked", when=_ASKED_BY, half=True),
        Date("needed_on", "The need was noticed on", past=True, half=True),
        Choice("level", "Level of need as it looks now", options=level_options(levels), half=True),
        Date("searched_on", "Earlier records searched on", past=True, half=True),
        Choice("searched", "What the search found", options=lists.EARLIER, half=True),
        Choices("reasons", "Reasons", options=lists.REASONS),
    )


def level_options(levels: Mapping[int, str]) -> Options:
    """Return the levels of need to choose from, as they are called here."""
    return tuple((str(level), f"Level {level}: {name}") for level, name in levels.items())


class ConsentDialog(HelpDialog):
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
            answers | _ticked(others),
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
        ids = [self._episode_id, *_chosen(form, self._others)]
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
        *_also(others),
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


class MoveForm(InlineForm):
    """A move: the day, what it asks for, and the brothers and sisters who move with it."""

    def __init__(self, desk: Desk, episode_id: UUID, move: Move, others: Sequence[Relative]) -> None:
        self._episode_id, self._move, self._others = episode_id, move, others
        has_choice = len(move.closures) > 1
        needed = ["on", *(["reason"] if move.needs_reason else [])]
        needed += ["closure"] if has_choice and move.key != "close" else []
        form = SmallForm(_moving(move, others), desk.today, needed)
        form.set_answers(_since(desk) | _ticked(others))
        super().__init__(move.title, form, move.title)
        self.keep_typing(desk, Place(row=episode_id))

    def work(self) -> Work:
        """Return the move."""
        form, move = self.form, self._move
        return partial(
            moves.make_move,
            episode_id=self._episode_id,
            key=move.key,
            on=form.day("on") or form.today,
            reason=form.text("reason") if move.needs_reason else "",
            closure=form.text("closure") if len(move.closures) > 1 else "",
            also=_chosen(form, self._others),
        )


def _moving(move: Move, others: Sequence[Relative]) -> tuple[Field, ...]:
    found: list[Field] = [Date("on", "On", past=True, half=True)]
    if len(move.closures) > 1:
        hint = "Empty: as the closing summary says" if move.key == "close" else ""
        found.append(Choice("closure", "Why it ends", options=move.closures, help=hint))
    if move.needs_reason:
        found.append(Text("reason", "Why", lines=2, help="It stands in the history."))
    return (*found, *_also(others))


class LevelForm(InlineForm):
    """The level of need from a day on, with its reason."""

    def __init__(
        self, desk: Desk, episode_id: UUID, levels: Mapping[int, str], others: Sequence[Relative]
    ) -> None:
        self._episode_id, self._others = episode_id, others
        fields = (
            Choice("level", "Level", options=level_options(levels), half=True),
            Date("on", "From", past=True, half=True),
            Text("reason", "Why", lines=2, help="What has changed; it stands in the history."),
            *_also(others),
        )
        form = SmallForm(fields, desk.today, ("level", "on", "reason"))
        form.set_answers(_since(desk))
        super().__init__("Level of need", form, "Record the level")
        self.keep_typing(desk, Place(row=episode_id))

    def work(self) -> Work:
        """Return the recording of the level."""
        form = self.form
        ids = [self._episode_id, *_chosen(form, self._others)]
        on, reason = form.day("on") or form.today, form.text("reason")
        return partial(set_levels, ids, int(form.text("level")), on, reason)


def set_levels(episode_ids: Sequence[UUID], level: int, on: date, reason: str, session: Session) -> None:
    """Record the level of need of brothers and sisters, for all of them or none."""
    for each in episode_ids:
        episodes.set_level(session, each, level, on, reason)


class LeadForm(InlineForm):
    """The lead practitioner: one of ours, or of another agency; a change needs a handover."""

    def __init__(self, desk: Desk, episode_id: UUID, before: str, others: Sequence[Relative]) -> None:
        self._episode_id, self._others = episode_id, others
        self.picker = Picker(desk, "Who leads", find_workers, "Of another agency:")
        self.picker.picked.connect(self._picked)
        handover = (
            (Text("handover", f"What {before} hands over", lines=2, help="It stands in the history."),)
            if before
            else ()
        )
        fields = (
            Text("agency", "Agency", half=True),
            Text("contact", "Telephone or e-mail", half=True),
            Date("from_on", "From", past=True, half=True),
            *handover,
            *_also(others),
        )
        form = SmallForm(fields, desk.today, ("agency", "from_on", *(each.key for each in handover)))
        form.set_answers(_since(desk, "from_on") | _ticked(others))
        self._hands_over = bool(handover)
        super().__init__("Lead practitioner", form, "Name the lead", (self.picker,))
        self.keep_typing(desk, Place(row=episode_id))

    def _picked(self) -> None:
        chosen = self.picker.chosen()
        if chosen is not None and chosen.id and not self.form.text("agency"):
            self.form.set_answers(self.form.answers() | {"agency": _OWN_AGENCY})

    def work(self) -> Work | None:
        """Return the naming of the lead; None if nobody is chosen, which has then been said."""
        chosen, form = self.picker.chosen(), self.form
        if chosen is None:
            self.picker.show_words("Choose a worker from the list, or “Of another agency”.")
            self.picker.focus()
            return None
        return partial(
            leads.name_lead,
            episode_ids=[self._episode_id, *_chosen(form, self._others)],
            name=chosen.text,
            agency=form.text("agency"),
            contact=form.text("contact"),
            from_on=form.day("from_on") or form.today,
            handover=form.text("handover") if self._hands_over else "",
            worker_id=chosen.id,
        )


def relatives(siblings: Sequence[Sibling], status: str = "") -> list[Relative]:
    """Return the brothers and sisters helped together; with a status, those who stand there too."""
    return [Relative(each.episode_id, each.name) for each in siblings if not status or each.status == status]

"""The questions of early help: opening it, a move, the level of need, who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.early_help import episodes, leads, moves
from caseapp.early_help.episodes import NewEpisode
from caseapp.early_help.moves import Move
from caseapp.form import AnyOf, Choice, Choices, Date, Field, Options, Text
from caseapp.form_parts import early_help_lists as lists
from ui.form_dialog import FormDialog, Work
from ui.help_relatives import Relative, also_for, chosen_of, ticked
from ui.jotting import Place
from ui.people_forms import find_workers
from ui.picker import Picker
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_ASKED_BY: Final = AnyOf("route", ("self_request", "panel", "step_down", "other_agency"))
_OWN_AGENCY: Final = "Children’s services"


def _since(desk: Desk, key: str = "on") -> dict[str, Any]:
    return {key: desk.today.isoformat()}


class OpenHelpDialog(FormDialog):
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
            _since(desk, "opened_on") | ticked(relatives),
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
        children = [self._child_id, *chosen_of(form, self._relatives)]
        return partial(episodes.open_episode, child_ids=children, new=new)


def _opening(relatives: Sequence[Relative], levels: Mapping[int, str]) -> tuple[Field, ...]:
    return (
        Date("opened_on", "Opened on", past=True, half=True),
        Choice("route", "How it came about", options=lists.ROUTES, half=True),
        *also_for(relatives, "Together with"),
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


class MoveForm(InlineForm):
    """A move: the day, what it asks for, and the brothers and sisters who move with it."""

    def __init__(self, desk: Desk, episode_id: UUID, move: Move, others: Sequence[Relative]) -> None:
        self._episode_id, self._move, self._others = episode_id, move, others
        has_choice = len(move.closures) > 1
        needed = ["on", *(["reason"] if move.needs_reason else [])]
        needed += ["closure"] if has_choice and move.key != "close" else []
        form = SmallForm(_moving(move, others), desk.today, needed)
        form.set_answers(_since(desk) | ticked(others))
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
            also=chosen_of(form, self._others),
        )


def _moving(move: Move, others: Sequence[Relative]) -> tuple[Field, ...]:
    found: list[Field] = [Date("on", "On", past=True, half=True)]
    if len(move.closures) > 1:
        hint = "Empty: as the closing summary says" if move.key == "close" else ""
        found.append(Choice("closure", "Why it ends", options=move.closures, help=hint))
    if move.needs_reason:
        found.append(Text("reason", "Why", lines=2, help="It stands in the history."))
    return (*found, *also_for(others))


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
            *also_for(others),
        )
        form = SmallForm(fields, desk.today, ("level", "on", "reason"))
        form.set_answers(_since(desk))
        super().__init__("Level of need", form, "Record the level")
        self.keep_typing(desk, Place(row=episode_id))

    def work(self) -> Work:
        """Return the recording of the level."""
        form = self.form
        ids = [self._episode_id, *chosen_of(form, self._others)]
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
            *also_for(others),
        )
        form = SmallForm(fields, desk.today, ("agency", "from_on", *(each.key for each in handover)))
        form.set_answers(_since(desk, "from_on") | ticked(others))
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
            episode_ids=[self._episode_id, *chosen_of(form, self._others)],
            name=chosen.text,
            agency=form.text("agency"),
            contact=form.text("contact"),
            from_on=form.day("from_on") or form.today,
            handover=form.text("handover") if self._hands_over else "",
            worker_id=chosen.id,
        )

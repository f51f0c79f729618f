"""The dialogs by which care begins, changes, ends, and an episode is put right: each judged while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Field, Filled, Text
from caseapp.looked_after import episode_chain as chains
from caseapp.looked_after import episode_guidance as guidance
from caseapp.looked_after import episodes
from caseapp.looked_after.episode_chain import Beginning, Chain, Change, Correction, Ending, Stretch
from caseapp.looked_after.episode_rule import Trouble
from caseapp.looked_after.episode_rules import judge, troubles
from caseapp.looked_after.new_rows import NewPlacement
from caseapp.looked_after.placements_view import EpisodeRow, PlacementsView
from caseapp.returns.episode_checks import CONTINUES
from ui import care_episode_lists as lists
from ui.care_episode_dialog import EpisodeDialog
from ui.form_dialog import Work
from ui.jotting import Place

if TYPE_CHECKING:
    from ui.desk import Desk

_NOT_YET: Final = UUID(int=0)  # of a placement whose episode is only typed
_OF_LAW: Final = AnyOf("kind", tuple(sorted(chains.OF_LAW)))
_OF_PLACE: Final = AnyOf("kind", tuple(sorted(chains.OF_PLACE)))
_NEW_CARER: Final = AnyOf("kind", (chains.PLACEMENT, chains.BOTH))
_END_OF_A_PLACEMENT: Final = (
    "A placement ends after a review, with written notice to all concerned, unless there is immediate risk; "
    "then the notice follows within ten working days. (CPPCR reg 14)"
)
_ALIKE: Final = (chains.SAME_CARER, chains.BOTH_SAME_CARER)


def _place_questions(when: AnyOf | None, keep: str = "") -> tuple[Field, ...]:
    return (
        Choice("placement", "Where the child lives now", options=lists.placements(keep), when=when),
        Choice("provider", "Provider", options=lists.PROVIDERS, when=lists.WITH_PROVIDER),
        Text("urn", "Ofsted URN", when=lists.WITH_URN, half=True, help="Seven digits, or SC and six"),
    )


def _lived_questions(when: AnyOf | None) -> tuple[Field, ...]:
    return (
        Text("carers", "Carers", half=True, when=when),
        Text("home_name", "Name of the home", half=True, when=when),
        Choice("where", "Where it is", options=lists.PLACES, when=when),
        Choice("approval", "Approved before the move by", options=lists.APPROVALS, when=when),
        Text("approved_by", "Name of who approved", half=True, when=Filled("approval")),
        Date("approved_on", "Approved on", past=True, half=True, when=Filled("approval")),
    )


def in_area(where: str) -> dict[str, bool | None]:
    """Return where a placement is as its row holds it."""
    inside, next_to = {
        guidance.IN_AREA: (True, None),
        guidance.ADJOINING: (False, True),
        guidance.AT_A_DISTANCE: (False, False),
    }.get(where, (None, None))
    return {"in_area": inside, "adjoining": next_to}


class _MoveDialog(EpisodeDialog):
    """What the beginning of care and a move have in common: the new placement is asked for as it is lived."""

    def _lived(self) -> NewPlacement | None:
        told = self.typed(NewPlacement, episode_id=_NOT_YET, **in_area(self.form.text("where")))
        return None if told == NewPlacement(_NOT_YET) else told

    def _before_move(self, moved_on: date | None) -> list[str]:
        if moved_on is None:
            return []
        where, approval = self.form.text("where"), self.form.text("approval")
        return guidance.before_a_move(self.view.about, moved_on, where, approval)


class BeginDialog(_MoveDialog):
    """A child begins to be looked after."""

    title = "Care begins"
    hint = "From this day the first review, visits and health assessment fall due by themselves."
    needed = ("started_on", "legal_status", "placement", "approved_by")

    def fields(self) -> Sequence[Field]:
        """Return since when, by which law, why, and where."""
        return (
            Date("started_on", "Looked after since", past=True, half=True),
            Choice("legal_status", "Legal status", options=lists.laws(), half=True),
            Choice("category_of_need", "Why: the highest that fits", options=lists.NEEDS),
            *_place_questions(None),
            Text("home_postcode", "Postcode of the home", half=True),
            Text("placement_postcode", "Postcode of the placement", half=True),
            *_lived_questions(None),
        )

    def start(self) -> Mapping[str, Any]:
        """Return the home from which the child comes."""
        return {"home_postcode": self.view.home_postcode or None}

    def after(self) -> Chain | None:
        """Return the chain with care begun."""
        return chains.begin(self.view.chain, self.typed(Beginning)) if self.ready() else None

    def warnings(self, after: Chain) -> list[str]:
        """Return who approves a placement outside the area."""
        return self._before_move(self.form.day("started_on"))

    def work(self) -> Work:
        """Return the beginning of care."""
        return partial(
            episodes.begin_care, child_id=self.child_id, new=self.typed(Beginning), lived=self._lived()
        )


class ChangeDialog(_MoveDialog):
    """Something changed while care goes on."""

    title = "Something changed"
    hint = "Care goes on: the present episode ends on that day, the next begins, and the codes follow."
    needed = ("kind", "changed_on", "legal_status", "placement", "away_to", "reason_moved", "approved_by")
    asks_of: ClassVar[Mapping[str, str]] = {
        "started_on": "changed_on", "before.ended_on": "changed_on", "before.reason_moved": "reason_moved",
    }  # fmt: skip

    @property
    def now(self) -> Stretch:
        """The episode that is open."""
        return self.view.chain[-1]

    def fields(self) -> Sequence[Field]:
        """Return what changed, when, and only what has to be known of such a change."""
        away = self.now.is_temporary
        return (
            Choice("kind", "What changed?", options=lists.CHANGES_WHILE_AWAY if away else lists.CHANGES),
            Date("changed_on", "On", past=True, half=True),
            Choice("legal_status", "Legal status now", options=lists.laws(), when=_OF_LAW, half=True),
            Choice("away_to", "Where the child is for a while", options=lists.TEMPORARY_MOVES,
                   when=AnyOf("kind", (chains.AWAY,))),
            *_place_questions(_OF_PLACE),
            Text("placement_postcode", "Postcode of the placement", when=_OF_PLACE, half=True),
            Choice("reason_moved", "Why the last placement ended", options=lists.WHY_MOVED,
                   when=_OF_PLACE),
            *_lived_questions(_NEW_CARER),
        )  # fmt: skip

    def start(self) -> Mapping[str, Any]:
        """Return the one thing that is likely while the child is away."""
        return {"kind": chains.BACK} if self.now.is_temporary else {}

    def judge(self, key: str = "") -> None:
        """Fill in what stays with the same carer, and judge."""
        kind = self.form.text("kind")
        if kind in _ALIKE and not self.form.text("placement"):
            now = self.now
            kept = {"placement": now.placement, "provider": now.provider, "urn": now.urn}
            self.form.set_answers(self.form.answers() | {name: code or None for name, code in kept.items()})
        super().judge(key)

    def after(self) -> Chain | None:
        """Return the chain with the next episode begun."""
        return chains.change(self.view.chain, self._change()) if self.ready() else None

    def _change(self) -> Change:
        new = self.typed(Change)
        away_to = self.form.text("away_to")
        return self.typed(Change, placement=away_to) if new.kind == chains.AWAY else new

    def _is_move(self) -> bool:
        return self.form.text("kind") in (chains.PLACEMENT, chains.BOTH)

    def warnings(self, after: Chain) -> list[str]:
        """Return who approves a move in key stage 4, or out of the area."""
        return self._before_move(self.form.day("changed_on")) if self._is_move() else []

    def guidance(self) -> list[str]:
        """Return how a placement may end."""
        return [_END_OF_A_PLACEMENT] if self._is_move() else []

    def work(self) -> Work:
        """Return the change."""
        return partial(
            episodes.record_change,
            child_id=self.child_id,
            opened=self.view.versions[self.now.id or _NOT_YET],
            new=self._change(),
            lived=self._lived(),
        )


class EndDialog(EpisodeDialog):
    """A child is no longer looked after."""

    title = "Care ends"
    hint = guidance.EXIT_CHECKLIST
    save_text = "End care"
    needed = ("ended_on", "reason_ended")

    def fields(self) -> Sequence[Field]:
        """Return when, why, who approved it, and what is worth noting."""
        return (
            Date("ended_on", "Looked after until", past=True, half=True),
            Text(
                "approved_by", "Approved by", half=True, help="Name and post; it goes into a note of that day"
            ),
            Choice("reason_ended", "Why care ended", options=lists.ENDS),
            Text("words", "Where the child goes, and what was arranged", lines=3),
        )

    def place(self) -> int:
        """Return the place of the episode that ends."""
        return len(self.view.chain) - 1

    def after(self) -> Chain | None:
        """Return the chain with care ended."""
        return chains.end(self.view.chain, self.typed(Ending)) if self.ready() else None

    def warnings(self, after: Chain) -> list[str]:
        """Return who has to approve it."""
        new = self.typed(Ending)
        said = guidance.before_the_end(self.view.about, self.view.chain, new.ended_on, new.reason_ended)
        return [said] if said and not new.approved_by else []

    def guidance(self) -> list[str]:
        """Return what the young person is in law afterwards."""
        ended = chains.end(self.view.chain, self.typed(Ending))
        return [guidance.what_follows(self.view.about, ended)]

    def work(self) -> Work:
        """Return the end of care."""
        opened = self.view.versions[self.view.chain[-1].id or _NOT_YET]
        return partial(episodes.end_care, child_id=self.child_id, opened=opened, new=self.typed(Ending))


class CorrectDialog(EpisodeDialog):
    """An episode as it should have been recorded; or it never was."""

    title = "Put an episode right"
    hint = "The episodes before and after it follow. The history keeps what was there."
    save_text = "Save"
    needed = ("started_on", "legal_status", "placement", "ended_on", "wrong_because")
    asks_of: ClassVar[Mapping[str, str]] = {
        "before.ended_on": "started_on", "after.started_on": "ended_on", "after.legal_status": "legal_status",
        "after.placement": "placement",
    }  # fmt: skip

    def __init__(
        self, desk: Desk, child_id: UUID, view: PlacementsView, row: EpisodeRow, parent: QWidget | None = None
    ) -> None:
        self.row, self.was = row, view.chain[row.at]
        self._joined = row.at > 0 and chains.goes_on(view.chain[row.at - 1], self.was)
        super().__init__(desk, child_id, view, parent)

    def written_about(self) -> Place:
        """Return the child and the episode."""
        return Place(self.child_id, self.row.id, True)

    def fields(self) -> Sequence[Field]:
        """Return everything an episode holds, but its codes of change: those follow."""
        was, chain = self.was, self.view.chain
        goes_on = was.reason_ended == CONTINUES
        next_away = self.row.at + 1 < len(chain) and chain[self.row.at + 1].is_temporary
        asked: list[Field] = [
            Date("started_on", "From", past=True, half=True),
            *([Date("ended_on", "Until", past=True, half=True)] if was.ended_on else []),
            Choice("legal_status", "Legal status", options=lists.laws(was.legal_status)),
            Choice("category_of_need", "Category of need, for the whole time in care", options=lists.NEEDS),
            Choice("placement", "Placement",
                   options=(*lists.placements(was.placement), *lists.TEMPORARY_MOVES)),
            *_place_questions(None)[1:],
            Text("home_postcode", "Postcode of the home", half=True),
            Text("placement_postcode", "Postcode of the placement", half=True),
        ]  # fmt: skip
        if self._joined:
            asked.append(Choice("same_carer", "If the placement changed: the same carer?", options=YES_NO))
        if goes_on and not (was.is_temporary or next_away):
            asked.append(Choice("reason_moved", "If it ended with a move: why", options=lists.WHY_MOVED))
        if was.ended_on and not goes_on:
            asked.append(Choice("reason_ended", "Why care ended", options=lists.ENDS))
        return (
            *asked,
            Choices("wrong", "Entered by mistake?", options=(("yes", "Take it off the record"),)),
            Text("wrong_because", "Why", when=Filled("wrong"), help="The history keeps what was there."),
        )

    def start(self) -> Mapping[str, Any]:
        """Return the episode as it is."""
        answers = {
            name: value.isoformat() if isinstance(value, date) else value or None
            for name, value in self.was._asdict().items()
        }
        return answers | {"same_carer": "yes" if self.was.reason_started in ("T", "U") else "no"}

    def place(self) -> int:
        """Return the place of the episode."""
        return self.row.at

    def after(self) -> Chain | None:
        """Return the chain with the episode corrected, or without it."""
        if self.form.codes("wrong"):
            return chains.take_off(self.view.chain, self.row.at)
        if not self.ready():
            return None
        return chains.put_right(self.view.chain, self.row.at, self._correction())

    def warnings(self, after: Chain) -> list[str]:
        """Return what was wrong with the episode before, and still is: it is no reason to refuse the rest."""
        if self.form.codes("wrong"):
            return []
        new = troubles(self.view.about, self.view.chain, after)
        found = judge(self.view.about, after)
        return [each.said() for each in found if each.at == self.place() and each not in new]

    def _correction(self) -> Correction:
        new = self.typed(Correction, same_carer=self.form.answers().get("same_carer") == "yes")
        if self.was.reason_ended == CONTINUES:
            new = self.typed(Correction, same_carer=new.same_carer, reason_ended=CONTINUES)
        return new

    def _question(self, each: Trouble) -> str:
        return "" if self.form.codes("wrong") else super()._question(each)

    def work(self) -> Work:
        """Return the correction, or the taking off the record."""
        if self.form.codes("wrong"):
            because = self.form.text("wrong_because")
            return partial(episodes.take_off, episode_id=self.row.id, opened=self.row.version, reason=because)
        return partial(
            episodes.put_right, episode_id=self.row.id, opened=self.row.version, new=self._correction()
        )

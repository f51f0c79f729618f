"""The dialogs of referrals and assessments: a decision, what was found, the manager's looks and last word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp.form import Choice, Choices, Date, Field, Filled, Is, Options, Text
from caseapp.front_door import assessments, lists, referrals
from caseapp.front_door.new_rows import Authorisation, Findings, NewReferral, ReferralDecision
from caseapp.front_door.opened import OpenAssessment, OpenReferral
from caseapp.front_door.referrals import Decided
from caseapp.people import WorkerRow
from caseapp.work import utc_now
from ui.form_dialog import FormDialog, Work
from ui.front_door_forms import WhoIsIt, moment_answers, moment_fields, moment_typed, now_answers
from ui.jotting import Place
from ui.picker import Chooser
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseapp.work import Session
    from ui.desk import Desk

NEEDS: Final[Options] = tuple((each.code, f"{each.code}  {each.words}") for each in lists.NEEDS)
_STARTS: Final = Is("outcome", "assessment")


class ChangeReferralDialog(FormDialog):
    """Puts a referral right before it is decided."""

    def __init__(self, desk: Desk, opened: OpenReferral, parent: QWidget | None = None) -> None:
        self._opened_referral = opened
        fields = (
            *moment_fields("received_on", "received_time", "Received"),
            Choice("source", "Who referred", options=lists.options(lists.SOURCES, desk.today), half=True),
            Text("source_name", "Name", half=True),
            Choice("need", "Main need", options=NEEDS,
                   help="If torn between two, take the one that stands higher."),
        )  # fmt: skip
        form = SmallForm(fields, desk.today, ("received_on", "received_time", "source", "need"))
        given = opened.given
        answers = {
            "source": given.source, "source_name": given.source_name or None, "need": given.need,
            **moment_answers(given.received_at, "received_on", "received_time"),
        }  # fmt: skip
        hint = "What led to a decision stays as it was once it is decided."
        super().__init__(desk, "Change the referral", hint, form, answers, "Save", parent)
        self.resize(680, 480)

    def written_about(self) -> Place:
        """Return the child and the referral."""
        return Place(self._opened_referral.child_id, self._opened_referral.id, True)

    def work(self) -> Work:
        """Return the change."""
        form, opened = self.form, self._opened_referral
        received_at = moment_typed(form, "received_on", "received_time") or opened.given.received_at
        new = NewReferral(received_at, form.text("source"), form.text("source_name"), form.text("need"))
        return partial(_change_referral, opened.id, opened.version, new)


def _change_referral(row_id: UUID, version: int, new: NewReferral, session: Session) -> None:
    referrals.change(session, row_id, version, new)


class DecideReferralDialog(FormDialog):
    """A manager's decision on a referral; a single assessment begins with it."""

    goes_on = Signal(str)
    """The page of the record where it goes on."""

    def __init__(
        self, desk: Desk, opened: OpenReferral, workers: Sequence[WorkerRow], parent: QWidget | None = None
    ) -> None:
        self._opened_referral = opened
        options = tuple((str(each.id), f"{each.name}, {each.team}".rstrip(", ")) for each in workers)
        fields: tuple[Field, ...] = (
            *moment_fields("decided_on", "decided_time", "Decided"),
            Choice("outcome", "What comes of it", options=lists.REFERRAL_OUTCOMES),
            Date("started_on", "Assessment starts on", past=True, half=True, when=_STARTS),
            Choice("worker", "Who assesses", options=options, half=True, when=_STARTS),
            Text("because", "Why", lines=3),
            *moment_fields("told_on", "told_time", "Referrer told"),
        )
        needed = ("decided_on", "decided_time", "outcome", "started_on", "because", "told_time")
        answers = {
            **now_answers(desk, "decided_on", "decided_time"), "started_on": desk.today.isoformat(),
        }  # fmt: skip
        form = SmallForm(fields, desk.today, needed)
        hint = "The day of the referral stays: the 45 working days count from it."
        super().__init__(desk, "Decide on the referral", hint, form, answers, "Record the decision", parent)

    def written_about(self) -> Place:
        """Return the child and the referral."""
        return Place(self._opened_referral.child_id, self._opened_referral.id)

    def work(self) -> Work:
        """Return the decision."""
        form, opened = self.form, self._opened_referral
        worker = form.text("worker")
        decision = ReferralDecision(
            moment_typed(form, "decided_on", "decided_time") or utc_now(), form.text("outcome"),
            form.text("because"), moment_typed(form, "told_on", "told_time"), form.day("started_on"),
            UUID(worker) if worker else None,
        )  # fmt: skip
        return partial(_decide, opened.id, opened.version, decision)

    def _saved(self, result: object) -> None:
        super()._saved(result)
        if isinstance(result, Decided) and result.page:
            self.goes_on.emit(result.page)


def _decide(row_id: UUID, version: int, decision: ReferralDecision, session: Session) -> Decided:
    return referrals.decide(session, row_id, version, decision)


class AssessDialog(FormDialog):
    """Starts the assessment of children whose cases are open, without a referral."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        fields = (
            Date("worried_on", "New worries came on", past=True, half=True),
            Date("started_on", "Assessment starts on", past=True, half=True),
        )
        form = SmallForm(fields, desk.today, ("worried_on", "started_on"))
        today = desk.today.isoformat()
        hint = (
            "For an open case: new worries about it are no new referral. The days count from these worries."
        )
        answers = {"worried_on": today, "started_on": today}
        self.who = WhoIsIt(desk)
        super().__init__(desk, "Assess a child", hint, form, answers, "Start the assessment", parent)
        self.resize(680, 420)

    def beside(self) -> Sequence[Chooser]:
        """Return whom it is about."""
        return (self.who,)

    def work(self) -> Work:
        """Return the start."""
        days = self.form.day("worried_on"), self.form.day("started_on")
        return partial(_assess, list(self.who.chosen), *days)


def _assess(
    child_ids: Sequence[UUID], worried_on: date | None, started_on: date | None, session: Session
) -> list[UUID]:
    today = session.today
    return assessments.start_on_open_cases(session, child_ids, worried_on or today, started_on or today)


class WriteDialog(FormDialog):
    """What was found so far in an assessment."""

    def __init__(self, desk: Desk, opened: OpenAssessment, parent: QWidget | None = None) -> None:
        self._assessment = opened
        fields = (
            Date("seen_on", "Child seen on", past=True, half=True),
            Choices("seen_alone", "Alone?", options=(("yes", "Seen alone"),), half=True,
                    when=Filled("seen_on")),
            Choice("need", "Main need", options=NEEDS,
                   help="If torn between two, take the one that stands higher."),
            Choices("factors", "Factors found", options=lists.options(lists.FACTORS, desk.today),
                    help="21 only where there is no other, and no further action."),
            Choices("outcomes", "What you recommend", options=lists.ASSESSMENT_OUTCOMES),
        )  # fmt: skip
        given = opened.given
        answers = {
            "seen_on": given.seen_on.isoformat() if given.seen_on else None,
            "seen_alone": ["yes"] if given.seen_alone else [], "need": given.need or None,
            "factors": list(given.factors), "outcomes": list(given.outcomes),
        }  # fmt: skip
        hint = "Save it as often as you like; hand it in once nothing is missing."
        form = SmallForm(fields, desk.today)
        super().__init__(desk, "What was found", hint, form, answers, "Save", parent)
        self.resize(760, 680)

    def written_about(self) -> Place:
        """Return the child and the assessment."""
        return Place(self._assessment.child_id, self._assessment.id, True)

    def work(self) -> Work:
        """Return the writing."""
        form, opened = self.form, self._assessment
        found = Findings(
            form.day("seen_on"), bool(form.codes("seen_alone")), form.text("need"), form.codes("factors"),
            form.codes("outcomes"),
        )  # fmt: skip
        return partial(_on_assessment, assessments.write, opened.id, opened.version, (found,))


class ActDialog(FormDialog):
    """One act upon an assessment: a day, words, or both, handed to its use case in the order asked."""

    def __init__(
        self,
        desk: Desk,
        opened: OpenAssessment,
        act: Act,
        parent: QWidget | None = None,
    ) -> None:
        self._assessment, self._act = opened, act
        keys = [each.key for each in act.fields]
        start = desk.today.isoformat() if act.is_today else None
        answers = {"on": start} if "on" in keys else {}
        form = SmallForm(act.fields, desk.today, keys)
        super().__init__(desk, act.title, act.hint, form, answers, act.save, parent)
        self.resize(620, 400)

    def written_about(self) -> Place:
        """Return the child and the assessment."""
        return Place(self._assessment.child_id, self._assessment.id)

    def work(self) -> Work:
        """Return the act."""
        opened = self._assessment
        values = tuple(
            self.form.day(each.key) if isinstance(each, Date) else self.form.text(each.key)
            for each in self._act.fields
        )
        return partial(_on_assessment, self._act.does, opened.id, opened.version, values)


class Act:
    """What an act upon an assessment is called, asks and does."""

    def __init__(
        self, title: str, hint: str, save: str, fields: tuple[Field, ...], does: Callable[..., None],
        *, is_today: bool = True,
    ) -> None:  # fmt: skip
        self.title, self.hint, self.save = title, hint, save
        self.fields, self.does, self.is_today = fields, does, is_today


def _on_assessment(
    does: Callable[..., None], row_id: UUID, version: int, values: tuple[Any, ...], session: Session
) -> None:
    does(session, row_id, version, *values)


HAND_IN: Final = Act(
    "Hand it to the manager", "After this it can only be read, until the manager gives it back.",
    "Hand it in",
    (Date("on", "Handed in on", past=True),), assessments.submit,
)  # fmt: skip
CHECKPOINT: Final = Act(
    "Checkpoint", "The manager’s look half way: is the child seen, is it on course, what is next?",
    "Record the checkpoint",
    (Date("on", "Looked at on", past=True), Text("words", "What you saw, what is next", lines=3)),
    assessments.look_half_way,
)  # fmt: skip
OTHER_CHECKPOINT: Final = Act(
    "Another day for the checkpoint", "By itself it is due ten working days after the referral.", "Save",
    (Date("on", "Due on"),), assessments.choose_checkpoint, is_today=False,
)  # fmt: skip
GIVE_BACK: Final = Act(
    "Give it back", "It can be written again. The clock goes on.", "Give it back",
    (Text("because", "What is to be mended", lines=3),), assessments.give_back,
)  # fmt: skip
EXTEND: Final = Act(
    "Extend", "An agreed extension still counts as late.", "Save the extension",
    (Date("on", "Agreed until"), Text("because", "Why it needs longer", lines=2)), assessments.extend,
    is_today=False,
)  # fmt: skip
ABANDON: Final = Act(
    "Abandon", "For a child who moved away or died. It is listed, and counts in no share.", "Abandon it",
    (Date("on", "Abandoned on", past=True), Text("because", "Why it cannot be finished", lines=2)),
    assessments.abandon,
)  # fmt: skip


class AuthoriseDialog(FormDialog):
    """The manager's last word on an assessment: it is complete from this day."""

    def __init__(self, desk: Desk, opened: OpenAssessment, parent: QWidget | None = None) -> None:
        self._assessment = opened
        fields = (
            Date("on", "Authorised on", past=True, half=True),
            Choices("outcomes", "What comes of it", options=lists.ASSESSMENT_OUTCOMES),
            Text("words", "What you say to it", lines=3),
        )
        form = SmallForm(fields, desk.today, ("on", "outcomes"))
        hint = "With no further action the referral and the case close. The family and agencies are told."
        answers = {"on": desk.today.isoformat(), "outcomes": list(opened.given.outcomes)}
        super().__init__(desk, "Authorise the assessment", hint, form, answers, "Authorise", parent)

    def written_about(self) -> Place:
        """Return the child and the assessment."""
        return Place(self._assessment.child_id, self._assessment.id)

    def work(self) -> Work:
        """Return the authorising."""
        form, opened = self.form, self._assessment
        decided = Authorisation(form.day("on") or date.min, form.codes("outcomes"), form.text("words"))
        return partial(
            _on_assessment, assessments.authorise_assessment, opened.id, opened.version, (decided,)
        )

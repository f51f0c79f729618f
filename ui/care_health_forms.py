"""The dialogs of health: an assessment or check, and the items of a year for the return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.form import YES_NO, AnyOf, Choice, Date, Field, Is, Number, Text
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import health
from caseapp.looked_after.health import YearItems
from caseapp.looked_after.health_rules import HIGHEST_SDQ, NewHealthYear
from caseapp.looked_after.new_rows import NewHealth
from ui.care_dialog import CareDialog, yes_or_no
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk


class HealthDialog(CareDialog):
    """An assessment, a check or immunisations; or that it was refused."""

    kind = NewHealth
    thing = "a health check"
    hint = "The day of the assessment counts, not that of its report. A refusal is noted with its day."
    needed = ("kind", "happened_on", "outcome")

    def fields(self) -> Sequence[Field]:
        """Return what, when, with which outcome, by whom."""
        return (
            Choice("kind", "What", options=tuple(health.KINDS.items()), half=True),
            Date("happened_on", "On", past=True, half=True),
            Choice("outcome", "Outcome", options=tuple(health.OUTCOMES.items())),
            Text("by_whom", "By whom", half=True),
            Choice("profession", "Who that is", options=health.PROFESSIONS, half=True,
                   help="The initial assessment is made by a doctor"),
            Text("place", "Place", half=True),
            Date("report_on", "Report written on", past=True, half=True,
                 when=AnyOf("kind", health.ASSESSMENTS)),
            Choice("up_to_date", "Up to date now?", options=YES_NO,
                   when=AnyOf("kind", ("immunisations", "development"))),
            Text("words", "What was found, or why it was not done", lines=3),
        )  # fmt: skip

    def start(self, today: date) -> Mapping[str, Any]:
        """Return a check that was done today."""
        return {"happened_on": today.isoformat(), "outcome": "done"}


_MISUSE: Final = Is("substance_misuse", "yes")
_NOT_RECEIVED: Final = Is("intervention_received", "no")
_QUESTIONS: Final[tuple[Field, ...]] = (
    Number("sdq_score", "SDQ score", high=HIGHEST_SDQ, half=True, help="0 to 40, by the main carer"),
    Choice("sdq_reason", "If there is no score, why", options=lists.SDQ_NONE, half=True),
    Choice("health_assessment", "Were the health assessments of the year done?", options=YES_NO, half=True,
           help="Two in the year under five, else one"),
    Choice("teeth_check", "Were the teeth checked by a dentist in the year?", options=YES_NO, half=True),
    Choice("immunisations", "Are immunisations up to date?", options=YES_NO, half=True),
    Choice("health_check", "Are the health checks for under-fives up to date?", options=YES_NO, half=True),
    Choice("convicted", "Convicted, cautioned or reprimanded in the year?", options=YES_NO, half=True),
    Choice("substance_misuse", "Was substance misuse identified?", options=YES_NO, half=True),
    Choice("intervention_received", "Was help with it received?", options=YES_NO, half=True, when=_MISUSE),
    Choice("intervention_offered", "Was help with it offered?", options=YES_NO, half=True,
           when=_NOT_RECEIVED),
)  # fmt: skip


class HealthYearDialog(FormDialog):
    """The items of a year to 31 March. Where nothing was entered yet, what the record tells stands there."""

    def __init__(self, desk: Desk, child_id: UUID, year: YearItems, parent: QWidget | None = None) -> None:
        self._child_id, self._year = child_id, year
        known = "; ".join(year.from_record)
        said = f"Filled in from the record: {known}." if known and not year.row_id else ""
        hint = f"What the yearly return (SSDA903) asks. {said} Leave open what is not known yet."
        asked = [each for each in _QUESTIONS if each.key in year.asked]
        answers = {name: _answer(value) for name, value in asdict(year.given).items()}
        super().__init__(
            desk, year.title, " ".join(hint.split()), SmallForm(asked, desk.today), answers, "Save", parent
        )

    def written_about(self) -> Place:
        """Return the child; the title tells the year."""
        return Place(self._child_id, is_change=True)

    def work(self) -> Work:
        """Return the saving of the year."""
        return partial(_save, self._child_id, self._year.year, self._typed(), self._year.version)

    def _typed(self) -> NewHealthYear:
        answers = self.form.answers()
        typed: dict[str, Any] = {}
        for name in self._year.asked & answers.keys():
            typed[name] = yes_or_no(self.form.text(name))
        if "sdq_score" in self._year.asked:
            typed |= {"sdq_score": answers["sdq_score"], "sdq_reason": self.form.text("sdq_reason")}
        return NewHealthYear(**typed)


def _answer(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value == "" else value


def _save(child_id: UUID, year: int, new: NewHealthYear, version: int, session: Session) -> UUID:
    return health.save_health_year(session, child_id, year, new, version)

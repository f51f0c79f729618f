"""The dialog of a worker's time: share of full time, protected first year, time away."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from caseapp import words, working_time
from caseapp.form import Date, Number, Rows, Text, filled_rows
from caseapp.working_time import Away, NewTime, Opened
from ui import row_fields  # noqa: F401  # rows have an editor once it is loaded
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_HINT: Final = (
    "It changes what a full load is for this worker, and the averages, on every day that is looked at. Away "
    "for over four weeks leaves the averages. The reason is for managers and administrators alone."
)
_SHARE: Final = "1 is a whole week, 0.6 three days"
_FIELDS: Final = (
    Number("share", "Share of full time", low=0, high=1, places=2, half=True, help=_SHARE),
    Date("first_year_from", "First year after qualifying from", half=True, help="Nothing for everybody else"),
    Rows(
        "leave", "Time away", row="time away",
        fields=(
            Date("from_on", "First day", half=True),
            Date("until_on", "Last day", half=True, help="Nothing while it is not known"),
            Text("why", "Reason"),
        ),
    ),
)  # fmt: skip


class WorkingTimeDialog(FormDialog):
    """Open it with `open()`. Managers write this of a worker, and nothing else."""

    purpose = working_time.PURPOSE

    def __init__(self, desk: Desk, opened: Opened, parent: QWidget | None = None) -> None:
        self._row = opened
        form = SmallForm(_FIELDS, desk.today, ("share",))
        title = f"Working time of {opened.name}"
        super().__init__(desk, title, _HINT, form, _answers(opened.time), "Record", parent)
        self.resize(680, 600)

    def written_about(self) -> Place:
        """Return the worker."""
        return Place(row=self._row.worker_id, is_change=True)

    def work(self) -> Work:
        """Return the recording."""
        return partial(_save, self._row, _new(self.form))

    def _save(self) -> None:
        if self.form.check() and self._has_first_days():
            super()._save()

    def _has_first_days(self) -> bool:
        rows = filled_rows(self.form.answers()["leave"])
        if all(each.get("from_on") for each in rows):
            return True
        self.form.editor("leave").set_problem("Give the first day of each time away.")
        return False


def _answers(time: NewTime) -> dict[str, Any]:
    return {
        "share": working_time.shown_share(time.share),
        "first_year_from": time.first_year_from.isoformat() if time.first_year_from else None,
        "leave": [
            {
                "from_on": each.from_on.isoformat(),
                "until_on": each.until_on.isoformat() if each.until_on else None,
                "why": each.why,
            }
            for each in time.leave
        ],
    }


def _new(form: SmallForm) -> NewTime:
    rows = filled_rows(form.answers()["leave"])
    leave = tuple(
        Away(day, words.stored_day(each.get("until_on")), str(each.get("why") or ""))
        for each in rows
        if (day := words.stored_day(each.get("from_on")))
    )
    return NewTime(Decimal(form.text("share")), form.day("first_year_from"), leave)


def _save(opened: Opened, new: NewTime, session: Session) -> None:
    working_time.save(session, opened.worker_id, opened.version, new)

"""Somebody else saved the same plan in between: both texts side by side, and which of them to go on with."""

from __future__ import annotations

from caseapp import plan_reading
from ui.compare import DifferencesPage
from ui.form_view import FormView

MINE, THEIRS = "Go on with mine", "Go on with theirs"


class ClashPage(DifferencesPage):
    """Theirs as it was saved, and mine as it stands in the form; single answers can be taken over."""

    def __init__(self, theirs: plan_reading.PlanView, mine: FormView) -> None:
        super().__init__("Somebody else saved this plan after you opened it", (MINE, THEIRS))
        self.theirs, self._mine = theirs, mine
        self.differences().taken.connect(self._take)
        self._show()

    def _show(self) -> None:
        changes = self.theirs.form.changes(self.theirs.answers, self._mine.answers())
        self.differences().show_changes(changes, "Theirs, saved", "Yours", "Use theirs")

    def _take(self, key: str) -> None:
        answers = self._mine.answers() | {key: self.theirs.answers.get(key)}
        self._mine.set_answers({each: value for each, value in answers.items() if value is not None})
        self._show()

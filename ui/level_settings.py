"""What this area calls the four levels of need: a setting for administrators."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from caseapp import levels
from caseapp.form import Text
from ui.parts import Card, FactsGrid
from ui.record_parts import clear, row
from ui.school_settings import SettingsCard
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk


def level_cards(desk: Desk) -> list[Card]:
    """Return the card of the levels, for whoever may change settings; none for anybody else."""
    return [LevelsCard(desk)] if desk.may("settings").allowed else []


class LevelsCard(SettingsCard):
    """The names of levels 1 to 4. Documents that were signed keep the names of their day."""

    def __init__(self, desk: Desk) -> None:
        self._button = QPushButton("Change…")
        self._button.setAccessibleName("Change the names of the levels of need")
        super().__init__(
            desk,
            "Levels of need",
            "The numbers are common ground, the names differ by area. What was signed keeps its words.",
            row(self._button),
        )
        self._names: dict[int, str] = {}
        self._button.clicked.connect(self.begin)
        self.read()

    def read(self) -> None:
        """Read the names anew."""
        self._desk.run(self, levels.names, self._show)

    def _show(self, names: dict[int, str]) -> None:
        self._names = names
        clear(self._rows)
        grid = FactsGrid(label_width=180)
        grid.set_facts([(f"Level {level}", name) for level, name in names.items()])
        self._rows.addWidget(grid)

    def begin(self) -> None:
        """Show the questions."""
        questions = tuple(Text(str(level), f"Level {level}", half=True) for level in self._names)
        form = SmallForm(questions, self._desk.today, ())
        form.set_answers({str(level): name for level, name in self._names.items()})
        self._open(InlineForm("What the levels of need are called", form, "Save"), self._save_names)

    def _save_names(self, form: InlineForm) -> None:
        self._save(partial(_rename, answers=form.form.answers()), "The levels are called so from now on.")


def _rename(session: Session, answers: dict[str, Any]) -> None:
    for level in levels.SHORT:
        levels.rename(session, level, str(answers.get(str(level)) or ""))

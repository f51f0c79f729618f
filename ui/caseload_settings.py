"""What an area settles about caseloads: the zone, days, and points; a card for administrators."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from caseapp.caseload import settled as rules
from caseapp.caseload import zone
from caseapp.caseload.settled import SETTINGS, Setting, Settled
from caseapp.form import Field, Number
from ui.desk import Desk
from ui.parts import Card, FactsGrid
from ui.record_parts import clear, row
from ui.school_settings import SettingsCard
from ui.small_form import InlineForm, SmallForm


def caseload_cards(desk: Desk) -> list[Card]:
    """Return the card of caseloads, for whoever may change settings; none for anybody else."""
    return [CaseloadCard(desk)] if desk.may("settings").allowed else []


class CaseloadCard(SettingsCard):
    """The zone around the target, when a case is quiet for too long, and what each case weighs."""

    def __init__(self, desk: Desk) -> None:
        self._button = QPushButton("Change…")
        self._button.setAccessibleName("Change the zone and the points of caseloads")
        super().__init__(
            desk,
            "Caseloads",
            "The zone around the target, and points for a load that is weighted. They count for every day "
            "that is looked at from now on.",
            row(self._button),
        )
        self._settled = rules.USUAL
        self._button.clicked.connect(self.begin)
        self.read()

    def read(self) -> None:
        """Read what is settled anew."""
        self._desk.run(self, rules.read, self._show)

    def _show(self, found: Settled) -> None:
        self._settled = found
        clear(self._rows)
        grid = FactsGrid(label_width=180)
        points = [each for each in SETTINGS if each.unit == "points"]
        grid.set_facts(
            [
                ("Zone", zone.zone_words(found).capitalize()),
                ("Not seen for too long", f"after {found.days('unseen_days')} days"),
                ("Wants a signed plan", f"after {found.days('plan_days')} days"),
                (
                    "Points",
                    ", ".join(f"{each.label.lower()} {rules.shown(found[each.key])}" for each in points),
                ),
            ]
        )
        self._rows.addWidget(grid)

    def begin(self) -> None:
        """Show the questions."""
        form = SmallForm(
            tuple(_field(each) for each in SETTINGS), self._desk.today, [each.key for each in SETTINGS]
        )
        form.set_answers({each.key: rules.shown(self._settled[each.key]) for each in SETTINGS})
        self._open(InlineForm("Caseloads", form, "Save"), self._save_all)

    def _save_all(self, form: InlineForm) -> None:
        work = partial(rules.choose, numbers=form.form.answers())
        self._save(work, "Caseloads are measured so from now on.")


def _field(each: Setting) -> Field:
    places = 1 if each.unit == "points" else 0
    return Number(
        each.key, each.label, unit=each.unit, low=each.low, high=each.high, places=places, half=True
    )

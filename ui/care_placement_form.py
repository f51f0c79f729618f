"""The dialog of a placement as it is lived: carers, address, approval, notices, what visits go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.form import YES_NO, Choice, Choices, Date, Field, Filled, Number, Text
from caseapp.looked_after import episode_guidance as guidance
from caseapp.looked_after.episode_rule import About
from caseapp.looked_after.new_rows import NewPlacement
from caseapp.looked_after.placements_view import PlacementRow
from ui import care_episode_lists as lists
from ui.care_dialog import CareDialog
from ui.care_episode_forms import in_area
from ui.care_remarks import Remarks
from ui.jotting import Place
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from ui.desk import Desk

_MOST_MILES: Final = 999


class PlacementDialog(CareDialog):
    """What is known of a placement beside its episodes."""

    kind = NewPlacement
    thing = "the details of the placement"
    needed = ("approved_by",)

    def __init__(
        self, desk: Desk, child_id: UUID, row: PlacementRow, about: About, parent: QWidget | None = None
    ) -> None:
        self._row, self._about = row, about
        opened: Opened[Any] | None = Opened(row.id, row.version, row.given) if row.id else None
        super().__init__(desk, child_id, opened, parent)
        self.resize(760, 680)
        self.remarks = Remarks(self)
        self.form.changed.connect(self._remark)
        self._remark()

    def written_about(self) -> Place:
        """Return the child, and the placement by its first day."""
        return Place(self.child_id, self._row.started_on, True)

    def fields(self) -> Sequence[Field]:
        """Return who cares, where, who approved and was told, and how it may end."""
        return (
            Text("carers", "Carers", half=True),
            Text("home_name", "Name of the home", half=True),
            Text("lines", "Address", lines=2),
            Text("phone", "Telephone", half=True),
            Choice("withheld", "Withhold the address?", options=YES_NO, half=True),
            Choice("where", "Where it is", options=lists.PLACES),
            Number("miles", "Distance from home", unit="miles", places=1, high=_MOST_MILES, half=True),
            Choices("circumstances", "What holds of it", options=lists.CIRCUMSTANCES),
            Choice("approval", "Approved before the move by", options=lists.APPROVALS),
            Text("approved_by", "Name of who approved", half=True, when=Filled("approval")),
            Date("approved_on", "Approved on", past=True, half=True, when=Filled("approval")),
            Date("notified_on", "Told of the placement on", past=True, half=True),
            Date("notice_on", "Written notice of its end on", past=True, half=True),
            Text("notified", "Who was told: child, parents, GP, school, health, reviewing officer", lines=2),
            Date("to_18_from", "Meant to last to 18, since", half=True,
                 help="Visits every three months after the first year"),
            Date("six_monthly_from", "The child agreed to visits every six months, on", half=True),
            Text("words", "Notes", lines=2),
        )  # fmt: skip

    def start(self, today: date) -> Mapping[str, Any]:
        """Return what the answers are while nothing is recorded."""
        return {"withheld": "no"}

    def answers_of(self, given: NewPlacement) -> Mapping[str, Any]:
        """Return a placement as answers."""
        where = {
            (True, False): guidance.IN_AREA, (False, True): guidance.ADJOINING,
            (False, False): guidance.AT_A_DISTANCE,
        }.get((bool(given.in_area), bool(given.adjoining)))  # fmt: skip
        return {
            **super().answers_of(given),
            "where": None if given.in_area is None else where,
            "miles": None if given.distance is None else f"{given.distance / 10:.1f}",
            "circumstances": [code for code, _ in lists.CIRCUMSTANCES if getattr(given, code)] or None,
        }

    def new(self) -> NewPlacement:
        """Return the placement as it was typed."""
        miles = self.form.answers()["miles"]
        ticked = self.form.codes("circumstances")
        told = self.typed() | in_area(self.form.text("where"))
        told |= {code: code in ticked for code, _ in lists.CIRCUMSTANCES}
        told |= {"withheld": bool(told["withheld"])}
        told |= {"distance": None if miles is None else round(float(miles) * 10)}
        return NewPlacement(self._row.given.episode_id, **told)

    def _remark(self) -> None:
        approval, where = self.form.text("approval"), self.form.text("where")
        self.remarks.show_remarks(guidance.before_a_move(self._about, self._row.started_on, where, approval))

"""The Education tab: school now, the line of schools, attendance, exclusions, attainment, and the PEPs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseapp import plan_versions
from caseapp.education import records
from caseapp.education.record_view import EducationView
from caseapp.form import Options
from caseapp.forms import FORMS
from caseapp.plan_versions import VersionRow
from ui import education_cards as cards
from ui import education_forms as forms
from ui.card_columns import CardColumns
from ui.child_plans import PlansPage, versions_card
from ui.child_premium import PremiumCard
from ui.education_cards import Acts
from ui.form_dialog import FormDialog
from ui.parts import LinkButton, Muted, Section
from ui.pep_exchange import SendToSchool, TakeInSchoolFile
from ui.reading_order import put_in_order
from ui.record_parts import clear
from ui.row_dialog import Opened, RowDialog

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_NO_PLAN: Final = (
    "No plan yet. A looked-after child has one from age 3, begun within 10 working days and reviewed "
    "each term."
)
_AT_A_SCHOOL = (forms.AttendanceDialog, forms.SuspensionDialog, forms.TimetableDialog)


class EducationPage(PlansPage):
    """Schooling as the record holds it, and the PEPs below."""

    changed = Signal()
    """A row of schooling changed: what others show of it is old."""

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        self._view: EducationView | None = None
        self._schooling = QVBoxLayout()
        self._schooling.setSpacing(16)
        self._premium: PremiumCard | None = None
        super().__init__(desk, child_id, "pep", may_write, parent)
        self._premium = PremiumCard(desk, child_id, may_write)
        self._premium.settled.connect(partial(put_in_order, self))
        self.body.setSpacing(16)
        self.body.insertLayout(2, self._schooling)  # below the busy bar and the banner
        self.body.insertWidget(3, self._premium)
        self.setAccessibleName("Education")

    def refresh(self) -> None:
        """Read schooling and plans anew."""
        self.ask("Reading the schooling …", partial(_read, self.child_id), self._show_read)
        if self._premium is not None:
            self._premium.refresh()

    def _show_read(self, read: tuple[EducationView, Sequence[VersionRow]]) -> None:
        self._view, rows = read
        view = self._view
        clear(self._schooling)
        heading = self.heading(rows)
        if (title := heading.itemAt(0)) and isinstance(words := title.widget(), Section):
            words.setText("Education")
        self._schooling.addLayout(heading)
        change_year = self._ask_year if self._may_write else None
        self._schooling.addWidget(cards.facts_card(view, self.desk.today, change_year))
        self._schooling.addWidget(self._columns(view))
        subjects = self._acts(forms.AttainmentDialog, "Add a subject")
        self._schooling.addWidget(cards.AttainmentCard(view.attainment, subjects))
        self.show_versions(rows)

    def show_versions(self, rows: Sequence[VersionRow]) -> None:
        """Show the plans below what the record holds; the button that begins one stands at the top."""
        clear(self._content)
        card = versions_card(FORMS[self.kind].title + "s", rows, self._may_write, self.open_plan.emit)
        if not rows:
            card.body.addWidget(Muted(_NO_PLAN))
        draft = next((row for row in rows if not row.signed_at), None)
        if draft and self._may_write:
            card.body.addLayout(self._school_files(draft))
        self._content.addWidget(card)

    def _school_files(self, draft: VersionRow) -> QHBoxLayout:
        """Return the ways by which a school without this program writes its part of the draft."""
        line = QHBoxLayout()
        line.setSpacing(16)
        for text, ask in (
            ("Send the draft to the school …", partial(self._send, draft.revision_id)),
            ("Take in the school’s file …", self._take_in),
        ):
            link = LinkButton(text)
            link.setAccessibleName(text)
            link.clicked.connect(ask)
            line.addWidget(link)
        line.addStretch(1)
        return line

    def _send(self, revision_id: UUID) -> None:
        SendToSchool(self.desk, revision_id, self).open()

    def _take_in(self) -> None:
        dialog = TakeInSchoolFile(self.desk, self.child_id, self)
        dialog.taken.connect(self._taken)
        dialog.open()

    def _taken(self, _revision: object) -> None:
        self.refresh()

    def _columns(self, view: EducationView) -> CardColumns:
        schools = cards.schools_card(view, self._acts(forms.SchoolDialog, "Add a school"))
        attendance = cards.AttendanceCard(view, self._acts(forms.AttendanceDialog, "Add a term"))
        suspensions = cards.suspensions_card(view, self._acts(forms.SuspensionDialog, "Add one"))
        elsewhere = cards.elsewhere_card(
            view,
            self._acts(forms.TimetableDialog, "Add a reduced timetable"),
            self._acts(forms.ProvisionDialog, "Add alternative provision"),
        )
        one_below_the_other = ((schools, attendance, suspensions, elsewhere),)
        side_by_side = ((schools, elsewhere), (attendance, suspensions))
        return CardColumns({900: side_by_side, 0: one_below_the_other}, (1, 1))

    def _acts(self, dialog: type[RowDialog[Any]], text: str) -> Acts:
        if not self._may_write:
            return Acts(text)
        needs_school = dialog in _AT_A_SCHOOL and not self._schools()
        add = None if needs_school else partial(self._open_row, dialog, None)
        return Acts(text, add, partial(self._change_row, dialog))

    def _schools(self) -> Options:
        """Return the child's schools to choose from, the newest first."""
        rows = self._view.schools if self._view else []
        return tuple({str(each.given.school_id): each.name for each in rows if each.given}.items())

    def _change_row(self, dialog: type[RowDialog[Any]], row_id: UUID, version: int, given: Any) -> None:
        self._open_row(dialog, Opened(row_id, version, given))

    def _open_row(self, dialog: type[RowDialog[Any]], opened: Opened[Any] | None) -> None:
        self._open_dialog(dialog(self.desk, self.child_id, self._schools(), opened, self))

    def _ask_year(self) -> None:
        if self._view and self._view.year:
            self._open_dialog(forms.YearGroupDialog(self.desk, self.child_id, self._view.year, self))

    def _open_dialog(self, dialog: FormDialog) -> None:
        dialog.changed.connect(self._written)
        dialog.open()

    def _written(self) -> None:
        self.refresh()
        self.changed.emit()


def _read(child_id: UUID, session: Session) -> tuple[EducationView, Sequence[VersionRow]]:
    return records.view(session, child_id), plan_versions.versions(session, child_id, "pep")

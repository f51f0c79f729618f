"""The screens of the window, each loaded when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.desk import Desk

if TYPE_CHECKING:
    from caseapp.jottings import Writing
    from caseapp.returns.opens import Opens
    from ui.new_child import NewChildDialog


def today_screen(desk: Desk) -> QWidget:
    """Return what is due."""
    from ui.today import TodayScreen

    return TodayScreen(desk)


def children_screen(desk: Desk) -> QWidget:
    """Return the list of children."""
    from ui.children import ChildrenScreen

    return ChildrenScreen(desk)


def early_help_screen(desk: Desk) -> QWidget:
    """Return the families with early help."""
    from ui.early_help import EarlyHelpScreen

    return EarlyHelpScreen(desk)


def caseload_screen(desk: Desk) -> QWidget:
    """Return who holds how many children, and how they stand."""
    from ui.caseload import CaseloadScreen

    return CaseloadScreen(desk)


def front_door_screen(desk: Desk, tab: str = "", row_id: UUID | None = None) -> QWidget:
    """Return contacts, referrals and assessments, open on one of them where it is named."""
    from ui.front_door import FrontDoorScreen

    screen = FrontDoorScreen(desk)
    if tab:
        screen.open_row(tab, row_id)
    return screen


def supervision_screen(desk: Desk) -> QWidget:
    """Return supervision: what was said, and who is to be talked about."""
    from ui.supervision import SupervisionScreen

    return SupervisionScreen(desk)


def approvals_screen(desk: Desk) -> QWidget:
    """Return what waits for a manager."""
    from ui.approvals import ApprovalsScreen

    return ApprovalsScreen(desk)


def education_screen(desk: Desk) -> QWidget:
    """Return the virtual school, what waits to be checked, and files of schools."""
    from ui.education import EducationScreen

    return EducationScreen(desk)


def reports_screen(desk: Desk) -> QWidget:
    """Return the figures of leaving care and the return."""
    from ui.reports import ReportsScreen

    return ReportsScreen(desk)


def child_screen(desk: Desk, child_id: UUID, tab: str = "") -> QWidget:
    """Return a child's record."""
    from ui.child import ChildScreen

    return ChildScreen(desk, child_id, tab)


def go_on_with_note(desk: Desk, writing: Writing) -> None:
    """Have the child's record open at a note that was begun."""
    from ui.new_note import go_on

    go_on(desk, writing)


def place_screen(desk: Desk, place: Opens) -> QWidget:
    """Return a child's record, open at a row of it."""
    from ui.child import ChildScreen

    screen = ChildScreen(desk, place.child_id, place.tab)
    screen.open_place(place)
    return screen


def plan_screen(desk: Desk, revision_id: UUID) -> QWidget:
    """Return a version of a plan."""
    from ui.plan import PlanScreen

    return PlanScreen(desk, revision_id)


def settings_screen(desk: Desk) -> QWidget:
    """Return the settings."""
    from ui.settings import SettingsScreen

    return SettingsScreen(desk)


def import_screen(desk: Desk) -> QWidget:
    """Return the import of a return's files."""
    from ui.imports import ImportScreen

    return ImportScreen(desk)


def about_screen() -> QWidget:
    """Return the page about the program: its version, and the licences of what is shipped."""
    from ui.about import AboutScreen

    return AboutScreen()


def compare_screen(desk: Desk, child_id: UUID, kind: str, newest: int) -> QWidget:
    """Return two versions of a plan side by side, the newest against the one before."""
    from ui.compare import ComparePane

    pane = ComparePane(desk, child_id, kind)
    pane.open_on(None, newest)
    page = _page(pane)
    pane.closed.connect(page.left)
    return page


def pdf_screen(title: str, pdf: bytes) -> QWidget:
    """Return the pages of a PDF that was made already."""
    from ui.preview import PreviewPane

    pane = PreviewPane()
    for box in pane.findChildren(QCheckBox):
        box.hide()  # large print is a matter of those who can make the pages anew
    pane.show_pdf(pdf, f"{title}.pdf")
    return _page(pane)


def new_child_dialog(desk: Desk, typed: str, parent: QWidget) -> NewChildDialog:
    """Return the questions for a child who is not on file yet."""
    from ui.new_child import NewChildDialog

    return NewChildDialog(desk, typed, parent)


class Page(QWidget):
    """A pane with the margins of a screen."""

    left = Signal()

    def close_what_is_open(self) -> None:
        """Go back to where the pane was asked for."""
        self.left.emit()


def _page(pane: QWidget) -> Page:
    page = Page()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.addWidget(pane)
    return page

"""A child's record: its head, its tabs, and the signals by which other screens are opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseapp import overview, prints
from caseapp.overview import Overview
from caseapp.returns.opens import DETAILS, Opens
from ui.asking import Asking
from ui.child_actions import ActionsPage
from ui.child_care import CarePage
from ui.child_details import DetailsDialog
from ui.child_education import EducationPage
from ui.child_head import RecordHead
from ui.child_help import HelpPage
from ui.child_history import HistoryPage
from ui.child_measures import MeasuresPage
from ui.child_overview import OverviewPage
from ui.child_pathway import PathwayPage
from ui.child_people import PeoplePage
from ui.child_plans import PlansPage
from ui.child_star import StarPage
from ui.child_timeline import TimelinePage
from ui.child_voice import VoicePage
from ui.parts import LinkButton
from ui.place import open_row
from ui.reading_order import put_in_order
from ui.record_page import RecordPage
from ui.record_papers import Paper, PapersLink
from ui.record_strip import RecordStrip
from ui.spelling import know_record
from ui.tabbed import step_tabs

if TYPE_CHECKING:
    from ui.desk import Desk

PLAN_TABS: Final = {"star": "Outcome Star", "pep": "Education", "pathway-plan": "Pathway"}
"""The tab of each kind of plan that has one to itself."""
TABS: Final = (
    "Overview", "Timeline", "People", "Early help", "Outcome Star", "Measures", "Voice", "Education", "Care",
    "Pathway", "Actions", "History",
)  # fmt: skip
_IN_CARE: Final = ("Looked after", "Care leaver")
_NEXT_TO_CARE: Final = ("Child in need", "Child protection")
"""In these care may begin: its tab is where that is recorded."""
_OF_PATHWAY: Final = ("pathway-needs", "pathway-plan", "leaving-well")


class ChildScreen(Asking):
    """One child's record. Opening it is recorded before anything is shown."""

    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    """A child, and the tab of the record to open."""
    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    start_star = Signal(UUID, str)
    """A child, and the form of the star to read."""
    compare = Signal(UUID, str)
    print_bytes = Signal(str, bytes)
    """A title and the PDF to be shown in the preview."""

    def __init__(self, desk: Desk, child_id: UUID, tab: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.child_id = child_id
        self._wanted_tab, _, self._wanted_part = (tab or TABS[0]).partition("/")
        self._view: Overview | None = None
        self._place: Opens | None = None
        self._row_page: RecordPage | None = None
        self._pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._head = RecordHead()
        self._edit_link = LinkButton("Edit details")
        self._edit_link.clicked.connect(self._edit)
        self._print_link = LinkButton("Print record")
        self._print_link.clicked.connect(self.print_record)
        self._paper = ""
        self._papers_link = PapersLink()
        self._papers_link.chosen.connect(self._print_paper)
        self._head.hide()
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of the record")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.currentChanged.connect(self._show_tab)
        self._strip = RecordStrip(self._tabs, (self._edit_link, self._print_link), self._papers_link)
        self._stack = QStackedWidget()
        self._place_all()
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            go_on = partial(step_tabs, self._tabs, self._stack, step)
            QShortcut(QKeySequence(keys), self).activated.connect(go_on)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_record)
        self.refresh()

    def _place_all(self) -> None:
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        notices = QVBoxLayout()
        notices.setContentsMargins(24, 0, 24, 0)
        notices.addWidget(self.busy)
        notices.addWidget(self.banner)
        layout.addLayout(notices)
        strip = QVBoxLayout()
        strip.setContentsMargins(24, 0, 24, 0)
        strip.setSpacing(0)
        strip.addWidget(self._strip)
        strip.addWidget(line)
        layout.addLayout(strip)
        layout.addWidget(self._stack, 1)

    @property
    def tab(self) -> str:
        """Return the name of the open tab."""
        return self._tabs.tabText(self._tabs.currentIndex()) if self._tabs.count() else self._wanted_tab

    def tab_names(self) -> list[str]:
        """Return the names of the tabs."""
        return [self._tabs.tabText(place) for place in range(self._tabs.count())]

    def page(self) -> QWidget | None:
        """Return the open page."""
        return self._stack.currentWidget()

    def show_tab(self, name: str) -> None:
        """Open a tab; one that this record does not have leaves all as it is."""
        if name in self.tab_names():
            self._tabs.setCurrentIndex(self.tab_names().index(name))

    def refresh(self) -> None:
        """Read the record and the open page anew."""
        self._reread()
        if isinstance(page := self.page(), RecordPage | CarePage):
            page.refresh()

    def new_note(self) -> None:
        """Begin a note about this child."""
        self.show_tab("Timeline")
        if isinstance(page := self.page(), TimelinePage):
            page.open_note()

    def focus_first(self) -> None:
        """Put the keyboard on the tabs."""
        self._tabs.setFocus()

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: the head, the tabs, and the open page."""
        return self._head, self._strip, self._stack

    def close_what_is_open(self) -> None:
        """Put the questions of a note, or about an action, away; what was typed into a note stays."""
        if isinstance(page := self.page(), TimelinePage):
            page.close_note()
        elif isinstance(page, ActionsPage):
            page.close_form()

    def print_record(self) -> None:
        """Show the record as a PDF; on the timeline, the chronology."""
        if isinstance(page := self.page(), TimelinePage):
            page.print_chronology()
        elif self.desk.may("print").allowed and self._view is not None:
            child_id = self.child_id
            self.ask("Making the PDF …", lambda session: prints.record_pdf(session, child_id), self._printed)

    def _print_paper(self, paper: Paper) -> None:
        self._paper = paper.name
        self.ask("Making the PDF …", partial(paper.make, child_id=self.child_id), self._paper_made)

    def _paper_made(self, pdf: bytes) -> None:
        if self._view is not None:
            self.print_bytes.emit(f"{self._paper}, {self._view.head.name}", pdf)

    def _printed(self, pdf: bytes) -> None:
        if self._view is not None:
            self.print_bytes.emit(f"Record of {self._view.head.name}", pdf)

    def _reread(self) -> None:
        self._stale = {name for name in self._pages if name != self.tab}
        child_id = self.child_id
        self.ask("Opening the record …", lambda session: overview.open_child(session, child_id), self._show)

    def _show(self, view: Overview) -> None:
        self._view = view
        know_record(self.desk, self, self.child_id)
        self.setAccessibleName(f"Record of {view.head.name}")
        self.setWindowTitle(view.head.name)
        self._head.show_head(view.head, view.dues)
        self._head.show()
        may_print = self.desk.may("print").allowed
        offered = {self._edit_link: view.head.may_write, self._print_link: may_print}
        self._papers_link.setVisible(may_print)
        self._strip.offer(*(link for link, is_offered in offered.items() if is_offered))
        put_in_order(self._head, self._strip, self._stack)
        self._papers_link.offer(view.papers)
        self._show_tabs(tab_names(view))
        self._go_to_place()
        overview = self._pages.get("Overview")
        if isinstance(overview, OverviewPage):
            overview.show_view(view, self.desk.today)

    def _show_tabs(self, names: list[str]) -> None:
        if names == self.tab_names():
            return
        wanted = self._wanted_tab if self._wanted_tab in names else names[0]
        blocked = self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for name in names:
            self._tabs.addTab(name)
        self._tabs.setCurrentIndex(names.index(wanted))
        self._tabs.blockSignals(blocked)
        self._show_tab(names.index(wanted))

    def open_place(self, place: Opens) -> None:
        """Open a part of the record at a row and its field, once all of it has been read."""
        self._place = place
        if self._view is not None:
            self._go_to_place()

    def _go_to_place(self) -> None:
        place = self._place
        if place is None or self._view is None:
            return
        self.show_tab(place.tab)
        page = self.page()
        if isinstance(page, CarePage) and place.part in page.part_names():
            page.show_part(place.part)
            page = page.part()
        if isinstance(page, RecordPage):
            self._row_page = page
            self._try_row()
        else:
            self._place = None
        if place.part == DETAILS and self._view.head.may_write:
            self._edit_at(place.field)

    def _try_row(self) -> None:
        place, page = self._place, self._row_page
        if place is None or page is None:
            return
        if page.is_asking:
            page.settled.connect(self._try_row, Qt.ConnectionType.SingleShotConnection)
        else:
            self._place = self._row_page = None
            # Once it is laid out: what is not shown yet cannot be told from what was taken away.
            QTimer.singleShot(0, page, partial(open_row, page, place.row_id, place.field))

    def _show_tab(self, place: int) -> None:
        if place < 0 or self._view is None:
            return
        name = self._wanted_tab = self._tabs.tabText(place)
        if name not in self._pages:
            self._pages[name] = self._make(name, self._view)
            self._stack.addWidget(self._pages[name])
        page = self._pages[name]
        self._stack.setCurrentWidget(page)
        if name in self._stale and isinstance(page, RecordPage | CarePage):
            page.refresh()
        self._stale.discard(name)

    def _make(self, name: str, view: Overview) -> QWidget:
        if name in PLAN_TABS.values():
            return self._make_plans(name, view)
        make: Callable[[Overview], QWidget] = {
            "Overview": self._make_overview,
            "Timeline": self._make_timeline,
            "People": self._make_people,
            "Early help": self._make_help,
            "Measures": self._make_measures,
            "Voice": self._make_voice,
            "Actions": self._make_actions,
            "Care": self._make_care,
            "History": self._make_history,
        }[name]
        return make(view)

    def _make_timeline(self, view: Overview) -> QWidget:
        timeline = TimelinePage(self.desk, self.child_id, view.head)
        timeline.open_plan.connect(self.open_plan)
        timeline.print_bytes.connect(self.print_bytes)
        timeline.note_added.connect(self._reread)
        return timeline

    def _make_people(self, view: Overview) -> QWidget:
        people = PeoplePage(self.desk, self.child_id, view.head)
        people.open_child.connect(self.open_child)
        people.print_bytes.connect(self.print_bytes)
        people.changed.connect(self._reread)
        return people

    def _make_help(self, view: Overview) -> QWidget:
        head = view.head
        page = HelpPage(self.desk, self.child_id, head.may_write, head.name, head.born_on)
        page.open_child_tab.connect(self.open_child_tab)
        page.open_plan.connect(self.open_plan)
        page.start_plan.connect(self.start_plan)
        page.compare.connect(self.compare)
        page.tab_asked.connect(self.show_tab)
        page.print_bytes.connect(self.print_bytes)
        page.changed.connect(self._reread)
        return page

    def _make_measures(self, view: Overview) -> QWidget:
        page = MeasuresPage(self.desk, self.child_id, view.head.may_write)
        page.open_plan.connect(self.open_plan)
        return page

    def _make_voice(self, view: Overview) -> QWidget:
        page = VoicePage(self.desk, self.child_id, may_write=view.head.may_write)
        page.note_asked.connect(self.new_note)
        page.open_plan.connect(self.open_plan)
        return page

    def _make_actions(self, view: Overview) -> QWidget:
        page = ActionsPage(self.desk, self.child_id, view.head.may_write)
        page.open_plan.connect(self.open_plan)
        page.print_bytes.connect(self.print_bytes)
        page.changed.connect(self._reread)
        return page

    def _make_care(self, view: Overview) -> QWidget:
        page = CarePage(self.desk, self.child_id, view.head.may_write, self._wanted_part)
        page.open_plan.connect(self.open_plan)
        page.start_plan.connect(self.start_plan)
        page.compare.connect(self.compare)
        page.print_bytes.connect(self.print_bytes)
        page.changed.connect(self._reread)
        return page

    def _make_history(self, _view: Overview) -> QWidget:
        return HistoryPage(self.desk, self.child_id)

    def _make_plans(self, name: str, view: Overview) -> PlansPage:
        kind = next(kind for kind, tab in PLAN_TABS.items() if tab == name)
        if kind == "star":
            page: PlansPage = self._make_star(view)
        elif kind == "pep":
            page = EducationPage(self.desk, self.child_id, view.head.may_write)
            page.changed.connect(self._reread)
        elif kind == "pathway-plan":
            page = PathwayPage(self.desk, self.child_id, view.head.may_write)
            page.changed.connect(self._reread)
            page.print_bytes.connect(self.print_bytes)
        else:
            page = PlansPage(self.desk, self.child_id, kind, view.head.may_write)
        page.open_plan.connect(self.open_plan)
        page.start_plan.connect(self.start_plan)
        page.compare.connect(self.compare)
        return page

    def _make_star(self, view: Overview) -> StarPage:
        page = StarPage(self.desk, self.child_id, "star", view.head.may_write)
        page.start_star.connect(self.start_star)
        page.open_child.connect(self.open_child)
        page.print_bytes.connect(self.print_bytes)
        return page

    def _make_overview(self, view: Overview) -> OverviewPage:
        page = OverviewPage()
        page.open_plan.connect(self.open_plan)
        page.compare_asked.connect(partial(self.compare.emit, self.child_id))
        page.start_asked.connect(partial(self.start_plan.emit, self.child_id))
        page.tab_asked.connect(self.show_tab)
        page.show_view(view, self.desk.today)
        return page

    def _edit(self) -> None:
        self._edit_at("")

    def _edit_at(self, field: str) -> None:
        dialog = DetailsDialog(self.desk, self.child_id, self, field)
        dialog.changed.connect(self._reread)
        dialog.open()


def tab_names(view: Overview) -> list[str]:
    """Return the tabs of a record: those of care only where there is, was or may soon be any."""
    in_care = view.head.status in _IN_CARE or any(bar.label == "Looked after" for bar in view.bars)
    has_pathway = in_care or any(row.kind in _OF_PATHWAY for row in view.plans)
    may_begin = in_care or view.head.status in _NEXT_TO_CARE
    shown = {"Care": may_begin, "Pathway": has_pathway}
    return [name for name in TABS if shown.get(name, True)]

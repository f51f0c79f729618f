"""The ways from screen to screen: what each opens, and how the screens ask for one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from caseapp import plan_versions, plans
from caseapp.jottings import NEW_CHILD, NOTE
from caseapp.plan_versions import VersionRow
from ui import screens
from ui.tabbed import TabbedScreen
from ui.trail import Trail, ask, focus_first

if TYPE_CHECKING:
    from caseapp.jottings import Writing
    from caseapp.returns.opens import Opens
    from ui.desk import Desk


class Ways(QObject):
    """Opens screens on the trail; `entries` are those of the rail that somebody may use."""

    def __init__(self, desk: Desk, trail: Trail, entries: Collection[str], window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._trail, self._entries, self._window = desk, trail, entries, window

    def connect_screen(self, screen: QWidget) -> None:
        """Let a screen open others."""
        connect(
            screen,
            {
                "open_child": self.open_child,
                "open_child_tab": self.open_child_tab,
                "open_place": self.open_place,
                "open_front_door": self.open_front_door,
                "open_writing": self.open_writing,
                "open_approvals": partial(self.open_entry, "approvals"),
                "open_caseload": partial(self.open_entry, "caseload"),
                "open_supervision": partial(self.open_entry, "supervision"),
                "open_sibling": self.open_sibling,
                "open_plan": self.open_plan,
                "start_plan": self.start_plan,
                "start_star": self.start_star,
                "add_child": self.add_child,
                "compare": self.compare,
                "print_bytes": self.show_pdf,
                "import_asked": self.open_import,
                "about_asked": self.open_about,
            },
        )

    def open_entry(self, key: str, tab: str = "") -> None:
        """Open a screen of the rail, at a tab if one is named; where it is open already, read it anew."""
        if self._trail.name == key:
            ask(self._trail.current, "refresh")
            return
        makers = {
            "today": screens.today_screen,
            "children": screens.children_screen,
            "caseload": screens.caseload_screen,
            "early help": screens.early_help_screen,
            "front door": screens.front_door_screen,
            "education": screens.education_screen,
            "supervision": screens.supervision_screen,
            "approvals": screens.approvals_screen,
            "reports": screens.reports_screen,
            "settings": screens.settings_screen,
        }
        self._trail.go(partial(makers[key], self._desk), key, key, partial(_begin_at, tab))

    def open_child(self, child_id: UUID) -> None:
        """Open a child's record."""
        self.open_child_tab(child_id, "")

    def open_child_tab(self, child_id: UUID, tab: str) -> None:
        """Open a child's record on one of its tabs, or on a part of one: Care/Health."""
        self._trail.go(partial(screens.child_screen, self._desk, child_id, tab), "child", "children")

    def open_place(self, place: Opens) -> None:
        """Open a child's record at the row and the field that something speaks of."""
        self._trail.go(partial(screens.place_screen, self._desk, place), "child", "children")

    def open_writing(self, writing: Writing) -> None:
        """Open a form that was begun, or the place where it opens: it then takes up what was written."""
        about = writing.about
        screen, _, tab = about.screen.partition("/")
        if about.form == NOTE:
            screens.go_on_with_note(self._desk, writing)
            screen, tab = "child", "Timeline"
        else:
            self._desk.wanted = writing.id
        if about.form == NEW_CHILD:
            self.add_child()
        elif screen in self._entries:
            self.open_entry(screen, tab)
        elif about.child_id is not None:
            self.open_child_tab(about.child_id, tab if screen == "child" else "")

    def open_front_door(self, tab: str, row_id: UUID) -> None:
        """Open the front door at a contact, a referral or an assessment."""
        make = partial(screens.front_door_screen, self._desk, tab, row_id)
        self._trail.go(make, "front door", "front door")

    def open_plan(self, revision_id: UUID) -> None:
        """Open a version of a plan."""
        self._trail.go(partial(screens.plan_screen, self._desk, revision_id), "plan", "children")

    def start_plan(self, child_id: UUID, kind: str) -> None:
        """Open the child's draft of a kind; without one, begin it."""
        self._desk.run_in_order(self, lambda session: plans.start(session, child_id, kind), self.open_plan)

    def start_star(self, child_id: UUID, form_key: str) -> None:
        """Open the child's draft of a reading; without one, begin it on this star."""
        self._desk.run_in_order(
            self, lambda session: plans.start(session, child_id, "star", form_key), self.open_plan
        )

    def open_sibling(self, revision_id: UUID) -> None:
        """Open a brother's or sister's part of a plan in place of the open one."""
        self._trail.swap(partial(screens.plan_screen, self._desk, revision_id), "plan", "children")

    def go_left(self) -> None:
        """Go to the part before in a plan of brothers and sisters, else back."""
        if not self._to_sibling(-1):
            self._trail.back()

    def go_right(self) -> None:
        """Go to the next part in a plan of brothers and sisters."""
        self._to_sibling(1)

    def _to_sibling(self, step: int) -> bool:
        go: Callable[[int], bool] | None = getattr(self._trail.current, "to_sibling", None)
        return go is not None and go(step)

    def add_child(self, typed: str = "") -> None:
        """Ask for a new child, with what was searched for as the name."""
        dialog = screens.new_child_dialog(self._desk, typed, self._window)
        dialog.added.connect(self.open_child)
        dialog.open_child.connect(self.open_child)
        dialog.open()

    def compare(self, child_id: UUID, kind: str) -> None:
        """Show the newest version of a plan beside the one before."""
        self._desk.run(
            self,
            lambda session: plan_versions.versions(session, child_id, kind),
            partial(self._compare, child_id, kind),
        )

    def _compare(self, child_id: UUID, kind: str, rows: list[VersionRow]) -> None:
        newest = max((row.number for row in rows), default=0)
        self._trail.go(
            partial(screens.compare_screen, self._desk, child_id, kind, newest), "compare", "children"
        )

    def show_pdf(self, title: str, pdf: bytes) -> None:
        """Show the pages of a PDF; one that was asked for twice takes the place of the first."""
        go = self._trail.swap if self._trail.name == "pdf" else self._trail.go
        go(partial(screens.pdf_screen, title, pdf), "pdf", self._trail.entry or "children")

    def open_import(self) -> None:
        """Open the import of a return's files."""
        self._trail.go(partial(screens.import_screen, self._desk), "import", "settings")

    def open_about(self) -> None:
        """Open the page about the program and its licences."""
        self._trail.go(screens.about_screen, "about", "settings")

    def open_password(self) -> None:
        """Open the settings where the password is changed."""
        self.open_settings("focus_password")

    def open_settings(self, focus: str) -> None:
        """Open the settings at one of their places: «focus_password», «focus_store»."""
        if self._trail.name == "settings":
            ask(self._trail.current, focus)
        else:
            make = partial(screens.settings_screen, self._desk)
            self._trail.go(make, "settings", "settings", partial(ask, what=focus))


def connect(screen: QWidget, ways: Mapping[str, Callable[..., object]]) -> None:
    """Connect those signals of a screen that it has, by their names."""
    for name, way in ways.items():
        signal = getattr(screen, name, None)
        if isinstance(signal, SignalInstance):
            signal.connect(way)


def _begin_at(tab: str, screen: QWidget) -> None:
    if isinstance(screen, TabbedScreen):
        screen.show_named(tab)
    focus_first(screen)

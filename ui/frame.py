"""What stands round every screen: the rail at the left, the bar at the top, the line at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from ui import theme
from ui.chips import Avatar, initials
from ui.desk import Desk
from ui.find import FindBox
from ui.parts import BusyBar, LinkButton, icon_button, plain

WIDE, NARROW = 184, 60
LEAST_SIZE: Final = (800, 480)
"""The smallest window: 1366×768 at 150 % is 911×512, less what the system takes for itself."""
THEMES: Final = {"system": "As the computer", "light": "Light", "dark": "Dark", "contrast": "High contrast"}
OLD_BACKUP_DAYS: Final = 7


class Entry(NamedTuple):
    """A line of the rail: a key, its name, its icon and the right that it needs."""

    key: str
    name: str
    icon: str
    right: str


ENTRIES: Final = (
    Entry("today", "Today", "today", "read"),
    Entry("children", "Children", "children", "read"),
    Entry("caseload", "Caseload", "caseload", "allocate"),
    Entry("early help", "Early help", "early-help", "read"),
    Entry("front door", "Front door", "front-door", "read"),
    Entry("education", "Education", "education", "read"),
    Entry("supervision", "Supervision", "people", "read"),
    Entry("approvals", "Approvals", "signed", "approve"),
    Entry("reports", "Reports", "reports", "read"),
    Entry("settings", "Settings", "settings", ""),
)


class Rail(QFrame):
    """The ways to the main screens; only those that the user may use."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("Main screens")
        self._logo = plain("caseapp", "logo")
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 14, 10, 12)
        layout.setSpacing(2)
        layout.addWidget(self._logo)
        for number, entry in enumerate(entries, 1):
            layout.addWidget(self._add(entry, number))
        layout.addStretch(1)
        self.collapse(False)

    def _add(self, entry: Entry, number: int) -> QToolButton:
        button = QToolButton()
        button.setText(f"\u2002{entry.name}")  # Qt leaves less room beside an icon than the looks ask for
        button.setAccessibleName(entry.name)
        button.setToolTip(f"{entry.name}  (Alt+{number % 10})" if number <= 10 else entry.name)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.set_icon(button, entry.icon, "railtext", checked="rail-ink")
        button.setProperty("entry", entry.key)
        button.clicked.connect(self._clicked)
        self._group.addButton(button)
        self._buttons[entry.key] = button
        return button

    def _clicked(self) -> None:
        self.chosen.emit(self.sender().property("entry"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first or the last way with Home and End; Enter takes it."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        if Qt.Key(event.key()) in ends:
            list(self._buttons.values())[ends[Qt.Key(event.key())]].setFocus()
        else:
            super().keyPressEvent(event)

    def show_chosen(self, key: str) -> None:
        """Mark where the user is; nothing for a screen that is not on the rail."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def collapse(self, is_narrow: bool) -> None:
        """Show icons alone, or icons with their names."""
        self.setFixedWidth(NARROW if is_narrow else WIDE)
        self._logo.setVisible(not is_narrow)
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if is_narrow
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for button in self._buttons.values():
            button.setToolButtonStyle(style)


class TopBar(QFrame):
    """Find, back, New, Lock, and who is at work."""

    theme_chosen = Signal(str)
    password_asked = Signal()
    sign_out_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(52)
        self.back = icon_button("back", "Back  (Alt+Left)")
        self.back.setAccessibleName("Back")
        self.finder = FindBox(desk)
        self.finder.setMinimumWidth(220)
        self.finder.setMaximumWidth(440)
        self.new = QPushButton("New")
        self.new.setAccessibleName("New")
        self.new.setToolTip("New  (Ctrl+N)")
        self.lock = QPushButton("Lock")
        self.lock.setAccessibleName("Lock")
        self.lock.setToolTip("Lock  (Ctrl+L)")
        self.name = QToolButton()
        self.name.setText(desk.actor.name)
        self.name.setProperty("quiet", "true")
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.name.setAccessibleName(f"{desk.actor.name}: theme, password, sign out")
        self.name.setMenu(self._menu())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 16, 1)
        layout.setSpacing(14)
        layout.addWidget(self.finder, 3)
        layout.addStretch(1)
        avatar = Avatar(initials(desk.actor.name))
        for widget in (self.back, self.new, self.lock, avatar, self.name):
            layout.addWidget(widget)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        looks = menu.addMenu("Theme")
        group = QActionGroup(self)
        self._themes: dict[str, QAction] = {}
        for key, name in THEMES.items():
            action = looks.addAction(name)
            action.setCheckable(True)
            action.setData(key)
            group.addAction(action)
            self._themes[key] = action
        group.triggered.connect(self._theme_chosen)
        menu.addAction("Change password…", self.password_asked.emit)
        menu.addSeparator()
        menu.addAction("Sign out", self.sign_out_asked.emit)
        return menu

    def show_theme(self, key: str) -> None:
        """Mark the theme that is in force."""
        self._themes[key].setChecked(True)

    def _theme_chosen(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())


class StatusLine(QFrame):
    """Whether all is saved, which store it is, when it was backed up."""

    retry_asked = Signal()
    close_asked = Signal()
    """Somebody does not want to wait for the backup before the window closes."""
    tour_asked = Signal()
    """Somebody goes on with the tour that stepped aside."""

    def __init__(self, store_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(28)
        self._saved = plain("")
        self._saved.hide()
        self._retry = LinkButton("Retry now")
        self._retry.clicked.connect(self.retry_asked)
        self._retry.hide()
        self._store = plain(store_name)
        self._backup = plain("")
        self._leave = LinkButton("Close without")
        self._leave.clicked.connect(self.close_asked)
        self._leave.hide()
        self._tour = LinkButton("")
        self._tour.clicked.connect(self.tour_asked)
        self._tour.hide()
        self.busy = BusyBar()
        self.busy.setFixedWidth(220)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 16, 0)
        layout.setSpacing(18)
        for widget in (self._saved, self._retry, self._store, self._backup, self._leave):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._tour)
        layout.addWidget(self.busy)

    def offer_tour(self, standing: str) -> None:
        """Offer to go on with the tour at a card, such as «2 of 5»; nothing: offer it no more."""
        self._tour.setText(f"Go on with the tour ({standing})")
        self._tour.setAccessibleName(self._tour.text())
        self._tour.setVisible(bool(standing))

    def show_saved(self, text: str) -> None:
        """Say whether what was typed is saved; in red, with a button, where it is not."""
        failed = text.startswith("Not saved")
        self._saved.setText(text)
        self._saved.setProperty("role", "error" if failed else "")
        self._saved.setVisible(bool(text))
        self._retry.setVisible(failed)
        theme.restyle(self._saved)

    def show_backup(self, made_at: datetime | None, today: date, more: str = "", meaning: str = "") -> None:
        """Say when the store was backed up last, and what else there is to say of it."""
        self._backup.setText(f"{backup_words(made_at, today)}{more}")
        self._backup.setProperty("role", meaning)
        theme.restyle(self._backup)

    def show_leaving(self) -> None:
        """Say that the window closes once a backup is made, and let it close without."""
        self._backup.setText("Backing up…")
        self._leave.show()
        self._leave.setFocus()

    def text(self) -> str:
        """Return everything that the line says."""
        labels: tuple[QLabel, ...] = (self._saved, self._store, self._backup)
        return " ".join(each.text() for each in labels if each.text())


def backup_words(made_at: datetime | None, today: date) -> str:
    """Return when the last backup was made, in words."""
    if made_at is None:
        return "Not backed up yet"
    on = made_at.astimezone(words.LONDON).date()
    if on == today:
        return f"Backed up today {words.clock_time(made_at)}"
    days = (today - on).days
    late = f", {words.count(days, 'day')} ago" if days > OLD_BACKUP_DAYS else ""
    return f"Backed up {words.day(on)}{late}"

"""Settings, under tabs: one's own, and for administrators users, the store and what the area settles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from caseapp import places, settings, upkeep, words
from caseapp.settings import Settings
from caseapp.work import Problem
from ui import file_dialogs
from ui.backup_settings import BackupCard
from ui.card_columns import CardColumns
from ui.caseload_settings import caseload_cards
from ui.clock_settings import clock_cards
from ui.desk import Desk
from ui.holiday_settings import holiday_cards
from ui.level_settings import level_cards
from ui.own_settings import OwnCard, PasswordCard
from ui.parts import Banner, BusyBar, Card, LinkButton, Muted, plain
from ui.record_parts import Scroller
from ui.recovery import RecoveryKeyCard
from ui.school_settings import school_cards
from ui.soundness_card import SoundnessCard
from ui.star_import import StarImportCard
from ui.star_licences import StarsCard
from ui.tabbed import TabbedScreen
from ui.users import UsersCard

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

YOU: Final = "You"
USERS: Final = "Users and rights"
STORE: Final = "Store and backups"
_TWO_COLUMNS: Final = 860
_TWO_TABLES: Final = 1100
VERSION_WORDS = "caseapp keeps its records in one encrypted file on this computer and sends nothing anywhere."


class SettingsScreen(TabbedScreen):
    """One's own first; then, for those who may, users, the store, and what the area settles."""

    theme_chosen = Signal(str)
    idle_chosen = Signal(int)
    start_again_asked = Signal()
    backed_up = Signal()
    import_asked = Signal()
    about_asked = Signal()
    open_caseload = Signal()
    recovered = Signal()
    """Who came in with the recovery key has a password again."""
    keys_asked = Signal(object, str)
    """What changes all keys, which needs the store for itself, and words to say meanwhile."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        pages = {
            YOU: self._you,
            USERS: self._users,
            STORE: self._stores,
            "Area": self._area,
            "Education": self._education,
            "Stars": self._stars,
        }
        rights = {USERS: "users", "Area": "settings", "Education": "settings", "Stars": "licences"}
        refused = {name for name, right in rights.items() if not desk.may(right).allowed}
        allowed = {name: make for name, make in pages.items() if name not in refused}
        super().__init__("Settings", allowed, parent)
        desk.run(self, settings.read, self._show)

    def _you(self) -> QWidget:
        self._own, self._password = OwnCard(self._desk), PasswordCard(self._desk)
        self._own.theme_chosen.connect(self.theme_chosen)
        self._own.idle_chosen.connect(self.idle_chosen)
        self._own.start_again_asked.connect(self.start_again_asked)
        self._password.recovered.connect(self.recovered)
        licences = LinkButton("Version and licences")
        licences.clicked.connect(self.about_asked)
        return _page([self._own, _about(licences)], [self._password])

    def _users(self) -> QWidget:
        self.users = UsersCard(self._desk)
        self.users.keys_asked.connect(self.keys_asked)
        self.users.open_caseload.connect(self.open_caseload)
        return _page([self.users], [RecoveryKeyCard(self._desk)], (5, 3))

    def _stores(self) -> QWidget:
        self._store, self._backups = StoreCard(self._desk), BackupCard(self._desk)
        self._store.backed_up.connect(self.backed_up)
        self._backups.changed.connect(self.backed_up)
        self._backups.changed.connect(self._store.refresh)
        self.backed_up.connect(self._backups.refresh)
        self._store.refresh()
        self._store.import_asked.connect(self.import_asked)
        return _page([self._store, self._backups], [SoundnessCard(self._desk)])

    def _area(self) -> QWidget:
        days = [*level_cards(self._desk), *caseload_cards(self._desk), *holiday_cards(self._desk)]
        return _page(days, clock_cards(self._desk))

    def _education(self) -> QWidget:
        plans, rates, terms = school_cards(self._desk)
        return _page([plans, terms], [rates], (5, 7), _TWO_TABLES)

    def _stars(self) -> QWidget:
        return _page(_star_cards(self._desk), [])

    def _show(self, read: Settings) -> None:
        self._own.show_settings(read)
        self._password.user_name = read.user_name

    def focus_first(self) -> None:
        """Put the cursor into the first of one's own settings."""
        self._own.setFocus()

    def focus_password(self) -> None:
        """Put the cursor where a new password is typed."""
        self.show_named(YOU)
        self._password.setFocus()

    def focus_store(self) -> None:
        """Show the store, its backups and its check."""
        self.show_named(STORE)
        self._tabs.setFocus()

    def title(self) -> str:
        """Return the screen's name."""
        return "Settings"


def _page(
    left: Sequence[Card],
    right: Sequence[Card],
    shares: tuple[int, int] = (1, 1),
    least: int = _TWO_COLUMNS,
) -> Scroller:
    """Return a page with cards in two columns, or in one where there is no room."""
    plans: dict[int, Sequence[Sequence[Card]]] = {0: ([*left, *right],)}
    if right:
        plans[least] = (left, right)
    page = Scroller()
    page.body.addWidget(CardColumns(plans, shares))
    page.body.addStretch(1)
    return page


def _star_cards(desk: Desk) -> list[Card]:
    """Return what administrators see of the stars of other owners."""
    if not desk.may("licences").allowed:
        return []
    stars, readings = StarsCard(desk), StarImportCard(desk)
    stars.changed.connect(readings.read_stars)
    return [stars, readings]


class StoreCard(Card):
    """Back up and bring in; the backup says plainly how it went."""

    backed_up = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("The store")
        self._desk = desk
        self._backup_words = Muted("")
        self._back_up = QPushButton("Back up now…")
        self._back_up.setAccessibleName("Back up now")
        self._back_up.clicked.connect(self._ask_where)
        self._busy = BusyBar()
        self._said = Banner("", "success")
        self._said.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._back_up)
        row.addStretch(1)
        if desk.may("import").allowed:
            link = LinkButton("Import SSDA903 files…")
            link.clicked.connect(self.import_asked)
            row.addWidget(link)
        self.body.addWidget(self._backup_words)
        self.body.addLayout(row)
        self._back_up.setVisible(desk.may("backup").allowed)
        for widget in (self._busy, self._said):
            self.body.addWidget(widget)

    def show_backup(self, made_at: datetime | None) -> None:
        """Say when the last backup was made."""
        said = f"The last backup was made {words.moment(made_at)}." if made_at else "No backup was made yet."
        self._backup_words.setText(f"{said} Keep backups on another disk, locked away.")

    def _ask_where(self) -> None:
        name = f"{self._desk.today.isoformat()}{places.BACKUP_SUFFIX}"
        dialog = file_dialogs.to_save(self, "Back up to", name, f"Backups (*{places.BACKUP_SUFFIX})")
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.back_up)
        dialog.open()

    def back_up(self, chosen: str) -> None:
        """Write a backup, open it and compare it."""
        target = Path(chosen)
        if not target.suffix:
            target = target.with_name(target.name + places.BACKUP_SUFFIX)
        self._begin("Backing up, opening the copy and comparing it…")
        signed_in = self._desk.signed_in
        self._desk.run_outside(self, partial(_back_up, signed_in, target), self._saved, self._refused)

    def _begin(self, text: str) -> None:
        self._said.hide()
        self._busy.begin(text, may_cancel=False)
        self._back_up.setEnabled(False)

    def _end(self, text: str, meaning: str) -> None:
        self._busy.end()
        self._back_up.setEnabled(True)
        self._said.set_banner(text, meaning)
        self._said.show()

    def _saved(self, said: str) -> None:
        self._end(said, "success")
        self.backed_up.emit()
        self.refresh()

    def refresh(self) -> None:
        """Read when the last backup was made."""
        self._desk.run(self, settings.read, self._show_last)

    def _show_last(self, read: Settings) -> None:
        self.show_backup(read.backed_up_at)

    def _refused(self, problem: Problem) -> None:
        self._end(problem.words, "alert")

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()


def _back_up(signed_in: SignedIn, target: Path) -> str:
    made = upkeep.back_up(signed_in, target)
    rows = words.count(made.rows, "row")
    return f"Backed up to {made.path.name}: {rows}, opened and compared. It is sound."


def _about(licences: LinkButton) -> Card:
    from importlib.metadata import version

    card = Card("About")
    card.body.addWidget(plain(f"caseapp {version('caseapp')}"))
    card.body.addWidget(Muted(VERSION_WORDS))
    card.body.addWidget(licences)
    return card

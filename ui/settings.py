"""Settings: one's own, and for administrators users, backups and the check of the store."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from caseapp import accounts, places, settings, upkeep, words
from caseapp.settings import MOST_IDLE_MINUTES, Settings
from caseapp.work import Problem
from ui.backup_settings import BackupCard
from ui.caseload_settings import caseload_cards
from ui.clock_settings import clock_cards
from ui.desk import Desk
from ui.frame import THEMES
from ui.holiday_settings import holiday_cards
from ui.level_settings import level_cards
from ui.new_store import NewPassword
from ui.parts import Banner, BusyBar, Card, LinkButton, Muted, Title, plain
from ui.record_parts import Scroller
from ui.recovery import RecoveryKeyCard
from ui.school_settings import school_cards
from ui.soundness_card import SoundnessCard
from ui.star_import import StarImportCard
from ui.star_licences import StarsCard
from ui.users import UsersCard

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

VERSION_WORDS = "caseapp keeps its records in one encrypted file on this computer and sends nothing anywhere."


class SettingsScreen(QWidget):
    """Cards in two columns: the store and its users at the left, one's own at the right."""

    theme_chosen = Signal(str)
    idle_chosen = Signal(int)
    backed_up = Signal()
    import_asked = Signal()
    about_asked = Signal()
    keys_asked = Signal(object, str)
    """What changes all keys, which needs the store for itself, and words to say meanwhile."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Settings")
        self._own = OwnCard(desk)
        self._password = PasswordCard(desk)
        self._own.theme_chosen.connect(self.theme_chosen)
        self._own.idle_chosen.connect(self.idle_chosen)
        self._store = StoreCard(desk)
        self._store.backed_up.connect(self.backed_up)
        self.backed_up.connect(self._show_backups)
        self._store.import_asked.connect(self.import_asked)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        if desk.may("users").allowed:
            self.users = UsersCard(desk)
            self.users.keys_asked.connect(self.keys_asked)
            left.addWidget(self.users)
            left.addWidget(RecoveryKeyCard(desk))
        left.addWidget(self._store)
        left.addWidget(SoundnessCard(desk))
        self._backups = BackupCard(desk)
        left.addWidget(self._backups)
        own = (*_star_cards(desk), *level_cards(desk), *school_cards(desk), *caseload_cards(desk))
        for card in (*own, *clock_cards(desk), *holiday_cards(desk)):
            left.addWidget(card)
        left.addStretch(1)
        licences = LinkButton("Version and licences")
        licences.clicked.connect(self.about_asked)
        for card in (self._own, self._password, _about(licences)):
            right.addWidget(card)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 5)
        columns.addLayout(right, 3)
        page = Scroller(self)
        page.body.setContentsMargins(24, 24, 24, 24)
        page.body.setSpacing(16)
        page.body.addWidget(Title("Settings"))
        page.body.addLayout(columns)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        desk.run(self, settings.read, self._show)

    def _show(self, read: Settings) -> None:
        self._own.show_settings(read)
        self._password.user_name = read.user_name
        self._store.show_backup(read.backed_up_at)

    def _show_backups(self) -> None:
        self._backups.refresh()

    def focus_first(self) -> None:
        """Put the cursor into the first of one's own settings."""
        self._own.setFocus()

    def focus_password(self) -> None:
        """Put the cursor where a new password is typed."""
        self._password.setFocus()

    def title(self) -> str:
        """Return the screen's name."""
        return "Settings"


def _star_cards(desk: Desk) -> list[Card]:
    """Return what administrators see of the stars of other owners."""
    if not desk.may("licences").allowed:
        return []
    stars, readings = StarsCard(desk), StarImportCard(desk)
    stars.changed.connect(readings.read_stars)
    return [stars, readings]


class OwnCard(Card):
    """Theme and idle minutes."""

    theme_chosen = Signal(str)
    idle_chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__("This window")
        self._desk = desk
        self._themes = QComboBox()
        self._themes.setAccessibleName("Theme")
        for key, name in THEMES.items():
            self._themes.addItem(name, key)
        self._themes.activated.connect(self._theme)
        self._minutes = QSpinBox()
        self._minutes.setAccessibleName("Lock after so many idle minutes")
        self._minutes.setRange(1, MOST_IDLE_MINUTES)
        self._minutes.setSuffix(" min")
        self._minutes.setKeyboardTracking(False)
        self.body.addWidget(_label("Theme", self._themes))
        self.body.addWidget(self._themes)
        self.body.addWidget(_label("Lock when nobody works for", self._minutes))
        self.body.addWidget(self._minutes, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Muted(f"At most {MOST_IDLE_MINUTES} minutes. Ctrl+L locks at once."))
        self.setFocusProxy(self._themes)

    def show_settings(self, read: Settings) -> None:
        """Show what is set."""
        self._themes.setCurrentIndex(self._themes.findData(read.theme))
        self._minutes.setValue(read.idle_minutes)
        self._minutes.valueChanged.connect(self._idle)

    def _theme(self, _index: int) -> None:
        self.theme_chosen.emit(self._themes.currentData())

    def _idle(self, minutes: int) -> None:
        self._desk.run_in_order(
            self,
            lambda session: settings.choose_idle_minutes(session, minutes),
            partial(self._idle_kept, minutes),
        )

    def _idle_kept(self, minutes: int, _nothing: None) -> None:
        self.idle_chosen.emit(minutes)


class PasswordCard(Card):
    """One's own new password."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Your password")
        self._desk = desk
        self.user_name = ""
        self._new = NewPassword()
        self._said = Banner("", "success")
        self._said.hide()
        self._change = QPushButton("Change password")
        self._change.setAccessibleName("Change password")
        self._change.clicked.connect(self.change)
        self.body.addWidget(_label("New password", self._new))
        self.body.addWidget(self._new)
        self.body.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._said)
        self.setFocusProxy(self._new)

    def change(self) -> None:
        """Seal the keys under the new password."""
        self._new.user_name = self.user_name
        if problem := self._new.problem():
            self._say(problem, "warning")
            return
        signed_in = self._desk.signed_in
        path = signed_in.store.path
        if path is None:
            return
        self._change.setEnabled(False)
        self._desk.run_outside(
            self,
            partial(accounts.change_password, path, signed_in.keyring, self.user_name, self._new.text()),
            self._changed,
            self._refused,
        )

    def _changed(self, _nothing: None) -> None:
        self._change.setEnabled(True)
        self._new.field.set_text("")
        self._new.field.reveal(False)
        self._say("Your password is changed. The old one no longer opens the store.", "success")

    def _refused(self, problem: Problem) -> None:
        self._change.setEnabled(True)
        self._say(problem.words, "alert")

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text, meaning)
        self._said.show()

    def said(self) -> str:
        """Return what is said about the change."""
        return self._said.text()


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
        self._back_up.setVisible(desk.may("backup").allowed)
        self.body.addWidget(self._backup_words)
        self.body.addLayout(row)
        for widget in (self._busy, self._said):
            self.body.addWidget(widget)

    def show_backup(self, made_at: datetime | None) -> None:
        """Say when the last backup was made."""
        said = f"The last backup was made {words.moment(made_at)}." if made_at else "No backup was made yet."
        self._backup_words.setText(f"{said} Keep backups on another disk, locked away.")

    def _ask_where(self) -> None:
        name = f"{self._desk.today.isoformat()}{places.BACKUP_SUFFIX}"
        dialog = QFileDialog(self, "Back up to", name, f"Backups (*{places.BACKUP_SUFFIX})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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


def _label(text: str, buddy: QWidget) -> QWidget:
    label = plain(text, "label")
    label.setBuddy(buddy)
    return label

"""Before the window: sign in, or make, restore or recover a store. Nothing here needs SQLAlchemy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from caseapp import accounts, backups, places
from caseapp.work import Problem
from ui.desk import Background
from ui.entry import EntryCard, StoreChooser, centred
from ui.parts import LinkButton
from ui.password_field import PasswordField
from ui.restore import RestoreCard

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from caseapp.backups import Found


class SignInCard(EntryCard):
    """Store, user name, password."""

    create_asked = Signal()
    restore_asked = Signal()
    recovery_asked = Signal()
    demo_asked = Signal()
    mend_asked = Signal(object)
    """The store that is damaged, and its newest backup that is whole: (store, Found), or None for none."""

    def __init__(self, background: Background, stores: list[Path]) -> None:
        super().__init__(background, "Sign in", "", "Sign in", "Opening…")
        self.store = StoreChooser(stores)
        self.user_name = QLineEdit()
        self.password = PasswordField()
        self.add_field("Store", self.store)
        self.add_field("User name", self.user_name)
        self.add_field("Password", self.password)
        self.user_name.returnPressed.connect(self.password.setFocus)
        self.password.entered.connect(self.sign_in)
        self.go_button.clicked.connect(self.sign_in)
        self.mend = LinkButton("Restore the last good backup")
        self.mend.clicked.connect(self._find_backup)
        self.mend.hide()
        self.add_links(
            self.mend,
            self._link("Create a store", self.create_asked),
            self._link("Restore a backup", self.restore_asked),
            self._link("Use the recovery key", self.recovery_asked),
            self._link("Try it with made-up families", self.demo_asked),
        )

    def _link(self, text: str, asked: SignalInstance) -> LinkButton:
        link = LinkButton(text)
        link.clicked.connect(asked)
        return link

    def sign_in(self) -> None:
        """Open the chosen store with what was typed."""
        path, user_name, password = self.store.path(), self.user_name.text().strip(), self.password.text()
        if path is None:
            self.show_problem("Choose a store file first, or create a store.")
        elif not user_name or not password:
            self.show_problem("Type your user name and your password.")
        elif self.go_button.isEnabled():
            self.mend.hide()
            self.run(partial(_sign_in, path, user_name, password), self.done.emit)

    def refused(self, problem: Problem) -> None:
        """Let the password be typed again at once, or the last good backup be restored."""
        self.password.edit.selectAll()
        self.mend.setVisible(backups.is_hurt(problem))
        (self.mend if backups.is_hurt(problem) else self.password).setFocus()

    def _find_backup(self) -> None:
        path = self.store.path()
        if path is not None:
            find = partial(backups.newest_whole, [path])
            self.run(find, self.mend_asked.emit, "Looking for the last good backup…")

    def focus_first(self) -> None:
        """Put the cursor where the next letter belongs."""
        (self.password if self.user_name.text() else self.user_name).setFocus()


class RecoveryCard(EntryCard):
    """Open a store with the sheet that was printed when it was made."""

    def __init__(self, background: Background, stores: list[Path]) -> None:
        words = (
            "The sheet was printed when the store was made. It opens the store as its first administrator; "
            "choose a new password afterwards."
        )
        super().__init__(background, "Use the recovery key", words, "Open the store", "Opening…")
        self.store = StoreChooser(stores)
        self.key = QLineEdit()
        self.add_field("Store", self.store)
        self.add_field("Recovery key", self.key, "34 letters and digits; capitals and hyphens do not matter.")
        self.key.returnPressed.connect(self.open_store)
        self.go_button.clicked.connect(self.open_store)
        back = LinkButton("Back to sign in")
        back.clicked.connect(self.left)
        self.add_links(back)

    def open_store(self) -> None:
        """Open the chosen store with the typed key."""
        path = self.store.path()
        if path is None:
            self.show_problem("Choose a store file first.")
        else:
            self.run(partial(accounts.sign_in_with_recovery, path, self.key.text()), self.done.emit)

    def words_of(self, problem: Problem) -> str:
        """Return a problem in words: a slip in the key may be named, it was printed."""
        return problem.words

    def focus_first(self) -> None:
        """Put the cursor into the key."""
        self.key.setFocus()


def _sign_in(path: Path, user_name: str, password: str) -> SignedIn:
    return accounts.sign_in(path, user_name, password, window=True)


class SignInScreen(QWidget):
    """The window before a store is open."""

    signed_in = Signal(object, bool)
    """SignedIn, and whether the recovery key opened it."""
    demo_asked = Signal()
    closed = Signal()

    def __init__(self, store_path: Path | None = None, user_name: str = "") -> None:
        super().__init__()
        self.setWindowTitle("caseapp")
        self.resize(1100, 720)
        self._background = Background(self)
        stores = places.recent_stores()
        self.card = SignInCard(self._background, stores)
        self.recovery = RecoveryCard(self._background, stores)
        self.restore = RestoreCard(self._background)
        if store_path is not None:
            self.card.store.choose(store_path)
            self.recovery.store.choose(store_path)
        self.card.user_name.setText(user_name)
        self._pages = QStackedWidget()
        self._pages.setObjectName("canvas")
        for card in (self.card, self.recovery, self.restore):
            self._pages.addWidget(centred(card))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._connect()
        self.card.focus_first()

    def _connect(self) -> None:
        self.card.create_asked.connect(self.show_new_store)
        self.card.restore_asked.connect(self.show_restore)
        self.card.mend_asked.connect(self.show_mending)
        self.card.recovery_asked.connect(self.show_recovery)
        self.card.demo_asked.connect(self.demo_asked)
        self.card.done.connect(self._done)
        self.restore.done.connect(self._done)
        self.recovery.done.connect(self._recovered)
        for card in (self.recovery, self.restore):
            card.left.connect(self.show_sign_in)

    def show_sign_in(self) -> None:
        """Show the first card."""
        self._pages.setCurrentIndex(0)
        self.card.focus_first()

    def show_recovery(self) -> None:
        """Show the card for the recovery key."""
        self._pages.setCurrentIndex(1)
        self.recovery.focus_first()

    def show_restore(self) -> None:
        """Show the card for a backup."""
        self.restore.begin(places.recent_stores())
        self._pages.setCurrentIndex(2)
        self.restore.focus_first()

    def show_mending(self, found: tuple[Path, Found] | None) -> None:
        """Show that card with the last good backup of the damaged store, to be put in its place."""
        store = self.card.store.path()
        if store is not None:
            typed = (self.card.user_name.text().strip(), self.card.password.text())
            self.restore.begin_for(store, found[1].path if found else None, *typed)
            self._pages.setCurrentIndex(2)
            self.restore.focus_first()

    def show_new_store(self) -> None:
        """Show the cards that make a store, anew each time."""
        from ui.new_store import NewStoreCards

        if (was := self._pages.widget(3)) is not None:
            self._pages.removeWidget(was)
            was.deleteLater()
        cards = NewStoreCards(self._background)
        cards.left.connect(self.show_sign_in)
        cards.done.connect(self._done)
        self._pages.addWidget(cards)
        self._pages.setCurrentIndex(3)
        cards.focus_first()

    def _done(self, signed_in: SignedIn) -> None:
        self.signed_in.emit(signed_in, False)

    def _recovered(self, signed_in: SignedIn) -> None:
        self.signed_in.emit(signed_in, True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what was begun end: a store half made would be of no use."""
        self._background.finish()
        super().closeEvent(event)
        self.closed.emit()

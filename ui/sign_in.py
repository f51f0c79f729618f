"""Before the window: sign in, or make, restore or recover a store. Nothing here needs SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from caseapp import places
from ui.basics import LinkButton
from ui.entry import EntryCard, StoreChooser, centred
from ui.password_field import PasswordField

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from caseapp.backups import Found
    from caseapp.work import Problem
    from ui.background import Background
    from ui.entry import Outside
    from ui.help import HelpPane
    from ui.restore import RestoreCard

R = TypeVar("R")


class SignInCard(EntryCard):
    """Store, user name, password."""

    begun = Signal()
    """The store is being opened."""
    create_asked = Signal()
    restore_asked = Signal()
    recovery_asked = Signal()
    demo_asked = Signal()
    mend_asked = Signal(object)
    """The store that is damaged, and its newest backup that is whole: (store, Found), or None for none."""

    def __init__(self, background: Outside, stores: list[Path]) -> None:
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
            self.begun.emit()
            self.run(partial(_sign_in, path, user_name, password), self.done.emit)

    def refused(self, problem: Problem) -> None:
        """Let the password be typed again at once, or the last good backup be restored."""
        from caseapp import backups

        self.password.edit.selectAll()
        self.mend.setVisible(backups.is_hurt(problem))
        (self.mend if backups.is_hurt(problem) else self.password).setFocus()

    def _find_backup(self) -> None:
        from caseapp import backups

        path = self.store.path()
        if path is not None:
            find = partial(backups.newest_whole, [path])
            self.run(find, self.mend_asked.emit, "Looking for the last good backup…")

    def focus_first(self) -> None:
        """Put the cursor where the next letter belongs."""
        (self.password if self.user_name.text() else self.user_name).setFocus()


class RecoveryCard(EntryCard):
    """Open a store with the sheet that was printed when it was made."""

    def __init__(self, background: Outside, stores: list[Path]) -> None:
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
            self.run(partial(_recover, path, self.key.text()), self.done.emit)

    def words_of(self, problem: Problem) -> str:
        """Return a problem in words: a slip in the key may be named, it was printed."""
        return problem.words

    def focus_first(self) -> None:
        """Put the cursor into the key."""
        self.key.setFocus()


def _sign_in(path: Path, user_name: str, password: str) -> SignedIn:
    from caseapp import accounts

    return accounts.sign_in(path, user_name, password, window=True)


def _recover(path: Path, recovery_key: str) -> SignedIn:
    from caseapp import accounts

    return accounts.sign_in_with_recovery(path, recovery_key)


class _Later:
    """The work in the background, loaded and made when there is some."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent

    @cached_property
    def made(self) -> Background:
        """Return it."""
        from ui.background import Background

        return Background(self._parent)

    def run_outside(
        self,
        screen: QObject,
        work: Callable[[], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
    ) -> None:
        """Call `work()` in a thread, then `then(result)` here."""
        self.made.run_outside(screen, work, then, failed)

    def finish(self) -> None:
        """Wait for what was begun, if anything was."""
        if "made" in vars(self):
            self.made.finish()


class SignInScreen(QWidget):
    """The window before a store is open. Its other cards are made when they are first asked for."""

    signed_in = Signal(object, bool)
    """SignedIn, and whether the recovery key opened it."""
    demo_asked = Signal()
    closed = Signal()
    painted = Signal()
    """It stands for the first time; what it did not need may be loaded now."""

    def __init__(self, store_path: Path | None = None, user_name: str = "") -> None:
        super().__init__()
        self.setWindowTitle("caseapp")
        self.resize(1100, 720)
        self._background = _Later(self)
        self._store_path, self._stores = store_path, places.recent_stores()
        self._new_store: QWidget | None = None
        self._is_painted = False
        self.card = SignInCard(self._background, self._stores)
        if store_path is not None:
            self.card.store.choose(store_path)
        self.card.user_name.setText(user_name)
        self._pages = QStackedWidget()
        self._pages.setObjectName("canvas")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._page_of: dict[EntryCard, QWidget] = {}
        self._add(self.card)
        self._connect()
        self._help: HelpPane | None = None
        self.card.focus_first()

    def _toggle_help(self) -> None:
        from ui.help import before_signing_in

        self._help = before_signing_in(self, self._help)

    def _connect(self) -> None:
        self.card.create_asked.connect(self.show_new_store)
        self.card.restore_asked.connect(self.show_restore)
        self.card.mend_asked.connect(self.show_mending)
        self.card.recovery_asked.connect(self.show_recovery)
        self.card.demo_asked.connect(self.demo_asked)
        self.card.done.connect(self._done)

    @cached_property
    def recovery(self) -> RecoveryCard:
        """Return the card for the recovery key."""
        card = RecoveryCard(self._background, self._stores)
        if self._store_path is not None:
            card.store.choose(self._store_path)
        card.done.connect(self._recovered)
        self._add(card)
        return card

    @cached_property
    def restore(self) -> RestoreCard:
        """Return the card for a backup."""
        from ui.restore import RestoreCard

        card = RestoreCard(self._background.made)
        card.done.connect(self._done)
        self._add(card)
        return card

    def _add(self, card: EntryCard) -> None:
        page = self._page_of[card] = centred(card)
        card.left.connect(self.show_sign_in)
        self._pages.addWidget(page)

    def _show(self, card: SignInCard | RecoveryCard | RestoreCard) -> None:
        self._pages.setCurrentWidget(self._page_of[card])
        card.focus_first()

    def show_sign_in(self) -> None:
        """Show the first card."""
        self._show(self.card)

    def show_recovery(self) -> None:
        """Show the card for the recovery key."""
        self._show(self.recovery)

    def show_restore(self) -> None:
        """Show the card for a backup."""
        self.restore.begin(places.recent_stores())
        self._show(self.restore)

    def show_mending(self, found: tuple[Path, Found] | None) -> None:
        """Show that card with the last good backup of the damaged store, to be put in its place."""
        store = self.card.store.path()
        if store is not None:
            typed = (self.card.user_name.text().strip(), self.card.password.text())
            self.restore.begin_for(store, found[1].path if found else None, *typed)
            self._show(self.restore)

    def show_new_store(self) -> None:
        """Show the cards that make a store, anew each time."""
        from ui.new_store import NewStoreCards

        if self._new_store is not None:
            self._pages.removeWidget(self._new_store)
            self._new_store.deleteLater()
        cards = self._new_store = NewStoreCards(self._background.made)
        cards.left.connect(self.show_sign_in)
        cards.done.connect(self._done)
        self._pages.addWidget(cards)
        self._pages.setCurrentWidget(cards)
        cards.focus_first()

    def show_problem(self, words: str) -> None:
        """Say what is wrong on the card that is shown."""
        cards = self._pages.findChildren(EntryCard)
        next((each for each in cards if each.isVisible()), self.card).show_problem(words)

    def _done(self, signed_in: SignedIn) -> None:
        self.signed_in.emit(signed_in, False)

    def _recovered(self, signed_in: SignedIn) -> None:
        self.signed_in.emit(signed_in, True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once, when the whole window has been painted."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        self.painted.emit()
        from PySide6.QtGui import QKeySequence, QShortcut

        QShortcut(QKeySequence("F1"), self, self._toggle_help)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what was begun end: a store half made would be of no use."""
        self._background.finish()
        super().closeEvent(event)
        self.closed.emit()

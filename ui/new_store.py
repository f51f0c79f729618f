"""Make a store: who and where, then the recovery key, which is written down before anything else happens."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from caseapp import accounts, places
from caseapp.accounts import NewStore, SignedIn
from caseapp.passwords import LEAST_CHARACTERS, phrase, problems_with
from ui import clipboard, theme
from ui.background import Background
from ui.basics import HandsKeyboardOn
from ui.entry import EntryCard, PathField, centred
from ui.parts import LinkButton, plain
from ui.password_field import PasswordField
from ui.recovery import RecoverySheet


class NewPassword(HandsKeyboardOn, QWidget):
    """A new password of one's own, judged while it is typed, or a phrase that is offered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.user_name = ""
        self.field = PasswordField("New password")
        self._phrase = plain(phrase())
        self._phrase.setFont(theme.font(theme.POINTS, QFont.Weight.DemiBold))
        use, another, copy = LinkButton("Use this phrase"), LinkButton("Another"), LinkButton("Copy")
        copy.setAccessibleName("Copy the phrase for half a minute")
        copy.clicked.connect(self.copy_phrase)
        another.setAccessibleName("Offer another phrase")
        use.clicked.connect(self.use_phrase)
        another.clicked.connect(self._offer)
        self._judgement = plain("", "small")
        self._judgement.setWordWrap(True)
        offer = QHBoxLayout()
        offer.setSpacing(12)
        for link in (use, another, copy):
            offer.addWidget(link)
        offer.addStretch(1)
        layout = _column(self)
        layout.addWidget(self.field)
        layout.addWidget(self._phrase)
        layout.addLayout(offer)
        layout.addWidget(self._judgement)
        self.front = self.field
        self.field.changed.connect(self.judge)
        self.judge()

    def text(self) -> str:
        """Return the password as typed."""
        return self.field.text()

    def problem(self) -> str:
        """Return what is wrong with the password, or nothing."""
        return problems_with(self.field.text(), self.user_name) or ""

    def judge(self) -> None:
        """Say whether the password will do."""
        if not self.field.text():
            said, role = f"Four words, or {LEAST_CHARACTERS} characters or more of your own.", "small"
        elif problem := self.problem():
            said, role = problem, "error"
        else:
            said, role = "Good. Keep it where only you can find it.", "small"
        self._judgement.setText(said)
        self._judgement.setProperty("role", role)
        theme.restyle(self._judgement)
        self.changed.emit()

    def judgement(self) -> str:
        """Return what is said about the password."""
        return self._judgement.text()

    def use_phrase(self) -> None:
        """Take the phrase that is offered, and show it so that it can be written down."""
        self.field.set_text(self._phrase.text())
        self.field.reveal(True)

    def forget(self) -> None:
        """Empty the field, and offer another phrase: one that was used is a secret."""
        self.field.set_text("")
        self.field.reveal(False)
        self._offer()

    def copy_phrase(self) -> None:
        """Put the phrase that is offered on the clipboard for half a minute, for a password manager."""
        clipboard.copy_secret(self._phrase.text())

    def _offer(self) -> None:
        self._phrase.setText(phrase())


class NewStoreCard(EntryCard):
    """Where the store shall be, whose it is, and the first password."""

    made = Signal(object)
    """NewStore"""

    def __init__(self, background: Background) -> None:
        words = "One encrypted file on this computer. You become its administrator and team manager."
        super().__init__(background, "Create a store", words, "Create the store", "Creating…")
        self.place = PathField("Where", to_make=True, pattern="Stores (*.caseapp)")
        self.place.set_path(_free_place())
        self.team, self.name, self.user_name = QLineEdit(), QLineEdit(), QLineEdit()
        self.team.setPlaceholderText("Family support")
        self.password = NewPassword()
        self.add_field("Where", self.place)
        self.add_field("Team", self.team)
        self.add_field("Your name", self.name)
        self.add_field("User name", self.user_name)
        self.add_field("Password", self.password)
        self.name.textEdited.connect(self._suggest_user_name)
        self.user_name.textChanged.connect(self._told_user_name)
        self.go_button.clicked.connect(self.make)
        back = LinkButton("Back to sign in")
        back.clicked.connect(self.left)
        self.add_links(back)

    def make(self) -> None:
        """Make the store, if everything is answered."""
        place, name, user_name = self.place.path(), self.name.text().strip(), self.user_name.text().strip()
        if place is None:
            self._ask_for("Say where the store shall be.", self.place)
        elif not name:
            self._ask_for("Give your name.", self.name)
        elif not user_name:
            self._ask_for("Give a user name to sign in by.", self.user_name)
        elif problem := self.password.problem():
            self._ask_for(problem, self.password)
        else:
            self.run(
                partial(
                    accounts.make_store,
                    places.with_suffix(place),
                    user_name=user_name,
                    name=name,
                    password=self.password.text(),
                    team=self.team.text().strip(),
                ),
                self.made.emit,
            )

    def _ask_for(self, words: str, field: QWidget) -> None:
        self.show_problem(words)
        field.setFocus()

    def _suggest_user_name(self, name: str) -> None:
        if not self.user_name.isModified():
            self.user_name.setText(accounts.suggested_user_name(name))

    def _told_user_name(self, user_name: str) -> None:
        self.password.user_name = user_name
        self.password.judge()


class NewStoreCards(QStackedWidget):
    """The two cards, one after the other."""

    done = Signal(object)
    """SignedIn: the store is made and its key is confirmed."""
    left = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.card = NewStoreCard(background)
        self.card.made.connect(self._show_sheet)
        self.card.left.connect(self.left)
        self.addWidget(centred(self.card))
        self._signed_in: SignedIn | None = None

    def focus_first(self) -> None:
        """Put the cursor into the first field to fill in."""
        self.card.team.setFocus()

    def _show_sheet(self, made: NewStore) -> None:
        self._signed_in = made.signed_in
        path = made.signed_in.store.path
        self.sheet = RecoverySheet(made.recovery_key, path.name if path else "")
        self.sheet.confirmed.connect(self._confirmed)
        self.addWidget(centred(self.sheet))
        self.setCurrentIndex(1)
        self.sheet.focus_first()

    def _confirmed(self) -> None:
        self.done.emit(self._signed_in)


def _free_place() -> Path:
    folder = places.stores_folder()
    number, place = 1, folder / f"family-support{places.SUFFIX}"
    while place.exists():
        number += 1
        place = folder / f"family-support-{number}{places.SUFFIX}"
    return place


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    return layout

"""Make a store: who and where, then the recovery key, which is written down before anything else happens."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseapp import accounts, places
from caseapp.accounts import NewStore, SignedIn
from caseapp.passwords import LEAST_CHARACTERS, check_recovery_key, phrase, problems_with
from ui import theme
from ui.desk import Background
from ui.entry import EntryCard, PathField, centred
from ui.parts import Card, LinkButton, Muted, Title, plain, primary
from ui.password_field import PasswordField

LOST = "A lost password, no sheet and no other administrator means lost data: nobody can open the store then."
CLIPBOARD_MS = 30_000


class NewPassword(QWidget):
    """A new password of one's own, judged while it is typed, or a phrase that is offered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.user_name = ""
        self.field = PasswordField("New password")
        self._phrase = plain(phrase())
        self._phrase.setFont(theme.font(theme.POINTS, QFont.Weight.DemiBold))
        self._phrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        use, another = LinkButton("Use this phrase"), LinkButton("Another")
        another.setAccessibleName("Offer another phrase")
        use.clicked.connect(self.use_phrase)
        another.clicked.connect(self._offer)
        self._judgement = plain("", "small")
        self._judgement.setWordWrap(True)
        offer = QHBoxLayout()
        offer.setSpacing(12)
        offer.addWidget(self._phrase)
        offer.addStretch(1)
        offer.addWidget(use)
        offer.addWidget(another)
        layout = _column(self)
        layout.addWidget(self.field)
        layout.addLayout(offer)
        layout.addWidget(self._judgement)
        self.setFocusProxy(self.field)
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
        if place is None or not name or not user_name:
            self.show_problem("Say where the store shall be, your name and a user name.")
        elif problem := self.password.problem():
            self.show_problem(problem)
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

    def _suggest_user_name(self, name: str) -> None:
        if not self.user_name.isModified():
            self.user_name.setText(".".join(name.casefold().split()))

    def _told_user_name(self, user_name: str) -> None:
        self.password.user_name = user_name
        self.password.judge()


class RecoverySheet(Card):
    """The recovery key: print it, then type it back from the sheet before the store is used."""

    confirmed = Signal()

    def __init__(self, recovery_key: str, store_name: str) -> None:
        super().__init__()
        self._key, self._store_name = recovery_key, store_name
        self.setFixedWidth(560)
        self.setAccessibleName("The recovery key")
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.addWidget(Title("The recovery key"))
        self.body.addWidget(
            Muted(
                "It opens the store when a password is lost. It is shown only now. Print it and lock it away."
            )
        )
        lost = plain(LOST, "error")
        lost.setWordWrap(True)
        self.body.addWidget(lost)
        self.body.addSpacing(8)
        self._shown = QLabel(_in_lines(recovery_key))
        self._shown.setProperty("role", "figure")
        self._shown.setAccessibleName(f"Recovery key: {' '.join(recovery_key)}")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._shown)
        self.body.addSpacing(8)
        self.body.addLayout(self._buttons())
        self.body.addSpacing(8)
        label = plain("Type the key from the sheet", "label")
        self.typed = QLineEdit()
        self.typed.setAccessibleName("Type the key from the sheet")
        label.setBuddy(self.typed)
        self._said = plain("", "error")
        self._said.setWordWrap(True)
        self.go_on = primary("I have the sheet: open the store")
        self.go_on.clicked.connect(self.confirm)
        self.typed.returnPressed.connect(self.confirm)
        for widget in (label, self.typed, self._said, self.go_on):
            self.body.addWidget(widget)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        steps = (("Print…", self._print), ("Save the sheet…", self._ask_where), ("Copy", self.copy))
        for text, act in steps:
            button = QPushButton(text)
            button.setAccessibleName(f"{text.rstrip('…')} the recovery key" if "sheet" not in text else text)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def confirm(self) -> None:
        """Go on if what was typed is the key."""
        try:
            is_right = check_recovery_key(self.typed.text()) == self._key
        except ValueError as slip:
            self._said.setText(str(slip))
            return
        if is_right:
            self.confirmed.emit()
        else:
            self._said.setText("This is the key of another store. Take the sheet that was printed just now.")

    def said(self) -> str:
        """Return what is said about the typed key."""
        return self._said.text()

    def copy(self) -> None:
        """Put the key on the clipboard for half a minute."""
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(self._key)
        QTimer.singleShot(CLIPBOARD_MS, partial(_forget, self._key))

    def sheet(self) -> str:
        """Return the words of the sheet."""
        return (
            f"Recovery key of {self._store_name}\n\n{_in_lines(self._key)}\n\n"
            "It opens the store, with everything in it, without a password. Lock it away, apart from the "
            f"computer.\n\n{LOST}\n"
        )

    def _print(self) -> None:
        self._printer = QPrinter()
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print_now)
        dialog.setModal(True)
        dialog.show()

    def _print_now(self) -> None:
        document = QTextDocument()
        document.setDefaultFont(theme.font(14))
        document.setPlainText(self.sheet())
        document.print_(self._printer)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Save the sheet", f"{self._store_name} recovery key.txt", "Text (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    def _save_to(self, chosen: str) -> None:
        try:
            handle = os.open(chosen, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(self.sheet())
        except OSError as error:
            self._said.setText(
                f"The sheet could not be saved there ({error.strerror}). Choose another place."
            )


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
        self.sheet.typed.setFocus()

    def _confirmed(self) -> None:
        self.done.emit(self._signed_in)


def _forget(key: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == key:
        clipboard.clear()


def _in_lines(key: str) -> str:
    groups = key.split("-")
    half = (len(groups) + 1) // 2
    return f"{'-'.join(groups[:half])}-\n{'-'.join(groups[half:])}"


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

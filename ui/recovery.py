"""The recovery key: shown once, printed, and confirmed from the sheet before anything goes on."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from secrets import SystemRandom
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from caseapp import accounts
from caseapp.passwords import is_group, new_recovery_key
from caseapp.work import Problem, utc_now
from ui import clipboard, file_dialogs, theme
from ui.desk import Desk
from ui.parts import Banner, Card, LinkButton, Muted, Title, plain, primary

LOST: Final = (
    "A lost password, no sheet and no other administrator means lost data: nobody can open the store then."
)
NEEDED: Final = (
    "You will need it if a password is forgotten, or if the last administrator has left. It opens the whole "
    "store and is shown only now: print it, and lock it away."
)
FULL_GROUPS: Final = 8
ASKED: Final = 2
_ANEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class RecoverySheet(Card):
    """The recovery key: print it, then type two of its groups back from the sheet."""

    confirmed = Signal()

    def __init__(self, recovery_key: str, store_name: str, go_on: str = "") -> None:
        super().__init__()
        self._key, self._store_name = recovery_key, store_name
        self.asked = sorted(SystemRandom().sample(range(FULL_GROUPS), ASKED))
        self.setFixedWidth(560)
        self.setAccessibleName("The recovery key")
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.addWidget(Title("The recovery key"))
        self.body.addWidget(Muted(NEEDED))
        lost = plain(LOST, "error")
        lost.setWordWrap(True)
        self.body.addWidget(lost)
        shown = plain(_in_lines(recovery_key))
        shown.setFont(theme.font(17, QFont.Weight.DemiBold))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setAccessibleName(f"Recovery key {recovery_key}")
        self.body.addSpacing(8)
        self.body.addWidget(shown)
        self.body.addSpacing(8)
        self.body.addLayout(self._buttons())
        self._saved = plain("", "small")
        self._saved.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._saved)
        self.body.addLayout(self._questions())
        self._said = plain("", "error")
        self._said.setWordWrap(True)
        self.go_on = primary(go_on or "I have the sheet: open the store")
        self.go_on.clicked.connect(self.confirm)
        self.body.addWidget(self._said)
        self.body.addWidget(self.go_on)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        steps = (("Print…", self._print), ("Save as PDF…", self._ask_where), ("Copy", self.copy))
        for text, act in steps:
            button = QPushButton(text)
            button.setAccessibleName(f"{text.rstrip('…')}: the recovery key")
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _questions(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.typed = []
        for column, group in enumerate(self.asked):
            edit = QLineEdit()
            words = f"Group {group + 1} from the sheet"
            edit.setAccessibleName(words)
            edit.setMaxLength(8)
            edit.returnPressed.connect(self._entered)
            label = plain(words, "label")
            label.setBuddy(edit)
            grid.addWidget(label, 0, column)
            grid.addWidget(edit, 1, column)
            self.typed.append(edit)
        return grid

    def focus_first(self) -> None:
        """Put the cursor into the first group; as a focus proxy it would let Tab pass over the buttons."""
        self.typed[0].setFocus()

    def _entered(self) -> None:
        """Go to the first group that nothing is typed in yet; confirm when there is none."""
        for edit in self.typed:
            if not edit.text().strip():
                edit.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.confirm()

    def confirm(self) -> None:
        """Go on if both groups are those of the key."""
        for group, edit in zip(self.asked, self.typed, strict=True):
            if not is_group(self._key, group, edit.text()):
                self._said.setText(
                    f"Group {group + 1} is not the one on the sheet. Groups are the four letters and digits "
                    "between the hyphens, counted from the start of the first line."
                )
                edit.setFocus()
                edit.selectAll()
                return
        self.confirmed.emit()

    def said(self) -> str:
        """Return what is said about the typed groups."""
        return self._said.text()

    def saved(self) -> str:
        """Return as what the sheet was saved."""
        return self._saved.text()

    def copy(self) -> None:
        """Put the key on the clipboard for half a minute."""
        clipboard.copy_secret(self._key)

    def sheet(self) -> bytes:
        """Return the sheet as PDF."""
        from caseapp.paper.recovery_sheet import recovery_sheet_pdf

        return recovery_sheet_pdf(_in_lines(self._key), self._store_name, utc_now())

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._print_on, printer))
        QDialog.open(dialog)  # QPrintDialog's own wants a slot

    def _print_on(self, printer: QPrinter) -> None:
        from ui.preview import Printing

        self._said.setText(Printing(printer, self.sheet(), 1).run())

    def _ask_where(self) -> None:
        dialog = file_dialogs.to_save(
            self, "Save the sheet", f"{self._store_name} recovery key.pdf", "PDF (*.pdf)"
        )
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, chosen: str) -> None:
        """Save the sheet as PDF, readable for this user alone."""
        try:
            with os.fdopen(os.open(chosen, _ANEW, 0o600), "wb") as file:
                file.write(self.sheet())
        except OSError as error:
            self._saved.setText("")
            self._said.setText(
                f"The sheet could not be saved there ({error.strerror}). Choose another place."
            )
        else:
            self._said.setText("")
            self._saved.setText(f"Saved as {Path(chosen).name}. Print it, and keep the file from others.")


class RecoveryKeyCard(Card):
    """Settings: another recovery key, when the sheet is lost or somebody may have read it."""

    def __init__(self, desk: Desk) -> None:
        self._make = QPushButton("Make a new recovery key…")
        self._make.setAccessibleName("Make a new recovery key")
        super().__init__("Recovery key", self._make)
        self._desk = desk
        self.dialog: RecoveryDialog | None = None
        self._said = Banner("", "success")
        self._said.hide()
        self._make.clicked.connect(self.begin)
        self.body.addWidget(
            Muted(
                "The printed sheet that opens the store without a password. Make a new one when it is lost, "
                "or when somebody may have read it: the old sheet then opens nothing any more."
            )
        )
        self.body.addWidget(self._said)

    def begin(self) -> None:
        """Show a fresh key; it is in force once it is confirmed from the sheet."""
        path = self._desk.signed_in.store.path
        printed = new_recovery_key()
        self.dialog = RecoveryDialog(printed, path.name if path else "", self)
        self.dialog.accepted.connect(partial(self._renew, printed))
        self.dialog.open()

    def _renew(self, printed: str) -> None:
        self._make.setEnabled(False)
        renew = partial(accounts.renew_recovery_key, self._desk.signed_in, printed)
        self._desk.run_outside(self, renew, self._renewed, self._refused)

    def _renewed(self, _nothing: None) -> None:
        self._end("The new recovery key is in force. The old sheet opens nothing now: destroy it.", "success")

    def _refused(self, problem: Problem) -> None:
        self._end(f"{problem.words} The new sheet opens nothing: destroy it.", "alert")

    def _end(self, said: str, meaning: str) -> None:
        self._make.setEnabled(True)
        self._said.set_banner(said, meaning)
        self._said.show()

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()


class RecoveryDialog(QDialog):
    """A fresh recovery key, to be confirmed; until then the old one holds."""

    def __init__(self, printed: str, store_name: str, parent: RecoveryKeyCard) -> None:
        super().__init__(parent)
        self.setWindowTitle("A new recovery key")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = RecoverySheet(printed, store_name, "I have the new sheet: put it in force")
        self.sheet.confirmed.connect(self.accept)
        cancel = LinkButton("Cancel: the old sheet stays in force")
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.sheet)
        layout.addWidget(cancel)
        self.sheet.setFocus()


def _in_lines(key: str) -> str:
    groups = key.split("-")
    half = (len(groups) + 1) // 2
    return f"{'-'.join(groups[:half])}-\n{'-'.join(groups[half:])}"

"""Types into a note's dialog until it is killed: `python -m tests.jotting_writer`, store and user as usual.

Says on a line each letter that is typed (TYPED 7) and each that is said to be kept (KEPT 5).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from caseapp import accounts, children
from caseapp.children import NewChild
from caseapp.journal import Kept
from tests.record_screen import fill
from ui.desk import Desk
from ui.new_note import NoteDialog

KEY_MS = 20


class TellingDesk(Desk):
    """Says what it has kept."""

    def keep_typing(
        self,
        screen: Any,
        typed: Any,
        then: Callable[[Kept], object],
        failed: Callable[[Any], object],
        *,
        aside: bool = False,
    ) -> None:
        def kept(found: Kept) -> None:
            say("KEPT", len(typed.answers["words"]))
            then(found)

        super().keep_typing(screen, typed, kept, failed, aside=aside)


def say(what: str, letters: int) -> None:
    """Say it at once."""
    os.write(1, f"{what} {letters}\n".encode())


def type_on(dialog: NoteDialog) -> None:
    """Type one letter more."""
    text = dialog.form.text("words") + "x"
    fill(dialog.form, words=text)
    say("TYPED", len(text))


if __name__ == "__main__":
    app = QApplication([])
    user, password = os.environ["CASEAPP_USER"], os.environ["CASEAPP_PASSWORD"]
    signed_in = accounts.sign_in(Path(os.environ["CASEAPP_STORE"]), user, password)
    with signed_in.store.session(signed_in.actor) as session:
        child_id = children.register(session, NewChild("Trial", "Child", date(2015, 5, 4))).id
    desk = TellingDesk(signed_in.store, signed_in.actor)
    dialog = NoteDialog(desk, child_id, "Trial", "Add a visit", "Seen.")
    dialog.open()
    keys = QTimer(interval=KEY_MS)
    keys.timeout.connect(lambda: type_on(dialog))
    keys.start()
    sys.exit(app.exec())

"""Settings: where the backups are, how they stand, and the second place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from caseapp import backups
from caseapp.backup_words import facts_of, second_place_words, synced_words
from caseapp.backups import State
from caseapp.work import Problem, utc_now
from ui import file_dialogs
from ui.desk import Desk
from ui.parts import Banner, BusyBar, Card, LinkButton, Muted


class BackupCard(Card):
    """How the backups stand; administrators choose the second place and prove the newest."""

    changed = Signal()
    """A backup was made, copied or proved: what others say of it is old."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Backups", parent=parent)
        self._desk = desk
        self._facts = Muted("")
        self._second = Muted("")
        self._said = Banner("", "success")
        self._said.hide()
        self._busy = BusyBar()
        self._choose = QPushButton("Choose a second place…")
        self._prove = QPushButton("Prove the newest")
        self._remove = LinkButton("No second place")
        for button, act in (
            (self._choose, self._ask),
            (self._prove, self.prove),
            (self._remove, self.forget_second_place),
        ):
            button.setAccessibleName(button.text())
            button.clicked.connect(act)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._choose, self._prove, self._remove):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._second)
        self.body.addLayout(row)
        self.body.addWidget(self._busy)
        self.body.addWidget(self._said)
        self._may_change = desk.may("backup").allowed
        for button in (self._choose, self._prove, self._remove):
            button.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read how the backups stand."""
        self._desk.run(self, backups.state, self._show)

    def _show(self, state: State) -> None:
        self.setVisible(state.folder is not None)
        self._facts.setText("\n".join(facts_of(state, utc_now())))
        self._second.setText(second_place_words(state))
        self._choose.setVisible(self._may_change)
        self._prove.setVisible(self._may_change and state.how_many > 0)
        self._remove.setVisible(self._may_change and bool(state.second_place))

    def _ask(self) -> None:
        dialog = file_dialogs.for_folder(self, "A second place for backups")
        dialog.fileSelected.connect(self.choose_second_place)
        dialog.open()

    def choose_second_place(self, chosen: str) -> None:
        """Keep every backup in this folder too; the newest is copied at once."""
        folder = Path(chosen)
        choose = partial(backups.choose_second_place, folder=folder)
        self._desk.run_in_order(self, choose, partial(self._chosen, folder), self._refused)

    def forget_second_place(self) -> None:
        """Keep backups on this disk only. The copies that are there stay."""
        choose = partial(backups.choose_second_place, folder=None)
        self._desk.run_in_order(self, choose, self._forgotten, self._refused)

    def prove(self) -> None:
        """Restore the newest backup on trial and compare it."""
        self._begin("Restoring the newest backup on trial…")
        work = partial(backups.prove, self._desk.signed_in, _wanted)
        self._desk.run_outside(self, work, self._proved, self._refused)

    def _chosen(self, folder: Path, _nothing: None) -> None:
        self._begin("Copying the newest backup and reading it back…")
        work = partial(backups.keep_up, self._desk.signed_in, _wanted)
        self._desk.run_outside(self, work, partial(self._copied, folder), self._refused)

    def _copied(self, folder: Path, state: State) -> None:
        warning = synced_words(folder)
        if not warning and backups.is_same_disk(self._desk.signed_in, folder):
            warning = "The newest backup is there too, but on the same disk as the store: choose another one."
        if state.missing_since:
            self._end("The newest backup could not be copied there. It is safe on this disk.", "alert")
        else:
            self._end(warning or "The newest backup is there too.", "warning" if warning else "success")
        self._show(state)
        self.changed.emit()

    def _forgotten(self, _nothing: None) -> None:
        self._end("Backups stay on this disk only. The copies made so far are still there.", "info")
        self.refresh()

    def _proved(self, state: State) -> None:
        if state.damaged:
            self._end("A backup is damaged. It is kept; a new one will be made.", "alert")
        elif state.proven_at:
            self._end("A backup was restored on trial and compared. It is good.", "success")
        else:
            words = "No backup of the present keys is there yet. One will be made when the window closes."
            self._end(words, "warning")
        self._show(state)
        self.changed.emit()

    def _refused(self, problem: Problem) -> None:
        self._end(problem.words, "alert")

    def _begin(self, text: str) -> None:
        self._said.hide()
        self._busy.begin(text, may_cancel=False)
        self._set_enabled(False)

    def _end(self, text: str, meaning: str) -> None:
        self._busy.end()
        self._set_enabled(True)
        self._said.set_banner(text, meaning)
        self._said.show()

    def _set_enabled(self, is_enabled: bool) -> None:
        for widget in (self._choose, self._prove, self._remove):
            widget.setEnabled(is_enabled)

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()


def _wanted() -> bool:
    return True

"""Edit a child's details: the version they were opened at is named when saving, so nobody is overwritten."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import children, codes
from caseapp.children import DETAILS, Details
from caseapp.form import Choice, Date, Field, Options, Text
from caseapp.work import Problem, Stale
from ui.asking import Asking
from ui.jotting import Jotter, Place
from ui.parts import Banner, Title, primary
from ui.record_parts import Scroller
from ui.resting import Rest
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

_WHOLE: Final = ("alerts", "disability", "gp")
_DAYS: Final = ("born_on", "due_on")


def _options(name: str) -> Options:
    lists = {"sex": codes.SEXES, "sen_status": codes.SEN, "status": codes.STATUSES}
    if name == "ethnicity":
        return tuple(codes.return_codes("ethnicity").items())
    return tuple((code, text) for code, text in lists.get(name, {}).items() if code)


def fields() -> tuple[Field, ...]:
    """Return a question for each detail of a record."""
    return tuple(_field(name, label) for name, label in DETAILS.items())


def _field(name: str, label: str) -> Field:
    is_half = name not in _WHOLE
    if name in _DAYS:
        return Date(name, label, past=name == "born_on", half=True)
    if options := _options(name):
        return Choice(name, label, options=options, half=is_half)
    hint = "One a line. Each stands in red at the top of the record." if name == "alerts" else ""
    return Text(name, label, lines=2 if name == "alerts" else 1, half=is_half, help=hint)


class DetailsPanel(Asking):
    """The questions, filled in with what is on file; the keyboard goes to `field`, if one is named."""

    changed = Signal()

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None, field: str = "") -> None:
        super().__init__(desk, parent)
        self._child_id, self._field = child_id, field
        self._version = 0
        self._opened: dict[str, Any] = {}
        self.jotter: Jotter | None = None
        self.form = SmallForm(fields(), desk.today)
        self.form.setEnabled(False)
        self._stale = Banner("", "warning", "Load their changes")
        self._stale.acted.connect(self._load)
        self._stale.hide()
        self.save_button = primary("Save details")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        scroller = Scroller()
        scroller.body.setContentsMargins(24, 8, 24, 8)
        scroller.body.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._notices = notices = QVBoxLayout()
        notices.setContentsMargins(24, 0, 24, 0)
        for widget in (self.busy, self.banner, self._stale):
            notices.addWidget(widget)
        layout.addLayout(notices)
        layout.addWidget(scroller, 1)
        self._load()

    def has_changes(self) -> bool:
        """Return whether anything differs from what is on file."""
        return bool(self._changes())

    def _load(self) -> None:
        child_id = self._child_id
        self._stale.hide()
        self.ask("Reading the details …", lambda session: children.details(session, child_id), self._show)

    def _show(self, details: Details) -> None:
        typed = self._changes()
        self._version = details.version
        self._opened = {name: _answer(value) for name, value in details.values.items()}
        self.form.set_answers(self._opened)
        self._keep_typing()
        self.form.set_answers(self._opened | typed)
        self.form.setEnabled(True)
        if self._field in self._opened:
            self.form.editor(self._field).focus()

    def _keep_typing(self) -> None:
        """Keep what is changed from what was read just now."""
        if self.jotter is not None:
            self.jotter.opened_anew()
            return
        self.jotter = Jotter(
            self.desk, self.form, "Edit details", Place(self._child_id, is_change=True), self
        )
        self.jotter.recording_now.connect(Rest(self.form).keep)
        self._notices.addWidget(self.jotter.line)

    def _changes(self) -> dict[str, Any]:
        """Return the answers that differ from what was opened."""
        if not self._opened:
            return {}
        now = self.form.answers()
        return {name: now[name] for name in now if (now[name] or None) != (self._opened[name] or None)}

    def _save(self) -> None:
        if not self.form.check():
            return
        changes = {name: _stored(name, answer) for name, answer in self._changes().items()}
        if not changes:
            self.changed.emit()
            return
        child_id, version = self._child_id, self._version
        self.save_button.setEnabled(False)
        with self.jotter.recording() if self.jotter else nullcontext():
            self.save(
                "Saving …",
                lambda session: children.change_details(session, child_id, version, changes),
                self._saved,
                self._failed,
            )

    def _saved(self, _version: int) -> None:
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self.save_button.setEnabled(True)
        if isinstance(problem, Stale):
            self._stale.set_banner(
                f"{problem.words} What you typed is still here.", "warning", "Load their changes"
            )
            self._stale.show()
        else:
            self.show_problem(problem)


def _answer(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value or None


def _stored(name: str, answer: Any) -> Any:
    if name in _DAYS:
        return date.fromisoformat(answer) if answer else None
    return answer or ""


class DetailsDialog(QDialog):
    """The panel in a window of its own. Open it with `open()`."""

    changed = Signal()

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None, field: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Edit details")
        self._was_warned = False
        self.panel = DetailsPanel(desk, child_id, self, field)
        self.panel.changed.connect(self._saved)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 20)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.panel.save_button)
        title = Title("Edit details")
        title.setContentsMargins(24, 20, 24, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(self.panel, 1)
        layout.addLayout(buttons)
        self.resize(760, 640)

    def reject(self) -> None:
        """Close; where something was typed, only when asked a second time. Not while it is recorded."""
        if self.panel.jotter is not None and self.panel.jotter.is_recording:
            return
        if self.panel.has_changes() and not self._was_warned:
            self._was_warned = True
            words = (
                "Your changes are not saved yet. Press Cancel again to let go of them. "
                "They can be brought back here for 30 days."
            )
            self.panel.banner.set_banner(words, "warning")
            self.panel.banner.show()
            return
        if self.panel.jotter is not None:
            self.panel.jotter.discard()
        super().reject()

    def _saved(self) -> None:
        self.accept()
        self.changed.emit()

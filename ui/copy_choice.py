"""For whom a print is: our record, the family, another agency with the family's agreement; or an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseapp import pathway_copies, pep_prints
from caseapp.early_help.statuses import HELP_KINDS
from caseapp.form_parts.early_help_lists import AGENCIES
from ui.parts import Banner, plain

if TYPE_CHECKING:
    from caseapp.early_help.consents import Sharing

WHOSE: Final = (("full", "Our record"), ("family", "The family"), ("professionals", "Another agency…"))
_AGENCY: Final = "professionals"
_NAMED: Final = (_AGENCY, *pathway_copies.SHARED)
"""The copies that name who gets them."""
_NAME_BOTH: Final = "Say who gets it and why, then press Enter. Health, immigration and justice stay out."
_NAME_IT: Final = "Say which agency or person the copy is for, then press Enter."


class Chosen(NamedTuple):
    """Whose copy is wanted (full, family or professionals), which agency's, or the meeting's agenda."""

    edition: str
    agency: str
    agenda: bool
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is missing: an agency's copy needs its name, some also why they get it."""
        if self.agenda or self.edition not in _NAMED:
            return True
        return bool(self.agency) and (self.edition == _AGENCY or bool(self.why))

    @property
    def file_words(self) -> str:
        """Return what a saved file's name adds."""
        if self.agenda:
            return ", agenda"
        added = {"full": "", "family": ", family’s copy"}
        added |= dict.fromkeys(_NAMED, f", copy for {self.agency}")
        return added.get(self.edition, f", {self.edition} edition")


OUR_RECORD: Final = Chosen("full", "", False)


class CopyChoice(QWidget):
    """A line above the pages. Nothing is chosen for plans that have one edition only."""

    changed = Signal()
    """Other pages are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said_last = OUR_RECORD
        self._whose = QComboBox()
        self._whose.setAccessibleName("For")
        self._fill(WHOSE)
        self._whose.currentIndexChanged.connect(self._whose_changed)
        self._label = plain("For", "muted")
        self._label.setBuddy(self._whose)
        self._agenda = QPushButton("Agenda")
        self._agenda.setAccessibleName("Agenda of the meeting")
        self._agenda.setCheckable(True)
        self._agenda.toggled.connect(self._agenda_toggled)
        self._agency = QLineEdit()
        self._agency.setAccessibleName("Which agency or person")
        self._agency.setPlaceholderText("Which agency or person")
        self._agency.setMaxLength(120)
        self._agency.editingFinished.connect(self._say)
        completer = QCompleter([text for _, text in AGENCIES], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._agency.setCompleter(completer)
        self._why = QLineEdit()
        self._why.setAccessibleName("Why they get it")
        self._why.setPlaceholderText("Why they get it")
        self._why.setMaxLength(200)
        self._why.editingFinished.connect(self._say)
        self._banner = Banner("", "info")
        self._place_all()
        self.set_kind("")

    def _place_all(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self._whose)
        row.addWidget(self._agency, 1)
        row.addWidget(self._why, 1)
        row.addStretch()
        row.addWidget(self._agenda)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._banner)
        self._agency.hide()
        self._why.hide()
        self._banner.hide()

    def set_kind(self, kind: str) -> None:
        """Offer what there is for a kind of plan."""
        offered = {"pep": pep_prints.EDITIONS, "pathway-plan": pathway_copies.EDITIONS}.get(kind)
        self.setVisible(kind in HELP_KINDS or offered is not None)
        self._agenda.setVisible(kind == "taf")
        self._fill(tuple(offered.items()) if offered else WHOSE)
        if kind not in HELP_KINDS and offered is None:
            self._whose.setCurrentIndex(0)
        if kind != "taf":
            self._agenda.setChecked(False)

    def _fill(self, editions: Sequence[tuple[str, str]]) -> None:
        if [self._whose.itemData(place) for place in range(self._whose.count())] == [
            key for key, _ in editions
        ]:
            return
        blocked = self._whose.blockSignals(True)
        self._whose.clear()
        for edition, text in editions:
            self._whose.addItem(text, edition)
        self._whose.blockSignals(blocked)

    def chosen(self) -> Chosen:
        """Return what is chosen now."""
        edition = str(self._whose.currentData())
        agency = self._agency.text().strip() if edition in _NAMED else ""
        why = self._why.text().strip() if edition in pathway_copies.SHARED else ""
        return Chosen(edition, agency, self._agenda.isChecked(), why)

    def show_sharing(self, told: Sharing) -> None:
        """Say who agreed that the agency may have it, or why it may not and what to do."""
        if told.allowed:
            self._banner.set_banner(f"May be given to {self.chosen().agency}. {told.words}", "success")
        else:
            self._banner.set_banner(told.words, "warning")
        self._banner.show()

    def words(self) -> str:
        """Return what is said of sharing now."""
        return "" if self._banner.isHidden() else self._banner.text()

    def _whose_changed(self) -> None:
        edition = self.chosen().edition
        self._agency.setVisible(edition in _NAMED)
        self._why.setVisible(edition in pathway_copies.SHARED)
        self._banner.setVisible(edition in _NAMED)
        if edition in _NAMED:
            self._banner.set_banner(_NAME_IT if edition == _AGENCY else _NAME_BOTH, "info")
            self._agency.setFocus()
        self._say()

    def _agenda_toggled(self, is_wanted: bool) -> None:
        for widget in (self._label, self._whose, self._agency, self._why):
            widget.setEnabled(not is_wanted)
        self._say()

    def _say(self) -> None:
        """Ask for other pages, once for each choice: leaving the line says the same as Enter did."""
        said = self.chosen()
        if said != self._said_last:
            self._said_last = said
            self.changed.emit()

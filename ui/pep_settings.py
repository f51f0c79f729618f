"""How plans are graded here: a card of the settings, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseapp.education import qa_settings
from caseapp.education.qa_schemes import SCHEMES, Setting
from caseapp.form import YES_NO, Choice, Is, Number
from ui.asking import Asking
from ui.parts import Card, Muted, primary
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

_REDS = (("1", "Any red section"), ("2", "Two red sections"))
_HINT = "Grades that were given before stay as they are, and can still be read."


class QualitySettings(Asking):
    """Chooses the scheme of grades and its variants."""

    saved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("How PEPs are graded")
        gold = Is("scheme", "gold")
        self.form = SmallForm(
            (
                Choice("scheme", "Scheme", options=tuple((each.key, each.title) for each in SCHEMES)),
                Choice("reds", "A plan is red with", options=_REDS, when=gold, half=True),
                Choice("attainment", "Does attainment count?", options=YES_NO, half=True),
                Number("days", "Checked within", unit="working days", low=1, high=qa_settings.MOST_DAYS),
            ),
            desk.today,
            ("scheme", "reds", "attainment", "days"),
        )
        self._rule = Muted("")
        save = primary("Save how PEPs are graded")
        save.clicked.connect(self._save)
        self.form.changed.connect(self._show_rule)
        card = Card("How PEPs are graded")
        for widget in (Muted(_HINT), self.form, self._rule, self.busy, self.banner):
            card.body.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(save)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.ask("Reading the settings …", qa_settings.read, self._show)

    def _show(self, setting: Setting) -> None:
        self.form.set_answers(
            {
                "scheme": setting.scheme,
                "reds": str(setting.reds),
                "attainment": "yes" if setting.attainment_counts else "no",
                "days": setting.qa_days,
            }
        )
        self._show_rule()

    def _setting(self) -> Setting:
        text = self.form.text
        days = text("days")
        usual = Setting()
        return Setting(
            text("scheme") or usual.scheme,
            2 if text("reds") == "2" else 1,
            text("attainment") != "no",
            int(days) if days.isdigit() else usual.qa_days,
        )

    def rule(self) -> str:
        """Return what is said of how the overall grade follows."""
        return self._rule.text()

    def _show_rule(self) -> None:
        self._rule.setText(f"The overall grade: {self._setting().rule}")

    def _save(self) -> None:
        if self.form.check():
            setting = self._setting()
            self.save("Saving …", lambda session: qa_settings.choose(session, setting), self._was_saved)

    def _was_saved(self, _nothing: object) -> None:
        self.banner.set_banner("Saved. Plans are graded this way from now on.", "success")
        self.banner.show()
        self.saved.emit()

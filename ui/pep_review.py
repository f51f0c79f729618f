"""A review of a Personal Education Plan on screen: a grade for each section, the checklist, the whole."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseapp.education import qa_schemes
from caseapp.education.qa_schemes import ANSWERS, CRITERIA, NOT_ASKED, SECTIONS, Check, Part, Review, Setting
from caseapp.form import Choice, Date, Filled, Options, Text
from ui.parts import Card, Chip, Muted, plain
from ui.pep_chips import grade_look
from ui.record_parts import row
from ui.small_form import SmallForm

_COMMENT_LETTERS: Final = 500


class CheckLine(QWidget):
    """A line of the checklist: yes, partly or no, and a comment."""

    changed = Signal()

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._group = QButtonGroup(self)
        self._buttons = {code: self._button(code, label) for code, label in ANSWERS}
        self._comment = QLineEdit()
        self._comment.setAccessibleName(f"{part.title}: comment")
        self._comment.setPlaceholderText("Comment")
        self._comment.setMaxLength(_COMMENT_LETTERS)
        self._comment.textEdited.connect(self._edited)
        self._group.buttonClicked.connect(self._edited)
        label = plain(part.title)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label, 5)
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addWidget(self._comment, 4)

    def _button(self, code: str, label: str) -> QRadioButton:
        button = QRadioButton(label)
        button.setProperty("code", code)
        button.setAccessibleName(f"{self.part.title}: {label}")
        self._group.addButton(button)
        return button

    def _edited(self, _what: object) -> None:
        self.changed.emit()

    def check(self) -> Check | None:
        """Return the answer, or the comment alone, if there is either."""
        chosen, comment = self._group.checkedButton(), self._comment.text().strip()
        answer = str(chosen.property("code")) if chosen else ""
        return Check(answer, comment) if answer or comment else None

    def set_check(self, check: Check | None) -> None:
        """Show an answer."""
        self._group.setExclusive(False)
        for code, button in self._buttons.items():
            button.setChecked(check is not None and check.answer == code)
        self._group.setExclusive(True)
        self._comment.setText(check.comment if check else "")


class ReviewForm(QWidget):
    """All that a reviewer says of one plan; what follows from it is worked out while they do."""

    changed = Signal()

    def __init__(self, setting: Setting, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        grades = tuple((grade.code, grade.title) for grade in setting.grading.grades)
        given = (*grades, (NOT_ASKED, "Does not apply"))
        self.sections = SmallForm(
            [Choice(part.code, part.title, options=given, half=True) for part in SECTIONS], today
        )
        self._lines = {part.code: CheckLine(part) for part in CRITERIA}
        self.whole = SmallForm(_whole(grades), today)
        self._chip = Chip("Not graded yet", "neutral")
        self._chip.setAccessibleName("Overall grade worked out: none yet")
        for form in (self.sections, self.whole):
            form.changed.connect(self._edited)
        for line in self._lines.values():
            line.changed.connect(self._edited)
        self._place_all()

    def _place_all(self) -> None:
        sections = Card("A grade for each section")
        sections.body.addWidget(self.sections)
        checklist = Card("Checklist")
        checklist.body.setSpacing(6)
        for line in self._lines.values():
            checklist.body.addWidget(line)
        whole = Card("The whole plan")
        told = QGridLayout()
        told.setHorizontalSpacing(16)
        told.setColumnStretch(1, 1)
        told.addWidget(plain("Worked out from the sections", "muted"), 0, 0)
        told.addWidget(row(self._chip), 0, 1)
        whole.body.addLayout(told)
        whole.body.addWidget(Muted(self._setting.rule))
        whole.body.addWidget(self.whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for card in (sections, checklist, whole):
            layout.addWidget(card)

    def set_review(self, review: Review, mend_by: date | None) -> None:
        """Show a review; a day to mend by stands there as a proposal."""
        self.sections.set_answers(dict(review.grades))
        for code, line in self._lines.items():
            line.set_check(review.checks.get(code))
        answers: dict[str, Any] = {
            "overall": review.overall or None,
            "because": review.because or None,
            "words": review.words or None,
            "mend_by": mend_by.isoformat() if mend_by else None,
        }
        self.whole.set_answers(answers)
        self._show_whole()

    def review(self) -> Review:
        """Return what is said so far."""
        grades = {code: str(grade) for code, grade in self.sections.answers().items() if grade}
        checks = {code: said for code, line in self._lines.items() if (said := line.check())}
        text = self.whole.text
        return Review(grades, checks, text("words"), text("overall"), text("because"))

    def mend_by(self) -> date | None:
        """Return the day by which it is to be mended, if it is one."""
        return self.whole.day("mend_by")

    def check(self) -> bool:
        """Return whether all that is typed can be understood."""
        return self.sections.check() and self.whole.check()

    def focus_first(self) -> None:
        """Put the keyboard on the first section's grade."""
        self.sections.focus_first()

    def line(self, code: str) -> CheckLine:
        """Return a line of the checklist."""
        return self._lines[code]

    def worked_out(self) -> str:
        """Return the words of the grade that is worked out."""
        return self._chip.text()

    def _edited(self) -> None:
        self._show_whole()
        self.changed.emit()

    def _show_whole(self) -> None:
        code = qa_schemes.worked_out(self._setting, self.review())
        said = qa_schemes.TITLES.get(code, "")
        left = len(qa_schemes.ungraded(self.review()))
        waits = f"{left} to grade" if left else "No section counts"
        self._chip.set_chip(said or waits, *(grade_look(code) if code else ("neutral", "not-begun")))
        self._chip.setAccessibleName(f"Overall grade worked out: {said or waits}")
        self._chip.updateGeometry()


def _whole(grades: Options) -> tuple[Choice | Text | Date, ...]:
    return (
        Choice(
            "overall",
            "Another overall grade",
            options=grades,
            half=True,
            help="Only if you do not agree with the one worked out",
        ),
        Text("because", "Why another", half=True, when=Filled("overall"), help="It stands beside the grade"),
        Text(
            "words", "Comment to those who wrote it", lines=3, help="If it goes back: what has to be mended"
        ),
        Date("mend_by", "If it goes back, to be mended by", half=True),
    )


def read_only_lines(review: Review) -> list[tuple[str, str]]:
    """Return a review as (what, what was said) for reading: grades, then the checklist."""
    named = qa_schemes.TITLES | {NOT_ASKED: "Does not apply"}
    grades = [
        (part.title, named.get(review.grades[part.code], review.grades[part.code]))
        for part in SECTIONS
        if part.code in review.grades
    ]
    answers = dict(ANSWERS)
    checks = [
        (part.title, ". ".join(filter(None, (answers.get(check.answer, ""), check.comment))))
        for part in CRITERIA
        if (check := review.checks.get(part.code))
    ]
    return [*grades, *checks]

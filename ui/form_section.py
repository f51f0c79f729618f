"""One section of a form: its heading and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.form import Answers, Field, Score, Section
from ui import parts
from ui.editor import Editor, takes_half
from ui.question_grid import QuestionGrid
from ui.row_fields import editor_for
from ui.star import StarEditor

_WIDEST: Final = 760
_WIDEST_STAR: Final = 1200


class SectionPage(QWidget):
    """The questions of one section, made when they are asked for the first time."""

    changed = Signal(str, object)
    left = Signal(str)
    resized = Signal()

    def __init__(self, section: Section, number: int, answers: Answers, today: date) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.section = section
        self._today = today
        self._editors: dict[str, Editor] = {}
        self._star: StarEditor | None = None
        self._is_read_only = False
        self._grid = QuestionGrid()
        self._grid.setMaximumWidth(_WIDEST_STAR if section.look == "star" else _WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        self._title = parts.Section("")
        self._title.setWordWrap(True)
        column.addWidget(self._title)
        if section.guidance:
            column.addWidget(parts.Muted(section.guidance))
        self._needed = parts.plain("* needed before signing", "small")
        if not any(each.required for each in section.fields):
            self._needed.hide()
        column.addWidget(self._needed)
        column.addWidget(self._grid)
        column.addStretch(1)
        self.set_number(number)
        self.show_asked(answers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the questions stand elsewhere now."""
        super().resizeEvent(event)
        self.resized.emit()

    def set_number(self, number: int) -> None:
        """Say which of the sections that are asked it is."""
        self._title.setText(f"{number}  {self.section.title}")

    def show_asked(self, answers: Answers) -> None:
        """Show the questions that are asked now; those that are not keep their answers."""
        asked = self.section.asked(answers)
        areas = [each for each in asked if isinstance(each, Score)] if self.section.look == "star" else []
        widgets: list[tuple[QWidget, bool]] = []
        if areas:
            widgets.append((self._with_star(areas, answers), False))
        for each in asked:
            if each in areas:
                continue
            if each.key not in self._editors:
                self._editors[each.key] = self._made(each, answers)
            widgets.append((self._editors[each.key], takes_half(each)))
        self._grid.arrange(widgets)

    def _made(self, field: Field, answers: Answers) -> Editor:
        editor = editor_for(field, self._grid, self._today)
        editor.set_answer(answers.get(field.key))
        editor.set_read_only(self._is_read_only)
        editor.changed.connect(self._tell)
        editor.left.connect(self.left)
        return editor

    def _with_star(self, areas: Sequence[Score], answers: Answers) -> StarEditor:
        if self._star is None or self._star.areas() != [each.key for each in areas]:
            self._star = StarEditor(areas, self._grid, self._today)
            self._star.set_answers(answers)
            self._star.set_read_only(self._is_read_only)
            self._star.changed.connect(self._tell)
        return self._star

    def _tell(self, key: str) -> None:
        editor = self._editors.get(key)
        answer = editor.answer() if editor else self._star.answer(key) if self._star else None
        self.changed.emit(key, answer)

    def editors(self) -> dict[str, Editor]:
        """Return the editors made so far by the keys of their questions."""
        return self._editors

    def star(self) -> StarEditor | None:
        """Return the star, where the section has one."""
        return self._star

    def set_answers(self, answers: Answers) -> None:
        """Show other answers."""
        for key, editor in self._editors.items():
            editor.set_answer(answers.get(key))
        if self._star:
            self._star.set_answers(answers)
        self.show_asked(answers)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the section be read only."""
        self._is_read_only = is_read_only
        for editor in self._editors.values():
            editor.set_read_only(is_read_only)
        if self._star:
            self._star.set_read_only(is_read_only)

    def set_signed(self) -> None:
        """Say no longer what is needed before signing."""
        self._needed.hide()

    def set_problem(self, key: str, words: str | None) -> None:
        """Show what is wrong at a question."""
        if key in self._editors:
            self._editors[key].set_problem(words)
        elif self._star and key in self._star.areas():
            self._star.set_problem(key, words)

    def focus(self, key: str = "") -> None:
        """Put the keyboard into a question, or the first that is shown."""
        if self._star and (not key or key in self._star.areas()):
            self._star.focus(key)
            return
        shown = [each for each in self._editors.values() if not each.isHidden()]
        wanted = self._editors.get(key) or next(iter(shown), None)
        if wanted:
            wanted.focus()

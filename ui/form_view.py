"""Any form on screen: its sections, the questions of one of them, and what was written before beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseapp.form import Answers, Computed, Field, Form, Number, Score, Trouble, is_empty
from ui import parts
from ui.form_beside import Beside
from ui.form_section import SectionPage
from ui.form_steps import Steps
from ui.reading_order import put_in_order
from ui.record_parts import FilterChip

_THREE_PANES: Final = 900
_TWO_PANES: Final = 570
_NARROWEST: Final = 330
QUIET_MS: Final = 250
"""How long after the last key progress, problems and the pane beside are looked at again."""


class Before(NamedTuple):
    """What was written last time: under which name, by whom in words, and the answers."""

    label: str
    signed: str
    answers: Answers


class FormView(QWidget):
    """A form in three panes: sections, the questions of one, and what stands beside it.

    `F6` goes from pane to pane, `Ctrl+Enter` to the next section.
    """

    answers_changed = Signal()
    section_shown = Signal(str)
    last_step_asked = Signal()
    question_left = Signal()
    """The writer has gone on to another question: a good moment to save."""

    def __init__(
        self, form: Form, today: date, *, last_step: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form, self._today, self._last_step = form, today, last_step
        self._answers: Answers = {}
        self._known: dict[str, str] = {}
        self._before: Before | None = None
        self._earlier: tuple[tuple[str, Answers], ...] = ()
        self._told: dict[str, str] = {}
        self._pages: dict[str, SectionPage] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._is_read_only, self._is_beside_wanted = False, True
        self._fields = {each.key: each for each in form.fields}
        self._sections = {each.key: each for each in form.sections}
        self._current = form.sections[0].key
        self._conditions = _condition_keys(form)
        self._steps = Steps(form, last_step)
        self._steps.chosen.connect(self._step_chosen)
        self._beside = Beside(form, today)
        self._beside.brought.connect(self._bring_forward)
        self._undo = parts.UndoBar()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self._steps, self._middle(), self._beside):
            self._splitter.addWidget(pane)
        self._lay_out()
        self._quiet = QTimer(self, interval=QUIET_MS)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.look_again)
        self._add_keys()
        self.set_answers({})

    def _middle(self) -> QWidget:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        frame = parts.Card()
        layout = frame.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedWidget()
        frame.body.addWidget(self._stack, 1)
        frame.body.addLayout(self._feet())
        column.addWidget(frame, 1)
        column.addWidget(self._undo)
        card.setMinimumWidth(_NARROWEST)
        return card

    def _feet(self) -> QHBoxLayout:
        self._back, self._next = QPushButton("Back"), QPushButton("Next section   Ctrl+Enter")
        self._back.setAccessibleName("Back to the section before")
        self._next.setAccessibleName("Next section")
        self._back.clicked.connect(self.back)
        self._next.clicked.connect(self.next)
        self._swap = FilterChip("Last time")
        self._swap.setToolTip("Show what was written last time in place of the sections")
        self._swap.toggled.connect(self._fold)
        row = QHBoxLayout()
        row.setContentsMargins(22, 4, 22, 14)
        row.addWidget(self._back)
        row.addWidget(self._swap)
        row.addStretch(1)
        row.addWidget(self._next)
        return row

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go through the questions as they stand: rows and conditions make new ones all the time."""
        feet = (self._undo, self._back, self._swap, self._next)
        put_in_order(self._steps, self._areas[self._current], *feet, self._beside)
        return super().focusNextPrevChild(forward)

    def _lay_out(self) -> None:
        self._splitter.setHandleWidth(20)
        self._splitter.setChildrenCollapsible(False)
        for pane in (1, 2):  # what a form does not use on a wide screen, last time's answers do
            self._splitter.setStretchFactor(pane, 1)
        self._splitter.setSizes([214, 580, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _add_keys(self) -> None:
        for keys, slot in (("Ctrl+Return", self.next), ("Ctrl+Enter", self.next), ("F6", self.next_pane)):
            shortcut = QShortcut(QKeySequence(keys), self)
            if keys != "F6":  # which leads into the form from anywhere in the window
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # Answers

    def answers(self) -> Answers:
        """Return every answer, as typed: those of hidden questions and of sections never opened as well."""
        return dict(self._answers)

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Show other answers, without telling that anything changed."""
        self._answers = dict(answers)
        self._told = {}
        self._work_out_all()
        for page in self._pages.values():
            page.set_answers(self._answers)
        self.look_again()
        self.show_section(self._current)

    def set_known(self, known: Mapping[str, str]) -> None:
        """Take over what the record knows."""
        self._known = dict(known)
        self._beside.set_known(self._known)
        self._note_all()

    def set_before(self, before: Before | None, earlier: Sequence[tuple[str, Answers]] = ()) -> None:
        """Take over what was written last time, and the readings before it, newest first."""
        self._before, self._earlier = before, tuple(earlier)
        self._beside.set_last(before.answers if before else None, before.signed if before else "")
        self._note_all()
        for page in self._pages.values():
            self._show_earlier(page)
        self.look_again()

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the whole form be read only."""
        self._is_read_only = is_read_only
        self._beside.set_may_write(not is_read_only)
        for page in self._pages.values():
            page.set_read_only(is_read_only)
        self.look_again()

    def _take(self, key: str, answer: Any) -> None:
        """Take an answer over, in well under a frame: the rest waits until the keys are quiet."""
        if is_empty(answer):
            self._answers.pop(key, None)
        else:
            self._answers[key] = answer
        self._told.pop(key, None)
        self._work_out(key)
        if key in self._conditions:
            for page in self._pages.values():
                page.show_asked(self._answers)
        self._quiet.start()
        self.answers_changed.emit()

    def _work_out_all(self) -> None:
        for each in self._form.fields:
            if isinstance(each, Computed) and (worked_out := each.value(self._answers)) is not None:
                self._answers[each.key] = worked_out

    def _work_out(self, key: str) -> None:
        for each in self._form.fields:
            if isinstance(each, Computed) and key in each.needs:
                worked_out = each.value(self._answers)
                if worked_out is None:
                    self._answers.pop(each.key, None)
                else:
                    self._answers[each.key] = worked_out
                for page in self._pages.values():
                    if each.key in page.editors():
                        page.editors()[each.key].set_answer(worked_out)
                self._work_out(each.key)

    def _bring_forward(self, key: str) -> None:
        if self._before is None:
            return
        was, label = self._answers.get(key), self._fields[key].label
        self._put(key, self._before.answers.get(key))
        self._undo.offer(f"“{label}” was brought forward.", partial(self._put, key, was))

    def _put(self, key: str, answer: Any) -> None:
        for page in self._pages.values():
            if key in page.editors():
                page.editors()[key].set_answer(answer)
        self._take(key, answer)
        for page in self._pages.values():
            star = page.star()
            if star and key in star.areas():
                star.set_answers(self._answers)
        self.look_again()

    # Problems, notes, progress

    def look_again(self) -> None:
        """Look at progress, problems, notes and the pane beside as the answers are now."""
        self._quiet.stop()
        cleaned, troubles = self._form.clean(self._answers, today=self._today)
        self._steps.set_progress(self._form.progress(cleaned))
        self._set_feet()
        wrong = {each.key: each.words for each in troubles} if not self._is_read_only else {}
        wrong |= self._told
        for page in self._pages.values():
            self._mark(page, wrong)
        self._beside.show_section(self._sections[self._current], self._answers)
        self._note_page(self._pages.get(self._current))

    def _mark(self, page: SectionPage, wrong: Mapping[str, str]) -> None:
        for key, editor in page.editors().items():
            # While somebody types nothing is called wrong; what is right again is said at once.
            if not (editor.has_keyboard() and key in wrong and key not in self._told):
                editor.set_problem(wrong.get(key))
        star = page.star()
        for key in star.areas() if star else ():
            page.set_problem(key, wrong.get(key))

    def _left_question(self, key: str) -> None:
        # The keyboard has not arrived at its next place yet.
        QTimer.singleShot(0, self, self.look_again)
        self.question_left.emit()

    def show_problems(self, troubles: Iterable[Trouble | tuple[str, str, str, str]]) -> None:
        """Show at their questions what keeps the form from being signed, until each is answered anew."""
        self._told = {key: words for _, key, _, words in troubles}
        self.look_again()

    def _note_all(self) -> None:
        for page in self._pages.values():
            self._note_page(page)

    def _note_page(self, page: SectionPage | None) -> None:
        for key, editor in page.editors().items() if page else ():
            editor.set_note(self._note(self._fields[key]))

    def _note(self, field: Field) -> str:
        """Return the remark beside a question: where the answer comes from, or what it was last time."""
        answer = self._answers.get(field.key)
        known = self._known.get(field.prefill, "") if field.prefill else ""
        if known and not self._is_read_only:
            return "from the record" if field.show(answer) == field.show(_cleaned(field, known)) else ""
        if self._before is None or not isinstance(field, Number | Computed | Score):
            return ""
        was = self._before.answers.get(field.key)
        return "" if is_empty(was) else f"last time {field.show(was)}{_movement(was, answer)}"

    # Going about

    def show_section(self, key: str) -> None:
        """Show a section, made on its first showing."""
        if key not in self._steps.asked():
            key = next(each for each in self._steps.asked() if each)
        self._current = key
        self._page(key).set_number(self._steps.asked().index(key) + 1)
        self._stack.setCurrentWidget(self._areas[key])
        self._steps.choose(key)
        self._fold()
        self._set_feet()
        self.look_again()
        self.section_shown.emit(key)

    def _page(self, key: str) -> SectionPage:
        if key not in self._pages:
            section = self._sections[key]
            page = SectionPage(section, self._steps.asked().index(key) + 1, self._answers, self._today)
            page.set_read_only(self._is_read_only)
            page.changed.connect(self._take)
            page.left.connect(self._left_question)
            self._show_earlier(page)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(page)
            self._stack.addWidget(area)
            self._areas[key] = area
            self._pages[key] = page
        return self._pages[key]

    def _show_earlier(self, page: SectionPage) -> None:
        if (star := page.star()) is not None:
            star.set_stages(self._form.stages)
            star.set_earlier(self._earlier)

    def _wants_beside(self) -> bool:
        # A star shows its earlier readings itself and takes the room.
        return self._is_beside_wanted and self._sections[self._current].look != "star"

    def set_beside_visible(self, is_visible: bool) -> None:
        """Show the right pane, or leave its room to something else."""
        self._is_beside_wanted = is_visible
        self._fold()

    def _fold(self) -> None:
        """Let panes give way to the questions where there is no room: the sections, or what is beside."""
        is_beside = self._wants_beside() and (self.width() >= _THREE_PANES or self._swap.isChecked())
        self._beside.setVisible(is_beside)
        self._steps.setVisible(self.width() >= (_THREE_PANES if is_beside else _TWO_PANES))
        self._swap.setVisible(self._wants_beside() and self.width() < _THREE_PANES)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the questions alone: the other panes fold away."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many panes as there is room for."""
        super().resizeEvent(event)
        self._fold()

    def current(self) -> str:
        """Return the key of the section that is shown."""
        return self._current

    def page(self) -> SectionPage:
        """Return the section that is shown."""
        return self._page(self._current)

    def summary(self) -> str:
        """Return how far the form is, in words."""
        return self._steps.summary()

    def _step_chosen(self, key: str) -> None:
        if key:
            self.show_section(key)
        else:
            self._steps.choose(self._current)
            self.last_step_asked.emit()

    def focus_first(self) -> None:
        """Put the keyboard into the first question of the section on view."""
        self.page().focus()

    def go_to(self, section: str, key: str = "") -> None:
        """Show a section and put the keyboard into one of its questions."""
        self.show_section(section)
        page = self.page()
        page.focus(key)
        target = page.editors().get(key)
        if target:
            self._areas[section].ensureWidgetVisible(target, 0, 40)

    def _neighbour(self, by: int) -> str | None:
        steps = self._steps.asked()
        place = steps.index(self._current) + by if self._current in steps else 0
        return steps[place] if 0 <= place < len(steps) else None

    def _set_feet(self) -> None:
        if self._current in self._steps.asked():
            self._back.setEnabled(self._neighbour(-1) is not None)
            after = self._neighbour(1)
            self._next.setEnabled(after is not None)
            words = self._last_step if after == "" else "Next section"
            self._next.setText(f"{words}   Ctrl+Enter")
            self._next.setAccessibleName(words)

    def next(self) -> None:
        """Go to the next section that is asked, after the last to the last step."""
        after = self._neighbour(1)
        if after:
            self.show_section(after)
            self.page().focus()
        elif after == "":
            self.last_step_asked.emit()

    def back(self) -> None:
        """Go to the section before."""
        before = self._neighbour(-1)
        if before:
            self.show_section(before)
            self.page().focus()

    def _holds_keyboard(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def next_pane(self) -> None:
        """Put the keyboard into the next of the three panes."""
        if self._steps.holds_keyboard() or not self._holds_keyboard():
            self.page().focus()
        elif self._swap.isVisible():
            self._swap.toggle()
            (self._beside if self._swap.isChecked() else self._steps).focus()
        elif self._stack.isAncestorOf(self.focusWidget() or self) and not self._beside.isHidden():
            self._beside.focus()
        else:
            self._steps.focus()


def _condition_keys(form: Form) -> set[str]:
    """Return the keys of the answers on which other questions hang."""
    sections = {section.when.key for section in form.sections if section.when}
    return sections | {each.when.key for each in form.fields if each.when}


def _cleaned(field: Field, known: str) -> Any:
    try:
        return field.clean(known)
    except ValueError:
        return known


def _movement(was: Any, now: Any) -> str:
    """Return by how much a number went up or down: «, up 3.5»."""
    try:
        by = round(float(now) - float(was), 2)
    except (TypeError, ValueError):
        return ""
    return f", up {by:g}" if by > 0 else f", down {-by:g}" if by < 0 else ""

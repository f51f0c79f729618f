"""Any form on screen: its sections, the questions of one of them, and what was written before beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from caseapp.form import Answers, Computed, Field, Form, Trouble, is_empty
from ui import form_notes, parts
from ui.form_beside import Beside
from ui.form_feet import Feet
from ui.form_notes import Before
from ui.form_panes import Panes
from ui.form_section import SectionPage
from ui.form_steps import Steps
from ui.reading_order import put_in_order

QUIET_MS: Final = 250
"""How long after the last key progress, problems and the pane beside are looked at again."""


class FormView(QWidget):
    """A form in three panes: sections, the questions of one, and what stands beside it.

    `Ctrl+Enter` goes to the next section, with `Shift` to the one before.
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
        self._is_read_only = self._is_signed = False
        self._is_beside_wanted = True
        self._fields = {each.key: each for each in form.fields}
        self._sections = {each.key: each for each in form.sections}
        self._current, self._sought = form.sections[0].key, ""
        self._conditions = _condition_keys(form)
        self._steps = Steps(form, last_step)
        self._steps.chosen.connect(self._step_chosen)
        self._beside = Beside(form, today)
        self._beside.brought.connect(self._bring_forward)
        self._undo = parts.UndoBar()
        self._feet = Feet()
        self._feet.back_asked.connect(self.back)
        self._feet.next_asked.connect(self.next)
        self._panes = Panes(self._steps, self._middle(), self._beside, self._feet.swap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
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
        frame.body.addWidget(self._feet)
        column.addWidget(frame, 1)
        column.addWidget(self._undo)
        return card

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go through the questions as they stand: rows and conditions make new ones all the time."""
        put_in_order(*self.in_order())
        return super().focusNextPrevChild(forward)

    def in_order(self) -> tuple[QWidget, ...]:
        """Return what is on view as it is read."""
        return self._steps, self._areas[self._current], self._undo, self._feet, self._beside

    def _add_keys(self) -> None:
        for held, slot in (("Ctrl", self.next), ("Ctrl+Shift", self.back)):
            for key in ("Return", "Enter"):
                shortcut = QShortcut(QKeySequence(f"{held}+{key}"), self)
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

    def set_signed(self) -> None:
        """Show a signed version: nothing is to be read of what was missing, or needed before."""
        self._is_signed = True
        self._steps.set_signed()
        for page in self._pages.values():
            page.set_signed()

    def _take(self, key: str, answer: Any) -> None:
        """Take an answer over, in well under a frame: the rest waits until the keys are quiet."""
        if is_empty(answer):
            self._answers.pop(key, None)
        else:
            self._answers[key] = answer
        self._told.pop(key, None)
        self._sought = ""
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
        wrong = {each.key: each.words for each in troubles} if not self._is_read_only else {}
        wrong |= self._told
        for page in self._pages.values():
            self._mark(page, wrong)
        self._steps.set_progress(self._form.progress(cleaned), self._to_put_right(wrong))
        self._set_feet()
        self._beside.show_section(self._sections[self._current], self._answers)
        self._note_page(self._pages.get(self._current))

    def _to_put_right(self, wrong: Mapping[str, str]) -> set[str]:
        """Return the sections with an answer that is wrong, and not being typed just now."""
        editors = self.page().editors()
        typed = {key for key in wrong if key in editors and not editors[key].problem()}
        return {
            section.key
            for section, each in self._form.asked(self._answers)
            if each.key in wrong.keys() - typed and not is_empty(self._answers.get(each.key))
        }

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
            return form_notes.from_record(field, answer, known)
        return form_notes.since_last_time(field, answer, self._before)

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
        self.look_again()
        self.section_shown.emit(key)

    def _page(self, key: str) -> SectionPage:
        if key not in self._pages:
            section = self._sections[key]
            page = SectionPage(section, self._steps.asked().index(key) + 1, self._answers, self._today)
            page.set_read_only(self._is_read_only)
            if self._is_signed:
                page.set_signed()
            page.changed.connect(self._take)
            page.left.connect(self._left_question)
            page.resized.connect(self._bring_in_sight)
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

    def set_beside_visible(self, is_visible: bool) -> None:
        """Show the right pane, or leave its room to something else."""
        self._is_beside_wanted = is_visible
        self._fold()

    def _fold(self) -> None:
        # A star shows its earlier readings itself and takes the room.
        self._panes.want_beside(self._is_beside_wanted and self._sections[self._current].look != "star")

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

    def focus_again(self) -> None:
        """Put the keyboard where it was in the section on view."""
        last = self.page().focusWidget()
        if last and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def go_to(self, section: str, key: str = "") -> None:
        """Show a section and put the keyboard into one of its questions."""
        self.show_section(section)
        self.page().focus(key)
        self._sought = key
        self._bring_in_sight()

    def _bring_in_sight(self) -> None:
        """Scroll to the question that was gone to; also as the page finds its size, until somebody types."""
        if target := self.page().editors().get(self._sought):
            self._areas[self._current].ensureWidgetVisible(target, 0, 40)

    def _neighbour(self, by: int) -> str | None:
        steps = self._steps.asked()
        place = steps.index(self._current) + by if self._current in steps else 0
        return steps[place] if 0 <= place < len(steps) else None

    def _set_feet(self) -> None:
        if self._current in self._steps.asked():
            after = self._neighbour(1)
            self._feet.set_ways(
                has_back=self._neighbour(-1) is not None,
                has_next=after is not None,
                next_words=self._last_step if after == "" else "Next section",
            )

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

    def to_pane(self, by: int) -> None:
        """Put the keyboard into the next of the three panes, or the one before; from elsewhere, here."""
        focused = self.window().focusWidget()
        is_here = focused is not None and self.isAncestorOf(focused)
        place = (self._panes.beyond(by) if is_here else None) or self.page()
        place.focus()


def _condition_keys(form: Form) -> set[str]:
    """Return the keys of the answers on which other questions hang."""
    sections = {section.when.key for section in form.sections if section.when}
    return sections | {each.when.key for each in form.fields if each.when}

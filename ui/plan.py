"""A plan's screen: fill in, check, sign, correct and compare any form of a child's record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from caseapp import plan_checks, plan_reading, plans, words
from caseapp.form import Trouble
from caseapp.work import Problem, Stale, Unfinished
from ui.check_page import CheckPage
from ui.compare import ComparePane
from ui.form_notes import Before
from ui.form_view import FormView
from ui.plan_bars import PlanBars
from ui.plan_clash import MINE, ClashPage
from ui.plan_head import PlanHead
from ui.plan_preview import PlanPreview
from ui.plan_typing import PlanTyping
from ui.reading_order import put_in_order
from ui.spelling import know_record

if TYPE_CHECKING:
    from ui.desk import Desk

LAST_STEP: Final = "Check and sign"


class PlanScreen(QWidget):
    """One version of a plan: a draft to write in, or a signed one to read."""

    open_child = Signal(object)
    """The id of the child whose record shall be opened."""
    open_plan = Signal(object)
    """The id of the version to open instead."""
    open_sibling = Signal(object)
    """The id of a brother's or sister's version to open in place of this one."""
    save_state = Signal(str)
    """«Saving…», «Saved 14:32» or «Not saved – retry»."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._desk, self._revision_id = desk, revision_id
        self._view: plan_reading.PlanView | None = None
        self._form: FormView | None = None
        self._check: CheckPage | None = None
        self._compare: ComparePane | None = None
        self._clash_page: ClashPage | None = None
        self._head = PlanHead()
        self._head.child_asked.connect(self._leave_for_child)
        self._head.compare_asked.connect(self.compare)
        self._head.preview_asked.connect(self.toggle_preview)
        self._head.check_asked.connect(self.check)
        self._add_bars()
        self._pages = QStackedWidget()
        self._preview = PlanPreview(desk, revision_id)
        self._preview.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(20)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._pages)
        self._splitter.addWidget(self._preview)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.toggle_preview)
        self._open()

    def _add_bars(self) -> None:
        self._bars = PlanBars(self._desk)
        self._bars.open_plan.connect(self.open_plan)
        self._bars.siblings.asked.connect(self.open_sibling)
        self._bars.signed.asked.connect(self._correct)
        self._typing = PlanTyping(self._desk, self._revision_id, self)
        self._typing.state.connect(self.save_state)
        self._typing.stale.connect(self._clash)
        self._typing.refused.connect(self._show_problem)
        self._typing.put_in.connect(self._back_to_form)
        self._unsaved = self._typing.unsaved
        self._unsaved.answered.connect(self._back_to_form)
        self._unsaved.compared.connect(self._show_page)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addLayout(self._bars)
        layout.addWidget(self._unsaved)
        layout.addWidget(self._splitter, 1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go from the head by the bars and the open page to the printed pages."""
        page = self._pages.currentWidget()
        put_in_order(self._head, *self._bars.widgets(), self._unsaved, *_in_order(page), self._preview)
        return super().focusNextPrevChild(forward)

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to beside the form's own panes."""
        return (self._pages, self._preview)

    def to_pane(self, by: int) -> bool:
        """Go round the form's three panes where they are on view; return whether they are."""
        if self._form is None or self._pages.currentWidget() is not self._form or self._preview.isVisible():
            return False
        self._form.to_pane(by)
        return True

    # Opening

    def _open(self) -> None:
        revision_id = self._revision_id
        self._desk.run(
            self, lambda session: plan_reading.open_plan(session, revision_id), self._show, self._show_problem
        )

    def _show(self, view: plan_reading.PlanView) -> None:
        where = QApplication.focusWidget()  # before the pages go: with them the keyboard leaves the screen
        has_keyboard = where is None or where is self or self.isAncestorOf(where)
        self._view = view
        know_record(self._desk, self, view.child_id)
        self._head.show_plan(view)
        self._form = self._made_form(view)
        self._preview.show_version(view, self._form.answers)
        self._check = CheckPage(view.form)
        self._check.go_to.connect(self.go_to)
        self._check.closed.connect(self._back_to_form)
        self._check.signing.connect(self._sign)
        self._empty_pages()
        for page in (self._form, self._check):
            self._pages.addWidget(page)
        self._bars.show_plan(view)
        self._typing.begin(view, self._form)
        if view.may_write:
            self.save_state.emit(f"Saved {_lately(view.saved_at, self._desk.today)}")
        self._show_form()
        if has_keyboard:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into the first question, or where something is to be said or done first."""
        if self._unsaved.waits:
            self._unsaved.focus()
        elif self._view and self._view.signed_at:
            self._head.focus_preview()
        elif self._form:
            self._form.focus_first()

    def _empty_pages(self) -> None:
        while (page := self._pages.widget(0)) is not None:
            self._pages.removeWidget(page)
            page.deleteLater()
        self._compare = None

    def _made_form(self, view: plan_reading.PlanView) -> FormView:
        form = FormView(view.form, self._desk.today, last_step=LAST_STEP if view.may_write else "")
        form.set_known(view.known)
        form.set_read_only(not view.may_write)
        if view.signed_at:
            form.set_signed()
        form.set_answers(view.answers)
        form.set_before(_before(view.last), view.earlier)
        form.answers_changed.connect(self._changed)
        form.question_left.connect(self._typing.keep)
        form.last_step_asked.connect(self.check)
        return form

    def _show_problem(self, problem: Problem) -> None:
        self._bars.say(problem.words, "warning")

    # Typing

    def form(self) -> FormView | None:
        """Return the form, once it is open."""
        return self._form

    def _changed(self) -> None:
        self._typing.touch()
        self._preview.draw_soon()

    def retry(self) -> None:
        """Try again what could not be saved."""
        self._typing.retry()

    def flush(self, then: Callable[[], object]) -> None:
        """Save whatever is not saved, then call `then()`; before the window is locked or closed."""
        self._typing.flush(then)

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not in a saved version yet."""
        return self._typing.has_unsaved()

    def hideEvent(self, event: QHideEvent) -> None:
        """Make a saved version when the screen is left."""
        self._typing.save()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep what is typed when another window comes to the front."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._typing.keep()
        super().changeEvent(event)

    def to_sibling(self, step: int) -> bool:
        """Go to the part of the brother or sister so many to the right; return whether there is one."""
        revision_id = self._bars.siblings.beside(step)
        if revision_id is not None:
            self.open_sibling.emit(revision_id)
        return revision_id is not None

    def _leave_for_child(self) -> None:
        if self._view:
            self.open_child.emit(self._view.child_id)

    # Pages

    def _show_page(self, page: QWidget) -> None:
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        is_checking = page is self._check
        self._head.set_checking(is_checking, self._view is not None and self._view.may_write)

    def _show_form(self) -> None:
        if self._form:
            self._show_page(self._form)
            self._form.set_beside_visible(self._preview.isHidden())

    def _back_to_form(self) -> None:
        self._show_form()
        if self._form:
            self._form.focus_again()

    def go_to(self, section: str, key: str) -> None:
        """Show a question of the form."""
        self._show_form()
        if self._form:
            self._form.go_to(section, key)

    def close_what_is_open(self) -> None:
        """Close what was opened last: another page, else the preview."""
        if self._form and self._pages.currentWidget() is not self._form:
            if self._clash_page is None:
                self._back_to_form()
        elif not self._preview.isHidden():
            self.toggle_preview()

    def compare(self) -> None:
        """Compare this version with the one before."""
        if not self._view:
            return
        if self._compare is None:
            self._compare = ComparePane(self._desk, self._view.child_id, self._view.kind)
            self._compare.closed.connect(self._back_to_form)
        self._set_preview(False)
        self._show_page(self._compare)
        self.flush(partial(self._compare.open_on, self._view.replaces, self._view.number))

    # The pages as they will be printed

    def toggle_preview(self) -> None:
        """Show or hide the printed pages beside the form."""
        self._set_preview(self._preview.isHidden())

    def _set_preview(self, is_shown: bool) -> None:
        if not is_shown and self._preview.isAncestorOf(self.window().focusWidget()):
            self._head.focus_preview()
        self._preview.setVisible(is_shown)
        self._head.set_previewing(is_shown)
        if self._form:
            self._form.set_beside_visible(not is_shown)
        if is_shown:
            half = self._splitter.width() // 5
            self._splitter.setSizes([3 * half, 2 * half])
            self._preview.draw()

    def preview(self) -> PlanPreview:
        """Return the printed pages."""
        return self._preview

    # Check and sign

    def check(self) -> None:
        """List what is missing or odd, with the printed pages beside it."""
        if not (self._view and self._form and self._check and self._view.may_write):
            return
        answers, today = self._form.answers(), self._desk.today
        last = self._view.last.answers if self._view.last and not self._view.replaces else None
        born_on = words.stored_day(self._view.known.get("child.born_on"))
        known = {} if self._view.replaces else self._view.known
        troubles, worth = plan_checks.looked_over(self._view.form, answers, last, born_on, today, known)
        self._form.show_problems(troubles)
        self._check.show_troubles(troubles, self._view.title, worth)
        self._show_page(self._check)
        self._set_preview(True)
        self._typing.keep()

    def check_page(self) -> CheckPage | None:
        """Return the page that lists what is missing."""
        return self._check

    def _sign(self) -> None:
        self._typing.flush_to_sign(self._sign_saved)

    def _sign_saved(self) -> None:
        version = self._typing.version
        if self._form is None or version is None:
            return
        revision_id, answers = self._revision_id, self._form.answers()
        self._desk.run_in_order(
            self,
            lambda session: plans.sign(session, revision_id, version, answers),
            self._closed,
            self._not_signed,
        )

    def _closed(self, signed: plans.Signed) -> None:
        self._typing.end()
        self.save_state.emit(f"Version {signed.number} is signed")
        self._set_preview(False)
        self._open()

    def _not_signed(self, problem: Problem) -> None:
        if isinstance(problem, Stale):
            self._clash()
        elif isinstance(problem, Unfinished) and self._form and self._check and self._view:
            troubles = [Trouble(*each) for each in problem.fields]
            self._form.show_problems(troubles)
            self._check.show_troubles(troubles, self._view.title)
            self._check.say(problem.words)
        elif self._check:
            self._check.say(problem.words)

    def _correct(self, reason: str) -> None:
        revision_id = self._revision_id
        self._desk.run(
            self,
            lambda session: plans.correct(session, revision_id, reason),
            self.open_plan.emit,
            self._show_problem,
        )

    # Somebody else saved in between

    def _clash(self) -> None:
        """Fetch the other text; this one stays on the screen and in the store."""
        revision_id = self._revision_id
        self.save_state.emit("Not saved: somebody else saved this plan")
        self._desk.run(
            self,
            lambda session: plan_reading.open_plan(session, revision_id),
            self._show_clash,
            self._show_problem,
        )

    def _show_clash(self, theirs: plan_reading.PlanView) -> None:
        if self._form:
            self._clash_page = ClashPage(theirs, self._form)
            self._clash_page.chosen.connect(self._settle_clash)
            self._set_preview(False)
            self._show_page(self._clash_page)

    def _settle_clash(self, choice: str) -> None:
        page, self._clash_page = self._clash_page, None
        if not (page and self._form):
            return
        mine = self._form.answers()
        self._typing.end()
        self._show(page.theirs._replace(unsaved=None))
        if choice == MINE and page.theirs.may_write:
            self._typing.go_on_with(mine)


def _in_order(page: QWidget | None) -> tuple[QWidget, ...]:
    return page.in_order() if isinstance(page, FormView) else (page,) if page else ()


def _before(last: plan_reading.Last | None) -> Before | None:
    if last is None:
        return None
    at = words.day(last.signed_at.astimezone(words.LONDON).date())
    return Before(last.label, f"{last.label}. Signed {at} by {last.signed_by}.", last.answers)


def _lately(at: datetime, today: date) -> str:
    """Return when a draft was saved: the time alone is understood as today's."""
    return words.clock_time(at) if at.astimezone(words.LONDON).date() == today else words.moment(at)

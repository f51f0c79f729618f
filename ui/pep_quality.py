"""Quality assurance of one Personal Education Plan: check, grade, give back or approve, and what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import pep_quality, words
from caseapp.education import pep_cycle
from caseapp.education.pep_states import StepRow
from caseapp.form import Text
from caseapp.pep_quality import QualityView
from caseapp.work import Problem
from ui.asking import Asking
from ui.jotting import Place
from ui.parts import Card, FactsGrid, LinkButton, Muted, Rule, Title, plain, primary
from ui.pep_chips import came_back, grade_chip, key_chip, standing, state_chip
from ui.pep_review import ReviewForm, read_only_lines
from ui.record_parts import Scroller, clear, row
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

"""Working days that are proposed for mending a plan."""
_KEEP_MS: Final = 800
_DRAFTS: Final = ("planned", "draft", "meeting_held")
_OVER: Final = ("void", "cancelled")


class QualityDialog(QDialog):
    """Stands beside the plan, so that it can be read meanwhile. A review under way is kept as it is typed."""

    changed = Signal()
    """The plan has taken a step."""
    open_plan = Signal(object)
    """The id of the version to open: the correction that was begun."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Quality assurance")
        self._desk, self.revision_id = desk, revision_id
        self._view: QualityView | None = None
        self._form: ReviewForm | None = None
        self._reason: InlineForm | None = None
        self._is_touched = False
        self._asking = Asking(desk)
        self._timer = QTimer(self, interval=_KEEP_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._keep)
        self._name = Title("Quality assurance")
        self._said, self._kept = Muted(""), plain("", "small")
        self._chips = QHBoxLayout()
        self._buttons = QHBoxLayout()
        self._scroller = Scroller()
        self._content = QVBoxLayout()
        self._content.setSpacing(16)
        self._place_all()
        self.resize(940, 690)
        self._read()

    def _place_all(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._name, 1)
        top.addLayout(self._chips)
        heading = QVBoxLayout(self._asking)
        heading.setContentsMargins(24, 20, 24, 0)
        heading.setSpacing(6)
        heading.addLayout(top)
        for widget in (self._said, self._asking.busy, self._asking.banner):
            heading.addWidget(widget)
        self._scroller.body.setContentsMargins(24, 8, 24, 8)
        self._scroller.body.addLayout(self._content)
        self._scroller.body.addStretch(1)
        self._buttons.setContentsMargins(24, 0, 24, 20)
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._asking)
        layout.addWidget(self._scroller, 1)
        layout.addLayout(self._buttons)

    # Reading

    def _read(self) -> None:
        revision_id = self.revision_id
        self._asking.ask(
            "Reading the plan …", lambda session: pep_quality.view(session, revision_id), self._show
        )

    def _show(self, view: QualityView) -> None:
        self._view, self._form, self._reason = view, None, None
        self._is_touched = False
        back = came_back(view.state.resubmissions)
        parts = [f"{words.isolated(view.child)}, version {view.number}"]
        parts += [f"signed by {view.signed_by}"] if view.signed_by else []
        parts += [back] if back else []
        self._name.setText(view.title)
        self._said.setText(f"{', '.join(parts)}. {standing(view, self._desk.today)}")
        self.setAccessibleDescription(self._said.text())
        clear(self._chips)
        self._chips.addWidget(state_chip(view.state))
        clear(self._content)
        for widget in self._parts(view):
            self._content.addWidget(widget)
        self._show_buttons(view)
        self._focus_first()

    def _parts(self, view: QualityView) -> list[QWidget]:
        found: list[QWidget] = []
        if view.state.key in _DRAFTS:
            found.append(_missing(view))
        if view.state.key == "returned":
            found.append(_to_do(view))
        if view.state.key == "in_qa" and not view.refused:
            found.append(self._made_form(view))
        elif view.state.key in ("submitted", "in_qa"):
            found.append(_who_checks(view))
        found += [_result(step) for step in reversed(view.steps) if step.review.grades or step.review.checks]
        if view.steps:
            found.append(_history(view.steps))
        return found

    def _made_form(self, view: QualityView) -> ReviewForm:
        form = ReviewForm(view.setting, self._desk.today)
        form.set_review(view.review, view.mend_by)
        form.changed.connect(self._touched)
        self._form = form
        return form

    def _show_buttons(self, view: QualityView) -> None:
        clear(self._buttons)
        if view.may_void and view.state.key not in _OVER:
            self._buttons.addWidget(
                self._button(
                    "Cancel this plan…" if view.state.key in _DRAFTS else "Make void…", self._ask_void
                )
            )
        self._kept = plain("Kept from before" if view.is_kept else "", "small")
        self._buttons.addWidget(self._kept)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._button("Close", self.close))
        if self._form is not None:
            self._buttons.addWidget(self._button("Give back", self._give_back))
            self._buttons.addWidget(self._button("Approve", self._approve, is_main=True))
        elif view.state.key == "submitted" and not view.refused:
            self._buttons.addWidget(self._button("Begin the check", self._begin, is_main=True))
        elif view.state.key == "returned" and view.may_write and view.state.replaced_by is None:
            self._buttons.addWidget(self._button("Correct this plan", self._correct, is_main=True))

    def _button(self, text: str, act: Callable[[], object], is_main: bool = False) -> QPushButton:
        button = primary(text) if is_main else QPushButton(text)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _focus_first(self) -> None:
        if self._form is not None:
            self._form.focus_first()
            return
        last = self._buttons.itemAt(self._buttons.count() - 1)
        if last is not None and (button := last.widget()) is not None:
            button.setFocus()

    # Keeping what is typed

    def _touched(self) -> None:
        self._is_touched = True
        self._timer.start()

    def _keep(self) -> None:
        self._timer.stop()
        if not self._is_touched or self._form is None:
            return
        self._is_touched = False
        revision_id, review = self.revision_id, self._form.review()
        self._desk.run_in_order(
            self,
            lambda session: pep_quality.keep(session, revision_id, review),
            self._was_kept,
            self._not_kept,
        )

    def _was_kept(self, _nothing: object) -> None:
        self._kept.setText("Kept; only you see it until you decide")

    def _not_kept(self, problem: Problem) -> None:
        self._is_touched = True
        self._asking.show_problem(problem)

    def done(self, result: int) -> None:
        """Keep what was typed, then close."""
        self._keep()
        super().done(result)

    # What can be done

    def form(self) -> ReviewForm | None:
        """Return the review, while one is being written."""
        return self._form

    def said(self) -> str:
        """Return what went wrong, in the words shown."""
        return self._asking.banner.text()

    def _begin(self) -> None:
        revision_id = self.revision_id
        self._take(lambda session: pep_cycle.begin_qa(session, revision_id))

    def _approve(self) -> None:
        if self._form is not None and self._form.check():
            revision_id, review = self.revision_id, self._form.review()
            self._take(lambda session: pep_quality.approve(session, revision_id, review))

    def _give_back(self) -> None:
        if self._form is not None and self._form.check():
            revision_id, review, by = self.revision_id, self._form.review(), self._form.mend_by()
            self._take(lambda session: pep_quality.give_back(session, revision_id, review, by))

    def _correct(self) -> None:
        revision_id = self.revision_id
        self._asking.save(
            "Beginning the correction …",
            lambda session: pep_quality.correct(session, revision_id),
            self._corrected,
        )

    def _corrected(self, revision_id: UUID) -> None:
        self.accept()
        self.changed.emit()
        self.open_plan.emit(revision_id)

    def _ask_void(self) -> None:
        if self._view is None or self._reason is not None:
            return
        is_draft = self._view.state.key in _DRAFTS
        title = "Cancel this plan" if is_draft else "Make this plan void"
        hint = "It stays in the history and counts nowhere."
        form = SmallForm([Text("reason", "Why", lines=2, help=hint)], self._desk.today, ["reason"])
        self._reason = InlineForm(title, form, title, cancel_text="Keep it")
        self._reason.keep_typing(self._desk, Place(row=self.revision_id))
        self._reason.saved.connect(self._void)
        self._reason.cancelled.connect(self._drop_reason)
        self._content.insertWidget(0, self._reason)
        self._scroller.verticalScrollBar().setValue(0)
        self._reason.focus_first()

    def _drop_reason(self) -> None:
        if self._reason is not None:
            self._reason.hide()
            self._reason.deleteLater()
            self._reason = None

    def _void(self) -> None:
        if self._reason is not None:
            revision_id, reason = self.revision_id, self._reason.form.text("reason")
            self._take(lambda session: pep_quality.void(session, revision_id, reason))

    def _take(self, step: Callable[[Session], object]) -> None:
        self._timer.stop()
        self._asking.save("Recording …", step, self._taken)

    def _taken(self, _result: object) -> None:
        self._is_touched = False
        self.changed.emit()
        self._read()


def quality_dialog(desk: Desk, revision_id: UUID, parent: QWidget) -> QualityDialog:
    """Return the quality assurance of a plan, shown; one that is open already comes to the front anew."""
    for open_one in parent.findChildren(QualityDialog):
        if open_one.isVisible() and open_one.revision_id == revision_id:
            open_one.close()
    dialog = QualityDialog(desk, revision_id, parent)
    dialog.show()
    return dialog


def _lines_card(title: str, lines: tuple[str, ...]) -> Card:
    card = Card(title)
    for each in lines:
        said = plain(each)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(said)
    card.setAccessibleDescription(" ".join(lines))
    return card


def _missing(view: QualityView) -> Card:
    held = view.state.key == "meeting_held"
    title = "Before it can be submitted" if held else "Before its meeting counts as held"
    return _lines_card(title, view.state.missing or ("Nothing is missing.",))


def _to_do(view: QualityView) -> Card:
    by = f" by {words.day(view.state.mend_by)}" if view.state.mend_by else ""
    return _lines_card(f"To be mended{by}", (view.state.returned_because, *view.state.to_do))


def _who_checks(view: QualityView) -> Card:
    said = view.refused or (
        "Read the plan first. Then grade each section, go through the checklist, "
        "and approve it or give it back.",
    )
    return _lines_card("Who checks it" if view.refused else "What the check is", tuple(said))


def _result(step: StepRow) -> Card:
    chip = grade_chip(step.grade, step.grade_words) if step.grade_words else None
    card = Card(f"{step.words} on {words.day(step.on)}", chip)
    facts = FactsGrid(label_width=300)
    told = read_only_lines(step.review)
    if step.review.because:
        told.insert(0, ("Why another grade than worked out", step.review.because))
    facts.set_facts(told)
    card.body.addWidget(facts)
    return card


def _history(steps: list[StepRow]) -> Card:
    card = Card("What happened")
    for place, step in enumerate(steps):
        if place:
            card.body.addWidget(Rule())
        by = f"by {step.by}" if step.by else ""
        mend = f", to be mended by {words.day(step.mend_by)}" if step.mend_by else ""
        line = row(key_chip(step.state, step.words), Muted(f"{words.day(step.on)} {by}{mend}"), stretch_at=1)
        card.body.addWidget(line)
        if step.said:
            said = plain(step.said)
            said.setWordWrap(True)
            card.body.addWidget(said)
    return card


class QualityBar(Asking):
    """A line above a signed plan: how its quality assurance stands, and the way to it."""

    open_plan = Signal(object)
    """The id of the correction that was begun."""
    changed = Signal()

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Quality assurance")
        self._revision_id = revision_id
        self._chips = QHBoxLayout()
        self._words = plain("")
        self._words.setWordWrap(True)
        self._button = LinkButton("Quality…")
        self._button.setAccessibleName("Open the quality assurance of this plan")
        self._button.clicked.connect(self.open_quality)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addLayout(self._chips)
        line.addWidget(self._words, 1)
        line.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.banner)
        self.refresh()

    def refresh(self) -> None:
        """Read how the plan stands."""
        revision_id = self._revision_id
        self.ask("Reading the plan …", lambda session: pep_quality.view(session, revision_id), self._show)

    def _show(self, view: QualityView) -> None:
        clear(self._chips)
        self._chips.addWidget(state_chip(view.state))
        self._words.setText(standing(view, self.desk.today))

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()

    def open_quality(self) -> QualityDialog:
        """Open the quality assurance of the plan, beside the plan."""
        dialog = quality_dialog(self.desk, self._revision_id, self)
        dialog.changed.connect(self._changed)
        dialog.open_plan.connect(self.open_plan)
        return dialog

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

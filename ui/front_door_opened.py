"""A contact, referral or assessment opened in a dialog: what is known of it, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import people, words
from caseapp.front_door import contacts, lists, opened, referrals
from caseapp.front_door.opened import CheckRow, OpenAssessment, OpenContact, OpenReferral
from caseapp.people import WorkerRow
from ui import front_door_case_forms as case_forms
from ui import front_door_forms as forms
from ui.asking import Asking
from ui.editor import Flow
from ui.parts import Card, Chip, FactsGrid, LinkButton, Title, plain, primary
from ui.record_parts import Scroller, clear, nothing_yet, row, state_meaning

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk
    from ui.form_dialog import FormDialog

Button = tuple[str, Callable[[], Any]]
_LABELS: Final = 104


class OneDialog(QDialog):
    """Shows one row. The first button is what is to be done next; every act reads the row anew."""

    changed = Signal()
    """Something about it was recorded."""
    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    title = ""

    def __init__(self, desk: Desk, row_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.title)
        self.setAccessibleName(self.title)
        self.desk, self._row_id = desk, row_id
        self.child_id: UUID | None = None
        self.asking = Asking(desk)
        self._heading, self._due = Title(self.title), QHBoxLayout()
        self.facts = FactsGrid(label_width=_LABELS)
        self._more = QVBoxLayout()
        self._more.setSpacing(16)
        self._below: Sequence[QWidget] = ()
        self._acts = QWidget()
        self._flow = Flow(self._acts, gap=8, line_gap=8)
        self._place_all()
        self.resize(760, 660)
        self.refresh()

    def _place_all(self) -> None:
        record = self._record = LinkButton("Open the record")
        record.clicked.connect(self._open_child)
        record.setAutoDefault(False)
        close = self._close = QPushButton("Close")
        close.setAccessibleName("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addSpacing(12)
        head.addLayout(self._due)
        head.addStretch(1)
        head.addWidget(record)
        top = QVBoxLayout(self.asking)
        top.setContentsMargins(24, 20, 24, 0)
        top.setSpacing(10)
        top.addLayout(head)
        for widget in (self._acts, self.asking.busy, self.asking.banner):
            top.addWidget(widget)
        self._flow.setContentsMargins(0, 0, 0, 0)
        scroller = Scroller()
        card = Card()
        card.body.addWidget(self.facts)
        scroller.body.setContentsMargins(24, 4, 24, 8)
        scroller.body.addWidget(card)
        scroller.body.addLayout(self._more)
        scroller.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 20)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.asking)
        layout.addWidget(scroller, 1)
        layout.addLayout(foot)

    def read(self, session: Session) -> Any:
        """Return the row."""
        raise NotImplementedError

    def buttons(self, shown: Any) -> Iterable[Button]:
        """Return what may be done now, the next thing first."""
        raise NotImplementedError

    def more(self, shown: Any) -> Sequence[QWidget]:
        """Return what stands below the facts."""
        return ()

    def refresh(self) -> None:
        """Read it anew."""
        self.asking.ask("Reading …", self.read, self._show)

    def _show(self, shown: Any) -> None:
        self.child_id = shown.child_id
        self._heading.setText(f"{self.title}: {shown.child}")
        self.facts.set_facts(shown.facts)
        clear(self._due)
        if shown.due:
            self._due.addWidget(Chip(shown.due.words, state_meaning(shown.due.kind)))
        clear(self._more)
        self._below = self.more(shown)
        for widget in self._below:
            self._more.addWidget(widget)
        self._show_acts(shown)

    def _show_acts(self, shown: Any) -> None:
        clear(self._flow)
        made: list[QWidget] = []
        for text, act in self.buttons(shown):
            button = QPushButton(text) if made else primary(text)
            button.setAccessibleName(text.removesuffix("…"))
            button.setAutoDefault(False)
            button.clicked.connect(act)
            self._flow.addWidget(button)
            made.append(button)
        self._acts.setVisible(bool(made))
        links = [link for each in self._below for link in each.findChildren(LinkButton)]
        for one, other in pairwise([self._record, *made, *links, self._close]):
            QWidget.setTabOrder(one, other)
        (made[0] if made else self._close).setFocus()

    def button(self, text: str) -> QPushButton:
        """Return the button of an act."""
        return next(
            each
            for each in self._acts.findChildren(QPushButton)
            if each.text() == text and not each.isHidden()
        )

    def ask(self, dialog: FormDialog) -> None:
        """Open the questions of an act; what is recorded is shown at once."""
        dialog.changed.connect(self._recorded)
        dialog.open()

    def _recorded(self) -> None:
        self.refresh()
        self.changed.emit()

    def _open_child(self) -> None:
        if self.child_id is not None:
            self.open_child.emit(self.child_id)
            self.accept()

    def _open_tab(self, page: str) -> None:
        if self.child_id is not None:
            self.open_child_tab.emit(self.child_id, page)
            self.accept()


class ContactDialog(OneDialog):
    """A contact, with what agencies said."""

    title = "Contact"

    def read(self, session: Session) -> OpenContact:
        """Return the contact."""
        return opened.contact(session, self._row_id)

    def buttons(self, shown: OpenContact) -> Iterable[Button]:
        """Return what may be done now."""
        if not self.desk.may("write").allowed:
            return
        is_waiting = any(not each.is_decided for each in shown.files)
        if is_waiting and self.desk.may("approve").allowed:
            yield "Decide…", partial(self._decide, shown)
        if shown.is_decided and not shown.is_told and shown.facts and not is_waiting:
            yield "Referrer told…", partial(self._tell, shown)
        yield "Ask an agency…", partial(self._check, None)
        if not shown.is_decided:
            yield "Rate anew…", partial(self._rate, shown)
            yield "Change…", partial(self._change, shown)
            if shown.earlier:
                yield "Duplicate…", partial(self._duplicate, shown)

    def more(self, shown: OpenContact) -> Sequence[QWidget]:
        """Return the checks with agencies."""
        card = Card("What other agencies know")
        if not shown.checks:
            card.body.addWidget(nothing_yet("No agency was asked yet."))
        for each in shown.checks:
            link = LinkButton(each.agency)
            link.setAccessibleName(f"{each.agency}: {_answer(each)}")
            link.clicked.connect(partial(self._check, each))
            said = plain(_answer(each))
            said.setWordWrap(True)
            link.setFixedWidth(160)
            card.body.addWidget(row(link, said, stretch_at=1))
        return (card,)

    def _decide(self, shown: OpenContact, _checked: bool = False) -> None:
        self.ask(forms.DecideContactDialog(self.desk, shown, self))

    def _tell(self, shown: OpenContact, _checked: bool = False) -> None:
        self.ask(forms.ToldDialog(self.desk, shown.id, shown.version, contacts.tell_referrer, self))

    def _check(self, check: CheckRow | None, _checked: bool = False) -> None:
        self.ask(forms.CheckDialog(self.desk, self._row_id, check, self))

    def _rate(self, shown: OpenContact, _checked: bool = False) -> None:
        self.ask(forms.RateDialog(self.desk, shown, self))

    def _change(self, shown: OpenContact, _checked: bool = False) -> None:
        self.ask(forms.ChangeContactDialog(self.desk, shown, self))

    def _duplicate(self, shown: OpenContact, _checked: bool = False) -> None:
        self.ask(forms.DuplicateDialog(self.desk, shown, self))


def _answer(each: CheckRow) -> str:
    if each.answered_at is None:
        return f"Asked {words.moment(each.asked_at)}, no answer yet"
    said = dict(lists.CHECK_RESULTS)[each.result]
    told = f": {each.words}" if each.words else ""
    return f"{said}, {words.moment(each.answered_at)}{told}"


class ReferralDialog(OneDialog):
    """A referral."""

    title = "Referral"

    def read(self, session: Session) -> OpenReferral:
        """Return the referral."""
        return opened.referral(session, self._row_id)

    def buttons(self, shown: OpenReferral) -> Iterable[Button]:
        """Return what may be done now."""
        if not self.desk.may("write").allowed:
            return
        if not shown.is_decided:
            if self.desk.may("approve").allowed:
                yield "Decide…", partial(self._ask_workers, shown)
            yield "Change…", partial(self._change, shown)
        elif not shown.is_told:
            yield "Referrer told…", partial(self._tell, shown)

    def _ask_workers(self, shown: OpenReferral, _checked: bool = False) -> None:
        self.asking.ask("Reading …", people.workers, partial(self._decide, shown))

    def _decide(self, shown: OpenReferral, workers: list[WorkerRow]) -> None:
        dialog = case_forms.DecideReferralDialog(self.desk, shown, workers, self)
        dialog.goes_on.connect(self._open_tab)
        self.ask(dialog)

    def _tell(self, shown: OpenReferral, _checked: bool = False) -> None:
        self.ask(forms.ToldDialog(self.desk, shown.id, shown.version, referrals.tell_referrer, self))

    def _change(self, shown: OpenReferral, _checked: bool = False) -> None:
        self.ask(case_forms.ChangeReferralDialog(self.desk, shown, self))


class AssessmentDialog(OneDialog):
    """A single assessment, with its days used."""

    title = "Assessment"

    def read(self, session: Session) -> OpenAssessment:
        """Return the assessment."""
        return opened.assessment(session, self._row_id)

    def buttons(self, shown: OpenAssessment) -> Iterable[Button]:
        """Return what may be done now."""
        if not shown.goes_on or not self.desk.may("write").allowed:
            return
        is_manager = self.desk.may("approve").allowed
        if shown.is_submitted and is_manager:
            if not shown.is_own:
                yield "Authorise…", partial(self._authorise, shown)
            yield "Give back…", partial(self._act, shown, case_forms.GIVE_BACK)
        if not shown.is_submitted:
            yield "Write…", partial(self._write, shown)
            yield "Hand in…", partial(self._act, shown, case_forms.HAND_IN)
        if is_manager:
            yield "Checkpoint…", partial(self._act, shown, case_forms.CHECKPOINT)
            yield "Checkpoint day…", partial(self._act, shown, case_forms.OTHER_CHECKPOINT)
            yield "Extend…", partial(self._act, shown, case_forms.EXTEND)
            yield "Abandon…", partial(self._act, shown, case_forms.ABANDON)

    def _write(self, shown: OpenAssessment, _checked: bool = False) -> None:
        self.ask(case_forms.WriteDialog(self.desk, shown, self))

    def _act(self, shown: OpenAssessment, act: case_forms.Act, _checked: bool = False) -> None:
        self.ask(case_forms.ActDialog(self.desk, shown, act, self))

    def _authorise(self, shown: OpenAssessment, _checked: bool = False) -> None:
        self.ask(case_forms.AuthoriseDialog(self.desk, shown, self))

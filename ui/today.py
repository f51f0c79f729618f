"""Today: what is due, in three groups of the same columns; drafts and files opened lately beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import my_week, today, words
from caseapp.actions import ActionRow
from caseapp.jottings import Writing
from caseapp.today import Draft, TodayView
from ui.asking import Asking
from ui.child_actions import colour_chip
from ui.due_card import DueCard, chip_room
from ui.parts import Card, LinkButton, Muted, Rule, Title, primary
from ui.record_parts import ElidedLink, FilterChip, Scroller, clear, nothing_yet, row
from ui.today_waiting import ApprovalsCard, SentBackCard, SignaturesCard, SupervisionCard, VisitsCard

if TYPE_CHECKING:
    from ui.desk import Desk

_BESIDE: Final = 300
_BESIDE_WIDE: Final = 384
_WIDE: Final = 1500
_BESIDE_NARROW: Final = 232
_NARROW: Final = 1100
_ONE_COLUMN: Final = 980
_ANY_WIDTH: Final = 16_777_215  # Qt's own greatest size, which it exports to C++ alone
_ACTIONS: Final = 6
"""How many of my actions are shown at first, so that drafts stay in sight."""
_OWN: Final = "today-own"
"""What the desk keeps while somebody is signed in: that a manager asked for their own dates alone."""


class TodayScreen(Asking):
    """A practitioner's first screen."""

    open_child = Signal(UUID)
    add_child = Signal(str)
    open_child_tab = Signal(UUID, str)
    """A child and the tab of the record to be opened."""
    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    open_approvals = Signal()
    open_front_door = Signal(str, UUID)
    """The tab of the front door, and the row to be decided on."""
    open_supervision = Signal()
    open_writing = Signal(object)
    """What was begun in a small form, to be gone on with."""
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Today")
        self._title = Title(words.long_day(desk.today))
        self._line = Muted("")
        self._groups = {
            "overdue": DueCard("Overdue", "Nothing is overdue."),
            "this_week": DueCard("This week", "Nothing is due this week."),
            "next_30_days": DueCard(
                "Next 30 days",
                "Nothing more is due in the next 30 days. Dates appear here by themselves, "
                "from visits, reviews and plans as they are recorded.",
            ),
        }
        self._print = QPushButton("Print my week")
        self._print.setToolTip("Print my week  (Ctrl+P)")
        self._print.setVisible(desk.may("print").allowed)
        self._print.clicked.connect(self.print_week)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_week)
        self._team, self._mine = FilterChip("My team"), FilterChip("Mine")
        self._connect_whose()
        self._add = primary("Add a child")
        self._add.clicked.connect(self._ask_to_add)
        self._add.hide()
        self._signatures, self._approvals, self._visits = SignaturesCard(), ApprovalsCard(), VisitsCard()
        self._returned, self._supervision = SentBackCard(), SupervisionCard()
        self._actions = Card("My actions")
        self._drafts = Card("Drafts to finish")
        self._lately = Card("Recently opened")
        self._shows_all = False
        self._dues, self._beside = QWidget(), QWidget()
        self._page = Scroller(self)
        self._place_all()
        self.refresh()

    def _place_all(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._page)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._title)
        said.addWidget(self._line)
        heading = QHBoxLayout()
        heading.addLayout(said, 1)
        heading.addWidget(self._print, 0, Qt.AlignmentFlag.AlignBottom)
        heading.addWidget(self._add, 0, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addLayout(heading)
        whose = row(self._team, self._mine)
        whose.setVisible(today.leads(self.desk.actor))
        left.addWidget(whose)
        left.addWidget(self.busy)
        left.addWidget(self.banner)
        left.addWidget(self._dues)
        dues = QVBoxLayout(self._dues)
        dues.setContentsMargins(0, 0, 0, 0)
        dues.setSpacing(16)
        for card in self._groups.values():
            card.open_child.connect(self.open_child)
            card.start_plan.connect(self.start_plan)
            dues.addWidget(card)
        left.addStretch(1)
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(16)
        for one in (
            self._returned,
            self._signatures,
            self._approvals,
            self._visits,
            self._supervision,
            self._actions,
            self._drafts,
            self._lately,
        ):
            right.addWidget(one)
        right.addStretch(1)
        self._connect_waiting()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._beside)
        self._page.body.addLayout(self._columns)
        self._page.body.setContentsMargins(24, 24, 24, 24)

    def _connect_whose(self) -> None:
        group = QButtonGroup(self)
        for chip in (self._team, self._mine):
            group.addButton(chip)
        (self._mine if self.desk.property(_OWN) else self._team).setChecked(True)
        group.buttonClicked.connect(self._choose_whose)

    def _choose_whose(self) -> None:
        self.desk.setProperty(_OWN, self._mine.isChecked())
        self.refresh()

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: what is due, and the cards beside it."""
        return self._dues, self._beside

    def _connect_waiting(self) -> None:
        self._signatures.open_plan.connect(self.open_plan)
        self._signatures.open_supervision.connect(self.open_supervision)
        self._approvals.open_plan.connect(self.open_plan)
        self._approvals.open_child_tab.connect(self.open_child_tab)
        self._approvals.open_front_door.connect(self.open_front_door)
        self._approvals.open_approvals.connect(self.open_approvals)
        self._visits.open_child.connect(self.open_child)
        self._returned.open_plan.connect(self.open_plan)
        self._supervision.open_supervision.connect(self.open_supervision)

    def _ask_to_add(self) -> None:
        self.add_child.emit("")

    def print_week(self) -> None:
        """Make the PDF of what is due this week."""
        if self.desk.may("print").allowed and not self.is_asking:
            self.ask("Making the PDF …", partial(my_week.week_pdf, own=self._mine.isChecked()), self._printed)

    def _printed(self, pdf: bytes) -> None:
        self.print_bytes.emit(my_week.TITLE, pdf)

    def refresh(self) -> None:
        """Read everything anew."""
        own = self._mine.isChecked()
        self.ask("Looking what is due …", partial(today.today, own=own), partial(self._show, own))

    def _show(self, own: bool, view: TodayView) -> None:
        if own != self._mine.isChecked():
            return  # two reads go side by side: this one is of the chip chosen before
        self._title.setText(words.long_day(view.on))
        self._line.setText(summary(view))
        self._add.setVisible(not view.children and self.desk.may("register").allowed)
        dues = [*view.overdue, *view.this_week, *view.next_30_days]
        for name, card in self._groups.items():
            card.set_dues(getattr(view, name), chip_room(dues))
        self._signatures.show_waiting([each for each in view.drafts if each.is_complete], view.to_sign)
        self._approvals.show_waiting(view.approvals)
        self._visits.show_visits(view.visits)
        self._returned.show_plans(view.sent_back)
        self._supervision.show_dues(view.supervision)
        self._show_actions(view)
        self._show_drafts([each for each in view.drafts if not each.is_complete], view.writing)
        self._show_lately(view)

    def _show_actions(self, view: TodayView) -> None:
        clear(self._actions.body)
        late = sum(1 for each in view.actions if each.by_on and each.by_on < view.on)
        self._actions.set_title(f"My actions ({late} overdue)" if late else "My actions")
        for place, each in enumerate(view.actions[: None if self._shows_all else _ACTIONS]):
            if place:
                self._actions.body.addWidget(Rule())
            self._actions.body.addLayout(self._action_lines(each))
        if len(view.actions) > _ACTIONS and not self._shows_all:
            more = LinkButton(f"Show all {len(view.actions)}")
            more.setAccessibleName(f"Show all {len(view.actions)} of my actions")
            more.clicked.connect(partial(self._show_all_actions, view))
            self._actions.body.addWidget(more)
        if not view.actions:
            self._actions.body.addWidget(
                nothing_yet(
                    "Nothing waits for you. What a signed plan asks of you stands here until it is done."
                )
            )

    def _show_all_actions(self, view: TodayView) -> None:
        self._shows_all = True
        self._show_actions(view)

    def _action_lines(self, each: ActionRow) -> QVBoxLayout:
        link = ElidedLink(each.what.splitlines()[0])
        link.clicked.connect(partial(self.open_child_tab.emit, each.child_id, "Actions"))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(link)
        lines.addWidget(Muted(_whose(each)))
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(colour_chip(each))
        when.addWidget(Muted(each.by_words), 1)
        lines.addLayout(when)
        return lines

    def _show_drafts(self, drafts: list[Draft], writing: list[Writing]) -> None:
        clear(self._drafts.body)
        for draft in drafts:
            self._add_draft(draft.title, _progress(draft), partial(self.open_plan.emit, draft.revision_id))
        for each in writing:
            since = (
                f"{words.isolated(each.child)}, {words.moment(each.at)}"
                if each.child
                else words.moment(each.at)
            )
            self._add_draft(each.about.title, since, partial(self.open_writing.emit, each))
        if not drafts and not writing:
            self._drafts.body.addWidget(
                nothing_yet("No drafts. A plan that you begin waits here until it is signed.")
            )

    def _add_draft(self, title: str, told: str, opens: Callable[[], object]) -> None:
        link = ElidedLink(title)
        link.clicked.connect(opens)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(link)
        lines.addWidget(Muted(told))
        self._drafts.body.addLayout(lines)

    def _show_lately(self, view: TodayView) -> None:
        clear(self._lately.body)
        for child in view.lately:
            link = ElidedLink(child.name)
            link.clicked.connect(partial(self.open_child.emit, child.id))
            self._lately.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if not view.lately:
            self._lately.body.addWidget(nothing_yet("The records that you open will be listed here."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the dates more of the room where there is little, all of it where there is hardly any."""
        super().resizeEvent(event)
        is_one = self.width() < _ONE_COLUMN
        way = QBoxLayout.Direction.TopToBottom if is_one else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        width = _BESIDE_NARROW if self.width() < _NARROW else _BESIDE
        width = _BESIDE_WIDE if self.width() >= _WIDE else width
        self._beside.setMinimumWidth(0 if is_one else width)
        self._beside.setMaximumWidth(_ANY_WIDTH if is_one else width)


_NOBODY: Final = {
    False: "No children are allocated to you yet. Add a child, or ask your manager to give you one.",
    True: "No children are allocated here yet. Add a child, or give one to a worker under Caseload.",
}


def summary(view: TodayView) -> str:
    """Return the day in a line: how many children, what is overdue and due this week."""
    if not view.children:
        return _NOBODY[view.leads]
    late, soon = len(view.overdue), len(view.this_week)
    overdue = f"{words.count(late, 'thing')} {'is' if late == 1 else 'are'} overdue" if late else ""
    due = f"{soon} {'is' if soon == 1 else 'are'} due this week" if soon else ""
    said = ", ".join(part for part in (overdue, due) if part) or "Nothing is overdue or due this week"
    return f"{words.count(view.children, 'child', 'children')} with {view.whose}. {said}."


def _progress(draft: Draft) -> str:
    done = f"{draft.sections_done} of {words.count(draft.sections_asked, 'section')} done"
    return f"{words.isolated(draft.child)}, {done}"


def _whose(action: ActionRow) -> str:
    return f"{words.isolated(action.child)}, by {words.day(action.by_on)}" if action.by_on else action.child

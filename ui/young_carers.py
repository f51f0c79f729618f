"""Young carers: how many were identified, assessed and supported in a period; each number opens its list.

Source: Children Act 1989 s17ZA.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp import star_figures, words, young_carers
from caseapp.form import Date
from caseapp.school_terms import school_year_of, school_year_words
from caseapp.star_figures import Behind, Figure
from caseapp.young_carers import SOURCES, Count, Measured
from ui.asking import Asking
from ui.behind_list import behind_list, listed
from ui.date_field import DateEditor
from ui.figure_list import ClosesList, put_beneath
from ui.parts import Card, EmptyState, Muted, Rule, Title, plain
from ui.record_parts import Scroller, clear
from ui.star_tables import Show, figure_link, meanings_table

if TYPE_CHECKING:
    from caseapp.work import Problem
    from ui.desk import Desk

STEPS: Final = {
    "Identified": (
        "A signed document says that a child under 18 provides, or intends to provide, care for another "
        "person; the first such day counts (Children Act 1989 s17ZA)."
    ),
    "Assessed": (
        "The council’s assessment of whether the young carer needs support, and what support, was "
        "completed (s17ZA)."
    ),
    "Supported": "The completed assessment found needs for support (s17ZA), and the support began.",
}
_ONCE: Final = "A child counts once in each column, in the month of that step."
_LISTED: Final = ("Child", "Reference", "How noticed", "Day")
_DATE_WIDTH: Final = 250
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Period(NamedTuple):
    """The first and the last day that count."""

    since: date
    until: date


class YoungCarersPage(ClosesList, Asking):
    """The period at the top, the three figures with their meaning, and the table by month and source."""

    open_child = Signal(UUID)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Young carers")
        self._asked = 0
        self._usual = Period(date(school_year_of(desk.today), 9, 1), desk.today)
        self._period = self._usual
        self._last_link: QWidget | None = None
        self._line = Muted("")
        self.since = self._date("since", "From", self._usual.since)
        self.until = self._date("until", "To", self._usual.until)
        self.behind = behind_list(_LISTED)
        self.behind.open_child.connect(self.open_child)
        self.behind.closed.connect(self._back_to_link)
        self._body = QVBoxLayout()
        self._body.setSpacing(16)
        self._place_all()
        self.refresh()

    def _date(self, key: str, label: str, day: date) -> DateEditor:
        made = DateEditor(Date(key, label), self, self.desk.today)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        made.setFixedWidth(_DATE_WIDTH)
        made.set_answer(day.isoformat())
        made.left.connect(self._date_left)
        return made

    def _place_all(self) -> None:
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(Title("Young carers"))
        heading.addWidget(self._line)
        dates = QHBoxLayout()
        dates.setSpacing(16)
        for each in (self.since, self.until):
            dates.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        dates.addStretch(1)
        page = Scroller()
        page.body.setContentsMargins(24, 24, 24, 24)
        page.body.addLayout(heading)
        page.body.addLayout(dates)
        page.body.addWidget(self.busy)
        page.body.addWidget(self.banner)
        page.body.addLayout(self._body)
        page.body.addStretch(1)
        put_beneath(self, page, self.behind)

    def focus_first(self) -> None:
        """Put the keyboard into the first day of the period."""
        self.since.control().setFocus()

    def _date_left(self, _key: str) -> None:
        if self.since.problem() or self.until.problem():
            return
        for editor, usual in zip((self.since, self.until), self._usual, strict=True):
            if editor.day() is None:
                editor.set_answer(usual.isoformat())
        chosen = Period(self.since.day() or self._usual.since, self.until.day() or self._usual.until)
        if chosen != self._period:
            self._period = chosen
            self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        self._asked += 1
        period = self._period
        self.ask(
            "Counting …",
            lambda session: young_carers.measures(session, *period),
            partial(self._show, self._asked),
        )

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong; what was shown before is no answer to what is chosen now."""
        super().show_problem(problem)
        self.behind.close_list()
        self._line.setText("")
        clear(self._body)

    # What is shown

    def _show(self, asked: int, measured: Measured) -> None:
        if asked != self._asked:
            return  # another period was chosen in between
        self.behind.close_list()
        self._line.setText(f"{self._period_words()}. From signed documents of children whom you may see.")
        clear(self._body)
        steps = dict(zip(STEPS, measured, strict=True))
        if not any(measured):
            self._body.addWidget(_empty())
            return
        totals = Card("In this period")
        totals.body.addWidget(meanings_table([_figure(*each) for each in steps.items()], self._open))
        self._body.addWidget(totals)
        table = Card("By month, and how they were noticed")
        table.body.addWidget(_table(steps, self._open))
        table.body.addWidget(Muted(_ONCE))
        self._body.addWidget(table)

    def _period_words(self) -> str:
        days = f"{words.day(self._period.since)} to {words.day(self._period.until)}"
        if self._period != self._usual:
            return days
        return f"School year {school_year_words(school_year_of(self._usual.since))} so far, {days}"

    def _open(self, figure: Figure) -> None:
        self._last_link = QApplication.focusWidget()
        self.behind.show_rows(listed(figure))

    def _back_to_link(self) -> None:
        if self._last_link is not None and isValid(self._last_link):
            self._last_link.setFocus()


def _empty() -> QWidget:
    return EmptyState(
        "people",
        "No young carer in this period",
        "A child is counted here once a signed early help assessment or young carer’s needs assessment says "
        "that somebody relies on their care. Choose another period to see more.",
    )


def _figure(step: str, counts: Iterable[Count], where: str = "") -> Figure:
    """Return the figure of a step with a row for each child, from one count or from many."""
    rows = [
        Behind(child.child_id, child.ref, child.child, count.source_words, words.day(child.on))
        for count in counts
        for child in count.children
    ]
    return star_figures.figure(step, f"{step}, {where}" if where else step, STEPS[step], rows)


def _table(steps: Mapping[str, list[Count]], show: Show) -> QWidget:
    """Return a row for each month and source, with a number for each step."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for column, heading in enumerate(("Month", "How noticed", *steps)):
        grid.addWidget(
            plain(heading, "small"), 0, column, _RIGHT if column > 1 else Qt.AlignmentFlag.AlignLeft
        )
        grid.setColumnMinimumWidth(column, 96)
    shown_month = ""
    for month, source in sorted({(each.month, each.source) for counts in steps.values() for each in counts}):
        row = grid.rowCount()
        said, source_words = f"{words.MONTHS[month.month - 1]} {month.year}", SOURCES.get(source, source)
        grid.addWidget(Rule(), row, 0, 1, 2 + len(steps))
        grid.addWidget(plain("" if said == shown_month else said), row + 1, 0)
        grid.addWidget(plain(source_words), row + 1, 1)
        for column, (step, counts) in enumerate(steps.items(), 2):
            here = [each for each in counts if (each.month, each.source) == (month, source)]
            figure = _figure(step, here, f"{said}, {source_words}")
            grid.addWidget(figure_link(figure, show), row + 1, column, _RIGHT)
        shown_month = said
    return holder

"""The cards of the Education tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from caseapp.education import school_rules as rules
from caseapp.education import suspension_rules
from caseapp.education.attainment_grid import Cell, Grid
from caseapp.education.record_view import (
    EducationView,
    SchoolRow,
    SuspensionRow,
    TermRow,
    YearAttendance,
    period,
)
from ui import theme
from ui.card_lines import fill, told_line
from ui.education_charts import MEANINGS, THRESHOLD, JudgementCell, ShareBar
from ui.parts import Banner, Card, Chip, LinkButton, Muted, Rule, icon_button, plain, wrapped
from ui.place import ROW
from ui.record_parts import clear, row, state_meaning

_TERMS_SHOWN: Final = 6
_COLUMNS_SHOWN: Final = 5
_TOP: Final = Qt.AlignmentFlag.AlignTop
Edit = Callable[[UUID, int, Any], object]


@dataclass(frozen=True)
class Acts:
    """What may be done in a card: add a row, change a row. None where it may not."""

    text: str
    add: Callable[[], object] | None = None
    edit: Edit | None = None

    def link(self) -> QWidget | None:
        """Return the link that adds a row."""
        if self.add is None:
            return None
        link = LinkButton(self.text)
        link.clicked.connect(self.add)
        return link

    def button(self, what: str, row_id: UUID, version: int, given: Any) -> QWidget | None:
        """Return the button that changes a row."""
        if self.edit is None:
            return None
        button = icon_button("draft", f"Change {what}")
        button.setProperty(ROW, str(row_id))
        theme.set_icon(button, "draft", "muted", 16)
        button.setStyleSheet("padding: 0; min-height: 24px; min-width: 24px;")  # no higher than the line
        button.clicked.connect(partial(self.edit, row_id, version, given))
        return button


# School now


def facts_card(view: EducationView, today: date, change_year: Callable[[], object] | None) -> Card:
    """Return the card of what holds now: school, teacher, year group, key stage, needs, the next plan."""
    card = Card()
    card.setAccessibleName("School now")
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(12)
    now = view.school_now
    facts: list[tuple[str, str, QWidget | None]] = [
        ("School now", now.name if now else "No school on record", None),
        ("Designated teacher", now.designated_teacher if now else "", None),
        ("Year group", view.year.words if view.year else "", _year_link(view, change_year)),
        ("Key stage", view.year.key_stage if view.year else "", None),
        ("Special educational needs", view.sen, None),
        ("Next PEP", "", _next_chip(view.next_pep, today)),
    ]
    for place, (label, value, below) in enumerate(facts):
        column, line = place % 3, place // 3
        grid.setColumnStretch(column, 1)
        grid.addWidget(_fact(label, value, below), line, column, _TOP)
    card.body.addLayout(grid)
    if view.year and view.year.reason:
        card.body.addWidget(Muted(f"Year group other than by age: {view.year.reason}"))
    return card


def _fact(label: str, value: str, beside: QWidget | None) -> QWidget:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(2)
    lines.addWidget(plain(label, "small"))
    if isinstance(beside, Chip):
        lines.addWidget(beside)
        return holder
    said = wrapped(value or "–")
    said.setAccessibleName(f"{label}: {value or 'nothing recorded'}")
    if beside is None:
        lines.addWidget(said)
    else:
        said.setWordWrap(False)
        lines.addWidget(row(said, beside))
    return holder


def _year_link(view: EducationView, change_year: Callable[[], object] | None) -> QWidget | None:
    if view.year is None or change_year is None:
        return None
    button = icon_button("draft", "Change the year group")
    theme.set_icon(button, "draft", "muted", 16)
    button.setStyleSheet("padding: 0; min-height: 22px; min-width: 24px;")
    button.clicked.connect(change_year)
    return button


def _next_chip(due: Due | None, today: date) -> Chip | None:
    if due is None:
        return None
    said = f"due {words.day(due.due_on)}" if due.due_on >= today else f"was due {words.day(due.due_on)}"
    none_yet = f", {due.words}" if due.state == "overdue" and due.due_on >= today else ""
    return Chip(f"{due.what}{none_yet}, {said}", state_meaning(due.state))


# Schools


def schools_card(view: EducationView, acts: Acts) -> Card:
    """Return the line of schools, newest first, with what lies between them."""
    card = Card("Schools", acts.link())
    fill(card, [_school(each, acts) for each in view.schools], "No school on record yet.")
    moves = [words.count(view.moves_last_year, "move") + " in the last 12 months"]
    if view.key_stage_4_moves:
        moves.append(f"{view.key_stage_4_moves} within key stage 4")
    if view.moves_last_year or view.key_stage_4_moves:
        card.body.addWidget(Rule())
        card.body.addWidget(Muted(", ".join(moves)))
    return card


def _school(each: SchoolRow, acts: Acts) -> QWidget:
    if each.is_gap or each.id is None:
        return row(Chip(each.name, "warning"))
    told = [period(each.from_on, each.until_on)]
    told += [each.designated_teacher, each.reason]
    said = ", ".join(part for part in told if part)
    button = acts.button(each.name, each.id, each.version, each.given)
    return told_line(each.name, [f"{said[:1].upper()}{said[1:]}"], [], button)


# Attendance


class AttendanceCard(Card):
    """A bar a term with its per cent as text; flags stand as icon and word."""

    def __init__(self, view: EducationView, acts: Acts) -> None:
        super().__init__("Attendance", acts.link())
        self._rows, self._acts = view.attendance, acts
        if not view.attendance:
            self.body.addWidget(
                Muted("No attendance on record yet. It is counted in sessions, term by term.")
            )
            return
        for year in view.years[:2]:
            self.body.addWidget(_year_line(year))
        self.body.addWidget(Rule())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._all = LinkButton(f"Show all {len(view.attendance)} terms")
        self._all.clicked.connect(self._show_all)
        if len(view.attendance) <= _TERMS_SHOWN:
            self._all.hide()
        self.body.addWidget(self._all)
        self.body.addWidget(
            Muted(f"Dotted line: {THRESHOLD} %. Persistent: a tenth of sessions missed; severe: half.")
        )
        self._show(view.attendance[-_TERMS_SHOWN:])

    def _show_all(self) -> None:
        self._all.hide()
        self._show(self._rows)

    def _show(self, rows: Sequence[TermRow]) -> None:
        clear(self._grid)
        several = len({each.school for each in self._rows}) > 1
        line, school = 0, ""
        for each in reversed(rows):
            if several and each.school != school:
                school = each.school
                self._grid.addWidget(plain(school, "small"), line, 0, 1, 5)
                line += 1
            self._put(line, each)
            line += 1

    def _put(self, line: int, each: TermRow) -> None:
        said = f"{each.percent} %" if each.percent is not None else "No sessions"
        name = plain(each.term.replace(" term", ""))
        name.setToolTip(f"{each.given.attended} of {each.given.possible} sessions, {each.school}")
        bar = ShareBar(each.percent, MEANINGS[each.absence], THRESHOLD, f"{each.term}: {said}")
        bar.setToolTip(name.toolTip())
        self._grid.addWidget(name, line, 0)
        self._grid.addWidget(bar, line, 1)
        self._grid.addWidget(plain(said), line, 2, Qt.AlignmentFlag.AlignRight)
        if each.absence:
            flag = Chip(each.absence.capitalize(), MEANINGS[each.absence], "warning")
            flag.setAccessibleName(rules.ABSENCE_WORDS[each.absence])
            self._grid.addWidget(flag, line, 3)
        button = self._acts.button(f"the attendance of {each.term}", each.id, each.version, each.given)
        if button is not None:
            self._grid.addWidget(button, line, 4)


def _year_line(year: YearAttendance) -> QWidget:
    said = f"{year.percent} %" if year.percent is not None else "no sessions"
    label = plain(f"{year.words}: {said}", "label")
    told = plain(f"{year.attended} of {year.possible} sessions", "muted")
    parts: list[QWidget] = [label, told]
    if year.absence:
        parts.append(Chip(rules.ABSENCE_WORDS[year.absence], MEANINGS[year.absence], "warning"))
    return row(*parts, spacing=10)


# Suspensions, timetables, provision


def suspensions_card(view: EducationView, acts: Acts) -> Card:
    """Return suspensions and exclusions, with how many of the 45 days are used."""
    told = view.suspensions
    card = Card("Suspensions and exclusions", acts.link())
    for alert in told.alerts:
        card.body.addWidget(Banner(alert.words, alert.meaning))
    if told.rows:
        limit = suspension_rules.YEAR_LIMIT_DAYS
        used = rules.days_words(told.year_sessions).capitalize()
        said = f"{used} of {limit} this school year"
        share = Decimal(100 * told.year_sessions) / (limit * rules.SESSIONS_A_DAY)
        meaning = "alert" if share >= 100 else "due_soon" if share > 33 else "on_track"
        term = f", {rules.days_words(told.term_sessions)} this term" if told.term_sessions else ""
        card.body.addWidget(plain(f"{said}{term}", "label"))
        card.body.addWidget(ShareBar(share, meaning, 100, said))
        card.body.addWidget(Rule())
    fill(card, [_suspension(each, acts) for each in told.rows], "None on record.")
    return card


def _suspension(each: SuspensionRow, acts: Acts) -> QWidget:
    chips = [Chip("Permanent exclusion", "alert")] if each.given.permanent else []
    if each.alert:
        chips.append(Chip(each.alert.words, each.alert.meaning))
    if not each.given.told_on:
        chips.append(Chip("Virtual school not told yet", "due_soon"))
    button = acts.button(each.title, each.id, each.version, each.given)
    return told_line(each.title, [each.reasons, each.school], chips, button)


def elsewhere_card(view: EducationView, timetables: Acts, provision: Acts) -> Card:
    """Return reduced timetables and alternative provision; what runs stands above what is over."""
    card = Card("Reduced timetable and alternative provision")
    rows = [
        told_line(
            each.title,
            [each.given.reason, f"Agreed by {each.given.agreed_by}" if each.given.agreed_by else ""],
            [_running(each.is_open), *([Chip(each.alert.words, each.alert.meaning)] if each.alert else [])],
            timetables.button(f"the timetable {each.title}", each.id, each.version, each.given),
        )
        for each in sorted(view.timetables, key=lambda one: not one.is_open)
    ]
    rows += [
        told_line(
            each.title,
            [_provision_words(each.given)],
            [_running(each.is_open), *_unregistered(each.given.registered)],
            provision.button(each.title, each.id, each.version, each.given),
        )
        for each in sorted(view.provision, key=lambda one: not one.is_open)
    ]
    fill(card, rows, "None on record.")
    links = [link for acts in (timetables, provision) if (link := acts.link()) is not None]
    if links:
        card.body.addWidget(row(*links, spacing=20))
    return card


def _running(is_open: bool) -> Chip:
    return Chip("Runs now", "info") if is_open else Chip("Over", "neutral")


def _unregistered(registered: bool | None) -> list[Chip]:
    return [Chip("Provider not registered", "warning")] if registered is False else []


def _provision_words(given: Any) -> str:
    parts = [words.count(given.days, "day") + " a week" if given.days else ""]
    parts.append(f"{rules.hours_words(given.minutes)} a week" if given.minutes else "")
    parts.append(f"commissioned by {given.commissioner}" if given.commissioner else "")
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}"


# Attainment


class AttainmentCard(Card):
    """Subject by term: words in each cell on a colour, an arrow against the term before."""

    def __init__(self, told: Grid, acts: Acts) -> None:
        super().__init__("Attainment against age-related expectation", acts.link())
        self._told, self._acts = told, acts
        self._last = len(told.terms)
        if not told.subjects:
            self.body.addWidget(
                Muted("Nothing assessed yet. Reading, writing and maths each term make a trend.")
            )
            return
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._earlier = LinkButton("Earlier terms")
        self._earlier.clicked.connect(partial(self._step, -_COLUMNS_SHOWN))
        self._later = LinkButton("Later terms")
        self._later.clicked.connect(partial(self._step, _COLUMNS_SHOWN))
        self.body.addLayout(self._grid)
        self.body.addWidget(row(self._earlier, self._later, spacing=20))
        self.body.addWidget(
            Muted("The arrow compares with the last term that was assessed. Point at a cell for more.")
        )
        self._show()

    def shown_terms(self) -> list[str]:
        """Return the terms in sight, oldest first."""
        return self._told.terms[max(0, self._last - _COLUMNS_SHOWN) : self._last]

    def _step(self, by: int) -> None:
        least = min(_COLUMNS_SHOWN, len(self._told.terms))
        self._last = min(len(self._told.terms), max(least, self._last + by))
        self._show()

    def _show(self) -> None:
        clear(self._grid)
        first = max(0, self._last - _COLUMNS_SHOWN)
        terms = self.shown_terms()
        headings = ["Subject", "Starting point", *(each.replace(" term", "") for each in terms)]
        for column, heading in enumerate(headings):
            head = plain(heading, "small")
            head.setContentsMargins(8 if column else 0, 0, 0, 0)
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 3 if column else 2)
        for line, each in enumerate(self._told.subjects, 1):
            name = wrapped(each.subject, "label")
            self._grid.addWidget(name, line, 0)
            cells = [(each.baseline, "starting point")]
            cells += list(zip(each.cells[first : self._last], terms, strict=True))
            for column, (cell, when) in enumerate(cells, 1):
                self._grid.addWidget(self._cell(cell, each.subject, when), line, column)
        self._earlier.setVisible(first > 0)
        self._later.setVisible(self._last < len(self._told.terms))

    def _cell(self, cell: Cell | None, subject: str, when: str) -> QWidget:
        if cell is None:
            label = plain("–", "muted")
            label.setContentsMargins(8, 0, 0, 0)  # where the words of a judgement begin
            label.setAccessibleName(f"{subject}, {when}: nothing recorded")
            return label
        made = JudgementCell(cell, subject, when, self._acts.edit is not None)
        if self._acts.edit is not None:
            made.clicked.connect(partial(self._acts.edit, cell.id, cell.version, cell.given))
        return made

"""Leaving care: what managers watch over all in and leaving care; each number opens its young people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from caseapp import words
from caseapp.pathway import leaving_view as leaving
from caseapp.pathway.leaving_measures import COUNT
from caseapp.pathway.leaving_view import BANDS, COLUMNS, TITLE, Figure, Filter, LeavingView, Line, Row
from ui.card_columns import CardColumns
from ui.figure_filters import InForce, choice_box, offer
from ui.figure_list import FigureList, Listed
from ui.figures import FigureRow, FiguresCard, Number
from ui.figures_page import FiguresPage, Leaves, day_typed
from ui.parts import EmptyState, Muted, plain
from ui.record_parts import FilterChip, clear, flowing, row

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_AHEAD: Final = "Figures are told of today or a day before. Choose an earlier day."
_NAMES: Final = ("It holds young people’s names.", "It holds no young person’s name.")
_WIDTHS: Final = (170, 90, 50, 150, 150)
_DAY_WIDTH: Final = 112
_TWO_COLUMNS: Final = 860
_LEFT: Final = (
    "Who is on the list", "In touch, home and activity", "Health and papers", "Setting up home",
)  # fmt: skip


class LeavingCareScreen(FiguresPage):
    """The day and filters at the top, cards of figures with the year before beside, the list beneath."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        leaves = Leaves(TITLE, "leaving-care.xlsx", _pages, _sheet, _NAMES)
        super().__init__(desk, FigureList(COLUMNS, _WIDTHS, _cells), leaves, parent=parent)
        self.setAccessibleName(TITLE)
        self._filter = Filter()
        self._on = desk.today
        self._shown: LeavingView | None = None
        self._as_of = Muted("")
        self._export = self.button("Export as Excel…", "export", self.exporting.ask_where)
        self._print = self.button("Print…", "print", self.ask_print)
        self._make_filters()
        self._body = QVBoxLayout()
        self._body.setSpacing(16)
        self.lay_out_filtered(
            self._filters(), (self._print, self._export), (self.in_force, self._as_of), self._body
        )
        self.refresh()

    def _make_filters(self) -> None:
        self.day = QLineEdit(words.day(self._on))
        self.day.setFixedWidth(_DAY_WIDTH)
        self.day.setPlaceholderText("dd/mm/yyyy")
        self.day.setAccessibleName("As of, a date")
        self.day.editingFinished.connect(self._choose_day)
        self.team = choice_box("Team", "Any team", self._choose)
        self.worker = choice_box("Worker", "Any worker", self._choose)
        self.in_force = InForce()
        self.in_force.taken_away.connect(self._take_away)
        self.bands = {"": FilterChip("Any age"), **{each[0]: FilterChip(each[1]) for each in BANDS}}
        group = QButtonGroup(self)
        for key, chip in self.bands.items():
            group.addButton(chip)
            chip.setChecked(not key)
            chip.clicked.connect(self._choose)

    def _filters(self) -> QWidget:
        height = self.team.sizeHint().height()
        as_of = plain("As of", "small")
        as_of.setBuddy(self.day)
        chips = row(*self.bands.values())
        for widget in (as_of, chips):
            widget.setFixedHeight(height)
        return flowing(as_of, self.day, self.team, self.worker, chips)

    def focus_first(self) -> None:
        """Put the keyboard into the day."""
        self.day.setFocus()

    @property
    def filter(self) -> Filter:
        """Return the filter in force."""
        return self._filter

    def refresh(self) -> None:
        """Count everything anew."""
        narrowed, on = self._filter, self._on
        self.count_anew(lambda session: leaving.leaving_view(session, narrowed, on), self._show)

    # The day and the filters

    def _choose_day(self) -> None:
        try:
            chosen = day_typed(self.day.text(), self.desk.today, _AHEAD)
        except ValueError as error:
            self.banner.set_banner(f"{error} What is shown is as of {words.day(self._on)}.", "warning")
            self.banner.show()
            return
        self.day.setText(words.day(chosen))
        if chosen != self._on:
            self._on = chosen
            self.refresh()

    def _choose(self) -> None:
        chosen = Filter(
            self.team.currentData(),
            self.worker.currentData(),
            next((key for key, chip in self.bands.items() if chip.isChecked()), ""),
        )
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def _take_away(self, field: str) -> None:
        self._filter = {
            "team_id": replace(self._filter, team_id=None),
            "worker_id": replace(self._filter, worker_id=None),
            "band": replace(self._filter, band=""),
        }[field]
        self.refresh()
        self.team.setFocus()

    def _take_all_away(self) -> None:
        self._filter = Filter()
        self.refresh()
        self.day.setFocus()

    def _show_filters(self, shown: LeavingView) -> None:
        offered, chosen = shown.offer, shown.filter
        offer(self.team, offered.teams, chosen.team_id)
        offer(self.worker, offered.workers, chosen.worker_id)
        self.bands[chosen.band].setChecked(True)
        self.in_force.show_parts(leaving.filter_parts(chosen, offered))

    # What is shown

    def _show(self, shown: LeavingView) -> None:
        self._shown = shown
        self._as_of.setText(f"{shown.filter_words}. {shown.as_of_words}")
        self._export.setEnabled(True)
        self._print.setEnabled(True)
        self._show_filters(shown)
        clear(self._body)
        has_figures = any(each.now.of or (each.before and each.before.of) for each in shown.lines)
        self.hint_when(has_figures)
        self._body.addWidget(self._cards(shown) if has_figures else self._nobody())

    def _nobody(self) -> EmptyState:
        told = (
            "Young people are listed by themselves once their dates in care make them eligible, relevant, "
            "former relevant or qualifying."
        )
        way_out = "" if self._filter == Filter() else "Take the filters away"
        state = EmptyState("pathway", "Nobody in or leaving care here", told, way_out)
        state.acted.connect(self._take_all_away)
        return state

    def _cards(self, shown: LeavingView) -> CardColumns:
        cards = {
            title: FiguresCard(title, self._rows(shown, lines), ("Now", "Year before"))
            for title, lines in shown.groups
        }
        for card in cards.values():
            card.noticed.connect(self.say)
        left = [card for title, card in cards.items() if title in _LEFT]
        right = [card for title, card in cards.items() if title not in _LEFT]
        return CardColumns({_TWO_COLUMNS: (left, right), 0: (list(cards.values()),)}, (1, 1))

    def _rows(self, shown: LeavingView, lines: Sequence[Line]) -> list[FigureRow]:
        now, before = f"as of {words.day(shown.as_of)}", f"as of {words.day(shown.before_on)}"
        has_before = any(each.before for each in lines)
        found = []
        for each in lines:
            numbers: list[Number | None] = [self._number(each.now, now)]
            if has_before:
                numbers += [self._number(each.before, before) if each.before else None]
            is_count = each.measure.unit == COUNT
            basis, beneath = ("", "") if is_count else (each.measure.basis.lower(), each.now.sentence)
            meaning = _meaning(each.now)
            found.append(FigureRow(each.measure.title, meaning, numbers, basis=basis, beneath=beneath))
        return found

    def _number(self, figure: Figure, when: str) -> Number:
        title, meaning = figure.measure.title, _meaning(figure)
        name = f"{title}, {when}: {figure.whole}"
        return Number(figure.shown, name, meaning, f"{title}: {meaning}", partial(self._open, figure, when))

    def _open(self, figure: Figure, when: str) -> None:
        told = f"{figure.whole}. {_meaning(figure)}"
        title = f"{figure.measure.title}, {when}"
        self.open_list(figure, Listed(title, told, figure.rows, figure.others, of=figure.measure.of))


def _meaning(figure: Figure) -> str:
    """Return what a figure means and whose measure it is."""
    return f"{figure.measure.definition} {figure.measure.basis} measure."


def _cells(each: Row) -> tuple[str, ...]:
    return each.cells


def _pages(session: Session, shown: LeavingView) -> bytes:
    from caseapp import leaving_view_out as out

    return out.print_pdf(session, shown)


def _sheet(session: Session, shown: LeavingView, _path: str, with_names: bool) -> bytes:
    from caseapp import leaving_view_out as out

    return out.xlsx_file(session, shown, with_names=with_names)

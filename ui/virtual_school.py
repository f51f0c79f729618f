"""The virtual school: what managers watch over all who need a PEP; each number opens its children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from caseapp import words
from caseapp.education import virtual_school as school
from caseapp.education.virtual_school import Figure, Filter, Line, Row, VirtualSchool
from ui.card_columns import CardColumns
from ui.figure_filters import InForce, choice_box, offer
from ui.figure_list import FigureList, Listed
from ui.figures import FigureRow, FiguresCard, Number
from ui.figures_page import FiguresPage, Leaves
from ui.parts import EmptyState, Muted
from ui.record_parts import FilterChip, clear, flowing, row

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_SEN: Final = (("", "Any SEN"), ("N", "No SEN"), ("K", "SEN support"), ("E", "EHC plan"))
HEADINGS: Final = ("Child", "Reference", "Year", "School", "What was seen")
_WIDTHS: Final = (190, 90, 90, 220)
_LEFT_COLUMN: Final = 5  # groups in the left of two columns: as long as the others together
_TWO_COLUMNS: Final = 860


class VirtualSchoolPage(FiguresPage):
    """Filters at the top, cards of figures with last term beside, the children beneath."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        leaves = Leaves("Virtual school", "virtual-school.xlsx", _pages, _sheet)
        super().__init__(desk, FigureList(HEADINGS, _WIDTHS, _cells), leaves, parent=parent)
        self.setAccessibleName("Virtual school")
        self._filter = Filter()
        self._shown: VirtualSchool | None = None
        self._as_at = Muted("")
        self._export = self.button("Export as Excel…", "export", self.exporting.ask_where)
        self._print = self.button("Print…", "print", self.ask_print)
        self._make_filters()
        self._body = QVBoxLayout()
        self._body.setSpacing(16)
        self.lay_out_filtered(
            self._filters(), (self._print, self._export), (self.in_force, self._as_at), self._body
        )
        self.refresh()

    def _make_filters(self) -> None:
        self.school = choice_box("School", "Any school", self._choose)
        self.year = choice_box("Year group", "Any year group", self._choose)
        self.worker = choice_box("Worker", "Any worker", self._choose)
        self.in_force = InForce()
        self.in_force.taken_away.connect(self._take_away)
        self.sen = {code: FilterChip(text) for code, text in _SEN}
        group = QButtonGroup(self)
        for code, chip in self.sen.items():
            group.addButton(chip)
            chip.setChecked(not code)
            chip.clicked.connect(self._choose)

    def _filters(self) -> QWidget:
        chips = row(*self.sen.values())
        chips.setFixedHeight(self.school.sizeHint().height())
        return flowing(self.school, self.year, self.worker, chips)

    def focus_first(self) -> None:
        """Put the keyboard into the choice of the school."""
        self.school.setFocus()

    @property
    def filter(self) -> Filter:
        """Return the filter in force."""
        return self._filter

    def refresh(self) -> None:
        """Count everything anew."""
        narrowed = self._filter
        self.count_anew(lambda session: school.virtual_school(session, narrowed), self._show)

    # Filters

    def _choose(self) -> None:
        chosen = Filter(
            self.school.currentData(),
            self.year.currentData(),
            self.worker.currentData(),
            next((code for code, chip in self.sen.items() if chip.isChecked()), ""),
        )
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def _take_away(self, field: str) -> None:
        self._filter = {
            "school_id": replace(self._filter, school_id=None),
            "group": replace(self._filter, group=None),
            "worker_id": replace(self._filter, worker_id=None),
            "sen": replace(self._filter, sen=""),
        }[field]
        self.refresh()
        self.school.setFocus()

    def _take_all_away(self) -> None:
        self._filter = Filter()
        self.refresh()
        self.school.setFocus()

    def _show_filters(self, shown: VirtualSchool) -> None:
        offered, chosen = shown.offer, shown.filter
        offer(self.school, offered.schools, chosen.school_id)
        offer(self.year, offered.groups, chosen.group)
        offer(self.worker, offered.workers, chosen.worker_id)
        self.sen[chosen.sen].setChecked(True)
        self.in_force.show_parts(school.filter_parts(chosen, offered))

    # What is shown

    def _show(self, shown: VirtualSchool) -> None:
        self._shown = shown
        self._as_at.setText(f"{shown.filter_words}. {shown.as_at_words}")
        self._export.setEnabled(True)
        self._print.setEnabled(True)
        self._show_filters(shown)
        clear(self._body)
        lines = [line for _, lines in shown.groups for line in lines]
        has_figures = any(each.now.of or each.before.of for each in lines)
        self.hint_when(has_figures)
        if not shown.one("needing").now.count:
            self._body.addWidget(self._nobody())
        if has_figures:
            self._body.addWidget(self._cards(shown))

    def _nobody(self) -> EmptyState:
        told = "Children who are looked after and of the age for a PEP are counted here by themselves."
        way_out = "" if self._filter == Filter() else "Take the filters away"
        state = EmptyState("education", "Nobody needs a PEP here", told, way_out)
        state.acted.connect(self._take_all_away)
        return state

    def _cards(self, shown: VirtualSchool) -> CardColumns:
        headings = ("Now", shown.before_term.split(" ")[0].capitalize())
        cards = [FiguresCard(title, self._rows(shown, lines), headings, 88) for title, lines in shown.groups]
        for card in cards:
            card.noticed.connect(self.say)
        two = (cards[:_LEFT_COLUMN], cards[_LEFT_COLUMN:])
        return CardColumns({_TWO_COLUMNS: two, 0: (cards,)}, (1, 1))

    def _rows(self, shown: VirtualSchool, lines: Sequence[Line]) -> list[FigureRow]:
        now, before = f"as at {words.day(shown.as_at)}", f"as at {words.day(shown.before_on)}"
        return [
            FigureRow(
                each.measure.title,
                each.measure.definition,
                (self._number(each.now, now), self._number(each.before, before)),
                of=each.now.beneath,
            )
            for each in lines
        ]

    def _number(self, figure: Figure, when: str) -> Number:
        title, meaning = figure.measure.title, figure.measure.definition
        name = f"{title}, {when}: {figure.whole}"
        return Number(figure.shown, name, meaning, f"{title}: {meaning}", partial(self._open, figure, when))

    def _open(self, figure: Figure, when: str) -> None:
        told = f"{figure.measure.title}: {figure.whole}, {when}"
        of = ("child", "children")
        self.open_list(figure, Listed(told, figure.measure.definition, figure.rows, figure.others, of=of))


def _cells(each: Row) -> tuple[str, ...]:
    return (each.child, str(each.ref), each.year, each.school, each.said)


def _pages(session: Session, shown: VirtualSchool) -> bytes:
    from caseapp import virtual_school_out as out

    return out.print_pdf(session, shown)


def _sheet(session: Session, shown: VirtualSchool, _path: str, with_children: bool) -> bytes:
    from caseapp import virtual_school_out as out

    return out.xlsx_file(session, shown, with_children=with_children)


def virtual_school_page(desk: Desk) -> VirtualSchoolPage:
    """Return the page for a desk; it asks to open a child with `open_child`."""
    return VirtualSchoolPage(desk)

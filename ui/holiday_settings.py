"""Settings of holidays for administrators: the table, days added or taken out, GOV.UK's list from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtWidgets import QPushButton, QWidget

from caseapp import holiday_file, holidays, redating, words
from caseapp.calendars import Calendar
from caseapp.form import Choice, Date, Text
from caseapp.holidays import BANK, CLOSURE, REMOVED, HolidayRow
from caseapp.redating import Preview
from ui import file_dialogs
from ui.clock_settings import DatesCard
from ui.help_cards import Folded
from ui.parts import Banner, Card, LinkButton, Muted, plain
from ui.record_parts import clear, row
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_KINDS: Final = ((BANK, "Bank holiday"), (CLOSURE, "Closure day of this area"))
_MARKS: Final = {CLOSURE: "closure day", REMOVED: "taken out here: a working day"}


class _Table(NamedTuple):
    rows: list[HolidayRow]
    calendar: Calendar


def holiday_cards(desk: Desk) -> list[Card]:
    """Return the card of holidays, for whoever may change settings; none for anybody else."""
    return [HolidaysCard(desk)] if desk.may("settings").allowed else []


class HolidaysCard(DatesCard):
    """The bank holidays of this year and the next at once, the others folded away."""

    def __init__(self, desk: Desk) -> None:
        self._add, self._import = QPushButton("Add a day…"), QPushButton("From a file…")
        self._add.setAccessibleName("Add a bank holiday or a closure day")
        self._import.setAccessibleName("Bank holidays from a file")
        super().__init__(
            desk,
            "Bank holidays",
            "Working days leave these out. Extra days can be proclaimed: add them, or read GOV.UK’s list "
            "(bank-holidays.json) or a CSV with the columns date and title.",
            row(self._add, self._import),
        )
        self._add.clicked.connect(self.begin)
        self._import.clicked.connect(self._ask_file)
        self.read()

    def read(self) -> None:
        """Read the table anew."""
        self._desk.run(self, _read, self._show)

    def _show(self, found: _Table) -> None:
        clear(self._rows)
        if warning := found.calendar.caution(
            found.calendar.known_to.replace(year=found.calendar.known_to.year + 1)
        ):
            self._rows.addWidget(Banner(_sure(found.calendar, warning), "info"))
        this_year = self._desk.today.year
        by_year: dict[int, list[HolidayRow]] = {}
        for each in found.rows:
            by_year.setdefault(each.day.year, []).append(each)
        for year, rows in by_year.items():
            lines = [self._line(each) for each in rows]
            if year == this_year:
                self._rows.addWidget(plain(str(year), "label"))
                for line in lines:
                    self._rows.addWidget(line)
            else:
                self._rows.addWidget(Folded(f"{year} ({words.count(len(rows), 'day')})", lines))

    def _line(self, each: HolidayRow) -> QWidget:
        marks = [_MARKS.get(each.kind, ""), "" if each.is_sure else "worked out, not yet published"]
        marks += ["added here"] if each.kind == BANK and each.is_own else []
        told = ", ".join([each.name, *(mark for mark in marks if mark)])
        what = Muted(told) if each.kind == REMOVED else plain(told)
        what.setWordWrap(True)
        act = LinkButton("Put back" if each.kind == REMOVED else "Take out")
        act.setAccessibleName(f"{act.text()}: {each.name}, {words.day(each.day)}")
        act.clicked.connect(partial(self.turn, each))
        day = plain(words.long_day(each.day))
        day.setMinimumWidth(200)
        return row(day, what, act, stretch_at=1)

    def turn(self, each: HolidayRow) -> None:
        """Take a day out, or put one back, once it was seen what that moves."""
        is_out = each.kind == REMOVED
        act = holidays.put_back if is_out else holidays.take_out
        day, named = each.day, f"{each.name}, {words.day(each.day)},"
        done = f"{named} is a bank holiday again." if is_out else f"{named} is taken out."
        look = partial(redating.of_day, day=day, kind=BANK if is_out else REMOVED)
        self._look(look, partial(act, day=day), done)

    def begin(self) -> None:
        """Show the questions about a day to be added."""
        form = SmallForm(
            (
                Date("day", "Which day?", half=True),
                Choice("kind", "What is it?", options=_KINDS, half=True),
                Text("name", "What is it called?"),
            ),
            self._desk.today,
            ("day", "kind", "name"),
        )
        form.set_answers({"kind": BANK})
        self._open(InlineForm("A day to be added", form, "Show what it moves"), self._preview)

    def _preview(self, form: InlineForm) -> None:
        day, kind, name = form.form.day("day"), form.form.text("kind"), form.form.text("name")
        if day is None:
            return
        if problem := holidays.trouble_with(day, name):
            form.show_words(problem)
            return
        look = partial(redating.of_day, day=day, kind=kind)
        save = partial(holidays.add, day=day, name=name, kind=kind)
        self._look(look, save, f"{name}, {words.day(day)}, is in the table.")

    def _ask_file(self) -> None:
        dialog = file_dialogs.to_open(self, "Bank holidays", "Lists of bank holidays (*.json *.csv)")
        dialog.fileSelected.connect(self.look)
        dialog.open()

    def look(self, chosen: str) -> None:
        """Read a file and tell what it would change; nothing is taken in."""
        self._close()
        path = Path(chosen)
        work = partial(_file, path=path)
        self._desk.run(self, work, partial(self._show_file, path), self._refused, purpose=redating.PURPOSE)

    def _show_file(self, path: Path, found: tuple[holiday_file.Preview, Preview]) -> None:
        told, moves = found
        self._show_ahead(partial(holiday_file.take, path=path), f"{told.file} is read.", moves)
        self._ahead.insertWidget(0, Banner(_file_words(told), "info"))


def _read(session: Session) -> _Table:
    return _Table(holidays.table(session), holidays.calendar(session))


def _file(session: Session, path: Path) -> tuple[holiday_file.Preview, Preview]:
    return holiday_file.look(session, path), redating.of_file(session, path)


def _sure(calendar: Calendar, warning: str) -> str:
    published = f"Bank holidays are published up to {words.day(calendar.published_to)}."
    worked_out = (
        "Later ones are worked out and may change." if calendar.known_to > calendar.published_to else ""
    )
    return " ".join(each for each in (published, worked_out, warning) if each)


def _file_words(told: holiday_file.Preview) -> str:
    parts = [
        f"Added: {_days(told.coming)}." if told.coming else "",
        f"Taken out, because the list has the whole year without them: {_days(told.going)}."
        if told.going
        else "",
        f"Confirmed: {words.count(len(told.confirmed), 'day')} worked out before." if told.confirmed else "",
        f"Known already: {told.known:,}.",
    ]
    return f"{told.file}. " + " ".join(part for part in parts if part)


def _days(found: Sequence[tuple[date, str]]) -> str:
    return words.listed([f"{name} {words.day(day)}" for day, name in found])

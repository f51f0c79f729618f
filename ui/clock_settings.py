"""Settings of dates for administrators: this area's own limits, and how working days are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from caseapp import clock_counting, clock_limits, clocks, pep_settings, redating, upkeep, words
from caseapp.clock_counting import MOST_SOON_DAYS, MOST_SOON_PERCENT, Counting
from caseapp.clock_limits import LimitRow
from caseapp.form import YES_NO, Choice, Date, Number, Text
from caseapp.redating import Preview
from caseapp.work import Problem
from ui.help_cards import Folded
from ui.parts import Banner, BusyBar, Card, FactsGrid, Muted, plain, primary
from ui.record_parts import bring_into_sight, clear, row
from ui.school_settings import SettingsCard
from ui.small_form import InlineForm, SmallForm, give_keyboard_to

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_FROM_REFERRAL: Final = "Counts from the referral"
_IN_ONE_GO: Final = 25  # children whose dates `upkeep.begin_day` works out in a batch


def clock_cards(desk: Desk) -> list[Card]:
    """Return the cards of limits and counting, for whoever may change settings; none for anybody else."""
    if not desk.may("settings").allowed:
        return []
    return [LimitsCard(desk), CountingCard(desk)]


class DatesCard(SettingsCard):
    """A card whose changes move dates: it shows which before anything is saved, and works them out after."""

    def __init__(self, desk: Desk, title: str, about: str, action: QWidget | None = None) -> None:
        super().__init__(desk, title, about, action)
        self._busy = BusyBar()
        self._ahead = QVBoxLayout()
        self._again = QPushButton("Work the dates out now")
        self._again.setAccessibleName(f"Work the dates out now: {title}")
        self._again.clicked.connect(self.work_out)
        self._again.hide()
        for part in (self._busy, row(self._again)):
            self.body.insertWidget(2, part)
        self.body.insertLayout(2, self._ahead)
        self._worked_out = 0
        self._is_of_a_row = False

    def _look(self, look: Callable[[Session], Preview], save: Callable[[Session], object], done: str) -> None:
        """Show what a change would move, with a button that saves it."""
        if self._desk.recording is not None:
            save = self._desk.recording.forgetting(save)  # the form is gone by then
        self._is_of_a_row = self.form is None
        if self._is_of_a_row:
            self._opener = QApplication.focusWidget()
        then = partial(self._show_ahead, save, done)
        self._desk.run(self, look, then, self._refused, purpose=redating.PURPOSE)

    def _show_ahead(self, save: Callable[[Session], object], done: str, found: Preview) -> None:
        self._close()
        clear(self._ahead)
        panel = QWidget()
        lines = QVBoxLayout(panel)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(Banner(preview_words(found), "info"))
        if found.by_clock:
            counted = FactsGrid(label_width=220)
            counted.set_facts([(name, words.count(number, "date")) for name, number in found.by_clock])
            lines.addWidget(counted)
        if found.named:
            lines.addWidget(_moves(found))
        keep, leave = primary("Save"), QPushButton("Cancel")
        leave.setAccessibleName("Cancel: nothing is changed")
        keep.clicked.connect(partial(self._keep, save, done))
        leave.clicked.connect(self._leave)
        lines.addWidget(row(keep, leave))
        self._ahead.addWidget(panel)
        keep.setFocus()
        QTimer.singleShot(0, panel, partial(bring_into_sight, panel))  # once it has its place

    def _keep(self, save: Callable[[Session], object], done: str) -> None:
        self._leave()
        told = f"{done} Open dates follow when caseapp is next opened, or now:"
        self._desk.run_in_order(
            self, save, partial(self._kept, told), self._refused, purpose=pep_settings.PURPOSE
        )

    def _kept(self, told: str, nothing: object) -> None:
        self._saved(told, nothing)
        self._again.show()
        if self._is_of_a_row and QApplication.focusWidget() in (None, self._opener):
            give_keyboard_to(self._again)  # the rows are drawn anew, and what was pressed is gone

    def _leave(self) -> None:
        give_keyboard_to(self._opener)
        clear(self._ahead)

    def work_out(self) -> None:
        """Bring every open date in step with what is set, some children at a time."""
        self._again.hide()
        self._worked_out = 0
        self._busy.begin("Working the dates out…", may_cancel=False)
        self._go_on(None)

    def _go_on(self, after: UUID | None) -> None:
        work = partial(upkeep.begin_day, after=after)
        self._desk.run_in_order(self, work, self._reached, self._stopped, purpose=redating.PURPOSE)

    def _reached(self, reached: UUID | None) -> None:
        if reached is None:
            self._busy.end()
            self._said.set_banner(
                "All open dates are worked out anew. What is done keeps its date.", "success"
            )
            self._said.show()
            return
        self._worked_out += _IN_ONE_GO
        self._busy.begin(f"Working the dates out: {self._worked_out:,} children so far…", may_cancel=False)
        self._go_on(reached)

    def _stopped(self, problem: Problem) -> None:
        self._busy.end()
        self._again.show()
        self._refused(problem)


def preview_words(found: Preview) -> str:
    """Return what would move, in a sentence or two."""
    if not found.dates:
        return "No open date moves. What is done keeps the date that it was due on."
    moved = words.count(found.dates, "open date")
    children = words.count(found.children, "child", "children")
    verb = "moves" if found.dates == 1 else "move"
    return f"{moved} of {children} {verb}. What is done keeps the date that it was due on."


def _moves(found: Preview) -> QWidget:
    lines: list[QWidget] = []
    for each in found.named:
        line = plain(
            f"{words.isolated(each.child)}, {each.what}: {words.day(each.from_on)} to {words.day(each.to_on)}"
        )
        line.setWordWrap(True)
        lines.append(line)
    if found.not_named:
        lines.append(Muted(f"And {found.not_named:,} more, not named here."))
    return Folded(f"Which dates ({len(found.named)} by name)", lines)


class LimitsCard(DatesCard):
    """The limits that are local practice: what holds now, since when, and a way to set another."""

    def __init__(self, desk: Desk) -> None:
        self._button = QPushButton("Set a limit…")
        self._button.setAccessibleName("Set a limit of this area")
        super().__init__(
            desk,
            "Limits of this area",
            "Limits that are local practice; national ones stay as the law has them. A limit holds for what "
            "starts from its day on. The reason is shown wherever somebody asks «why this date».",
            row(self._button),
        )
        self._limits: dict[str, LimitRow] = {}
        self._button.clicked.connect(self.begin)
        self.read()

    def read(self) -> None:
        """Read the limits anew."""
        self._desk.run(self, clock_limits.rows, self._show)

    def _show(self, found: list[LimitRow]) -> None:
        self._limits = {each.clock.id: each for each in found}
        clear(self._rows)
        own = [each for each in found if each.set]
        rest = [each for each in found if not each.set]
        if own:
            self._rows.addWidget(_limits_grid(own))
        else:
            self._rows.addWidget(Muted("This area has set none: the limits below came with the program."))
        self._rows.addWidget(Folded(f"As they came with the program ({len(rest)})", [_limits_grid(rest)]))

    def begin(self) -> None:
        """Show the questions."""
        options = tuple(
            (each.clock.id, f"{each.clock.name} ({each.clock.id})") for each in self._limits.values()
        )
        form = SmallForm(
            (
                Choice("clock", "Which limit?", options=options),
                Number("number", "How long?", low=1, high=999, half=True),
                Choice("unit", "Counted in", options=clock_limits.UNITS, half=True),
                Date("from_on", "For what starts from this day on", half=True),
                Text("reason", "Why, and who agreed it"),
            ),
            self._desk.today,
            ("clock", "number", "unit", "from_on", "reason"),
        )
        form.set_answers({"from_on": self._desk.today.isoformat()})
        self._open(InlineForm("A limit of this area", form, "Show what it moves"), self._preview)

    def _preview(self, form: InlineForm) -> None:
        answers, from_on = form.form.answers(), form.form.day("from_on")
        if from_on is None:
            return
        clock_id, limit = str(answers["clock"]), f"{answers['unit']}+{answers['number']}"
        given: dict[str, Any] = {
            "clock_id": clock_id, "limit": limit, "from_on": from_on, "reason": form.form.text("reason")
        }  # fmt: skip
        name = self._limits[clock_id].clock.name
        done = f"“{name}” is {clocks.limit_words(limit)} for what starts from {words.day(from_on)} on."
        self._look(partial(redating.of_limit, **given), partial(clock_limits.set_limit, **given), done)


def _limits_grid(found: list[LimitRow]) -> FactsGrid:
    grid = FactsGrid(label_width=240)
    grid.set_facts([(each.clock.name, _limit_words(each)) for each in found])
    return grid


def _limit_words(each: LimitRow) -> str:
    now = f"{clocks.limit_words(each.now.limit)}{_since(each.now.from_on)}"
    to_come = [one for one in reversed(each.set) if one.from_on and one is not each.now and _later(one, each)]
    told = [now, *(f"{clocks.limit_words(one.limit)}{_since(one.from_on)}" for one in to_come)]
    usual = clocks.limit_words(each.clock.limit)
    return f"{', then '.join(told)} (with the program: {usual})" if each.set else now


def _later(one: clock_limits.InForce, each: LimitRow) -> bool:
    return one.from_on is not None and one.from_on > (each.now.from_on or date.min)


def _since(from_on: date | None) -> str:
    return f" from {words.day(from_on)}" if from_on else ""


class CountingCard(DatesCard):
    """How working days, late receipt and health assessments count, and from when something is due soon."""

    def __init__(self, desk: Desk) -> None:
        self._button = QPushButton("Change…")
        self._button.setAccessibleName("Change how dates are counted")
        super().__init__(
            desk,
            "How dates are counted",
            "The usual answers are how the law is read. Change them only where this area has agreed to.",
            row(self._button),
        )
        self._now = Counting()
        self._button.clicked.connect(self.begin)
        self.read()

    def read(self) -> None:
        """Read the settings anew."""
        self._desk.run(self, clock_counting.read, self._show)

    def _show(self, found: Counting) -> None:
        self._now = found
        clear(self._rows)
        grid = FactsGrid(label_width=240)
        own_start = f"Counts from its own start{_since(found.own_start_from)}"
        cautious = f"Yes, {_since(found.cautious_from).strip()}" if found.cautious_from else "No"
        first = "The day of the event" if found.event_day else "The next working day"
        closures = "Count as holidays" if found.closure_days else "Are working days"
        grid.set_facts(
            [
                ("Day 1 of a limit in working days", first),
                ("Closure days of this area", closures),
                ("Half-yearly health review up to five", cautious),
                ("Child and family assessment", own_start if found.own_start_from else _FROM_REFERRAL),
                ("What comes in late in the day", _cut_off_words(found)),
                ("Due soon", _soon_words(found)),
                ("Case supervision", _supervised_words(found)),
            ]
        )
        self._rows.addWidget(grid)

    def begin(self) -> None:
        """Show the questions."""
        form = SmallForm(
            (
                Choice("event_day", "Does the day of the event count as day 1?", options=YES_NO),
                Choice("closure_days", "Do closure days of this area count as holidays?", options=YES_NO),
                Choice(
                    "cautious",
                    "Is a child under five seen every half-year, even where that ends after the birthday?",
                    options=YES_NO,
                ),
                Text(
                    "cut_off",
                    "After which time does a contact or referral count as of the next day?",
                    help="As 16:30. Nothing: it counts as of its own day, whatever the hour.",
                ),
                Date(
                    "own_start_from",
                    "From which day on do new assessments count from their own start, as the census does?",
                    help="Nothing: the 45 working days count from the referral, as the guidance has it.",
                ),
                Number("soon_days", "Due soon: working days before", low=1, high=MOST_SOON_DAYS, half=True),
                Number(
                    "soon_percent", "Or: per cent of its time left", low=1, high=MOST_SOON_PERCENT, half=True
                ),
            ),
            self._desk.today,
            ("event_day", "closure_days", "cautious", "soon_days"),
        )
        said = {True: "yes", False: "no"}
        form.set_answers(
            {
                "event_day": said[self._now.event_day],
                "closure_days": said[self._now.closure_days],
                "cautious": said[self._now.cautious_from is not None],
                "cut_off": f"{self._now.cut_off.after:%H:%M}" if self._now.cut_off else "",
                "own_start_from": self._now.own_start_from.isoformat() if self._now.own_start_from else "",
                "soon_days": self._now.soon_days,
                "soon_percent": self._now.soon_percent or None,
            }
        )
        self._open(InlineForm("How dates are counted", form, "Show what it moves"), self._preview)

    def _preview(self, form: InlineForm) -> None:
        answers = form.form.answers()
        since = (self._now.cautious_from or self._desk.today) if answers["cautious"] == "yes" else None
        try:
            cut_off = clock_counting.cut_off(form.form.text("cut_off"), self._now.cut_off, self._desk.today)
        except Problem as problem:
            self._refused(problem)
            return
        chosen = Counting(
            answers["closure_days"] == "yes",
            answers["event_day"] == "yes",
            since,
            cut_off,
            int(answers["soon_days"]),
            int(answers.get("soon_percent") or 0),
            own_start_from=form.form.day("own_start_from"),
        )
        self._look(
            partial(redating.of_counting, chosen=chosen),
            partial(clock_counting.choose, chosen=chosen),
            "Dates are counted so from now on.",
        )


def _cut_off_words(found: Counting) -> str:
    if found.cut_off is None:
        return "Counts as of its own day"
    after, from_on = found.cut_off
    return f"After {after:%H:%M} it counts as of the next day{_since(from_on)}"


def _soon_words(found: Counting) -> str:
    if found.soon_percent:
        return f"Once no more than {found.soon_percent} % of its time is left"
    return f"{words.count(found.soon_days, 'working day')} before"


def _supervised_words(found: Counting) -> str:
    if found.supervised_from is None:
        return "Is owed once a child was first talked about on record"
    return f"Is owed for every child{_since(found.supervised_from)}, when it was first recorded here"

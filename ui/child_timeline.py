"""Everything about a child in one line of time, latest first: filters, search, notes, the chronology."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import codes, notes, overview, prints, words
from caseapp.notes import Entry
from caseapp.overview import ChildHead
from ui import theme
from ui.charts import ROWS, Bar, LifeStrip, life_bars
from ui.editor import Flow
from ui.new_note import NewNotePanel
from ui.parts import Card, EmptyState, LinkButton, Rule, plain, primary
from ui.record_page import RecordPage
from ui.record_parts import READING_WIDTH, FilterChip, bring_into_sight, clear

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

AT_ONCE: Final = 60
LONGEST_CHIP: Final = 30
"""Letters of a bar's label on the chip that narrows the timeline to it."""
WAIT_MS: Final = 150
_ICONS: Final = {
    "Notes": "note",
    "Plans and assessments": "draft",
    "Early help": "early-help",
    "Education": "education",
    "Star readings": "star",
    "Care": "care",
    "Missing": "missing",
    "Supervision": "people",
    "Home and school": "home",
}


class TimelinePage(RecordPage):
    """The life as bars; below it the entries grouped by month. A bar chosen narrows them to its dates."""

    open_plan = Signal(UUID)
    print_bytes = Signal(str, bytes)
    note_added = Signal()

    def __init__(self, desk: Desk, child_id: UUID, head: ChildHead, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("Timeline")
        self._head = head
        self._entries: list[Entry] = []
        self._shown_count = AT_ONCE
        self._new_note: UUID | None = None
        self._chips: dict[str, FilterChip] = {}
        self._stretch: Bar | None = None
        self._strip = LifeStrip(is_choosing=True)
        self._strip.bar_chosen.connect(self._choose)
        self._life = Card()
        self._life.setAccessibleName("Life over time")
        self._life.body.addWidget(self._strip)
        self._life.hide()
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search the words")
        self._search.setAccessibleName("Search the timeline")
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(260)
        self._timer = QTimer(self, interval=WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._filter_again)
        self._search.textChanged.connect(self._search_changed)
        self._print = QPushButton("Print chronology")
        self._print.setAccessibleName("Print chronology")
        if not desk.may("print").allowed:
            self._print.hide()
        self._print.clicked.connect(self.print_chronology)
        self._add = primary("Add a note")
        if not head.may_write:
            self._add.hide()
        self._add.clicked.connect(self.open_note)
        asks_mood = head.status == codes.STATUSES["care_leaver"]
        self._note = NewNotePanel(desk, child_id, head.known_as, asks_mood=asks_mood)
        self._note.added.connect(self._note_was_added)
        self._note.closed.connect(self._close_note)
        self._note.hide()
        self._place_all()
        if self._note.is_unfinished:
            self.open_note()
        self.refresh()

    def _place_all(self) -> None:
        self._chip_row = QWidget()
        self._chip_flow = Flow(self._chip_row, gap=8, line_gap=6)
        self._chip_flow.setContentsMargins(0, 0, 0, 0)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._search)
        tools.addStretch(1)
        tools.addWidget(self._print)
        tools.addWidget(self._add)
        self._months = QVBoxLayout()
        self._months.setSpacing(16)
        self.body.addWidget(self._life)
        self.body.addLayout(tools)
        self.body.addWidget(self._chip_row)
        self.body.addWidget(self._note)
        self.body.addLayout(self._months)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the timeline anew."""
        child_id = self.child_id
        self.ask("Reading the timeline …", lambda session: _read(session, child_id), self._show)

    def open_note(self) -> None:
        """Show the questions of a new note."""
        self._note.show()
        self._note.focus()
        self._add.hide()

    def close_note(self) -> bool:
        """Put the questions of a note away; return whether they were open."""
        was_open = not self._note.isHidden()
        self._note.hide()
        self._add.setVisible(self._head.may_write)
        return was_open

    def shown_entries(self) -> list[Entry]:
        """Return the entries that fit the filters and the words searched for."""
        chosen = {kind for kind, chip in self._chips.items() if chip.isChecked()}
        wanted = self._search.text().casefold().split()
        return [
            each
            for each in self._entries
            if (not chosen or each.kind in chosen) and _holds(each, wanted) and _within(each, self._stretch)
        ]

    def _choose(self, bar: Bar) -> None:
        self._stretch = None if bar == self._stretch else bar
        self._show_chips()
        self._filter_again()

    def _all_dates(self) -> None:
        self._stretch = None
        self._show_chips()
        self._filter_again()
        self._strip.setFocus()

    def _show(self, read: tuple[list[Entry], list[overview.Bar]]) -> None:
        self._entries, stretches = read
        bars = life_bars(stretches, self.desk.today)
        self._stretch = self._stretch if self._stretch in bars else None
        self._strip.set_bars(ROWS, bars, self.desk.today)
        self._life.setVisible(bool(bars))
        self._show_chips()
        self._filter_again()
        self._show_new_note()

    def _show_new_note(self) -> None:
        """Bring the note that was just added into sight; its day may be long ago."""
        places = {each.id: place for place, each in enumerate(self.shown_entries())}
        place = places.get(self._new_note) if self._new_note else None
        if place is None:
            return
        if place >= self._shown_count:
            self._shown_count = place + 1
            self._draw()
        row = self.findChild(QWidget, str(self._new_note))
        self._new_note = None
        if isinstance(row, QWidget):
            QTimer.singleShot(0, row, partial(bring_into_sight, row))  # once the page is laid out anew

    def _show_chips(self) -> None:
        chosen = {kind for kind, chip in self._chips.items() if chip.isChecked()}
        clear(self._chip_flow)
        counts: dict[str, int] = {}
        for each in self._entries:
            counts[each.kind] = counts.get(each.kind, 0) + 1
        self._chips = {kind: FilterChip(f"{kind} {counts[kind]}") for kind in _ICONS if kind in counts}
        for kind, chip in self._chips.items():
            chip.setChecked(kind in chosen)
            chip.clicked.connect(self._filter_again)
            self._chip_flow.addWidget(chip)
        if self._stretch:
            label = words_in(self._stretch.label, LONGEST_CHIP)
            dates = FilterChip(f"{label}: {self._stretch.dates()}")
            dates.setToolTip(self._stretch.told())
            dates.setAccessibleName(f"Only {self._stretch.told()}")
            dates.setChecked(True)
            dates.clicked.connect(self._all_dates)
            self._chip_flow.addWidget(dates)

    def _search_changed(self) -> None:
        self._timer.start()

    def _filter_again(self) -> None:
        self._shown_count = AT_ONCE
        self._draw()

    def _show_earlier(self) -> None:
        self._shown_count += AT_ONCE
        self._draw()

    def _draw(self) -> None:
        clear(self._months)
        fitting = self.shown_entries()
        for month, entries in by_month(fitting[: self._shown_count]):
            self._months.addWidget(self._month_card(month, entries))
        if len(fitting) > self._shown_count:
            more = QPushButton(f"Show earlier ({len(fitting) - self._shown_count} more)")
            more.clicked.connect(self._show_earlier)
            self._months.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)
        if not fitting:
            self._months.addWidget(self._nothing())

    def _nothing(self) -> QWidget:
        if self._entries:
            return EmptyState("timeline", "Nothing fits", "Take a filter away, or search for other words.")
        action = "Add a note" if self._head.may_write else ""
        text = "Visits, calls, plans, moves and schools will stand here, the latest first."
        empty = EmptyState("timeline", "Nothing has happened yet", text, action)
        empty.acted.connect(self.open_note)
        return empty

    def _month_card(self, month: str, entries: Sequence[Entry]) -> QWidget:
        card = Card(month)
        for place, each in enumerate(entries):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(self._entry_row(each))
        return card

    def _entry_row(self, each: Entry) -> QWidget:
        holder = QWidget()
        holder.setObjectName(str(each.id))
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(2, 100)
        grid.setColumnStretch(3, 1)  # takes what room the words leave on a wide screen
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(plain(words.day(each.on), "muted"), 0, 0, top)
        grid.addWidget(_Picture(each.kind), 0, 1, top)
        grid.addWidget(self._title(each), 0, 2, top | _side(each))
        texts = [_wrapped(each.words, "muted" if each.revision_id else "")] if each.words else []
        if each.quote:
            texts.append(_wrapped(f"“{each.quote}”", "quote"))
        for line, label in enumerate(texts, 1):
            grid.addWidget(label, line, 2)
        holder.setAccessibleName(f"{words.day(each.on)}, {each.kind}: {each.title}")
        return holder

    def _title(self, each: Entry) -> QWidget:
        if each.revision_id is None:
            return _wrapped(each.title, "label")
        link = LinkButton(each.title)
        link.setMaximumHeight(link.fontMetrics().height() + 2)  # as high as the words of other entries
        link.clicked.connect(partial(self.open_plan.emit, each.revision_id))
        return link

    def _close_note(self) -> None:
        self.close_note()
        self._add.setFocus()

    def _note_was_added(self, note_id: UUID) -> None:
        self._new_note = note_id
        self.close_note()
        self.refresh()
        self.note_added.emit()

    def print_chronology(self) -> None:
        """Make the chronology and hand it on."""
        child_id = self.child_id
        self.ask(
            "Making the chronology …", lambda session: prints.chronology_pdf(session, child_id), self._printed
        )

    def _printed(self, pdf: bytes) -> None:
        self.print_bytes.emit(f"Chronology, {self._head.name}", pdf)


def _side(each: Entry) -> Qt.AlignmentFlag:
    """Return how a title lies: links stand at the left, words take the whole line."""
    return Qt.AlignmentFlag.AlignLeft if each.revision_id else Qt.AlignmentFlag(0)


class _Picture(QLabel):
    """The icon of a kind of entry, in the colours of the theme in force."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._icon = _ICONS.get(kind, "note")
        self.setToolTip(kind)
        self.setAccessibleName(kind)
        self.setFixedSize(18, 20)
        self._tint()
        theme.changes().changed.connect(self._tint)

    def _tint(self) -> None:
        self.setPixmap(theme.pixmap(self._icon, theme.colour("muted"), 16))


def by_month(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return entries under the names of their months, in the order given; drafts without a day come first."""
    months: list[tuple[str, list[Entry]]] = []
    for each in entries:
        name = f"{words.MONTHS[each.on.month - 1]} {each.on.year}"
        if not months or months[-1][0] != name:
            months.append((name, []))
        months[-1][1].append(each)
    return months


def words_in(text: str, letters: int) -> str:
    """Return a text in so many letters at most."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _read(session: Session, child_id: UUID) -> tuple[list[Entry], list[overview.Bar]]:
    return notes.timeline(session, child_id), overview.life(session, child_id)


def _within(each: Entry, stretch: Bar | None) -> bool:
    if stretch is None:
        return True
    return stretch.starts_on <= each.on and (stretch.ends_on is None or each.on <= stretch.ends_on)


def _holds(each: Entry, wanted: Sequence[str]) -> bool:
    text = f"{each.title} {each.words} {each.quote} {each.kind} {words.day(each.on)}".casefold()
    return all(part in text for part in wanted)


def _wrapped(text: str, role: str = "") -> QLabel:
    label = plain(text, role)
    label.setWordWrap(True)
    label.setMaximumWidth(READING_WIDTH)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

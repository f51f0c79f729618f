"""Star progress: what the readings of one star say over many children; each number opens its list."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseapp import star_report, words
from caseapp.star_change import Improvement, shown
from caseapp.star_figures import Figure
from caseapp.star_report import Offer, StarReport
from ui.asking import Asking
from ui.behind_list import behind_list, listed
from ui.card_columns import CardColumns
from ui.charts import Series, StarChart
from ui.exporting import CSV, Exporting, Made
from ui.figure_list import ClosesList, put_beneath
from ui.parts import Card, EmptyState, Muted, Section, Title, plain
from ui.record_parts import Scroller, clear, flowing
from ui.star_tables import Show, areas_table, groups_table, meanings_table, profile_table, tile

if TYPE_CHECKING:
    from caseapp.work import Problem
    from ui.desk import Desk

TILES: Final = ("stars", "compared", "improved", "change", "covered")
_MINE, _TEAM, _ALL = "mine", "team", "all"
_IMPROVED: Final = (
    ("Up, none down", Improvement()),
    ("Up anywhere", Improvement(none_worse=False)),
)
_CAUTION: Final = (
    "These figures show recorded progress: what people and workers wrote down. They do not prove why it "
    "happened. Small numbers move easily; read them with the stories behind them."
)


class StarReportPage(ClosesList, Asking):
    """Pickers at the top, headline figures, averages and where people started; lists open beneath."""

    open_child = Signal(UUID)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Star progress")
        self._report: StarReport | None = None
        self.exporting = Exporting(self, "star-progress.csv", CSV, self._file)
        self._asked = 0
        self._typed = ("", "")
        self._last_link: QWidget | None = None
        self._line = Muted("")
        self._said = Section("")
        self._said.setWordWrap(True)
        self._save = QPushButton("Save as CSV…")
        self._save.setAccessibleName("Save as CSV")
        self._save.setVisible(desk.may("export").allowed)
        self._save.setEnabled(False)
        self._save.clicked.connect(self.exporting.ask_where)
        self._make_pickers()
        self.behind = behind_list()
        self.behind.open_child.connect(self.open_child)
        self.behind.closed.connect(self._back_to_link)
        self._tiles = QHBoxLayout()
        self._tiles.setSpacing(12)
        self._body = QVBoxLayout()
        self._body.setSpacing(16)
        self._place_all()
        self.ask("Reading which stars there are …", star_report.offer, self._take_offer)

    def _make_pickers(self) -> None:
        self.star, self.whose, self.agency, self.counts_as = (QComboBox() for _ in range(4))
        self.since, self.until = QLineEdit(), QLineEdit()
        self.partial = QCheckBox("Partial ones too")
        self.partial.setToolTip("Count readings with fewer than 80 % of the areas as well")
        for line, name in ((self.since, "From"), (self.until, "To")):
            line.setFixedWidth(104)
            line.setPlaceholderText("dd/mm/yyyy")
            line.setAccessibleName(f"{name}, a date")
        self.since.setText(words.day(words.day_from("-1y", self.desk.today)))
        self.until.setText(words.day(self.desk.today))
        for text, rule in _IMPROVED:
            self.counts_as.addItem(text, rule)

    def _place_all(self) -> None:
        title = QHBoxLayout()
        title.addWidget(Title("Star progress"), 1)
        title.addWidget(self._save)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addLayout(title)
        heading.addWidget(self._line)
        page = Scroller()
        page.body.setContentsMargins(24, 24, 24, 24)
        page.body.addLayout(heading)
        page.body.addWidget(self._pickers())
        page.body.addWidget(self.busy)
        page.body.addWidget(self.banner)
        page.body.addWidget(self._said)
        page.body.addLayout(self._tiles)
        page.body.addLayout(self._body)
        page.body.addStretch(1)
        put_beneath(self, page, self.behind)

    def _pickers(self) -> QWidget:
        controls: tuple[tuple[str, QWidget, int], ...] = (
            ("Star", self.star, 17), ("Whose", self.whose, 17), ("Agency", self.agency, 14),
            ("From", self.since, 0), ("To", self.until, 0), ("Counts as improved", self.counts_as, 17),
            ("", self.partial, 0),
        )  # fmt: skip
        return flowing(*(_labelled(*each) for each in controls), gap=12)

    def _take_offer(self, found: Offer) -> None:
        actor = self.desk.actor
        for key, title in found.stars:
            self.star.addItem(title, key)
        self.whose.addItem("My children", _MINE)
        if actor.team_id:
            self.whose.addItem(f"My team: {actor.team}" if actor.team else "My team", _TEAM)
        self.whose.addItem("All that I may see", _ALL)
        for worker_id, name in found.workers:
            if worker_id != actor.worker_id:
                self.whose.addItem(name, worker_id)
        if "manager" in actor.roles and actor.team_id:
            self.whose.setCurrentIndex(1)
        self.agency.addItem("Any agency", "")
        for code, title in found.agencies:
            self.agency.addItem(title, code)
        for picker in (self.star, self.whose, self.agency, self.counts_as):
            picker.currentIndexChanged.connect(self.refresh)
        for line in (self.since, self.until):
            line.editingFinished.connect(self._dates_typed)
        self.partial.toggled.connect(self.refresh)
        self.refresh()

    def focus_first(self) -> None:
        """Put the keyboard into the choice of the star."""
        self.star.setFocus()

    def _dates_typed(self) -> None:
        typed = (self.since.text(), self.until.text())
        if typed != self._typed:
            self.refresh()

    def refresh(self) -> None:
        """Work the report out anew."""
        if not self.star.count():
            return
        self._typed = (self.since.text(), self.until.text())
        try:
            asked = self._wanted()
        except ValueError as error:
            self.banner.set_banner(str(error), "warning")
            self.banner.show()
            return
        self._asked += 1
        key = str(self.star.currentData())
        self.ask(
            "Counting …",
            lambda session: star_report.star_report(session, key, **asked),
            partial(self._show, self._asked),
        )

    def _wanted(self) -> dict[str, Any]:
        whose = self.whose.currentData()
        until = self._day(self.until)
        return {
            "since": self._day(self.since),
            "until": until or self.desk.today,
            "worker_id": self.desk.actor.worker_id if whose == _MINE else _id(whose),
            "team": whose == _TEAM,
            "agency": str(self.agency.currentData()),
            "improved": self.counts_as.currentData(),
            "with_partial": self.partial.isChecked(),
        }

    def _day(self, line: QLineEdit) -> date | None:
        typed = line.text().strip()
        return words.day_from(typed, self.desk.today) if typed else None

    # What is shown

    def _show(self, asked: int, report: StarReport) -> None:
        if asked != self._asked:
            return  # something else was chosen in between
        self._report = report
        self.behind.close_list()
        self._save.setEnabled(True)
        self._line.setText(f"{report.whose}. {report.period}. As at {words.day(report.made_on)}.")
        self._said.setText(report.told.sentence)
        clear(self._tiles)
        clear(self._body)
        for note in report.notes:
            self._body.addWidget(Muted(note))
        for key in TILES:
            self._tiles.addWidget(tile(report.told.one(key), self._open), 1)
        if report.told.one("stars").count:
            self._add_cards(report)
        else:
            self._body.addWidget(
                EmptyState(
                    "star",
                    "No star in this period",
                    "Signed readings of this star are counted here by themselves. Choose another period, "
                    "star or whose, or begin a reading in a child’s record.",
                )
            )
        self._body.addWidget(_meanings(report, self._open))
        if report.acknowledgement:
            self._body.addWidget(Muted(report.acknowledgement))

    def _add_cards(self, report: StarReport) -> None:
        table = Card("Average by area")
        table.body.addWidget(areas_table(report.told.areas, self._open))
        table.body.addWidget(Muted("Averages are of the same people both times; n says how many they are."))
        table.body.addStretch(1)
        chart = _chart(report)
        self._body.addWidget(CardColumns({800: ((chart,), (table,)), 0: ((chart, table),)}, (5, 6)))
        profile = Card("Where people started")
        profile.body.addWidget(Muted("First readings dated in the period, by area and stage."))
        profile.body.addWidget(profile_table(report.told.areas, report.told.bands, self._open))
        self._body.addWidget(profile)
        for by in ("Worker", "Team", "Agency"):
            groups = [each for each in report.told.groups if each.by == by]
            card = Card(f"By {by.casefold()}")
            card.body.addWidget(groups_table(groups, self._open))
            self._body.addWidget(card)

    def _open(self, figure: Figure) -> None:
        self._last_link = QApplication.focusWidget()
        self.behind.show_rows(listed(figure))

    def _back_to_link(self) -> None:
        if self._last_link is not None and isValid(self._last_link):
            self._last_link.setFocus()

    # The file

    def _file(self, _path: str) -> Made | None:
        report = self._report
        return Made(lambda session: star_report.csv_file(session, report)) if report is not None else None

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong; what was shown before is no answer to what is chosen now."""
        super().show_problem(problem)
        self._said.setText("")


def _labelled(name: str, control: QWidget, letters: int) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    label = plain(name, "small")
    label.setBuddy(control)
    if isinstance(control, QComboBox):
        control.setAccessibleName(name)
        control.setMinimumContentsLength(letters)
        control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for widget in (label, control):
        column.addWidget(widget)
    return holder


def _id(whose: object) -> UUID | None:
    return whose if isinstance(whose, UUID) else None


def _chart(report: StarReport) -> Card:
    rows, n = report.told.areas, report.told.one("compared").count
    latest, first = (
        # The chart draws any number; readings are whole, averages are not.
        cast("tuple[int | None, ...]", tuple(None if each is None else float(shown(each)) for each in means))
        for means in ([row.latest for row in rows], [row.first for row in rows])
    )
    many = words.count(n, "person", "people")
    chart = StarChart()
    chart.setMinimumSize(360, 380)
    chart.setAccessibleName(f"Average of {many}, first reading and latest")
    series = [Series(f"Latest, average of {n}", latest), Series(f"First, average of {n}", first)]
    chart.set_chart(report.scale.areas, report.scale.low, report.scale.high, series if n else [])
    card = Card(f"Average first and latest, {many}")
    card.body.addWidget(chart, 1)
    if not n:
        card.body.addWidget(Muted("Nobody has two readings to compare yet."))
    return card


def _meanings(report: StarReport, show: Show) -> Card:
    card = Card("All figures, and what they mean")
    card.body.addWidget(meanings_table(report.told.headline, show))
    card.body.addWidget(Muted(_CAUTION))
    return card


def star_report_page(desk: Desk) -> StarReportPage:
    """Return the page for a desk; it asks to open a child with `open_child`."""
    return StarReportPage(desk)

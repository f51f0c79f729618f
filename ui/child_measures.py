"""What is measured beside the stars: questionnaires, goals and scaling, each over time and as numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseapp import measures, words
from caseapp.measure_rules import MOST_POINTS, MOST_TOTAL, SCALES
from caseapp.measure_view import Cell, GoalView, MeasuresView, SdqRow
from caseapp.scaling import Line, Point
from caseapp.star_change import change_mark
from caseapp.work import Problem
from ui import measure_forms as forms
from ui import theme
from ui.card_columns import CardColumns
from ui.line_chart import DRAWN_AT_MOST, DatedLine, LineChart
from ui.parts import LinkButton, Muted, Rule, Section, icon_button, plain, wrapped
from ui.people_card import PeopleCard
from ui.people_forms import PeopleForm
from ui.record_page import RecordPage
from ui.record_parts import bring_into_sight
from ui.small_form import InlineForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_GOALS_EMPTY: Final = (
    "No goal yet. Ask what the child or parent wants to be different, and write it down in their words. "
    "It is rated from 0 (no progress) to 10 (reached)."
)
_SCALING_EMPTY: Final = (
    "Nobody has been asked yet. Scores stand here from signed assessments and family meetings, and from "
    "what is added here; each person’s on a line of their own."
)
_SDQ_EMPTY: Final = (
    "No questionnaire yet. The scores of a paper questionnaire (SDQ) are typed here; its questions are not."
)
_LINE_END: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class MeasuresPage(RecordPage):
    """The Measures tab: goals and scaling side by side, questionnaires below."""

    open_plan = Signal(UUID)

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("Questionnaires, goals and scaling")
        self._may_write = may_write
        self._goals = PeopleCard("Goals", _GOALS_EMPTY)
        self._scaling = PeopleCard("How are things, from 0 to 10?", _SCALING_EMPTY)
        self._sdq = PeopleCard("Strengths and difficulties (SDQ)", _SDQ_EMPTY)
        if may_write:
            offers = (
                (self._goals, "Set a goal", forms.GoalForm),
                (self._scaling, "Add a score", forms.ScaleForm),
                (self._sdq, "Add SDQ scores", forms.SdqForm),
            )
            for card, text, form in offers:
                card.offer(text, partial(self._open, card, partial(form, desk, child_id)))
        self.body.addWidget(Section("Questionnaires, goals and scaling"))
        self._columns = CardColumns(
            {900: ((self._goals,), (self._scaling,)), 0: ((self._goals, self._scaling),)}, (1, 1)
        )
        self.body.addWidget(self._columns)
        self.body.addWidget(self._sdq)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read everything measured anew."""
        child_id = self.child_id
        self.ask("Reading the measures …", lambda session: measures.view(session, child_id), self._show)

    def _open(self, card: PeopleCard, make: Callable[[], PeopleForm]) -> None:
        form = make()
        form.asked.connect(partial(self._write, form))
        card.open_form(form)
        QTimer.singleShot(0, form, partial(bring_into_sight, form))  # once it has its place

    def _write(self, form: InlineForm, work: Callable[[Session], object]) -> None:
        self.save("Saving …", work, self._written, partial(_say, form))

    def _written(self, _result: object) -> None:
        for card in (self._goals, self._scaling, self._sdq):
            card.close_form()
        self.refresh()

    def _show(self, view: MeasuresView) -> None:
        goals, scaling = self._goal_rows(view), self._scaling_rows(view)
        self._goals.show_rows(goals)
        self._scaling.show_rows(scaling)
        # A card of one sentence beside a long one would leave half of the page white.
        if bool(goals) == bool(scaling):
            self._columns.set_plans(
                {900: ((self._goals,), (self._scaling,)), 0: ((self._goals, self._scaling),)}
            )
        else:
            full, empty = (self._goals, self._scaling) if goals else (self._scaling, self._goals)
            self._columns.set_plans({0: ((full, empty),)})
        self._sdq.show_rows(self._sdq_rows(view))

    # Goals

    def _goal_rows(self, view: MeasuresView) -> list[QWidget]:
        rows: list[QWidget] = []
        rated = [
            DatedLine(_name(each.words), tuple((one.on, one.score) for one in each.ratings))
            for each in view.goals
            if each.ratings
        ]
        if _is_over_time(rated):
            rows.append(_chart("Goals over time", rated, MOST_POINTS))
        if view.mean_change:
            mean, over = view.mean_change
            rows.append(Muted(f"Recorded change on average: {mean:+} over {words.count(over, 'goal')}."))
        return rows + [self._goal_row(each) for each in view.goals]

    def _goal_row(self, goal: GoalView) -> QWidget:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(wrapped(f"“{goal.words}”", "muted" if goal.closed_on else "label"))
        lines.addWidget(Muted(_goal_words(goal)))
        if goal.ratings:
            headings = ["Rated on", "By", "0 to 10", "What was said", ""]
            cells = [
                [
                    words.day(each.on),
                    each.by_words,
                    str(each.score),
                    each.words,
                    self._mending(
                        self._goals,
                        goal.closed_on is None,
                        f"the rating of {words.day(each.on)}",
                        partial(forms.RateForm, self.desk, self.child_id, goal, each),
                    ),
                ]
                for each in reversed(goal.ratings)
            ]
            lines.addWidget(_table(_name(goal.words), headings, cells, (0, 0, 0, 1, 0)))
        if self._may_write and not goal.closed_on:
            acts: list[tuple[str, Callable[[], PeopleForm]]] = [
                ("Rate it", partial(forms.RateForm, self.desk, self.child_id, goal)),
                ("Close the goal", partial(forms.CloseGoalForm, self.desk, self.child_id, goal)),
            ]
            lines.addLayout(self._links(self._goals, goal.words, acts))
        holder = QWidget()
        holder.setLayout(lines)
        lines.setContentsMargins(0, 4, 0, 4)
        return holder

    def _links(
        self, card: PeopleCard, of: str, acts: Sequence[tuple[str, Callable[[], PeopleForm]]]
    ) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(20)
        for text, make in acts:
            link = LinkButton(text)
            link.setAccessibleName(f"{text}: {of}")
            link.clicked.connect(partial(self._open, card, make))
            line.addWidget(link)
        line.addStretch(1)
        return line

    # Scaling

    def _scaling_rows(self, view: MeasuresView) -> list[QWidget]:
        subjects = dict.fromkeys(each.subject for each in view.scaling)
        return [
            self._subject(view, [each for each in view.scaling if each.subject == subject])
            for subject in subjects
        ]

    def _subject(self, view: MeasuresView, about: Sequence[Line]) -> QWidget:
        subject = about[0].subject
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 4, 0, 4)
        lines.setSpacing(6)
        lines.addWidget(wrapped(f"About {_lower(subject)}", "label"))
        drawn = [
            DatedLine(_line_name(each), tuple((point.on, point.score) for point in each.points))
            for each in about
        ]
        if _is_over_time(drawn):
            lines.addWidget(_chart(f"Scores about {_lower(subject)} over time", drawn, MOST_POINTS))
        lines.addWidget(self._scores(subject, about))
        for gap in view.gaps:
            if gap.subject == subject:
                lines.addWidget(Muted(gap.words.removeprefix(f"{subject}: ")))
        holder = QWidget()
        holder.setLayout(lines)
        return holder

    def _scores(self, subject: str, about: Sequence[Line]) -> QWidget:
        headings = ["On", "0 to 10", "Since first", "Why not lower; one higher", ""]
        cells: list[list[str | QWidget]] = []
        for line in about:
            cells.append([_line_name(line)])
            for point in reversed(line.points):
                is_first = point is line.points[0]
                since = "" if is_first else change_mark(line.points[0].score, point.score)
                shown = [words.day(point.on), str(point.score), since, _reasons(point)]
                cells.append([*shown, self._source(point)])
        return _table(f"Scores about {_lower(subject)}", headings, cells, (0, 0, 0, 1, 0))

    def _source(self, point: Point) -> QWidget | str:
        if point.revision_id:
            return self._document(point.source, point.revision_id)
        return self._mending(
            self._scaling,
            point.measure_id is not None,
            f"the score of {point.respondent} on {words.day(point.on)}",
            partial(forms.ScaleForm, self.desk, self.child_id, point),
        )

    # Questionnaires

    def _sdq_rows(self, view: MeasuresView) -> list[QWidget]:
        if not view.sdq:
            return []
        by_informant = dict.fromkeys(each.informant_words for each in view.sdq if each.total is not None)
        drawn = [
            DatedLine(f"Total, {_lower(informant)}", _totals(view.sdq, informant))
            for informant in by_informant
        ]
        rows: list[QWidget] = []
        if _is_over_time(drawn):
            rows.append(_chart("Total difficulties over time", drawn, MOST_TOTAL))
        headings = ["On", "By", "Total of 40", *(label for _, label in SCALES), "Remark", ""]
        cells = [self._sdq_cells(each) for each in view.sdq]
        rows.append(_table("SDQ scores", headings, cells, (0, 2, 2, 2, 2, 2, 3, 3, 3, 2)))
        rows.append(
            Muted(
                "Each scale 0 to 10. The total adds the first four; kind and helpful behaviour stands apart, "
                "and there a high score is good. Bands stand only where the age and who answered allow."
            )
        )
        return rows

    def _sdq_cells(self, row: SdqRow) -> list[str | QWidget]:
        total = "No score" if row.no_score else _banded(Cell("", row.total, row.band))
        said = "\n".join(part for part in (row.no_score_words, row.words) if part)
        if row.revision_id:
            last: str | QWidget = self._document(row.source, row.revision_id)
        else:
            last = self._mending(
                self._sdq,
                row.id is not None,
                f"the result of {words.day(row.on)}",
                partial(forms.SdqForm, self.desk, self.child_id, row),
            )
        scales = ["" if row.no_score else _banded(each) for each in row.cells]
        return [words.day(row.on), row.informant_words, total, *scales, said, last]

    def _document(self, source: str, revision_id: UUID) -> QWidget:
        link = LinkButton(source)
        link.clicked.connect(partial(self.open_plan.emit, revision_id))
        return link

    def _mending(
        self, card: PeopleCard, is_open: bool, what: str, make: Callable[[], PeopleForm]
    ) -> QWidget | str:
        if not (self._may_write and is_open):
            return ""
        button = icon_button("draft", f"Put right: {what}")
        theme.set_icon(button, "draft", "muted", 16)
        button.setStyleSheet("padding: 0; min-height: 24px; min-width: 24px;")  # no higher than the line
        button.clicked.connect(partial(self._open, card, make))
        return button


def _say(form: InlineForm, problem: Problem) -> None:
    form.show_words(problem.words)


def _chart(name: str, lines: Sequence[DatedLine], high: int) -> QWidget:
    chart = LineChart(name, 0, high)
    chart.set_lines(lines)
    if len(lines) <= DRAWN_AT_MOST:
        return chart
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(chart)
    layout.addWidget(Muted(f"and {len(lines) - DRAWN_AT_MOST} more in the table"))
    return holder


def _table(
    name: str, headings: Sequence[str], rows: Sequence[Sequence[str | QWidget]], shares: Sequence[int]
) -> QWidget:
    """Return a table of words and links; a row with one cell runs over the whole width."""
    holder = QWidget()
    holder.setAccessibleName(name)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    for column, (heading, share) in enumerate(zip(headings, shares, strict=True)):
        grid.setColumnStretch(column, share)
        grid.addWidget(wrapped(heading, "small") if share else plain(heading, "small"), 0, column)
    grid.addWidget(Rule(), 1, 0, 1, len(headings))
    for line, row in enumerate(rows, 2):
        if len(row) == 1:
            grid.addWidget(wrapped(str(row[0]), "label"), line, 0, 1, len(headings))
            continue
        for column, cell in enumerate(row):
            if isinstance(cell, QWidget):
                grid.addWidget(cell, line, column, _LINE_END)
                continue
            label = wrapped(cell) if shares[column] else plain(cell)
            label.setAccessibleName(f"{headings[column]}: {cell or 'nothing recorded'}")
            grid.addWidget(label, line, column, Qt.AlignmentFlag.AlignTop)
    return holder


def _is_over_time(lines: Sequence[DatedLine]) -> bool:
    """Return whether there is more than one day to draw."""
    return len({day for line in lines for day, _ in line.points}) > 1


def _totals(rows: Sequence[SdqRow], informant: str) -> tuple[tuple[date, int | None], ...]:
    mine = [each for each in reversed(rows) if each.informant_words == informant]
    return tuple((each.on, each.total) for each in mine if not each.no_score)


def _banded(cell: Cell) -> str:
    """Return points with the band below; a dash where they are not known."""
    return "–" if cell.points is None else "\n".join(part for part in (str(cell.points), cell.band) if part)


def _goal_words(goal: GoalView) -> str:
    parts = [f"{goal.whose_words} goal, set on {words.day(goal.set_on)}"]
    if goal.change is not None:
        parts.append(f"{change_mark(goal.ratings[0].score, goal.ratings[-1].score)} since the first rating")
    elif not goal.ratings:
        parts.append("not rated yet")
    if goal.closed_on:
        parts.append(f"closed on {words.day(goal.closed_on)}: {goal.close_reason}")
    return ", ".join(parts)


def _name(said: str) -> str:
    one_line = " ".join(said.split())
    return one_line if len(one_line) <= 34 else f"{one_line[:33].rstrip()}…"


def _line_name(line: Line) -> str:
    role = _lower(line.role_words)
    return line.respondent if role == line.respondent.casefold() else f"{line.respondent} ({role})"


def _lower(text: str) -> str:
    """Return words for the inside of a sentence; a name keeps its capital."""
    return f"{text[:1].lower()}{text[1:]}" if text.split(" ")[0] in _COMMON else text


_COMMON: Final = frozenset({"The", "Child", "Parent", "Carer", "Worker", "Another", "Teacher"})


def _reasons(point: Point) -> str:
    higher = f"Higher: {point.one_higher}" if point.one_higher else ""
    return "\n".join(part for part in (point.why_not_lower, higher) if part)

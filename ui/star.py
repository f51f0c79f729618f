"""A section of scores as a star: the chart and a table of numbers beside it, each working the other."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayoutItem,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from caseapp.form import Answers, Score, Stage
from caseapp.star_change import stage_words
from ui import theme
from ui.charts import Series, StarChart
from ui.parts import plain

NOW: Final = "Now"
_GAP: Final = 24
_ROW: Final = 38
"""Pixels of a line of numbers: as high with a stage beside the number as without."""
_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class StarEditor(QWidget):
    """The scores of one reading, with earlier readings drawn under it and the change since the first."""

    changed = Signal(str)
    """The key of an area that has another score, or none."""

    def __init__(self, fields: Sequence[Score], parent: QWidget | None, today: date) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._scores: dict[str, Any] = {each.key: None for each in fields}
        self._earlier: tuple[tuple[str, Answers], ...] = ()
        self._picked = 0
        self._is_read_only = False
        self._chart = StarChart(self, editable=True)
        self._chart.set_least(QSize(340, 330))
        self._chart.score_chosen.connect(self._chosen_on_chart)
        self._chart.score_cleared.connect(self._cleared_on_chart)
        self._boxes: list[QLineEdit] = []
        self._changes = [plain("", "small") for _ in fields]
        self._stages: tuple[Stage, ...] = ()
        self._stage_labels = [plain("", "small") for _ in fields]
        self._slider = self._reading_slider()
        self._picked_words = plain("", "small")
        self._add_table()
        self._draw()

    def _add_table(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, 118)
        for column, heading in enumerate(("Area", self._scale_words(), "Since the first")):
            grid.addWidget(plain(heading, "small"), 0, column)
        for place, field in enumerate(self._fields):
            label = plain(field.label)
            label.setWordWrap(True)
            self._boxes.append(self._box(place, field))
            grid.addWidget(label, place + 1, 0)
            grid.addWidget(self._boxes[place], place + 1, 1)
            beside = QVBoxLayout()
            beside.setSpacing(0)
            beside.addStretch(1)
            beside.addWidget(self._stage_labels[place])
            beside.addWidget(self._changes[place])
            beside.addStretch(1)
            grid.addLayout(beside, place + 1, 2)
            grid.setRowMinimumHeight(place + 1, _ROW)
            self._stage_labels[place].hide()
        column_right = QVBoxLayout()
        column_right.addLayout(grid)
        column_right.addStretch(1)
        column_left = QVBoxLayout()
        column_left.addWidget(self._chart, 1)
        picker = QHBoxLayout()
        picker.addWidget(self._picked_words)
        picker.addWidget(self._slider, 1)
        column_left.addLayout(picker)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(_GAP)
        self._columns.addLayout(column_left, 1)
        self._columns.addLayout(column_right, 1)

    def minimumSizeHint(self) -> QSize:
        """Return the room for chart and numbers below each other."""
        least = max(item.minimumSize().width() for item in self._halves())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside the chart, or below it where there is no room."""
        super().resizeEvent(event)
        needed = sum(item.minimumSize().width() for item in self._halves()) + _GAP
        is_wide = self.width() >= needed
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if way != self._columns.direction():
            self._columns.setDirection(way)
            self.updateGeometry()

    def _halves(self) -> list[QLayoutItem]:
        items = (self._columns.itemAt(place) for place in range(self._columns.count()))
        return [item for item in items if item is not None]

    def _scale_words(self) -> str:
        return f"{self._low} to {self._high}" if self._low < 0 else f"{self._low}–{self._high}"

    @property
    def _low(self) -> int:
        return min(each.low for each in self._fields)

    @property
    def _high(self) -> int:
        return max(each.high for each in self._fields)

    def _box(self, place: int, field: Score) -> QLineEdit:
        box = QLineEdit()
        box.setFixedWidth(52)
        box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.setAccessibleName(field.label)
        box.setAccessibleDescription(
            f"A number from {field.low} ({field.low_words}) to {field.high} ({field.high_words}), "
            "or nothing if it was not discussed."
        )
        box.setProperty("place", place)
        box.textEdited.connect(self._typed)
        box.editingFinished.connect(self._left_box)
        box.installEventFilter(self)
        return box

    def _reading_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName("Earlier reading to compare with")
        slider.setPageStep(1)
        slider.setMaximumWidth(160)
        slider.valueChanged.connect(self._pick)
        slider.hide()
        return slider

    # What it shows and gives

    def answers(self) -> Answers:
        """Return the score of each area; what cannot be understood as it was typed."""
        return dict(self._scores)

    def answer(self, key: str) -> Any:
        """Return one area's score."""
        return self._scores[key]

    def areas(self) -> list[str]:
        """Return the keys of the areas, clockwise from the top."""
        return list(self._scores)

    def set_answers(self, answers: Answers) -> None:
        """Show the scores of a reading, without telling that anything changed."""
        for place, field in enumerate(self._fields):
            self._scores[field.key] = answers.get(field.key)
            self._boxes[place].setText(field.show(answers.get(field.key)))
        self._draw()

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Name the stage of each score beside its number."""
        self._stages = tuple(stages)
        widest = self._widest_stage()
        for label in self._stage_labels:
            label.setMinimumWidth(widest)
        self._show_stages()

    def stages(self) -> list[str]:
        """Return the stage that stands beside each number, nothing where there is none."""
        return [label.text() for label in self._stage_labels]

    def _widest_stage(self) -> int:
        metrics = self._stage_labels[0].fontMetrics()
        return max((metrics.horizontalAdvance(each.label) for each in self._stages), default=0)

    def _show_stages(self) -> None:
        for label, field in zip(self._stage_labels, self._fields, strict=True):
            label.setText(stage_words(_drawn(field, self._scores[field.key]), self._stages))
            label.setVisible(bool(label.text()))

    def set_earlier(self, earlier: Sequence[tuple[str, Answers]]) -> None:
        """Draw earlier readings, newest first: the first of all, and one that the slider chooses."""
        self._earlier = tuple(earlier)
        self._slider.setRange(0, max(0, len(earlier) - 1))
        self._slider.setValue(self._slider.maximum())
        self._slider.setVisible(len(earlier) > 2)
        self._pick(self._slider.value())

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the scores be read only."""
        self._chart.editable = not is_read_only
        self._chart.setFocusPolicy(
            Qt.FocusPolicy.NoFocus if is_read_only else Qt.FocusPolicy.StrongFocus,
        )
        for box in self._boxes:
            box.setReadOnly(is_read_only)
            theme.restyle(box)
        self._is_read_only = is_read_only

    def chart(self) -> StarChart:
        """Return the chart."""
        return self._chart

    def boxes(self) -> list[QLineEdit]:
        """Return the number boxes in the order of the areas."""
        return list(self._boxes)

    def changes(self) -> list[str]:
        """Return the words of each area's change since the first reading."""
        return [label.text() for label in self._changes]

    def focus(self, key: str = "") -> None:
        """Put the keyboard into an area's number box, or the first."""
        place = list(self._scores).index(key) if key in self._scores else 0
        self._boxes[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_problem(self, key: str, words: str | None) -> None:
        """Mark an area's number as wrong, with the reason in its tooltip and where the change stands."""
        place = list(self._scores).index(key)
        box = self._boxes[place]
        if (box.property("error") == "true") != bool(words):
            box.setProperty("error", "true" if words else "")
            theme.restyle(box)
        box.setToolTip(words or "")
        self._changes[place].setProperty("role", "error" if words else "small")
        theme.restyle(self._changes[place])
        self._changes[place].setText(words or self._change(self._fields[place]))

    # The two ways in

    def _chosen_on_chart(self, place: int, score: int) -> None:
        self._take(place, score, on_chart=True)

    def _cleared_on_chart(self, place: int) -> None:
        self._take(place, None, on_chart=True)

    def _typed(self, typed: str) -> None:
        place: int = self.sender().property("place")
        score: Any = typed
        with suppress(ValueError):  # kept as it was typed
            score = self._fields[place].clean(typed)
        self._take(place, score)

    def _take(self, place: int, score: Any, *, on_chart: bool = False) -> None:
        field = self._fields[place]
        self._scores[field.key] = score
        if on_chart:
            self._boxes[place].setText(field.show(score))
        else:
            self._chart.set_arm(place)
            self._chart.set_score(place, _drawn(field, score))
        self.set_problem(field.key, None)
        self._show_stages()
        self.changed.emit(field.key)

    def _left_box(self) -> None:
        place: int = self.sender().property("place")
        try:
            self._fields[place].clean(self._boxes[place].text())
        except ValueError as error:
            self.set_problem(self._fields[place].key, str(error))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Step a score with Up and Down."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if not is_key or self._is_read_only:
            return False
        step = _STEPS.get(Qt.Key(event.key()))  # type: ignore[attr-defined]  # is_key says that it has one
        if step is None:
            return False
        place: int = watched.property("place")
        self._step(place, step)
        return True

    def _step(self, place: int, by: int) -> None:
        field = self._fields[place]
        score = self._scores[field.key]
        stepped = min(field.high, max(field.low, score + by)) if isinstance(score, int) else field.low
        self._boxes[place].setText(str(stepped))
        self._take(place, stepped)

    # Earlier readings

    def _pick(self, value: int) -> None:
        # To the right is newer, as on a line of time.
        self._picked = len(self._earlier) - 1 - value if self._earlier else 0
        self._draw()

    def _compared(self) -> list[tuple[str, Answers]]:
        """Return the earlier readings that are drawn: the chosen one, then the first."""
        if not self._earlier:
            return []
        last_place = len(self._earlier) - 1
        return [self._earlier[place] for place in dict.fromkeys((self._picked, last_place))]

    def _draw(self) -> None:
        compared = self._compared()
        series = [(NOW, self._scores), *compared]
        areas = [field.label for field in self._fields]
        self._chart.set_chart(
            areas,
            self._low,
            self._high,
            [
                Series(label, tuple(_drawn(field, answers.get(field.key)) for field in self._fields))
                for label, answers in series
            ],
        )
        self._picked_words.setText(f"Compared with {compared[0][0]}" if len(self._earlier) > 2 else "")
        self._slider.setAccessibleDescription(self._picked_words.text())
        for label, field in zip(self._changes, self._fields, strict=True):
            label.setText(self._change(field))
        self._show_stages()

    def _change(self, field: Score) -> str:
        """Return the change since the first reading as a number and an arrow."""
        if not self._earlier:
            return "first reading"
        first, now = self._earlier[-1][1].get(field.key), self._scores[field.key]
        if not isinstance(first, int):
            return "not discussed at first"
        if not isinstance(now, int):
            return f"was {first}"
        by = now - first
        return (
            f"was {first}  ↑ up {by}"
            if by > 0
            else f"was {first}  ↓ down {-by}"
            if by
            else f"was {first}  → the same"
        )


def _drawn(field: Score, score: Any) -> int | None:
    """Return the score if it lies on the scale; what else was typed is not drawn."""
    return score if isinstance(score, int) and field.low <= score <= field.high else None

"""A day: typed in any sensible way, taken from a calendar, or stepped with the arrow keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from caseapp import words
from caseapp.form import Date
from ui.editor import Editor
from ui.parts import icon_button, plain

WIDTH: Final = 112


class DateEditor(Editor):
    """A line for the day, a button for the calendar, and the weekday beside them.

    Up and Down step by a day, Page up and Page down by a month.
    """

    def __init__(self, field: Date, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._line = QLineEdit()
        self._line.setFixedWidth(WIDTH)
        self._line.setPlaceholderText("dd/mm/yyyy")
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self._finish)
        self._line.installEventFilter(self)
        self.name_control(self._line)
        self._button = icon_button("calendar", f"Calendar for {field.label}")
        self._button.clicked.connect(self._open_calendar)
        self._weekday = plain("", "small")
        self._popup: CalendarPopup | None = None
        for widget in (self._line, self._button, self._weekday):
            self.body.addWidget(widget)
        self.body.setSpacing(6)
        self.body.addStretch(1)

    def control(self) -> QWidget:
        """Return the line."""
        return self._line

    def read(self) -> Any:
        """Return ISO text, or what was typed where it is no date."""
        typed = self._line.text().strip()
        if not typed:
            return None
        try:
            return words.day_from(typed, self.today).isoformat()
        except ValueError:
            return typed

    def show_answer(self, answer: Any) -> None:
        """Show the day as dd/mm/yyyy with its weekday; anything else as it was typed."""
        self._line.setText(self.field.show(answer))
        self._name_weekday()

    def day(self) -> date | None:
        """Return the day, if what is typed is one."""
        return words.stored_day(self.answer())

    def edited(self) -> None:
        """Name the weekday once a date can be read."""
        super().edited()
        self._name_weekday()

    def _name_weekday(self) -> None:
        found = words.stored_day(self.read())
        self._weekday.setText(words.WEEKDAYS[found.weekday()] if found else "")

    def _finish(self) -> None:
        self.leave()
        if self._is_touched and not self.problem():
            self.show_answer(self.answer())

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Step with the arrow keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps: dict[Qt.Key, timedelta | relativedelta] = {
                Qt.Key.Key_Up: timedelta(days=1),
                Qt.Key.Key_Down: timedelta(days=-1),
                Qt.Key.Key_PageUp: relativedelta(months=1),
                Qt.Key.Key_PageDown: relativedelta(months=-1),
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._step(step)
                return True
        return False

    def _step(self, by: timedelta | relativedelta) -> None:
        if self._line.text().strip() and self.day() is None:
            return
        try:
            stepped = (self.day() or self.today) + by if self.day() else self.today
        except (OverflowError, ValueError):  # before the year 1 or after 9999
            return
        self.choose(stepped)

    def choose(self, chosen: date) -> None:
        """Take a day as the answer."""
        self._line.setText(words.day(chosen))
        self.edited()
        self.set_problem(None)

    def _open_calendar(self) -> None:
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.calendar.clicked.connect(self._pick)
            self._popup.calendar.activated.connect(self._pick)
        self._popup.calendar.setSelectedDate(_qt(self.day() or self.today))
        self._popup.open_under(self._line)

    def _pick(self, picked: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
        self.choose(date(picked.year(), picked.month(), picked.day()))
        self._line.setFocus()
        self.leave()


class CalendarPopup(QFrame):
    """A month to choose a day from; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", "true")
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setAccessibleName("Calendar")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)

    def open_under(self, line: QWidget) -> None:
        """Open below a line, inside the screen."""
        self.adjustSize()
        place = line.mapToGlobal(QPoint(0, line.height() + 2))
        room = line.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = place.y()
        if top + self.height() > room.bottom():
            top = line.mapToGlobal(QPoint(0, -2)).y() - self.height()
        self.move(left, top)
        self.show()
        self.calendar.setFocus()


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)

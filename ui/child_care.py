"""The Care tab: its parts under a line of tabs, each made when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseapp import missing_print
from ui.record_page import RecordPage

if TYPE_CHECKING:
    from ui.desk import Desk

PARTS: Final = {
    "Placements": ("ui.care_placements", "PlacementsPart"),
    "Reviews and visits": ("ui.care_reviews", "ReviewsPart"),
    "Health": ("ui.care_health", "HealthPart"),
    "Missing": ("ui.care_missing", "MissingPart"),
    "Permanence and court": ("ui.care_permanence", "PermanencePart"),
    "Family time": ("ui.care_family", "FamilyPart"),
    "Plans": ("ui.care_plans", "CarePlansPart"),
}
"""The module and class of each part. Imported when it is opened: together they take a quarter of a second."""
_HANDED_ON: Final = ("open_plan", "start_plan", "compare", "print_bytes")


class CarePage(QWidget):
    """The tabs of care and the open part; what a part asks for is handed on by name."""

    changed = Signal()
    """Something of the care record changed: what others show of it is old."""
    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    compare = Signal(UUID, str)
    print_bytes = Signal(str, bytes)

    def __init__(
        self, desk: Desk, child_id: UUID, may_write: bool, part: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Care")
        self._desk, self._child_id, self._may_write = desk, child_id, may_write
        self._parts: dict[str, RecordPage] = {}
        self._stale: set[str] = set()
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of care")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        for name in PARTS:
            self._tabs.addTab(name)
        self._stack = QStackedWidget()
        strip = QVBoxLayout()
        strip.setContentsMargins(24, 6, 24, 0)
        strip.addWidget(self._tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self._stack, 1)
        self._tabs.setCurrentIndex(self.part_names().index(part) if part in PARTS else 0)
        self._tabs.currentChanged.connect(self._show_part)
        self._show_part(self._tabs.currentIndex())

    def part(self) -> RecordPage:
        """Return the open part."""
        return self._parts[self._tabs.tabText(self._tabs.currentIndex())]

    def part_names(self) -> list[str]:
        """Return the names of the parts."""
        return [self._tabs.tabText(place) for place in range(self._tabs.count())]

    def show_part(self, name: str) -> None:
        """Open a part by its name."""
        self._tabs.setCurrentIndex(self.part_names().index(name))

    def refresh(self) -> None:
        """Read the open part anew, the others when they are opened next."""
        self._stale = set(self._parts)
        self._show_part(self._tabs.currentIndex())

    def _show_part(self, place: int) -> None:
        name = self._tabs.tabText(place)
        if name not in self._parts:
            self._parts[name] = self._made(name)
            self._stack.addWidget(self._parts[name])
        elif name in self._stale:
            self._parts[name].refresh()
        self._stale.discard(name)
        self._stack.setCurrentWidget(self._parts[name])

    def _made(self, name: str) -> RecordPage:
        module, kind = PARTS[name]
        more = {"make_sheet": missing_print.missing_sheet} if name == "Missing" else {}
        part: RecordPage = getattr(import_module(module), kind)(
            self._desk, self._child_id, self._may_write, **more
        )
        for signal_name in _HANDED_ON:
            signal = getattr(part, signal_name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(getattr(self, signal_name))
        changed = getattr(part, "changed", None)
        if isinstance(changed, SignalInstance):
            changed.connect(self._written)
        return part

    def _written(self) -> None:
        self._stale = set(self._parts) - {self._tabs.tabText(self._tabs.currentIndex())}
        self.changed.emit()

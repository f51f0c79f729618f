"""What narrows a page of figures: boxes of what is offered, chips of what is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ui.editor import Flow
from ui.record_parts import FilterChip, clear


def choice_box(name: str, anything: str, chosen: Callable[[], object]) -> QComboBox:
    """Return a box whose first choice narrows nothing."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(anything, None)
    box.setMinimumContentsLength(14)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.activated.connect(chosen)
    return box


def offer(box: QComboBox, options: Iterable[tuple[object, str]], value: object) -> None:
    """Offer other choices after the first, and show the one in force."""
    while box.count() > 1:
        box.removeItem(1)
    for code, text in options:
        box.addItem(text, code)
    places = [at for at in range(box.count()) if box.itemData(at) == value]
    box.setCurrentIndex(places[0] if places else 0)


class InForce(QWidget):
    """The filters in force, each a chip that takes it away."""

    taken_away = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, gap=8, line_gap=6)
        self._flow.setContentsMargins(0, 0, 0, 0)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show other filters: each by its field, and in words."""
        clear(self._flow)
        for field, text in parts:
            chip = FilterChip(f"{text}  ×")
            chip.setAccessibleName(f"Take the filter away: {text}")
            chip.setChecked(True)
            chip.clicked.connect(partial(self._take_away, field))
            self._flow.addWidget(chip)
        self.setVisible(bool(parts))

    def _take_away(self, field: str, _checked: bool = False) -> None:
        self.taken_away.emit(field)

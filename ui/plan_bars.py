"""What stands between a plan's head and its form: siblings, what went wrong, the signature, grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts import Banner, Card
from ui.pep_quality import QualityBar
from ui.plan_head import CorrectionBar, SiblingBar

if TYPE_CHECKING:
    from caseapp.plan_reading import PlanView
    from ui.desk import Desk


class PlanBars(QVBoxLayout):
    """Each is shown only where it has something to say; without any, no room is taken."""

    open_plan = Signal(object)
    """The id of the version to open instead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._quality: QualityBar | None = None
        self.siblings = SiblingBar()
        self._banner = Banner("", "info")
        self._banner.acted.connect(self._banner.hide)
        self.signed = CorrectionBar()
        self._signed_frame = framed(self.signed)
        self.setSpacing(12)
        for bar in (self.siblings, self._banner, self._signed_frame):
            self.addWidget(bar)
            bar.hide()

    def show_plan(self, view: PlanView) -> None:
        """Say what there is to say of a version."""
        self.siblings.show_plan(view)
        self.siblings.setVisible(bool(view.siblings))
        self.signed.show_signed(view)
        self._signed_frame.setVisible(view.signed_at is not None)
        if view.kind == "pep" and view.signed_at and self._quality is None:
            self._quality = QualityBar(self._desk, view.revision_id)
            self._quality.open_plan.connect(self.open_plan)
            self.insertWidget(0, framed(self._quality))
        self._banner.hide()
        if view.replaces:
            self.say(f"This version corrects version {view.replaces}: {view.reason}", "info")
        elif not view.may_write and not view.signed_at:
            self.say("You may read this draft, not change it.", "info")

    def widgets(self) -> list[QWidget]:
        """Return the bars from the top."""
        items = [self.itemAt(place) for place in range(self.count())]
        return [widget for item in items if item and (widget := item.widget())]

    def say(self, text: str, meaning: str) -> None:
        """Say what went wrong, or what there is to know."""
        self._banner.set_banner(text, meaning, "Close")
        self._banner.show()


def framed(bar: QWidget) -> Card:
    """Return a bar in a card of its own, across the screen."""
    card = Card()
    layout = card.layout()
    if isinstance(layout, QVBoxLayout):
        layout.setContentsMargins(14, 6, 10, 6)
    card.body.addWidget(bar)
    return card

"""The Outcome Star of a record: whose star, its readings as chart and numbers, a new one, the family’s."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QWidget

from caseapp import star_exports, star_family, star_packs, stars, words
from caseapp.plan_versions import VersionRow
from caseapp.star_family import SiblingStar
from caseapp.star_packs import StarOffer
from caseapp.stars import SeriesView
from caseapp.work import Session
from ui.child_plans import PlansPage
from ui.parts import EmptyState, Section, plain, primary
from ui.record_parts import row
from ui.star_family import FamilyCard
from ui.star_readings import StarReadings
from ui.star_saving import Saving, png_of

__all__ = ["StarPage", "StarReadings"]

_PURPOSE: Final = "A reading gives each area of life a number. Later readings are drawn over the first."


class _Told(NamedTuple):
    """What the page shows of stars."""

    series: list[SeriesView]
    offers: list[StarOffer]
    siblings: list[SiblingStar]


def _read(session: Session, child_id: UUID) -> _Told:
    return _Told(
        stars.all_series(session, child_id),
        star_packs.on_offer(session),
        star_family.siblings(session, child_id),
    )


class StarPage(PlansPage):
    """The versions, and above them the readings of one star and one person at a time."""

    start_star = Signal(UUID, str)
    """The child and the key of the star's form: somebody wants to begin a reading."""
    open_child = Signal(UUID)
    print_bytes = Signal(str, bytes)
    """A title and the PDF to be shown in the preview."""

    def refresh(self) -> None:
        """Read readings and versions anew."""
        self._told = _Told([], [], [])
        child_id = self.child_id
        self.ask("Reading the star …", lambda session: _read(session, child_id), self._show_told)

    def _show_told(self, told: _Told) -> None:
        self._told = told
        super().refresh()

    # What stands on the page

    def heading(self, rows: Sequence[VersionRow]) -> QHBoxLayout:
        """Return the title with the stars on offer."""
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Section("Outcome Star"), 1)
        if len(rows) > 1:
            other = QPushButton("Compare versions")
            other.setAccessibleName("Compare versions")
            other.clicked.connect(partial(self.compare.emit, self.child_id, self.kind))
            line.addWidget(other)
        if self._may_write:
            line.addWidget(self._next_button(rows))
        return line

    def _next_button(self, rows: Sequence[VersionRow]) -> QPushButton:
        draft = next((each for each in rows if not each.signed_at), None)
        button = primary("Continue the draft" if draft else "New reading")
        if draft:
            button.clicked.connect(partial(self.open_plan.emit, draft.revision_id))
        else:
            button.setMenu(self._menu(button))
        return button

    def _menu(self, parent: QWidget) -> QMenu:
        """Return the stars on offer; a locked one stands there with the reason, and cannot be chosen."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        locked = [each for each in self._told.offers if each.locked]
        for offer in self._told.offers:
            if not offer.locked:
                begin = menu.addAction(offer.title.replace("&", "&&"))
                begin.triggered.connect(partial(self.start_star.emit, self.child_id, offer.form_key))
        for why in dict.fromkeys(each.why for each in locked):
            menu.addSeparator()
            for offer in locked:
                if offer.why == why:
                    shut = menu.addAction(f"{offer.title}: locked".replace("&", "&&"))
                    shut.setEnabled(False)
                    shut.setToolTip(why)
            for line in _in_lines(why):
                told = menu.addAction(line.replace("&", "&&"))
                told.setEnabled(False)
        return menu

    def empty(self) -> QWidget:
        """Return what stands there while there is no reading."""
        empty = EmptyState(
            "star", "No reading yet", _PURPOSE, "Take the first reading" if self._may_write else ""
        )
        menu = self._menu(empty)
        empty.acted.connect(partial(_open_by, menu, empty))
        return empty

    def above(self, _rows: Sequence[VersionRow]) -> list[QWidget]:
        """Return the chooser, the chart with its numbers, and the family's charts."""
        self._holder = QWidget()
        self._layout = QHBoxLayout(self._holder)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._saving = Saving(self)
        self._saving.saved.connect(self._say_saved)
        self._saving.failed.connect(self._say_failed)
        shown: list[QWidget] = []
        if len(self._told.series) > 1:
            shown.append(self._chooser())
        if self._told.series:
            self._show_series(0)
            shown.append(self._holder)
        if self._told.siblings:
            family = FamilyCard(self._told.siblings)
            family.open_child.connect(self.open_child)
            shown.append(family)
        return shown

    def _chooser(self) -> QWidget:
        chooser = QComboBox()
        chooser.setObjectName("series")
        chooser.setAccessibleName("Star and whose view it is")
        for each in self._told.series:
            latest = words.day(each.readings[0].read_on)
            many = words.count(len(each.readings), "reading")
            chooser.addItem(f"{each.title} · {each.whose} · {many}, latest {latest}")
        chooser.currentIndexChanged.connect(self._show_series)
        return row(plain("Show", "muted"), chooser)

    def _show_series(self, place: int) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            if (was := item.widget()) is not None:
                was.hide()
                was.deleteLater()
        self._readings = StarReadings(
            self._told.series[place],
            may_export=self.desk.may("export").allowed,
            may_print=self.desk.may("print").allowed,
        )
        self._readings.save_asked.connect(self._save)
        self._readings.childs_page_asked.connect(self._make_childs_page)
        self._layout.addWidget(self._readings)

    # Copies

    def _save(self, made_as: str) -> None:
        shown, child_id = self._readings, self.child_id
        series, places = shown.series(), shown.places()
        latest = series.readings[places[0]].read_on
        name = f"{series.title} {latest.isoformat()}.{made_as}"

        def make(session: Session) -> bytes:
            if made_as == "pdf":
                return star_exports.pdf(session, child_id, series.key, places)
            return star_exports.svg(session, child_id, series.key, places, made_as=made_as)

        self.ask("Making the file …", make, partial(self._made, name, made_as))

    def _made(self, name: str, made_as: str, content: bytes) -> None:
        self._saving.ask(name, made_as, png_of(content) if made_as == "png" else content)

    def _say_saved(self, path: str) -> None:
        self.banner.set_banner(f"Saved as {path}. The file is not encrypted.", "success")
        self.banner.show()

    def _say_failed(self, why: str) -> None:
        self.banner.set_banner(why, "warning")
        self.banner.show()

    def _make_childs_page(self) -> None:
        shown = self._readings
        reading = shown.series().readings[shown.chosen()]
        revision_id, title = reading.revision_id, f"Star of {words.day(reading.read_on)} for the child"
        self.ask(
            "Making the page …",
            lambda session: star_exports.child_pdf(session, revision_id),
            partial(self.print_bytes.emit, title),
        )


def _in_lines(why: str, letters: int = 64) -> list[str]:
    """Return a reason in lines short enough for a menu."""
    lines = [""]
    for word in why.split():
        if len(lines[-1]) + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if why else []


def _open_by(menu: QMenu, empty: QWidget) -> None:
    """Open a menu below the button that was pressed, or above it for want of room; never over it."""
    button = empty.findChild(QPushButton)
    if button is None:
        return
    below = button.mapToGlobal(QPoint(0, button.height() + 2))
    if below.y() + menu.sizeHint().height() > button.screen().availableGeometry().bottom():
        below = button.mapToGlobal(QPoint(0, -2 - menu.sizeHint().height()))
    menu.popup(below)

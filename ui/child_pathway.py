"""The Pathway tab: the legal category, the plan's stage, adviser, home, money and scores, and the plans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import plan_versions, plans, prints
from caseapp.pathway import adviser, cycle, homes, money, scores, standing
from caseapp.pathway.adviser import AdviserView
from caseapp.pathway.cycle import CycleView, PlanState
from caseapp.pathway.homes import LivingView
from caseapp.pathway.money import MoneyView, PapersView
from caseapp.pathway.scores import Part
from caseapp.pathway.standing import OverrideRow, Standing
from caseapp.plan_versions import VersionRow
from ui import pathway_acts as acts
from ui import pathway_cards as cards
from ui import pathway_forms as forms
from ui import pathway_life_cards as life
from ui.card_columns import CardColumns
from ui.child_plans import PlansPage, versions_card
from ui.education_cards import Acts
from ui.form_dialog import FormDialog
from ui.parts import Muted, Section, primary
from ui.pathway_cards import Act
from ui.record_parts import clear
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_SUPPORT_AGES: Final = range(21, 25)
_KINDS: Final = (
    (cycle.NEEDS, "Needs assessments", "No needs assessment yet. It comes before the plan, within three "
     "months of the 16th birthday."),
    (cycle.PLAN, "Pathway plans", "No pathway plan yet. It follows the needs assessment."),
    ("leaving-well", "Leaving well checklists", "Not filled in yet. The young person can do it alone."),
)  # fmt: skip


class _Read(NamedTuple):
    standing: Standing
    cycle: CycleView
    adviser: AdviserView
    living: LivingView
    money: MoneyView
    papers: PapersView
    scores: list[Part]
    versions: dict[str, list[VersionRow]]


class PathwayPage(PlansPage):
    """Leaving care as the record holds it, and the plans below."""

    changed = Signal()
    """A row of leaving care changed: what others show of it is old."""
    print_bytes = Signal(str, bytes)
    """A title and the PDF to be shown in the preview."""

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        self._record = QVBoxLayout()
        self._record.setSpacing(16)
        self._is_placed = False
        super().__init__(desk, child_id, cycle.PLAN, may_write, parent)
        self.body.setSpacing(16)
        self.body.insertLayout(2, self._record)  # below the busy bar and the banner
        self.setAccessibleName("Pathway")
        self._is_placed = True
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        if self._is_placed:
            self.ask("Reading the pathway …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, read: _Read) -> None:
        clear(self._record)
        self._record.addLayout(self._heading(read))
        where = cards.StandingCard(read.standing, self._standing_acts(read.standing), self._take_back)
        due = cards.dates_card(read.adviser.dues, self._steps())
        self._record.addWidget(CardColumns({900: ((where,), (due,)), 0: ((where, due),)}, (3, 2)))
        self._record.addWidget(cards.cycle_card(read.cycle, self._cycle_acts(read)))
        self._record.addWidget(self._columns(read))
        self._record.addWidget(life.ScoresCard(read.scores))
        self._show_plans(read)

    # The heading

    def _heading(self, read: _Read) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Section("Pathway"), 1)
        if len(read.versions[cycle.PLAN]) > 1:
            other = QPushButton("Compare versions")
            other.setAccessibleName("Compare versions")
            other.clicked.connect(partial(self.compare.emit, self.child_id, cycle.PLAN))
            line.addWidget(other)
        if self.desk.may("print").allowed:
            passport = QPushButton("Passport")
            passport.setAccessibleName("Print the care leaver’s passport")
            passport.clicked.connect(self._print_passport)
            line.addWidget(passport)
        if self._may_write:
            line.addWidget(self._next_button(read))
        return line

    def _print_passport(self) -> None:
        work = partial(prints.passport_pdf, child_id=self.child_id)
        self.ask("Making the PDF …", work, self._passport_made)

    def _passport_made(self, pdf: bytes) -> None:
        self.print_bytes.emit("Care leaver’s passport", pdf)

    def _next_button(self, read: _Read) -> QPushButton:
        """Return the one button for what comes next: the assessment, the plan, its draft, or a review."""
        for kind, name in ((cycle.PLAN, "plan"), (cycle.NEEDS, "needs assessment")):
            draft = next((each for each in read.versions[kind] if not each.signed_at), None)
            if draft:
                button = primary(f"Continue the {name}")
                button.clicked.connect(partial(self.open_plan.emit, draft.revision_id))
                return button
        newest = read.cycle.states[0] if read.cycle.states else None
        if newest and newest.key == "returned":
            button = primary("Put the plan right")
            button.clicked.connect(partial(self._correct, newest))
            return button
        is_first = not read.versions[cycle.PLAN]
        needs_first = is_first and not read.versions[cycle.NEEDS]
        kind = cycle.NEEDS if needs_first else cycle.PLAN
        first = "Start the needs assessment" if needs_first else "Start the pathway plan"
        button = primary(first if is_first else "Start review")
        button.clicked.connect(partial(self.start_plan.emit, self.child_id, kind))
        return button

    # What can be done

    def _standing_acts(self, view: Standing) -> list[Act]:
        if not self._may_write:
            return []
        found = []
        if view.age in _SUPPORT_AGES and view.by_dates == "Former relevant":
            found.append(Act("Support asked for", partial(self._act, acts.SupportDialog)))
        if view.may_decide and view.override is None:
            found.append(Act("Set the category", partial(self._act, acts.OverrideDialog)))
        if view.may_decide and view.category in ("relevant", "former_relevant", "qualifying"):
            found.append(Act("Close leaving care", partial(self._act, acts.CloseDialog)))
        return found

    def _cycle_acts(self, read: _Read) -> list[Act]:
        if not self._may_write:
            return []
        found = []
        waiting = read.cycle.waiting
        if waiting and not read.cycle.refused:
            decide = partial(self._open, acts.DecisionDialog, waiting)
            found.append(Act("Approve or send back", decide))
        if waiting:
            found.append(Act("Read the signed plan", partial(self.open_plan.emit, waiting.revision_id)))
        if read.cycle.in_force:
            found.append(Act("Review asked for", partial(self._act, acts.ReviewAskedDialog)))
        return found

    def _correct(self, state: PlanState) -> None:
        reason = f"Sent back by a manager: {state.returned_because}"
        work = partial(_begin_correction, state.revision_id, reason)
        self.save("Beginning the correction …", work, self.open_plan.emit)

    def _act(self, dialog: Any) -> None:
        self._open_dialog(dialog(self.desk, self.child_id, self))

    def _open(self, dialog: Any, about: object) -> None:
        self._open_dialog(dialog(self.desk, self.child_id, about, self))

    def _take_back(self, row: OverrideRow) -> None:
        self._open(acts.TakeBackDialog, row)

    def _acts(self, dialog: type[forms.PathwayDialog], text: str) -> Acts:
        if not self._may_write:
            return Acts(text)
        return Acts(text, partial(self._open_row, dialog, None), partial(self._change_row, dialog))

    def _change_row(self, dialog: type[forms.PathwayDialog], row_id: UUID, version: int, given: Any) -> None:
        self._open_row(dialog, Opened(row_id, version, given))

    def _open_row(self, dialog: type[forms.PathwayDialog], opened: Opened[Any] | None) -> None:
        self._open_dialog(dialog(self.desk, self.child_id, (), opened, self))

    def _open_dialog(self, dialog: FormDialog) -> None:
        dialog.changed.connect(self._written)
        dialog.open()

    def _written(self) -> None:
        self.refresh()
        self.changed.emit()

    # The cards

    def _columns(self, read: _Read) -> CardColumns:
        contact = Act("Add a contact", partial(self._act, acts.ContactDialog)) if self._may_write else None
        allocate = Act("Allocate", partial(self._act, acts.AdviserDialog)) if self._may_write else None
        adviser_card = life.AdviserCard(read.adviser, allocate, contact)
        touch = life.in_touch_card(read.adviser, read.living, self._acts(forms.InTouchDialog, "Record"))
        home = life.homes_card(read.living.homes, self._acts(forms.HomeDialog, "Add a home"))
        work = life.activities_card(
            read.living.activities, self._acts(forms.ActivityDialog, "Add an activity")
        )
        sums = life.money_card(read.money, self._acts(forms.MoneyDialog, "Add an entry"))
        papers = life.papers_card(read.papers)
        events = cards.events_card(read.standing.events, self._acts(forms.EventDialog, "Add one"))
        one = ((adviser_card, touch, home, work, sums, papers, events),)
        two = ((adviser_card, touch), (home, work, sums, papers, events))
        return CardColumns({900: two, 0: one}, (1, 1))

    def _steps(self) -> dict[str, Act]:
        """Return what can be done about something due: by clock, or by the plan that it opens."""
        if not self._may_write:
            return {}
        contact = Act("Add a contact", partial(self._act, acts.ContactDialog))
        start = partial(partial, self.start_plan.emit, self.child_id)
        return {
            "W4": contact,
            "W6": contact,
            "W7": contact,
            "W8": Act("Record the offer", partial(self._open_row, forms.OfferDialog, None)),
            "W9": Act("Record that all is ready", partial(self._open_row, forms.PreparedDialog, None)),
            cycle.NEEDS: Act("Open the assessment", start(cycle.NEEDS)),
            cycle.PLAN: Act("Open the plan", start(cycle.PLAN)),
        }

    def _show_plans(self, read: _Read) -> None:
        clear(self._content)
        for kind, title, empty in _KINDS:
            rows, start = read.versions[kind], self._start_link(kind, read.versions[kind])
            if kind == cycle.PLAN:
                card = cards.plans_card(title, rows, read.cycle.states, self.open_plan.emit)
            else:
                card = versions_card(title, rows, self._may_write, self.open_plan.emit, start)
            if not rows:
                card.body.addWidget(Muted(empty))
            self._content.addWidget(card)

    def _start_link(self, kind: str, rows: Sequence[VersionRow]) -> QWidget | None:
        if not self._may_write or kind == cycle.PLAN or any(not each.signed_at for each in rows):
            return None
        return cards.links([Act("Start one", partial(self.start_plan.emit, self.child_id, kind))])


def _begin_correction(revision_id: UUID, reason: str, session: Session) -> UUID:
    return plans.correct(session, revision_id, reason)


def _read(child_id: UUID, session: Session) -> _Read:
    kinds = [kind for kind, _, _ in _KINDS]
    return _Read(
        standing.standing(session, child_id),
        cycle.view(session, child_id),
        adviser.view(session, child_id),
        homes.view(session, child_id),
        money.view(session, child_id),
        money.papers(session, child_id),
        scores.view(session, child_id),
        {kind: plan_versions.versions(session, child_id, kind) for kind in kinds},
    )

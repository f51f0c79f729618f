"""The Early help tab of a record: how it stands, consent, documents, and every permitted move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import ages, levels, people, plan_versions, prints, young_carers
from caseapp.early_help import page
from caseapp.early_help.moves import Move
from caseapp.early_help.page import EpisodeView, HelpView
from caseapp.early_help.statuses import BEFORE_CONSENT, OPEN
from caseapp.known import SIBLINGS
from caseapp.people import PeopleView
from caseapp.plan_versions import VersionRow
from caseapp.work import Problem
from ui import help_cards
from ui.card_columns import CardColumns
from ui.consent_form import ConsentDialog, deciders
from ui.form_dialog import FormDialog, Work
from ui.help_forms import LeadForm, LevelForm, MoveForm, OpenHelpDialog
from ui.help_relatives import Relative, relatives
from ui.help_status import StatusCard
from ui.parts import Banner, Card, EmptyState, LinkButton, Muted
from ui.record_page import RecordPage
from ui.record_parts import clear
from ui.small_form import InlineForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk


class _Read(NamedTuple):
    """What the tab shows."""

    view: HelpView
    versions: list[VersionRow]
    levels: dict[int, str]
    carer: str


class HelpPage(RecordPage):
    """A child's early help from the request to its end."""

    open_child_tab = Signal(UUID, str)
    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    compare = Signal(UUID, str)
    tab_asked = Signal(str)
    print_bytes = Signal(str, bytes)
    """A title and the PDF to be shown in the preview."""
    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        may_write: bool,
        name: str = "",
        born_on: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("Early help")
        self._may_write, self._name, self._born_on = may_write, name, born_on
        self._read: _Read | None = None
        self._prompt = Banner("", "alert", "Write the step up")
        self._prompt.acted.connect(partial(self._start, "step-up"))
        self._watch = Muted("")
        self._carer = Muted("")
        self._status = StatusCard()
        self._status.asked.connect(self._ask_move)
        self._status.level_asked.connect(self._ask_level)
        self._status.lead_asked.connect(self._ask_lead)
        self._status.again_asked.connect(self.open_help)
        self._status.sibling_asked.connect(self._go_to_sibling)
        self._status.gone_to.connect(self._go_to)
        self._content = QVBoxLayout()
        self._content.setSpacing(16)
        for widget in (self._prompt, self._status, self._watch, self._carer):
            self.body.addWidget(widget)
            widget.hide()
        self.body.addLayout(self._content)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read early help anew."""
        self.ask("Reading early help …", partial(_read_help, self.child_id), self._show)

    def status_card(self) -> StatusCard:
        """Return the card with the moves."""
        return self._status

    def _show(self, read: _Read) -> None:
        self._read = read
        view = read.view
        self._prompt.set_banner(view.prompt, "alert", "Write the step up" if view.may_write else "")
        self._prompt.setVisible(bool(view.prompt))
        self._watch.setText(view.watch)
        self._watch.setVisible(bool(view.watch))
        self._carer.setText(_carer_words(read.carer))
        self._carer.setVisible(bool(read.carer))
        self._status.show_view(view, self.desk.today)
        self._status.setVisible(view.episode is not None)
        clear(self._content)
        if view.episode is None:
            self._content.addWidget(self._empty())
        if view.episode is not None or read.versions:
            self._content.addWidget(self._cards(read))

    def _empty(self) -> QWidget:
        text = (
            "Early help begins when a need is noticed, and goes on with the family’s agreement. "
            "Consent, assessment, plan and family meetings will stand here."
        )
        empty = EmptyState(
            "early-help", "No early help yet", text, "Start early help" if self._may_write else ""
        )
        empty.acted.connect(self.open_help)
        return empty

    def _cards(self, read: _Read) -> QWidget:
        view = read.view
        assessments = [each for each in read.versions if each.kind == help_cards.ASSESSMENT]
        others = [each for each in read.versions if each.kind in help_cards.DOCUMENTS]
        left = [
            help_cards.assessment_card(
                view,
                assessments,
                self.open_plan.emit,
                self._start,
                partial(self.compare.emit, self.child_id, help_cards.ASSESSMENT),
            )
        ]
        if view.episode is not None or others:
            left.append(help_cards.documents_card(view, others, self.open_plan.emit, self._start))
        if view.episode is not None and self.desk.may("print").allowed:
            left.append(self._papers())
        right = []
        if view.episode is not None:
            may_record = view.may_write and view.episode.status in OPEN
            right.append(help_cards.consent_card(view.consents, may_record, self.open_consent))
            right.append(help_cards.steps_card(view.steps))
        if view.earlier:
            right.append(help_cards.earlier_card(view.earlier))
        if not right:
            return left[0]
        return CardColumns({820: (left, right), 0: ((*left, *right),)}, (11, 10))

    def _papers(self) -> QWidget:
        """Return what can be printed of the whole: each paper shows its pages first."""
        child_id = self.child_id
        papers: dict[str, Callable[[Session], bytes]] = {
            "The plan": lambda session: prints.help_plan_pdf(session, child_id),
            "The plan, the family’s copy": lambda session: prints.help_plan_pdf(
                session, child_id, edition="family"
            ),
            "The chronology of this early help": lambda session: prints.help_chronology_pdf(
                session, child_id
            ),
        }
        card = Card("Papers")
        for title, make in papers.items():
            link = LinkButton(title)
            link.setAccessibleName(f"Print: {title}")
            link.clicked.connect(partial(self._print, title, make))
            card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _print(self, title: str, make: Callable[[Session], bytes]) -> None:
        self.ask("Making the PDF …", make, partial(self.print_bytes.emit, title))

    # Documents, and going elsewhere

    def _start(self, kind: str) -> None:
        self.start_plan.emit(self.child_id, kind)

    def _go_to_sibling(self, child_id: UUID) -> None:
        self.open_child_tab.emit(child_id, "Early help")

    def _go_to(self, place: str) -> None:
        """Go to where something that is missing is done."""
        acts: dict[str, Callable[[], object]] = {
            "consent": self.open_consent,
            "lead": self._ask_lead,
            "open": self.open_help,
            "actions": partial(self.tab_asked.emit, "Actions"),
            "signed step-up": partial(self._open_newest, "step-up"),
        }
        acts.get(place, partial(self._start, place))()

    def _open_newest(self, kind: str) -> None:
        versions = self._read.versions if self._read else []
        newest = next((each for each in versions if each.kind == kind), None)
        if newest is not None:
            self.open_plan.emit(newest.revision_id)

    # Moves, level, lead

    def _ask_move(self, move: Move) -> None:
        if self._read is None or self._read.view.episode is None:
            return
        if move.missing:
            self._status.show_missing(move)
            return
        view, episode = self._read.view, self._read.view.episode
        self._open_form(MoveForm(self.desk, episode.id, move, relatives(view.siblings, episode.status)))

    def _ask_level(self) -> None:
        if self._read is not None and (episode := self._read.view.episode):
            others = self._open_relatives()
            self._open_form(LevelForm(self.desk, episode.id, self._read.levels, others))

    def _ask_lead(self) -> None:
        if self._read is not None and (episode := self._read.view.episode):
            now = next((each.name for each in self._read.view.leads if each.until_on is None), "")
            self._open_form(LeadForm(self.desk, episode.id, now, self._open_relatives()))

    def _open_relatives(self) -> list[Relative]:
        siblings = self._read.view.siblings if self._read else []
        return relatives([each for each in siblings if each.status in OPEN])

    def _open_form(self, form: MoveForm | LevelForm | LeadForm) -> None:
        form.saved.connect(partial(self._record, form))
        self._status.open_form(form)

    def _record(self, form: MoveForm | LevelForm | LeadForm) -> None:
        work: Work | None = form.work()
        if work is not None:
            self.save("Recording …", work, self._recorded, partial(_say, form))

    def _recorded(self, _result: object = None) -> None:
        self.refresh()
        self.changed.emit()

    # Dialogs

    def open_help(self) -> None:
        """Ask how early help begins."""
        self.ask("Reading people …", partial(_read_people, self.child_id), self._open_opening)

    def _open_opening(self, told: PeopleView) -> None:
        others = [
            Relative(each.child_id, each.name, each.lives_with)
            for each in told.family
            if each.child_id and not each.until_on and each.kind in SIBLINGS
        ]
        names = self._read.levels if self._read else {}
        self._open_dialog(OpenHelpDialog(self.desk, self.child_id, others, names, self))

    def open_consent(self) -> None:
        """Ask what somebody decided."""
        self.ask("Reading people …", partial(_read_people, self.child_id), self._open_deciding)

    def _open_deciding(self, told: PeopleView) -> None:
        if self._read is None or self._read.view.episode is None:
            return
        episode = self._read.view.episode
        years = ages.age(self._born_on, self.desk.today) if self._born_on else None
        people_here = deciders(self._name or "The child", years, told.family)
        self._open_dialog(
            ConsentDialog(self.desk, episode.id, people_here, self._open_relatives(), _moment(episode), self)
        )

    def _open_dialog(self, dialog: FormDialog) -> None:
        dialog.changed.connect(self._recorded)
        dialog.open()


def _read_help(child_id: UUID, session: Session) -> _Read:
    return _Read(
        page.page(session, child_id),
        plan_versions.versions(session, child_id),
        levels.names(session),
        young_carers.status_of(session, child_id),
    )


def _carer_words(status: str) -> str:
    return f"As a young carer: {status[0].lower()}{status[1:]}." if status else ""


def _read_people(child_id: UUID, session: Session) -> PeopleView:
    return people.people(session, child_id)


def _moment(episode: EpisodeView) -> str:
    if episode.status in BEFORE_CONSENT | {"in_assessment"}:
        return "start"
    return "review" if episode.status == "in_review" else "between"


def _say(form: InlineForm, problem: Problem) -> None:
    form.show_words(problem.words)

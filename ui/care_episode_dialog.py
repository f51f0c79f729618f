"""The dialog of an episode of care: while somebody types, the rules judge the chain as it would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.form import Date, Field, is_empty
from caseapp.looked_after.episode_chain import Chain
from caseapp.looked_after.episode_rule import Trouble
from caseapp.looked_after.episode_rules import troubles
from caseapp.looked_after.placements_view import PlacementsView
from ui.care_remarks import Remarks
from ui.form_dialog import FormDialog
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

Typed = TypeVar("Typed")


class EpisodeDialog(FormDialog):
    """Asks, lets the rules judge the chain as it would be, and says at the question what is wrong."""

    help_page = "care-dialogs"
    title = ""
    hint = ""
    save_text = "Record"
    needed: tuple[str, ...] = ()
    asks_of: ClassVar[Mapping[str, str]] = {}
    """The question at which a field of the episode is asked, where it has another name."""
    may_wait: ClassVar[frozenset[str]] = frozenset({"reason_moved", "approved_by", "wrong_because"})
    """What is needed to save, but not to judge the rest."""

    def __init__(
        self, desk: Desk, child_id: UUID, view: PlacementsView, parent: QWidget | None = None
    ) -> None:
        self.child_id, self.view = child_id, view
        self._shown: dict[str, str] = {}
        self._was_tried = False
        self._asked = {each.key: each for each in self.fields()}
        form = SmallForm(tuple(self._asked.values()), desk.today, self.needed)
        super().__init__(desk, self.title, self.hint, form, self.start(), self.save_text, parent)
        self.resize(760, 680)
        self.remarks = Remarks(self)
        form.changed.connect(self.judge)
        for key in self._asked:
            form.editor(key).left.connect(self.judge)
        self.judge()

    def written_about(self) -> Place:
        """Return the child."""
        return Place(self.child_id)

    def fields(self) -> Sequence[Field]:
        """Return the questions."""
        raise NotImplementedError

    def start(self) -> Mapping[str, Any]:
        """Return the answers that it begins with."""
        return {}

    def after(self) -> Chain | None:
        """Return the chain as it would be; nothing while too little is answered."""
        raise NotImplementedError

    def place(self) -> int:
        """Return where the episode stands in that chain that the questions are about."""
        return len(self.view.chain)

    def warnings(self, after: Chain) -> list[str]:
        """Return what else to warn of: what somebody has to approve, say, and is not on record."""
        return []

    def guidance(self) -> list[str]:
        """Return what else the law asks for."""
        return []

    def typed(self, kind: type[Typed], **more: Any) -> Typed:
        """Return the answers as a dataclass whose fields bear their names."""
        named = {each.name for each in fields_of(kind)}  # type: ignore[arg-type]  # a dataclass each time
        found: dict[str, Any] = {}
        for each in self._asked.values():
            if each.key in named:
                is_day = isinstance(each, Date)
                found[each.key] = self.form.day(each.key) if is_day else self.form.text(each.key)
        for name in ("urn", "home_postcode", "placement_postcode"):
            if name in found:
                found[name] = " ".join(found[name].upper().split())
        return kind(**found | more)

    def judge(self, _key: str = "") -> None:
        """Say what is wrong with what is typed: at its question, or below where it is a warning."""
        after = self.after()
        found = troubles(self.view.about, self.view.chain, after) if after else []
        at_question: dict[str, str] = {}
        warnings, asked_for = self.warnings(after) if after else [], []
        for each in found:
            key = self._question(each)
            if not each.refuses and key and self._is_blank(key):
                asked_for.append(f"“{self._asked[key].label}”")
            elif not each.refuses:
                warnings.append(each.said())
            elif key and not (self._is_blank(key) and not self._was_tried):
                at_question.setdefault(key, each.said())
            elif not key:
                warnings.append(each.said())
        if asked_for:
            warnings.append(f"The return will ask for this later: {', '.join(dict.fromkeys(asked_for))}.")
        self._show_at_questions(at_question)
        self.remarks.show_remarks(warnings, self.guidance() if after else [])

    def _question(self, each: Trouble) -> str:
        """Return the question at which something is wrong; nothing where none asks it."""
        step = each.at - self.place()
        named = {-1: "before.", 0: "", 1: "after."}.get(step, "far.") + each.field
        key = self.asks_of.get(named, each.field if step == 0 else "")
        return key if self._is_asked(key) else ""

    def _is_asked(self, key: str) -> bool:
        return key in self._asked and self.form.editor(key).isVisibleTo(self.form)

    def _is_blank(self, key: str) -> bool:
        return is_empty(self.form.answers()[key])

    def _show_at_questions(self, said: Mapping[str, str]) -> None:
        for key, was in self._shown.items():
            if key not in said and self.form.editor(key).problem() == was:
                self.form.editor(key).set_problem(None)
        for key, text in said.items():
            self.form.editor(key).set_problem(text)
        self._shown = dict(said)

    def _save(self) -> None:
        self._was_tried = True
        is_well = self.form.check()
        self.judge()
        if is_well and self._shown:
            self.form.editor(next(iter(self._shown))).focus()
        elif is_well:
            super()._save()

    def ready(self) -> bool:
        """Return whether what is needed is answered, so that the rules can judge it."""
        answers = self.form.answers()
        for key in filter(self._is_asked, frozenset(self.needed) - self.may_wait):
            if is_empty(answers[key]) or (isinstance(self._asked[key], Date) and not self.form.day(key)):
                return False
        return True

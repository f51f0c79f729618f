"""Actions and the rows of plans: what signing takes up, and the open ones that a plan begins with.

Rows are matched by their number; without one by the same words in a plan of the same kind, so that a
review that carries a row on goes on with the action instead of making a second one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from caseapp import words
from caseapp.action_steps import OVER, Step, clean, owner, take
from caseapp.form import Answers, Choice, Form, Rows, filled_rows, is_empty
from caseapp.form_parts.early_help_triangle import DIMENSIONS
from db import actions as queries
from db.models import Action, Revision
from db.moments import new_id
from db.names import fold
from db.store import Session

# The codes that forms have for how far an action is, beside our own
_STATUSES: Final = {
    "open": "not_started", "new": "not_started", "started": "in_progress", "green": "in_progress",
    "amber": "in_progress", "red": "in_progress", "dropped": "not_needed", "gone": "not_needed",
    "achieved": "done", "not": "not_done",
}  # fmt: skip
_OURS: Final = frozenset({"not_started", "in_progress", "done", "partly", "not_done", "not_needed"})
_REACHED: Final = {"achieved": "fully", "partly": "partly", "not": "not"}
_TEXTS: Final = ("need", "whom", "outcome", "agency", "measure")
# In these plans «outcome» asks what came of an action, not what it is for
_CAME_OF_IT: Final = frozenset({"pathway-plan"})
_HEADINGS: Final = frozenset(key for key, *_ in DIMENSIONS)


class Place(NamedTuple):
    """Where a row of a plan belongs: its number, the group it shares with siblings, the action it is."""

    question: Rows
    row: Answers
    at: int
    no: int
    group_id: UUID | None
    action: Action | None


@dataclass
class _Family:
    """The actions that a plan's rows are matched with, while its rows are gone through."""

    child_id: UUID
    actions: list[Action]
    next_no: int
    revision: Revision
    taken: set[UUID] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def own(self) -> list[Action]:
        return [each for each in self.actions if each.child_id == self.child_id and each.id not in self.taken]

    @property
    def others(self) -> list[Action]:
        return [each for each in self.actions if each.child_id != self.child_id]


def open_rows(session: Session, child_id: UUID, keys: Collection[str]) -> list[Answers]:
    """Return the open actions of a child and of those helped together, by number, as rows of a plan.

    An action that several of their files share stands once. Each row has only the keys asked for.
    """
    found: dict[UUID, Action] = {}
    for each in queries.of_family(session, child_id):
        if each.done_on is None and (each.child_id == child_id or _in_episode(session, each)):
            group = each.group_id or each.id
            if group not in found or each.child_id == child_id:
                found[group] = each
    ordered = sorted(found.values(), key=lambda each: (each.no, each.child_id != child_id))
    return [_row_of(each, keys) for each in ordered]


def _in_episode(session: Session, action: Action) -> bool:
    """Return whether a brother's or sister's action comes from a plan of early help."""
    revision = session.get(Revision, action.revision_id) if action.revision_id else None
    return bool(revision and revision.episode_id)


def _row_of(action: Action, keys: Collection[str]) -> Answers:
    row: Answers = {
        "no": action.no, "need": action.need, "area": action.area, "star": action.area, "whom": action.whom,
        "outcome": action.outcome, "what": action.what, "who": action.who, "agency": action.agency,
        "by": action.by_on.isoformat() if action.by_on else "", "status": action.status,
        "measure": action.measure,
    }  # fmt: skip
    # One column keeps the heading or the star's area: whoever asks for both gets the heading
    if "area" in keys and action.area in _HEADINGS:
        row.pop("star")
    else:
        row.pop("area")
    return {key: value for key, value in row.items() if key in keys and not is_empty(value)}


def with_numbers(session: Session, revision: Revision, form: Form, answers: Answers) -> Answers:
    """Return the answers with a number on each row that has a place for it; call before signing."""
    numbered = dict(answers)
    for place in _places(session, revision, form, answers):
        key = place.question.key
        if any(each.key == "no" for each in place.question.fields):
            rows = [dict(row) for row in filled_rows(numbered[key])]
            rows[place.at]["no"] = place.no
            numbered[key] = rows
    return numbered


def take_up(session: Session, revision: Revision, form: Form) -> None:
    """Let each row of a signed plan be an action of the child's file, and its reviews go to their actions."""
    answers = revision.document.answers
    _review(session, revision, form, answers)
    on = min(revision.dated_on or session.today, session.today)
    places = _places(session, revision, form, answers)
    for place in places:
        said = _said(form, place, on)
        if place.action:
            _update(session, place.action, said, revision)
        else:
            _make(session, place, said, revision)
    if revision.replaces_id:
        _let_go(session, revision, {place.action.id for place in places if place.action}, on)
    session.flush()


def _places(session: Session, revision: Revision, form: Form, answers: Mapping[str, Any]) -> list[Place]:
    session.flush()
    rows = [
        (each, at, row)
        for _, each in form.asked(answers)
        if isinstance(each, Rows) and each.actions
        for at, row in enumerate(filled_rows(answers.get(each.key)))
        if not is_empty(row.get("what"))
    ]
    typed = [row["no"] for _, _, row in rows if isinstance(row.get("no"), int)]
    highest = max([queries.highest_no(session, revision.child_id), *typed])
    actions = queries.of_family(session, revision.child_id)
    family = _Family(revision.child_id, actions, highest + 1, revision)
    return [_placed(family, question, at, row) for question, at, row in rows]


def _placed(family: _Family, question: Rows, at: int, row: Answers) -> Place:
    said = fold(str(row["what"]))
    family.seen[said] = family.seen.get(said, 0) + 1
    group = _group(family.revision, said, family.seen[said])
    found = _named(family, row.get("no"), said) or _same(family, question, row, said, group)
    if found and found.child_id == family.child_id:
        family.taken.add(found.id)
        return Place(question, row, at, found.no, found.group_id or group, found)
    if found:  # a brother's or sister's: the same action in this file too
        found.group_id = found.group_id or group or new_id()
        return Place(question, row, at, found.no, found.group_id, None)
    no = row.get("no")
    if not isinstance(no, int) or any(each.no == no for each in family.actions):
        no, family.next_no = family.next_no, family.next_no + 1
    return Place(question, row, at, no, group, None)


def _group(revision: Revision, said: str, count: int) -> UUID | None:
    if not revision.group_id:
        return None
    return uuid5(revision.group_id, said if count == 1 else f"{said} {count}")


def _named(family: _Family, no: Any, said: str) -> Action | None:
    """Return the action of a number: this child's, unless the words are those of a sibling's."""
    if not isinstance(no, int):
        return None
    own = next((each for each in family.own if each.no == no), None)
    theirs = [each for each in family.others if each.no == no]
    same_words = next((each for each in theirs if fold(each.what) == said), None)
    is_shared = own is not None and own.group_id is not None
    if own and (
        fold(own.what) == said or not same_words or (is_shared and same_words.group_id == own.group_id)
    ):
        return own
    return same_words or next(iter(theirs), None)


def _same(
    family: _Family, question: Rows, row: Mapping[str, Any], said: str, group: UUID | None
) -> Action | None:
    """Return the action that a row without a number goes on with."""
    kind = family.revision.kind
    alike = [each for each in family.own if each.kind == kind and fold(each.what) == said]
    # A row brought forward names what was finished since: it stays finished
    carried_on = not question.fresh or _status(row) in OVER
    waiting = [each for each in alike if each.done_on is None]
    finished = [each for each in alike if each.done_on is not None] if carried_on else []
    shared = [each for each in family.others if group and each.group_id == group]
    return next(iter(waiting + finished + shared), None)


class _Said(NamedTuple):
    """What a row says of its action."""

    values: dict[str, str]
    who: str
    step: Step
    colour: str
    because: str


def _said(form: Form, place: Place, on: date) -> _Said:
    row, kind = place.row, form.kind
    values = {key: clean(str(row[key])) for key in _TEXTS if not is_empty(row.get(key))}
    values["area"] = _area(place.question, row)
    values["what"] = clean(str(row["what"]))
    came_of_it = values.pop("outcome", "") if kind in _CAME_OF_IT else ""
    step = Step(
        on, _status(row), clean(str(row.get("progress") or "")), words.stored_day(row.get("by")),
        str(row.get("result") or ""), words.stored_day(row.get("result_on")),
        clean(str(row.get("evidence") or came_of_it)),
    )  # fmt: skip
    return _Said(values, clean(str(row.get("who") or "")), step, *_colour(form, place))


def _area(question: Rows, row: Mapping[str, Any]) -> str:
    """Return the heading of the assessment by its code, else the star's area in words."""
    asked = next((each for each in question.fields if each.key == "area"), None)
    code = str(row.get("area") or "")
    if code and code not in _HEADINGS and asked:
        return asked.show(code)
    return code or clean(str(row.get("star") or ""))


def _colour(form: Form, place: Place) -> tuple[str, str]:
    """Return amber or red where the plan itself says so, with its words."""
    for key in ("status", "rag"):
        if place.row.get(key) in ("amber", "red"):
            asked = next(each for each in place.question.fields if each.key == key)
            said = asked.show(place.row[key]) if isinstance(asked, Choice) else str(place.row[key])
            return str(place.row[key]), f"“{said}” in the {form.short or form.title}"
    return "", ""


def _status(row: Mapping[str, Any]) -> str:
    code = str(row.get("status") or "not_started")
    return code if code in _OURS else _STATUSES.get(code, "not_started")


def _make(session: Session, place: Place, said: _Said, revision: Revision) -> None:
    action = Action(
        id=new_id(), child_id=revision.child_id, no=place.no, group_id=place.group_id, kind=revision.kind,
        revision_id=revision.id, who=said.who, worker_id=owner(session, said.who), agreed_on=said.step.on,
        by_on=said.step.by_on, status="not_started", result="", evidence="", colour="", colour_because="",
        **said.values,
    )  # fmt: skip
    session.add(action)
    take(session, action, said.step, revision.id)
    if action.done_on is None:
        action.colour, action.colour_because = said.colour, said.because


def _update(session: Session, action: Action, said: _Said, revision: Revision) -> None:
    for key, value in said.values.items():
        setattr(action, key, value)
    if said.who:
        action.who, action.worker_id = said.who, owner(session, said.who)
    action.revision_id = revision.id
    step = said.step
    if action.done_on and step.status not in OVER:
        return  # finished since the row was written down: it stays finished
    take(session, action, _newer(session, action, step), revision.id)
    if action.done_on is None and said.colour:
        action.colour, action.colour_because = said.colour, said.because


def _newer(session: Session, action: Action, step: Step) -> Step:
    """Return what a row says that is news: it may have been written before the action went on."""
    steps = queries.steps_of(session, [action])
    if step.words in {each.words for each in steps}:
        step = replace(step, words="")
    if step.by_on in {each.was_by_on for each in steps if each.was_by_on != each.by_on}:
        step = replace(step, by_on=None)
    return replace(step, status=action.status) if step.status == "not_started" else step


def _review(session: Session, revision: Revision, form: Form, answers: Mapping[str, Any]) -> None:
    """Take over what a plan says of earlier actions: «reviewed» by number, last time's rows by words."""
    on = min(revision.dated_on or session.today, session.today)
    questions = [each for _, each in form.asked(answers) if isinstance(each, Rows)]
    agreed = {each.key for each in questions if each.actions}
    family = _Family(revision.child_id, queries.of_family(session, revision.child_id), 0, revision)
    for each in questions:
        rows = filled_rows(answers.get(each.key))
        if not each.actions and each.from_record:
            _review_numbered(session, family, rows, on)
        elif each.from_last in agreed:
            _look_back(session, family, rows, on)


def _review_numbered(session: Session, family: _Family, rows: Iterable[Answers], on: date) -> None:
    for row in rows:
        action = _named(family, row.get("no"), fold(str(row.get("what") or "")))
        if not action or action.child_id != family.child_id:
            continue
        who = clean(str(row.get("who") or ""))
        if who and who != action.who:
            action.who, action.worker_id = who, owner(session, who)
        step = _reviewed(row, on)
        if "new_by" not in row:
            step = replace(step, by_on=_newer(session, action, step).by_on)
        take(session, action, step, family.revision.id)


def _reviewed(row: Answers, on: date) -> Step:
    told = [clean(str(row.get("comment") or ""))]
    if row.get("why_moved"):
        told.append(f"New date because: {clean(str(row['why_moved']))}")
    return Step(
        on, _status(row), "\n".join(each for each in told if each),
        words.stored_day(row.get("new_by")) or words.stored_day(row.get("by")),
        str(row.get("result") or ""), words.stored_day(row.get("result_on")),
        clean(str(row.get("evidence") or "")),
    )  # fmt: skip


def _look_back(session: Session, family: _Family, rows: Iterable[Answers], on: date) -> None:
    """Close last term's targets, and let last term's actions stand as the plan now says."""
    for row in rows:
        said = fold(str(row.get("what") or ""))
        alike = (each for each in family.own if each.kind == family.revision.kind and fold(each.what) == said)
        action = next((each for each in alike if each.done_on is None), None)
        if action:
            family.taken.add(action.id)
            take(session, action, _looked_back(row, on), family.revision.id)


def _looked_back(row: Answers, on: date) -> Step:
    if "outcome" not in row:
        return Step(on, _status(row))
    code = str(row["outcome"])
    status = code if code in _OURS else _STATUSES.get(code, "not_done")
    evidence = clean(str(row.get("evidence") or ""))
    return Step(on, status, evidence, None, _REACHED.get(code, ""), on, evidence, closes=True)


def _let_go(session: Session, revision: Revision, kept: set[UUID], on: date) -> None:
    """Close the open actions that only the corrected version named."""
    for action in queries.of_child(session, revision.child_id):
        is_left = action.revision_id == revision.replaces_id and action.id not in kept
        if is_left and action.done_on is None:
            said = f"Left out when version {revision.number} put the plan right"
            take(session, action, Step(on, "not_needed", said), revision.id)

"""Plans: start, type, save, sign, correct, compare. A plan's kind is its series in the child's record."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caseapp import (
    action_rows,
    dates,
    known,
    pep_settings,
    plan_checks,
    shared_plans,
    star_licences,
    stars,
    words,
)
from caseapp.early_help import episodes
from caseapp.early_help.statuses import BEFORE_CONSENT, HELP_KINDS
from caseapp.education import taking_up
from caseapp.form import Answers, Change, Form, Trouble
from caseapp.form_parts import pep_targets
from caseapp.forms import FORMS
from caseapp.looked_after import beginning
from caseapp.looked_after import taking_up as care_taking_up
from caseapp.plan_versions import VersionRow, title, versions
from caseapp.plan_writing import (
    begin,
    form_named,
    form_of,
    from_record,
    keep_form,
    prefilled,
    write,
    write_facts,
)
from db import discarded
from db import pep_cycle as pep_queries
from db import plans as queries
from db.guard import child_subject, record_look
from db.models import Child, Clash, HelpEpisode, Revision, Typing
from db.moments import utc_now
from db.problems import NotAllowed, NotFound, Problem, Stale, Unfinished
from db.roles import authorise, may
from db.store import Session

__all__ = [
    "Last",
    "PlanView",
    "Saved",
    "SiblingPlan",
    "Signed",
    "Unsaved",
    "VersionRow",
    "compare",
    "correct",
    "discard_typing",
    "drop_typing",
    "earlier",
    "keep_typing",
    "numbered",
    "open_plan",
    "save",
    "sign",
    "start",
    "title",
    "versions",
]  # fmt: skip


class Last(NamedTuple):
    """What was written last time."""

    number: int
    label: str
    signed_at: datetime
    signed_by: str
    answers: Answers


class Unsaved(NamedTuple):
    """Typing that is newer than the saved version, such as after a crash."""

    at: datetime
    answers: Answers


class PlanView(NamedTuple):
    """A version opened for reading or writing."""

    revision_id: UUID
    child_id: UUID
    child_name: str
    kind: str
    title: str
    form: Form
    answers: Answers
    version: int
    number: int
    signed_at: datetime | None
    signed_by: str
    saved_at: datetime
    known: dict[str, str]
    last: Last | None
    unsaved: Unsaved | None
    earlier: tuple[tuple[str, Answers], ...]
    replaces: int | None
    reason: str
    may_write: bool
    siblings: tuple[SiblingPlan, ...] = ()
    discarded: Unsaved | None = None
    """Unsaved work that its writer discarded, until something newer is saved."""


class SiblingPlan(NamedTuple):
    """The part of a brother or sister in the same plan."""

    revision_id: UUID
    name: str
    signed: bool


class Saved(NamedTuple):
    """A saved version: what to name when saving again, and when it was."""

    version: int
    at: datetime


class Signed(NamedTuple):
    """A version that is closed."""

    revision_id: UUID
    number: int


def start(session: Session, child_id: UUID, kind: str, form_key: str = "") -> UUID:
    """Return the open draft of a kind, or begin one with what the record and the last plan know.

    A document of early help that brothers and sisters have in common is begun in each of their files.
    """
    child = session.get(Child, child_id)
    if not child:
        raise NotFound("There is no such record, or you may not see it.")
    draft = queries.draft(session, child_id, kind)
    if draft:
        return draft.id
    _refuse_frozen(session, child_id, kind)
    form = form_named(session, form_key or FORMS[kind].key)
    star_licences.refuse_locked(session, form.key)
    last = queries.last_signed(session, child_id, kind)
    answers = form.brought_forward(last.document.answers) if last and last.form_key == form.key else {}
    answers = prefilled(form, answers, known.known(session, child_id))
    answers |= from_record(session, child_id, form)
    answers |= beginning.from_record(session, child_id, kind)
    episode = episodes.current(session, child_id) if kind in HELP_KINDS else None
    revision = begin(session, child, form, answers, follows=last, episode_id=episode.id if episode else None)
    if episode and (joining := shared_plans.to_join(session, episode, kind)):
        shared_plans.begin_together(session, revision, form, joining)
    return revision.id


def _refuse_frozen(session: Session, child_id: UUID, kind: str) -> None:
    refused = episodes.writing_refused(session, child_id, kind)
    if refused:
        raise NotAllowed(f"{refused} Nothing was changed.")


def open_plan(session: Session, revision_id: UUID) -> PlanView:
    """Return a version with everything its screen shows. The look is recorded before."""
    revision = _revision(session, revision_id)
    child = session.get_one(Child, revision.child_id)
    rights = may(session.actor, "write", child_subject(session, child))
    if not rights.allowed and episodes.writing_refused(session, child.id, revision.kind):
        raise NotAllowed("Consent was withdrawn: only those who work with the family may open this now.")
    detail = {"kind": revision.kind, "number": revision.number}
    record_look(session, "open", child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    form = form_of(session, revision)
    last = queries.last_signed(session, child.id, revision.kind, before=revision.number)
    return PlanView(
        revision.id, child.id, child.name, revision.kind, title(form, revision), form,
        revision.document.answers, revision.version, revision.number, revision.signed_at,
        queries.worker_name(session, revision.signed_by),
        revision.updated_at, known.known(session, child.id), _last(session, last),
        _unsaved(session, revision), earlier(session, revision), _number_of(session, revision.replaces_id),
        revision.reason, rights.allowed and _is_open(session, revision), _siblings(session, revision),
        _discarded(session, revision),
    )  # fmt: skip


def _is_open(session: Session, revision: Revision) -> bool:
    return not revision.signed_at and not pep_queries.is_void(session, revision.id)


def _siblings(session: Session, revision: Revision) -> tuple[SiblingPlan, ...]:
    return tuple(
        SiblingPlan(other.id, child.known_as or child.given or child.name, other.signed_at is not None)
        for child, other in shared_plans.others(session, revision.group_id)
    )


def keep_typing(session: Session, revision_id: UUID, opened: int, answers: Answers) -> datetime:
    """Keep what is typed, between saved versions: by itself, within the second, without history."""
    held = _open_draft(_held(session, revision_id, document=False))
    revision, row = held.revision, held.typing
    now = utc_now()
    if row:
        row.answers, row.base_version, row.updated_at = dict(answers), opened, now
    else:
        session.add(
            Typing(
                revision_id=revision_id,
                author=session.actor.worker_id,
                child_id=revision.child_id,
                answers=dict(answers),
                base_version=opened,
                updated_at=now,
            )
        )
    return now


def save(session: Session, revision_id: UUID, opened: int, raw: Answers) -> Saved:
    """Make what was typed a saved version. A draft may hold errors.

    Raises Stale if somebody saved after it was opened; what was typed is then kept as a clash.
    """
    held = _current(session, revision_id, opened, raw)
    revision, typed = held.revision, held.typing
    form = form_of(session, revision)
    answers = form.of_draft(raw)
    if typed:
        session.delete(typed)
    if answers != revision.document.answers:
        write(session, revision, form, answers)
        shared_plans.share(session, revision, form, answers)
    session.flush()
    return Saved(revision.version, revision.updated_at)


def drop_typing(session: Session, revision_id: UUID) -> None:
    """Let go of what was typed after the last saved version."""
    row = queries.typing(session, revision_id, session.actor.worker_id)
    if row:
        session.delete(row)


def discard_typing(session: Session, revision_id: UUID) -> None:
    """Let go of unsaved typing at its writer's wish; it can be brought back for 30 days."""
    row = queries.typing(session, revision_id, session.actor.worker_id)
    if row:
        put = discarded.Discarded(row.updated_at, utc_now(), row.answers)
        discarded.put_by(session, revision_id, row.author, put)
        session.delete(row)


def sign(session: Session, revision_id: UUID, opened: int, raw: Answers) -> Signed:
    """Check the answers and close the draft for good.

    Raises Unfinished (which questions, and why) or Stale (somebody saved after it was opened).
    """
    held = _current(session, revision_id, opened, raw)
    revision, typed = held.revision, held.typing
    child = session.get_one(Child, revision.child_id)
    authorise(session.actor, "sign", child_subject(session, child))
    _refuse_unconsented(session, revision)
    form = form_of(session, revision)
    if form.kind == "pep":
        form = pep_targets.wanting(form, pep_settings.read(session).targets, str(raw.get("variant", "")))
    answers, troubles = form.clean(raw, today=session.today, to_sign=True)
    troubles += _own_troubles(session, revision, form, answers)
    if troubles:
        many = words.count(len(troubles), "answer")
        raise Unfinished(f"Not signed yet: {many} to see to. Your text stays as it is.", tuple(troubles))
    answers = action_rows.with_numbers(session, revision, form, answers)
    write(session, revision, form, answers)
    shared_plans.share(session, revision, form, answers)
    session.flush()  # the document first: once the version is signed the store refuses a change to it
    keep_form(session, form)
    revision.signed_at, revision.signed_by = utc_now(), session.actor.worker_id
    if typed:
        session.delete(typed)
    write_facts(session, revision, form)
    action_rows.take_up(session, revision, form)
    if form.kind == "pep":
        taking_up.take_up(session, revision, form)
    care_taking_up.take_up(session, revision, form)
    _take_up_level(session, revision, form, answers)
    dates.refresh(session, child)
    return Signed(revision.id, revision.number)


def _own_troubles(session: Session, revision: Revision, form: Form, answers: Answers) -> list[Trouble]:
    """Return what a kind of plan checks beyond its single answers."""
    last = None if revision.replaces_id else queries.last_signed(
        session, revision.child_id, form.kind, before=revision.number
    )  # fmt: skip
    born_on = session.get_one(Child, revision.child_id).born_on
    return plan_checks.troubles(form, answers, last.document.answers if last else None, born_on)


def _refuse_unconsented(session: Session, revision: Revision) -> None:
    """An assessment is made with the family's agreement (Working Together), or its override on record."""
    episode = session.get(HelpEpisode, revision.episode_id) if revision.episode_id else None
    if episode and revision.kind == "early-help" and episode.status in BEFORE_CONSENT:
        raise Problem(
            "Not signed yet: record who agreed to this assessment, and start it, on the Early help page. "
            "Your text stays as it is."
        )


def _take_up_level(session: Session, revision: Revision, form: Form, answers: Answers) -> None:
    if revision.episode_id and (level := str(answers.get("level", ""))):
        on = revision.dated_on or session.today
        episodes.level_from_document(session, revision.episode_id, level, on, title(form, revision))


def correct(session: Session, revision_id: UUID, reason: str) -> UUID:
    """Begin a new version that puts a signed one right, and name it. Raises Problem without a reason."""
    signed = _revision(session, revision_id)
    if not signed.signed_at:
        raise Problem("This version is still a draft: change it as it is.")
    if not reason.strip():
        raise Problem("Say why the plan needs a correction. Nothing was changed.")
    draft = queries.draft(session, signed.child_id, signed.kind)
    if draft:
        raise Problem(
            f"Version {draft.number} is being written already. Finish it first. Nothing was changed."
        )
    newer = queries.correction_of(session, signed)
    if newer:
        raise Problem(f"Version {newer.number} puts this one right already. Correct that one instead.")
    form = form_named(session, signed.form_key)
    signatures = {each.key for each in form.fields if type(each).__name__ == "Signatures"}
    answers = {key: value for key, value in signed.document.answers.items() if key not in signatures}
    child = session.get_one(Child, signed.child_id)
    _refuse_frozen(session, child.id, form.kind)
    because = words.tidy(reason).strip()
    return begin(
        session, child, form, answers, replaces=signed, reason=because, episode_id=signed.episode_id
    ).id


def numbered(session: Session, child_id: UUID, kind: str, number: int | None = None) -> Revision:
    """Return a version by number: without one, the newest signed, else the newest. Raises NotFound."""
    if number is not None:
        found = queries.numbered(session, child_id, kind, number)
    else:
        found = queries.last_signed(session, child_id, kind) or queries.draft(session, child_id, kind)
    if not found:
        wanted = f"version {number}" if number is not None else "version"
        raise NotFound(f"There is no {wanted} of that kind in this record.")
    return found


def compare(session: Session, child_id: UUID, kind: str, was: int, now: int) -> list[Change]:
    """Return what differs between two versions, in the form's order. Raises NotFound."""
    old, new = numbered(session, child_id, kind, was), numbered(session, child_id, kind, now)
    detail = {"kind": kind, "versions": [was, now]}
    record_look(session, "compare", child_id, tbl="revision", row_id=new.id, detail=detail)
    session.commit()
    return form_of(session, new).changes(old.document.answers, new.document.answers)


def _revision(session: Session, revision_id: UUID) -> Revision:
    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    return revision


def _held(session: Session, revision_id: UUID, *, document: bool = True) -> queries.Held:
    held = queries.held(session, revision_id, session.actor.worker_id, document=document)
    if not held:
        raise NotFound("There is no such plan, or you may not see it.")
    return held


def _open_draft(held: queries.Held) -> queries.Held:
    if held.revision.signed_at:
        raise NotAllowed("This is signed and stays as it is. Make a correction instead.")
    if held.is_void:
        raise NotAllowed("This plan was cancelled and stays as it is. Start a new one.")
    return held


def _current(session: Session, revision_id: UUID, opened: int, raw: Answers) -> queries.Held:
    held = _held(session, revision_id)
    revision = held.revision
    if revision.version == opened:
        if held.is_unconsented:
            _refuse_frozen(session, revision.child_id, revision.kind)
        return _open_draft(held)
    session.add(
        Clash(child_id=revision.child_id, revision_id=revision.id, opened_version=opened, answers=dict(raw))
    )
    session.commit()
    done, then = ("signed", "make a correction with") if revision.signed_at else ("saved", "carry over")
    raise Stale(
        f"Somebody else {done} this plan after you opened it. Nothing was overwritten: both are kept. "
        f"Compare them and {then} what should stay."
    )


def _last(session: Session, revision: Revision | None) -> Last | None:
    if not revision or not revision.signed_at:
        return None
    label = title(form_of(session, revision), revision)
    by = queries.worker_name(session, revision.signed_by)
    return Last(revision.number, label, revision.signed_at, by, revision.document.answers)


def _unsaved(session: Session, revision: Revision) -> Unsaved | None:
    row = queries.typing(session, revision.id, session.actor.worker_id)
    if not row or row.answers == revision.document.answers:
        return None
    return Unsaved(row.updated_at, row.answers)


def _discarded(session: Session, revision: Revision) -> Unsaved | None:
    found = discarded.newest(session, revision.id, session.actor.worker_id, utc_now())
    if not found or found.discarded_at < revision.updated_at or found.answers == revision.document.answers:
        return None
    return Unsaved(found.typed_at, found.answers)


def earlier(session: Session, revision: Revision) -> tuple[tuple[str, Answers], ...]:
    """Return the signed versions of the same form before this one, newest first: (label, answers).

    Of readings only those about the same person: a father's star is never laid over a mother's.
    """
    found = queries.versions(session, revision.child_id, revision.kind, documents=True)
    replaced = {each.replaces_id for each in found}
    form = form_of(session, revision)
    about = _about(form, revision)
    return tuple(
        (words.day(each.dated_on or each.started_on), each.document.answers)
        for each in found
        if each.signed_at
        and each.number < revision.number
        and each.form_key == revision.form_key
        and each.id not in replaced
        and _about(form, each) == about
    )


def _about(form: Form, revision: Revision) -> tuple[str, str]:
    answers = revision.document.answers
    return stars.whose_key(form, str(answers.get("whose", "")), str(answers.get("whose_name", "")))


def _number_of(session: Session, revision_id: UUID | None) -> int | None:
    return _revision(session, revision_id).number if revision_id else None

"""Plans: start, type, save, sign, correct. A plan's kind is its series in the child's record."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caseapp import action_rows, dates, known, pep_settings, plan_checks, shared_plans, star_licences, words
from caseapp.early_help import episodes
from caseapp.early_help.statuses import BEFORE_CONSENT, HELP_KINDS
from caseapp.education import taking_up
from caseapp.form import Answers, Form, Trouble
from caseapp.form_parts import pep_targets
from caseapp.forms import FORMS
from caseapp.looked_after import beginning
from caseapp.looked_after import taking_up as care_taking_up
from caseapp.plan_reading import revision_of
from caseapp.plan_versions import title
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
from db import discarded, typings
from db import plans as queries
from db.children import child_of
from db.models import Child, Clash, HelpEpisode, Revision, Typing
from db.moments import utc_now
from db.problems import NotAllowed, NotFound, Problem, Stale, Unfinished
from db.reach import child_subject
from db.roles import authorise
from db.store import Session


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
    child = child_of(session, child_id)
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


def keep_typing(session: Session, revision_id: UUID, opened: int, answers: Answers) -> datetime:
    """Keep what is typed, between saved versions: by itself, within the second, without history."""
    now = utc_now()
    if typings.rewrite(session, revision_id, opened, answers, now):
        return now
    held = _open_draft(_held(session, revision_id, document=False))
    revision, row = held.revision, held.typing
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
    if row := _put_by(session, revision_id):
        session.delete(row)


def set_aside(session: Session, revision_id: UUID, opened: int) -> Saved:
    """Make unsaved typing a saved version: its writer types on without it, and can bring it back for 30 days.

    Raises Stale if somebody saved after it was opened; it is then kept as a clash.
    """
    row = _put_by(session, revision_id)
    if row is None:
        revision = revision_of(session, revision_id)
        return Saved(revision.version, revision.updated_at)
    return save(session, revision_id, opened, row.answers)


def _put_by(session: Session, revision_id: UUID) -> Typing | None:
    row = queries.typing(session, revision_id, session.actor.worker_id)
    if row:
        put_by(session, revision_id, row.updated_at, row.answers)
    return row


def put_by(session: Session, revision_id: UUID, typed_at: datetime, answers: Answers) -> None:
    """Offer a text to its writer for 30 days: it is in the form no longer."""
    put = discarded.Discarded(typed_at, utc_now(), dict(answers))
    discarded.put_by(session, revision_id, session.actor.worker_id, put)


def forget_discarded(session: Session, revision_id: UUID, typed_at: datetime) -> None:
    """Offer no longer what stands in a saved version again; named by when it was typed."""
    discarded.forget(session, revision_id, session.actor.worker_id, typed_at)


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
    signed = revision_of(session, revision_id)
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

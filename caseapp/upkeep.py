"""Care of the store: is it sound, back it up, bring it back, keep its clocks in step with the day."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import dates, form_json, places, plan_writing
from caseapp.accounts import SignedIn, keys_path, lock_path, sign_in
from caseapp.pathway import standing
from db import anchors, lockfile, settings, swap
from db import pep_cycle as pep_queries
from db import plans as plan_queries
from db import upkeep as queries
from db.check import Fault, Report
from db.looks import record_look
from db.models import Revision
from db.problems import Damaged, NotSaved
from db.roles import authorise
from db.store import Session

if TYPE_CHECKING:
    from db.backup import Backup, Restored


def check(signed_in: SignedIn) -> Report:
    """Look at the whole store: file, links, chains, rows against history, facts against documents."""
    from db.check import check as check_store

    authorise(signed_in.actor, "check")
    report = check_store(signed_in.store)
    try:
        with signed_in.store.session(signed_in.actor, "Check", purpose="check") as session:
            signed, faults = _facts(session)
            record_look(session, "check", tbl="store", detail={"faults": len(report.faults) + len(faults)})
    except (Damaged, NotSaved):
        if not report.faults:
            raise
        return report  # so damaged that it cannot even be noted
    return Report(report.looked_at | {"signed plans": signed}, report.faults + faults)


def _facts(session: Session) -> tuple[int, list[Fault]]:
    """Return how many signed versions there are, and those with wrong facts or an altered form."""
    faults = []
    revisions = queries.signed_revisions(session)
    void = pep_queries.void_ids(session)
    replaced = {each.replaces_id for each in revisions if each.id not in void} | void
    for revision in revisions:
        form = plan_writing.form_of(session, revision)
        if form_json.digest(form) != revision.form_digest:
            faults.append(
                Fault("form-altered", "The form kept with a signed plan was altered.", revision.id.hex)
            )
        elif not _facts_agree(session, revision, counts=revision.id not in replaced):
            faults.append(
                Fault("facts", "The figures of a signed plan differ from its answers.", revision.id.hex)
            )
    return len(revisions), faults


def _facts_agree(session: Session, revision: Revision, *, counts: bool) -> bool:
    """Return whether the facts are those of the answers; a version that was put right has none."""
    form = plan_writing.form_of(session, revision)
    answers = revision.document.answers if counts else {}
    wanted = {(each.field, each.code, each.number, each.day) for each in form.facts(answers)}
    wanted |= {(kind, None, None, happened) for kind, happened in form.events(answers)}
    held = plan_queries.facts_of(session, revision.id)
    return wanted == {(each.field, each.code, each.number, each.day) for each in held}


def back_up(signed_in: SignedIn, target: Path) -> Backup:
    """Write a backup that was opened and compared. For administrators."""
    from db import backup

    authorise(signed_in.actor, "backup")
    path = signed_in.store.path
    if path is None:
        raise RuntimeError("A store in memory has no file to back up.")
    made = backup.make(signed_in.store, keys_path(path), target)
    with signed_in.store.session(signed_in.actor, "Backup", purpose="backup") as session:
        record_look(session, "backup", tbl="store", detail={"rows": made.rows})
    return made


def restore(path: Path, to: Path, user_name: str, password: str, *, replacing: bool = False) -> Restored:
    """Bring a backup back; with `replacing` also where a store stands, which is kept beside it.

    All or nothing. For administrators of the backed-up store, and recorded in it. Raises InUse while a
    window or a command has the store that stands there.
    """
    from db import backup

    lock_file = lock_path(to)
    is_new = not lock_file.exists()
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lockfile.hold(lock_file, "restoring a backup"):
        swap.finish(to)
        try:
            vouch = partial(_vouch, user_name, password)
            restored = backup.restore(path, to, user_name, password, vouch, replacing=replacing)
        except BaseException:
            if is_new:
                lock_file.unlink(missing_ok=True)
            raise
    anchors.forget(places.anchor_file(to))
    return restored


def _vouch(user_name: str, password: str, store_path: Path, made_at: str) -> None:
    """See that an administrator restores, and record it, while the store still stands aside."""
    signed_in = sign_in(store_path, user_name, password)
    try:
        authorise(signed_in.actor, "restore")
        with signed_in.store.session(signed_in.actor, "Restore", purpose="restore") as session:
            record_look(session, "restore", tbl="store", detail={"made_at": made_at})
    finally:
        signed_in.close()
        anchors.forget(places.anchor_file(store_path))


CLOCKS_ON = "clocks_on"


def begin_day(session: Session, after: UUID | None = None) -> UUID | None:
    """Once a day, bring some more children's clocks in step with it; return where to go on, None when done.

    The session's purpose is «rebuild».
    """
    today = session.today.isoformat()
    if settings.value(session, CLOCKS_ON) == today:
        return None
    reached = refresh_clocks(session, after, limit=25)  # a tenth of a second, so that no save waits for it
    if reached is None:
        standing.sweep(session)  # on the 18th birthday the record moves without anybody's doing
        settings.put(session, CLOCKS_ON, today)
    return reached


def refresh_clocks(session: Session, after: UUID | None, limit: int = 100) -> UUID | None:
    """Bring some children's clocks in step with today; return where to go on, or None at the end.

    Clocks of terms and birthdays move with the day although nothing was written. The session's purpose is
    «rebuild»: no record is shown.
    """
    children = queries.children_after(session, after, limit)
    for child in children:
        dates.refresh(session, child)
    return children[-1].id if len(children) == limit else None

"""Backups that make themselves: when, which are kept, the second place, the weekly proof."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from caseapp import places
from caseapp.accounts import keys_path
from db.key_file import KeyFileMissing
from db.moments import utc_now
from db.problems import Damaged, NotSaved, Problem
from db.roles import authorise

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from db.store import Session

HOURLY, DAILY, WEEKLY = 24, 14, 8
PROOF_EVERY: Final = timedelta(days=7)
SETTING: Final = "backups"
_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d{6}Z" + re.escape(places.BACKUP_SUFFIX))
_FORMAT = "%Y-%m-%d-%H%M%SZ"
Wanted = Callable[[], bool]


class Found(NamedTuple):
    """A backup in a folder: whether it opens is not known yet."""

    path: Path
    made_at: datetime
    size: int


class State(NamedTuple):
    """How the backups of a store stand."""

    folder: Path | None
    how_many: int
    made_at: datetime | None
    is_changed: bool
    opened_at: datetime | None
    proven_at: datetime | None = None
    damaged: tuple[str, ...] = ()
    failed: str = ""
    second_place: str = ""
    missing_since: datetime | None = None

    def proof_is_due(self, now: datetime) -> bool:
        """Return whether a backup should be proved: a week is over, and there is one."""
        proven = self.proven_at
        return self.how_many > 0 and (proven is None or now - proven >= PROOF_EVERY)


class _Noted(NamedTuple):
    """What a store's own setting says of its backups; moments as ISO texts."""

    sign: str = ""
    proven_at: str = ""
    damaged: tuple[str, ...] = ()
    failed: str = ""
    second_place: str = ""
    missing_since: str = ""


def folder_of(store_path: Path) -> Path:
    """Return the folder in which a store's backups are kept."""
    return store_path.with_name(f"{store_path.name}-backups")


def file_name(made_at: datetime) -> str:
    """Return what a backup made at a moment is called; sorted by name they stand in order of time."""
    return made_at.astimezone(UTC).strftime(_FORMAT) + places.BACKUP_SUFFIX


def found_in(folder: Path) -> list[Found]:
    """Return the backups in a folder that made themselves, newest first; none where it cannot be read."""
    try:
        files = [each for each in folder.iterdir() if _NAME.fullmatch(each.name)]
        found = [Found(each, _made_at(each.name), each.stat().st_size) for each in files]
    except OSError:
        return []
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def _made_at(name: str) -> datetime:
    return datetime.strptime(name.removesuffix(places.BACKUP_SUFFIX), _FORMAT).replace(tzinfo=UTC)


def offered(stores: Iterable[Path]) -> list[tuple[Path, Found]]:
    """Return the backups beside some stores, each with its store, newest first."""
    found = [(store, each) for store in stores for each in found_in(folder_of(store))]
    return sorted(found, key=lambda one: one[1].made_at, reverse=True)


def newest_whole(stores: Iterable[Path]) -> tuple[Path, Found] | None:
    """Return the newest backup that is as it was written, with its store. Needs no password."""
    from db.backup_file import is_whole

    return next((one for one in offered(stores) if is_whole(one[1].path)), None)


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which backups to keep: the newest of each of 24 hours, 14 days and 8 weeks that have one.

    One from the future, made while the clock was wrong, is kept and takes nobody's place.
    """
    made = sorted(set(times), reverse=True)
    past = [each for each in made if each <= now]
    keep = set(made[:1]) | {each for each in made if each > now}
    for most, span in ((HOURLY, _hour), (DAILY, _day), (WEEKLY, _week)):
        newest: dict[object, datetime] = {}
        for each in past:
            newest.setdefault(span(each.astimezone(UTC)), each)
        keep |= set(islice(newest.values(), most))
    return keep


def _hour(at: datetime) -> object:
    return at.date(), at.hour


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def is_hurt(problem: Problem) -> bool:
    """Return whether a problem at signing in is one that the last good backup mends."""
    return isinstance(problem, Damaged | KeyFileMissing)


# What an open store notes and does


def state(session: Session) -> State:
    """Return how the backups of this store stand."""
    from db import settings

    noted, path = _read(session), session.info["store_path"]
    folder = folder_of(path) if path else None
    return State(
        folder=folder,
        how_many=len(found_in(folder)) if folder else 0,
        made_at=settings.last_backup(session),
        is_changed=path is not None and noted.sign != _sign(session),
        opened_at=settings.first_opened_at(session),
        proven_at=_moment(noted.proven_at),
        damaged=noted.damaged,
        failed=noted.failed,
        second_place=noted.second_place,
        missing_since=_moment(noted.missing_since),
    )


def choose_second_place(session: Session, folder: Path | None) -> None:
    """Keep every backup in another folder too, or no longer. For administrators. Raises Problem, NotSaved."""
    authorise(session.actor, "backup")
    if folder is None:
        _note(session, second_place="", missing_since="")
        return
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}. Nothing was changed. Choose one that is there.")
    path: Path = session.info["store_path"]
    if folder.resolve() in (path.parent.resolve(), folder_of(path).resolve()):
        raise Problem("That is where the store itself is. Nothing was changed. Choose another disk.")
    theirs = _place_in(folder, path)
    try:
        theirs.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise NotSaved(f"Nothing can be written to {folder}: {error.strerror}. Choose another.") from None
    _note(session, second_place=str(folder), missing_since="")


def keep_up(signed_in: SignedIn, is_wanted: Wanted) -> State:
    """Back up if anything changed since the last time, thin out, copy to the second place; return the state.

    For whoever is signed in: it shows nothing. Raises what `db.backup.make` raises, having noted it.
    """
    path = _path(signed_in)
    with _noting(signed_in) as session:
        noted, sign = _read(session), _sign(session)
    folder = folder_of(path)
    if noted.sign != sign or not found_in(folder):
        try:
            _back_up(signed_in, folder, sign, is_wanted)
        except (Damaged, NotSaved) as problem:
            with _noting(signed_in) as session:
                _note(session, failed=problem.words)
            raise
        _thin_out(folder, noted.damaged)
    if noted.second_place:
        _copy(signed_in, path, noted)
    with _noting(signed_in) as session:
        return state(session)


def prove(signed_in: SignedIn, is_wanted: Wanted) -> State:
    """Restore the newest backup into a folder of its own, compare it, take it away; note how it went.

    A damaged one is kept and named, the next older one tried; then a new one is made at the next occasion.
    One made before the keys were last changed opens with its own key file only, and is left out.
    """
    from db import backup, settings

    with _noting(signed_in) as session:
        damaged = _read(session).damaged
        rekeyed_at = _moment(settings.value(session, "rekeyed_at") or "")
    proven = ""
    for found in found_in(folder_of(_path(signed_in))):
        if found.path.name in damaged or (rekeyed_at and found.made_at <= rekeyed_at):
            continue
        try:
            backup.prove(found.path, signed_in.store.dek, is_wanted=is_wanted)
        except Damaged:
            damaged = (*damaged, found.path.name)
        else:
            proven = utc_now().isoformat()
            break
    with _noting(signed_in) as session:
        was = _read(session)
        sign = "" if damaged != was.damaged else was.sign
        _note(session, damaged=damaged, proven_at=proven or was.proven_at, sign=sign)
        return state(session)


def _back_up(signed_in: SignedIn, folder: Path, sign: str, is_wanted: Wanted) -> None:
    from db import backup
    from db.looks import record_look

    backup.clear_left_behind(folder)
    keys = keys_path(_path(signed_in))
    made = backup.make(signed_in.store, keys, folder / file_name(utc_now()), is_wanted=is_wanted)
    with _noting(signed_in) as session:
        record_look(session, "backup", tbl="store", detail={"rows": made.rows})
        _note(session, sign=sign, failed="")


def _thin_out(folder: Path, damaged: tuple[str, ...]) -> None:
    """Delete what need not be kept. A damaged one takes no good one's place, and stays to be seen."""
    found = [each for each in found_in(folder) if each.path.name not in damaged]
    keep = kept((each.made_at for each in found), utc_now())
    for each in found:
        if each.made_at not in keep:
            each.path.unlink(missing_ok=True)


def _copy(signed_in: SignedIn, path: Path, noted: _Noted) -> None:
    """Bring the newest backup to the second place, or note since when that is out of reach."""
    from db import backup

    newest, folder = found_in(folder_of(path))[0], _place_in(Path(noted.second_place), path)
    try:
        if not (folder / newest.path.name).exists():
            backup.clear_left_behind(folder)
            backup.copy_to(newest.path, folder)
            _thin_out(folder, ())
        missing_since = ""
    except (NotSaved, OSError):
        missing_since = noted.missing_since or utc_now().isoformat()
    if missing_since != noted.missing_since:
        with _noting(signed_in) as session:
            _note(session, missing_since=missing_since)


def is_same_disk(signed_in: SignedIn, folder: Path) -> bool:
    """Return whether a folder would be lost with the store's own disk."""
    try:
        return folder.stat().st_dev == _path(signed_in).stat().st_dev
    except OSError:
        return False


def _place_in(folder: Path, store_path: Path) -> Path:
    """Return a store's own folder in the second place: it is missing when another disk hangs there."""
    return folder / folder_of(store_path).name


def _path(signed_in: SignedIn) -> Path:
    if signed_in.store.path is None:
        raise RuntimeError("A store in memory has no file to back up.")
    return signed_in.store.path


def _noting(signed_in: SignedIn) -> AbstractContextManager[Session]:
    return signed_in.store.session(signed_in.actor, "Backup", purpose="backup")


def _sign(session: Session) -> str:
    """Return what tells whether a store changed: its chains of changes, what is typed, who may open it."""
    from hashlib import sha256

    from db import settings

    keys = keys_path(session.info["store_path"]).read_bytes()
    return f"{settings.change_sign(session)} {sha256(keys).hexdigest()[:16]}"


def _read(session: Session) -> _Noted:
    from db import settings

    read = json.loads(settings.value(session, SETTING) or "{}")
    return _Noted(**read | {"damaged": tuple(read.get("damaged", ()))})


def _note(session: Session, **changes: object) -> None:
    from db import settings

    noted = _read(session)._asdict() | changes
    settings.put(session, SETTING, json.dumps(noted))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""Kills the program over and over: `python -m tests.kill_farm writer=100 typist=10`, store and user as usual.

It forks children that have the modules loaded, the key derived and the statements compiled already: that is
ten times as quick. A child opens the database after the fork and says on a pipe what it did until it was
killed. Prints one JSON document.
"""

import contextlib
import gc
import io
import json
import os
import select
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from multiprocessing import Barrier
from pathlib import Path
from typing import NamedTuple

from caseapp import accounts, children, cli, journal, plan_reading, plans, trials, upkeep
from caseapp.children import Filter
from caseapp.journal import Typed
from db import keys
from db.store import open_store

FROM_THE_START = 10  # every tenth is killed while it starts
LONGEST_SECONDS = 0.2
TYPING_SECONDS = 1.5  # more than may be lost, or the test could not fail
PATIENCE_SECONDS = 60.0
BACKUP_SECONDS = 0.4  # about as long as one of a small store takes
UPGRADE_SECONDS = 1.0
ADDED = 5  # by each process
OLD_USER, OLD_PASSWORD = "marek", "gravel-otter-window-nine"  # of the kept stores of older schemas
OLD_ROWS = "SELECT count(*) FROM child"


class Line(NamedTuple):
    """What a child said, and when."""

    at: float
    words: list[str]


class Child:
    """The program in a process of its own, at work on something."""

    def __init__(self, work: Callable[[], int]) -> None:
        self.reading, writing = os.pipe()
        self.lines: list[Line] = []
        self._rest = b""
        self.pid = os.fork()
        if not self.pid:
            os.dup2(writing, 1)
            os._exit(work())
        os.close(writing)

    def listen(self, seconds: float, *, lines: int = sys.maxsize) -> None:
        """Take in what it says, until the time is over, it ends, or so many lines have come."""
        until = time.monotonic() + seconds
        while len(self.lines) < lines and (left := until - time.monotonic()) > 0:
            if select.select([self.reading], [], [], left)[0] and not self._take():
                return

    def _take(self) -> bool:
        came = os.read(self.reading, 65536)
        *whole, self._rest = (self._rest + came).split(b"\n")
        self.lines += [Line(time.monotonic(), line.decode().split()) for line in whole]
        return bool(came)

    def kill(self) -> float:
        """Kill it, take in its last words; return the moment. Raises ChildProcessError if it had ended."""
        at = time.monotonic()
        os.kill(self.pid, signal.SIGKILL)
        while self._take():
            pass
        self._end(-signal.SIGKILL)
        return at

    def finish(self) -> list[Line]:
        """Let it end by itself; return what it said. Raises ChildProcessError if it failed."""
        self.listen(PATIENCE_SECONDS)
        self._end(0)
        return self.lines

    def _end(self, wanted: int) -> None:
        os.close(self.reading)
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if code != wanted:
            raise ChildProcessError(f"ended with {code}, not {wanted}")


def kill_writers(kills: int) -> dict[str, object]:
    """Return what was acknowledged, {note: value}, and how many kills hit a writer at work."""
    acknowledged, at_work = {}, 0
    for n in range(kills):
        child = Child(partial(cli.run, ["test-writer"]))
        if n % FROM_THE_START:
            child.listen(PATIENCE_SECONDS, lines=1)
        child.listen(LONGEST_SECONDS * _spread(n) ** 2)  # more of them close to the first word
        child.kill()
        acknowledged |= {words[1]: words[2] for _, words in child.lines}
        at_work += bool(child.lines)
    return {"acknowledged": acknowledged, "at_work": at_work}


def kill_typists(kills: int) -> dict[str, object]:
    """Return for each kill how many letters were typed and kept, and how many seconds of typing were lost."""
    found = []
    for n in range(kills):
        child = Child(partial(cli.run, ["test-typist"]))
        child.listen(PATIENCE_SECONDS, lines=1)
        child.listen(TYPING_SECONDS * _spread(n))
        at = child.kill()
        typed = {int(words[1]): said for said, words in child.lines}
        kept = int(Child(partial(cli.run, ["test-draft"])).finish()[-1].words[1])
        lost = [at - said for letter, said in typed.items() if letter > kept]
        found.append({"typed": max(typed), "kept": kept, "seconds_lost": max(lost, default=0.0)})
    return {"typists": found}


def kill_lockers(kills: int) -> dict[str, object]:
    """Return for each kill how many letters were said to be saved by locking, and how many are there."""
    found = []
    for n in range(kills):
        child = Child(lock_over_and_over)
        child.listen(PATIENCE_SECONDS, lines=1)
        child.listen(LONGEST_SECONDS * _spread(n))
        child.kill()
        kept = int(Child(partial(cli.run, ["test-draft"])).finish()[-1].words[1])
        found.append({"locked": int(child.lines[-1].words[1]), "kept": kept})
    return {"lockers": found}


def lock_over_and_over() -> int:
    """Type a letter, keep it, make it a version and close the store, as the lock does, and go on."""
    signed_in = SIGNED_IN[0]
    sessions = partial(signed_in.store.session, signed_in.actor)
    with sessions() as session:
        child_id = children.page(session, Filter(), None, 1)[0][0].id
        draft = plans.start(session, child_id, trials.TYPED.kind)
    while True:
        with sessions() as session:
            view = plan_reading.open_plan(session, draft)
        text = str(view.answers.get(trials.TYPED.key, "")) + "x"
        typed = Typed(draft, view.version, view.answers | {trials.TYPED.key: text})
        journal.keep(signed_in.store, signed_in.actor, typed)
        with sessions() as session:
            plans.save(session, *typed)
        signed_in.store.engine.dispose()
        os.write(1, f"LOCKED {len(text)}\n".encode())


def kill_backups(kills: int) -> dict[str, object]:
    """Return for each kill during a backup whether what has a backup's name is whole."""
    folder = Path(os.environ["CASEAPP_STORE"]).parent
    found = []
    for n in range(kills):
        target = folder / f"{n}.caseapp-backup"
        child = Child(lambda target=target: back_up(target))
        child.listen(BACKUP_SECONDS * _spread(n))
        with contextlib.suppress(ChildProcessError):  # it had ended by itself
            child.kill()
        found.append(not target.exists() or zipfile.ZipFile(target).testzip() is None)
    return {"whole": found}


def back_up(target: Path) -> int:
    """Make a backup."""
    upkeep.back_up(SIGNED_IN[0], target)
    return 0


def kill_upgrades(kills: int) -> dict[str, object]:
    """Return what an old store says after each upgrade that was killed: schema, soundness, children."""
    path = Path(os.environ["CASEAPP_STORE"])
    dek = bytes(keys.unlock(accounts.keys_path(path), OLD_USER, OLD_PASSWORD).dek)
    old, found = path.read_bytes(), []
    for n in range(kills):
        for each in path.parent.glob(f"{path.name}-*"):
            each.unlink()
        path.write_bytes(old)
        child = Child(lambda: say_schema(path, dek))
        child.listen(UPGRADE_SECONDS * _spread(n))
        with contextlib.suppress(ChildProcessError):  # it had ended by itself
            child.kill()
        found.append(Child(lambda: say_schema(path, dek)).finish()[-1].words)
    return {"schemas": found}


def say_schema(path: Path, dek: bytes) -> int:
    """Open a store, which brings it up to date, and say what it holds."""
    store = open_store(path, dek)
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        said = [
            raw.execute(asked).fetchone()[0]
            for asked in ("SELECT version_num FROM alembic_version", "PRAGMA quick_check", OLD_ROWS)
        ]
    os.write(1, (" ".join(map(str, said)) + "\n").encode())
    return 0


def add_together(processes: int) -> dict[str, object]:
    """Let so many processes add one to the same answer, some times each; return what they said and made.

    All have read it before the first of them saves: on a busy computer they might take turns.
    """
    read, together, met = trials._view, Barrier(processes), []

    def meet(signed_in, revision_id):
        view = read(signed_in, revision_id)
        if not met:
            met.append(together.wait(PATIENCE_SECONDS))
        return view

    trials._view = meet
    adding = [Child(partial(cli.run, ["test-incr", "--count", str(ADDED)])) for _ in range(processes)]
    trials._view = read
    values = [int(line.words[1]) for each in adding for line in each.finish()]
    made = int(Child(partial(cli.run, ["test-value"])).finish()[-1].words[1])
    return {"said": values, "made": made}


def _spread(n: int) -> float:
    """Return the n-th of numbers that fill 0 to 1 evenly, in no order a writer's rhythm could follow."""
    return n * 0.6180339887 % 1


def warm_up(what: str) -> None:
    """Sign in once; load and compile what a command needs by running it. No connection stays into a fork."""
    if not WARM_UPS[what]:
        return
    signed_in = accounts.sign_in(
        Path(os.environ["CASEAPP_STORE"]), os.environ["CASEAPP_USER"], os.environ["CASEAPP_PASSWORD"]
    )
    SIGNED_IN.append(signed_in)
    trials.opened = lambda options: contextlib.nullcontext(signed_in)
    with contextlib.redirect_stdout(io.StringIO()):
        for typed in WARM_UPS[what]:
            if cli.run(typed.split()):
                raise ChildProcessError("the store does not open")
    signed_in.store.engine.dispose()
    gc.collect()
    gc.freeze()  # a child shares this memory instead of copying it


SIGNED_IN: list[accounts.SignedIn] = []
TYPIST = ("test-typist --count 1", "test-draft")
INCR = ("test-incr --count 1", "test-value")
WARM_UPS: dict[str, tuple[str, ...]] = {
    "writer": ("test-writer --count 1",),
    "typist": TYPIST,
    "locker": TYPIST,
    "backup": ("test-writer --count 1",),
    "upgrade": (),
    "incr": INCR,
}
WORK = {
    "writer": kill_writers,
    "typist": kill_typists,
    "locker": kill_lockers,
    "backup": kill_backups,
    "upgrade": kill_upgrades,
    "incr": add_together,
}

if __name__ == "__main__":
    found = {}
    for each in sys.argv[1:]:
        what, _, times = each.partition("=")
        warm_up(what)
        found |= WORK[what](int(times))
    sys.stdout.write(json.dumps(found))

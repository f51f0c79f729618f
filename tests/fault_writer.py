"""Goes on working while its disk fails: `python -m tests.fault_writer STORE KEY ROUNDS [LIMIT]`.

Each round saves a note, reads, and keeps typing, and says on a line what came of it. With LIMIT no file may
grow beyond so many bytes, which is how a full disk looks to a program.
"""

import json
import os
import sys
from pathlib import Path
from uuid import UUID

from caseapp import journal, notes, plan_reading
from caseapp.journal import Typed
from caseapp.notes import NewNote
from db.moments import new_id
from db.problems import Problem
from db.roles import Actor
from db.store import Store, open_store
from tests.story import TODAY


def work(store: Store, actor: Actor, rounds: int, ids: dict[str, str]) -> None:
    """Save, read and type so many times; no fault of the disk may come through as anything but words."""
    child_id, draft = UUID(ids["child"]), UUID(ids["draft"])
    for n in range(rounds):
        value = f"note {n} {new_id().hex}"
        try:
            with store.session(actor) as session:
                note_id = notes.add(session, child_id, NewNote(TODAY, "note", value))
            say("ACK", note_id.hex, value)
        except Problem as problem:
            say("REFUSED", type(problem).__name__, problem.words)
        read = store.call(actor, lambda session: len(notes.timeline(session, child_id)))
        say("READ", str(read), "")
        kept = journal.keep(store, actor, Typed(draft, 1, {"place": f"typed {n}"}))
        say("KEPT", "aside" if kept.refused else "store", kept.refused)
    version = store.call(actor, lambda session: plan_reading.open_plan(session, draft).version)
    say("END", str(version), "")


def say(what: str, which: str, words: str) -> None:
    """Tell the test; a line is whole or not there."""
    os.write(1, (json.dumps([what, which, words]) + "\n").encode())


def limit_files(size: int) -> None:
    """Let no file grow beyond a size: a write then fails as on a full disk."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


if __name__ == "__main__":
    path, given = Path(sys.argv[1]), json.loads(sys.argv[2])
    opened = open_store(path, bytes.fromhex(given["key"]))
    worker_id, team_id = (UUID(each) for each in given["actor"])
    me = Actor(worker_id, "Max North", team_id, frozenset({"manager"}))
    if len(sys.argv) > 4:
        limit_files(int(sys.argv[4]))
    work(opened, me, int(sys.argv[3]), given)

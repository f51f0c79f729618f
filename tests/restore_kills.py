"""Kills a restore over a store at step after step: `python -m tests.restore_kills FOLDER KILLS`.

The folder holds a.caseapp (two children) and b.backup (one). A parent that never opens a store forks a child
a kill, with the modules loaded. Prints one JSON document: how many steps on the disk a restore takes, and for
each kill the step, which store opened after it, its faults, and whether the former one was kept whole.
"""

import gc
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from sqlalchemy import func, select

from caseapp import accounts, upkeep
from db.models import Child
from tests.story import PASSWORD

STEPS = ("replace", "link", "mkdir", "unlink", "rmdir", "rename", "fsync")
STRIDE = 3  # ten kills fall on each part of it
WHICH = {1: "new", 2: "old"}


def restore(folder, killed_at):
    """Restore, and kill this process at a step; return how many steps there were."""
    taken = [0]

    def counted(real):
        def step(*args, **options):
            taken[0] += 1
            if taken[0] == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **options)

        return step

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    upkeep.restore(folder / "b.backup", folder / "a.caseapp", "max", PASSWORD, replacing=True)
    return taken[0]


def found(folder):
    """Return which store opens now, how many faults it has, and whether a former one was kept as it was."""
    path = folder / "a.caseapp"
    accounts.finish_restore(path)
    one = accounts.sign_in(path, "max", PASSWORD)
    with one.store.session(one.actor, purpose="check") as session:
        children = session.scalar(select(func.count()).select_from(Child))
    faults = upkeep.check(one).faults
    one.close()
    kept = [each.read_bytes() for each in folder.glob("before-restore-*/a.caseapp")]
    return WHICH[children], len(faults), kept == [(folder.parent / "a.caseapp").read_bytes()]


def in_a_child(work):
    """Return what work returns in a process of its own; None if that was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        os.write(writing, json.dumps(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else None


def in_a_copy(folder, name, work):
    """Return what work does in a copy of the folder's files."""
    copy = folder / name
    copy.mkdir()
    for each in folder.iterdir():
        if each.is_file():
            shutil.copy(each, copy / each.name)
    return copy, in_a_child(lambda: work(copy))


def main(folder, kills):
    """Kill as often as asked, evenly over the steps."""
    _, steps = in_a_copy(folder, "whole", lambda copy: restore(copy, 0))
    gc.freeze()
    results = []
    for number in range(kills):
        step = steps - number * STRIDE % steps
        copy, ended = in_a_copy(folder, f"kill-{number}", lambda copy, step=step: restore(copy, step))
        if ended is not None:
            raise ChildProcessError("was not killed")
        results.append((step, *in_a_child(lambda copy=copy: found(copy))))
        shutil.rmtree(copy)
    sys.stdout.write(json.dumps({"steps": steps, "kills": results}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""Kills an upgrade over and over: `python -m tests.upgrade_kills FOLDER KILLS`.

The folder holds a store of an older schema. A parent that never opens a store forks a child a kill, with the
modules loaded. Prints one JSON document: for each kill the schema that the store had after it, whether a
whole backup of the old schema was there, and what the next sign-in found.
"""

import contextlib
import gc
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import db.migrations
from caseapp import accounts, children, upkeep
from db import backup, keys
from db.backup_file import is_whole
from db.before_upgrade import schema_of

USER, PASSWORD, STORE = "marek", "gravel-otter-window-nine", "first.caseapp"


def in_a_child(work, killed_after=None):
    """Return what work returns in a process of its own; None if that was killed first."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        os.write(writing, json.dumps(work()).encode())
        os._exit(0)
    os.close(writing)
    if killed_after is not None:
        time.sleep(killed_after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    with os.fdopen(reading) as said:
        text = said.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else None


def upgrade(path):
    """Sign in, which backs up and upgrades; return how long it took."""
    begun = time.monotonic()
    accounts.sign_in(path, USER, PASSWORD).close()
    return time.monotonic() - begun


def schema(path, dek):
    """Return the schema of a store as it lies there."""
    return schema_of(path, dek)


def after(path):
    """Sign in again; return the child who is found, and the faults."""
    one = accounts.sign_in(path, USER, PASSWORD)
    with one.store.session(one.actor) as session:
        name = children.one(session, "10001").name
    faults = [each.code for each in upkeep.check(one).faults]
    one.close()
    return [name, faults]


def copied(folder, name):
    """Return the store of a copy of the folder's files."""
    copy = folder / name
    copy.mkdir()
    for each in folder.iterdir():
        if each.is_file():
            shutil.copy(each, copy / each.name)
    return copy / STORE


def main():
    """Kill and look."""
    folder, kills = Path(sys.argv[1]), int(sys.argv[2])
    dek = bytes(keys.unlock(accounts.keys_path(folder / STORE), USER, PASSWORD).dek)
    gc.freeze()  # a child shares this memory instead of copying it
    seconds = in_a_child(lambda: upgrade(copied(folder, "whole")))
    found = []
    for n in range(kills):
        path = copied(folder, str(n))
        in_a_child(lambda path=path: upgrade(path), killed_after=seconds * ((n + 0.5) / kills))
        at = in_a_child(lambda path=path: schema(path, dek))
        backups = [is_whole(each) for each in path.parent.glob("*-backups/before-upgrade-*")]
        found.append([at, backups, in_a_child(lambda path=path: after(path))])
        shutil.rmtree(path.parent)
    print(json.dumps(found))  # noqa: T201  # read by the test


if __name__ == "__main__":
    LOADED = (db.migrations, backup)
    main()

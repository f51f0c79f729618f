"""P9: «saved» survives a power cut: the disk has been told to keep it before anybody is told that it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from caseapp import accounts
from db import connections
from db.connections import open_raw
from db.problems import Problem
from db.store import create_store
from tests.figures import figure
from tests.story import PASSWORD, fast_keys

ROOT = Path(__file__).parent.parent
SAVES = figure(20, 5_000)
CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink,rename,write"
KEY = bytes(range(32))


class Call(NamedTuple):
    """A call to the disk: its name, the end of the file's name, what was written."""

    name: str
    file: str
    text: str


def calls(log: Path) -> list[Call]:
    """Return the calls that ended well, in the order in which they ended."""
    begun: dict[str, str] = {}
    found = []
    for line in log.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>")
            continue
        if rest.startswith("<... "):
            rest = begun.pop(thread, "") + rest.partition("resumed>")[2]
        if match := re.match(r"(\w+)\((?:\d+<(?:.*/)?([^>]*)>)?(.*)\) += \d+", rest):
            found.append(Call(match[1], match[2] or "", match[3]))
    return found


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here to see the calls to the disk")
def test_p9_the_disk_has_each_save_before_it_is_said(tmp_path, monkeypatch, record_property):
    fast_keys(monkeypatch)
    path = tmp_path / "a.caseapp"
    accounts.make_store(path, user_name="max", name="Max", password=PASSWORD).signed_in.close()
    log = tmp_path / "trace"
    strace = [
        "strace",
        "-f",
        "-y",
        "-s",
        "64",
        "-qq",
        "--seccomp-bpf",
        "-o",
        str(log),
        "-e",
        f"trace={CALLS}",
    ]
    writer = [sys.executable, "-m", "caseapp", "test-writer", "--store", str(path), "--count", str(SAVES)]

    subprocess.run(
        [*strace, *writer],
        cwd=ROOT,
        env=os.environ | {"CASEAPP_USER": "max", "CASEAPP_PASSWORD": PASSWORD},
        capture_output=True,
        check=True,
        timeout=figure(120, 3600),
    )

    said = unwritten = written = 0
    for call in calls(log):
        if call.file.endswith(".caseapp-wal"):
            written += call.name == "pwrite64"
            unwritten = unwritten + 1 if call.name == "pwrite64" else 0 if "sync" in call.name else unwritten
        elif call.name == "write" and '"ACK' in call.text:
            said += 1
            assert written, f"save {said} was said before it was written"
            assert not unwritten, f"save {said} was said before the disk had {unwritten} pages of it"
            written = 0
    record_property("figure", f"{said:,} saves, each on the disk before it was said")
    assert said == SAVES


def test_p9_every_connection_waits_for_the_disk(tmp_path):
    store = create_store(tmp_path / "a", KEY)
    borrowed = [store.engine.connect() for _ in range(connections.CONNECTIONS)]

    read_back = {
        name: {each.connection.driver_connection.execute(f"PRAGMA {name}").fetchone()[0] for each in borrowed}
        for name in ("journal_mode", "synchronous")
    }

    for each in borrowed:
        each.close()
    store.close()
    assert read_back == {"journal_mode": {"wal"}, "synchronous": {2}}


@pytest.mark.parametrize("asked", ["OFF", "NORMAL"])
def test_p9_a_connection_that_would_not_wait_is_refused(tmp_path, monkeypatch, asked):
    create_store(tmp_path / "a", KEY).close()
    others = tuple(each for each in connections._PRAGMAS if each[0] != "synchronous")
    monkeypatch.setattr(connections, "_PRAGMAS", (("synchronous", asked, 2), *others))

    with pytest.raises(Problem, match=r"could not be opened safely \(synchronous\)"):
        open_raw(str(tmp_path / "a"), KEY)

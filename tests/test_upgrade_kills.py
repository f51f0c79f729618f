"""P17: an upgrade is all or nothing, after a backup that was proved."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from caseapp import accounts, backups
from db import backup
from db.before_upgrade import schema_of
from db.connections import open_raw
from db.problems import Damaged, NotSaved
from db.store import SCHEMA, open_store
from tests.figures import figure
from tests.story import fast_keys
from tests.upgrade_kills import PASSWORD, STORE, USER

KEPT = Path(__file__).parent / "data" / "stores"
OLDER = "0001" if figure(0, 1) else "0004"  # the step most upgrades take, and all of them
KILLS = figure(4, 200)


@pytest.fixture
def old(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    shutil.copytree(KEPT / OLDER, tmp_path / "old")
    return tmp_path / "old" / STORE


def kept_before(path):
    return sorted(backups.folder_of(path).glob("before-upgrade-*"))


def digest(path):
    return sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_p17_an_upgrade_killed_at_any_moment_leaves_the_old_schema_or_the_new_and_either_opens(
    old, record_property
):
    command = [sys.executable, "-m", "tests.upgrade_kills", str(old.parent), str(KILLS)]
    ran = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, timeout=figure(120, 7200),
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    found = json.loads(ran.stdout)

    schemas = [schema for schema, _, _ in found]
    record_property("figure", f"{len(found)} kills: {schemas.count(OLDER)} old, {schemas.count(SCHEMA)} new")
    assert len(found) == KILLS
    assert set(schemas) <= {OLDER, SCHEMA}
    assert [each for _, _, each in found] == [["Leo Hartley", []]] * KILLS
    assert all(whole for _, each, _ in found for whole in each)
    assert all(each for schema, each, _ in found if schema == SCHEMA)  # never new without its backup


def test_p17_before_an_upgrade_a_backup_of_the_old_schema_is_made_that_can_be_brought_back(old):
    dek = bytes(accounts.keys.unlock(accounts.keys_path(old), USER, PASSWORD).dek)
    raw = open_raw(str(old), dek)
    before = backup.dump_digest(raw)
    raw.close()

    for _ in range(2):  # up to date the second time: no further one
        accounts.sign_in(old, USER, PASSWORD).close()

    (made,) = kept_before(old)
    assert made.name.startswith(f"before-upgrade-{OLDER}-")
    assert backups.found_in(made.parent) == []  # nothing thins it out
    scratch = old.parent / "scratch"
    scratch.mkdir()
    manifest = backup.unpack(made, scratch)
    assert (manifest["schema"], manifest["dump"]) == (OLDER, before)
    assert schema_of(scratch / "store", dek) == OLDER
    restored = backup.restore(made, old.with_name("b.caseapp"), USER, PASSWORD, lambda *_: None)
    with open_store(restored.path, dek).engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1


@pytest.mark.parametrize(
    ("fault", "kind"), [(OSError(28, "No space left on device"), NotSaved), (Damaged("x"), Damaged)]
)
def test_p17_without_that_backup_the_store_is_left_as_it_was(old, monkeypatch, fault, kind):
    was = digest(old)

    def refused(*_args, **_options):
        raise fault

    monkeypatch.setattr(backup, "_check_copy", refused)
    with pytest.raises(kind, match="was not brought up to date"):
        accounts.sign_in(old, USER, PASSWORD)

    assert digest(old) == was
    assert kept_before(old) == []

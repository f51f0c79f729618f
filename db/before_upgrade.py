"""A store of an older schema is backed up as it stands, and that proved, before it is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from db import keys
from db.connections import open_raw
from db.moments import utc_now
from db.problems import Damaged, NotSaved
from db.store import SCHEMA, Store, beside

if TYPE_CHECKING:
    from db.backup import Backup

SUFFIX = ".caseapp-backup"


def backed_up_before_upgrade(path: Path, keys_path: Path, dek: keys.Key) -> Backup | None:
    """Back up a store of an older schema beside it; None for one that needs no upgrade.

    The copy was upgraded on trial and found sound before it counts. Raises Damaged, NotSaved: the store is
    then as it was. It stands apart from the backups that make themselves, and nothing thins it out.
    """
    schema = schema_of(path, dek)
    if not schema or schema >= SCHEMA:
        return None
    from db import backup

    folder = beside(path, "-backups")
    # To the microsecond: whoever was cut short may sign in again within the second.
    name = f"before-upgrade-{schema}-{utc_now():%Y-%m-%d-%H%M%S-%f}Z{SUFFIX}"
    store = Store(path, dek)
    try:
        if folder.exists():
            backup.clear_left_behind(folder)
        return backup.make(store, keys_path, folder / name)
    except NotSaved as problem:
        raise NotSaved(f"{_HELD} {problem.words} Then sign in again.") from None
    except Damaged:
        raise Damaged(
            f"{_HELD} A copy of it was brought up to date on trial and is not sound. Restore the last good "
            "backup, or open it with the program that it was made with."
        ) from None
    finally:
        store.close()


_HELD = "This store is of an older version and was not brought up to date. It was left as it is."


def schema_of(path: Path, dek: keys.Key) -> str:
    """Return the schema of a store file, empty for one that says none. Raises Damaged, NotSaved."""
    if not path.is_file() or not path.stat().st_size:
        return ""
    raw = open_raw(str(path), dek)
    try:
        asked = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not raw.execute(asked).fetchone()[0]:
            return ""
        found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher.DatabaseError:  # opening it says in words what is wrong with it
        return ""
    finally:
        raw.close()
    return str(found[0]) if found else ""

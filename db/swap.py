"""Putting a restored store in place of another: all of it or nothing, also when the program is killed.

The new files stand ready in a folder beside the store; a note says that they shall take its place. From the
moment the note is on disk the swap is decided, and `finish` brings it to its end, however often it is cut
short. What stood there before is kept in a folder of its own. Imports nothing heavy.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

ENDINGS = (".keys", ".keys.bak", "")  # the store last: what is found beside it then belongs to it
LOGS = ("-wal", "-shm", "-journal")  # of the former store; they would be played into the new one


def note_path(store_path: Path) -> Path:
    """Return where it is noted that a store is to be replaced."""
    return store_path.with_name(store_path.name + ".restoring")


def is_taken(store_path: Path) -> bool:
    """Return whether a store, or a part of one, stands at a place."""
    return any(_beside(store_path, ending).exists() for ending in (*ENDINGS, "-wal", "-journal"))


def place(new: Path, store_path: Path, former: Path) -> None:
    """Put the files in the folder `new` at the store's place; keep in `former` what stands there.

    Raises OSError: then everything is as it was, or, where even that failed, `finish` will do it.
    """
    for each in new.iterdir():
        _flush(each)
    sync_folder(new)
    try:
        _write(note_path(store_path), {"new": new.name, "former": former.name})
        finish(store_path)
    except OSError:
        _undo(store_path, new, former)
        raise


def finish(store_path: Path) -> bool:
    """Bring a swap that was cut short to its end; return whether there was one."""
    note = note_path(store_path)
    try:
        read = json.loads(note.read_text(encoding="utf-8"))
        new, former = (store_path.parent / Path(str(read[key])).name for key in ("new", "former"))
    except FileNotFoundError:
        return False
    if (new / store_path.name).exists():
        for ending in LOGS:
            _keep(_beside(store_path, ending), former)
    for ending in ENDINGS:
        file = _beside(store_path, ending)
        if (new / file.name).exists():
            _keep_beside(file, former)
            os.replace(new / file.name, file)
    sync_folder(store_path.parent)
    note.unlink()
    sync_folder(store_path.parent)
    clear(new)
    return True


def _keep(file: Path, former: Path) -> None:
    if file.exists():
        former.mkdir(mode=0o700, exist_ok=True)
        os.replace(file, former / file.name)


def _keep_beside(file: Path, former: Path) -> None:
    """Keep a file and leave it in place, so that there is a store at every moment."""
    if not file.exists() or (former / file.name).exists():
        return
    former.mkdir(mode=0o700, exist_ok=True)
    try:
        os.link(file, former / file.name)
    except OSError:  # a disk without links, as on a memory stick
        os.replace(file, former / file.name)


def _undo(store_path: Path, new: Path, former: Path) -> None:
    for ending in (*LOGS, *ENDINGS):
        file = _beside(store_path, ending)
        if ending not in LOGS and file.exists() and not (new / file.name).exists():
            os.replace(file, new / file.name)
        kept = former / file.name
        if kept.exists() and file.exists():
            kept.unlink()  # a second name of the same file
        elif kept.exists():
            os.replace(kept, file)
    note = note_path(store_path)
    for each in (note, note.with_name(note.name + ".new")):
        each.unlink(missing_ok=True)
    clear(former)


def clear(folder: Path) -> None:
    """Take a folder of ours away with the files in it."""
    if folder.is_dir():
        for each in folder.iterdir():
            each.unlink()
        folder.rmdir()


def _beside(store_path: Path, ending: str) -> Path:
    return store_path.with_name(store_path.name + ending)


def _write(path: Path, content: dict[str, Any]) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(content), encoding="utf-8")
    new.chmod(0o600)
    _flush(new)
    os.replace(new, path)
    sync_folder(path.parent)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk."""
    if os.name == "nt":
        return  # Windows has no handle on a folder to flush
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

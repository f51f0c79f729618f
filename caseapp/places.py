"""Where things live on this computer: stores, log, which store was used last. No records, no names."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

PROGRAM = "caseapp"
SUFFIX = ".caseapp"
BACKUP_SUFFIX = ".caseapp-backup"
MOST_RECENT = 8
SIZES = (100, 125, 150, 175, 200)
"""Percent of the usual size at which this computer may show everything."""


def stores_folder() -> Path:
    """Return the folder offered for a new store.

    Not among the documents: a cloud folder that copies a store while it is written can damage it.
    """
    import platformdirs

    return platformdirs.user_data_path(PROGRAM, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log, which holds references and places in the program only."""
    import platformdirs

    return platformdirs.user_log_path(PROGRAM, appauthor=False)


def state_folder() -> Path:
    """Return the folder of what this computer remembers of its stores: numbers and signatures only."""
    import platformdirs

    return platformdirs.user_state_path(PROGRAM, appauthor=False)


def settings_folder() -> Path:
    """Return the folder of what this computer remembers of its own: the size, the stores opened last."""
    if sys.platform != "linux":
        import platformdirs

        return platformdirs.user_config_path(PROGRAM, appauthor=False)
    # What platformdirs says too; but it takes 3 ms to load, and the first window waits for this folder.
    wanted = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(wanted if os.path.isabs(wanted) else os.path.expanduser("~/.config")) / PROGRAM


def anchor_file(store_path: Path) -> Path:
    """Return where this computer remembers how far a store had come. Its place stands in it as a digest."""
    from hashlib import sha256

    digest = sha256(os.fsencode(store_path.resolve())).hexdigest()
    return state_folder() / "anchors" / f"{digest[:32]}.json"


def recent_stores() -> list[Path]:
    """Return the stores that were opened here and are still there, the last one first."""
    try:
        listed = [Path(os.fsdecode(each)) for each in _recent_file().read_bytes().split(b"\n") if each]
    except FileNotFoundError:
        listed = _listed_before()
    except (OSError, ValueError):
        return []
    return [each for each in listed if each.is_file()]


def _listed_before() -> list[Path]:
    """Return what an earlier version remembered: it counts until the next store is remembered."""
    if not _recent_file_before().is_file():
        return []
    import json

    try:
        listed = json.loads(_recent_file_before().read_bytes())
    except (OSError, ValueError):
        return []
    return [Path(each) for each in listed if isinstance(each, str)] if isinstance(listed, list) else []


def last_store() -> Path | None:
    """Return the store that was opened last, if it is still there."""
    return next(iter(recent_stores()), None)


def remember_store(path: Path) -> None:
    """Put a store first among the recent ones. A disk that refuses costs no more than the memory of it."""
    wanted = path.absolute()
    stores = [wanted, *(each for each in recent_stores() if each != wanted)][:MOST_RECENT]
    with suppress(OSError):
        _write(_recent_file(), b"\n".join(os.fsencode(each) for each in stores))
        _recent_file_before().unlink(missing_ok=True)


def size_percent() -> int:
    """Return the size at which this computer shows everything, in percent; 100 where none is kept."""
    file = _size_file()
    if not file.is_file():
        return SIZES[0]
    import json

    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return SIZES[0]
    percent = kept.get("size_percent") if isinstance(kept, dict) else None
    return percent if percent in SIZES else SIZES[0]


def keep_size(percent: int) -> bool:
    """Keep the size for the next start; return whether the disk took it."""
    import json

    try:
        _write(_size_file(), json.dumps({"size_percent": percent}).encode())
    except OSError:
        return False
    return True


def _write(file: Path, content: bytes) -> None:
    """Put bytes in the place of a file, whole or not at all; OSError if the disk refuses."""
    import secrets

    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(content)
    os.replace(new, file)


def with_suffix(path: Path) -> Path:
    """Return the path of a store as typed, with the ending that stores have."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def _recent_file() -> Path:
    # A line each: what reads JSON takes 2 ms to load, and the first window waits for this list.
    return settings_folder() / "recent.txt"


def _recent_file_before() -> Path:
    return settings_folder() / "recent.json"


def _size_file() -> Path:
    return settings_folder() / "looks.json"

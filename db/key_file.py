"""How the key file lies on disk: slots as JSON, a copy beside it, replaced so that one is always whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from db.problems import Damaged, NotSaved, Problem

FORMAT = 2
FIRST_FORMAT = 1  # its slots have no public half yet; one gets it when its password is typed
RECOVERY = "recovery"
LARGEST_BYTES = 1 << 20
# What reading a key file that somebody else wrote can end in.
UNUSABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Costs:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    m_kib: int
    t: int
    p: int


CEILING = Costs(1024 * 1024, 10, 16)


class KeyFileMissing(Problem):
    """There is no key file beside the store."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key file {path.name} is missing, and the store cannot be opened without it. "
            "Nothing was changed. Put it back beside the store, or restore a backup: each backup has a copy."
        )


class KeyFileDamaged(Damaged):
    """Neither the key file nor its copy can be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The key file {path.name} cannot be used ({reason}), nor can its copy. Nothing was changed. "
            "Restore a backup: each backup has the key file in it."
        )


class Slot(NamedTuple):
    """One way in: a person's password, or the recovery key where the label is RECOVERY.

    Whoever has the data key can box a new one to `public` without the password; `boxes` holds those that
    came since the slot was sealed, oldest first. `vouch` proves that `public` was put there by somebody with
    the data key: without it a stranger could have the next key boxed to himself.
    """

    number: int
    label: str
    user_id: UUID
    costs: Costs
    salt: bytes
    nonce: bytes
    sealed: bytes
    public: bytes = b""
    vouch: bytes = b""
    boxes: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class KeyFile:
    """The slots of one store. `rest` keeps what a later version of this format may add.

    While all keys change, `pending` holds the same slots with the new data key: whichever of the two opens
    the store is in force.
    """

    store_id: UUID
    slots: tuple[Slot, ...]
    pending: tuple[Slot, ...] = ()
    rest: dict[str, Any] = field(default_factory=dict)

    def people(self) -> list[Slot]:
        """Return the slots that a password opens."""
        return [slot for slot in self.slots if slot.label != RECOVERY]

    def slot_labelled(self, label: str) -> Slot | None:
        """Return the slot of this label."""
        return next((slot for slot in self.slots if slot.label == label), None)

    def slot_of_user(self, user_id: UUID) -> Slot | None:
        """Return the slot that this user's password opens."""
        return next((slot for slot in self.people() if slot.user_id == user_id), None)

    def next_number(self) -> int:
        """Return a number that no slot has."""
        return max(slot.number for slot in self.slots) + 1

    def with_slot(self, slot: Slot) -> KeyFile:
        """Return the file with this slot in place of the one of its number."""
        return replace(self, slots=(*self.without(slot.number).slots, slot))

    def without(self, number: int) -> KeyFile:
        """Return the file without the slot of this number."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.number != number))


def bound_to(store_id: UUID, slot: Slot) -> bytes:
    """Return what a slot's seal vouches for besides the keys in it, as canonical JSON."""
    bound = {
        "db_uuid": str(store_id),
        "format": FORMAT if slot.public else FIRST_FORMAT,
        "slot": slot.number,
        "user_uuid": str(slot.user_id),
        "kdf": _kdf(slot),
    }
    return _canonical(bound | {"public": slot.public.hex()} if slot.public else bound)


def named_by(store_id: UUID, slot: Slot) -> bytes:
    """Return whose public half it is, as canonical JSON: what a slot's `vouch` speaks of."""
    return _canonical(
        {
            "db_uuid": str(store_id),
            "slot": slot.number,
            "label": slot.label,
            "user_uuid": str(slot.user_id),
            "public": slot.public.hex(),
        }
    )


def load(path: Path) -> KeyFile:
    """Return the key file, or its copy where the file itself is damaged or gone.

    Raises KeyFileMissing when there is neither, KeyFileDamaged when no sound one is left.
    """
    reasons = []
    for place in (path, copy_of(path)):
        try:
            return _parsed(_read(place))
        except FileNotFoundError:
            continue
        except OSError as fault:
            reasons.append(fault.strerror or "it cannot be read")
        except UNUSABLE:
            reasons.append("its content is not whole")
    if reasons:
        raise KeyFileDamaged(path, reasons[0])
    raise KeyFileMissing(path)


def store(path: Path, file: KeyFile, opens: Callable[[KeyFile], bool]) -> None:
    """Replace the key file and its copy. `opens` is asked of what was read back, before the old one goes.

    Raises NotSaved; the old key file is then still in place unless the words say otherwise.
    """
    text = _text(file)
    new, new_copy = path.with_name(path.name + ".new"), path.with_name(path.name + ".bak.new")
    try:
        _write_through(new, text)
        _write_through(new_copy, text)
        if not opens(_parsed(_read(new))):
            raise ValueError("what was written does not open")
        os.replace(new, path)
        _sync_folder(path.parent)
    except (OSError, *UNUSABLE) as fault:
        _drop(new, new_copy)
        raise _not_saved("The key file could not be written", fault, "The old one still holds.") from fault
    try:
        if not opens(_parsed(_read(path))):
            raise ValueError("what was written does not open")
    except (OSError, *UNUSABLE) as fault:
        _drop(new_copy)
        raise _not_saved(
            "The new key file is damaged", fault, "Its copy, the old one, still holds."
        ) from fault
    _renew_copy(path, new_copy)


def flaws(path: Path) -> list[str]:
    """Return a sentence for each of key file and copy that is missing or damaged, or for two that differ."""
    found, files = [], []
    for place in (path, copy_of(path)):
        try:
            files.append(_parsed(_read(place)))
        except FileNotFoundError:
            found.append(f"{place.name} is missing.")
        except (OSError, *UNUSABLE):
            found.append(f"{place.name} is damaged.")
    if len(files) == 2 and files[0] != files[1]:
        found.append(f"{copy_of(path).name} is not the same as {path.name}: an older password may open it.")
    return found


def copy_of(path: Path) -> Path:
    """Return where the copy of a key file lies."""
    return path.with_name(path.name + ".bak")


def _renew_copy(path: Path, new_copy: Path) -> None:
    try:
        os.replace(new_copy, copy_of(path))
        _sync_folder(path.parent)
    except OSError as fault:
        _drop(new_copy)
        after = (
            "The change itself was made, but the old password may still open the copy: make the change again."
        )
        raise _not_saved("The copy of the key file could not be renewed", fault, after) from fault


def _not_saved(what: str, fault: Exception, after: str) -> NotSaved:
    reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
    return NotSaved(f"{what} ({reason}). {after} Check the disk and the folder, then try again.")


def _parsed(text: bytes) -> KeyFile:
    """Return the file of this JSON; one of UNUSABLE when it is not a key file that can be used."""
    content = json.loads(text)
    if content.pop("digest") != _digest(content) or content.pop("format") not in (FIRST_FORMAT, FORMAT):
        raise ValueError("digest or format")
    store_id = UUID(content.pop("db_uuid"))
    slots, pending = _slots(content.pop("slots")), _slots(content.pop("pending", []))
    if not slots or (pending and [each.number for each in pending] != [each.number for each in slots]):
        raise ValueError("slots")
    return KeyFile(store_id, slots, pending, content)


def _slots(listed: list[dict[str, Any]]) -> tuple[Slot, ...]:
    slots = tuple(_slot(one) for one in listed)
    if len({slot.number for slot in slots}) != len(slots):
        raise ValueError("slots")
    return slots


def _text(file: KeyFile) -> bytes:
    slots = [_slot_json(slot) for slot in sorted(file.slots)]
    content = file.rest | {"format": FORMAT, "db_uuid": str(file.store_id), "slots": slots}
    if file.pending:
        content["pending"] = [_slot_json(slot) for slot in sorted(file.pending)]
    return json.dumps(content | {"digest": _digest(content)}, indent=1).encode()


def _slot(one: dict[str, Any]) -> Slot:
    kdf = one["kdf"]
    slot = Slot(
        number=_whole(one["slot"], 0, 1 << 31),
        label=str(one["label"]),
        user_id=UUID(one["user_uuid"]),
        # Refused before anything is computed: a file from elsewhere could ask for all memory and for days.
        costs=Costs(
            _whole(kdf["m"], 8 * kdf["p"], CEILING.m_kib),
            _whole(kdf["t"], 1, CEILING.t),
            _whole(kdf["p"], 1, CEILING.p),
        ),
        salt=bytes.fromhex(kdf["salt"]),
        nonce=bytes.fromhex(one["nonce"]),
        sealed=bytes.fromhex(one["sealed"]),
        public=bytes.fromhex(one.get("public", "")),
        vouch=bytes.fromhex(one.get("vouch", "")),
        boxes=tuple(bytes.fromhex(box) for box in one.get("boxes", [])),
    )
    halves = (32, 32, 112) if slot.public else (0, 0, 80)
    if (len(slot.salt), len(slot.nonce)) != (16, 12) or any(len(box) != 80 for box in slot.boxes):
        raise ValueError("lengths")
    if (len(slot.public), len(slot.vouch), len(slot.sealed)) != halves:
        raise ValueError("lengths")
    return slot


def _slot_json(slot: Slot) -> dict[str, Any]:
    written: dict[str, Any] = {
        "slot": slot.number,
        "label": slot.label,
        "user_uuid": str(slot.user_id),
        "kdf": _kdf(slot),
        "nonce": slot.nonce.hex(),
        "sealed": slot.sealed.hex(),
    }
    if not slot.public:
        return written
    boxes = [box.hex() for box in slot.boxes]
    return written | {"public": slot.public.hex(), "vouch": slot.vouch.hex(), "boxes": boxes}


def _kdf(slot: Slot) -> dict[str, int | str]:
    return {"m": slot.costs.m_kib, "t": slot.costs.t, "p": slot.costs.p, "salt": slot.salt.hex()}


def _whole(number: object, low: int, high: int) -> int:
    if not isinstance(number, int) or not low <= number <= high:
        raise ValueError("costs or numbers")
    return number


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _digest(content: dict[str, Any]) -> str:
    """Return a checksum that tells damage from a wrong password; against tampering stand the seals."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        text = file.read(LARGEST_BYTES + 1)
    if len(text) > LARGEST_BYTES:
        raise ValueError("too large")
    return text


def _write_through(path: Path, text: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):  # the fault that led here is the one to tell
            path.unlink()

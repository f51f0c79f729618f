"""Who can open a store: passwords, the recovery key, and the keys that they give.

Each person's slot in the key file holds the store's data key, with a signing seed and the private half of a
pair of their own, sealed under a key that Argon2id makes from the password; so does one slot for the printed
recovery key. When the data key changes (`db.rekey`), the new one is boxed to the public half of each slot. No
name stands in the file.

For tests alone: with CASEAPP_TEST=1 and CASEAPP_TEST_FAST_KEYS=1 new slots cost far less than the floor.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from uuid import UUID, uuid4

from db.boxes import Key, derive, is_vouched, new_private, public_of, unbox, vouch
from db.key_file import (
    CEILING,
    RECOVERY,
    Costs,
    KeyFile,
    KeyFileDamaged,
    KeyFileMissing,
    Slot,
    bound_to,
    copy_of,
    flaws,
    load,
)
from db.key_file import store as store_file
from db.problems import NotFound, Problem, WrongKey
from db.recovery_key import check_recovery_key, new_recovery_key
from db.tries import Tries, Wrong

__all__ = [
    "DEFAULT_COSTS",
    "FLOOR",
    "Costs",
    "Key",
    "KeyFileDamaged",
    "KeyFileMissing",
    "Keyring",
    "Throttled",
    "WrongPassword",
    "add_user",
    "change_password",
    "check_recovery_key",
    "costs_for",
    "create",
    "derive",
    "flaws",
    "forget_wrong",
    "has_user",
    "measured_costs",
    "remove_user",
    "renew_recovery",
    "strengthen",
    "strengthen_recovery",
    "unlock",
    "unlock_with_recovery",
    "wrong_since_unlock",
]

DEFAULT_COSTS = Costs(128 * 1024, 3, 4)
FLOOR = Costs(64 * 1024, 3, 4)
FAST_COSTS = Costs(8 * 1024, 1, 1)
MOST_MEMORY_AT_SET_UP_KIB = 256 * 1024
WANTED_SECONDS = 0.7


class WrongPassword(WrongKey):
    """The name is unknown or the password is wrong; which of the two is never said."""

    def __init__(self) -> None:
        super().__init__(
            "The name or the password is not right. Nothing was changed. Check both, then try again."
        )


class Throttled(WrongKey):
    """Too many wrong passwords: `seconds` is how long to wait."""

    def __init__(self, seconds: float) -> None:
        whole = max(1, int(-(-seconds // 1)))
        unit = "second" if whole == 1 else "seconds"
        super().__init__(
            f"Too many wrong passwords. Nothing was changed. Wait {whole} {unit}, then try again."
        )
        self.seconds = seconds


@dataclass(frozen=True)
class Keyring:
    """What an unlocked slot gives: the data key, this user's Ed25519 seed and private half, 32 bytes each.

    `private` is empty for a slot of the first format. `pending` is the next data key while a change of keys
    is under way or was cut short. `wipe` overwrites all of them; what it cannot promise: copies that Python,
    the libraries and the memory pages written to disk hold, for objects that cannot change are never
    overwritten, only given back.
    """

    dek: bytearray = field(repr=False)
    seed: bytearray = field(repr=False)
    user_id: UUID
    store_id: UUID
    private: bytearray = field(repr=False, compare=False, default_factory=bytearray)
    pending: bytearray = field(repr=False, compare=False, default_factory=bytearray)

    def wipe(self) -> None:
        """Overwrite the keys with zeros."""
        for each in fields(self):
            secret = getattr(self, each.name)
            if isinstance(secret, bytearray):
                secret[:] = bytes(len(secret))


def measured_costs() -> Costs:
    """Return costs at which one guess takes 0.5 to 1.0 seconds on this machine, never below the floor."""
    if _for_new_slots(DEFAULT_COSTS) is FAST_COSTS:
        return DEFAULT_COSTS  # a test: nothing to measure, `create` takes the fast costs
    return costs_for(min(_seconds_at_default(), _seconds_at_default()))


def costs_for(seconds_at_default: float) -> Costs:
    """Return costs for a machine that needs so many seconds at the default: memory first, then passes."""
    share = WANTED_SECONDS / max(seconds_at_default, 0.001)
    m_kib = int(DEFAULT_COSTS.m_kib * share) // 1024 * 1024
    m_kib = min(max(m_kib, FLOOR.m_kib), MOST_MEMORY_AT_SET_UP_KIB)
    t = round(DEFAULT_COSTS.t * share * DEFAULT_COSTS.m_kib / m_kib)
    return Costs(m_kib, min(max(t, FLOOR.t), CEILING.t), FLOOR.p)


def create(
    path: Path, *, user_name: str, user_id: UUID, password: str, costs: Costs | None = None
) -> tuple[Keyring, str]:
    """Make the key file of a new store; return its first user's keys and the recovery key to print.

    Raises Problem if there is a key file already, NotSaved if it cannot be written, ValueError for costs
    below the floor.
    """
    if path.exists() or copy_of(path).exists():
        raise Problem(
            f"There is a key file {path.name} here already. Nothing was changed. Choose another name."
        )
    if costs is not None and costs != _at_least_the_floor(costs):
        raise ValueError("costs are below the floor")
    keyring = Keyring(new_private(), new_private(), user_id, uuid4(), new_private())
    label = _new_label(keyring.store_id, user_name)
    recovery_key = new_recovery_key()
    costs = _for_new_slots(costs or DEFAULT_COSTS)
    first, first_kek = _seal(0, label, keyring, password, costs)
    spare, spare_kek = _seal(1, RECOVERY, replace(keyring, private=new_private()), recovery_key, costs)
    file = KeyFile(keyring.store_id, (first, spare))
    store_file(path, file, lambda back: _opens(back, first, first_kek) and _opens(back, spare, spare_kek))
    return keyring, recovery_key


def unlock(path: Path, user_name: str, password: str, *, now: Callable[[], float] = time.time) -> Keyring:
    """Return the keys that this name and password open.

    Raises WrongPassword, Throttled after five wrong ones, KeyFileMissing, KeyFileDamaged.
    """
    tries = _tries(path, now)
    wait = tries.seconds_to_wait()
    if wait:
        raise Throttled(wait)
    file = load(path)
    slot = file.slot_labelled(_label(file.store_id, user_name))
    # An unknown name costs one derivation too, or the time would tell who is a user here.
    kek = _kek(password, slot or file.slots[0])
    keyring = _opened(file, slot, kek) if slot else None
    if keyring is None:
        tries.count()
        raise WrongPassword
    tries.let_in()
    return keyring


def wrong_since_unlock(path: Path) -> Wrong | None:
    """Return how many wrong passwords were tried since the last ones were told, and since when."""
    return _tries(path).untold()


def forget_wrong(path: Path) -> None:
    """Forget the wrong passwords, once they are on record."""
    _tries(path).clear()


def unlock_with_recovery(path: Path, recovery_key: str) -> Keyring:
    """Return the keys that the printed recovery key opens: those of the store's first user.

    Raises WrongKey for a slip or another store's key, KeyFileMissing, KeyFileDamaged.
    """
    try:
        printed = check_recovery_key(recovery_key)
    except ValueError as slip:
        raise WrongKey(str(slip)) from slip
    file = load(path)
    slot = file.slot_labelled(RECOVERY)
    keyring = _opened(file, slot, _kek(printed, slot)) if slot else None
    if keyring is None:
        raise WrongKey(
            "This recovery key does not open this store. Nothing was changed. "
            "Look for the sheet that was printed for this store."
        )
    return keyring


def add_user(path: Path, keyring: Keyring, *, user_name: str, user_id: UUID, password: str) -> None:
    """Give another user a slot, with a signing seed of their own.

    Raises Problem when the name or the id has a slot already.
    """
    file = _file_of(path, keyring)
    label = _new_label(file.store_id, user_name)
    if file.slot_labelled(label) or file.slot_of_user(user_id):
        raise Problem("There is a user of this name already. Nothing was changed. Choose another name.")
    theirs = replace(keyring, seed=new_private(), user_id=user_id, private=new_private())
    _store_slot(path, file, file.next_number(), label, theirs, password)


def change_password(path: Path, keyring: Keyring, *, user_name: str, password: str) -> None:
    """Seal the keyring's own slot under a new password; a changed name goes in with it.

    Raises NotFound when this user has no slot any more, Problem when the name is another user's.
    """
    file = _file_of(path, keyring)
    slot = file.slot_of_user(keyring.user_id)
    if slot is None:
        raise NotFound("This user can no longer open the store. Nothing was changed. Add the user again.")
    label = _new_label(file.store_id, user_name)
    if file.slot_labelled(label) not in (None, slot):
        raise Problem("There is another user of this name. Nothing was changed. Choose another name.")
    _store_slot(path, file, slot.number, label, keyring, password)


def strengthen(path: Path, keyring: Keyring, *, user_name: str, password: str) -> bool:
    """Seal a slot anew, under the same password, that is not as today's are; return whether it was one.

    That is a slot below today's floor, one without a public half, and one whose data key came in a box.
    """
    slot = _file_of(path, keyring).slot_of_user(keyring.user_id)
    if slot is None or _is_as_today(slot, keyring):
        return False
    change_password(path, keyring, user_name=user_name, password=password)
    return True


def _is_as_today(slot: Slot, keyring: Keyring) -> bool:
    costs = (_at_least_the_floor(slot.costs), _for_new_slots(FLOOR))
    return slot.costs in costs and not slot.boxes and is_vouched(keyring.dek, keyring.store_id, slot)


def renew_recovery(path: Path, keyring: Keyring, printed: str) -> None:
    """Seal the recovery slot under another recovery key; the old sheet opens the store no more.

    It opens the store as this user. Raises NotSaved.
    """
    file = _file_of(path, keyring)
    slot = file.slot_labelled(RECOVERY)
    number = slot.number if slot else file.next_number()
    _store_slot(path, file, number, RECOVERY, replace(keyring, private=new_private()), printed)


def strengthen_recovery(path: Path, keyring: Keyring, printed: str) -> None:
    """Seal the recovery slot anew, under the same printed key, where it is not as today's are."""
    slot = _file_of(path, keyring).slot_labelled(RECOVERY)
    if slot is not None and not _is_as_today(slot, keyring):
        renew_recovery(path, keyring, check_recovery_key(printed))


def remove_user(path: Path, user_id: UUID) -> None:
    """Take a user's slot away. Raises NotFound without one, Problem for the last person with a password."""
    file = load(path)
    slot = file.slot_of_user(user_id)
    if slot is None:
        raise NotFound("This user has no password here. Nothing was changed.")
    if len(file.people()) == 1:
        raise Problem("Nobody else could open the store then. Nothing was changed. Add somebody else first.")
    left = file.without(slot.number)
    store_file(path, left, lambda back: back == left)


def has_user(path: Path, user_name: str) -> bool:
    """Return whether a user of this name has a slot."""
    file = load(path)
    return file.slot_labelled(_label(file.store_id, user_name)) is not None


def _tries(path: Path, now: Callable[[], float] = time.time) -> Tries:
    return Tries(path.with_suffix(".tries"), now)


def _for_new_slots(costs: Costs) -> Costs:
    if os.environ.get("CASEAPP_TEST_FAST_KEYS") != "1":
        return costs
    if os.environ.get("CASEAPP_TEST") != "1":
        raise Problem(
            "CASEAPP_TEST_FAST_KEYS is for tests only. Nothing was changed. Unset it, then start again."
        )
    return FAST_COSTS


def _at_least_the_floor(costs: Costs) -> Costs:
    return Costs(max(costs.m_kib, FLOOR.m_kib), max(costs.t, FLOOR.t), max(costs.p, FLOOR.p))


def _seconds_at_default() -> float:
    started = time.perf_counter()
    _argon2("", bytes(16), DEFAULT_COSTS)
    return time.perf_counter() - started


def _file_of(path: Path, keyring: Keyring) -> KeyFile:
    file = load(path)
    if file.store_id != keyring.store_id:
        raise WrongKey("This key file belongs to another store. Nothing was changed. Put the right one back.")
    return file


def _store_slot(path: Path, file: KeyFile, number: int, label: str, keyring: Keyring, password: str) -> None:
    """Seal one slot at the costs of set-up, which the recovery slot keeps, and write the file."""
    first = file.slot_labelled(RECOVERY)
    costs = _for_new_slots(_at_least_the_floor(first.costs if first else DEFAULT_COSTS))
    slot, kek = _seal(number, label, keyring, password, costs)
    store_file(path, file.with_slot(slot), lambda back: _opens(back, slot, kek))


def _label(store_id: UUID, user_name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", user_name).casefold())
    return hashlib.sha256(store_id.bytes + _encoded(" ".join(folded.split()))).hexdigest()


def _new_label(store_id: UUID, user_name: str) -> str:
    if not user_name.strip():
        raise Problem("A user needs a name. Nothing was changed.")
    return _label(store_id, user_name)


def _encoded(text: str) -> bytes:
    # A terminal in another encoding hands over lone surrogates; they count like other letters.
    return text.encode("utf-8", "surrogatepass")


def _argon2(password: str, salt: bytes, costs: Costs) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        _encoded(unicodedata.normalize("NFC", password)),
        salt,
        time_cost=costs.t,
        memory_cost=costs.m_kib,
        parallelism=costs.p,
        hash_len=32,
        type=Type.ID,
    )


def _kek(password: str, slot: Slot) -> bytes:
    return _argon2(password, slot.salt, slot.costs)


def _seal(number: int, label: str, keyring: Keyring, password: str, costs: Costs) -> tuple[Slot, bytes]:
    """Return a new slot and the key that opens it, with which it is read back."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private = keyring.private or new_private()
    slot = Slot(number, label, keyring.user_id, costs, secrets.token_bytes(16), secrets.token_bytes(12), b"")
    slot = slot._replace(public=public_of(private))
    kek = _kek(password, slot)
    kept = bytes(keyring.dek + keyring.seed + private)
    sealed = AESGCM(kek).encrypt(slot.nonce, kept, bound_to(keyring.store_id, slot))
    return slot._replace(sealed=sealed, vouch=vouch(keyring.dek, keyring.store_id, slot)), kek


def _opened(file: KeyFile, slot: Slot, kek: bytes) -> Keyring | None:
    """Return what a slot gives; with it the next data key where keys are being changed."""
    keyring = _open(file.store_id, slot, kek)
    coming = next((each for each in file.pending if each.number == slot.number), None)
    after = _open(file.store_id, coming, kek) if coming else None
    return replace(keyring, pending=after.dek) if keyring and after else keyring


def _open(store_id: UUID, slot: Slot, kek: bytes) -> Keyring | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        kept = bytearray(AESGCM(kek).decrypt(slot.nonce, slot.sealed, bound_to(store_id, slot)))
        dek, seed, private = kept[:32], kept[32:64], kept[64:]
        for box in slot.boxes:
            dek = unbox(box, private, slot, store_id, dek)
    except InvalidTag:
        return None
    return Keyring(dek, seed, slot.user_id, store_id, private)


def _opens(file: KeyFile, slot: Slot, kek: bytes) -> bool:
    return slot in file.slots and _open(file.store_id, slot, kek) is not None

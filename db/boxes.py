"""A new data key handed to somebody whose password is not at hand: boxed to the public half of their slot.

A box opens with the private half and the data key before it: a stranger who can write the key file, but never
had a key, can neither read a box nor make one that passes.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from db.key_file import Slot, named_by

Key = bytes | bytearray
"""A secret: held in a bytearray where it is to be overwritten after use."""
NO_NONCE = bytes(12)  # each box has a key of its own, used once


def derive(key: Key, purpose: str) -> bytes:
    """Return the 32-byte key for a purpose ("history-v1", "backup", "spool"): HKDF-SHA256 of the data key."""
    return _hkdf(bytes(key), f"caseapp {purpose}".encode())


def new_private() -> bytearray:
    """Return the private half of a new pair."""
    return bytearray(secrets.token_bytes(32))


def public_of(private: Key) -> bytes:
    """Return the public half."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def vouch(dek: Key, store_id: UUID, slot: Slot) -> bytes:
    """Return the proof that somebody with the data key put this public half there."""
    return hmac.digest(derive(dek, "slots"), named_by(store_id, slot), sha256)


def is_vouched(dek: Key, store_id: UUID, slot: Slot) -> bool:
    """Return whether a slot has a public half that somebody with the data key put there."""
    return bool(slot.public) and hmac.compare_digest(vouch(dek, store_id, slot), slot.vouch)


def box(new: Key, slot: Slot, store_id: UUID, before: Key) -> bytes:
    """Return a new data key as only the slot's owner can read it, who has the one before."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = new_private()
    public = public_of(once)
    key = _shared(once, slot.public, public, slot, before)
    return public + AESGCM(key).encrypt(NO_NONCE, bytes(new), named_by(store_id, slot))


def unbox(boxed: bytes, private: Key, slot: Slot, store_id: UUID, before: Key) -> bytearray:
    """Return the data key in a box. Raises InvalidTag when it is not for this slot and this key before it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    public, sealed = boxed[:32], boxed[32:]
    key = _shared(private, public, public, slot, before)
    return bytearray(AESGCM(key).decrypt(NO_NONCE, sealed, named_by(store_id, slot)))


def _shared(private: Key, theirs: bytes, once: bytes, slot: Slot, before: Key) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(theirs)
        )
    except ValueError as fault:  # a point that gives no secret: nobody's slot has one
        raise InvalidTag from fault
    return _hkdf(shared + bytes(before), b"caseapp box" + once + slot.public)


def _hkdf(key: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key)

"""The stars on offer: our own wheels, the shipped packs, and packs that an organisation brought in."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from caseapp.form import Form
from caseapp.forms import FORMS_BY_KEY
from caseapp.star_definitions import Pack, form_of, read_file, read_pack, shipped, to_document
from caseapp.star_licences import Licence, Standing, licences, pack_of, packs, standing_of
from db import stars as queries
from db.models import StarPack
from db.problems import Problem
from db.roles import authorise
from db.store import Session

__all__ = [
    "Pack", "PackRow", "StarOffer", "add_pack", "find", "form_of", "on_offer", "pack_rows", "packs",
    "read_pack", "shipped",
]  # fmt: skip


class StarOffer(NamedTuple):
    """A star in a list to choose from; `why` says what keeps a locked one shut."""

    form_key: str
    title: str
    locked: bool
    why: str


class PackRow(NamedTuple):
    """A pack as administrators see it. `state` is open, locked, expired or not_yet; `is_own`: brought in."""

    pack: Pack
    is_own: bool
    state: str
    words: str


def find(session: Session, form_key: str) -> Form | None:
    """Return the newest form of a star, of our own or of a pack, locked or not."""
    own = FORMS_BY_KEY.get(form_key)
    if own:
        return own if own.kind == "star" else None
    pack = pack_of(session, form_key)
    return form_of(pack) if pack else None


def on_offer(session: Session) -> list[StarOffer]:
    """Return the stars to choose from: our own wheels, then the packs that are open, then the locked ones."""
    own = [
        StarOffer(each.key, each.title, False, "") for each in FORMS_BY_KEY.values() if each.kind == "star"
    ]
    offers = [
        StarOffer(
            row.pack.form_key, row.pack.title, row.state != "open", "" if row.state == "open" else row.words
        )
        for row in pack_rows(session)
    ]
    return own + sorted(offers, key=lambda offer: offer.locked)


def pack_rows(session: Session) -> list[PackRow]:
    """Return every pack and how it stands today, by title."""
    known = licences(session)
    brought_in = {row.pack_key for row in queries.packs(session)}
    rows = []
    for pack in packs(session):
        stands = _stands(session, pack, known)
        rows.append(PackRow(pack, pack.key in brought_in, stands.state, stands.words))
    return rows


def _stands(session: Session, pack: Pack, known: list[Licence]) -> Standing:
    if not pack.licence_required:
        return Standing("open", "Free to use: no licence is asked for.", None)
    return standing_of([each for each in known if each.owner == pack.owner], pack.owner, session.today)


def add_pack(session: Session, path: Path) -> Pack:
    """Bring a pack in from a JSON file, or a new edition of one that is there.

    Raises Problem if the file is refused, and if readings stand under the edition that it would change.
    """
    authorise(session.actor, "licences")
    try:
        pack = read_file(path)
    except ValueError as error:
        raise Problem(f"{path.name} is refused. {error} Nothing was changed.") from None
    _refuse_taken_over(pack, path.name)
    there = next((each for each in packs(session) if each.key == pack.key), None)
    if there == pack:
        return pack
    if there:
        _refuse_change(session, there, pack)
    row = queries.pack(session, pack.key)
    if row:
        row.definition = to_document(pack)
    else:
        session.add(StarPack(pack_key=pack.key, definition=to_document(pack)))
    session.flush()
    return pack


def _refuse_taken_over(pack: Pack, name: str) -> None:
    """Refuse a file that would free a shipped star of its licence, or give it another owner."""
    if pack.form_key in FORMS_BY_KEY:
        raise Problem(f"{name} is refused. “{pack.key}” is the key of another form. Nothing was changed.")
    owners = {_plain(each.owner): each.owner for each in shipped()}
    same = next((each for each in shipped() if _plain(each.title) == _plain(pack.title)), None)
    same = next((each for each in shipped() if each.key == pack.key), same)
    if same and pack.owner != same.owner:
        raise Problem(
            f"{name} is refused. {same.title} belongs to {same.owner}: “owner” must name it. "
            "Nothing was changed."
        )
    owner = owners.get(_plain(pack.owner))
    if owner and (pack.owner != owner or not pack.licence_required):
        raise Problem(
            f"{name} is refused. The stars of {owner} need a licence: “owner” must be written so, and "
            "“licence_required” must be true. Nothing was changed."
        )


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _refuse_change(session: Session, there: Pack, new: Pack) -> None:
    if new.edition < there.edition:
        raise Problem(
            f"Edition {there.edition} of {there.title} is in use; the file holds edition {new.edition}. "
            "Nothing was changed."
        )
    count = queries.readings_under(session, new.form_key, new.edition)
    if count:
        raise Problem(
            f"Readings stand under edition {new.edition} of {there.title}, so it stays as it is. Nothing was "
            f"changed. Give the file “edition” {new.edition + 1}: it begins a new series."
        )

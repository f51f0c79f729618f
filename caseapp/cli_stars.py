"""Commands about stars: licences, packs and readings that come from a file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import words
from caseapp.cli_parts import day, number, one_of, progress, session, show
from db.problems import NotFound, Problem

if TYPE_CHECKING:
    from caseapp.star_import import Preview
    from caseapp.star_licences import Trained
    from db.store import Session

ACTS = ("list", "add", "trained", "withdraw")
_NEEDED = {
    "owner": "--owner",
    "organisation": "--organisation",
    "number": "--number",
    "valid_from": "--from",
    "valid_until": "--until",
    "approval": "--approval",
    "approved_on": "--approved-on",
}


def import_readings(options: argparse.Namespace) -> int:
    """Bring a CSV of readings in; every refused row is named."""
    from caseapp import star_import

    if not options.star:
        raise Problem("Which star? Give --star KEY; caseapp star-licence lists the keys.")
    path = Path(options.path)
    with session(options, "Import of star readings", "import") as lent:
        if options.dry_run:
            done = star_import.preview(path, lent, options.star)
        else:
            done = star_import.take(path, lent, options.star, progress)
    document = done._asdict() | {
        "dry_run": options.dry_run,
        "refused": [row._asdict() for row in done.refused],
    }
    return show(options, document, _readings_words(done, options.dry_run))


def _readings_words(done: Preview, dry_run: bool) -> str:
    lines = [
        f"line {row.line}{f', {row.column}' if row.column else ''}: {row.reason}" for row in done.refused
    ]
    lines.append(
        f"{done.star}: {words.count(done.readings, 'reading')} of "
        f"{words.count(done.children, 'child', 'children')} ({words.count(done.rows, 'row')}) "
        f"{'would be taken' if dry_run else 'taken'}; on record already: {done.already:,}; "
        f"refused: {words.count(len(done.refused), 'row')}."
    )
    if done.not_used:
        lines.append(f"Columns without a place here: {', '.join(done.not_used)}.")
    return "\n".join([*lines, *(["Nothing was stored."] if dry_run else [])])


def import_pack(options: argparse.Namespace) -> int:
    """Bring a star's pack in from a JSON file, or say why it is refused."""
    from caseapp import star_packs

    with session(options, "Import of a star pack") as lent:
        pack = star_packs.add_pack(lent, Path(options.path))
        if options.dry_run:
            lent.rollback()
    document = {"star": pack.form_key, "title": pack.title, "edition": pack.edition, "areas": pack.areas}
    said = f"{pack.title}, edition {pack.edition}, {len(pack.areas)} areas: star {pack.form_key}."
    return show(options, document, f"{said} Nothing was stored." if options.dry_run else said)


def licence_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «star-licence» may be given."""
    parser.add_argument("act", nargs="?", type=one_of(*ACTS), default="list", metavar="ACT",
                     help=", ".join(ACTS))  # fmt: skip
    for name in ("owner", "organisation", "number", "approval", "reason"):
        parser.add_argument(f"--{name}", type=words.tidy, metavar="TEXT")
    parser.add_argument("--from", dest="valid_from", type=day, metavar="DATE")
    parser.add_argument("--until", dest="valid_until", type=day, metavar="DATE")
    parser.add_argument("--approved-on", dest="approved_on", type=day, metavar="DATE")
    parser.add_argument("--users", type=number, metavar="N")
    parser.add_argument("--trained", action="append", metavar="NAME,DATE")


def licence(options: argparse.Namespace) -> int:
    """List the stars with their licences, or record a licence, name a trained worker, withdraw one."""
    with session(options, "Star licences") as lent:
        if options.act == "add":
            _add(lent, options)
        elif options.act == "trained":
            _name_trained(lent, options)
        elif options.act == "withdraw":
            _withdraw(lent, options)
        document = _listed(lent)
    return show(options, document, _listed_words(document))


def _add(lent: Session, options: argparse.Namespace) -> None:
    from caseapp import star_licences

    given = {name: getattr(options, name) for name in _NEEDED}
    if missing := [_NEEDED[name] for name, value in given.items() if not value]:
        raise Problem(f"What is missing: {', '.join(missing)}. Nothing was recorded.")
    new = star_licences.NewLicence(
        **given, users=options.users, trained=tuple(map(_trained, options.trained or ()))
    )
    star_licences.record(lent, new)


def _trained(text: str) -> Trained:
    """Return the worker of «Ada Quill=03/02/2026»."""
    from caseapp.star_licences import Trained

    name, _, on = text.rpartition("=")
    if not name:
        raise Problem(f"“{text}” names no day of training. Write it as “Full Name=03/02/2026”.")
    return Trained(name, _day(on))


def _day(text: str) -> date:
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise Problem(str(error)) from None


def _name_trained(lent: Session, options: argparse.Namespace) -> None:
    from caseapp import star_licences

    if not options.trained:
        raise Problem("Whom? Give --number N --trained “Full Name=03/02/2026”.")
    for each in options.trained:
        star_licences.name_trained(lent, _numbered(lent, options), _trained(each))


def _withdraw(lent: Session, options: argparse.Namespace) -> None:
    from caseapp import star_licences

    star_licences.withdraw(lent, _numbered(lent, options), options.reason or "")


def _numbered(lent: Session, options: argparse.Namespace) -> UUID:
    """Return the licence that the options name by number, and by owner where two have that number."""
    from caseapp import star_licences

    if not options.number:
        raise Problem("Which licence? Give --number N.")
    found = [
        each for each in star_licences.licences(lent, options.owner or "") if each.number == options.number
    ]
    if len(found) != 1:
        said = "is on record twice: give --owner too" if found else "is not on record"
        raise NotFound(f"Licence {options.number} {said}. Nothing was changed.")
    return found[0].id


def _listed(lent: Session) -> dict[str, Any]:
    from caseapp import star_licences, star_packs

    return {
        "stars": [
            {"star": row.pack.form_key, "title": row.pack.title, "edition": row.pack.edition,
             "owner": row.pack.owner, "state": row.state, "why": row.words}
            for row in star_packs.pack_rows(lent)
        ],
        "licences": [
            each._asdict() | {"trained": [worker._asdict() for worker in each.trained]}
            for each in star_licences.licences(lent)
        ],
    }  # fmt: skip


def _listed_words(document: dict[str, Any]) -> str:
    lines = [f"{each['star']:24} {each['state']:8} {each['why']}" for each in document["stars"]]
    for each in document["licences"]:
        lines += [
            "",
            f"Licence {each['number']} of {each['owner']}, for {each['organisation']}: "
            f"{words.day(each['valid_from'])} to {words.day(each['valid_until'])}, "
            f"approval {each['approval']} of {words.day(each['approved_on'])}.",
        ]
        lines += [f"  {worker['name']}, trained {words.day(worker['on'])}" for worker in each["trained"]]
    return "\n".join(lines)

"""The command early-help: open an episode, record consent, lead, level and moves, show how it stands."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import words
from caseapp.cli_parts import day, number, one_of, reading, session, show, today
from db.problems import NotFound, Problem

if TYPE_CHECKING:
    from caseapp.early_help.consents import NewConsent
    from caseapp.early_help.page import HelpView
    from db.models import HelpEpisode
    from db.store import Session

_MOST_BYTES = 1_000_000


def early_help_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «early-help» may be given."""
    parser.add_argument("act", type=one_of(*ACTS), metavar="ACT", help=", ".join(ACTS))
    parser.add_argument("child", type=words.tidy, metavar="CHILD")
    parser.add_argument("more", nargs="*", type=words.tidy, metavar="MORE",
                        help="open: brothers and sisters; consent: FILE.json; lead: NAME; level: 1 to 4; "
                        "move: MOVE (show lists them)")  # fmt: skip
    parser.add_argument("--together", action="store_true", help="brothers and sisters who stand alike too")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day it happened; else today")
    parser.add_argument("--because", type=words.tidy, metavar="TEXT", help="the reason, or the handover")
    parser.add_argument("--route", type=words.tidy, metavar="CODE", help="open: how it came about")
    parser.add_argument("--reason", type=words.tidy, action="append", default=[], metavar="CODE")
    parser.add_argument("--agency", type=words.tidy, metavar="CODE", help="open, lead: the kind of agency")
    parser.add_argument("--asked-by", type=words.tidy, metavar="NAME")
    parser.add_argument("--contact", type=words.tidy, metavar="TEXT", help="lead: phone or e-mail")
    parser.add_argument("--level", type=number, metavar="N", help="open: the level of need at the request")
    parser.add_argument("--closure", type=words.tidy, metavar="CODE", help="move: C01 to C12")


def early_help(options: argparse.Namespace) -> int:
    """Carry out one act upon a child's early help, then say how it stands."""
    act = ACTS[options.act]
    with (reading if act is None else session)(options) as lent:
        if act:
            act(lent, options)
        view, ref = _view(lent, options.child)
    return show(options, _document(ref, view), _text(ref, view))


def _view(lent: Session, child: str) -> tuple[HelpView, int]:
    from caseapp import children
    from caseapp.early_help import page

    found = children.one(lent, child)
    return page.page(lent, found.id), found.ref


def _open(lent: Session, options: argparse.Namespace) -> None:
    from caseapp import children
    from caseapp.early_help.episodes import NewEpisode, open_episode

    ids = [children.one(lent, each).id for each in (options.child, *options.more)]
    new = NewEpisode(
        options.on or today(), options.route or "", tuple(options.reason), options.agency or "",
        options.asked_by or "", level=options.level,
    )  # fmt: skip
    open_episode(lent, ids, new)


def _consent(lent: Session, options: argparse.Namespace) -> None:
    from caseapp.early_help import consents

    consents.add(lent, _episodes(lent, options), _new_consent(Path(_only(options, "FILE.json"))))


def _new_consent(path: Path) -> NewConsent:
    from caseapp import intake
    from caseapp.early_help.consents import NewConsent
    from caseapp.ssda903_rows import printable

    try:
        found: dict[str, Any] = intake.document(intake.content_of(path, _MOST_BYTES), _MOST_BYTES)
        names = {each.name for each in dataclasses.fields(NewConsent)} - {"person_id"}
        if unknown := sorted(found.keys() - names):
            named = printable(unknown[0])[:60]
            raise Problem(f"A consent holds no “{named}”. Nothing was recorded. Mend the file.")
        for key in ("happened_on", "review_on"):
            if found.get(key):
                found[key] = date.fromisoformat(found[key])
        for key in ("purposes", "allowed", "refused"):
            found[key] = tuple(str(each) for each in found.get(key, ()))
        return NewConsent(**found)
    except intake.Refused as error:
        raise Problem(f"{path} cannot be taken. {error} Nothing was recorded.") from None
    except (ValueError, TypeError, AttributeError):
        raise Problem(
            f"{path.name} holds no consent: JSON with person, capacity, moment, purposes, decision and "
            "happened_on. Nothing was recorded."
        ) from None


def _lead(lent: Session, options: argparse.Namespace) -> None:
    from caseapp.early_help.leads import name_lead

    name_lead(
        lent, _episodes(lent, options), name=" ".join(options.more), agency=options.agency or "",
        contact=options.contact or "", from_on=options.on or today(), handover=options.because or "",
    )  # fmt: skip


def _level(lent: Session, options: argparse.Namespace) -> None:
    from caseapp.early_help.episodes import set_level

    typed = _only(options, "LEVEL")
    for episode_id in _episodes(lent, options):
        level = int(typed) if typed.isdecimal() else 0
        set_level(lent, episode_id, level, options.on or today(), options.because or "")


def _move(lent: Session, options: argparse.Namespace) -> None:
    from caseapp.early_help.moves import make_move

    first, *others = _episodes(lent, options)
    make_move(
        lent, first, _only(options, "MOVE"), options.on or today(), reason=options.because or "",
        closure=options.closure or "", also=others,
    )  # fmt: skip


def _only(options: argparse.Namespace, what: str) -> str:
    if len(options.more) != 1:
        raise Problem(f"caseapp early-help {options.act} CHILD {what}: one {what}. Nothing was changed.")
    return str(options.more[0])


def _episodes(lent: Session, options: argparse.Namespace) -> list[UUID]:
    """Return the child's episode, and with --together those of brothers and sisters that stand alike."""
    from caseapp import children
    from caseapp.early_help import episodes

    found = _newest(lent, children.one(lent, options.child).id)
    family = episodes.family(lent, found) if options.together else []
    alike = [other.id for _, other in family if other.status == found.status and other.id != found.id]
    return [found.id, *alike]


def _newest(lent: Session, child_id: UUID) -> HelpEpisode:
    from caseapp.early_help import episodes

    found = episodes.current(lent, child_id) or next(iter(episodes.episodes(lent, child_id)), None)
    if not found:
        raise NotFound("There is no early help in this record. Open it first: caseapp early-help open CHILD.")
    return found


ACTS: dict[str, Callable[[Session, argparse.Namespace], None] | None] = {
    "open": _open, "consent": _consent, "lead": _lead, "level": _level, "move": _move, "show": None,
}  # fmt: skip


def _document(ref: int, view: HelpView) -> dict[str, Any]:
    episode = view.episode
    return {
        "ref": str(ref),
        "number": f"EH-{episode.number}" if episode else None,
        "status": episode.status if episode else None,
        "level": episode.level if episode else None,
        "opened_on": episode.opened_on if episode else None,
        "closed_on": episode.closed_on if episode else None,
        "lead": view.leads[0].name if view.leads else None,
        "next_review_on": episode.next_review_on if episode else None,
        "with": [each.name for each in view.siblings],
        "consents": [
            {"on": each.on, "person": each.person, "decision": each.decision, "stands": each.stands}
            for each in view.consents
        ],
        "moves": [
            {"move": each.key, "title": each.title, "missing": list(each.missing)} for each in view.moves
        ],
        "steps": [{"on": each.on, "what": each.words, "reason": each.reason} for each in view.steps],
    }


def _text(ref: int, view: HelpView) -> str:
    episode = view.episode
    if not episode:
        return "No early help yet."
    parts = [f"EH-{episode.number}", f"child {ref}", episode.status_words, episode.level_words]
    lines = [", ".join(part for part in parts if part)]
    lines += [f"Lead practitioner: {view.leads[0].name}"] if view.leads else []
    lines += [said for said in (view.prompt, view.watch) if said]
    for each in view.moves:
        missing = f" – {' '.join(each.missing)}" if each.missing else ""
        lines.append(f"  {each.key}: {each.title}{missing}")
    lines += [f"{words.day(each.on)}  {each.words}  {each.reason}".rstrip() for each in view.steps]
    return "\n".join(lines)

"""The sheet before a visit: one page with what to know at the door, in early help, in care, after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp import actions, codes, voice, words
from caseapp.care_print_parts import About, due_rows, latest, shown_entries
from caseapp.looked_after import placements_view
from db import children as queries
from db.models import Note
from db.store import Session

if TYPE_CHECKING:
    from datetime import date

    from caseapp.actions import ActionRow
    from caseapp.paper.care_sheets import Panel, Row

_VISITS: Final = frozenset({"visit"})
_CONTACTS: Final = frozenset({"visit", "call", "meeting", "message"})
_MOST_VISITS, _MOST_ACTIONS, _MOST_DUE, _MOST_NEWS, _MOST_PEOPLE = 3, 5, 5, 6, 7
_TO_SEE: Final = {
    "looked_after": ("Child seen", "Seen alone, or why not", "Bedroom seen", "Carers, and who else is there"),
    "care_leaver": (
        "Young person seen",
        "Alone for a part",
        "The home: heating, food, safety",
        "Money and post",
    ),
    "": ("Each child seen", "Seen alone, or why not", "Where they sleep", "Parents, and who else is there"),
}


def doorstep_sheet(session: Session, child_id: UUID, *, addresses: bool = True, large: bool = False) -> bytes:
    """Return one page to read before a visit. Raises NotFound, NotAllowed or Problem."""
    about = About(session, child_id, "doorstep", addresses=addresses, large=large)
    kinds = _CONTACTS if about.child.status == "care_leaver" else _VISITS
    noted = queries.of_child(session, Note, child_id, Note.happened_on, Note.id)
    visits = [each for each in reversed(noted) if each.kind in kinds][:_MOST_VISITS]
    rows: list[Row] = [
        (_worries(about, visits), _own_words(about)),
        _last_visits(visits),
        (_to_do(about), _due(about)),
        (_news(about, visits[0].happened_on if visits else None), _people(about)),
        _to_see(about),
    ]
    facts = [*about.lives(), ("Status", _status(about)), ("Visits", _regime(about))]
    told = dict(about.who())
    known_as = f" ({told['Known as']})" if told["Known as"] else ""
    who = ", ".join(part for part in (f"{told['Name']}{known_as}", told["Date of birth"]) if part)
    return about.pdf(about.head("Before the visit", facts, subtitle=who), rows, cut=True)


def _status(about: About) -> str:
    return about.stands.legal_status or codes.STATUSES.get(about.child.status, about.child.status)


def _regime(about: About) -> str:
    placed = about.stands.placement
    regime = placed.regime if placed else None
    if regime is None and about.stands.since:
        newest = placements_view.view(about.session, about.child.id).placements
        regime = newest[0].regime if newest else None
    return regime.words if regime else ""


def _worries(about: About, visits: Sequence[Note]) -> Panel:
    from caseapp.paper.care_sheets import Panel

    told = [about.child.alerts]
    told += [f"{words.day(each.happened_on)}: {each.worries}" for each in visits if each.worries]
    said = tuple(part for part in told if part)
    return Panel("What was worrying", paragraphs=said or ("Nothing is on record.",))


def _own_words(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    own = next((each for each in voice.gathered(about.session, about.child.id) if not each.whose), None)
    title = f"{about.called}’s last words to us"
    if own is None:
        return Panel(title, paragraphs=("None are on record yet.",))
    return Panel(title, quotes=((own.source, own.words),))


def _last_visits(visits: Sequence[Note]) -> Panel:
    from caseapp.paper.care_sheets import Panel

    if not visits:
        return Panel("Last visits", paragraphs=("No visit is on record yet.",))
    rows = [(words.day(each.happened_on), _seen(each), each.words) for each in visits]
    table = (("When", "Seen", "What was noted"), *rows)
    return Panel("Last visits", table=table, shares=(0.12, 0.31, 0.57))


def _seen(note: Note) -> str:
    """Return how the child was seen, or which contact it was."""
    if note.kind != "visit":
        return codes.NOTE_KINDS[note.kind]
    seen = "Seen alone" if note.seen_alone else "Seen" if note.seen else "Not seen"
    bedroom = {True: "bedroom seen", False: "bedroom not seen", None: ""}[note.bedroom_seen]
    place = codes.PLACES_SEEN.get(note.where_seen or "", "") if note.where_seen != "home" else "at home"
    return ", ".join(part for part in (seen, bedroom, place.lower()) if part)


def _to_do(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    found = [each for each in actions.of_child(about.session, about.child.id) if each.done_on is None]
    rows = [(each.what, _by(each, about.session.today)) for each in found]
    if not rows:
        return Panel("Actions that are open", paragraphs=("None.",))
    return Panel("Actions that are open", table=(("", ""), *rows), shares=(0.56, 0.44))


def _by(row: ActionRow, today: date) -> str:
    if row.by_on is None:
        return row.who
    return f"{row.who}, {words.day(row.by_on)}{', late' if row.by_on < today else ''}"


def _due(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    rows = due_rows(about.session, about.child, _MOST_DUE)
    if not rows:
        return Panel("What is due", paragraphs=("Nothing is due.",))
    return Panel("What is due", table=(("", ""), *rows), shares=(0.52, 0.48))


def _news(about: About, since: date | None) -> Panel:
    from caseapp.paper.care_sheets import Panel

    title = f"New since {words.day(since)}" if since else "Lately"
    entries = [each for each in latest(about.session, about.child.id) if since is None or each.on > since]
    shown = shown_entries(about, entries)
    rows = [(words.day(each.on), each.title) for each in shown]
    if not rows:
        return Panel(title, paragraphs=("Nothing is on record.",))
    return Panel(title, table=(("", ""), *rows), shares=(0.24, 0.76))


def _people(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    found = about.contacts()
    found.sort(key=lambda each: not each.phone)
    rows = [(f"{each.name}, {_within(each.part)}", each.phone) for each in found]
    if not rows:
        return Panel("Key people", paragraphs=("Nobody is on record.",))
    return Panel("Key people", table=(("", ""), *rows), shares=(0.66, 0.34))


def _within(part: str) -> str:
    """Return a part as it stands inside a sentence; what begins with initials stays."""
    return part if part[1:2].isupper() else f"{part[:1].lower()}{part[1:]}"


def _to_see(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    asked = _TO_SEE.get(about.child.status, _TO_SEE[""])
    boxes = "\u00a0\u00a0\u00a0 ".join(f"☐\u00a0{each}" for each in asked)
    return Panel("To be seen, and my notes", paragraphs=(boxes,), lines=4)

"""The handover brief of a child whose case goes to another worker: made from the record, then edited."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseapp import actions, codes, dates, plan_versions, plan_writing, words
from db import children as child_queries
from db import plans as plan_queries
from db.children import child_of
from db.models import Child, Note
from db.store import Session

_MOST = 8


def brief(session: Session, child_id: UUID) -> str:
    """Return the brief in words: where the case stands, plans, next dates, the last visit, open actions."""
    child = child_of(session, child_id)
    parts = [
        ("", [_standing(child)]),
        ("Next dates", _next_dates(session, child)),
        ("Last visit", _last_visit(session, child)),
        ("Plans", _plans(session, child_id)),
        ("Open actions", _actions(session, child_id)),
        ("Alerts", [child.alerts] if child.alerts else []),
    ]
    return "\n\n".join(_part(title, lines) for title, lines in parts if lines)


def _part(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title}:", *(f"– {each}" for each in lines)]) if title else "\n".join(lines)


def _standing(child: Child) -> str:
    status = codes.STATUSES.get(child.status, child.status)
    return f"{status}, open since {words.day(child.opened_on)}."


def _next_dates(session: Session, child: Child) -> list[str]:
    found = dates.due_of(session, child)
    return [f"{each.what}: {words.day(each.due_on)} ({each.words})" for each in found[:_MOST]] or [
        "Nothing is due: agree the next date."
    ]


def _last_visit(session: Session, child: Child) -> list[str]:
    seen = [each for each in child_queries.of_child(session, Note, child.id) if each.seen]
    last = max(seen, key=lambda each: (each.happened_on, each.id), default=None)
    if last is None:
        return [f"Seen {words.day(child.last_seen_on)}."] if child.last_seen_on else ["None is recorded."]
    alone = "seen alone" if last.seen_alone else "seen"
    return [f"{words.day(last.happened_on)}, {alone}: {_short(last.words)}"]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else f"{flat[:299].rsplit(' ', 1)[0]} …"


def _plans(session: Session, child_id: UUID) -> list[str]:
    """Return the newest signed version of each kind, and every draft."""
    found, told = plan_queries.versions(session, child_id), set[str]()
    lines: list[str] = []
    for each in sorted(found, key=lambda version: -version.number):
        title = plan_versions.title(plan_writing.form_of(session, each), each)
        if each.signed_at is None:
            lines.append(f"{title}: a draft, begun {words.day(each.started_on)}")
        elif each.kind not in told:
            told.add(each.kind)
            lines.append(f"{title}: version {each.number}, signed {_day(each.signed_at)}")
    return sorted(lines)


def _day(moment: datetime) -> str:
    return words.day(words.london_day(moment))


def _actions(session: Session, child_id: UUID) -> list[str]:
    waiting = [each for each in actions.of_child(session, child_id) if not each.done_on]
    return [f"{each.what} ({', '.join(filter(None, (each.who, each.by_words)))})" for each in waiting[:_MOST]]

"""What all prints share: the right to print, the look that is recorded first, the heading, the refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import known, words
from caseapp.early_help import episodes, leads
from caseapp.form_parts import early_help_lists as lists
from db.children import child_of
from db.histories import look_mark
from db.history import NO_CHILD
from db.looks import record_look
from db.models import Child, HelpEpisode
from db.moments import utc_now
from db.problems import Problem
from db.reach import authorise_taking_out, child_subject
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Heading


def may_print(session: Session, child: Child) -> None:
    """Raise NotAllowed unless the actor may print from the child's record.

    From here on relatives whose records are open in an emergency alone are as shut as they would be.
    """
    authorise_taking_out(session, "print", child_subject(session, child))


def printing(session: Session, child_id: UUID, what: str, **detail: Any) -> Child:
    """Return the child; the print is allowed, and recorded before anything is read."""
    child = child_of(session, child_id)
    may_print(session, child)
    record_look(session, "print", child.id, row_id=child.id, detail={"what": what, **detail})
    session.commit()
    return child


def printed(make: Callable[[], bytes]) -> bytes:
    """Return the bytes that `make` makes. Raises Problem naming letters that cannot be printed."""
    from caseapp import paper

    try:
        return make()
    except paper.Unprintable as error:
        raise Problem(str(error)) from None


def heading(session: Session, child: Child, title: str, *, large: bool) -> Heading:
    """Return the heading of a document about a child."""
    from caseapp.paper import Heading

    facts = known.known(session, child.id)
    shown = (
        ("Worker", facts.get("child.worker", "")),
        ("School", facts.get("child.school", "")),
        ("Status", facts.get("child.status", "")),
        ("Legal status", facts.get("child.legal_status", "")),
    )
    return Heading(
        title=title,
        child_name=child.name,
        born_on=child.born_on,
        ref=str(child.ref),
        subtitle=child.name,
        printed_by=session.actor.name,
        printed_at=utc_now(),
        mark=look_mark(session, child.id),
        large=large,
        facts=tuple((label, value) for label, value in shown if value),
    )


def heading_of_many(
    session: Session,
    title: str,
    subtitle: str,
    *,
    version: str,
    large: bool,
    document: str = "",
    facts: tuple[tuple[str, str], ...] = (),
) -> Heading:
    """Return the heading of a document about no child alone: figures, a week, a caseload."""
    from caseapp.paper import Heading

    return Heading(
        title=title,
        child_name="",
        born_on=None,
        ref="",
        subtitle=subtitle,
        document=document or title,
        version=version,
        printed_by=session.actor.name,
        printed_at=utc_now(),
        mark=look_mark(session, NO_CHILD),
        large=large,
        facts=facts,
    )


def help_facts(
    session: Session, child: Child, episode: HelpEpisode | None, *, is_family: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return the top of a document of early help: who leads, the school, brothers and sisters."""
    led_by = leads.lead(session, episode.id) if episode else None
    agency = dict(lists.AGENCIES).get(led_by.agency, led_by.agency) if led_by else ""
    shown = [
        (
            "Who brings it together" if is_family else "Lead practitioner",
            ", ".join(part for part in (led_by.name, agency) if part) if led_by else "",
        ),
        ("Their contact", led_by.contact if led_by else ""),
        ("School", known.known(session, child.id).get("child.school", "")),
        ("Together with", together_with(session, episode)),
    ]
    if episode and not is_family:
        shown.append(("Early help no.", str(episode.number)))
    return tuple((label, value) for label, value in shown if value)


def together_with(session: Session, episode: HelpEpisode | None) -> str:
    """Return the first names of the brothers and sisters helped together with a child."""
    if episode is None:
        return ""
    others = [child for child, other in episodes.family(session, episode) if other.id != episode.id]
    return words.listed([called(each) for each in others])


def called(child: Child) -> str:
    """Return the name that a child goes by."""
    return child.known_as or child.given or child.name

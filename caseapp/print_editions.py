"""Whose copy a print is, and what its first page says: the family's in plain words, another agency's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseapp import print_parts, words
from caseapp.early_help import consents, episodes, leads
from caseapp.early_help.consents import Sharing
from caseapp.early_help.statuses import HELP_KINDS
from db.models import Child
from db.problems import NotAllowed, Problem
from db.reach import child_subject
from db.roles import may
from db.store import Session

if TYPE_CHECKING:
    from caseapp.form import Form

FULL, FAMILY, PROFESSIONALS = "full", "family", "professionals"
_MARKING = "OFFICIAL-SENSITIVE"
_NAMED_UP_TO = 120


class Copy(NamedTuple):
    """Whose copy it is: the marking of each page, what the first page says, and why it may be given."""

    marking: str
    notice_title: str = ""
    notice: str = ""
    shared_with: str = ""
    because: str = ""

    @property
    def detail(self) -> dict[str, str]:
        """Return what the record of the look keeps: with whom it is shared, and who agreed."""
        return {"shared_with": self.shared_with, "because": self.because} if self.shared_with else {}


def copy_for(session: Session, child: Child, form: Form, edition: str, shared_with: str) -> Copy:
    """Return what makes an edition of a document. Raises Problem where it may not be given."""
    if edition == FULL:
        return Copy(_MARKING)
    if edition not in (FAMILY, PROFESSIONALS):
        raise Problem(
            f"There is no edition “{edition}”. Choose {words.listed([FULL, FAMILY, PROFESSIONALS], 'or')}."
        )
    if form.kind not in HELP_KINDS:
        raise Problem(
            f"A {form.title} has one edition, our own record, as its parts are not marked for others yet. "
            "Nothing was printed."
        )
    return _family(session, child) if edition == FAMILY else _professionals(session, child, shared_with)


def _family(session: Session, child: Child) -> Copy:
    text = (
        f"It is about {print_parts.called(child)} and your family. Keep it somewhere safe. "
        f"If something in it is wrong, or hard to understand, tell {_who_to_ask(session, child)}: "
        "we put it right, or write down that you see it differently.\n"
        "Notes of our own work, and what others told us about themselves in confidence, are not in it. "
        "You can ask at any time to see what we hold about you."
    )
    return Copy(f"{_MARKING}, the family’s copy", "This is your copy", text)


def _who_to_ask(session: Session, child: Child) -> str:
    episode = episodes.current(session, child.id)
    led_by = leads.lead(session, episode.id) if episode else None
    if not led_by:
        return "the worker who gave it to you"
    return f"{led_by.name} ({led_by.contact})" if led_by.contact else led_by.name


def _professionals(session: Session, child: Child, shared_with: str) -> Copy:
    agency = words.tidy(shared_with).strip()
    told = sharing(session, child, agency)
    if not told.allowed:
        raise Problem(f"{told.words} Nothing was printed.")
    text = (
        f"{_agreed(told)}.\n"
        f"Given to help {print_parts.called(child)}, and for nothing else. Do not pass it on. It holds what "
        "people said in confidence, so it is not the copy to hand to the family: they have one of their own."
    )
    return Copy(f"{_MARKING}, copy for {agency}", f"Copy for {agency}", text, agency, told.words)


def _agreed(told: Sharing) -> str:
    """Return who agreed; a manager's decision against a refusal says so by itself."""
    said = told.words.removesuffix(".")
    return said if said.startswith("Shared on ") else f"Shared with consent of {said}"


def sharing(session: Session, child: Child, agency: str) -> Sharing:
    """Return whether a copy may be given to an agency, and who agreed, or what to do first."""
    if not agency:
        return Sharing(False, "Say which agency or person the copy is for.")
    if len(agency) > _NAMED_UP_TO:
        return Sharing(False, f"The agency’s name takes {_NAMED_UP_TO} letters.")
    episode = episodes.current(session, child.id)
    if episode and episode.status == "consent_withdrawn":
        return Sharing(
            False,
            "Consent for this early help was withdrawn, so nothing is given to others. "
            "Record the family’s new consent on the Early help page first.",
        )
    return consents.sharing(session, child.id, agency)


def refuse_withdrawn(session: Session, child: Child, kind: str) -> None:
    """Raise NotAllowed for those who may only read, once consent was withdrawn."""
    rights = may(session.actor, "write", child_subject(session, child))
    if not rights.allowed and episodes.writing_refused(session, child.id, kind):
        raise NotAllowed("Consent was withdrawn: only those who work with the family may print this now.")

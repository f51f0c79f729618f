"""The permitted moves of an episode of early help. Each tells in plain words what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from caseapp import dates, words
from caseapp.early_help import consents, episodes, leads
from caseapp.early_help.statuses import BEFORE_CONSENT, ENDED, OPEN, STATUSES, WORKING
from caseapp.form_parts.early_help_lists import CLOSURES
from db import early_help as queries
from db.models import Child, HelpEpisode, HelpStep
from db.problems import NotAllowed, Problem
from db.reach import child_subject
from db.roles import authorise, may
from db.store import Session

REOPEN_DAYS = 90  # a return within them goes on with the same episode; later it is a new one
_ESCALATED = ("C03", "C04", "C05")
_CLOSED_AS = {"C03": "child_in_need", "C04": "child_protection"}

Check = Callable[[Session, HelpEpisode], str]


class Move(NamedTuple):
    """A move on offer. `missing` says what keeps it from being made; `closures`: the endings to choose of."""

    key: str
    title: str
    missing: tuple[str, ...]
    needs_reason: bool
    manager: bool
    primary: bool
    closures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Rule:
    """A row of the table of moves. Without a `to`, the episode goes back to where it was before."""

    key: str
    title: str
    leaves: frozenset[str]
    to: str
    checks: tuple[Check, ...] = ()
    reason: bool = False
    manager: bool = False
    primary: bool = False
    closures: tuple[str, ...] = ()


def _consented(session: Session, episode: HelpEpisode) -> str:
    if consents.may_begin(session, episode):
        return ""
    return "Record who agreed to the assessment, or the decision to go ahead without, first."


def _assessed(session: Session, episode: HelpEpisode) -> str:
    if queries.signed(session, episode.id, "early-help"):
        return ""
    return (
        "Sign this child's assessment first: it needs the analysis, the decision, the level of need, and the "
        "child's own view or the reason why not."
    )


def _not_own(session: Session, episode: HelpEpisode) -> str:
    signed = queries.signed(session, episode.id, "early-help")
    if signed and signed.signed_by == session.actor.worker_id:
        return "Nobody approves their own assessment: another manager has to read it."
    return ""


def _led(session: Session, episode: HelpEpisode) -> str:
    return "" if leads.lead(session, episode.id) else "Name the lead practitioner first."


def _acting(session: Session, episode: HelpEpisode) -> str:
    from caseapp import actions

    return "" if actions.has_open(session, episode.child_id) else "Agree at least one action first."


def _next_dated(session: Session, episode: HelpEpisode) -> str:
    return "" if next_review(session, episode) else "Give the date of the next review first."


def next_review(session: Session, episode: HelpEpisode) -> date | None:
    """Return the next review that the newest signed meeting, or the assessment, gives; not a past one."""
    meeting = queries.signed(session, episode.id, "taf")
    assessed = queries.signed(session, episode.id, "early-help")
    given = [
        words.stored_day(revision.document.answers.get(key))
        for revision, key in ((meeting, "next_on"), (assessed, "review_on"))
        if revision
    ]
    return next((day for day in given if day and day >= session.today), None)


def _met(session: Session, episode: HelpEpisode) -> str:
    steps = queries.of_episode(session, HelpStep, [episode.id])
    began = next((each.happened_on for each in reversed(steps) if each.now == "in_review"), None)
    meeting = queries.signed(session, episode.id, "taf")
    held = meeting.dated_on if meeting else None
    if began and held and held >= began:
        return ""
    return "Hold the family meeting of this review and sign its minutes first."


def _stepping_up(session: Session, episode: HelpEpisode) -> str:
    return "" if queries.signed(session, episode.id, "step-up") else "Write and sign the step up first."


def _accepted(session: Session, episode: HelpEpisode) -> str:
    signed = queries.signed(session, episode.id, "step-up")
    if signed and signed.document.answers.get("result") == "accepted":
        return ""
    return "Record in the step up that children's social care accepted it first."


def _summed_up(session: Session, episode: HelpEpisode) -> str:
    if queries.signed(session, episode.id, "early-help-closing"):
        return ""
    return (
        "Sign the closing summary first: why, what came of each need, closing scores, what the child and the "
        "parents say of the help, who goes on, and what to do if things get worse."
    )


def _recent(session: Session, episode: HelpEpisode) -> str:
    if episode.closed_on and session.today - episode.closed_on <= timedelta(days=REOPEN_DAYS):
        return ""
    return f"It ended more than {REOPEN_DAYS} days ago. Open new early help: it will name this one."


def _alone(session: Session, episode: HelpEpisode) -> str:
    other = episodes.current(session, episode.child_id)
    return "Early help is open already." if other and other.id != episode.id else ""


_REVIEWED = frozenset({"plan_active", "in_review"})
_RULES = (
    _Rule("ask_consent", "Ask for consent", frozenset({"draft"}), "awaiting_consent", primary=True),
    _Rule("start_assessment", "Start the assessment", frozenset({"awaiting_consent"}), "in_assessment",
          (_consented,), primary=True),
    _Rule("to_manager", "Send to the manager", frozenset({"in_assessment"}), "with_manager", (_assessed,),
          primary=True),
    _Rule("approve", "Approve the assessment", frozenset({"with_manager"}), "complete",
          (_assessed, _not_own), manager=True, primary=True),
    _Rule("send_back", "Send back to the assessor", frozenset({"with_manager"}), "in_assessment",
          reason=True, manager=True),
    _Rule("start_plan", "Start the plan", frozenset({"complete"}), "plan_active",
          (_led, _acting, _next_dated), primary=True),
    _Rule("start_review", "Start the review", frozenset({"plan_active"}), "in_review", primary=True),
    _Rule("end_review", "Go on with the plan", frozenset({"in_review"}), "plan_active",
          (_met, _led, _next_dated), primary=True),
    _Rule("start_closing", "Start closing", frozenset({"complete", *_REVIEWED}), "closing"),
    _Rule("close", "Close early help", frozenset({"closing"}), "closed", (_summed_up,), primary=True,
          closures=tuple(code for code, _ in CLOSURES if code not in (*_ESCALATED, "C08"))),
    _Rule("keep_open", "Keep it open after all", frozenset({"closing"}), "", reason=True),
    _Rule("pause", "Pause: step up pending", WORKING, "paused", (_stepping_up,)),
    _Rule("resume", "Take up again", frozenset({"paused"}), "", reason=True),
    _Rule("step_up", "Stepped up to social care", frozenset({"paused"}), "stepped_up", (_accepted,),
          reason=True, closures=_ESCALATED),
    _Rule("transfer", "Transfer to another area", OPEN - BEFORE_CONSENT, "transferred", reason=True,
          closures=("C08",)),
    _Rule("decline", "The family declined", BEFORE_CONSENT, "declined", reason=True),
    _Rule("renew_consent", "Go on with new consent", frozenset({"consent_withdrawn"}), "", (_consented,)),
    _Rule("close_withdrawn", "Close: consent withdrawn", frozenset({"consent_withdrawn"}), "closed",
          reason=True, manager=True, primary=True, closures=("C06",)),
    _Rule("reopen", "Reopen", ENDED - {"void"}, "", (_recent, _alone), reason=True),
    _Rule("void", "Make void", frozenset(STATUSES) - {"void"}, "void", reason=True, manager=True,
          closures=("C12",)),
)  # fmt: skip
_BY_KEY = {rule.key: rule for rule in _RULES}


def moves(session: Session, episode: HelpEpisode) -> list[Move]:
    """Return the moves that an episode's status permits, with what is missing for each."""
    return [_move(session, rule, episode) for rule in _RULES if episode.status in rule.leaves]


def _move(session: Session, rule: _Rule, episode: HelpEpisode) -> Move:
    missing = [said for check in rule.checks if (said := check(session, episode))]
    if rule.manager:
        child = session.get_one(Child, episode.child_id)
        rights = may(session.actor, "approve", child_subject(session, child))
        missing += [] if rights.allowed else ["This is for a team manager."]
    named = dict(CLOSURES)
    closures = tuple((code, named[code]) for code in rule.closures)
    return Move(rule.key, rule.title, tuple(missing), rule.reason, rule.manager, rule.primary, closures)


def make_move(
    session: Session,
    episode_id: UUID,
    key: str,
    on: date,
    *,
    reason: str = "",
    closure: str = "",
    also: Sequence[UUID] = (),
) -> None:
    """Move an episode, and with `also` those of brothers and sisters, all of them or none.

    Raises Problem naming everything that is missing, NotAllowed for another role's move.
    """
    if key not in _BY_KEY:
        raise Problem(f"There is no move “{key}”. Choose {words.listed(list(_BY_KEY), 'or')}.")
    for each in (episode_id, *also):
        _make(session, episodes.one(session, each), _BY_KEY[key], on, words.tidy(reason).strip(), closure)


def _make(session: Session, episode: HelpEpisode, rule: _Rule, on: date, reason: str, closure: str) -> None:
    child = session.get_one(Child, episode.child_id)
    subject = child_subject(session, child)
    authorise(session.actor, "approve" if rule.manager else "write", subject)
    if episode.status not in rule.leaves:
        raise Problem(
            f"“{rule.title}” cannot be done for {child.name}: the early help is "
            f"“{STATUSES[episode.status].lower()}”. Nothing was changed."
        )
    missing = list(_move(session, rule, episode).missing)
    if rule.reason and not reason:
        missing.append("Give the reason.")
    if rule.closures and (closure or rule.closures[0]) not in rule.closures:
        missing.append(f"Choose why it ends: {words.listed(list(rule.closures), 'or')}.")
    if len(rule.closures) > 1 and not closure and rule.key != "close":
        missing.append("Choose why it ends.")
    if on > session.today or on < episode.opened_on:
        missing.append(f"Give a day from {words.day(episode.opened_on)} to today.")
    if missing:
        kind = NotAllowed if any("Nobody approves their own" in each for each in missing) else Problem
        raise kind(f"{child.name}: {' '.join(missing)} Nothing was changed.")
    if rule.key == "close":
        closure = closure or _summed_up_as(session, episode)
    elif rule.closures:
        closure = closure or rule.closures[0]
    _moved(session, child, episode, rule, on, reason, closure)


def _summed_up_as(session: Session, episode: HelpEpisode) -> str:
    signed = queries.signed(session, episode.id, "early-help-closing")
    return str(signed.document.answers.get("reason", "")) if signed else ""


def _moved(
    session: Session, child: Child, episode: HelpEpisode, rule: _Rule, on: date, reason: str, closure: str
) -> None:
    was = episode.status
    episode.status = rule.to or _status_before(session, episode)
    if episode.status in ENDED:
        episode.closed_on, episode.closure = on, closure
        _close_child(child, episode)
    elif was in ENDED:
        episode.closed_on, episode.closure = None, ""
        _open_child(child)
    said = ": ".join(part for part in (dict(CLOSURES).get(closure, ""), reason) if part)
    episodes.add_step(session, episode, "moved", on, was=was, now=episode.status, reason=said)
    dates.refresh(session, child)


def _status_before(session: Session, episode: HelpEpisode) -> str:
    """Return the status that the present one interrupted; of a record that never got further, the first."""
    steps = [each for each in queries.of_episode(session, HelpStep, [episode.id]) if each.kind == "moved"]
    interrupted = {episode.status, "consent_withdrawn", "paused", "closing", *ENDED}
    return next((each.was for each in reversed(steps) if each.was and each.was not in interrupted), "draft")


def _close_child(child: Child, episode: HelpEpisode) -> None:
    """Let the child's own status follow: early help was all there was, or social care takes over."""
    if child.status != "early_help":
        return
    if episode.status == "stepped_up":
        child.status = _CLOSED_AS.get(episode.closure, child.status)
    elif episode.status != "void":
        child.status, child.closed_on = "closed", episode.closed_on


def _open_child(child: Child) -> None:
    if child.status == "closed":
        child.status, child.closed_on = "early_help", None

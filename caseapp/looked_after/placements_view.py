"""Episodes and placements as their page shows them: the line of care, its bars, each placement in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import ages, codes, words
from caseapp.clocks import Running
from caseapp.events import care_periods, placement_starts
from caseapp.looked_after import placement_plan, visits
from caseapp.looked_after.episode_chain import Chain
from caseapp.looked_after.episode_rule import About
from caseapp.looked_after.episode_rules import ADULT, judge
from caseapp.looked_after.episodes import about as about_child
from caseapp.looked_after.episodes import stretch
from caseapp.looked_after.new_rows import NewPlacement
from caseapp.looked_after.timing import given, of_care, of_clocks
from caseapp.looked_after.visit_rules import Regime
from caseapp.returns.episode_checks import CONTINUES, SHORT_BREAKS
from db import children as queries
from db.children import child_of
from db.models import Address, Child, Episode, Placement, Revision
from db.store import Session

WITHHELD = "Withheld"
_PLAN_CLOCK, _NOTICE_CLOCK = "L1", "L2"
_APPROVALS = {"nominated_officer": "nominated officer", "director": "director of children’s services"}


class EpisodeRow(NamedTuple):
    """An episode in words; `at` is its place in the chain, `wrong` what the rules say of it."""

    id: UUID
    version: int
    at: int
    started_on: date
    ended_on: date | None
    began: str
    legal_status: str
    placement: str
    provider: str
    ended: str
    wrong: tuple[str, ...]


class PlacementRow(NamedTuple):
    """A placement as it is lived. `id` is none while nothing is recorded of it beside its episodes."""

    id: UUID | None
    version: int
    given: NewPlacement
    started_on: date
    ended_on: date | None
    kind: str
    provider: str
    facts: tuple[tuple[str, str], ...]
    plan: tuple[str, str]
    """The placement plan in words, and their meaning."""
    notice: tuple[str, str]
    regime: Regime | None


class BarRow(NamedTuple):
    """A stretch of one legal status or placement, to be drawn as a bar."""

    row: str
    label: str
    started_on: date
    ended_on: date | None


class PlacementsView(NamedTuple):
    """Everything the page shows; episodes and placements newest first, `chain` oldest first."""

    head: str
    about: About
    chain: Chain
    home_postcode: str
    versions: dict[UUID, int]
    bars: list[BarRow]
    episodes: list[EpisodeRow]
    placements: list[PlacementRow]

    @property
    def may_begin(self) -> bool:
        """Return whether care may begin now: nobody begins to be looked after at 18 (rule 352)."""
        born_on = self.about.born_on
        return born_on is None or ages.age(born_on, self.about.today) < ADULT


def view(session: Session, child_id: UUID) -> PlacementsView:
    """Return the episodes and placements of a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    rows = queries.of_child(session, Episode, child_id, Episode.started_on)
    chain = tuple(stretch(each) for each in rows)
    about = about_child(session, child)
    placements = _placements(session, child, rows) if rows else []
    return PlacementsView(
        _head(rows, placements),
        about,
        chain,
        _home_postcode(session, child, rows),
        {each.id: each.version for each in rows},
        [*_bars("Legal status", rows, "LS", "legal_status"), *_bars("Placement", rows, "PLACE", "placement")],
        _episodes(rows, about, chain)[::-1],
        placements,
    )


def _home_postcode(session: Session, child: Child, rows: Sequence[Episode]) -> str:
    """Return the postcode of the home from which a child would come into care now."""
    addresses = queries.of_child(session, Address, child.id, Address.from_on)
    now = next((each.postcode for each in reversed(addresses) if each.until_on is None), "")
    return now or (rows[-1].home_postcode if rows else "")


def _head(rows: Sequence[Episode], placements: Sequence[PlacementRow]) -> str:
    periods = care_periods(rows)
    if not periods:
        return "Short breaks only: not looked after for longer." if rows else "Not looked after so far."
    started_on, ended_on = periods[-1]
    if ended_on:
        return f"Not looked after now. Last from {words.day(started_on)} to {words.day(ended_on)}."
    law = codes.meaning("LS", rows[-1].legal_status)
    at = f" {where}." if (where := _lived_at(placements)) and not rows[-1].placement.startswith("T") else ""
    return (
        f"Looked after since {words.day(started_on)}. Now: {_lowered(law)}; {_lowered(_kind(rows[-1]))}.{at}"
    )


def _lived_at(placements: Sequence[PlacementRow]) -> str:
    """Return with whom a child lives now; of a home without named carers, where."""
    if not placements:
        return ""
    told = placements[0].given
    return f"With {told.carers}" if told.carers else f"At {told.home_name}" if told.home_name else ""


def _kind(row: Episode) -> str:
    return codes.meaning("PLACE", row.placement) or "placement not recorded"


def _lowered(text: str) -> str:
    """Return words as they stand inside a sentence; what begins with initials stays."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _episodes(rows: Sequence[Episode], about: About, chain: Chain) -> list[EpisodeRow]:
    wrong = judge(about, chain)
    return [
        EpisodeRow(
            row.id,
            row.version,
            at,
            row.started_on,
            row.ended_on,
            codes.meaning("RNE", row.reason_started),
            codes.meaning("LS", row.legal_status),
            codes.meaning("PLACE", row.placement),
            codes.meaning("PLACE_PROVIDER", row.provider),
            _why_ended(row),
            tuple(each.said() for each in wrong if each.at == at),
        )
        for at, row in enumerate(rows)
    ]


def _why_ended(row: Episode) -> str:
    if row.reason_ended != CONTINUES:
        return codes.meaning("REC", row.reason_ended)
    return codes.meaning("REASON_PLACE_CHANGE", row.reason_moved)


def _bars(name: str, rows: Sequence[Episode], field: str, column: str) -> list[BarRow]:
    """Return one bar for each unbroken time with the same code."""
    found: list[tuple[str, BarRow]] = []
    for row in rows:
        code = getattr(row, column)
        if found and found[-1][0] == code and found[-1][1].ended_on == row.started_on:
            found[-1] = code, found[-1][1]._replace(ended_on=row.ended_on)
        else:
            label = codes.meaning(field, code) or "Not recorded"
            found.append((code, BarRow(name, label, row.started_on, row.ended_on)))
    return [bar for _, bar in found]


def _placements(session: Session, child: Child, rows: Sequence[Episode]) -> list[PlacementRow]:
    starts, today = placement_starts(rows), session.today
    lived = {each.episode_id: each for each in queries.of_child(session, Placement, child.id)}
    clocks = of_care(session, child)
    regime = visits.view(session, child.id).regime
    plans = placement_plan.signed_plans(session, child.id)
    found = []
    for number, first in enumerate(starts):
        until = starts[number + 1].started_on if number + 1 < len(starts) else None
        within = [each for each in rows if first.started_on <= each.started_on < (until or date.max)]
        ended_on = _ended_on(within)
        is_now = number == len(starts) - 1 and ended_on is None
        plan = placement_plan.plan_of(plans, first.started_on, until)
        held = lived.get(first.id)
        told = given(NewPlacement, held) if held else NewPlacement(first.id)
        usual = [each for each in within if not each.placement.startswith("T")][-1]
        found.append(
            PlacementRow(
                held.id if held else None,
                held.version if held else 0,
                told,
                first.started_on,
                ended_on,
                codes.meaning("PLACE", usual.placement),
                codes.meaning("PLACE_PROVIDER", usual.provider),
                _facts(told, held is not None),
                _plan(clocks, plan, first.started_on, today),
                _notice(clocks, first.started_on, told.notified_on, today),
                regime if is_now else None,
            )
        )
    return found[::-1]


def _ended_on(within: Sequence[Episode]) -> date | None:
    """Return when a placement ended: with its last episode, of short breaks too."""
    counted = [each for each in within if each.legal_status not in SHORT_BREAKS] or within
    return counted[-1].ended_on


def _plan(clocks: Sequence[Running], plan: Revision | None, started_on: date, today: date) -> tuple[str, str]:
    """Return how the placement plan stands: words, and their meaning. A note may tell of one on paper."""
    each = _clock(clocks, _PLAN_CLOCK, started_on)
    if plan and (signed_on := plan.dated_on or plan.started_on):
        return _done("Placement plan signed", signed_on, each.due_on if each else signed_on)
    if each is None:
        return "", ""
    if each.met_on:
        said, meaning = _done("Placement plan noted as signed", each.met_on, each.due_on)
        return f"{said}. It is not written in this record", meaning
    return _open("Placement plan", each, today)


def _notice(
    clocks: Sequence[Running], started_on: date, told_on: date | None, today: date
) -> tuple[str, str]:
    """Return how the notice to everybody stands; a day of its own counts for this placement only."""
    each = _clock(clocks, _NOTICE_CLOCK, started_on)
    if told_on:
        return _done("Everybody told", told_on, each.due_on if each else told_on)
    if each is None or each.met_on:
        return "", ""
    return _open("Notice to all", each, today)


def _clock(clocks: Sequence[Running], clock: str, started_on: date) -> Running | None:
    return next((each for each in of_clocks(clocks, (clock,)) if each.started_on == started_on), None)


def _done(said: str, on: date, due_on: date) -> tuple[str, str]:
    if on > due_on:
        return f"{said} {words.day(on)}, late", "due_soon"
    return f"{said} {words.day(on)}", "on_track"


def _open(what: str, each: Running, today: date) -> tuple[str, str]:
    if each.ended_on:
        return f"{what} not recorded", "neutral"
    if each.due_on < today:
        return f"{what} was due {words.day(each.due_on)}", "overdue"
    return f"{what} due {words.day(each.due_on)}", "due_soon"


def _facts(told: NewPlacement, is_recorded: bool) -> tuple[tuple[str, str], ...]:
    if not is_recorded:
        return ()
    address = WITHHELD if told.withheld else ", ".join(told.lines.splitlines())
    facts = (
        ("Carers", told.carers),
        ("Home", told.home_name),
        ("Address", address),
        ("Telephone", WITHHELD if told.withheld and told.phone else told.phone),
        ("Distance from home", f"{told.distance / 10:.1f} miles" if told.distance is not None else ""),
        ("In our area", _area(told)),
        ("Approved", _approved(told)),
        ("Told of it", told.notified),
        ("Notice of its end", _notice_of_end(told)),
        ("Long-term", f"Meant to last to 18, since {words.day(told.to_18_from)}" if told.to_18_from else ""),
        ("Notes", told.words),
    )
    return tuple(fact for fact in facts if fact[1])


def _area(told: NewPlacement) -> str:
    if told.in_area is None:
        return ""
    if told.in_area:
        return "Yes"
    return "No, in an area next to ours" if told.adjoining else "No, at a distance"


def _approved(told: NewPlacement) -> str:
    if not told.approval:
        return ""
    on = f" on {words.day(told.approved_on)}" if told.approved_on else ""
    return f"{told.approved_by}, {_APPROVALS[told.approval]}{on}"


def _notice_of_end(told: NewPlacement) -> str:
    given_on = f"Given on {words.day(told.notice_on)}" if told.notice_on else ""
    without = "The placement ended without notice" if told.ended_without_notice else ""
    return ". ".join(part for part in (without, given_on) if part)

"""A child's episodes of care as one chain: begun, changed, ended, put right, taken off. Pure: no store.

The worker says what happened; the codes of the return (why an episode began, X1 where care goes on) follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp.returns.episode_checks import CONTINUES, SHORT_BREAKS, TEMPORARY
from caseapp.returns.postcodes import bare

BEGINS: Final = "S"
LEGAL, PLACEMENT, SAME_CARER, BOTH, BOTH_SAME_CARER, AWAY, BACK = (
    "legal", "placement", "same_carer", "both", "both_same_carer", "away", "back",
)  # fmt: skip
REASONS: Final = {
    LEGAL: "L", PLACEMENT: "P", SAME_CARER: "T", BOTH: "B", BOTH_SAME_CARER: "U", AWAY: "P", BACK: "P",
}  # fmt: skip
"""The return's reason for a new episode, by what changed."""
OF_LAW: Final = frozenset({LEGAL, BOTH, BOTH_SAME_CARER})
OF_PLACE: Final = frozenset({PLACEMENT, SAME_CARER, BOTH, BOTH_SAME_CARER})
_SAME_CARER: Final = frozenset({"T", "U"})


class Stretch(NamedTuple):
    """An episode of care; `id` is that of its row, none while it is only typed."""

    started_on: date
    reason_started: str
    legal_status: str
    category_of_need: str = ""
    placement: str = ""
    provider: str = ""
    ended_on: date | None = None
    reason_ended: str = ""
    reason_moved: str = ""
    home_postcode: str = ""
    placement_postcode: str = ""
    urn: str = ""
    id: UUID | None = None

    @property
    def is_temporary(self) -> bool:
        """Whether the child is away from the usual placement for a while."""
        return self.placement in TEMPORARY

    @property
    def is_short_break(self) -> bool:
        """Whether it belongs to a series of short breaks."""
        return self.legal_status in SHORT_BREAKS

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What makes one placement another, as the return sees it."""
        return self.placement, self.provider, self.urn, bare(self.placement_postcode)


Chain = tuple[Stretch, ...]
"""Episodes of one child, the oldest first."""


@dataclass(frozen=True)
class Beginning:
    """Care begins."""

    started_on: date
    legal_status: str
    placement: str
    category_of_need: str = ""
    provider: str = ""
    home_postcode: str = ""
    placement_postcode: str = ""
    urn: str = ""


@dataclass(frozen=True)
class Change:
    """Something changed while care goes on. `kind`: what; `reason_moved`: why the last placement ended."""

    changed_on: date
    kind: str
    legal_status: str = ""
    placement: str = ""
    provider: str = ""
    placement_postcode: str = ""
    urn: str = ""
    reason_moved: str = ""


@dataclass(frozen=True)
class Ending:
    """Care ends. Who approved it and other words go into a note of that day."""

    ended_on: date
    reason_ended: str
    approved_by: str = ""
    words: str = ""


@dataclass(frozen=True)
class Correction:
    """An episode as it should have been recorded. `same_carer` counts where the placement changed with it."""

    started_on: date
    legal_status: str
    category_of_need: str = ""
    placement: str = ""
    provider: str = ""
    ended_on: date | None = None
    reason_ended: str = ""
    reason_moved: str = ""
    home_postcode: str = ""
    placement_postcode: str = ""
    urn: str = ""
    same_carer: bool = False


def is_open(chain: Chain) -> bool:
    """Return whether care goes on."""
    return bool(chain) and chain[-1].ended_on is None


def goes_on(before: Stretch, after: Stretch) -> bool:
    """Return whether one episode carries on the care of the other."""
    return before.reason_ended == CONTINUES and before.ended_on == after.started_on


def begin(chain: Chain, new: Beginning) -> Chain:
    """Return the chain with a period of care begun."""
    made = Stretch(
        new.started_on, BEGINS, new.legal_status, new.category_of_need, new.placement, new.provider,
        home_postcode=new.home_postcode, placement_postcode=new.placement_postcode, urn=new.urn,
    )  # fmt: skip
    return (*chain, made)


def change(chain: Chain, new: Change) -> Chain:
    """Return the chain, whose last episode is open, with that one ended and the next begun the same day."""
    last = chain[-1]
    made = last._replace(started_on=new.changed_on, reason_started=REASONS[new.kind], id=None)
    if new.kind in OF_LAW:
        made = made._replace(legal_status=new.legal_status)
    if new.kind in OF_PLACE:
        made = made._replace(
            placement=new.placement, provider=new.provider, urn=new.urn,
            placement_postcode=new.placement_postcode,
        )  # fmt: skip
    elif new.kind == AWAY:
        # Without provider or URN, and at the postcode of the usual placement: the child goes back to it.
        made = made._replace(placement=new.placement, provider="", urn="")
    elif new.kind == BACK:
        made = _back(made, usual(chain))
    moved = new.reason_moved if new.kind in OF_PLACE and not last.is_temporary else ""
    ended = last._replace(ended_on=new.changed_on, reason_ended=CONTINUES, reason_moved=moved)
    return (*chain[:-1], ended, made)


def usual(chain: Chain) -> Stretch:
    """Return the last episode that was no temporary move; the last of all where every one was."""
    return next((each for each in reversed(chain) if not each.is_temporary), chain[-1])


def _back(made: Stretch, there: Stretch) -> Stretch:
    return made._replace(
        placement=there.placement, provider=there.provider, urn=there.urn,
        placement_postcode=there.placement_postcode,
    )  # fmt: skip


def end(chain: Chain, new: Ending) -> Chain:
    """Return the chain with its open episode ended, and the care with it."""
    return (*chain[:-1], chain[-1]._replace(ended_on=new.ended_on, reason_ended=new.reason_ended))


def put_right(chain: Chain, at: int, new: Correction) -> Chain:
    """Return the chain with one episode corrected; those that touched it still touch it.

    The category of need is one for the whole period of care, so it is corrected in all of it.
    """
    was, found = chain[at], list(chain)
    joined_before = at > 0 and goes_on(chain[at - 1], was)
    joined_after = at + 1 < len(chain) and goes_on(was, chain[at + 1])
    found[at] = was._replace(
        started_on=new.started_on, legal_status=new.legal_status, placement=new.placement,
        provider=new.provider, ended_on=new.ended_on, reason_ended=new.reason_ended,
        reason_moved=new.reason_moved, home_postcode=new.home_postcode,
        placement_postcode=new.placement_postcode, urn=new.urn,
    )  # fmt: skip
    if joined_before:
        found[at - 1] = found[at - 1]._replace(ended_on=new.started_on)
        found[at] = _with_reason(found[at - 1], found[at], new.same_carer)
    if joined_after and new.ended_on:
        after = chain[at + 1]._replace(started_on=new.ended_on)
        found[at + 1] = _with_reason(found[at], after, after.reason_started in _SAME_CARER)
    for place in _period(chain, at):
        found[place] = found[place]._replace(category_of_need=new.category_of_need)
    return tuple(found)


def take_off(chain: Chain, at: int) -> Chain:
    """Return the chain without an episode that never was; the one before lasts on over its time.

    Where nothing then differs from the episode after it, that one goes too: it is the same stretch.
    """
    gone, found = chain[at], list(chain)
    before = chain[at - 1] if at > 0 and goes_on(chain[at - 1], gone) else None
    after = chain[at + 1] if at + 1 < len(chain) and goes_on(gone, chain[at + 1]) else None
    if after is not None:
        found[at + 1] = after._replace(reason_started=BEGINS)
    if before is not None:
        found[at - 1] = _lasting_to(before, gone)
        if after is not None and after.place == before.place and after.legal_status == before.legal_status:
            found[at - 1] = _lasting_to(before, after)
            del found[at + 1]
        elif after is not None:
            same = {gone.reason_started, after.reason_started} <= {*_SAME_CARER, "L"}
            found[at - 1] = found[at - 1]._replace(reason_moved=_why_moved(before, gone, after))
            found[at + 1] = _with_reason(before, after, same)
    del found[at]
    return tuple(found)


def _lasting_to(before: Stretch, last: Stretch) -> Stretch:
    return before._replace(
        ended_on=last.ended_on, reason_ended=last.reason_ended, reason_moved=last.reason_moved
    )


def _why_moved(before: Stretch, gone: Stretch, after: Stretch) -> str:
    """Return why the last placement ended: as the episode taken off had it, else as it had itself."""
    stays = before.place == after.place or after.is_temporary or before.is_temporary
    return "" if stays else gone.reason_moved or before.reason_moved


def _with_reason(before: Stretch, after: Stretch, same_carer: bool) -> Stretch:
    """Return the later episode with the reason that fits what changed; unchanged where nothing did."""
    moved, law = before.place != after.place, before.legal_status != after.legal_status
    same_carer = same_carer and not (before.is_temporary or after.is_temporary)
    reason = {
        (True, False): SAME_CARER if same_carer else PLACEMENT,
        (True, True): BOTH_SAME_CARER if same_carer else BOTH,
        (False, True): LEGAL,
    }.get((moved, law))
    return after._replace(reason_started=REASONS[reason]) if reason else after


def _period(chain: Chain, at: int) -> range:
    """Return the places of the episodes of the same unbroken time in care."""
    first = last = at
    while first > 0 and goes_on(chain[first - 1], chain[first]):
        first -= 1
    while last + 1 < len(chain) and goes_on(chain[last], chain[last + 1]):
        last += 1
    return range(first, last + 1)


def period_began_on(chain: Chain, at: int) -> date:
    """Return the day on which the unbroken time in care began to which an episode belongs."""
    return chain[_period(chain, at)[0]].started_on

"""What a case weighs beside others: points by status, for a court, and for brothers and sisters together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from caseapp.caseload.cases import Case
from caseapp.caseload.settled import Settled


def points(cases: Sequence[Case], settled: Settled) -> list[Decimal]:
    """Return what each of one worker's cases weighs: the most that its status or a court gives it.

    Of brothers and sisters with the same worker the heaviest weighs whole, the others as siblings do.
    """
    alone = [weighed_alone(each.status, settled, in_court=each.in_court) for each in cases]
    if not any(each.siblings for each in cases):
        return alone
    order = sorted(range(len(cases)), key=lambda place: (-alone[place], place))
    family = _families(cases)
    found, begun = list(alone), set[int]()
    for place in order:
        if family(place) in begun:
            found[place] = min(alone[place], settled["sibling"])
        begun.add(family(place))
    return found


def weighed(cases: Sequence[Case], settled: Settled) -> Sequence[Case]:
    """Return one worker's cases with what each weighs beside the others, given what it weighs alone."""
    if not any(each.siblings for each in cases):
        return cases
    return [case._replace(points=each) for case, each in zip(cases, points(cases, settled), strict=True)]


def weighed_alone(status: str, settled: Settled, *, in_court: bool = False) -> Decimal:
    """Return what a case weighs by itself: by its status, or for a court if that is more."""
    by_status = settled[status]
    return max(by_status, settled["court"]) if in_court else by_status


def _families(cases: Sequence[Case]) -> Callable[[int], int]:
    """Return what gives a case's place the first place of its family: those joined by a chain of siblings."""
    places = {each.child_id: place for place, each in enumerate(cases) if each.child_id}
    joined: dict[int, set[int]] = {place: set() for place in range(len(cases))}
    for place, each in enumerate(cases):
        for sibling in each.siblings & places.keys():
            joined[place].add(places[sibling])
            joined[places[sibling]].add(place)
    first: dict[int, int] = {}
    for place in joined:
        waiting = [place]
        while waiting:
            one = waiting.pop()
            if one not in first:
                first[one] = place
                waiting += joined[one]
    return first.__getitem__

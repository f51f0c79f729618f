"""Rules about how a child's episodes join: nothing missing, nothing twice, and reasons that fit what changed.

Where the published checker differs from the rule, the rule is done: 336 is about A3 and A5 (the current
foster carers adopt; the checker takes A3 and A4), 383 asks for P also where the usual placement is not at
hand, and 435 takes two blank cells for the same (the checker does not).
"""

from __future__ import annotations

from collections.abc import Iterator

from caseapp.returns.episode_checks import (
    ADOPTED,
    CONTINUES,
    FOR_ADOPTION,
    FOSTER,
    TEMPORARY,
    alone,
    at_before,
    at_next,
    first_of_each,
    goes_on,
    linked,
)
from caseapp.returns.postcodes import bare
from caseapp.returns.rule import Fault, Rule
from caseapp.returns.tables import Line, Return

_PLACE = ("PLACE", "PLACE_PROVIDER", "URN")
_MOVES = frozenset({"P", "T", "B", "U"})
_DIED, _WAS_ADULT = "E2", "E15"


def _care_ended(line: Line) -> bool:
    return line["REC"].startswith("E")  # as every reason does but X1


def _place_changed(before: Line, after: Line) -> bool:
    moved = bare(before["PL_POST"]) != bare(after["PL_POST"])
    return moved or any(before[column] != after[column] for column in _PLACE)


def _status_changed(before: Line, after: Line) -> bool:
    return before["LS"] != after["LS"]


def _lacks_reason(before: Line, after: Line) -> bool:
    temporary = TEMPORARY & {before["PLACE"], after["PLACE"]}
    return (
        before["REC"] == CONTINUES
        and not before["REASON_PLACE_CHANGE"]
        and after["RNE"] in _MOVES
        and not temporary
    )


def _temporary_with_reason(told: Return) -> Iterator[Fault]:
    """Tell each reason once, at the episode that holds it."""
    columns = ("REASON_PLACE_CHANGE", "PLACE")
    for line in told.lines("Episodes"):
        if line["PLACE"] in TEMPORARY and line["REASON_PLACE_CHANGE"]:
            yield Fault(line, columns)
    for before, after in linked(told):
        into = after["PLACE"] in TEMPORARY and before["PLACE"] not in TEMPORARY
        if into and before["REASON_PLACE_CHANGE"]:
            yield Fault(before, columns)


def _adopted_before(told: Return) -> Iterator[Fault]:
    for child in told.children:
        last_year = told.prior.episodes(child) if told.prior else ()
        adopted = any(line["REC"] in ADOPTED for line in last_year)
        for line in told.episodes(child):
            if adopted:
                yield Fault(line, ("CHILD", "REC"))
            adopted = adopted or line["REC"] in ADOPTED


def _first_without_start(told: Return) -> Iterator[Fault]:
    for line in first_of_each(told):
        if line["RNE"] != "S" and (line.day("DECOM") or told.starts_on) >= told.starts_on:
            yield Fault(line, ("RNE",))


def _does_not_go_back(told: Return) -> Iterator[Fault]:
    for child in told.children:
        episodes = told.episodes(child)
        for at in range(1, len(episodes)):
            usual = episodes[at - 2] if at > 1 else None
            if episodes[at - 1]["PLACE"] in TEMPORARY and not _is_back(usual, episodes[at]):
                yield Fault(episodes[at], ("PLACE", "PL_POST", "RNE"))


def _is_back(usual: Line | None, line: Line) -> bool:
    """Return whether an episode after a temporary one is the usual placement, as far as that one is told."""
    if usual is None:
        return line["RNE"] == "P"
    there = line["PLACE"] == usual["PLACE"] and bare(line["PL_POST"]) == bare(usual["PL_POST"])
    return line["RNE"] == "P" and there


def _ends_amiss(told: Return) -> Iterator[Fault]:
    """Tell each end whose reason says that care goes on where it does not, or the other way."""
    for child in told.children:
        episodes = told.episodes(child)
        for at, line in enumerate(episodes):
            followed = at + 1 < len(episodes) and goes_on(line, episodes[at + 1])
            if line["REC"] and followed != (line["REC"] == CONTINUES):
                yield Fault(line, ("REC", "DEC"))


def _starts_too_early(before: Line, after: Line) -> bool:
    ended_on, started_on = before.day("DEC"), after.day("DECOM")
    return bool(ended_on and started_on and started_on < ended_on)


def _starts_anew_too_early(before: Line, after: Line) -> bool:
    return after["RNE"] == "S" and (goes_on(before, after) or _starts_too_early(before, after))


def _need_changed(before: Line, after: Line) -> bool:
    return before["REC"] == CONTINUES and goes_on(before, after) and before["CIN"] != after["CIN"]


RULES: tuple[Rule, ...] = (
    Rule(
        "142",
        "A later episode has started, but this one has no end.",
        "Give the end of this episode and its reason.",
        at_before("DEC", "REC", broken=lambda before, _: not (before["DEC"] and before["REC"])),
    ),
    Rule(
        "199",
        "The child was adopted earlier, and has an episode after it.",
        "An adopted child who comes into care again is a new child with another reference.",
        _adopted_before,
    ),
    Rule(
        "225",
        "The placement changed, but no reason for the change is given.",
        "Choose the reason at the episode that ends.",
        at_before("REASON_PLACE_CHANGE", broken=_lacks_reason),
    ),
    Rule(
        "226",
        "A reason for a change of placement stands at a move to or from a temporary placement.",
        "Leave the reason blank: the usual placement goes on.",
        _temporary_with_reason,
    ),
    Rule(
        "233",
        "The episode is open, but has a reason for a change of placement.",
        "Leave the reason blank until the episode ends.",
        alone(
            "REASON_PLACE_CHANGE",
            "DEC",
            broken=lambda line: not line["DEC"] and bool(line["REASON_PLACE_CHANGE"]),
        ),
    ),
    Rule(
        "336",
        "The child is placed for adoption with the current foster carers, but was not fostered before it.",
        "Before A3 or A5 comes a foster placement (U1 to U6) or one for adoption: check both episodes.",
        at_next(
            "PLACE",
            broken=lambda before, after: (
                after["PLACE"] in ("A3", "A5") and before["PLACE"] not in FOSTER | FOR_ADOPTION
            ),
        ),
    ),
    Rule(
        "357",
        "The first episode of the child does not start with S.",
        "Choose S, or give the episode that comes before it.",
        _first_without_start,
    ),
    Rule(
        "380",
        "A temporary placement starts with a reason that does not fit.",
        "Care never starts in a temporary placement: it begins with P, or B if the legal status changes too.",
        alone(
            "RNE",
            "PLACE",
            broken=lambda line: line["PLACE"] in TEMPORARY and line["RNE"] not in ("P", "B"),
        ),
    ),
    Rule(
        "383",
        "After a temporary placement the child did not go back to the usual one.",
        "The next episode has the reason P and the placement and postcode from before the temporary one.",
        _does_not_go_back,
    ),
    Rule(
        "388",
        "The reason why the episode ended does not agree with what comes after it.",
        "X1 needs an episode that starts on the same day; any other reason ends the care.",
        _ends_amiss,
    ),
    Rule(
        "431",
        "The episode starts with S, but the one before had not ended by the day before.",
        "If care went on, choose the reason for what changed; if not, check the dates.",
        at_next("RNE", "DECOM", broken=_starts_anew_too_early),
    ),
    Rule(
        "432",
        "Care had ended with the episode before, but this one does not start with S.",
        "Choose S, or end the episode before with X1.",
        at_next(
            "RNE",
            broken=lambda before, after: _care_ended(before) and after["RNE"] != "S",
        ),
    ),
    Rule(
        "433",
        "The episode carries care on, but does not start on the day on which the one before ended.",
        "Mend the dates so that there is no gap and no overlap, or choose S if care began anew.",
        at_next(
            "DECOM",
            "RNE",
            broken=lambda before, after: after["RNE"] in _MOVES | {"L"} and not goes_on(before, after),
        ),
    ),
    Rule(
        "434",
        "The reason is a change of legal status alone, but the episodes tell another change.",
        "For L only the legal status differs from the episode before: mend the reason or the rest.",
        at_next(
            "RNE",
            "LS",
            *_PLACE,
            "PL_POST",
            broken=lambda before, after: (
                after["RNE"] == "L" and (not _status_changed(before, after) or _place_changed(before, after))
            ),
        ),
    ),
    Rule(
        "435",
        "The reason is a change of placement alone, but the episodes tell another change.",
        "For P and T the placement differs and the legal status does not: mend the reason or the rest.",
        at_next(
            "RNE",
            "LS",
            *_PLACE,
            "PL_POST",
            broken=lambda before, after: (
                after["RNE"] in ("P", "T")
                and (_status_changed(before, after) or not _place_changed(before, after))
            ),
        ),
    ),
    Rule(
        "436",
        "The reason is a change of both placement and legal status, but not both of them changed.",
        "For B and U both differ from the episode before: mend the reason or the rest.",
        at_next(
            "RNE",
            "LS",
            *_PLACE,
            "PL_POST",
            broken=lambda before, after: (
                after["RNE"] in ("B", "U")
                and not (_status_changed(before, after) and _place_changed(before, after))
            ),
        ),
    ),
    Rule(
        "437",
        "The child died or was found to be an adult, but a later episode follows.",
        "Check the reason why this episode ended, and the episodes after it.",
        at_before("REC", broken=lambda before, _: before["REC"] in (_DIED, _WAS_ADULT)),
    ),
    Rule(
        "501",
        "The episode starts before the one before it ended.",
        "Mend the start, or the end of the one before.",
        at_next("DECOM", "DEC", broken=_starts_too_early),
    ),
    Rule(
        "504",
        "The category of need changed while care went on.",
        "The category of need stays as it was when care began.",
        at_next("CIN", broken=_need_changed),
    ),
)

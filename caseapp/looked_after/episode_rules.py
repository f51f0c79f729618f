"""What must hold of a child's episodes, judged while they are typed, in a worker's words. Pure: no store.

Each rule has the number of the Department's check of the SSDA903 return, or the guide it rests on. What
cannot be is refused; what may be, but is seldom right or not complete yet, is a warning. Here are the rules
about days and about how episodes join; `episode_code_rules` has those about codes that go together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from caseapp import ages, words
from caseapp.looked_after.episode_chain import BEGINS, Chain, Stretch, goes_on
from caseapp.looked_after.episode_code_rules import CODE_RULES
from caseapp.looked_after.episode_length_rules import LENGTH_RULES
from caseapp.looked_after.episode_rule import About, Rule, Seen, Trouble, of_one, of_pair
from caseapp.returns.episode_checks import ADOPTED, CONTINUES

ADULT: Final = 18
_ACT_BEGAN_ON: Final = date(1991, 10, 14)
_MOVES: Final = frozenset({"P", "T", "B", "U"})
_DIED, _WAS_ADULT = "E2", "E15"


def _moved(before: Stretch, it: Stretch) -> bool:
    return before.place != it.place


def _law_changed(before: Stretch, it: Stretch) -> bool:
    return before.legal_status != it.legal_status


def _says(reasons: str, wrong: Callable[[Stretch, Stretch], bool]) -> Callable[[Seen], bool]:
    """Return a check of the episodes that begin with one of some reasons, where they carry care on."""
    return of_pair(lambda before, it: it.reason_started in reasons and wrong(before, it))


def _ends_amiss(seen: Seen) -> bool:
    followed = seen.after is not None and seen.it.ended_on == seen.after.started_on
    return bool(seen.it.reason_ended) and followed != (seen.it.reason_ended == CONTINUES)


def _lacks_reason_moved(seen: Seen) -> bool:
    it, after = seen.it, seen.after
    if after is None or it.is_temporary or after.is_temporary:
        return False
    return it.reason_ended == CONTINUES and not it.reason_moved and after.reason_started in _MOVES


def _reason_at_temporary_move(seen: Seen) -> bool:
    away = seen.it.is_temporary or (seen.after is not None and seen.after.is_temporary)
    return bool(seen.it.reason_moved) and away


def _does_not_go_back(seen: Seen) -> bool:
    before = seen.before
    if before is None or not before.is_temporary or not goes_on(before, seen.it):
        return False
    if seen.it.is_temporary:
        return before.placement != seen.it.placement
    usual = next((each for each in reversed(seen.chain[: seen.at]) if not each.is_temporary), None)
    if usual is None or seen.it.reason_started in ("T", "U"):
        return True
    return (usual.placement, usual.place[-1]) != (seen.it.placement, seen.it.place[-1])


def _law_changed_while_away(seen: Seen) -> bool:
    before = seen.before
    return before is not None and before.is_temporary and seen.it.reason_started in ("L", "B")


def _open_at_home_of_their_own(it: Stretch) -> bool:
    return it.legal_status == "V2" and it.placement == "K2"


def _starts_as_adult(seen: Seen) -> bool:
    return seen.reached(ADULT, seen.it.started_on) and not _open_at_home_of_their_own(seen.it)


def _ends_as_adult(seen: Seen) -> bool:
    born_on, ended_on = seen.about.born_on, seen.it.ended_on
    late = born_on is not None and ended_on is not None and ended_on > ages.birthday(born_on, ADULT)
    return late and not _open_at_home_of_their_own(seen.it)


def _open_as_adult(seen: Seen) -> bool:
    open_ = seen.it.ended_on is None and seen.after is None
    return open_ and seen.reached(ADULT, seen.about.today) and not _open_at_home_of_their_own(seen.it)


TIME_RULES: Final = (
    Rule("353", "started_on", "The Children Act 1989 began on 14/10/1991: check the year.",
         of_one(lambda it: it.started_on < _ACT_BEGAN_ON)),
    Rule("354", "started_on", "{start} is still to come. Give the day it happened.",
         lambda seen: seen.it.started_on > seen.about.today),
    Rule("385", "ended_on", "{end} is still to come. Give the day it happened.",
         lambda seen: (seen.it.ended_on or date.min) > seen.about.today),
    Rule("302", "started_on", "{start} is before the child was born.",
         lambda seen: seen.about.born_on is not None and seen.it.started_on < seen.about.born_on),
    Rule("352", "started_on", "The child was 18 by {start}: nobody begins to be looked after at 18.",
         lambda seen: seen.it.reason_started == BEGINS and seen.reached(ADULT, seen.it.started_on)),
    Rule("359", "started_on", "The child was 18 by {start}. Care ends on the 18th birthday at the latest: "
         "only section 20 in a children’s home may go on.",
         lambda seen: seen.it.reason_started != BEGINS and _starts_as_adult(seen)),
    Rule("359", "ended_on", "Care ends on the 18th birthday at the latest. "
         "Only section 20 in a children’s home may go on.", _ends_as_adult),
    Rule("359", "", "The child is 18, and care is still open: end it with the day of the 18th birthday.",
         _open_as_adult, refuses=False),
    Rule("355", "ended_on", "It begins and ends on {start}. An episode lasts a night at least.",
         of_one(lambda it: it.ended_on == it.started_on)),
    Rule("356", "ended_on", "It ends on {end}, before it began on {start}.",
         of_one(lambda it: it.ended_on is not None and it.ended_on < it.started_on)),
    Rule("148", "reason_ended", "An end has a day and a reason: give both.",
         of_one(lambda it: (it.ended_on is None) != (not it.reason_ended))),
)  # fmt: skip

CHAIN_RULES: Final = (
    Rule("142", "started_on", "The episode that began on {before_start} is still open. End that one first.",
         of_pair(lambda before, _: before.ended_on is None)),
    Rule("501", "started_on", "{start} is before the episode before it ended, {before_end}: two episodes "
         "cannot overlap.",
         of_pair(lambda before, it: before.ended_on is not None and it.started_on < before.ended_on)),
    Rule("431", "started_on", "Care had not ended before {start}. It begins anew on a later day; if it "
         "went on, record what changed.",
         _says("S", lambda before, it: before.ended_on == it.started_on)),
    Rule("432", "started_on", "Care ended on {before_end}, so it has to begin anew before anything changes.",
         of_pair(lambda before, it: before.reason_ended.startswith("E") and it.reason_started != BEGINS)),
    Rule("433", "started_on", "There is a gap: the episode before ended on {before_end}, and while care goes "
         "on, the next begins that very day.",
         _says("LPTBU", lambda before, it: before.ended_on is not None and it.started_on > before.ended_on)),
    Rule("357", "started_on", "The first episode of a child is the one with which care begins.",
         lambda seen: seen.before is None and seen.it.reason_started != BEGINS),
    Rule("388", "reason_ended", "Why it ended does not agree with what comes after it: with another episode "
         "on that day care goes on, with none it ended.", _ends_amiss),
    Rule("434", "legal_status", "Only the legal status was to change, and it is the same as before.",
         _says("L", lambda before, it: not _law_changed(before, it))),
    Rule("434", "placement", "Only the legal status was to change, but the placement is another.",
         _says("L", _moved)),
    Rule("435", "placement", "The placement was to change, and everything about it is the same as before: "
         "kind, provider, postcode and URN.",
         _says("PT", lambda before, it: not _moved(before, it))),
    Rule("435", "legal_status", "The legal status changed too: say that both changed.",
         _says("PT", _law_changed)),
    Rule("436", "placement", "Both were to change, and everything about the placement is the same as before.",
         _says("BU", lambda before, it: not _moved(before, it))),
    Rule("436", "legal_status", "Both were to change, and the legal status is the same as before.",
         _says("BU", lambda before, it: not _law_changed(before, it))),
    Rule("437", "started_on", "The episode before ended with a death, or because the person was an adult: "
         "none follows it.", of_pair(lambda before, _: before.reason_ended in (_DIED, _WAS_ADULT))),
    Rule("199", "started_on", "The child was adopted on {before_end}. A child who comes into care after that "
         "has a new record under the new name.",
         of_pair(lambda before, _: before.reason_ended in ADOPTED)),
    Rule("504", "category_of_need", "The category of need stays the same for as long as care goes on.",
         of_pair(lambda before, it: (
             goes_on(before, it) and before.category_of_need != it.category_of_need))),
    Rule("225", "reason_moved", "Say why the last placement ended.", _lacks_reason_moved),
    Rule("226", "reason_moved", "A temporary move has no reason: the usual placement goes on.",
         _reason_at_temporary_move),
    Rule("380", "placement", "Care never begins with a temporary move: choose where the child is placed.",
         of_one(lambda it: it.is_temporary and it.reason_started not in ("P", "B", "L"))),
    Rule("381", "reason_ended", "Care never ends in a temporary move: record first that the child is back.",
         of_one(lambda it: it.is_temporary and it.reason_ended not in ("", CONTINUES))),
    Rule("383", "placement", "After a temporary move the child is back in the placement of before. If not, "
         "it was no temporary move: put that episode right.", _does_not_go_back),
    Rule("383", "legal_status", "The legal status changed during or at the end of a temporary move. It may, "
         "but the return’s check asks about it.", _law_changed_while_away, refuses=False),
)  # fmt: skip


def judge(about: About, chain: Chain) -> list[Trouble]:
    """Return everything that is wrong with a chain, episode by episode."""
    return [
        Trouble(at, rule.field, _filled(rule.words, seen), _named(rule.number), rule.refuses)
        for at in range(len(chain))
        for seen in [Seen(about, chain, at)]
        for rule in (*TIME_RULES, *CHAIN_RULES, *CODE_RULES, *LENGTH_RULES)
        if rule.broken(seen)
    ]


def troubles(about: About, before: Chain, after: Chain) -> list[Trouble]:
    """Return what a change brings in: what was wrong with the same episodes before it is left out."""
    known = {_mark(before, each) for each in judge(about, before)}
    return [each for each in judge(about, after) if _mark(after, each) not in known]


def _mark(chain: Chain, each: Trouble) -> tuple[object, ...]:
    return chain[each.at].id or each.at, each.field, each.rule, each.refuses


def _named(number: str) -> str:
    return f"Rule {number}" if number[:1].isdigit() else number


def _filled(said: str, seen: Seen) -> str:
    days = {
        "start": seen.it.started_on,
        "end": seen.it.ended_on,
        "before_start": seen.before.started_on if seen.before else None,
        "before_end": seen.before.ended_on if seen.before else None,
    }
    return said.format(**{name: words.day(day) if day else "" for name, day in days.items()})

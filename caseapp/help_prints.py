"""The prints of early help that are no form: plan, chronology, what changed from first to last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import actions, levels, measure_view, notes, star_change, stars, words
from caseapp.actions import ActionRow
from caseapp.early_help import episodes, moves
from caseapp.early_help.statuses import HELP_KINDS, STATUSES
from caseapp.form import filled_rows
from caseapp.form_parts import early_help_lists as lists
from caseapp.print_editions import FAMILY, FULL, copy_for, refuse_withdrawn
from caseapp.print_parts import called, heading, help_facts, may_print, printed, printing
from db import early_help as queries
from db.children import child_of
from db.models import Child, HelpEpisode, Revision
from db.problems import Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import ActionLine, Block

_DONE_SHOWN = 8
_OURS = frozenset({*HELP_KINDS, ""})  # an action agreed outside any plan is early help's too


def help_plan_pdf(
    session: Session, child_id: UUID, *, edition: str = FULL, shared_with: str = "", large: bool = False
) -> bytes:
    """Return the plan of early help as it stands: what we want, actions by need, who leads, the next date."""
    from caseapp import paper
    from caseapp.forms import FORMS

    child, episode = _helped(session, child_id)
    copy = copy_for(session, child, FORMS["early-help"], edition, shared_with)
    printing(session, child_id, "help-plan", edition=edition, **copy.detail)
    is_family = edition == FAMILY
    head = replace(
        heading(session, child, "Our plan" if is_family else "Early help plan", large=large),
        subtitle=f"{child.name}, {words.day(session.today)}",
        document=f"Plan {child.ref}",
        version=f"as of {words.day(session.today)}",
        marking=copy.marking,
        notice_title=copy.notice_title,
        notice=copy.notice,
        facts=(
            *help_facts(session, child, episode, is_family=is_family),
            *_where_it_stands(session, episode, is_family),
        ),
    )
    blocks = [
        *_wanted(session, child, episode),
        *_agreed(session, child, episode, is_family),
        *_if_worse(session, episode),
    ]
    return printed(lambda: paper.record_pdf(head, blocks))


def _helped(session: Session, child_id: UUID) -> tuple[Child, HelpEpisode]:
    """Return the child with the early help that goes on, or the last. Raises Problem where there was none."""
    child = child_of(session, child_id)
    may_print(session, child)
    refuse_withdrawn(session, child, "early-help")
    found = [each for each in episodes.episodes(session, child_id) if each.status != "void"]
    episode = episodes.current(session, child_id) or next(iter(found), None)
    if not episode:
        raise Problem(f"{child.name} has had no early help. Nothing was printed.")
    return child, episode


def _where_it_stands(session: Session, episode: HelpEpisode, is_family: bool) -> Iterable[tuple[str, str]]:
    next_on = moves.next_review(session, episode)
    if not is_family:
        yield "Status", STATUSES[episode.status]
        if episode.level is not None:
            yield "Level of need", levels.label(episode.level, levels.names(session))
    if next_on:
        yield "Next meeting", words.long_day(next_on)
        place = _latest(session, episode, {"taf": "next_place", "early-help": "review_place"})
        if place:
            yield "Where", place


def _latest(session: Session, episode: HelpEpisode, keys: dict[str, str]) -> str:
    """Return the answer to a question in the newest signed document of the kinds given, in their order."""
    for kind, key in keys.items():
        found = queries.signed(session, episode.id, kind)
        if found and found.document.answers.get(key):
            return str(found.document.answers[key])
    return ""


def _wanted(session: Session, child: Child, episode: HelpEpisode) -> list[Block]:
    """Return what the child and the parents want, in their own words."""
    from caseapp.paper import Block

    assessed = queries.signed(session, episode.id, "early-help")
    told: dict[str, Any] = assessed.document.answers if assessed else {}
    name = called(child)
    quotes = [
        (label, str(told[key]))
        for key, label in (
            ("my_hope", f"{name}’s best hope"), ("my_change", f"What {name} wants to change"),
            ("my_wishes", f"What {name} wishes for"),
        )
        if told.get(key)
    ]  # fmt: skip
    facts = [
        (str(row.get("name", "")), str(row["wants"]))
        for row in filled_rows(told.get("parents_views"))
        if row.get("wants")
    ]
    if not quotes and not facts:
        return []
    return [Block("What we want", quotes=tuple(quotes[:2]), facts=tuple(facts))]


def _agreed(session: Session, child: Child, episode: HelpEpisode, is_family: bool) -> list[Block]:
    from caseapp.paper import Block

    found = [each for each in actions.of_child(session, child.id) if each.kind in _OURS]
    waiting = [each for each in found if each.done_on is None]
    done = [each for each in found if each.done_on and each.done_on >= episode.opened_on]
    needs: dict[str, list[ActionRow]] = {}
    for each in waiting:
        needs.setdefault(each.need, []).append(each)
    groups = tuple((need, tuple(_line(each) for each in rows)) for need, rows in needs.items())
    title = "What we do, and who does it" if is_family else "Actions, by need"
    blocks = [Block(title, actions=groups)] if groups else [Block(title, paragraphs=("Nothing is open.",))]
    if done:
        table = (
            ("What is done", "Who", "When"),
            *((each.what, each.who, words.day(each.done_on)) for each in done[:_DONE_SHOWN] if each.done_on),
        )
        blocks.append(Block("Done already", table=table, shares=(0.6, 0.25, 0.15)))
    return blocks


def _line(row: ActionRow) -> ActionLine:
    from caseapp.paper import ActionLine

    more = [f"What will be different: {row.outcome}"] if row.outcome else []
    more += [f"For whom: {row.whom}"] if row.whom else []
    more += [f"How we will know: {row.measure}"] if row.measure else []
    more += (
        [f"{words.day(row.steps[0].on)}: {row.steps[0].words}"] if row.steps and row.steps[0].words else []
    )
    return ActionLine(
        str(row.no), row.what, row.who, words.day(row.by_on) if row.by_on else "", row.status_words,
        row.colour, row.colour_words, tuple(more),
    )  # fmt: skip


def _if_worse(session: Session, episode: HelpEpisode) -> list[Block]:
    from caseapp.paper import Block

    said = _latest(session, episode, {"taf": "if_worse", "early-help": "if_worse"})
    return [Block("If things get worse", paragraphs=(said,))] if said else []


def help_chronology_pdf(session: Session, child_id: UUID, *, large: bool = False) -> bytes:
    """Return everything in the days of a child's early help in one line of time, earliest first."""
    from caseapp import paper

    child, episode = _helped(session, child_id)
    printing(session, child_id, "help-chronology")
    until = episode.closed_on or session.today
    ends = f"to {words.day(until)}" if episode.closed_on else f"until today, {words.day(until)}"
    head = replace(
        heading(session, child, "Chronology of early help", large=large),
        subtitle=f"{child.name}, {words.day(episode.opened_on)} {ends}",
        document=f"Chronology {child.ref}",
        facts=(
            *help_facts(session, child, episode),
            ("Status", STATUSES[episode.status]),
            ("How it came about", dict(lists.ROUTES).get(episode.route, episode.route)),
            *(
                (("Reason for closing", dict(lists.CLOSURES).get(episode.closure, "")),)
                if episode.closure
                else ()
            ),
        ),
    )
    entries = [
        each for each in reversed(notes.timeline(session, child_id)) if episode.opened_on <= each.on <= until
    ]
    block = paper.Block("Chronology", table=notes.as_table(entries), shares=notes.TABLE_SHARES)
    return printed(lambda: paper.record_pdf(head, [block]))


def first_and_last(session: Session, revision: Revision) -> list[Block]:
    """Return how stars and scores stood first and stand last in the early help that is being closed."""
    episode = session.get(HelpEpisode, revision.episode_id) if revision.episode_id else None
    since = episode.opened_on if episode else date.min
    return [*_stars(session, revision.child_id, since), *_scores(session, revision.child_id, since)]


def _stars(session: Session, child_id: UUID, since: date) -> Iterable[Block]:
    from caseapp.paper import Block

    for series in stars.all_series(session, child_id):
        counted = [each for each in series.readings if each.counts and each.read_on >= since]
        if len(counted) < 2:
            continue
        first, last = counted[-1], counted[0]
        rows = [
            (area, _point(was), _point(now), star_change.change_mark(was, now) or "–")
            for area, was, now in zip(series.areas, first.points, last.points, strict=True)
        ]
        header = ("Area", words.day(first.read_on), words.day(last.read_on), "Change")
        yield Block(
            f"{series.title}: first and last reading",
            facts=(("Whose view", series.whose), ("What changed", series.sentence)),
            table=(header, *rows),
            shares=(0.4, 0.18, 0.18, 0.24),
        )


def _point(score: int | None) -> str:
    return "not discussed" if score is None else str(score)


def _scores(session: Session, child_id: UUID, since: date) -> Iterable[Block]:
    from caseapp.paper import Block

    rows = []
    for line in measure_view.view(session, child_id).scaling:
        points = [each for each in line.points if each.on >= since]
        if len(points) > 1:
            first, last = points[0], points[-1]
            rows.append((
                f"{line.respondent}, {line.role_words.lower()}", line.subject,
                f"{first.score} on {words.day(first.on)}", f"{last.score} on {words.day(last.on)}",
                star_change.change_mark(first.score, last.score),
            ))  # fmt: skip
    if rows:
        header = ("Who answered", "About whom", "First", "Last", "Change")
        yield Block(
            "Scores from 0 to 10: first and last", table=(header, *rows), shares=(0.32, 0.18, 0.2, 0.2, 0.1)
        )

"""The cards of visits: the rule in force, what is due, and every visit and attempt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from caseapp import words
from caseapp.looked_after.visit_rules import SHARE_WORDS
from caseapp.looked_after.visits import VisitRow, VisitsView
from ui.care_lines import due_row, fill, link, timing_chip, told_row
from ui.parts import Card, Chip, Muted, Rule


def next_visit_card(view: VisitsView, add: Callable[[], object] | None) -> Card:
    """Return the card of how often the child is visited, by which rule, and when next."""
    card = Card("Next visit", link("Add a visit", add))
    for due in view.dues:
        card.body.addWidget(due_row(due))
        card.body.addWidget(Rule())
    if view.regime is None:
        card.body.addWidget(Muted("Not looked after now, so no visit is due."))
        return card
    told = [f"Care Planning Regulations 2010, {view.regime.source}", view.regime.then]
    card.body.addWidget(told_row(view.regime.words, told))
    return card


def visits_card(view: VisitsView) -> Card:
    """Return the visits, newest first, and how many were in time."""
    card = Card("Visits")
    share = view.share
    if share.percent is not None:
        said = f"In time: {share.percent} % ({share.in_time} of {share.due} in 12 months)"
        card.body.addWidget(told_row(said, [SHARE_WORDS]))
        card.body.addWidget(Rule())
    fill(card, [_visit(each) for each in view.rows], "No visit on record yet.")
    return card


def _visit(each: VisitRow) -> QWidget:
    told = [*each.told, f"Worries: {each.worries}" if each.worries else ""]
    told.append(f"“{each.quote}”" if each.quote else "")
    return told_row(f"{each.title}: {words.day(each.on)}", told, _chips(each))


def _chips(each: VisitRow) -> list[Chip]:
    if not each.counts:
        return [Chip("Not seen: does not count", "neutral", "minus")]
    chips = [timing_chip(each.timing)] if each.timing else []
    chips.append(Chip("Seen alone", "on_track") if each.seen_alone else Chip("Seen, not alone", "neutral"))
    if each.bedroom_seen is not None:
        text = "Bedroom seen" if each.bedroom_seen else "Bedroom not seen"
        chips.append(Chip(text, "on_track" if each.bedroom_seen else "neutral"))
    return chips

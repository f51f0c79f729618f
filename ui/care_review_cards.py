"""The cards of reviews: what is due, what may be needed, what was held, asked for and raised."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from caseapp import words
from caseapp.looked_after.review_rules import Prompt
from caseapp.looked_after.reviews import AskedRow, ConcernRow, ReviewRow, ReviewsView
from ui.care_lines import due_row, fill, link, timing_chip, told_row
from ui.education_cards import Acts
from ui.parts import Banner, Card, Chip, Muted, Rule, plain

_STATES: Final = {
    "open": "overdue",
    "planned": "info",
    "held": "on_track",
    "cancelled": "neutral",
}
_NOT_IN_CARE: Final = "Not looked after now, so no review is due."
_IN_CARE: Final = "Nothing is due. Say from when the child is looked after, under Placements."


def next_card(
    view: ReviewsView,
    ask: Callable[[], object] | None,
    record: Callable[[Prompt], object] | None,
) -> Card:
    """Return the card of what is due and why, and what may ask for a review before that."""
    card = Card("Next review", link("Plan or ask for one", ask))
    for prompt in view.prompts:
        card.body.addWidget(_prompt(prompt, record))
    for place, due in enumerate(view.dues):
        if place:
            card.body.addWidget(Rule())
        card.body.addWidget(due_row(due))
    if not view.dues:
        goes_on = bool(view.periods) and view.periods[-1][1] is None
        card.body.addWidget(Muted(_IN_CARE if goes_on else _NOT_IN_CARE))
    for each in view.planned:
        card.body.addWidget(Rule())
        card.body.addWidget(_planned(each))
    if view.second_by:
        card.body.addWidget(Rule())
        said = "Provisional, until review 1 is held: then three months from that day."
        card.body.addWidget(told_row(f"Looked-after review 2: {words.day(view.second_by)}", [said]))
    card.body.addWidget(Rule())
    officer = f"Reviewing officer: {view.officer}" if view.officer else "No reviewing officer named yet"
    card.body.addWidget(plain(officer))
    if view.long_term:
        card.body.addWidget(Muted(view.long_term))
    return card


def _planned(each: AskedRow) -> QWidget:
    chips = [Chip(each.warning, "warning")] if each.warning else []
    day = words.day(each.given.planned_on) if each.given.planned_on else ""
    return told_row(f"Planned for {day}", [each.given.place], chips)


def _prompt(prompt: Prompt, record: Callable[[Prompt], object] | None) -> Banner:
    action = "Record it as asked for" if record else ""
    banner = Banner(f"A review may be needed: {prompt.words}.", "warning", action)
    if record:
        banner.acted.connect(partial(record, prompt))
    return banner


def held_card(view: ReviewsView, acts: Acts) -> Card:
    """Return the reviews that were held, newest first, each with whether it was in time."""
    card = Card("Reviews held", acts.link())
    if view.taking_part:
        card.body.addWidget(plain(view.taking_part, "label"))
        card.body.addWidget(Rule())
    fill(card, [_held(each, acts) for each in view.held], "No review on record yet.")
    if view.noted_only:
        card.body.addWidget(Banner(view.noted_only, "info"))
    return card


def _held(each: ReviewRow, acts: Acts) -> QWidget:
    chips = [timing_chip(each.timing)] if each.timing else []
    if each.took_part is not None:
        chips.append(
            Chip("Took part", "on_track") if each.took_part else Chip("Did not take part", "warning")
        )
    sent = (("Decisions", each.decisions), ("Record", each.record))
    chips += [timing_chip(told, what) for what, told in sent if told]
    due = f", due {words.day(each.timing.due_on)}" if each.timing else ""
    title = f"{each.title}: {words.day(each.held_on)}{due}"
    button = acts.button(f"the review of {words.day(each.held_on)}", each.id, each.version, each.given)
    return told_row(title, each.told, chips, [button])


def asked_card(view: ReviewsView, acts: Acts) -> Card:
    """Return reviews planned or asked for: those that wait above those that are settled."""
    card = Card("Planned and asked for", acts.link())
    rows = sorted(view.asked, key=lambda each: each.state not in ("open", "planned"))
    fill(
        card, [_asked(each, acts) for each in rows], "Nothing planned, and nobody asked for an early review."
    )
    return card


def _asked(each: AskedRow, acts: Acts) -> QWidget:
    button = acts.button(f"what was {each.title.lower()}", each.id, each.version, each.given)
    chips = [Chip(each.state_words, _STATES[each.state])]
    if each.warning:
        chips.append(Chip(each.warning, "warning"))
    return told_row(each.title, each.told, chips, [button])


def concerns_card(view: ReviewsView, acts: Acts) -> Card:
    """Return the reviewing officer's concerns; the open ones first."""
    card = Card("Reviewing officer’s concerns", acts.link())
    rows = sorted(view.concerns, key=lambda each: not each.is_open)
    fill(card, [_concern(each, acts) for each in rows], "None raised.")
    return card


def _concern(each: ConcernRow, acts: Acts) -> QWidget:
    chip = Chip("Open", "due_soon") if each.is_open else Chip("Resolved", "on_track")
    button = acts.button("this concern", each.id, each.version, each.given)
    return told_row(each.title, each.told, [chip], [button])

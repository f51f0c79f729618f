"""Early help in the demo, as a family lives it: from the request to where it stands on the demo's day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from caseapp import actions, calendars, demo_help_ends, demo_help_plans, measures, words
from caseapp.demo_help_plans import MEETS_EVERY, TEEN_FROM
from caseapp.demo_lives import DAY, Life
from caseapp.demo_people import ahead, filled, texts, working_day
from caseapp.demo_spells import Spell
from caseapp.early_help import episodes, leads
from caseapp.early_help.consents import NewConsent
from caseapp.early_help.episodes import NewEpisode
from caseapp.form import Answers
from caseapp.form_parts.early_help_lists import AGENCIES
from caseapp.measure_rules import SCALES
from caseapp.measures import NewSdq

ASSESSED, REVIEWED = "early-help", ("no", "who", "what", "by", "status")
ASKED = ("start", "store", "share", "outcomes")


def tell(lives: Sequence[Life]) -> None:
    """Write down the early help of a family: each child's with a story, and of those helped with them."""
    for life in lives:
        if "eha" in life.kid.life or "help" in life.kid.life:
            _tell(Spell([life, *(each for each in lives if _is_helped_with(each, life))]))


def _is_helped_with(other: Life, life: Life) -> bool:
    alike = ("status", "since")
    return other is not life and all(other.kid.life.get(key) == life.kid.life.get(key) for key in alike)


def _tell(spell: Spell) -> None:
    _request(spell)
    if spell.stands == "awaiting_consent":
        return
    if spell.stands == "declined":
        _declined(spell)
        return
    _agreement(spell)
    _assessment(spell)
    if spell.stands in ("in_assessment", "with_manager"):
        return
    _plan(spell)
    met_on = _meetings(spell)
    _young_carer(spell)
    _measures(spell)
    if spell.stands in ENDINGS:
        ENDINGS[spell.stands](spell, met_on)


# From the request to the plan


def _request(spell: Spell) -> None:
    life, on = spell.first, spell.first.opened_on
    story = texts("early_help")["stories"].get(spell.tale, {})
    route = spell.told.get("route") or story.get("route", "other_agency")
    reasons = (story["reason"], *story["also"]) if story else ("debt",)
    new = NewEpisode(
        on, route, reasons, "family_support" if route == "own_concern" else "", needed_on=on - 7 * DAY,
        searched_on=on, searched="none", level=2,
    )  # fmt: skip

    def act() -> None:
        found = episodes.open_episode(life.session, [each.id for each in spell.lives], new)
        spell.ids.extend(found)

    spell.then(on, act)
    if "step_down" in spell.told:
        _step_down(spell)
    spell.move(working_day(on + 3 * DAY), "ask_consent")


def _step_down(spell: Spell) -> None:
    on, told = spell.first.opened_on, texts("help")["step_down"][spell.told["step_down"]]
    first_on = working_day(on + MEETS_EVERY * DAY)

    def own(life: Life) -> Answers:
        return demo_help_ends.step_down(spell.scene(life, on), told, spell.told["social_worker"], first_on)

    spell.write(on, "step-down", dict, own)


def _declined(spell: Spell) -> None:
    on, because = spell.ended_on or spell.first.as_of, texts("help")["declined"]["because"]
    spell.consent(
        NewConsent(_parent(spell), "parent_pr", "start", ("start",), "refused", on, because=because)
    )
    spell.move(on, "decline", reason=because)


def _parent(spell: Spell) -> str:
    return spell.scene(spell.first, spell.first.opened_on).parent


def _agreement(spell: Spell) -> None:
    """Ask each parent, and a child old enough in their own right; ask again before it is shared."""
    on, told, scene = spell.agreed_on, spell.told, spell.scene(spell.first, spell.agreed_on)
    given = NewConsent(
        scene.parent, "parent_pr", "start", ASKED, "given", on, how="paper", explained=True,
        explained_how="Leaflet and privacy notice read together",
        review_on=spell.back(told["ask_again"]) if "ask_again" in told else None,
    )  # fmt: skip
    spell.consent(given)
    if scene.father:
        also = NewConsent(
            scene.father, "parent_pr", "start", ASKED, "given", on, how="verbal",
            witness=scene.said["worker"], explained=True,
        )  # fmt: skip
        spell.consent(also)
    for life in spell.lives:
        if life.kid.age_on(on) >= TEEN_FROM:
            theirs = NewConsent(
                life.kid.full_name, "child", "start", ("start", "outcomes"), "given", on, how="paper",
                explained=True, competence="Asked for it in other words, and then said it back.",
            )  # fmt: skip
            spell.consent(theirs, [life])
    spell.move(on, "start_assessment")


def _assessment(spell: Spell) -> None:
    on, draft = spell.assessed_on, spell.stands == "in_assessment"

    def common() -> Answers:
        scene = spell.scene(spell.first, on)
        begun = demo_help_plans.assessment(scene, spell.agreed_on)
        return begun if draft else begun | demo_help_plans.conclusion(scene)

    def own(life: Life) -> Answers:
        is_first = life is spell.first
        scene = spell.scene(life, on)
        if draft:
            return demo_help_plans.own_assessment(scene, first=True) if is_first else {}
        half = demo_help_plans.own_assessment(scene, first=is_first)
        return half | demo_help_plans.own_conclusion(scene, first=is_first)

    spell.write(on, ASSESSED, common, own, draft=draft)
    if draft:
        return
    _sharing(spell, on)
    spell.move(on, "to_manager")
    if "correction" in spell.first.kid.life:
        _correction(spell, working_day(spell.back(spell.first.kid.life["correction"])))


def _correction(spell: Spell, on: date) -> None:
    change = {"worries": "That help stops when things look better; the chair by the door.", "level": "3"}
    spell.first.correction(
        on, ASSESSED, "The level was agreed as 3 at the meeting and written down as 2", change
    )


def _sharing(spell: Spell, on: date) -> None:
    """Ask again before the finished assessment is shared; some name an agency that it is kept from."""
    refused = tuple(spell.told.get("refused", ()))
    asked = NewConsent(
        _parent(spell), "parent_pr", "sharing", ("share",), "limits" if refused else "given", on,
        refused=refused, how="paper",
        review_on=spell.back(spell.told["ask_again"]) if "ask_again" in spell.told else None,
    )  # fmt: skip
    spell.consent(asked)


def _plan(spell: Spell) -> None:
    """Let the manager approve, name who leads, begin the plan; later, perhaps, hand the lead over."""
    on = calendars.england().add_working_days(spell.assessed_on, 2)
    spell.move(on, "approve", spell.manager)
    at_school = spell.told.get("lead") == "school"
    spell.then(on, partial(_name_lead, spell, on, at_school=at_school))
    spell.move(on, "start_plan")
    if "handover" in spell.told:
        later = working_day(spell.back(spell.told["handover"]))
        spell.then(later, partial(_name_lead, spell, later, at_school=not at_school, handed_over=True))


def _name_lead(spell: Spell, on: date, *, at_school: bool, handed_over: bool = False) -> None:
    life = spell.first
    worker, school = life.worker_on(on), life.kid_on(on).school
    kind = demo_help_plans.SCHOOL_AGENCIES[school[2]] if at_school else "family_support"
    leads.name_lead(
        life.session, spell.ids, name=school[1] if at_school else worker.name, agency=dict(AGENCIES)[kind],
        contact="01632 960114" if at_school else demo_help_plans.PHONE, from_on=on,
        handover=filled(texts("help")["lead"]["handover"], life.said(on)) if handed_over else "",
        worker_id=None if at_school else worker.worker_id,
    )  # fmt: skip


# Meetings, and what is measured


def _meetings(spell: Spell) -> date | None:
    """Let the team meet every six weeks; return the last day. The newest one is a review of the plan."""
    days = _meeting_days(spell)
    for number, on in enumerate(days):
        is_last = spell.stands == "closed" and on == days[-1]
        next_on = None if is_last else [*days, on + MEETS_EVERY * DAY][number + 1]
        is_review = number > 0 and on == days[-1]
        if is_review:
            spell.move(on, "start_review")
        _meeting(spell, on, number, next_on)
        if is_review and not is_last:
            spell.move(on, "end_review")
    return days[-1] if days else None


def _meeting_days(spell: Spell) -> list[date]:
    """Return one day within six weeks of the assessment and then every six, the next due on its own day."""
    life = spell.first
    if "meetings" in spell.told:
        return [working_day(spell.back(each)) for each in spell.told["meetings"]]
    due = ahead(life.as_of, life.kid.life.get("next_taf") or str(life.random.randint(9, 36)))
    on = working_day(due - timedelta(days=MEETS_EVERY))
    if spell.ended_on:
        on = working_day(spell.ended_on - 14 * DAY)
    found = []
    while on > spell.assessed_on + 9 * DAY:
        found.append(on)
        on = working_day(on - timedelta(days=life.random.randint(37, 41)))
    return found[::-1]


def _meeting(spell: Spell, on: date, number: int, next_on: date | None) -> None:
    life = spell.first

    def common() -> Answers:
        rows = actions.open_rows(life.session, life.id, REVIEWED)
        minutes = [*spell.told.get("minutes", []), *[""] * (number + 1)][number]
        scene = spell.scene(life, on, number)
        return demo_help_plans.meeting(scene, rows, next_on, _star_words(life, on), minutes)

    def own(each: Life) -> Answers:
        is_first = each is life
        level = texts("early_help")["stories"][spell.tale]["level"] if is_first else "2"
        scene = spell.scene(each, on, number)
        return demo_help_plans.own_meeting(scene, level, first=is_first, last=next_on is None)

    spell.write(on, "taf", common, own)


def _star_words(life: Life, on: date) -> str:
    """Return what the newest wheel before a meeting shows: the area that moved most since the one before."""
    read = [each for each in life.readings if each.on <= on]
    if not read:
        return ""
    said = texts("help")["meeting"]["star"].format(day=words.day(read[-1].on))
    if len(read) < 2:
        return str(said)
    moved = {area: points - read[-2].scores[area] for area, points in read[-1].scores.items()}
    area = max(moved, key=lambda key: moved[key])
    was, now = read[-2].scores[area], read[-1].scores[area]
    return f"{said} {read[-1].titles[area]}: from {was} to {now}." if now > was else str(said)


def _young_carer(spell: Spell) -> None:
    if not spell.told.get("carer"):
        return
    on = working_day(spell.assessed_on + 35 * DAY)
    spell.first.plan(
        "young-carer",
        on,
        lambda _: demo_help_ends.young_carer(spell.scene(spell.first, on), spell.agreed_on),
    )


def _measures(spell: Spell) -> None:
    """Let questionnaires be filled in and goals be set and rated."""
    life, kid = spell.first, spell.first.kid
    for each in kid.life.get("sdq", []):
        on = working_day(spell.back(each["ago"]))
        scores = dict(zip((key for key, _ in SCALES), each["scores"], strict=True))
        spell.then(on, partial(measures.add_sdq, life.session, life.id, NewSdq(on, each["by"], scores)))
    for each in kid.life.get("goals", []):
        _goal(spell, each)


def _goal(spell: Spell, told: dict[str, Any]) -> None:
    life, made = spell.first, []
    days = [(working_day(spell.back(when)), points) for when, points in told["ratings"]]

    def act() -> None:
        made.append(
            measures.add_goal(
                life.session, life.id, words=told["words"], whose=told["whose"], set_on=days[0][0]
            )
        )

    spell.then(days[0][0], act)
    for on, points in days:
        spell.then(on, partial(_rate, life, made, points, on, told["whose"]))


def _rate(life: Life, made: list[UUID], points: int, on: date, by: str) -> None:
    measures.rate_goal(life.session, made[0], score=points, on=on, by=by)


# How it ends or stops


def _withdrawn(spell: Spell, _: date | None) -> None:
    told, on = texts("help")["withdrawn"], spell.ended_on or spell.first.as_of
    said = {key: filled(each, spell.first.said(on)) for key, each in told.items()}
    spell.consent(NewConsent(_parent(spell), "parent_pr", "review", ASKED, "withdrawn", on, **said))


def _step_up(spell: Spell, met_on: date | None) -> None:
    on, told = spell.ended_on or spell.first.as_of, texts("help")["step_up"][spell.told["step_up"]]

    def own(life: Life) -> Answers:
        return demo_help_ends.step_up(spell.scene(life, on), told, spell.assessed_on, met_on)

    spell.write(on, "step-up", dict, own)
    spell.move(on, "pause")
    if told["result"] == "accepted":
        reason = str(filled(told["answer"], spell.first.said(on)))
        spell.move(on, "step_up", reason=reason, closure="C05")


def _closed(spell: Spell, _: date | None) -> None:
    on, told = spell.ended_on or spell.first.as_of, texts("help")["closing"][spell.told["closing"]]
    star_on = max((each.on for each in spell.first.readings if each.on <= on), default=None)

    def own(life: Life) -> Answers:
        shown = star_on if told["star"] else None
        return demo_help_ends.closing(spell.scene(life, on), told, shown)

    spell.move(working_day(on - 5 * DAY), "start_closing")
    spell.write(on, "early-help-closing", dict, own)
    spell.move(on, "close")


ENDINGS: dict[str, Callable[[Spell, date | None], None]] = {
    "consent_withdrawn": _withdrawn,
    "paused": _step_up,
    "stepped_up": _step_up,
    "closed": _closed,
}

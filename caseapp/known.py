"""What the record already knows of a child, by the names that forms ask for: said once, never asked again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from caseapp import ages, calendars, codes, dates, words
from caseapp.early_help import consents, episodes
from caseapp.education import premium_plan, variants
from caseapp.household import CARER, PARENTS, Home, household, new_address
from caseapp.pathway import plan_facts
from db import children as queries
from db.models import (
    Address,
    CareLeaverYear,
    Child,
    Episode,
    FormerName,
    HealthYear,
    Involvement,
    Relation,
    Schooling,
    Team,
    Worker,
)
from db.store import Session

SIBLINGS = frozenset(
    {"Brother", "Sister", "Half-brother", "Half-sister", "Step-brother", "Step-sister", "Twin"}
)


def known(session: Session, child_id: UUID) -> dict[str, str]:
    """Return {name: answer} of what the record knows; dates are ISO, empty ones are left out."""
    child = session.get_one(Child, child_id)
    facts = _about(child, session.today)
    facts |= _home(session, child)
    facts |= _school(session, child, session.today)
    facts |= _care(session, child)
    facts |= _people(session, child)
    facts |= _author(session)
    facts |= _pep(session, child)
    facts |= plan_facts.known(session, child)
    facts |= _help(session, child_id)
    facts["child.consents"] = "\n".join(
        consents.words_of(each) for each in consents.rows(session, child_id) if each.stands
    )
    return {name: answer for name, answer in facts.items() if answer}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _about(child: Child, today: date) -> dict[str, str]:
    group = ages.year_group(child.born_on, today) if child.born_on else None
    return {
        "child.name": child.name,
        "child.known_as": child.known_as or child.given,
        "child.born_on": _iso(child.born_on),
        "child.due_on": _iso(child.due_on),
        "child.sex": child.sex,
        "child.gender": child.gender,
        "child.pronouns": child.pronouns,
        "child.ethnicity": child.ethnicity,
        "child.religion": child.religion,
        "child.first_language": child.first_language,
        "child.interpreter": child.interpreter,
        "child.nationality": child.nationality,
        "child.disability": child.disability,
        "child.sen_status": child.sen_status,
        "child.alerts": child.alerts,
        "child.gp": child.gp,
        "child.phone": child.phone,
        "child.email": child.email,
        "child.upn": child.upn,
        "child.uln": child.uln,
        "child.nhs_number": child.nhs_number,
        "child.ref": str(child.ref),
        "child.status": codes.STATUSES.get(child.status, child.status),
        "child.year_group": ages.year_group_words(group) if group is not None and -2 <= group <= 14 else "",
        "child.key_stage": ages.key_stage(group) if group is not None and -2 <= group <= 14 else "",
        "term.name": calendars.term_of(today).name,
        "today": today.isoformat(),
    }


def _home(session: Session, child: Child) -> dict[str, str]:
    addresses = queries.of_child(session, Address, child.id, Address.from_on)
    former = queries.of_child(session, FormerName, child.id)
    placed = new_address(session, child.id, addresses)
    now = placed or next((each for each in reversed(addresses) if not each.until_on), None)
    return {
        "child.former_names": ", ".join(f"{each.given} {each.family}".strip() for each in former),
        "child.address": "" if not now else ("Withheld" if now.withheld else now.lines),
        "child.postcode": now.postcode if now and not now.withheld else "",
        "child.moves": words.count(len(addresses) - 1, "move") if len(addresses) > 1 else "",
    }


def _school(session: Session, child: Child, today: date) -> dict[str, str]:
    spells = queries.of_child(session, Schooling, child.id, Schooling.from_on)
    now = next((each for each in reversed(spells) if not each.until_on or each.until_on >= today), None)
    before = [each.school.name for each in spells if each is not now]
    return {
        "child.school": now.school.name if now else "",
        "child.school_urn": now.school.urn if now else "",
        "child.school_from": _iso(now.from_on) if now else "",
        "child.designated_teacher": now.designated_teacher if now else "",
        "child.previous_schools": ", ".join(before),
    }


def _care(session: Session, child: Child) -> dict[str, str]:
    episodes = queries.of_child(session, Episode, child.id, Episode.started_on)
    periods = dates.care_periods(episodes)
    found = _latest_years(session, child)
    if not periods or periods[-1][1]:
        return found
    current = episodes[-1]
    placed = [
        each
        for each in episodes
        if each.placement == current.placement and each.placement_postcode == current.placement_postcode
    ]
    return found | {
        "child.legal_status": codes.meaning("LS", current.legal_status),
        "child.looked_after_since": _iso(periods[-1][0]),
        "child.placement_type": codes.meaning("PLACE", current.placement),
        "child.placement_since": _iso(placed[0].started_on),
        "child.placement_address": current.placement_postcode,
        "child.placements_count": str(len({(each.placement, each.placement_postcode) for each in episodes})),
    }


def _latest_years(session: Session, child: Child) -> dict[str, str]:
    health = queries.of_child(session, HealthYear, child.id, HealthYear.year)
    leaver = queries.of_child(session, CareLeaverYear, child.id, CareLeaverYear.year)
    found = {}
    if health and health[-1].sdq_score is not None:
        found["child.last_sdq"] = f"{health[-1].sdq_score} (year to 31/03/{health[-1].year})"
    if leaver:
        found["child.in_touch"] = leaver[-1].in_touch
        found["child.activity"] = leaver[-1].activity
        found["child.accommodation"] = leaver[-1].accommodation
    return found


def _people(session: Session, child: Child) -> dict[str, str]:
    relations = [each for each in queries.of_child(session, Relation, child.id) if not each.until_on]
    involved = [each for each in queries.of_child(session, Involvement, child.id) if not each.until_on]
    lives = household(session, child.id, relations)
    named = [(each.kind, relation_name(session, each), lives.living[each.id].now) for each in relations]
    carers = [name for kind, name, here in named if kind == CARER and here]
    unrelated = _shown_carers(lives.carers)
    by_role = {each.role: involved_name(each) for each in involved}
    worker = session.get(Worker, child.worker_id) if child.worker_id else None
    team = session.get(Team, child.team_id) if child.team_id else None
    return {
        "child.parents": ", ".join(f"{name} ({kind.lower()})" for kind, name, _ in named if kind in PARENTS),
        "child.carers": ", ".join(filter(None, (*carers, unrelated))),
        "child.siblings": ", ".join(name for kind, name, _ in named if kind in SIBLINGS),
        "child.household": ", ".join(
            [
                *(f"{name} ({kind.lower()})" for kind, name, here in named if here),
                *([f"{unrelated} (carers of the placement)"] if unrelated else []),
            ]
        ),
        "child.professionals": ", ".join(f"{name} ({_plain(role)})" for role, name in by_role.items()),
        "child.reviewing_officer": by_role.get("Independent reviewing officer", ""),
        "child.personal_adviser": by_role.get("Personal adviser", ""),
        "child.worker": worker.name if worker else "",
        "child.worker_role": worker.job if worker else "",
        "child.team": team.name if team else "",
    }


def _shown_carers(home: Home | None) -> str:
    """Return carers whom only the placement names; a withheld one is told in no form."""
    return home.carers if home and not home.withheld else ""


def _plain(role: str) -> str:
    """Return a role within a sentence: «designated teacher», but «SENCO»."""
    return role if role.isupper() else role[:1].lower() + role[1:]


def relation_name(session: Session, relation: Relation) -> str:
    """Return the name of a relation: a person's, or that of another child with a file."""
    if relation.person:
        return relation.person.name
    other = session.get(Child, relation.other_child_id) if relation.other_child_id else None
    return other.name if other else "Child of another team"


def involved_name(involvement: Involvement) -> str:
    """Return the name of a worker or professional."""
    if involvement.worker:
        return involvement.worker.name
    return involvement.person.name if involvement.person else ""


def _pep(session: Session, child: Child) -> dict[str, str]:
    school = variants.current(queries.of_child(session, Schooling, child.id), session.today)
    return {
        "pep.variant": variants.variant_of(session, child),
        "pep.setting_type": variants.setting_code(school.school.kind) if school else "",
    } | {name: f"{pence // 100}.{pence % 100:02}" for name, pence in _premium(session, child.id).items()}


def _premium(session: Session, child_id: UUID) -> dict[str, int]:
    """Return this financial year's sums of pupil premium plus, in pence, by their names in a PEP.

    "pep.allocated", "pep.approved", "pep.paid" and "pep.spent".
    """
    return premium_plan.known(session, child_id)


def _help(session: Session, child_id: UUID) -> dict[str, str]:
    """Return what was said when the early help began that is going on."""
    now = episodes.current(session, child_id)
    if not now:
        return {}
    reasons = [each for each in now.reasons if each]
    is_main = len(reasons) == 1  # of several nobody said which is the main one
    return {
        "help.route": now.route,
        "help.needed_on": _iso(now.needed_on),
        "help.searched_on": _iso(now.searched_on),
        "help.searched": now.searched,
        "help.level_at_start": episodes.level_at_start(session, now),
        "help.main_reason": reasons[0] if is_main else "",
        "help.reasons": "" if is_main else "\n".join(reasons),
    }


def _author(session: Session) -> dict[str, str]:
    return {
        "author.name": session.actor.name,
        "author.role": session.actor.job,
        "author.team": session.actor.team,
    }

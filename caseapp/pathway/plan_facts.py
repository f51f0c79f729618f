"""What the record knows of a young person's leaving care, by the names that the pathway plan asks for."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from caseapp.form_parts import pathway_needs_parts
from caseapp.pathway import homes, money
from caseapp.pathway.records import home_code
from caseapp.pathway.standing import category_on
from db import children as queries
from db import plans as plan_queries
from db.models import CareLeaverYear, Child, Episode, Involvement, LeaverActivity, LeaverHome
from db.store import Session

PLAN, NEEDS, ADVISER = "pathway-plan", "pathway-needs", "Personal adviser"
_REVIEW_EVERY = relativedelta(months=6)


def known(session: Session, child: Child) -> dict[str, str]:
    """Return {name: answer} of what is known; dates are ISO, money is pounds, empty ones may be among them.

    For a child who was never in care there is nothing.
    """
    if not queries.of_child(session, Episode, child.id):
        return {}
    category, since = category_on(session, child, session.today)
    return {
        "pathway.category": category,
        "pathway.category_from": since.isoformat(),
        **_adviser(session, child),
        **_living(session, child),
        **_money(session, child),
        **_plans(session, child),
    }


def _adviser(session: Session, child: Child) -> dict[str, str]:
    named = [
        each
        for each in queries.of_child(session, Involvement, child.id)
        if each.role == ADVISER and not each.until_on
    ]
    if not named:
        return {}
    who = named[-1].worker or named[-1].person
    return {
        "pathway.adviser": who.name if who else "",
        "pathway.adviser_since": named[-1].from_on.isoformat() if named[-1].from_on else "",
    }


def _living(session: Session, child: Child) -> dict[str, str]:
    """Rows of homes and activities first, else the care leaver's items of the newest year."""
    years = queries.of_child(session, CareLeaverYear, child.id, CareLeaverYear.year)
    told = years[-1] if years else None
    touch, activity, code = homes.oc3_on(session, child.id, session.today)
    homes_there = queries.of_child(session, LeaverHome, child.id, LeaverHome.from_on)
    home = next((each for each in reversed(homes_there) if each.until_on is None), None)
    doings = queries.of_child(session, LeaverActivity, child.id, LeaverActivity.from_on)
    doing = next((each for each in reversed(doings) if each.until_on is None), None)
    judged = home_code(home.kind, home.suitable)[1:] if home else ""
    letter = code[:1] if code and code != "0" else ""
    return {
        "pathway.in_touch": touch or (told.in_touch if told else ""),
        "pathway.activity": activity or (told.activity if told else ""),
        "pathway.activity_since": doing.from_on.isoformat() if doing else "",
        "pathway.accommodation": letter or (told.accommodation[:1] if told and told.accommodation else ""),
        "pathway.home_since": home.from_on.isoformat() if home else "",
        "pathway.landlord": home.landlord if home else "",
        "pathway.suitability": judged,
    }


def _money(session: Session, child: Child) -> dict[str, str]:
    view = money.view(session, child.id)
    if not view.rows:
        return {}
    return {
        "pathway.setting_up_limit": _pounds(view.granted),
        "pathway.setting_up_spent": _pounds(view.spent),
    }


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def _plans(session: Session, child: Child) -> dict[str, str]:
    needs = plan_queries.last_signed(session, child.id, NEEDS)
    plan = plan_queries.last_signed(session, child.id, PLAN)
    answers = plan.document.answers if plan else {}
    return {
        "pathway.needs_assessed_on": needs.dated_on.isoformat() if needs and needs.dated_on else "",
        "pathway.needs_found": pathway_needs_parts.found(needs.document.answers) if needs else "",
        "pathway.plan_number": str(int(answers.get("plan_number") or 0) + 1),
        "pathway.next_review_by": (session.today + _REVIEW_EVERY).isoformat() if plan else "",
    }

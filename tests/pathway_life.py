"""A young person in and after care: what tests of leaving care begin with."""

from datetime import date

from caseapp import dates, plan_reading, plans
from caseapp.pathway import records
from db.models import Child, Episode
from tests.story import Story, lived, sample

BORN = date(2008, 5, 11)  # 18 on 11/05/2026; the story's today is 23/11/2026


def young_person(story: Story, born_on: date = BORN, who: str = "ada", **care: object):
    """Return the id of somebody looked after from 15 to 18, or as told by the columns of an episode."""
    if care:
        return _young_person(story, born_on, who, **care)
    return lived(story, _young_person, born_on, who)


def _young_person(story: Story, born_on: date, who: str, **care: object):
    child_id = story.register(who, "Yonas", "Tesfay", born_on)
    eighteen = date(born_on.year + 18, born_on.month, born_on.day)
    over = {"ended_on": eighteen, "reason_ended": "E8"} if eighteen <= story.store.today() else {}
    told = {
        "started_on": date(born_on.year + 15, 10, 9), "reason_started": "S", "legal_status": "C2",
        "placement": "U4", **over, **care,
    }  # fmt: skip

    def write(session):
        child = session.get_one(Child, child_id)
        child.status = "looked_after"
        session.add(Episode(child_id=child_id, **told))
        dates.refresh(session, child)

    story.call(who, write)
    return child_id


def add(story: Story, child_id, new, who: str = "ada"):
    """Add a row of leaving care."""
    return story.call(who, lambda session: records.add(session, child_id, new))


def answers(plan_on: str = "2026-11-19", number: int = 1, **more):
    """Return the answers of a pathway plan of a day, ready to be signed."""
    given = sample("pathway_plan")
    signed = [dict(each) | {"on": plan_on} for each in given["signatures"]]
    day = date.fromisoformat(plan_on)
    ahead = f"{day.year + (day.month > 7)}-{(day.month + 4) % 12 + 1:02}-01"
    return dict(given) | {
        "plan_on": plan_on, "review_met_on": plan_on, "next_review_on": ahead, "plan_number": number,
        "signatures": signed,
    } | more  # fmt: skip


def signed_plan(
    story: Story, child_id, plan_on: str = "2026-11-19", number: int = 1, who: str = "ada", **more
):
    """Return the id of a pathway plan that somebody signed."""
    if more:
        return _signed_plan(story, child_id, plan_on, number, who, **more)
    return lived(story, _signed_plan, child_id, plan_on, number, who)


def _signed_plan(story: Story, child_id, plan_on: str, number: int, who: str, **more):
    draft = story.draft(who, child_id, "pathway-plan")
    story.sign(who, draft, answers(plan_on, number, **more))
    return draft


def draft_plan(story: Story, child_id, given, who: str = "ada"):
    """Return the id of a draft that holds some answers."""
    draft = story.draft(who, child_id, "pathway-plan")

    def write(session):
        view = plan_reading.open_plan(session, draft)
        plans.save(session, draft, view.version, given)

    story.call(who, write)
    return draft

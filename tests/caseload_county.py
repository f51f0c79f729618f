"""Cases held by workers, entered by the program's own use cases, and a plain count to check figures by."""

from datetime import date, timedelta

from sqlalchemy import select

from db.models import CaseSpell, Child, ClockRow, Note, Revision, Team, Worker
from db.moments import new_id
from tests.story import TODAY

STATUSES = ("early_help", "child_in_need", "child_protection", "looked_after", "care_leaver")


def team_with(story, name, holders, purpose="users"):
    """Add a team whose workers hold so many children each; return its id."""
    team_id = new_id()
    workers = []

    def people(session):
        session.add(Team(id=team_id, name=name))
        for number in range(len(holders)):
            worker = Worker(name=f"{name} {number}", sort_name=f"{name} {number}", team_id=team_id)
            session.add(worker)
            workers.append(worker)
        session.flush()
        workers[:] = [each.id for each in workers]

    story.call("amy", people, purpose=purpose)

    def children(session):
        ref = len(session.scalars(select(Child.id)).all()) + 50_000
        for worker_id, number in zip(workers, holders, strict=True):
            for _ in range(number):
                ref += 1
                session.add(
                    Child(
                        ref=ref, family="Case", sort_name=f"case {ref}", team_id=team_id, worker_id=worker_id,
                        opened_on=TODAY - timedelta(days=40), status="child_in_need",
                        born_on=date(2015, 1, 1),
                    )
                )  # fmt: skip

    story.call("amy", children, purpose="import")
    return team_id


def random_county(story, dice, children=14):
    """Fill a county: children of two teams who change worker and status, dates met or not, notes, drafts."""
    holders = [story.actors[each].worker_id for each in ("ada", "bea", "sue")] + [None]
    teams = {story.actors[each].worker_id: story.actors[each].team_id for each in ("ada", "bea", "sue")}

    def write(session):
        for number in range(children):
            opened = TODAY - timedelta(days=dice.randrange(5, 200))
            worker_id = dice.choice(holders)
            north = story.actors["max"].team_id
            child = Child(
                ref=20_000 + number, given=f"Child{number}", family="County", sort_name=f"county {number}",
                worker_id=worker_id, team_id=teams.get(worker_id, dice.choice([north, None])),
                opened_on=opened, status=dice.choice(STATUSES), born_on=date(2012, 1, 1),
            )  # fmt: skip
            session.add(child)
            session.flush()
            for _ in range(dice.randrange(3)):
                session.info["effective_on"] = min(TODAY, opened + timedelta(days=dice.randrange(1, 120)))
                if dice.random() < 0.2:
                    child.closed_on, child.status = session.info["effective_on"], "closed"
                else:
                    child.worker_id = dice.choice(holders)
                    child.team_id = teams.get(child.worker_id, child.team_id)
                session.flush()
            session.info["effective_on"] = None
            _events(session, child, dice)

    story.call("amy", write, purpose="import")


def _events(session, child, dice):
    for kind in dice.sample(["P3", "W3", "F6", "L9"], dice.randrange(4)):
        due = TODAY + timedelta(days=dice.randrange(-40, 20))
        met = due - timedelta(days=dice.randrange(-5, 9)) if dice.random() < 0.3 else None
        met = met and min(met, TODAY)  # what is still to come meets nothing yet
        red_after = due - timedelta(days=dice.randrange(20)) if kind == "P3" else None
        session.add(
            ClockRow(
                child_id=child.id, kind=kind, due_on=due, met_on=met, red_after=red_after,
                started_on=due - timedelta(days=dice.randrange(1, 40)),
                worker_id=child.worker_id, team_id=child.team_id,
            )
        )  # fmt: skip
    if dice.random() < 0.5:
        seen = TODAY - timedelta(days=dice.randrange(60))
        session.add(Note(child_id=child.id, happened_on=seen, kind="visit", words="Seen.", seen=True))
    if dice.random() < 0.4:
        begun = TODAY - timedelta(days=dice.randrange(30))
        session.add(
            Revision(
                child_id=child.id, kind="pep", number=1, form_key="pep", form_version=1, started_on=begun
            )
        )


def plainly(story, on, team_id, here):
    """Return what the figures of a team must be on a day, counted one row after the other.

    `here`: the children in reach today; of the others only worker and status count.
    """

    def read(session):
        held = {}
        for spell in session.scalars(select(CaseSpell)):
            is_open = spell.from_on <= on and (spell.until_on is None or spell.until_on > on)
            is_ours = spell.team_id == team_id or (spell.team_id is None and spell.worker_id is None)
            if is_open and is_ours and spell.status != "closed":
                held[spell.child_id] = spell
        running = [
            each
            for each in session.scalars(select(ClockRow))
            if each.child_id in held
            and each.child_id in here
            and (each.met_on is None or each.met_on > on)
            and (on == TODAY or each.started_on <= on)
        ]
        met = [each for each in session.scalars(select(ClockRow)) if each.met_on and each.met_on <= on]
        late = {each.id for each in running if min(each.due_on, each.red_after or each.due_on) < on}
        drafts = [
            each
            for each in session.scalars(select(Revision))
            if each.child_id in held and each.child_id in here and each.started_on <= on
        ]
        by_id = {each.id: each for each in session.scalars(select(Child))}
        unseen = peps = 0
        for child_id in held.keys() & here:
            terms = [each for each in running if each.child_id == child_id and each.kind == "P3"]
            had = [each for each in met if each.child_id == child_id and each.kind == "P3"]
            is_owed = terms or (had and held[child_id].status == "looked_after")
            peps += bool(is_owed) and not any(each.id in late for each in terms)
            seen = [
                each.happened_on
                for each in session.scalars(select(Note))
                if each.child_id == child_id and each.happened_on <= on
            ]
            unseen += (on - max(seen, default=by_id[child_id].opened_on)).days > 28
        return {
            "open": len(held),
            **{key: sum(each.status == key for each in held.values()) for key in STATUSES},
            "overdue": len(late),
            "due_in_7_days": sum(
                each.due_on <= on + timedelta(days=7) for each in running if each.id not in late
            ),
            "pep_in_date": peps,
            "drafts": len(drafts),
            "unseen": unseen,
        }

    return story.call("amy", read, purpose="check")

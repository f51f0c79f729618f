"""Who held which child when: kept by whatever route the child's worker, team or status changes."""

from datetime import date, timedelta

from sqlalchemy import select

from caseapp import children, people
from db.models import CaseSpell, Child
from tests.story import TODAY, new_story


def spells(story, child_id):
    names = {actor.worker_id: name for name, actor in story.actors.items()}

    def read(session):
        asked = select(CaseSpell).where(CaseSpell.child_id == child_id).order_by(CaseSpell.from_on)
        return [
            (names.get(each.worker_id), each.status, each.from_on, each.until_on)
            for each in session.scalars(asked)
        ]

    return story.call("max", read, purpose="check")


def change(story, who, child_id, on, **values):
    story.store.today = lambda: on

    def write(session):
        for name, value in values.items():
            setattr(session.get_one(Child, child_id), name, value)

    story.call(who, write)


def test_a_new_child_is_held_from_the_day_of_opening():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")

    assert spells(story, child) == [("ada", "early_help", TODAY, None)]


def test_each_change_ends_a_spell_and_begins_the_next():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")
    later, last = TODAY + timedelta(days=10), TODAY + timedelta(days=20)
    story.store.today = lambda: later
    bea = story.actors["bea"].worker_id
    story.call("max", lambda session: people.allocate(session, child, bea, "Back from leave"))
    change(story, "bea", child, last, status="child_in_need")
    change(story, "bea", child, last + timedelta(days=1), closed_on=last + timedelta(days=1))

    assert spells(story, child) == [
        ("ada", "early_help", TODAY, later),
        ("bea", "early_help", later, last),
        ("bea", "child_in_need", last, last + timedelta(days=1)),
        ("bea", "closed", last + timedelta(days=1), None),
    ]


def test_two_changes_on_one_day_are_one_and_other_changes_none():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")
    change(story, "ada", child, TODAY, status="child_in_need")
    change(story, "ada", child, TODAY + timedelta(days=3), alerts="Asthma")

    assert spells(story, child) == [("ada", "child_in_need", TODAY, None)]


def test_a_change_with_an_effective_day_counts_from_that_day():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")
    story.store.today = lambda: TODAY + timedelta(days=9)

    def write(session):
        session.info["effective_on"] = TODAY + timedelta(days=4)
        session.get_one(Child, child).status = "child_in_need"

    story.call("ada", write)

    assert spells(story, child)[0][3] == TODAY + timedelta(days=4)


def test_an_imported_or_older_child_is_held_since_it_was_opened():
    story = new_story()
    new = children.NewChild("Old", "Case", date(2010, 5, 4))
    child = story.call("ada", lambda session: children.register(session, new).id)

    assert [each[2] for each in spells(story, child)] == [TODAY]

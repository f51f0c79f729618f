"""What leaves the store for other programs: whole, recorded, and no more than somebody may read."""

import json
import re
from datetime import date

import pytest

from caseapp import access, children, notes, people, plans, record_files
from caseapp.access import Emergency
from caseapp.notes import NewNote
from caseapp.returns.export import export_ssda903
from db.children import Filter
from db.models import LeaverHome
from db.models.base import NO_HISTORY, Base, OfChild
from db.problems import NotAllowed, NotFound
from tests.story import TODAY, new_story
from tests.test_restricted import restrict


@pytest.fixture
def story():
    return new_story()


def exported(story, child_id, who="ada"):
    return json.loads(story.call(who, lambda session: record_files.record_json(session, child_id)))


def test_every_table_of_a_childs_file_leaves_with_it_but_what_is_worked_out_or_not_saved(story):
    told = exported(story, story.register("ada", "Leyla", "Haddad"))
    of_child = {each.local_table.name for each in Base.registry.mappers if issubclass(each.class_, OfChild)}

    assert told["tables"].keys() == (of_child - NO_HISTORY - {"clash"}) | {"child"}


def test_a_record_leaves_with_its_plans_in_words_and_without_what_is_only_typed(story):
    child = story.register("ada", "Leyla", "Haddad")
    draft = story.call("ada", lambda session: plans.start(session, child, "early-help"))
    story.call("ada", lambda session: plans.save(session, draft, 1, {"worries": "The rent."}))
    story.call("ada", lambda session: plans.keep_typing(session, draft, 2, {"worries": "Half a wo"}))
    story.call("ada", lambda session: notes.add(session, child, NewNote(TODAY, "note", "She waved.")))
    told = exported(story, child)

    assert told["tables"]["document"][0]["answers"]["worries"] == "The rent."
    assert told["questions"][told["tables"]["revision"][0]["id"]]["worries"]
    assert told["tables"]["note"][0]["words"] == "She waved."
    assert "Half a wo" not in json.dumps(told)


def test_half_a_letter_in_an_answer_stops_no_export(story):
    child = story.register("ada", "Leyla", "Haddad")
    draft = story.call("ada", lambda session: plans.start(session, child, "early-help"))
    story.call("ada", lambda session: plans.save(session, draft, 1, {"of_an_older_form": "a\ud83d"}))

    assert exported(story, child)["tables"]["document"][0]["answers"]["of_an_older_form"] == "a\ud83d"


def test_another_childs_file_stays_and_so_does_a_restricted_brother(story):
    child, brother = story.register("ada", "Leyla", "Haddad"), story.register("bea", "Sami", "Haddad")
    story.call("ada", lambda session: notes.add(session, brother, NewNote(TODAY, "note", "He slept.")))
    story.call("ada", lambda session: people.relate(session, child, brother, "Brother", "Sister"))
    restrict(story, brother, named=("bea",))
    told = exported(story, child)

    assert told["tables"]["relation"] == []
    assert "He slept." not in json.dumps(told)
    assert brother.hex not in json.dumps(told).replace("-", "")


def test_what_no_paper_may_show_is_in_no_file_wherever_it_was_typed(story):
    child = story.register("ada", "Leyla", "Haddad")
    story.look_after(child, date(2024, 3, 11))
    draft = story.call("ada", lambda session: plans.start(session, child, "placement-plan"))
    plan = {"address_secret": "yes", "phone": "01632 960 999"}
    story.call("ada", lambda session: plans.save(session, draft, 1, plan))

    def lived(session):
        people.move(session, child, "1 Secret Row, Upton", "QX9 9ZZ", TODAY, withheld=True)
        hidden = {"lines": "7 Hidden Mews, Upton", "withheld": True}
        session.add(LeaverHome(child_id=child, kind="K", from_on=TODAY, **hidden))
        notes.add(session, child, NewNote(TODAY, "note", "Drove to 1 Secret  Row, then to 7 hidden mews."))

    story.call("ada", lived)
    told = exported(story, child)
    (note,) = told["tables"]["note"]

    assert note["words"] == "Drove to withheld, then to withheld."
    assert told["tables"]["address"][0]["postcode"] == "withheld"
    assert told["tables"]["document"][0]["answers"]["phone"] == "Withheld"
    assert not re.search("secret row|hidden mews|QX9|960 999", json.dumps(told), re.IGNORECASE)


@pytest.mark.parametrize(("who", "refused"), [("sue", NotFound), ("rob", NotAllowed)])
def test_a_record_leaves_only_with_those_who_may_take_it_out(story, who, refused):
    child = story.register("ada", "Leyla", "Haddad")

    with pytest.raises(refused):
        exported(story, child, who)


def test_an_export_is_recorded_before_it_leaves(story):
    child = story.register("ada", "Leyla", "Haddad")
    exported(story, child)
    story.call("ada", lambda session: record_files.children_csv(session, Filter()))
    acts = [json.loads(detail) for (detail,) in story.raw("SELECT detail FROM look WHERE act = 'export'")]

    assert acts == [
        {"what": "record as JSON"},
        {"what": "list", "filter": "All children I may see", "children": 1},
    ]


def test_more_than_twenty_five_children_are_for_a_manager(story):
    for number in range(record_files.MANY + 1):
        story.register("ada", f"Child {number}", "=HYPERLINK")
    taken = story.call("max", lambda session: record_files.children_csv(session, Filter()))

    assert taken.count(b"\r\n") == record_files.MANY + 2
    assert b",=HYPERLINK" not in taken
    with pytest.raises(NotAllowed, match="bulk export"):
        story.call("ada", lambda session: record_files.children_csv(session, Filter()))


def test_a_long_list_is_written_to_its_end(story, monkeypatch):
    monkeypatch.setattr(record_files, "_PAGE", 2)
    for number in range(5):
        story.register("ada", f"Child {number}", "Haddad")
    taken = story.call("ada", lambda session: record_files.children_csv(session, Filter(whose="mine")))

    assert [each.split(",")[1] for each in taken.decode().splitlines()[1:]] == [
        f"Child {number} Haddad" for number in range(5)
    ]


def test_who_opened_a_record_in_an_emergency_takes_it_out_in_no_file(story, tmp_path):
    ours, theirs = story.register("tom", "Mia", "Marsh"), story.register("ada", "Leyla", "Haddad")
    for child in (ours, theirs):
        story.look_after(child, date(2024, 3, 11), "tom" if child == ours else "ada")
    restrict(story, theirs, "exists")
    asked = Emergency("She is not at home tonight.", name="Leyla Haddad", born_on=date(2013, 5, 4))
    story.call("tom", lambda session: access.open_in_emergency(session, asked))
    listed = story.call("tom", lambda session: children.count(session, Filter()))
    taken = story.call("tom", lambda session: record_files.children_csv(session, Filter()))
    returned = story.call("tom", lambda session: export_ssda903(session, tmp_path / "return", 2025))

    assert listed == 2
    assert [line.split(",")[1] for line in taken.decode().splitlines()[1:]] == ["Mia Marsh"]
    assert returned.children == 1

"""Who lives with a child follows the placements: on the People page, in the genogram, in what forms know."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from caseapp import care_record, genogram, genogram_record, known, people
from caseapp.care_record import NewEpisode
from caseapp.doorstep_print import doorstep_sheet
from caseapp.looked_after import new_rows as new
from caseapp.looked_after import records
from caseapp.people import NewPerson
from caseapp.prints import record_pdf
from db import children as queries
from db.models import Episode
from tests.desk_fixture import add_child, at_work, done
from tests.pdf_reading import words_of
from tests.record_screen import opened, texts
from tests.story import new_story

__all__ = ["at_work"]

HOME, IN_CARE, MOVED, BACK = (date(2026, month, 2) for month in (3, 5, 9, 11))
POSTCODES = {IN_CARE: "SL1 1AA", MOVED: "SL2 2BB"}


@pytest.fixture
def story():
    return new_story()


def on(story, day, act):
    """Let something be recorded on a day."""
    story.store.today = lambda: day
    story.call("ada", act)


def person(story, day, child_id, name, kind, **more):
    given, family = name.split()
    on(story, day, lambda s: people.add_family(s, child_id, NewPerson(given, family), kind, **more))


def placed(story, day, child_id, carers="", *, kind="U4", lines="", **more):
    def act(session):
        is_move = bool(queries.of_child(session, Episode, child_id))
        episode = NewEpisode(
            day,
            "P" if is_move else "S",
            "C2",
            kind,
            reason_moved="CARPL" if is_move else "",
            placement_postcode=POSTCODES.get(day, "SL3 3CC"),
        )
        care_record.add_episode(session, child_id, episode)
        newest = queries.of_child(session, Episode, child_id, Episode.started_on)[-1]
        records.add(session, child_id, new.NewPlacement(newest.id, carers, lines=lines, **more))

    on(story, day, act)


def moved(story):
    """Return a child of two homes: a mother's, Ann Old's, and now that of Bea and Carl New."""
    mia = story.register("ada", "Mia", "Farrow")
    person(story, HOME, mia, "Dora Farrow", "Mother", lives_with=True)
    placed(story, IN_CARE, mia, "Ann Old")
    person(story, IN_CARE, mia, "Ann Old", "Foster carer", lives_with=True)
    placed(story, MOVED, mia, "Bea and Carl New", lines="4 New Road", phone="01632 960100")
    return mia


def lives(story, child_id):
    """Return how everybody is told to live with the child: now, or until when."""
    view = story.call("ada", lambda session: people.people(session, child_id))
    return {each.name: each.lives_with or each.lived_until for each in view.family} | (
        {view.carers.carers: True} if view.carers else {}
    )


def at_home(story, child_id):
    """Return whom the genogram draws in the child's household, by their keys."""
    drawn = story.call("ada", lambda session: genogram_record.of_child(session, child_id))
    return {key for home in drawn.homes if "Lives with" in home.label for key in home.keys}


def test_after_a_move_the_carers_of_before_lived_there_until_it(story):
    mia = moved(story)

    assert lives(story, mia) == {"Dora Farrow": IN_CARE, "Ann Old": MOVED, "Bea and Carl New": True}
    assert at_home(story, mia) == {genogram.CHILD, "placement"}


def test_what_a_form_knows_of_the_household_and_the_address_is_that_of_now(story):
    mia = moved(story)

    facts = story.call("ada", lambda session: known.known(session, mia))

    assert facts["child.carers"] == "Bea and Carl New"
    assert facts["child.household"] == "Bea and Carl New (carers of the placement)"
    assert (facts["child.address"], facts["child.postcode"]) == ("4 New Road", "SL2 2BB")


def test_an_address_typed_since_the_move_stands(story):
    mia = moved(story)
    on(story, BACK, lambda session: people.move(session, mia, "Flat 9", "SL9 9ZZ", BACK))

    view = story.call("ada", lambda session: people.people(session, mia))

    assert [each.name for each in view.addresses] == ["Flat 9"]


def test_carers_who_are_a_row_of_the_family_are_told_once_whenever_they_were_added(story):
    mia = moved(story)
    person(story, HOME, mia, "Carl New", "Foster carer", lives_with=False)

    assert lives(story, mia) == {"Dora Farrow": IN_CARE, "Ann Old": MOVED, "Carl New": True}


def test_who_is_not_named_goes_by_the_day_they_were_written_down(story):
    mia = story.register("ada", "Mia", "Farrow")
    placed(story, IN_CARE, mia)
    person(story, IN_CARE, mia, "Ann Old", "Foster carer", lives_with=True)
    placed(story, MOVED, mia)
    person(story, MOVED, mia, "Bea New", "Foster carer", lives_with=True)

    assert lives(story, mia) == {"Ann Old": MOVED, "Bea New": True}


def test_a_child_placed_with_a_parent_lives_with_them(story):
    mia = moved(story)
    placed(story, BACK, mia, kind="P1")

    assert lives(story, mia) == {"Dora Farrow": True, "Ann Old": MOVED}


def test_when_care_ends_its_carers_do_and_the_family_is_as_recorded(story):
    mia = moved(story)
    person(story, MOVED, mia, "Bea New", "Foster carer", lives_with=True)
    on(story, BACK, lambda session: care_record.end_episode(session, mia, BACK, "E4A"))

    assert lives(story, mia) == {"Dora Farrow": True, "Ann Old": MOVED, "Bea New": BACK}


def test_short_breaks_are_no_other_household(story):
    mia = story.register("ada", "Mia", "Farrow")
    person(story, HOME, mia, "Dora Farrow", "Mother", lives_with=True)
    breaks = NewEpisode(IN_CARE, "S", "V4", "U6", "N2", "PR1", placement_postcode="SL1 1AA")
    on(story, IN_CARE, lambda session: care_record.add_episode(session, mia, breaks))

    assert lives(story, mia) == {"Dora Farrow": True}


@pytest.mark.parametrize(("same", "told"), [(True, True), (False, IN_CARE)])
def test_a_brother_in_care_too_lives_with_the_child_where_their_homes_are_one(story, same, told):
    mia, tom = story.register("ada", "Mia", "Farrow"), story.register("ada", "Tom", "Farrow")
    on(story, HOME, lambda s: people.relate(s, mia, tom, "Brother", "Sister", lives_with=True))
    placed(story, IN_CARE, mia)
    placed(story, IN_CARE if same else MOVED, tom)

    assert lives(story, mia) == {"Tom Farrow": told}
    assert lives(story, tom) == {"Mia Farrow": told}


def test_of_a_withheld_placement_no_form_knows_the_carers(story):
    mia = story.register("ada", "Mia", "Farrow")
    placed(story, IN_CARE, mia, "Ann Old", lines="4 Old Road", withheld=True)

    facts = story.call("ada", lambda session: known.known(session, mia))

    assert "child.carers" not in facts
    assert facts["child.address"] == "Withheld"


def test_carers_written_down_before_a_move_to_where_nobody_may_know_are_on_no_genogram(story):
    mia = story.register("ada", "Mia", "Farrow")
    placed(story, IN_CARE, mia, "Ann Old")
    person(story, MOVED - timedelta(1), mia, "Carl New", "Foster carer", lives_with=True)
    placed(story, MOVED, mia, "Mr and Mrs New", lines="4 New Road", withheld=True)

    printed = words_of(story.call("ada", lambda session: genogram_record.genogram_pdf(session, mia)))

    assert "Name withheld" in printed
    assert "Carl" not in printed


def test_a_relative_who_may_be_the_carer_where_nobody_may_know_is_not_among_whom_to_ring(story):
    mia = story.register("ada", "Mia", "Farrow")
    placed(story, IN_CARE, mia, "Ann Old")
    jean = NewPerson("Jean", "Hill", phone="01632 960777")
    on(story, MOVED - timedelta(1), lambda s: people.add_family(s, mia, jean, "Grandparent", lives_with=True))
    placed(story, MOVED, mia, "Mrs Hill", kind="U1", lines="4 New Road", withheld=True)

    sheet = words_of(story.call("ada", lambda session: doorstep_sheet(session, mia)))

    assert "ask the worker" in sheet
    assert "960777" not in sheet


def test_the_print_of_a_record_names_no_carers_of_where_nobody_may_know(story):
    mia = moved(story)
    placed(story, BACK, mia, "Ed and Flo Hide", lines="7 Hidden Lane", withheld=True)
    person(story, BACK, mia, "Flo Hide", "Foster carer", lives_with=True)

    printed = words_of(story.call("ada", lambda session: record_pdf(session, mia)))

    assert "Lives with Withheld" in printed
    assert "Withheld Foster carer" in printed
    assert "Dora Farrow Mother" in printed
    assert not [each for each in ("Flo", "Hide", "Hidden Lane") if each in printed]


def test_the_page_says_until_when_somebody_lived_with_the_child(qtbot, at_work):
    child = add_child(at_work.sam, "Mia", "Farrow")
    here = SimpleNamespace(store=at_work.store, call=lambda _, act: done(at_work.sam, act))
    person(here, HOME, child, "Dora Farrow", "Mother", lives_with=True)
    placed(here, IN_CARE, child, "Ann Old")

    page = opened(qtbot, at_work.sam, child, "People")
    shown = texts(page.page())

    assert "Mother  ·  lived with the child until 02/05/2026" in shown
    assert "Carers of the placement  ·  since 02/05/2026" in shown

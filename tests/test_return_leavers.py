"""A care leaver's row of the return, where nobody entered the items of the year."""

from datetime import date

import pytest

from caseapp.pathway.new_rows import NewActivity, NewHome, NewInTouch, NewOverride
from caseapp.returns.from_record import return_of
from caseapp.returns.leavers import birthday_in
from caseapp.returns.quality import Judged
from caseapp.returns.rule import Finding
from db.models import CareLeaverYear
from tests.pathway_life import add, young_person
from tests.story import new_story

YEAR = 2027  # Yonas turns 18 on 11/05/2026


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def yonas(story):
    child_id = young_person(story)
    add(story, child_id, NewInTouch("YES", date(2026, 5, 11)))
    add(story, child_id, NewHome("U", date(2026, 5, 11), suitable=True))
    add(story, child_id, NewActivity("F2", date(2025, 9, 1)))
    return child_id


def made(story, year=YEAR):
    return story.call("max", lambda session: return_of(session, year))


def items(story, year=YEAR):
    return [(row["IN_TOUCH"], row["ACTIV"], row["ACCOM"]) for row in made(story, year).told.lines("OC3")]


def test_the_items_of_the_birthday_are_taken_from_the_record(story, yonas):
    assert items(story) == [("YES", "F2", "U1")]


def test_in_the_year_of_a_birthday_in_care_there_is_no_row(story, yonas):
    add(story, yonas, NewInTouch("YES", date(2025, 5, 11)))

    assert items(story, 2026) == []


def test_items_that_were_entered_for_the_year_stay_as_they_are(story, yonas):
    def enter(session):
        session.add(CareLeaverYear(child_id=yonas, year=YEAR, in_touch="NO", activity="0", accommodation="0"))

    story.call("ada", enter)

    assert items(story) == [("NO", "0", "0")]


def test_without_contacts_on_record_nothing_is_made_up(story):
    child_id = young_person(story)
    add(story, child_id, NewHome("U", date(2026, 5, 11), suitable=True))

    assert items(story) == []


def test_before_the_birthday_has_come_nothing_is_told(story):
    child_id = young_person(story, date(2007, 12, 24))
    add(story, child_id, NewInTouch("YES", date(2026, 11, 2)))

    assert items(story) == []


def test_a_managers_word_on_the_category_decides(story, yonas):
    add(story, yonas, NewOverride("qualifying", date(2026, 5, 1), "Home for six months."), who="max")

    assert items(story) == []


def test_a_row_worked_out_leads_to_the_pathway_tab(story, yonas):
    found = made(story)
    (line,) = found.told.lines("OC3")

    opens = Judged(found, []).opens(Finding("153", line.child, line, ("ACTIV",), "", ""))

    assert (opens.child_id, opens.tab, opens.part) == (yonas, "Pathway", "")


@pytest.mark.parametrize(
    ("born_on", "found"),
    [
        (date(2009, 4, 1), date(2026, 4, 1)),
        (date(2010, 3, 31), date(2027, 3, 31)),
        (date(2010, 4, 1), None),
        (date(2008, 2, 29), date(2027, 3, 1)),
        (date(2001, 3, 31), None),
        (date(2002, 3, 31), date(2027, 3, 31)),
    ],
)
def test_the_birthday_in_a_year_is_one_from_17_to_25(born_on, found):
    assert birthday_in(born_on, YEAR) == found

"""Reviews, visits, health and missing on screen: what is shown, and how it is recorded."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from caseapp import people
from caseapp.looked_after import health, missing, records, reviews, visits
from caseapp.looked_after import new_rows as care
from caseapp.people import NewPerson
from caseapp.words import LONDON
from db.moments import pretend
from tests.desk_fixture import Office, add_child, add_note, done, look_after, office
from tests.record_screen import button, dialog, fill, texts, tool
from ui import theme
from ui.care_health import HealthPart
from ui.care_lines import AT_ONCE
from ui.care_missing import MissingPart
from ui.care_reviews import ReviewsPart
from ui.parts import Banner

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LEFT = datetime(2026, 11, 20, 18, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _at_three():
    with pretend(NOW):
        yield


@pytest.fixture(scope="module")
def at_work() -> Office:
    """One office for all: each test has a child of its own."""
    return office()


@pytest.fixture
def amelia(at_work: Office):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    look_after(at_work.sam, child_id)
    return child_id


def add(desk, child_id, *rows):
    return [done(desk, partial(_add, child_id, each)) for each in rows]


def _add(child_id, row, session):
    return records.add(session, child_id, row)


def read(desk, child_id, module):
    return done(desk, lambda session: module.view(session, child_id))


def shown(qtbot, part):
    qtbot.addWidget(part)
    part.resize(1134, 1600)
    with qtbot.waitExposed(part):
        part.show()
    QApplication.processEvents()
    return part


def banners(part):
    QApplication.processEvents()
    return [each.text() for each in part.findChildren(Banner) if each.isVisible()]


# Reviews and visits


def test_the_next_review_stands_with_its_day_and_why(qtbot, at_work, amelia):
    said = texts(shown(qtbot, ReviewsPart(at_work.sam, amelia, True)))

    assert "Looked-after review 2: 25/08/2026" in said
    assert any(text.startswith("Due 25/08/2026: 3 months after review 1") for text in said)
    assert "Review 1: 25/05/2026, due 03/03/2025" in said
    assert {"Took part", "Took part in 1 of 1 review since the fourth birthday"} <= set(said)
    assert any(text.startswith("Reviewing officer: Sam Okafor, named 03/02/2025") for text in said)


def test_a_review_is_added_and_what_cannot_be_is_said_in_the_dialog(qtbot, at_work, amelia):
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    button(part, "Add a review").click()
    asked = dialog(part)
    fill(asked.form, held_on="2026-11-16", participation="PN0")
    asked.save_button.click()
    assert "under four" in asked.said()

    fill(asked.form, participation="PN5", decisions_sent_on="2026-11-18", chair="D. Mensah")
    with qtbot.waitSignal(part.changed):
        asked.save_button.click()

    held = read(at_work.sam, amelia, reviews).held[0]
    assert (held.held_on, held.given.chair, held.decisions.words) == (
        date(2026, 11, 16),
        "D. Mensah",
        "In time",
    )
    assert "Decisions: in time" in texts(part)


def test_the_next_review_says_for_when_it_is_planned_and_is_added_from_that(qtbot, at_work, amelia):
    add(
        at_work.sam, amelia, care.NewReviewAsked("timetable", date(2026, 11, 2), date(2026, 11, 19), "School")
    )
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    assert {"Planned for 19/11/2026", "School", "Planned after it is due, 25/08/2026"} <= set(texts(part))

    button(part, "Add a review").click()

    form = dialog(part).form
    assert (form.text("held_on"), form.text("place")) == ("2026-11-19", "School")


def test_a_review_is_changed_from_its_pencil_and_keeps_the_rest(qtbot, at_work, amelia):
    add(at_work.sam, amelia, care.NewReview(date(2026, 11, 16), "PN1", chair="D. Mensah"))
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    tool(part, "Change the review of 16/11/2026").click()
    asked = dialog(part)
    fill(asked.form, spoke_on="2026-11-15")

    asked.save_button.click()

    held = read(at_work.sam, amelia, reviews).held[0]
    assert (held.given.spoke_on, held.given.chair, held.given.participation) == (
        date(2026, 11, 15),
        "D. Mensah",
        "PN1",
    )


def test_a_review_entered_by_mistake_is_taken_off_with_a_reason(qtbot, at_work, amelia):
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    tool(part, "Change the review of 25/05/2026").click()
    asked = dialog(part)
    fill(asked.form, wrong=["yes"], wrong_because="It was a sister’s review")

    asked.save_button.click()

    assert read(at_work.sam, amelia, reviews).held == []


def test_what_may_need_a_review_is_recorded_as_asked_for_with_one_press(qtbot, at_work, amelia):
    for day in (date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 10)):
        add(at_work.sam, amelia, care.NewMissing("M", day, day))
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    assert banners(part) == ["A review may be needed: missing or away 3 times in 90 days (local practice)."]

    button(part, "Record it as asked for").click()

    assert banners(part) == []
    assert {"Asked for on 23/11/2026", "As soon as possible"} <= set(texts(part))


def test_a_review_asked_for_is_called_off_only_with_a_reason(qtbot, at_work, amelia):
    add(at_work.sam, amelia, care.NewReviewAsked("child", date(2026, 11, 16), words="To see Ola more"))
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    tool(part, "Change what was asked for on 16/11/2026").click()
    asked = dialog(part)
    fill(asked.form, cancelled_on="2026-11-20")
    asked.save_button.click()
    assert "This is needed." in texts(asked)

    fill(asked.form, called_off_because="The next one is in two days")
    asked.save_button.click()

    said = texts(part)
    assert "Called off on 20/11/2026" in said
    assert "To see Ola more\nCalled off: The next one is in two days" in said
    tool(part, "Change what was asked for on 16/11/2026").click()
    assert dialog(part).form.text("called_off_because") == "The next one is in two days"


def test_a_concern_of_the_reviewing_officer_is_raised(qtbot, at_work, amelia):
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    button(part, "Add a concern").click()
    asked = dialog(part)
    fill(asked.form, concern="Still no dentist", level="manager", raised_with="Max")

    asked.save_button.click()

    assert {"23/11/2026: Still no dentist", "Raised with the team manager (stage 3 of 6)", "Open"} <= set(
        texts(part)
    )


def test_the_rule_of_visits_stands_with_its_regulation(qtbot, at_work, amelia):
    add_note(at_work.sam, amelia, date(2026, 11, 9), "A visit.", seen_alone=True, bedroom_seen=False)
    said = texts(shown(qtbot, ReviewsPart(at_work.sam, amelia, True)))

    assert "After the first year of the placement: every six weeks" in said
    assert "Care Planning Regulations 2010, reg 28(2)(c)" in said
    assert "Visit, after a year in the placement: 21/12/2026" in said
    assert {"Seen alone", "Bedroom not seen"} <= set(said)


def test_a_visit_is_added_with_all_that_its_record_asks(qtbot, at_work, amelia):
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    button(part, "Add a visit").click()
    asked = dialog(part)
    fill(asked.form, words="We baked.", where_seen="home", present="Mrs Bell", planned="no")
    asked.save_button.click()
    assert "This is needed." in texts(asked)  # nobody is seen before somebody says so

    fill(asked.form, seen="seen", why_not_alone="She asked Mrs Bell to stay", worries="Tired")
    asked.save_button.click()

    row = read(at_work.sam, amelia, visits).rows[0]
    assert (row.title, row.counts, row.seen_alone, row.worries) == (
        "Unannounced visit",
        True,
        False,
        "Tired",
    )
    assert row.told == ["Where the child lives, with Mrs Bell", "Not alone: She asked Mrs Bell to stay"]


def test_a_long_list_of_visits_is_folded_until_asked_for(qtbot, at_work, amelia):
    for day in range(1, AT_ONCE + 3):
        add_note(at_work.sam, amelia, date(2026, 10, day), "A visit.", seen=True)
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))
    assert "Visit: 01/10/2026" not in texts(part)

    button(part, f"Show all {AT_ONCE + 2}: Visits").click()

    assert "Visit: 01/10/2026" in texts(part)


def test_the_record_of_a_review_is_begun_from_here(qtbot, at_work, amelia):
    part = shown(qtbot, ReviewsPart(at_work.sam, amelia, True))

    with qtbot.waitSignal(part.start_plan) as asked:
        button(part, "Write the review’s record").click()

    assert asked.args == [amelia, "lac-review"]


# Health


def test_health_shows_what_is_due_and_the_last_of_each_check(qtbot, at_work, amelia):
    add(
        at_work.sam,
        amelia,
        care.NewHealth("initial", date(2025, 2, 24)),
        care.NewHealth("optician", date(2026, 9, 1), "refused"),
    )
    surgery = NewPerson("Idris", "Vaughan", organisation="Mill Lane Surgery")
    done(at_work.sam, lambda session: people.add_professional(session, amelia, surgery, "GP"))
    said = texts(shown(qtbot, HealthPart(at_work.sam, amelia, True)))

    assert "Health review: 24/02/2026" in said
    assert {"Idris Vaughan, Mill Lane Surgery", "Sight test 01/09/2026", "Refused", "In time"} <= set(said)


def test_a_check_is_added_from_the_health_card(qtbot, at_work, amelia):
    part = shown(qtbot, HealthPart(at_work.sam, amelia, True))
    button(part, "Add a check or assessment").click()
    asked = dialog(part)
    fill(asked.form, kind="immunisations", happened_on="2026-11-02", up_to_date="yes")

    asked.save_button.click()

    row = read(at_work.sam, amelia, health).checks[0]
    assert (row.kind, row.given.up_to_date, row.outcome) == ("immunisations", True, "done")
    assert "02/11/2026, up to date" in texts(part)


def test_the_items_of_a_year_begin_with_the_record_and_are_put_right(qtbot, at_work, amelia):
    add(at_work.sam, amelia, care.NewHealth("dental", date(2026, 2, 3)))
    part = shown(qtbot, HealthPart(at_work.sam, amelia, True))
    button(part, "Enter: Year to 31/03/2026").click()
    asked = dialog(part)
    assert asked.form.answers()["teeth_check"] == "yes"
    assert "health_check" not in asked.form.answers()  # Amelia is 14
    fill(asked.form, sdq_score=12, sdq_reason="SDQ2")
    asked.save_button.click()
    assert "never both" in asked.said()

    fill(asked.form, sdq_reason=None, convicted="no")
    asked.save_button.click()

    year = next(each for each in read(at_work.sam, amelia, health).years if each.year == 2026)
    assert (year.given.sdq_score, year.given.teeth_check, year.given.convicted) == (12, True, False)
    assert "Still to say: immunisations, health assessment and substance misuse" in texts(part)


# Missing


def test_who_is_missing_now_stands_on_top_and_comes_back_with_a_time(qtbot, at_work, amelia):
    add(at_work.sam, amelia, care.NewMissing("M", LEFT.date(), left_at=LEFT, words="Left after tea."))
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    assert banners(part) == ["Missing since Fri 20 Nov 2026 18:00, 2 days. Not back yet."]

    button(part, "Found or came back").click()
    asked = dialog(part)
    fill(asked.form, ended_on="2026-11-22", returned_time="25:00")
    asked.save_button.click()
    assert any("is not a time" in text for text in texts(asked))
    fill(asked.form, returned_time="21.30")
    asked.save_button.click()

    row = read(at_work.sam, amelia, missing).rows[0]
    assert row.given.returned_at == datetime(2026, 11, 22, 21, 30, tzinfo=LONDON)
    assert row.given.words == "Left after tea."
    assert "Return home interview by Wed 25 Nov 2026 21:30" in texts(part)
    assert banners(part) == []


def test_a_time_missing_is_added_with_what_the_police_were_told(qtbot, at_work, amelia):
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    button(part, "Add a time missing").click()
    asked = dialog(part)
    fill(asked.form, started_on="2026-11-20", left_time="18:00", ended_on="2026-11-20", returned_time="23:10")
    fill(asked.form, police_on="2026-11-20")
    asked.save_button.click()
    assert "This is needed." in texts(asked)
    fill(asked.form, police_time="18:40", police_ref="CAD 44")

    asked.save_button.click()

    row = read(at_work.sam, amelia, missing).rows[0]
    assert (row.lasted, row.told[0]) == ("5 hours", "Police told 20/11/2026 18:40, Police reference CAD 44")


def test_the_police_are_not_told_before_the_child_left(qtbot, at_work, amelia):
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    button(part, "Add a time missing").click()
    asked = dialog(part)
    fill(asked.form, started_on="2026-11-20", left_time="9.30pm", police_on="2026-11-20", police_time="9 pm")
    asked.save_button.click()
    assert "The police were told before the child left or was last seen. Check both times." in asked.said()

    fill(asked.form, left_time="", police_on="2026-11-19")
    asked.save_button.click()
    assert "before the child left" in asked.said()

    fill(asked.form, left_time="9.30pm", police_on="2026-11-20", police_time="9.45 p.m.")
    asked.save_button.click()
    assert read(at_work.sam, amelia, missing).rows[0].told[0] == "Police told 20/11/2026 21:45"


def test_the_two_acts_about_an_interview_have_names_that_tell_them_apart(qtbot, at_work, amelia):
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))

    assert button(part, "Write up what the child said")
    assert tool(part, "Note the offer and outcome: Missing Mon 1 Jun").text() == "Note the offer and outcome"


def test_a_time_is_changed_with_its_moments_kept(qtbot, at_work, amelia):
    back = datetime(2026, 11, 21, 7, 5, tzinfo=LONDON)
    add(at_work.sam, amelia, care.NewMissing("M", LEFT.date(), None, LEFT, back))
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    tool(part, "Change the time from Fri 20 Nov 2026 18:00").click()
    asked = dialog(part)
    assert (asked.form.text("left_time"), asked.form.text("ended_on")) == ("18:00", "2026-11-21")
    fill(asked.form, police_ref="CAD 45")

    asked.save_button.click()

    given = read(at_work.sam, amelia, missing).rows[0].given
    assert (given.left_at, given.returned_at, given.police_ref) == (LEFT, back, "CAD 45")


def test_a_day_without_a_time_stays_without_one(qtbot, at_work, amelia):
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    tool(part, "Change the time from Mon 1 Jun 2026, time unknown").click()
    fill(dialog(part).form, words="Found at Kayla’s")

    dialog(part).save_button.click()

    row = read(at_work.sam, amelia, missing).rows[0]
    assert (row.given.left_at, row.given.ended_on, row.time_unknown) == (None, date(2026, 6, 2), True)
    assert "Found at Kayla’s" in texts(part)


def test_an_interview_is_recorded_and_judged_against_the_72_hours(qtbot, at_work, amelia):
    back = datetime(2026, 11, 20, 21, 0, tzinfo=LONDON)
    add(at_work.sam, amelia, care.NewMissing("M", LEFT.date(), None, LEFT, back))
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    assert "Interview due" in texts(part)
    tool(part, "Note the offer and outcome: Missing Fri 20 Nov").click()
    asked = dialog(part)
    fill(asked.form, offered_on="2026-11-21", offered_time="10:00", accepted="yes", held_on="2026-11-23")
    fill(asked.form, held_time="14:00", held_by="J. Hall", independent="yes", reasons="An argument")

    asked.save_button.click()

    assert {"Held within 72 hours", "Why: An argument"} <= set(texts(part))
    talk = read(at_work.sam, amelia, missing).rows[0].talk
    assert (talk.within, talk.given.independent) == (True, True)


def test_a_refused_interview_needs_its_day(qtbot, at_work, amelia):
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))
    tool(part, "Note the offer and outcome: Missing Mon 1 Jun").click()
    asked = dialog(part)
    fill(asked.form, accepted="no")
    asked.save_button.click()
    assert "Give a date, such as 03/09/2026 or today." in texts(asked)
    fill(asked.form, refused_on="2026-06-03")

    asked.save_button.click()

    assert "Refused" in texts(part)


def test_a_pattern_is_flagged_in_words(qtbot, at_work, amelia):
    for day in (date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 10)):
        add(at_work.sam, amelia, care.NewMissing("A", day, day))
    part = shown(qtbot, MissingPart(at_work.sam, amelia, True))

    assert "3 times in the last 90 days, 4 times in the last 12 months" in texts(part)
    assert banners(part)[0].startswith("3 times in 90 days. 3 times or more in 90 days: hold a strategy")


def test_the_emergency_sheet_goes_to_the_printer(qtbot, at_work, amelia):
    asked_for = []

    def make(_session, child_id):
        asked_for.append(child_id)
        return b"%PDF-1.7"

    part = shown(qtbot, MissingPart(at_work.sam, amelia, True, make_sheet=make))

    with qtbot.waitSignal(part.print_bytes) as printed:
        button(part, "Print the emergency sheet").click()

    assert asked_for == [amelia]
    assert printed.args == ["Missing: emergency sheet", b"%PDF-1.7"]


# All of them

PARTS = (ReviewsPart, HealthPart, MissingPart)


@pytest.mark.parametrize("kind", PARTS)
def test_a_reader_sees_all_and_changes_nothing(qtbot, at_work, amelia, kind):
    add(at_work.sam, amelia, care.NewHealth("initial", date(2025, 2, 24)))
    part = shown(qtbot, kind(at_work.sam, amelia, False))

    names = [each.accessibleName() for each in part.findChildren(QAbstractButton) if each.isVisible()]
    wrong = ("Add", "Change", "Write", "Plan", "Record", "Enter", "Found")
    assert not [name for name in names if name.startswith(wrong)]


@pytest.mark.parametrize("kind", PARTS)
def test_a_child_never_in_care_has_an_empty_page_with_words(qtbot, at_work, kind):
    child_id = add_child(at_work.sam, "Ben", "Osei")

    assert len(texts(shown(qtbot, kind(at_work.sam, child_id, True)))) > 3


def test_every_control_has_a_name_in_all_themes(qtbot, at_work, amelia):
    back = datetime(2026, 11, 20, 21, 0, tzinfo=LONDON)
    add(at_work.sam, amelia, care.NewMissing("M", LEFT.date(), None, LEFT, back))
    for name in ("light", "dark", "contrast"):
        theme.apply(QApplication.instance(), name)
        for kind in PARTS:
            part = shown(qtbot, kind(at_work.sam, amelia, True))
            controls = [
                each for each in part.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            ]
            assert controls
            assert [each for each in controls if each.isVisible() and not each.accessibleName()] == []
            assert not part.grab().isNull()
    theme.apply(QApplication.instance(), "light")

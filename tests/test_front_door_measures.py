"""The timeliness of the front door: the figures of the progress report, from entered records."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import front_door_out as out
from caseapp import words
from caseapp.calendars import england
from caseapp.front_door import assessments, contacts, referrals
from caseapp.front_door.measures import MEASURES, MEASURES_BY_KEY, SHARE, Data, Period
from caseapp.front_door.new_rows import (
    Authorisation,
    ContactDecision,
    Findings,
    NewAssessment,
    NewContact,
    NewReferral,
    ReferralDecision,
)
from caseapp.front_door.timeliness import figure, month_of, timeliness
from db.models import Assessment, Child, Contact, Look, Referral
from db.moments import new_id
from tests.pdf_reading import words_of
from tests.story import new_story

ON = date(2015, 3, 2)
JANUARY, FEBRUARY = month_of(date(2015, 1, 1)), month_of(date(2015, 2, 1))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), words.LONDON)


class Entering:
    """Enters rows by the use cases, as the manager, in one session."""

    def __init__(self, session, child_ids) -> None:
        self.session, self.children = session, iter(child_ids)

    def contact(self, day: date, days: int) -> None:
        (made,) = contacts.take(self.session, [next(self.children)], NewContact(noon(day), "6", "Notice."))
        decided = noon(england().add_working_days(day, days))
        version = self.session.get(Contact, made).version
        contacts.decide(self.session, {made: version}, ContactDecision(decided, ("nfa",), "Known."))

    def referral(self, day: date, days: int) -> None:
        made = referrals.receive(self.session, next(self.children), NewReferral(noon(day), "6"))
        decided = noon(england().add_working_days(day, days))
        version = self.session.get(Referral, made).version
        referrals.decide(self.session, made, version, ReferralDecision(decided, "nfa", "Known."))

    def assessment(self, authorised: date, days: int) -> None:
        start = england().add_working_days(authorised, -days)
        made = assessments.start(self.session, next(self.children), NewAssessment(start, start))
        row = self.session.get(Assessment, made)
        found = Findings(start, False, "N1", ("16A",), ("services",))
        assessments.write(self.session, made, row.version, found)
        self.session.flush()
        assessments.submit(self.session, made, row.version, authorised)
        self.session.flush()
        decided = Authorisation(authorised, ("services",))
        assessments.authorise_assessment(self.session, made, row.version, decided)
        self.session.flush()


@pytest.fixture(scope="module")
def report():
    """What the progress report of 2015 tells of, entered: two months, and the year of assessments."""
    story = new_story(ON)
    number = 48 + 36 + 19 + 77 + 74

    def enter(session):
        session.info["clocks_wait"] = True
        me = story.actors["ada"]
        made = [
            Child(
                ref=20_000 + each, given="Child", family=f"Number {each}", sort_name=f"number {each}",
                born_on=date(2008, 5, 4), status="early_help", opened_on=date(2014, 1, 1),
                worker_id=me.worker_id, team_id=me.team_id,
            )
            for each in range(number)
        ]  # fmt: skip
        session.add_all(made)
        session.flush()
        entering = Entering(session, [each.id for each in made])
        jan, feb = date(2015, 1, 12), date(2015, 2, 9)
        for _ in range(41):
            entering.contact(jan, 1)
        for _ in range(7):
            entering.contact(jan, 2)
        for place in range(36):
            entering.contact(feb, 2 if place == 0 else 0)
        for place in range(19):
            entering.referral(jan, 1 if place < 12 else 3)
        for place in range(77):
            entering.referral(feb, 1 if place < 58 else 2)
        for place in range(39):
            entering.assessment(date(2015, 2, 20), 45 if place < 31 else 46)
        for place in range(35):
            entering.assessment(date(2014, 9, 8), 40 if place < 26 else 60)

    story.call("max", enter)
    return story


def told(story, day: date, who: str = "max", **more):
    return story.call(who, lambda session: timeliness(session, day, **more))


def test_contacts_and_referrals_of_the_report_come_out(report):
    shown = told(report, FEBRUARY.since)

    contacts_line, referrals_line = shown.one("contacts_in_day"), shown.one("referrals_in_day")
    assert (contacts_line.before.shown, contacts_line.before.beneath) == ("85.4 %", "41 of 48 contacts")
    assert (contacts_line.month.shown, contacts_line.month.beneath) == ("97.2 %", "35 of 36 contacts")
    assert (referrals_line.before.shown, referrals_line.month.shown) == ("63.2 %", "75.3 %")
    assert referrals_line.month.value - referrals_line.before.value == words.percent(121, 1000)


def test_assessments_of_the_report_come_out_and_the_year_sums_counts(report):
    line = told(report, FEBRUARY.since).one("assessments_in_45")

    assert (line.month.shown, line.year.shown) == ("79.5 %", "77.0 %")
    assert (line.year.count, line.year.of) == (57, 74)
    assert line.year.count == sum(each.count for _, each in line.months)
    assert line.year.of == sum(each.of for _, each in line.months)


def test_where_there_was_nothing_no_share_stands(report):
    before = told(report, FEBRUARY.since).one("assessments_in_45").before

    assert (before.of, before.value, before.shown) == (0, None, "–")


def test_every_figure_counts_its_list_for_every_month_and_role(report):
    for who in ("max", "ada", "sue", "tom"):
        for shown in (told(report, FEBRUARY.since, who), told(report, FEBRUARY.since, who, once=True)):
            for line in shown.lines:
                for each in (line.month, line.before, *(told for _, told in line.months)):
                    assert each.count == len(each.rows)
                    assert each.of == len(each.rows) + len(each.others)


def test_the_workbook_and_the_print_say_what_the_screen_says(report):
    shown = told(report, FEBRUARY.since)
    book = openpyxl.load_workbook(
        io.BytesIO(report.call("max", lambda session: out.xlsx_file(session, shown, with_names=True)))
    )
    paper = report.call("max", lambda session: out.print_pdf(session, shown))

    row = next(
        each for each in book["Measures"].iter_rows(values_only=True) if each[0].startswith("Contacts d")
    )
    assert row[1:7] == (97.2, 35, 36, 85.4, 41, 48)
    listed = [each for each in book.sheetnames if each.startswith("1 ")]
    assert book[listed[0]].max_row == 1 + 36
    said = words_of(paper).replace("\u00a0", " ")
    assert "97.2 % (35 of 36)" in said
    assert "February 2015" in said
    assert "Number 1" not in said


def test_the_look_is_recorded_with_whom_it_showed(report):
    shown = told(report, FEBRUARY.since)
    looks = report.raw(f"SELECT detail FROM {Look.__tablename__} WHERE act = 'list'")

    ids = {row.child_id.hex for row in shown.one("contacts_in_day").month.rows}
    assert any("timeliness" in each[0] and ids <= {*json.loads(each[0])["ids"]} for each in looks)


# Over plain rows


def data_of(entered_contacts=(), entered_referrals=(), entered_assessments=(), today=ON) -> Data:
    child = Child(id=new_id(), ref=1, given="Leo", family="Hartley")
    return Data(
        [(each, child) for each in entered_contacts], [(each, child) for each in entered_referrals],
        [(each, child) for each in entered_assessments], england(), today,
    )  # fmt: skip


def contact(received: date, decided: date | None = None, group_id=None) -> Contact:
    return Contact(
        id=new_id(), received_at=noon(received), decided_at=noon(decided) if decided else None,
        outcomes=[], group_id=group_id,
    )  # fmt: skip


def told_of(key: str, data: Data, period: Period, **more):
    return figure(MEASURES_BY_KEY[key], data, period, **more)


def test_an_undecided_contact_counts_once_its_day_is_past():
    friday = date(2015, 2, 27)
    data = data_of([contact(friday)], today=date(2015, 3, 2))
    later = data_of([contact(friday)], today=date(2015, 3, 3))

    found = [told_of("contacts_in_day", each, FEBRUARY) for each in (data, later)]

    assert [each.beneath for each in found] == ["no contacts", "0 of 1 contact"]
    assert [each.shown for each in found] == ["–", "0.0 %"]


def test_brothers_and_sisters_count_once_if_asked_and_in_time_only_together():
    family, day = new_id(), date(2015, 2, 9)
    data = data_of([contact(day, day, family), contact(day, date(2015, 2, 13), family), contact(day, day)])

    each, once = (told_of("contacts_in_day", data, FEBRUARY, once=said) for said in (False, True))

    assert (each.count, each.of) == (2, 3)
    assert (once.count, once.of) == (1, 2)


def assessed(referred: date, authorised: date | None, abandoned: date | None = None, started=None):
    return Assessment(
        referred_on=referred, started_on=started or referred, authorised_on=authorised,
        abandoned_on=abandoned, abandoned_because="Moved.", outcomes=["nfa"], extended_to=authorised,
    )  # fmt: skip


def test_the_45th_day_is_in_time_the_46th_late_and_an_extension_changes_nothing():
    start = date(2015, 2, 2)
    april = month_of(date(2015, 4, 1))
    data = data_of((), (), [assessed(start, date(2015, 4, 8)), assessed(start, date(2015, 4, 9))])

    assert told_of("assessments_in_45", data, april).beneath == "1 of 2 completed"


def test_the_census_counts_from_the_actual_start():
    april = month_of(date(2015, 4, 1))
    data = data_of((), (), [assessed(date(2015, 2, 2), date(2015, 4, 9), started=date(2015, 2, 4))])

    keys = ("assessments_in_45", "assessments_in_45_census")
    assert [told_of(key, data, april).shown for key in keys] == ["0.0 %", "100.0 %"]


def test_what_is_abandoned_is_listed_and_in_no_share_and_what_is_open_stands_apart():
    abandoned = assessed(date(2014, 11, 3), None, date(2015, 2, 6))
    still_open = assessed(date(2014, 11, 3), None)
    data = data_of((), (), [abandoned, still_open])

    assert told_of("assessments_in_45", data, FEBRUARY).of == 0
    assert told_of("abandoned", data, FEBRUARY).count == 1
    assert told_of("open_past_45", data, JANUARY).count == 2  # both were open on 31 January
    assert told_of("open_past_45", data, FEBRUARY).count == 1


def test_referrals_are_counted_not_children():
    days = [date(2013, 12, 1), date(2014, 12, 1), date(2015, 2, 2), date(2015, 2, 2)]
    rows = [Referral(id=new_id(), received_at=noon(each), outcome="nfa") for each in days]
    data = data_of((), rows)

    assert told_of("re_referrals", data, FEBRUARY).beneath == "2 of 2 referrals"
    assert told_of("re_referrals", data, month_of(days[1])).beneath == "1 of 1 referral"
    assert told_of("re_referrals", data, month_of(days[0])).beneath == "0 of 1 referral"


DAYS = st.dates(date(2014, 3, 1), date(2015, 4, 30))


@given(st.lists(st.tuples(DAYS, st.integers(0, 90), st.booleans(), st.booleans()), max_size=12))
def test_any_rows_give_figures_that_are_their_lists_and_a_year_that_is_its_months(rows):
    ends = [day + timedelta(days) if is_ended else None for day, days, is_ended, _ in rows]
    data = data_of(
        [contact(row[0], end) for row, end in zip(rows, ends, strict=True)],
        [
            Referral(id=new_id(), received_at=noon(row[0]), decided_at=noon(end) if end else None, outcome="")
            for row, end in sorted(zip(rows, ends, strict=True), key=lambda each: each[0][0])
        ],
        [
            assessed(row[0], None if row[3] else end, end if row[3] else None)
            for row, end in zip(rows, ends, strict=True)
        ],
    )
    months = [month_of(date(2014 + number // 12, number % 12 + 1, 1)) for number in range(2, 14)]
    for measure in MEASURES:
        found = [figure(measure, data, each) for each in months]
        for each in found:
            assert each.count <= each.of
            if measure.unit == SHARE and each.of:
                assert each.value == words.percent(len(each.rows), len(each.rows) + len(each.others))
        if not measure.is_standing:
            year = figure(measure, data, Period(months[0].since, months[-1].until))
            assert (year.count, year.of) == (
                sum(each.count for each in found), sum(each.of for each in found),
            )  # fmt: skip

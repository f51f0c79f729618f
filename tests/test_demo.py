"""The demo: invented families that read like life, the same for the same seed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import event, select

from caseapp import (
    access,
    accounts,
    care_record,
    children,
    demo,
    demo_front_door,
    household,
    notes,
    overview,
    plan_reading,
    prints,
    today,
    upkeep,
)
from caseapp import measures as measured
from caseapp.ages import age
from caseapp.calendars import term_of
from caseapp.care_record import NewEpisode
from caseapp.caseload import view
from caseapp.children import NewChild
from caseapp.demo_beginnings import nhs_number, upn
from caseapp.demo_lives import due_from
from caseapp.demo_people import ago, ahead, dice, families
from caseapp.early_help import consents, page
from caseapp.education import pep_states, premium, records, school_import
from caseapp.education.csv_mapping import ATTENDANCE
from caseapp.education.taking_up import term_from
from caseapp.education.virtual_school import virtual_school
from caseapp.forms import FORMS
from caseapp.pathway import money
from db.models import (
    Action,
    ActionStep,
    Address,
    Attendance,
    Child,
    Document,
    Episode,
    HealthEvent,
    HelpEpisode,
    Involvement,
    LacReview,
    Note,
    Proceedings,
    Revision,
    Schooling,
    Team,
    Worker,
)
from db.moments import new_id, pretend
from db.problems import Problem
from db.roles import Actor
from db.store import Session, memory_store

AS_OF = date(2026, 11, 23)
SAMS_FAMILIES = 12  # the first ten, and two whose papers of care are written out in full
SAMS_CHILDREN = 21
CARED_FOR = {"Thornbury", "Devereux"}
# Families beyond Sam's whose early help stands in ways of its own
SCHOOLED = {"Whitlock", "Davies", "Green"}
ENDINGS = {"Clarke", "Zielińska", "Okonkwo", "Singh", "Taylor", "Ionescu", "Grant", "Hughes"}


@pytest.fixture(scope="module", autouse=True)
def fast_keys() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEAPP_TEST", "1")
        patch.setenv("CASEAPP_TEST_FAST_KEYS", "1")
        usual = gc.get_threshold()
        gc.set_threshold(50_000, 20, 50)  # a seventh of the time of a demo is looking for garbage
        yield
        gc.set_threshold(*usual)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> demo.Demo:
    every = families(demo.CHILDREN, dice("1"), AS_OF)
    chosen = [*every[:10], *(each for each in every if each.surname in CARED_FOR)]
    assert len(chosen) == SAMS_FAMILIES
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "families", lambda *_: chosen)
        patch.setattr(
            demo, "FORMS", {"star": FORMS["star"]}
        )  # one blank of seventeen: the forms prove their own
        return demo.make_demo(tmp_path_factory.mktemp("demo"), as_of=AS_OF)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> demo.Demo:
    """A store of only those families whose early help ends or waits, or whose school life is told."""
    every = families(demo.CHILDREN, dice("1"), AS_OF)
    chosen = [each for each in every if each.surname in ENDINGS | SCHOOLED]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "families", lambda *_: chosen)
        patch.setattr(demo, "FORMS", {})
        patch.setattr(demo_front_door, "TAKEN_BY", "nobody")  # no contact beside these families
        return demo.make_demo(tmp_path_factory.mktemp("others"), as_of=AS_OF)


@pytest.fixture
def at_school(others: demo.Demo) -> Iterator[Session]:
    yield from _session(others, "ruth", AS_OF)


@pytest.fixture
def as_ruth(others: demo.Demo) -> Iterator[Session]:
    yield from _session(others, "ruth", AS_OF)


@pytest.fixture
def as_helen(others: demo.Demo) -> Iterator[Session]:
    yield from _session(others, "helen", AS_OF)


def _help_of(session: Session, name: str) -> page.HelpView:
    return page.page(session, children.one(session, name).id)


@pytest.fixture
def as_sam(made: demo.Demo) -> Iterator[Session]:
    yield from _session(made, "sam", AS_OF)


def _session(made: demo.Demo, user_name: str, as_of: date) -> Iterator[Session]:
    password = next(each.password for each in made.users if each.user_name == user_name)
    signed_in = accounts.sign_in(made.store, user_name, password)
    signed_in.store.today = lambda: as_of
    moment = datetime(as_of.year, as_of.month, as_of.day, 9, tzinfo=UTC)
    with pretend(moment), signed_in.store.session(signed_in.actor) as session:
        yield session
    signed_in.close()


def _dump(made: demo.Demo, as_of: date) -> list[Any]:
    """Return names, dates and words of everything that Sam sees, without ids."""
    session = next(opened := _session(made, "sam", as_of))
    names = {each.id: each.name for each in session.scalars(select(Child))}
    told = [
        (each.name, each.born_on, each.status, each.nhs_number, each.ref)
        for each in session.scalars(select(Child))
    ]
    told += [(names[each.child_id], each.happened_on, each.words) for each in session.scalars(select(Note))]
    told += [
        (names[each.child_id], each.started_on, each.placement) for each in session.scalars(select(Episode))
    ]
    told += [
        (names[each.child_id], each.kind, each.number, each.signed_at)
        for each in session.scalars(select(Revision))
    ]
    told += [
        (names[each.child_id], sorted(each.answers.items(), key=str))
        for each in session.scalars(select(Document))
    ]
    opened.close()
    return sorted(told, key=str)


def _only(patch: pytest.MonkeyPatch, first: int, last: int) -> None:
    """Let a demo be of some of its families, without blank paper: one demo prints that, and it is enough."""
    patch.setattr(demo, "families", lambda *asked: families(*asked)[first:last])
    patch.setattr(demo, "FORMS", {})


def test_the_same_seed_makes_the_same_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, 2, 3)

    once, again = (demo.make_demo(tmp_path / name, seed=7, as_of=AS_OF) for name in ("once", "again"))

    assert once.users == again.users
    assert _dump(once, AS_OF) == _dump(again, AS_OF)
    assert once.recovery_key != again.recovery_key


def test_another_seed_makes_other_addresses_and_more_families() -> None:
    once, other = (families(80, dice(seed), AS_OF) for seed in ("1", "2"))

    assert [each.address for each in once] != [each.address for each in other]
    assert [each.surname for each in once] != [each.surname for each in other]


def test_about_forty_families_hold_every_kind_of_life() -> None:
    found = families(demo.CHILDREN, dice("1"), AS_OF)
    kids = [kid for family in found for kid in family.kids]

    assert 40 <= len(found) <= 48
    assert len(kids) == demo.CHILDREN
    assert {kid.status for kid in kids} >= {
        "looked_after",
        "care_leaver",
        "early_help",
        "child_protection",
        "closed",
    }
    assert sum(kid.status == "looked_after" for kid in kids) >= 15
    assert sum(kid.status == "care_leaver" for kid in kids) >= 6
    assert any(kid.born_on is None and kid.due_on for kid in kids)
    assert any(kid.age_on(AS_OF) == 0 for kid in kids)
    assert len({family.origin["language"] for family in found}) >= 14


def test_a_larger_demo_makes_up_more_families_of_the_kind() -> None:
    kids = [kid for family in families(200, dice("1"), AS_OF) for kid in family.kids]

    assert 200 <= len(kids) <= 203
    assert all(0 <= kid.age_on(AS_OF) <= 25 for kid in kids if kid.born_on)


def test_everybody_signs_in_with_the_password_that_is_shown(made: demo.Demo) -> None:
    for user in made.users:
        signed_in = accounts.sign_in(made.store, user.user_name, user.password)
        signed_in.close()
        assert signed_in.actor.name == user.name
        assert ", ".join(sorted(signed_in.actor.roles)) == ", ".join(sorted(user.role.split(", ")))


def test_every_role_and_two_teams_are_there(made: demo.Demo) -> None:
    roles = {role for user in made.users for role in user.role.split(", ")}

    assert roles == {"administrator", "manager", "practitioner", "reader"}
    assert [user.role for user in made.users].count("administrator") == 1


def test_the_first_screen_shows_a_real_week_and_not_a_flood(as_sam: Session) -> None:
    view = today.today(as_sam)

    assert view.children == SAMS_CHILDREN
    assert 2 <= len(view.overdue) <= 4
    assert 3 <= len(view.this_week) <= 7
    # Each child at home is visited, and each in care or with a protection plan talked about, within 30 days.
    assert 20 <= len(view.next_30_days) <= 34
    assert {each.child for each in view.drafts} == {"Amelia Kowalska", "Łucja Nowak", "Ola Nowak"}
    assert view.lately[0].name == "Amelia Kowalska"


def test_one_child_has_five_years_behind_her(as_sam: Session) -> None:
    child_id = children.one(as_sam, "Amelia Kowalska").id
    view = overview.open_child(as_sam, child_id)
    entries = notes.timeline(as_sam, child_id)

    assert view.star is not None
    assert len(view.star.readings) == 3
    assert view.quote is not None
    assert "Ola every week" in view.quote[0]
    assert AS_OF.year - min(each.on.year for each in entries if each.kind == "Notes") == 5
    assert [each.kind for each in view.plans if each.status == "signed"].count("pep") >= 5
    assert any(each.replaces for each in view.plans)


# Early help


@pytest.mark.parametrize(
    ("store", "user_name", "statuses"),
    [
        ("made", "sam", {"closed", "in_assessment", "plan_active", "stepped_up"}),
        ("others", "ruth", {"plan_active", "paused", "with_manager", "awaiting_consent"}),
        ("others", "helen", {"closed", "consent_withdrawn", "declined", "awaiting_consent"}),
    ],
)
def test_early_help_stands_in_every_way_that_a_family_meets(
    request: pytest.FixtureRequest, store: str, user_name: str, statuses: set[str]
) -> None:
    session = next(opened := _session(request.getfixturevalue(store), user_name, AS_OF))
    stands = {each.status for each in session.scalars(select(HelpEpisode))}
    opened.close()

    assert stands == statuses


def test_a_brother_and_sister_have_three_meetings_and_three_wheels(as_sam: Session) -> None:
    brother, sister = (children.one(as_sam, name).id for name in ("Mohammed Rafiq", "Aisha Rafiq"))
    signed = [each for each in as_sam.scalars(select(Revision)) if each.signed_at]
    his = [each.kind for each in signed if each.child_id == brother]
    groups = [{each.group_id for each in signed if each.child_id == child} for child in (brother, sister)]

    assert his.count("taf") >= 3
    assert his.count("star") >= 3
    assert [each.kind for each in signed if each.child_id == sister].count("taf") == his.count("taf")
    assert len(groups[0] & groups[1] - {None}) == his.count("taf") + 1  # and the assessment


def test_meetings_go_through_the_actions_and_agree_new_ones(as_sam: Session) -> None:
    brother = children.one(as_sam, "Mohammed Rafiq").id
    actions = list(as_sam.scalars(select(Action).where(Action.child_id == brother)))
    steps = list(as_sam.scalars(select(ActionStep).where(ActionStep.child_id == brother)))

    assert {each.kind for each in actions} >= {"early-help", "taf"}
    assert any(each.done_on and each.result == "fully" for each in actions)
    assert any(each.done_on is None and each.by_on and each.by_on > AS_OF for each in actions)
    assert any(each.was_by_on and each.by_on and each.by_on > each.was_by_on for each in steps)


def test_the_next_meeting_of_an_open_plan_is_still_to_come(as_sam: Session) -> None:
    told = page.page(as_sam, children.one(as_sam, "Mohammed Rafiq").id)

    assert told.episode
    assert told.episode.next_review_on
    assert told.episode.next_review_on > AS_OF
    assert [each.name for each in told.siblings] == ["Aisha Rafiq"]
    assert told.leads[0].agency == "Secondary school"


def test_questionnaires_and_goals_are_there_twice(as_sam: Session) -> None:
    seen = measured.view(as_sam, children.one(as_sam, "Mohammed Rafiq").id)

    assert len({each.on for each in seen.sdq}) == 2
    assert [len(each.ratings) for each in seen.goals] == [3, 3]
    assert {each.role for each in seen.scaling} == {"child", "parent", "worker"}


def test_a_family_may_keep_one_agency_out(as_sam: Session) -> None:
    child_id = children.one(as_sam, "Kwame Osei").id

    assert not consents.sharing(as_sam, child_id, "Housing").allowed
    assert consents.sharing(as_sam, child_id, "Health visiting").allowed


def test_a_consent_is_due_and_a_lead_was_handed_over(as_ruth: Session) -> None:
    told = _help_of(as_ruth, "Jayden Clarke")

    assert any(each.is_due for each in told.consents)
    assert [each.name for each in told.leads] == ["Mr Lowe", "Grace Mensah"]
    assert told.leads[0].handover


def test_what_ended_tells_why(as_helen: Session) -> None:
    closed, declined = (_help_of(as_helen, name) for name in ("Charlie Taylor", "Marlon Grant"))

    assert closed.episode
    assert closed.episode.closure_words.startswith("All needs are met")
    assert closed.watch.startswith("Watched for a return until")
    assert "my sister lives with us now" in declined.steps[0].reason.casefold()


def test_the_demo_has_free_wheels_only(as_sam: Session) -> None:
    used = {each.form_key for each in as_sam.scalars(select(Revision)) if each.kind == "star"}

    assert used == {"progress-wheel", "child-progress-wheel"} or used == {"progress-wheel"}


# Teams


def test_supervision_is_owed_by_and_by_and_one_child_was_left_out(as_sam: Session) -> None:
    view = today.today(as_sam)

    assert [each.child for each in view.overdue if each.clock == "O2"] == ["Callum Devereux"]
    assert [each.is_mine for each in view.supervision] == [True]
    assert not [each for each in view.this_week if each.clock == "O2"]


def test_a_record_is_restricted_and_others_are_told_whom_to_ask(others: demo.Demo) -> None:
    session = next(opened := _session(others, "ruth", AS_OF))
    shut = [(each.name, each.restricted) for each in session.scalars(select(Child)) if each.restricted]
    opened.close()
    session = next(opened := _session(others, "sam", AS_OF))
    told = access.told(session, shut[0][0])
    opened.close()

    assert [kind for _, kind in shut] == ["exists"]
    assert told == "There is a restricted record. Ask Ruth Adeyemi."


def test_an_opening_in_an_emergency_waits_for_review(as_helen: Session) -> None:
    waiting = today.today(as_helen).approvals

    assert len([each for each in waiting if "emergency" in str(each).casefold()]) == 1


def test_the_team_has_met_and_works_part_time_and_in_a_first_year(as_ruth: Session) -> None:
    shown = view.whole(as_ruth)

    words = {each.name: each.time_words for each in shown.lines}
    assert words["Priya Nair"] == "0.6 of full time"
    assert words["Grace Mensah"].startswith("first year until")
    assert [each.staffing for each in shown.meetings] == ["Ask for agency cover for Priya’s two days."]


# School


def _peps(session: Session, name: str) -> list[Revision]:
    child_id = children.one(session, name).id
    found = session.scalars(select(Revision).where(Revision.child_id == child_id, Revision.kind == "pep"))
    return sorted(found, key=lambda each: each.number)


def _statements(session: Session, act: Callable[[], object]) -> int:
    """Return how many statements the database was asked, beginning with an empty session."""
    asked: list[str] = []

    def count(_1: object, _2: object, statement: str, *_3: object) -> None:
        asked.append(statement)

    session.expunge_all()
    event.listen(session.get_bind(), "before_cursor_execute", count)
    act()
    event.remove(session.get_bind(), "before_cursor_execute", count)
    return len(asked)


def test_one_young_person_has_a_plan_a_term_from_reception_to_year_13(at_school: Session) -> None:
    signed = _peps(at_school, "Bryony Whitlock")
    said = [each.document.answers for each in signed]
    terms = {each["term"] for each in said}

    assert all(each.signed_at for each in signed)
    assert (said[0]["year_group"], said[-1]["year_group"]) == ("Reception", "Year 13")
    assert 36 <= len(terms) == len(signed) - 1  # one came back and was put right
    assert "spring term 2020" not in terms  # and one was missed
    assert all(row["outcome"] for each in said[1:] for row in each["last_targets"])
    assert all(each["attainment"] for each in said if each["variant"] != "not_in_education")


def test_her_record_of_school_has_its_moves_gap_suspensions_and_fewer_hours(at_school: Session) -> None:
    seen = records.view(at_school, children.one(at_school, "Bryony Whitlock").id)

    assert [each.reason != "" for each in seen.schools].count(True) == 2
    assert [each.is_gap for each in seen.schools].count(True) == 1
    assert len({(each.school_id) for each in at_school.scalars(select(Attendance))}) > 4
    assert len(seen.attendance) >= 36
    assert len(seen.suspensions.rows) == 3
    assert [each.is_open for each in seen.timetables] == [False]


def test_her_plans_were_checked_and_one_came_back_once(at_school: Session) -> None:
    stood = pep_states.states(at_school, children.one(at_school, "Bryony Whitlock").id)

    assert [each.key for each in stood.values()].count("returned") == 1
    assert [each.resubmissions for each in stood.values()].count(1) == 1
    assert any(each.key == "approved" for each in stood.values())


def test_her_money_was_declined_cut_paid_and_spent(at_school: Session) -> None:
    asked = premium.requests(at_school, children.one(at_school, "Bryony Whitlock").id)

    assert {each.state for each in asked} == {"declined", "paid", "told"}
    assert {each.decision for each in asked} == {"approved", "declined", "part"}
    assert {each.stream for each in asked} == {"school", "post_16"}
    assert all(each.targets and each.revision_id for each in asked)


def test_her_newest_plan_opens_with_as_few_questions_as_her_third(at_school: Session) -> None:
    signed = _peps(at_school, "Bryony Whitlock")
    early, late = signed[2].id, signed[-1].id

    third, newest = (
        _statements(at_school, lambda opened=opened: plan_reading.open_plan(at_school, opened))
        for opened in (early, late)
    )

    assert newest < third + 5  # and not one more for each plan between them


def test_any_two_of_her_terms_are_compared(at_school: Session) -> None:
    child_id = children.one(at_school, "Bryony Whitlock").id
    last = len(_peps(at_school, "Bryony Whitlock"))

    for was, now in ((1, last), (last, 1), (5, 6), (3, 28), (20, 40)):
        changed = {each.key for each in plan_reading.compare(at_school, child_id, "pep", was, now)}
        assert {"term", "enjoys", "targets"} <= changed


@pytest.mark.parametrize(
    ("user_name", "name", "variant"),
    [
        ("ruth", "Bryony Whitlock", "post_16"),
        ("ruth", "Maddie Whitlock", "early_years"),
        ("ruth", "Rhys Davies", "not_in_education"),
        ("helen", "Mason Green", "special"),
        ("helen", "Lily-Mae Green", "school"),
    ],
)
def test_every_kind_of_setting_has_its_plan(
    others: demo.Demo, user_name: str, name: str, variant: str
) -> None:
    session = next(opened := _session(others, user_name, AS_OF))
    written = _peps(session, name)[-1].document.answers["variant"]
    opened.close()

    assert written == variant


def test_the_demo_gives_the_virtual_school_its_figures(at_school: Session) -> None:
    told = virtual_school(at_school)
    filled = {each.measure.group for each in told.lines if each.now.rows}

    assert {"peps", "quality", "voice", "attendance", "attainment", "money"} <= filled


# What a reader who compares would find


def test_every_school_has_a_number_and_only_girls_go_to_one_for_girls(as_sam: Session) -> None:
    spells = list(as_sam.scalars(select(Schooling)))
    boys = {each.id for each in as_sam.scalars(select(Child)) if each.sex == "M"}
    numbers = {each.school.name: each.school.urn for each in spells}

    assert all(len(urn) == 6 and urn.isdigit() for urn in numbers.values())
    assert len(set(numbers.values())) == len(numbers)
    assert not [each for each in spells if each.child_id in boys and "Girls" in each.school.name]


def test_a_schools_file_can_be_brought_in(as_sam: Session, tmp_path: Path) -> None:
    amelia = children.one(as_sam, "Amelia Kowalska").id
    school = next(each.school for each in as_sam.scalars(select(Schooling)) if each.child_id == amelia)
    file = tmp_path / "attendance.csv"
    pupil = as_sam.get_one(Child, amelia).upn
    file.write_text(f"UPN,School year,Term,Possible,Attended\n{pupil},2026,autumn,112,109\n", "utf-8")

    school_id = school_import.school_of_urn(as_sam, school.urn)
    opened = school_import.open_file(as_sam, file, school_id, ATTENDANCE)
    told = school_import.preview(as_sam, opened.table, school_id, opened.columns)

    assert (told.children, len(told.refused)) == (1, 0)


def test_those_whom_care_brings_are_named_from_its_first_day(as_sam: Session) -> None:
    roles = {"Independent reviewing officer", "Supervising social worker", "Advocate"}
    named = [each for each in as_sam.scalars(select(Involvement)) if each.role in roles]
    began: dict[UUID, date] = {}
    for each in as_sam.scalars(select(Episode).order_by(Episode.started_on.desc())):
        began[each.child_id] = each.started_on

    assert named
    assert all(each.from_on == began[each.child_id] for each in named)


def test_an_order_is_never_younger_than_the_care_that_stands_on_it(as_sam: Session) -> None:
    began = {each.child_id: each for each in as_sam.scalars(select(Episode)) if each.reason_started == "S"}
    cases = list(as_sam.scalars(select(Proceedings)))

    assert cases
    assert all(each.began_on <= began[each.child_id].started_on for each in cases)
    assert all(
        each.ended_on == began[each.child_id].started_on
        for each in cases
        if began[each.child_id].legal_status == "C2"
    )


def test_the_allowance_on_paper_is_that_of_the_record(as_sam: Session) -> None:
    child_id = children.one(as_sam, "Jaspreet Gill").id
    plan = plan_reading.numbered(as_sam, child_id, "pathway-plan").document.answers
    held = money.view(as_sam, child_id)

    assert (plan["setting_up_limit"], plan["setting_up_spent"]) == (held.granted, held.spent)


def test_an_education_plan_has_the_term_as_the_record_calls_it(as_sam: Session) -> None:
    signed = [each for each in as_sam.scalars(select(Revision)) if each.kind == "pep" and each.signed_at]

    assert signed
    assert all(each.document.answers["term"] == term_of(each.started_on).name for each in signed)


def test_a_years_attendance_in_a_plan_is_that_of_its_terms(as_sam: Session) -> None:
    signed = [each for each in as_sam.scalars(select(Revision)) if each.kind == "pep" and each.signed_at]
    told = 0

    for answers in (each.document.answers for each in signed):
        year, _ = term_from(answers["term"])
        rows = [row for row in answers.get("attendance", ()) if term_from(row["term"])[0] == year]
        told += len(rows)
        assert answers["sessions_possible"] >= sum(row["possible"] for row in rows)
        assert answers["sessions_attended"] >= sum(row["attended"] for row in rows)

    assert told


def test_a_personal_adviser_is_named_from_16_on(as_sam: Session) -> None:
    named = [each for each in as_sam.scalars(select(Involvement)) if each.role == "Personal adviser"]

    assert named
    for each in named:
        born_on = as_sam.get_one(Child, each.child_id).born_on
        assert born_on
        assert each.from_on
        assert age(born_on, each.from_on) >= 16


def test_a_check_names_who_made_it_and_where(as_sam: Session) -> None:
    checks = list(as_sam.scalars(select(HealthEvent)))

    assert checks
    assert not [each for each in checks if each.by_whom and each.by_whom == each.place]


def test_where_a_child_lives_is_told_once(as_sam: Session) -> None:
    for name in ("Amelia Kowalska", "Kezia Thornbury", "Callum Devereux"):
        child_id = children.one(as_sam, name).id
        home = household.homes_of(as_sam, child_id)[-1]
        stays = as_sam.scalars(select(Address).where(Address.child_id == child_id))
        address = next(each for each in stays if each.until_on is None)

        assert home.lines.splitlines()[0].split(",")[0] in address.lines
        assert address.postcode == home.postcode


def test_reviews_of_those_who_left_care_were_held_every_six_months(as_sam: Session) -> None:
    child_id = children.one(as_sam, "Jaspreet Gill").id
    held = select(LacReview.held_on).where(LacReview.child_id == child_id).order_by(LacReview.held_on)
    days = list(as_sam.scalars(held))

    assert len(days) > 8
    assert all(after <= before + relativedelta(months=6) for before, after in pairwise(days))


def test_the_store_with_school_lives_is_sound(others: demo.Demo) -> None:
    signed_in = accounts.sign_in(others.store, others.users[0].user_name, others.users[0].password)
    report = upkeep.check(signed_in)
    signed_in.close()

    assert report.faults == []


def test_history_tells_the_days_on_which_things_happened(as_sam: Session) -> None:
    signed = [each for each in as_sam.scalars(select(Revision)) if each.signed_at]

    assert signed
    assert all(each.signed_at.date() == each.created_at.date() for each in signed if each.signed_at)
    assert min(each.created_at.year for each in signed) < AS_OF.year - 3


def test_the_longest_plan_of_every_form_can_be_printed(as_sam: Session) -> None:
    written = {each.id: len(str(each.document.answers)) for each in as_sam.scalars(select(Revision))}
    longest: dict[str, Revision] = {}
    for each in sorted(as_sam.scalars(select(Revision)), key=lambda each: (written[each.id], each.id)):
        longest[each.form_key] = each

    assert {each.kind for each in longest.values()} == set(FORMS) - {"step-down"}  # another worker's
    assert all(prints.plan_pdf(as_sam, each.id).startswith(b"%PDF") for each in longest.values())


def test_no_text_is_left_with_a_gap_in_it(as_sam: Session) -> None:
    texts = [each.words for each in as_sam.scalars(select(Note))]
    texts += [str(each.answers) for each in as_sam.scalars(select(Document))]

    assert not [text for text in texts if "{they" in text or "{name" in text or "None" in text]


def test_one_document_of_each_kind_is_printed(made: demo.Demo) -> None:
    kinds = {each.kind for each in made.printed}
    pep = next(each.file for each in made.printed if each.kind == "pep")

    assert kinds >= {"record", "chronology", "early-help", "star", "pep", "pathway-plan"}
    assert all(each.file.read_bytes().startswith(b"%PDF") for each in made.printed)
    assert "Amelia" in pypdfium2.PdfDocument(pep)[0].get_textpage().get_text_range()


def test_the_store_is_sound(made: demo.Demo) -> None:
    password = made.users[0].password
    signed_in = accounts.sign_in(made.store, made.users[0].user_name, password)
    report = upkeep.check(signed_in)
    signed_in.close()

    assert report.faults == []


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [(date(2028, 2, 29), 1, 5), (date(2030, 2, 15), 0, 1)],
    ids=["leap day", "term"],
)
def test_any_day_can_be_the_day_of_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_of: date, first: int, last: int
) -> None:
    _only(monkeypatch, first, last)
    made = demo.make_demo(tmp_path, as_of=as_of)
    session = next(opened := _session(made, "sam", as_of))
    view = today.today(session)
    newest = max(each.happened_on for each in session.scalars(select(Note)))
    opened.close()

    assert 1 <= len(view.overdue) <= 4
    assert view.this_week
    assert as_of - timedelta(days=30) < newest <= as_of


def test_a_second_demo_in_the_same_folder_is_refused(made: demo.Demo) -> None:
    with pytest.raises(Problem, match="already a store"):
        demo.make_demo(made.store.parent, children=1, as_of=AS_OF)


def test_days_ago_and_ahead_read_as_they_are_written() -> None:
    friday = date(2026, 11, 27)

    assert ago(date(2028, 2, 29), "1y") == date(2027, 2, 28)
    assert ago(AS_OF, "2wd") == date(2026, 11, 19)
    assert ahead(AS_OF, "-1") == date(2026, 11, 20)
    assert ahead(AS_OF, "w9") == friday
    assert ahead(friday, "w2") == friday
    assert due_from(date(2026, 8, 31), 6) == date(2026, 3, 1)


def test_numbers_made_up_for_children_have_a_right_check_digit() -> None:
    digits = [int(each) for each in nhs_number(dice("1")) if each.isdigit()]

    assert sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0
    assert digits[:3] == [9, 9, 9]
    assert upn(dice("1"), date(2016, 5, 1))[1:4] == "999"


# Writing the care record


@pytest.fixture
def worker() -> Iterator[tuple[Session, Any]]:
    team, me = new_id(), new_id()
    store = memory_store(today=lambda: AS_OF)
    chief = Actor(me, "Sam Okafor", team, frozenset({"administrator"}))
    with store.session(chief, purpose="users") as session:
        session.add(Team(id=team, name="Family Support East"))
        session.add(
            Worker(id=me, name="Sam Okafor", sort_name="okafor sam", team_id=team, roles=["practitioner"])
        )
    with store.session(Actor(me, "Sam Okafor", team, frozenset({"practitioner"}))) as session:
        yield session, children.register(session, NewChild("Kai", "Thompson", date(2012, 10, 20))).id


def test_a_new_episode_ends_the_open_one_and_care_goes_on(worker: tuple[Session, Any]) -> None:
    session, child_id = worker
    care_record.add_episode(session, child_id, NewEpisode(date(2026, 3, 2), "S", "V2", "U6"))
    care_record.add_episode(
        session, child_id, NewEpisode(date(2026, 6, 1), "P", "V2", "U4", reason_moved="CARPL")
    )

    first, second = session.scalars(select(Episode).order_by(Episode.started_on))
    assert (first.ended_on, first.reason_ended, first.reason_moved) == (date(2026, 6, 1), "X1", "CARPL")
    assert second.ended_on is None
    assert session.get_one(Child, child_id).status == "looked_after"


def test_a_review_that_was_held_moves_the_next_one(worker: tuple[Session, Any]) -> None:
    session, child_id = worker
    care_record.add_episode(session, child_id, NewEpisode(date(2026, 10, 26), "S", "V2", "U6"))
    care_record.add_review(session, child_id, date(2026, 11, 16), "PN1")

    due = {each.clock: each.due_on for each in overview.open_child(session, child_id).dues}
    assert "L5" not in due
    assert due["L6"] == date(2027, 2, 16)


@pytest.mark.parametrize(
    "new",
    [
        NewEpisode(AS_OF + timedelta(days=1), "S", "V2", "U4"),
        NewEpisode(date(2026, 5, 1), "P", "V2", "U4"),
        NewEpisode(date(2026, 5, 1), "S", "V9", "U4"),
        NewEpisode(date(2012, 5, 1), "S", "V2", "U4"),
    ],
    ids=["a day to come", "no care to go on with", "an unknown code", "before birth"],
)
def test_an_episode_that_cannot_be_is_refused(worker: tuple[Session, Any], new: NewEpisode) -> None:
    session, child_id = worker

    with pytest.raises(Problem):
        care_record.add_episode(session, child_id, new)


def test_care_that_is_not_open_cannot_end(worker: tuple[Session, Any]) -> None:
    session, child_id = worker

    with pytest.raises(Problem, match="No episode"):
        care_record.end_episode(session, child_id, AS_OF, "E5")


def test_a_missing_period_cannot_end_before_it_began(worker: tuple[Session, Any]) -> None:
    session, child_id = worker

    with pytest.raises(Problem, match="before the beginning"):
        care_record.add_missing(session, child_id, AS_OF, AS_OF - timedelta(days=1))

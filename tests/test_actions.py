"""Actions: taken up from signed plans, one list in the record, one for their owner."""

import copy
from datetime import date
from typing import Any

import pytest

from caseapp import actions, overview, plan_writing, plans, today
from caseapp.actions import NewAction
from caseapp.early_help import episodes
from caseapp.early_help.episodes import NewEpisode
from caseapp.form import Rows
from caseapp.form_parts.early_help_plan import REVIEWED
from caseapp.forms import FORMS
from db.models import HelpEpisode, Revision, Worker
from db.problems import NotAllowed, NotFound, Problem
from tests.story import TODAY, Story, new_story, sample

LATER = date(2026, 12, 21)
KEYS = [each.key for each in REVIEWED.fields]


@pytest.fixture
def story() -> Story:
    return new_story()


@pytest.fixture
def leo(story: Story):
    return story.register("ada", "Leo", "Hartley", date(2016, 3, 1))


@pytest.fixture
def mia(story: Story):
    return story.register("ada", "Mia", "Hartley", date(2018, 8, 9))


def row(what: str, **more: Any) -> dict[str, Any]:
    return {
        "need": "Nights", "whom": "Leo", "outcome": "Leo sleeps", "what": what, "who": "Kasia Zielna",
        "by": "2026-12-18",
    } | more  # fmt: skip


def sign(story: Story, child_id, kind: str, who: str = "ada", **answers: Any) -> Any:
    """Sign a version whose only answers are those given, as the guard of a whole form is tested elsewhere."""

    def work(session):
        revision_id = plans.start(session, child_id, kind)
        return take(session, revision_id, **answers)

    return story.call(who, work)


def take(session, revision_id, **answers: Any):
    """Number and take up rows as signing does."""
    revision = session.get_one(Revision, revision_id)
    form = plan_writing.form_of(session, revision)
    revision.document.answers = actions.with_numbers(session, revision, form, copy.deepcopy(answers))
    revision.dated_on = form.dated(answers)
    actions.take_up(session, revision, form)
    revision.signed_at = revision.updated_at
    return revision_id


def rows_of(story: Story, child_id, who: str = "ada"):
    return story.call(who, lambda session: actions.of_child(session, child_id))


def one(story: Story, child_id, no: int = 1):
    return next(each for each in rows_of(story, child_id) if each.no == no)


def begins_with(story: Story, child_id):
    return story.call("ada", lambda session: actions.open_rows(session, child_id, KEYS))


def go_on(story: Story, action_id, who: str = "ada", **more: Any) -> None:
    said = {"on": TODAY, "status": "in_progress"} | more
    story.call(who, lambda session: actions.step(session, action_id, **said))


def refused(story: Story, action_id, **more: Any) -> str:
    with pytest.raises(Problem) as told:
        go_on(story, action_id, **more)
    return told.value.words


# From plans


def test_each_row_of_a_signed_plan_becomes_an_action_with_the_next_number(story, leo):
    sign(story, leo, "early-help", plan=[row("Buy two torches", area="safety"), row("Ring the school")])

    first, second = sorted(rows_of(story, leo), key=lambda each: each.no)
    assert (first.no, first.what, first.who, first.by_on) == (
        1, "Buy two torches", "Kasia Zielna", date(2026, 12, 18),
    )  # fmt: skip
    assert (second.no, second.status_words, second.need, second.outcome) == (
        2, "Not started", "Nights", "Leo sleeps",
    )  # fmt: skip


def test_the_signed_plan_shows_the_numbers_that_were_given(story, leo):
    revision_id = sign(story, leo, "early-help", plan=[row("Buy two torches"), row("Ring the school")])

    told = story.call("ada", lambda session: session.get_one(Revision, revision_id).document.answers)
    assert [each["no"] for each in told["plan"]] == [1, 2]


def test_signing_a_whole_assessment_takes_up_its_actions(story, leo):
    story.store.today = lambda: LATER
    story.sign("ada", story.draft("ada", leo), sample("early_help"))

    found = rows_of(story, leo)
    assert len(found) == len(sample("early_help")["plan"])
    assert {each.plan_words for each in found} == {FORMS["early-help"].title}


@pytest.mark.parametrize("kind", ["pep", "pathway-plan", "star"])
def test_rows_of_every_other_plan_become_actions_too(story, leo, kind):
    question = next(each for each in FORMS[kind].fields if isinstance(each, Rows) and each.actions)

    sign(
        story,
        leo,
        kind,
        **{question.key: [{"what": "Ring the club", "who": "Ada North", "by": "2026-12-01"}]},
    )

    assert [(each.kind, each.what) for each in rows_of(story, leo)] == [(kind, "Ring the club")]


def test_a_row_with_a_number_goes_on_with_that_action(story, leo):
    sign(story, leo, "early-help", plan=[row("Buy two torches")])

    changed = row("Buy three torches", no=1, status="in_progress", progress="The shop is out of them")
    sign(story, leo, "early-help", plan=[changed])

    (found,) = rows_of(story, leo)
    assert (found.no, found.what, found.status) == (1, "Buy three torches", "in_progress")
    assert found.steps[0].words == "The shop is out of them"


def test_a_row_carried_on_in_the_same_words_does_not_make_a_second_action(story, leo):
    sign(
        story,
        leo,
        "pathway-plan",
        home_actions=[{"what": "Paint the room", "who": "Leo", "by": "2026-12-18"}],
    )
    sign(
        story,
        leo,
        "pathway-plan",
        home_actions=[{"what": "paint the  Room", "who": "Leo", "by": "2026-12-18"}],
    )

    assert [each.no for each in rows_of(story, leo)] == [1]


def test_what_was_finished_since_stays_finished_when_an_old_row_is_signed_again(story, leo):
    rows = [{"what": "Paint the room", "who": "Leo", "by": "2026-12-18", "status": "new"}]
    sign(story, leo, "pathway-plan", home_actions=rows)
    go_on(story, one(story, leo).id, status="done")

    sign(story, leo, "pathway-plan", home_actions=rows)

    assert [each.status for each in rows_of(story, leo)] == ["done"]


def test_a_day_that_moved_since_does_not_move_back_when_an_old_row_is_signed_again(story, leo):
    rows = [{"what": "Paint the room", "who": "Leo", "by": "2026-12-18", "status": "new"}]
    sign(story, leo, "pathway-plan", home_actions=rows)
    go_on(story, one(story, leo).id, by_on=date(2027, 1, 8), words="No paint")

    sign(story, leo, "pathway-plan", home_actions=rows)

    assert one(story, leo).by_on == date(2027, 1, 8)
    assert one(story, leo).status == "in_progress"


def test_the_same_words_in_another_kind_of_plan_are_another_action(story, leo):
    sign(story, leo, "early-help", plan=[row("Ring the school")])
    sign(story, leo, "star", actions=[{"what": "Ring the school", "who": "Ada North", "by": "2026-12-01"}])

    assert sorted((each.no, each.kind) for each in rows_of(story, leo)) == [(1, "early-help"), (2, "star")]


def test_the_area_of_a_star_is_kept_in_words_and_a_heading_by_its_code(story, leo):
    area = next(iter(next(each for each in FORMS["star"].fields if each.key == "actions").fields)).options[0]
    step = {"what": "Ring", "who": "Leo", "by": "2026-12-01", "area": area[0]}
    sign(story, leo, "star", actions=[step])
    sign(story, leo, "early-help", plan=[row("Write", area="safety")])

    kept = story.raw("SELECT area FROM action ORDER BY no")
    assert [each[0] for each in kept] == [area[1], "safety"]


def test_an_owner_who_is_exactly_a_worker_is_that_worker(story, leo):
    sign(story, leo, "early-help", plan=[row("Ring", who="ada  NORTH"), row("Write", who="Ada")])

    assert [each.is_mine for each in sorted(rows_of(story, leo), key=lambda each: each.no)] == [True, False]


def test_a_plan_that_says_stuck_gives_the_colour_with_its_words(story, leo):
    stuck = {"what": "Find a flat", "who": "Leo", "by": "2027-06-01", "status": "red"}
    sign(story, leo, "pathway-plan", home_actions=[stuck])

    found = one(story, leo)
    assert (found.colour, found.is_by_hand) == ("red", True)
    assert found.colour_because.startswith("“Stuck (red)” in the ")


def test_a_correction_closes_what_only_the_wrong_version_named(story, leo):
    first = sign(story, leo, "star", actions=[{"what": "Ring Tom", "who": "Ada North", "by": "2026-12-01"}])

    def put_right(session):
        newer = plans.correct(session, first, "It was Tim")
        take(session, newer, actions=[{"what": "Ring Tim", "who": "Ada North", "by": "2026-12-01"}])

    story.call("ada", put_right)

    assert {each.what: each.status for each in rows_of(story, leo)} == {
        "Ring Tim": "not_started", "Ring Tom": "not_needed",
    }  # fmt: skip


# The family


@pytest.fixture
def family(story: Story, leo, mia):
    def opened(session):
        episodes.open_episode(session, [leo, mia], NewEpisode(date(2026, 11, 2), "own_concern"))
        for episode in session.query(HelpEpisode):
            episode.status = "in_assessment"

    story.call("ada", opened)
    return leo, mia


def sign_together(story: Story, family, kind: str, **answers: Any) -> None:
    """Sign both children's versions of one plan, one after the other."""

    def work(session):
        plans.start(session, family[0], kind)
        made = {
            each.child_id: each.id for each in session.query(Revision).filter_by(kind=kind, signed_at=None)
        }
        for child_id in family:
            take(session, made[child_id], **answers)

    story.call("ada", work)


def test_a_row_of_a_shared_plan_has_the_same_number_in_each_childs_file(story, family):
    leo, mia = family
    sign(story, leo, "star", actions=[{"what": "Ring", "who": "Ada North", "by": "2026-12-01"}])

    sign_together(story, family, "early-help", plan=[row("Buy two torches"), row("Ring the school")])

    numbers = {each.what: each.no for each in rows_of(story, leo)}
    assert numbers == {"Ring": 1, "Buy two torches": 2, "Ring the school": 3}
    assert {each.what: each.no for each in rows_of(story, mia)} == {
        "Buy two torches": 2, "Ring the school": 3,
    }  # fmt: skip
    groups = story.raw("SELECT count(DISTINCT group_id), count(*) FROM action WHERE group_id IS NOT NULL")
    assert groups == [(2, 4)]


def test_two_rows_of_the_same_words_stay_two_actions_in_each_file(story, family):
    sign_together(story, family, "early-help", plan=[row("Ring", who="Tom"), row("Ring", who="Kasia")])

    for child_id in family:
        found = sorted(rows_of(story, child_id), key=lambda each: each.no)
        assert [(each.no, each.who) for each in found] == [(1, "Tom"), (2, "Kasia")]


def test_a_meeting_begins_with_the_familys_open_actions_each_once(story, family):
    leo, mia = family
    sign_together(story, family, "early-help", plan=[row("Buy two torches"), row("Ring the school")])
    sign(story, mia, "star", actions=[{"what": "Draw", "who": "Mia", "by": "2026-12-01"}])
    go_on(story, one(story, leo, 2).id, status="done")

    found = begins_with(story, leo)

    assert [(each["no"], each["what"]) for each in found] == [(1, "Buy two torches"), (3, "Draw")]
    assert set(found[0]) <= set(KEYS)
    assert begins_with(story, mia) == found


def test_what_a_sibling_has_from_a_plan_of_their_own_stays_theirs(story, family):
    leo, mia = family
    sign(story, mia, "pep", actions=[{"what": "Ring", "who": "Mia", "by": "2026-12-01"}])

    assert begins_with(story, leo) == []
    assert len(begins_with(story, mia)) == 1


def test_a_step_goes_to_the_siblings_copies_too(story, family):
    leo, mia = family
    sign_together(story, family, "early-help", plan=[row("Buy two torches")])

    go_on(story, one(story, leo).id, status="done", result="fully", evidence="Both lit")

    found = one(story, mia)
    assert (found.status, found.colour, found.evidence) == ("done", "blue", "Both lit")
    assert one(story, leo).siblings == ("Mia",)


def test_the_meeting_walks_through_each_action_and_changes_it(story, family):
    leo, _ = family
    sign_together(story, family, "early-help", plan=[row("Buy two torches"), row("Ring the school")])
    reviewed = begins_with(story, leo)
    reviewed[0] |= {
        "status": "done",
        "result": "fully",
        "evidence": "Both lit",
        "comment": "Bought on Monday",
    }
    reviewed[1] |= {"status": "partly", "new_by": "2027-01-08", "why_moved": "School was closed"}

    sign_together(story, family, "taf", reviewed=reviewed, held_on="2026-11-23", plan=[row("Ring the club")])

    for child_id in family:
        done, moved, new = sorted(rows_of(story, child_id), key=lambda each: each.no)
        assert (done.status, done.colour, done.done_on) == ("done", "blue", TODAY)
        assert (moved.by_on, moved.slips, moved.status) == (date(2027, 1, 8), 1, "partly")
        assert moved.steps[0].words == "New date because: School was closed"
        assert (moved.steps[0].was_by_on, moved.steps[0].by_on) == (date(2026, 12, 18), date(2027, 1, 8))
        assert (new.no, new.kind) == (3, "taf")


def test_a_day_changed_in_the_meetings_own_row_counts_as_moved(story, family):
    leo, _ = family
    sign_together(story, family, "early-help", plan=[row("Ring the school")])
    reviewed = begins_with(story, leo)
    reviewed[0] |= {"by": "2027-02-01"}

    sign_together(story, family, "taf", reviewed=reviewed, held_on="2026-11-23")

    assert (one(story, leo).by_on, one(story, leo).slips) == (date(2027, 2, 1), 1)


def test_a_number_of_a_sibling_with_other_words_is_not_taken_for_ones_own(story, leo, mia):
    sign(story, leo, "early-help", plan=[row("Leo's own thing")])
    sign(story, mia, "early-help", plan=[row("Mia's own thing")])
    story.call(
        "ada", lambda s: episodes.open_episode(s, [leo, mia], NewEpisode(date(2026, 11, 2), "own_concern"))
    )

    reviewed = [{"no": 1, "what": "Mia's own thing", "status": "done"}]
    sign(story, leo, "taf", reviewed=reviewed, held_on="2026-11-23")

    assert one(story, leo).status == "not_started"


def test_last_terms_targets_close_and_last_terms_actions_stand_as_the_new_plan_says(story, leo):
    targets = [{"what": "Read daily", "who": "Leo", "by": "2026-11-20"}]
    agreed = [{"what": "Ring", "who": "Ada North", "by": "2026-12-01", "status": "open"}]
    sign(story, leo, "pep", targets=targets, actions=agreed)

    sign(
        story, leo, "pep", actions=[], targets=[{"what": "Write daily", "who": "Leo", "by": "2027-02-01"}],
        last_targets=[{"what": "Read daily", "outcome": "not", "evidence": "Twice a week"}],
        last_actions=[{"what": "Ring", "status": "started"}],
    )  # fmt: skip

    found = {each.what: each for each in rows_of(story, leo)}
    assert (found["Read daily"].done_on, found["Read daily"].colour_words) == (TODAY, "Not done")
    assert (found["Ring"].status, found["Ring"].done_on) == ("in_progress", None)
    assert found["Write daily"].status == "not_started"


# How an action goes on


@pytest.fixture
def torches(story: Story, leo):
    sign(story, leo, "early-help", plan=[row("Buy two torches", who="Ada North", by="2026-11-26")])
    return one(story, leo).id


def test_a_new_day_needs_a_reason_and_is_counted_as_a_slip(story, leo, torches):
    said = refused(story, torches, by_on=date(2026, 12, 18))
    go_on(story, torches, by_on=date(2026, 12, 18), words="The shop is shut")
    go_on(story, torches, by_on=date(2027, 1, 8), words="Still shut")

    assert said == "Say why the date moves. Nothing was changed."
    assert (one(story, leo).slips, one(story, leo).by_on) == (2, date(2027, 1, 8))
    assert [each.words for each in one(story, leo).steps] == ["Still shut", "The shop is shut"]


def test_an_earlier_day_is_kept_in_the_history_and_is_no_slip(story, leo, torches):
    go_on(story, torches, by_on=date(2026, 11, 24), words="The shop is open")

    assert (one(story, leo).slips, len(one(story, leo).steps)) == (0, 1)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"by_on": "ongoing", "words": "x"}, "“ongoing” is no date"),
        ({"by_on": "soon", "words": "x"}, "“soon” is not a date"),
        ({"by_on": date(2026, 11, 1), "words": "x"}, "01/11/2026 has gone by"),
        ({"on": date(2026, 11, 24)}, "24/11/2026 is still to come"),
        ({"on": date(2026, 11, 1)}, "This was agreed on 23/11/2026"),
        ({"status": "blocked"}, "“blocked” is not how an action can stand"),
        ({"result": "much"}, "“much” does not say"),
        ({"status": "not_needed"}, "Say why it is no longer needed"),
        ({"status": "not_started"}, "Nothing new was said"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(story, torches, more, words):
    assert words in refused(story, torches, **more)


def test_a_typed_day_is_understood(story, leo, torches):
    go_on(story, torches, by_on="+6w", words="The shop is shut")

    assert one(story, leo).by_on == date(2027, 1, 4)


def test_a_finished_action_opens_again_with_a_reason(story, leo, torches):
    go_on(story, torches, status="done")

    assert "Say why it is opened again" in refused(story, torches)
    go_on(story, torches, words="They broke")
    assert one(story, leo).done_on is None


def test_partly_done_still_waits(story, leo, torches):
    go_on(story, torches, status="partly", words="One torch")

    assert one(story, leo).done_on is None
    assert story.call("ada", lambda session: actions.has_open(session, leo))


def test_a_colour_by_hand_keeps_its_reason_and_goes_when_the_rule_is_asked_for(story, leo, torches):
    story.call("ada", lambda session: actions.recolour(session, torches, "red", "Nobody answers."))
    by_hand = one(story, leo)
    story.call("ada", lambda session: actions.recolour(session, torches, "", ""))

    assert (by_hand.colour, by_hand.colour_because, by_hand.is_by_hand) == ("red", "Nobody answers.", True)
    assert by_hand.steps[0].words == "Late or stuck (red), set by hand: Nobody answers."
    assert (one(story, leo).colour, one(story, leo).is_by_hand) == ("amber", False)


@pytest.mark.parametrize(("colour", "because"), [("red", " "), ("blue", "x"), ("pink", "x")])
def test_a_colour_needs_a_reason_and_blue_comes_by_rule_only(story, torches, colour, because):
    with pytest.raises(Problem):
        story.call("ada", lambda session: actions.recolour(session, torches, colour, because))


def test_an_action_can_be_agreed_outside_any_plan(story, leo, torches):
    new = NewAction("Send the leaflet", "Ada North", "+2w", need="Nights")
    story.call("ada", lambda session: actions.add(session, leo, new))

    found = one(story, leo, 2)
    assert (found.plan_words, found.is_mine, found.by_on) == ("Outside a plan", True, date(2026, 12, 7))


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewAction("", "Ada North", "today"), "Say what will be done"),
        (NewAction("Ring", " ", "today"), "Say who does it"),
        (NewAction("Ring", "Ada North", None), "Say by when"),
        (NewAction("Ring", "Ada North", "On-going"), "is no date"),
    ],
)
def test_a_half_action_is_not_added(story, leo, new, words):
    with pytest.raises(Problem, match=words):
        story.call("ada", lambda session: actions.add(session, leo, new))


def test_another_teams_action_is_not_there(story, leo, torches):
    with pytest.raises(NotFound):
        go_on(story, torches, who="sue", status="done")
    with pytest.raises(NotFound):
        rows_of(story, leo, who="sue")


def test_a_reader_sees_and_does_not_write(story, leo, torches):
    assert len(rows_of(story, leo, who="rob")) == 1
    with pytest.raises(NotAllowed):
        go_on(story, torches, who="rob", status="done")


def test_after_consent_was_withdrawn_actions_are_read_and_not_changed(story, family):
    leo, _ = family
    sign_together(story, family, "early-help", plan=[row("Buy two torches")])

    def withdraw(session):
        for episode in session.query(HelpEpisode):
            episode.status = "consent_withdrawn"

    story.call("ada", withdraw)

    with pytest.raises(NotAllowed, match="Consent for this early help was withdrawn"):
        go_on(story, one(story, leo).id, status="done")


# Lists


def test_a_record_lists_what_waits_by_day_and_then_what_is_over(story, leo):
    rows = [row("A", by="2026-12-18"), row("B", by="2026-11-26"), row("C", by="2026-11-24")]
    sign(story, leo, "early-help", plan=rows)
    go_on(story, one(story, leo, 3).id, status="done")

    assert [each.what for each in rows_of(story, leo)] == ["B", "A", "C"]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("2026-11-26", "in 3 working days"),
        ("2026-11-24", "in 1 working day"),
        ("2026-11-23", "today"),
        ("2026-11-20", "1 working day late"),
        ("2026-11-21", "1 working day late"),
        ("2026-11-28", "in 4 working days"),
    ],
)
def test_how_far_off_the_day_is_is_said_in_working_days(story, leo, by, words):
    sign(story, leo, "early-help", plan=[row("Ring", by=by)])

    assert one(story, leo).by_words == words


def test_my_list_holds_what_is_open_and_mine_once_for_brothers_and_sisters(story, family):
    leo, _ = family
    plan = [
        row("Mine", who="Ada North"),
        row("Kasia's"),
        row("Done", who="Ada North"),
        row("Late", by="2026-11-20", who="Ada North"),
    ]
    sign_together(story, family, "early-help", plan=plan)
    go_on(story, one(story, leo, 3).id, status="done")

    found = story.call("ada", actions.mine)

    assert [(each.what, each.child) for each in found] == [
        ("Late", "Leo and Mia Hartley"),
        ("Mine", "Leo and Mia Hartley"),
    ]
    assert story.call("bea", actions.mine) == []


def test_a_family_of_two_names_is_listed_by_full_names(story, leo):
    osei = story.register("ada", "Ama", "Osei")
    story.call(
        "ada", lambda s: episodes.open_episode(s, [leo, osei], NewEpisode(date(2026, 11, 2), "own_concern"))
    )
    sign_together(story, (leo, osei), "early-help", plan=[row("Ring", who="Ada North")])

    (found,) = story.call("ada", actions.mine)

    assert found.child in ("Ama Osei and Leo Hartley", "Leo Hartley and Ama Osei")


def test_today_holds_my_actions(story, leo, torches):
    view = story.call("ada", today.today)

    assert [each.what for each in view.actions] == ["Buy two torches"]


def test_the_overview_reads_the_actions_themselves(story, leo, torches):
    go_on(story, torches, status="done")

    view = story.call("ada", lambda session: overview.open_child(session, leo))

    assert [(each.what, each.status) for each in view.actions] == [("Buy two torches", "done")]


def test_in_care_the_overview_leaves_the_early_help_plan_behind(story, leo, torches):
    story.look_after(leo, date(2026, 11, 2))

    view = story.call("ada", lambda session: overview.open_child(session, leo))

    assert view.actions == []
    assert len(rows_of(story, leo)) == 1


def test_people_of_the_same_name_own_nothing_by_name(story, leo):
    twin = Worker(name="Ada North", sort_name="north ada")
    story.call("amy", lambda session: session.add(twin), purpose="users")
    sign(story, leo, "early-help", plan=[row("Ring", who="Ada North")])

    assert not one(story, leo).is_mine

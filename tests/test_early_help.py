"""Early help from request to closure: episodes, consent, lead practitioners and the permitted moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp import dates, plan_reading, plans
from caseapp.early_help import consents, episodes, leads, moves, page
from caseapp.early_help.consents import NewConsent
from caseapp.early_help.episodes import NewEpisode
from caseapp.early_help.statuses import ENDED, STATUSES
from db.models import Child, Consent, HelpEpisode
from db.problems import NotAllowed, Problem
from tests.story import TODAY, new_story, sample

REQUEST = NewEpisode(date(2026, 9, 1), "self_request", ("anxiety",), "primary", level=2)
AGREED = NewConsent(
    "Dana Hartley", "parent_pr", "start", ("start", "store", "share"), "given", date(2026, 9, 3), how="paper"
)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leo(story):
    return story.register("ada", "Leo", "Hartley", date(2015, 4, 3))


@pytest.fixture
def mia(story):
    return story.register("ada", "Mia", "Hartley", date(2018, 1, 30))


def opened(story, *child_ids, new=REQUEST):
    return story.call("ada", lambda session: episodes.open_episode(session, child_ids, new))


def consent(story, ids, who="ada", **more):
    return story.call(who, lambda session: consents.add(session, ids, replace(AGREED, **more)))


def move(story, episode_id, key, who="ada", on=TODAY, **more):
    story.call(who, lambda session: moves.make_move(session, episode_id, key, on, **more))


def status(story, episode_id):
    return story.call("ada", lambda session: session.get_one(HelpEpisode, episode_id).status)


def view(story, child_id, who="ada"):
    return story.call(who, lambda session: page.page(session, child_id))


def in_assessment(story, *child_ids):
    ids = opened(story, *child_ids)
    consent(story, ids)
    for each in ids:
        move(story, each, "ask_consent", on=date(2026, 9, 2))
        move(story, each, "start_assessment", on=date(2026, 9, 3))
    return ids


# Opening


def test_brothers_and_sisters_share_a_number_and_each_has_an_episode(story, leo, mia):
    ids = opened(story, leo, mia)
    other = opened(story, story.register("ada", "Noor", "Aziz"))

    told = view(story, leo)
    assert len(set(ids)) == 2
    assert [each.name for each in told.siblings] == ["Mia Hartley"]
    assert told.episode.number == view(story, mia).episode.number
    assert story.call("ada", lambda session: episodes.one(session, other[0]).number) != told.episode.number


def test_early_help_is_not_opened_twice_and_nobody_gets_half_of_it(story, leo, mia):
    opened(story, leo)

    with pytest.raises(Problem, match="Leo Hartley has early help open already"):
        opened(story, mia, leo)
    assert view(story, mia).episode is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"opened_on": TODAY + timedelta(days=1)}, "24/11/2026 is still to come"),
        ({"needed_on": date(2026, 9, 2)}, "cannot begin before the need was noticed"),
        ({"route": ""}, "Say how early help came about"),
        ({"route": "pigeon"}, "“pigeon” is none of the answers"),
        ({"level": 5}, "A level of need is 1, 2, 3 or 4"),
    ],
)
def test_a_request_that_cannot_be_is_refused_in_words(story, leo, change, said):
    with pytest.raises(Problem, match=said):
        opened(story, leo, new=replace(REQUEST, **change))
    assert view(story, leo).episode is None


def test_another_team_sees_and_opens_nothing(story, leo):
    (episode_id,) = opened(story, leo)

    with pytest.raises(Problem):
        story.call("sue", lambda session: page.page(session, leo))
    with pytest.raises(Problem):
        move(story, episode_id, "ask_consent", who="sue")
    with pytest.raises(NotAllowed):
        move(story, episode_id, "ask_consent", who="rob")


# Consent


def test_the_clock_of_the_assessment_starts_with_consent(story, leo):
    ids = opened(story, leo)
    consent(story, ids)

    (due,) = story.call("ada", lambda session: dates.due_of(session, session.get_one(Child, leo)))
    assert (due.clock, due.started_on, due.due_on) == ("F4", date(2026, 9, 3), date(2026, 10, 15))


def test_nothing_starts_without_consent_unless_it_is_overridden(story, leo):
    ids = opened(story, leo)
    move(story, ids[0], "ask_consent")
    with pytest.raises(Problem, match="Record who agreed"):
        move(story, ids[0], "start_assessment")

    consent(story, ids, decision="refused", how="", because="Wants no help now")
    with pytest.raises(Problem, match="Record who agreed"):
        move(story, ids[0], "start_assessment")

    consent(
        story, ids, decision="refused", how="", overridden=True,
        override_because="Bruises seen at school", override_by="Max North",
    )  # fmt: skip
    move(story, ids[0], "start_assessment")
    assert status(story, ids[0]) == "in_assessment"


def test_an_assessment_is_not_signed_before_consent_is_on_record(story, leo):
    opened(story, leo)
    draft = story.draft("ada", leo)

    with pytest.raises(Problem, match="record who agreed"):
        story.sign("ada", draft, dict(sample("early_help")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"person": " "}, "Say who decided"),
        ({"how": ""}, "Say how they agreed"),
        ({"how": "verbal"}, "Name the witness"),
        ({"decision": "limits"}, "Name the agencies"),
        ({"purposes": ()}, "Choose what they were asked for"),
        ({"happened_on": TODAY + timedelta(days=1)}, "is still to come"),
        ({"decision": "withdrawn"}, "why it was withdrawn and who has been told"),
        ({"overridden": True}, "nothing to override"),
        ({"decision": "refused", "overridden": True}, "the manager who decided"),
        ({"review_on": date(2026, 9, 1)}, "after the day they decided"),
    ],
)
def test_a_decision_lacking_something_is_refused_in_words(story, leo, change, said):
    ids = opened(story, leo)

    with pytest.raises(Problem, match=said):
        consent(story, ids, **change)
    assert view(story, leo).consents == []


def test_a_new_decision_stands_and_the_earlier_stays_on_record(story, leo):
    ids = opened(story, leo)
    consent(story, ids)
    consent(story, ids, decision="refused", how="", purposes=("share",), happened_on=date(2026, 10, 1))

    newest, first = view(story, leo).consents
    assert (newest.decision, newest.stands) == ("refused", True)
    assert (first.decision, first.stands) == ("given", True)  # for the start it still stands
    assert first.review_on == date(2027, 9, 3)


SHARES = [
    ((), False, "Nobody has agreed yet"),
    (({},), True, "Dana Hartley"),
    (({"decision": "limits", "refused": ("Mill Lane School",)},), False, "not with Mill Lane School"),
    (({"decision": "limits", "allowed": ("School nursing",)},), False, "may be shared with School nursing"),
    (({"decision": "limits", "allowed": ("mill lane school",)},), True, "Dana Hartley"),
    (({}, {"person": "Karl Hartley", "decision": "refused", "how": ""}), False, "Karl Hartley"),
    (({"review_on": date(2026, 11, 1)},), False, "was to be asked again by 01/11/2026"),
    (({"purposes": ("start",)},), False, "Nobody has agreed yet"),
]


@pytest.mark.parametrize(("decisions", "allowed", "said"), SHARES)
def test_sharing_asks_every_persons_standing_decision(story, leo, decisions, allowed, said):
    ids = opened(story, leo)
    for each in decisions:
        consent(story, ids, **each)

    told = story.call("ada", lambda session: consents.sharing(session, leo, "Mill Lane School"))
    assert told.allowed is allowed
    assert said in told.words


def test_withdrawal_makes_all_read_only_and_keeps_what_was_decided(story, leo, mia):
    ids = in_assessment(story, leo, mia)
    draft = story.draft("ada", leo)
    opened_as = story.call("ada", lambda session: plan_reading.open_plan(session, draft))
    withdrawn = {
        "decision": "withdrawn", "how": "", "because": "Enough for now", "told": "The school",
        "safeguarding": "No worry", "carries_on": "The school goes on alone", "happened_on": TODAY,
    }  # fmt: skip
    consent(story, ids, **withdrawn)

    assert [status(story, each) for each in ids] == ["consent_withdrawn"] * 2
    with pytest.raises(NotAllowed, match="withdrawn"):
        story.call("ada", lambda session: plans.save(session, draft, opened_as.version, {"led_to": "x"}))
    with pytest.raises(NotAllowed, match="withdrawn"):
        story.draft("ada", mia, "taf")
    with pytest.raises(NotAllowed, match="withdrawn"):
        story.call("rob", lambda session: plan_reading.open_plan(session, draft))
    assert story.call("ada", lambda session: plan_reading.open_plan(session, draft)).answers
    assert len(view(story, leo).consents) == 2

    with pytest.raises(NotAllowed):
        move(story, ids[0], "close_withdrawn", reason="Asked to stop")
    move(story, ids[0], "close_withdrawn", who="max", reason="Asked to stop")
    closed = view(story, leo).episode
    ended = "The family ended it, or withdrew their consent"
    assert (closed.status, closed.closure_words) == ("closed", ended)
    consent(story, [ids[1]], happened_on=TODAY)
    move(story, ids[1], "renew_consent")
    assert status(story, ids[1]) == "in_assessment"


# Moves


def test_every_status_has_a_move_out_but_void_and_every_move_leads_to_a_status():
    left = set().union(*(rule.leaves for rule in moves._RULES))
    assert left == set(STATUSES) - {"void"}
    assert {rule.to for rule in moves._RULES} <= {*STATUSES, ""}


@pytest.mark.parametrize("rule", moves._RULES, ids=lambda rule: rule.key)
def test_a_move_from_any_other_status_is_refused_with_a_sentence(story, leo, rule):
    (episode_id,) = opened(story, leo)
    for each in set(STATUSES) - rule.leaves:
        story.raw("UPDATE help_episode SET status = ?", each)
        with pytest.raises(Problem) as refused:
            move(story, episode_id, rule.key, who="max", reason="Because")
        assert STATUSES[each].lower() in refused.value.words
        assert refused.value.words.endswith("Nothing was changed.")


MISSING = {
    "to_manager": ("in_assessment", "Sign this child's assessment first"),
    "approve": ("with_manager", "Sign this child's assessment first"),
    "start_plan": ("complete", "Name the lead practitioner first. Agree at least one action first. Give the"),
    "end_review": ("in_review", "Hold the family meeting"),
    "close": ("closing", "Sign the closing summary first"),
    "pause": ("plan_active", "Write and sign the step up first"),
    "step_up": ("paused", "accepted it first"),
}


@pytest.mark.parametrize(("key", "stands", "said"), [(key, *each) for key, each in MISSING.items()])
def test_a_move_tells_all_that_is_missing(story, leo, key, stands, said):
    (episode_id,) = opened(story, leo)
    story.raw("UPDATE help_episode SET status = ?", stands)

    with pytest.raises(Problem) as refused:
        move(story, episode_id, key, who="max", reason="Because", closure="C03" if key == "step_up" else "")
    assert said in refused.value.words
    assert status(story, episode_id) == stands


@pytest.mark.parametrize("key", [rule.key for rule in moves._RULES if rule.reason])
def test_a_move_that_needs_a_reason_asks_for_it(story, leo, key):
    (episode_id,) = opened(story, leo)
    rule = moves._BY_KEY[key]
    story.raw("UPDATE help_episode SET status = ?, closed_on = ?", min(rule.leaves), "2026-11-20")

    with pytest.raises(Problem, match="Give the reason"):
        move(story, episode_id, key, who="max")


def test_nobody_approves_their_own_assessment(story, leo):
    ids = in_assessment(story, leo)
    story.sign("max", story.draft("max", leo), dict(sample("early_help")))
    move(story, ids[0], "to_manager")

    with pytest.raises(NotAllowed, match="Nobody approves their own"):
        move(story, ids[0], "approve", who="max")
    with pytest.raises(NotAllowed):
        move(story, ids[0], "approve")
    assert status(story, ids[0]) == "with_manager"


def test_a_signed_assessment_gives_the_level_and_goes_to_the_manager(story, leo):
    ids = in_assessment(story, leo)
    story.sign("ada", story.draft("ada", leo), dict(sample("early_help")))
    move(story, ids[0], "to_manager")
    move(story, ids[0], "send_back", who="max", reason="Say more of the father")
    move(story, ids[0], "to_manager")
    move(story, ids[0], "approve", who="max")

    told = view(story, leo)
    assert told.episode.status == "complete"
    assert told.episode.level == int(sample("early_help")["level"])
    assert any("Say more of the father" in each.reason for each in told.steps)


def test_a_family_moves_together_or_not_at_all(story, leo, mia):
    first, second = opened(story, leo, mia)
    move(story, first, "ask_consent", also=[second])
    consent(story, [first])

    with pytest.raises(Problem, match="Mia Hartley: Record who agreed"):
        move(story, first, "start_assessment", also=[second])
    assert (status(story, first), status(story, second)) == ("awaiting_consent",) * 2


def test_declined_closes_the_record_and_a_return_within_90_days_goes_on(story, leo):
    (episode_id,) = opened(story, leo)
    move(story, episode_id, "decline", reason="They have the help of a neighbour")
    told = view(story, leo)
    assert (told.episode.status, told.episode.closed_on) == ("declined", TODAY)
    assert "Watched for a return until 23/11/2027" in told.watch

    story.store.today = lambda: TODAY + timedelta(days=90)
    move(story, episode_id, "reopen", on=TODAY + timedelta(days=90), reason="The neighbour moved away")
    assert status(story, episode_id) == "draft"


def test_after_90_days_it_is_new_early_help_that_names_the_old(story, leo):
    (first,) = opened(story, leo)
    move(story, first, "decline", reason="Not now")
    later = TODAY + timedelta(days=91)
    story.store.today = lambda: later
    with pytest.raises(Problem, match="Open new early help: it will name this one"):
        move(story, first, "reopen", on=later, reason="They came back")

    (second,) = opened(story, leo, new=replace(REQUEST, opened_on=later))
    assert story.call("ada", lambda session: episodes.one(session, second).follows_id) == first
    assert "A return within 12 months" in view(story, leo).watch


def test_void_is_a_managers_with_a_reason_and_its_number_is_not_used_again(story, leo, mia):
    (episode_id,) = opened(story, leo)
    with pytest.raises(NotAllowed):
        move(story, episode_id, "void", reason="Opened twice")
    move(story, episode_id, "void", who="max", reason="Opened twice")
    opened(story, mia)

    assert view(story, mia).episode.number == 2
    assert view(story, leo).watch == ""


# Lead and level


def test_the_lead_is_handed_over_in_words(story, leo):
    ids = opened(story, leo)
    named = {"agency": "primary", "from_on": date(2026, 10, 1)}
    story.call("ada", lambda session: leads.name_lead(session, ids, name="Ms Okafor", **named))
    with pytest.raises(Problem, match="Say what Ms Okafor hands over"):
        story.call("ada", lambda session: leads.name_lead(session, ids, name="Jon Bell", **named))
    named["from_on"] = TODAY
    words = "The plan, and that Leo likes drawing."
    story.call("ada", lambda session: leads.name_lead(session, ids, name="Jon Bell", handover=words, **named))

    now, before = view(story, leo).leads
    assert (now.name, now.handover, before.until_on) == ("Jon Bell", words, TODAY)
    assert view(story, leo).steps[0].words == "Lead practitioner: Jon Bell, after Ms Okafor"


def test_a_level_is_dated_with_a_reason_and_level_4_asks_for_a_step_up(story, leo):
    ids = opened(story, leo)
    with pytest.raises(Problem, match="Say why"):
        story.call("ada", lambda session: episodes.set_level(session, ids[0], 3, TODAY, " "))
    story.call("ada", lambda session: episodes.set_level(session, ids[0], 4, TODAY, "Hurt at home"))

    told = view(story, leo)
    assert told.episode.level_words == "Level 4: Specialist"
    assert "Refer to children's social care" in told.prompt
    assert [each.words for each in told.steps if "Level" in each.words] == [
        "Level 4: Specialist",
        "Level 2: Additional",
    ]


# Brothers and sisters: typed once


def test_common_parts_are_typed_once_and_each_file_holds_its_own_whole(story, leo, mia):
    in_assessment(story, leo, mia)
    first = story.draft("ada", leo)
    opened_as = story.call("ada", lambda session: plan_reading.open_plan(session, first))
    (sister,) = [each for each in opened_as.siblings if each.name == "Mia"]
    typed = opened_as.answers | {"led_to": "Leo stopped going to school.", "meaning": "Leo feels alone."}
    story.call("ada", lambda session: plans.save(session, first, opened_as.version, typed))

    hers = story.call("ada", lambda session: plan_reading.open_plan(session, sister.revision_id))
    assert hers.answers["led_to"] == "Leo stopped going to school."
    assert "meaning" not in hers.answers
    assert (hers.answers["name"], hers.child_id) == ("Mia Hartley", mia)

    back = hers.answers | {"led_to": "Leo stopped going to school in May.", "meaning": "Mia misses him."}
    story.call("ada", lambda session: plans.save(session, sister.revision_id, hers.version, back))
    his = story.call("ada", lambda session: plan_reading.open_plan(session, first))
    assert his.answers["led_to"] == "Leo stopped going to school in May."
    assert his.answers["meaning"] == "Leo feels alone."


def test_what_is_signed_of_one_child_stays_when_the_other_is_written_on(story, leo, mia):
    in_assessment(story, leo, mia)
    first = story.draft("ada", leo)
    story.sign("ada", first, dict(sample("early_help")))
    signed = story.call("ada", lambda session: plan_reading.open_plan(session, first))
    (sister,) = [each for each in signed.siblings if each.name == "Mia"]
    hers = story.call("ada", lambda session: plan_reading.open_plan(session, sister.revision_id))
    story.call(
        "ada",
        lambda session: plans.save(session, hers.revision_id, hers.version, hers.answers | {"led_to": "x"}),
    )

    assert hers.answers["led_to"] == sample("early_help")["led_to"]
    again = story.call("ada", lambda session: plan_reading.open_plan(session, first))
    assert again.answers == signed.answers


def test_a_consent_given_for_two_children_is_a_row_in_each_file(story, leo, mia):
    ids = opened(story, leo, mia)
    consent(story, ids)

    def rows(session):
        return [
            (each.child_id, each.group_id) for child in (leo, mia)
            for each in consents.queries.of_episode(session, Consent, ids) if each.child_id == child
        ]  # fmt: skip

    found = story.call("ada", rows)
    assert {child for child, _ in found} == {leo, mia}
    assert len({group for _, group in found}) == 1


def test_the_ended_statuses_are_those_with_a_last_day(story, leo):
    assert {rule.to for rule in moves._RULES if rule.closures} | {"declined"} == ENDED

"""Questionnaires, goals and scaling: what is kept, what is refused, how a wrong result is put right."""

from datetime import date

import pytest

from caseapp import measures, plan_reading, plans
from caseapp.measures import NewScore, NewSdq
from db import measures as queries
from db.models import Measure
from db.problems import NotFound, Problem
from tests.story import TODAY, new_story, sample

SCORES = {"emotional": 4, "conduct": 2, "hyperactivity": 6, "peer": 3, "prosocial": 7}
DAY = date(2026, 9, 3)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leo(story):
    return story.register("ada", "Leo", "Hartley", date(2014, 5, 4))


def view(story, child_id, who="ada"):
    return story.call(who, lambda session: measures.view(session, child_id))


def add_sdq(story, child_id, who="ada", replaces_id=None, **values):
    new = NewSdq(**{"happened_on": DAY, "informant": "parent", "scores": SCORES} | values)
    return story.call(who, lambda session: measures.add_sdq(session, child_id, new, replaces_id))


def add_goal(story, child_id, words="To sleep in my own bed", whose="child", set_on=DAY):
    return story.call(
        "ada",
        lambda session: measures.add_goal(session, child_id, words=words, whose=whose, set_on=set_on),
    )


def rate(story, goal_id, score, on=DAY, **more):
    return story.call("ada", lambda session: measures.rate_goal(session, goal_id, score=score, on=on, **more))


def close(story, goal_id, on=TODAY, reason="Reached"):
    story.call("ada", lambda session: measures.close_goal(session, goal_id, on=on, reason=reason))


def add_scale(story, child_id, score, on=DAY, respondent="Kasia", role="parent", subject="", **more):
    new = NewScore(on, respondent, role, subject, score)
    return story.call("ada", lambda session: measures.add_scale(session, child_id, new, **more))


def sign_plan(story, child_id, kind, answers):
    draft = story.draft("ada", child_id, kind)
    return story.sign("ada", draft, answers).revision_id


def correct(story, revision_id, answers):
    draft = story.call("ada", lambda session: plans.correct(session, revision_id, "A slip of the pen"))
    story.sign("ada", draft, answers)


# The SDQ


def test_scores_are_kept_with_their_total_and_bands(story, leo):
    add_sdq(story, leo)

    row = view(story, leo).sdq[0]
    assert [(each.label, each.points, each.band) for each in row.cells] == [
        ("Emotional symptoms", 4, "slightly raised"),
        ("Conduct", 2, "close to average"),
        ("Hyperactivity", 6, "slightly raised"),
        ("Getting on with others", 3, "slightly raised"),
        ("Kind and helpful behaviour", 7, "slightly lowered"),
    ]
    assert (row.total, row.band, row.informant_words) == (15, "slightly raised", "Parent")


def test_a_reason_stands_in_place_of_scores(story, leo):
    add_sdq(story, leo, scores={}, informant="", no_score="SDQ5")

    row = view(story, leo).sdq[0]
    assert (row.total, row.band, row.no_score) == (None, "", "SDQ5")
    assert row.no_score_words == "Child or young person refused"


def test_a_total_alone_is_enough_and_no_scale_is_nought(story, leo):
    add_sdq(story, leo, scores={}, total=17, informant="carer")

    row = view(story, leo).sdq[0]
    assert (row.total, row.band) == (17, "high")
    assert [each.points for each in row.cells] == [None] * 5


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"scores": SCORES | {"peer": 11}}, "Getting on with others is a whole number from 0 to 10."),
        ({"scores": {"emotional": 4}}, "A scale left out is not 0."),
        ({"scores": SCORES | {"item 3": 1}}, "no items"),
        ({"total": 16}, "The scales add up to 15, not 16"),
        ({"scores": {"emotional": 9}, "total": 4}, "add up to 9, not 4"),
        ({"scores": {}, "total": 41}, "A total is a whole number from 0 to 40."),
        ({"informant": ""}, "Say who filled it in."),
        ({"informant": "nurse"}, "“nurse” is none of the answers."),
        ({"no_score": "SDQ1"}, "scores and a reason for none"),
        ({"scores": {}, "no_score": "SDQ6"}, "no reason of the national return"),
        ({"happened_on": date(2026, 12, 24)}, "24/12/2026 is still to come."),
    ],
)
def test_a_questionnaire_that_cannot_be_is_refused_in_words(story, leo, values, said):
    with pytest.raises(Problem) as refused:
        add_sdq(story, leo, **values)

    assert said in refused.value.words
    assert "Nothing was" in refused.value.words
    assert not view(story, leo).sdq


def test_nothing_but_scales_is_stored_of_a_questionnaire(story, leo):
    add_sdq(story, leo)

    stored = story.call("ada", lambda session: queries.standing(session, leo, "sdq"))[0]
    assert stored.scores == SCORES


def test_a_wrong_result_is_put_right_by_a_new_one_and_stays_in_the_store(story, leo):
    wrong = add_sdq(story, leo, scores=SCORES | {"peer": 0})
    right = add_sdq(story, leo, replaces_id=wrong)

    assert [each.total for each in view(story, leo).sdq] == [15]
    with story.store.session(story.actors["ada"]) as session:
        assert session.get_one(Measure, right).replaces_id == wrong
        assert session.get_one(Measure, wrong).total == 12
    with pytest.raises(Problem, match="put right already"):
        add_sdq(story, leo, replaces_id=wrong)


def test_a_result_of_another_child_or_tool_is_not_there_to_be_put_right(story, leo):
    other = story.register("ada", "Mia", "Hartley")
    theirs, scale = add_sdq(story, other), add_scale(story, leo, 4)

    for wrong in (theirs, scale):
        with pytest.raises(NotFound):
            add_sdq(story, leo, replaces_id=wrong)


def test_a_questionnaire_of_a_signed_pep_stands_among_the_others(story, leo):
    story.look_after(leo, date(2024, 3, 11))
    sign_plan(story, leo, "pep", sample("pep"))
    add_sdq(story, leo, happened_on=date(2020, 1, 1))

    rows = view(story, leo).sdq
    assert len(rows) == 2
    assert rows[0].on == date.fromisoformat(sample("pep")["sdq_on"])
    assert rows[0].source.startswith("PEP, ")
    assert rows[0].total == sum(
        sample("pep")[f"sdq_{scale}"] for scale in ("emotional", "conduct", "hyperactivity", "peer")
    )


# Goals


def test_change_is_counted_by_goal_and_as_a_mean(story, leo):
    first, second, third = (add_goal(story, leo, words) for words in ("Sleep", "Swim", "See Dad"))
    for goal, points in ((first, (2, 5, 7)), (second, (4, 3)), (third, (0,))):
        for month, score in enumerate(points, 9):
            rate(story, goal, score, date(2026, month, 4))

    told = view(story, leo)
    assert [each.change for each in told.goals] == [5, -1, None]
    assert [float(told.mean_change[0]), told.mean_change[1]] == [2.0, 2]


def test_a_person_works_on_three_open_goals_at_most(story, leo):
    goals = [add_goal(story, leo, f"Goal {number}") for number in range(3)]
    add_goal(story, leo, "Mum's own goal", whose="parent")

    with pytest.raises(Problem, match="There are 3 open goals already"):
        add_goal(story, leo, "One more")
    close(story, goals[0])
    add_goal(story, leo, "One more")

    assert sum(1 for each in view(story, leo).goals if each.closed_on) == 1


def test_a_closed_goal_keeps_words_ratings_and_reason_and_takes_no_more(story, leo):
    goal = add_goal(story, leo)
    rate(story, goal, 6)
    close(story, goal, reason="Changed: he has a room of his own now")

    told = view(story, leo).goals[0]
    assert (told.words, [each.score for each in told.ratings]) == ("To sleep in my own bed", [6])
    assert told.close_reason == "Changed: he has a room of his own now"
    with pytest.raises(Problem, match="closed and stays as it is"):
        rate(story, goal, 7, TODAY)
    with pytest.raises(Problem, match="closed and stays as it is"):
        close(story, goal)


def test_the_words_of_a_goal_can_be_changed_by_no_use_case():
    takes_words = [name for name in measures.__all__ if "goal" in name]

    assert takes_words == ["add_goal", "close_goal", "rate_goal"]


def test_a_rating_is_put_right_by_naming_it(story, leo):
    goal = add_goal(story, leo)
    wrong = rate(story, goal, 9)
    with pytest.raises(Problem, match="rated on that day already"):
        rate(story, goal, 2)

    rate(story, goal, 2, replaces_id=wrong)

    assert [each.score for each in view(story, leo).goals[0].ratings] == [2]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda story, leo, goal: add_goal(story, leo, " "), "A goal needs words."),
        (lambda story, leo, goal: add_goal(story, leo, whose="gran"), "Say whose goal it is"),
        (lambda story, leo, goal: rate(story, goal, 11), "whole number from 0 to 10"),
        (lambda story, leo, goal: rate(story, goal, -1), "whole number from 0 to 10"),
        (lambda story, leo, goal: rate(story, goal, 5, date(2026, 1, 1)), "before it was set"),
        (lambda story, leo, goal: close(story, goal, reason=""), "Say why the goal is closed"),
        (lambda story, leo, goal: close(story, goal, date(2026, 9, 3)), "rated the last time"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_in_words(story, leo, act, said):
    goal = add_goal(story, leo)
    rate(story, goal, 5, date(2026, 10, 1))

    with pytest.raises(Problem) as refused:
        act(story, leo, goal)

    assert said in refused.value.words
    assert refused.value.words.endswith("Nothing was saved.")


# Scaling


def test_scores_of_signed_documents_and_typed_ones_stand_together_by_respondent(story):
    leo = story.register("ada", "Leo", "Hartley", known_as="Leo")
    sign_plan(story, leo, "taf", sample("taf"))
    add_scale(story, leo, 8, TODAY, respondent="Leo Hartley", role="child", subject="leo")
    add_scale(story, leo, 3, TODAY, respondent="Kasia Zielna")

    told = [
        (each.subject, each.respondent, each.role_words, [(p.on, p.score) for p in each.points], each.change)
        for each in view(story, leo).scaling
    ]
    assert told == [
        ("Leo", "Leo", "Child", [(date(2026, 2, 10), 6), (TODAY, 8)], 2),
        ("The family", "Kasia Zielna", "Parent or carer", [(date(2026, 2, 12), 5), (TODAY, 3)], -2),
        ("The family", "Ruth Okonjo", "Worker", [(date(2026, 2, 12), 5)], None),
    ]
    assert [each.difference for each in view(story, leo).gaps] == [-2]


def test_a_score_names_the_document_that_it_stands_in(story, leo):
    revision_id = sign_plan(story, leo, "taf", sample("taf"))

    points = [point for each in view(story, leo).scaling for point in each.points]
    assert {point.revision_id for point in points} == {revision_id}
    assert points[0].source == "TAF, 12/02/2026"
    assert points[0].why_not_lower == "School is quiet in the morning"


def test_a_corrected_document_counts_once_and_a_draft_not_at_all(story, leo):
    answers = sample("taf")
    revision_id = sign_plan(story, leo, "taf", answers)
    mended = [row | {"score": 1} for row in answers["scaling"]]
    correct(story, revision_id, answers | {"scaling": mended})
    draft = story.draft("ada", leo, "taf")
    story.call("ada", lambda session: plans.save(session, draft, _version(session, draft), answers))

    scores = [point.score for each in view(story, leo).scaling for point in each.points]
    assert scores == [1, 1, 1]


def _version(session, draft):
    return plan_reading.open_plan(session, draft).version


def test_nobody_who_did_not_answer_is_scored_nought(story, leo):
    answers = sample("taf")
    rows = [answers["scaling"][0] | {"score": 0}, *answers["scaling"][1:]]
    sign_plan(story, leo, "taf", answers | {"scaling": rows})

    assert [each.latest.score for each in view(story, leo).scaling] == [0, 5, 5]
    assert len(view(story, leo).scaling) == 3


def test_a_typed_score_is_put_right_by_a_new_one(story, leo):
    wrong = add_scale(story, leo, 9)
    add_scale(story, leo, 6, replaces_id=wrong)

    assert [point.score for each in view(story, leo).scaling for point in each.points] == [6]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"score": 11}, "whole number from 0 to 10"),
        ({"score": 4, "respondent": " "}, "Say who answered."),
        ({"score": 4, "role": "uncle"}, "Say as what they answered"),
        ({"score": 4, "on": date(2027, 1, 1)}, "still to come"),
    ],
)
def test_a_score_that_cannot_be_is_refused_in_words(story, leo, values, said):
    with pytest.raises(Problem, match=said):
        add_scale(story, leo, **values)


# Rights


def test_another_team_sees_and_writes_nothing(story, leo):
    goal = add_goal(story, leo)

    with pytest.raises(NotFound):
        view(story, leo, "sue")
    with pytest.raises(NotFound):
        add_sdq(story, leo, who="sue")
    with pytest.raises(NotFound):
        story.call("sue", lambda session: measures.rate_goal(session, goal, score=4, on=DAY))


def test_a_reader_reads_and_may_not_write(story, leo):
    assert view(story, leo, "rob").sdq == []
    with pytest.raises(Problem):
        add_sdq(story, leo, who="rob")

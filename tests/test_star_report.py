"""Reports on a star out of the store: whose readings count, for whom, and each person's series."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import event, select

from caseapp import cli_report, plan_reading, plans, star_report, stars
from caseapp.forms import FORMS_BY_KEY
from db.models import Child, ClockRow, HelpEpisode, LeadPractitioner, Look
from db.moments import new_id
from db.problems import NotAllowed, NotFound, Problem
from tests.story import Story, lived, new_story

UNTIL = date(2026, 11, 23)

# The store


def read(story: Story, child_id: UUID, day: str, points, by: str = "ada", key: str = "", **more) -> UUID:
    """Sign a reading of our wheel. A plain one is how many a test begins: it is signed once and copied."""
    if more:
        return _read(story, child_id, day, points, by, key, **more)
    return lived(story, _read, child_id, day, tuple(points), by, key)


def _read(story, child_id, day, points, by, key, **more):
    view = story.call(
        by, lambda session: plan_reading.open_plan(session, plans.start(session, child_id, "star", key))
    )
    answers = view.answers | {
        each.key: each.options[0][0] if getattr(each, "options", ()) else "Words"
        for _, each in view.form.asked({**view.answers, **more})
        if each.required and not view.answers.get(each.key)
    }
    arms = [each.key for each in stars.areas(view.form)]
    answers |= dict(zip(arms, points, strict=False)) | {"read_on": day, "reading": "review", **more}
    answers = {key: value for key, value in answers.items() if value is not None}
    return story.sign(by, view.revision_id, answers).revision_id


def helped(story: Story, child_ids, opened_on: date, closed_on: date | None = None, by: str = "ada", **more):
    """Let brothers and sisters be helped together for a time; return the ids of their spells."""
    family, ids = new_id(), [new_id() for _ in child_ids]

    def write(session) -> None:
        for child_id, spell_id in zip(child_ids, ids, strict=True):
            status = "closed" if closed_on else "plan_active"
            session.add(
                HelpEpisode(
                    id=spell_id, child_id=child_id, family_id=family, number=1, opened_on=opened_on,
                    route="own_concern", reasons=[], closed_on=closed_on, **{"status": status, **more},
                )
            )  # fmt: skip

    story.call(by, write)
    return ids


def report(story: Story, by: str = "ada", key: str = "progress-wheel", until: date = UNTIL, **more):
    return story.call(by, lambda session: star_report.star_report(session, key, until=until, **more))


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leo(story):
    return lived(story, _child, "Leo")


@pytest.fixture
def mia(story):
    return lived(story, _child, "Mia")


def _child(story, given_name):
    return story.register("ada", given_name, "Hartley")


def test_readings_of_a_child_become_a_change(story, leo):
    read(story, leo, "2026-02-03", [3] * 10, reading="first")
    read(story, leo, "2026-05-04", [4] * 10)
    read(story, leo, "2026-11-02", [6] * 10)

    told = report(story).told

    assert told.one("compared").child_ids == (leo,)
    assert told.one("change").shown == "+3.00"
    assert told.areas[0].first == Decimal(3)
    assert told.areas[0].latest == Decimal(6)
    assert told.one("big_up").behind[0].said == "3.00 → 6.00 (+3.00), 03/02/2026 to 02/11/2026"


def test_every_figure_of_a_report_counts_its_list(story, leo, mia):
    for child_id in (leo, mia):
        read(story, child_id, "2026-02-03", [3] * 10)
        read(story, child_id, "2026-05-04", [5, 2] * 5)
    helped(story, [leo, mia], date(2026, 1, 5), date(2026, 6, 1), agency="primary")

    found = report(story)

    assert len(found.all_figures) > 100
    assert all(each.count == len(each.child_ids) for each in found.all_figures)


def test_looking_back_and_what_was_not_approved_are_left_out(story, leo):
    read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [5] * 10)
    read(story, leo, "2025-02-03", [0] * 10, reading="retrospective", written_on="2026-05-04")
    read(story, leo, "2026-06-04", [9] * 10, agreed="no", difference="She sees it otherwise", for_report="no")

    assert report(story).told.one("change").shown == "+2.00"


def test_a_corrected_reading_counts_once(story, leo):
    wrong = read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [5] * 10)

    def correct(session):
        view = plan_reading.open_plan(session, plans.correct(session, wrong, "A slip of the pen"))
        first = stars.areas(view.form)[0].key
        plans.sign(session, view.revision_id, view.version, view.answers | {first: 5})

    story.call("ada", correct)

    told = report(story).told
    assert told.one("stars").count == 1
    assert told.areas[0].same.child_ids == (leo,)
    assert told.one("change").shown == "+1.80"
    assert told.one("partial").count == 0


def test_partial_readings_are_left_out_unless_asked_for(story, leo):
    read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [5] * 7)

    assert report(story).told.one("compared").count == 0
    assert report(story).told.one("partial").child_ids == (leo,)
    assert report(story, with_partial=True).told.one("compared").count == 1


def test_areas_that_do_not_apply_make_no_reading_partial(story, leo):
    arms = [each.key for each in stars.areas(FORMS_BY_KEY["progress-wheel"])]
    read(story, leo, "2026-02-03", [3] * 7, not_applicable=arms[7:])
    read(story, leo, "2026-05-04", [5] * 7, not_applicable=arms[7:])

    told = report(story).told

    assert told.one("partial").count == 0
    assert told.one("change").shown == "+2.00"


def test_two_parents_are_two_people_and_the_spelling_of_a_name_does_not_matter(story, leo):
    read(story, leo, "2026-02-03", [3] * 10, whose="parent", whose_name="Rana  Hartley")
    read(story, leo, "2026-02-04", [8] * 10, whose="parent", whose_name="Tom Hartley")
    read(story, leo, "2026-05-04", [5] * 10, whose="parent", whose_name="rana hartley")

    told = report(story).told

    assert told.one("stars").count == 2
    assert told.one("compared").count == 1
    assert told.one("change").shown == "+2.00"
    assert told.one("alone").behind[0].whose == "One parent or carer: Tom Hartley"


def test_two_stars_are_never_compared(story, leo):
    read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [5] * 6, key="child-progress-wheel")

    assert report(story).told.one("compared").count == 0
    assert report(story, key="child-progress-wheel").told.one("stars").child_ids == (leo,)


def test_each_spell_of_help_begins_anew(story, leo):
    helped(story, [leo], date(2025, 1, 6), date(2025, 6, 30))
    helped(story, [leo], date(2026, 1, 5))
    read(story, leo, "2025-01-20", [1] * 10)
    read(story, leo, "2025-06-20", [9] * 10)
    read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [4] * 10)

    told = report(story, since=date(2026, 1, 1)).told

    assert told.one("stars").count == 1
    assert told.one("change").shown == "+1.00"


def test_coverage_asks_for_two_readings_in_the_family_by_closing(story, leo, mia):
    other = story.register("ada", "Zoë", "Brook")
    helped(story, [leo, mia], date(2026, 1, 5), date(2026, 6, 1))
    helped(story, [other], date(2026, 1, 5), date(2026, 6, 1))
    helped(
        story, [story.register("ada", "Ivo", "Void")], date(2026, 1, 5), date(2026, 2, 1), status="declined"
    )
    read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [5] * 10)
    read(story, other, "2026-02-03", [3] * 10)

    told = report(story).told

    assert set(told.one("covered").child_ids) == {leo, mia}
    assert told.one("covered").of == 3
    assert told.one("not_covered").child_ids == (other,)
    assert report(story, since=date(2026, 7, 1)).told.one("covered").of == 0


def test_a_report_can_be_of_one_worker_of_a_team_or_of_all_in_reach(story, leo):
    theirs = story.register("bea", "Ana", "Finch")
    unseen = story.register("sue", "Tam", "Reed")
    for child_id, by in ((leo, "ada"), (theirs, "bea"), (unseen, "sue")):
        read(story, child_id, "2026-02-03", [3] * 10, by=by)
    ada = story.actors["ada"].worker_id

    assert report(story, worker_id=ada).told.one("stars").child_ids == (leo,)
    assert set(report(story, team=True).told.one("stars").child_ids) == {leo, theirs}
    assert set(report(story).told.one("stars").child_ids) == {leo, theirs}
    assert report(story, "sue").told.one("stars").child_ids == (unseen,)
    assert report(story, worker_id=story.actors["sue"].worker_id).told.one("stars").count == 0


def test_the_agency_is_the_leads_else_that_which_opened_the_help(story, leo, mia):
    (of_leo,) = helped(story, [leo], date(2026, 1, 5), agency="primary")
    helped(story, [mia], date(2026, 1, 5), agency="primary")

    def name_lead(session):
        session.add(
            LeadPractitioner(
                child_id=leo, episode_id=of_leo, name="Una", agency="voluntary", from_on=date(2026, 2, 2)
            )
        )

    story.call("ada", name_lead)
    for child_id in (leo, mia):
        read(story, child_id, "2026-02-03", [3] * 10)

    assert report(story, agency="voluntary").told.one("stars").child_ids == (leo,)
    assert report(story, agency="primary").told.one("stars").child_ids == (mia,)
    named = [(each.name, each.stars.count) for each in report(story).told.groups if each.by == "Agency"]
    assert named == [("Primary school", 1), ("Voluntary sector", 1)]


def test_overdue_readings_are_those_of_children_with_this_star(story, leo, mia):
    read(story, leo, "2026-02-03", [3] * 10)
    days = {"kind": "F8", "started_on": date(2026, 2, 3), "due_on": date(2026, 5, 3)}
    story.call("ada", lambda session: session.add(ClockRow(child_id=mia, **days)))

    assert report(story).told.one("overdue").child_ids == (leo,)


def test_the_number_of_queries_does_not_grow_with_the_children(story):
    asked: list[str] = []
    event.listen(story.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def queries() -> int:
        asked.clear()
        report(story)
        return sum(each.lstrip().upper().startswith("SELECT") for each in asked)

    def family(number: int) -> None:
        child_id = story.register("ada", f"Kid{number}", "Many")
        read(story, child_id, "2026-02-03", [3] * 10)
        read(story, child_id, "2026-05-04", [5] * 10)

    family(1)
    few = queries()
    for number in range(2, 6):
        family(number)

    assert queries() == few < 16


def test_the_look_is_recorded_with_the_children_shown(story, leo):
    read(story, leo, "2026-02-03", [3] * 10)
    report(story)

    kept = story.raw("SELECT detail FROM look WHERE act = 'list'")

    assert any(leo.hex in row[0] and "Star progress" in row[0] for row in kept)


def test_somebody_who_may_read_no_record_gets_no_report(story):
    with pytest.raises(NotAllowed):
        report(story, "amy")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": date(2026, 12, 1)}, "ends before it begins"),
        ({"agency": "martians"}, "no kind of agency"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(story, asked, said):
    with pytest.raises(Problem, match=said):
        report(story, **asked)


def test_a_star_that_is_not_known_is_not_found(story):
    with pytest.raises(NotFound, match="no star"):
        report(story, key="early-help")


def test_an_empty_report_has_every_figure_at_nought(story):
    found = report(story)

    assert {each.count for each in found.all_figures} == {0}
    assert found.told.sentence == "No star was read in this period."


def test_the_table_names_its_star_period_and_meaning(story, leo):
    read(story, leo, "2026-02-03", [3] * 10)
    rows = star_report.table(report(story, since=date(2026, 1, 1)))

    assert rows[0] == ["Recorded progress", FORMS_BY_KEY["progress-wheel"].title]
    assert ["Period", "01/01/2026 to 23/11/2026"] in rows
    assert any(row[:3] == ["With a change to show", 0, 1] for row in rows)
    assert not any("impact" in str(each).casefold() for row in rows for each in row)


def test_the_command_prints_text_and_json(story, leo, monkeypatch, capsys):
    read(story, leo, "2026-02-03", [3] * 10)
    read(story, leo, "2026-05-04", [5] * 10)

    @contextmanager
    def lent(_options):
        with story.store.session(story.actors["ada"]) as session:
            yield session

    monkeypatch.setattr(cli_report, "reading", lent)
    options = Namespace(
        star="progress-wheel", since=None, until=None, team=True, partial=False, json=False, as_of=None
    )

    assert cli_report.star_report(options) == 0
    text = capsys.readouterr().out
    cli_report.star_report(Namespace(**{**vars(options), "json": True}))
    document = json.loads(capsys.readouterr().out)

    assert "Recorded progress: of 1 person with two readings" in text
    assert document["figures"]["improved"]["count"] == 1
    assert len(document["figures"]["improved"]["children"]) == 1
    assert document["until"] == "2026-11-23"


# One child's series


def test_a_persons_series_shows_what_does_not_count_but_compares_only_what_does(story, leo):
    read(story, leo, "2026-02-03", [3] * 10, reading="first")
    read(story, leo, "2025-12-01", [1] * 10, reading="retrospective", written_on="2026-02-03")
    read(story, leo, "2026-05-04", [5] * 7)

    (told,) = story.call("ada", lambda session: stars.all_series(session, leo))

    assert [each.kind for each in told.readings] == ["review", "first", "retrospective"]
    assert (told.first_at, told.latest_at) == (1, 0)
    assert told.readings[0].is_partial
    assert told.readings[0].points[-1] is None
    assert told.sentence.startswith("Recorded progress since 03/02/2026: 7 areas up")
    assert told.readings[1].completed_by == "Person and worker together"


def test_a_disagreement_is_a_second_series_of_the_same_day(story, leo):
    arms = [each.key for each in stars.areas(FORMS_BY_KEY["progress-wheel"])]
    rows = [{"area": arms[0], "score": 8, "who": "Rana Hartley", "because": "It is better than it looks"}]
    read(
        story, leo, "2026-02-03", [3, *[4] * 8], agreed="no", difference="Mornings", other_scores=rows,
        for_report="yes",
    )  # fmt: skip

    (told,) = story.call("ada", lambda session: stars.all_series(session, leo))
    one = told.readings[0]

    assert one.points == (3, *[4] * 8, None)
    assert one.other_points == (8, *[4] * 8, None)
    assert one.other_who == "Rana Hartley"
    assert one.counts


def test_each_person_and_each_star_is_a_series_of_its_own(story, leo):
    read(story, leo, "2026-02-03", [3] * 10, whose="parent", whose_name="Rana")
    read(story, leo, "2026-02-10", [3] * 10, whose="parent", whose_name="Tom")
    read(story, leo, "2026-02-17", [3] * 6, key="child-progress-wheel", whose_name="Leo H")
    read(story, leo, "2026-05-04", [4] * 6, key="child-progress-wheel", whose_name="Leo")

    told = story.call("ada", lambda session: stars.all_series(session, leo))

    assert [(each.form_key, each.whose, len(each.readings)) for each in told] == [
        ("child-progress-wheel", "The child", 2),
        ("progress-wheel", "One parent or carer: Tom", 1),
        ("progress-wheel", "One parent or carer: Rana", 1),
    ]
    assert len({each.key for each in told}) == 3
    assert told[1].sentence == "One reading so far: no change to show yet."
    assert len(told[1].stages) == 5


def test_looks_name_only_children_in_reach(story):
    unseen = story.register("sue", "Tam", "Reed")
    read(story, unseen, "2026-02-03", [3] * 10, by="sue")

    assert all(unseen not in each.child_ids for each in report(story, "ada").all_figures)
    with story.store.session(story.actors["ada"]) as session:
        assert session.scalar(select(Child).where(Child.id == unseen)) is None
        assert not session.scalars(select(Look).where(Look.child_id == unseen)).all()

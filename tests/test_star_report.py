"""Reports on a star: each figure is as long as its list, and says what a slow count by hand says."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from caseapp import cli_report, plan_reading, plans, star_counts, star_report, stars
from caseapp.form import Stage
from caseapp.forms import FORMS_BY_KEY
from caseapp.star_change import Improvement
from caseapp.star_figures import Ask, Ended, Overdue, Reading, Scale, Star, Who
from db.models import Child, ClockRow, HelpEpisode, LeadPractitioner, Look
from db.moments import new_id
from db.problems import NotAllowed, NotFound, Problem
from tests.story import Story, lived, new_story

UNTIL = date(2026, 11, 23)
AREAS = ("One", "Two", "Three")
STAGES = (Stage("Low", 0, 1), Stage("Next", 2, 3), Stage("Middle", 4, 6), Stage("High", 7, 10))
SCALE = Scale(AREAS, 0, 10, STAGES)


def who(name: str = "Leo", whose: str = "", **more: str) -> Who:
    return Who(uuid4(), 10_001, name, whose, **more)


def star(*points: tuple[int | None, ...], name: str = "Leo", start: date = date(2026, 1, 5)) -> Star:
    days = [start + timedelta(weeks=12 * n) for n in range(len(points))]
    return Star(who(name), tuple(map(Reading, days, points)))


# The figures alone, against a count by hand

point = st.one_of(st.none(), st.integers(0, 10))
reading = st.builds(
    Reading,
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.tuples(point, point, point),
    st.sampled_from([False, False, False, True]),
)
people = st.builds(
    who,
    st.sampled_from(["Leo", "Mia", "Zoë", "Ana"]),
    st.sampled_from(["The family together", "The child"]),
    worker=st.sampled_from(["", "Ada North", "Bea North"]),
    team=st.sampled_from(["", "North"]),
    agency=st.sampled_from(["", "Primary school", "Voluntary sector"]),
)
some_stars = st.lists(
    st.builds(
        lambda one, read: Star(one, tuple(sorted(read, key=lambda each: each.on))),
        people,
        st.lists(reading, max_size=5),
    ),
    max_size=12,
)
some_ended = st.lists(
    st.builds(Ended, people, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(0, 4)), max_size=6
)
asks = st.builds(
    Ask,
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2025, 12, 31))),
    st.just(Improvement()),
    st.booleans(),
)


def by_hand(found: list[Star], ask: Ask) -> dict[str, list[UUID]]:
    """Count again, one star at a time, in the plainest way there is."""
    lists: dict[str, list[UUID]] = {}

    def put(key: str, each: Star) -> None:
        lists.setdefault(key, []).append(each.who.child_id)

    for each in found:
        up_to = [one for one in each.readings if one.on <= ask.until]
        read = up_to if ask.with_partial else [one for one in up_to if not one.is_partial]
        if not read:
            continue
        first, latest = read[0], read[-1]
        if ask.since is None or first.on >= ask.since:
            for place, start in enumerate(first.points):
                if start is not None:
                    stage = 0 if start < 2 else 1 if start < 4 else 2 if start < 7 else 3
                    put(f"{place}.start.{stage}", each)
        if ask.since is not None and latest.on < ask.since:
            continue
        put("stars", each)
        put(f"Worker.{each.who.worker or 'No worker'}.stars", each)
        put(f"Agency.{each.who.agency or 'No agency recorded'}.stars", each)
        if any(one is not None and one < 4 for one in first.points):
            put("needed_help", each)
        changes = []
        for place in range(3):
            was, now = first.points[place], latest.points[place]
            if len(read) > 1 and was is not None and now is not None:
                changes.append(now - was)
                put(f"{place}.n", each)
                put(f"{place}.{'up' if now > was else 'down' if now < was else 'same'}", each)
        if not changes:
            put("alone", each)
            continue
        put("compared", each)
        average = sum(changes) / len(changes)
        if max(changes) > 0 and min(changes) >= 0:
            put("improved", each)
        if average >= 2:
            put("big_up", each)
        elif average > 0:
            put("small_up", each)
        elif average == 0:
            put("same", each)
        elif average > -2:
            put("small_down", each)
        else:
            put("big_down", each)
    return lists


BY_HAND = re.compile(
    r"stars|compared|alone|improved|needed_help|same|(big|small)_(up|down)"
    r"|\d\.(n|up|same|down|start\.\d)|(Worker|Agency)\..*\.stars"
)


def every_figure(told):
    yield from told.headline
    for row in told.areas:
        for each in (row.compared, row.increased, row.same, row.decreased, row.stage_up, row.needed_help):
            if each is not None:
                yield each
        yield from (row.moved_up, *row.profile)
    for group in told.groups:
        yield from (group.stars, group.compared, group.improved, group.change)


@given(some_stars, some_ended, asks)
def test_each_figure_counts_its_list_and_a_count_by_hand_agrees(found, ended, ask):
    told = star_counts.figures(found, ended, [], SCALE, ask)

    expected = by_hand(found, ask)
    counted = {each.key: each for each in every_figure(told) if BY_HAND.fullmatch(each.key)}
    assert all(each.count == len(each.behind) == len(each.child_ids) for each in every_figure(told))
    assert all(each.of is None or each.count <= each.of for each in every_figure(told))
    assert expected.keys() <= counted.keys()
    for key, each in counted.items():
        assert sorted(each.child_ids) == sorted(expected.get(key, [])), key


@given(some_stars, asks)
def test_every_average_is_of_the_same_people_both_times(found, ask):
    told = star_counts.figures(found, [], [], SCALE, ask)

    for row in told.areas:
        assert row.n == row.compared.count == row.increased.count + row.same.count + row.decreased.count
        if row.n:
            assert row.latest - row.first == pytest.approx(row.change)
        else:
            assert (row.first, row.latest, row.change) == (None, None, None)


@given(some_ended, asks)
def test_coverage_splits_those_whose_help_ended(ended, ask):
    told = star_counts.figures([], ended, [], SCALE, ask)

    covered, rest = told.one("covered"), told.one("not_covered")
    within = [each for each in ended if (ask.since or date.min) <= each.on <= ask.until]
    assert covered.count + rest.count == covered.of == rest.of == len(within)
    assert sorted(covered.child_ids) == sorted(each.who.child_id for each in within if each.readings > 1)


def test_the_published_example_in_a_report_needs_partial_readings_to_be_asked_for():
    scale = Scale(("A", "B", "C", "D"), 1, 10)
    first = Reading(date(2026, 1, 5), (3, 5, 8, None), is_partial=True)
    example = Star(who(), (first, Reading(date(2026, 4, 1), (6, 5, 7, 4))))

    without = star_counts.figures([example], [], [], scale, Ask(UNTIL))
    told = star_counts.figures([example], [], [], scale, Ask(UNTIL, with_partial=True))

    assert without.one("compared").shown == "0 of 1 (0%)"
    assert without.one("partial").count == 1
    assert told.one("change").shown == "+0.67"
    assert [row.increased.count for row in told.areas] == [1, 0, 0, 0]
    assert told.one("improved").count == 0
    assert told.one("small_up").count == 1


def test_a_star_belongs_to_the_period_of_its_latest_reading():
    long_ago = star((2, 2, 2), (4, 4, 4), start=date(2025, 1, 6))
    lately = star((2, 2, 2), (4, 4, 4), start=date(2026, 1, 5))

    told = star_counts.figures([long_ago, lately], [], [], SCALE, Ask(UNTIL, date(2026, 2, 1)))

    assert told.one("stars").child_ids == (lately.who.child_id,)
    assert sum(each.count for each in told.areas[0].profile) == 0


def test_moving_up_is_counted_of_those_who_needed_help():
    up, stuck, fine = star((1, 8, 8), (4, 8, 8)), star((1, 8, 8), (1, 9, 9)), star((8, 8, 8), (9, 9, 9))

    told = star_counts.figures([up, stuck, fine], [], [], SCALE, Ask(UNTIL))

    assert told.one("needed_help").shown == "2 of 3 (67%)"
    assert told.one("moved_up").child_ids == (up.who.child_id,)
    assert told.one("moved_up").of == 2
    assert told.areas[0].moved_up.shown == "1 of 2 (50%)"


def test_a_star_without_stages_is_profiled_by_points_and_needs_no_help_figures():
    scale = Scale(("A",), 1, 5)

    told = star_counts.figures([star((2,), (3,))], [], [], scale, Ask(UNTIL))

    assert told.bands == ("1", "2", "3", "4", "5")
    assert [each.count for each in told.areas[0].profile] == [0, 1, 0, 0, 0]
    assert "needed_help" not in [each.key for each in told.headline]


def test_the_sentence_says_recorded_progress_and_how_many_have_nothing_to_compare():
    found = [star((2, 2, 2), (4, 4, 4)), star((2, 2, 2), (1, 4, 4)), star((5, 5, 5))]

    said = star_counts.figures(found, [], [], SCALE, Ask(UNTIL)).sentence

    assert said.startswith("Recorded progress: of 2 people with two readings, 1 improved (50%)")
    assert "1 person has nothing to compare yet." in said
    assert star_counts.figures([], [], [], SCALE, Ask(UNTIL)).sentence == "No star was read in this period."


def test_an_overdue_reading_names_its_day():
    late = star_counts.figures([], [], [Overdue(who(), date(2026, 11, 2))], SCALE, Ask(UNTIL)).one("overdue")

    assert late.behind[0].said == "due 02/11/2026"


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

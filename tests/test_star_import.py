"""Readings from a file: what is taken, what is named as refused, and that nothing is taken twice."""

import json
from datetime import date
from decimal import Decimal

import pytest

from caseapp import children, plan_reading, plans, star_import, star_licences, stars
from caseapp.star_licences import NewLicence
from caseapp.work import NotAllowed, NotFound, Problem
from db.guard import Forbidden
from tests.story import new_story, sample

WHEEL = "progress-wheel"
HEADER = "Child,Date,Area,Score\n"


@pytest.fixture
def story():
    made = new_story()
    made.register("ada", "Kit", "Moran")  # 10001
    made.register("sue", "Ben", "Okoro")  # 10002
    return made


def csv_file(folder, text, name="readings.csv", encoding="utf-8"):
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def refs(story):
    return [ref for (ref,) in story.raw("SELECT ref FROM child ORDER BY ref")]


def look(story, path, star=WHEEL, who="amy"):
    return story.call(who, lambda session: star_import.preview(path, session, star), purpose="import")


def take(story, path, star=WHEEL, who="amy"):
    return story.call(who, lambda session: star_import.take(path, session, star), purpose="import")


def answers(story):
    rows = story.raw(
        "SELECT d.answers FROM document d JOIN revision r ON r.id = d.revision_id "
        "WHERE r.signed_at IS NOT NULL ORDER BY r.child_id, r.number"
    )
    return [json.loads(each) for (each,) in rows]


def reading_of(kit, day="01/09/2026", health="4", **more):
    """Two rows of one reading."""
    extra = "".join(f",{value}" for value in more.values())
    return f"{kit},{day},Health,{health}{extra}\n{kit},{day},Money and work,6{extra}\n"


def test_a_good_file_is_counted_and_nothing_is_stored(story, tmp_path):
    kit, ben = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit) + reading_of(ben))

    found = look(story, path)

    assert found[:5] == ("Family Progress Wheel", 4, 2, 2, 0)
    assert (found.refused, found.not_used) == ([], ())
    assert story.raw("SELECT count(*) FROM revision") == [(0,)]


def test_readings_go_in_signed_with_facts_and_dates(story, tmp_path):
    kit, _ = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit) + reading_of(kit, "2026-10-13", "6"))

    done = take(story, path)

    assert (done.readings, done.rows, done.refused) == (2, 4, [])
    first, review = answers(story)
    assert (first["reading"], first["read_on"], first["health"]) == ("first", "2026-09-01", 4)
    assert (review["reading"], review["read_on"], review["health"]) == ("review", "2026-10-13", 6)
    assert first["completed_by"] == "unknown"
    assert first["source"] == "Import of readings.csv"
    assert "feelings" not in first
    assert sorted(story.raw("SELECT number FROM fact WHERE field = 'health'"), key=str) == [
        (Decimal(4),), (Decimal(6),),
    ]  # fmt: skip
    assert story.raw("SELECT count(*) FROM fact WHERE is_event AND field = 'star_reading'") == [(2,)]


def test_the_record_shows_what_was_imported_as_it_shows_what_was_written(story, tmp_path):
    kit, _ = refs(story)
    take(story, csv_file(tmp_path, HEADER + reading_of(kit) + reading_of(kit, "13/10/2026", "6")))

    found = story.call("ada", lambda session: stars.readings(session, _id(session, kit)))

    assert [day for day, _ in found.readings] == ["13/10/2026", "01/09/2026"]


def _id(session, ref):
    return children.one(session, str(ref)).id


def test_the_same_file_again_makes_no_doubles(story, tmp_path):
    kit, ben = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit) + reading_of(ben))
    take(story, path)

    again = take(story, path)

    assert (again.readings, again.already, again.refused) == (0, 2, [])
    assert story.raw("SELECT count(*) FROM revision") == [(2,)]


def test_an_imported_reading_that_was_corrected_does_not_come_back(story, tmp_path):
    kit, _ = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit))
    take(story, path)

    def correct(session):
        reading = plan_reading.numbered(session, _id(session, kit), "star")
        draft = plans.correct(session, reading.id, "Health was read wrongly")
        view = plan_reading.open_plan(session, draft)
        plans.sign(session, draft, view.version, view.answers | {"health": 5})

    story.call("ada", correct)

    assert (take(story, path).already, look(story, path).readings) == (1, 0)


def test_other_scores_for_a_day_on_record_are_refused(story, tmp_path):
    kit, _ = refs(story)
    take(story, csv_file(tmp_path, HEADER + reading_of(kit)))

    found = take(story, csv_file(tmp_path, HEADER + reading_of(kit, health="9")))

    assert found.readings == 0
    assert [(each.line, each.column) for each in found.refused] == [(2, "score"), (3, "score")]
    assert "01/09/2026 is on record with other scores" in found.refused[0].reason


def test_a_reading_after_one_that_was_written_here_is_a_review(story, tmp_path):
    kit, _ = refs(story)
    here = story.draft("ada", story.call("ada", lambda session: _id(session, kit)), "star")
    story.sign("ada", here, sample("progress_wheel") | {"whose": "family", "read_on": "2026-08-01"})

    take(story, csv_file(tmp_path, HEADER + reading_of(kit)))

    assert answers(story)[-1]["reading"] == "review"


def test_kind_respondent_and_person_are_taken_where_they_are_told(story, tmp_path):
    kit, _ = refs(story)
    header = "child ref,date,area,score,kind,respondent,person\n"
    rows = reading_of(kit, kind='"Last reading, at closing"', respondent="worker", person="Rana  Moran")

    take(story, csv_file(tmp_path, header + rows))

    told = answers(story)[0]
    assert (told["reading"], told["completed_by"]) == ("last", "worker")
    assert (told["whose"], told["whose_name"]) == ("parent", "Rana Moran")


def test_two_parents_make_two_series(story, tmp_path):
    kit, _ = refs(story)
    rows = reading_of(kit, person="Rana Moran") + reading_of(kit, "02/09/2026", person="Joe Moran")

    done = take(story, csv_file(tmp_path, "child,date,area,score,person\n" + rows))

    assert done.readings == 2
    assert [each["reading"] for each in answers(story)] == ["first", "first"]


def test_a_childs_wheel_bears_the_childs_name(story, tmp_path):
    kit, _ = refs(story)

    take(story, csv_file(tmp_path, f"{HEADER}{kit},01/09/2026,My feelings,2\n"), "child-progress-wheel")

    assert answers(story)[0]["whose_name"] == "Kit"


def test_an_empty_score_is_not_discussed_and_never_nought(story, tmp_path):
    kit, _ = refs(story)

    done = take(story, csv_file(tmp_path, HEADER + reading_of(kit) + f"{kit},01/09/2026,Home and housing,\n"))

    assert (done.rows, done.refused) == (3, [])
    assert "housing" not in answers(story)[0]


def test_nought_is_a_score(story, tmp_path):
    kit, _ = refs(story)

    take(story, csv_file(tmp_path, HEADER + reading_of(kit, health="0")))

    assert answers(story)[0]["health"] == 0


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("99999,01/09/2026,Feelings and coping,4", "child", "No record has the reference “99999”."),
        ("KIT,32/13/2026,Feelings and coping,4", "date", "is not a date"),
        ("KIT,,Feelings and coping,4", "date", "There is no date."),
        ("KIT,24/11/2026,Feelings and coping,4", "date", "24/11/2026 is still to come."),
        ("KIT,01/01/1999,Feelings and coping,4", "date", "before the child was born"),
        ("KIT,01/09/2026,Feeling,4", "area", "“Feeling” is no area of Family Progress Wheel."),
        ("KIT,01/09/2026,Feelings and coping,11", "score", "whole number from 0 to 10"),
        ("KIT,01/09/2026,Feelings and coping,4.5", "score", "whole number from 0 to 10"),
        ("KIT,01/09/2026,Feelings and coping,four", "score", "is not a number"),
        ("KIT,01/09/2026,Health,4", "area", "has a score for Health in an earlier line"),
        ("KIT,01/09/2026", "area", "“” is no area"),
    ],
    ids=lambda value: value if " " not in value and len(value) < 9 else "",
)
def test_a_row_that_cannot_be_right_is_named_with_line_column_and_reason(story, tmp_path, row, column, said):
    kit, _ = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit) + row.replace("KIT", str(kit)) + "\n")

    refused = {each.line: each for each in look(story, path).refused}

    assert refused[4].column == column
    assert said in refused[4].reason


def test_a_reading_with_a_refused_row_stays_out_whole(story, tmp_path):
    kit, ben = refs(story)
    path = csv_file(
        tmp_path, HEADER + reading_of(kit) + f"{kit},01/09/2026,Feelings and coping,11\n" + reading_of(ben)
    )

    done = take(story, path)

    assert done.readings == 1
    assert [each.line for each in done.refused] == [2, 3, 4]
    assert done.refused[0].reason == "Left out with line 4: a reading goes in whole."
    assert len(answers(story)) == 1


def test_a_row_without_a_day_keeps_the_childs_readings_out(story, tmp_path):
    kit, ben = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit) + f"{kit},soon,Health,3\n" + reading_of(ben))

    done = take(story, path)

    assert (done.readings, [each.line for each in done.refused]) == (1, [2, 3, 4])
    assert "line 4 of the same child" in done.refused[0].reason


def test_a_reading_without_any_score_stays_out(story, tmp_path):
    kit, _ = refs(story)

    found = look(story, csv_file(tmp_path, f"{HEADER}{kit},01/09/2026,Health,\n"))

    assert [(each.line, each.reason) for each in found.refused] == [
        (2, "No area of this reading has a score.")
    ]


def test_looking_back_needs_the_day_it_was_written_down(story, tmp_path):
    kit, _ = refs(story)
    header = "child,date,area,score,kind,written\n"
    without = csv_file(tmp_path, header + f"{kit},01/03/2026,Health,2,retrospective,\n")
    with_day = csv_file(tmp_path, header + f"{kit},01/03/2026,Health,2,retrospective,01/09/2026\n", "b.csv")

    assert [each.column for each in look(story, without).refused] == ["written"]
    assert take(story, with_day).readings == 1
    assert answers(story)[0]["written_on"] == "2026-09-01"


def test_columns_without_a_place_are_named(story, tmp_path):
    kit, _ = refs(story)
    path = csv_file(tmp_path, f"Worker,REF,Reading date,Outcome_Area,Points\nX,{kit},01/09/2026,health,4\n")

    found = look(story, path)

    assert (found.readings, found.not_used) == (1, ("Worker",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "It is empty."),
        ("child,date,area\n", "It lacks the column “score”."),
        ("child,date,area,score,ref\n", "It has the column “child” twice."),
        (HEADER + '1,"2\n', "From line 2 on it is no CSV"),
        (HEADER + "1,\0,2,3\n", "It is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_list_of_readings_is_refused_whole(story, tmp_path, text, said):
    with pytest.raises(Problem) as refused:
        look(story, csv_file(tmp_path, text))

    assert refused.value.words.startswith("readings.csv is refused whole, and nothing was imported.")
    assert said in refused.value.words


def test_a_file_that_is_not_there_is_refused(story, tmp_path):
    with pytest.raises(Problem, match="There is no such file"):
        look(story, tmp_path / "none.csv")


def test_windows_text_is_read_too(story, tmp_path):
    kit, _ = refs(story)
    rows = f"child,date,area,score,person\n{kit},01/09/2026,Health,4,Zoë Moran\n"

    take(story, csv_file(tmp_path, rows, encoding="cp1252"))

    assert answers(story)[0]["whose_name"] == "Zoë Moran"


def test_a_locked_star_takes_no_readings_until_its_licence_is_there(story, tmp_path):
    kit, _ = refs(story)
    path = csv_file(tmp_path, f"{HEADER}{kit},01/09/2026,Where you live,3\n")

    with pytest.raises(Problem, match="My Star is locked"):
        take(story, path, "star-my-star")
    owner = "Triangle Consulting Social Enterprise Ltd"
    day = date(2026, 4, 1)
    licence = NewLicence(owner, "Quenby Council", "L-1", day, date(2027, 3, 31), "AP-7", day)
    story.call("amy", lambda session: star_licences.record(session, licence))

    assert take(story, path, "star-my-star").readings == 1
    assert answers(story)[0]["where_you_live"] == 3


def test_a_star_that_is_not_there_is_said(story, tmp_path):
    with pytest.raises(NotFound, match="There is no star “star-none”"):
        look(story, csv_file(tmp_path, HEADER), "star-none")


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_only_administrators_import(story, tmp_path, who):
    with pytest.raises(NotAllowed):
        take(story, csv_file(tmp_path, HEADER), who=who)


def test_nothing_is_kept_when_it_breaks_in_the_middle(story, tmp_path, monkeypatch):
    kit, ben = refs(story)
    signed = []

    def breaks(session, child):
        signed.append(child)
        raise Forbidden

    monkeypatch.setattr(star_import.dates, "refresh", breaks)
    with pytest.raises(Forbidden):
        take(story, csv_file(tmp_path, HEADER + reading_of(kit) + reading_of(ben)))

    assert signed
    assert story.raw("SELECT count(*) FROM revision") == [(0,)]
    assert story.raw("SELECT count(*) FROM fact") == [(0,)]


def test_an_import_is_recorded_as_a_look_with_counts_only(story, tmp_path):
    kit, _ = refs(story)

    take(story, csv_file(tmp_path, HEADER + reading_of(kit)))

    details = [json.loads(each) for (each,) in story.raw("SELECT detail FROM look WHERE act = 'import'")]
    assert details == [{"star": WHEEL, "readings": 1, "refused": 0}]


def test_readings_of_two_parents_on_one_day_stand_beside_each_other(story, tmp_path):
    kit, _ = refs(story)
    header = "child,date,area,score,person\n"
    take(story, csv_file(tmp_path, header + reading_of(kit, person="Rana Moran")))

    done = take(story, csv_file(tmp_path, header + reading_of(kit, health="8", person="Joe Moran")))

    assert (done.readings, done.refused) == (1, [])


def test_progress_is_told_and_giving_up_keeps_nothing(story, tmp_path):
    kit, ben = refs(story)
    path = csv_file(tmp_path, HEADER + reading_of(kit) + reading_of(ben))
    told = []

    def stop(done, total):
        told.append((done, total))
        raise Problem("You stopped it.")

    with pytest.raises(Problem, match="You stopped it"):
        story.call("amy", lambda session: star_import.take(path, session, WHEEL, stop), purpose="import")

    assert told == [(1, 2)]
    assert story.raw("SELECT count(*) FROM revision") == [(0,)]

"""Copies of a star: what each bears, who may make it, and that it is recorded before its bytes are given."""

import dataclasses
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from caseapp import star_exports
from caseapp.form import Stage
from caseapp.star_picture import Line, Picture, description, strokes, table
from caseapp.star_svg import svg
from caseapp.work import NotAllowed, NotFound, Problem
from db.models import Look
from tests.desk_fixture import DeskAtOnce, add_child, at_work, done
from tests.pdf_reading import words_by_page, words_of
from tests.star_readings import CHILD, FIRST, LATEST, key_of, read, series_of
from ui.star_saving import png_of

__all__ = ["at_work"]

SVG = "{http://www.w3.org/2000/svg}"
NOW = Line("16/11/2026, review", (6, 5, None, 7))
OTHER = Line("16/11/2026, view of Samira", (6, 8, None, 7), is_other_view=True)
BEFORE = Line("01/06/2026, review", (4, 5, 3, 7))
BEGAN = Line("20/02/2026, first", (3, 5, 4, 8))
STAGES = (Stage("Not yet talking about it", 0, 4), Stage("Managing well", 5, 10))


def picture(*lines: Line, areas=("Home", "Health", "School", "Friends"), **more) -> Picture:
    told = {"whose": "The family together", "ref": "10482", "made_on": "23/11/2026", "low": 0, "high": 10}
    return Picture("Family Progress Wheel", areas=areas, lines=lines, **(told | more))


def parsed(made: Picture) -> ET.Element:
    return ET.fromstring(svg(made))  # noqa: S314  # made by this program a moment ago


def said(root: ET.Element) -> str:
    return " ".join(each.text or "" for each in root.iter(f"{SVG}text"))


@pytest.fixture
def amelia(at_work):
    return add_child(at_work.sam, "Amelia", "Kowalska")


@pytest.fixture
def series(at_work, amelia):
    read(at_work.sam, amelia, "2026-02-20", FIRST, reading="first")
    read(at_work.sam, amelia, "2026-06-01", FIRST)
    read(at_work.sam, amelia, "2026-11-16", LATEST)
    return series_of(at_work.sam, amelia)[0]


# The picture


def test_readings_differ_by_dash_and_mark_and_not_by_colour_alone():
    drawn = strokes([False, True, False, False])

    assert len({each.dash for each in drawn}) == 4
    assert len({each.marker for each in drawn}) == 4
    assert len({each.words for each in drawn}) == 4


def test_the_table_runs_from_old_to_new_with_stage_and_change():
    rows = table(picture(NOW, OTHER, BEGAN, stages=STAGES))

    assert rows[0] == ["Area", BEGAN.label, OTHER.label, NOW.label, "Stage", "Change"]
    assert rows[1] == ["Home", "3", "6", "6", "Managing well", "up 3"]
    assert rows[3] == ["School", "4", "–", "not discussed", "–", "–"]
    assert rows[4] == ["Friends", "8", "7", "7", "Managing well", "down 1"]


def test_the_picture_is_told_in_words():
    told = description(picture(NOW, BEGAN, sentence="Recorded progress."))

    assert told.startswith("Scale 0 to 10. 16/11/2026, review: Home 6, Health 5, School not discussed")
    assert "20/02/2026, first, dashed: Home 3" in told


# SVG


def test_a_drawing_names_itself_for_those_who_do_not_see_it():
    root = parsed(picture(NOW, BEGAN))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert root.findtext(f"{SVG}title") == (
        "Family Progress Wheel, The family together, ref 10482, made 23/11/2026"
    )
    assert "School not discussed" in root.findtext(f"{SVG}desc")


def test_a_drawing_bears_reference_day_sentence_acknowledgement_and_every_number():
    made = picture(NOW, BEGAN, sentence="Recorded progress: 1 area up.", acknowledgement="© The Owner Ltd")
    words = said(parsed(made))

    assert "ref 10482" in words
    assert "made 23/11/2026" in words
    assert "Recorded progress: 1 area up." in words
    assert "© The Owner Ltd" in words
    assert "(not discussed)" in words
    assert {"up 3", "down 1"} <= {each.text for each in parsed(made).iter(f"{SVG}text")}


def test_text_of_people_is_never_markup_in_a_drawing():
    hostile = "<script>alert(1)</script>&\x00\x0b\ud800"
    made = picture(NOW, areas=(hostile, "B", "C", "D"), whose=hostile, acknowledgement=hostile)
    root = parsed(made)

    assert "<script>alert(1)</script>&" in said(root)
    assert not [each for each in root.iter() if each.tag.endswith("script")]


def test_lines_of_a_drawing_have_their_own_dash_and_none_crosses_a_gap():
    root = parsed(picture(NOW, BEFORE, BEGAN))
    runs = list(root.iter(f"{SVG}polyline"))

    assert len({each.get("stroke-dasharray") for each in runs}) == 3
    solid = [each.get("points") for each in runs if not each.get("stroke-dasharray")]
    assert [len(points.split()) for points in solid] == [3]


@pytest.mark.parametrize(("low", "high"), [(1, 5), (0, 10), (1, 10), (0, 4), (-2, 2), (0, 20)])
@pytest.mark.parametrize("count", [1, 2, 3, 8, 15])
def test_any_number_of_areas_on_any_scale_becomes_a_drawing(count, low, high):
    areas = tuple(f"Area number {place}" for place in range(count))
    points = tuple(low + place % (high - low + 1) for place in range(count))
    root = parsed(picture(Line("Now", points), areas=areas, low=low, high=high))

    assert [each.text for each in root.iter(f"{SVG}text")].count("Area number 0") >= 1
    assert len(list(root.iter(f"{SVG}polygon"))) == (1 if count > 2 else 0)
    height = float(root.get("height"))
    assert all(float(each.get("y")) < height for each in root.iter(f"{SVG}text"))


def test_a_picture_of_points_is_twice_the_size_of_the_drawing(qapp):
    made = svg(picture(NOW, BEGAN)).encode()
    root = ET.fromstring(made)  # noqa: S314  # made by this program a moment ago
    image = QImage.fromData(png_of(made), "PNG")

    assert (image.width(), image.height()) == (2 * int(root.get("width")), 2 * int(root.get("height")))
    inks = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(inks) > 3


# Who may, and what is recorded


def looks(desk, child_id, act):
    def work(session):
        return [each.detail for each in session.query(Look).filter_by(child_id=child_id, act=act)]

    return done(desk, work)


def test_a_file_is_recorded_with_the_readings_that_are_in_it(at_work, amelia, series):
    made = done(at_work.sam, lambda session: star_exports.svg(session, amelia, series.key, (0, 2)))

    assert made.startswith(b"<?xml")
    assert [each["as"] for each in looks(at_work.sam, amelia, "export")] == ["svg"]
    shown = looks(at_work.sam, amelia, "export")[0]["readings"]
    assert shown == [series.readings[place].revision_id.hex for place in (0, 2)]


def test_who_may_only_read_takes_no_copy_away(at_work, amelia, series):
    reader = dataclasses.replace(at_work.sam.actor, roles=frozenset({"reader"}))
    desk = DeskAtOnce(at_work.store, reader)

    with pytest.raises(NotAllowed), at_work.store.session(reader) as session:
        star_exports.svg(session, amelia, series.key, (0,))

    assert looks(desk, amelia, "export") == []


def test_another_team_finds_no_star(at_work, amelia, series):
    with pytest.raises(NotFound), at_work.store.session(at_work.priya.actor) as session:
        star_exports.pdf(session, amelia, series.key, (0,))


@pytest.mark.parametrize("places", [(), (0, 1, 2, 3), (7,), (-1,)])
def test_a_chart_of_no_reading_or_of_too_many_is_refused(at_work, amelia, series, places):
    with (
        pytest.raises(Problem, match="one to 3 readings"),
        at_work.store.session(at_work.sam.actor) as session,
    ):
        star_exports.svg(session, amelia, series.key, places)


def test_the_pdf_bears_child_reference_numbers_and_what_changed(at_work, amelia, series):
    made = done(at_work.sam, lambda session: star_exports.pdf(session, amelia, series.key, (0, 1, 2)))
    text = words_of(made)

    assert "Family Progress Wheel" in text
    assert "Amelia Kowalska" in text
    assert "ref 10001" in text
    assert "not discussed" in text
    assert "Recorded progress since 20/02/2026: 7 areas up" in text
    assert "Making it work" in text


def test_the_view_of_who_disagrees_is_a_line_of_its_own(at_work, amelia):
    read(at_work.sam, amelia, "2026-02-20", FIRST, reading="first")
    theirs = [{"area": key_of("progress-wheel", 6), "score": 9, "who": "Samira Haddad"}]
    answers = {"agreed": "no", "difference": "Routines", "for_report": "yes", "other_scores": theirs}
    read(at_work.sam, amelia, "2026-11-16", LATEST, **answers)
    told = series_of(at_work.sam, amelia)[0]

    drawn = star_exports.lines(told, star_exports.drawn_places(told, 0))

    assert [each.label for each in drawn] == [
        "16/11/2026, review", "16/11/2026, view of Samira Haddad", "20/02/2026, first",
    ]  # fmt: skip
    assert drawn[1].points[6] == 9


# The child's page


def childs_page(desk, revision_id) -> bytes:
    return done(desk, lambda session: star_exports.child_pdf(session, revision_id))


def test_the_childs_page_is_one_page_in_the_childs_words(at_work, amelia):
    read(at_work.sam, amelia, "2026-03-20", (2, 4, 3, 1, 3, 2), CHILD, reading="first")
    newest = read(
        at_work.sam, amelia, "2026-11-10", (4, 5, None, 3, 2, 4), CHILD,
        home_note="It is quiet now.", my_change="Swimming with Ola every week",
    )  # fmt: skip
    pages = words_by_page(childs_page(at_work.sam, newest))

    assert len(pages) == 1
    for words in (
        "Amelia’s wheel",
        "10 November 2026",
        "What is better",
        "Home: 2 → 4",
        "“It is quiet now.”",
    ):
        assert words in pages[0].replace("\u00a0", " ")
    assert "What I want next “Swimming with Ola every week”" in pages[0]
    assert "ref 10001" in pages[0]
    assert "Very hard" in pages[0]
    assert "Kowalska" not in pages[0]


def test_nobody_elses_words_stand_on_the_childs_page(at_work, amelia):
    secret = "The worker thinks otherwise"
    answers = {"agreed": "no", "difference": secret, "for_report": "yes", "present": secret, "worker": secret}
    answers["actions"] = [{"area": "home", "what": secret, "who": secret, "by": "2026-12-01"}]
    newest = read(at_work.sam, amelia, "2026-11-10", (4, 5, 3, 3, 2, 4), CHILD, **answers)
    text = words_of(childs_page(at_work.sam, newest))

    assert secret not in text
    assert "Sam Okafor" not in text
    assert "This is the first time" in text


def test_the_notes_of_a_familys_wheel_stay_off_the_childs_page(at_work, amelia):
    note = {key_of("progress-wheel", 0) + "_note": "Mum cried when she said it"}
    newest = read(at_work.sam, amelia, "2026-11-10", LATEST, **note)

    assert "cried" not in words_of(childs_page(at_work.sam, newest))


def test_the_longest_words_still_fit_on_one_page(at_work, amelia):
    long = "I am so happy that we moved and that Ola can come. " * 60
    notes = {key_of(CHILD, place) + "_note": long for place in range(6)}
    read(at_work.sam, amelia, "2026-03-20", (1,) * 6, CHILD, reading="first")
    newest = read(at_work.sam, amelia, "2026-11-10", (5,) * 6, CHILD, my_change=long, **notes)
    pages = words_by_page(childs_page(at_work.sam, newest))

    assert len(pages) == 1
    assert "Also better:" in pages[0]


@pytest.mark.parametrize(
    "answers", [{"completed_by": "worker"}, {"whose": "parent", "whose_name": "Samira Haddad"}]
)
def test_a_reading_that_is_not_the_childs_has_no_page_for_the_child(at_work, amelia, answers):
    newest = read(at_work.sam, amelia, "2026-11-10", LATEST, **answers)

    with (
        pytest.raises(Problem, match="not the child’s own"),
        at_work.store.session(at_work.sam.actor) as session,
    ):
        star_exports.child_pdf(session, newest)


def test_the_childs_page_is_recorded_as_a_print(at_work, amelia):
    newest = read(at_work.sam, amelia, "2026-11-10", (4, 5, 3, 3, 2, 4), CHILD)
    childs_page(at_work.sam, newest)

    assert {"what": "star for the child", "number": 1} in looks(at_work.sam, amelia, "print")

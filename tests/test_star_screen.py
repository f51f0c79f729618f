"""The star on screen: chart and table of numbers work each other; earlier readings and the change show."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseapp.form import Score, Section, Stage, Text
from caseapp.forms import FORMS_BY_KEY
from ui.form_section import SectionPage
from ui.form_view import FormView
from ui.star import StarEditor

TODAY = date(2026, 11, 19)
NAMES = ("Home", "Health", "School", "Friends")
AREAS = tuple(
    Score(name.lower(), name, low=0, high=10, low_words="Worried", high_words="No help needed")
    for name in NAMES
)
FIRST = {"home": 3, "health": 5, "school": 8}
MIDDLE = {"home": 4, "health": 5, "school": 7, "friends": 2}
NEWER = {"home": 5, "health": 5, "school": 7, "friends": 3}


@pytest.fixture
def star(qtbot):
    star = StarEditor(AREAS, None, TODAY)
    qtbot.addWidget(star)
    star.resize(900, 420)
    star.show()
    qtbot.waitExposed(star)
    return star


def test_a_click_on_the_chart_fills_in_the_number(star, qtbot):
    with qtbot.waitSignal(star.changed) as told:
        QTest.mouseClick(star.chart(), Qt.MouseButton.LeftButton, pos=star.chart().point(1, 6).toPoint())

    assert told.args == ["health"]
    assert star.boxes()[1].text() == "6"
    assert star.answers()["health"] == 6


def test_a_typed_number_moves_the_chart(star, qtbot):
    with qtbot.waitSignal(star.changed):
        QTest.keyClicks(star.boxes()[2], "7")

    assert star.chart().scores() == (None, None, 7, None)
    assert star.chart().arm() == 2


def test_keys_step_a_number_and_clear_it(star):
    box = star.boxes()[0]
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Up)
    assert star.chart().scores()[0] == 2

    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)

    assert star.answer("home") is None
    assert star.chart().scores()[0] is None


def test_delete_on_the_chart_empties_the_number(star):
    star.set_answers({"home": 4})
    star.chart().set_arm(0)

    QTest.keyClick(star.chart(), Qt.Key.Key_Delete)

    assert star.boxes()[0].text() == ""
    assert star.answer("home") is None


def test_a_number_off_the_scale_stays_as_typed_and_is_not_drawn(star):
    QTest.keyClicks(star.boxes()[0], "14")
    QTest.keyClick(star.boxes()[0], Qt.Key.Key_Return)

    assert star.answer("home") == "14"
    assert star.chart().scores()[0] is None
    assert star.boxes()[0].toolTip()


def test_the_change_since_the_first_is_a_number_and_an_arrow(star):
    star.set_answers({"home": 6, "health": 5, "school": 7, "friends": 4})
    star.set_earlier([("20/02/2026", FIRST)])

    assert star.changes() == [
        "was 3  ↑ up 3",
        "was 5  → the same",
        "was 8  ↓ down 1",
        "not discussed at first",
    ]


def test_the_first_and_the_last_reading_are_drawn_and_the_slider_takes_another(star):
    star.set_earlier([("May", NEWER), ("March", MIDDLE), ("January", FIRST)])
    assert drawn(star) == ["Now", "May", "January"]

    star._slider.setValue(1)

    assert drawn(star) == ["Now", "March", "January"]


def test_read_only_takes_no_click_and_no_key(star):
    star.set_answers({"home": 4})
    star.set_read_only(True)

    QTest.mouseClick(star.chart(), Qt.MouseButton.LeftButton, pos=star.chart().point(1, 6).toPoint())
    QTest.keyClick(star.boxes()[0], Qt.Key.Key_Up)

    assert star.answers() == {"home": 4, "health": None, "school": None, "friends": None}


def test_a_star_section_asks_its_other_questions_below(qtbot):
    section = Section(
        "wheel", "The wheel", (*AREAS, Text("home_note", "Home: what was said", lines=2)), look="star"
    )
    page = SectionPage(section, 1, {"home": 4, "home_note": "Warm"}, TODAY)
    qtbot.addWidget(page)

    assert page.star().answer("home") == 4
    assert page.editors()["home_note"].answer() == "Warm"
    assert "home" not in page.editors()


def test_every_score_of_the_progress_wheel_goes_both_ways_in_its_form(qtbot):
    form = FORMS_BY_KEY["progress-wheel"]
    section = next(each for each in form.sections if each.look == "star")
    view = FormView(form, TODAY)
    qtbot.addWidget(view)
    view.resize(1134, 640)
    view.show()
    view.show_section(section.key)
    star = view.page().star()

    for place, key in enumerate(star.areas()):
        QTest.keyClicks(star.boxes()[place], "5")
        assert view.answers()[key] == 5

    assert set(star.chart().scores()) == {5}


def drawn(star):
    return [reading.label for reading in star.chart()._series]


def test_the_stage_stands_beside_each_number_and_follows_it(star):
    star.set_stages((Stage("Not yet", 0, 4), Stage("Managing well", 5, 10)))
    star.set_answers({"home": 3, "health": 5})
    assert star.stages() == ["Not yet", "Managing well", "", ""]

    QTest.keyClick(star.boxes()[0], Qt.Key.Key_Up)
    QTest.keyClick(star.boxes()[0], Qt.Key.Key_Up)

    assert star.stages()[0] == "Managing well"


@pytest.mark.parametrize(("low", "high"), [(1, 5), (0, 10), (-2, 2)])
@pytest.mark.parametrize("count", [1, 3, 15])
def test_chart_table_and_keys_work_each_other_on_any_star(qtbot, count, low, high):
    areas = [Score(f"area_{place}", f"Area {place}", low=low, high=high) for place in range(count)]
    star = StarEditor(areas, None, TODAY)
    qtbot.addWidget(star)
    star.show()
    qtbot.waitExposed(star)
    last = count - 1

    QTest.mouseClick(star.chart(), Qt.MouseButton.LeftButton, pos=star.chart().point(last, high).toPoint())
    assert star.boxes()[last].text() == str(high)

    star.boxes()[last].clear()
    QTest.keyClicks(star.boxes()[last], str(low))
    assert star.chart().scores()[last] == low

    star.chart().setFocus()
    QTest.keyClick(star.chart(), Qt.Key.Key_Up)
    assert star.boxes()[last].text() == str(low + 1)

"""The charts say the same to the eye, the hand, the keyboard and the ear."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from ui import theme
from ui.charts import LANE, Bar, LifeStrip, Series, StarChart, lanes

AREAS = ["Home", "Health", "Feelings and coping", "School", "Friends", "Routines and boundaries"]
NOW = Series("16/11/2026", (6, 5, None, 7, 5, 6))
BEFORE = Series("20/02/2026", (3, 4, 3, 7, 4, 4))
BARS = [
    Bar("Lives with", "Mum", date(2021, 8, 1), date(2024, 4, 18), "on_track"),
    Bar("Lives with", "Mr and Mrs Bell", date(2024, 4, 18), None, "looked_after"),
    Bar("Plans", "Early help", date(2023, 3, 1), date(2024, 11, 20), "early_help"),
]
TODAY = date(2026, 11, 23)


@pytest.fixture
def star(qtbot):
    chart = StarChart(editable=True)
    qtbot.addWidget(chart)
    chart.resize(420, 380)
    chart.set_chart(AREAS, 0, 10, [NOW, BEFORE])
    chart.show()
    chart.setFocus()
    return chart


@pytest.fixture
def strip(qtbot):
    shown = LifeStrip()
    qtbot.addWidget(shown)
    shown.set_bars(["Lives with", "School", "Plans"], BARS, TODAY)
    shown.resize(800, shown.sizeHint().height())
    shown.show()
    return shown


def colours(widget) -> set[int]:
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


@pytest.mark.parametrize("name", theme.NAMES)
def test_both_charts_are_drawn_in_every_theme(qapp, star, strip, name):
    theme.apply(qapp, name)
    drawn = colours(star), colours(strip)
    inks = [theme.colour("accent").rgb(), theme.meaning("looked_after")[1].rgb()]
    theme.apply(qapp, "light")

    assert inks[0] in drawn[0]
    assert inks[1] in drawn[1]


def test_a_click_on_a_point_sets_that_score(qtbot, star):
    with qtbot.waitSignal(star.score_chosen) as chosen:
        qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=star.point(2, 8).toPoint())

    assert chosen.args == [2, 8]
    assert star.scores() == (6, 5, 8, 7, 5, 6)


def test_every_score_of_every_arm_can_be_clicked(qtbot, star):
    for area in range(len(AREAS)):
        for score in range(11):
            qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=star.point(area, score).toPoint())

            assert star.scores()[area] == score


def test_a_click_beside_the_star_changes_nothing(qtbot, star):
    qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))

    assert star.scores() == NOW.scores


def test_a_chart_that_is_only_read_takes_no_click_and_no_focus(qtbot, star):
    chart = StarChart()
    qtbot.addWidget(chart)
    chart.resize(420, 380)
    chart.set_chart(AREAS, 0, 10, [NOW])

    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.point(0, 2).toPoint())

    assert chart.scores() == NOW.scores
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_arrow_keys_move_between_areas_and_change_the_score(qtbot, star):
    changed: list[tuple[int, int]] = []
    star.score_chosen.connect(lambda area, score: changed.append((area, score)))

    qtbot.keyClick(star, Qt.Key.Key_Left)
    qtbot.keyClick(star, Qt.Key.Key_Up)
    qtbot.keyClick(star, Qt.Key.Key_Right)
    qtbot.keyClick(star, Qt.Key.Key_Down)

    assert changed == [(5, 7), (0, 5)]


def test_a_score_never_leaves_the_scale(qtbot, star):
    star.set_score(0, 10)
    qtbot.keyClick(star, Qt.Key.Key_Up)

    assert star.scores()[0] == 10


def test_an_area_without_a_score_begins_at_the_lowest(qtbot, star):
    star.set_arm(2)
    qtbot.keyClick(star, Qt.Key.Key_Up)

    assert star.scores()[2] == 0


def test_a_figure_sets_the_score_and_delete_takes_it_away(qtbot, star):
    qtbot.keyClick(star, Qt.Key.Key_8)
    assert star.scores()[0] == 8

    with qtbot.waitSignal(star.score_cleared) as cleared:
        qtbot.keyClick(star, Qt.Key.Key_Delete)

    assert cleared.args == [0]
    assert star.scores()[0] is None


def test_the_star_is_told_in_words(star):
    spoken = QAccessible.queryAccessibleInterface(star)

    assert spoken.text(QAccessible.Text.Name) == "Star chart"
    words = spoken.text(QAccessible.Text.Description)
    assert "16/11/2026: Home 6, Health 5, Feelings and coping not discussed, School 7" in words
    assert "20/02/2026: Home 3" in words
    assert words.endswith("On Home 6.")


def test_scores_outside_the_scale_are_refused(star):
    with pytest.raises(ValueError, match="between 1 and 5"):
        star.set_chart(AREAS, 1, 5, [NOW])


def test_at_most_three_readings_are_drawn(star):
    star.set_chart(AREAS, 0, 10, [NOW, BEFORE, BEFORE, Series("01/01/2020", BEFORE.scores)])

    assert "01/01/2020" not in star.description()


def test_a_star_of_two_areas_is_drawn_as_bars_and_still_takes_clicks(qtbot, star):
    star.set_chart(["Home", "School"], 1, 5, [Series("16/11/2026", (3, 4))])

    qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=star.point(1, 2).toPoint())

    assert star.scores() == (3, 2)
    assert theme.colour("accent").rgb() in colours(star)


def test_the_least_size_of_a_star_leaves_room_for_every_label(star):
    star.set_chart(AREAS * 2, 0, 10, [Series("16/11/2026", NOW.scores * 2)])
    star.resize(star.minimumSizeHint())

    boxes = star._layout().boxes

    assert not [(one, two) for place, one in enumerate(boxes) for two in boxes[:place] if one.meets(two, 0)]


def test_the_life_strip_is_told_in_words(strip):
    spoken = QAccessible.queryAccessibleInterface(strip)

    assert spoken.text(QAccessible.Text.Name) == "Life over time"
    assert spoken.text(QAccessible.Text.Description) == (
        "Lives with: Mum, 01/08/2021 to 18/04/2024; Mr and Mrs Bell, since 18/04/2024. "
        "School: nothing recorded. Plans: Early help, 01/03/2023 to 20/11/2024."
    )


def test_a_bar_is_found_under_the_mouse(strip):
    found = strip.bar_at(QPoint(strip.width() - 40, 12))

    assert found is not None
    assert found.label == "Mr and Mrs Bell"
    assert strip.bar_at(QPoint(strip.width() - 40, 12 + LANE)) is None


def test_bars_at_the_same_time_stand_one_below_the_other(strip):
    aunt = Bar("Lives with", "Aunt at weekends", date(2022, 1, 1), date(2023, 1, 1), "due_soon")
    gran = Bar("Lives with", "Gran in the holidays", date(2025, 1, 1), None, "due_soon")
    low = strip.sizeHint().height()

    strip.set_bars(["Lives with", "School", "Plans"], [*BARS, gran, aunt], TODAY)

    assert [[bar.label for bar in lane] for lane in lanes([*BARS[:2], gran, aunt])] == [
        ["Mum", "Mr and Mrs Bell"],
        ["Aunt at weekends", "Gran in the holidays"],
    ]
    assert strip.sizeHint().height() == low + LANE


@pytest.mark.parametrize(
    "bars",
    [
        [],
        [Bar("Plans", "Begins today", TODAY, None, "draft")],
        [Bar("Plans", "Ends next year", date(2026, 1, 1), date(2027, 6, 1), "draft")],
        [Bar("Plans", "Since birth", date(2001, 2, 28), None, "draft")],
    ],
)
def test_any_length_of_life_can_be_drawn(strip, bars):
    strip.set_bars(["Plans"], bars, TODAY)

    assert len(colours(strip)) > 1


def test_two_figures_make_ten_and_a_minus_goes_below_nought(qtbot, star):
    qtbot.keyClick(star, Qt.Key.Key_1)
    qtbot.keyClick(star, Qt.Key.Key_0)
    assert star.scores()[0] == 10

    star.set_chart(["Home", "School", "Friends"], -2, 2, [Series("Now", (0, 0, 0))])
    qtbot.keyClick(star, Qt.Key.Key_Minus)
    qtbot.keyClick(star, Qt.Key.Key_2)
    assert star.scores()[0] == -2


def test_a_figure_after_an_arrow_key_begins_anew(qtbot, star):
    qtbot.keyClick(star, Qt.Key.Key_1)
    qtbot.keyClick(star, Qt.Key.Key_Right)
    qtbot.keyClick(star, Qt.Key.Key_0)

    assert star.scores()[:2] == (1, 0)


@pytest.mark.parametrize(("low", "high"), [(1, 5), (0, 10), (1, 10), (0, 4), (-2, 2)])
@pytest.mark.parametrize("count", [2, 3, 15])
def test_any_star_can_be_clicked_everywhere(qtbot, star, count, low, high):
    star.set_chart([f"Area {place}" for place in range(count)], low, high, [Series("Now", (low,) * count)])
    star.resize(star.minimumSizeHint().expandedTo(star.size()))

    for area in range(count):
        for score in (high, low, (low + high) // 2):
            qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=star.point(area, score).toPoint())
            assert star.scores()[area] == score


def test_the_labels_of_fifteen_areas_get_the_room_that_they_need(star):
    star.set_least(star.size())
    star.set_chart(["Getting on as a family"] * 15, 0, 10, [Series("Now", (5,) * 15)])
    star.resize(star.minimumSize())

    boxes = star._layout().boxes

    assert not [(one, two) for place, one in enumerate(boxes) for two in boxes[:place] if one.meets(two, 0)]


def test_an_area_not_discussed_is_said_at_its_spoke_once_there_is_a_score(star):
    assert star._is_silent(2)
    assert not star._is_silent(0)

    star.set_chart(AREAS, 0, 10, [Series("Now", (None,) * 6)])
    assert not star._is_silent(2)


def test_the_wheel_stays_where_it_is_while_scores_are_given(qtbot, star):
    before = star.point(0, 5)

    qtbot.keyClick(star, Qt.Key.Key_Delete)

    assert star.point(0, 5) == before


def test_the_view_of_who_disagrees_is_drawn_in_a_way_of_its_own(star):
    star.set_chart(AREAS, 0, 10, [NOW, Series("Other", NOW.scores, is_other_view=True), BEFORE])

    assert [words for _stroke, words in star._legend()] == [
        "16/11/2026",
        "Other, dash and dot",
        "20/02/2026, dashed",
    ]


def test_a_small_star_keeps_its_words_for_those_who_listen(qtbot):
    chart = StarChart(is_small=True)
    qtbot.addWidget(chart)
    chart.resize(160, 160)
    chart.set_chart(AREAS, 0, 10, [NOW, BEFORE])

    assert len(colours(chart)) > 2
    assert "Home 6" in chart.accessibleDescription()


def test_the_keyboard_goes_along_the_life_and_each_bar_is_told(qtbot, strip):
    strip.clearFocus()
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    assert strip.current().label == "Mr and Mrs Bell"

    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert "Lives with: Mum, 01/08/2021 to 18/04/2024" in strip.accessibleName()
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    qtbot.keyClick(strip, Qt.Key.Key_Down)

    assert strip.current().label == "Early help"


def test_a_strip_that_only_shows_does_not_choose(qtbot, strip):
    chosen = []
    strip.bar_chosen.connect(chosen.append)
    strip.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(strip, Qt.Key.Key_Return)

    assert not chosen

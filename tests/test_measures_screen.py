"""The Measures page: what is shown of scores, how they are added and put right, and the line chart."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton

from caseapp import measures, plan_reading, plans
from caseapp.measures import NewScore, NewSdq
from tests.desk_fixture import Office, add_child, at_work, done
from tests.record_screen import button, fill, texts
from tests.story import sample
from ui import theme
from ui.child_measures import MeasuresPage
from ui.line_chart import DRAWN_AT_MOST, DatedLine, LineChart
from ui.record_parts import Scroller

__all__ = ["at_work"]

SCALES = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")


@pytest.fixture
def leo(at_work: Office):
    return add_child(at_work.sam, "Leo", "Hartley", date(2014, 5, 4))


def shown(qtbot, desk, child_id, may_write=True) -> MeasuresPage:
    page = MeasuresPage(desk, child_id, may_write)
    qtbot.addWidget(page)
    page.resize(1182, 900)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def add_sdq(desk, child_id, on, informant, points, **more):
    new = NewSdq(on, informant, dict(zip(SCALES, points, strict=True)), **more)
    return done(desk, lambda session: measures.add_sdq(session, child_id, new))


def add_goal(desk, child_id, words, *points):
    def work(session):
        goal = measures.add_goal(session, child_id, words=words, whose="child", set_on=date(2026, 1, 5))
        for month, score in enumerate(points, 2):
            measures.rate_goal(session, goal, score=score, on=date(2026, month, 5))
        return goal

    return done(desk, work)


def sign_taf(desk, child_id):
    def work(session):
        revision_id = plans.start(session, child_id, "taf")
        view = plan_reading.open_plan(session, revision_id)
        plans.sign(session, revision_id, view.version, sample("taf"))
        return revision_id

    return done(desk, work)


def tool(page, name) -> QToolButton:
    QApplication.processEvents()
    return next(each for each in page.findChildren(QToolButton) if name in each.accessibleName())


def view(desk, child_id):
    return done(desk, lambda session: measures.view(session, child_id))


def test_an_empty_page_says_what_will_stand_there(qtbot, at_work, leo):
    said = " ".join(texts(shown(qtbot, at_work.sam, leo)))

    assert "No goal yet." in said
    assert "Nobody has been asked yet." in said
    assert "No questionnaire yet." in said


def test_sdq_scores_stand_with_their_bands_in_words_and_as_lines(qtbot, at_work, leo):
    add_sdq(at_work.sam, leo, date(2025, 9, 3), "parent", (7, 5, 9, 4, 5))
    add_sdq(at_work.sam, leo, date(2026, 9, 3), "parent", (4, 2, 6, 3, 7))
    page = shown(qtbot, at_work.sam, leo)

    said = texts(page)
    assert {"25\nvery high", "5\nvery low", "15\nslightly raised", "2\nclose to average"} <= set(said)
    chart = page.findChild(LineChart)
    assert chart.accessibleDescription() == "Total, parent: 03/09/2025 25, 03/09/2026 15."


def test_a_reason_for_no_score_is_in_words_and_is_no_point_of_the_line(qtbot, at_work, leo):
    new = NewSdq(date(2024, 9, 3), no_score="SDQ2")
    done(at_work.sam, lambda session: measures.add_sdq(session, leo, new))
    page = shown(qtbot, at_work.sam, leo)

    assert {"No score", "Carer(s) refused"} <= set(texts(page))
    assert page.findChild(LineChart) is None


def test_scores_are_typed_and_nought_is_a_score(qtbot, at_work, leo):
    page = shown(qtbot, at_work.sam, leo)
    button(page, "Add SDQ scores").click()
    form = page._sdq.form.form
    fill(form, informant="teacher", emotional=0, conduct=0, hyperactivity=3, peer=0, prosocial=0)

    button(page, "Add scores").click()

    row = view(at_work.sam, leo).sdq[0]
    assert row.scores == {"emotional": 0, "conduct": 0, "hyperactivity": 3, "peer": 0, "prosocial": 0}
    assert {"0\nclose to average", "0\nvery low"} <= set(texts(page))
    assert page._sdq.form is None


def test_what_is_refused_is_said_at_the_form_and_what_was_typed_stays(qtbot, at_work, leo):
    page = shown(qtbot, at_work.sam, leo)
    button(page, "Add SDQ scores").click()
    fill(page._sdq.form.form, informant="teacher", emotional=4)

    button(page, "Add scores").click()

    assert any("A scale left out is not 0." in text for text in texts(page))
    assert page._sdq.form.form.editor("emotional").answer() == 4


def test_a_wrong_result_is_put_right_from_its_row(qtbot, at_work, leo):
    add_sdq(at_work.sam, leo, date(2026, 9, 3), "parent", (4, 2, 6, 3, 7))
    page = shown(qtbot, at_work.sam, leo)

    tool(page, "Put right: the result of 03/09/2026").click()
    assert page._sdq.form.form.text("emotional") == "4"
    fill(page._sdq.form.form, emotional=0)
    button(page, "Save as a new result").click()

    assert [each.total for each in view(at_work.sam, leo).sdq] == [11]


def test_a_goal_is_set_rated_and_closed(qtbot, at_work, leo):
    page = shown(qtbot, at_work.sam, leo)
    button(page, "Set a goal").click()
    fill(page._goals.form.form, words="To sleep in my own bed", on="2026-11-02")
    button(page, "Set goal").click()
    assert {"“To sleep in my own bed”", "The child’s goal, set on 02/11/2026, not rated yet"} <= set(
        texts(page)
    )

    button(page, "Rate it: To sleep in my own bed").click()
    fill(page._goals.form.form, score=0)
    button(page, "Save rating").click()
    assert [each.score for each in view(at_work.sam, leo).goals[0].ratings] == [0]

    button(page, "Close the goal: To sleep in my own bed").click()
    fill(page._goals.form.form, reason="Given up", more="He has his own room")
    button(page, "Close goal").click()
    said = [text for text in texts(page) if "closed on 23/11/2026: Given up: He has his own room" in text]
    assert len(said) == 1
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert not [each for each in buttons if each.text() == "Rate it"]


def test_a_form_that_opens_far_below_comes_into_sight(qtbot, at_work, leo):
    for number in range(3):
        add_goal(at_work.sam, leo, f"Goal {number}", 1, 2, 3, 4)
    page = shown(qtbot, at_work.sam, leo)
    page.resize(1182, 500)

    button(page, "Rate it: Goal 0").click()

    form = page._goals.form
    scroller = page.findChild(Scroller)

    def is_in_sight() -> bool:
        top = form.mapTo(scroller, QPoint(0, 0)).y()
        return scroller.verticalScrollBar().value() > 0 and 0 <= top <= scroller.height() - form.height()

    qtbot.waitUntil(is_in_sight)


def test_goals_show_their_change_and_the_mean(qtbot, at_work, leo):
    add_goal(at_work.sam, leo, "To swim", 2, 4, 7)
    add_goal(at_work.sam, leo, "To read", 5, 4)
    page = shown(qtbot, at_work.sam, leo)

    said = texts(page)
    assert any("▲ +5 since the first rating" in text for text in said)
    assert any("▼ -1 since the first rating" in text for text in said)
    assert "Recorded change on average: +2.00 over 2 goals." in said
    assert page.findChild(LineChart).accessibleName() == "Goals over time"


def test_scaling_stands_by_respondent_with_the_document_that_opens(qtbot, at_work, leo):
    revision_id = sign_taf(at_work.sam, leo)
    new = NewScore(date(2026, 6, 1), "Kasia Zielna", "parent", "The family", 8)
    done(at_work.sam, lambda session: measures.add_scale(session, leo, new))
    page = shown(qtbot, at_work.sam, leo)

    said = texts(page)
    assert {"About Leo", "About the family", "Kasia Zielna (parent or carer)", "▲ +3"} <= set(said)
    assert "Kasia Zielna 8, Ruth Okonjo 5. Kasia Zielna scores 3 higher." in said
    chart = page.findChild(LineChart)
    assert chart.accessibleDescription() == (
        "Kasia Zielna (parent or carer): 12/02/2026 5, 01/06/2026 8. Ruth Okonjo (worker): 12/02/2026 5."
    )
    with qtbot.waitSignal(page.open_plan) as opened:
        button(page, "TAF, 12/02/2026").click()
    assert opened.args == [revision_id]


def test_a_score_is_added_and_put_right(qtbot, at_work, leo):
    page = shown(qtbot, at_work.sam, leo)
    button(page, "Add a score").click()
    form = page._scaling.form.form
    button(page, "Add score").click()
    assert texts(page).count("This is needed.") == 3

    fill(form, who="Kasia", role="parent", score=0, lower="It cannot be")
    button(page, "Add score").click()
    tool(page, "Put right: the score of Kasia on 23/11/2026").click()
    fill(page._scaling.form.form, score=1)
    button(page, "Save as a new score").click()

    points = [point for line in view(at_work.sam, leo).scaling for point in line.points]
    assert [(point.score, point.why_not_lower, point.subject) for point in points] == [
        (1, "It cannot be", "The family")
    ]


def test_who_may_only_read_is_offered_no_forms(qtbot, at_work, leo):
    add_goal(at_work.sam, leo, "To swim", 2)
    page = shown(qtbot, at_work.sam, leo, may_write=False)

    assert "“To swim”" in texts(page)
    assert not [each for each in page.findChildren(QAbstractButton) if each.isVisible()]


def test_everything_on_the_page_has_a_name_and_shows_text_as_it_is(qtbot, at_work, leo):
    add_goal(at_work.sam, leo, "<b>To swim</b>", 2, 3)
    page = shown(qtbot, at_work.sam, leo)

    assert "“<b>To swim</b>”" in texts(page)
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in page.findChildren(QLabel))
    pressed = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert pressed
    assert all(each.accessibleName() for each in pressed)


# The line chart

DAYS = (date(2026, 1, 5), date(2026, 3, 5), date(2026, 9, 5))


@pytest.fixture
def chart(qtbot):
    made = LineChart("Scores over time", 0, 10)
    qtbot.addWidget(made)
    made.set_lines([DatedLine("Kasia", tuple(zip(DAYS, (2, 6, 8), strict=True)))])
    made.resize(500, made.heightForWidth(500))
    made.show()
    return made


def ink_at(chart, place) -> bool:
    """Return whether the first line's colour is drawn around a place."""
    image = chart.grab().toImage()
    tint = theme.colour("accent").rgb()
    around = range(-2, 3)
    return any(
        image.pixel(round(place.x()) + dx, round(place.y()) + dy) == tint for dx in around for dy in around
    )


@pytest.mark.parametrize("name", theme.NAMES)
def test_lines_are_drawn_in_every_theme(qapp, chart, name):
    theme.apply(qapp, name)
    drawn = ink_at(chart, chart.point(DAYS[1], 6))
    theme.apply(qapp, "light")

    assert drawn


def test_days_stand_as_far_apart_as_they_are_and_scores_as_high(chart):
    first, second, third = (chart.point(day, 0).x() for day in DAYS)

    assert (second - first) / (third - first) == pytest.approx(59 / 243)
    assert chart.point(DAYS[0], 10).y() < chart.point(DAYS[0], 0).y()


def test_a_line_is_not_joined_across_a_missing_score(chart):
    chart.set_lines([DatedLine("Kasia", ((DAYS[0], 5), (DAYS[1], None), (DAYS[2], 5)))])
    between = chart.point(date(2026, 6, 1), 5)

    assert not ink_at(chart, between)
    assert ink_at(chart, chart.point(DAYS[2], 5))
    chart.set_lines([DatedLine("Kasia", ((DAYS[0], 5), (DAYS[2], 5)))])
    assert ink_at(chart, between)


def test_the_chart_is_told_in_words_and_takes_no_keyboard(chart):
    spoken = QAccessible.queryAccessibleInterface(chart)

    assert spoken.text(QAccessible.Text.Name) == "Scores over time"
    assert spoken.text(QAccessible.Text.Description) == "Kasia: 05/01/2026 2, 05/03/2026 6, 05/09/2026 8."
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_at_most_six_lines_are_drawn_and_each_is_marked_in_its_own_way(chart):
    from ui.line_chart import _STYLES

    chart.set_lines([DatedLine(f"Person {n}", ((DAYS[0], n),)) for n in range(9)])

    assert chart.description().count("Person") == DRAWN_AT_MOST
    assert len({(style.dash, style.mark, style.is_filled) for style in _STYLES}) == DRAWN_AT_MOST


def test_a_narrow_chart_gives_its_names_more_lines(chart):
    chart.set_lines([DatedLine(f"A person with a long name {n}", ((DAYS[0], n),)) for n in range(4)])

    assert chart.heightForWidth(300) > chart.heightForWidth(1200)


@pytest.mark.parametrize("lines", [[], [DatedLine("Nobody", ())], [DatedLine("Once", ((DAYS[0], 0),))]])
def test_few_or_no_points_can_be_drawn(chart, lines):
    chart.set_lines(lines)

    assert not chart.grab().isNull()

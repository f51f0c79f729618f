"""What a practitioner sees in a narrow window, in a wide one, and while there is nothing yet."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel, QTabBar, QWidget

from caseapp import my_week
from caseapp.dates import Due
from caseapp.form import Score, Text
from caseapp.genogram import Member, genogram
from caseapp.overview import ChildHead
from tests.test_charts import AREAS, BEFORE, NOW
from ui import children_table as table
from ui.card_columns import CardColumns
from ui.charts import Bar, LifeStrip, Series, StarChart
from ui.child_head import RecordHead
from ui.genogram import READABLE, GenogramView
from ui.overview_dates import AT_ONCE, DatesCard
from ui.parts import Card, LinkButton
from ui.plan_head import PlanHead
from ui.question_grid import QuestionGrid
from ui.record_papers import PapersLink
from ui.record_parts import Scroller
from ui.record_strip import RecordStrip
from ui.row_fields import editor_for
from ui.star import StarEditor
from ui.star_labels import score_words

TODAY = date(2026, 11, 23)
LONG = "Maximiliana Wolfeschlegelsteinhausen-Bergerdorff-Featherstonehaugh-Smythe"
TABS = (
    "Overview", "Timeline", "People", "Early help", "Outcome Star", "Measures", "Voice", "Education", "Care",
    "Pathway", "Actions", "History",
)  # fmt: skip


def shown(qtbot, widget, width: int, height: int = 400):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def head_of(name: str) -> ChildHead:
    return ChildHead(
        uuid4(), 10001, name, name.split()[0], "she/her", date(2011, 9, 4), None, "15 years 2 months",
        "999 171 0795", "Looked after", "", "", "", "Sam Okafor", "East", True,
    )  # fmt: skip


def label(widget: QWidget, start: str) -> QLabel:
    return next(each for each in widget.findChildren(QLabel) if each.text().startswith(start))


def due(number: int) -> Due:
    on = TODAY + timedelta(days=number)
    what = f"Review {number}"
    return Due(
        uuid4(), "Amelia", 1, "L5", what, TODAY, on, number, "on_track", f"in {number} days", "", "", None
    )  # type: ignore[arg-type]  # the card does not take the date apart


@pytest.mark.parametrize("name", ["Amelia Kowalska", LONG])
def test_in_a_narrow_window_name_and_birthday_are_whole(qtbot, name):
    head = RecordHead()
    head.show_head(head_of(name), [])
    shown(qtbot, head, 800)

    about, title = label(head, "she/her"), label(head, name)
    qtbot.waitUntil(lambda: about.y() > title.y())
    room = title.contentsRect().size()
    assert title.heightForWidth(room.width()) <= room.height()
    assert about.fontMetrics().horizontalAdvance(about.text()) <= about.width()


def test_in_a_wide_window_the_birthday_stands_beside_the_name(qtbot):
    head = RecordHead()
    head.show_head(head_of("Amelia Kowalska"), [])
    shown(qtbot, head, 1400)

    about, title = label(head, "she/her"), label(head, "Amelia")
    assert about.x() > title.x() + title.width() - 1


@pytest.mark.parametrize(("width", "is_beside"), [(1134, True), (803, False)])
def test_the_links_of_a_record_go_into_the_menu_where_the_tabs_need_their_room(qtbot, width, is_beside):
    tabs, edit, papers = QTabBar(), LinkButton("Edit details"), PapersLink()
    for name in TABS:
        tabs.addTab(name)
    strip = RecordStrip(tabs, (edit,), papers)
    papers.setVisible(True)
    papers.offer({"doorstep": "", "review-pack": ""})
    strip.offer(edit)
    shown(qtbot, strip, width, 40)

    qtbot.waitUntil(lambda: edit.isVisible() == is_beside)
    first = papers.papers.actions()[0]
    assert (first.text() == "Edit details") == (not is_beside)
    assert papers.text().lower() in papers.accessibleName().lower()
    if not is_beside:
        with qtbot.waitSignal(edit.clicked):
            first.trigger()


def test_twelve_tabs_are_in_sight_on_a_small_laptop_at_150_percent(qtbot):
    tabs, papers = QTabBar(), PapersLink()
    tabs.setProperty("drawBase", False)
    for name in TABS:
        tabs.addTab(name)
    strip = RecordStrip(tabs, (LinkButton("Edit details"), LinkButton("Print record")), papers)
    papers.setVisible(True)
    strip.offer(*strip.findChildren(LinkButton)[:2])
    shown(qtbot, strip, 803, 40)

    last = tabs.count() - 1
    qtbot.waitUntil(lambda: tabs.tabRect(last).right() <= tabs.width())


@pytest.mark.parametrize(
    ("room", "left_out"), [(1200, []), (750, [table.REF]), (640, [table.REF, table.WORKER])]
)
def test_a_narrow_table_of_children_leaves_columns_out_rather_than_cut_all(room, left_out):
    assert [each for each in range(table.MENU) if each not in table.fitting_columns(room)] == left_out


def test_the_next_dates_of_a_child_stand_in_order_and_the_rest_when_asked(qtbot):
    card = shown(qtbot, DatesCard(), 320)
    card.show_dues([due(number) for number in range(1, AT_ONCE + 3)])
    told = [each.text() for each in card.findChildren(QLabel) if each.text().startswith("Review")]
    assert told == [f"Review {number}" for number in range(1, AT_ONCE + 1)]

    next(each for each in card.findChildren(LinkButton) if each.text() == "All 6 dates").click()

    qtbot.waitUntil(lambda: label(card, "Review 6").isVisible())


def test_cards_take_other_columns_when_they_are_told(qtbot):
    one, two = Card("One"), Card("Two")
    columns = shown(qtbot, CardColumns({300: ((one,), (two,)), 0: ((one, two),)}, (1, 1)), 800)
    assert columns.column_count() == 2

    columns.set_plans({0: ((two, one),)})

    assert columns.column_count() == 1
    qtbot.waitUntil(lambda: two.y() < one.y())


def test_chart_and_numbers_of_a_reading_stand_below_each_other_in_a_narrow_form(qtbot):
    fields = [Score(str(number), area, low=0, high=10) for number, area in enumerate(AREAS)]
    star, form = StarEditor(fields, None, TODAY), Scroller()
    form.body.addWidget(star)
    shown(qtbot, form, 900, 700)
    assert star.boxes()[0].x() > star.chart().geometry().right()

    form.resize(520, 700)

    qtbot.waitUntil(lambda: star.boxes()[0].y() > star.chart().geometry().bottom())
    assert form.horizontalScrollBar().maximum() == 0


def test_two_fields_of_a_line_stand_level_though_one_has_a_hint(qtbot):
    grid = QuestionGrid()
    fields = Text("a", "Possible", half=True, help="Half days since September"), Text("b", "Seen", half=True)
    first, second = (editor_for(each, grid, TODAY) for each in fields)
    grid.arrange([(first, True), (second, True)])
    shown(qtbot, grid, 700)

    assert first.control().mapTo(grid, first.rect().topLeft()).y() == (
        second.control().mapTo(grid, second.rect().topLeft()).y()
    )


def test_a_wide_family_is_drawn_readable_and_smaller_only_when_asked(qtbot):
    child = Member("", "Amelia", "This record")
    family = [Member(str(number), f"Sister {number}", "Sister") for number in range(12)]
    view = shown(qtbot, GenogramView(), 400)
    view.set_genogram(genogram(child, family, TODAY))
    sheet = view.widget()
    assert sheet.scale == pytest.approx(READABLE)

    view.fit()

    assert sheet.scale < READABLE


def test_the_title_of_a_plan_stands_whole_below_the_child_in_a_narrow_window(qtbot):
    head = PlanHead()
    title = head._title
    title.setText("Personal Education Plan, autumn term 2026")
    head._child.set_whole_text("Amelia Kowalska")
    shown(qtbot, head, 803, 80)

    qtbot.waitUntil(lambda: title.shown_text() == title.text())
    assert title.y() > head._child.y()


def test_a_life_that_begins_today_has_a_year_before_it(qtbot):
    strip = LifeStrip()
    bar = Bar("Plans", "Early help", TODAY, None, "early_help")
    strip.set_bars(["Plans"], [bar], TODAY)
    shown(qtbot, strip, 600, 60)

    assert strip.bar_at(strip._rect(0, bar).center()) == bar
    assert strip._rect(0, bar).left() > 500


def test_a_day_of_my_week_stands_in_one_line():
    table = my_week._days([(TODAY, []), (TODAY + timedelta(days=2), [])]).table

    assert [row[1] for row in table] == ["Day", "Monday 23/11", "Wednesday 25/11"]


def test_a_star_says_each_score_and_its_change_since_the_first_reading(qtbot):
    chart, silent = StarChart(says_scores=True), StarChart()
    for each in (chart, silent):
        each.set_chart(AREAS, 0, 10, [NOW, BEFORE])
        shown(qtbot, each, 460, 420)

    assert score_words(3, 6) == "6  ▲ +3"
    assert score_words(None, 6) == "6"
    assert score_words(3, None) == ""
    assert chart.minimumSizeHint().height() > silent.minimumSizeHint().height()
    assert chart.grab().toImage() != silent.grab().toImage()


def test_the_first_reading_alone_has_scores_and_no_change(qtbot):
    chart = StarChart(says_scores=True)
    chart.set_chart(AREAS, 0, 10, [NOW, Series("Mum", BEFORE.scores, is_other_view=True)])

    assert chart._score_words(0) == "6"

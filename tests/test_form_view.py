"""A form on screen: sections, questions that come and go, what was written last time, problems, keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from caseapp.form import (
    Date,
    Form,
    Number,
    Rows,
    Section,
    Signatures,
    Text,
    Trouble,
)
from caseapp.forms import FORMS_BY_KEY
from tests.sample_form import TODAY, editor, view, write
from tests.story import sample
from ui import theme
from ui.fields import GrowingText
from ui.form_notes import Before
from ui.form_steps import BELOW
from ui.form_view import FormView
from ui.parts import LinkButton

__all__ = ["view"]

LAST = {"helps": "A quiet start.", "share": "88.0", "known_as": "Amy", "possible": 100, "attended": 88}
SAMPLES = {"early-help": "early_help", "pep": "pep", "pathway-plan": "pathway_plan"}


def words_on(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_what_is_typed_is_an_answer_and_told(view, qtbot):
    with qtbot.waitSignal(view.answers_changed):
        write(view, "name", "Siân")

    assert view.answers()["name"] == "Siân"


def test_answers_of_other_forms_and_unopened_sections_are_kept(view):
    given = {"helps": "A quiet start.", "old_question": "kept", "targets": [{"what": "Read"}]}

    view.set_answers(given)

    assert view.answers() == given


def test_a_question_comes_and_goes_at_once_and_keeps_its_answer(view):
    editor(view, "away").findChildren(QRadioButton)[0].click()
    write(view, "carer", "Mrs Bell")
    assert editor(view, "carer").isVisible()

    editor(view, "away").findChildren(QRadioButton)[1].click()
    assert not editor(view, "carer").isVisible()
    assert view.answers()["carer"] == "Mrs Bell"

    editor(view, "away").findChildren(QRadioButton)[0].click()
    assert editor(view, "carer").isVisible()
    assert editor(view, "carer").answer() == "Mrs Bell"


def test_a_section_is_listed_only_while_it_is_asked(view):
    assert view.summary() == "0 of 3 sections, 2 required answers missing"

    view.set_answers({"away": "yes"})

    assert view.summary() == "0 of 4 sections, 3 required answers missing"


def test_each_step_says_how_far_it_is(view):
    view.set_answers({"name": "Amelia", "helps": "A quiet start."})
    steps = view._steps._items

    assert steps["about"].toolTip() == "About the child: done"
    assert steps["school"].toolTip() == "School: begun, required answers missing"
    assert steps["targets"].toolTip() == "Targets: not begun"
    assert steps["school"].data(Qt.ItemDataRole.AccessibleTextRole).startswith("School, begun")


def test_a_result_is_worked_out_while_it_is_typed(view):
    view.show_section("school")
    write(view, "possible", "129")
    write(view, "attended", "118")

    assert editor(view, "share").control().text() == "91.5 %"
    assert view.answers()["share"] == "91.5"


def test_two_half_questions_share_a_line_where_there_is_room(view, qtbot):
    name, known_as = editor(view, "name"), editor(view, "known_as")
    assert name.y() == known_as.y()

    view.setMinimumSize(1, 1)
    view.resize(600, 600)

    qtbot.waitUntil(lambda: name.y() < known_as.y())


def test_what_was_written_last_time_stands_beside_and_can_be_brought_forward(view, qtbot):
    view.set_before(Before("Summer term", "Signed 02/07/2026 by Sam Okafor.", LAST))
    view.show_section("school")
    qtbot.waitUntil(lambda: "A quiet start." in words_on(view._beside))
    assert "Signed 02/07/2026 by Sam Okafor." in words_on(view._beside)

    link = next(
        link
        for link in view._beside.findChildren(LinkButton)
        if link.accessibleName() == "Bring forward: What helps"
    )
    with qtbot.waitSignal(view.answers_changed):
        link.click()
    assert view.answers()["helps"] == "A quiet start."
    assert editor(view, "helps").answer() == "A quiet start."

    view._undo._button.click()
    assert "helps" not in view.answers()


def test_rows_of_last_time_stand_beside_with_a_line_a_question(qtbot):
    asked = (Number("no", "No."), Text("what", "What"), Text("who", "Who"))
    section = Section("targets", "Targets", (Rows("targets", "Targets", row="target", fields=asked),))
    view = FormView(Form("rows", 1, "pep", "Rows", (section,)), TODAY)
    qtbot.addWidget(view)
    view.resize(1134, 600)
    view.show()
    was = {"targets": [{"no": 4, "what": "Read daily", "who": "Mrs Shah"}, {"what": "Swim"}]}

    view.set_before(Before("Summer term", "", was))
    view.show_section("targets")

    told = "No.: 4\nWhat: Read daily\nWho: Mrs Shah\n\nWhat: Swim"
    qtbot.waitUntil(lambda: told in words_on(view._beside))


def test_what_the_record_and_the_day_say_is_never_brought_forward(qtbot):
    fields = (
        Number("number", "Plan number", prefill="pathway.plan_number"),
        Date("read_on", "Date of the reading"),
        Text("school", "School", fresh=True),
    )
    form = Form("dated", 1, "star", "Dated", (Section("only", "Only", fields),), dated_by="read_on")
    view = FormView(form, TODAY)
    qtbot.addWidget(view)
    view.set_before(Before("Last", "", {"number": 4, "read_on": "2026-08-03", "school": "Hill Top"}))
    view.resize(1134, 600)
    view.show()

    links = [
        each.accessibleName() for each in view.findChildren(QPushButton) if each.text() == "Bring forward"
    ]

    assert links == ["Bring forward: School"]


def test_signatures_of_last_time_cannot_be_brought_forward(qtbot):
    signed = {"name": "Carol Bell", "role": "Carer", "answer": "signed", "on": "2026-07-02"}
    section = Section("agreed", "Agreed", (Signatures("signatures", "Who agrees"), Text("why", "Why")))
    view = FormView(Form("rows", 1, "pep", "Rows", (section,)), TODAY)
    qtbot.addWidget(view)
    view.resize(1134, 600)
    view.show()

    view.set_before(Before("Summer term", "", {"signatures": [signed], "why": "All agreed."}))
    view.show_section("agreed")
    qtbot.waitUntil(lambda: "Name: Carol Bell" in words_on(view._beside))

    offered = [link.accessibleName() for link in view._beside.findChildren(LinkButton)]
    assert offered == ["Bring forward: Why"]


def test_a_section_bears_its_number_among_those_that_are_asked(view):
    view.show_section("targets")
    assert "3  Targets" in words_on(view.page())

    view.set_answers({"away": "yes"})
    view.show_section("targets")

    assert "4  Targets" in words_on(view.page())


def test_tab_goes_on_from_an_added_row_to_what_stands_below_it(view, qtbot):
    view.show_section("targets")
    rows = editor(view, "targets")
    rows.add_row()
    what = rows.cards()[0].editors()[0].control()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is what)

    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().accessibleName())

    assert seen == ["Add target to Targets", "Back to the section before", "Check and sign"]


def test_a_different_answer_is_marked_beside(view, qtbot):
    view.set_before(Before("Summer term", "", LAST))
    view.show_section("school")
    write(view, "helps", "The library.")
    view.look_again()

    qtbot.waitUntil(lambda: "differs now" in words_on(view._beside))


def test_a_number_says_what_it_was_last_time_and_how_it_moved(view):
    view.set_before(Before("Summer term", "", LAST))
    view.set_answers({"possible": 129, "attended": 118})
    view.show_section("school")

    assert editor(view, "share").note() == "last time 88.0 %, up 3.5"


def test_what_the_record_knew_says_so_until_it_is_changed(view):
    view.set_known({"child.name": "Amelia Kowalska"})
    view.set_answers({"name": "Amelia Kowalska"})
    assert editor(view, "name").note() == "from the record"

    write(view, "name", "X")
    view.look_again()

    assert editor(view, "name").note() == ""


def test_an_odd_date_is_told_at_its_question_once_it_is_left(view, qtbot):
    view.set_answers({"met_on": "2026-11-19"})
    view.show_section("school")
    write(view, "next_on", "13/11/2026")
    editor(view, "helps").focus()

    qtbot.waitUntil(lambda: "before the meeting" in editor(view, "next_on").problem())


def test_problems_stand_at_their_questions_until_they_are_answered(view):
    view.show_problems([Trouble("about", "name", "Legal name", "This is needed before signing.")])
    assert editor(view, "name").problem() == "This is needed before signing."

    write(view, "name", "Amelia")
    view.look_again()

    assert editor(view, "name").problem() == ""


def test_going_to_a_question_opens_its_section_and_takes_the_keyboard(view):
    view.go_to("school", "helps")

    assert view.current() == "school"
    assert view.focusWidget() is editor(view, "helps").control()


def test_a_question_that_was_gone_to_stays_in_sight_as_the_form_gives_room_to_the_printed_pages(qtbot):
    form = FORMS_BY_KEY["pep"]
    view = FormView(form, TODAY)
    qtbot.addWidget(view)
    view.resize(1134, 520)
    view.show()
    view.go_to(
        next(each.key for each in form.sections if "worker_view" in [one.key for one in each.fields]),
        "worker_view",
    )

    view.resize(640, 520)
    for _ in range(5):
        QApplication.processEvents()

    asked = view.page().editors()["worker_view"]
    assert asked.visibleRegion().boundingRect().height() == asked.height()


def test_a_page_pasted_into_a_long_text_is_framed_down_to_its_end(qtbot):
    form = FORMS_BY_KEY["early-help"]
    view = FormView(form, TODAY)
    qtbot.addWidget(view)
    view.resize(1134, 600)
    view.show()
    view.go_to(form.sections[3].key)
    texts = view.page().findChildren(GrowingText)

    for each in texts:
        for typed in (
            "What was said.\n\n" + "And at school, too. " * 5 + "\n• a line\n• another\n",
            "typed on",
        ):
            each.insertPlainText(typed)
            for _ in range(5):
                QApplication.processEvents()

    assert texts
    assert [each.geometry().bottom() < each.parentWidget().height() for each in texts] == [True] * len(texts)


def test_read_only_offers_nothing_to_change(view):
    view.set_before(Before("Summer term", "", LAST))
    view.set_answers({"name": "Amelia", "targets": [{"what": "Read"}]})
    view.set_read_only(True)

    for section in ("about", "school", "targets"):
        view.show_section(section)
        assert not [line for line in view.page().findChildren(QLineEdit) if line.isVisible()]
        assert not [
            button
            for button in view.findChildren(QPushButton)
            if button.isVisible() and button.text().startswith(("Add", "Bring"))
        ]
    assert "Read" in words_on(view.page())


@pytest.mark.parametrize("key", sorted(FORMS_BY_KEY))
def test_every_form_opens_and_every_control_has_a_name(qtbot, key):
    form = FORMS_BY_KEY[key]
    view = FormView(form, TODAY, last_step="Check and sign")
    qtbot.addWidget(view)
    view.resize(1134, 600)
    view.set_answers(sample(SAMPLES[key]) if key in SAMPLES else {})
    view.show()

    nameless = []
    for section in view._steps.asked():
        if section:
            view.show_section(section)
            nameless += [
                (section, type(widget).__name__)
                for widget in view.findChildren(QWidget)
                if widget.isVisible()
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            ]

    assert nameless == []


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_going_through_every_section_changes_no_answer(qtbot, key):
    view = FormView(FORMS_BY_KEY[key], TODAY)
    qtbot.addWidget(view)
    answers = sample(SAMPLES[key])
    view.set_answers(answers)

    for section in view._steps.asked():
        view.show_section(section)

    assert {name: value for name, value in view.answers().items() if name in answers} == answers
    editors = {name: each for page in view._pages.values() for name, each in page.editors().items()}
    assert {name: each.read() for name, each in editors.items() if name in answers} == {
        name: answers[name] for name in editors if name in answers
    }


def test_a_section_with_a_wrong_answer_says_in_the_list_that_it_is_to_be_put_right(view, qtbot):
    view.set_answers({"met_on": "2026-11-19"})
    view.show_section("school")
    item = view._steps._items["school"]
    editor(view, "next_on").focus()
    write(view, "next_on", "31/02/2027")
    view.look_again()
    assert item.toolTip() == "School: done"  # while somebody types nothing is called wrong

    view.show_section("about")

    assert item.toolTip() == "School: to put right"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "School, to put right"
    assert item.data(BELOW) == "to put right"
    assert "1 to put right" in view.summary()
    view.set_answers({"met_on": "2026-11-19", "next_on": "2027-02-28"})
    assert item.toolTip() == "School: done"


def test_a_section_that_only_lacks_an_answer_is_not_called_wrong(view):
    view.set_answers({"known_as": "Amy"})

    view.show_problems([Trouble("about", "name", "Legal name", "This is needed before signing.")])

    assert view._steps._items["about"].toolTip() == "About the child: begun, required answers missing"


def test_words_in_red_stand_below_the_title_of_a_section_with_a_wrong_answer(view):
    view.set_answers({"met_on": "31/02/2027"})
    rows = view._steps._list

    right, wrong = (rows.visualItemRect(view._steps._items[key]) for key in ("about", "school"))

    assert wrong.height() > right.height()
    picture = rows.grab(wrong).toImage()
    reds, inks = (lines_of(picture, theme.colour(token)) for token in ("red", "ink"))
    assert min(reds) > max(inks)


def lines_of(picture, colour):
    """Return the lines of a picture that hold a colour, right of the icon."""
    places = ((x, y) for y in range(picture.height()) for x in range(44, picture.width()))
    return [y for x, y in places if picture.pixelColor(x, y) == colour]

"""The people of a record: added, linked and ended by those who may."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseapp import children, people
from tests.desk_fixture import add_child, at_work, done
from tests.record_screen import amelia, button, fill, opened, texts
from ui import people_forms
from ui.parts import LinkButton
from ui.people_forms import EndForm, FamilyForm, SchoolForm, SiblingForm
from ui.picker import Picker
from ui.record_parts import ElidedLink

__all__ = ["amelia", "at_work"]


def open_form(screen, card_text: str):
    button(screen, card_text).click()
    forms = screen.findChildren(people_forms.PeopleForm)
    return next(each for each in forms if not each.isHidden())


def test_a_family_member_is_added_and_ended(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Add a person")
    assert isinstance(form, FamilyForm)
    fill(form.form, given="Jan", family="Kowalski", kind="Father", holds=["pr"])

    button(form, "Add person").click()
    assert {"Jan Kowalski", "parental responsibility"} <= set(texts(screen.page()))

    end = open_form(screen, "End: Jan Kowalski")
    assert isinstance(end, EndForm)
    button(end, "End").click()
    assert any(text.startswith("Father") and "until 23/11/2026" in text for text in texts(screen.page()))


def test_tab_comes_to_an_open_form_where_it_stands_and_esc_leads_back(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    link = button(screen, "Add a professional")
    link.setFocus()
    link.click()
    form = screen.findChild(people_forms.ProfessionalForm)
    assert form.isAncestorOf(screen.focusWidget())

    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Backtab)
    before = screen.focusWidget()
    button(form, "Cancel: Add a professional").setFocus()
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
    after = screen.focusWidget()
    button(form, "Add professional").setFocus()
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Escape)

    assert (before.accessibleName()[:5], after.text()) == ("End: ", "Add a school")
    assert screen.focusWidget() is link


def test_a_person_without_a_name_is_refused_at_the_question(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Add a person")

    button(form, "Add person").click()

    assert texts(form).count("This is needed.") == 2


def test_a_brother_on_file_is_found_linked_and_opened(qtbot, at_work, amelia):
    brother = add_child(at_work.sam, "Kuba", "Kowalski", date(2014, 1, 1))
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Link a child on file")
    assert isinstance(form, SiblingForm)
    choose(form.picker, "kuba")
    fill(form.form, kind="Brother", back="Sister")

    button(form, "Link").click()

    link = next(each for each in screen.findChildren(ElidedLink) if each.whole_text() == "Kuba Kowalski")
    with qtbot.waitSignal(screen.open_child) as signal:
        link.click()
    assert signal.args == [brother]


def choose(picker: Picker, text: str, place: int = 0) -> None:
    picker._line.setText(text)
    picker.look()
    picker._list.itemClicked.emit(picker._list.item(place))


def test_a_school_that_is_not_known_yet_is_added_as_new(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Add a school")
    assert isinstance(form, SchoolForm)
    button(form, "Add school").click()
    assert any("Choose a school" in text for text in texts(form))

    choose(form.picker, "Upton Academy")
    fill(form.form, teacher="Mrs Shah")
    button(form, "Add school").click()

    assert {"Upton Academy", "Mrs Shah  ·  since 23/11/2026"} <= set(texts(screen.page()))
    assert done(at_work.sam, lambda session: people.schools(session, "upton"))[0].name == "Upton Academy"


def test_a_known_school_is_offered_and_not_doubled(qtbot, at_work, amelia):
    done(at_work.sam, lambda session: people.add_school(session, "Upton Academy", "Secondary", town="Upton"))
    picker = Picker(at_work.sam, "School", people_forms.find_schools, "Add as new:")
    qtbot.addWidget(picker)

    picker._line.setText("upton academy")
    picker.look()

    assert [each.text for each in picker.found()] == ["Upton Academy"]


def test_a_reader_is_offered_nothing_to_write(qtbot, at_work, amelia):
    actor = replace(at_work.sam.actor, roles=frozenset({"reader"}))
    reader = type(at_work.sam)(at_work.store, actor)
    screen = opened(qtbot, reader, amelia, "People")
    words = {each.text() for each in screen.findChildren(LinkButton) if each.isVisible()}

    assert not words & {"Add a person", "Edit details", "End"}


def test_a_manager_gives_the_child_to_another_worker_with_a_reason(qtbot, at_work, amelia):
    actor = replace(at_work.sam.actor, roles=frozenset({"manager"}))
    manager = type(at_work.sam)(at_work.store, actor)
    screen = opened(qtbot, manager, amelia, "People")
    form = open_form(screen, "Change the child’s worker")
    choose(form.picker, "priya")
    button(form, "Change worker").click()
    assert "This is needed." in texts(form)

    fill(form.form, reason="Sam is leaving")
    button(form, "Change worker").click()

    row = done(at_work.priya, lambda session: children.one(session, str(amelia)))
    assert row.worker == "Priya Nair"

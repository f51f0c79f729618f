"""British spelling: what is underlined and what is not, what the menu offers; the text stays as it is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import spelling as rules
from caseapp.people import NewPerson, add_family
from tests.desk_fixture import add_child, at_work, done
from ui.fields import GrowingText
from ui.spelling import LOOKING, menu_for, spelling

__all__ = ["at_work"]


@pytest.fixture
def known():
    shared = spelling()
    shared.speller = rules.speller()
    shared.know(frozenset())
    yield shared
    shared.know(frozenset())


@pytest.fixture
def box(qtbot, known):
    window = QWidget()
    text = GrowingText(3)
    layout = QVBoxLayout(window)
    layout.addWidget(text)
    layout.addWidget(GrowingText(3))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    yield text
    window.close()


def wrong(text, known=frozenset()):
    return [text[each.start : each.start + each.length] for each in rules.speller().wrong(text, known)]


def underlined(box):
    box._underlines.look()  # what the timer does once nobody types
    return [each.cursor.selectedText() for each in box.extraSelections()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She recieves colour and organises her behaviour.", ["recieves"]),
        ("Her favorite color", ["favorite", "color"]),
        ("Mum’s well-being isn’t what we’d hoped; half-term, 3rd floor, QX1 2AB", []),
        ("The PEP, the EHCP and the SENCO: safeguarding, genogram, stepmum", []),
        ("Write to ania.kowalska@example.org, see example.org/zzyx", []),
        ("😀 naïve café 　１２３ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", []),
        ("", []),
    ],
)
def test_british_spelling_is_right_and_american_is_not(text, expected):
    assert wrong(text) == expected


def test_the_names_of_the_record_are_no_errors(at_work):
    amelia = add_child(at_work.sam, "Amelia", "Kowalska")
    new = NewPerson("Zdzisław", "Wróbel-Nowacki")
    done(at_work.sam, lambda session: add_family(session, amelia, new, "Father"))

    known = done(at_work.sam, lambda session: rules.names_of(session, amelia))

    assert wrong("Zdzisław Wróbel-Nowacki is Amelia Kowalska’s father, as Okafor wrote.", known) == []
    assert wrong("Zdzisław") == ["Zdzisław"]
    assert done(at_work.priya, lambda session: rules.names_of(session, amelia)) == frozenset()


def test_own_words_are_kept_for_their_user(at_work):
    done(at_work.sam, lambda session: rules.add_own_word(session, "Zebbing"))

    assert "zebbing" in done(at_work.sam, rules.own_words)
    assert done(at_work.priya, rules.own_words) == frozenset()


def test_wrong_words_are_underlined_but_for_the_one_being_typed(box, qtbot):
    qtbot.keyClicks(box, "She recieves it and recie")

    assert underlined(box) == ["recieves"]

    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert underlined(box) == ["recieves", "recie"]


def test_underlining_changes_nothing_and_says_no_change(box, known):
    box.setPlainText("She recieves it.")
    changes = []
    box.textChanged.connect(lambda: changes.append(box.written()))
    box.document().setModified(False)

    known.know(frozenset({"recieves"}))
    known.know(frozenset())

    assert underlined(box) == ["recieves"]
    assert (box.written(), box.document().isModified(), changes) == ("She recieves it.", False, [])


def test_the_menu_offers_what_may_have_been_meant_by_keyboard_too(box, qtbot, known):
    box.setPlainText("She recieves it.")
    cursor = box.textCursor()
    cursor.setPosition(6)
    box.setTextCursor(cursor)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))

    menu = menu_for(box, asked)
    assert menu.actions()[0].text() == LOOKING
    qtbot.waitUntil(lambda: menu.actions()[0].text() != LOOKING)
    offered = [each.text() for each in menu.actions() if each.isVisible()]
    assert offered[0] == "receives"
    assert "Add to my words" in offered

    menu.actions()[0].trigger()
    assert box.written() == "She receives it."


def test_a_word_that_is_added_is_right_at_once_and_the_window_hears_of_it(box, qtbot, known):
    box.setPlainText("zebbing")

    with qtbot.waitSignal(known.word_added) as heard:
        known.add("zebbing")

    assert heard.args == ["zebbing"]
    assert underlined(box) == []

"""The genogram: standard symbols, each relation once, nobody upon another, and nothing that is shut."""

from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from caseapp import codes, genogram_record, people
from caseapp.genogram import OTHERS, Member, genogram
from caseapp.people import NewPerson
from db.models import Child, Look
from tests.desk_fixture import add_child, at_work, done
from tests.record_screen import amelia, button, opened
from tests.tagged_reading import heard
from ui.genogram import GenogramView, PersonSpot, nearest

__all__ = ["amelia", "at_work"]

TODAY = date(2026, 11, 23)
CHILD = Member("", "Amelia Kowalska", sex="F", born_on=date(2011, 9, 4))
UNRELATED = ("Friend of the family", "Other")
DAYS = st.none() | st.dates(date(1940, 1, 1), date(2027, 6, 1))


def families():
    who = st.builds(
        Member,
        st.just("key"),
        st.text("abc é-", max_size=60),
        st.sampled_from(codes.RELATIONS),
        st.sampled_from(["M", "F", "U", ""]),
        DAYS,
        due_on=DAYS,
        lives_with=st.booleans(),
        until_on=st.none() | st.just(date(2025, 1, 1)),
        home_key=st.sampled_from(["", "mill lane", "high street"]),
        shares=st.sampled_from([frozenset(), frozenset({"0"}), frozenset({"1"})]),
    )
    return st.lists(who, max_size=25).map(
        lambda found: [each._replace(key=str(place)) for place, each in enumerate(found)]
    )


def meet(one, other) -> bool:
    (left, top, width, height), (x, y, wide, high) = one, other
    return left < x + wide and x < left + width and top < y + high and y < top + height


@settings(max_examples=40, deadline=None)
@given(families())
def test_for_every_family_nobody_stands_upon_another_and_each_relation_is_drawn_once(family):
    drawn = genogram(CHILD, family, TODAY)
    boxes = [each.box for each in drawn.symbols]

    assert sorted(each.key for each in drawn.symbols) == sorted(["", *(each.key for each in family)])
    assert not any(meet(one, other) for at, one in enumerate(boxes) for other in boxes[:at])
    assert all(min(x, y, drawn.width - x - wide, drawn.height - y - high) >= 0 for x, y, wide, high in boxes)
    assert sorted(each.key for each in drawn.bonds) == sorted(
        each.key for each in family if each.kind not in UNRELATED
    )
    assert genogram(CHILD, family[::-1], TODAY) == drawn


@settings(max_examples=40, deadline=None)
@given(families())
def test_for_every_family_no_line_runs_through_somebody_and_no_home_holds_a_stranger(family):
    drawn = genogram(CHILD, family, TODAY)

    for bond in drawn.bonds:
        for (x1, y1), (x2, y2) in zip(bond.path, bond.path[1:], strict=False):
            assert x1 == x2 or y1 == y2
            for each in drawn.symbols:
                left, _top, width, height = each.box
                is_inside_words = (
                    max(x1, x2) > left and min(x1, x2) < left + width
                    and max(y1, y2) > each.y + 23 and min(y1, y2) < each.y - 30 + height
                )  # fmt: skip
                assert not is_inside_words
                is_across = y1 == y2 and min(x1, x2) < each.x < max(x1, x2) and abs(y1 - each.y) < 22
                is_along = x1 == x2 and min(y1, y2) < each.y < max(y1, y2) and abs(x1 - each.x) < 22
                assert not is_across
                assert not is_along
    for home in drawn.homes:
        inside = {each.key for each in drawn.symbols if holds(home.outline, each.x, each.y)}
        assert inside == set(home.keys)


def holds(outline, x: float, y: float) -> bool:
    """Return whether a point lies inside an outline."""
    edges = zip(outline, (*outline[1:], outline[0]), strict=True)
    return sum(1 for (ax, ay), (_bx, by) in edges if ax > x and min(ay, by) <= y < max(ay, by)) % 2 == 1


def shapes(*family: Member) -> dict[str, str]:
    return {each.key: each.shape for each in genogram(CHILD, family, TODAY).symbols}


def test_the_symbols_are_the_standard_ones():
    found = shapes(
        Member("m", "Ewa", "Mother"),
        Member("f", "Jan", "Father", "M"),
        Member("t", "Alex", "Twin", "U"),
        Member("b", "Baby", "Sister", "F", due_on=date(2027, 1, 3)),
        Member("c", "Sam", "Foster carer"),
    )

    assert found == {
        "": "circle", "m": "circle", "f": "square", "t": "diamond", "b": "triangle", "c": "diamond",
    }  # fmt: skip


def test_a_half_sister_hangs_from_the_parent_she_is_known_to_share_and_is_dashed_if_none_is_known():
    parents = [Member("m", "Ewa", "Mother"), Member("f", "Jan", "Father")]
    known = Member("k", "Ola", "Half-sister", shares=frozenset({"m"}))
    unknown = Member("u", "Zoe", "Half-sister")

    drawn = genogram(CHILD, [*parents, known, unknown], TODAY)

    bonds = {each.key: each for each in drawn.bonds}
    mother = next(each for each in drawn.symbols if each.key == "m")
    assert not bonds["k"].is_dashed
    assert abs(bonds["k"].path[0][0] - mother.x) == 22
    assert bonds["u"].is_dashed


def test_what_has_ended_bears_a_stroke_and_carers_are_dashed():
    family = [
        Member("f", "Jan", "Father", until_on=date(2020, 1, 1)),
        Member("c", "Bell", "Foster carer"),
    ]

    drawn = genogram(CHILD, family, TODAY)

    assert {each.key: (each.is_dashed, each.stroke is not None) for each in drawn.bonds} == {
        "f": (False, True), "c": (True, False),
    }  # fmt: skip
    assert "until 01/01/2020" in next(each for each in drawn.symbols if each.key == "f").lines


def test_homes_are_named_in_words_and_unrelated_people_stand_in_a_list():
    family = [
        Member("m", "Ewa", "Mother", lives_with=True),
        Member("f", "Jan", "Father", home="2 High St", home_key="2 high st"),
        Member("s", "Nell", "Step-sister", home="2 High St", home_key="2 high st"),
        Member("o", "Mrs Shah", "Other"),
    ]

    drawn = genogram(CHILD, family, TODAY)

    assert {each.label for each in drawn.homes} == {"Lives with Amelia", "At 2 High St", OTHERS}
    assert "Ewa, mother, lives with the child." in drawn.told


def test_a_brother_whose_record_is_shut_has_no_name_no_age_and_no_link(at_work, amelia):
    brother = add_child(at_work.sam, "Kuba", "Kowalski", date(2014, 1, 1))
    done(at_work.sam, lambda session: people.relate(session, amelia, brother, "Brother", "Sister"))
    before = done(at_work.sam, lambda session: genogram_record.of_child(session, amelia))

    done(at_work.sam, lambda session: give_away(session, brother, at_work.priya.actor))
    drawn = done(at_work.sam, lambda session: genogram_record.of_child(session, amelia))

    assert "Kuba Kowalski" in before.told
    assert "Kuba" not in drawn.told
    shut = [each for each in drawn.symbols if each.told.startswith("Brother, record not open to you")]
    rows = done(at_work.sam, lambda session: people.people(session, amelia)).family
    assert len(shut) == len([each for each in rows if each.kind == "Brother"])
    assert all(each.child_id is None and not each.inside for each in shut)


def give_away(session, child_id, actor) -> None:
    child = session.get(Child, child_id)
    child.worker_id, child.team_id = actor.worker_id, actor.team_id


def test_a_withheld_address_names_no_home(at_work, amelia):
    def write(session) -> None:
        people.move(session, amelia, "9 Quiet Close", "UP1 2ZZ", TODAY, withheld=True)
        for given_name, kind in (("Ewa", "Mother"), ("Tom", "Step-parent")):
            who = NewPerson(given_name, "Nowak", address="9 Quiet Close", postcode="UP1 2ZZ")
            people.add_family(session, amelia, who, kind)

    done(at_work.sam, write)

    drawn = done(at_work.sam, lambda session: genogram_record.of_child(session, amelia))

    assert "Quiet" not in drawn.told
    assert all("Quiet" not in each.label for each in drawn.homes)


def test_each_childs_own_file_tells_which_parent_a_half_sister_shares(at_work, amelia):
    sister = add_child(at_work.sam, "Ola", "Nowak", date(2017, 10, 23))

    def write(session) -> None:
        people.add_family(session, amelia, NewPerson("Jan", "Kowalski"), "Father")
        people.add_family(session, sister, NewPerson("Ewa", "Kowalska"), "Mother")
        people.relate(session, amelia, sister, "Half-sister", "Half-sister")

    done(at_work.sam, write)

    drawn = done(at_work.sam, lambda session: genogram_record.of_child(session, amelia))

    ola = next(each for each in drawn.symbols if each.child_id == sister)
    assert not next(each for each in drawn.bonds if each.key == ola.key).is_dashed


def test_the_print_is_one_page_across_with_its_words_and_the_look_is_recorded(at_work, amelia):
    pdf = done(at_work.sam, lambda session: genogram_record.genogram_pdf(session, amelia))

    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage().get_text_range()
    assert page.get_width() > page.get_height()
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert all(word in text for word in ("Ewa Kowalska", "Lives with Amelia", "OFFICIAL", "page 1 of 1"))
    assert list(heard(pdf).root.all("Figure"))
    assert not any(each.type == 3 for each in page.get_objects())  # no picture: lines and letters
    looks = done(at_work.sam, lambda session: session.query(Look).filter_by(act="print").all())
    assert [each.detail["what"] for each in looks] == ["genogram"]


def spot(screen, start: str) -> PersonSpot:
    found = screen.findChildren(PersonSpot)
    return next(each for each in found if each.isVisible() and each.accessibleName().startswith(start))


def test_arrow_keys_go_from_person_to_person_and_enter_opens_a_brothers_record(qtbot, at_work, amelia):
    brother = add_child(at_work.sam, "Kuba", "Kowalski", date(2014, 1, 1))
    done(at_work.sam, lambda session: people.relate(session, amelia, brother, "Brother", "Sister"))
    screen = opened(qtbot, at_work.sam, amelia, "People")
    spot(screen, "Ewa Kowalska").setFocus()

    qtbot.keyClick(spot(screen, "Ewa Kowalska"), Qt.Key.Key_Down)
    assert spot(screen, "Amelia Kowalska").hasFocus()
    qtbot.keyClick(spot(screen, "Amelia Kowalska"), Qt.Key.Key_Right)
    assert spot(screen, "Kuba Kowalski").hasFocus()

    with qtbot.waitSignal(screen.open_child) as signal:
        qtbot.keyClick(spot(screen, "Kuba Kowalski"), Qt.Key.Key_Return)
    assert signal.args == [brother]


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Up])
def test_at_the_edge_an_arrow_key_goes_nowhere(key):
    drawn = genogram(CHILD, [Member("b", "Kuba", "Brother")], TODAY)

    assert nearest(drawn.symbols, drawn.symbols[0], int(key)) is None


def test_it_fits_the_width_until_it_is_made_larger(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    view = next(iter(screen.findChildren(GenogramView)))
    fitting = view.widget().width()

    view.larger()
    assert view.widget().width() > fitting
    view.fit()

    assert view.widget().width() == fitting
    assert "Ewa Kowalska, mother" in view.accessibleDescription()


def test_print_hands_on_a_page(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")

    with qtbot.waitSignal(screen.page().print_bytes) as signal:
        button(screen, "Print the genogram").click()

    assert signal.args[0] == "Genogram, Amelia Kowalska"
    assert signal.args[1].startswith(b"%PDF")

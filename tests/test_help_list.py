"""The list of families with early help: who is in it, its filters, its queries, and its screen."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from sqlalchemy import event

from caseapp.early_help import episodes, families, leads, moves
from caseapp.early_help.episodes import NewEpisode
from caseapp.early_help.families import Filter
from db.models import Document, Fact, HelpEpisode, Look, Revision
from db.moments import utc_now
from tests.desk_fixture import TODAY, Office, add_child, at_work, done
from tests.story import new_story
from tests.test_child_screen import nameless
from ui import theme
from ui.early_help import EarlyHelpScreen
from ui.families_table import FAMILY, REVIEW, STATUS
from ui.record_parts import FilterChip

__all__ = ["at_work"]

ALL = Filter("all")


def help_for(desk, *child_ids, opened_on=date(2026, 9, 1), level=2) -> list[UUID]:
    new = NewEpisode(opened_on, "self_request", level=level)
    return done(desk, lambda session: episodes.open_episode(session, list(child_ids), new))


def stand(desk, episode_ids, status) -> None:
    def work(session) -> None:
        for each in episode_ids:
            session.get_one(HelpEpisode, each).status = status

    done(desk, work)


def agreed(desk, child_id, episode_id, kind, field, day, number=1) -> None:
    """Let a signed document of the episode give the day of the next review."""

    def work(session) -> None:
        revision = Revision(
            child_id=child_id, kind=kind, number=number, form_key=kind, form_version=1, started_on=TODAY,
            signed_at=utc_now(), signed_by=session.actor.worker_id, episode_id=episode_id,
        )  # fmt: skip
        revision.document = Document(child_id=child_id, answers={field: day.isoformat()})
        session.add(revision)
        session.flush()
        session.add(Fact(child_id=child_id, revision_id=revision.id, field=field, day=day))

    done(desk, work)


@pytest.fixture
def hartleys(at_work: Office) -> list[UUID]:
    leo = add_child(at_work.sam, "Leo", "Hartley", date(2015, 4, 3))
    mia = add_child(at_work.sam, "Mia", "Hartley", date(2018, 1, 30))
    return [leo, mia]


@pytest.fixture
def listed(at_work: Office, hartleys) -> dict[str, list[UUID]]:
    """Three families of Sam's and one of Priya's; the episodes by the family's name."""
    sam = at_work.sam
    noor = add_child(sam, "Noor", "Aziz", date(2019, 2, 2))
    zoe = add_child(sam, "Zoë", "Łukasz", date(2016, 2, 2))
    other = add_child(at_work.priya, "Ola", "Nowak", date(2016, 2, 2))
    return {
        "Hartley": help_for(sam, *hartleys, level=3),
        "Aziz": help_for(sam, noor, opened_on=date(2026, 11, 2)),
        "Łukasz": help_for(sam, zoe),
        "Nowak": help_for(at_work.priya, other),
    }


def rows(desk, narrowed=ALL, **more):
    return done(desk, lambda session: families.families(session, narrowed, **more))


def names(desk, narrowed=ALL, **more) -> list[str]:
    return [each.family for each in rows(desk, narrowed, **more)]


def test_brothers_and_sisters_are_one_row_the_newest_family_first(at_work, listed):
    found = rows(at_work.sam)

    assert [(each.number, each.family) for each in found] == [
        (3, "Zoë Łukasz"), (2, "Noor Aziz"), (1, "Leo and Mia Hartley"),
    ]  # fmt: skip
    assert found[2].level_words == "Level 3: Targeted"
    assert found[2].statuses == ("Request",)
    assert found[2].opened_on == date(2026, 9, 1)


def test_children_of_different_names_are_named_whole(at_work):
    first = add_child(at_work.sam, "Leo", "Hartley", date(2015, 4, 3))
    second = add_child(at_work.sam, "Mia", "Shah", date(2018, 1, 30))
    help_for(at_work.sam, first, second)

    assert names(at_work.sam) == ["Leo Hartley and Mia Shah"]


def test_another_teams_families_are_not_in_the_list(at_work, listed):
    assert names(at_work.priya) == ["Ola Nowak"]
    assert names(at_work.priya, Filter("all", text="Hartley")) == []


def test_families_whose_help_has_ended_are_not_in_the_list(at_work, listed):
    def work(session) -> None:
        moves.make_move(session, listed["Aziz"][0], "decline", TODAY, reason="No help wanted")
        moves.make_move(session, listed["Hartley"][1], "decline", TODAY, reason="No help wanted")

    done(at_work.sam, work)

    assert names(at_work.sam) == ["Zoë Łukasz", "Leo Hartley"]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (Filter("all", level=3), ["Leo and Mia Hartley"]),
        (Filter("all", statuses=("closing",)), ["Noor Aziz"]),
        (Filter("all", text="lukasz"), ["Zoë Łukasz"]),
        (Filter("all", text="mia hart"), ["Leo and Mia Hartley"]),
        (Filter("all", text="EH-2"), ["Noor Aziz"]),
        (Filter("all", text="eh 2"), ["Noor Aziz"]),
        (Filter("all", text="100%"), []),
        (Filter("all", text="_"), ["Zoë Łukasz", "Noor Aziz", "Leo and Mia Hartley"]),
        (Filter("team"), ["Zoë Łukasz", "Noor Aziz", "Leo and Mia Hartley"]),
    ],
)
def test_filters_narrow_the_list(at_work, listed, narrowed, found):
    stand(at_work.sam, listed["Aziz"], "closing")

    assert names(at_work.sam, narrowed) == found
    assert done(at_work.sam, lambda session: families.count(session, narrowed)) == len(found)


def test_a_family_stays_whole_though_one_child_alone_fits(at_work, listed):
    stand(at_work.sam, listed["Hartley"][:1], "closing")

    (found,) = rows(at_work.sam, Filter("all", statuses=("closing",)))

    assert found.family == "Leo and Mia Hartley"
    assert found.statuses == ("Closing", "Request")


def test_mine_are_those_i_work_with_or_lead():
    story = new_story()
    child_id = story.register("ada", "Leo", "Hartley", date(2015, 4, 3))
    new = NewEpisode(date(2026, 9, 1), "panel")
    ids = story.call("ada", lambda session: episodes.open_episode(session, [child_id], new))
    bea = story.actors["bea"].worker_id

    def mine(who: str) -> list[str]:
        found = story.call(who, lambda session: families.families(session, Filter("mine")))
        return [each.family for each in found]

    assert (mine("ada"), mine("bea")) == (["Leo Hartley"], [])

    story.call(
        "ada",
        lambda session: leads.name_lead(
            session, ids, name="Bea North", agency="Council", from_on=TODAY, worker_id=bea
        ),
    )

    assert mine("bea") == ["Leo Hartley"]
    story.call(
        "ada",
        lambda session: leads.name_lead(
            session, ids, name="Ms Shah", agency="School", from_on=TODAY, handover="All of it"
        ),
    )
    assert mine("bea") == []


def test_the_lead_and_the_next_review_stand_in_the_row(at_work, listed, hartleys):
    ids = listed["Hartley"]
    stand(at_work.sam, ids, "plan_active")
    done(
        at_work.sam,
        lambda session: leads.name_lead(session, ids, name="Ms Shah", agency="School", from_on=TODAY),
    )
    agreed(at_work.sam, hartleys[0], ids[0], "early-help", "review_on", date(2026, 10, 13))
    agreed(at_work.sam, hartleys[0], ids[0], "taf", "next_on", date(2026, 12, 18))

    (found,) = rows(at_work.sam, Filter("all", text="Hartley"))

    assert (found.lead, found.review_on, found.is_late) == ("Ms Shah", date(2026, 12, 18), False)
    assert names(at_work.sam, Filter("all", late=True)) == []


def test_a_review_that_has_passed_is_overdue_until_the_next_meeting_gives_another(at_work, listed, hartleys):
    ids = listed["Hartley"]
    stand(at_work.sam, ids, "plan_active")
    yesterday = TODAY - timedelta(days=1)
    agreed(at_work.sam, hartleys[0], ids[0], "taf", "next_on", yesterday)
    assert names(at_work.sam, Filter("all", late=True)) == ["Leo and Mia Hartley"]
    assert rows(at_work.sam, Filter("all", late=True))[0].is_late

    agreed(at_work.sam, hartleys[0], ids[0], "taf", "next_on", TODAY, number=2)

    assert names(at_work.sam, Filter("all", late=True)) == []


def test_a_family_that_is_not_reviewed_yet_is_not_overdue(at_work, listed, hartleys):
    agreed(at_work.sam, hartleys[0], listed["Hartley"][0], "early-help", "review_on", date(2026, 10, 13))

    assert names(at_work.sam, Filter("all", late=True)) == []
    assert not any(each.is_late for each in rows(at_work.sam))


def test_pages_follow_one_another_without_gap_or_double(at_work, listed):
    first = rows(at_work.sam, limit=2)
    second = rows(at_work.sam, last=first[-1].number, limit=2)

    assert [each.number for each in (*first, *second)] == [3, 2, 1]
    assert rows(at_work.sam, last=1) == []


def test_a_long_list_takes_no_more_queries_than_a_short_one(at_work, listed):
    def statements(limit: int) -> int:
        counted = []

        def count(*_args) -> None:
            counted.append(1)

        event.listen(at_work.store.engine, "before_cursor_execute", count)
        try:
            rows(at_work.sam, limit=limit)
        finally:
            event.remove(at_work.store.engine, "before_cursor_execute", count)
        return len(counted)

    rows(at_work.sam, limit=1)
    assert statements(2) == statements(3)  # neither page was shown before, so both looks are recorded


def test_who_was_listed_is_recorded(at_work, listed, hartleys):
    rows(at_work.sam, Filter("all", text="Hartley"))

    with at_work.store.session(at_work.sam.actor, purpose="check") as session:
        details = [look.detail for look in session.query(Look) if look.act == "list"]
    assert details[-1] == {
        "list": "All families I may see, with early help open, found by “Hartley”",
        "ids": sorted(each.hex for each in hartleys),
    }


def test_the_filter_in_force_reads_as_a_sentence():
    narrowed = Filter("team", ("plan_active", "in_review"), 3, True, " leo ")

    assert families.filter_words(narrowed) == (
        "My team’s families, with early help open, plan active or in review, level 3, review overdue, "
        "found by “leo”"
    )


# The screen


def opened(qtbot, desk) -> EarlyHelpScreen:
    screen = EarlyHelpScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1182, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


def cells(screen, column=FAMILY) -> list[str]:
    model = screen.page().table().model()
    return [model.index(line, column).data() for line in range(model.rowCount())]


def chip(screen, text) -> FilterChip:
    return next(each for each in screen.findChildren(FilterChip) if each.text() == text)


def said(screen) -> list[str]:
    return [each.text() for each in screen.findChildren(QLabel) if each.isVisible()]


def test_the_screen_lists_my_families_in_words(qtbot, at_work, listed, hartleys):
    stand(at_work.sam, listed["Hartley"][:1], "plan_active")
    agreed(at_work.sam, hartleys[0], listed["Hartley"][0], "taf", "next_on", date(2026, 11, 2))

    screen = opened(qtbot, at_work.sam)

    assert cells(screen) == ["Zoë Łukasz", "Noor Aziz", "Leo and Mia Hartley"]
    assert cells(screen, STATUS)[2] == "Plan active +1"
    assert cells(screen, REVIEW)[2] == "Overdue, 02/11/2026"
    assert "Families of mine, with early help open: 3 families" in said(screen)


def test_enter_opens_the_early_help_tab_of_the_oldest_child(qtbot, at_work, listed, hartleys):
    screen = opened(qtbot, at_work.sam)
    table = screen.page().table()
    table.selectRow(2)

    with qtbot.waitSignal(screen.open_child_tab) as signal:
        QTest.keyClick(table, Qt.Key.Key_Return)

    assert signal.args == [hartleys[0], "Early help"]


def test_chips_lists_and_typing_narrow_the_screen(qtbot, at_work, listed):
    stand(at_work.sam, listed["Aziz"], "closing")
    screen = opened(qtbot, at_work.sam)
    status = next(each for each in screen.findChildren(QComboBox) if each.accessibleName() == "Status")

    status.setCurrentIndex(status.findData("closing"))
    status.activated.emit(status.currentIndex())
    assert cells(screen) == ["Noor Aziz"]
    status.setCurrentIndex(0)
    status.activated.emit(0)

    QTest.keyClicks(screen.findChild(QLineEdit), "hart")
    qtbot.waitUntil(lambda: cells(screen) == ["Leo and Mia Hartley"])

    chip(screen, "Review overdue").click()
    assert cells(screen) == []
    assert "No family here" in said(screen)


def test_an_empty_list_shows_everyone_again(qtbot, at_work, listed):
    screen = opened(qtbot, at_work.sam)
    chip(screen, "Review overdue").click()

    screen.page()._empty.acted.emit()

    assert screen.page().filter == ALL
    assert len(cells(screen)) == 3


def test_star_progress_stands_beside_the_families(qtbot, at_work, listed):
    screen = opened(qtbot, at_work.sam)
    assert screen.page() is screen.page()

    screen.show_tab(1)

    assert screen.page().accessibleName() == "Star progress"
    with qtbot.waitSignal(screen.open_child) as signal:
        screen.page().open_child.emit(listed["Aziz"][0])
    assert signal.args == [listed["Aziz"][0]]


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_screen_opens_in_every_theme_and_every_control_has_a_name(qtbot, qapp, at_work, listed, name):
    theme.apply(qapp, name)
    try:
        screen = opened(qtbot, at_work.sam)
        assert not screen.grab().isNull()
        assert nameless(QAccessible.queryAccessibleInterface(screen.page()), []) == []
    finally:
        theme.apply(qapp, "light")

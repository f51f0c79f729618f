"""The chain of episodes of care: the rules judge each in a worker's words, and what putting right moves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp.looked_after import episode_chain as chains
from caseapp.looked_after import episode_guidance as guidance
from caseapp.looked_after.episode_chain import Beginning, Change, Ending, Stretch
from caseapp.looked_after.episode_rule import About
from caseapp.looked_after.episode_rules import judge, troubles
from tests.care_chains import AMELIA, BEGINNING, MOVE, TODAY, alone, begun, corrected, refused, warned

# The chain


def test_a_sound_history_has_no_trouble():
    chain = chains.change(begun(), MOVE)

    assert judge(AMELIA, chain) == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (chains.LEGAL, "L"), (chains.PLACEMENT, "P"), (chains.SAME_CARER, "T"), (chains.BOTH, "B"),
        (chains.BOTH_SAME_CARER, "U"),
    ],
)  # fmt: skip
def test_the_reason_code_follows_from_what_changed(kind, reason):
    chain = chains.change(begun(), replace(MOVE, kind=kind, legal_status="C1"))

    assert (chain[0].reason_ended, chain[0].ended_on) == ("X1", MOVE.changed_on)
    assert chain[1].reason_started == reason
    assert refused(chain) == set()


def test_a_temporary_move_keeps_the_postcode_and_the_child_goes_back_to_the_same_place():
    away = chains.change(begun(), Change(date(2025, 3, 1), chains.AWAY, placement="T1"))
    back = chains.change(away, Change(date(2025, 3, 5), chains.BACK))

    assert (away[1].provider, away[1].urn, away[1].placement_postcode) == ("", "", "B2 2AA")
    assert back[2].place == back[0].place
    assert [each.reason_moved for each in back] == ["", "", ""]
    assert refused(back) == set()


def test_care_neither_begins_nor_ends_in_a_temporary_move():
    away = chains.change(begun(), Change(date(2025, 3, 1), chains.AWAY, placement="T1"))

    assert ("placement", "Rule 380") in alone(placement="T1", provider="", urn="")
    assert ("reason_ended", "Rule 381") in refused(chains.end(away, Ending(date(2025, 3, 5), "E4A")))


def test_another_placement_right_after_a_temporary_move_is_refused():
    away = chains.change(begun(), Change(date(2025, 3, 1), chains.AWAY, placement="T1"))

    assert ("placement", "Rule 383") in refused(chains.change(away, MOVE))


def test_a_gap_and_an_overlap_are_refused_with_the_days_named():
    first = Stretch(date(2025, 2, 3), "S", "C2", "N1", "U6", "PR1", date(2025, 9, 1), "X1", "CARPL")
    later = Stretch(date(2025, 9, 3), "P", "C2", "N1", "U4", "PR1")

    gap = judge(AMELIA, (first, later))
    overlap = judge(AMELIA, (first, later._replace(started_on=date(2025, 8, 3))))

    assert "01/09/2025" in next(each.words for each in gap if each.rule == "Rule 433")
    assert "03/08/2025" in next(each.words for each in overlap if each.rule == "Rule 501")


def test_an_episode_lasts_a_night_and_ends_after_it_began():
    assert ("ended_on", "Rule 355") in refused(chains.end(begun(), Ending(date(2025, 2, 3), "E4A")))
    assert ("ended_on", "Rule 356") in refused(chains.end(begun(), Ending(date(2025, 2, 2), "E4A")))


def test_an_end_has_a_day_and_a_reason():
    assert ("reason_ended", "Rule 148") in refused(chains.end(begun(), Ending(date(2025, 3, 3), "")))


def test_care_begins_anew_only_after_the_day_on_which_it_ended():
    ended = chains.end(begun(), Ending(date(2025, 3, 3), "E4A"))

    same_day = chains.begin(ended, replace(BEGINNING, started_on=date(2025, 3, 3)))
    next_day = chains.begin(ended, replace(BEGINNING, started_on=date(2025, 3, 4)))
    assert ("started_on", "Rule 431") in refused(same_day)
    assert refused(next_day) == set()


@pytest.mark.parametrize(("reason", "rule"), [("E2", "Rule 437"), ("E11", "Rule 199")])
def test_nothing_follows_a_death_or_an_adoption(reason, rule):
    ended = chains.end(begun(), Ending(date(2025, 3, 3), reason))

    again = chains.begin(ended, replace(BEGINNING, started_on=date(2025, 4, 3)))
    assert ("started_on", rule) in refused(again)


@pytest.mark.parametrize(
    ("kind", "field", "rule"),
    [(chains.LEGAL, "legal_status", "Rule 434"), (chains.PLACEMENT, "placement", "Rule 435"),
     (chains.BOTH, "legal_status", "Rule 436"), (chains.BOTH, "placement", "Rule 436")],
)  # fmt: skip
def test_what_was_to_change_has_to_differ(kind, field, rule):
    same = Change(date(2025, 9, 1), kind, "V2", "U6", "PR1", "B2 2AA", "SC123456", "CARPL")

    assert (field, rule) in refused(chains.change(begun(), same))


def test_a_move_says_why_the_placement_before_ended_and_a_new_order_does_not():
    silent = chains.change(begun(), replace(MOVE, reason_moved=""))
    order = chains.change(begun(), Change(date(2025, 9, 1), chains.LEGAL, "C1"))

    assert ("reason_moved", "Rule 225") in refused(silent)
    assert refused(order) == set()


# Codes and ages


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"started_on": date(2011, 9, 3)}, ("started_on", "Rule 302")),
        ({"started_on": date(2026, 11, 24)}, ("started_on", "Rule 354")),
        ({"legal_status": "XX"}, ("legal_status", "Rule 144")),
        ({"placement": "H5"}, ("placement", "Rule 146")),
        ({"placement": "K3"}, ("placement", "Rule 371")),
        ({"placement": "P1", "provider": "PR0", "urn": ""}, ("placement", "Rule 378")),
        ({"placement": "P1"}, ("provider", "Rule 527")),
        ({"provider": "PR0"}, ("provider", "Rule 550")),
        ({"provider": "PR3"}, ("provider", "Rule 529")),
        ({"placement": "R2"}, ("provider", "Rule 527")),
        ({"placement": "Z12"}, ("provider", "Rule 213")),
        ({"placement": "A6"}, ("placement", "Rule 408")),
        ({"placement": "P3"}, ("placement", "Rule 374")),
        ({"legal_status": "D1"}, ("legal_status", "SSDA903 guide")),
        ({"legal_status": "V4"}, ("placement_postcode", "Rule 214")),
        ({"legal_status": "V4"}, ("home_postcode", "Rule 398")),
        ({"legal_status": "V3", "placement": "U4"}, ("placement", "Rule 384")),
        ({"placement_postcode": "B1 1AA"}, ("placement_postcode", "Rule 392d")),
        ({"placement_postcode": "ZZ9 9ZZ"}, ("placement_postcode", "Rule 392c")),
        ({"urn": "12"}, ("urn", "Rule 1008")),
        ({"placement": "R1"}, ("urn", "Rule 222")),
        ({"placement": "K2", "urn": "XXXXXXX"}, ("urn", "Rule 242")),
        ({"placement_postcode": "EH1 1AA"}, ("urn", "Rule 243")),
    ],
)
def test_what_does_not_go_together_is_refused_with_its_rule(more, expected):
    assert expected in alone(**more)


def test_a_criminal_court_remands_nobody_under_ten_nor_is_custody_or_school_for_the_small():
    small = About(date(2022, 9, 4), TODAY)

    for more, expected in (
        ({"legal_status": "J1"}, ("legal_status", "Rule 358")),
        ({"placement": "R5"}, ("placement", "Rule 372")),
        ({"placement": "S1"}, ("placement", "Rule 373")),
    ):
        assert expected in refused(begun(**more), small)
        assert expected not in refused(begun(**more), AMELIA)


@pytest.mark.parametrize(
    ("reason", "rule"),
    [("E11", "390"), ("E17", "460"), ("E7", "389"), ("E45", "516"), ("E5", "387")],
)
def test_an_end_has_to_fit_the_age_and_the_placement(reason, rule):
    chain = chains.end(begun(placement="K2"), Ending(date(2025, 3, 3), reason))

    assert ("reason_ended", f"Rule {rule}") in refused(chain)


def test_care_ends_by_the_eighteenth_birthday_and_staying_put_begins_on_it():
    adult = About(date(2007, 9, 4), TODAY)

    on_the_day = chains.end(begun(), Ending(date(2025, 9, 4), "E17"))
    after_it = chains.end(begun(), Ending(date(2025, 9, 5), "E17"))
    assert refused(on_the_day, adult) == set()
    assert ("ended_on", "Rule 359") in refused(after_it, adult)
    assert ("", "Rule 359") in warned(begun(), adult)
    assert ("", "Rule 359") not in warned(begun(placement="K2"), adult)


def test_nobody_begins_to_be_looked_after_at_eighteen():
    assert ("started_on", "Rule 352") in refused(begun(), About(date(2007, 2, 3), TODAY))
    assert ("started_on", "Rule 352") not in refused(begun(), About(date(2007, 2, 4), TODAY))


def test_turning_eighteen_is_no_reason_by_itself():
    chain = chains.end(begun(), Ending(date(2025, 9, 4), "E8"))

    assert ("reason_ended", "SSDA903 guide") in warned(chain, About(date(2007, 9, 4), TODAY))


@pytest.mark.parametrize(
    ("law", "days", "rule"), [("L1", 3, "361"), ("L2", 21, "362"), ("L3", 7, "363"), ("J2", 21, "364")]
)
def test_a_short_order_that_lasts_too_long_is_a_warning(law, days, rule):
    started_on = BEGINNING.started_on
    in_time = chains.change(begun(legal_status=law), Change(started_on + timedelta(days), chains.LEGAL, "C1"))
    late = chains.change(
        begun(legal_status=law), Change(started_on + timedelta(days + 1), chains.LEGAL, "C1")
    )

    assert ("legal_status", f"Rule {rule}") not in warned(in_time)
    assert ("legal_status", f"Rule {rule}") in warned(late)


@pytest.mark.parametrize(("code", "days", "rule"), [("T1", 42, "375"), ("T3", 21, "376"), ("T4", 7, "379")])
def test_a_temporary_move_that_lasts_too_long_is_a_warning(code, days, rule):
    away = chains.change(begun(), Change(date(2025, 3, 1), chains.AWAY, placement=code))
    back = chains.change(away, Change(date(2025, 3, 1) + timedelta(days + 1), chains.BACK))
    soon = chains.change(away, Change(date(2025, 3, 1) + timedelta(days), chains.BACK))

    assert ("placement", f"Rule {rule}") in warned(back)
    assert ("placement", f"Rule {rule}") not in warned(soon)


def test_the_carers_third_holiday_in_a_year_is_a_warning():
    chain = begun()
    for month in (3, 5, 7):
        chain = chains.change(chain, Change(date(2025, month, 1), chains.AWAY, placement="T3"))
        chain = chains.change(chain, Change(date(2025, month, 8), chains.BACK))

    found = [each.at for each in judge(AMELIA, chain) if each.rule == "Rule 377"]
    assert found == [5]


def test_what_the_return_asks_for_later_is_no_refusal():
    bare = Beginning(date(2025, 2, 3), "C1", "U6")

    assert refused(chains.begin((), bare)) == set()
    assert {rule for _, rule in warned(chains.begin((), bare))} == {
        "Rule 145", "Rule 526", "Rule 218", "Rule 392b",
    }  # fmt: skip


def test_an_ended_code_stays_lawful_for_the_time_in_which_it_was_used():
    old = begun(started_on=date(2022, 1, 3), placement="H5", provider="PR4")
    sixteen = About(date(2005, 9, 4), date(2023, 1, 1))

    assert refused(old, sixteen) == set()


def test_a_trouble_that_was_there_before_stands_in_nobodys_way():
    imported = begun(provider="PR3")

    later = chains.change(imported, MOVE)
    assert [each for each in troubles(AMELIA, imported, later) if each.refuses] == []


# What the law asks around it


def test_a_move_in_key_stage_4_or_out_of_the_area_asks_for_an_approval():
    on = date(2026, 10, 1)

    assert "reg 10" in " ".join(guidance.before_a_move(AMELIA, on, "in", ""))
    assert "director" in " ".join(guidance.before_a_move(AMELIA, on, "distance", "nominated_officer"))
    assert guidance.before_a_move(AMELIA, on, "distance", "director") == []
    assert "reg 11" in " ".join(guidance.before_a_move(AMELIA, date(2024, 10, 1), "adjoining", ""))
    assert guidance.before_a_move(AMELIA, date(2024, 10, 1), "in", "") == []


def test_who_approves_the_end_of_care_hangs_on_age_order_and_length():
    teenager = About(date(2009, 9, 4), TODAY)
    short, long_ = date(2025, 3, 2), date(2025, 3, 3)  # nineteen and twenty working days

    assert "director" in guidance.before_the_end(teenager, begun(), date(2025, 9, 5), "E4A")
    assert "nominated" in guidance.before_the_end(teenager, begun(legal_status="C2"), date(2025, 9, 5), "E4A")
    assert guidance.before_the_end(AMELIA, begun(), short, "E4A") == ""
    assert "nominated" in guidance.before_the_end(AMELIA, begun(), long_, "E4A")
    assert guidance.before_the_end(AMELIA, begun(), long_, "E11") == ""


def test_at_sixteen_the_dialog_says_what_the_young_person_becomes():
    teenager = About(date(2009, 9, 4), TODAY)

    left = chains.end(begun(), Ending(date(2025, 9, 5), "E6"))
    assert "a relevant child" in guidance.what_follows(teenager, left)
    assert "closed" not in guidance.what_follows(teenager, left)
    assert guidance.what_follows(AMELIA, left).startswith("The record is then closed.")


# Putting right


def test_moving_a_start_moves_the_end_of_the_one_before():
    chain = chains.change(begun(), MOVE)

    mended = chains.put_right(chain, 1, corrected(chain[1], started_on=date(2025, 8, 30)))
    assert mended[0].ended_on == mended[1].started_on == date(2025, 8, 30)
    assert judge(AMELIA, mended) == []


def test_a_mended_legal_status_changes_the_reasons_of_both_its_ends():
    chain = chains.change(begun(), MOVE)

    mended = chains.put_right(chain, 0, corrected(chain[0], legal_status="C1"))
    assert [each.reason_started for each in mended] == ["S", "B"]
    assert refused(mended) == set()


def test_a_mended_category_of_need_is_mended_for_the_whole_time_in_care():
    chain = chains.change(begun(), MOVE)

    mended = chains.put_right(chain, 1, corrected(chain[1], category_of_need="N5"))
    assert [each.category_of_need for each in mended] == ["N5", "N5"]


def test_without_an_episode_in_the_middle_the_one_before_lasts_on():
    chain = chains.change(chains.change(begun(), Change(date(2025, 5, 1), chains.LEGAL, "C1")), MOVE)

    left = chains.take_off(chain, 1)
    assert [(each.reason_started, each.legal_status) for each in left] == [("S", "V2"), ("B", "C1")]
    assert left[0].ended_on == MOVE.changed_on
    assert refused(left) == set()


def test_without_a_temporary_move_the_usual_placement_is_one_stretch_again():
    away = chains.change(begun(), Change(date(2025, 3, 1), chains.AWAY, placement="T1"))
    back = chains.change(away, Change(date(2025, 3, 5), chains.BACK))

    assert chains.take_off(back, 1) == begun()


def test_without_its_first_episode_care_begins_with_the_next():
    chain = chains.change(begun(), MOVE)

    assert [each.reason_started for each in chains.take_off(chain, 0)] == ["S"]

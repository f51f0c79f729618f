"""The colour of an action by rule, and by hand."""

from datetime import date, timedelta

import pytest

from caseapp.action_colours import BY_HAND, COLOURS, WARN_DAYS, colour_of
from caseapp.form_parts.early_help_lists import ACTION_STATUSES

TODAY = date(2026, 11, 23)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("status", "days", "result", "colour"),
    [
        ("done", -30, "", "green"),
        ("done", -30, "partly", "green"),
        ("done", -30, "fully", "blue"),
        ("in_progress", -1, "", "red"),
        ("in_progress", 0, "", "amber"),
        ("not_started", WARN_DAYS, "", "amber"),
        ("not_started", WARN_DAYS + 1, "", "green"),
        ("partly", WARN_DAYS + 1, "", "green"),
        ("not_done", WARN_DAYS + 1, "", "amber"),
        ("partly", -1, "fully", "red"),
        ("not_needed", -1, "", "grey"),
    ],
)
def test_the_rule_gives_the_colour(status, days, result, colour):
    is_over = status in ("done", "not_needed")

    found = colour_of(status, in_days(days), TODAY, is_over=is_over, result=result)

    assert found.colour == colour


def test_an_action_without_a_date_is_never_green():
    assert colour_of("in_progress", None, TODAY)[:2] == ("amber", "No date")


def test_a_colour_by_hand_goes_before_the_rule_with_its_reason():
    found = colour_of("in_progress", in_days(60), TODAY, by_hand="red", by_hand_because="Nobody answers.")

    assert found == ("red", "Late or stuck", "Nobody answers.")


def test_what_is_done_has_no_colour_by_hand():
    found = colour_of("done", in_days(60), TODAY, is_over=True, by_hand="red", by_hand_because="Stuck.")

    assert found.colour == "green"


def test_a_target_that_was_not_reached_is_over_and_says_so():
    assert colour_of("not_done", in_days(-9), TODAY, is_over=True)[:2] == ("grey", "Not done")


def test_every_status_has_words_and_a_reason_beside_its_colour():
    for status, _ in ACTION_STATUSES:
        for by_on in (None, in_days(-1), in_days(1), in_days(90)):
            for is_over in (False, True):
                found = colour_of(status, by_on, TODAY, is_over=is_over)
                assert found.colour in COLOURS
                assert found.words
                assert found.because.endswith(".")


def test_only_open_colours_are_given_by_hand():
    assert set(BY_HAND) == {"green", "amber", "red"}

"""P7: fourteen characters or a generated phrase, a deny list, no composition rules."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.passwords import bits, phrase, problems_with


def listed(name: str) -> list[str]:
    return (files("resources") / "words" / name).read_text("utf-8").split()


@pytest.mark.parametrize(
    "password",
    [
        "tulip-ladder-42-mist",
        "a quiet river under glass",
        "маленькая-ёлка-зима",
        "💙🐶🌈🚲🍎🎈🐢🌻🎵🧩🚀🏠📚⚽",
        "okafor likes green kettles",
    ],
)
def test_p7_a_long_password_of_ones_own_may_be_used(password):
    assert problems_with(password, "Sam Okafor") is None


def test_p7_thirteen_characters_are_too_few_and_fourteen_are_enough():
    assert "14" in (problems_with("tulipladdermi", "Sam") or "")
    assert problems_with("tulipladdermis", "Sam") is None


def test_p7_a_letter_and_its_accent_are_one_character():
    assert problems_with("e\u0301tudes-ladder", "Sam") is not None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Sam Okafor 12345", "name"),
        ("okafor.sam@okafor", "name"),
        ("caseapp-caseapp-2026", "try first"),
        ("Password Password", "try first"),
        ("Correct Horse Battery Staple", "try first"),
        ("You'll Never Walk Alone!1", "try first"),
        ("Y0u’ll N3ver W@lk Al0ne", "try first"),
        ("Manchester2024!", "try first"),
        ("Welcome2025Summer!", "try first"),
        ("qwertyuiop[]asdf", "keyboard"),
        ("poiuytrewq54321", "keyboard"),
        ("1qaz2wsx3edc4rfv", "keyboard"),
        ("aaaaaaaaaaaaaaaaaaab", "repeats"),
        ("sunflower sunflower", "repeats"),
        ("abc abc abc abc abc", "repeats"),
        ("P@ssw0rd P@ssw0rd", "repeats"),
        (" " * 20, "blanks"),
    ],
)
def test_p7_what_is_guessed_first_is_refused_with_its_reason(password, why):
    assert why in (problems_with(password, "Sam Okafor") or "it was accepted")


def test_p7_every_entry_of_the_deny_list_is_refused_also_in_capitals_and_with_a_figure_behind(
    record_property,
):
    denied = listed("denied-passwords.txt")

    assert len(denied) >= 300
    for entry in denied:
        assert problems_with(f"{entry.capitalize()}123!", "Sam Okafor"), entry
    record_property("figure", f"{len(denied)} denied words refused, 14 characters or a phrase")


def test_p2_a_phrase_has_at_least_51_bits_from_a_list_without_doubles():
    words = listed("phrase-words.txt")

    assert bits() >= 51
    assert len(set(words)) == len(words) >= 7000
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)


def test_p2_a_generated_phrase_is_four_words_that_pass_our_own_rules():
    phrases = {phrase() for _ in range(500)}

    assert len(phrases) == 500
    for made in phrases:
        assert len(made.split("-")) == 4
        assert problems_with(made, "Sam Okafor") is None


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_judged_with_a_sentence_or_none(password, user_name):
    answer = problems_with(password, user_name)

    assert answer is None or answer.endswith(".")


@pytest.mark.parametrize("password", ["x" * 200_000, "ab" * 100_000, "\x00" * 14, "😀" * 200_000])
def test_a_hostile_length_is_judged_like_any_other(password):
    answer = problems_with(password, "Sam")

    assert answer is None or answer.endswith(".")

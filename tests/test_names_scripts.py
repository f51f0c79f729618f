"""Every family's name is found and sorted, in whichever writing and from whichever keyboard it comes."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from caseapp import accounts, children, people, words
from caseapp.upkeep import check
from db import names
from db.models import NameToken
from db.names_anew import fold_anew
from tests.story import fast_keys, new_story

ALIKE = {
    "Arabic yeh and Farsi yeh": ("علی", "علي"),
    "alef maksura": ("يحيى", "یحیی"),
    "yeh barree": ("مے", "می"),
    "kaf and keheh": ("کریم", "كريم"),
    "heh goal": ("ہما", "هما"),
    "heh doachashmee": ("بھٹی", "بهٹی"),
    "alef with hamza": ("أحمد", "احمد"),
    "alef with hamza below": ("إبراهيم", "ابراهيم"),
    "alef with madda": ("آمنة", "امنه"),
    "alef wasla": ("ٱلياس", "الياس"),
    "teh marbuta": ("فاطمة", "فاطمه"),
    "hamza alone": ("علاء", "علا"),
    "waw and yeh with hamza": ("رؤى وائل", "روي وايل"),
    "vowel marks": ("مُحَمَّد", "محمد"),
    "tatweel": ("محـــمد", "محمد"),
    "forms of presentation": ("ﻣﺤﻤﺪ", "محمد"),
    "noon ghunna": ("خاں", "خان"),
    "letters of Sorani": ("ڕێبین کەمال", "ريبين كهمال"),
    "Hebrew final letters": ("מרים כהן", "מרימ כהנ"),
    "Hebrew points": ("שָׁלוֹם", "שלום"),
    "a geresh": ("ג׳ורג׳", "ג'ורג'"),
    "a Devanagari nukta": ("ज़ैनब", "जैनब"),
    "a nukta in one letter": ("क़ासिम", "कासिम"),
    "a Bengali nukta": ("রায়", "রায"),
    "full-width letters": ("ＡＮＮＡ", "anna"),
    "full-width digits": ("Ａ１２", "a12"),
    "Arabic digits": ("Ali ٣", "ali 3"),
    "Persian digits": ("۱۲۳", "123"),
    "Devanagari digits": ("१२३", "123"),
    "ayn in Latin letters": ("Saʿid", "said"),
    "Hausa letters": ("Ɓala Ƙwari", "bala kwari"),
    "Azerbaijani schwa": ("Əliyev", "eliyev"),
    "Ewe and Akan letters": ("Kɔfi Ɛsi", "kofi esi"),
    "the Ukrainian g": ("Ґалаґан", "Галаган"),
    "half-width kana": ("ｱﾔｶ", "アヤカ"),
}  # fmt: skip


@pytest.mark.parametrize("case", ALIKE)
def test_letters_that_stand_for_one_are_folded_into_one(case):
    stored, typed = ALIKE[case]

    assert names.fold(stored) == names.fold(typed) != ""


@pytest.fixture(scope="module")
def town():
    """A story whose children are only ever added, so that the tests may share it."""
    return new_story()


def found(story, typed, limit=5_000):
    return {row.id for row in story.call("ada", lambda session: children.find(session, typed, limit))}


@pytest.mark.parametrize("case", ALIKE)
def test_a_child_is_found_from_either_keyboard(town, case):
    for kept, typed in (ALIKE[case], ALIKE[case][::-1]):
        child_id = town.register("ada", kept, "Quill")

        assert child_id in found(town, typed)


TOGETHER = {
    "Chinese, in one": ("小明", "王", ("王小明", "小明王", "王 小明", "小明 王", "王小", "小明", "王 小")),
    "Chinese, written in one": ("", "王小红", ("王 小红", "王小红", "王 小")),
    "Korean": ("민수", "김", ("김민수", "김 민수", "민수", "김민")),
    "Japanese": ("さくら", "山田", ("山田さくら", "山田 さくら")),
    "Thai": ("สมชาย", "ใจดี", ("สมชาย ใจ", "สมชายใจดี", "ใจดี สมชาย")),
    "an apostrophe": ("Seán", "O’Brien", ("obrien", "o brien", "o'brien", "sean o brien", "brien")),
    "a blank for it": ("Seana", "O Brien", ("obrien", "o'brien", "seana obrien", "O Brien")),
    "Mc": ("Fiona", "McDonald", ("mc donald", "mcdonald", "fiona mc donald", "mc donald fiona")),
    "Mc with a blank": ("Fionn", "Mc Donald", ("mcdonald", "fionn mcdonald", "mc donald")),
    "two names of one": ("Abdul Rahman", "Khan", ("abdulrahman", "abdulrahman khan", "khan abdulrahman")),
    "one name of two": ("Abdulrahim", "Khan", ("abdul rahim", "abdul rahim khan", "khan abdul rahim")),
    "a particle": ("Ana", "de la Cruz", ("delacruz", "ana delacruz", "de la cruz", "cruz")),
    "a particle in one": ("Anaïs", "Delacroix", ("de la croix", "anais de la croix")),
    "a hyphen": ("Anne-Marie", "Roe", ("annemarie", "anne marie", "annemarie roe")),
    "a zero-width non-joiner": ("علی‌رضا", "رضایی", ("علیرضا", "علی رضا", "علي رضا رضايي")),
    "Abdullah": ("عبد الله", "نور", ("عبدالله", "عبدالله نور", "نور عبدالله")),
}  # fmt: skip


@pytest.mark.parametrize("case", TOGETHER)
def test_a_name_is_found_with_its_words_together_and_apart(town, case):
    first, family, typed = TOGETHER[case]
    child_id = town.register("ada", first, family)

    for text in typed:
        assert child_id in found(town, text), text


def test_one_child_is_meant_by_a_whole_name_written_in_one_or_apart(town):
    child_id = town.register("ada", "浩然", "欧阳")

    for typed in ("欧阳浩然", "欧阳 浩然", "浩然欧阳"):
        assert town.call("ada", lambda session, text=typed: children.one(session, text)).id == child_id


def test_a_letter_after_a_name_does_not_make_another_name_of_it(town):
    annabel = town.register("ada", "Zannabel", "Smith")

    assert annabel not in found(town, "zann a")
    assert annabel in found(town, "zann abel")


@pytest.mark.parametrize("typed", ["٠٤/٠٥/٢٠١١", "۴.۵.۲۰۱۱", "२०११-०५-०४"])
def test_a_birthday_is_found_in_the_digits_of_any_writing(town, typed):
    child_id = town.register("ada", "Noor", "Hale", date(2011, 5, 4))

    assert child_id in found(town, typed)


def test_a_reference_is_found_in_the_digits_of_any_writing(town):
    child_id = town.register("ada", "Noor", "Hale")
    (row,) = town.call("ada", lambda session: [each for each in children.find(session, "noor hale", 99)
                                               if each.id == child_id])  # fmt: skip
    arabic = str(row.ref).translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})

    assert found(town, arabic) == {child_id}
    assert town.call("ada", lambda session: children.one(session, arabic)).id == child_id


WRITINGS = ("aąbcçdđeéłnoøsşțuüżß", "ابتةثجحدرزسشعغفقكلمنهويیکہىءأإآـ", "אבגדהוזכךלמםנןפףצץ", "अआकगजज़नमरािीु",
            "абвгґдеёжиіїй", "王李小明红英伟欧阳", "가나김민수", "さくらヤマだ")  # fmt: skip
WORD = st.one_of(*(st.text(st.sampled_from(each + "’- "), min_size=1, max_size=8) for each in WRITINGS))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=WORD, family=WORD)
def test_whatever_is_stored_is_found_as_it_is_written_and_by_the_beginning_of_each_word(town, first, family):
    assume(names.fold(f"{first} {family}"))
    child_id = town.register("ada", first, family)

    for typed in (f"{first} {family}", f"{family} {first}", first.strip() + family.strip()):
        is_one = typed == first.strip() + family.strip()
        if names.fold(typed) and (not is_one or "王" <= typed[:1] <= "龥"):
            assert child_id in found(town, typed), typed
    for word in names.fold(f"{first} {family}").split():
        assert child_id in found(town, word[:2]), word


# Sorting


def test_other_writing_stands_after_latin_and_by_letter():
    sorted_names = sorted(
        [
            "علی",
            "Ørsted",
            "Żak",
            "王",
            "Дмитро",
            "Zabel",
            "Əliyev",
            "Łukasz",
            "O’Brien",
            "OBrien",
            "Ali",
            "علي",
        ],
        key=lambda family: (names.sort_name("", family), family),
    )

    assert sorted_names == [
        "Ali", "Əliyev", "Łukasz", "OBrien", "O’Brien", "Ørsted", "Zabel", "Żak",
        "Дмитро", "علي", "علی", "王",
    ]  # fmt: skip


@given(st.text(st.sampled_from("abcłdøşțıəɔɓñçéüñßœæþðħŋŧƙƴɛɣŵỳ"), min_size=1, max_size=10))
def test_every_latin_letter_of_a_living_language_is_sorted_among_the_plain_ones(word):
    assert names.sort_name("", word).isascii()


MARKS = st.sampled_from(["", "\u0301", "\u0308", "\u0327", "'", "’"])


@given(st.lists(st.tuples(st.sampled_from("abcdefgmnostuz"), MARKS, st.booleans()), min_size=1, max_size=10))
def test_case_marks_and_apostrophes_do_not_split_a_family(letters):
    plain = "".join(letter for letter, _, _ in letters)
    written = "".join((letter.upper() if is_large else letter) + mark for letter, mark, is_large in letters)

    assert names.sort_name("Ada", written) == names.sort_name("ada", plain)


def test_a_particle_and_a_mc_are_sorted_as_they_are_typed():
    families = ["van der Berg", "Vance", "Mcdonald", "MacDonald", "Mbeki", "McDonald"]

    assert sorted(families, key=lambda each: names.sort_name("", each)) == [
        "MacDonald", "Mbeki", "Mcdonald", "McDonald", "van der Berg", "Vance",
    ]  # fmt: skip


def test_the_list_is_in_one_order_however_long_its_pages_are():
    story = new_story()
    for family in ("علی", "Łukasz", "علي", "Lukasz", "王", "LUKASZ", "O’Brien", "OBrien"):
        story.register("ada", "Kit", family)

    def listed(session, most):
        rows, last = [], None
        while page := children.page(session, children.Filter(), last, most):
            rows += [row.name for row, _ in page]
            last = page[-1][1]
        return rows

    (whole,) = {
        tuple(story.call("ada", lambda session, most=each: listed(session, most))) for each in (1, 3, 99)
    }
    assert len(whole) == 8
    assert [name.split()[-1] for name in whole[-3:]] == ["علی", "علي", "王"]


# Stores whose names an older program folded

OLDER = {"رضایی علی", "علی", "رضایی", "=رضایی علی", "=علی رضایی", "~علی", "~رضای", "r:10009"}
"""What the program of the fifth schema wrote for علی رضایی."""
SOUGHT = ("علي", "رضايي علي", "علی رضایی", "abdulrahman", "khan")


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A kept store, with a child whose tokens are as the older program wrote them."""
    fast_keys(monkeypatch)
    kept = Path(__file__).parent / "data" / "stores" / "0005"
    shutil.copytree(kept, tmp_path / "old")
    path = tmp_path / "old" / "first.caseapp"
    signed_in = accounts.sign_in(path, "marek", "gravel-otter-window-nine")
    new = children.NewChild("علی", "رضایی", date(2013, 5, 4))
    with signed_in.store.session(signed_in.actor) as session:
        child_id = children.register(session, new).id
        people.add_former_name(session, child_id, "Abdul Rahman", "Khan")
    with signed_in.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM name_token WHERE child_id = ?", (child_id.bytes,))
        for token in OLDER:
            row = (token, "رضایی علی", child_id.bytes)
            connection.exec_driver_sql("INSERT INTO name_token VALUES (?, ?, ?)", row)
        connection.exec_driver_sql("DELETE FROM setting WHERE name = 'names_folded_as'")
    signed_in.close()
    return path, child_id


def test_a_store_of_an_older_folding_finds_by_the_new_one_once_somebody_signed_in(older):
    path, child_id = older
    signed_in = accounts.sign_in(path, "marek", "gravel-otter-window-nine")
    try:
        with signed_in.store.session(signed_in.actor) as session:
            by = {typed: [row.id for row in children.find(session, typed)] for typed in (*SOUGHT, "hartley")}
            tokens = set(session.scalars(select(NameToken.token).where(NameToken.child_id == child_id)))
            again = fold_anew(session)  # nothing is left to do
        report = check(signed_in)
    finally:
        signed_in.close()

    assert all(child_id in by[typed] for typed in SOUGHT)
    assert by["hartley"]
    assert not tokens & {"علی", "رضایی", "~علی"}  # what nothing makes any more is gone
    assert (again, report.faults) == (0, [])


def test_what_folding_anew_writes_is_what_a_child_just_changed_would_have():
    story = new_story()
    for first, family in (("Anne-Marie", "O’Neill"), ("علی", "رضایی"), ("小明", "王"), ("Ann", "Lee")):
        child_id = story.register("ada", first, family, address="1 Mews", postcode="QX1 2AB")
        story.call("ada", partial(settle_in, child_id=child_id))
    asked = "SELECT token, sort_name, child_id FROM name_token ORDER BY 1, 2, 3"
    before = story.raw(asked)
    with story.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM name_token WHERE length(token) > 4")
        connection.exec_driver_sql("INSERT INTO name_token SELECT 'old', sort_name, id FROM child")

    with story.store.session(story.actors["ada"], purpose="rebuild") as session:
        looked_at = fold_anew(session)

    assert story.raw(asked) == before
    assert looked_at == 4  # Ann Lee too: the school's name has a mark


def settle_in(session, child_id):
    people.add_former_name(session, child_id, "Zé", "da Silva")
    school = people.add_school(session, "Ysgol Tŷ Coch")
    people.start_school(session, child_id, school, date(2024, 9, 1))


# On the screen


@pytest.mark.parametrize("name", ["علی رضایی", "כהן", "Sara علی"])
def test_a_name_from_right_to_left_is_kept_apart_from_what_stands_beside_it(name):
    assert words.isolated(name) == f"\u2068{name}\u2069"


@pytest.mark.parametrize("name", ["Amelia Kowalska", "Łukasz", "王小明", "Дмитро", ""])
def test_any_other_name_stands_as_it_is(name):
    assert words.isolated(name) == name

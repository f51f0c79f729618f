"""Writing of every family on paper: letters that join, stack, or run right to left."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from caseapp.paper import Block, Heading, directions, fonts, mixed, record_pdf, scripts, wording
from caseapp.paper.recovery_sheet import recovery_sheet_pdf
from tests.pdf_reading import fonts as fonts_of
from tests.pdf_reading import told, words_of

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEADING = Heading("Plan", "Kit Moran", date(2012, 5, 4), "10001", printed_by="Ada", printed_at=AT)
SAID = {
    "Urdu": "میری بیٹی اسکول جانا چاہتی ہے، لیکن وہ ڈرتی ہے۔",
    "Arabic": "ابنتي تنام الآن، والمدرسة بعيدة.",
    "Farsi": "او می‌خواهد با خانواده‌اش زندگی کند.",
    "Pashto": "زه غواړم چې خپل ورور سره ووینم.",
    "Kurdish": "من دەمەوێت لەگەڵ خێزانەکەم بژیم.",
    "Hebrew": "הילדה רוצה הביתה, אמרה אמא.",
    "Hindi": "क्षत्रिय विद्यार्थी को हिन्दी श्रृंखला अच्छी लगती है।",
    "Bengali": "ক্ষুধার্ত শিশুরা শ্রেণীকক্ষে ঘুমায়।",
    "Punjabi": "ਪ੍ਰੀਤ ਸਕੂਲ ਜਾਣਾ ਚਾਹੁੰਦੀ ਹੈ, ਪਰ ਡਰਦੀ ਹੈ।",
    "Gujarati": "મારી દીકરીને શાળાએ જવું છે, વિદ્યાર્થી.",
    "Tamil": "என் மகள் பள்ளிக்குச் செல்ல விரும்புகிறாள்.",
    "Telugu": "నా కుమార్తె పాఠశాలకు వెళ్లాలనుకుంటోంది.",
    "Kannada": "ನನ್ನ ಮಗಳು ಶಾಲೆಗೆ ಹೋಗಲು ಬಯಸುತ್ತಾಳೆ.",
    "Malayalam": "എന്റെ മകൾക്ക് സ്കൂളിൽ പോകണം.",
    "Sinhala": "මගේ දුවට ශ්‍රී ලංකා පාසල් යාමට අවශ්‍යයි.",
    "Thai": "ลูกสาวของฉันกลัวน้ำ",
    "Lao": "ລູກສາວຂອງຂ້ອຍຢ້ານ.",
    "Khmer": "កូនស្រីខ្ញុំចង់ទៅសាលារៀន។",
    "Burmese": "ကျွန်မသမီးက ကျောင်းသွားချင်တယ်။",
    "Tigrinya": "ጓለይ ናብ ቤት ትምህርቲ ክትከይድ ትደሊ።",
    "Chinese": "我女儿想去上学，但是她害怕。",
    "Korean": "우리 딸은 학교에 가고 싶어 합니다.",
    "Japanese": "娘は学校に行きたいのです。",
}
PLAIN = {
    "Greek": "Η κόρη μου θέλει να πάει σχολείο.",
    "Ukrainian": "Моя донька хоче до школи, її звати Їжачок.",
    "Polish": "Moja córka chce chodzić do szkoły w Łodzi.",
    "Armenian": "Աղջիկս ուզում է դպրոց գնալ։",
    "Georgian": "ჩემს გოგონას სკოლაში წასვლა უნდა.",
    "Vietnamese": "Con gái tôi muốn đi học.",
}


def bare(text: str) -> str:
    """Return the letters alone: readers of a page set spaces and joiners as they see them."""
    return "".join(
        each for each in text if not each.isspace() and unicodedata.category(each) not in ("Cf", "Cc")
    )


def spoken(text: str) -> bytes:
    return record_pdf(HEADING, [Block("Her words", paragraphs=(text,))])


@pytest.mark.parametrize("language", [*SAID, *PLAIN])
def test_each_familys_writing_is_printed_and_read_back(language):
    text = {**SAID, **PLAIN}[language]

    pdf = spoken(text)

    assert bare(text) in bare(words_of(pdf))
    assert all(fonts_of(pdf).values())


@pytest.mark.parametrize("language", SAID)
def test_who_hears_a_page_hears_each_letter_that_was_typed_and_in_which_language(language):
    ((words, spoken_in),) = [each for each in told(spoken(SAID[language])) if each[0] != "Kit Moran"]

    assert words == SAID[language]
    assert spoken_in in (*scripts.LANGUAGES.values(), "und")


def test_a_quote_within_an_english_sentence_keeps_its_numbers_and_brackets():
    text = "Mum said: “میری بیٹی (12 مارچ) اسکول ہے” and left at 10:30 (tired)."

    pdf = spoken(text)

    assert "Mum said:" in words_of(pdf)
    assert "and left at 10:30 (tired)." in words_of(pdf)
    assert told(pdf) == [(text, "")]  # most of it is English, the language of the document


def test_other_letters_stand_in_tables_facts_titles_and_edges():
    name = "محمد رفیق"
    heading = replace(
        HEADING, child_name=name, subtitle=f"of {name}", facts=(("Name", name),), status="draft"
    )
    rows = (("Who", "Said"), *((name, each) for each in SAID.values()))

    pdf = record_pdf(heading, [Block(f"{name} and Kit", table=rows, quotes=(("Her words", SAID["Tamil"]),))])

    heard = [words for words, _ in told(pdf)]
    assert set(SAID.values()) < set(heard)
    assert heard.count(name) == len(rows)
    assert {f"of {name}", f"{name} and Kit"} < set(heard)
    assert "04/05/2012 ref 10001" in words_of(pdf)
    assert "محمد" in words_of(pdf)


def test_what_is_said_of_somebody_reads_from_left_to_right_whatever_the_name_is_written_in(monkeypatch):
    ways, real = {}, wording.directions.levels

    def noted(text, way):
        ways[text] = way
        return real(text, way)

    monkeypatch.setattr(wording.directions, "levels", noted)
    name = "أميليا محمد کووالسکا"
    heading = replace(HEADING, title=f"{name}’s plan", subtitle=f"{name}, 15 years 2 months")

    record_pdf(heading, [Block(f"{name}’s words", paragraphs=(name,))])

    assert ways[name] == 1
    assert {way for text, way in ways.items() if text != name} == {0}


def test_a_store_with_an_arabic_name_gets_its_recovery_sheet():
    assert "بيت" in words_of(recovery_sheet_pdf("ABCD-EFGH", "بيت", AT))


def test_the_program_that_checks_for_readers_finds_nothing():
    pdf = record_pdf(HEADING, [Block("Words", table=(("A", "B"), *SAID.items()))])

    assert not validate(BytesIO(pdf)).findings


def test_a_file_without_such_letters_names_no_font_for_them_and_reads_none():
    code = (
        "from caseapp.paper import Heading, Block, record_pdf, scripts\n"
        "record_pdf(Heading('Plan', 'Zoë', None, '1'), [Block('Words', paragraphs=('Їжачок ☐ “ok”',))])\n"
        "assert not scripts._FACES, scripts._FACES"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


LETTERS = [
    letter
    for first, last, family in scripts.RANGES
    for letter in map(chr, range(first, last + 1, 7 if family != "DroidSansFallback" else 211))
    if scripts.font_of(letter, is_heavy=False)
]


@given(st.text(st.sampled_from([*LETTERS, *" ab1(“”)«-./\u200c\u200d\u0301"]), min_size=1, max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_text_of_these_letters_is_printed_and_none_is_lost(text):
    shown = fonts.shown(text)
    words = directions.levels(shown, directions.base(shown))

    pdf = record_pdf(replace(HEADING, subtitle=text), [Block("Words", table=(("A", "B"), (text, "x")))])

    assert fonts.missing(text) == []
    assert sorted(directions.seen_order(words)) == list(range(len(shown)))
    assert pdf


@pytest.mark.parametrize(
    ("text", "way", "levels"),
    [
        ("abc", 0, "000"),
        ("ab אב", 0, "00011"),
        ("ab אב", 1, "22111"),
        ("אב 12", 0, "11122"),
        ("ا 12/3", 0, "112222"),
        ("אב (12) a", 0, "111122100"[:8] + "0"),
        ("a (אב) b", 0, "00011000"),
        ("אב (ab) א", 1, "111122111"[:4] + "22111"),
        ("12% א", 1, "22211"),
        ("א\u0301 a", 0, "1100"),
        ("١٢ a", 1, "2212"),
    ],
)
def test_letters_run_as_the_algorithm_says(text, way, levels):
    assert "".join(map(str, directions.levels(text, way))) == levels


@pytest.mark.parametrize(
    ("levels", "seen"), [("000", [0, 1, 2]), ("0110", [0, 2, 1, 3]), ("1221", [3, 1, 2, 0]), ("", [])]
)
def test_a_line_is_seen_in_the_order_that_its_levels_say(levels, seen):
    assert directions.seen_order([int(each) for each in levels]) == seen


def test_an_english_sentence_that_begins_with_a_name_in_arabic_stays_english():
    assert directions.base("محمد is well and goes to school.") == 0
    assert directions.base("محمد رفيق, Hill") == 1


def rendered(text: str, heading: Heading = HEADING) -> tuple[float, float]:
    """Return how far from the left and the right edge the words of a paragraph stand, in points."""
    with pypdfium2.PdfDocument(record_pdf(heading, [Block("Words", paragraphs=(text,))])) as document:
        page = document[0]
        words = page.get_textpage()
        boxes = [words.get_charbox(at) for at in range(words.count_chars())]
        among = [box for box in boxes if 640 < box[1] < 700 and box[2] > box[0]]
        return min(box[0] for box in among), page.get_width() - max(box[2] for box in among)


def test_writing_from_right_to_left_begins_at_the_right_and_a_name_stays_with_its_label():
    left, right = rendered(SAID["Urdu"])
    assert right < left
    left, right = rendered("محمد رفیق")
    assert left < right


def test_chinese_breaks_where_the_line_ends_and_never_before_a_stop():
    lines = spoken_lines(SAID["Chinese"] * 12)

    assert len(lines) > 3
    assert not any(line.startswith(("，", "。")) for line in lines)


def spoken_lines(text: str) -> list[str]:
    with pypdfium2.PdfDocument(spoken(text)) as document:
        found = document[0].get_textpage().get_text_range()
    return [line.strip() for line in found.splitlines() if re.search("[一-龥]", line)]


def test_a_joiner_stays_between_letters_that_it_joins_and_goes_from_pictures():
    assert fonts.shown("می\u200cخواهد") == "می\u200cخواهد"
    assert fonts.shown("a\u200db") == "ab"
    assert "\u200d" not in fonts.shown("👩\u200d👧")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Step 1\ufe0f\u20e3", "Step 1‹combining enclosing keycap›"),
        ("①", "‹circled digit one›"),
        ("◽ done", "‹white medium small square› done"),
        ("🏴\U000e0067\U000e0062\U000e007f", "‹waving black flag›gb"),
        ("𝓛𝓾𝓬𝔂", "Lucy"),
    ],
)
def test_no_sign_of_a_telephone_stops_a_print(typed, told):
    assert fonts.shown(typed) == told
    assert fonts.missing(typed) == []


def test_signs_of_direction_are_heeded_in_such_writing_alone():
    assert fonts.shown("אב\u200f!") == "אב\u200f!"
    assert fonts.shown("ab\u200f!") == "ab‹RLM›!"
    assert fonts.shown("אב\u202e!") == "אב‹RLO›!"


def test_only_the_shapes_that_were_drawn_are_in_the_file():
    with pikepdf.open(BytesIO(spoken("我"))) as document:
        sizes = [
            len(each.FontFile2.read_bytes())
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "Droid" in str(each.get("/FontName", ""))
        ]

    assert len(sizes) == 1
    assert sizes[0] < 5_000


def test_each_family_of_fonts_on_paper_has_its_licence_beside_it():
    folder = files("resources") / "fonts"

    assert "Noto Naskh Arabic" in (folder / "OFL-Noto.txt").read_text(encoding="utf-8")
    assert "Apache License" in (files("resources") / "licences" / "Apache-2.0.txt").read_text(
        encoding="utf-8"
    )
    names = {path.name for path in (folder / "paper").iterdir()}
    assert names == {
        f"{scripts.font_of(each, is_heavy=way)}.ttf" for each in LETTERS for way in (False, True)
    }


def test_brackets_are_drawn_the_other_way_round_where_writing_runs_right_to_left(monkeypatch):
    drawn, real = [], mixed.plain_code

    def noted(canvas, font, text, size):
        drawn.append(text)
        return real(canvas, font, text, size)

    monkeypatch.setattr(mixed, "plain_code", noted)

    spoken("אב (גד 12) הו")

    assert [each for each in drawn if each in ("(", ")", "12")] == [")", "12", "("]


def test_a_heading_in_another_script_is_heavy_where_there_is_a_heavy_font():
    named = " ".join(fonts_of(record_pdf(HEADING, [Block("हिन्दी தமிழ் ไทย")])))

    assert "NotoSansDevanagari-Bold" in named
    assert "NotoSansTamil-Bold" in named
    assert "NotoSansThai-Regular" in named


def test_letters_join_and_stack():
    arabic, hindi = scripts.face("NotoNaskhArabic-Regular"), scripts.face("NotoSansDevanagari-Regular")

    assert len({each.number for each in arabic.shaped("ببب", is_turned=True).glyphs}) > 2
    assert len(hindi.shaped("क्ष", is_turned=False).glyphs) == 1
    assert [each.letters for each in hindi.shaped("हि", is_turned=False).glyphs] == ["ह", "ि"]

"""Hostile texts (P22, P25) through every field: kept, found, shown, printed, sent out, or refused."""

import csv
import io
import json
import re
import unicodedata
from dataclasses import fields as columns
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from sqlalchemy import event, inspect

from caseapp import (
    children,
    holidays,
    levels,
    notes,
    paper,
    people,
    plan_reading,
    plans,
    typed_rows,
    user_accounts,
    words,
)
from caseapp.children import Filter
from caseapp.education import records as school_records
from caseapp.education.new_rows import NewAttainment, NewProvision, NewTimetable
from caseapp.form import Rows, Text
from caseapp.forms import FORMS_BY_KEY
from caseapp.front_door import contacts
from caseapp.front_door.new_rows import NewCheck, NewContact
from caseapp.looked_after import records as care_records
from caseapp.notes import NewNote
from caseapp.paper import fonts
from caseapp.pathway import new_rows as leaving
from caseapp.pathway import records as leaving_records
from caseapp.sheets import Sheet, csv_bytes, xlsx_bytes
from caseapp.supervision import cases, sessions
from caseapp.supervision.new_rows import NewCase, NewSession
from caseapp.work import Problem
from db.check import check
from tests.care_story import CareStory
from tests.figures import figure
from tests.hostile import LONG, TEXTS
from tests.pathway_life import young_person
from tests.pdf_reading import holds_pictures_or_links, words_of
from tests.story import new_story
from ui.parts import ElidedLabel, Muted, Title, plain
from ui.plain_tips import PlainTips

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
EVERY = figure(120, len(TEXTS))
SHORT = [text for text in TEXTS if text not in LONG]
CHOSEN = [*SHORT[:: max(1, len(SHORT) // (EVERY - len(LONG)))], *LONG]
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def test_p25_a_hundred_and_twenty_texts_are_tried():
    assert len(CHOSEN) >= 120
    assert any(text.startswith("＝") for text in CHOSEN)


# Forms


def _in_every_question(form, texts):
    """Return answers with another text in every question for words, and which stands where."""
    answers, stands = {}, {}
    for field in form.fields:
        if isinstance(field, Text):
            answers[field.key] = stands[field.key] = next(texts)
        elif isinstance(field, Rows):
            row = {each.key: next(texts) for each in field.fields if isinstance(each, Text)}
            if row:
                answers[field.key] = [row]
                stands |= {(field.key, key): text for key, text in row.items()}
    return answers, stands


def _held(answers, key):
    """Return what answers hold in a question, or in a question of its first row."""
    if isinstance(key, str):
        return answers.get(key)
    rows = answers.get(key[0])
    return rows[0].get(key[1]) if rows else None


def test_p25_every_text_in_every_question_of_every_form_is_kept_or_refused_in_words(record_property):
    tried = 0
    for form in FORMS_BY_KEY.values():
        many = len(_in_every_question(form, iter([""] * 10_000))[1])
        for start in range(0, len(CHOSEN), figure(max(1, many), 1)):
            texts = iter(CHOSEN[start:] + CHOSEN * (many // len(CHOSEN) + 2))
            raw, stands = _in_every_question(form, texts)
            kept, troubles = form.clean(raw, today=TODAY)
            asked = {each.key for _, each in form.asked(kept)}
            refused = {each.key for each in troubles}
            assert all(each.words.endswith((".", "…")) for each in troubles)
            assert json.loads(json.dumps(kept)) == kept
            for key, text in stands.items():
                tried += 1
                name, found = (key if isinstance(key, str) else key[0]), _held(kept, key)
                as_typed = kept.get(name) == raw[name]
                assert as_typed or found == (words.tidy(text).rstrip() or None), (
                    form.key,
                    key,
                    ascii(text[:40]),
                )
                # What stays as it was typed because it cannot be taken is said so, where it is asked.
                is_fit = found is None or found == words.tidy(found).rstrip()
                assert is_fit or name in refused or name not in asked, (form.key, key, ascii(text[:40]))

    record_property("figure", f"{tried:,} texts in questions of {len(FORMS_BY_KEY)} forms, 0 lost or altered")
    assert tried > 2_000


@pytest.fixture(scope="module")
def county():
    story = new_story(TODAY)
    return story, story.register("ada", "Leyla", "Haddad", date(2012, 5, 4))


def test_p25_every_form_holds_in_a_draft_what_was_put_into_each_question(county):
    story, _ = county
    texts = iter(CHOSEN * 50)
    for number, form in enumerate(FORMS_BY_KEY.values()):
        child_id = story.register("ada", "Kit", f"Moran{number}", date(2009, 5, 4))
        raw, _ = _in_every_question(form, texts)
        try:
            draft = story.call(
                "ada", partial(plans.start, child_id=child_id, kind=form.kind, form_key=form.key)
            )
        except Problem:
            continue  # a document that is not for this child: its form was tried above
        view = story.call("ada", partial(plan_reading.open_plan, revision_id=draft))
        story.call("ada", partial(plans.keep_typing, revision_id=draft, opened=view.version, answers=raw))
        story.call("ada", partial(plans.save, revision_id=draft, opened=view.version, raw=raw))
        kept = story.call("ada", partial(plan_reading.open_plan, revision_id=draft)).answers
        wanted, _ = view.form.clean(raw, today=TODAY)
        for key in raw:
            assert _composed(kept.get(key)) == _composed(wanted.get(key)), (form.key, key)

    assert check(story.store).faults == []


def _composed(value):
    return json.loads(unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False)))


# Rows of the record, each through its use case


AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
DAY, LATE = date(2026, 11, 2), date(2026, 6, 1)


def _captured():
    """Return the story of a child in care, and a good row of each kind that was typed in telling it."""
    found, real = {}, typed_rows.add

    def kept(session, kinds, child_id, new):
        found.setdefault(type(new), new)
        return real(session, kinds, child_id, new)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typed_rows, "add", kept)
        care = CareStory()
    return care, found


def check_words(problem):
    """Demand that a refusal is a sentence, and not the text thrown back."""
    assert problem.words.endswith((".", "…")), problem.words[-200:]
    assert len(problem.words) < 1_000, problem.words[:100]


def _written(new):
    return [each.name for each in columns(new) if isinstance(getattr(new, each.name), str)]


class Record:
    """Two children, and the ways of typing words into their records: what it is called, who types, how."""

    def __init__(self):
        care, in_care = _captured()
        self.story, self.kezia = care.story, care.kezia
        self.leaver = young_person(self.story)
        self.school = self.story.call("ada", lambda session: people.add_school(session, "Weir School"))
        (self.contact,) = self.story.call("ada", lambda session: self._contact(session, _CONTACT))
        self.ways = [
            *(self._way("ada", new, name, self._care) for new in in_care.values() for name in _written(new)),
            *(self._way(who, new, name, put) for who, new, put in self._others() for name in _written(new)),
        ]

    def _way(self, who, new, name, put):
        return (
            f"{type(new).__name__}.{name}",
            who,
            lambda session, text: put(session, replace(new, **{name: text})),
        )

    def _others(self):
        for new in (
            leaving.NewLeavingEvent("settled_home", LATE),
            leaving.NewHome("U", LATE, suitable=True, lines="1 Mill Lane"),
            leaving.NewActivity("F2", LATE),
            leaving.NewInTouch("YES", DAY),
            leaving.NewMoney("spent", DAY, 100, "A kettle"),
        ):
            yield "ada", new, self._leaves
        yield "ada", NewProvision("The Forge", LATE, days=2, minutes=600), self._learns
        yield "ada", NewTimetable(self.school, LATE, date(2026, 7, 1), 900, 1500, "Building up"), self._learns
        yield "ada", NewAttainment("Maths", DAY, "school", "5"), self._learns
        yield "max", NewCase(DAY, "Spoke about him"), self._case
        yield "max", NewSession("personal", None, DAY, words="Spoke"), self._session
        yield "ada", NewCheck(self.contact, "health", AT), self._check
        yield "ada", _CONTACT, self._contact
        yield "ada", NewNote(DAY, "note", "Rang."), self._note

    def _care(self, session, new):
        return care_records.add(session, self.kezia, new)

    def _leaves(self, session, new):
        return leaving_records.add(session, self.leaver, new)

    def _learns(self, session, new):
        return school_records.add(session, self.leaver, new)

    def _case(self, session, new):
        return cases.add(session, self.leaver, new)

    def _session(self, session, new):
        return sessions.add(session, self.story.actors["ada"].worker_id, new)

    def _check(self, session, new):
        return contacts.add_check(session, new)

    def _contact(self, session, new):
        return contacts.take(session, [self.leaver], new)

    def _note(self, session, new):
        return notes.add(session, self.leaver, new)

    def typed(self, who, put, text):
        """Type a text in, and return whether it was kept: found in the store again, or refused in words."""

        made = []

        def use_case(session):
            event.listen(session, "pending_to_persistent", lambda _, row: made.append(row))
            try:
                given = put(session, text)
                row_id = given[0] if isinstance(given, list) else given
                session.flush()
                (row,) = [each for each in made if inspect(each).identity == (row_id,)]
                session.refresh(row)
                return {value for value in _texts_of(row) if value}
            except Problem as problem:
                check_words(problem)
                return None
            finally:
                session.rollback()

        return self.story.call(who, use_case)


def _texts_of(row):
    for column in row.__table__.columns:
        value = getattr(row, column.key)
        if isinstance(value, str):
            yield value


_CONTACT = NewContact(AT, "1A", "Worried")


@pytest.fixture(scope="module")
def record():
    return Record()


def test_p25_every_text_in_every_row_that_is_typed_is_kept_or_refused_in_words(record, record_property):
    texts, kept, refused = iter(CHOSEN * 10_000), 0, 0
    for what, who, put in record.ways:
        for text in ["Łucja « a < b »", *(next(texts) for _ in range(figure(3, len(CHOSEN))))]:
            found = record.typed(who, put, text)
            if found is None:
                refused += 1
                continue
            kept += 1
            # In one line, or with its lines; a text that is nothing but blanks says nothing.
            wanted = {" ".join(words.tidy(text).split()), words.tidy(text).strip()}
            assert found & wanted or not wanted - {""}, (what, ascii(text[:40]), ascii(str(found)[:200]))
    record_property(
        "figure", f"{kept + refused} texts in {len(record.ways)} fields, 0 altered, {refused} refused"
    )
    assert kept > refused > 0
    assert check(record.story.store).faults == []


def test_p25_settings_and_people_are_called_what_was_typed_or_it_is_refused_in_words(record):
    made = 0
    for text in CHOSEN:
        ways = (
            ("settings", lambda session, text=text: levels.rename(session, 2, text)),
            (
                "users",
                lambda session, text=text: user_accounts.add_worker(session, name=text, job=text, team=text),
            ),
            ("settings", lambda session, text=text: holidays.add(session, date(2027, 3, 3), text, "closure")),
        )
        for purpose, way in ways:
            try:
                record.story.call("amy", lambda session, way=way: _and_back(session, way), purpose=purpose)
                made += 1
            except Problem as problem:
                check_words(problem)
    assert made > len(CHOSEN)


def _and_back(session, way):
    way(session)
    session.flush()
    session.rollback()


# Search and sort


def test_p25_children_of_any_name_stand_in_the_list_once_and_are_found_by_it():
    story, held = new_story(TODAY), {}
    for text in CHOSEN:
        try:
            held[story.register("ada", "Kit", text, date(2012, 5, 4))] = text
        except Problem:
            continue

    def pages(session):
        found, last = [], None
        while some := children.page(session, Filter(), last, limit=7):
            found += [row for row, _ in some]
            last = some[-1][1]
        return found

    listed = story.call("ada", pages)
    assert sorted(row.id for row in listed) == sorted(held)
    for row in listed[:: figure(5, 1)]:
        found = story.call("ada", lambda session, name=row.name: children.find(session, name, 500))
        assert row.id in {each.id for each in found}, ascii(row.name)
    assert len(held) > 60


# Show


def test_p25_words_of_people_are_never_markup_on_a_screen(qtbot):
    hostile = "<b>x</b> <img src='file:///etc/hostname'>"
    application, tips = QApplication.instance(), PlainTips()
    application.installEventFilter(tips)
    try:
        under = QWidget()
        qtbot.addWidget(under)
        under.show()
        QToolTip.showText(QPoint(5, 5), hostile, under)
        (tip,) = [
            each for each in application.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible()
        ]
        assert (tip.text(), tip.textFormat()) == (hostile, Qt.TextFormat.PlainText)
    finally:
        application.removeEventFilter(tips)
        QToolTip.hideText()
    for made in (plain(hostile), Title(hostile), Muted(hostile), ElidedLabel(hostile)):
        qtbot.addWidget(made)
        assert (made.text(), made.textFormat()) == (hostile, Qt.TextFormat.PlainText)


GUESSES = re.compile(
    r"\b(QLabel|QMessageBox|QTextBrowser|QErrorMessage|QWhatsThis)\(|\.(setHtml|insertHtml|setMarkdown|setWhatsThis)\("
    r"|TextFormat\.(RichText|AutoText|MarkdownText)"
)


def test_p25_no_screen_makes_a_label_that_guesses_whether_it_is_given_markup():
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "ui").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if GUESSES.search(line) and "class " not in line
    ]

    assert found == [
        "ui/basics.py: label = QLabel(parent)",  # in `plain`, which says that it is plain text
    ]
    assert "PlainTips(app)" in (ROOT / "ui" / "app.py").read_text(encoding="utf-8")


# Paper


def _bare(text):
    """Return the letters of a text alone: a page breaks lines where it has to."""
    return "".join(unicodedata.normalize("NFKC", text).split())


NO_FONT = ("བོད་ཡིག", "ⵜⵉⴼⵉⵏⴰⵖ", "ދިވެހި")  # Tibetan, Tifinagh, Thaana


def test_p25_paper_says_every_letter_that_was_written_or_names_the_one_it_has_not(record_property):
    printed, refused = 0, 0
    able = [text for text in (*CHOSEN, *NO_FONT) if text not in LONG and words.tidy(text).strip()]
    fit, unfit = [], []
    for text in able:
        (unfit if fonts.missing(words.tidy(text)) else fit).append(text)
    stay = [text for text in fit if _reads_rightward(text)]
    for form in list(FORMS_BY_KEY.values())[:: figure(4, 1)]:
        raw, stands = _in_every_question(form, iter(stay * 20))
        answers, _ = form.clean(raw, today=TODAY)
        pdf = paper.plan_pdf(form, answers, HEADING)
        found = _bare(words_of(pdf))
        assert not holds_pictures_or_links(pdf)
        shown = {field.key for _, field in form.asked(answers)}
        for key, text in stands.items():
            if key in shown and _held(answers, key):
                assert _bare(fonts.shown(words.tidy(text))) in found, (form.key, key, ascii(text))
                printed += 1
    for text in unfit:
        with pytest.raises(fonts.Unprintable, match="What was written is safe"):
            paper.plan_pdf(FORMS_BY_KEY["progress-wheel"], {"comment": words.tidy(text)}, HEADING)
        refused += 1
    record_property("figure", f"{printed} texts read back from paper, {refused} refused by the letter")
    assert printed > 100
    assert refused > 2


def _reads_rightward(text):
    return not any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text)


HEADING = paper.Heading(
    "Sample", "Kit Moran", date(2012, 5, 4), "10001", document="X", version="1", status="signed 20/11/2026",
    printed_by="Ada", printed_at=AT, mark="7F3K",
)  # fmt: skip


# Files out


def _unescaped(value):
    """Return a cell's text as Excel shows it: what XML cannot hold is written in its own way."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value)


def _guarded(cell, text):
    return cell == text or cell == f"'{text}"


def test_p22_no_cell_of_a_csv_or_a_workbook_is_taken_for_a_formula(record_property):
    texts = [words.tidy(text) for text in CHOSEN if len(text) < 131_072]  # the most that csv reads back
    read = list(
        csv.reader(io.StringIO(csv_bytes([[each] for each in texts]).decode("utf-8-sig"), newline=""))
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("A", ("x",), [(t,) for t in texts], (9,))])))
    cells = [row[0] for row in book["A"].iter_rows(min_row=2, max_row=len(texts) + 1)]

    for text, row, cell in zip(texts, read, cells, strict=True):
        said = row[0] if row else ""
        assert _guarded(said, text), ascii(text[:40])
        assert not said.lstrip(BLANKS).startswith(FORMULA), ascii(text[:40])
        assert cell.data_type in ("s", "n", "inlineStr"), ascii(text[:40])
        assert cell.data_type != "n" or cell.value is None
        assert cell.hyperlink is None
        value = _unescaped(cell.value or "")
        if len(text.encode("utf-16-le")) // 2 < 32_000:
            assert _guarded(value, text), ascii(text[:40])
        else:
            assert value.endswith("…"), ascii(text[:40])  # a cell takes no more; that it is cut is seen
            assert text.startswith(value.removesuffix("…"))
    record_property("figure", f"{len(texts)} texts in CSV and workbook, 0 formulas, 0 altered")


BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"

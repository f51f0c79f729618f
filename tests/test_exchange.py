"""A PEP to the school and back: what goes out, what comes in, and that nothing typed here is lost."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caseapp import people, pep_exchange, pep_take_in, plan_reading, plan_writing, plans
from caseapp.education import pep_file
from caseapp.form import Section, Text
from caseapp.form_parts.pep_lists import NOT_FOR_SCHOOL
from caseapp.forms import FORMS
from caseapp.pep_take_in import BOTH, NOT_THEIRS, THEIRS
from caseapp.work import NotAllowed, NotFound, Problem
from tests.hostile import TEXTS, VALUES
from tests.story import live, lived, new_story, sample

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "resources/schemas/pep-exchange.json").read_text(encoding="utf-8")
)


class Office:
    """A child of Ada's with an open PEP."""

    def __init__(self):
        self.story = new_story()
        self.child, self.draft = lived(self.story, _begun)

    def view(self):
        return self.story.call("ada", lambda session: plan_reading.open_plan(session, self.draft))

    def save(self, **answers):
        view = self.view()
        self.story.call(
            "ada", lambda session: plans.save(session, self.draft, view.version, view.answers | answers)
        )

    def answer(self, key):
        return self.view().answers.get(key)

    def sent(self, who="ada"):
        return json.loads(self.story.call(who, lambda session: pep_exchange.export_pep(session, self.draft)))

    def look(self, document, who="ada", child=None):
        return self._with(pep_take_in.look, document, who, child)

    def take(self, document, decided=None, who="ada", child=None):
        return self._with(pep_take_in.take_in, document, who, child, decided)

    def _with(self, use_case, document, who, child, *more):
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.story.call(who, lambda session: use_case(session, child or self.child, content, *more))


def _begun(story):
    """Return a child and the child's draft PEP, filled in but for the signatures."""
    child_id = live(story, "ada")
    draft = story.draft("ada", child_id, "pep")
    view = story.call("ada", lambda session: plan_reading.open_plan(session, draft))
    filled = {key: value for key, value in sample("pep").items() if key != "signatures"}
    story.call("ada", lambda session: plans.save(session, draft, view.version, view.answers | filled))
    return child_id, draft


@pytest.fixture
def office():
    return Office()


def asked(document, key):
    return next(
        each for section in document["sections"] for each in section["questions"] if each["key"] == key
    )


def keys(document):
    return {each["key"] for section in document["sections"] for each in section["questions"]}


# Out


def test_the_file_is_what_its_schema_says(office):
    document = office.sent()

    assert list(faults(document, SCHEMA)) == []
    assert list(faults({**document, "extra": 1, "format": 2}, SCHEMA)) == ["$: extra", "$.format: const"]


def test_a_school_reads_questions_options_and_facts_without_the_program(office):
    document = office.sent()

    sen = asked(document, "sen_status")
    assert (sen["label"], sen["kind"], sen["needed"]) == ("SEN status", "choice", True)
    assert {"code": "K", "label": "SEN support"} in sen["options"]
    assert asked(document, "primary_need")["asked_only_if"] == (
        "“SEN status” is SEN support or Education, health and care plan"
    )
    assert asked(document, "name") == {"key": "name", "label": "Legal name", "answer": "Amelia Kowalska"}
    targets = asked(document, "targets")
    assert {each["key"]: each["kind"] for each in targets["questions"]}["cost"] == "money"
    assert document["form"]["version"] == FORMS["pep"].version


def test_what_is_kept_from_schools_stays_here(office):
    document = office.sent()

    assert keys(document) & {*NOT_FOR_SCHOOL, "signatures", "school_must_know", "variant_because"} == set()
    to_fill = {each["key"] for each in document["sections"] if each["to_fill"]}
    assert {"school", "attendance", "progress", "new_targets"} <= to_fill
    assert not {"about", "care", "voice", "health", "signatures"} & to_fill


@pytest.mark.parametrize("withheld", ["yes", None])
def test_an_address_goes_out_only_once_somebody_said_that_it_may(office, withheld):
    office.save(
        address_withheld=withheld, placement_address="7 Hidden Row\nUpton", carer_contact="bell@mail.example"
    )

    text = json.dumps(office.sent())

    assert "Hidden Row" not in text
    assert "bell@mail" not in text
    office.save(address_withheld="no")
    assert "Hidden Row" in json.dumps(office.sent())


def test_a_withheld_address_in_another_answer_keeps_the_plan_here(office):
    office.save(
        address_withheld="yes", placement_address="7 Hidden Row\nUpton", provision="Taxi: 7, Hidden Row."
    )

    with pytest.raises(Problem, match="“Support in place” holds a part of the address that is withheld"):
        office.sent()


def test_an_address_that_the_record_withholds_counts_too(office):
    office.story.call(
        "ada",
        lambda session: people.move(
            session, office.child, "12 Quiet Close, Upton", "UP9 9ZZ", date(2026, 10, 1), withheld=True
        ),
    )
    office.save(address_withheld="no", provision="Lives at up9 9zz now")

    with pytest.raises(Problem, match="withheld"):
        office.sent()


def test_each_export_is_on_record_and_for_those_who_may(office):
    office.sent()

    assert office.story.raw("SELECT count(*) FROM look WHERE act = 'export'") == [(1,)]
    with pytest.raises(NotAllowed):
        office.sent("rob")
    with pytest.raises(NotFound):
        office.sent("sue")


def test_the_offer_names_what_is_left_out(office):
    found = office.story.call("ada", lambda session: pep_exchange.offer(session, office.draft))

    assert "Placement address" in found.left_out
    assert found.file_name == "pep-10001-1.json"
    assert ("school", True) in [(each.key, each.to_fill) for each in found.parts]


def test_a_signed_plan_goes_out_for_reading(office):
    office.story.sign(
        "ada", office.draft, office.view().answers | {"signatures": sample("pep")["signatures"]}
    )

    document = office.sent()

    assert document["plan"]["status"] == "signed"
    assert not any(each["to_fill"] for each in document["sections"])
    with pytest.raises(Problem, match="no longer open"):
        office.take(document)


# In


def test_a_file_that_comes_back_as_it_went_changes_nothing(office):
    before = office.view()

    found = office.take(office.sent())

    assert (found.changed, found.differences, found.refused, found.notes) == ((), (), (), ())
    assert office.view().version == before.version


def test_what_the_school_wrote_goes_into_the_draft(office):
    document = office.sent()
    asked(document, "exam_access")["answer"] = "25 % more time"
    asked(document, "sen_status")["answer"] = "Education, health and care plan"
    target = asked(document, "targets")["answer"][0]
    target |= {"cost": 480, "by": "03/02/2027"}

    shown = office.look(document)
    assert office.answer("exam_access") != "25 % more time"
    found = office.take(document)

    assert shown == found
    assert {each.key for each in found.changed} == {"exam_access", "sen_status", "targets"}
    assert office.answer("exam_access") == "25 % more time"
    assert office.answer("sen_status") == "E"
    first = office.answer("targets")[0]
    assert (first["cost"], first["by"]) == (48_000, "2027-02-03")


def test_what_was_typed_here_since_is_never_overwritten(office):
    document = office.sent()
    office.save(provision="Typed here.")
    asked(document, "provision")["answer"] = "Typed in the school."

    found = office.take(document)

    assert [(each.label, each.ours, each.theirs) for each in found.differences] == [
        ("Support in place", "Typed here.", "Typed in the school.")
    ]
    assert office.answer("provision") == "Typed here."
    assert office.take(document).differences == found.differences


@pytest.mark.parametrize(
    ("decided", "now"),
    [(THEIRS, "Typed in the school."), (BOTH, "Typed here.\n\nTyped in the school."), ("", "Typed here.")],
)
def test_a_difference_is_decided_by_somebody(office, decided, now):
    document = office.sent()
    office.save(provision="Typed here.")
    asked(document, "provision")["answer"] = "Typed in the school."

    office.take(document, {"provision": decided})

    assert office.answer("provision") == now


def test_rows_of_both_are_kept_if_somebody_wants_both(office):
    document = office.sent()
    rows = office.answer("documents")
    office.save(documents=[*rows, {"kind": "other", "title": "Ours"}])
    asked(document, "documents")["answer"].append({"kind": "report", "title": "Theirs"})

    office.take(document, {"documents": BOTH})

    assert [each["title"] for each in office.answer("documents")][-2:] == ["Ours", "Theirs"]


def test_an_answer_that_the_school_emptied_is_asked_about(office):
    document = office.sent()
    asked(document, "provision")["answer"] = None

    found = office.take(document)

    assert [(each.key, each.theirs) for each in found.differences] == [("provision", "")]
    assert office.answer("provision")


def test_what_a_question_cannot_take_is_named_with_the_reason(office):
    document = office.sent()
    asked(document, "sen_status")["answer"] = "Z"
    asked(document, "ehcp_asked_on")["answer"] = "soon"
    asked(document, "provision")["answer"] = {"a": 1}
    asked(document, "targets")["answer"] = [{"what": "Read", "wat": "typo"}]

    found = office.take(document)

    assert {each.key: each.reason for each in found.refused} == {
        "sen_status": "“Z” is not one of the answers on offer.",
        "ehcp_asked_on": "“soon” is not a date. Type it as 03/09/2026.",
        "provision": "This takes one answer: text in quotes, or a number.",
        "targets": "Target 1: “wat” is no question of it.",
    }
    assert found.changed == ()


def test_another_childs_file_is_refused(office):
    other = office.story.register("ada", "Kit", "Moran")
    before = office.view().version

    with pytest.raises(Problem, match="about another child, reference 10001; this is 10002"):
        office.take(office.sent(), child=other)
    assert office.view().version == before


def test_unknown_and_foreign_keys_are_named_and_left_out(office):
    document = office.sent()
    section = next(each for each in document["sections"] if each["key"] == "sen")
    section["questions"].append({"key": "shoe_size", "label": "Shoe size", "sent": None, "answer": "4"})
    section["questions"].append({"key": "nhs_number", "label": "NHS", "sent": None, "answer": "999"})
    asked(document, "name")["answer"] = "Somebody Else"

    found = office.take(document)

    assert {each.key: each.reason for each in found.refused} == {
        "shoe_size": "The form has no such question: it was added to the file, or its key was changed.",
        "nhs_number": NOT_THEIRS,
        "name": NOT_THEIRS,
    }
    assert "have been changed" in found.notes[0]
    assert office.answer("name") == "Amelia Kowalska"
    assert office.answer("nhs_number") != "999"


def test_nobody_takes_what_is_here_for_what_was_sent_by_changing_the_file(office):
    document = office.sent()
    office.save(provision="Typed here.", interpreter=None)
    asked(document, "provision").update(sent="Typed here.", answer="Forced.")
    for section in document["sections"]:
        section["to_fill"] = True

    found = office.take(document)

    assert [each.key for each in found.differences] == ["provision"]
    assert found.changed == ()
    assert ("interpreter", NOT_THEIRS) in [(each.key, each.reason) for each in found.refused]
    assert office.answer("provision") == "Typed here."


def test_another_version_of_the_form_is_explained(office, monkeypatch):
    now = FORMS["pep"]
    gone = Section("gone", "Gone", (Text("old_one", "An old question"),), owner="Designated teacher")
    sections = tuple(
        replace(each, fields=tuple(one for one in each.fields if one.key != "exam_access"))
        for each in now.sections
    )
    with monkeypatch.context() as patch:
        old = replace(now, version=now.version - 1, sections=(*sections, gone))
        patch.setattr(pep_exchange, "form_of", lambda session, revision: old)
        document = office.sent()
    asked(document, "old_one")["answer"] = "Kept in the file"
    asked(document, "provision")["answer"] = "From the school"

    found = office.take(document)

    assert [each.key for each in found.changed] == ["provision"]
    assert [(each.label, each.reason) for each in found.refused] == [
        (
            "An old question",
            f"Version {now.version} of the form no longer asks this. Copy it by hand where it belongs.",
        )
    ]
    assert found.notes == (
        f"The file was made from version {now.version - 1} of the form; version {now.version} is used now. "
        "What both ask is taken in.",
        "New since then, so not in the file: Exam access arrangements.",
    )


def test_a_newer_form_and_another_format_are_refused_whole(office):
    document = office.sent()
    newer = {**document, "form": {**document["form"], "version": 99}}

    with pytest.raises(Problem, match=r"version 99 of the form.*Update the program"):
        office.take(newer)
    with pytest.raises(Problem, match="another version of the program"):
        office.take({**document, "format": 2})


def test_a_file_of_an_earlier_plan_is_refused_but_goes_into_its_correction(office):
    document = office.sent()
    asked(document, "provision")["answer"] = "From the school"
    office.story.sign(
        "ada", office.draft, office.view().answers | {"signatures": sample("pep")["signatures"]}
    )
    signed = office.draft

    office.draft = office.story.call(
        "ada", lambda session: plans.correct(session, signed, "The school's part came late")
    )
    assert [each.key for each in office.take(document).changed] == ["provision"]
    assert office.answer("provision") == "From the school"

    office.draft = signed
    document = {**document, "plan": {**document["plan"], "id": "another"}}
    with pytest.raises(Problem, match="made from version 1, and version 2 is open now"):
        office.take(document)


def test_typing_that_is_not_saved_comes_first(office):
    document = office.sent()
    view = office.view()
    office.story.call(
        "ada",
        lambda session: plans.keep_typing(session, office.draft, view.version, {"provision": "Half a sen"}),
    )

    with pytest.raises(Problem, match=r"typing of .* that is not saved"):
        office.take(document)


def test_whoever_may_not_write_takes_nothing_in(office):
    document = office.sent()

    with pytest.raises(NotAllowed):
        office.take(document, who="rob")
    with pytest.raises(NotFound):
        office.take(document, who="sue")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"[]",
        b"{}",
        b"null",
        b'{"what": NaN}',
        b'{"what": "\\ud800"}',
        b'{"what": 1, "what": 2}',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
        b"x" * (pep_file.FILE_LIMIT + 1),
        json.dumps({"what": pep_file.WHAT, "format": 1, "form": [], "child": 1}).encode(),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(office, content):
    with pytest.raises(Problem, match="nothing was changed"):
        office.take(content)


def test_whatever_stands_in_an_answer_it_is_taken_or_refused_in_words(office):
    document = office.sent()
    places = [each for section in document["sections"] if section["to_fill"] for each in section["questions"]]
    values = [*VALUES, *(text for text in TEXTS if len(text) < 4_000)]
    for start in range(0, len(values), len(places)):
        for question, value in zip(places, values[start:], strict=False):
            question["answer"] = value
        content = json.dumps(document, default=str).encode()
        try:
            found = office.take(content)
        except Problem:
            continue  # NaN and halves of characters are no JSON
        assert all(each.reason and each.reason.isprintable() for each in found.refused)


def test_every_question_that_may_go_out_has_a_kind_that_the_file_knows():
    form = plan_writing.FORMS_BY_KEY["pep"]

    for section in form.sections:
        for field in section.fields:
            if pep_file.may_go(field, {"address_withheld": "no"}):
                assert pep_file.described(form, field)["kind"]


def faults(value, schema, where="$", root=SCHEMA):
    """Yield what is wrong with a document by the words of JSON schema that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "const" in schema and value != schema["const"]:
        yield f"{where}: const"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: enum"
    if "type" in schema and not _is_of(value, schema["type"]):
        yield f"{where}: type"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{where}: pattern"
    if isinstance(value, dict):
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            yield from (f"{where}: {name}" for name in value if name not in known)
        yield from (f"{where}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, part in known.items():
            if name in value:
                yield from faults(value[name], part, f"{where}.{name}")
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, schema.get("items", {}), f"{where}[{number}]")


def _is_of(value, types):
    kinds = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
    for name in [types] if isinstance(types, str) else types:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in ("number", "integer") and is_number and (name == "number" or isinstance(value, int)):
            return True
        if name in kinds and isinstance(value, kinds[name]):
            return True
    return False

"""What a Personal Education Plan must hold is there: docs/fields/pep.md against the form and the tables."""

import json
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import Rows
from caseapp.forms.pep import PEP
from tests.fields_pages import exists, tables

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
SAMPLES = (HERE / "sample_answers" / "pep.json", *sorted((HERE / "sample_answers" / "pep").glob("*.json")))
COUNTS = {
    "A Header": 14,
    "B Child and care": 35,
    "C Education provision": 20,
    "D Special educational needs": 9,
    "E Attendance": 7,
    "F Behaviour, suspension, exclusion, timetable": 10,
    "G Attainment and progress": 12,
    "H Wellbeing and SDQ": 9,
    "I Child's voice": 9,
    "J Targets": 18,
    "K Leisure and enrichment": 4,
    "L Transition and planned change": 7,
    "M Views": 7,
    "N Pupil premium": 7,
    "O Documents": 1,
    "P Agreement and next steps": 13,
    "Q Quality assurance": 8,
    "Early years": 6,
    "Special school and EOTAS": 4,
    "Post-16": 9,
    "Not in education": 7,
}


TABLES = tables("pep.md")
PLACES = [
    (heading, domain, place) for heading, rows in TABLES.items() for domain, here in rows for place in here
]
STARRED = sorted(
    {place for _, domain, place in PLACES if "*" in domain and place.startswith("pep.")}
    - {"pep.variant_because", "pep.upn", "pep.prohibition", "pep.part_time_reason"}  # needed in some cases
    - {"pep.voice_on", "pep.voice_helper"}
    - {f"pep.premium.{key}" for key in ("targets", "category", "asked_by", "asked_on")}
)


def test_the_page_holds_every_field_of_the_domain():
    assert {heading: len(rows) for heading, rows in TABLES.items()} == COUNTS


def test_nothing_of_the_domain_is_without_a_place():
    assert [(heading, domain) for heading, rows in TABLES.items() for domain, here in rows if not here] == []


@pytest.mark.parametrize(("heading", "domain", "place"), PLACES)
def test_every_place_named_on_the_page_exists(heading, domain, place):
    assert exists(place), f"{heading}, {domain}: there is no {place}"


def test_a_place_that_is_not_there_is_noticed():
    assert not exists("pep.no_such_question")
    assert not exists("pep.targets.no_such_question")
    assert not exists("pep.name.no_such_question")
    assert not exists("attendance.no_such_column")
    assert not exists("no_such_table.id")
    assert not exists("pep")


def test_every_question_of_the_form_is_on_the_page():
    inner = {
        f"pep.{each.key}.{one.key}" for each in PEP.fields if isinstance(each, Rows) for one in each.fields
    }
    single = {f"pep.{each.key}" for each in PEP.fields if not isinstance(each, Rows)}

    assert (inner | single) - {place for _, _, place in PLACES} == set()


@pytest.mark.parametrize("place", STARRED)
def test_what_is_starred_is_missed_at_signing_in_every_kind_of_plan_that_asks_it(place):
    _, key, *inner = place.split(".")
    seen = False
    for file in SAMPLES:
        answers = json.loads(file.read_text(encoding="utf-8"))
        if key not in answers:
            continue
        seen = True
        if inner:
            answers[key][0].pop(inner[0], None)
        else:
            del answers[key]

        found = PEP.clean(answers, today=TODAY, to_sign=True)[1]

        assert key in [each.key for each in found], file.name
    assert seen

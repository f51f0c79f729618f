"""What leaving care must hold is there: docs/fields/pathway.md against the forms and the tables."""

import re
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import Rows
from caseapp.forms import FORMS_BY_KEY
from db.models import Base
from tests.story import sample

TODAY = date(2026, 11, 23)
PAGE = Path(__file__).parent.parent / "docs" / "fields" / "pathway.md"
FORMS = {key: FORMS_BY_KEY[key] for key in ("pathway-plan", "pathway-needs", "leaving-well")}
COUNTS = {
    "0 Header": 20,
    "1 About me": 12,
    "2 Views": 10,
    "Needs that the plan builds on": 3,
    "3 Accommodation": 21,
    "Suitability, Schedule 2": 14,
    "4 Education, training and work": 17,
    "5 Health": 19,
    "6 Money": 24,
    "7 Identity": 11,
    "8 Family and relationships": 11,
    "9 Practical skills": 21,
    "10 Safety and justice": 11,
    "11 Contingency": 6,
    "12 Support offered": 7,
    "13 Actions": 2,
    "14 Agreement": 2,
    "Needs assessment: my words": 4,
    "Needs assessment: header": 14,
    "Needs assessment: regulation 42(2)": 7,
    "Needs assessment: who was asked": 7,
    "Needs assessment: next steps and sign-off": 10,
    "Leaving Well checklist": 10,
}


def tables():
    """Return {heading: [(what the domain asks for, the places beside it)]} of the page."""
    found, heading = {}, ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("|") and line != "| domain | here |" and not line.startswith("|---"):
            domain, here = (cell.strip() for cell in line.strip("|").split("|"))
            found.setdefault(heading, []).append((domain, re.findall(r"`([^`]+)`", here)))
    return found


TABLES = tables()
ROWS = [(heading, domain, here) for heading, rows in TABLES.items() for domain, here in rows]
PLACES = [(heading, domain, place) for heading, domain, here in ROWS for place in here]
STARRED = [here[0] for _, domain, here in ROWS if "*" in domain]


def asked_at(place):
    """Return the question of `form.question` or `form.rows.question`, or None."""
    form, *keys = place.split(".")
    fields, found = (FORMS[form].fields if form in FORMS else ()), None
    for key in keys:
        found = next((each for each in fields if each.key == key), None)
        fields = found.fields if isinstance(found, Rows) else ()
    return found


def exists(place):
    """Return whether `form.question`, `form.rows.question` or `table.column` names something there is."""
    name, _, column = place.partition(".")
    table = Base.metadata.tables.get(name)
    return asked_at(place) is not None or (table is not None and column in table.columns)


def test_the_page_holds_every_field_of_the_domain():
    assert {heading: len(rows) for heading, rows in TABLES.items()} == COUNTS


def test_nothing_of_the_domain_is_without_a_place():
    assert [(heading, domain) for heading, domain, here in ROWS if not here] == []


def test_every_place_named_on_the_page_exists():
    assert [each for each in PLACES if not exists(each[2])] == []


def test_a_place_that_is_not_there_is_noticed():
    assert not exists("pathway-plan.no_such_question")
    assert not exists("pathway-plan.home_actions.no_such_question")
    assert not exists("pathway-needs.name.no_such_question")
    assert not exists("revision.no_such_column")
    assert not exists("pathway-plan")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_of_the_forms_is_on_the_page(form):
    of_rows = [each for each in form.fields if isinstance(each, Rows)]
    wanted = {f"{form.key}.{each.key}.{one.key}" for each in of_rows for one in each.fields}
    wanted |= {f"{form.key}.{each.key}" for each in form.fields if each not in of_rows}

    assert wanted - {place for _, _, place in PLACES} == set()


@pytest.mark.parametrize("place", STARRED)
def test_what_is_starred_is_missed_at_signing(place):
    form, key, *_ = place.split(".")
    answers = dict(sample(form.replace("-", "_")))
    assert key in answers

    del answers[key]

    assert key in [each.key for each in FORMS[form].clean(answers, today=TODAY, to_sign=True)[1]]


@pytest.mark.parametrize("form", [FORMS["pathway-plan"], FORMS["pathway-needs"]], ids=lambda form: form.key)
def test_whatever_is_needed_stands_in_a_row_with_a_star(form):
    starred = {place for _, domain, here in ROWS if "*" in domain for place in here}

    assert {f"{form.key}.{each.key}" for each in form.fields if each.required} - starred == set()

"""What leaving care must hold is there: docs/fields/pathway.md against the forms and the tables."""

from datetime import date

import pytest

from caseapp.form import Rows
from caseapp.forms import FORMS_BY_KEY
from tests.fields_pages import exists, tables
from tests.story import sample

TODAY = date(2026, 11, 23)
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


TABLES = tables("pathway.md")
ROWS = [(heading, domain, here) for heading, rows in TABLES.items() for domain, here in rows]
PLACES = [(heading, domain, place) for heading, domain, here in ROWS for place in here]
STARRED = [here[0] for _, domain, here in ROWS if "*" in domain]


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

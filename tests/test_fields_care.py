"""What the papers of a looked-after child must hold is there: docs/fields/care.md against the forms."""

import pytest

from caseapp.form import Rows
from caseapp.forms import FORMS_BY_KEY
from tests.fields_pages import asked_at, exists, tables

FORMS = (
    "care-plan",
    "placement-plan",
    "lac-review",
    "team-around-you",
    "return-interview",
    "health-assessment",
)
COUNTS = {
    "Care plan": 46,
    "Permanence": 6,
    "Health plan": 15,
    "Family time": 1,
    "Placement plan": 41,
    "Delegated authority": 6,
    "Looked-after review": 49,
    "Team Around You": 23,
    "Return interview": 26,
    "Health assessment": 42,
}


TABLES = tables("care.md")
PLACES = [
    (heading, domain, place) for heading, rows in TABLES.items() for domain, here in rows for place in here
]
OF_FORMS = {(domain, place) for _, domain, place in PLACES if place.split(".")[0] in FORMS}


def test_the_page_holds_every_field_of_the_domain():
    assert {heading: len(rows) for heading, rows in TABLES.items()} == COUNTS


def test_nothing_of_the_domain_is_without_a_place():
    assert [(heading, domain) for heading, rows in TABLES.items() for domain, here in rows if not here] == []


def test_every_place_named_on_the_page_exists():
    assert [(heading, domain, place) for heading, domain, place in PLACES if not exists(place)] == []


def test_a_place_that_is_not_there_is_noticed():
    assert not exists("care-plan.no_such_question")
    assert not exists("care-plan.family_time.no_such_question")
    assert not exists("care-plan.name.no_such_question")
    assert not exists("lac_review.no_such_column")
    assert not exists("no_such_table.id")
    assert not exists("care-plan")


@pytest.mark.parametrize("key", FORMS)
def test_every_question_of_the_form_is_on_the_page(key):
    fields = FORMS_BY_KEY[key].fields
    inner = {
        f"{key}.{rows.key}.{one.key}" for rows in fields if isinstance(rows, Rows) for one in rows.fields
    }
    single = {f"{key}.{each.key}" for each in fields if not isinstance(each, Rows)}

    assert (inner | single) - {place for _, _, place in PLACES} == set()


@pytest.mark.parametrize("key", FORMS)
def test_a_star_stands_at_what_is_needed_before_signing_and_nowhere_else(key):
    form = FORMS_BY_KEY[key]
    starred = {place for domain, place in OF_FORMS if "*" in domain and place.startswith(f"{key}.")}
    always = {
        f"{key}.{each.key}"
        for section in form.sections
        for each in section.fields
        if each.required and not each.when and not section.when
    }

    assert [place for place in sorted(starred) if not asked_at(place).required] == []
    assert always - starred == set()

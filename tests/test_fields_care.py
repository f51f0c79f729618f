"""What the papers of a looked-after child must hold is there: docs/fields/care.md against the forms."""

import re
from pathlib import Path

import pytest

from caseapp.form import Rows
from caseapp.forms import FORMS_BY_KEY
from db.models import Base

PAGE = Path(__file__).parent.parent / "docs" / "fields" / "care.md"
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
PLACES = [
    (heading, domain, place) for heading, rows in TABLES.items() for domain, here in rows for place in here
]
OF_FORMS = {(domain, place) for _, domain, place in PLACES if place.split(".")[0] in FORMS}


def asked_at(place):
    """Return the question of `form.question` or `form.rows.question`, or None."""
    first, *rest = place.split(".")
    fields, found = FORMS_BY_KEY[first].fields, None
    for key in rest:
        found = next((each for each in fields if each.key == key), None)
        fields = found.fields if isinstance(found, Rows) else ()
    return found


def exists(place):
    """Return whether `form.question`, `form.rows.question` or `table.column` names something there is."""
    first, _, column = place.partition(".")
    if first in FORMS_BY_KEY:
        return asked_at(place) is not None
    table = Base.metadata.tables.get(first)
    return table is not None and column in table.columns


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

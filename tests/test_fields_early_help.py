"""What an early help record must hold is there: docs/fields/early-help.md against forms, lists and tables."""

import pytest

from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.early_help_triangle import DIMENSIONS
from db.models.early_help import ACTION_STATUSES, CONSENT_DECISIONS, HELP_STATUSES
from tests.fields_pages import exists, tables

TABLES = tables("early-help.md")
CODES = {
    "Levels of need": lists.LEVELS,
    "Consent capacities": lists.CAPACITIES,
    "Consent purposes": lists.PURPOSES,
    "Consent decisions": lists.CONSENTS,
    "How consent was given": lists.HOW_AGREED,
    "Decisions": lists.DECISIONS,
    "Action statuses": lists.ACTION_STATUSES,
    "Meeting decisions": lists.MEETING_DECISIONS,
    "Step up results": lists.STEP_UP_RESULTS,
    "Closure reasons": lists.CLOSURES,
    "Outcomes for each need": lists.OUTCOMES,
    "Agency types": lists.AGENCIES,
    "Reasons and needs": lists.REASONS,
}
COUNTS = {
    "Levels of need": 4,
    "When the level is recorded": 11,
    "Consent record": 25,
    "Consent capacities": 6,
    "Consent purposes": 7,
    "Consent decisions": 6,
    "How consent was given": 4,
    "Assessment": 95,
    "Dimensions": 20,
    "Voice of each child": 21,
    "Scaling question": 8,
    "Decisions": 9,
    "Plan": 21,
    "Action statuses": 6,
    "Meeting": 22,
    "Meeting decisions": 5,
    "Step up": 13,
    "Step up results": 4,
    "Step down": 9,
    "Closure reasons": 12,
    "Outcomes for each need": 5,
    "Closure": 18,
    "Statuses": 15,
    "Agency types": 21,
    "Reasons and needs": 30,
    "Young carers": 27,
}
PLACES = [
    (heading, domain, place)
    for heading, rows in TABLES.items()
    if heading not in CODES and heading != "Statuses"
    for domain, places in rows
    for place in places
]


def test_the_page_holds_every_field_and_code_of_the_domain():
    assert {heading: len(rows) for heading, rows in TABLES.items()} == COUNTS


def test_nothing_of_the_domain_is_without_a_place():
    assert [(heading, domain) for heading, rows in TABLES.items() for domain, here in rows if not here] == []


@pytest.mark.parametrize(("heading", "domain", "place"), PLACES)
def test_every_place_named_on_the_page_exists(heading, domain, place):
    assert exists(place), f"{heading}, {domain}: there is no {place}"


def test_a_place_that_is_not_there_is_noticed():
    assert not exists("early-help.no_such_question")
    assert not exists("early-help.plan.no_such_question")
    assert not exists("consent.no_such_column")
    assert not exists("no_such_table.id")
    assert not exists("early-help")


@pytest.mark.parametrize("heading", CODES)
def test_the_codes_on_the_page_are_those_on_offer_in_their_order(heading):
    written = [code for _, codes in TABLES[heading] for code in codes]

    assert written == [code for code, _ in CODES[heading]]


def test_the_tables_take_the_codes_that_the_forms_and_the_page_offer():
    written = [code for _, codes in TABLES["Statuses"] for code in codes]

    assert written == list(HELP_STATUSES)
    assert [code for code, _ in lists.ACTION_STATUSES] == list(ACTION_STATUSES)
    assert [code for code, _ in lists.CONSENTS] == list(CONSENT_DECISIONS)


def test_the_dimensions_stand_in_the_forms_order_with_the_same_titles():
    titles = {key: title for key, title, *_ in DIMENSIONS}

    assert [domain for domain, _ in TABLES["Dimensions"]] == list(titles.values())
    assert [place for _, (place,) in TABLES["Dimensions"]] == [f"early-help.{key}_known" for key in titles]


@pytest.mark.parametrize("part", ["strengths", "needs", "worries", "rating", "evidence"])
def test_every_dimension_has_all_its_parts(part):
    assert all(exists(f"early-help.{key}_{part}") for key, *_ in DIMENSIONS)

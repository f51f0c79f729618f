"""The return's rules about all but episodes: each with a case that breaks it and one that does not."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.returns import (
    rules_adoption,
    rules_asylum,
    rules_header,
    rules_health,
    rules_leavers,
    rules_missing,
    rules_mothers,
    rules_permanence,
    rules_placed,
    rules_reviews,
    rules_structure,
    rules_workers,
    table_checks,
)
from caseapp.returns.folder import read
from caseapp.returns.rule import Rule, messages
from caseapp.returns.tables import COLUMNS, Return, table
from tests.return_cases import CASES
from tests.return_words import told

DATA = Path(__file__).parent / "data" / "ssda903"
MODULES = (
    rules_adoption,
    rules_asylum,
    rules_header,
    rules_health,
    rules_leavers,
    rules_missing,
    rules_mothers,
    rules_permanence,
    rules_placed,
    rules_reviews,
    rules_structure,
    rules_workers,
)
RULES: dict[str, Rule] = {rule.code: rule for module in MODULES for rule in module.RULES}

# Where the published checker is at fault itself: it looks for 601 only in an adoption row, and here is none.
OURS_ALONE = {"SA044": {"601"}}


@pytest.mark.parametrize(("code", "broken", "sound"), CASES)
def test_a_rule_finds_its_fault_and_no_other(code, broken, sound):
    found = RULES[code].findings(told(broken))

    assert found
    assert all(set(each.columns) <= set(COLUMNS[each.line.table]) and each.columns for each in found)
    assert RULES[code].findings(told(sound)) == []


def test_every_rule_has_a_case():
    assert {code for code, _, _ in CASES} == RULES.keys()
    assert len(RULES) == sum(len(module.RULES) for module in MODULES)


def test_every_rule_is_the_departments_and_says_in_sentences_what_is_wrong_and_how_to_mend_it():
    assert RULES.keys() | rules_structure.NOT_DONE.keys() <= messages().keys()
    assert RULES.keys().isdisjoint(rules_structure.NOT_DONE)
    for rule in RULES.values():
        assert rule.wrong.endswith(".")
        assert rule.mend.endswith(".")


def found_in(told: Return) -> dict[str, set[str]]:
    """Return {child: rules broken}."""
    found: dict[str, set[str]] = {}
    for rule in RULES.values():
        for each in rule.findings(told):
            found.setdefault(each.child, set()).add(each.code)
    return found


def test_the_clean_set_breaks_no_rule_with_or_without_last_year():
    prior = read(DATA / "clean_2024_25_prior_year", 2025)

    assert found_in(read(DATA / "clean_2025_26", 2026)) == {}
    assert found_in(read(DATA / "clean_2025_26", 2026, prior)) == {}


@pytest.mark.parametrize("name", ["seeded_2025_26", "seeded_structural_2025_26"])
def test_verdicts_are_the_published_ones(name):
    ours = found_in(read(DATA / name, 2026))

    with (DATA / f"{name}_expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            published = RULES.keys() & set(row["rule_codes_reported_by_published_validator"].split())
            expected = published | OURS_ALONE.get(row["CHILD"], set())
            assert ours.get(row["CHILD"], set()) == expected, row["CHILD"]


def test_a_rule_does_not_judge_a_year_before_it_came():
    duplicate = "Header UPN=Q330220017001 | Header CHILD=B2 UPN=Q330220017001"

    assert RULES["444"].findings(told(duplicate, 2026))
    assert RULES["444"].findings(told(duplicate, 2025)) == []
    assert RULES["101"].findings(told("Header SEX=1", 2024)) == []


def test_periods_of_care_join_this_years_episodes_to_last_years():
    both = told(
        "last Episodes DECOM=01/02/2024 DEC=01/06/2024 REC=E4A | last Episodes DECOM=01/02/2025"
        "| Episodes DECOM=01/02/2025 DEC=01/08/2025 REC=X1 | Episodes DECOM=01/08/2025 RNE=P"
    )

    first, second = table_checks.periods(both, "A1")
    assert (first.started_on.isoformat(), first.ended_on.isoformat()) == ("2024-02-01", "2024-06-01")
    assert (second.started_on.isoformat(), second.ended_on, second.begun) == ("2025-02-01", None, True)


CELLS = st.sampled_from(
    ["", "0", "1", "S", "E1", "X1", "E12", "A5", "UN1", "SDQ1", "V4", "ZZ/ZZ/9999", "??", "T1", "F", "PN0"]
) | st.dates().map(lambda day: f"{day:%d/%m}/{day.year:04}")
TABLES = st.dictionaries(
    st.sampled_from(sorted(COLUMNS)),
    st.lists(st.lists(CELLS, min_size=13, max_size=13), max_size=3),
)


def _made(rows: dict, year: int, prior: Return | None = None) -> Return:
    return Return(
        year,
        {
            name: table(name, [dict(zip(COLUMNS[name], ["A1", *cells], strict=False)) for cells in each])
            for name, each in rows.items()
        },
        prior,
    )


@settings(max_examples=40, deadline=None)
@given(TABLES, TABLES)
def test_no_rows_whatever_make_a_rule_fall_over(now, last):
    found_in(_made(now, 2026, _made(last, 2025)))

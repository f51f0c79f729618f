"""All rules of the return together: which are done, and whether the verdicts are those published."""

import csv
import sys
from pathlib import Path

import pytest

from caseapp.returns.folder import read
from caseapp.returns.rule import messages
from caseapp.returns.rules import BY_CODE, NOT_DONE, RULES, check
from caseapp.returns.tables import Return, table

DATA = Path(__file__).parent / "data" / "ssda903"

# Where ours is not the published verdict, and why ours stands.
KNOWN = {
    "SA044": "Rule 601 asks for the adoption’s fields; the published checker is silent without an AD1 row.",
}


def published(name: str) -> dict[str, tuple[str, set[str]]]:
    """Return {child: (planted fault, codes of the published checker)}."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {
            row["CHILD"]: (
                row["planted_fault"],
                set(row["rule_codes_reported_by_published_validator"].split()),
            )
            for row in csv.DictReader(file)
        }


def ours(told: Return) -> dict[str, set[str]]:
    """Return {child: codes found}."""
    found: dict[str, set[str]] = {}
    for each in check(told):
        found.setdefault(each.child, set()).add(each.code)
    return found


def verdicts(folder: str, expected: str) -> dict[str, tuple[set[str], set[str]]]:
    """Return {child: (published, ours)}, and show them side by side in the test's output."""
    found = ours(read(DATA / folder, 2026))
    rows = published(expected)
    lines = [f"\n{'child':6} {'planted fault':58} {'published':22} {'ours':22} same?"]
    for child, (fault, codes) in rows.items():
        said = found.get(child, set())
        same = "yes" if codes == said else KNOWN.get(child, "no")
        lines.append(f"{child:6} {fault[:58]:58} {_words(codes):22} {_words(said):22} {same}")
    sys.stdout.write("\n".join(lines))
    return {child: (codes, found.get(child, set())) for child, (_, codes) in rows.items()}


def _words(codes: set[str]) -> str:
    return " ".join(sorted(codes)) or "–"


def test_every_rule_of_the_year_is_done_once_or_named_with_its_reason() -> None:
    text = (Path(__file__).parents[1] / "resources" / "codes" / "ssda903_rules.csv").read_text(
        encoding="utf-8"
    )
    of_the_year = {row["rule"] for row in csv.DictReader(text.splitlines()) if row["in_2025_26"] == "yes"}

    done = [rule.code for rule in RULES]

    assert len(done) == len(set(done))
    assert set(done) & NOT_DONE.keys() == set()
    assert of_the_year - set(done) - NOT_DONE.keys() == set()
    assert set(done) | NOT_DONE.keys() <= messages().keys()
    assert all(len(reason) > 30 and reason.endswith(".") for reason in NOT_DONE.values())
    assert BY_CODE.keys() == set(done)


def test_verdicts_on_the_seeded_set_are_those_published() -> None:
    both = verdicts("seeded_2025_26", "seeded_2025_26_expected.csv")

    differ = {child for child, (theirs, said) in both.items() if theirs != said}

    assert differ == KNOWN.keys()
    assert both["SA044"] == (set(), {"601"})


def test_the_clean_set_breaks_no_rule_with_or_without_the_year_before() -> None:
    last = read(DATA / "clean_2024_25_prior_year", 2025)

    assert check(read(DATA / "clean_2025_26", 2026)) == []
    assert check(read(DATA / "clean_2025_26", 2026, last)) == []


def test_a_set_with_broken_structure_is_judged_all_the_same() -> None:
    both = verdicts("seeded_structural_2025_26", "seeded_structural_2025_26_expected.csv")

    assert both["SS001"][1] == {"141", "185", "190"}
    assert both["SS002"][1] == {"INT03", "INT05", "INT08"}
    assert both["SS003"][1] == set()


def test_findings_come_by_child_and_code() -> None:
    found = check(read(DATA / "seeded_2025_26", 2026))

    assert found == sorted(found, key=lambda each: (each.child, each.code))


def test_an_empty_return_breaks_no_rule() -> None:
    assert check(Return(2026, {})) == []


@pytest.mark.parametrize(
    "name", ["Header", "Episodes", "OC2", "OC3", "AD1", "Missing", "SWEpisodes", "PrevPerm"]
)
def test_a_blank_row_makes_no_rule_fall_over(name: str) -> None:
    check(Return(2026, {name: table(name, [{}, {"CHILD": "A1"}])}))

"""The return's rules about episodes: each with a case that breaks it and one that does not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.returns import (
    episode_checks,
    postcodes,
    rules_episodes_chain,
    rules_episodes_codes,
    rules_episodes_lengths,
    rules_episodes_none,
    rules_episodes_places,
    rules_episodes_postcodes,
    rules_episodes_years,
)
from caseapp.returns.folder import read
from caseapp.returns.rule import Rule, messages
from caseapp.returns.tables import COLUMNS, Return, table
from caseapp.returns.year_codes import valid

DATA = Path(__file__).parent / "data" / "ssda903"
MODULES = (
    rules_episodes_chain,
    rules_episodes_codes,
    rules_episodes_lengths,
    rules_episodes_places,
    rules_episodes_postcodes,
    rules_episodes_years,
)
RULES: dict[str, Rule] = {rule.code: rule for module in MODULES for rule in module.RULES}

SOUND = {
    "CHILD": "A1",
    "DECOM": "10/05/2025",
    "RNE": "S",
    "LS": "C2",
    "CIN": "N1",
    "PLACE": "U6",
    "PLACE_PROVIDER": "PR1",
    "HOME_POST": "B14 4DA",
    "PL_POST": "B1 1TA",
    "URN": "SC123456",
}
# A placement that ends with a move to a children's home, as most cases of a chain want it.
LEFT = "DEC=10/08/2025 REC=X1 REASON_PLACE_CHANGE=CARPL"
MOVED = "DECOM=10/08/2025 RNE=P PLACE=K2 PL_POST=B743UP URN=SC7"
TEMPORARY = "PLACE_PROVIDER= URN="
CUSTODY = "REASON_PLACE_CHANGE=CUSTOD"


def episode(words: str) -> dict[str, str]:
    """Return a sound episode with the cells that are named: «PLACE=K2 URN=»."""
    return SOUND | dict(word.split("=", 1) for word in words.split())


def told(*lines: str) -> Return:
    """Return a return of one child from its episodes; «born …», «uasc» and «last …» tell the rest."""
    born = next((line[5:] for line in lines if line.startswith("born ")), "14/05/2012")
    now = [episode(line) for line in lines if not line.startswith(("born ", "uasc", "last"))]
    last = [episode(line[4:]) for line in lines if line.startswith("last")]
    tables = {
        "Header": table("Header", [{"CHILD": "A1", "DOB": born, "SEX": "F"}]),
        "Episodes": table("Episodes", now),
        "UASC": table("UASC", [{"CHILD": "A1"}] if "uasc" in lines else []),
    }
    prior = Return(2025, {"Episodes": table("Episodes", last)}) if last else None
    return Return(2026, tables, prior)


# (rule, what breaks it, what is sound beside it)
CASES = [
    ("141", ["DECOM=2025-05-10"], ["DECOM=10/05/2025"]),
    ("143", ["RNE=X"], ["RNE=S"]),
    ("144", ["LS=C3"], ["LS=C1"]),
    ("145", ["CIN=N9"], ["CIN=N8"]),
    ("146", ["PLACE=Z1"], ["PLACE=Z11"]),
    ("146", ["PLACE=H5"], ["PLACE=K3"]),
    ("147", ["DEC=31/02/2026"], ["DEC=28/02/2026"]),
    ("148", ["DEC=10/08/2025"], ["DEC=10/08/2025 REC=E4A"]),
    ("148", ["REC=E4A"], [""]),
    ("149", ["REC=E99"], ["REC=E17"]),
    ("178", ["PLACE_PROVIDER=PR6"], ["PLACE_PROVIDER=PR5"]),
    ("178", ["PLACE=T1"], ["PLACE=T4"]),
    ("1009", ["REASON_PLACE_CHANGE=MOVED"], ["REASON_PLACE_CHANGE=CARPL"]),
    ("353", ["DECOM=13/10/1991"], ["DECOM=14/10/1991"]),
    ("354", ["DECOM=01/04/2026"], ["DECOM=31/03/2026"]),
    ("385", ["DEC=01/04/2026"], ["DEC=31/03/2026"]),
    ("355", ["DEC=10/05/2025"], ["DEC=11/05/2025"]),
    ("356", ["DEC=09/05/2025"], ["DEC=10/05/2025"]),
    ("446", ["DECOM=30/11/2005 LS=E1"], ["DECOM=01/12/2005 LS=E1"]),
    ("142", ["", MOVED], [LEFT, MOVED]),
    ("142", ["DEC=10/08/2025", MOVED], [""]),
    ("199", ["DEC=10/08/2025 REC=E12", "DECOM=01/09/2025"], ["DEC=10/08/2025 REC=E12"]),
    ("199", ["last DEC=01/02/2025 REC=E11", ""], ["last DEC=01/02/2025 REC=E4A", ""]),
    ("225", ["DEC=10/08/2025 REC=X1", MOVED], [LEFT, MOVED]),
    ("225", ["DEC=10/08/2025 REC=X1", MOVED], ["DEC=10/08/2025 REC=X1", f"{MOVED} PLACE=T1"]),
    ("226", [LEFT, f"{MOVED} PLACE=T1"], ["DEC=10/08/2025 REC=X1", f"{MOVED} PLACE=T1"]),
    ("226", ["PLACE=T1 REASON_PLACE_CHANGE=OTHER"], ["REASON_PLACE_CHANGE=OTHER"]),
    ("233", ["REASON_PLACE_CHANGE=CARPL"], [LEFT]),
    ("336", [LEFT, f"{MOVED} PLACE=K2", "DECOM=10/09/2025 PLACE=A5"], [LEFT, f"{MOVED} PLACE=A5"]),
    ("357", ["DECOM=01/04/2025 RNE=P"], ["DECOM=31/03/2025 RNE=P"]),
    ("380", ["PLACE=T1"], ["PLACE=T1 RNE=P"]),
    (
        "383",
        ["DEC=10/08/2025 REC=X1", "DECOM=10/08/2025 PLACE=T1 RNE=P", "DECOM=20/08/2025 RNE=P PLACE=K2"],
        ["DEC=10/08/2025 REC=X1", "DECOM=10/08/2025 PLACE=T1 RNE=P", "DECOM=20/08/2025 RNE=P"],
    ),
    (
        "383",
        ["", "DECOM=10/08/2025 PLACE=T1", "DECOM=20/08/2025 RNE=P PL_POST=B743UP"],
        ["", "DECOM=10/08/2025 PLACE=T1", "DECOM=20/08/2025 RNE=P PL_POST=B11TA"],
    ),
    ("383", ["PLACE=T1", "DECOM=20/08/2025 RNE=T"], ["PLACE=T1", "DECOM=20/08/2025 RNE=P"]),
    (
        "383",
        ["PLACE=T1", "DECOM=20/08/2025"],
        ["PLACE=T1", "DECOM=20/08/2025 RNE=P", "DECOM=01/09/2025 PLACE=K2"],
    ),
    ("388", ["DEC=10/08/2025 REC=X1"], ["DEC=10/08/2025 REC=E4A"]),
    ("388", ["DEC=10/08/2025 REC=E4A", MOVED], [LEFT, MOVED]),
    ("388", ["DEC=11/08/2025 REC=X1", MOVED], ["DEC=09/08/2025 REC=E4A", MOVED]),
    ("431", [LEFT, "DECOM=10/08/2025"], [LEFT, "DECOM=11/08/2025"]),
    ("432", ["DEC=10/08/2025 REC=E4A", MOVED], ["DEC=10/08/2025 REC=E4A", "DECOM=01/09/2025"]),
    ("433", ["DEC=09/08/2025 REC=X1", MOVED], [LEFT, MOVED]),
    ("433", ["", MOVED], ["", "DECOM=10/08/2025"]),
    ("434", ["", "DECOM=10/08/2025 RNE=L"], ["LS=V2", "DECOM=10/08/2025 RNE=L"]),
    ("434", ["LS=V2", f"{MOVED} RNE=L"], ["LS=V2", "DECOM=10/08/2025 RNE=L PL_POST=B11TA"]),
    ("435", ["", "DECOM=10/08/2025 RNE=P"], ["", MOVED]),
    ("435", ["LS=V2", MOVED], ["", "DECOM=10/08/2025 RNE=T PLACE=U4"]),
    ("435", ["URN=", "DECOM=10/08/2025 RNE=P URN="], ["URN=", "DECOM=10/08/2025 RNE=P"]),
    ("436", ["LS=V2", "DECOM=10/08/2025 RNE=B"], ["LS=V2", f"{MOVED} RNE=B"]),
    ("436", ["", f"{MOVED} RNE=U"], ["LS=V2", f"{MOVED} RNE=U"]),
    ("437", ["DEC=10/08/2025 REC=E2", MOVED], ["DEC=10/08/2025 REC=E2"]),
    ("501", ["DEC=11/08/2025 REC=X1", MOVED], [LEFT, MOVED]),
    ("504", [LEFT, f"{MOVED} CIN=N2"], [LEFT, MOVED]),
    ("504", [LEFT, f"{MOVED} CIN=N2"], ["DEC=10/08/2025 REC=E4A", f"{MOVED} CIN=N2"]),
    ("234", ["born 11/05/2015", CUSTODY], ["born 10/05/2015", CUSTODY]),
    ("234", ["born 11/08/2015", f"{LEFT} {CUSTODY}"], ["born 10/08/2015", f"{LEFT} {CUSTODY}"]),
    ("302", ["born 11/05/2025", ""], ["born 10/05/2025", ""]),
    ("302", ["born 11/05/2025", ""], ["born 30/02/2026", ""]),
    ("352", ["born 10/05/2007", ""], ["born 11/05/2007", ""]),
    ("358", ["born 11/05/2015", "LS=J1"], ["born 10/05/2015", "LS=J1"]),
    ("359", ["born 01/03/2008", ""], ["born 01/03/2008", "LS=V2 PLACE=K2"]),
    ("359", ["born 30/03/2008", ""], ["born 31/03/2008", ""]),
    ("359", ["born 01/03/2008", "LS=V2"], ["born 01/03/2008", "DEC=01/03/2026"]),
    ("359", ["born 01/03/2008", "PLACE=K2"], ["born 01/03/2010", "PLACE=K2"]),
    ("361", ["LS=L1 DEC=14/05/2025"], ["LS=L1 DEC=13/05/2025"]),
    ("361", ["LS=L1 DEC=12/05/2025", "LS=L1 DECOM=12/05/2025 RNE=P DEC=14/05/2025"], ["LS=L2"]),
    ("361", ["LS=L1"], ["LS=L1 DEC=12/05/2025", "LS=L1 DECOM=01/06/2025 DEC=03/06/2025"]),
    ("362", ["LS=L2 DEC=01/06/2025"], ["LS=L2 DEC=31/05/2025"]),
    ("363", ["LS=L3 DEC=18/05/2025"], ["LS=L3 DEC=17/05/2025"]),
    ("364", ["LS=J2 DEC=01/06/2025"], ["LS=J2 DEC=31/05/2025"]),
    ("365", ["LS=V3 DEC=28/05/2025"], ["LS=V3 DEC=27/05/2025"]),
    ("367", ["DECOM=01/03/2025 DEC=16/06/2025 LS=V3"], ["DECOM=01/03/2025 DEC=15/06/2025 LS=V3"]),
    ("371", ["born 11/05/2009", "PLACE=K3"], ["born 10/05/2009", "PLACE=K3"]),
    ("372", ["born 11/05/2015", "PLACE=R5"], ["born 10/05/2015", "PLACE=R5"]),
    ("373", ["born 11/05/2021", "PLACE=S1"], ["born 10/05/2021", "PLACE=S1"]),
    ("374", ["born 11/05/2011", "PLACE=P3"], ["born 10/05/2011", "PLACE=P3"]),
    ("375", ["PLACE=T1 DEC=22/06/2025"], ["PLACE=T1 DEC=21/06/2025"]),
    ("375", ["PLACE=T1"], ["PLACE=T1 DECOM=01/03/2026"]),
    ("376", ["PLACE=T3 DEC=01/06/2025"], ["PLACE=T3 DEC=31/05/2025"]),
    ("379", ["PLACE=T4 DEC=18/05/2025"], ["PLACE=T4 DEC=17/05/2025"]),
    (
        "377",
        ["PLACE=T3", "PLACE=T3 DECOM=10/07/2025", "PLACE=T3 DECOM=10/09/2025"],
        ["PLACE=T3", "PLACE=T3 DECOM=10/07/2025", "PLACE=T3 DECOM=15/07/2025 RNE=L"],
    ),
    ("386", ["born 10/08/2007", "DEC=10/08/2025 REC=E11"], ["born 11/08/2007", "DEC=10/08/2025 REC=E11"]),
    ("387", ["born 11/08/2011", "DEC=10/08/2025 REC=E5"], ["born 10/08/2011", "DEC=10/08/2025 REC=E5"]),
    ("389", ["born 11/08/2009", "DEC=10/08/2025 REC=E7"], ["born 10/08/2009", "DEC=10/08/2025 REC=E7"]),
    ("407", ["born 10/08/2007", "DEC=10/08/2025 REC=E47"], ["born 11/08/2007", "DEC=10/08/2025 REC=E47"]),
    ("460", ["born 11/08/2007", "DEC=10/08/2025 REC=E17"], ["born 10/08/2007", "DEC=10/08/2025 REC=E17"]),
    ("213", ["PLACE=T4"], [f"PLACE=T4 {TEMPORARY}"]),
    ("214", ["LS=V4 URN="], ["LS=V4 URN= PL_POST="]),
    ("217", ["PLACE=A5 RNE=P"], ["PLACE=A5 RNE=T"]),
    ("217", ["PLACE=A3 RNE=B DECOM=01/04/2015"], ["PLACE=A3 RNE=B DECOM=31/03/2015"]),
    ("218", ["URN="], ["URN= PLACE=P1"]),
    ("218", ["URN="], ["URN= PL_POST=EH11YZ"]),
    ("218", ["URN="], ["URN= LS=V4"]),
    ("218", ["URN= DEC=01/04/2025"], ["URN= DEC=31/03/2025"]),
    ("222", ["PLACE=P1"], ["PLACE=P1 URN=XXXXXXX"]),
    ("222", ["PLACE=T4"], ["PLACE=T4 URN="]),
    ("242", ["PLACE=K2 URN=XXXXXXX"], ["PLACE=A6 URN=XXXXXXX"]),
    ("243", ["PL_POST=CF101EP"], ["PL_POST=CF101EP URN="]),
    ("366", ["LS=V3 RNE=P"], ["LS=V3"]),
    ("378", ["LS=V2 PLACE=P1"], ["LS=C1 PLACE=P1"]),
    ("382", ["LS=V3 PLACE=T0"], ["LS=V3"]),
    ("384", ["LS=V4 PLACE=U4"], ["LS=V4"]),
    ("381", ["PLACE=T1 REC=E4A"], ["PLACE=T1 REC=X1"]),
    ("390", ["REC=E12"], ["REC=E12 PLACE=A6"]),
    ("408", ["PLACE=A6"], ["PLACE=A6 LS=E1"]),
    ("426", ["LS=V3", "LS=V4 DECOM=01/09/2025"], ["LS=V3", "LS=V3 DECOM=01/09/2025"]),
    ("516", ["REC=E45 PLACE=K2"], ["REC=E45"]),
    ("526", ["PLACE_PROVIDER="], ["PLACE_PROVIDER= PLACE=Z12"]),
    ("527", ["PLACE=R5"], ["PLACE=K2"]),
    ("528", ["PLACE=R2 PLACE_PROVIDER=PR2"], ["PLACE=K2 PLACE_PROVIDER=PR2"]),
    ("529", ["PLACE_PROVIDER=PR3"], ["PLACE=R2 PLACE_PROVIDER=PR3"]),
    ("530", ["PLACE=P1 PLACE_PROVIDER=PR4"], ["PLACE_PROVIDER=PR4"]),
    ("531", ["PLACE=P1 PLACE_PROVIDER=PR5"], ["PLACE_PROVIDER=PR5"]),
    ("550", ["PLACE_PROVIDER=PR0"], ["PLACE=P1 PLACE_PROVIDER=PR0"]),
    ("169", ["PL_POST=ZZ11AA"], ["PL_POST=b11ta"]),
    ("179", ["PL_POST="], ["PL_POST= LS=V3"]),
    ("392a", ["HOME_POST=EE287VZ"], [""]),
    ("392a", ["HOME_POST="], ["HOME_POST=", "uasc"]),
    ("392b", ["HOME_POST="], ["HOME_POST= LS=V4"]),
    ("392c", ["HOME_POST=B11CA"], ["HOME_POST="]),
    ("392d", ["HOME_POST=B11TA"], ["HOME_POST=B11TA PLACE=P1"]),
    ("398", ["LS=V3 PL_POST="], ["LS=V3 PL_POST= HOME_POST="]),
    ("406", ["uasc", ""], ["uasc", "HOME_POST="]),
    ("420", ["LS=V3"], ["LS=V3 PL_POST="]),
    ("502", ["last DECOM=01/02/2025", "DECOM=02/02/2025"], ["last DECOM=01/02/2025", "DECOM=01/02/2025"]),
    ("502", ["last DECOM=01/02/2025", ""], ["last DECOM=01/02/2025 DEC=01/03/2025", ""]),
    ("503A", ["last RNE=P", ""], ["last ", ""]),
    ("503B", ["last LS=C1", ""], ["last LS=C1 DEC=01/06/2025", ""]),
    ("503C", ["last CIN=N2", ""], ["last ", ""]),
    ("503D", ["last PLACE=K2", ""], ["last PLACE=Z1", "PLACE=Z13"]),
    ("503E", ["last PLACE_PROVIDER=PR4", ""], ["last ", ""]),
    ("503F", ["last URN=SC7", ""], ["last ", ""]),
    ("562", ["last DECOM=01/02/2025", "DECOM=03/02/2025"], ["last DECOM=01/02/2025", "DECOM=01/02/2025"]),
    ("562", ["last CHILD=A2", "DECOM=03/02/2025"], ["last DECOM=01/02/2025", "DECOM=01/04/2025"]),
    ("NoE", ["last CHILD=A2", "DECOM=31/03/2025"], ["last CHILD=A2", "DECOM=01/04/2025"]),
    ("NoE", ["last CHILD=A2", "DECOM=31/03/2025"], ["DECOM=31/03/2025"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "broken", "sound"), CASES)
def test_a_rule_finds_what_breaks_it_and_lets_be_what_is_sound(
    code: str, broken: list[str], sound: list[str]
) -> None:
    rule = RULES[code]

    assert rule.findings(told(*broken))
    assert not rule.findings(told(*sound))


def test_every_rule_about_episodes_has_a_case_and_a_message_of_the_department() -> None:
    assert RULES.keys() == {code for code, _, _ in CASES}
    assert RULES.keys() <= messages().keys()


@pytest.mark.parametrize("name", ["Reviews", "OC2", "AD1", "PlacedAdoption", "PrevPerm", "Missing"])
def test_a_care_leaver_without_an_episode_has_no_rows_of_the_looked_after(name: str) -> None:
    (rule,) = rules_episodes_none.RULES
    leaver = {each: table(each, [{"CHILD": "A1"}]) for each in ("OC3", name)}
    looked_after = {each: table(each, [{"CHILD": "A2"}]) for each in ("Episodes", "OC3", name)}

    assert [found.line.table for found in rule.findings(Return(2026, leaver))] == [name]
    assert not rule.findings(Return(2026, looked_after))


def test_every_fault_names_columns_of_the_episodes_and_says_what_to_mend() -> None:
    for code, broken, _ in CASES:
        for found in RULES[code].findings(told(*broken)):
            assert set(found.columns) <= set(COLUMNS["Episodes"])
            assert found.line.table == "Episodes"
            assert found.wrong.endswith(".")
            assert found.mend.endswith(".")


@pytest.mark.parametrize(
    ("code", "episodes", "at"),
    [
        ("225", ["DEC=10/08/2025 REC=X1", MOVED], 0),
        ("226", [LEFT, f"{MOVED} PLACE=T1"], 0),
        ("388", ["DEC=09/08/2025 REC=X1", MOVED], 0),
        ("433", ["DEC=09/08/2025 REC=X1", MOVED], 1),
    ],
)
def test_a_fault_between_two_episodes_is_told_at_the_one_to_mend(
    code: str, episodes: list[str], at: int
) -> None:
    assert [found.line.number for found in RULES[code].findings(told(*episodes))] == [at]


def test_the_clean_sets_break_no_rule_about_episodes() -> None:
    last = read(DATA / "clean_2024_25_prior_year", 2025)
    this = read(DATA / "clean_2025_26", 2026, last)

    assert not [found for rule in RULES.values() for found in rule.findings(last)]
    assert not [found for rule in RULES.values() for found in rule.findings(this)]


def test_a_volume_of_children_full_of_faults_is_judged() -> None:
    volume = read(DATA / "fake_volume", 2018)

    found = [each for rule in RULES.values() for each in rule.findings(volume)]

    assert {each.child for each in found} == {line.child for line in volume.lines("Episodes")}


CELLS = st.one_of(
    st.sampled_from(["", "S", "P", "V3", "T3", "X1", "E12", "CUSTOD", "L1", "PR0", "N1", "B1 1TA"]),
    st.sampled_from(["01/01/0001", "31/12/9999", "29/02/2024", "29/02/2025", "10/05/2025", "2025-05-10"]),
    st.text(max_size=12),
)  # fmt: skip


def rows_of(name: str) -> st.SearchStrategy[list[dict[str, str]]]:
    row = st.fixed_dictionaries(dict.fromkeys(COLUMNS[name], CELLS))
    return st.lists(row.map(lambda cells: cells | {"CHILD": "A1"}), max_size=4)


@settings(max_examples=60, deadline=None)
@given(rows_of("Episodes"), rows_of("Episodes"), rows_of("Header"))
def test_no_cell_whatever_makes_a_rule_fall_over(
    now: list[dict[str, str]], last: list[dict[str, str]], header: list[dict[str, str]]
) -> None:
    prior = Return(2025, {"Episodes": table("Episodes", last)})
    this = Return(2026, {"Episodes": table("Episodes", now), "Header": table("Header", header)}, prior)

    for rule in RULES.values():
        rule.findings(this)


def test_a_postcode_is_judged_by_its_form_and_area() -> None:
    assert len(postcodes.AREAS) == 124
    assert all(postcodes.exists(each) for each in ("B1 1TA", "b743up", "EC1A 1BB", "W1A0AX", "BT1 5GS"))
    assert not any(
        postcodes.exists(each) for each in ("", "ZZ1 1AA", "B1 1CA", "B 1TA", "1TA B1", "B11 1TAA")
    )
    assert postcodes.is_outside_england("BT1 5GS")
    assert not postcodes.is_outside_england("TD15 1AA")


def test_a_code_is_valid_in_its_years_alone() -> None:
    assert {"H5", "Z1"} & valid("PLACE", 2025) == {"H5", "Z1"}
    assert {"H5", "Z1", "Z14"} & valid("PLACE", 2026) == {"Z14"}


def test_a_stretch_is_broken_by_a_day_without_the_code() -> None:
    lines = told(
        "LS=L1 DEC=12/05/2025",
        "LS=L1 DECOM=12/05/2025 DEC=13/05/2025",
        "LS=L1 DECOM=14/05/2025 DEC=15/05/2025",
    ).episodes("A1")

    stretches = episode_checks.stretches(lines, "LS", "L1")

    assert [len(each) for each in stretches] == [2, 1]


def test_a_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\na1,f, nonsense ,,,,\n")
    (tmp_path / "episodes.csv").write_text(f"{','.join(COLUMNS['Episodes'])}\na1,31/02/2026\n")

    this = read(tmp_path, 2026)

    assert this.lines("Header")[0]["DOB"] == "NONSENSE"
    assert (this.lines("Episodes")[0].child, this.lines("Episodes")[0]["DECOM"]) == ("A1", "31/02/2026")
    assert this.lines("Episodes")[0]["URN"] == ""
    assert this.lines("Reviews") == ()

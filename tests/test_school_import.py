"""A school's CSV: columns of any name, children never guessed, every refused row named, no doubles."""

from datetime import date

import pytest

from caseapp import people
from caseapp.education import csv_file, records, school_import
from caseapp.education import csv_mapping as mapping
from caseapp.education.csv_mapping import ATTAINMENT, ATTENDANCE, ColumnMap
from caseapp.work import NotAllowed, NotFound, Problem, Stale
from db.models import Child
from tests.hostile import TEXTS
from tests.story import new_story

UPN = "A123456789012"
HEADINGS = "UPN,Surname,Forename,DOB,Academic Year,Term,Possible,Present\n"
KIT = f"{UPN},Moran,Kit,04/05/2013,2025/26,Summer,120,112\n"


class School:
    """A school with two children of Ada's and one of another team's."""

    def __init__(self, folder):
        self.story, self.folder = new_story(), folder
        self.kit = self.story.register("ada", "Kit", "Moran")
        self.ben = self.story.register("ada", "Ben James", "Okoro", date(2012, 1, 9))
        self.mia = self.story.register("sue", "Mia", "Away", date(2012, 2, 2))
        self.school = self.story.call("ada", self._begin)

    def _begin(self, session):
        session.get_one(Child, self.kit).upn = UPN
        school = people.add_school(session, "Quenby Vale Academy", urn="199001")
        for each in (self.kit, self.ben):
            people.start_school(session, each, school, date(2024, 9, 3), "Ms Okafor")
        return school

    def opened(self, text, kind=ATTENDANCE, who="ada", encoding="utf-8"):
        path = self.folder / "school.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return self.story.call(who, lambda session: school_import.open_file(session, path, self.school, kind))

    def look(self, text, kind=ATTENDANCE, chosen=None, who="ada", **whole):
        return self._with(school_import.preview, text, kind, chosen, who, whole)

    def take(self, text, kind=ATTENDANCE, chosen=None, who="ada", **whole):
        return self._with(school_import.take, text, kind, chosen, who, whole)

    def _with(self, use_case, text, kind, chosen, who, whole):
        opened = self.opened(text, kind, who)
        columns = chosen or opened.columns
        columns = ColumnMap(kind, columns.columns, columns.values, {**columns.whole, **whole})
        return self.story.call(who, lambda session: use_case(session, opened.table, self.school, columns))

    def attendance(self):
        return self.story.raw(
            "SELECT school_year, term, possible, attended, authorised, late FROM attendance ORDER BY id"
        )

    def attainment(self):
        return self.story.raw("SELECT subject, framework, result, judgement FROM attainment ORDER BY subject")


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


def refused(found):
    return [(each.line, each.column, each.reason) for each in found.refused]


def test_a_good_file_is_shown_and_nothing_is_stored(school):
    found = school.look(HEADINGS + KIT)

    (line,) = found.lines
    assert line == (2, "Kit Moran", "Summer term 2026", "", "112 of 120 sessions (93.3 %)", "new")
    assert (found.taken, found.children, found.refused, found.notes) == (1, 1, (), ())
    assert school.attendance() == []
    assert school.story.raw("SELECT count(*) FROM history WHERE tbl = 'attendance'") == [(0,)]


def test_what_was_shown_goes_in(school):
    found = school.take(HEADINGS + KIT)

    assert found.taken == 1
    assert school.attendance() == [(2025, "summer", 120, 112, 0, 0)]


def test_the_same_file_again_makes_no_doubles(school):
    school.take(HEADINGS + KIT)

    again = school.take(HEADINGS + KIT)

    assert (again.taken, again.count("same")) == (0, 1)
    assert len(school.attendance()) == 1


def test_other_numbers_change_the_row_and_leave_alone_what_the_file_does_not_speak_of(school):
    school.take(HEADINGS.replace("Present", "Present,Late") + KIT.replace("112", "112,5"))

    found = school.take(HEADINGS + KIT.replace("112", "114"))

    assert [(each.was[:10], each.now[:10], each.state) for each in found.lines] == [
        ("112 of 120", "114 of 120", "changed")
    ]
    assert school.attendance() == [(2025, "summer", 120, 114, 0, 5)]


def test_the_columns_are_remembered_for_the_school_and_the_term_is_asked_anew(school):
    text = f"Kind,Marks so far,There\n{UPN},120,112\n"
    chosen = ColumnMap(ATTENDANCE, {"Kind": "upn", "Marks so far": "possible", "There": "attended"})
    school.take(text, chosen=chosen, school_year="2025/26", term="summer")

    opened = school.opened(text)

    assert opened.known
    assert dict(opened.columns.columns) == chosen.columns
    assert mapping.missing(opened.columns) == [
        "Choose the column of “School year”, or say it for the whole file.",
        "Choose the column of “Term”, or say it for the whole file.",
    ]


def test_values_are_given_a_meaning_once(school):
    text = HEADINGS + KIT.replace("Summer", "T3")
    opened = school.opened(text)
    values = {name: opened.table.values(name) for name in opened.table.headings}

    (asked,) = mapping.coded(opened.columns, values)
    chosen = ColumnMap(ATTENDANCE, opened.columns.columns, {"term": {"t3": "summer"}})

    assert (asked.target.key, asked.value, asked.code) == ("term", "T3", "")
    assert refused(school.look(text)) == [(2, "Term", "“T3” has no meaning chosen for it yet.")]
    assert school.take(text, chosen=chosen).taken == 1
    assert school.take(text).count("same") == 1  # remembered


def test_every_refused_row_is_named_and_the_others_go_in(school):
    rows = [
        KIT,
        "A000000000000,,,,2025/26,Summer,120,112\n",
        f"{UPN},,,,2025/26,Spring,100,101\n",
        f"{UPN},,,,2025/27,Spring,100,90\n",
        f"{UPN},,,,2024/25,Spring,ten,9\n",
        f"{UPN},,,,2024/25,Autumn,,9\n",
        f"{UPN},,,,2030/31,Autumn,10,9\n",
        f"{UPN},,,,2024/25,Autumn,10,9,7\n",
        ",Moran,Kit,,2024/25,Autumn,10,9\n",
    ]

    found = school.take(HEADINGS + "".join(rows))

    assert found.taken == 1
    assert refused(found) == [
        (3, "UPN", "No record that you may see has this UPN."),
        (4, "Present", "101 sessions cannot be attended where 100 were possible."),
        (5, "Academic Year", "“2025/27” is not a school year. Write it as 2026/27."),
        (6, "Possible", "“ten” is not a whole number from 0 to 9999."),
        (7, "Possible", "“Possible sessions” is empty."),
        (8, "", "That term begins on 01/09/2030."),
        (9, "", "It has 9 cells under 8 headings: look at its commas."),
        (10, "UPN", "There is no UPN, and no name with a date of birth."),
    ]


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (f"{UPN},Moran,Ben,04/05/2013", "The record of this UPN has another first name. Check the UPN."),
        (f"{UPN},Moran,Kit,05/05/2013", "The record of this UPN has another date of birth: 04/05/2013."),
        ("B999999999999,Moran,Kit,04/05/2013", "The record of this name has another UPN."),
        (",Moran,Kitty,04/05/2013", "No record that you may see has this name and date of birth."),
        (",Moran,Kit,03/05/2013", "No record that you may see has this name and date of birth."),
        (",Away,Mia,02/02/2012", "No record that you may see has this name and date of birth."),
    ],
)
def test_a_child_is_never_guessed(school, who, reason):
    found = school.take(f"{HEADINGS}{who},2025/26,Summer,120,112\n")

    assert [each.reason for each in found.refused] == [reason]
    assert school.attendance() == []


@pytest.mark.parametrize(
    "who", [",Okoro,Ben,09/01/2012", ",OKORO,Ben James,2012-01-09", "C1,Okoro,Ben,09/01/2012"]
)
def test_a_child_is_found_by_name_and_date_of_birth(school, who):
    found = school.look(f"{HEADINGS}{who},2025/26,Summer,120,112\n")

    assert [each.child for each in found.lines] == ["Ben James Okoro"]


def test_two_records_of_one_name_and_birthday_are_not_chosen_between(school):
    school.story.register("ada", "Ben", "Okoro", date(2012, 1, 9))

    found = school.look(f"{HEADINGS},Okoro,Ben,09/01/2012,2025/26,Summer,120,112\n")

    assert [each.reason for each in found.refused] == [
        "This name and date of birth fit several records. Give the UPN."
    ]


def test_lines_that_contradict_each_other_all_stay_out(school):
    found = school.take(HEADINGS + KIT + KIT.replace("112", "90"))

    assert refused(found) == [
        (2, "", "Lines 2 and 3 say different things of the same. Keep one."),
        (3, "", "Lines 2 and 3 say different things of the same. Keep one."),
    ]
    assert school.attendance() == []


def test_a_line_that_is_there_twice_goes_in_once(school):
    found = school.take(HEADINGS + KIT + KIT)

    assert refused(found) == [(3, "", "It says the same as line 2, which is enough.")]
    assert len(school.attendance()) == 1


def test_a_fault_of_ours_in_the_middle_leaves_nothing_behind(school, monkeypatch):
    add, asked = records.add, []

    def break_down(*given):
        asked.append(given)
        if len(asked) == 2:
            raise RuntimeError("power cut")
        return add(*given)

    monkeypatch.setattr(records, "add", break_down)

    with pytest.raises(RuntimeError):
        school.take(HEADINGS + KIT + KIT.replace("2025/26", "2024/25"))
    assert school.attendance() == []


def test_a_record_that_changed_since_the_look_is_looked_at_again(school):
    opened = school.opened(HEADINGS + KIT)
    seen = school.look(HEADINGS + KIT)
    school.take(HEADINGS + KIT.replace("112", "100"))

    with pytest.raises(Stale, match="changed since you looked"):
        school.story.call(
            "ada",
            lambda session: school_import.take(session, opened.table, school.school, opened.columns, seen),
        )
    assert school.attendance()[0][3] == 100


def test_only_those_who_write_take_in(school):
    for who in ("rob", "amy"):
        with pytest.raises(NotAllowed):
            school.opened(HEADINGS + KIT, who=who)


def test_a_child_of_another_team_is_out_of_reach(school):
    found = school.take(HEADINGS + KIT, who="sue")

    assert [each.reason for each in found.refused] == [
        "No record that you may see has this name and date of birth."
    ]


def test_whoever_was_never_at_the_school_is_pointed_out(school):
    other = school.story.register("ada", "Zoe", "New", date(2013, 1, 1))

    found = school.look(f"{HEADINGS},New,Zoe,01/01/2013,2025/26,Summer,120,112\n")

    assert other
    assert found.notes == (
        "Not on record as ever at Quenby Vale Academy: Zoe New. Check the school, or add it there.",
    )


# Attainment

MARKS = "UPN,Subject,Date,Assessed by,Result,TA\n"


def test_attainment_goes_in_a_row_a_subject(school):
    text = f"{MARKS}{UPN},Reading,10/07/2026,ks2,104,EXS\n{UPN},Maths,10/07/2026,Key stage 2 tests,,WTS\n"

    found = school.take(text, ATTAINMENT)

    assert [each.now for each in found.lines] == ["104, At expected", "Below expected"]
    assert school.attainment() == [("Maths", "ks2", "", "B"), ("Reading", "ks2", "104", "E")]
    assert school.take(text, ATTAINMENT).count("same") == 2


def test_headings_that_are_subjects_become_rows(school):
    text = f"UPN,Reading,Writing,Maths\n{UPN},EXS,,GDS\n"
    columns = {"UPN": "upn"} | dict.fromkeys(("Reading", "Writing", "Maths"), mapping.JUDGEMENT_OF)

    found = school.take(
        text, ATTAINMENT, ColumnMap(ATTAINMENT, columns), assessed_on="10/07/2026", framework="school"
    )

    assert found.taken == 2
    assert school.attainment() == [("Maths", "school", "", "GD"), ("Reading", "school", "", "E")]


def test_a_result_that_the_scheme_cannot_have_is_refused(school):
    rows = f"{UPN},Maths,10/07/2026,gcse,A+,\n{UPN},Maths,10/07/2036,gcse,5,\n{UPN},Art,10/07/2026,gcse,,\n"

    found = school.look(MARKS + rows, ATTAINMENT)

    assert [each.reason for each in found.refused] == [
        "“A+” is no GCSE grade: 9 to 1, U or X, or two of them such as 5-4.",
        "10/07/2036 is still to come.",
        "Give a result or a judgement against the age.",
    ]


# The file itself


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_name_with_accents_is_read_in_every_encoding_that_schools_use(school, encoding):
    school.story.register("ada", "Zoë", "Brontë", date(2013, 1, 1))

    opened = school.opened(f"{HEADINGS},Brontë,Zoë,01/01/2013,2025/26,Summer,120,112\n", encoding=encoding)

    found = school.story.call(
        "ada", lambda session: school_import.preview(session, opened.table, school.school, opened.columns)
    )
    assert [each.child for each in found.lines] == ["Zoë Brontë"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"UPN,DOB\n", "headings and no rows"),
        (b"x" * (csv_file.FILE_LIMIT + 1), "larger than 10 MB"),
        (b"U\0P\0N\0", "It is not UTF-8 text"),
        (b"UPN\n\x81\x8d\n", "neither UTF-8 nor Windows text"),
        (b'UPN\n"open', "From line 2 on it is no CSV"),
        (b"UPN\n" + b"x" * (csv_file.CELL_LIMIT + 1), "Line 2 has a cell"),
        (b"," * csv_file.COLUMN_LIMIT + b"UPN\n1\n", "more than 200 columns"),
        (b"UPN\n" + b"1\n" * (csv_file.ROW_LIMIT + 1), "more than 20,000 rows"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(school, content, said):
    with pytest.raises(Problem, match=said):
        school.opened(content)


def test_semicolons_and_headings_of_one_name_are_understood(school):
    opened = school.opened(f"UPN;Present;Present;\n{UPN};1;2;x\n".encode())

    assert opened.table.headings == ("UPN", "Present", "Present (3)", "Column 4")
    assert dict(opened.columns.columns) == {"UPN": "upn", "Present": "attended"}


def test_hostile_cells_are_refused_or_kept_as_text_and_never_break_it(school, tmp_path):
    path = tmp_path / "hostile.csv"
    rows = [
        f"{UPN},{_quoted(each)},10/07/2026,school,5,{_quoted(each)}" for each in TEXTS if len(each) < 4_000
    ]
    path.write_bytes("\n".join([MARKS.strip(), *rows]).encode("utf-8", "ignore"))
    opened = school.story.call(
        "ada", lambda session: school_import.open_file(session, path, school.school, ATTAINMENT)
    )

    found = school.story.call(
        "ada", lambda session: school_import.take(session, opened.table, school.school, opened.columns)
    )

    assert found.rows == len(rows)
    assert all(len(each.reason) < 200 and each.reason.isprintable() for each in found.refused)


def _quoted(cell):
    return '"' + cell.replace('"', '""').replace("\0", "") + '"'


def test_a_setting_that_was_spoilt_is_set_aside(school):
    school.take(HEADINGS + KIT)
    with school.story.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE setting SET value = '{' WHERE name LIKE 'school_csv%'")

    assert not school.opened(HEADINGS + KIT).known


def test_a_school_is_found_by_its_urn(school):
    found = school.story.call("ada", lambda session: school_import.school_of_urn(session, " 199001 "))

    assert found == school.school
    with pytest.raises(NotFound, match="URN “12”"):
        school.story.call("ada", lambda session: school_import.school_of_urn(session, "12"))

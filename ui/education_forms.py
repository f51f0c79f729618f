"""The dialogs of the Education tab: each turns its answers into one piece of work for the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp import ages, people
from caseapp.education import records
from caseapp.education import school_rules as rules
from caseapp.education.new_rows import (
    NewAttainment,
    NewAttendance,
    NewProvision,
    NewSchooling,
    NewSuspension,
    NewTimetable,
)
from caseapp.form import YES_NO, Choice, Choices, Date, Field, Is, Number, Options, Text
from caseapp.form_parts import pep_lists as lists
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.people_forms import find_schools
from ui.picker import Chooser, Found, Picker
from ui.row_dialog import Opened, RowDialog, in_hours, in_minutes, whole
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

OTHER: Final = "other"
_YEARS_BACK: Final = 18
_MOST_SESSIONS: Final = 500
_HOURS: Final = 60
_PERMANENT, _SUSPENDED = Is("permanent", "yes"), Is("permanent", "no")
_SUBJECTS: Final[Options] = (
    *((name, name) for name in (*lists.FIRST_SUBJECTS, *lists.EARLY_AREAS, *lists.LATER_SUBJECTS)),
    (OTHER, "Another subject or course"),
)


class SchoolDialog(RowDialog[NewSchooling]):
    """A spell at a school, now or long ago."""

    thing = "a school"
    hint = "Days without a school between two schools are shown by themselves."
    needed: tuple[str, ...] = ("from_on",)

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        schools: Options = (),
        opened: Opened[NewSchooling] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        if opened is not None:
            self.needed = ()  # of an old spell the first day may never be known
        self.picker = Picker(desk, "School or setting", find_schools, "Add as new:")
        super().__init__(desk, child_id, schools, opened, parent)

    def beside(self) -> Sequence[Chooser]:
        """Return the search for the school; that of an old spell stays."""
        return () if self.opened else (self.picker,)

    def fields(self) -> Sequence[Field]:
        """Return since when and until when, whom to talk to, and why it ended."""
        return (
            Date("from_on", "First day", half=True),
            Date("until_on", "Last day", half=True, help="Leave it open while the child goes there."),
            Text("designated_teacher", "Designated teacher or lead", half=True),
            Text("reason_left", "Why it ended", half=True),
        )

    def _save(self) -> None:
        if self.opened is None and self.picker.chosen() is None:
            self.picker.show_words("Choose a school from the list, or “Add as new”.")
            self.picker.focus()
            return
        super()._save()

    def new(self) -> NewSchooling:
        """Return the spell at the school that was opened."""
        given = self.opened.given if self.opened else None
        return self._typed(given.school_id) if given else self._typed(UUID(int=0))

    def _typed(self, school_id: UUID) -> NewSchooling:
        form = self.form
        return NewSchooling(
            school_id,
            form.day("from_on"),
            form.day("until_on"),
            form.text("designated_teacher"),
            form.text("reason_left"),
        )

    def adding(self) -> Work:
        """Return the adding of the spell, and of the school where it is new."""
        chosen = self.picker.chosen()
        if chosen is None:
            raise ValueError("No school was chosen.")
        return partial(_add_school, self.child_id, chosen, asdict(self._typed(UUID(int=0))))


def _add_school(child_id: UUID, chosen: Found, typed: dict[str, Any], session: Session) -> UUID:
    school_id = chosen.id or people.add_school(session, chosen.text)
    return records.add_schooling(session, child_id, NewSchooling(**(typed | {"school_id": school_id})))


class AttendanceDialog(RowDialog[NewAttendance]):
    """A term's sessions at a school."""

    thing = "a term’s attendance"
    hint = "Two sessions make a school day. The per cent is worked out."
    needed = ("school", "year", "term", "possible", "attended")
    may_go = False

    def fields(self) -> Sequence[Field]:
        """Return school, term and sessions."""
        terms = tuple((term, term.capitalize()) for term in rules.TERMS)
        return (
            self.school_field(),
            Choice("year", "School year", options=self._years, half=True),
            Choice("term", "Term", options=terms, half=True),
            Number("possible", "Sessions possible", high=_MOST_SESSIONS, half=True),
            Number("attended", "Sessions attended", high=_MOST_SESSIONS, half=True),
            Number("authorised", "Authorised absence", high=_MOST_SESSIONS, half=True),
            Number("unauthorised", "Unauthorised absence", high=_MOST_SESSIONS, half=True),
            Number("late", "Times late", high=_MOST_SESSIONS, half=True),
        )

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        schools: Options = (),
        opened: Opened[NewAttendance] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        this = rules.school_year(desk.today)
        years = {*range(this - _YEARS_BACK, this + 1), *((opened.given.school_year,) if opened else ())}
        self._years = tuple(
            (str(year), rules.school_year_words(year)) for year in sorted(years, reverse=True)
        )
        super().__init__(desk, child_id, schools, opened, parent)

    def start(self, today: date) -> Mapping[str, Any]:
        """Return this term at the school of now."""
        now = {"year": str(rules.school_year(today)), "term": rules.term_key(today)}
        return {**super().start(today), **now}

    def answers_of(self, given: NewAttendance) -> Mapping[str, Any]:
        """Return a term as answers."""
        return {**super().answers_of(given), "year": str(given.school_year)}

    def new(self) -> NewAttendance:
        """Return the term as it was typed."""
        form = self.form
        sessions = ("possible", "attended", "authorised", "unauthorised", "late")
        counts = (whole(form, key) for key in sessions)
        return NewAttendance(self.school_id(), int(form.text("year")), form.text("term"), *counts)

    def adding(self) -> Work:
        """Return the adding of the term."""
        return partial(records.add_attendance, child_id=self.child_id, new=self.new())


class SuspensionDialog(RowDialog[NewSuspension]):
    """A suspension in half days, or a permanent exclusion."""

    thing = "a suspension or exclusion"
    hint = "Half days count, and so does being sent home for one. Tell the virtual school without delay."
    needed = ("school", "permanent", "started_on")

    def fields(self) -> Sequence[Field]:
        """Return days, sessions, reasons and what followed."""
        return (
            self.school_field(),
            Choice("permanent", "Permanent exclusion?", options=YES_NO, half=True),
            Date("started_on", "From", past=True, half=True),
            Date("ended_on", "To", when=_SUSPENDED, half=True),
            Number("sessions", "Half days", high=180, when=_SUSPENDED, half=True),
            Choices("reasons", "Reasons, three at most", options=lists.SUSPENSION_REASONS),
            Date("provision_from", "Education provided from", half=True, help="The sixth day at the latest"),
            Date("told_on", "Virtual school told", past=True, half=True),
            Date("return_meeting_on", "Return meeting", when=_SUSPENDED, half=True),
            Date("governors_on", "Governors’ meeting", half=True),
            Choice("outcome", "What the governors decided", options=lists.GOVERNORS, half=True),
            Date("rescinded_on", "Withdrawn on", past=True, half=True),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return a suspension at the school of now."""
        return {**super().start(today), "permanent": "no"}

    def answers_of(self, given: NewSuspension) -> Mapping[str, Any]:
        """Return a suspension as answers."""
        is_permanent = "yes" if given.permanent else "no"
        return {**super().answers_of(given), "permanent": is_permanent, "reasons": list(given.reasons)}

    def new(self) -> NewSuspension:
        """Return the suspension as it was typed."""
        form = self.form
        return NewSuspension(
            self.school_id(),
            form.day("started_on") or form.today,
            whole(form, "sessions"),
            form.day("ended_on"),
            form.codes("reasons"),
            form.text("permanent") == "yes",
            form.day("provision_from"),
            form.day("told_on"),
            form.day("return_meeting_on"),
            form.day("governors_on"),
            form.text("outcome"),
            form.day("rescinded_on"),
        )

    def adding(self) -> Work:
        """Return the adding of the suspension."""
        return partial(records.add_suspension, child_id=self.child_id, new=self.new())


class TimetableDialog(RowDialog[NewTimetable]):
    """A reduced timetable: by agreement, short, with an end."""

    thing = "a reduced timetable"
    hint = "By agreement, for six weeks at most, and with an end."
    needed = ("school", "started_on", "until_on", "hours", "full_hours", "reason")

    def fields(self) -> Sequence[Field]:
        """Return dates, hours, reason and who agreed."""
        return (
            self.school_field(),
            Date("started_on", "From", half=True),
            Date("until_on", "Agreed to end on", half=True),
            Number("hours", "Hours offered a week", high=_HOURS, places=1, half=True),
            Number("full_hours", "Hours of a full week", high=_HOURS, places=1, half=True),
            Text("reason", "Why it is reduced", lines=2),
            Text("agreed_by", "Agreed by", half=True, help="Parent, council, virtual school"),
            Date("review_on", "To be reviewed", half=True),
            Date("ended_on", "Ended on", half=True),
        )

    def answers_of(self, given: NewTimetable) -> Mapping[str, Any]:
        """Return a timetable as answers."""
        told = {"hours": in_hours(given.minutes), "full_hours": in_hours(given.full_minutes)}
        return {**super().answers_of(given), **told}

    def new(self) -> NewTimetable:
        """Return the timetable as it was typed."""
        form = self.form
        return NewTimetable(
            self.school_id(),
            form.day("started_on") or form.today,
            form.day("until_on") or form.today,
            in_minutes(form, "hours", self.opened.given.minutes if self.opened else 0),
            in_minutes(form, "full_hours", self.opened.given.full_minutes if self.opened else 0),
            form.text("reason"),
            form.text("agreed_by"),
            form.day("ended_on"),
            form.day("review_on"),
        )

    def adding(self) -> Work:
        """Return the adding of the timetable."""
        return partial(records.add_timetable, child_id=self.child_id, new=self.new())


class ProvisionDialog(RowDialog[NewProvision]):
    """Alternative provision: where the child learns beside or in place of the school."""

    thing = "alternative provision"
    needed = ("name", "started_on")

    def fields(self) -> Sequence[Field]:
        """Return provider, dates, hours and who commissions it."""
        return (
            Text("name", "Provider", half=True),
            Choice("registered", "Is the provider registered?", options=YES_NO, half=True),
            Date("started_on", "Started", half=True),
            Date("ended_on", "Ended", half=True),
            Number("days", "Days a week", high=7, half=True),
            Number("hours", "Hours a week", high=_HOURS, places=1, half=True),
            Date("review_on", "To be reviewed", half=True),
            Text("commissioner", "Commissioned by", half=True),
        )

    def answers_of(self, given: NewProvision) -> Mapping[str, Any]:
        """Return provision as answers."""
        registered = None if given.registered is None else "yes" if given.registered else "no"
        offered = in_hours(given.minutes) if given.minutes else None
        return {**super().answers_of(given), "registered": registered, "hours": offered}

    def new(self) -> NewProvision:
        """Return provision as it was typed."""
        form = self.form
        registered = form.text("registered")
        return NewProvision(
            form.text("name"),
            form.day("started_on") or form.today,
            registered == "yes" if registered else None,
            form.day("ended_on"),
            form.day("review_on"),
            whole(form, "days"),
            in_minutes(form, "hours", self.opened.given.minutes if self.opened else 0),
            form.text("commissioner"),
        )

    def adding(self) -> Work:
        """Return the adding of provision."""
        return partial(records.add_provision, child_id=self.child_id, new=self.new())


class AttainmentDialog(RowDialog[NewAttainment]):
    """How a child stands in a subject on a day."""

    thing = "attainment"
    hint = "Say “expected” of the child’s age, not of the class."
    needed = ("subject", "assessed_on", "judgement")

    def fields(self) -> Sequence[Field]:
        """Return subject, day, result and judgement."""
        another = Is("subject", OTHER)
        start = (("yes", "This is the starting point on coming into care"),)
        return (
            Choice("subject", "Subject", options=_SUBJECTS, half=True),
            Date("assessed_on", "Assessed on", past=True, half=True),
            Text("another", "Which subject or course", when=another),
            Choice("judgement", "For the child’s age", options=lists.JUDGEMENTS),
            Choice("framework", "Assessed by", options=lists.FRAMEWORKS, half=True),
            Text("result", "Result", half=True, help="As the school writes it: EXS, 104, 5, 5-4, Merit"),
            Choice("progress", "Progress since the last plan", options=lists.PROGRESS, half=True),
            Text("target", "Predicted or target grade", half=True),
            Text("comment", "Teacher’s comment", lines=2),
            Choices("baseline", "Starting point", options=start),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return today."""
        return {"assessed_on": today.isoformat()}

    def answers_of(self, given: NewAttainment) -> Mapping[str, Any]:
        """Return a subject as answers."""
        known = given.subject in dict(_SUBJECTS)
        subject = {"subject": given.subject} if known else {"subject": OTHER, "another": given.subject}
        return {**super().answers_of(given), **subject, "baseline": ["yes"] if given.baseline else None}

    def new(self) -> NewAttainment:
        """Return the subject as it was typed."""
        form = self.form
        subject = form.text("subject")
        given = self.opened.given if self.opened else None
        return NewAttainment(
            form.text("another") if subject == OTHER else subject,
            form.day("assessed_on") or form.today,
            form.text("framework"),
            form.text("result"),
            form.text("judgement"),
            form.text("progress"),
            form.text("target"),
            form.text("comment"),
            bool(form.codes("baseline")),
            given.school_id if given else self._school_now(),
        )

    def _school_now(self) -> UUID | None:
        return UUID(self.schools[0][0]) if self.schools else None

    def adding(self) -> Work:
        """Return the adding of the subject."""
        return partial(records.add_attainment, child_id=self.child_id, new=self.new())


class YearGroupDialog(FormDialog):
    """Says that a child is taught in another year group than that of their age."""

    def __init__(
        self, desk: Desk, child_id: UUID, year: rules.YearView, parent: QWidget | None = None
    ) -> None:
        self.child_id, self._by_age = child_id, year.by_age
        groups = tuple((str(group), ages.year_group_words(group)) for group in range(-2, ages.LAST_YEAR + 1))
        fields = (
            Choice("group", "Year group taught in", options=groups, half=True),
            Text("reason", "Why it is not that of the age", lines=2),
        )
        school_year = rules.school_year_words(rules.school_year(desk.today))
        super().__init__(
            desk,
            "Year group",
            f"By age it is {ages.year_group_words(year.by_age)}. What is said here holds for {school_year}.",
            SmallForm(fields, desk.today, ("group",)),
            {"group": str(year.taught), "reason": year.reason},
            "Save",
            parent,
        )
        self.resize(560, 380)

    def written_about(self) -> Place:
        """Return the child."""
        return Place(self.child_id, is_change=True)

    def work(self) -> Work:
        """Return the setting of the year group."""
        year, group = rules.school_year(self.form.today), int(self.form.text("group"))
        reason = "" if group == self._by_age else self.form.text("reason")
        return partial(
            records.set_year_group, child_id=self.child_id, school_year=year, group=group, reason=reason
        )

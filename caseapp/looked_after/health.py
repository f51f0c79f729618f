"""The health of a looked-after child as its page shows it, and the yearly items of the return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import clock_counting, codes, dates, holidays, measures, plan_versions, words
from caseapp.calendars import Calendar
from caseapp.dates import Due
from caseapp.events import care_periods
from caseapp.form import Options
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import health_rules as rules
from caseapp.looked_after.health_rules import NewHealthYear
from caseapp.looked_after.new_rows import NewHealth
from caseapp.looked_after.timing import Timing, given, met_by, noted_only, of_care, of_clocks, timing
from caseapp.measures import MeasuresView
from caseapp.typed_rows import check_code, refuse_unless
from db import children as queries
from db.children import child_of
from db.models import Child, Episode, HealthEvent, HealthYear, Involvement
from db.problems import Stale
from db.store import Session

KIND: Final = "health-assessment"
KINDS: Final = {
    "initial": "Initial health assessment",
    "review": "Health review",
    "dental": "Dental check",
    "optician": "Sight test",
    "immunisations": "Immunisations",
    "development": "Development check",
    "other": "Other check",
}
OUTCOMES: Final = {
    "done": "Done",
    "refused": "Refused",
    "not_attended": "Not brought, or did not come",
    "not_needed": "Not needed",
}
PROFESSIONS: Final[Options] = (
    *lists.PROFESSIONS,
    ("dentist", "Dentist"),
    ("optician", "Optician"),
    ("other", "Somebody else"),
)
ASSESSMENTS: Final = ("initial", "review")
HEALTH_CLOCKS: Final = ("L13", "L14", "L15", "L16")
_LATEST: Final = ("dental", "optician", "immunisations", "development")
_CLOCKS_OF: Final = {"initial": ("L13", "L14"), "review": ("L13", "L14"), "dental": ("L15",)}


class HealthRow(NamedTuple):
    """An assessment or check, done or not; `timing` where a clock asked for it."""

    id: UUID
    version: int
    kind: str
    title: str
    on: date
    outcome: str
    outcome_words: str
    timing: Timing | None
    told: list[str]
    given: NewHealth


class Latest(NamedTuple):
    """The last check of a kind: nothing known is no `on`."""

    label: str
    on: date | None
    words: str


class YearItems(NamedTuple):
    """The items of a year. `row_id` is None while nothing was entered; `lacking` what the return wants."""

    year: int
    title: str
    row_id: UUID | None
    version: int
    items: list[tuple[str, str]]
    asked: frozenset[str]
    in_care_all_year: bool
    lacking: list[str]
    given: NewHealthYear
    from_record: list[str]


class HealthView(NamedTuple):
    """Everything of health, newest first."""

    interval: str
    dues: list[Due]
    assessments: list[HealthRow]
    checks: list[HealthRow]
    refusals: list[HealthRow]
    assessed_in_notes: str
    dental_in_notes: str
    latest: list[Latest]
    gp: str
    dentist: str
    years: list[YearItems]
    versions: list[plan_versions.VersionRow]


def view(session: Session, child_id: UUID) -> HealthView:
    """Return the health of a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    events = queries.of_child(session, HealthEvent, child_id, HealthEvent.happened_on, HealthEvent.id)[::-1]
    found = of_care(session, child)
    met = {kind: met_by(of_clocks(found, ids)) for kind, ids in _CLOCKS_OF.items()}
    today, calendar = session.today, holidays.calendar(session)
    rows = [_row(each, met.get(each.kind, {}), today, calendar) for each in events]
    measured = measures.view(session, child_id)
    assessed = [each.happened_on for each in events if each.kind in ASSESSMENTS and each.outcome == "done"]
    return HealthView(
        rules.interval_words(
            child.born_on, max(assessed, default=None), clock_counting.read(session).cautious_from
        ),
        [each for each in dates.due_of(session, child) if each.clock in HEALTH_CLOCKS],
        [each for each in rows if each.kind in ASSESSMENTS],
        [each for each in rows if each.kind not in ASSESSMENTS],
        [each for each in rows if each.outcome == "refused"],
        noted_only(session, child_id, "health", assessed),
        noted_only(session, child_id, "dental", [each.on for each in rows if each.kind == "dental"]),
        [*(_latest(kind, rows) for kind in _LATEST), _sdq(measured)],
        _gp(session, child),
        next((_who(each) for each in events if each.kind == "dental" and _who(each)), ""),
        _years(session, child, events, measured),
        plan_versions.versions(session, child_id, KIND),
    )


def _row(each: HealthEvent, met: dict[date, Any], today: date, calendar: Calendar) -> HealthRow:
    due = met.get(each.happened_on) if each.outcome == "done" else None
    told = [
        _who(each),
        f"Report {words.day(each.report_on)}" if each.report_on else "",
        "" if each.up_to_date is None else f"Up to date: {rules.shown(each.up_to_date).lower()}",
        each.words,
    ]
    return HealthRow(
        each.id,
        each.version,
        each.kind,
        KINDS[each.kind],
        each.happened_on,
        each.outcome,
        OUTCOMES[each.outcome],
        timing(due.due_on, each.happened_on, today, calendar) if due else None,
        [part for part in told if part],
        given(NewHealth, each),
    )


def _who(each: HealthEvent) -> str:
    profession = dict(PROFESSIONS).get(each.profession, each.profession).lower()
    place = each.place if each.place != each.by_whom else ""  # a practice is often typed for both
    return ", ".join(part for part in (each.by_whom, profession, place) if part)


def _latest(kind: str, rows: Sequence[HealthRow]) -> Latest:
    done = next((each for each in rows if each.kind == kind and each.outcome == "done"), None)
    if done is None:
        return Latest(KINDS[kind], None, "Nothing on record")
    up_to_date = done.given.up_to_date
    more = "" if up_to_date is None else ", up to date" if up_to_date else ", not up to date"
    return Latest(KINDS[kind], done.on, f"{words.day(done.on)}{more}")


def _sdq(measured: MeasuresView) -> Latest:
    label = "Strengths and difficulties"
    if not measured.sdq:
        return Latest(label, None, "Nothing on record")
    newest = max(measured.sdq, key=lambda each: each.on)
    band = f", {newest.band.lower()}" if newest.band else ""
    said = f"{newest.total} of 40{band}" if newest.total is not None else f"none: {newest.no_score_words}"
    return Latest(label, newest.on, f"{words.day(newest.on)}, {said}")


def _gp(session: Session, child: Child) -> str:
    if child.gp:
        return child.gp
    found = [
        each.person
        for each in queries.of_child(session, Involvement, child.id)
        if each.role == "GP" and each.person and not each.until_on
    ]
    return ", ".join(part for person in found[-1:] for part in (person.name, person.organisation) if part)


# The yearly items


def _years(
    session: Session, child: Child, events: Sequence[HealthEvent], measured: MeasuresView
) -> list[YearItems]:
    """Return each year that has items or that the return asks about, this one too; newest first."""
    periods = care_periods(queries.of_child(session, Episode, child.id, Episode.started_on))
    stored = {each.year: each for each in queries.of_child(session, HealthYear, child.id, HealthYear.year)}
    this = rules.year_of(session.today)
    cared = {
        year
        for start, end in periods
        for year in range(rules.year_of(start), min(rules.year_of(end or session.today), this) + 1)
    }
    found = []
    whole = {year for year in cared if rules.is_in_care_all_year(periods, year)}
    for year in sorted({*stored, *whole}, reverse=True):
        known, told = from_record(child.born_on, year, events, measured)
        found.append(_year(child, year, stored.get(year), periods, known, told))
    return found


def _year(
    child: Child,
    year: int,
    row: HealthYear | None,
    periods: list[tuple[date, date | None]],
    known: NewHealthYear,
    told: list[str],
) -> YearItems:
    typed = given(NewHealthYear, row) if row else known
    all_year = rules.is_in_care_all_year(periods, year)
    return YearItems(
        year,
        f"Year to {words.day(rules.ends_on(year))}",
        row.id if row else None,
        row.version if row else 0,
        item_words(typed) if row else [],
        rules.asked(child.born_on, year),
        all_year,
        rules.lacking(typed, child.born_on, year) if all_year and row else [],
        typed,
        told,
    )


ITEMS: Final = (
    ("health_assessment", "Health assessments done"),
    ("teeth_check", "Dental check in the year"),
    ("immunisations", "Immunisations up to date"),
    ("health_check", "Health checks for under-fives up to date"),
    ("substance_misuse", "Substance misuse identified"),
    ("intervention_received", "Help received"),
    ("intervention_offered", "Help offered"),
    ("convicted", "Convicted or cautioned"),
)


def item_words(typed: NewHealthYear) -> list[tuple[str, str]]:
    """Return the items that were answered, in words."""
    items = [
        (label, rules.shown(getattr(typed, name)))
        for name, label in ITEMS
        if getattr(typed, name) is not None
    ]
    if typed.sdq_score is not None:
        items.append(("SDQ score", str(typed.sdq_score)))
    elif typed.sdq_reason:
        items.append(("No SDQ, because", codes.meaning("SDQ_REASON", typed.sdq_reason)))
    return items


def from_record(
    born_on: date | None, year: int, events: Sequence[HealthEvent], measured: MeasuresView
) -> tuple[NewHealthYear, list[str]]:
    """Return what the rows of the record tell of a year, and from which; what they do not tell stays open.

    A check that is not on record is no «no»: somebody has to say so.
    """
    first, last = rules.starts_on(year), rules.ends_on(year)
    known: dict[str, Any] = {}
    told: list[str] = []
    within = [each for each in events if first <= each.happened_on <= last and each.outcome == "done"]
    if dental := next((each for each in within if each.kind == "dental"), None):
        known["teeth_check"] = True
        told.append(f"dental check on {words.day(dental.happened_on)}")
    assessed = [each for each in within if each.kind in ASSESSMENTS]
    wanted = 2 if born_on and "health_check" in rules.asked(born_on, year) else 1
    if len(assessed) >= wanted:
        known["health_assessment"] = True
        told.append(f"health assessment on {words.day(assessed[0].happened_on)}")
    for kind, name in (("immunisations", "immunisations"), ("development", "health_check")):
        check = next((each for each in events if each.kind == kind and each.happened_on <= last), None)
        if check and check.up_to_date is not None and name in rules.asked(born_on, year):
            known[name] = check.up_to_date
            told.append(f"{KINDS[kind].lower()} on {words.day(check.happened_on)}")
    return _with_sdq(born_on, year, NewHealthYear(**known), told, measured)


def _with_sdq(
    born_on: date | None, year: int, known: NewHealthYear, told: list[str], measured: MeasuresView
) -> tuple[NewHealthYear, list[str]]:
    held = [each for each in measured.sdq if rules.starts_on(year) <= each.on <= rules.ends_on(year)]
    if not held or "sdq_score" not in rules.asked(born_on, year):
        return known, told
    newest = max(held, key=lambda each: each.on)
    told = [*told, f"questionnaire (SDQ) of {words.day(newest.on)}"]
    if newest.total is not None:
        return replace(known, sdq_score=newest.total), told
    return replace(known, sdq_reason=newest.no_score), told


def save_health_year(
    session: Session, child_id: UUID, year: int, new: NewHealthYear, opened: int = 0
) -> UUID:
    """Enter the items of a year to 31 March, or put them right; `opened` is the version shown, if any.

    Raises Problem for what the return cannot hold, Stale, NotFound.
    """
    child = child_of(session, child_id)
    refuse_unless(
        rules.starts_on(year) <= session.today, f"The year to {words.day(rules.ends_on(year))} has not begun."
    )
    if new.sdq_reason:
        check_code("SDQ_REASON", new.sdq_reason, "a reason")
    for wrong in rules.troubles(new, child.born_on, year):
        refuse_unless(False, wrong)
    there = next(
        (each for each in queries.of_child(session, HealthYear, child.id) if each.year == year), None
    )
    if (there.version if there else 0) != opened:
        raise Stale("Somebody else changed this year after you opened it. Nothing was saved. Open it again.")
    row = there or HealthYear(child_id=child.id, year=year)
    for name, value in asdict(new).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row.id

"""Recorded progress over many: what a star's readings say of a worker's, a team's or an agency's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import form_json, people, stars, words
from caseapp.form import Form
from caseapp.form_parts.early_help_lists import AGENCIES
from caseapp.forms import FORMS_BY_KEY
from caseapp.sheets import csv_bytes
from caseapp.star_change import Improvement, Points, is_partial
from caseapp.star_counts import figures
from caseapp.star_figures import Ask, Ended, Figure, Figures, Overdue, Reading, Scale, Star, Who
from db import star_report as queries
from db.looks import record_look
from db.problems import NotFound, Problem
from db.reach import authorise_taking_out
from db.roles import authorise
from db.star_report import ChildRow, ReadingRow, Scope, SpellRow
from db.store import Session

READING_CLOCK = "F8"
_ABOUT = ("reading", "whose", "agreed", "for_report")
_NAMED = ("parent", "other")


class Wanted(NamedTuple):
    """What a report was asked for, beside its star."""

    until: date
    since: date | None
    worker_id: UUID | None
    team: bool
    agency: str
    improved: Improvement | None
    with_partial: bool


class StarReport(NamedTuple):
    """A report on one star; every figure in `told` holds the children behind it."""

    form_key: str
    title: str
    owner: str
    acknowledgement: str
    scale: Scale
    since: date | None
    until: date
    made_on: date
    whose: str
    told: Figures
    notes: tuple[str, ...]
    wanted: Wanted

    @property
    def period(self) -> str:
        """Return the period in words."""
        until = words.day(self.until)
        return f"{words.day(self.since)} to {until}" if self.since else f"up to {until}"

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """Return every figure of the report, headline first."""
        by_area = [
            each
            for row in self.told.areas
            for each in (
                row.compared, row.increased, row.same, row.decreased, row.stage_up, row.needed_help,
                row.moved_up, *row.profile,
            )
        ]  # fmt: skip
        by_group = [
            each for row in self.told.groups for each in (row.stars, row.compared, row.improved, row.change)
        ]
        return tuple(each for each in (*self.told.headline, *by_area, *by_group) if each is not None)


class Offer(NamedTuple):
    """What a report can be asked for: stars (key, title), workers (id, name), agencies (code, words)."""

    stars: tuple[tuple[str, str], ...]
    workers: tuple[tuple[UUID, str], ...]
    agencies: tuple[tuple[str, str], ...]


class _Gathered(NamedTuple):
    """All that the queries found, before anything is counted."""

    readings: list[ReadingRow]
    facts: Mapping[UUID, Mapping[str, Any]]
    named: Mapping[UUID, Mapping[str, Any]]
    forms: Mapping[str, Form]
    children: Mapping[UUID, ChildRow]
    spells: Mapping[UUID, list[SpellRow]]
    leads: Mapping[UUID, str]
    workers: Mapping[UUID, str]
    teams: Mapping[UUID, str]


def offer(session: Session) -> Offer:
    """Return the stars, workers and agencies to choose from."""
    authorise(session.actor, "read")
    own = {key: form.title for key, form in FORMS_BY_KEY.items() if form.kind == "star"}
    read = {key: str(found.get("title", key)) for key, found in queries.titles(session).items()}
    mine = [each for each in people.workers(session) if each.team == session.actor.team]
    return Offer(tuple((own | read).items()), tuple((each.id, each.name) for each in mine), tuple(AGENCIES))


def star_report(
    session: Session,
    form_key: str,
    *,
    until: date,
    since: date | None = None,
    worker_id: UUID | None = None,
    team: bool = False,
    agency: str = "",
    improved: Improvement | None = None,
    with_partial: bool = False,
) -> StarReport:
    """Return the recorded progress of everybody in reach, or of a worker's, one's team's or an agency's.

    Only readings of one edition of the star are compared: that of the newest reading. The look is recorded.
    Raises Problem for a period that ends before it begins, a team that one has not, an unknown agency,
    NotFound for a star that is not known here.
    """
    authorise(session.actor, "read")
    _check(session, since, until, agency, team=team)
    scope = Scope(worker_id, session.actor.team_id if team else None)
    found = _gathered(session, form_key, scope)
    form = _form(form_key, found)
    edition = stars.edition(form)
    same = [each for each in found.readings if stars.edition(found.forms[each.digest]) == edition]
    everyone = _stars(session, found, form, same)
    ended, overdue = _ended(found, everyone), _overdue(session, found, everyone, scope)
    if agency:
        wanted = dict(AGENCIES)[agency]
        everyone = [each for each in everyone if each.who.agency == wanted]
        ended = [each for each in ended if each.who.agency == wanted]
        overdue = [each for each in overdue if each.who.agency == wanted]
    asked = Ask(until, since, improved or Improvement(), with_partial)
    areas = stars.areas(form)
    scale = Scale(tuple(each.label for each in areas), areas[0].low, areas[0].high, form.stages)
    report = StarReport(
        form_key, form.title, form.owner, form.acknowledgement, scale, since, until, session.today,
        _whose(found, session.actor.team if team else "", worker_id, agency),
        figures(everyone, ended, overdue, scale, asked), _notes(len(found.readings) - len(same)),
        Wanted(until, since, worker_id, team, agency, improved, with_partial),
    )  # fmt: skip
    shown = sorted({child_id.hex for each in report.all_figures for child_id in each.child_ids})
    record_look(session, "list", detail={"list": "Star progress", "star": form_key, "ids": shown})
    return report


def _check(session: Session, since: date | None, until: date, agency: str, *, team: bool) -> None:
    if since and since > until:
        raise Problem(f"The period ends before it begins: {words.day(since)} to {words.day(until)}.")
    if team and not session.actor.team_id:
        raise Problem(
            "You are in no team, so there is no team's progress to show. Ask for your own children."
        )
    if agency and agency not in dict(AGENCIES):
        raise Problem(f"There is no kind of agency “{agency}”. Choose one of the list.")


def _gathered(session: Session, form_key: str, scope: Scope) -> _Gathered:
    forms = {key: form_json.from_json(each) for key, each in queries.definitions(session, form_key).items()}
    fields = {area.key for form in forms.values() for area in stars.areas(form)} | {*_ABOUT}
    facts: dict[UUID, dict[str, Any]] = {}
    for row in queries.facts(session, form_key, fields, scope):
        facts.setdefault(row.revision_id, {})[row.field] = row.code if row.number is None else int(row.number)
    read = queries.readings(session, form_key, scope)
    replaced = {each.replaces_id for each in read}
    spells: dict[UUID, list[SpellRow]] = {}
    for spell in queries.spells(session, scope):
        spells.setdefault(spell.child_id, []).append(spell)
    return _Gathered(
        [each for each in read if each.revision_id not in replaced and each.digest in forms],
        facts,
        queries.answers(session, form_key, _NAMED, scope),
        forms,
        queries.children(session, form_key, scope),
        spells,
        {each.episode_id: each.agency for each in queries.leads(session, scope) if each.agency},
        queries.worker_names(session),
        queries.team_names(session),
    )


def _form(form_key: str, found: _Gathered) -> Form:
    """Return the form of the newest reading, else the one on offer."""
    if found.readings:
        return found.forms[max(found.readings, key=lambda each: (each.on, each.number)).digest]
    form = next(iter([*found.forms.values()][::-1]), None) or FORMS_BY_KEY.get(form_key)
    if not form or form.kind != "star":
        raise NotFound(f"There is no star “{form_key}” here.")
    return form


def _stars(session: Session, found: _Gathered, form: Form, read: Sequence[ReadingRow]) -> list[Star]:
    """Return each person's readings that count, by child, person and spell of help, oldest first."""
    keys = [each.key for each in stars.areas(form)]
    rows = [each for each in read if _counts(found.facts.get(each.revision_id, {}))]
    readings = _readings(session, found, rows, keys)
    placed = sorted((_place(found, form, each), each.on, each.number, each) for each in rows)
    whole: list[Star] = []
    for (child_hex, _, _, spell), group in groupby(placed, key=lambda each: each[0]):
        same = [each[-1] for each in group]
        whose = stars.whose_words(form, *_whose_raw(found, same[-1]))
        who = _who(found, UUID(child_hex), spell, whose)
        whole.append(Star(who, tuple(readings[each.revision_id] for each in same)))
    return whole


def _readings(
    session: Session, found: _Gathered, rows: Sequence[ReadingRow], keys: Sequence[str]
) -> dict[UUID, Reading]:
    """Return the readings by version. One with gaps is whole if the areas left out do not apply."""
    points = {each.revision_id: _points(found, each, keys) for each in rows}
    gaps = queries.answers_of(session, [each for each, found in points.items() if is_partial(found)])
    excused = {each: len(answers.get("not_applicable") or ()) for each, answers in gaps.items()}
    return {
        each.revision_id: Reading(
            each.on,
            points[each.revision_id],
            is_partial(points[each.revision_id], excused.get(each.revision_id, 0)),
        )
        for each in rows
    }


def _points(found: _Gathered, row: ReadingRow, keys: Sequence[str]) -> Points:
    facts = found.facts.get(row.revision_id, {})
    return tuple(facts.get(key) for key in keys)


def _counts(facts: Mapping[str, Any]) -> bool:
    return stars.counts(*(str(facts.get(key, "")) for key in ("reading", "agreed", "for_report")))


def _whose_raw(found: _Gathered, row: ReadingRow) -> tuple[str, str]:
    whose = str(found.facts.get(row.revision_id, {}).get("whose", ""))
    return whose, str(found.named.get(row.revision_id, {}).get("whose_name", ""))


def _place(found: _Gathered, form: Form, row: ReadingRow) -> tuple[str, str, str, int]:
    """Return which star a reading belongs to: child, person and spell of help."""
    spells = found.spells.get(row.child_id, [])
    return (row.child_id.hex, *stars.whose_key(form, *_whose_raw(found, row)), _spell(spells, row))


def _spell(spells: Sequence[SpellRow], row: ReadingRow) -> int:
    """Return the place of a reading's spell of help: by its day, else where it was written, else the next."""
    for at, each in enumerate(spells):
        if each.opened_on <= row.on <= (each.closed_on or date.max):
            return at
    written_in = [at for at, each in enumerate(spells) if each.id == row.episode_id]
    return written_in[0] if written_in else sum(bool(s.closed_on and s.closed_on < row.on) for s in spells)


def _who(found: _Gathered, child_id: UUID, spell: int, whose: str = "") -> Who:
    child = found.children[child_id]
    spells = found.spells.get(child_id, [])
    agency = ""
    if spell < len(spells):
        agency = found.leads.get(spells[spell].id) or spells[spell].agency
    return Who(
        child_id, child.ref, child.name, whose,
        found.workers.get(child.worker_id, "") if child.worker_id else "",
        found.teams.get(child.team_id, "") if child.team_id else "",
        dict(AGENCIES).get(agency, agency),
    )  # fmt: skip


def _ended(found: _Gathered, everyone: Sequence[Star]) -> list[Ended]:
    """Return every spell of help that ended, with the most readings of one person in that family."""
    most: dict[UUID, int] = {}
    for star in everyone:
        spells = found.spells.get(star.who.child_id, [])
        for spell in spells:
            until = spell.closed_on or date.max
            read = sum(spell.opened_on <= each.on <= until for each in star.readings)
            most[spell.family_id] = max(most.get(spell.family_id, 0), read)
    return [
        Ended(_who(found, child_id, at), spell.closed_on, most.get(spell.family_id, 0))
        for child_id, spells in found.spells.items()
        for at, spell in enumerate(spells)
        if spell.closed_on
    ]


def _overdue(session: Session, found: _Gathered, everyone: Sequence[Star], scope: Scope) -> list[Overdue]:
    late = queries.overdue(session, READING_CLOCK, session.today, scope)
    newest = {each.who.child_id: each.who._replace(whose="") for each in everyone}
    return [Overdue(who, late[child_id]) for child_id, who in newest.items() if child_id in late]


def _whose(found: _Gathered, team: str, worker_id: UUID | None, agency: str) -> str:
    """Return in words whose work a report is about."""
    if worker_id:
        said = f"Children of {found.workers.get(worker_id, 'a worker who is not known here')}"
    else:
        said = f"Team {team}" if team else "All children that you may see"
    return f"{said}, agency: {dict(AGENCIES)[agency]}" if agency else said


def _notes(other_editions: int) -> tuple[str, ...]:
    if not other_editions:
        return ()
    verb = "is" if other_editions == 1 else "are"
    return (
        f"{words.count(other_editions, 'reading')} of an earlier edition of this star {verb} left out: "
        "two editions are never compared.",
    )


def csv_file(session: Session, report: StarReport) -> bytes:
    """Return a report as a CSV file, without children's names. The export is recorded before it leaves.

    It is counted anew: whom only an emergency opens is not in it.
    """
    authorise_taking_out(session, "export")
    report = star_report(session, report.form_key, **report.wanted._asdict())
    detail = {
        "what": "Star progress",
        "star": report.form_key,
        "whose": report.whose,
        "period": report.period,
    }
    record_look(session, "export", detail=detail)
    session.commit()
    return csv_bytes(table(report))


def table(report: StarReport) -> list[list[Any]]:
    """Return the report as rows for a spreadsheet: what it is about, then the figures with their meaning."""
    rows: list[list[Any]] = [
        ["Recorded progress", report.title],
        ["Whose", report.whose],
        ["Period", report.period],
        ["As at", report.made_on.isoformat()],
        ["In a sentence", report.told.sentence],
        *(["Note", note] for note in report.notes),
        *([["Acknowledgement", report.acknowledgement]] if report.acknowledgement else []),
        [],
        ["Figure", "Number", "Of", "Percent", "Mean", "Meaning"],
        *(_figure_row(each) for each in report.told.headline),
        [],
        ["Area", "People with both readings", "First average", "Latest average", "Average change",
         "Increased", "The same", "Decreased", "Percent increased"],
    ]  # fmt: skip
    for area in report.told.areas:
        means = [_number(each) for each in (area.first, area.latest, area.change)]
        ways = [area.increased.count, area.same.count, area.decreased.count]
        rows.append([area.label, area.n, *means, *ways, area.increased.share])
    rows += [[], ["Starting profile", *report.told.bands]]
    rows += [[area.label, *(each.count for each in area.profile)] for area in report.told.areas]
    rows += [[], ["By", "Name", "People with a star", "With a change to show", "Improved", "Average change"]]
    for group in report.told.groups:
        counted = [group.stars.count, group.compared.count, group.improved.count]
        rows.append([group.by, group.name, *counted, _number(group.change.value)])
    return rows


def _figure_row(each: Figure) -> list[Any]:
    return [each.title, each.count, each.of, each.share, _number(each.value), each.definition]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 4)

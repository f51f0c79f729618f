"""Whom a row of a school's file is about: by UPN, or by name and date of birth together; never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from uuid import UUID

from caseapp import words
from caseapp.education.csv_file import Table
from caseapp.education.csv_mapping import ColumnMap
from caseapp.education.csv_rows import Fault, Pupil, pupil
from db import names
from db import school_import as queries
from db.models import Child
from db.reach import child_subject
from db.roles import may
from db.store import Session


class Pupils:
    """The children within reach whom a file may speak of, read once for the whole file."""

    def __init__(self, session: Session, chosen: ColumnMap, table: Table) -> None:
        self._session, self._chosen, self._headings = session, chosen, table.headings
        told = list(_told(chosen, table))
        self._by_upn = queries.children_with_upn(session, {each.upn for each in told if each.upn})
        self._by_birth = queries.children_born_on(session, {each.born_on for each in told if each.born_on})
        found = [child for some in (self._by_upn, self._by_birth) for each in some.values() for child in each]
        self._children = {child.id: child for child in found}
        self._former = queries.former_names(session, set(self._children))
        self._column = {key: heading for heading, key in chosen.columns.items()}

    def child(self, child_id: UUID) -> Child:
        """Return a child who was found."""
        return self._children[child_id]

    def of(self, cells: Sequence[str]) -> Child:
        """Return the child of a row. Raises Fault where it is not certain, or not this person's to write."""
        asked = pupil(self._chosen, self._headings, cells)
        child = self._of_upn(asked) if asked.upn else None
        child = child or self._of_name(asked)
        answer = may(self._session.actor, "write", child_subject(self._session, child))
        if not answer.allowed:
            raise Fault("", "You may read this child's record, not write in it.")
        return child

    def _of_upn(self, asked: Pupil) -> Child | None:
        """Return the child of a UPN; None if no record has it, so that name and birth decide."""
        found = self._by_upn.get(asked.upn, [])
        if not found:
            return None
        column = self._column.get("upn", "")
        if len(found) > 1:
            raise Fault(column, "Two records have this UPN. Put one of them right first.")
        child = found[0]
        if asked.born_on and child.born_on and asked.born_on != child.born_on:
            raise Fault(
                self._column.get("born_on", ""),
                f"The record of this UPN has another date of birth: {words.day(child.born_on)}.",
            )
        if asked.names and not any(self._shares_first_name(child, each) for each in asked.names):
            raise Fault(column, "The record of this UPN has another first name. Check the UPN.")
        return child

    def _of_name(self, asked: Pupil) -> Child:
        if not asked.names or not asked.born_on:
            raise Fault(self._column.get("upn", ""), "No record that you may see has this UPN.")
        fits = [
            child
            for child in self._by_birth.get(asked.born_on, [])
            if any(self._is_named(child, each) for each in asked.names)
        ]
        column = self._column.get("name") or self._column.get("family", "")
        if not fits:
            raise Fault(column, "No record that you may see has this name and date of birth.")
        if len(fits) > 1:
            raise Fault(column, "This name and date of birth fit several records. Give the UPN.")
        if asked.upn and fits[0].upn:
            raise Fault(self._column.get("upn", ""), "The record of this name has another UPN.")
        return fits[0]

    def _names(self, child: Child) -> Iterator[tuple[str, str]]:
        yield child.given, child.family
        if child.known_as:
            yield child.known_as, child.family
        yield from self._former.get(child.id, [])

    def _is_named(self, child: Child, told: tuple[str, str]) -> bool:
        """Return whether a child bears a name: first name with or without the further ones, and family."""
        wanted = names.fold(" ".join(told))
        for given, family in self._names(child):
            first = names.fold(given).split()[:1]
            full, brief = names.fold(f"{given} {family}"), names.fold(f"{' '.join(first)} {family}")
            if wanted and wanted in (full, brief):
                return True
        return False

    def _shares_first_name(self, child: Child, told: tuple[str, str]) -> bool:
        """Return whether a first name agrees: twins share all else, and family names change in care."""
        said = set(names.fold(" ".join(told)).split())
        return any(said & set(names.fold(given).split()) for given, _ in self._names(child))


def _told(chosen: ColumnMap, table: Table) -> Iterator[Pupil]:
    for row in table.rows:
        with suppress(Fault):  # named when the row is read
            yield pupil(chosen, table.headings, row.cells)

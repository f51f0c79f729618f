"""What finds children, written anew in a store whose names an older program folded in another way.

The sort name stands in the sealed record and stays until the record is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Select, or_, select
from sqlalchemy.orm import Session

from db import settings
from db.models import Address, Child, FormerName, NameToken, School, Schooling
from db.names import tokens_of

FOLDED_AS: Final = "names_folded_as"
FOLDING: Final = "2"
"""Counted up whenever `db/names.py` makes other tokens of the same names."""

_AT_ONCE = 500  # children
_CHILD, _TOKEN, _FORMER = Child.__table__.c, NameToken.__table__.c, FormerName.__table__.c
_ADDRESS, _SCHOOL, _SCHOOLING = Address.__table__.c, School.__table__.c, Schooling.__table__.c
_KEY = _TOKEN.token, _TOKEN.sort_name, _TOKEN.child_id
_MORE_THAN_A_WORD, _NOT_PLAIN = "*[^A-Za-z]*", "*[^ -~]*"


def fold_anew(session: Session) -> int:
    """Write anew what finds children, once for each way of folding; return how many were looked at.

    Only of those whose names hold more than plain letters: of the others nothing differs. The session's
    purpose is «rebuild».
    """
    if settings.value(session, FOLDED_AS) == FOLDING:
        return 0
    ids = [row.id for row in session.connection().execute(_concerned())]
    for start in range(0, len(ids), _AT_ONCE):
        _index(session, ids[start : start + _AT_ONCE])
    settings.put(session, FOLDED_AS, FOLDING)
    return len(ids)


def _concerned() -> Select[tuple[UUID]]:
    own = (_CHILD.given + _CHILD.family + _CHILD.known_as).op("GLOB")(_MORE_THAN_A_WORD)
    former = (_FORMER.given + _FORMER.family).op("GLOB")(_MORE_THAN_A_WORD)
    of_school = select(_SCHOOLING.child_id).join_from(Schooling.__table__, School.__table__)
    return select(_CHILD.id).where(
        or_(
            own,
            _CHILD.id.in_(select(_FORMER.child_id).where(former)),
            _CHILD.id.in_(select(_ADDRESS.child_id).where(_ADDRESS.postcode.op("GLOB")(_NOT_PLAIN))),
            _CHILD.id.in_(of_school.where(_SCHOOL.name.op("GLOB")(_NOT_PLAIN))),
        )
    )


def _index(session: Session, ids: Sequence[UUID]) -> None:
    """Write the tokens of some children that are missing, and take away those that nothing makes any more."""
    connection = session.connection()
    children: Iterable[Any] = connection.execute(select(Child.__table__).where(_CHILD.id.in_(ids)))
    former = _by_child(connection, select(_FORMER.child_id, _FORMER.given, _FORMER.family), _FORMER, ids)
    postcodes = _by_child(connection, select(_ADDRESS.child_id, _ADDRESS.postcode), _ADDRESS, ids)
    at_school = select(_SCHOOLING.child_id, _SCHOOL.name).join_from(Schooling.__table__, School.__table__)
    schools = _by_child(connection, at_school.where(_SCHOOLING.until_on.is_(None)), _SCHOOLING, ids)
    wanted = {
        (token, child.sort_name, child.id)
        for child in children
        for token in tokens_of(
            child,
            former[child.id],
            (each.postcode for each in postcodes[child.id]),
            (each.name for each in schools[child.id]),
        )
    }
    held = {tuple(row) for row in connection.execute(select(*_KEY).where(_TOKEN.child_id.in_(ids)))}
    for key in held - wanted:
        session.delete(session.get_one(NameToken, key))
    new = [NameToken(token=token, sort_name=name, child_id=whose) for token, name, whose in wanted - held]
    session.add_all(new)
    session.flush()
    for row in new:
        session.expunge(row)  # a county's would fill the memory


def _by_child(
    connection: Connection, asked: Select[Any], of_table: Any, ids: Sequence[UUID]
) -> defaultdict[UUID, list[Any]]:
    found = defaultdict[UUID, list[Any]](list)
    for row in connection.execute(asked.where(of_table.child_id.in_(ids), of_table.deleted_at.is_(None))):
        found[row.child_id].append(row)
    return found

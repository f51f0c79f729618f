"""Statements compiled once for all stores of a test run: the program opens one store, the tests thousands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2 as sqlcipher

from db import connections

KEPT = 4000  # more than the program has, so that none is compiled anew


def share() -> None:
    """Let every store that is opened from now on use what others have compiled; SQL stays what it is."""
    first = create_engine("sqlite://", module=sqlcipher)
    with first.connect():  # a dialect asks the first connection what the library can do
        dialect = first.dialect
    first.dispose()
    compiled: LRUCache[Any, Any] = LRUCache(KEPT)

    def made(*where: Any, **options: Any) -> Engine:
        engine = create_engine(*where, **options, execution_options={"compiled_cache": compiled})
        engine.dialect = dialect
        return engine

    connections.create_engine = made  # type: ignore[attr-defined]

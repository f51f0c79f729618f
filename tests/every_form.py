"""Makes every small form of the program, with made-up rows where one is opened on a row of a record."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import ui
from db.moments import utc_now
from tests.desk_fixture import TODAY
from ui.desk import Desk
from ui.form_dialog import FormDialog
from ui.front_door_case_forms import GIVE_BACK
from ui.small_form import InlineForm

BASES = frozenset(
    [
        "CareDialog",
        "EpisodeDialog",
        "_MoveDialog",
        "_Act",
        "PathwayDialog",
        "RowDialog",
        "PeopleForm",
        "RowForm",
    ]
)
"""What others are made of: nobody opens these themselves."""
_PLAIN: dict[object, Any] = {
    Any: None, str: str(UUID(int=7)), int: 0, bool: False, date: TODAY, Decimal: Decimal(1), float: 1.0,
    time: time(9),
}  # fmt: skip


_GIVEN: dict[str, Any] = {"YearItems.asked": ("sdq_score",)}


def classes() -> list[type[FormDialog | InlineForm]]:
    """Return every class of a form that somebody opens."""
    for each in pkgutil.iter_modules(ui.__path__):
        importlib.import_module(f"ui.{each.name}")
    found = {*_kinds_of(FormDialog), *_kinds_of(InlineForm)}
    ours = [each for each in found if each.__module__.startswith("ui.") and each.__name__ not in BASES]
    return sorted(ours, key=lambda each: (each.__module__, each.__name__))


def _kinds_of(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds_of(each)


def made(kind: type, desk: Desk, child_id: UUID) -> Any:
    """Return a form of a kind, as it is opened about a child."""
    asked: dict[str, Any] = {}
    for name, each in inspect.signature(kind.__init__).parameters.items():
        if name == "desk":
            asked[name] = desk
        elif name == "act":
            asked[name] = GIVE_BACK
        elif name not in ("self", "parent") and each.default is inspect.Parameter.empty:
            asked[name] = _value(str(each.annotation), kind.__init__.__module__, child_id)
    return kind(**asked)


def _value(told: Any, module: str, child_id: UUID) -> Any:
    if not isinstance(told, str):
        return _of_type(told, child_id)
    return _of_type(eval(told, _names(module)), child_id)  # noqa: S307  # our own annotations


@cache
def _names(module: str) -> dict[str, Any]:
    """Return what a module's annotations may name, those imported for them alone too."""
    loaded = importlib.import_module(module)
    names = dict(vars(loaded)) | {"UUID": UUID, "date": date, "datetime": datetime}
    for node in ast.walk(ast.parse(inspect.getsource(loaded))):
        if isinstance(node, ast.ImportFrom) and node.module:
            there = importlib.import_module(node.module)
            names |= {each.asname or each.name: getattr(there, each.name, None) for each in node.names}
    return names


def _of_type(kind: Any, child_id: UUID) -> Any:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind is UUID:
        return child_id
    if kind is datetime:
        return utc_now()
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in typing.get_args(kind) else _of_type(typing.get_args(kind)[0], child_id)
    if origin is tuple and ... not in typing.get_args(kind):
        return tuple(_of_type(each, child_id) for each in typing.get_args(kind))
    if origin is not None:
        # One of each, so that forms have something to choose from; a mapping with nothing in it will do.
        inner = typing.get_args(kind)
        return {} if issubclass(origin, Mapping) else (_of_type(inner[0], child_id),) if inner else ()
    if isinstance(kind, type) and hasattr(kind, "__annotations__"):
        hints = {
            name: _GIVEN.get(f"{kind.__name__}.{name}") or _value(told, kind.__module__, child_id)
            for name, told in _fields(kind).items()
        }
        return kind(**hints)
    return None


def _fields(kind: type) -> dict[str, Any]:
    """Return the fields of a row's class, and of what it is made from, by name."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        found |= inspect.get_annotations(each)
    told = {name: getattr(each, "__forward_arg__", each) for name, each in found.items()}
    return {name: each for name, each in told.items() if not str(each).startswith("ClassVar")}

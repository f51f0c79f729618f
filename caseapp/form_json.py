"""A form as JSON and back: the copy that is kept at signing, and its digest."""

from __future__ import annotations

import hashlib
import json
import weakref
from dataclasses import MISSING, fields
from typing import Any

from caseapp.form import KINDS, AnyOf, Filled, Form, Is, NotBefore, NotOver, Section, Stage

_NAMED: dict[str, type] = {
    kind.__name__: kind for kind in (*KINDS, Section, Stage, Form, Is, AnyOf, Filled, NotBefore, NotOver)
}


def to_json(form: Form) -> dict[str, Any]:
    """Return the form as a JSON document; what stands at its default is left out."""
    return _plain(form)  # type: ignore[no-any-return]  # a form is always a document


def from_json(document: dict[str, Any]) -> Form:
    """Return the form of a JSON document. Raises ValueError with a sentence if it is none."""
    try:
        form = _built(document)
    except (KeyError, TypeError):
        raise ValueError("This is not a form that the program knows how to read.") from None
    if not isinstance(form, Form):
        raise ValueError("This is not a form.")
    return form


_digests: dict[int, str] = {}  # by identity: a form never changes, and to hash its questions costs as much


def digest(form: Form) -> str:
    """Return the SHA-256 of the form's canonical JSON: what tells two wordings apart."""
    if id(form) not in _digests:
        text = json.dumps(to_json(form), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        _digests[id(form)] = hashlib.sha256(text.encode()).hexdigest()
        weakref.finalize(form, _digests.pop, id(form))
    return _digests[id(form)]


def _plain(value: Any) -> Any:
    if type(value).__name__ in _NAMED:
        kept = {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if each.default is MISSING or getattr(value, each.name) != each.default
        }
        return {"is": type(value).__name__} | kept
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _built(value: Any) -> Any:
    if isinstance(value, dict):
        named = {key: _built(each) for key, each in value.items() if key != "is"}
        return _NAMED[value["is"]](**named)
    return tuple(_built(each) for each in value) if isinstance(value, list) else value

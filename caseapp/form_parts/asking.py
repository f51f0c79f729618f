"""How a group of questions is asked: anew at each review, only if something holds, two to a line."""

from dataclasses import replace

from caseapp.form import Condition, Field


def anew(*asked: Field) -> tuple[Field, ...]:
    """Return the questions, each asked anew at a review instead of brought forward."""
    return tuple(replace(each, fresh=True) for each in asked)


def only_if(condition: Condition, *asked: Field) -> tuple[Field, ...]:
    """Return the questions, each asked only where the condition holds."""
    return tuple(replace(each, when=condition) for each in asked)


def pairs(*asked: Field) -> tuple[Field, ...]:
    """Return the questions, two of them to a line."""
    return tuple(replace(each, half=True) for each in asked)

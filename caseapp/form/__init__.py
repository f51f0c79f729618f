"""A form is one piece of plain data: screen, checks, storage, paper, export and comparison all read it.

Answers are a JSON document: {key: text | whole number | list | row | None}. Dates are ISO text, money is
pence, decimals are text («91.4»), several choices are a list of codes, rows are a list of such documents.
A draft may hold anything that was typed; `Form.clean` tells what is wrong with it and never loses it.
"""

from caseapp.form.conditions import AnyOf, Condition, Filled, Is, is_empty
from caseapp.form.form import Action, Change, Fact, Form, Progress, Section, Stage, Trouble
from caseapp.form.kinds import (
    COMPUTED,
    KINDS,
    SIGNED,
    YES_NO,
    Answers,
    Choice,
    Choices,
    Computed,
    Date,
    Field,
    Money,
    Number,
    Options,
    Rows,
    Score,
    Signatures,
    Text,
    filled_rows,
)
from caseapp.form.rules import NotBefore, NotOver, Rule

__all__ = [
    "COMPUTED",
    "KINDS",
    "SIGNED",
    "YES_NO",
    "Action",
    "Answers",
    "AnyOf",
    "Change",
    "Choice",
    "Choices",
    "Computed",
    "Condition",
    "Date",
    "Fact",
    "Field",
    "Filled",
    "Form",
    "Is",
    "Money",
    "NotBefore",
    "NotOver",
    "Number",
    "Options",
    "Progress",
    "Rows",
    "Rule",
    "Score",
    "Section",
    "Signatures",
    "Stage",
    "Text",
    "Trouble",
    "filled_rows",
    "is_empty",
]

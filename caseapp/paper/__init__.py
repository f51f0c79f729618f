"""Documents on paper: a plan, the empty form, a record, several in one. All return the bytes of a PDF.

Import this only where something is printed: it takes a while to load.
"""

from caseapp.paper.actions import ActionLine
from caseapp.paper.documents import Block, blank_pdf, plan_pdf, record_pdf
from caseapp.paper.editions import EDITIONS
from caseapp.paper.fonts import Unprintable
from caseapp.paper.page import Heading, paragraphs

__all__ = [
    "EDITIONS", "ActionLine", "Block", "Heading", "Unprintable", "blank_pdf", "paragraphs", "plan_pdf",
    "record_pdf",
]  # fmt: skip

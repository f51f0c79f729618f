"""The command that shows a child's own words."""

from __future__ import annotations

import argparse

from caseapp import words
from caseapp.cli_parts import reading, show


def voice_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «voice» may be given."""
    parser.add_argument("child", type=words.tidy, metavar="CHILD")


def voice(options: argparse.Namespace) -> int:
    """Show what a child said, newest first, and where it stands. The look is recorded."""
    from caseapp import children
    from caseapp.voice import gathered
    from db.looks import record_look

    with reading(options) as session:
        child = children.one(session, options.child)
        record_look(session, "open", child.id, row_id=child.id)
        session.commit()
        said = gathered(session, child.id)
    document = [
        {
            "on": each.on, "source": each.source, "where": each.where, "question": each.question,
            "whose": each.whose, "words": each.words, "influence": each.influence,
        }
        for each in said
    ]  # fmt: skip
    blocks = [
        "\n".join(
            part
            for part in (
                f"{words.day(each.on)}  {each.source}",
                ": ".join(part for part in (each.whose, each.question) if part),
                f"“{each.words}”",
                f"How it changed the plan: {each.influence}" if each.influence else "",
            )
            if part
        )
        for each in said
    ]
    return show(options, document, "\n\n".join(blocks) or "Nothing in the child’s own words yet.")

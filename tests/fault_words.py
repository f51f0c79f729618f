"""What words of a fault have to say, and what they lack."""

from __future__ import annotations

import re

# The rule: sentences; one says what is safe, one tells to do something; none is for programmers.
SAFE = re.compile(
    r"[Nn]othing (else )?(was|is) \w+|is safe|as it (was|is)|(is|are|text is) kept|go on|goes on|not touched|"
    r"stays as|still on the screen|keep their order"
)
DO = re.compile(
    r"(?:^|[.:;,] (?:and |or |then )?)(Ask|Check|Choose|Close|Compare|Connect|Have|Install|Leave|Let|Look|"
    r"Make|Open|Put|Restore|Run|Tell|Try|Update|Wait)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\w*(Error|Exception)\b|Traceback|sqlite|sqlcipher|database is|errno|SELECT|PRAGMA|\btable\b|None|0x|"
    r"\.py\b|\b[a-z]+_[a-z_]+\b|(?<!E-)\bE[A-Z]{3,}\b|/work|/usr|site-packages",
)


def flaws(words: str) -> list[str]:
    """Return what a text for a user lacks, or holds that it must not."""
    found = [] if len(re.findall(r"[.!?](?= |$)", words)) >= 2 else ["one sentence is too little"]
    found += [] if SAFE.search(words) else ["nothing says what is safe"]
    found += [] if DO.search(words) else ["nothing says what to do"]
    return found + [f"jargon: {each.group()}" for each in JARGON.finditer(words)]

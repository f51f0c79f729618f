"""The bytes of a file become plain rows or a plain document here, in a process with limits of its own.

Standard library alone, so that it starts at once. On standard input: an order as a line of JSON, then the
contents of its files. On standard output: lines of JSON, [what, value], the last of each file `end` or `no`.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import IO, Any, NamedTuple, NoReturn

MEMORY_LIMIT = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 10
DEEPEST = 50
AT_A_TIME = 500  # rows a line: the whole table is never held here

Answer = tuple[str, Any]

_NOT_JSON = "It is not JSON in UTF-8, or a quote or comma is missing in it."
# A text as a whole, so that a bracket in it counts for nothing; then the brackets.
_NESTING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)


class Order(NamedTuple):
    """What is asked: `csv` or `json`, how many bytes each file has, and the most that a table may hold.

    `parted_by`: what may part the cells. The rows are counted with the headings.
    """

    kind: str
    sizes: list[int]
    parted_by: str = ","
    rows: int = 0
    columns: int = 0
    letters: int = 0


class Refused(ValueError):
    """The file is not taken; its words say why, as a sentence about «it»."""


def answers(order: Order, given: IO[bytes]) -> Iterator[Answer]:
    """Yield what the files hold, one after the other.

    Of each: ("text", encoding), then ("rows", [(line, cells)]) or ("document", …), and ("end", "") last.
    Where a file is refused, ("no", why) stands in place of its end.
    """
    for size in order.sizes:
        content = given.read(size)
        try:
            yield from _rows(content, order) if order.kind == "csv" else _document(content)
            yield "end", ""
        except Refused as error:
            yield "no", str(error)


def _rows(content: bytes, order: Order) -> Iterator[Answer]:
    text, encoding = _text_of(content)
    yield "text", encoding
    some: list[tuple[int, list[str]]] = []
    for count, row in enumerate(_lines(text, order)):
        if count == order.rows:
            raise Refused(f"It has more than {order.rows - 1:,} rows: send it in parts.")
        some.append(row)
        if len(some) == AT_A_TIME:
            yield "rows", some
            some = []
    yield "rows", some


def _text_of(content: bytes) -> tuple[str, str]:
    """Return the text and what it was written in."""
    if b"\0" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("It is not UTF-8 text: save it as «CSV UTF-8» first, a workbook too.")
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows text")):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Refused("It is neither UTF-8 nor Windows text: save it as «CSV UTF-8».")


def _lines(text: str, order: Order) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of every row with something in it. A quoted cell may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_parted_by(text, order), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused(f"From line {line} on it is no CSV: look at its quotes.") from None
        if len(cells) > order.columns:
            raise Refused(f"It has more than {order.columns:,} columns, in line {line}.")
        if any(len(each) > order.letters for each in cells):
            raise Refused(f"Line {line} has a cell of more than {order.letters:,} letters.")
        if any(each.strip() for each in cells):
            yield line, cells


def _parted_by(text: str, order: Order) -> str:
    """Return what parts the headings most often; programs set to other countries write semicolons."""
    heading = text.lstrip().partition("\n")[0]
    return max(order.parted_by, key=heading.count)


def _document(content: bytes) -> Iterator[Answer]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("It is not JSON: it is not UTF-8 text.") from None
    _refuse_deep(text)
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
        json.dumps(found, ensure_ascii=False).encode()
    except Refused:
        raise
    except UnicodeEncodeError:
        raise Refused("It is not JSON in UTF-8: it holds half a letter.") from None
    except (ValueError, RecursionError):  # json has more ways to fail than its own error
        raise Refused(_NOT_JSON) from None
    yield "text", "UTF-8"
    yield "document", found


def _refuse_deep(text: str) -> None:
    """Refuse brackets within brackets before anything follows them down."""
    deep = 0
    for found in _NESTING.finditer(text):
        first = found[0][0]
        if first in "[{":
            deep += 1
            if deep > DEEPEST:
                raise Refused(f"It is not JSON for this program: lists stand in lists over {DEEPEST} deep.")
        elif first != '"':
            deep -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names stand once: json would keep the last and say nothing."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = sorted(name for name, _ in pairs)
        double = next(one for one, other in pairwise(names) if one == other)
        raise Refused(f"“{_short(double)}” stands twice in one place.")
    return found


def _short(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _no_number(constant: str) -> NoReturn:
    raise Refused(f"It is not JSON: {constant} is no number.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Refused("It is not JSON for this program: it holds a number too large to count with.")
    return number


def limit_this_process() -> None:
    """Let this process have only so much memory and time, write no file, and leave no image of itself.

    Windows has no such limits: there the sizes of files and the clock of the caller have to do. macOS refuses
    a limit of address space below what it has mapped for itself.
    """
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            if sys.platform != "darwin":
                raise


def main() -> int:
    """Answer the order on standard input; return the exit code."""
    limit_this_process()
    # Not sys.stdin: a program without a console has none, though its parent gave it pipes.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        order = Order(**json.loads(given.readline(10_000)))
        csv.field_size_limit(max(order.letters, 1) + 1)
        for each in answers(order, given):
            out.write(json.dumps(each, ensure_ascii=False, allow_nan=False).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

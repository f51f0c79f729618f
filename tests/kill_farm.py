"""Kills the program over and over: `python -m tests.kill_farm writer|typist KILLS`, store and user as usual.

It forks children that have the modules loaded already, which is ten times as fast as starting each anew. A
child opens the store after the fork and says on a pipe what it did until it was killed. Prints one JSON
document.
"""

import contextlib
import gc
import io
import json
import os
import select
import signal
import sys
import time
from typing import NamedTuple

from caseapp import cli

FROM_THE_START = 10  # every tenth is killed while it starts
LONGEST_SECONDS = 0.2
TYPING_SECONDS = 1.5  # more than may be lost, or the test could not fail
PATIENCE_SECONDS = 60.0


class Line(NamedTuple):
    """What a child said, and when."""

    at: float
    words: list[str]


class Child:
    """The program in a process of its own, typed a command."""

    def __init__(self, *typed: str) -> None:
        self.reading, writing = os.pipe()
        self.lines: list[Line] = []
        self._rest = b""
        self.pid = os.fork()
        if not self.pid:
            os.dup2(writing, 1)
            os._exit(cli.run(list(typed)))
        os.close(writing)

    def listen(self, seconds: float, *, lines: int = sys.maxsize) -> None:
        """Take in what it says, until the time is over, it ends, or so many lines have come."""
        until = time.monotonic() + seconds
        while len(self.lines) < lines and (left := until - time.monotonic()) > 0:
            if select.select([self.reading], [], [], left)[0] and not self._take():
                return

    def _take(self) -> bool:
        came = os.read(self.reading, 65536)
        *whole, self._rest = (self._rest + came).split(b"\n")
        self.lines += [Line(time.monotonic(), line.decode().split()) for line in whole]
        return bool(came)

    def kill(self) -> float:
        """Kill it, take in its last words; return the moment. Raises ChildProcessError if it had ended."""
        at = time.monotonic()
        os.kill(self.pid, signal.SIGKILL)
        while self._take():
            pass
        self._end(-signal.SIGKILL)
        return at

    def finish(self) -> list[Line]:
        """Let it end by itself; return what it said. Raises ChildProcessError if it failed."""
        self.listen(PATIENCE_SECONDS)
        self._end(0)
        return self.lines

    def _end(self, wanted: int) -> None:
        os.close(self.reading)
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if code != wanted:
            raise ChildProcessError(f"ended with {code}, not {wanted}")


def kill_writers(kills: int) -> dict[str, object]:
    """Return what was acknowledged, {note: value}, and how many kills hit a writer at work."""
    acknowledged, at_work = {}, 0
    for n in range(kills):
        child = Child("test-writer")
        if n % FROM_THE_START:
            child.listen(PATIENCE_SECONDS, lines=1)
        child.listen(LONGEST_SECONDS * _spread(n))
        child.kill()
        acknowledged |= {words[1]: words[2] for _, words in child.lines}
        at_work += bool(child.lines)
    return {"acknowledged": acknowledged, "at_work": at_work}


def kill_typists(kills: int) -> dict[str, object]:
    """Return for each kill how many letters were typed and kept, and how many seconds of typing were lost."""
    found = []
    for n in range(kills):
        child = Child("test-typist")
        child.listen(PATIENCE_SECONDS, lines=1)
        child.listen(TYPING_SECONDS * _spread(n))
        at = child.kill()
        typed = {int(words[1]): said for said, words in child.lines}
        kept = int(Child("test-draft").finish()[-1].words[1])
        lost = [at - said for letter, said in typed.items() if letter > kept]
        found.append({"typed": max(typed), "kept": kept, "seconds_lost": max(lost, default=0.0)})
    return {"typists": found}


def _spread(n: int) -> float:
    """Return the n-th of numbers that fill 0 to 1 evenly, in no order a writer's rhythm could follow."""
    return n * 0.6180339887 % 1


def warm_up(*typed: str) -> None:
    """Load what a command needs by running it to its end: no connection stays open into a fork."""
    with contextlib.redirect_stdout(io.StringIO()):
        if cli.run(list(typed)):
            raise ChildProcessError("the store does not open")
    gc.collect()
    gc.freeze()  # a child shares this memory instead of copying it


if __name__ == "__main__":
    what, kills = sys.argv[1], int(sys.argv[2])
    warm_up(f"test-{what}", "--count", "1")
    sys.stdout.write(json.dumps({"writer": kill_writers, "typist": kill_typists}[what](kills)))

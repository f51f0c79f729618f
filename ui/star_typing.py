"""A score typed on the keyboard without a box to type in: «1» and then «0» make ten."""


class TypedScore:
    """Puts figures together while they are typed one after the other."""

    def __init__(self) -> None:
        self._typed = ""

    def forget(self) -> None:
        """Begin anew: another key was pressed."""
        self._typed = ""

    def take(self, text: str, low: int, high: int) -> int | None:
        """Return the score that the figures make, the last one alone if together they leave the scale.

        None if they make no score, or none yet.

        >>> typed = TypedScore()
        >>> [typed.take(each, 0, 10) for each in "107"], typed.take("-", -2, 2), typed.take("2", -2, 2)
        ([1, 10, 7], None, -2)
        """
        for wanted in (self._typed + text, text) if text else ():
            if wanted == "-" and low < 0:
                self._typed = wanted
                return None
            if wanted.removeprefix("-").isdecimal() and wanted.isascii() and low <= int(wanted) <= high:
                self._typed = wanted
                return int(wanted)
        self.forget()
        return None

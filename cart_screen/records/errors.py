"""What can go wrong with a record."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.errors import CartScreenError, DocumentProblem, first_of, shown

_REMEDY = "Name a file that `cart-screen screen --record` has written and that was not changed since."


class RecordMissing(CartScreenError):
    """There is no record to read."""

    code = "record-missing"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where = where
        self.why = why

    def __str__(self) -> str:
        return f"Cannot read {shown(self.where) or 'a file without a name'}: {self.why}. Name the file of a record."


class RecordUnreadable(CartScreenError):
    """What should be a record is no JSON that can be read as one."""

    code = "record-unreadable"

    def __init__(self, where: str, found: str) -> None:
        super().__init__(where, found)
        self.where = where
        self.found = found

    def __str__(self) -> str:
        return f"{shown(self.where)}: {self.found}. {_REMEDY}"


class RecordInvalid(CartScreenError):
    """A record breaks its format; ``problems`` lists every place at once."""

    code = "record-invalid"

    def __init__(self, problems: Sequence[DocumentProblem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __repr__(self) -> str:
        # The problems hold answers, which stay out of logs.
        return f"<RecordInvalid ({len(self.problems)} problems)>"

    def __str__(self) -> str:
        # What was found may be an answer, which belongs into no message.
        wrong = first_of([f"{shown(one.pointer) or 'the whole'} must be {one.allowed}" for one in self.problems])
        return f"{shown(self.problems[0].document)} is no record as it was written: {wrong}. {_REMEDY}"


class CriteriaNotAtHand(CartScreenError):
    """
    The criteria set of a record is not there, and no directory that holds it was named.

    ``shipped_with`` is the version of the library that the set came with, or None where it is from a directory of
    one's own.
    """

    code = "criteria-not-at-hand"

    def __init__(self, name: str, shipped_with: str | None) -> None:
        super().__init__(name, shipped_with)
        self.name = name
        self.shipped_with = shipped_with

    def __str__(self) -> str:
        if self.shipped_with is None:
            return f"The criteria set {shown(self.name)!r} is from a directory of your own. Name that directory."
        return (
            f"The criteria set {shown(self.name)!r} came with cart-screen {shown(self.shipped_with)} and does not come "
            "with this version. Name a directory that holds it."
        )


class CriteriaOther(CartScreenError):
    """The documents of a directory are not those that a screening was made from."""

    code = "criteria-other"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"The documents in {shown(self.path)} are not those that were read. Screen the answers again."


class MomentInvalid(CartScreenError):
    """The moment at which a record is made names no time zone."""

    code = "moment-invalid"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return f"{self.found} is in no time zone. Give a moment with its zone, as in datetime.now(UTC)."

"""What can go wrong with a frame of answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cart_screen.errors import CartScreenError, first_of, shown


@dataclass(frozen=True)
class ColumnProblem:
    """One column that cannot be read as answers: its name, what was found, what is allowed."""

    column: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{shown(self.column)}: found {shown(self.found)}; allowed is {self.allowed}"


class ColumnsInvalid(CartScreenError):
    """Some columns of a frame cannot be read as answers; ``problems`` lists all of them."""

    code = "columns-invalid"

    def __init__(self, problems: Sequence[ColumnProblem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        count = len(self.problems)
        said = first_of([str(problem) for problem in self.problems])
        return f"{count} column{'' if count == 1 else 's'} cannot be read as answers: {said}."


def refuse_taken(added: Iterable[str], came: Collection[str]) -> None:
    """
    Stop where columns would be added of names that a frame has already.

    Raises
    ------
    ColumnsInvalid
        With every such column.
    """
    taken = [name for name in added if name in came]
    if taken:
        raise ColumnsInvalid(
            [ColumnProblem(name, "a column of that name", "none, since it is added") for name in taken]
        )


class FrameUnknown(CartScreenError):
    """What was given is no frame of a kind that can be read."""

    code = "frame-unknown"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return (
            f"A {shown(self.found)} is no frame that can be read. Give a polars DataFrame or LazyFrame, a pyarrow "
            "Table, a DuckDB relation, a PySpark DataFrame or a pandas DataFrame."
        )

"""What can go wrong with a table of intakes as a whole; what is wrong with one row is a reject and no error."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.errors import CartScreenError, first_of, shown


class TableMissing(CartScreenError):
    """There is no table to read."""

    code = "table-missing"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where = where
        self.why = why

    def __str__(self) -> str:
        return (
            f"Cannot read {shown(self.where) or 'a file without a name'}: {self.why}. "
            "Name a table that can be read: .csv, .ndjson, .jsonl or .parquet."
        )


class TableUnreadable(CartScreenError):
    """A table cannot be read as a whole."""

    code = "table-unreadable"

    def __init__(self, where: str, found: str, todo: str) -> None:
        super().__init__(where, found, todo)
        self.where = where
        self.found = found
        self.todo = todo

    def __str__(self) -> str:
        return f"{shown(self.where)}: {self.found}. {self.todo}"


class FormUnknown(CartScreenError):
    """The name of a table ends in none of the forms that are read and written."""

    code = "table-form-unknown"

    def __init__(self, name: str, forms: Sequence[str]) -> None:
        super().__init__(name, tuple(forms))
        self.name = name
        self.forms = tuple(forms)

    def __str__(self) -> str:
        return (
            f"{shown(self.name)!r} does not say what form it has. Name a file that ends in {', '.join(self.forms)}, "
            "or - for a stream of NDJSON."
        )


class ColumnsMissing(CartScreenError):
    """A table lacks columns that it must have; ``columns`` are those that are looked for, ``known`` those it has."""

    code = "columns-missing"

    def __init__(self, where: str, columns: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(where, tuple(columns), tuple(known))
        self.where = where
        self.columns = tuple(columns)
        self.known = tuple(known)

    def __str__(self) -> str:
        named = first_of([repr(shown(name)) for name in self.columns])
        has = f"It has {listed(self.known)}" if self.known else "It has none"
        return f"{shown(self.where)} has no column {named}. {has}; look at the spelling in the command and in the map."


class CriteriaApart(CartScreenError):
    """Criteria sets were named together that ask one question differently."""

    code = "criteria-apart"

    def __init__(self, sets: Sequence[str], question: str) -> None:
        super().__init__(tuple(sets), question)
        self.sets = tuple(sets)
        self.question = question

    def __str__(self) -> str:
        return f"The sets {' and '.join(self.sets)} ask {self.question} differently. Screen under each by itself."


class RowsLost(CartScreenError):
    """More or fewer rows came out than went in: a fault of the program, and nothing was written."""

    code = "rows-lost"

    def __init__(self, came: int, written: int, rejected: int) -> None:
        super().__init__(came, written, rejected)
        self.came = came
        self.written = written
        self.rejected = rejected

    def __str__(self) -> str:
        return (
            f"Of {self.came:,} rows {self.written:,} were written and {self.rejected:,} rejected, which does not add "
            "up. Nothing was kept. Please report it, without any answers."
        )


# So many names are read at a glance.
_NAMED = 10


def listed(names: Sequence[str]) -> str:
    """Name the first of some columns, and say how many there are where there are more."""
    named = [shown(name) for name in names if name]
    nameless = len(names) - len(named)
    said = ", ".join([*named[:_NAMED], *([f"{nameless:,} without a name"] if nameless else [])])
    return f"{said} and {len(named) - _NAMED:,} more" if len(named) > _NAMED else said

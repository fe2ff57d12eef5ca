"""Columns of lists: the ids whose boolean columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, TypeVar

from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.intake import PREFIX
from cart_screen.engines.columns.nodes import Node

# A byte, and a number of 64 bits, tell the combinations of so many ids apart.
_BYTE = 8
_KEY = 64

# Where lists are put together as text: a character that ASCII has for this, and that no id holds.
_BETWEEN = "\x1f"

_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Ids:
    """
    A column of lists: the ids whose nodes hold, in order.

    It is null where ``where`` does not hold. None of the nodes is null.
    """

    cases: tuple[tuple[Node, str], ...]
    where: Node

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that can stand in it."""
        return tuple(id for _, id in self.cases)

    def members(self, name: str) -> dict[str, Node]:
        """Give the boolean columns that the lists are put together from, by their internal names."""
        return {_member(name, id): node for node, id in self.cases} | {_member(name, ""): self.where}


def with_lists(frame: Any, lists: Mapping[str, Sequence[str]], library: Any) -> Any:
    """Give a frame of the library's that has the members of some lists with the lists as further columns."""
    if library is not nw:
        return frame.with_columns(_in_polars(name, ids) for name, ids in lists.items())
    frame = frame.with_columns(*(_text(name, ids).alias(_joined(name)) for name, ids in lists.items()))
    return frame.with_columns(*(_split(name).alias(name) for name in lists))


def _member(name: str, id: str) -> str:
    return f"{PREFIX}list/{name}/{id}"


def _joined(name: str) -> str:
    return f"{PREFIX}text/{name}"


def _text(name: str, ids: Sequence[str]) -> nw.Expr:
    # Each with a separator before it: DuckDB warns of a text that is the name of a column, which an id may be.
    words = [nw.when(nw.col(_member(name, id))).then(nw.lit(_BETWEEN + id)) for id in ids]
    return nw.concat_str(words, separator="", ignore_nulls=True) if words else nw.lit("")


def _split(name: str) -> nw.Expr:
    text, nothing = nw.col(_joined(name)), nw.lit([], dtype=nw.List(nw.String))
    listed = nw.when(text != "").then(text.str.strip_chars(_BETWEEN).str.split(_BETWEEN)).otherwise(nothing)
    return nw.when(nw.col(_member(name, ""))).then(listed)


def _in_polars(name: str, ids: Sequence[str]) -> Any:
    """
    Give a list in polars: each distinct one is made once, and the rows take it from there.

    Rows have far fewer distinct lists than there are rows, so it is many times as fast as a list for each row. The
    ids are an enumeration, a byte each where texts would be sixteen.
    """
    # Imported here: who screens no polars frame need not have polars.
    import polars as pl

    where = pl.col(_member(name, ""))
    if not ids:
        return pl.when(where).then(pl.lit([], dtype=pl.List(pl.Enum([])))).alias(name)
    made = _Made(ids)
    keys = [_key([pl.col(_member(name, id)) for id in some]) for some in _in_groups(ids, _KEY)]
    # A number by itself is found again faster than one in a struct.
    row = keys[0] if len(keys) == 1 else pl.struct(key.alias(str(place)) for place, key in enumerate(keys))
    found = pl.when(where).then(row).map_batches(made.lists, return_dtype=made.dtype, is_elementwise=True)
    return found.alias(name)


def _key(members: Sequence[Any]) -> Any:
    """Number the combinations of as many booleans as one number tells apart."""
    import polars as pl

    bytes = (
        reduce(add, (one.cast(pl.UInt8) * pl.lit(2**place, dtype=pl.UInt8) for place, one in enumerate(some)))
        for some in _in_groups(members, _BYTE)
    )
    whole = (byte.cast(pl.UInt64) * pl.lit(256**place, dtype=pl.UInt64) for place, byte in enumerate(bytes))
    return reduce(add, whole)


class _Made:
    """Makes lists of ids from the numbers that ``_key`` gives."""

    def __init__(self, ids: Sequence[str]) -> None:
        import polars as pl

        self.dtype = pl.List(pl.Enum(list(ids)))
        # The words of every byte, so that eight ids are looked up at once.
        self._words = [
            [
                pl.Series([_separated(some, number) for number in range(2 ** len(some))], dtype=pl.String)
                for some in _in_groups(of_key, _BYTE)
            ]
            for of_key in _in_groups(ids, _KEY)
        ]

    def lists(self, rows: Any) -> Any:
        """Give the list of each row by its number, or numbers; null where there is none."""
        import polars as pl

        distinct = rows.unique()
        keys = distinct.struct.unnest().get_columns() if distinct.dtype == pl.Struct else [distinct]
        texts = [
            table.gather((key // 256**place % 256).cast(pl.UInt32))
            for key, tables in zip(keys, self._words, strict=True)
            for place, table in enumerate(tables)
        ]
        # Before each id stands a separator, so what is before the first one is left out.
        words = pl.select(pl.concat_str(texts)).to_series().str.split(_BETWEEN).list.slice(1)
        placed = pl.DataFrame({"row": distinct, "place": pl.int_range(len(distinct), dtype=pl.UInt32, eager=True)})
        found = rows.alias("row").to_frame().join(placed, on="row", how="left", nulls_equal=True, maintain_order="left")
        return words.cast(self.dtype).gather(found["place"]).alias(rows.name)


def _separated(ids: Sequence[str], number: int) -> str:
    return "".join(_BETWEEN + id for place, id in enumerate(ids) if number >> place & 1)


def _in_groups(whole: Sequence[_Part], size: int) -> list[Sequence[_Part]]:
    return [whole[start : start + size] for start in range(0, len(whole), size)]

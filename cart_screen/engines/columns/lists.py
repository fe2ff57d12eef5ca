"""Columns of lists: the ids whose boolean columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add
from typing import Any

from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.intake import PREFIX, Frame
from cart_screen.engines.columns.nodes import Node

# A byte, and a number of 64 bits, tell the combinations of so many ids apart.
_BYTE = 8
_KEY = 64

# Where lists are put together as text: a character that ASCII has for this, and that no id holds.
_BETWEEN = "\x1f"


@dataclass(frozen=True)
class Ids:
    """
    A column of lists: the ids whose nodes hold, in order.

    It is null where ``where`` does not hold. None of the nodes is null.
    """

    cases: tuple[tuple[Node, str], ...]
    where: Node

    def members(self, name: str) -> dict[str, Node]:
        """Give the boolean columns that the lists are put together from, by their internal names."""
        return {_member(name, id): node for node, id in self.cases} | {_member(name, ""): self.where}


def with_lists(frame: Frame, lists: Mapping[str, Ids]) -> Frame:
    """Give a frame that has the members of some lists with the lists as further columns."""
    wanted = {name: [id for _, id in ids.cases] for name, ids in lists.items()}
    if not lists:
        return frame
    if frame.implementation.is_polars():
        return _in_polars(frame, wanted)
    frame = frame.with_columns(*(_text(name, ids).alias(_joined(name)) for name, ids in wanted.items()))
    return frame.with_columns(*(_split(name).alias(name) for name in wanted))


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


def _in_polars(frame: Frame, wanted: Mapping[str, Sequence[str]]) -> Frame:
    """
    Give the lists in polars: each distinct one is made once, and the rows take it from there.

    Rows have far fewer distinct lists than there are rows, so it is many times as fast as a list for each row.
    """
    # Imported here: who screens no polars frame need not have polars.
    import polars as pl

    def byte(name: str, ids: Sequence[str]) -> pl.Expr:
        bits = (
            pl.col(_member(name, id)).cast(pl.UInt8) * pl.lit(2**place, dtype=pl.UInt8) for place, id in enumerate(ids)
        )
        return reduce(add, bits).cast(pl.UInt64)

    def key(name: str, ids: Sequence[str]) -> pl.Expr:
        """Number the combinations of as many ids as one number tells apart."""
        return reduce(
            add,
            (
                byte(name, some) * pl.lit(256**place, dtype=pl.UInt64)
                for place, some in enumerate(_in_groups(ids, _BYTE))
            ),
        )

    def words(key: str, ids: Sequence[str]) -> Iterator[pl.Expr]:
        for place, some in enumerate(_in_groups(ids, _BYTE)):
            table = pl.Series([_separated(some, number) for number in range(2 ** len(some))], dtype=pl.String)
            yield pl.lit(table).gather((pl.col(key) // 256**place % 256).cast(pl.UInt32))

    def lists(rows: pl.Series, ids: Sequence[str]) -> pl.Series:
        frame = rows.struct.unnest()
        distinct = frame.unique()
        found = [word for number, some in enumerate(_in_groups(ids, _KEY)) for word in words(str(number), some)]
        # Before each id stands a separator, so what is before the first one is left out.
        nothing = pl.lit([], dtype=pl.List(pl.String))
        listed = pl.concat_str(found).str.split(_BETWEEN).list.slice(1) if found else nothing
        made = distinct.select(pl.when("where").then(listed).alias(rows.name)).to_series()
        placed = distinct.with_columns(place=pl.int_range(pl.len(), dtype=pl.UInt32))
        return made.gather(frame.join(placed, on=distinct.columns, how="left", maintain_order="left")["place"])

    def listed(name: str, ids: Sequence[str]) -> pl.Expr:
        keys = (key(name, some).alias(str(number)) for number, some in enumerate(_in_groups(ids, _KEY)))
        row = pl.struct(*keys, pl.col(_member(name, "")).alias("where"))
        made = row.map_batches(partial(lists, ids=ids), return_dtype=pl.List(pl.String), is_elementwise=True)
        return made.alias(name)

    native: Any = frame.to_native()
    found: Frame = nw.from_native(native.with_columns(listed(name, ids) for name, ids in wanted.items()))
    return found


def _in_groups(ids: Sequence[str], size: int) -> list[Sequence[str]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _separated(ids: Sequence[str], number: int) -> str:
    return "".join(_BETWEEN + id for place, id in enumerate(ids) if number >> place & 1)

"""Columns computed in stages: what is read more than once becomes a column of its own first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.errors import refuse_taken
from cart_screen.engines.columns.intake import PREFIX, Frame, Intake
from cart_screen.engines.columns.lists import Ids, with_lists
from cart_screen.engines.columns.nodes import Figure, Fixed, Holds, parts_of
from cart_screen.engines.columns.writing import Computed, Output, Writer, computed_in
from cart_screen.rules.expressions import Among

# Backends go down into an expression; what is nested deeper becomes a column, too.
_DEEPEST = 30
# What is read again is written again while that takes no more than so many operations.
_REPEATED = 2


@dataclass(frozen=True)
class Stage:
    """Columns that are computed at once, and those of earlier stages that are read later; the others are dropped."""

    kept: tuple[str, ...]
    computed: tuple[Any, ...]


@dataclass(frozen=True)
class Plan:
    """What is computed over any frame that has answer columns of the same types; it is made once for all of them."""

    intake: Intake
    stages: tuple[Stage, ...]
    lists: Mapping[str, tuple[str, ...]]
    outputs: tuple[str, ...]

    def over(self, frame: Frame, came: Collection[str]) -> Frame:
        """
        Give a frame as it came with the outputs as further columns; ``came`` are the names of those that it has.

        Raises
        ------
        ColumnsInvalid
            When the frame has a column already that an output is named like.
        """
        refuse_taken(self.outputs, came)
        library = self.intake.library
        # polars takes no expressions of narwhals' into its own, nor narwhals those of polars.
        found: Any = frame if library is nw else frame.to_native()
        if self.intake.prepared:
            found = found.with_columns(*self.intake.prepared)
        for stage in self.stages:
            names = (*came, *stage.kept)
            found = found.select(*(library.col(*names),) if names else (), *stage.computed)
        if self.lists:
            found = with_lists(found, self.lists, library).select(library.col(*came, *self.outputs))
        given_back: Frame = found if library is nw else nw.from_native(found)
        return given_back


def plan(intake: Intake, outputs: Mapping[str, Output | Ids]) -> Plan:
    """Find in which stages the outputs are computed, and write the expressions."""
    plain: dict[str, Output] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name, output in outputs.items():
        if isinstance(output, Ids):
            lists[name] = output.ids
            plain |= output.members(name)
        else:
            plain[name] = output
    return Plan(intake, tuple(_Stages(intake, plain).written()), lists, tuple(outputs))


class _Stages:
    def __init__(self, intake: Intake, outputs: Mapping[str, Output]) -> None:
        self._intake = intake
        self._outputs = outputs
        self._library = intake.library
        self._writer = Writer(intake.columns, intake.library)
        self._uses: dict[int, int] = {}
        self._nodes: list[Computed] = []
        self._level: dict[int, int] = {}
        self._depth: dict[int, int] = {}
        self._size: dict[int, int] = {}
        self._names: dict[int, str] = {}
        self._last_read: dict[int, int] = {}
        for output in outputs.values():
            for node in computed_in(output):
                self._count(node)
        for node in self._nodes:
            self._place(node)
        self._due = {name: self._stage_of(output) for name, output in outputs.items()}
        for node in self._nodes:
            if id(node) in self._names:
                self._read_parts(node, self._level[id(node)])
        for name, output in outputs.items():
            for node in computed_in(output):
                self._read(node, self._due[name])

    def written(self) -> Iterator[Stage]:
        done: list[str] = []
        alive: list[Computed] = []
        raw = [column.name for column in self._intake.columns.values() if column.name != column.raw]
        last = max((*self._due.values(), *(self._level[id(node)] for node in self._named())), default=0)
        for stage in range(last + 1):
            self._written: dict[int, Any] = {}
            new = [node for node in self._named() if self._level[id(node)] == stage]
            kept = [self._names[id(node)] for node in alive if self._last_read[id(node)] > stage]
            columns = [self._new(node, stage).alias(self._names[id(node)]) for node in new]
            due = [name for name, at in self._due.items() if at == stage]
            part = partial(self._part, stage=stage)
            columns += [self._writer.output(self._outputs[name], part).alias(name) for name in due]
            yield Stage((*(raw if stage < last else ()), *done, *kept), tuple(columns))
            alive = [node for node in (*alive, *new) if self._last_read[id(node)] > stage]
            done += due

    def _count(self, node: Computed) -> None:
        key = id(node)
        self._uses[key] = self._uses.get(key, 0) + 1
        if self._uses[key] == 1:
            for part in parts_of(node):
                self._count(part)
            # After its parts, so that the list is in the order of computing.
            self._nodes.append(node)

    def _place(self, node: Computed) -> None:
        key, parts = id(node), parts_of(node)
        self._level[key] = max((self._ready(part) for part in parts), default=0)
        written = [part for part in parts if id(part) not in self._names]
        self._depth[key] = 1 + max((self._depth[id(part)] for part in written), default=0)
        self._size[key] = max(1, len(parts)) + sum(self._size[id(part)] for part in written)
        again = self._size[key] * (self._uses[key] - 1)
        if not self._is_at_hand(node) and (again > _REPEATED or self._depth[key] > _DEEPEST):
            self._names[key] = f"{PREFIX}node/{len(self._names)}"

    def _ready(self, part: Computed) -> int:
        """Give the first stage that can read a part."""
        return self._level[id(part)] + (id(part) in self._names)

    def _stage_of(self, output: Output) -> int:
        return max((self._ready(node) for node in computed_in(output)), default=0)

    def _is_at_hand(self, node: Computed) -> bool:
        """Tell whether a node is a column already, or a constant."""
        if isinstance(node, Holds) and isinstance(node.leaf, Among):
            return self._intake.columns[node.leaf.question].question.kind == "boolean"
        return isinstance(node, Fixed | Figure)

    def _named(self) -> list[Computed]:
        return [node for node in self._nodes if id(node) in self._names]

    def _read(self, node: Computed, stage: int) -> None:
        if id(node) in self._names and self._level[id(node)] < stage:
            self._last_read[id(node)] = max(stage, self._last_read.get(id(node), 0))
        else:
            self._read_parts(node, stage)

    def _read_parts(self, node: Computed, stage: int) -> None:
        for part in parts_of(node):
            self._read(part, stage)

    def _new(self, node: Computed, stage: int) -> Any:
        return self._writer.write(node, partial(self._part, stage=stage))

    def _part(self, node: Computed, stage: int) -> Any:
        key = id(node)
        if key not in self._written:
            if key in self._names and self._level[key] < stage:
                self._written[key] = self._library.col(self._names[key])
            else:
                self._written[key] = self._new(node, stage)
        return self._written[key]

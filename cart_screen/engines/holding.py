"""Which of some conditions hold: by a generated function that asks nothing else of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan
from typing import Any

from cart_screen.answers.scalars import Scalar
from cart_screen.engines.fields import function
from cart_screen.engines.graph import Graph
from cart_screen.engines.leaves import Leaves
from cart_screen.engines.partial import Partial
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression

Record = dict[str, Scalar]


def compile_holding(conditions: Mapping[str, Expression], reading: Reading) -> Callable[[Record], tuple[str, ...]]:
    """Give the function that gives the keys of those conditions which hold in a record, in their order."""
    graph = Graph()
    partial = Partial(Leaves(reading.dictionary))
    lines = ["found = []"]
    for key, condition in conditions.items():
        holds = partial.rails.text(graph.plain(graph.add(condition)), True).text
        lines.append(f"if {holds}: found.append({key!a})")
    lines.append("return tuple(found)")
    body = ["g = d.get", *partial.filled([*partial.rails.statements, *lines])]
    space: dict[str, Any] = {"NAN": nan}
    exec(compile(function("holding(d)", body), "<rules: holding>", "exec"), space)
    holding: Callable[[Record], tuple[str, ...]] = space["holding"]
    return holding

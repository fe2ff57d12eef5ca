"""
The engines that the proofs are put through, each as one function from a rule set to a reader of records.

A further engine is a further entry of ``ENGINES``: it says of each record and each rule what it can say, the
truth at least.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from cart_screen import compile_rules
from cart_screen.rules.reference import Record

from .column_engines import (
    duckdb_relation,
    duckdb_rows,
    evaluating,
    polars_frame,
    polars_lazy_frame,
    polars_rows,
    pyarrow_rows,
    pyarrow_table,
    pyspark_frame,
    pyspark_rows,
    verdicts_and_awaited,
)
from .rule_sets import RuleSet
from .said import Reader, Said, Specified, titled


@dataclass(frozen=True)
class Engine:
    """
    An engine by name.

    ``needs`` are the modules of extras without which it cannot run. One that reads ``columns`` is slow for a few
    records and fast for many, and takes at most so many rules at once; one that is ``slow`` takes a second for any.
    """

    name: str
    reader: Callable[[RuleSet], Reader]
    needs: tuple[str, ...] = ()
    columns: bool = False
    most_rules: int = 1_000
    slow: bool = False

    @property
    def missing(self) -> str:
        """What has to be installed before it can run, as a phrase; empty where nothing is missing."""
        return ", ".join(module for module in self.needs if find_spec(module) is None)


def reference(rules: RuleSet) -> Reader:
    """The specification itself, with awaited answers and reasons."""
    distinct = {id(expression): expression for expression in rules.expressions.values()}

    def read(records: Sequence[Record]) -> list[tuple[Specified, ...]]:
        found = []
        for record in records:
            # Many rules of a set share an expression, which is one object here.
            said = {key: Specified(expression, record, rules.reading) for key, expression in distinct.items()}
            found.append(tuple(said[id(expression)] for expression in rules.expressions.values()))
        return found

    return read


def python_verdicts(rules: RuleSet) -> Reader:
    """Generated Python: truths alone."""
    compiled = _compiled(rules)
    return lambda records: [tuple(Said(truth) for truth in compiled.verdicts(record)) for record in records]


def python_evaluate(rules: RuleSet) -> Reader:
    """Generated Python: truths with what is awaited."""
    compiled = _compiled(rules)
    return lambda records: [tuple(Said(*found) for found in compiled.evaluate(record)) for record in records]


def python_explain(rules: RuleSet) -> Reader:
    """Generated Python: everything."""
    compiled = _compiled(rules)

    def read(records: Sequence[Record]) -> list[tuple[Said, ...]]:
        return [
            tuple(
                Said(found.truth, found.awaiting, found.because, titled(found.reasons))
                for found in compiled.explain(record)
            )
            for record in records
        ]

    return read


def _compiled(rules: RuleSet):
    compiled = compile_rules(rules.schemas, rules.reading, documents=rules.documents)
    assert compiled.names == tuple(rules.schemas)
    return compiled


REFERENCE = Engine("reference", reference)
ENGINES = (
    REFERENCE,
    Engine("python-verdicts", python_verdicts),
    Engine("python-evaluate", python_evaluate),
    Engine("python-explain", python_explain),
    Engine("columns-polars", evaluating(polars_frame, polars_rows), ("narwhals", "polars"), columns=True),
    Engine(
        "columns-polars-lazy",
        verdicts_and_awaited(polars_lazy_frame, polars_rows),
        ("narwhals", "polars"),
        columns=True,
    ),
    Engine("columns-pyarrow", evaluating(pyarrow_table, pyarrow_rows), ("narwhals", "pyarrow"), columns=True),
    Engine(
        "columns-duckdb",
        evaluating(duckdb_relation, duckdb_rows),
        ("narwhals", "duckdb", "pyarrow"),
        columns=True,
        most_rules=30,
    ),
    Engine(
        "columns-pyspark",
        evaluating(pyspark_frame, pyspark_rows),
        ("narwhals", "pyspark"),
        columns=True,
        most_rules=10,
        slow=True,
    ),
)

"""The tables: Markdown, so that they can stand in the README, and aligned, so that they can be read as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """What issue 4 asks of a measure: how many times the other's time is allowed, or how many times faster is asked."""

    says: str
    faster: bool
    must: float
    aim: float

    def allowed(self, number: float) -> str:
        """Say a limit in words."""
        return f"at least {number:g} x faster" if self.faster else f"at most {number:g} x"

    def measured(self, ours: float, theirs: float) -> float:
        """Give the ratio that the goal is about, of two times."""
        return theirs / ours if self.faster else ours / theirs

    def kept(self, ratio: float, limit: float) -> bool:
        """Tell whether a ratio keeps a limit."""
        return ratio >= limit if self.faster else ratio <= limit


GOALS: Mapping[str, Goal] = {
    "complete-by-hand": Goal("verdicts, complete answers, against hand-written two-valued Python", False, 1.3, 1.0),
    "complete-rs": Goal("verdicts, complete answers, against jsonschema-rs", True, 5, 8),
    "partial-by-hand": Goal("verdicts, 12 and 20 % missing, against hand-written three-valued Python", False, 1.5, 1.2),
    "partial-rs": Goal(
        "verdicts, 12 and 20 % missing, against jsonschema-rs with two schemas per criterion", True, 4, 6
    ),
    "evaluate": Goal("evaluate (with awaited), against the same hand-written code, which computes none", False, 3, 2),
    "explain": Goal("explain, reasons for every criterion, against hand-written reasons", False, 3, 1.5),
    "screen": Goal(
        "screen() of one person, against python-jsonschema's iter_errors on the same documents", True, 30, 100
    ),
    "columns": Goal("columns on polars, statuses only, against the same rule hand-written in polars", False, 1.15, 1.0),
    "process": Goal("cart-screen screen FILE, whole process, against python -c pass", False, 6, 3),
}


@dataclass(frozen=True)
class Ratio:
    """A measured ratio for a goal; ``what`` says on which rules and answers."""

    goal: str
    what: str
    ratio: float


@dataclass(frozen=True)
class Line:
    """One line of the details: what was measured, whose it is, and what came out."""

    measure: str
    who: str
    result: str
    times: str = ""


def goals_table(ratios: Sequence[Ratio]) -> str:
    """Give the table that the issue asks for; a goal that was not measured in this run is left out."""
    rows = []
    for key, goal in GOALS.items():
        found = [ratio for ratio in ratios if ratio.goal == key]
        if found:
            measured = ", ".join(f"{ratio.what} {ratio.ratio:.2f}" for ratio in found)
            worst = (min if goal.faster else max)(ratio.ratio for ratio in found)
            verdict = (
                "aim reached" if goal.kept(worst, goal.aim) else "kept" if goal.kept(worst, goal.must) else "MISSED"
            )
            rows.append((goal.says, goal.allowed(goal.must), goal.allowed(goal.aim), measured, verdict))
    return markdown(("measure", "must", "aim", "measured", ""), rows)


def details_table(lines: Iterable[Line]) -> str:
    """Give every time that was measured."""
    return markdown(
        ("measure", "who", "result", "times the first"),
        [(line.measure, line.who, line.result, line.times) for line in lines],
    )


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def microseconds(seconds: float) -> str:
    """Write a short time."""
    return f"{seconds * 1e6:,.2f} us" if seconds < 1e-4 else f"{seconds * 1e6:,.0f} us"

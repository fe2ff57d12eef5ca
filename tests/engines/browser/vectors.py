"""
The shared vectors: answer sets as people may give them, and what every engine says to each.

They stand in ``vectors.json``, written by hand but for what is expected, which is Python's own. What is expected is
kept in brief: where a finding has no reasons or cautions, or an indication is ruled out by its type, it says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cart_screen.answers.given import Answers
from cart_screen.api import screen
from cart_screen.catalog.loading import own_set
from cart_screen.engines.browser.program import program_of
from cart_screen.questionnaire import Questionnaire

from .said import plain, shortly_screened, state

FILE = Path(__file__).parent / "vectors.json"
_WIDTH = 116
# What the findings and the indications say too, or the answers.
_TOLD_ABOVE = ("possible", "resolved", "shown")
_SAYS = "What every engine says to these answers. CART_SCREEN_REWRITE=1 pytest tests/engines/browser writes it anew."


@dataclass(frozen=True)
class Vector:
    """One set of answers under one criteria set on one day, and what is expected of it."""

    says: str
    criteria: str
    as_of: str
    answers: Mapping[str, Any]
    absent: Mapping[str, str]
    expect: Any

    @property
    def program(self) -> str:
        """The name of its program in requests."""
        return f"{self.criteria} {self.as_of}"

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Ask for the screening, and where a questionnaire with these answers stands."""
        given = {"answers": self.answers, "absent": self.absent}
        whole = {"program": self.program, "given": given}
        return [{"do": "short", **whole}, {"do": "walk", **whole, "depth": "settle", "steps": []}]

    @cached_property
    def in_python(self) -> Any:
        """Give what Python says, in brief."""
        answers = Answers(self.answers, self.absent)
        said = shortly_screened(screen(answers, self.criteria, self.as_of))
        return brief(plain(said), plain(state(Questionnaire(answers, self.criteria, self.as_of))))


@cache
def vectors() -> tuple[Vector, ...]:
    """Read the vectors."""
    entries = json.loads(FILE.read_text("utf-8"))["vectors"]
    return tuple(Vector(**{"absent": {}, "expect": None, **one}) for one in entries)


def programs(all_vectors: Sequence[Vector]) -> list[dict[str, Any]]:
    """Give the requests that make the programs of some vectors known."""
    needed = {one.program: one for one in all_vectors}
    return [
        {"do": "program", "name": name, "program": program_of(own_set(one.criteria), date.fromisoformat(one.as_of))}
        for name, one in needed.items()
    ]


def brief(said: Any, stands: Any) -> Any:
    """Give what is expected of a screening and of a questionnaire with the same answers, short enough to be read."""
    found = said["screening"]
    expected = {
        "guidance": _filled(found["guidance"]),
        "findings": {id: _finding(one) for id, one in found["findings"].items()},
        "indications": {
            one["indication"]: " ".join(one["statuses"].values())
            for one in found["indications"]
            if one["statuses"]["approved-cancer-type"] != "not-met"
        },
        "awaiting": found["awaiting"],
        "needed": [one["question"] for one in found["needed"]],
        "conflicts": {one["conflict"]: one["questions"] for one in found["conflicts"]},
        "details": _filled({key: value for key, value in said["details"].items() if key not in _TOLD_ABOVE}),
        "next": stands["nextScreen"] and stands["nextScreen"]["questions"],
        "choices": _left(stands["nextQuestion"], stands["choices"]),
        "progress": list(stands["progress"].values()),
        "set_aside": stands["setAside"],
        "not_needed": [row["question"] for row in stands["checkAnswers"] if row["needed"] == "false"],
    }
    # A yes is a text in what is compared, since to Python it is a 1; here it is read.
    return _filled(_read(expected))


def written(all_vectors: Sequence[Vector]) -> str:
    """Write vectors with what Python says to them."""
    entries = []
    for one in all_vectors:
        entry = {"says": one.says, "criteria": one.criteria, "as_of": one.as_of, "answers": one.answers}
        absent = {"absent": one.absent} if one.absent else {}
        entries.append({**entry, **absent, "expect": one.in_python})
    lines = [_lines(entry, 2) for entry in entries]
    return '{\n  "says": ' + json.dumps(_SAYS) + ',\n  "vectors": [\n    ' + ",\n    ".join(lines) + "\n  ]\n}\n"


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _read(one) for key, one in value.items()}
    if isinstance(value, list):
        return list(map(_read, value))
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _left(question: str | None, choices: Sequence[Any] | None) -> Sequence[Any] | None:
    """Give the choices of a question where some would contradict what was said."""
    every = own_set("us-fda").reading.dictionary.questions[question].choices if question else ()
    return choices if choices and 2 < len(choices) < len(every) else None


def _finding(found: Any) -> Any:
    short = {
        "status": found["status"],
        "relevant": found["relevant"] if found["relevant"] == "false" else None,
        "because": dict(found["because"]),
        "awaiting": found["awaiting"],
        "reasons": [one["reason"] for one in found["reasons"]],
        "cautions": [one["caution"] for one in found["cautions"]],
        "sources": found["sources"],
        "verified": found["verified"],
    }
    return _filled(short)


def _filled(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value not in (None, [], {}, "")}


def _lines(value: Any, level: int) -> str:
    """Write a value on one line where it fits, else its entries one below the other; values as many as fit a line."""
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + 2 * level <= _WIDTH or not isinstance(value, dict | list) or not value:
        return short
    if isinstance(value, dict):
        entries = [f"{json.dumps(key)}: {_lines(one, level + 1)}" for key, one in value.items()]
        is_flat = not any(isinstance(one, dict | list) for one in value.values())
    else:
        entries = [_lines(one, level + 1) for one in value]
        is_flat = not any(isinstance(one, dict | list) for one in value)
    lines: list[str] = []
    for entry in entries:
        if lines and is_flat and len(lines[-1]) + len(entry) + 2 * level + 4 <= _WIDTH:
            lines[-1] += f", {entry}"
        else:
            lines.append(entry)
    indent = "  " * (level + 1)
    return short[0] + "\n" + ",\n".join(indent + line for line in lines) + "\n" + indent[2:] + short[-1]

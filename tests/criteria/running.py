"""Reads the case files and runs one case; the files say what is expected, this says only how to look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cart_screen import Screening, screen

CASES = Path(__file__).parent / "cases"
TODAY = "2026-11-22"
FIVE = ("approved-cancer-type", "relapsed-refractory", "prior-lines", "fitness", "organ-function")
PRODUCTS = (
    "Kymriah", "Yescarta", "Tecartus", "Breyanzi", "Abecma", "Carvykti", "Aucatzyl", "tisagenlecleucel",
    "axicabtagene", "brexucabtagene", "lisocabtagene", "idecabtagene", "ciltacabtagene", "obecabtagene",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One person and what the published criteria say of them."""

    row: str
    says: str
    answers: Mapping[str, Any]
    expect: Mapping[str, Any]
    criteria: str = "us-fda"
    as_of: str = TODAY

    @property
    def id(self) -> str:
        """Name the row of the facts and the case."""
        return f"{self.row}: {self.says}"

    def screen(self) -> Screening:
        """Screen the person."""
        return screen(self.answers, criteria=self.criteria, as_of=self.as_of)


def cases(*names: str) -> list[Case]:
    """Give the cases of some files, in the order of the files."""
    return [Case(**case) for name in names for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))["cases"]]


def all_files() -> list[str]:
    """Give the name of every file of cases."""
    return sorted(path.stem for path in CASES.glob("*.json"))


def check(case: Case) -> None:
    """Screen the person and compare each expectation; what differs is shown all at once."""
    found = case.screen()
    wrong = [problem for key, wanted in case.expect.items() for problem in LOOKS[key](found, wanted)]
    assert not wrong, f"{case.id}\n  " + "\n  ".join(wrong)


def matching(found: Screening) -> list[str]:
    """Give the indications whose five criteria are all met."""
    return [use.indication.id for use in found.indications if all(use.statuses[point] == "met" for point in FIVE)]


def lining_up(found: Screening) -> list[str]:
    """Give the indications whose label criteria are met."""
    return [use.indication.id for use in found.indications if use.label_met]


def shown_words(found: Screening) -> str:
    """Give the words of the guidance and of the findings as one text, without the titles of sources."""
    shown = found.to_dict()
    findings = [{**finding, "sources": []} for finding in shown["findings"].values()]
    return json.dumps([shown["guidance"], findings, shown["criteria"]["cautions"], shown["conflicts"]])


def _same(what: str, found: Any, wanted: Any) -> list[str]:
    return [] if found == wanted else [f"{what}: found {found!r}, expected {wanted!r}"]


def _has(what: str, found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    found = list(found)
    return [f"{what}: {one!r} is missing from {found!r}" for one in wanted if one not in found]


def _lacks(what: str, found: Iterable[str], unwanted: Iterable[str]) -> list[str]:
    found = list(found)
    return [f"{what}: {one!r} should not be in {found!r}" for one in unwanted if one in found]


def _statuses(found: Screening, wanted: Mapping[str, Mapping[str, str]]) -> list[str]:
    uses = {use.indication.id: use.statuses for use in found.indications}
    return [
        problem
        for indication, statuses in wanted.items()
        for criterion, status in statuses.items()
        for problem in _same(f"{indication}, {criterion}", str(uses[indication][criterion]), status)
    ]


def _awaits(found: Screening, wanted: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    uses = {use.indication.id: use.indication for use in found.indications}
    return [
        problem
        for indication, criteria in wanted.items()
        for criterion, questions in criteria.items()
        for problem in _has(
            f"{indication}, {criterion} awaits",
            found.facts.finding(uses[indication].criteria[criterion]).awaiting,
            questions,
        )
    ]


def _cautions(found: Screening, criterion: str) -> list[str]:
    return [caution.id for caution in found.findings[criterion].cautions]


def _all_cautions(found: Screening) -> list[str]:
    return [id for criterion in found.findings for id in _cautions(found, criterion)]


def _points(found: Screening) -> list[str]:
    return [point.key for point in found.guidance.points]


def _no_product(found: Screening, _: Any) -> list[str]:
    words = shown_words(found).lower()
    return [f"{product} is named" for product in PRODUCTS if product.lower() in words]


LOOKS = {
    # "match" and "label" are exact: every indication of the set that is not listed must not line up.
    "match": lambda found, wanted: _same("all five met", sorted(matching(found)), sorted(wanted)),
    "label": lambda found, wanted: _same("label met", sorted(lining_up(found)), sorted(wanted)),
    "label-include": lambda found, wanted: _has("label met", lining_up(found), wanted),
    "statuses": _statuses,
    "awaits": _awaits,
    "awaiting": lambda found, wanted: _has("awaiting", found.awaiting, wanted),
    "awaiting-exactly": lambda found, wanted: _same("awaiting", sorted(found.awaiting), sorted(wanted)),
    "guidance": lambda found, wanted: _same("guidance", str(found.guidance.code), wanted),
    "because": lambda found, wanted: _same("because", str(found.guidance.because), wanted),
    "points": lambda found, wanted: _same("points", sorted(_points(found)), sorted(wanted)),
    "points-include": lambda found, wanted: _has("points", _points(found), wanted),
    "findings": lambda found, wanted: [
        problem for id, status in wanted.items() for problem in _same(id, str(found.findings[id].status), status)
    ],
    "cautions": lambda found, wanted: [
        problem for id, ids in wanted.items() for problem in _has(f"cautions of {id}", _cautions(found, id), ids)
    ],
    "cautions-without": lambda found, wanted: [
        problem for id, ids in wanted.items() for problem in _lacks(f"cautions of {id}", _cautions(found, id), ids)
    ],
    "cautions-anywhere": lambda found, wanted: _has("cautions", _all_cautions(found), wanted),
    "cautions-nowhere": lambda found, unwanted: _lacks("cautions", _all_cautions(found), unwanted),
    "conflicts": lambda found, wanted: _same("conflicts", sorted(found.conflicts), sorted(wanted)),
    "conflicts-include": lambda found, wanted: _has("conflicts", found.conflicts, wanted),
    "urgency": lambda found, wanted: _same("urgency", found.guidance.urgency, wanted),
    "names-no-product": _no_product,
}

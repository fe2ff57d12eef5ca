"""
The dated table: one record of answers, two dates or two sets, two different right results.

The cases were written from the facts alone, before any document of the history or of ``eu-ema`` was read.
Each names the rows that it rests on; the schema beside them says what a case file holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cart_screen import Screening, screen
from cart_screen.model import LABEL, weakest

from .running import LOOKS

DATED = Path(__file__).parent / "dated"
TODAY = "2026-11-22"


@dataclass(frozen=True)
class Side:
    """A criteria set on a date, and what is right there."""

    criteria: str
    as_of: str
    expect: Mapping[str, Any]

    @property
    def where(self) -> tuple[str, str]:
        """The set and the date."""
        return self.criteria, self.as_of

    def wrong(self, found: Screening) -> list[str]:
        """Give every expectation that a screening does not meet."""
        return [problem for key, wanted in self.expect.items() for problem in LOOK_FOR[key](found, wanted)]


@dataclass(frozen=True)
class Case:
    """One record of answers with its two sides."""

    rows: tuple[str, ...]
    says: str
    answers: Mapping[str, Any]
    left: Side
    right: Side

    @property
    def id(self) -> str:
        """Name the rows of the facts and the case."""
        return f"{', '.join(self.rows)}: {self.says}"

    @property
    def sides(self) -> tuple[Side, Side]:
        """Left and right."""
        return self.left, self.right

    def screen(self, side: Side) -> Screening:
        """Screen the record under a side's set on its date."""
        return screen(self.answers, criteria=side.criteria, as_of=side.as_of)


def files() -> list[Path]:
    """Give every file of dated cases."""
    return sorted((DATED / "cases").glob("*.json"))


def cases() -> Iterator[Case]:
    """Give the cases of all files."""
    for path in files():
        body = json.loads(path.read_text("utf-8"))
        for raw in body["cases"]:
            shared = body["people"][raw["like"]] if "like" in raw else {}
            sides = (Side(**raw["left"]), Side(**raw["right"]))
            yield Case(tuple(raw["rows"]), raw["says"], {**shared, **raw["answers"]}, *sides)


def _in_force(found: Screening, unwanted: list[str]) -> list[str]:
    return [f"{use.indication.id} is in force" for use in found.indications if use.indication.id in unwanted]


def _by_use(look: str) -> Any:
    def looked(found: Screening, wanted: Mapping[str, Any]) -> list[str]:
        here = {use.indication.id for use in found.indications}
        present = {id: criteria for id, criteria in wanted.items() if id in here}
        return [f"{id} is not in force" for id in wanted if id not in here] + LOOKS[look](found, present)

    return looked


def _verified(found: Screening, wanted: Mapping[str, str]) -> list[str]:
    uses = {use.indication.id: use.indication for use in found.indications}
    problems = []
    for id, right in wanted.items():
        sources = [source for one in LABEL for source in found.facts.finding(uses[id].criteria[one]).sources]
        if weakest(sources) != right:
            problems.append(f"{id}: rests on what is {weakest(sources)}, expected {right}")
    return problems


AS_EVERYWHERE = ("guidance", "because", "match", "label", "awaiting", "awaiting-exactly", "conflicts")
LOOK_FOR = {
    **{key: LOOKS[key] for key in AS_EVERYWHERE},
    "statuses": _by_use("statuses"),
    "awaits": _by_use("awaits"),
    "not-in-force": _in_force,
    "verified": _verified,
}

CASES = list(cases())

# FACTS A2: the day from which a row is in force in the United States. Of rows 5 and 13 the facts verify only the month.
DAYS = {
    "1": "2017-08-30", "2": "2018-05-01", "3": "2022-05-27", "4": "2017-10-18", "5": "2021-03-05", "6": "2022-04-01",
    "6b": "2026-02-06", "7": "2020-07-24", "8": "2021-10-01", "9": "2021-02-05", "10": "2022-06-24",
    "11": "2024-03-14", "12": "2024-05-15", "13": "2024-05-30", "14": "2025-12-04", "15a": "2021-03-26",
    "15b": "2024-04-04", "16a": "2022-02-28", "16b": "2024-04-05", "17": "2024-11-08",
}  # fmt: skip
MONTH_ONLY = {"5": "2021-03", "13": "2024-05"}
IN_EUROPE = ("Kymriah", "Yescarta", "Tecartus", "Breyanzi", "Abecma", "Carvykti", "Aucatzyl")
# FACTS A4 gives one day only: that of the first use in the EU. Nothing is expected between it and today.
FIRST_IN_EUROPE = "2018-08-27"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_same_answers_get_the_right_result_on_either_side(case: Case) -> None:
    wrong = [(*side.where, problem) for side in case.sides for problem in side.wrong(case.screen(side))]

    assert wrong == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_is_right_on_one_side_is_wrong_on_the_other(case: Case) -> None:
    assert case.left.where != case.right.where
    assert case.left.expect != case.right.expect
    assert case.left.wrong(case.screen(case.right)) or case.right.wrong(case.screen(case.left))


@pytest.mark.parametrize("row", DAYS)
def test_every_row_has_a_case_on_its_day_and_the_day_before(row: str) -> None:
    day = date.fromisoformat(DAYS[row])
    days = [("us-fda", str(day - timedelta(days=1))), ("us-fda", str(day))]
    on_its_day = [case for case in CASES if f"A2 row {row}" in case.rows and [s.where for s in case.sides] == days]

    assert any(case.right.expect["match"] or case.right.expect.get("label") for case in on_its_day)


@pytest.mark.parametrize("row", MONTH_ONLY)
def test_a_row_with_only_a_month_has_a_case_that_holds_whichever_the_day_was(row: str) -> None:
    outside = [
        case
        for case in CASES
        if f"A2 row {row}" in case.rows
        and case.left.as_of < MONTH_ONLY[row]
        and date.fromisoformat(case.right.as_of) + timedelta(days=1) > date.fromisoformat(DAYS[row])
        and (date.fromisoformat(case.right.as_of) + timedelta(days=1)).day == 1
    ]

    assert outside


@pytest.mark.parametrize("product", IN_EUROPE)
def test_every_row_of_europe_has_cases_against_the_united_states_of_today(product: str) -> None:
    today = {("us-fda", TODAY), ("eu-ema", TODAY)}
    against = [c for c in CASES if f"A4 {product}" in c.rows and {side.where for side in c.sides} == today]

    assert len(against) >= 2


def test_nothing_is_expected_of_europe_where_its_dates_are_not_known() -> None:
    days = {side.as_of for case in CASES for side in case.sides if side.criteria == "eu-ema"}

    assert max(days - {TODAY}) == str(date.fromisoformat(FIRST_IN_EUROPE) - timedelta(days=1))


def test_nothing_is_in_force_in_the_united_states_before_the_first_approval() -> None:
    first = min(DAYS.values())
    early = [side for case in CASES for side in case.sides if side.criteria == "us-fda" and side.as_of < first]

    assert early
    assert {side.expect["guidance"] for side in early} == {"discuss-no-criteria"}


def test_the_table_is_as_long_and_as_varied_as_it_must_be() -> None:
    unknown = [case for case in CASES if any("awaiting" in side.expect for side in case.sides)]
    matched = [case for case in CASES if {side.expect.get("guidance") for side in case.sides} == {"discuss-match"}]
    codes = {side.expect["guidance"] for case in CASES for side in case.sides if "guidance" in side.expect}

    assert len(CASES) >= 90
    assert len(unknown) >= 20
    assert len(matched) >= 20
    assert len(codes) == 6
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_file_of_dated_cases_is_one_that_any_engine_can_read(path: Path) -> None:
    schema = json.loads((DATED / "case-file.schema.json").read_text("utf-8"))
    body = json.loads(path.read_text("utf-8"))

    assert [error.message for error in Draft202012Validator(schema).iter_errors(body)] == []
    assert {case["like"] for case in body["cases"] if "like" in case} == set(body["people"])

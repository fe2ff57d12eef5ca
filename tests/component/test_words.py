"""The words and the sheet that the browser makes are those of Python, for every audience."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from needs import NODE
from people.population import people

import cart_screen.component as component
import cart_screen.engines.browser as browser
from cart_screen.answers.given import Answers
from cart_screen.answers.reading import AnswerDocument, check_document
from cart_screen.api import load_criteria
from cart_screen.component.data import page_data
from cart_screen.engines.browser.scripts import SCRIPTS as ENGINE
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.page import Items, Paragraph, Section, Sheet, Sources, Table
from cart_screen.texts import Audience

from .serving import DAY, SETS

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples" / "answers"
SCRIPTS = [
    *(Path(browser.__file__).parent / name for name in ENGINE),
    *(Path(component.__file__).parent / name for name in ("words.js", "sheet.js")),
]
# Values whose digits Python and JavaScript would write in different ways.
NUMBERS: Sequence[dict[str, Any]] = [
    {"age_years": 40, "creatinine": value, "bilirubin": value, "months_first_line_to_relapse": value, "anc": value}
    for value in (0.1, 0.125, 0.375, 0.625, 1, 1.005, 2.0, 2.675, 2.999, 3.14159)
]


def test_words_and_sheets_are_those_of_python() -> None:
    for name in SETS:
        compare(load_criteria(name), DAY, [*examples(), *drawn(15), *(NUMBERS if name == SETS[0] else ())])


@pytest.mark.parametrize(
    ("name", "day"), [("us-fda", "2017-01-01"), ("us-fda", "2026-02-05"), ("eu-ema", "2025-01-01")]
)
def test_also_on_another_day_with_fewer_uses_or_none(name: str, day: str) -> None:
    compare(load_criteria(name), date.fromisoformat(day), examples())


def test_also_of_a_set_of_ones_own() -> None:
    own = load_criteria(HERE.parents[1] / "examples" / "other-therapy")
    compare(own, DAY, [{}, *(example["answers"] for use in own.indications for example in use.examples)])


def compare(criteria: CriteriaSet, day: date, given: Sequence[Any]) -> None:
    """Hold what a set says of some answers on a day in the browser against what it says in Python."""
    chosen = criteria.on(day)
    answers = [
        one if isinstance(one, Answers) else check_document(AnswerDocument(one, {}, {}), chosen.reading.dictionary)
        for one in given
    ]
    document = page_data(criteria, day).document
    for one, found in zip(answers, in_node(document, answers), strict=True):
        questionnaire = Questionnaire(one, criteria, day)
        aside = questionnaire.answers.only(questionnaire.set_aside)
        for audience, said in zip(Audience, found, strict=True):
            words = questionnaire.screening.words("en", audience)
            sheet = sheet_of(questionnaire.screening, "en", audience, aside)
            assert said["words"] == plain(words)
            assert said["sheet"] == plain_sheet(sheet)
            assert said["cited"] == [sheet.cited(item) for item in entries(sheet)]


def in_node(document: Any, answers: Sequence[Answers]) -> list[Any]:
    """Give what the scripts say of some answers."""
    people = [{key: value for key, value in one.to_dict().items() if key != "format"} for one in answers]
    command = [NODE.or_skip(), str(HERE / "words.js"), *map(str, SCRIPTS)]
    asked = json.dumps({"page": document, "people": people}).encode()
    done = subprocess.run(command, input=asked, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: list[Any] = json.loads(done.stdout)
    return found


@cache
def examples() -> tuple[dict[str, Any], ...]:
    """Give the answers of the examples."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.json")))


def drawn(count: int) -> Iterator[Answers]:
    """Give what some simulated people answer."""
    for person in people(count, seed=6):
        yield person.answers


def plain(value: Any) -> Any:
    """Give nouns as JSON has them."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if hasattr(value, "items"):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, tuple | list) else value


def plain_sheet(sheet: Sheet) -> Any:
    """Give a sheet as the browser has it."""
    parts = {name: [section(one) for one in getattr(sheet, name)] for name in ("first", "body", "small_print")}
    others = {name: plain(getattr(sheet, name)) for name in ("title", "urgent", "opening", "sources")}
    return {**others, **parts}


def section(one: Section) -> Any:
    """Give a section as the browser has it."""
    return {"id": one.id, "heading": one.heading, "blocks": [block(part) for part in one.blocks]}


def block(one: Items | Paragraph | Sources | Table) -> Any:
    """Give a block as the browser has it."""
    match one:
        case Sources(checked=checked, numbered=numbered):
            return {"checked": checked, "numbered": [[place, plain(source)] for place, source in numbered]}
        case _:
            return plain(one)


def entries(sheet: Sheet) -> Iterator[Any]:
    """Give every entry of a list of a sheet."""
    for one in (*sheet.first, *sheet.body, *sheet.small_print):
        for part in one.blocks:
            if isinstance(part, Items):
                yield from part.entries

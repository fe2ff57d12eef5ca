"""The enumerations and names of the published formats are those that the library uses."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args

import pytest

from cart_screen import comparison, exchange, inquiry, texts
from cart_screen.answers import given
from cart_screen.answers.scalars import KINDS
from cart_screen.batch import map_file, moves
from cart_screen.catalog import releases
from cart_screen.formats.answers import Answers
from cart_screen.formats.comparison import Comparison
from cart_screen.formats.condition import AnswerType, Condition, Strength
from cart_screen.formats.criteria import Dialect, Expected, Five, Indication
from cart_screen.formats.criteria_set import General
from cart_screen.formats.map import Map
from cart_screen.formats.record import Record
from cart_screen.formats.releases import Releases
from cart_screen.formats.rereading import Rereading, UseChangeKind
from cart_screen.formats.rescreening import Rescreening
from cart_screen.formats.screening import Findings, GuidanceCode, GuidanceReason, Screening, Statuses
from cart_screen.formats.types import Audience, Depth, Format
from cart_screen.formats.verification import CauseKind, Change, Part, Verification
from cart_screen.guidance import Because
from cart_screen.ladder import Code, Status
from cart_screen.model import CriterionId
from cart_screen.records import causes, differences, record, rereading, verifying
from cart_screen.rules import parse
from cart_screen.rules.schema import DIALECT


def keys(model: type[Format]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize(
    ("written", "used"),
    [
        (Audience, texts.Audience),
        (Depth, inquiry.Depth),
        (GuidanceCode, Code),
        (GuidanceReason, Because),
        (Expected.model_fields["fitness"].annotation, Status),
        (Part, differences.Part),
        (Change, differences.Change),
        (CauseKind, causes.CauseKind),
        (UseChangeKind, rereading.UseChangeKind),
    ],
)
def test_an_enumeration_is_that_of_the_library(written: Any, used: type[StrEnum]) -> None:
    said = {text for one in get_args(written) for text in (get_args(one) or (one,)) if isinstance(text, str)}

    assert said == set(map(str, used))


@pytest.mark.parametrize("model", [Five, Findings, Statuses, Expected])
def test_the_five_are_the_five(model: type[Format]) -> None:
    assert keys(model) == list(CriterionId)


def test_the_general_criteria_are_all_but_the_first() -> None:
    assert keys(General) == list(CriterionId)[1:]


def test_allof_names_the_five_in_their_order() -> None:
    (five, *_) = [get_args(one) for one in [Indication.model_fields["all_of"].annotation]]

    assert [get_args(one.model_fields["reference"].annotation) for one in five] == [
        (f"#/$defs/{id}",) for id in CriterionId
    ]


@pytest.mark.parametrize(
    ("model", "format"),
    [
        (Answers, given.FORMAT),
        (Screening, exchange.FORMAT),
        (Comparison, comparison.FORMAT),
        (Releases, releases.FORMAT),
        (Record, record.FORMAT),
        (Verification, verifying.FORMAT),
        (Rereading, rereading.FORMAT),
        (Map, map_file.FORMAT),
        (Rescreening, moves.FORMAT),
    ],
)
def test_a_format_has_the_name_that_is_written(model: type[Format], format: str) -> None:
    assert get_args(model.model_fields["format"].annotation) == (format,)


def test_types_strengths_and_dialect_are_those_that_are_read() -> None:
    assert get_args(AnswerType) == KINDS
    assert get_args(Strength) == ("label", "guideline", "trial", "practice")
    assert get_args(Dialect) == (DIALECT,)


def test_the_dialect_of_conditions_has_every_keyword_that_is_parsed() -> None:
    ours = {*keys(Condition), "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    parsed = {*parse._READERS, *parse._STRUCTURE, "if"} - {"$schema"}

    assert parsed <= ours
    assert {key for key in ours if not key.startswith("x-")} <= {*parsed, *parse.ANNOTATIONS}

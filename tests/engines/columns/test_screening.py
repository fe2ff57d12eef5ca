"""Every row of a screening over columns is what ``screen`` says of that row, on every kind of frame."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import AS_OF, HEALTHY, LABORATORY, example_answers, examples, givable, stated_answers, thresholds

from cart_screen.api import screen
from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns.screening import ROW, Part, screen_columns

from .backends import ARROW, DUCKDB, EVERY, LAZY, POLARS, PYSPARK_WARNS, SPARK, table_of

pytestmark = PYSPARK_WARNS

SETS = ("us-fda", "eu-ema", "overview")
ON = date.fromisoformat(AS_OF)


def rows_of(name, count, seed=0):
    """
    Give answer sets from the examples of a set's own documents: with a healthy person or a laboratory report under
    some, some answers left out, and some changed to a value at which some document turns.
    """
    draw = random.Random(seed)
    questions = own_set(name).reading.dictionary.questions
    bases = ({}, HEALTHY, LABORATORY, {**HEALTHY, **LABORATORY})
    found = []
    for _ in range(count):
        row = {**draw.choice(bases), **draw.choice(({}, *example_answers(name)))}
        for id in draw.sample(sorted(row), min(len(row), draw.randrange(4))):
            del row[id]
        for id in draw.sample(givable(own_set(name).reading), draw.randrange(6)):
            question = questions[id]
            turning = [value for value in thresholds()[id] if value == question.minimum or question.allows(value)]
            choices = (True, False) if question.kind == "boolean" else question.choices or turning
            if choices:
                row[id] = draw.choice(choices)
        found.append(row)
    return found


def agree(found, rows, columns, name, day=ON):
    """Hold every column that a screening adds against ``screen``."""
    criteria = own_set(name)
    assert len(found) == len(rows)
    for row, given_row in zip(sorted(found, key=lambda row: row["row number"]), rows, strict=True):
        answers = {id: given_row.get(id) for id in columns}
        screening = screen(answers, criteria, day)
        facts = screening.facts
        wanted = {
            "guidance": screening.guidance.code,
            "possible": [outcome.indication.id for outcome in facts.possible],
            "closest": facts.closest.indication.id if facts.closest else None,
            "conflicts": list(screening.conflicts),
            "urgency": facts.urgency,
            "awaiting": list(screening.awaiting),
            "invalid": False,
            "problems": None,
        }
        wanted |= {f"finding/{id}": finding.status for id, finding in screening.findings.items()}
        for outcome in screening.indications:
            wanted |= {f"status/{outcome.indication.id}/{id}": status for id, status in outcome.statuses.items()}
        wanted |= {f"derived/{id}": facts.resolved.get(id) for id in criteria.reading.derivations}
        for column, value in wanted.items():
            if column in row:
                assert row[column] == value, (column, answers)
        if "cautions" in row:
            cautions = {caution.id for finding in screening.findings.values() for caution in finding.cautions}
            assert set(row["cautions"]) == cautions, answers
            assert len(row["cautions"]) == len(cautions), answers
        for column in row:
            if column.startswith("awaited/"):
                assert row[column] is (column.removeprefix("awaited/") in screening.awaiting), (column, answers)


def screened(backend, rows, columns, name, parts, day=ON):
    criteria = own_set(name)
    frame = backend.make(table_of(rows, criteria.reading.dictionary, columns))
    return backend.rows(screen_columns(frame, criteria, day, parts))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("backend", [POLARS, LAZY, ARROW, SPARK], ids=repr)
def test_every_part_of_rows_from_the_examples_of_the_documents(backend, name):
    """A column for each question; a null there is an answer that is not known."""
    rows = rows_of(name, 200)
    columns = givable(own_set(name).reading)

    agree(screened(backend, rows, columns, name, tuple(Part)), rows, columns, name)


@pytest.mark.parametrize("name", SETS)
def test_every_part_over_a_relation(name):
    """DuckDB takes a while to plan all parts at once, so they are asked for in three."""
    rows = rows_of(name, 200)
    columns = givable(own_set(name).reading)
    parts = (
        (Part.GUIDANCE, Part.STATUSES, Part.POSSIBLE, Part.CONFLICTS, Part.URGENCY, Part.DERIVED),
        (Part.FINDINGS, Part.CLOSEST, Part.CAUTIONS),
        (Part.AWAITING,),
    )
    for some in parts if name == "us-fda" else parts[:1]:
        agree(screened(DUCKDB, rows, columns, name, some), rows, columns, name)


@pytest.mark.parametrize("name", SETS)
@examples(6)
@given(data=st.data())
def test_frames_that_lack_columns(name, data):
    """A question without a column was not given, which is not the same as not known."""
    reading = own_set(name).reading
    columns = data.draw(st.lists(st.sampled_from(givable(reading)), unique=True))
    drawn = data.draw(st.lists(stated_answers(name, reasons=False), min_size=1, max_size=30))
    rows = [{id: answers.values.get(id) for id in columns} for answers in drawn]

    agree(screened(POLARS, rows, columns, name, tuple(Part)), rows, columns, name)


@pytest.mark.parametrize("lacking", ["weight_kg", "ast_upper_limit", "sex", "age_years"])
@pytest.mark.parametrize("backend", [POLARS, ARROW], ids=repr)
def test_an_input_without_a_column_is_still_to_come_and_one_that_is_null_is_not(backend, lacking):
    """So a formula waits for the first, and a poorer source is read for the second."""
    rows = [LABORATORY, {**LABORATORY, "kidney_state": "normal", "liver_state": "normal"}, {**LABORATORY, "ast": None}]
    rows = [{**row, lacking: None} for row in rows]
    parts = (Part.GUIDANCE, Part.DERIVED, Part.STATUSES, Part.AWAITING)
    for columns in (givable(own_set("us-fda").reading), [*LABORATORY, "kidney_state", "liver_state"]):
        for kept in (list(columns), [id for id in columns if id != lacking]):
            agree(screened(backend, rows, kept, "us-fda", parts), rows, kept, "us-fda")


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2017, 9, 1), date(2021, 6, 1), date(2026, 2, 5)])
def test_the_documents_in_force_on_the_day_are_read(day):
    """Where none is, the guidance cannot say."""
    rows = rows_of("us-fda", 60)
    columns = givable(own_set("us-fda").reading)
    found = screened(POLARS, rows, columns, "us-fda", tuple(Part), day)

    agree(found, rows, columns, "us-fda", day)
    if day.year == 2016:
        assert {row["guidance"] for row in found} == {"discuss-no-criteria"}
        assert {row["finding/fitness"] for row in found} == {None}


def test_only_the_parts_that_are_wanted_are_added():
    rows = rows_of("overview", 3)
    (first, *_) = screened(POLARS, rows, ["age_years"], "overview", (Part.GUIDANCE,))
    (whole, *_) = screened(POLARS, rows, ["age_years"], "overview", ROW)

    assert list(first) == ["row number", "age_years", "invalid", "problems", "guidance"]
    assert list(whole)[5:] == [
        "finding/approved-cancer-type", "finding/relapsed-refractory", "finding/prior-lines", "finding/fitness",
        "finding/organ-function", "possible", "closest", "conflicts", "urgency", "awaiting", "cautions",
    ]  # fmt: skip


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_a_row_with_an_answer_that_is_not_allowed_is_not_screened(backend):
    """It names the questions; the rows beside it are screened as if it were not there."""
    good = {"age_years": 61, "diagnosis": "multiple-myeloma", "ecog": 1, "lvef": 55.0}
    bad = [{"age_years": 121}, {"diagnosis": "flu"}, {"ecog": 5}, {"lvef": float("inf"), "age_years": -1}]
    rows = [good, *({**good, **wrong} for wrong in bad), good]
    found = screened(backend, rows, list(good), "overview", (Part.GUIDANCE, Part.STATUSES))
    found.sort(key=lambda row: row["row number"])

    assert [row["invalid"] for row in found] == [False, True, True, True, True, False]
    assert [row["problems"] for row in found] == [
        None, ["age_years"], ["diagnosis"], ["ecog"], ["age_years", "lvef"], None,
    ]  # fmt: skip
    for row in found[1:-1]:
        assert row["guidance"] is None
        assert {value for column, value in row.items() if column.startswith("status/")} == {None}
    agree([found[0]], [good], list(good), "overview")
    assert found[-1] | {"row number": 0} == found[0]

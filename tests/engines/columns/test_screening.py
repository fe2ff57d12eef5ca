"""Every row of a screening over columns is what ``screen`` says of that row, on every kind of frame."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import AS_OF, LABORATORY, examples, givable, stated_answers

from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns.screening import ROW, Part, screen_columns

from .backends import ARROW, DUCKDB, EVERY, LAZY, POLARS, PYSPARK_WARNS, SPARK, table_of
from .backends import ROW as ROW_NUMBER
from .rows import differing, in_order, rows_of, said

pytestmark = PYSPARK_WARNS

SETS = ("us-fda", "eu-ema", "overview")
ON = date.fromisoformat(AS_OF)


def agree(found, rows, columns, name, day=ON):
    """Hold every column that a screening adds against ``screen``."""
    criteria = own_set(name)
    assert len(found) == len(rows)
    for row, given_row in zip(in_order(found, ROW_NUMBER), rows, strict=True):
        answers = {id: given_row.get(id) for id in columns}
        assert list(differing(row, said(answers, criteria, day))) == [], answers


def screened(backend, rows, columns, name, parts, day=ON):
    criteria = own_set(name)
    frame = backend.make(table_of(rows, criteria.reading.dictionary, columns))
    return backend.rows(screen_columns(frame, criteria, day, parts))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("backend", [POLARS, LAZY, ARROW, DUCKDB, SPARK], ids=repr)
def test_every_part_of_rows_from_the_examples_of_the_documents(backend, name):
    """A column for each question; a null there is an answer that is not known."""
    rows = rows_of(name, 200)
    columns = givable(own_set(name).reading)

    agree(screened(backend, rows, columns, name, tuple(Part)), rows, columns, name)


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

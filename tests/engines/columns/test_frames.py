"""What comes in and what goes out: kinds of frames, columns that are no answers, and what cannot be read."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import polars as pl
import pyarrow as pa
import pytest
from needs import installed

from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns.errors import ColumnProblem, ColumnsInvalid, FrameUnknown
from cart_screen.engines.columns.rules import compile_columns
from cart_screen.engines.columns.screening import Part, screen_columns
from cart_screen.rules.expressions import Compare, Relation

from .backends import EVERY, PYSPARK_WARNS, QUICK, ROW, SPARK

pytestmark = PYSPARK_WARNS

ON = date(2026, 11, 22)
SET = own_set("overview")
ADULT = {"adult": Compare("age_years", Relation.AT_LEAST, 18)}
RULES = compile_columns(ADULT, SET.reading)


def screened(frame, *parts):
    return screen_columns(frame, SET, ON, parts or (Part.GUIDANCE,))


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_the_kind_of_frame_is_given_back_with_its_columns_and_rows(backend):
    """Columns that are no question's pass through, and the rows keep their numbers."""
    table = pa.table({ROW: [3, 1, 2], "age_years": [17, 18, None], "name of the clinic": ["x", "y", None]})
    for found in (RULES.verdicts(backend.make(table)), screened(backend.make(table))):
        assert isinstance(found, backend.kind())
        rows = backend.rows(found)
        assert sorted(rows, key=lambda row: row[ROW])[0]["name of the clinic"] == "y"
        assert {row[ROW]: row["age_years"] for row in rows} == {1: 18, 2: None, 3: 17}


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_an_empty_frame_gives_the_same_columns(backend):
    table = pa.table({"age_years": pa.array([], pa.int64()), "diagnosis": pa.array([], pa.string())})
    found = backend.rows(screened(backend.make(table)))

    assert found == []
    if backend in QUICK:
        every = (Part.GUIDANCE, Part.POSSIBLE, Part.AWAITING)
        full = screened(backend.make(pa.table({"age_years": [1], "diagnosis": ["other"]})), *every)
        empty = screened(backend.make(table), *every)
        names = full.collect_schema().names() if isinstance(full, pl.LazyFrame) else full
        other = empty.collect_schema().names() if isinstance(empty, pl.LazyFrame) else empty
        assert list(getattr(names, "column_names", getattr(names, "columns", names))) == list(
            getattr(other, "column_names", getattr(other, "columns", other))
        )


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_a_frame_without_a_column_of_answers_says_nothing_of_each_row(backend):
    table = pa.table({ROW: [1, 2]})

    assert [row["verdict/adult"] for row in backend.rows(RULES.verdicts(backend.make(table)))] == [None, None]
    assert [row["guidance"] for row in backend.rows(screened(backend.make(table)))] == ["discuss-incomplete"] * 2


@pytest.mark.parametrize("backend", QUICK, ids=repr)
def test_columns_of_nothing_but_null_are_answers_that_are_not_known(backend):
    table = pa.table({"age_years": pa.nulls(2), "diagnosis": pa.nulls(2), "lvef": pa.nulls(2)})

    found = backend.rows(screened(backend.make(table), Part.GUIDANCE, Part.POSSIBLE))
    assert [row["guidance"] for row in found] == ["discuss-incomplete"] * 2
    assert [row["invalid"] for row in found] == [False, False]


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_a_column_of_the_wrong_type_is_refused_with_its_name_its_type_and_what_is_allowed(backend):
    """All at once, before any row is read."""
    table = pa.table({
        "age_years": ["61"], "active_infection": [1], "diagnosis": [True], "lvef": [False], "sex": [date(2026, 1, 1)],
    })  # fmt: skip
    with pytest.raises(ColumnsInvalid) as raised:
        screened(backend.make(table))

    problems = {problem.column: problem for problem in raised.value.problems}
    assert set(problems) == set(table.column_names)
    assert problems["age_years"].found == "a column of type String"
    assert problems["age_years"].allowed == "a column of numbers: a whole number from 0 to 120 years"
    assert problems["active_infection"].allowed == "a column of booleans: true or false"
    assert "5 columns cannot be read as answers: age_years: found a column of type String;" in str(raised.value)


def test_a_derived_answer_that_nobody_can_give_is_refused():
    """Rules over resolved answers read it."""
    frame = pl.DataFrame({"performance_scale": ["ecog"]})
    with pytest.raises(ColumnsInvalid) as raised:
        screened(frame)

    assert raised.value.problems == (
        ColumnProblem("performance_scale", "a derived answer", "the answers that it is derived from"),
    )
    assert RULES.verdicts(frame)["verdict/adult"].to_list() == [None]


def test_a_column_that_would_be_added_is_refused():
    with pytest.raises(ColumnsInvalid, match="guidance: found a column of that name"):
        screened(pl.DataFrame({"guidance": ["mine"]}))
    with pytest.raises(ColumnsInvalid, match="verdict/adult"):
        RULES.verdicts(pl.DataFrame({"verdict/adult": [1]}))
    with pytest.raises(ColumnsInvalid, match="__cart_screen_"):
        RULES.verdicts(pl.DataFrame({"__cart_screen_1": [1]}))


@pytest.mark.parametrize("frame", [[{"age_years": 1}], {"age_years": [1]}, None, "answers.csv"])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(FrameUnknown, match=type(frame).__name__):
        RULES.verdicts(frame)


def test_a_pandas_frame_of_numpy_types_is_read_as_arrow():
    """NumPy has no null: NaN >= 18 is false there, and a column of yes and nothing is one of objects."""
    pd = installed("pandas")
    rows = [{"age_years": 61, "active_infection": True}, {"diagnosis": "multiple-myeloma"}, {"age_years": 121}]
    frame = pd.DataFrame([*rows, {"other": object()}], index=["w", "x", "y", "z"])
    found = RULES.verdicts(frame)
    screenings = screened(frame, Part.GUIDANCE, Part.AWAITING)

    assert isinstance(found, pd.DataFrame)
    assert list(found.index) == ["w", "x", "y", "z"]
    assert found["verdict/adult"].tolist() == [True, pd.NA, True, pd.NA]
    assert screenings["invalid"].tolist() == [False, False, True, False]
    assert screenings["guidance"].isna().tolist() == [False, False, True, False]
    assert list(found.columns[:4]) == list(frame.columns)


def test_a_pandas_column_of_several_types_is_refused():
    pd = installed("pandas")
    with pytest.raises(ColumnsInvalid, match="age_years: found values of several types"):
        screened(pd.DataFrame({"age_years": [1, "two"]}))
    with pytest.raises(ColumnsInvalid, match="guidance"):
        screened(pd.DataFrame({"guidance": ["mine"]}))


def test_a_lazy_frame_is_not_read_before_it_is_collected():
    def fail(frame):
        raise AssertionError("read too early")

    lazy = pl.LazyFrame({"age_years": [1]}).map_batches(fail, schema={"age_years": pl.Int64})

    assert isinstance(RULES.verdicts(lazy), pl.LazyFrame)
    assert isinstance(screened(lazy), pl.LazyFrame)


def test_spark_frames_are_screened_when_they_are_asked_for():
    """Nothing is asked of Spark before that but the names and types of the columns."""
    found = screened(SPARK.make(pa.table({"age_years": [121, 61]})))

    assert found.columns == ["age_years", "invalid", "problems", "guidance"]
    assert [row["problems"] for row in SPARK.rows(found)] == [["age_years"], None]


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_without_narwhals_the_error_is_the_install_line():
    code = (
        "import sys; sys.modules['narwhals'] = None\n"
        "from cart_screen.errors import CartScreenError\n"
        "try:\n    import cart_screen.engines.columns.screening\n"
        "except CartScreenError as error:\n    print(error.code, '-', error)"
    )

    assert run(code).stdout == (
        "extra-missing - This needs one more package. Install it with: pip install 'cart-screen[batch]'\n"
    )


def test_importing_the_engine_imports_no_library_of_frames():
    code = (
        "import sys, cart_screen.engines.columns.screening; print({'polars', 'pandas', 'pyarrow'} & set(sys.modules))"
    )

    assert run(code).stdout == "set()\n"

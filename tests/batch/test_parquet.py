"""Intakes from Parquet: typed columns as they are, texts as in CSV, and damaged files."""

import math
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from cart_screen.batch.errors import ColumnsMissing, TableUnreadable
from cart_screen.batch.mapping import ColumnMap
from cart_screen.batch.readings import AnswerReader
from cart_screen.engines.columns.errors import ColumnsInvalid

from .tables import answers, opened, questions, read, unread


@pytest.fixture
def table(tmp_path):
    def write(columns, **more):
        path = tmp_path / "intakes.parquet"
        pl.DataFrame(columns).write_parquet(path, **more)
        return path

    return write


@pytest.mark.parametrize(
    "ages",
    [
        pl.Series([61, None], dtype=pl.Int8),
        pl.Series([61, None], dtype=pl.UInt64),
        pl.Series([61.0, math.nan]),
        pl.Series([Decimal("61.0"), None]),
        pl.Series(["61", " NA "]),
        pl.Series(["61.0", None], dtype=pl.Categorical),
    ],
)
def test_numbers_of_every_type_are_numbers(table, ages):
    path = table({"age_years": ages, "hiv": [True, None], "sex": pl.Series(["male", None], dtype=pl.Enum(["male"]))})

    assert answers(path) == [{"age_years": 61, "hiv": True, "sex": "male"}, {}]


def test_what_a_question_does_not_allow_is_told(table):
    path = table({"age_years": [61.5, math.inf, 121.0, 2.0**60], "hiv": ["maybe", "yes", None, "2"]})

    assert [[id for id, *_ in row] for row in unread(path)] == [
        ["age_years", "hiv"],
        ["age_years"],
        ["age_years"],
        ["age_years", "hiv"],
    ]


def test_a_column_of_another_type_is_refused_with_all_of_them(table):
    path = table({"age_years": [date(2026, 1, 1)], "hiv": [1], "sex": [["male"]], "ecog": [1]})

    with pytest.raises(ColumnsInvalid, match="3 columns cannot be read as answers") as raised:
        opened(path)
    assert [problem.column for problem in raised.value.problems] == ["age_years", "hiv", "sex"]


def test_a_map_gives_codes_of_typed_columns_a_meaning(table):
    hiv = AnswerReader(questions()["hiv"], None, {"1": True, "2": False})
    path = table({"HIV": pl.Series([1.0, 2.0, None, 3.0]), "ANC": [1.0, -9.0, None, 2.0]})
    anc = AnswerReader(questions()["anc"], "/uL", {"-9": None})
    rows = read(path, mapping=ColumnMap({"HIV": hiv, "ANC": anc}))

    assert [row["answers"] for row in rows] == [{"hiv": True, "anc": 0.001}, {"hiv": False}, {}, {"anc": 0.002}]
    assert rows[3]["unread"] == [("hiv", "3.0", "neither yes nor no, as in yes, no, true, false, 1 and 0")]


def test_keys_keep_their_type_and_nested_ones_are_refused(table):
    path = table({"id": [7, None], "age_years": [61, 62], "nested": [[1], [2]]})

    assert [row["key"] for row in read(path, key="id")] == [7, None]
    with pytest.raises(ColumnsInvalid, match="a key of plain values"):
        opened(path, key="nested")
    with pytest.raises(ColumnsMissing):
        opened(path, key="ID")


def test_a_table_without_rows_is_empty(table):
    assert read(table({"age_years": pl.Series([], dtype=pl.Int64)})) == []


def test_rows_are_numbered_in_their_order_through_every_group_of_rows(table):
    path = table({"age_years": [number % 100 for number in range(5_000)]}, row_group_size=700)

    assert [row["age_years"] for row in answers(path)] == [number % 100 for number in range(5_000)]


def test_a_name_with_stars_and_brackets_is_one_file(tmp_path):
    path = tmp_path / "a*[1].parquet"
    pl.DataFrame({"age_years": [61]}).write_parquet(path)
    pl.DataFrame({"age_years": [62]}).write_parquet(tmp_path / "ab1.parquet")

    assert answers(path) == [{"age_years": 61}]


def test_a_file_that_is_cut_short_anywhere_is_refused(table):
    path = table({"age_years": list(range(100)), "sex": ["male"] * 100}, row_group_size=20)
    whole = path.read_bytes()
    for length in (*range(0, len(whole), len(whole) // 23), len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(TableUnreadable, match="no Parquet file, or a part of one is missing"):
            read(path)


def test_a_file_of_another_form_is_refused(tmp_path):
    path = tmp_path / "intakes.parquet"
    path.write_text("age_years,sex\n61,male\n")

    with pytest.raises(TableUnreadable):
        opened(path)

"""Frames of every kind, screened under one criteria set or several: each row says what ``screen`` says of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from engines.columns.backends import ARROW, DUCKDB, EVERY, LAZY, PYSPARK_WARNS, ROW, SPARK, table_of
from hypothesis import given
from hypothesis import strategies as st
from needs import installed
from strategies import AS_OF, example_answers, examples, givable, stated_answers

from cart_screen import load_criteria, screen
from cart_screen.batch import results, screen_frame
from cart_screen.catalog.directory import own_criteria
from cart_screen.engines.columns import screening
from cart_screen.engines.columns.errors import ColumnsInvalid, FrameUnknown
from cart_screen.errors import CriteriaAlike, CriteriaUnknown, DateInvalid
from cart_screen.model import CriterionId

pytestmark = PYSPARK_WARNS

SETS = ("us-fda", "eu-ema", "overview")
COLUMNS = givable(load_criteria("us-fda").reading)


def a_table(rows, columns=COLUMNS):
    return table_of(rows, load_criteria("us-fda").reading.dictionary, columns)


def agree(found, rows, sets, columns=COLUMNS, as_of=AS_OF):
    """Hold every result of some rows against ``screen``."""
    assert len(found) == len(rows)
    for row, stated in zip(sorted(found, key=lambda row: row[ROW]), rows, strict=True):
        assert (row["invalid"], row["problems"]) == (False, None)
        for name, columns_of in results.names(sets).items():
            screening = screen({id: stated.get(id) for id in columns}, name, as_of)
            facts = screening.facts
            assert row[columns_of.guidance] == screening.guidance.code
            assert row[columns_of.urgency] == screening.guidance.urgency
            assert row[columns_of.indications] == [one.indication.id for one in facts.possible]
            assert row[columns_of.awaiting] == list(screening.awaiting)
            assert row[columns_of.conflicts] == list(screening.conflicts)
            assert set(row[columns_of.cautions]) == {
                caution.id for finding in screening.findings.values() for caution in finding.cautions
            }
            assert {id: row[column] for id, column in columns_of.findings.items()} == {
                id: screening.findings[id].status if screening.findings else None for id in CriterionId
            }


@pytest.mark.parametrize(("backend", "sets"), [(LAZY, SETS), (ARROW, SETS[1:]), (DUCKDB, SETS[1:])], ids=repr)
def test_rows_under_several_sets_in_the_kind_that_came(backend, sets):
    rows = [*example_answers(sets[0])[:25], {}]
    found = screen_frame(backend.make(a_table(rows)), criteria=sets, as_of=AS_OF)

    assert isinstance(found, backend.kind())
    agree(backend.rows(found), rows, sets)


@examples(5)
@given(data=st.data())
def test_frames_that_lack_columns(data):
    sets = data.draw(st.lists(st.sampled_from(SETS), unique=True, min_size=1, max_size=2))
    columns = data.draw(st.lists(st.sampled_from(COLUMNS), unique=True))
    drawn = data.draw(st.lists(stated_answers("us-fda", reasons=False), min_size=1, max_size=20))
    rows = [{id: answers.values.get(id) for id in columns} for answers in drawn]
    found = screen_frame(pl.from_arrow(a_table(rows, columns)), criteria=sets, as_of=AS_OF)

    agree(found.to_dicts(), rows, sets, columns)


def test_one_set_has_plain_names_and_several_have_their_set_in_front():
    frame = pl.DataFrame({"clinic": ["x"], "age_years": [61]})
    alone = screen_frame(frame, criteria=["overview"], as_of=AS_OF)
    both = screen_frame(frame, criteria=["overview", "eu-ema"], as_of=AS_OF)

    assert alone.columns == [
        "clinic", "age_years", "invalid", "problems", "guidance", "finding/approved-cancer-type",
        "finding/relapsed-refractory", "finding/prior-lines", "finding/fitness", "finding/organ-function",
        "indications", "awaiting", "cautions", "urgency", "conflicts",
    ]  # fmt: skip
    assert both.columns[:4] == alone.columns[:4]
    assert both.columns[4:] == [f"{name}/{column}" for name in ("overview", "eu-ema") for column in alone.columns[4:]]


def test_the_names_of_results_are_those_that_are_written():
    """Whoever imports the names need not load the library of frames."""
    assert (results.INVALID, results.PROBLEMS) == (screening.INVALID, screening.PROBLEMS)
    (own,) = results.names(["us-fda"]).values()
    assert set(own.lists) < set(own.every)
    assert "narwhals" not in imported_by("import cart_screen.batch.results, cart_screen.batch")


def imported_by(code):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_without_a_date_today_counts_and_without_a_set_us_fda():
    frame = pl.DataFrame({"age_years": [61], "diagnosis": ["multiple-myeloma"]})

    assert screen_frame(frame).equals(screen_frame(frame, criteria="us-fda", as_of=date.today()))


def test_sets_are_named_or_given_or_named_by_their_folder(tmp_path):
    folder = Path(shutil.copytree(own_criteria(), tmp_path / "criteria")) / "sets" / "overview"
    frame = pl.DataFrame({"age_years": [61, 10]})
    found = [screen_frame(frame, criteria=one, as_of=AS_OF) for one in ("overview", load_criteria("overview"), folder)]

    assert found[0].equals(found[1])
    assert found[0].equals(found[2])


def test_a_frame_with_columns_named_like_what_is_computed_on_the_way():
    """What is refused is only what would be added."""
    frame = pl.DataFrame({"possible": ["x"], "age_years": [61], "guidance": ["mine"]})
    found = screen_frame(frame, criteria=["overview", "us-fda"], as_of=AS_OF)

    assert found.select("possible", "age_years", "guidance").equals(frame.select("possible", "age_years", "guidance"))
    assert found.columns[:3] == frame.columns
    with pytest.raises(ColumnsInvalid, match="1 column cannot be read as answers: guidance: found a column of that"):
        screen_frame(frame, criteria="overview", as_of=AS_OF)


@pytest.mark.parametrize("name", ["indications", "invalid", "problems", "finding/fitness"])
@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_a_column_named_like_a_result_is_refused_before_anything_is_read(backend, name):
    with pytest.raises(ColumnsInvalid, match=f"{name}: found a column of that name"):
        screen_frame(backend.make(pa.table({name: ["mine"]})), criteria="overview", as_of=AS_OF)


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_a_row_with_an_answer_that_is_not_allowed_is_not_screened(backend):
    good = {"age_years": 61, "diagnosis": "multiple-myeloma"}
    rows = [good, {**good, "age_years": 121}, {"age_years": -1, "diagnosis": "flu"}, good]
    found = backend.rows(screen_frame(backend.make(a_table(rows, list(good))), criteria="overview", as_of=AS_OF))
    found.sort(key=lambda row: row[ROW])
    (own,) = results.names(["overview"]).values()

    assert [row["invalid"] for row in found] == [False, True, True, False]
    assert [row["problems"] for row in found] == [None, ["age_years"], ["age_years", "diagnosis"], None]
    for row in found[1:3]:
        assert {row[column] for column in own.every} == {None}
    agree([{**found[3], ROW: 0}], [good], ["overview"], list(good))


def test_a_set_with_a_dictionary_of_its_own_refuses_by_itself(tmp_path):
    """A row is invalid where one of the sets does not allow it; the problems are those of the first such set."""
    folder = Path(shutil.copytree(own_criteria(), tmp_path / "criteria")) / "sets" / "overview"
    path = folder / "set.json"
    described = json.loads(path.read_text("utf-8"))
    dictionary = json.loads((folder.parents[1] / "answers" / "1.1.0.json").read_text("utf-8"))
    dictionary["properties"]["age_years"]["maximum"] = 110
    dictionary |= {"x-version": "1.2.0", "$id": "urn:cart-screen:answers:1.2.0"}
    (folder.parents[1] / "answers" / "1.2.0.json").write_text(json.dumps(dictionary), "utf-8")
    path.write_text(json.dumps({**described, "answers": "1.2.0"}), "utf-8")

    frame = pl.DataFrame({"age_years": [100, 115, 121], "ecog": [1, 9, 1]})
    found = screen_frame(frame, criteria=["us-fda", folder], as_of=AS_OF)
    other = screen_frame(frame, criteria=[folder, "us-fda"], as_of=AS_OF)

    assert found["invalid"].to_list() == [False, True, True]
    assert found["problems"].to_list() == [None, ["ecog"], ["age_years"]]
    assert other["problems"].to_list() == [None, ["age_years", "ecog"], ["age_years"]]


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_an_empty_frame_keeps_its_columns_and_gets_those_that_are_added(backend):
    table = pa.table({"age_years": pa.array([], pa.int64()), "clinic": pa.array([], pa.string())})
    found = screen_frame(backend.make(table), criteria="overview", as_of=AS_OF)

    assert backend.rows(found) == []
    names = found.collect_schema().names() if isinstance(found, pl.LazyFrame) else None
    names = names or list(getattr(found, "column_names", found.columns))
    assert names[:4] == ["age_years", "clinic", "invalid", "problems"]
    assert names[-1] == "conflicts"


def test_a_day_before_the_set_begins_says_of_every_row_that_nothing_was_in_force():
    found = screen_frame(pl.DataFrame({"age_years": [61, 121]}), as_of="2016-01-01")

    assert found["guidance"].to_list() == ["discuss-no-criteria", None]
    assert found["indications"].to_list() == [[], None]


def test_a_lazy_frame_is_not_read_before_it_is_collected():
    def fail(frame):
        raise AssertionError("read too early")

    lazy = pl.LazyFrame({"age_years": [1]}).map_batches(fail, schema={"age_years": pl.Int64})

    assert isinstance(screen_frame(lazy, criteria=["overview", "us-fda"], as_of=AS_OF), pl.LazyFrame)


def test_spark_is_asked_for_no_row_before_the_frame_is():
    """A frame that cannot be computed is screened all the same, until its rows are asked for."""
    functions = installed("pyspark.sql.functions", extra="spark")
    frame = SPARK.make(pa.table({"age_years": [61]}))
    broken = frame.withColumn("clinic", functions.raise_error(functions.lit("read too early")).cast("string"))

    assert screen_frame(broken, criteria="overview", as_of=AS_OF).columns[:3] == ["age_years", "clinic", "invalid"]


def test_a_pandas_frame_keeps_its_index():
    pd = installed("pandas")
    frame = pd.DataFrame([{"age_years": 61}, {"diagnosis": "multiple-myeloma"}, {"age_years": 121}], index=[*"xyz"])
    found = screen_frame(frame, criteria=["overview", "us-fda"], as_of=AS_OF)

    assert isinstance(found, pd.DataFrame)
    assert list(found.index) == [*"xyz"]
    assert found["invalid"].tolist() == [False, False, True]
    assert found["overview/guidance"].isna().tolist() == [False, False, True]


def test_what_cannot_be_screened_is_refused_with_the_errors_of_screen():
    frame = pl.DataFrame({"age_years": [61]})
    with pytest.raises(CriteriaUnknown, match="us-fdb"):
        screen_frame(frame, criteria="us-fdb")
    with pytest.raises(CriteriaAlike, match="overview"):
        screen_frame(frame, criteria=["overview", load_criteria("overview")])
    with pytest.raises(CriteriaAlike, match="Name at least one"):
        screen_frame(frame, criteria=[])
    with pytest.raises(DateInvalid, match="yesterday"):
        screen_frame(frame, as_of="yesterday")
    with pytest.raises(FrameUnknown, match="dict"):
        screen_frame({"age_years": [61]})

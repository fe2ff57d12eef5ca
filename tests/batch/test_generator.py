"""Synthetic intakes: the same for a seed, in themselves right, and as empty as a clinic's table."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from strategies import AS_OF

from cart_screen.api import screen
from cart_screen.batch.frames import screen_frame
from cart_screen.catalog.loading import own_set
from cart_screen.cli.exits import Exit
from cart_screen.cli.main import main
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

INTAKES = Path(__file__).parents[2] / "examples" / "intakes"
READING = own_set("us-fda").on(date.fromisoformat(AS_OF)).reading
ROWS = 12_000


@pytest.fixture(scope="module")
def synthetic() -> Iterator[Any]:
    """Give the module that draws intakes, found beside its command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(INTAKES))
        from synthetic import population

        yield population


@pytest.fixture(scope="module")
def drawn(synthetic: Any) -> pl.DataFrame:
    return pl.concat(synthetic.intakes(ROWS, 7))


@pytest.fixture(scope="module")
def screened(drawn: pl.DataFrame) -> pl.DataFrame:
    return screen_frame(drawn, as_of=AS_OF)


@pytest.fixture(scope="module")
def generate(synthetic: Any) -> Any:
    """Give the command, which takes its arguments; the fixture before has made it findable."""
    import generate

    return generate.main


def rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [{id: value for id, value in row.items() if value is not None} for row in frame.to_dicts()]


def test_the_columns_are_a_key_and_every_question_that_somebody_can_answer(drawn: pl.DataFrame) -> None:
    givable = [id for id, question in READING.dictionary.questions.items() if not question.internal]
    assert drawn.columns == ["intake_id", *givable]
    assert drawn["intake_id"].n_unique() == drawn.height


def test_the_first_of_many_are_the_first_of_few_across_blocks(
    synthetic: Any, drawn: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pl.concat(synthetic.intakes(300, 7)).equals(drawn.head(300))
    assert not pl.concat(synthetic.intakes(300, 8)).equals(drawn.head(300))
    monkeypatch.setattr(synthetic, "BLOCK", 500)
    short = list(synthetic.intakes(1700, 7))
    assert [one.height for one in short] == [500, 500, 500, 200]
    assert pl.concat(short).head(1200).equals(pl.concat(synthetic.intakes(1200, 7)))
    assert not short[0].drop("intake_id").equals(short[1].drop("intake_id"))


def test_every_answer_is_one_that_its_question_allows(screened: pl.DataFrame) -> None:
    assert screened["invalid"].sum() == 0


def test_nobody_contradicts_themselves_unless_they_slip(synthetic: Any, screened: pl.DataFrame) -> None:
    honest = screen_frame(pl.concat(synthetic.intakes(ROWS, 7, slips=0)), as_of=AS_OF)
    assert honest.filter(pl.col("conflicts").list.len() > 0)["conflicts"].to_list() == []
    slipping = screened["conflicts"].list.len() > 0
    assert 0.001 < slipping.mean() < 0.02


def test_a_question_is_answered_only_where_it_is_asked(synthetic: Any) -> None:
    asked = dict.fromkeys(READING.ask_if, 0)
    for row in rows(pl.concat(synthetic.intakes(2000, 7, slips=0))):
        for id, condition in READING.ask_if.items():
            if id in row:
                assert evaluate(condition, row) is Truth.TRUE, (id, row)
                asked[id] += 1
    assert min(asked.values()) > 0, asked


def test_only_women_are_pregnant_and_no_child_under_fourteen(synthetic: Any) -> None:
    honest = pl.concat(synthetic.intakes(ROWS, 7, slips=0)).filter("pregnant")
    assert honest.height > 5
    assert honest["age_years"].drop_nulls().min() >= 14
    assert set(honest["sex"].drop_nulls()) == {"female"}


def test_whole_blocks_are_missing_together(drawn: pl.DataFrame) -> None:
    laboratory = ["creatinine", "bilirubin", "ast", "alt"]
    adults = drawn.filter(pl.col("age_years") >= 18)
    there = adults.select(pl.sum_horizontal(pl.col(laboratory).is_not_null()))["creatinine"]
    shares = {count: (there == count).mean() for count in range(5)}
    assert shares[0] > 0.3
    assert shares[4] > 0.3
    assert shares[1] + shares[2] < 0.03


def test_among_many_there_is_every_guidance_every_diagnosis_and_urgency(screened: pl.DataFrame) -> None:
    assert set(screened["diagnosis"].drop_nulls()) == set(READING.dictionary.questions["diagnosis"].choices)
    assert screened["guidance"].n_unique() == 5
    assert set(screened["urgency"].drop_nulls()) == set(READING.dictionary.urgency)


def test_the_command_says_nothing_and_writes_what_is_drawn(tmp_path: Path, drawn: pl.DataFrame) -> None:
    out = tmp_path / "intakes.parquet"
    command = [sys.executable, str(INTAKES / "generate.py"), str(out), "--rows", "300", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert pl.read_parquet(out).equals(drawn.head(300))


@pytest.mark.parametrize(("form", "read"), [(".csv", pl.read_csv), (".ndjson", pl.read_ndjson)])
def test_every_form_holds_the_same(form: str, read: Any, tmp_path: Path, generate: Any, drawn: pl.DataFrame) -> None:
    out = tmp_path / f"intakes{form}"
    assert generate([str(out), "--rows", "300", "--seed", "7"]) == 0
    assert read(out, schema=drawn.schema).equals(drawn.head(300))


def test_faults_are_planted_in_about_the_share_that_is_asked_for(
    tmp_path: Path, generate: Any, drawn: pl.DataFrame
) -> None:
    out = tmp_path / "faulty.parquet"
    assert generate([str(out), "--rows", "3000", "--seed", "7", "--faults", "0.1"]) == 0
    faulty = pl.read_parquet(out)
    invalid = screen_frame(faulty, as_of=AS_OF)["invalid"]
    assert 0.07 < invalid.mean() < 0.12
    assert faulty.filter(~invalid).equals(drawn.head(3000).filter(~invalid))


def test_faults_in_a_csv_file_are_words_too(tmp_path: Path, generate: Any) -> None:
    out = tmp_path / "faulty.csv"
    assert generate([str(out), "--rows", "2000", "--faults", "0.2"]) == 0
    ages = set(pl.read_csv(out, infer_schema=False)["age_years"].drop_nulls())
    assert {"sixty", "61 y", "199"} <= ages


def test_a_form_that_cannot_be_written_is_refused(
    tmp_path: Path, generate: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate([str(tmp_path / "intakes.xls")]) == 2
    assert ".csv, .ndjson, .parquet" in capsys.readouterr().err


def test_the_clinic_s_own_table_is_read_through_its_map(tmp_path: Path) -> None:
    clinic, out = INTAKES / "clinic.csv", tmp_path / "results.ndjson"
    mapped = ["--map", str(INTAKES / "clinic.map.json")]
    assert main(["batch", str(clinic), str(out), "--key", "MRN", *mapped, "--as-of", AS_OF, "--quiet"]) == Exit.FOUND
    with (tmp_path / "results.rejects.csv").open(encoding="utf-8", newline="") as stream:
        rejected = [(row["question"], row["value"]) for row in csv.DictReader(stream)]
    assert sorted(rejected) == [("age_years", "61 y"), ("creatinine", "<27"), ("ecog", "0-1")]
    results = {found["MRN"]: found for found in map(json.loads, out.read_text("utf-8").splitlines())}
    assert len(results) == 29
    with clinic.open(encoding="utf-8", newline="") as stream:
        raw = next(row for row in csv.DictReader(stream) if row["Dx"] == "DLBCL")
    # Its row by hand; what stands in no cell was asked and is not known.
    columns = json.loads((INTAKES / "clinic.map.json").read_text("utf-8"))["columns"]
    told = {
        "age_years": 88,
        "sex": "male",
        "diagnosis": "diffuse-large-b-cell-lymphoma",
        "cns_involvement": "none",
        "disease_status": "relapsed",
        "prior_lines": 4,
        "relapse_count": 2,
        "months_first_line_to_relapse": 24,
        "received_btk_inhibitor": False,
        "prior_car_t": False,
        "ecog": 1,
        "weight_kg": 85.7,
    }
    screening = screen({column["question"]: None for column in columns.values()} | told, as_of=AS_OF)
    found = results[raw["MRN"]]
    assert found["guidance"] == screening.guidance.code
    assert found["awaiting"] == list(screening.awaiting)
    assert found["cautions"] == list(
        dict.fromkeys(caution.id for one in screening.findings.values() for caution in one.cautions)
    )

"""``cart-screen rescreen`` as a whole: what it writes, what it sums up, and what it refuses."""

from __future__ import annotations

import json

import pytest

from cart_screen import load_criteria
from cart_screen.batch import rescreen_job
from cart_screen.batch.points import read_point
from cart_screen.batch.rescreen_job import RescreenJob, rescreen
from cart_screen.batch.rescreening import CHANGES
from cart_screen.cli.main import main

from .changing import ABECMA, AFTER, BEFORE, CARVYKTI, MYELOMA, SET, a_frame, persons, rescreened


@pytest.fixture
def table(tmp_path):
    """Give a table in which one person changes, one stays, and one cannot be read."""
    path = tmp_path / "intakes.csv"
    head = ["person", "clinic", *MYELOMA]
    rows = [["ann", "North", *MYELOMA.values()], ["bob", "South", 30, *[""] * 6], ["cem", "West", 200, *[""] * 6]]
    cells = [",".join(str(cell).lower() for cell in row) for row in (head, *rows)]
    path.write_text("\n".join(cells) + "\n", "utf-8")
    return path


def command(*arguments):
    return main(["rescreen", *map(str, arguments), "--quiet"])


def test_the_command_writes_who_changes_and_sums_up(table, tmp_path, capsys):
    out = tmp_path / "changes.ndjson"
    code = command(table, out, "--from", BEFORE, "--to", AFTER, "--key", "person")
    (row,) = map(json.loads, out.read_text("utf-8").splitlines())
    said = capsys.readouterr()

    assert code == 1
    assert list(row) == ["person", *CHANGES]
    assert row["person"] == "ann"
    assert row["guidance/before"] == "discuss-alternatives"
    assert row["because"] == [ABECMA, CARVYKTI]
    assert (tmp_path / "changes.rejects.csv").read_text("utf-8").splitlines()[1:] == [
        "3,cem,age_years,200,not a whole number from 0 to 120 years"
    ]
    lines = [line.split() for line in said.out.splitlines()]
    words = load_criteria(SET).texts["en"]["batch"]
    for key, count in (("rows", 3), ("screened", 2), ("rejected", 1), ("changed", 1)):
        assert [*words[key].split(), str(count)] in lines
    assert [ABECMA, "1"] in lines
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert said.err.splitlines()[0] == "Columns that are no questions and were left out: clinic."


def test_without_out_there_is_the_summary_alone_and_as_json_one_document(table, tmp_path, capsys):
    assert command(table, "--json", "--from", "abecma-multiple-myeloma@1.0.0", "--to", AFTER) == 1
    document = json.loads(capsys.readouterr().out)

    assert document["format"] == "cart-screen-rescreening/1"
    assert document["from"] == {"said": "abecma-multiple-myeloma@1.0.0", "day": "2021-03-26"}
    assert {name: document[name] for name in ("rows", "screened", "rejected", "changed")} == {
        "rows": 3, "screened": 2, "rejected": 1, "changed": 2,
    }  # fmt: skip
    assert sum(move["people"] for move in document["moves"]) == 2
    assert document["problems"] == [
        {"question": "age_years", "reason": "not a whole number from 0 to 120 years", "count": 1}
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["intakes.csv"]


def test_rows_on_standard_output_leave_the_summary_to_standard_error(table, capfd):
    assert command(table, "-", "--from", BEFORE, "--to", AFTER) == 1
    said = capfd.readouterr()

    assert json.loads(said.out)["row"] == 1
    assert "Changed" in said.err


def test_nobody_changes_and_nothing_is_rejected(table, tmp_path, capsys):
    table.write_text("age_years\n61\n", "utf-8")
    out = tmp_path / "changes.csv"

    assert command(table, out, "--from", AFTER, "--to", AFTER) == 0
    assert out.read_text("utf-8") == ",".join(["row", *CHANGES]) + "\n"
    assert "Nobody changes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--from", "soon", "--to", AFTER], 2, "'soon' is neither a date nor a version"),
        (["--from", "2016-01-01", "--to", AFTER], 2, "it begins on 2017-08-30"),
        (["--from", BEFORE, "--to", "abecma-multiple-myeloma@9.0.0"], 2, "Choose one of"),
        (["--from", BEFORE, "--to", AFTER, "--criteria", "us-fdb"], 2, "us-fdb"),
        (["--from", BEFORE, "--to", AFTER, "--key", "id"], 65, "has no column 'id'"),
    ],
)
def test_what_cannot_be_rescreened_is_said_in_one_sentence_and_leaves_nothing(
    table, tmp_path, capsys, more, code, said
):
    assert command(table, tmp_path / "changes.csv", *more) == code
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["intakes.csv"]


def test_counts_in_pieces_are_the_counts_of_the_whole(tmp_path, monkeypatch):
    """Changed rows are explained so many at a time."""
    rows = persons()[:40]
    path = tmp_path / "in.parquet"
    a_frame(rows).collect().drop("row").write_parquet(path)
    criteria = load_criteria(SET)
    job = RescreenJob(path, None, None, read_point(BEFORE, criteria), read_point(AFTER, criteria), quiet=True)
    whole = rescreen(job).moves.to_dict()
    monkeypatch.setattr(rescreen_job, "_EXPLAINED", 1)
    monkeypatch.setattr(rescreen_job, "BATCH", 20)

    assert rescreen(job).moves.to_dict() == whole
    assert whole["changed"] == len(rescreened(rows, BEFORE, AFTER))

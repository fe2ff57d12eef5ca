"""``cart-screen batch IN OUT`` as a whole: what it writes is what ``screen`` says of each row."""

import csv
import gc
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from needs import FULL_DEVICE
from people.population import people

from cart_screen.api import screen
from cart_screen.batch.errors import RowsLost
from cart_screen.batch.job import Job
from cart_screen.batch.results import names
from cart_screen.batch.running import in_polars, run
from cart_screen.catalog.loading import own_set
from cart_screen.cli.main import main

DATE = ["--as-of", "2026-11-22"]
SET = "us-fda"


@pytest.fixture(scope="module")
def intakes():
    """Give the answers of some people who do not exist, as rows with a key."""
    ids = [id for id, question in own_set(SET).reading.dictionary.questions.items() if not question.internal]
    known = [dict(person.mistaken_answers.values) for person in people(120, seed=7)]
    return [{"id": f"P{number:03}", **{id: row.get(id) for id in ids}} for number, row in enumerate(known)]


def write(path, rows):
    match path.suffix:
        case ".csv":
            with path.open("w", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        case ".ndjson":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        case _:
            pl.DataFrame(rows, infer_schema_length=None).write_parquet(path)
    return path


def results(path):
    """Give the rows of a file of results, whatever its form, with the lists as lists."""
    lists = names([SET])[SET].lists
    match path.suffix:
        case ".csv":
            with path.open(newline="") as stream:
                rows = [dict(row) for row in csv.DictReader(stream)]
            return [
                {name: value.split(";") if name in lists and value else [] if name in lists else value or None
                 for name, value in row.items()}
                for row in rows
            ]  # fmt: skip
        case ".ndjson":
            return [json.loads(line) for line in path.read_text().splitlines()]
        case _:
            return pl.read_parquet(path).to_dicts()


def said_by_screen(row):
    screening = screen({id: value for id, value in row.items() if id != "id"}, SET, "2026-11-22")
    columns = names([SET])[SET]
    return {
        columns.guidance: str(screening.guidance.code),
        **{columns.findings[id]: str(finding.status) for id, finding in screening.findings.items()},
        columns.indications: [outcome.indication.id for outcome in screening.facts.possible],
        columns.awaiting: list(screening.awaiting),
        columns.cautions: list(dict.fromkeys(_cautions(screening))),
        columns.urgency: screening.guidance.urgency,
        columns.conflicts: list(screening.conflicts),
    }


def _cautions(screening):
    return [caution.id for finding in screening.findings.values() for caution in finding.cautions]


@pytest.mark.parametrize(("given", "goes"), [("csv", "ndjson"), ("ndjson", "parquet"), ("parquet", "csv")])
def test_every_row_is_what_screen_says_of_it_in_every_form(tmp_path, capsys, intakes, given, goes):
    table = write(tmp_path / f"intakes.{given}", intakes)
    output = tmp_path / f"results.{goes}"

    assert main(["batch", str(table), str(output), "--key", "id", *DATE]) == 0

    found = results(output)
    assert [row.pop("id") for row in found] == [row["id"] for row in intakes]
    for row, answers in zip(found, intakes, strict=True):
        wanted = said_by_screen(answers)
        assert sorted(row.pop("cautions")) == sorted(wanted.pop("cautions"))
        assert row == wanted
    assert (tmp_path / "results.rejects.csv").read_text() == "row,key,question,value,reason\n"
    out, err = capsys.readouterr()
    assert out == ""
    assert "120" in err
    assert "specialist" in " ".join(err.splitlines()[-2:])


def test_rejected_rows_are_told_and_the_others_screened(tmp_path, capsys):
    table = tmp_path / "intakes.csv"
    more = [f"extra {number}" for number in range(1_000)]
    rows = ["61,multiple-myeloma", "abc,multiple-myeloma", "62", "63,leprosy"]
    table.write_text(
        ",".join(["age_years", "diagnosis", *more]) + "\n" + "".join(row + "," * 1_000 + "\n" for row in rows)
    )

    assert main(["batch", str(table), str(tmp_path / "out.csv"), "--criteria", "us-fda", "eu-ema", *DATE]) == 1

    with (tmp_path / "out.csv").open(newline="") as stream:
        [row] = csv.DictReader(stream)
    assert row["row"] == "1"
    assert {"us-fda/guidance", "eu-ema/guidance"} <= row.keys()
    with (tmp_path / "out.rejects.csv").open(newline="") as stream:
        told = [(line["row"], line["key"], line["question"], line["value"]) for line in csv.DictReader(stream)]
    assert told[0] == ("2", "", "age_years", "abc")
    assert told[1][:3] == ("3", "", "")
    assert told[2] == ("4", "", "diagnosis", "leprosy")
    said = capsys.readouterr().err
    assert "no question has that name: extra 0, extra 1," in said
    assert "extra 9 and 990 more." in said
    assert "out.rejects.csv" in said


def test_a_table_without_rows_gives_results_without_rows(tmp_path):
    table = tmp_path / "intakes.csv"
    table.write_text("age_years,sex\n")

    assert main(["batch", str(table), str(tmp_path / "out.parquet"), "--quiet"]) == 0

    found = pl.read_parquet(tmp_path / "out.parquet")
    assert found.height == 0
    assert found.columns == ["row", *names([SET])[SET].every]


@pytest.mark.parametrize(
    ("arguments", "code", "found"),
    [
        (["none.csv", "out.csv"], 66, "Cannot read"),
        (["in.csv", "in.csv"], 2, "IN and OUT name the same file"),
        (["in.csv", "link.csv"], 2, "IN and OUT name the same file"),
        (["in.csv", "out.csv", "--rejects", "out.csv"], 2, "OUT and --rejects name the same file"),
        (["in.csv", "-"], 2, "--rejects needs the name of a file"),
        (["in.csv", "out.txt"], 2, "does not say what form it has"),
        (["in.txt", "out.csv"], 2, "does not say what form it has"),
        (["in.csv", "out.csv", "--key", "id"], 65, "has no column 'id'"),
        (["in.csv", "out.csv", "--key", "guidance"], 65, "guidance"),
        (["in.csv", "none/out.csv"], 73, "no such folder"),
        (["in.csv", "folder.csv"], 73, "it is a folder"),
        (["in.csv", "out.csv", "--criteria", "us"], 2, "no criteria set"),
        (["in.csv", "out.csv", "--criteria", "us-fda", "us-fda"], 2, "named twice"),
        (["in.csv", "out.csv", "--as-of", "soon"], 2, "no date"),
        (["in.csv", "out.csv", "--map", "none.json"], 66, "Cannot read the map"),
        (["in.csv", "out.csv", "--map", "in.csv"], 2, "IN and --map name the same file"),
        (["in.csv", "out.csv", "--map", "map.json"], 65, "/columns/A/question"),
        (["in.csv", "out.csv", "--master", "local[2]"], 2, "--master goes with --engine spark"),
        (["in.csv", "out.csv", "--report", "report.pdf"], 2, "name a file that ends in .html"),
        (["array.ndjson", "out.csv"], 65, "no line of it is a JSON object"),
        (["array.ndjson", "out.csv", "--key", "id"], 65, "no line of it is a JSON object"),
        (["empty.csv", "out.csv"], 65, "it is empty"),
        (["latin.csv", "out.csv"], 65, "line 2 holds a byte that is not UTF-8"),
        (["cut.parquet", "out.csv"], 65, "a part of one is missing"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(tmp_path, capsys, monkeypatch, arguments, code, found):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("age_years,guidance\n61,x\n")
    (tmp_path / "in.txt").touch()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "latin.csv").write_bytes("age_years,notes\n61,né\n".encode("latin-1"))
    (tmp_path / "array.ndjson").write_text('[\n  {"age_years": 61}\n]\n'.replace("  {", "  {\n").replace("}", "\n}"))
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    (tmp_path / "map.json").write_text('{"format": "cart-screen-map/1", "columns": {"A": {"question": "age"}}}')
    (tmp_path / "link.csv").symlink_to(tmp_path / "in.csv")
    (tmp_path / "folder.csv").mkdir()
    before = sorted(entry.name for entry in tmp_path.iterdir())

    with pytest.raises(SystemExit) as ended:
        # argparse ends the process itself, and a program what main gives.
        sys.exit(main(["batch", *arguments]))

    assert ended.value.code == code
    said = capsys.readouterr()
    assert found in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert sorted(entry.name for entry in tmp_path.iterdir()) == before


def test_rows_that_are_missing_at_the_end_are_an_error_and_nothing_is_kept(tmp_path):
    table = tmp_path / "intakes.csv"
    table.write_text("age_years\n61\n62\n")
    criteria = own_set(SET).on(date(2026, 11, 22))
    job = Job(table, tmp_path / "out.csv", tmp_path / "rejects.csv", [criteria], date(2026, 11, 22), quiet=True)

    with pytest.raises(RowsLost, match="Of 2 rows 1 were written and 0 rejected"):
        run(job, lambda frame, job: (batch.tail(1) for batch in in_polars(frame, job)))
    assert list(tmp_path.iterdir()) == [table]


def test_parquet_that_was_begun_is_given_up_without_a_word_where_something_stops_the_run(tmp_path, capfd):
    table = tmp_path / "intakes.csv"
    table.write_text("age_years\n61\n62\n")
    criteria = own_set(SET).on(date(2026, 11, 22))
    job = Job(table, tmp_path / "out.parquet", tmp_path / "rejects.csv", [criteria], date(2026, 11, 22), quiet=True)

    def stopping(frame, job):
        yield from in_polars(frame, job)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, stopping)
    gc.collect()
    assert list(tmp_path.iterdir()) == [table]
    assert capfd.readouterr().err == ""


def stream(lines, tmp_path, **more):
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "batch", "-", "-", "--rejects", str(tmp_path / "r.csv"), *DATE],
        input="".join(line + "\n" for line in lines).encode(),
        stderr=subprocess.PIPE,
        timeout=100,
        check=False,
        **more,
    )


def test_a_stream_goes_through_and_holds_nothing_but_results(tmp_path):
    done = stream(['{"age_years": 61}', "nonsense", '{"age_years": 5}'], tmp_path, stdout=subprocess.PIPE)

    assert done.returncode == 1
    assert [json.loads(line)["row"] for line in done.stdout.splitlines()] == [1, 3]
    assert (tmp_path / "r.csv").read_text().splitlines()[1].startswith("2,,,nonsense,")
    assert b"Traceback" not in done.stderr


def test_a_full_disk_behind_standard_output_is_told(tmp_path):
    with Path(FULL_DEVICE.or_skip()).open("wb") as full:
        done = stream(['{"age_years": 61}'], tmp_path, stdout=full)

    assert done.returncode == 74
    assert b"No space left on device" in done.stderr
    assert not (tmp_path / "r.csv").exists()

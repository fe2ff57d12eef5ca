"""The same table run by two engines, and what came of each."""

from __future__ import annotations

import csv
import json
from datetime import date

import polars as pl
from people.population import people
from strategies import AS_OF, givable

from cart_screen import load_criteria
from cart_screen.batch.job import Job
from cart_screen.batch.running import run

SETS = ("us-fda",)
# Cells that are no answers, of columns of texts.
BAD = (("age_years", "121"), ("diagnosis", "flu"), ("ecog", "1.5"), ("pregnant", "perhaps"), ("lvef", "high"))


def intakes(count=60):
    """Give rows of answers, every tenth with one that is none."""
    rows = []
    for number, person in enumerate(people(count, seed=3)):
        row = {id: person.mistaken_answers.values.get(id) for id in givable(load_criteria("us-fda").reading)}
        if number % 10 == 9:
            id, cell = BAD[number // 10 % len(BAD)]
            row[id] = cell
        rows.append({"person": f"p{number}", "clinic": 'North, "old"', **row})
    return rows


def _cell(value):
    return str(value).lower() if isinstance(value, bool) else None if value is None else str(value)


def write(path, rows):
    """Write rows as the name of the file says, where a form has types, but NDJSON, all as text."""
    cells = [{name: _cell(value) for name, value in row.items()} for row in rows]
    match path.suffix:
        case ".parquet":
            pl.DataFrame(cells, infer_schema_length=None).write_parquet(path)
        case ".ndjson":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        case ".csv":
            with path.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, rows[0])
                writer.writeheader()
                writer.writerows(cells)
    return path


def _results(path):
    """Give results to the byte, but of Parquet, which is cut into groups of rows, what stands in it."""
    if path.suffix != ".parquet":
        return path.read_bytes()
    frame = pl.read_parquet(path)
    return frame.schema, frame.rows()


def came(folder, table, engine, output="out.parquet", key="person", sets=SETS):
    """Run a table, and give its tally, its results and rejects, and what is left in the folder."""
    folder.mkdir()
    job = Job(
        input=table,
        output=folder / output,
        rejects=folder / "rejects.csv",
        sets=tuple(load_criteria(name) for name in sets),
        as_of=date.fromisoformat(AS_OF),
        key=key,
        quiet=True,
    )
    outcome = run(job, engine)
    return {
        "tally": outcome.tally,
        "unknown": outcome.unknown,
        "results": _results(job.output),
        "rejects": job.rejects.read_text("utf-8"),
        "left": sorted(path.name for path in folder.iterdir()),
    }

"""People and two days of a criteria set, and who of them changes from the one to the other."""

from __future__ import annotations

from functools import cache

import polars as pl
from engines.columns.backends import table_of
from people.population import people
from strategies import givable

from cart_screen import load_criteria
from cart_screen.batch.points import read_point
from cart_screen.batch.rescreening import Explanation, compared

SET = "us-fda"
COLUMNS = givable(load_criteria(SET).reading)
# Where Abecma and Carvykti moved to earlier lines, a day apart.
BEFORE, AFTER = "2024-04-03", "2024-04-05"
ABECMA, CARVYKTI = "us-fda/abecma-multiple-myeloma@2.0.0", "us-fda/carvykti-multiple-myeloma@2.0.0"
MYELOMA = {
    "age_years": 60,
    "diagnosis": "multiple-myeloma",
    "disease_status": "relapsed",
    "prior_lines": 2,
    "received_proteasome_inhibitor": True,
    "received_immunomodulatory_agent": True,
    "received_anti_cd38": True,
}


@cache
def persons():
    """Give the answers of people who do not exist, some of whom are mistaken."""
    return [dict(person.mistaken_answers.values) for person in people(300, seed=11)]


def a_frame(rows, columns=COLUMNS):
    """Give answers as a lazy frame, with the number of each row."""
    table = table_of(rows, load_criteria(SET).reading.dictionary, columns)
    return pl.from_arrow(table).rename({"row number": "row"}).lazy()


def rescreened(rows, before, after, criteria=None):
    """Give what changes, by the number of the row."""
    chosen = criteria or load_criteria(SET)
    old, new = read_point(before, chosen), read_point(after, chosen)
    found = Explanation(old, new).of(compared(a_frame(rows), old, new)).collect()
    return {row["row"]: row for row in found.to_dicts()}

"""Cells that cannot be read as an answer, planted so that a program has something to reject."""

from __future__ import annotations

import polars as pl

from .draws import Draws

# Values of the right type that no question allows.
_NOT_ALLOWED = (
    ("age_years", 199), ("age_years", -1), ("ecog", 7), ("prior_lines", 99), ("lvef", 450.0), ("creatinine", 88.0),
    ("spo2", 0.97), ("diagnosis", "DLBCL"), ("cancer_group", "Lymphoma"), ("disease_status", "relapse"), ("sex", "m"),
)  # fmt: skip
# What stands in text files only, where a column has no type.
_NOT_READABLE = (
    ("age_years", "sixty"), ("age_years", "61 y"), ("prior_lines", "2-3"), ("creatinine", "<0.3"),
    ("creatinine", "1,1"), ("bilirubin", "n/a"), ("platelets", "clumped"), ("active_infection", "maybe"),
    ("prior_car_t", "?"), ("pregnant", "-"), ("months_first_line_to_relapse", "12m"),
)  # fmt: skip


def faulty(frame: pl.DataFrame, seed: int, block: int, share: float, *, text: bool) -> pl.DataFrame:
    """
    Plant one fault each in a share of the rows of a block.

    ``text`` says that the frame will be written as text without types: then every column that can have a fault is
    given as text, and there are faults of that kind too.
    """
    # A source of its own, so that the same people are drawn with faults and without.
    draws = Draws(seed + 2**32, block, frame.height)
    kinds = _NOT_ALLOWED + (_NOT_READABLE if text else ())
    wrong = draws.happens(share)
    which = draws.whole(0, len(kinds) - 1)
    columns = {id: frame[id] for id, _ in kinds}
    if text:
        columns = {id: column.cast(pl.String) for id, column in columns.items()}
    for place, (id, value) in enumerate(kinds):
        columns[id] = columns[id].set(pl.Series(wrong & (which == place)), str(value) if text else value)
    return frame.with_columns(columns.values())

"""Who changes between two states of a criteria set, and because of which document, held against ``screen``."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from cart_screen import load_criteria, screen
from cart_screen.batch.causes import causes
from cart_screen.batch.points import read_point
from cart_screen.batch.rescreening import CHANGES, COMPARED, Explanation, compared
from cart_screen.engines.columns.screening import Part
from cart_screen.nouns import replace

from .changing import ABECMA, AFTER, BEFORE, CARVYKTI, COLUMNS, MYELOMA, SET, a_frame, persons, rescreened


def said(answers, criteria, day):
    """Give what ``screen`` says of what is compared."""
    found = screen(answers, criteria, day)
    words = {"guidance": str(found.guidance.code), "possible": [one.indication.id for one in found.facts.possible]}
    return words | {f"finding/{id}": str(finding.status) for id, finding in found.findings.items()}


@cache
def replaced(before, after):
    """Give for each use whose document differs the name of that, and the sets in which it alone does or does not."""
    criteria = load_criteria(SET)
    old, new = ({one.id: one for one in criteria.in_force(date.fromisoformat(day))} for day in (before, after))
    order = list(dict.fromkeys(one.id for one in criteria.indications))

    def among(uses):
        made = tuple(uses[id] for id in order if uses.get(id) is not None)
        return replace(criteria, indications=made)

    documents = {}
    for id in (id for id in order if old.get(id) is not new.get(id)):
        name = f"{SET}/{id}@{(new.get(id) or old[id]).version}"
        documents[name] = among({**old, id: new.get(id)}), among({**new, id: old.get(id)})
    return among(old), among(new), documents


def reasons(answers, before, after):
    """Name by ``screen`` alone the documents that change a person: alone among the old, or not among the new."""
    day = max(before, after)
    old, new, documents = replaced(before, after)
    was, now = said(answers, old, day), said(answers, new, day)
    return [
        document
        for document, (alone, without) in documents.items()
        if said(answers, alone, day) != was or said(answers, without, day) != now
    ]


def check(found, rows, before, after):
    """Hold every row against ``screen`` on both days, and its reasons against ``reasons``."""
    criteria = load_criteria(SET)
    for place, row in enumerate(rows):
        answers = {id: row.get(id) for id in COLUMNS}
        old, new = said(answers, criteria, before), said(answers, criteria, after)
        assert (place in found) == (old != new)
        if place in found:
            change = found[place]
            for name in COMPARED:
                if name != Part.POSSIBLE:
                    assert (change[f"{name}/before"], change[f"{name}/after"]) == (old[name], new[name])
            assert change["changed"] == [
                name.removeprefix("finding/")
                for name in COMPARED
                if name.startswith("finding/") and old[name] != new[name]
            ]
            assert change["added"] == [id for id in new["possible"] if id not in old["possible"]]
            assert change["removed"] == [id for id in old["possible"] if id not in new["possible"]]
            assert change["because"] == reasons(answers, before, after)


def test_people_between_the_two_days_on_which_labels_changed():
    rows = persons()
    found = rescreened(rows, BEFORE, AFTER)

    assert len(found) > 10
    assert {tuple(row["because"]) for row in found.values()} == {(ABECMA,), (CARVYKTI,), (ABECMA, CARVYKTI)}
    check(found, rows, BEFORE, AFTER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2024-03-13", "2024-05-30"),  # new uses, one of a disease that had none, and changed ones
        ("2026-02-05", "2026-02-06"),  # a point moves from the cancer type to fitness
        ("2024-11-08", "2023-01-01"),  # back in time uses go
    ],
)
def test_people_between_other_days(before, after):
    rows = persons()[:35]
    found = rescreened(rows, before, after)

    assert found
    check(found, rows, before, after)


def test_every_reason_is_found_with_one_document_at_a_time():
    """Each of two labels alone lets this person come up; the guidance before and after is that of ``screen``."""
    (row,) = rescreened([MYELOMA | {"lenalidomide_refractory": True}], BEFORE, AFTER).values()

    assert (row["guidance/before"], row["guidance/after"]) == ("discuss-alternatives", "discuss-label-match")
    assert row["changed"] == ["prior-lines"]
    assert row["because"] == [ABECMA, CARVYKTI]
    assert list(row)[-len(CHANGES) :] == list(CHANGES)


def test_a_day_on_which_nothing_changes_changes_nobody():
    assert rescreened(persons()[:20], "2024-04-06", "2024-05-14") == {}


def test_a_version_that_reads_as_before_is_no_reason():
    """Of Breyanzi in follicular lymphoma only the kind of the approval changed."""
    criteria = load_criteria(SET)

    assert causes(read_point("2026-01-31", criteria), read_point("2026-02-05", criteria)) == ()
    assert rescreened(persons()[:20], "2026-01-31", "2026-02-05") == {}


def test_a_row_that_is_not_allowed_changes_nothing():
    criteria = load_criteria(SET)
    old, new = read_point(BEFORE, criteria), read_point(AFTER, criteria)
    found = compared(a_frame([MYELOMA, {**MYELOMA, "age_years": 121}]), old, new).collect()

    assert found["invalid"].to_list() == [False, True]
    assert found["problems"].to_list() == [None, ["age_years"]]
    assert found["changed"].to_list() == [True, False]


def test_nothing_is_read_before_it_is_collected():
    def fail(frame):
        raise AssertionError("read too early")

    criteria = load_criteria(SET)
    old, new = read_point(BEFORE, criteria), read_point(AFTER, criteria)
    lazy = pl.LazyFrame({"age_years": [1]}).map_batches(fail, schema={"age_years": pl.Int64})

    assert isinstance(Explanation(old, new).of(compared(lazy, old, new)), pl.LazyFrame)

"""What a day or a version means, and changes of criteria that are made: withdrawals, corrections, shared documents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from catalog.test_answer_majors import folder as two_majors  # noqa: F401 - a fixture

from cart_screen import load_criteria
from cart_screen.batch.points import DayUnknown, PointInvalid, VersionUnknown, read_point
from cart_screen.batch.rescreening import Explanation, compared
from cart_screen.catalog.directory import own_criteria

from .changing import ABECMA, MYELOMA, SET, a_frame, rescreened


@pytest.fixture
def folder(tmp_path):
    """Give a folder of criteria with what ships, in which sets can be changed."""
    return Path(shutil.copytree(own_criteria(), tmp_path / "criteria")) / "sets" / "overview"


def written(path, document):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document), "utf-8")


def a_version(folder, use, version, **changed):
    """Write a further version of a use."""
    document = json.loads((folder / use / "1.0.0.json").read_text("utf-8"))
    text = json.dumps(document).replace(f":{use}:1.0.0", f":{use}:{version}")
    document = {**json.loads(text), "x-version": version}
    written(
        folder / use / f"{version}.json", document | {name.replace("_", "-"): said for name, said in changed.items()}
    )
    return document


def in_overview(folder, before, after, rows):
    return rescreened(rows, before, after, load_criteria(folder))


def test_a_withdrawal_takes_a_use_away_and_is_named_by_its_own_version(folder):
    a_version(folder, "multiple-myeloma", "1.1.0", x_withdrawn=True, x_effective={"from": "2027-01-01"})
    (row,) = in_overview(folder, "2026-12-31", "2027-01-01", [MYELOMA]).values()

    assert row["removed"] == ["multiple-myeloma"]
    assert row["guidance/after"] == "discuss-alternatives"
    assert row["because"] == ["overview/multiple-myeloma@1.1.0"]


def test_a_correction_of_the_same_day_is_seen_by_its_version(folder):
    """By days it could not be: on its first day the corrected version is in force."""
    document = a_version(folder, "multiple-myeloma", "1.0.1")
    document["$defs"]["prior-lines"]["allOf"].append(
        {"title": "Nine lines", "properties": {"prior_lines": {"minimum": 9}}, "required": ["prior_lines"]}
    )
    written(folder / "multiple-myeloma" / "1.0.1.json", document)
    rows = [MYELOMA | {"prior_lines": 5}]
    day = document["x-effective"]["from"]

    assert in_overview(folder, day, "2026-11-22", rows) == {}
    (row,) = in_overview(folder, "multiple-myeloma@1.0.0", "multiple-myeloma@1.0.1", rows).values()
    assert row["changed"] == ["prior-lines"]
    assert row["because"] == ["overview/multiple-myeloma@1.0.1"]
    (again,) = in_overview(folder, "2026-11-22,overview/multiple-myeloma@1.0.0", "2026-11-22", rows).values()
    assert again == row


def test_a_shared_document_is_named_where_uses_pin_another_version_of_it(folder):
    """Both uses pin it anew; what they say themselves stays, so they are no reasons."""
    shared = folder.parents[1] / "shared" / "fitness"
    document = json.loads((shared / "1.0.0.json").read_text("utf-8"))
    made = json.loads(json.dumps(document).replace(":fitness:1.0.0", ":fitness:1.1.0")) | {"x-version": "1.1.0"}
    made["allOf"] = [
        *made.get("allOf", []),
        {"title": "At least 30 years", "properties": {"age_years": {"minimum": 30}}, "required": ["age_years"]},
    ]
    written(shared / "1.1.0.json", made)
    for use in ("multiple-myeloma", "large-b-cell-lymphoma"):
        document = a_version(folder, use, "1.1.0")
        document = json.loads(json.dumps(document).replace(":fitness:1.0.0", ":fitness:1.1.0"))
        written(folder / use / "1.1.0.json", document | {"x-effective": {"from": "2027-01-01"}})
    found = in_overview(folder, "2026-12-31", "2027-01-01", [MYELOMA | {"age_years": 20}, MYELOMA])

    assert list(found) == [0]
    assert found[0]["finding/fitness/after"] == "not-met"
    assert found[0]["because"] == ["shared/fitness@1.1.0"]


def test_where_the_questions_change_everything_changes_together(two_majors):  # noqa: F811 - asks for the fixture
    """What is allowed by one of the dictionaries alone is not screened in both states."""
    path = two_majors / "multiple-myeloma" / "2.0.0.json"
    written(path, json.loads(path.read_text("utf-8")) | {"x-withdrawn": True})
    criteria = load_criteria(two_majors)
    old, new = read_point("2026-12-31", criteria), read_point("2027-01-01", criteria)
    both = compared(a_frame([MYELOMA, MYELOMA | {"age_years": 115}, {"age_years": 61}]), old, new)
    (row, untyped) = Explanation(old, new).of(both).collect().to_dicts()

    assert both.collect()["invalid"].to_list() == [False, True, False]
    assert both.collect()["problems"].to_list() == [None, ["age_years"], None]
    assert row["removed"] == untyped["removed"] == ["multiple-myeloma"]
    assert row["because"][0] == "answers@2.0.0"
    assert "overview/multiple-myeloma@1.0.0" in row["because"]
    with pytest.raises(VersionUnknown, match=r"has no multiple-myeloma@1\.0\.0 to read on that day"):
        read_point("2027-01-01,multiple-myeloma@1.0.0", criteria)


def test_a_version_is_the_state_of_the_day_from_which_it_counts():
    criteria = load_criteria(SET)
    by_version = read_point("carvykti-multiple-myeloma@2.0.0", criteria)
    by_day = read_point("2024-04-05", criteria)

    assert by_version.day == by_day.day
    assert by_version.criteria.indications == by_day.criteria.indications
    assert by_day.criteria.indications == criteria.in_force(by_day.day)
    assert read_point("us-fda/carvykti-multiple-myeloma@2.0.0", criteria).criteria == by_version.criteria


def test_a_version_stands_in_for_the_one_of_a_day_even_before_it_has_begun():
    point = read_point("2023-01-01, abecma-multiple-myeloma@2.0.0", load_criteria(SET))
    (row,) = rescreened([MYELOMA], "2023-01-01", "2023-01-01,abecma-multiple-myeloma@2.0.0").values()

    assert point.in_force["abecma-multiple-myeloma"].version == "2.0.0"
    assert point.criteria.in_force(point.as_of) == point.criteria.indications
    assert row["because"] == [ABECMA]


@pytest.mark.parametrize(
    "text", ["", "today", "2024-4-5", "2024-04-05,2024-04-06", "@2.0.0", "abecma@", "2024-04-05,", "a@1,a@2"]
)
def test_what_is_neither_a_date_nor_a_version_is_refused(text):
    with pytest.raises(PointInvalid, match="neither a date nor a version"):
        read_point(text, load_criteria(SET))


def test_what_a_set_does_not_have_is_refused_with_what_is_near():
    criteria = load_criteria(SET)
    with pytest.raises(VersionUnknown, match=r"Choose one of: abecma-multiple-myeloma@1.0.0, .*@2.0.0\."):
        read_point("abecma-multiple-myeloma@3.0.0", criteria)
    with pytest.raises(VersionUnknown, match=r"us-fda has no abecma@2.0.0 .* Choose one of: abecma-multiple-myeloma"):
        read_point("abecma@2.0.0", criteria)
    with pytest.raises(DayUnknown, match="us-fda says nothing of 2017-08-29: it begins on 2017-08-30"):
        read_point("2017-08-29", criteria)

"""Who changes between two states of a criteria set, and because of which document, held against ``screen``."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from catalog.test_answer_majors import folder as two_majors  # noqa: F401 - a fixture
from engines.columns.backends import table_of
from people.population import people
from strategies import givable

from cart_screen import load_criteria, screen
from cart_screen.batch import rescreen_job
from cart_screen.batch.causes import causes
from cart_screen.batch.points import DayUnknown, PointInvalid, VersionUnknown, read_point
from cart_screen.batch.rescreen_job import RescreenJob, rescreen
from cart_screen.batch.rescreening import CHANGES, COMPARED, Explanation, compared
from cart_screen.catalog.directory import own_criteria
from cart_screen.cli.main import main
from cart_screen.engines.columns.screening import Part
from cart_screen.nouns import replace

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
    return [dict(person.mistaken_answers.values) for person in people(300, seed=11)]


def a_frame(rows, columns=COLUMNS):
    table = table_of(rows, load_criteria(SET).reading.dictionary, columns)
    return pl.from_arrow(table).rename({"row number": "row"}).lazy()


def rescreened(rows, before, after, criteria=None):
    """Give what changes, by the number of the row."""
    chosen = criteria or load_criteria(SET)
    old, new = read_point(before, chosen), read_point(after, chosen)
    found = Explanation(old, new).of(compared(a_frame(rows), old, new)).collect()
    return {row["row"]: row for row in found.to_dicts()}


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


# --- who changes, and why


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


# --- criteria that are made: shared documents, withdrawals, corrections, another dictionary


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


# --- what a day or a version means


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


# --- the command


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

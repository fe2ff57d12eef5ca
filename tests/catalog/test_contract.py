"""Criteria from outside: what is refused, and that everything that ships keeps the contract."""

import json
import shutil
from pathlib import Path

import pytest

from cart_screen import load_criteria, screen
from cart_screen.catalog.contract import check_set
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.errors import CriteriaMissing, CriteriaUnknown, DocumentInvalid

CARVYKTI = "sets/us-fda/carvykti-multiple-myeloma/2.0.0.json"


@pytest.fixture
def criteria(tmp_path):
    return Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))


def change(criteria, name, edit):
    path = criteria / name
    document = json.loads(path.read_text())
    edit(document)
    path.write_text(json.dumps(document))


def problems(criteria):
    with pytest.raises(DocumentInvalid) as caught:
        load_criteria(criteria / "sets" / "us-fda")
    return {(problem.document, problem.pointer) for problem in caught.value.problems}


@pytest.mark.parametrize("name", ["us-fda", "overview"])
def test_every_shipped_set_keeps_the_contract(name):
    check_set(CriteriaDirectory(own_criteria()), name)


def test_a_directory_of_ones_own_gives_the_same_screening(criteria):
    answers = {"age_years": 60, "diagnosis": "multiple-myeloma", "disease_status": "relapsed"}

    own = screen(answers, load_criteria(criteria / "sets" / "us-fda"), as_of="2026-11-22")

    assert own.to_dict() == screen(answers, "us-fda", as_of="2026-11-22").to_dict()


def test_a_changed_threshold_changes_the_screening(criteria):
    def three_lines(document):
        lines = document["$defs"]["prior-lines"]["allOf"][0]["anyOf"]
        lines[0]["properties"]["prior_lines"]["minimum"] = 3
        lines[1]["properties"]["prior_lines_at_least"]["minimum"] = 3

    change(criteria, "sets/us-fda/breyanzi-marginal-zone-lymphoma/1.0.0.json", three_lines)
    answers = {"age_years": 60, "diagnosis": "marginal-zone-lymphoma", "disease_status": "relapsed", "prior_lines": 2}

    own = screen(answers, load_criteria(criteria / "sets" / "us-fda"), as_of="2026-11-22")

    assert own.findings["prior-lines"].status == "not-met"


BROKEN = {
    "no effective date": (lambda d: d.pop("x-effective"), "/x-effective"),
    "a date that is none": (lambda d: d["x-effective"].update({"from": "soon"}), "/x-effective/from"),
    "an unknown keyword of ours": (lambda d: d.update({"x-color": "blue"}), "/x-color"),
    "an unknown keyword of ours inside": (
        lambda d: d["$defs"]["prior-lines"].update({"x-color": "blue"}),
        "/$defs/prior-lines/x-color",
    ),
    "a foreign address": (lambda d: d.update({"$id": "urn:other"}), "/$id"),
    "another version than the file's": (lambda d: d.update({"x-version": "3.0.0"}), "/x-version"),
    "another major of answers": (lambda d: d.update({"x-answers": "2"}), "/x-answers"),
    "a foreign dialect": (lambda d: d.update({"$schema": "http://json-schema.org/draft-07/schema#"}), "/$schema"),
    "no source": (lambda d: d.update({"x-sources": []}), "/x-sources"),
    "a source without tag": (lambda d: d["x-sources"][0].pop("verified"), "/x-sources/0/verified"),
    "a tag that is none": (lambda d: d["x-sources"][0].update(verified="surely"), "/x-sources/0/verified"),
    "a source that is not listed": (
        lambda d: d["$defs"]["prior-lines"].update({"x-source": ["nowhere"]}),
        "/$defs/prior-lines/x-source",
    ),
    "a criterion missing": (lambda d: d["$defs"].pop("fitness"), "/$defs"),
    "a criterion not asked for": (lambda d: d["allOf"].pop(), "/allOf"),
    "a criterion without title": (lambda d: d["$defs"]["fitness"].pop("title"), "/$defs/fitness/title"),
    "an example without statuses": (lambda d: d["x-examples"].append({"answers": {}, "expect": {}}), "/x-examples/"),
}


@pytest.mark.parametrize(("edit", "pointer"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_document_is_refused_with_its_place(criteria, edit, pointer):
    change(criteria, CARVYKTI, edit)

    assert any(document == CARVYKTI and found.startswith(pointer) for document, found in problems(criteria))


def test_a_broken_rule_is_refused_with_its_place(criteria):
    change(criteria, CARVYKTI, lambda d: d["$defs"]["prior-lines"]["allOf"][0].update({"pattern": "x"}))

    address = "urn:cart-screen:us-fda:carvykti-multiple-myeloma:2.0.0"
    assert problems(criteria) == {(address, "/$defs/prior-lines/allOf/0/pattern")}


def test_problems_of_several_files_are_listed_at_once(criteria):
    change(criteria, CARVYKTI, lambda d: d.pop("title"))
    change(criteria, "shared/fitness/1.0.0.json", lambda d: d.update({"$id": "urn:other"}))

    assert {(CARVYKTI, "/title"), ("shared/fitness/1.0.0.json", "/$id")} <= problems(criteria)


def test_an_indication_that_the_set_does_not_list_is_named(criteria):
    change(criteria, "sets/us-fda/set.json", lambda d: d["indications"].remove("carvykti-multiple-myeloma"))

    assert ("sets/us-fda/set.json", "/indications") in problems(criteria)


def test_files_that_are_no_json_are_refused(criteria):
    (criteria / CARVYKTI).write_text('{"title": "one", "title": "two"}')
    assert (CARVYKTI, "") in problems(criteria)
    (criteria / CARVYKTI).write_bytes(b"[" * 100_000)
    assert (CARVYKTI, "") in problems(criteria)
    (criteria / CARVYKTI).write_bytes(b" " * 3_000_000)
    assert (CARVYKTI, "") in problems(criteria)


def test_what_is_not_there_is_named(criteria, tmp_path):
    with pytest.raises(CriteriaUnknown, match="us-fda"):
        load_criteria("mars")
    with pytest.raises(CriteriaUnknown):
        load_criteria(tmp_path)
    (criteria / "answers" / "1.0.0.json").unlink()
    with pytest.raises(CriteriaMissing, match=r"answers.1\.0\.0\.json"):
        load_criteria(criteria / "sets" / "us-fda")

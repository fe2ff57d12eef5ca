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


def unreleased(criteria):
    """Make every document a draft, which may change."""
    (criteria / "releases.json").unlink(missing_ok=True)


def change(criteria, name, edit):
    unreleased(criteria)
    path = criteria / name
    document = json.loads(path.read_text())
    edit(document)
    path.write_text(json.dumps(document))


def problems(criteria, name="us-fda"):
    with pytest.raises(DocumentInvalid) as caught:
        load_criteria(criteria / "sets" / name)
    return {(problem.document, problem.pointer) for problem in caught.value.problems}


@pytest.mark.parametrize("name", ["us-fda", "eu-ema", "overview"])
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


def test_a_broken_rule_is_refused_with_its_place(criteria):
    change(criteria, CARVYKTI, lambda d: d["$defs"]["prior-lines"]["allOf"][0].update({"pattern": "x"}))

    assert problems(criteria) == {(CARVYKTI, "/$defs/prior-lines/allOf/0/pattern")}


def test_problems_of_several_files_are_listed_at_once(criteria):
    change(criteria, CARVYKTI, lambda d: d.pop("title"))
    change(criteria, "shared/fitness/1.0.0.json", lambda d: d.update({"$id": "urn:other"}))

    assert {(CARVYKTI, "/title"), ("shared/fitness/1.0.0.json", "/$id")} <= problems(criteria)


def test_an_indication_that_the_set_does_not_list_is_named(criteria):
    change(criteria, "sets/us-fda/set.json", lambda d: d["indications"].remove("carvykti-multiple-myeloma"))

    assert ("sets/us-fda/set.json", "/indications") in problems(criteria)


def test_what_is_not_there_is_named(criteria, tmp_path):
    with pytest.raises(CriteriaUnknown, match="us-fda"):
        load_criteria("mars")
    with pytest.raises(CriteriaUnknown):
        load_criteria(tmp_path)
    unreleased(criteria)
    (criteria / "answers" / "1.1.0.json").unlink()
    with pytest.raises(CriteriaMissing, match=r"answers.1\.1\.0\.json"):
        load_criteria(criteria / "sets" / "us-fda")


def test_a_set_may_not_have_the_name_that_addresses_shared_criteria(criteria):
    (criteria / "sets" / "overview").rename(criteria / "sets" / "shared")
    unreleased(criteria)

    assert ("sets/shared/set.json", "/id") in problems(criteria, "shared")

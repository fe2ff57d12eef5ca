"""Several criteria sets at once: the guidance under each, and where they differ."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cart_screen import load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.comparison import screen_under
from cart_screen.errors import AnswersInvalid, CriteriaAlike, CriteriaUnknown, DateInvalid
from cart_screen.model import CriterionId
from cart_screen.texts import Audience

BOTH = ["us-fda", "eu-ema"]
DAY = "2026-11-22"
MYELOMA = {"age_years": 60, "diagnosis": "multiple-myeloma", "disease_status": "relapsed", "prior_lines": 2}
ALL = {"age_years": 24, "diagnosis": "b-cell-acute-lymphoblastic-leukemia", "disease_status": "relapsed"}
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "answers").glob("*.json"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cart_screen", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_comparison_is_worded_for_whoever_reads_it() -> None:
    shown = screen_under(MYELOMA, BOTH, DAY).to_dict("en", Audience.CLINICIAN)
    for name in BOTH:
        assert shown["screenings"][name] == screen(MYELOMA, name, DAY).to_dict("en", Audience.CLINICIAN)
    assert shown["screenings"] != screen_under(MYELOMA, BOTH, DAY).to_dict()["screenings"]


def test_each_set_gives_what_it_gives_alone() -> None:
    compared = screen_under(MYELOMA, BOTH, DAY)

    for name, screening in compared.screenings.items():
        alone = screen(MYELOMA, name, DAY)
        assert screening.guidance == alone.guidance
        assert [use.statuses for use in screening.indications] == [use.statuses for use in alone.indications]


def test_a_use_that_both_have_is_named_where_a_criterion_differs() -> None:
    compared = screen_under({**MYELOMA, "progressed_on_last_therapy": False}, BOTH, DAY)
    abecma = next(use for use in compared.differences if use.use == "abecma-multiple-myeloma")

    assert abecma.criteria == (CriterionId.RELAPSED_REFRACTORY,)
    assert {name: statuses[CriterionId.RELAPSED_REFRACTORY] for name, statuses in abecma.statuses.items()} == {
        "us-fda": "met",
        "eu-ema": "not-met",
    }


def test_a_use_that_one_set_does_not_have_is_named() -> None:
    compared = screen_under({"age_years": 60, "diagnosis": "marginal-zone-lymphoma"}, BOTH, DAY)

    assert [use.use for use in compared.differences if use.statuses["eu-ema"] is None] == [
        "breyanzi-marginal-zone-lymphoma"
    ]


def test_a_use_for_another_disease_is_not_named() -> None:
    compared = screen_under(ALL, BOTH, DAY)

    assert {use.indication.disease for use in compared.differences} == {"b-cell-all"}


def test_different_guidance_is_said() -> None:
    young = {**ALL, "relapse_count": 1, "refractory_to_last_therapy": False, "relapsed_after_transplant": False}
    compared = screen_under(young, BOTH, DAY)

    assert not compared.same_guidance
    assert screen_under({"diagnosis": "hodgkin-lymphoma"}, BOTH, DAY).same_guidance


def test_what_differs_depends_on_the_date() -> None:
    marginal = {"age_years": 60, "diagnosis": "marginal-zone-lymphoma"}

    assert screen_under(marginal, BOTH, "2025-12-03").same_guidance
    assert not screen_under(marginal, BOTH, DAY).same_guidance


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_differences_are_exactly_the_possible_uses_whose_statuses_differ(path: Path) -> None:
    answers = json.loads(path.read_text("utf-8"))
    compared = screen_under(answers, BOTH, DAY)
    tables = [{use.indication.id: use for use in screen(answers, name, DAY).indications} for name in BOTH]
    expected = {
        id
        for id in tables[0].keys() | tables[1].keys()
        if any(id in table and table[id].is_possible for table in tables)
        and (not all(id in table for table in tables) or tables[0][id].statuses != tables[1][id].statuses)
    }

    assert {use.use for use in compared.differences} == expected


def test_its_json_form_holds_each_screening_and_each_difference() -> None:
    shown = screen_under(MYELOMA, BOTH, DAY).to_dict()

    assert shown["format"] == "cart-screen-comparison/1"
    assert list(shown["screenings"]) == BOTH
    assert shown["screenings"]["eu-ema"] == screen(MYELOMA, "eu-ema", DAY).to_dict()
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


def test_answers_stay_out_of_its_repr() -> None:
    assert repr(screen_under(MYELOMA, BOTH, DAY)) == "<Comparison of us-fda, eu-ema as of 2026-11-22>"


def test_a_set_of_ones_own_can_be_compared(tmp_path: Path) -> None:
    root = Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))
    compared = screen_under(MYELOMA, [load_criteria("us-fda"), root / "sets" / "eu-ema"], DAY)

    assert list(compared.screenings) == BOTH


@pytest.mark.parametrize(
    ("criteria", "day", "error"),
    [
        (["us-fda", "us-fda"], DAY, CriteriaAlike),
        (["us-fda", "none-such"], DAY, CriteriaUnknown),
        (BOTH, "soon", DateInvalid),
    ],
)
def test_wrong_sets_and_dates_are_refused(criteria: list[str], day: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        screen_under({}, criteria, day)


def test_wrong_answers_are_refused() -> None:
    with pytest.raises(AnswersInvalid, match="age_years"):
        screen_under({"age_years": -1}, BOTH, DAY)


def test_the_command_shows_both_and_where_they_differ(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"age_years": 60, "diagnosis": "marginal-zone-lymphoma"}), encoding="utf-8")
    shown = run("screen", str(file), "--criteria", "us-fda", "eu-ema", "--as-of", DAY)
    lines = shown.stdout.splitlines()

    assert shown.returncode == 0, shown.stderr
    assert "Uses approved by the US Food and Drug Administration" in lines
    assert "Uses approved in the European Union" in lines
    assert "Uses approved in the European Union: this set has no such use in force" in " ".join(shown.stdout.split())
    assert lines.index("Where the criteria sets differ") > lines.index("Uses approved in the European Union")


def test_the_command_prints_one_json_document(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(MYELOMA), encoding="utf-8")
    shown = run("screen", str(file), "--json", "--criteria", "us-fda", "--criteria", "eu-ema", "--as-of", DAY)

    assert json.loads(shown.stdout) == screen_under(MYELOMA, BOTH, DAY).to_dict()


def test_each_dictionary_converts_the_units_of_a_file_by_itself(tmp_path: Path) -> None:
    root = Path(shutil.copytree(own_criteria(), tmp_path / "criteria", ignore=shutil.ignore_patterns("releases.json")))
    path = root / "answers" / "1.1.0.json"
    dictionary = json.loads(path.read_text("utf-8"))
    # Here pounds are canonical and kilograms are accepted, so that 70 kg are stored as another number.
    unit = dictionary["properties"]["weight_kg"]["x-unit"]
    unit["accepted"] = [{"code": "kg", "divide": 0.45359237, "source": unit["accepted"][0]["source"]}]
    unit["code"] = "[lb_av]"
    path.write_text(json.dumps(dictionary), encoding="utf-8")
    file = tmp_path / "answers.json"
    answers = {"age_years": 60, "diagnosis": "multiple-myeloma", "weight_kg": 70}
    exchange = {"format": "cart-screen-answers/1", "answers": answers, "units": {"weight_kg": "kg"}}
    file.write_text(json.dumps(exchange), encoding="utf-8")
    own = str(root / "sets" / "eu-ema")

    both = json.loads(run("screen", str(file), "--json", "--as-of", DAY, "--criteria", "us-fda", own).stdout)
    alone = json.loads(run("screen", str(file), "--json", "--as-of", DAY, "--criteria", own).stdout)
    assert both["screenings"]["eu-ema"] == alone


@pytest.mark.parametrize("none", [[], ()])
def test_nothing_to_compare_is_refused(none: list[str]) -> None:
    with pytest.raises(CriteriaAlike, match="at least one"):
        screen_under({}, none, DAY)


def test_one_set_may_be_named_by_itself() -> None:
    assert list(screen_under({}, "eu-ema", DAY).screenings) == ["eu-ema"]


def test_the_command_takes_the_folder_of_ones_own_set(tmp_path: Path) -> None:
    root = shutil.copytree(own_criteria(), tmp_path / "criteria")
    shown = run("screen", "-", "--criteria", str(Path(root) / "sets" / "eu-ema"), "--json")

    assert shown.returncode == 65, "standard input is empty"
    assert "standard input" in shown.stderr

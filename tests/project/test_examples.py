"""Every example runs, and the example answers show what they promise."""

import json
import runpy
from pathlib import Path

import pytest

from cart_screen import screen

EXAMPLES = Path(__file__).parents[2] / "examples"

# Each file of answers with the guidance that it stands for, as of the day on which the criteria were written.
GUIDANCE = {
    "adult-b-all": ("discuss-match", None),
    "child-b-all": ("discuss-match", None),
    "child-large-b-cell-age": ("discuss-alternatives", "age"),
    "chronic-lymphocytic-leukemia": ("discuss-match", None),
    "contradictory": ("discuss-incomplete", "conflict"),
    "earlier-car-t-urgent": ("discuss-review", None),
    "follicular-lymphoma": ("discuss-match", None),
    "hodgkin-lymphoma": ("discuss-alternatives", "disease"),
    "large-b-cell-early-relapse": ("discuss-match", None),
    "large-b-cell-infection-review": ("discuss-review", None),
    "large-b-cell-late-relapse-near": ("discuss-alternatives", "near"),
    "large-b-cell-remission-not-now": ("discuss-alternatives", "not-now"),
    "large-b-cell-third-line-match": ("discuss-match", None),
    "large-b-cell-third-line-no-tests": ("discuss-label-match", None),
    "lymphoma-type-unknown": ("discuss-incomplete", "type"),
    "mantle-cell-lymphoma": ("discuss-match", None),
    "marginal-zone-lymphoma": ("discuss-match", None),
    "multiple-myeloma-dialysis-review": ("discuss-review", None),
    "multiple-myeloma-one-line": ("discuss-match", None),
    "nearly-empty": ("discuss-incomplete", "type"),
    "plain-words-only": ("discuss-match", None),
}


def test_every_file_of_answers_stands_in_the_table():
    assert {path.stem for path in (EXAMPLES / "answers").glob("*.json")} == set(GUIDANCE)


@pytest.mark.parametrize(("name", "expected"), GUIDANCE.items(), ids=GUIDANCE.keys())
def test_a_file_of_answers_gives_its_guidance(name, expected):
    answers = json.loads((EXAMPLES / "answers" / f"{name}.json").read_text())

    guidance = screen(answers, as_of="2026-11-22").guidance

    assert (guidance.code, guidance.because) == expected


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example_runs(path, capsys):
    runpy.run_path(str(path))["main"]()

    assert "discuss-" in capsys.readouterr().out

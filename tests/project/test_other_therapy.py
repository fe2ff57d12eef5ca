"""Another therapy in a directory of its own: loaded, screened, asked and shown without a line of code for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cart_screen import Questionnaire, load_criteria, screen
from cart_screen.answers.absent import AbsentReason

DIRECTORY = Path(__file__).parents[2] / "examples" / "other-therapy"
SET = DIRECTORY / "sets" / "us-bispecific-antibodies"
TODAY = "2026-11-23"
CRITERIA = load_criteria(SET)
POINTS = [
    *(point for use in CRITERIA.indications for point in use.criteria.values()),
    *CRITERIA.general.values(),
]
DOCUMENTS = {
    body["$id"]: body
    for path in [*DIRECTORY.glob("sets/*/*/*.json"), *DIRECTORY.glob("shared/*/*.json")]
    for body in [json.loads(path.read_text("utf-8"))]
}
EXAMPLES = [
    (address, place, example) for address, body in DOCUMENTS.items() for place, example in enumerate(body["x-examples"])
]

MYELOMA = {
    "urgent_symptoms": False,
    "age_years": 68,
    "diagnosis": "multiple-myeloma",
    "disease_status": "relapsed",
    "prior_lines": 4,
    "received_proteasome_inhibitor": True,
    "received_immunomodulatory_agent": True,
    "received_anti_cd38": True,
}
LYMPHOMA = {
    "urgent_symptoms": False,
    "age_years": 71,
    "diagnosis": "diffuse-large-b-cell-lymphoma",
    "disease_status": "refractory",
    "prior_lines": 2,
}
WELL = {
    "prior_bispecific": False,
    "donor_transplant": False,
    "active_infection": False,
    "sex": "male",
    "cns_lymphoma": False,
    "ecog": 1,
    "kidney_problem": False,
    "liver_problem": False,
    "heart_problem": False,
}

# Each person: answers, the guidance, why, and the points that it speaks of.
PEOPLE = {
    "myeloma, everything lines up": (MYELOMA | WELL, "discuss-match", None, []),
    "lymphoma, everything lines up": (LYMPHOMA | WELL, "discuss-match", None, []),
    "myeloma, health points open": (MYELOMA, "discuss-label-match", None, []),
    "lymphoma that arose from follicular lymphoma": (
        LYMPHOMA | {"diagnosis": "large-b-cell-lymphoma-from-follicular"},
        "discuss-label-match",
        None,
        [],
    ),
    "myeloma and an infection": (
        MYELOMA | WELL | {"active_infection": True},
        "discuss-review",
        None,
        ["active-infection"],
    ),
    "myeloma and a pregnancy": (
        MYELOMA | WELL | {"sex": "female", "pregnant": True},
        "discuss-review",
        None,
        ["pregnancy"],
    ),
    "myeloma, resting most of the day": (MYELOMA | WELL | {"ecog": 3}, "discuss-review", None, ["performance"]),
    "myeloma and a kidney problem": (MYELOMA | WELL | {"kidney_problem": True}, "discuss-review", None, ["kidney"]),
    "lymphoma once in the brain": (LYMPHOMA | {"cns_lymphoma": True}, "discuss-review", None, ["cns-lymphoma"]),
    "lymphoma after a donor transplant": (
        LYMPHOMA | WELL | {"donor_transplant": True},
        "discuss-review",
        None,
        ["donor-transplant"],
    ),
    "myeloma after three lines": (MYELOMA | {"prior_lines": 3}, "discuss-alternatives", "near", ["four-lines"]),
    "myeloma without an antibody against CD38": (
        MYELOMA | {"received_anti_cd38": False},
        "discuss-alternatives",
        "near",
        ["anti-cd38"],
    ),
    "lymphoma after one line": (LYMPHOMA | {"prior_lines": 1}, "discuss-alternatives", "near", ["two-lines"]),
    "myeloma in remission": (MYELOMA | {"disease_status": "remission"}, "discuss-alternatives", "not-now", []),
    "lymphoma not treated yet": (
        {"age_years": 71, "diagnosis": "diffuse-large-b-cell-lymphoma", "disease_status": "untreated"},
        "discuss-alternatives",
        "not-now",
        [],
    ),
    "a lymphoma that no use names": (
        LYMPHOMA | {"diagnosis": "other-large-b-cell-lymphoma"},
        "discuss-alternatives",
        "disease",
        [],
    ),
    "seventeen years old": (LYMPHOMA | {"age_years": 17}, "discuss-alternatives", "age", []),
    "the name of the cancer is not known": (
        {"age_years": 60, "disease_status": "relapsed", "prior_lines": 4},
        "discuss-incomplete",
        "type",
        [],
    ),
    "the number of lines is not known": (
        {"age_years": 60, "diagnosis": "multiple-myeloma", "disease_status": "relapsed"},
        "discuss-incomplete",
        None,
        [],
    ),
    "two answers that do not fit": (
        MYELOMA | {"prior_lines": 0, "disease_status": "untreated"},
        "discuss-incomplete",
        "conflict",
        [],
    ),
}


def run(*arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def interviewed(answers):
    """Answer what is asked, with what is known of a person; give the questionnaire and what was asked."""
    questionnaire = Questionnaire(criteria=CRITERIA, as_of=TODAY)
    asked = []
    while question := questionnaire.next_question:
        asked.append(question.id)
        if question.id in answers:
            questionnaire = questionnaire.answer(question.id, answers[question.id])
        else:
            questionnaire = questionnaire.answer_absent(question.id, AbsentReason.ASKED_UNKNOWN)
    return questionnaire, asked


@pytest.mark.parametrize(
    ("address", "place", "example"), EXAMPLES, ids=[f"{address}, {place}" for address, place, _ in EXAMPLES]
)
def test_example_of_a_document_holds(address, place, example):
    facts = screen(example["answers"], CRITERIA, TODAY).facts
    stated = {str(point.id): facts.finding(point) for point in POINTS if point.document == address}

    assert {id: str(stated[id].status) for id in example["expect"]} == example["expect"]
    if "cautions" in example:
        shown = [caution.id for id in example["expect"] for caution in stated[id].cautions]
        assert shown == example["cautions"]


@pytest.mark.parametrize(("answers", "code", "because", "points"), PEOPLE.values(), ids=PEOPLE)
def test_person_gets_the_right_guidance(answers, code, because, points):
    guidance = screen(answers, CRITERIA, TODAY).guidance

    assert (guidance.code, guidance.because, [point.key for point in guidance.points]) == (code, because, points)


@pytest.mark.parametrize("answers", [case[0] for case in PEOPLE.values()], ids=PEOPLE)
def test_nothing_that_is_shown_speaks_of_another_therapy(answers):
    shown = json.dumps(screen(answers, CRITERIA, TODAY).to_dict())

    assert "CAR T" not in shown
    assert "CAR-T" not in shown


def test_a_use_counts_from_its_day_on():
    codes = {
        day: (screen(MYELOMA, CRITERIA, day).guidance.code, screen(LYMPHOMA, CRITERIA, day).guidance.code)
        for day in ("2023-06-14", "2023-06-15", "2023-08-13", "2023-08-14")
    }

    assert codes == {
        "2023-06-14": ("discuss-no-criteria", "discuss-no-criteria"),
        "2023-06-15": ("discuss-alternatives", "discuss-label-match"),
        "2023-08-13": ("discuss-alternatives", "discuss-label-match"),
        "2023-08-14": ("discuss-label-match", "discuss-label-match"),
    }


def test_urgent_signs_after_such_an_antibody_call_for_the_team_that_gave_it():
    known = screen(MYELOMA | {"urgent_symptoms": True, "prior_bispecific": True}, CRITERIA, TODAY)
    unknown = screen(MYELOMA | {"urgent_symptoms": True}, CRITERIA, TODAY)

    assert known.words().urgent[0] == "Call the team that gave you the antibody, or emergency care, now"
    assert unknown.words().urgent[0] == "Get medical help now"


def test_interview_asks_only_what_the_disease_calls_for():
    myeloma, asked_of_myeloma = interviewed(MYELOMA | WELL)
    lymphoma, asked_of_lymphoma = interviewed(LYMPHOMA | WELL)

    assert myeloma.screening.guidance.code == lymphoma.screening.guidance.code == "discuss-match"
    assert asked_of_myeloma[0] == asked_of_lymphoma[0] == "urgent_symptoms"
    assert not {"cns_lymphoma", "donor_transplant"} & set(asked_of_myeloma)
    assert not {"received_anti_cd38", "ecog"} & set(asked_of_lymphoma)
    assert "pregnant" not in asked_of_myeloma


def test_interview_ends_where_nothing_is_known():
    questionnaire, asked = interviewed({})

    assert questionnaire.is_finished
    assert len(asked) == len(set(asked))
    assert (questionnaire.screening.guidance.code, questionnaire.screening.guidance.because) == (
        "discuss-incomplete",
        "type",
    )


def test_interview_stops_early_where_no_use_is_possible():
    questionnaire, asked = interviewed(LYMPHOMA | {"diagnosis": "follicular-lymphoma"})

    assert questionnaire.screening.guidance.because == "disease"
    assert asked == ["urgent_symptoms", "age_years", "diagnosis"]


def test_command_screens_a_file_under_the_folder_of_a_set():
    result = run("screen", "-", "--criteria", str(SET), "--as-of", TODAY, "--json", lines=json.dumps(MYELOMA | WELL))

    document = json.loads(result.stdout)
    assert result.returncode == 0, result.stderr
    assert document["criteria"]["set"] == "us-bispecific-antibodies"
    assert document["guidance"]["code"] == "discuss-match"
    assert document["guidance"]["indications"] == ["Elrexfio (elranatamab) for multiple myeloma"]


def test_command_asks_in_the_words_of_the_set():
    # No urgent signs, 71 years, follicular lymphoma: no use is possible, so nothing more is asked.
    result = run("ask", "--plain", "--criteria", str(SET), "--as-of", TODAY, lines="2\n71\n5\n1\n")

    assert result.returncode == 0, result.stderr
    assert "Elrexfio and Columvi: questions to go through before you talk with your doctor" in result.stdout
    assert "Ask your specialist about trials and other options" in result.stdout
    assert "CAR T" not in result.stdout


def test_documents_pass_the_checks_of_an_author():
    result = run("criteria", "check", str(DIRECTORY))

    assert result.returncode == 0, result.stdout + result.stderr


def test_directory_could_be_released_as_it_stands():
    result = run("criteria", "release", str(DIRECTORY), "--on", TODAY, "--dry-run")

    assert result.returncode == 0, result.stdout + result.stderr
    assert not (DIRECTORY / "releases.json").exists()

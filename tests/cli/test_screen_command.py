"""``cart-screen screen FILE`` as a whole process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
DATE = ["--as-of", "2026-11-22"]


def run(*arguments, data=None, **environment):
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", *arguments],
        input=data,
        capture_output=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def refused(result, code, *words):
    """Hold a refusal: the exit code, one sentence that names the trouble, no traceback, no output."""
    said = result.stderr.decode()
    assert result.returncode == code, said
    assert result.stdout == b""
    assert said.startswith("cart-screen: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    for word in words:
        assert word in said


def test_a_file_of_answers_gives_guidance_in_words():
    result = run("screen", str(ANSWERS / "large-b-cell-third-line-no-tests.json"), *DATE)

    assert result.returncode == 0
    assert b"Ask for a talk with a CAR T specialist now" in result.stdout
    assert result.stderr == b""


def test_json_output_is_one_document_and_nothing_else():
    result = run("screen", str(ANSWERS / "adult-b-all.json"), "--json", *DATE)

    document = json.loads(result.stdout)
    assert document["format"] == "cart-screen-screening/1"
    assert document["guidance"]["code"] == "discuss-match"
    assert document["criteria"]["set"] == "us-fda"
    assert document["criteria"]["as_of"] == "2026-11-22"
    assert document["criteria"]["draft"] is False
    assert any("not medical advice" in said for said in document["intended_use"])
    assert len(document["indications"]) == 17


def test_standard_input_is_read_for_a_dash():
    result = run("screen", "-", "--json", *DATE, data=b'{"cancer_group": "solid-tumor"}')

    assert json.loads(result.stdout)["guidance"]["code"] == "discuss-alternatives"


def test_another_criteria_set_can_be_chosen():
    result = run("screen", str(ANSWERS / "adult-b-all.json"), "--json", "--criteria", "overview", *DATE)

    assert json.loads(result.stdout)["criteria"]["set"] == "overview"


def test_a_date_before_the_set_begins_gives_no_criteria():
    result = run("screen", str(ANSWERS / "adult-b-all.json"), "--json", "--as-of", "2016-01-01")

    assert json.loads(result.stdout)["guidance"]["code"] == "discuss-no-criteria"
    assert json.loads(result.stdout)["findings"] == {}


def test_the_table_names_every_indication():
    result = run("screen", str(ANSWERS / "adult-b-all.json"), "--table", *DATE)

    assert result.stdout.count(b"Type of cancer:") == 17 + 1


BAD_INPUT = {
    "not JSON": (b"age is 61", ["not JSON", "line 1"]),
    "cut off": (b'{"age_years": 6', ["not JSON"]),
    "a list": (b"[1, 2]", ["a list"]),
    "a text": (b'"adult"', ["a text"]),
    "a number": (b"7", ["a number"]),
    "null": (b"null", ["null"]),
    "ten megabytes": (b'{"a": "' + b"x" * 10_000_000 + b'"}', ["too many"]),
    "deep nesting": (b'{"ecog": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ["nested"]),
    "a nested object": (b'{"ecog": {"value": 1}}', ["ecog", "an object"]),
    "unknown id": (b'{"ecogg": 1}', ["ecogg", "did you mean ecog"]),
    "a text for a number": (b'{"ecog": "1"}', ['ecog: found "1"', "0, 1, 2, 3, 4"]),
    "true for a number": (b'{"age_years": true}', ["age_years: found true", "from 0 to 120"]),
    "a number for a boolean": (b'{"pregnant": 0}', ["pregnant: found 0", "true or false"]),
    "NaN": (b'{"bilirubin": NaN}', ["NaN is no JSON number"]),
    "infinity": (b'{"bilirubin": Infinity}', ["Infinity"]),
    "a number beyond floats": (b'{"bilirubin": 1e999}', ["bilirubin"]),
    "too many digits": (b'{"prior_lines": ' + b"9" * 10_000 + b"}", ["too long"]),
    "negative": (b'{"prior_lines": -1}', ["prior_lines: found -1", "from 0 to 30"]),
    "half a year": (b'{"age_years": 61.5}', ["age_years: found 61.5", "whole number"]),
    "a derived answer": (b'{"performance_scale": "ecog"}', ["performance_scale", "a derived answer"]),
    "duplicate keys": (b'{"ecog": 1, "ecog": 2}', ['"ecog" is given twice']),
    "not UTF-8": (b'{"diagnosis": "\xff"}', ["not UTF-8"]),
    "UTF-16": ('{"ecog": 1}'.encode("utf-16"), ["not UTF-8"]),
    "empty": (b"", ["it is empty"]),
    "blanks": (b" \n\t ", ["it is empty"]),
    "another format": (b'{"format": "other/9", "answers": {}}', ["other/9"]),
    "an unknown reason": (
        b'{"format": "cart-screen-answers/1", "answers": {}, "absent": {"ecog": "lost"}}',
        ["ecog", "lost", "asked-unknown"],
    ),
}


@pytest.mark.parametrize(("data", "words"), BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_is_refused_with_one_clear_sentence(data, words):
    refused(run("screen", "-", data=data), 65, *words)


def test_every_problem_is_named_at_once():
    refused(run("screen", "-", data=b'{"ecog": 9, "agee": 1, "spo2": "x"}'), 65, "3 answers", "ecog", "agee", "spo2")


@pytest.mark.parametrize(
    "data", [b"{}", b'{"ecog": null, "age_years": null, "diagnosis": null}'], ids=["empty", "nulls"]
)
def test_an_empty_record_and_nulls_are_answers_that_are_still_open(data):
    result = run("screen", "-", "--json", *DATE, data=data)

    document = json.loads(result.stdout)
    assert document["guidance"]["code"] == "discuss-incomplete"
    assert {finding["status"] for finding in document["findings"].values()} == {"unknown"}


def test_null_for_every_question_is_still_open():
    dictionary = json.loads((ANSWERS.parents[1] / "criteria" / "answers" / "1.0.0.json").read_text())
    nulls = {id: None for id, entry in dictionary["properties"].items() if not entry.get("x-internal")}

    result = run("screen", "-", "--json", *DATE, data=json.dumps(nulls).encode())

    assert json.loads(result.stdout)["guidance"]["code"] == "discuss-incomplete"


def test_no_such_file_and_a_directory_are_named(tmp_path):
    refused(run("screen", str(tmp_path / "none.json")), 66, "none.json", "No such file")
    refused(run("screen", str(tmp_path)), 66, "directory")


def test_an_unknown_set_and_a_date_that_is_none_are_wrong_use():
    answers = str(ANSWERS / "adult-b-all.json")

    refused(run("screen", answers, "--criteria", "mars"), 2, "mars", "us-fda")
    refused(run("screen", answers, "--as-of", "yesterday"), 2, "yesterday", "2026-02-06")


def test_wrong_use_shows_how_to_use_it():
    result = run("screen")

    assert result.returncode == 2
    assert b"usage: cart-screen screen" in result.stderr


def test_a_full_disk_is_named():
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-P", "-m", "cart_screen", "screen", str(ANSWERS / "adult-b-all.json")],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    assert result.returncode == 74
    assert b"Cannot write the output" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_terminal_without_unicode_still_shows_everything():
    result = run("screen", str(ANSWERS / "plain-words-only.json"), PYTHONIOENCODING="ascii", LC_ALL="C")

    assert result.returncode == 0
    assert b"Traceback" not in result.stderr


def test_errors_never_repeat_more_of_an_answer_than_its_value():
    """A long text in a wrong place is cut, so that a log holds no letter of a record by accident."""
    result = run("screen", "-", data=json.dumps({"diagnosis": "secret " * 200}).encode())

    assert result.returncode == 65
    assert result.stderr.count(b"secret") < 12


def test_nothing_of_a_document_reaches_the_terminal_as_a_command_to_it():
    data = json.dumps({"\x1b[31mred\n": 1, "ecog": "\x1b]0;title\x07", "x" * 100_000: 1}).encode()

    result = run("screen", "-", data=data)

    refused(result, 65, "3 answers")
    assert b"\x1b" not in result.stderr
    assert len(result.stderr) < 2_000


def test_many_unknown_ids_are_counted_and_not_all_listed():
    result = run("screen", "-", data=json.dumps({f"id{n}": 1 for n in range(50_000)}).encode())

    refused(result, 65, "50000 answers", "and 49980 more")


@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [("<&-", "screen -", 66), ("<&-", "--plain", 65), (">&-", "screen -", 74), ("2>&-", "screen /none", 66)],
)
def test_a_closed_stream_ends_with_its_code_and_no_traceback(closed, arguments, code):
    command = f'"{sys.executable}" -P -m cart_screen {arguments} {closed}'

    result = subprocess.run(["bash", "-c", command], capture_output=True, input=b"{}", timeout=60, check=False)

    assert result.returncode == code
    assert b"Traceback" not in result.stderr + result.stdout
    assert b"went wrong" not in result.stderr


def exchange(**parts):
    return json.dumps({"format": "cart-screen-answers/1", **parts}).encode()


def test_a_value_in_another_unit_is_read_as_the_same_value():
    answers = {"age_years": 60, "sex": "male", "weight_kg": 154, "creatinine": 176.8}
    other = run(
        "screen",
        "-",
        "--json",
        *DATE,
        data=exchange(answers=answers, units={"creatinine": "umol/L", "weight_kg": "[lb_av]"}),
    )
    canonical = run(
        "screen",
        "-",
        "--json",
        *DATE,
        data=exchange(answers={**answers, "creatinine": 2.0, "weight_kg": 154 * 0.45359237}),
    )

    assert other.returncode == 0, other.stderr
    assert json.loads(other.stdout) == json.loads(canonical.stdout)


def test_a_unit_that_a_question_does_not_accept_is_named():
    data = exchange(answers={"creatinine": 133}, units={"creatinine": "mmol/L", "diagnosis": "kg"})

    refused(run("screen", "-", data=data), 65, "creatinine", "mmol/L", "mg/dL or µmol/L", "diagnosis")

"""The plain questionnaire over pipes, as a screen reader or a script meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cart_screen.answers.given import FORMAT
from cart_screen.inquiry import Depth
from cart_screen.questionnaire import Questionnaire
from cart_screen.saving.keeping import read_saved
from cart_screen.terminal.layout import spoken
from cart_screen.texts import Audience, Texts

from .agreement import told
from .modes import lines_of
from .processes import DATE, Ended, lines
from .sittings import EXAMPLES, answers_of, criteria, example, sitting

Plain = Callable[..., Ended]
PEOPLE = sorted(path.stem for path in EXAMPLES.glob("*.json"))
TEXTS = Texts(criteria())
ENDED = "cart-screen: The input ended before the questions did. Nothing was saved.\n"


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("person", PEOPLE)
def test_an_example_is_told_what_the_library_says(person: str, plain: Plain) -> None:
    turns, end = sitting(example(person))

    ended = plain([line for turn in turns for line in lines_of(turn)] + ["1"])

    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.endswith(told(end, spoken))


@pytest.mark.parametrize("audience", Audience)
def test_the_first_words_say_that_nothing_leaves_the_computer(audience: Audience, plain: Plain) -> None:
    shown = words(plain([], "--for", audience).output)

    assert re.search(r"Nothing (you type|typed here) leaves this computer\.", shown)


def test_a_start_of_its_own_does_what_a_forked_one_does(plain: Plain) -> None:
    """As ``python -m cart_screen``, from the beginning to the end of the process."""
    turns, _ = sitting(example("hodgkin-lymphoma"))
    typed = [line for turn in turns for line in lines_of(turn)] + ["1"]

    started = subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "--as-of", DATE],
        input=lines(*typed),
        capture_output=True,
        timeout=60,
        check=False,
    )

    forked = plain(typed)
    assert (started.returncode, started.stdout.decode(), started.stderr) == (forked.code, forked.output, b"")


def test_urgent_symptoms_are_asked_first_and_answered_at_once(plain: Plain) -> None:
    """The one question before all others is whether there was a CAR T before: then another team is called."""
    ended = plain(["1", "5"])

    assert ended.code == 65
    said = words(ended.output)
    assert said.index(TEXTS.get("urgent", "headline")) < said.index("How old are you")


def test_wrong_lines_are_refused_with_the_range_and_asked_again(plain: Plain) -> None:
    typed = ["2", "sixty", "-1", "121", "61.5", "1e2", "٦١", "", "6" * 100_000, "\x1b[2J", "61"]  # the sixth: Arabic 61

    ended = plain(typed)

    assert ended.output.count("Please type a whole number from 0 to 120 years.") == 9
    assert "What kind of cancer is it?" in ended.output


@pytest.mark.parametrize("line", ["0", "9", "-1", "1.0", "one", "", "99999999999", "k", "u", "2" * 100_000])
def test_a_choice_that_is_not_on_the_list_is_refused(line: str, plain: Plain) -> None:
    ended = plain([line, "2"])

    assert "Please type a number from 1 to 3" in ended.output
    assert "How old are you" in ended.output


def test_a_number_with_another_unit_is_converted_and_confirmed(plain: Plain, tmp_path: Path) -> None:
    """Out of range as it stands; the refusal says what to type, and that is read."""
    given = answers_of("large-b-cell-third-line-match", creatinine_clearance=None, weight_kg=70)
    (tmp_path / "given.json").write_text(json.dumps(given))

    said = words(plain(["133", "133 umol/L"], "--resume", "given.json").output)

    assert "A number alone means mg/dL. For another unit, type it after the number: umol/L." in said
    assert "You can also type it with its unit: 8.84 to 3536 µmol/L." in said
    assert "If that is your unit, type 133 umol/L." in said
    assert said.count("We read this as 1.5 mg/dL.") == 1


def test_end_of_input_at_every_question_ends_cleanly_and_loses_nothing(plain: Plain, tmp_path: Path) -> None:
    """One run after the other goes on from the file; a last line without its end is no answer."""
    turns, end = sitting(example("multiple-myeloma-one-line"))
    file = tmp_path / "saved.json"
    for number, turn in enumerate(turns):
        option = "--resume" if number else "--save"
        ended = plain([*(lines_of(turns[number - 1]) if number else ())], option, str(file))

        assert (ended.code, "What to do next" in ended.output) == (65, False)
        assert words(ended.errors) == (
            "cart-screen: The input ended before the questions did. Your answers are saved. "
            f"Go on later with: cart-screen --resume {file}"
        )
        assert read_saved(file).answers == turn.before.answers

    ended = plain([*lines_of(turns[-1]), "1"], "--resume", str(file))
    assert ended.output.endswith(told(end, spoken))
    assert read_saved(file).answers == end.answers


def test_a_last_line_without_its_end_is_no_answer(starter, tmp_path: Path) -> None:
    ended = starter.piped(b"2\n6", "--as-of", DATE, folder=tmp_path)

    assert (ended.code, ended.errors) == (65, ENDED)
    assert "What kind of cancer is it?" not in ended.output


def test_input_that_is_no_text_is_refused_as_any_other(starter, tmp_path: Path) -> None:
    ended = starter.piped(b"\xff\xfe\n2\n\x00\n61\n", "--as-of", DATE, folder=tmp_path)

    assert ended.code == 65
    assert "What kind of cancer is it?" in ended.output


@pytest.mark.parametrize(
    "document",
    [
        {"urgent_symptoms": False, "age_years": 61, "weight_kg": None},
        {
            "format": FORMAT,
            "answers": {"urgent_symptoms": False, "age_years": 61},
            "absent": {"weight_kg": "asked-unknown"},
        },
        {
            "format": FORMAT,
            "answers": {"urgent_symptoms": False, "age_years": 61, "creatinine": 132.6},
            "absent": {"weight_kg": "asked-unknown"},
            "units": {"creatinine": "umol/L"},
        },
    ],
    ids=["flat", "exchange", "with units"],
)
def test_answers_from_a_file_are_taken_up_and_the_file_is_left_as_it_is(
    document: dict, plain: Plain, tmp_path: Path
) -> None:
    file = tmp_path / "given.json"
    file.write_text(json.dumps(document))

    ended = plain(["3"], "--resume", str(file), "--save", str(tmp_path / "saved.json"))

    assert ended.code == 65
    assert "How old are you" not in ended.output
    assert json.loads(file.read_text()) == document
    found = read_saved(tmp_path / "saved.json").answers
    assert found.values == {
        "urgent_symptoms": False,
        "age_years": 61,
        "cancer_group": "myeloma",
        **({"creatinine": 1.5} if "units" in document else {}),
    }
    assert found.absent == {"weight_kg": "asked-unknown"}


def test_a_saved_sitting_goes_on_where_it_stopped_with_its_depth_and_its_audience(plain: Plain, tmp_path: Path) -> None:
    file = str(tmp_path / "saved.json")
    plain(["2", "40"], "--save", file, "--for", "clinician", "--depth", "complete")

    ended = plain([], "--resume", file)

    assert "Nothing is different since you saved." in ended.output
    assert "Disease group" in ended.output
    found = read_saved(tmp_path / "saved.json")
    assert (found.depth, found.audience) == (Depth.COMPLETE, "clinician")
    at = Questionnaire({"urgent_symptoms": False, "age_years": 40}, criteria(), DATE, depth=Depth.COMPLETE)
    assert f"Question 3, at most {at.progress.at_most - 1} more after it" in ended.output


@pytest.mark.parametrize(("options", "code"), [(["--save", "no/such/file"], 73), (["--save", "."], 73)])
def test_what_cannot_be_saved_is_said_before_the_first_question(options: list[str], code: int, plain: Plain) -> None:
    ended = plain([], *options)

    assert (ended.code, ended.output) == (code, "")
    assert ended.errors.startswith("cart-screen: Cannot create")


def test_another_sitting_is_never_saved_over(plain: Plain, tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    plain(["2", "40"], "--save", str(file))
    before = file.read_bytes()

    ended = plain(["2"], "--save", str(file))

    assert (ended.code, ended.output) == (73, "")
    assert file.read_bytes() == before

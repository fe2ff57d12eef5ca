"""How a verification and a rereading are shown: in words, in a terminal of any width, without a number that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cart_screen import Record, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.records.causes import CauseKind
from cart_screen.records.differences import Part
from cart_screen.records.rereading import UseChangeKind
from cart_screen.terminal.layout import spoken, underlined
from cart_screen.terminal.recorded import rereading, verification

from .worlds import AFTER, BEFORE, DAY, MADE, MYELOMA, added, edited, plain, signed, small, small_record

WORDS = json.loads((own_criteria() / "text" / "en.json").read_text("utf-8"))["terminal"]
ROUND_2 = "sets/small/round-cancer/2.0.0.json"


def flat(lines: Any) -> str:
    return " ".join(" ".join(lines).split())


def changed(**parts: Any) -> Record:
    document = plain(Record.of(screen(MYELOMA, as_of=BEFORE), MADE).to_dict())
    for path, value in parts.items():
        *steps, last = path.split("__")
        inner = document
        for step in steps:
            inner = inner[int(step) if isinstance(inner, list) else step]
        inner[last] = value
    return signed(document)


def test_the_same_is_said_in_one_sentence() -> None:
    said = list(verification(changed().verify(), underlined))

    assert said[0] == WORDS["record-same"]
    assert "2024-04-03" in flat(said)
    assert WORDS["record-what"] not in said
    assert flat(said).endswith(WORDS["closing"])
    assert set(said[1]) == {"-"}


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (
            {"screening__guidance__headline": "Buy now", "screening__guidance__code": "discuss-match"},
            "What to do next: then: Buy now; now: Ask for a CAR T opinion before the next treatment is chosen.",
        ),
        (
            {"screening__findings__fitness__status": "met"},
            "Fitness and safety: then: lines up; now: still open.",
        ),
        ({"screening__findings__fitness__awaiting": []}, "Fitness and safety: what it waits for."),
        ({"screening__findings__fitness__text": "Fine"}, "Fitness and safety: only the words."),
        ({"screening__findings__fitness__relevant": False}, "Fitness and safety: details."),
        ({"screening__findings": {}}, "Fitness and safety: only now."),
        (
            {"screening__indications__0__version": "0.9.0"},
            "for young people: then: version 0.9.0; now: version 1.0.0.",
        ),
        ({"screening__awaiting": ["ecog"]}, "Questions that are still open: details."),
        ({"screening__needed": [{"question": "ecog", "label": "x", "where": "y"}]}, "What is still open: details."),
        ({"screening__criteria__answers": "0.9.0"}, "What is said of the criteria: the version of the questions."),
        ({"screening__made_by": "somebody"}, "Other parts of the result: details."),
        ({"answers__answers__diagnosis": "rot"}, "Answers that can no longer be read: Exact type of cancer."),
    ],
)
def test_each_difference_is_a_line(parts: dict[str, Any], line: str) -> None:
    found = changed(**parts).verify()
    said = flat(verification(found, spoken))

    assert line.removeprefix("for young people: ") in said
    assert WORDS["record-words" if found.words_only else "record-differs"] in said


def test_every_part_and_every_cause_has_words() -> None:
    causes = {f"record-cause-{kind}" for kind in CauseKind}
    kinds = {f"reread-{kind}" for kind in UseChangeKind}

    assert causes | kinds <= WORDS.keys()
    assert {f"record-part-{part}" for part in (Part.RECORD, Part.ANSWERS, Part.AWAITING, Part.CRITERIA)} <= WORDS.keys()


def test_a_correction_is_shown_with_its_files(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    added(root, ROUND_2, "2.0.1")
    said = flat(verification(record.verify(root), spoken))

    assert f"This file is no longer in force on that day: {ROUND_2}" in said
    assert "Round cancer: then: version 2.0.0; now: version 2.0.1." in said


def test_then_and_now_stand_one_after_the_other() -> None:
    said = list(rereading(changed().reread(as_of=AFTER), underlined))

    assert [line for line in said if line.startswith(("Then", "Now"))] == [
        "Then, as of 2024-04-03",
        "Now, as of 2024-04-04",
    ]
    assert "  Ask for a CAR T opinion before the next treatment is chosen" in said
    assert "3. Treatments so far: then: a specialist should look; now: lines up" in said
    assert "1. Type of cancer: lines up, then and now" in said
    assert "      Treatments so far: then: a specialist should look; now: lines up." in said


def test_nothing_changed_is_said() -> None:
    said = flat(rereading(changed().reread(as_of=BEFORE), spoken))

    assert WORDS["reread-same"] in said
    assert WORDS["reread-uses-same"] in said


def test_urgent_words_and_answers_that_do_not_fit_stand_before_the_guidance() -> None:
    answers = {**MYELOMA, "urgent_symptoms": True, "sex": "male", "pregnant": True}
    said = flat(rereading(Record.of(screen(answers, as_of=BEFORE), MADE).reread(as_of=AFTER), spoken))
    now = said[said.index("Now, as of") :]
    words = screen(answers, as_of=AFTER).words()

    assert words.urgent
    assert words.conflicts
    assert now.index(words.urgent[0]) < now.index(words.conflicts[0]) < now.index(words.headline)


def test_a_day_without_criteria_compares_nothing() -> None:
    said = flat(rereading(changed().reread(as_of="2016-01-01"), spoken))
    never = Record.of(screen(MYELOMA, as_of="2016-01-01"), MADE).reread(as_of="2016-01-01")

    assert "Type of cancer: then: lines up; now: not compared" in said
    assert "for multiple myeloma: no longer in force." in said
    assert WORDS["findings"] not in flat(rereading(never, spoken))


def test_a_point_that_is_compared_with_no_use_is_said_to_be() -> None:
    record = Record.of(screen({"age_years": 60, "diagnosis": "hodgkin-lymphoma"}, as_of=BEFORE), MADE)
    said = flat(rereading(record.reread(as_of=DAY), spoken))

    assert "Fitness and safety: not compared, then and now" in said
    assert "Type of cancer: a specialist should look, then and now" in said


def test_answers_that_were_left_out_and_another_dictionary_are_said() -> None:
    record = changed(
        answers__answers__diagnosis="rot", answers__answers__shoe_size=44, screening__criteria__answers="0.9.0"
    )
    said = flat(rereading(record.reread(as_of=DAY), spoken))

    assert "This is no longer asked: shoe_size." in said
    assert "so this one was not read: Exact type of cancer." in said
    assert WORDS["reread-another-major"] in said
    assert "Then: 0.9.0." in said


def test_another_set_is_named_then_and_now() -> None:
    said = flat(rereading(changed().reread("eu-ema", DAY), spoken))

    assert said.index("Uses approved by the US Food and Drug") < said.index("Uses approved in the European Union")
    assert "for multiple myeloma: read from another document." in said


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_lines_keep_to_the_width(columns: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    root = small(tmp_path)
    record = small_record(root)
    edited(root / ROUND_2, lambda body: body.update(title="Round cancer with a long title " * 5))
    for said in (
        verification(record.verify(root), underlined),
        rereading(record.reread(root, DAY), underlined),
        rereading(changed().reread(as_of=DAY), underlined),
    ):
        for line in "\n".join(said).splitlines():
            # The path of a file is never broken, so that it can be copied.
            assert len(line) <= columns or "/" in line.split()[-1], line

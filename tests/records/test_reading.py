"""Reading a record: hostile input ends in a clear error, and nothing is coerced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cart_screen import Record, screen
from cart_screen.records.errors import RecordInvalid, RecordMissing, RecordUnreadable

from .worlds import BEFORE, MADE, MYELOMA

SOUND = Record.of(screen({**MYELOMA, "weight_kg": 70}, as_of=BEFORE), MADE).to_dict()
TEXT = json.dumps(SOUND)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not JSON at line 1"),
        (b"age is 61", "not JSON at line 1"),
        (TEXT.encode()[:-1], "not JSON"),
        (TEXT.encode() + b"{}", "Extra data"),
        (TEXT.replace('"prior_lines": 2', '"prior_lines": NaN', 1).encode(), "NaN is no JSON number"),
        (TEXT.replace('"prior_lines": 2', '"prior_lines": -Infinity', 1).encode(), "-Infinity is no JSON number"),
        (TEXT.replace('"prior_lines": 2', '"prior_lines": 2, "prior_lines": 4', 1).encode(), "given twice"),
        (TEXT.replace('"prior_lines": 2', f'"prior_lines": {"9" * 10_000}', 1).encode(), "too long"),
        (b'{"format": ' + b"[" * 200_000, "nested too deeply"),
        (b'{"a": "' + b"x" * 6_000_000 + b'"}', "more than 5,000,000 bytes"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (TEXT.encode("utf-16"), "not UTF-8"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_bytes_that_are_no_record_are_refused_and_say_why(text: bytes, said: str) -> None:
    with pytest.raises(RecordUnreadable) as refused:
        Record.read(text)

    assert said in str(refused.value)
    assert str(refused.value).endswith("has written and that was not changed since.")
    assert len(str(refused.value)) < 300


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give the sound record with the value at a path changed, or taken away where it is ``...``."""
    document: dict[str, Any] = json.loads(TEXT)
    *steps, last = path.split("/")
    inner: Any = document
    for step in steps:
        inner = inner[int(step) if isinstance(inner, list) else step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("format", "cart-screen-record/2", '/format must be one of "cart-screen-record/1"'),
        ("format", ..., "/format must be this key"),
        ("more", 1, "/more must be only the keys of the format"),
        ("as_of", "2026-02-30", "/as_of must be a day of the calendar"),
        ("as_of", "yesterday", "/as_of must be a day of the calendar"),
        ("made", "2026-11-22T09:30:00", "/made must be a day and time with its zone"),
        ("criteria", "../us-fda", "/criteria must be small letters"),
        ("shipped", 1, "/shipped must be true or false"),
        ("documents", {"../../etc/passwd": "0" * 64}, "a path below the criteria directory"),
        ("documents", {"a.json": "0"}, "64 hexadecimal digits"),
        ("digest", "0", "/digest must be 64 hexadecimal digits"),
        ("answers/answers/prior_lines", None, "/answers/answers/prior_lines must be a text, a number, true or false"),
        ("answers/answers/prior_lines", [2], "/answers/answers/prior_lines must be a text, a number, true or false"),
        ("answers/answers/prior_lines", float("nan"), "/answers/answers/prior_lines must be a number that JSON has"),
        ("answers/answers/prior_lines", 2**60, "/answers/answers/prior_lines must be a text, a number"),
        ("answers/absent/prior_lines", "asked-unknown", "/answers/absent/prior_lines must be one of the two"),
        ("answers/absent/anc", "lost", "/answers/absent/anc must be one of"),
        ("answers/units/diagnosis", "kg", "/answers/units/diagnosis must be the unit of a number"),
        ("answers/units/anc", "kg", "/answers/units/anc must be the unit of a number"),
        ("screening/guidance/code", "eligible", "/screening/guidance/code must be one of"),
        ("screening/findings/fitness/status", "failed", "/screening/findings/fitness/status must be one of"),
        ("screening/audience", "dog", "/screening/audience must be one of"),
        ("screening/language", "\ud800", "/screening/language must be text in whole characters"),
        ("screening", {}, "/screening/format must be this key"),
    ],
)
def test_a_document_that_breaks_the_format_is_refused_with_its_place(path: str, value: Any, said: str) -> None:
    with pytest.raises(RecordInvalid) as refused:
        Record.read(changed(path, value))

    assert said in str(refused.value)


@pytest.mark.parametrize("document", [[], None, 7, "record", {}, True], ids=repr)
def test_what_is_no_object_is_refused(document: Any) -> None:
    with pytest.raises((RecordInvalid, RecordUnreadable)):
        Record.read(json.dumps(document).encode())
    with pytest.raises((RecordInvalid, RecordUnreadable)):
        Record.read(document)


def test_too_deep_and_too_many_are_refused() -> None:
    deep: Any = 1
    for _ in range(5_000):
        deep = [deep]
    many = {f"q{number}": number for number in range(30_000)}

    with pytest.raises(RecordInvalid, match="at most"):
        Record.read(changed("screening/guidance/says", deep))
    with pytest.raises(RecordInvalid, match="at most"):
        Record.read(changed("answers/answers", many))


def test_an_answer_stays_out_of_the_message_and_the_repr() -> None:
    with pytest.raises(RecordInvalid) as refused:
        Record.read(changed("answers/answers/diagnosis", ["a secret"]))

    assert "secret" not in str(refused.value) + repr(refused.value)


def test_nothing_is_coerced() -> None:
    record = Record.read(changed("answers/answers/prior_lines", "2"))

    assert record.answers.values["prior_lines"] == "2"
    assert not record.verify().same


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.json", "No such file"), (tmp_path, "directory"), (Path("a\0b"), "no name")):
        with pytest.raises(RecordMissing, match=why):
            Record.read(path)

"""Verifying: a record comes out the same right after it was made, and whatever was changed is found and explained."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import Answers, Record, load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import CriteriaUnknown, LanguageUnknown, ReleaseChanged
from cart_screen.records.causes import Cause, CauseKind
from cart_screen.records.differences import Change, Difference, Part, differences
from cart_screen.records.errors import CriteriaNotAtHand, RecordInvalid, RecordUnreadable
from cart_screen.version import VERSION

from .worlds import (
    BEFORE,
    DAY,
    MADE,
    MYELOMA,
    OTHER_THERAPY,
    ROUND,
    added,
    copied,
    edited,
    plain,
    released,
    signed,
    small,
    small_record,
)

ROUND_2 = "sets/small/round-cancer/2.0.0.json"
FITNESS = "shared/fitness/1.0.0.json"


def kinds(found: Any) -> list[tuple[str, str | None]]:
    return [(str(cause.kind), cause.path) for cause in found.causes]


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of every value in a document that is no object and no list."""
    if isinstance(node, dict | list):
        for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from places(inner, (*path, key))
    else:
        yield path


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = plain(document)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


# ---- What was not changed comes out the same


@pytest.mark.parametrize("criteria", ["us-fda", "eu-ema", "overview"])
@strategies.examples(20)
@given(data=st.data())
def test_a_record_comes_out_the_same_right_after_it_was_made(criteria: str, data: st.DataObject) -> None:
    answers = data.draw(strategies.stated_answers("overview" if criteria == "overview" else "us-fda"))
    day = data.draw(st.sampled_from(["2016-01-01", "2024-04-03", "2025-12-01", DAY]))
    audience = data.draw(st.sampled_from(["patient", "child", "clinician"]))
    record = Record.of(screen(answers, criteria, day), MADE, audience=audience)
    again = Record.read(json.dumps(record.to_dict(), allow_nan=False).encode())

    found = again.verify()

    assert again == record
    assert again.answers == answers
    assert (found.same, found.differences, found.causes) == (True, (), ())
    assert plain(found.now) == record.screening


@cache
def own_answers(root: Path) -> st.SearchStrategy[dict[str, Any]]:
    """Draw answers to some questions of a directory's own dictionary."""
    questions = load_criteria(root).reading.dictionary.questions.values()
    return st.fixed_dictionaries(
        {},
        optional={
            question.id: st.booleans()
            if question.kind == "boolean"
            else st.sampled_from(question.choices)
            if question.choices
            else st.integers(int(question.minimum or 0), int(question.maximum or 0))
            for question in questions
            if not question.internal
        },
    )


@pytest.fixture(scope="module")
def root_of_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("small"))


@strategies.examples(15)
@given(data=st.data())
def test_so_does_one_of_a_directory_of_ones_own(root_of_small: Path, data: st.DataObject) -> None:
    root = data.draw(st.sampled_from([root_of_small, OTHER_THERAPY]))
    record = small_record(root, answers=data.draw(own_answers(root)))

    found = Record.read(plain(record.to_dict())).verify(root)

    assert (found.same, found.causes) == (True, ())


def test_nothing_differs_where_numbers_are_written_otherwise() -> None:
    """Another program may write 2.0 as 2; it may not write true as 1."""
    record = Record.of(screen({**MYELOMA, "weight_kg": 70.0, "pregnant": True}, as_of=BEFORE), MADE)
    document = plain(record.to_dict())
    document["answers"]["answers"] |= {"weight_kg": 70, "prior_lines": 2.0}

    assert Record.read(document).verify().same
    document["answers"]["answers"]["pregnant"] = 1
    assert not Record.read(document).verify().same


# ---- What was changed is found


@cache
def sound() -> dict[str, Any]:
    answers = Answers({**MYELOMA, "sex": "female", "ecog": 1, "bilirubin": 3.5}, {"anc": "asked-unknown"})
    return plain(Record.of(screen(answers, as_of=BEFORE), MADE).to_dict())


@strategies.examples(80)
@given(data=st.data())
def test_any_byte_that_is_changed_is_found_or_refused(data: st.DataObject) -> None:
    text = bytearray(json.dumps(sound()).encode())
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] = data.draw(st.integers(32, 126).filter(lambda byte: byte != text[place]))
    try:
        record = Record.read(bytes(text))
        found = record.verify()
    except (RecordInvalid, RecordUnreadable, CriteriaNotAtHand, LanguageUnknown):
        return

    # A blank that was moved, and 0.0 for 0, say the same as before.
    assert not found.same or record.to_dict() == sound()


@strategies.examples(50)
@given(data=st.data())
def test_a_result_that_was_changed_with_care_is_found_all_the_same(data: st.DataObject) -> None:
    """Whoever makes the digest fit again is found out by reading the answers again."""
    path = data.draw(st.sampled_from(sorted(places(sound()["screening"]), key=str)))
    value = data.draw(st.sampled_from(["met", "unknown", "x", 0, 1, True, None, "2026-11-22", "discuss-match", "met "]))
    changed = with_value(sound(), ("screening", *path), value)
    if changed == sound():
        return
    try:
        found = signed(changed).verify()
    except (RecordInvalid, LanguageUnknown):
        return

    assert not found.same
    assert [cause.kind for cause in found.causes] == [CauseKind.UNEXPLAINED]


@pytest.mark.parametrize(
    ("answer", "value"), [("prior_lines", 4), ("diagnosis", "follicular-lymphoma"), ("bilirubin", 1)]
)
def test_so_is_an_answer_that_decides(answer: str, value: Any) -> None:
    assert not signed(with_value(sound(), ("answers", "answers", answer), value)).verify().same


def test_a_part_that_nothing_rests_on_is_held_by_the_digest() -> None:
    for path, value in (
        (("answers", "answers", "sex"), "male"),
        (("answers", "absent", "anc"), "asked-declined"),
        (("made",), "2025-01-01T00:00:00Z"),
        (("notice",), "Nothing."),
    ):
        found = Record.read(with_value(sound(), path, value)).verify()

        assert found.differences[0] == Difference(Part.RECORD)
        assert found.causes[0] == Cause(CauseKind.RECORD_CHANGED)


def test_each_part_is_named_with_what_differs_in_it() -> None:
    then = sound()["screening"]
    changes: list[tuple[tuple[Any, ...], Any, Difference]] = [
        (("guidance", "code"), "discuss-match", Difference(Part.GUIDANCE, keys=("code",))),
        (("guidance", "headline"), "Other", Difference(Part.GUIDANCE, keys=("headline",), words_only=True)),
        (
            ("findings", "prior-lines", "status"),
            "met",
            Difference(Part.FINDING, "prior-lines", keys=("status",)),
        ),
        (
            ("findings", "prior-lines", "reasons", 0, "text"),
            "Other",
            Difference(Part.FINDING, "prior-lines", keys=("reasons",), words_only=True),
        ),
        (
            ("findings", "prior-lines", "reasons", 0, "recoverable"),
            True,
            Difference(Part.FINDING, "prior-lines", keys=("reasons",)),
        ),
        (
            ("indications", 0, "statuses", "fitness"),
            "met",
            Difference(Part.USE, then["indications"][0]["indication"], keys=("statuses",)),
        ),
        (("awaiting",), ["ecog"], Difference(Part.AWAITING)),
        (
            ("needed",),
            [{"question": "ecog", "label": "x", "where": "y"}],
            Difference(Part.NEEDED),
        ),
        (("conflicts",), [{"conflict": "x", "text": "x", "questions": []}], Difference(Part.CONFLICTS)),
        (("criteria", "answers"), "0.9.0", Difference(Part.CRITERIA, keys=("answers",))),
        (("criteria", "cautions"), [], Difference(Part.CRITERIA, keys=("cautions",), words_only=True)),
        (("intended_use",), ["Other"], Difference(Part.SCREENING, keys=("intended_use",), words_only=True)),
        (("made_by",), "somebody", Difference(Part.SCREENING, keys=("made_by",))),
        (("findings",), {}, None),
    ]
    for path, value, expected in changes:
        found = differences(then, with_value(then, path, value))
        if expected is None:
            assert [(one.part, one.change) for one in found] == [(Part.FINDING, Change.WENT)] * 5
        else:
            assert found == (expected,)


def test_a_key_that_is_not_there_is_another_than_null() -> None:
    then = sound()["screening"]
    now = plain(then)
    del now["guidance"]["urgency"]

    assert then["guidance"]["urgency"] is None
    assert differences(then, now) == (Difference(Part.GUIDANCE, keys=("urgency",)),)


def test_uses_that_came_went_or_stand_twice_or_in_another_order_are_found() -> None:
    then = sound()["screening"]
    first, *rest = then["indications"]

    def now(uses: list[Any]) -> tuple[Difference, ...]:
        return differences(then, {**then, "indications": uses})

    assert now(rest) == (Difference(Part.USE, first["indication"], Change.WENT),)
    assert differences({**then, "indications": rest}, then) == (Difference(Part.USE, first["indication"], Change.CAME),)
    assert now([*rest, first]) == now([first, first, *rest]) == (Difference(Part.SCREENING, keys=("indications",)),)


# ---- Why it differs


def test_another_version_of_the_library_is_named_and_is_no_difference_by_itself() -> None:
    document = sound()
    older = {**document, "library": "0.0.9", "screening": {**document["screening"], "made_by": "cart-screen 0.0.9"}}
    found = signed(older).verify()

    assert found.same
    assert found.causes == (Cause(CauseKind.LIBRARY, then="0.0.9", now=VERSION),)


def test_a_document_that_was_changed_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)

    def more_lines(body: dict[str, Any]) -> None:
        body["$defs"]["prior-lines"]["properties"]["lines"]["minimum"] = 3
        for example in body["x-examples"]:
            example.pop("expect", None)
        body["x-examples"] = [
            {"answers": {"lines": lines} if lines else {}, "expect": {"prior-lines": status}}
            for lines, status in ((3, "met"), (2, "not-met"), (None, "unknown"))
        ]

    edited(root / ROUND_2, more_lines)
    found = record.verify(root)

    assert kinds(found) == [("document-changed", ROUND_2)]
    assert {(one.part, one.of) for one in found.differences} >= {
        (Part.GUIDANCE, None),
        (Part.FINDING, "prior-lines"),
        (Part.USE, "round-cancer"),
    }
    assert found.causes[0].then == record.documents[ROUND_2] != found.causes[0].now


def test_a_released_document_that_was_changed_is_refused(tmp_path: Path) -> None:
    root = small(tmp_path)
    released(root)
    record = small_record(root)
    edited(root / ROUND_2, lambda body: body.update(title="Other"))

    with pytest.raises(ReleaseChanged, match=r"round-cancer/2\.0\.0\.json"):
        record.verify(root)


def test_words_that_were_changed_are_named_and_are_words_only(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)

    def other_words(body: dict[str, Any]) -> None:
        body["guidance"]["discuss-match"]["headline"] = "Please talk with a specialist"

    edited(root / "text" / "en.json", other_words)
    found = record.verify(root)

    assert kinds(found) == [("document-changed", "text/en.json")]
    assert found.words_only
    assert not found.same


def test_a_correction_that_was_added_later_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    added(root, ROUND_2, "2.0.1", title="Round cancer, corrected")
    found = record.verify(root)

    assert kinds(found) == [("document-not-read", ROUND_2), ("document-new", "sets/small/round-cancer/2.0.1.json")]
    assert Difference(Part.USE, "round-cancer", keys=("version", "document", "title")) in found.differences


def test_a_withdrawal_that_was_added_later_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    added(root, ROUND_2, "3.0.0", **{"x-withdrawn": True, "x-effective": {"from": "2026-01-01"}})
    found = record.verify(root)

    assert kinds(found) == [("document-not-read", ROUND_2), ("document-new", "sets/small/round-cancer/3.0.0.json")]
    assert Difference(Part.USE, "round-cancer", Change.WENT) in found.differences


def test_a_later_version_with_a_later_day_changes_nothing(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    added(root, ROUND_2, "3.0.0", **{"x-effective": {"from": "2027-01-01"}})

    assert (record.verify(root).same, record.verify(root).causes) == (True, ())


def test_a_new_minor_of_the_dictionary_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    added(root, "answers/1.0.0.json", "1.1.0")
    edited(root / "sets" / "small" / "set.json", lambda body: body.update(answers="1.1.0"))
    found = record.verify(root)

    assert kinds(found) == [
        ("document-not-read", "answers/1.0.0.json"),
        ("document-new", "answers/1.1.0.json"),
        ("document-changed", "sets/small/set.json"),
    ]
    assert found.differences == (Difference(Part.CRITERIA, keys=("answers",)),)


def test_a_document_that_is_gone_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    (root / ROUND_2).unlink()
    found = record.verify(root)

    assert kinds(found) == [("document-new", "sets/small/round-cancer/1.0.0.json"), ("document-gone", ROUND_2)]
    assert not found.same


def test_a_draft_that_was_released_since_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    released(root)
    found = record.verify(root)

    assert record.screening["criteria"]["draft"]
    assert kinds(found) == [("released", None)]
    assert Difference(Part.CRITERIA, keys=("draft", "cautions")) in found.differences


def test_answers_that_are_not_allowed_any_more_are_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    edited(root / "answers" / "1.0.0.json", lambda body: body["properties"]["age_years"].update(maximum=39))
    found = record.verify(root)

    assert found.differences == (Difference(Part.ANSWERS, keys=("age_years",)),)
    assert found.now is None
    assert kinds(found) == [("document-changed", "answers/1.0.0.json")]


def test_a_language_that_is_not_there_is_refused_before_any_file_is_looked_for() -> None:
    changed = with_value(sound(), ("screening", "language"), "../../../etc/passwd")

    with pytest.raises(LanguageUnknown):
        Record.read(changed).verify()
    with pytest.raises(LanguageUnknown):
        Record.read(with_value(changed, ("answers", "answers", "diagnosis"), "rot")).verify()
    assert Record.read(changed).reread(as_of=DAY).language == "en"


# ---- Which criteria it is held against


def test_a_set_from_a_directory_must_be_named(tmp_path: Path) -> None:
    record = small_record(small(tmp_path))

    with pytest.raises(CriteriaNotAtHand, match="'small' is from a directory of your own"):
        record.verify()
    with pytest.raises(CriteriaUnknown):
        record.verify(tmp_path / "none")
    with pytest.raises(CriteriaUnknown):
        record.verify(OTHER_THERAPY)


def test_a_set_of_the_same_name_as_one_that_ships_is_read_with_a_warning(tmp_path: Path) -> None:
    root = copied(own_criteria(), tmp_path)
    edited(root / "sets" / "overview" / "set.json", lambda body: body.update(title="Our own overview"))
    record = Record.of(screen(MYELOMA, root / "sets" / "overview", DAY), MADE, criteria=root)

    assert record.verify(root).same
    assert kinds(record.verify()) == [("own-directory", None), ("document-changed", "sets/overview/set.json")]
    assert record.verify().differences == (Difference(Part.CRITERIA, keys=("title",)),)


def test_a_set_that_ships_no_more_is_a_clear_error() -> None:
    document = with_value(sound(), ("criteria",), "us-old")

    with pytest.raises(CriteriaNotAtHand, match=f"came with cart-screen {VERSION} and does not come with this version"):
        signed(document).verify()
    with pytest.raises(CriteriaNotAtHand, match="does not come with this version"):
        signed(document).reread()


def test_a_copy_of_what_ships_may_be_named(tmp_path: Path) -> None:
    root = Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))

    assert Record.read(sound()).verify(root).same


def test_its_json_form_holds_everything() -> None:
    shown = Record.read(with_value(sound(), ("answers", "answers", "prior_lines"), 4)).verify().to_dict()

    assert shown["format"] == "cart-screen-verification/1"
    assert shown["record"] == {
        "made": "2026-11-22T09:30:00Z",
        "library": VERSION,
        "criteria": "us-fda",
        "as_of": BEFORE,
    }
    assert (shown["same"], shown["words_only"]) == (False, False)
    assert shown["differences"][0] == {
        "part": "record",
        "of": None,
        "change": "changed",
        "keys": [],
        "words_only": False,
    }
    assert shown["causes"] == [{"cause": "record-changed", "path": None, "then": None, "now": None}]
    assert shown["now"]["guidance"]["code"] == "discuss-review"
    assert plain(shown) == shown


def test_the_small_person_lines_up(tmp_path: Path) -> None:
    """So that a planted fault has something to change."""
    assert screen(ROUND, small(tmp_path), DAY).guidance.code == "discuss-match"

"""Rereading: the same answers under the criteria of another day, and which documents made the difference."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import Record, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import CriteriaUnknown, DateInvalid
from cart_screen.ladder import Status
from cart_screen.model import CriterionId
from cart_screen.records.errors import CriteriaNotAtHand
from cart_screen.records.rereading import UseChangeKind

from .worlds import AFTER, BEFORE, DAY, MADE, MYELOMA, added, copied, edited, plain, signed, small, small_record

ROUND_2 = "sets/small/round-cancer/2.0.0.json"


def test_the_person_of_the_readme_hears_what_changed_from_one_day_to_the_next() -> None:
    found = Record.of(screen(MYELOMA, as_of=BEFORE), MADE).reread(as_of=AFTER)

    assert found.guidance == (("discuss-alternatives", "near"), ("discuss-label-match", None))
    assert {finding.criterion: (finding.then, finding.now) for finding in found.findings}[CriterionId.PRIOR_LINES] == (
        Status.NOT_MET,
        Status.MET,
    )
    assert [(use.use, use.kind, use.is_possible) for use in found.uses] == [
        ("abecma-multiple-myeloma", UseChangeKind.CHANGED, True)
    ]
    (abecma,) = found.uses
    assert abecma.then is not None
    assert abecma.now is not None
    assert (abecma.then.version, abecma.now.version) == ("1.0.0", "2.0.0")
    assert abecma.documents == ("sets/us-fda/abecma-multiple-myeloma/2.0.0.json",)
    assert not found.same


def test_the_other_way_round_says_the_opposite() -> None:
    found = Record.of(screen(MYELOMA, as_of=AFTER), MADE).reread(as_of=BEFORE)

    assert found.guidance == (("discuss-label-match", None), ("discuss-alternatives", "near"))
    assert found.uses[0].documents == ("sets/us-fda/abecma-multiple-myeloma/1.0.0.json",)


@strategies.examples(25)
@given(data=st.data())
def test_the_two_sides_are_those_of_two_screenings(data: st.DataObject) -> None:
    """Then is what the record says, now is what a screening says today, and nothing between them is left out."""
    days = st.sampled_from(["2016-01-01", "2018-06-01", BEFORE, AFTER, "2025-12-01", DAY])
    then, now = data.draw(days), data.draw(days)
    answers = data.draw(strategies.stated_answers("us-fda"))
    before, after = (screen(answers, as_of=day) for day in (then, now))
    found = Record.read(plain(Record.of(before, MADE).to_dict())).reread(as_of=now)

    assert found.now.to_dict() == after.to_dict()
    assert [code for code, _ in found.guidance] == [before.guidance.code, after.guidance.code]
    assert {finding.criterion: finding.then for finding in found.findings if finding.then} == {
        id: finding.status for id, finding in before.findings.items()
    }
    read = [
        {one.indication.id: (one.indication.version, dict(one.statuses)) for one in both.indications}
        for both in (before, after)
    ]
    assert {use.use for use in found.uses} == {
        id for id in {**read[0], **read[1]} if read[0].get(id) != read[1].get(id)
    }
    for use in found.uses:
        assert [(one.version, dict(one.statuses)) if one else None for one in (use.then, use.now)] == [
            one.get(use.use) for one in read
        ]
        assert use.kind is not UseChangeKind.READ_OTHERWISE
        assert bool(use.documents) == (use.now is not None)
    assert (then != now) or found.same


def test_a_use_that_came_and_one_that_was_withdrawn_are_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root, "2020-04-01")
    edited(root / ROUND_2, lambda body: body.update({"x-withdrawn": True}))
    found = record.reread(root, DAY)
    (gone,) = (use for use in found.uses if use.use == "round-cancer")

    assert (gone.kind, gone.now) == (UseChangeKind.WENT, None)
    assert gone.documents == (ROUND_2,)
    back = small_record(root, DAY).reread(root, "2020-04-01")
    assert [(use.use, use.kind, use.documents) for use in back.uses] == [
        ("round-cancer", UseChangeKind.CAME, ("sets/small/round-cancer/1.0.0.json",)),
        ("square-cancer", UseChangeKind.WENT, ()),
    ]


def test_the_same_document_may_be_read_otherwise(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    fitness = "shared/fitness/1.0.0.json"
    document = record.to_dict()
    document["screening"]["indications"][0]["statuses"]["fitness"] = "unknown"
    document["documents"][fitness] = "0" * 64
    (use,) = signed(document).reread(root, DAY).uses

    assert (use.use, use.kind, use.documents) == ("round-cancer", UseChangeKind.READ_OTHERWISE, (fitness,))


def test_nothing_changed_is_said_and_uses_for_other_diseases_do_not_count() -> None:
    record = Record.of(screen({**MYELOMA, "progressed_on_last_therapy": True}, as_of="2025-12-03"), MADE)
    found = record.reread(as_of="2025-12-04")

    assert found.same
    assert [(use.use, use.is_possible) for use in found.uses] == [("breyanzi-marginal-zone-lymphoma", False)]


def test_a_use_or_a_guidance_alone_is_a_change() -> None:
    document = Record.of(screen(MYELOMA, as_of=AFTER), MADE).to_dict()
    next_day = signed(document).reread(as_of="2024-04-05")
    document["screening"]["guidance"]["code"] = "discuss-review"
    other = signed(document).reread(as_of=AFTER)

    assert [finding.then for finding in next_day.findings] == [finding.now for finding in next_day.findings]
    assert ([use.use for use in next_day.uses], next_day.same) == (["carvykti-multiple-myeloma"], False)
    assert next_day.same_guidance
    assert (other.uses, other.same_guidance, other.same) == ((), False, False)


def test_answers_that_are_not_known_or_not_allowed_any_more_are_named_and_not_guessed(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root, answers={"age_years": 40, "cancer": "other", "alarm": False})

    def other(body: dict[str, Any]) -> None:
        body["properties"]["cancer"]["enum"].remove("other")
        del body["properties"]["alarm"]

    edited(root / "answers" / "1.0.0.json", other)
    for key in ("x-urgent", "x-urgency"):
        edited(root / "answers" / "1.0.0.json", lambda body, key=key: body.pop(key, None))
    found = record.reread(root, DAY)

    assert sorted(problem.question for problem in found.left_out) == ["alarm", "cancer"]
    assert found.now.facts.answers.values == {"age_years": 40}
    assert not found.same
    assert [one["question"] for one in found.to_dict()["left_out"]] == [one.question for one in found.left_out]


def test_a_number_is_read_in_the_unit_that_it_was_given_in(tmp_path: Path) -> None:
    root = copied(own_criteria(), tmp_path)
    record = Record.of(screen({**MYELOMA, "weight_kg": 70}, as_of=DAY), MADE)
    (root / "releases.json").unlink()
    version = record.screening["criteria"]["answers"]

    def in_pounds(body: dict[str, Any]) -> None:
        unit = body["properties"]["weight_kg"]["x-unit"]
        factor, source = "0.45359237", unit["accepted"][0]["source"]
        unit |= {"code": "[lb_av]", "accepted": [{"code": "kg", "divide": float(factor), "source": source}]}

    edited(root / "answers" / f"{version}.json", in_pounds)
    found = record.reread(root / "sets" / "us-fda", DAY)

    assert found.left_out == ()
    assert found.now.facts.answers.values["weight_kg"] == pytest.approx(154.32, abs=0.01)


def test_a_unit_that_is_not_read_any_more_leaves_the_answer_out() -> None:
    document = Record.of(screen({**MYELOMA, "weight_kg": 70}, as_of=DAY), MADE).to_dict()
    document["answers"]["units"]["weight_kg"] = "[stone_av]"

    found = signed(document).reread(as_of=DAY)

    assert [problem.question for problem in found.left_out] == ["weight_kg"]
    assert found.same_guidance
    assert not found.same


def test_another_major_of_the_dictionary_is_said() -> None:
    record = Record.of(screen(MYELOMA, as_of=BEFORE), MADE)
    document = record.to_dict()
    document["screening"]["criteria"]["answers"] = "0.9.0"

    assert not record.reread(as_of=AFTER).another_major
    assert signed(document).reread(as_of=AFTER).another_major
    assert signed(document).reread(as_of=AFTER).to_dict()["dictionary"]["then"] == "0.9.0"


def test_a_new_minor_of_the_dictionary_is_no_other_major(tmp_path: Path) -> None:
    root = small(tmp_path)
    record = small_record(root)
    added(root, "answers/1.0.0.json", "1.1.0")
    edited(root / "sets" / "small" / "set.json", lambda body: body.update(answers="1.1.0"))
    found = record.reread(root, DAY)

    assert found.dictionary == ("1.0.0", "1.1.0")
    assert (found.another_major, found.same) == (False, True)


def test_another_set_may_be_chosen() -> None:
    record = Record.of(screen(MYELOMA, as_of=DAY), MADE)
    found = record.reread("eu-ema", DAY)

    assert found.now.to_dict() == screen(MYELOMA, "eu-ema", DAY).to_dict()
    assert {use.kind for use in found.uses if use.use == "abecma-multiple-myeloma"} == {UseChangeKind.CHANGED}
    assert record.reread(as_of=DAY).same


def test_wrong_sets_and_dates_are_refused(tmp_path: Path) -> None:
    record = Record.of(screen(MYELOMA, as_of=DAY), MADE)
    own = small_record(small(tmp_path))
    of_the_same_name = Record.of(screen(MYELOMA, "overview", DAY), MADE).to_dict() | {"shipped": False}

    with pytest.raises(CriteriaUnknown):
        record.reread("mars")
    with pytest.raises(CriteriaUnknown):
        record.reread(tmp_path / "none")
    with pytest.raises(DateInvalid):
        record.reread(as_of="soon")
    with pytest.raises(CriteriaNotAtHand, match="Name that directory"):
        own.reread()
    with pytest.raises(CriteriaNotAtHand, match="'overview' is from a directory of your own"):
        signed(of_the_same_name).reread()


def test_a_record_that_was_changed_is_read_as_it_stands() -> None:
    """Whether it was changed is for ``verify`` to say."""
    document = copy.deepcopy(Record.of(screen(MYELOMA, as_of=BEFORE), MADE).to_dict())
    document["answers"]["answers"]["prior_lines"] = 4

    assert Record.read(document).reread(as_of=BEFORE).guidance[1] == ("discuss-label-match", None)


def test_its_json_form_holds_everything() -> None:
    shown = Record.of(screen(MYELOMA, as_of=BEFORE), MADE).reread(as_of=AFTER).to_dict()

    assert shown["format"] == "cart-screen-rereading/1"
    assert shown["guidance"] == {
        "then": {"code": "discuss-alternatives", "because": "near"},
        "now": {"code": "discuss-label-match", "because": None},
    }
    assert shown["findings"][2] == {"criterion": "prior-lines", "then": "not-met", "now": "met"}
    assert [(use["use"], use["change"], use["then"]["version"]) for use in shown["uses"]] == [
        ("abecma-multiple-myeloma", "changed", "1.0.0")
    ]
    assert shown["now"] == screen(MYELOMA, as_of=AFTER).to_dict()
    assert plain(shown) == shown

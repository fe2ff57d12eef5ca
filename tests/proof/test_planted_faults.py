"""Each planted fault is caught by the proofs that the engines pass, on the same cases."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from cart_screen.rules.validation import is_valid

from .completions import against_every_completion, exact_truths
from .disagreements import (
    PROOFS,
    Proof,
    awaiting_enough,
    deciding_minimally,
    equal_to_the_reference,
    equal_to_the_standard,
    unsound,
)
from .drawing import Drawing, seeded
from .engines import Engine, reference
from .faulty import FAULTY, READINGS, Evaluator
from .fitting import wrong_on_the_suite
from .official import groups, left_out, needs_the_suite, wrong_verdicts
from .rule_sets import RuleSet

_WORLDS = 30
_RECORDS = 6

# The reference aside, which proof notices a fault: the standard notices a wrong truth, the laws the rest. What is
# sound and merely weaker than the reference, or says more than it need, contradicts the reference alone.
CAUGHT: dict[str, tuple[Proof, ...]] = {
    "UnknownIfFallsIntoElse": (equal_to_the_standard, unsound),
    "IfWithoutItsThirdPart": (),
    "DroppedRequired": (equal_to_the_standard, unsound),
    "MissingFails": (equal_to_the_standard, unsound),
    "SwappedBound": (equal_to_the_standard,),
    "RoundedNumber": (equal_to_the_standard,),
    "ZeroIsMissing": (equal_to_the_standard,),
    "FloatIsNoInteger": (equal_to_the_standard,),
    "OneOfAsAnyOf": (equal_to_the_standard,),
    "OneOfAsParity": (equal_to_the_standard,),
    "NotOfUnknownHolds": (equal_to_the_standard, unsound),
    "AwaitedForgetsTheLast": (awaiting_enough,),
    "AwaitedIsEverythingUnknown": (),
    "AwaitedOutOfOrder": (awaiting_enough,),
    "BecauseOfEverything": (deciding_minimally,),
    "BecauseOfTooLittle": (deciding_minimally,),
    "ReasonsUnnamed": (),
    "RecordsMixedUp": (equal_to_the_standard,),
}


@cache
def cases() -> tuple[tuple[RuleSet, tuple[dict, ...], int], ...]:
    """Give some random rule sets with records, the same in every run."""
    return tuple(case(seed) for seed in range(_WORLDS))


def case(seed: int) -> tuple[RuleSet, tuple[dict, ...], int]:
    draw = seeded(seed)
    rules = draw.rule_set()
    return rules, tuple(draw.record(rules) for _ in range(_RECORDS)), seed


def caught(engine: Engine, proof: Proof) -> bool:
    """Tell whether a proof finds anything wrong with an engine on any of the cases."""
    return any(
        disagreement
        for rules, records, seed in cases()
        for disagreement in proof(engine.reader(rules), rules, records, completing(seed))
    )


def completing(seed: int) -> Drawing:
    """Give what the laws draw for themselves, apart from what the case was drawn with."""
    return seeded(-1 - seed)


def test_every_fault_says_what_catches_it():
    assert CAUGHT.keys() == FAULTY.keys()


@pytest.mark.parametrize("name", FAULTY)
def test_a_planted_fault_is_caught_by_comparing_with_the_reference(name):
    assert caught(FAULTY[name], equal_to_the_reference)


@pytest.mark.parametrize(
    ("name", "proof"),
    [pytest.param(name, proof, id=f"{name}-{proof.__name__}") for name in CAUGHT for proof in CAUGHT[name]],
)
def test_a_planted_fault_is_caught_without_the_reference(name, proof):
    """By a standard validator or a law, so that a fault of the reference itself would be noticed too."""
    assert caught(FAULTY[name], proof)


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.__name__)
@pytest.mark.parametrize(
    "engine",
    [Engine("reference", reference), Engine("evaluator without a fault", Evaluator().reader)],
    ids=lambda engine: engine.name,
)
def test_without_a_fault_the_same_cases_pass(engine, proof):
    """What the faults are planted in is right: nothing else than the fault is noticed."""
    assert not caught(engine, proof)


# Sound but weaker, and wrong for numbers that the suite does not try: only other proofs notice these.
_PASS_THE_SUITE = {"IfWithoutItsThirdPart", "RoundedNumber"}
_UNSOUND = ("UnknownIfFallsIntoElse", "DroppedRequired", "MissingFails", "NotOfUnknownHolds")


@needs_the_suite
@pytest.mark.parametrize("name", [name for name in READINGS if name not in _PASS_THE_SUITE])
def test_a_planted_fault_is_caught_by_the_official_suite(name):
    assert wrong_on_the_suite(FAULTY[name])


@pytest.mark.parametrize("name", _UNSOUND)
def test_a_planted_unsound_reading_is_caught_by_searching_the_completions(name):
    wrong = []
    for rules, records, _ in cases()[:20]:
        exact = exact_truths(rules, records)
        wrong += against_every_completion(FAULTY[name].reader(rules), rules, records, exact, Counter())

    assert wrong


def confused(change):
    """Give a two-valued reading that takes some JSON values for others."""

    def changed(instance: Any) -> Any:
        if isinstance(instance, dict):
            return {key: changed(value) for key, value in instance.items()}
        if isinstance(instance, list):
            return [changed(value) for value in instance]
        return change(instance)

    return lambda schema, instance: is_valid(schema, changed(instance))


@needs_the_suite
@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(confused(lambda value: int(value) if isinstance(value, bool) else value), id="true is 1"),
        pytest.param(confused(lambda value: value == 1 if value in (0, 1) else value), id="1 is true"),
        pytest.param(confused(lambda value: value or None), id="zero, false and the empty text are null"),
        pytest.param(confused(lambda value: str(value) if isinstance(value, float) else value), id="1.0 is no number"),
        pytest.param(lambda schema, instance: not schema.keywords or is_valid(schema, instance) or not instance,
                     id="an empty instance passes"),
    ],
)  # fmt: skip
def test_a_planted_confusion_of_values_is_caught_by_the_official_suite(reading):
    """Over the two-valued reading, which has arbitrary values; an engine's answers have the type of their question."""
    read = [name for name, group in groups().items() if left_out(group["schema"]) is None]

    assert any(wrong_verdicts(reading, name) for name in read)
    assert not any(wrong_verdicts(is_valid, name) for name in read)

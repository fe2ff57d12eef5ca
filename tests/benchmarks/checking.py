"""Holds everybody who is measured against the reference."""

from __future__ import annotations

from functools import cache

from cart_screen import screen
from cart_screen.ladder import Status
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .agreement import Case, Disagreement, cases, check_engine, check_reasons, check_verdicts
from .contenders import BY_HAND, compiled, peers
from .rule_sets import AS_OF, RULE_SETS
from .whole_measures import people

STATUS = {Truth.TRUE: Status.MET, Truth.FALSE: Status.NOT_MET, Truth.UNKNOWN: Status.UNKNOWN}

# How much is missing where partial answers are read.
SHARES = (0.01, 0.12, 0.5)
# What the reference takes its time for is checked on fewer records.
_FEWER = 10


@cache
def _cases(name: str, count: int, missing: float = 0) -> tuple[Case, ...]:
    return cases(RULE_SETS[name](), count, missing)


def check_by_hand(name: str, count: int) -> int:
    """Check what was written by hand for a rule set on a number of records, and give the number of forms."""
    rules, hand = RULE_SETS[name](), BY_HAND[name]
    check_verdicts("two-valued, by hand", hand.complete, rules, _cases(name, count))
    for share in (0, *SHARES):
        check_verdicts("three-valued, by hand", hand.partial, rules, _cases(name, count, share))
        check_reasons("reasons, by hand", hand.with_reasons, rules, _cases(name, count, share)[: count // 2])
    return 3


def check_peer(name: str, peer: str, count: int) -> int:
    """Check a peer that is installed."""
    rules, read = RULE_SETS[name](), peers(name)[0][peer]
    check_verdicts(peer, read.complete, rules, _cases(name, count))
    check_verdicts(f"{peer}, two rules", read.partial, rules, _cases(name, count, SHARES[1]))
    return 2


def check_compiled(name: str, count: int) -> int:
    """Check ``compile_rules``."""
    rules = RULE_SETS[name]()
    for share in (0, *SHARES):
        check_verdicts("compile_rules", compiled(name).verdicts, rules, _cases(name, count, share))
        check_engine(compiled(name), rules, _cases(name, count, share)[: count // _FEWER // 4])
    return 3


def check_screening(count: int) -> int:
    """Check the statuses that ``screen`` gives of people, on the resolved answers that it read."""
    for answers in people(count):
        found = screen(answers, "us-fda", AS_OF)
        record = dict(found.facts.resolved)
        for outcome in found.indications:
            for id, criterion in outcome.indication.criteria.items():
                truth = evaluate(criterion.bare, record)
                if outcome.statuses[id] is not STATUS[truth]:
                    raise Disagreement("screen()", f"{outcome.indication.id}/{id}", record, outcome.statuses[id], truth)
    return 1


def check_everybody(count: int) -> int:
    """
    Check everybody on every rule set, and give the number of forms.

    Raises
    ------
    Disagreement
        With the first record that somebody reads otherwise than the reference.
    """
    forms = check_screening(count)
    for name in RULE_SETS:
        forms += check_by_hand(name, count) + check_compiled(name, count)
        forms += sum(check_peer(name, peer, count) for peer in peers(name)[0])
    return forms

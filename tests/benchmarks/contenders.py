"""Everybody who is measured, made ready for a rule set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cart_screen import compile_rules

from .by_hand import neutral, neutral_reasons, us_fda, us_fda_partial, us_fda_reasons
from .peer_languages import datalogic, zen
from .peers import NotInstalled, Peer, fastjsonschema, jsonschema_rs, python_jsonschema
from .rule_sets import RULE_SETS, RuleSet


@dataclass(frozen=True)
class ByHand:
    """A rule set written by hand: for complete answers, for partial ones, and with reasons."""

    complete: Callable[[dict[str, Any]], Any]
    partial: Callable[[dict[str, Any]], Any]
    with_reasons: Callable[[dict[str, Any]], Any]


BY_HAND = {
    "neutral": ByHand(neutral.two_valued, neutral.three_valued, neutral_reasons.with_reasons),
    "us-fda": ByHand(us_fda.two_valued, us_fda_partial.three_valued, us_fda_reasons.with_reasons),
}
PEERS: Mapping[str, Callable[[RuleSet], Peer]] = {
    "jsonschema-rs": jsonschema_rs,
    "datalogic-py": datalogic,
    "zen-engine": zen,
    "fastjsonschema": fastjsonschema,
    "python-jsonschema": python_jsonschema,
}
# What is left out of the tables, and why.
LEFT_OUT = {
    "datalogic-py, with reasons": "its trace lists every step, and says of none that it decided.",
    "zen-engine, with reasons": "an expression gives a value and no trace of what led to it.",
    "fastjsonschema, with reasons": "it stops at the first error.",
}


@cache
def compiled(name: str) -> Any:
    """Give a rule set as ``compile_rules`` compiles it."""
    rules = RULE_SETS[name]()
    return compile_rules(rules.schemas, rules.dictionary, documents=rules.documents)


@cache
def peers(name: str) -> tuple[Mapping[str, Peer], Mapping[str, str]]:
    """Give the peers that are installed, on a rule set, and of the others why they are missing."""
    found: dict[str, Peer] = {}
    missing: dict[str, str] = {}
    for peer, make in PEERS.items():
        try:
            found[peer] = make(RULE_SETS[name]())
        except NotInstalled as problem:
            missing[peer] = str(problem)
    return found, missing

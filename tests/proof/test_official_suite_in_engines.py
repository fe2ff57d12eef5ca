"""The official suite through every engine, as far as its groups can be read as criteria."""

from __future__ import annotations

from collections import Counter

from .engines import ENGINES, Engine
from .fitting import fittings, wrong_on_the_suite
from .official import needs_the_suite
from .running import every_engine

FEWEST_AS_THEY_STAND = 29
FEWEST_SPELLED_OUT = 125
FEWEST_TESTS = 700

pytestmark = needs_the_suite


@every_engine
def test_an_engine_passes_every_group_that_fits(engine: Engine):
    """On complete instances; and parts of them are decided as the whole is, or open."""
    assert wrong_on_the_suite(engine) == []


def test_enough_of_the_suite_fits():
    """The numbers are printed, with what is left out and why."""
    found = fittings()
    plain = {name: fitting.as_it_stands for name, fitting in found.items() if fitting.as_it_stands}
    spelled = {name: fitting.spelled_out for name, fitting in found.items() if fitting.spelled_out}
    tests = {
        what: sum(len(one.tests) for forms in some.values() for one in forms)
        for what, some in (("as they stand", plain), ("spelled out", spelled))
    }
    print(
        f"\nJSON-Schema-Test-Suite in engines: of {len(found)} groups {len(plain)} as they stand "
        f"({tests['as they stand']} tests), {len(spelled)} spelled out ({tests['spelled out']} tests)"
    )
    for what, some in (("as they stand", plain), ("spelled out", spelled)):
        left = Counter(min(fitting.reasons) for name, fitting in found.items() if name not in some)
        print(f"  not {what}: " + ", ".join(f"{count} {reason}" for reason, count in left.most_common()))
    print(f"  engines: {', '.join(engine.name for engine in ENGINES if not engine.missing)}")

    assert len(plain) >= FEWEST_AS_THEY_STAND
    assert len(spelled) >= FEWEST_SPELLED_OUT
    assert sum(tests.values()) >= FEWEST_TESTS

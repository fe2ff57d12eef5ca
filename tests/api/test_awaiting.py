"""What can still change the guidance, against the definition, written as plainly as it can be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import AS_OF, SETS, examples, stated_answers

from cart_screen.awaiting import awaiting
from cart_screen.catalog.loading import own_set
from cart_screen.ladder import Status, can_depend, reachable
from cart_screen.model import CriterionId
from cart_screen.rules.reasons import awaited
from cart_screen.screening import Facts


def never_lower(first, second):
    """Tell whether the first always stands at least as high: each point is met, or is the same point."""
    return all(
        first.statuses[id] is Status.MET or first.indication.criteria[id].bare is second.indication.criteria[id].bare
        for id in CriterionId
    )


def leading(outcomes):
    kept = []
    for outcome in outcomes:
        if not any(never_lower(other, outcome) for other in kept):
            kept = [other for other in kept if not never_lower(outcome, other)] + [outcome]
    return kept


def awaited_plainly(facts, may_learn):
    if facts.conflicts:
        return ()
    waiting, outlooks = [], []
    for outcome in leading(facts.outcomes):
        points = [outcome.indication.criteria[id].bare for id in CriterionId]
        parts = [set(filter(may_learn, awaited(point, facts.resolved, facts.criteria.reading))) for point in points]
        waiting.append(parts)
        ends = zip(outcome.statuses.values(), parts, strict=True)
        outlooks.append(tuple(tuple(Status) if part else (status,) for status, part in ends))
    sure = min((max(reachable(one)) for one in outlooks), default=0)
    found = set()
    for one, parts in zip(outlooks, waiting, strict=True):
        for place, part in enumerate(parts):
            if part and can_depend(one, place, sure):
                found |= part
    return tuple(id for id in facts.criteria.reading.dictionary.questions if id in found)


@pytest.mark.parametrize("name", SETS)
@given(st.data())
@examples(25)
def test_it_is_what_the_definition_says(name, data):
    criteria = own_set(name)
    facts = Facts(data.draw(stated_answers(name)), criteria, date.fromisoformat(AS_OF))
    out_of_reach = data.draw(st.sets(st.sampled_from(list(criteria.reading.dictionary.questions)), max_size=20))

    def may_learn(question):
        return question not in out_of_reach

    assert awaiting(facts) == awaited_plainly(facts, lambda question: True)
    assert awaiting(facts, may_learn) == awaited_plainly(facts, may_learn)

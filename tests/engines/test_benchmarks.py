"""Whoever is measured reads the rules as the reference does, so that the benchmark cannot rot. Nothing is timed."""

from __future__ import annotations

import pytest
from benchmarks.agreement import Disagreement, cases, check_reasons, check_verdicts
from benchmarks.checking import check_by_hand, check_compiled, check_peer, check_screening
from benchmarks.contenders import BY_HAND, PEERS, peers
from benchmarks.records import complete_records, with_missing
from benchmarks.rule_sets import RULE_SETS, neutral, us_fda
from benchmarks.table import GOALS, Ratio, goals_table
from benchmarks.timing import interleaved
from benchmarks.whole_measures import people, replicated

from cart_screen import screen
from cart_screen.authoring.representatives import leaves
from cart_screen.rules.expressions import bare
from cart_screen.truth import Truth

COUNT = 200
NAMES = pytest.mark.parametrize("name", RULE_SETS)


@NAMES
def test_what_is_written_by_hand_reads_as_the_reference(name):
    check_by_hand(name, COUNT)


@NAMES
def test_compiled_rules_read_as_the_reference(name):
    check_compiled(name, COUNT)


def test_a_whole_screening_reads_as_the_reference():
    check_screening(COUNT)


@NAMES
@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_reads_as_the_reference(name, peer):
    missing = peers(name)[1]
    if peer in missing:
        # The peers are in the extra `bench`, not in `test`: nobody needs four engines more to try a change of this one.
        pytest.skip(missing[peer])  # `.ci/run` installs them, so there nothing is skipped
    check_peer(name, peer, COUNT)


def test_the_rule_sets_are_what_the_tables_say():
    assert len(neutral().schemas) == 5
    assert sum(len(list(leaves(expression))) for expression in neutral().expressions) == 48
    assert len(us_fda().schemas) == 85
    assert len(us_fda().distinct) == 25


@NAMES
def test_every_criterion_is_met_not_met_and_unknown_in_some_records(name):
    rules = RULE_SETS[name]()
    read = [case.truths for missing in (0, 0.2) for case in cases(rules, 500, missing)]

    for place, rule in enumerate(rules.schemas):
        assert {truths[place] for truths in read} == set(Truth), rule


def test_records_are_the_same_in_every_run():
    assert complete_records(neutral(), 5) == complete_records(neutral(), 5)
    assert with_missing(complete_records(neutral(), 5), 0.2) == with_missing(complete_records(neutral(), 5), 0.2)


def test_people_are_told_different_things():
    told = {screen(answers, "us-fda", "2026-11-22").guidance.code for answers in people()}

    assert told >= {"discuss-match", "discuss-incomplete", "discuss-alternatives"}


def test_replicated_criteria_all_differ():
    rules = replicated(20)

    assert len(rules.schemas) == 100
    assert len({bare(expression) for expression in rules.expressions}) == 100


def test_a_wrong_verdict_stops_the_run_with_the_record():
    def never(record):
        return [False] * 5

    with pytest.raises(Disagreement) as stopped:
        check_verdicts("never", never, neutral(), cases(neutral(), 50))

    assert stopped.value.rule in neutral().schemas
    assert never(stopped.value.record) != BY_HAND["neutral"].complete(stopped.value.record)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda truth, ids: (truth, ids[1:]), id="a reason is missing"),
        pytest.param(lambda truth, ids: (truth, [*ids, *ids]), id="a reason is given twice"),
        pytest.param(lambda truth, ids: (truth, [*ids, "nothing"]), id="a reason is made up"),
        pytest.param(lambda truth, ids: (not truth, ids), id="the verdict is wrong"),
    ],
)
def test_wrong_reasons_stop_the_run(spoil):
    def read(record):
        return [spoil(*said) for said in BY_HAND["neutral"].with_reasons(record)]

    with pytest.raises(Disagreement):
        check_reasons("spoilt", read, neutral(), cases(neutral(), 50, 0.2))


def test_everybody_takes_turns_on_every_record():
    seen = []
    times = interleaved({"once": seen.append, "never": len}, ["a", "b"], rounds=3)

    assert set(times) == {"once", "never"}
    assert times["once"].times == 1
    assert times["never"].fastest > 0
    assert set(seen) == {"a", "b"}


def test_a_missed_goal_is_said():
    goal = GOALS["complete-rs"]
    table = goals_table([Ratio("complete-rs", "neutral", goal.must - 1), Ratio("complete-rs", "us-fda", goal.aim + 1)])

    assert "MISSED" in table
    assert goal.measured(2.0, 10.0) == 5

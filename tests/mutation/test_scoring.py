"""What the mutation test says of a document is right: planted gaps in its examples lower the score."""

import pytest
from criteria.documents import CRITERIA, Document, documents

from .scoring import GOAL, Bench

ADULT = {"properties": {"age_years": {"minimum": 18}}, "required": ["age_years"]}
INFECTION = {"properties": {"active_infection": {"const": False}}, "required": ["active_infection"]}
EXACTLY = {"properties": {"prior_lines": {"minimum": 2}}, "required": ["prior_lines"]}
AT_LEAST = {"properties": {"prior_lines_at_least": {"minimum": 2}}, "required": ["prior_lines_at_least"]}
ADDRESS = "urn:cart-screen:shared:fitness:9.0.0"


def bench(schema, *examples):
    """Give a document that states one criterion."""
    body = {"$id": ADDRESS, "x-answers": "1", "x-examples": list(examples), **schema}
    return Bench(Document(CRITERIA / "shared" / "fitness" / "9.0.0.json", body))


def example(status, cautions=None, **answers):
    """Write an example of the criterion."""
    found = {"answers": answers, "expect": {"fitness": status}}
    return found if cautions is None else {**found, "cautions": cautions}


BOUNDARY = (example("met", age_years=18), example("not-met", age_years=17), example("unknown"))


def test_examples_on_both_sides_of_a_limit_kill_every_mutant_of_it():
    score = bench(ADULT, *BOUNDARY).score()

    assert (score.killed, score.survivors, score.share) == (3, [], 1.0)


@pytest.mark.parametrize(("left_out", "surviving"), [(0, {"18 made 19", "made exclusiveMinimum"}), (1, {"18 made 17"})])
def test_side_without_an_example_lets_its_mutants_survive(left_out, surviving):
    examples = [one for place, one in enumerate(BOUNDARY) if place != left_out]
    score = bench(ADULT, *examples).score()

    assert {survivor.mutant.says for survivor in score.survivors} == surviving
    assert score.share < GOAL


def test_example_of_another_criterion_kills_nothing():
    elsewhere = {"answers": {"age_years": 17}, "expect": {"organ-function": "not-met"}}

    assert bench(ADULT, elsewhere, example("met", age_years=18)).score().killed == 2


def test_what_the_format_refuses_is_counted_by_itself():
    """The last answer of a condition cannot be left out."""
    score = bench(ADULT, *BOUNDARY).score()

    assert (score.refused, score.killed) == (1, 3)


def test_mutant_that_differs_for_nobody_is_equivalent_and_needs_no_example():
    """Who has had two lines has had at least two, so the other condition says already what the first does."""
    found = bench({"anyOf": [EXACTLY, AT_LEAST]}, example("met", prior_lines=2))
    moved = [mutant for mutant in found.mutants if mutant.pointer.startswith("/anyOf/0") and mutant.says == "2 made 3"]
    score = found.score()

    assert len(moved) == 1
    assert moved[0] not in [survivor.mutant for survivor in score.survivors]
    assert score.equivalent >= 1


def test_mutant_that_only_leaves_open_what_was_decided_is_no_equivalent():
    found = bench({"anyOf": [EXACTLY, AT_LEAST]}, example("met", prior_lines=2), example("not-met", prior_lines=1))
    survivors = {survivor.mutant.pointer: survivor for survivor in found.score().survivors}

    assert survivors["/anyOf/1"].answers.keys() == {"prior_lines_at_least"}
    assert survivors["/anyOf/1"].after.value == "unknown"


def test_caution_that_is_open_counts_as_one_that_is_not_shown():
    """Without the second condition less is decided, but the same cautions are shown."""
    both = {"allOf": [EXACTLY, AT_LEAST]}
    schema = {**INFECTION, "x-cautions": [{"id": "lines", "title": "Lines", "x-source": [], "when": both}]}

    shown = [survivor.mutant.pointer for survivor in bench(schema, example("unknown", [])).score().survivors]
    decided = [survivor.mutant.pointer for survivor in bench(both, example("unknown")).score().survivors]

    assert "/allOf/1" in decided
    assert "/x-cautions/0/when/allOf/1" not in shown


def test_caution_is_caught_only_by_examples_that_name_cautions():
    schema = {**INFECTION, "x-cautions": [{"id": "adult", "title": "Adult", "x-source": [], "when": ADULT}]}
    silent = [example("unknown", age_years=age) for age in (17, 18)]
    naming = [example("unknown", [], age_years=17), example("unknown", ["adult"], age_years=18)]

    def surviving(*examples):
        return [one for one in bench(schema, *examples).score().survivors if one.mutant.caution]

    assert len(surviving(*silent)) == 3
    assert surviving(*naming) == []


def test_step_of_a_number_is_the_last_place_that_examples_give():
    schema = {"properties": {"lvef": {"minimum": 40}}, "required": ["lvef"]}
    whole = bench(schema, example("met", lvef=40), example("not-met", lvef=39))
    tenths = bench(schema, example("met", lvef=40), example("not-met", lvef=39.9))
    none = bench(schema, example("unknown"))

    says = [[mutant.says for mutant in one.mutants if "made" in mutant.says][:2] for one in (whole, tenths, none)]
    assert says == [["40 made 39", "40 made 41"], ["40 made 39.9", "40 made 40.1"], ["40 made 39.6", "40 made 40.4"]]


def test_document_that_does_not_give_what_its_examples_expect_is_told():
    assert bench(ADULT, *BOUNDARY).holds
    assert not bench(ADULT, example("met", age_years=17)).holds


# A planted gap in a shipped document: without the examples next to its limits, the score must fall.
SHIPPED = [document for document in documents() if document.set and "multiple-myeloma" in document.name][:2]


@pytest.mark.parametrize("document", SHIPPED, ids=lambda document: document.name)
def test_shipped_document_without_the_examples_at_its_limits_falls_below_the_goal(document):
    kept = [one for one in document.body["x-examples"] if one["answers"].get("prior_lines") not in range(1, 6)]
    kept = [one for one in kept if one["answers"].get("prior_lines_at_least") not in range(1, 6)]
    without = Bench(document, {**document.body, "x-examples": kept})

    assert len(kept) < len(document.body["x-examples"])
    assert without.score().share < min(GOAL, Bench(document).score().share)


@pytest.mark.parametrize("document", SHIPPED, ids=lambda document: document.name)
def test_survivors_answers_made_an_example_kill_the_survivor(document):
    without = Bench(document, {**document.body, "x-examples": []})
    survivors = without.score().survivors
    status = {"true": "met", "false": "not-met", "unknown": "unknown"}
    examples = [
        {
            "answers": survivor.answers,
            "expect": {survivor.mutant.criterion: status[survivor.before.value]},
        }
        for survivor in survivors
        if not survivor.mutant.caution
    ]
    score = Bench(document, {**document.body, "x-examples": examples}).score()

    assert without.score().killed == 0
    assert examples
    assert [survivor for survivor in score.survivors if not survivor.mutant.caution] == []

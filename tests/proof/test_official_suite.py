"""
The official JSON-Schema-Test-Suite, draft 2020-12, over the two-valued reading of the schema tree.

Every group that uses only what the reader knows must pass whole. A group is left out only for a reason
that the reader itself gives, and two of the reasons are checked against the ``referencing`` library, so
that a reference which should have been found cannot pass for a remote one.
"""

from __future__ import annotations

from collections import Counter

import pytest
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from cart_screen.rules.parse import _READERS
from cart_screen.rules.validation import is_valid

from .official import ADDRESS, groups, left_out, needs_the_suite, wrong_verdicts

FEWEST_GROUPS = 140
FEWEST_TESTS = 450

pytestmark = needs_the_suite


@pytest.mark.parametrize("name", [name for name, group in groups().items() if not left_out(group["schema"])])
def test_a_group_of_the_official_suite(name):
    """The reading of a schema agrees with the standard on every test of the group."""
    assert wrong_verdicts(is_valid, name) == []


def test_groups_are_left_out_only_for_a_reason_that_holds():
    """An unknown keyword is one the reader has no reader for; a remote or recursive reference truly is one."""
    wrong = []
    for name, group in groups().items():
        for reason in (left_out(group["schema"]) or "").split(", "):
            keyword = reason.removeprefix("unknown keyword ")
            holds = {
                "": True,
                "another dialect": True,
                "remote reference": has_remote_reference(group["schema"]),
                "recursive reference": has_recursion(group["schema"]),
            }.get(reason, reason.startswith("unknown keyword ") and keyword not in _READERS)
            if not holds:
                wrong.append((name, reason))

    assert wrong == []


def test_enough_of_the_suite_is_run():
    """The numbers are printed; a suite that silently ran nothing would show here."""
    reasons = {name: left_out(group["schema"]) for name, group in groups().items()}
    run = [name for name, reason in reasons.items() if reason is None]
    tests = sum(len(groups()[name]["tests"]) for name in run)
    print(f"\nJSON-Schema-Test-Suite: {len(run)} of {len(reasons)} groups run, {tests} tests")
    for reason, count in Counter(reason for reason in reasons.values() if reason).most_common():
        print(f"  left out {count:3}: {reason}")

    assert len(run) >= FEWEST_GROUPS
    assert tests >= FEWEST_TESTS


@pytest.mark.parametrize(
    "keyword",
    ["type", "enum", "const", "required", "properties", "minimum", "maximum", "allOf", "anyOf", "oneOf", "not"],
)
def test_each_keyword_read_here_has_groups_that_run(keyword):
    """No keyword that the criteria use goes unchecked."""
    run = [
        name for name, group in groups().items() if name.startswith(f"{keyword}: ") and not left_out(group["schema"])
    ]

    assert run


def has_remote_reference(raw) -> bool:
    """Tell by the referencing library whether some ``$ref`` leads out of the document."""
    return any(target is None for _, target in references(raw))


def has_recursion(raw) -> bool:
    """Tell whether following containment and references leads back to where one is."""
    edges: dict[int, list] = {}
    for holder, target in references(raw):
        edges.setdefault(id(holder), []).append(target)

    def leads_back(schema, path: tuple[int, ...]) -> bool:
        if not isinstance(schema, dict):
            return False
        if id(schema) in path:
            return True
        onward = [*DRAFT202012.subresources_of(schema), *edges.get(id(schema), ())]
        return any(leads_back(other, (*path, id(schema))) for other in onward)

    return leads_back(raw, ())


def references(raw) -> list[tuple[dict, object]]:
    """Give every schema that holds a ``$ref`` with what it refers to; None where that is outside."""
    resource = Resource(raw, DRAFT202012)
    resolver = (
        (resource @ Registry()).resolver()
        if resource.id()
        else Registry().with_resource(ADDRESS, resource).resolver(ADDRESS)
    )
    found = []
    pending = [(resource, resolver)]
    while pending:
        resource, resolver = pending.pop()
        if isinstance(resource.contents, dict) and isinstance(resource.contents.get("$ref"), str):
            try:
                found.append((resource.contents, resolver.lookup(resource.contents["$ref"]).contents))
            except Unresolvable:
                found.append((resource.contents, None))
        pending += [(inner, resolver.in_subresource(inner)) for inner in resource.subresources()]
    return found

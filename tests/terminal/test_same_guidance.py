"""The same answers lead to the same guidance: in plain lines, on lists, through the library, and from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from people.person import Person
from people.population import people

from cart_screen.inquiry import Depth

from .agreement import differing
from .processes import Starter
from .sittings import as_person

# Drawn once; ``soak.interviews`` takes thousands.
_SEED, _MANY, _SOME = 5, 400, 6


def some() -> Iterator[Person]:
    """Give the first people, and the first of each kind that is rare among them."""
    everybody = list(people(_MANY, _SEED))
    yield from everybody[:_SOME]
    yield next(person for person in everybody if person.slips)
    yield next(person for person in everybody if person.truth["urgent_symptoms"] is True)
    yield next(person for person in everybody if person.truth["age_years"] < 16)


@pytest.mark.parametrize("person", list(some()), ids=lambda person: f"person {person.number}")
def test_a_person_is_told_the_same_in_every_way(person: Person, starter: Starter, tmp_path: Path) -> None:
    depth = Depth.COMPLETE if person.number == 4 else Depth.SETTLE

    assert list(differing(as_person(person), starter, tmp_path, depth)) == []

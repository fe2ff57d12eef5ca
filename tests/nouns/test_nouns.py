"""Nouns: what a frozen dataclass makes, without the module that makes them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cart_screen.nouns import assert_never, field, noun, replace


@noun
class Point:
    """Two fields, one with a default."""

    x: object
    y: object = 0


@noun
class Twin:
    """The same fields under another name."""

    x: object
    y: object = 0


@noun
class Doubled:
    """A field, and what is found from it when it is first asked for."""

    value: int

    @cached_property
    def twice(self) -> int:
        return 2 * self.value


@noun
class One:
    """A single field."""

    value: object


@noun
class Nothing:
    """No field at all."""


@noun
class Private:
    """A field that stays out of logs, and one that is made anew."""

    secret: str = field(repr=False)
    plain: str
    table: dict[str, int] = field(default_factory=dict)
    rest: tuple[int, ...] = field(default=(), repr=False)


@noun
class ByIdentity:
    """Equal only to itself."""

    value: int

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __str__(self) -> str:
        return f"the value {self.value}"


@dataclasses.dataclass(frozen=True)
class Model:
    """What Point is held against."""

    x: object
    y: object = 0


VALUES = st.integers(-2, 2) | st.booleans() | st.text(max_size=2) | st.none() | st.tuples(st.integers(0, 1))


@given(VALUES, VALUES, VALUES, VALUES)
def test_two_are_equal_and_hash_alike_just_as_dataclasses_are(a, b, c, d):
    left, right = Point(a, b), Point(c, d)
    assert (left == right) is (Model(a, b) == Model(c, d))
    assert hash(left) == hash(Model(a, b))
    if left == right:
        assert hash(left) == hash(right)


@given(VALUES)
def test_another_class_with_the_same_fields_is_never_equal(value):
    assert Point(value) != Twin(value)
    assert Point(value) != (value, 0)
    assert One(value) != value
    assert One(value) == One(value)
    assert hash(One(value)) == hash(One(value))
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_fields_are_given_by_place_or_by_name():
    assert Point(1, 2) == Point(x=1, y=2) == Point(1, y=2) == Point(y=2, x=1)
    assert Point(1).y == 0


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1}), ((), {"y": 1})]
)
def test_a_field_that_is_missing_or_unknown_is_a_type_error(given, named):
    with pytest.raises(TypeError):
        Point(*given, **named)


@pytest.mark.parametrize("times", [1, 100])
def test_a_wrong_name_is_a_type_error_however_often_nouns_were_made(times):
    @noun
    class Pair:
        first: int
        second: int

    for _ in range(times):
        assert Pair(1, second=2) == Pair(first=1, second=2)
    for places, named in (((1,), {"third": 2}), ((1, 2), {"first": 1}), ((1, 2, 3), {}), ((1,), {}), ((), {})):
        with pytest.raises(TypeError):
            Pair(*places, **named)


def test_a_default_that_can_change_is_made_anew_each_time():
    assert Private("a", "b").table == {}
    assert Private("a", "b").table is not Private("a", "b").table


def test_a_noun_never_changes():
    point = Point(1)
    for change in (lambda: setattr(point, "x", 2), lambda: setattr(point, "z", 2), lambda: delattr(point, "x")):
        with pytest.raises(dataclasses.FrozenInstanceError, match="Point never changes"):
            change()
    assert point == Point(1)


def test_the_repr_names_every_field_but_those_that_stay_private():
    assert repr(Point("a", One(2))) == "Point(x='a', y=One(value=2))"
    assert repr(Nothing()) == "Nothing()"
    assert repr(Private("hush", "b")) == "Private(plain='b', table={})"


def test_what_a_class_defines_itself_is_kept():
    one = ByIdentity(1)
    assert one == one
    assert one != ByIdentity(1)
    assert len({one, ByIdentity(1)}) == 2
    assert str(one) == "the value 1"
    assert ByIdentity.__doc__ == "Equal only to itself."


def test_a_noun_is_matched_by_place_and_by_name():
    match Point(1, 2):
        case Twin():
            pytest.fail("another class")
        case Point(x, y=y):
            assert (x, y) == (1, 2)


@given(VALUES, VALUES)
def test_a_noun_is_copied_and_pickled_as_it_is(a, b):
    point = Point(One(a), b)
    for made in (copy.copy(point), copy.deepcopy(point), *(pickle.loads(pickle.dumps(point, n)) for n in range(6))):
        assert made == point
        assert type(made) is Point


def test_a_copy_never_changes_either():
    with pytest.raises(dataclasses.FrozenInstanceError):
        pickle.loads(pickle.dumps(Point(1))).x = 2


def test_replacing_gives_another_noun():
    point = Point(1, 2)
    for swap in (replace, dataclasses.replace):
        assert swap(point, x=5) == Point(5, 2)
        assert swap(point) == point
        assert swap(Private("a", "b"), secret="c") == Private("c", "b")
        with pytest.raises(TypeError):
            swap(point, z=1)
    assert point == Point(1, 2)


def test_the_module_dataclasses_takes_a_noun_for_one_of_its_own():
    assert dataclasses.is_dataclass(Point)
    assert [found.name for found in dataclasses.fields(Private("a", "b"))] == ["secret", "plain", "table", "rest"]
    assert [found.repr for found in dataclasses.fields(Private)] == [False, True, True, False]
    assert dataclasses.asdict(Point(One(1), (One(2),))) == {"x": {"value": 1}, "y": ({"value": 2},)}
    assert dataclasses.fields(Nothing()) == ()


def test_a_match_that_leaves_something_out_says_what():
    with pytest.raises(AssertionError, match="'left over'"):
        assert_never("left over")


def test_nouns_bring_none_of_the_modules_that_slow_a_start():
    code = "import sys, cart_screen.nouns; print(sorted({'dataclasses', 'typing', 'inspect', 're'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=_env())
    assert done.stdout.strip() == "[]"


def _env() -> dict[str, str]:
    import os
    from pathlib import Path

    import cart_screen

    return {**os.environ, "PYTHONPATH": str(Path(cart_screen.__file__).parent.parent)}


def test_what_was_found_from_the_fields_is_not_stored_and_found_again():
    fresh, used = Doubled(4), Doubled(4)
    assert used.twice == 8

    assert [pickle.dumps(used, n) for n in range(6)] == [pickle.dumps(fresh, n) for n in range(6)]
    assert vars(copy.deepcopy(used)) == {"value": 4}
    assert pickle.loads(pickle.dumps(used)).twice == 8

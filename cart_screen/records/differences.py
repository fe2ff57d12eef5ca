"""Where two results of the same answers differ, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from cart_screen.nouns import noun
from cart_screen.records.digest import canonical


class Part(StrEnum):
    """A part of a record or of its result."""

    RECORD = "record"
    ANSWERS = "answers"
    GUIDANCE = "guidance"
    FINDING = "finding"
    USE = "use"
    AWAITING = "awaiting"
    NEEDED = "needed"
    CONFLICTS = "conflicts"
    CRITERIA = "criteria"
    SCREENING = "screening"


class Change(StrEnum):
    """How a part differs: it has changed, is there only now, or was there only then."""

    CHANGED = "changed"
    CAME = "came"
    WENT = "went"


# What comes from the text file and says nothing that a code beside it does not say.
_WORDS = frozenset(("headline", "says", "urgent", "text", "label", "where", "verified_text", "intended_use"))
_WORDS_OF_CRITERIA = frozenset(("cautions",))

_LISTS = {"awaiting": Part.AWAITING, "needed": Part.NEEDED, "conflicts": Part.CONFLICTS}
_OTHERS = ("guidance", "findings", "indications", "criteria", *_LISTS)


@noun
class Difference:
    """
    A part that does not come out as it was recorded.

    ``of`` is the criterion of a finding, or the use. ``keys`` are what differs in the part, or the questions whose
    answers are not allowed. ``words_only`` says that only wording differs.
    """

    part: Part
    of: str | None = None
    change: Change = Change.CHANGED
    keys: tuple[str, ...] = ()
    words_only: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain JSON values."""
        return {
            "part": str(self.part),
            "of": self.of,
            "change": str(self.change),
            "keys": list(self.keys),
            "words_only": self.words_only,
        }


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Give every part of two results, both as ``Screening.to_dict`` gives them, that is not the same in both."""
    found = tuple(_differences(then, now))
    if not found and canonical(dict(then)) != canonical(dict(now)):
        # What no part shows, such as a use that is listed twice.
        return (Difference(Part.SCREENING, keys=("indications",)),)
    return found


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _changed(Part.GUIDANCE, None, then["guidance"], now["guidance"])
    yield from _each(Part.FINDING, then["findings"], now["findings"])
    yield from _each(Part.USE, _by_use(then), _by_use(now))
    for key, part in _LISTS.items():
        yield from (Difference(part, words_only=only) for only in _differing(then[key], now[key]))
    yield from _changed(Part.CRITERIA, None, then["criteria"], now["criteria"], _WORDS_OF_CRITERIA)
    rest = [{key: value for key, value in one.items() if key not in _OTHERS} for one in (then, now)]
    yield from _changed(Part.SCREENING, None, *rest)


def _by_use(result: Mapping[str, Any]) -> dict[str, Any]:
    return {outcome["indication"]: outcome for outcome in result["indications"]}


def _each(part: Part, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    for id in dict.fromkeys((*then, *now)):
        if id not in now:
            yield Difference(part, id, Change.WENT)
        elif id not in then:
            yield Difference(part, id, Change.CAME)
        else:
            yield from _changed(part, id, then[id], now[id])


def _changed(
    part: Part, of: str | None, then: Mapping[str, Any], now: Mapping[str, Any], words: Iterable[str] = ()
) -> Iterator[Difference]:
    words = {*words, *_WORDS}
    keys = {
        key: key in words or only
        for key in dict.fromkeys((*then, *now))
        for only in ([False] if (key in then) != (key in now) else _differing(then[key], now[key]))
    }
    if keys:
        yield Difference(part, of, keys=tuple(keys), words_only=all(keys.values()))


def _differing(then: Any, now: Any) -> Iterator[bool]:
    """Give nothing where two values are the same, else whether only wording differs."""
    if canonical(then) != canonical(now):
        yield canonical(_without_words(then)) == canonical(_without_words(now))


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(inner) for key, inner in value.items() if key not in _WORDS}
    return [_without_words(inner) for inner in value] if isinstance(value, list) else value

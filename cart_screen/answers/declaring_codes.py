"""Read what a dictionary declares of units and codes, and find every place where that breaks the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cart_screen.answers.dictionary import CodeSystem, QuestionCode, ValueCode
from cart_screen.answers.scalars import is_number, same, written
from cart_screen.answers.unit import Unit

Problem = tuple[str, str, str]

_SYSTEM_KEYS = {"title", "version", "prefixes", "note"}
_UNIT_KEYS = {"code", "accepted"}
_ACCEPTED_KEYS = {"code", "multiply", "divide", "source"}
_CODE_KEYS = {"system", "code", "unit", "note", "source"}
_CODED_KEYS = {"system", "code", "below", "means", "note", "source"}


def read_units(entry: Mapping[str, Any]) -> tuple[Unit, ...]:
    """Give the units of a question, the canonical one first."""
    unit = entry.get("x-unit")
    if unit is None:
        return ()
    others = (
        Unit(other["code"], other.get("multiply", 1), other.get("divide", 1), tuple(other.get("source", ())))
        for other in unit.get("accepted", ())
    )
    return Unit(unit["code"]), *others


def read_systems(document: Mapping[str, Any]) -> dict[str, CodeSystem]:
    """Give the code systems of a dictionary by their address."""
    return {
        address: CodeSystem(address, entry["title"], entry.get("prefixes", False))
        for address, entry in document.get("x-code-systems", {}).items()
    }


def read_question_codes(entry: Mapping[str, Any]) -> tuple[QuestionCode, ...]:
    """Give the codes of a question."""
    return tuple(
        QuestionCode(raw["system"], raw["code"], raw.get("unit"), raw.get("note", ""), tuple(raw.get("source", ())))
        for raw in entry.get("x-codes", ())
    )


def read_value_codes(entry: Mapping[str, Any]) -> tuple[ValueCode, ...]:
    """Give the codes of a question's values, the values in the order of its choices."""
    order = list(entry.get("enum", (True, False)))
    return tuple(
        ValueCode(
            raw["system"],
            raw["code"],
            tuple(value for value in order if any(same(value, meant) for meant in raw["means"])),
            raw.get("below", False),
            raw.get("note", ""),
            tuple(raw.get("source", ())),
        )
        for raw in entry.get("x-coded", ())
    )


def code_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Give every place of units, codes and their sources that breaks the format, with what is found and allowed."""
    sources = document.get("x-sources", [])
    if not isinstance(sources, list) or not all(isinstance(raw, dict) and _text(raw.get("id")) for raw in sources):
        yield "/x-sources", written(sources), 'a list of sources, each with an "id"'
        return
    systems = document.get("x-code-systems", {})
    if not isinstance(systems, dict):
        yield "/x-code-systems", written(systems), "an object with a code system for each address"
        return
    found = list(_system_problems(systems))
    yield from found
    if found:
        return
    checker = _Checker({raw["id"] for raw in sources}, read_systems(document))
    for id, entry in document["properties"].items():
        if isinstance(entry, dict):
            for pointer, said, allowed in checker.problems(entry):
                yield f"/properties/{id}{pointer}", said, allowed


def _system_problems(systems: Mapping[str, Any]) -> Iterator[Problem]:
    for address, entry in systems.items():
        pointer = f"/x-code-systems/{address.replace('~', '~0').replace('/', '~1')}"
        if not isinstance(entry, dict) or not _text(entry.get("title")):
            yield pointer, written(entry), 'an object with a "title"'
            continue
        yield from _unknown_keys(pointer, entry, _SYSTEM_KEYS)
        if not isinstance(entry.get("prefixes", False), bool):
            yield f"{pointer}/prefixes", written(entry["prefixes"]), "true or false"


class _Checker:
    """Checks question after question and remembers every code, so that none is declared twice."""

    def __init__(self, sources: set[str], systems: Mapping[str, CodeSystem]) -> None:
        self._sources = sources
        self._systems = systems
        self._declared: set[tuple[str, str]] = set()

    def problems(self, entry: Mapping[str, Any]) -> Iterator[Problem]:
        if "x-unit" in entry:
            yield from self._units(entry)
        for keyword, keys in (("x-codes", _CODE_KEYS), ("x-coded", _CODED_KEYS)):
            listed = entry.get(keyword, [])
            if not isinstance(listed, list):
                yield f"/{keyword}", written(listed), "a list of codes"
                continue
            for position, raw in enumerate(listed):
                pointer = f"/{keyword}/{position}"
                if not isinstance(raw, dict) or not _text(raw.get("system")) or not _text(raw.get("code")):
                    yield pointer, written(raw), 'an object with a "system" and a "code"'
                    continue
                yield from _unknown_keys(pointer, raw, keys)
                yield from self._code(pointer, raw)
                yield from self._cited(pointer, raw)
                yield from _implied_unit(pointer, raw, entry) if keyword == "x-codes" else ()
                yield from self._meaning(pointer, raw, entry) if keyword == "x-coded" else ()

    def _units(self, entry: Mapping[str, Any]) -> Iterator[Problem]:
        unit = entry["x-unit"]
        if entry.get("type") not in ("integer", "number"):
            yield "/x-unit", "a unit", f"no unit on a {entry.get('type')}"
            return
        if not isinstance(unit, dict) or not _text(unit.get("code")) or not isinstance(unit.get("accepted", []), list):
            yield "/x-unit", written(unit), 'an object with a UCUM "code", and a list of "accepted" units'
            return
        yield from _unknown_keys("/x-unit", unit, _UNIT_KEYS)
        seen = {unit["code"]}
        for position, other in enumerate(unit.get("accepted", [])):
            pointer = f"/x-unit/accepted/{position}"
            if not isinstance(other, dict) or not _text(other.get("code")):
                yield pointer, written(other), 'an object with a UCUM "code"'
                continue
            yield from _unknown_keys(pointer, other, _ACCEPTED_KEYS)
            yield from self._cited(pointer, other)
            if other["code"] in seen:
                yield f"{pointer}/code", f"{written(other['code'])} again", "each unit once"
            seen.add(other["code"])
            for key in ("multiply", "divide"):
                if key in other and not (is_number(other[key]) and other[key] > 0):
                    yield f"{pointer}/{key}", written(other[key]), "a number above 0"

    def _code(self, pointer: str, raw: Mapping[str, Any]) -> Iterator[Problem]:
        system = self._systems.get(raw["system"])
        if system is None:
            yield f"{pointer}/system", written(raw["system"]), "an address of x-code-systems"
            return
        plain = system.plain(raw["code"])
        if plain is None:
            yield f"{pointer}/code", written(raw["code"]), f"a code of {system.title}"
        elif (raw["system"], plain) in self._declared:
            yield f"{pointer}/code", f"{written(raw['code'])} again", "each code once in the dictionary"
        else:
            self._declared.add((raw["system"], plain))
        if raw.get("below", False) is not False and not (raw["below"] is True and system.prefixes):
            yield f"{pointer}/below", written(raw["below"]), "true, in a code system of prefixes"

    def _meaning(self, pointer: str, raw: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Problem]:
        choices = entry.get("enum", [True, False] if entry.get("type") == "boolean" else [])
        means = raw.get("means")
        if not isinstance(means, list) or not means:
            yield f"{pointer}/means", written(means), "a list of the values that the code can stand for"
            return
        for position, value in enumerate(means):
            if not any(same(value, choice) for choice in choices):
                yield f"{pointer}/means/{position}", written(value), "one of the question's choices"
            elif any(same(value, other) for other in means[:position]):
                yield f"{pointer}/means/{position}", f"{written(value)} again", "each value once"

    def _cited(self, pointer: str, raw: Mapping[str, Any]) -> Iterator[Problem]:
        cited = raw.get("source", [])
        if not isinstance(cited, list) or not all(isinstance(id, str) and id in self._sources for id in cited):
            yield f"{pointer}/source", written(cited), "a list of ids of x-sources"


def _implied_unit(pointer: str, raw: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Problem]:
    unit = entry.get("x-unit")
    units = [unit, *unit.get("accepted", [])] if isinstance(unit, dict) else []
    codes = [one["code"] for one in units if isinstance(one, dict) and "code" in one]
    if "unit" in raw and raw["unit"] not in codes:
        yield f"{pointer}/unit", written(raw["unit"]), "a unit that the question accepts"


def _unknown_keys(pointer: str, entry: Mapping[str, Any], known: Iterable[str]) -> Iterator[Problem]:
    for key in sorted(set(entry) - set(known)):
        yield f"{pointer}/{key}", "an unknown key", ", ".join(sorted(known))


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())

"""Checks of the words that other readers than the patient have of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.words import strings
from cart_screen.rules.references import escaped
from cart_screen.texts import Audience

# What is asked and what is answered; the other words speak of the tool, or to whoever sits before it.
_ADDRESSED = ("topics", "questions", "screens", "criteria", "guidance", "reasons", "cautions", "conflicts")

_YOU = re.compile(r"\byou(r|rs|rself)?\b", re.IGNORECASE)

# Where the words speak to a child's parent, "you" is the parent who answers and knows, or comes in "your child".
_PARENT = re.compile(
    r"\byour child('s)?\b|\byour (own |exact )?(answers?|count|words)\b|\b(told|with) you\b"
    r"|\byou (also )?(told|said|put|chose|counted|gave|know|can|do not know|are (not )?sure)\b",
    re.IGNORECASE,
)

# What a question may have for one audience only.
_OPTIONAL = ("/hint", "/source", "/tick", "/unit")


def overlays(words: Mapping[str, Any]) -> Iterator[tuple[Audience, Mapping[str, Any]]]:
    """Give the words that each other audience has of its own."""
    found = words.get("audiences")
    for audience in Audience:
        own = found.get(audience) if isinstance(found, Mapping) else None
        if isinstance(own, Mapping):
            yield audience, own


def read_by(words: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Give all words that an audience reads: its own, and the patient's where it has none."""
    both = {
        key: read_by(words[key], value)
        for key, value in own.items()
        if isinstance(value, Mapping) and isinstance(words.get(key), Mapping)
    }
    return {**words, **own, **both}


def _misaddressed(material: Material) -> Iterator[Found]:
    """
    Find words that speak to the patient where somebody else reads them: a parent, or a clinician.

    A clinician is never spoken to as "you". Only English is read so; in any other language a reader has to.
    """
    for document, words in material.files.texts.items():
        if str(words.get("language", "")).split("-")[0] != "en":
            continue
        for audience, own in overlays(words):
            read = read_by(words, own)
            for pointer, text in strings({part: read[part] for part in _ADDRESSED if part in read}):
                spoken = _PARENT.sub("", text) if audience is Audience.CHILD else text
                if _YOU.search(spoken):
                    yield Found(
                        document,
                        f"/audiences/{audience}{pointer}",
                        f'"{text}", which speaks to the patient',
                        'speak of "your child"' if audience is Audience.CHILD else 'speak of "the patient"',
                    )


def _unheard(material: Material) -> Iterator[Found]:
    """Find words of an audience that replace nothing: the patient's words have no such key."""
    for document, words in material.files.texts.items():
        said = set(_keys({key: value for key, value in words.items() if key != "audiences"}))
        entries = {_entry(pointer) for pointer in said}
        for audience, own in overlays(words):
            for pointer in _keys(own):
                is_optional = pointer.endswith(_OPTIONAL) and _entry(pointer) in entries
                if pointer not in said and not is_optional:
                    yield Found(
                        document,
                        f"/audiences/{audience}{pointer}",
                        "words that replace none to the patient",
                        "remove them, or correct the key",
                    )


def _keys(node: Any, pointer: str = "") -> Iterator[str]:
    """Give the pointer of each text and of each list of texts."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _keys(value, f"{pointer}/{escaped(key)}")
    else:
        yield pointer


def _entry(pointer: str) -> str:
    return pointer.rpartition("/")[0]


CHECKS = (
    Check("audience-addressed", Severity.ERROR, "Words to a parent or a clinician speak to no patient.", _misaddressed),
    Check("audience-unused", Severity.WARNING, "Words to another audience replace words to the patient.", _unheard),
)

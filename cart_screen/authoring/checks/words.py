"""Checks of the words that people read, and of the titles that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.files import Documents, Unguarded
from cart_screen.authoring.checks.material import Material
from cart_screen.catalog.directory import own_criteria
from cart_screen.catalog.words_contract import missing_words, with_interface_words
from cart_screen.errors import CriteriaMissing, DocumentInvalid
from cart_screen.rules.references import escaped

# Nothing that a person reads says more than that a specialist should be asked.
_FORBIDDEN = {
    "a verdict on eligibility": r"\b(in|non-?)?eligib\w*",
    "a verdict that somebody qualifies": r"\b(dis)?qualif\w*",
    "a verdict of approval for the reader": r"\bapproved for you\b",
    "a verdict that the reader matches": r"\byou (do not |don't |may |might )?match\b",
    "a word of failure": r"\bfail(s|ed|ing)?\b",
    "a word of exclusion": r"\bexclu(de|ded|des|ding|sion|sions)\b",
    "a word of rejection": r"\breject\w*",
    "the status itself": r"\bnot met\b",
    "a score": r"\bscor(e|es|ed|ing)\b",
    "a number on how well it works": r"\b(remissions?|respon(se|ses|d|ds|ded)|surviv\w+|cure[sd]?|success\w*|odds|"
    r"chances? of|likely to (work|help)|works? (for|in))\b[^.]*\d|\b\d+ (in|out of) (every )?\d+\b",
}
# Names of diseases, and the sources, which name what others wrote.
_ELSEWHERE = re.compile(r"^/names/|/sources/")
_PERCENT = re.compile(r"\d ?%|\bper ?cent\b", re.IGNORECASE)

_Strings = Iterator[tuple[str, str]]


def strings(node: Any, pointer: str = "") -> _Strings:
    """Give every text of a JSON value, with its pointer."""
    if isinstance(node, str):
        yield pointer, node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from strings(value, f"{pointer}/{escaped(key)}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from strings(value, f"{pointer}/{position}")


def _missing(material: Material) -> Iterator[Found]:
    """
    Find what a set can say and a language has no words for.

    Where a document is broken, its set is built without it; its named conditions and cautions need words
    all the same.
    """
    like = _common()
    broken = {one.document for one in material.problems}
    built = [with_interface_words(criteria, {"en": like} if like else {}) for criteria in material.built.values()]
    lacking = {
        (problem.document, problem.pointer): Found(
            problem.document, problem.pointer, problem.found, f"write {problem.allowed}"
        )
        for criteria in built
        for part in (criteria, *criteria.earlier)
        for problem in missing_words(part, like)
        if problem.pointer or problem.document not in broken
    }
    reasons, cautions = _named({path: raw for path, raw in material.files.criteria.items() if material.concerns(path)})
    needed = [f"/cautions/{id}" for id in cautions]
    needed += [f"/reasons/{id}/{status}" for id in reasons for status in ("met", "not-met", "unknown")]
    for document, words in material.files.texts.items():
        spoken = {pointer for pointer, text in strings(words) if text}
        for pointer in needed:
            if pointer not in spoken:
                lacking.setdefault(
                    (document, pointer), Found(document, pointer, "no words", "write the words for this key")
                )
    yield from (lacking[place] for place in sorted(lacking))


def _common() -> Mapping[str, Any]:
    """Give the words of this package, which have every key that all sets speak with."""
    try:
        found = Unguarded(own_criteria()).read("text/en.json")
    except (CriteriaMissing, DocumentInvalid):
        # They may be the very words that are checked.
        return {}
    return found if isinstance(found, Mapping) else {}


def _unused(material: Material) -> Iterator[Found]:
    """
    Find words for what no document and no dictionary has: questions, screens, conditions, cautions, conflicts, topics.

    Sources are kept for the words that cite them.
    """
    for document, words in material.files.texts.items():
        yield from _uncited(document, words)
    if not material.is_complete:
        return
    used = _keys(material)
    for document, words in material.files.texts.items():
        for part, ids in used.items():
            spoken = words.get(part)
            for id in spoken if isinstance(spoken, Mapping) else ():
                if id not in ids:
                    yield Found(
                        document,
                        f"/{part}/{escaped(id)}",
                        f"words for {id}, which no document and no dictionary names",
                        "remove them, or correct the key",
                    )


def _uncited(document: str, words: Mapping[str, Any]) -> Iterator[Found]:
    listed = words.get("sources")
    cited = {text for pointer, text in strings(words) if re.search(r"/questions/[^/]+/source/\d+$", pointer)}
    for position, source in enumerate(listed if isinstance(listed, list) else ()):
        id = source.get("id") if isinstance(source, Mapping) else None
        if isinstance(id, str) and id not in cited:
            yield Found(document, f"/sources/{position}", f"the source {id}, which no words cite", "cite or remove it")


def _keys(material: Material) -> dict[str, set[str]]:
    dictionaries = material.files.dictionaries.values()
    reasons, cautions = _named(material.files.criteria)
    return {
        "questions": {id for raw in dictionaries for id in _entries(raw, "properties")},
        "screens": {id for raw in dictionaries for id in _entries(raw, "x-screens")},
        "topics": {topic for raw in dictionaries for topic in _entries(raw, "x-topics")},
        "conflicts": {id for raw in dictionaries for id in _entries(raw, "x-consistency")},
        "reasons": reasons,
        "cautions": cautions,
    }


def _named(documents: Documents) -> tuple[set[str], set[str]]:
    """Give the keys of the named conditions and of the cautions of some documents."""
    reasons: set[str] = set()
    cautions: set[str] = set()
    for raw in documents.values():
        for node in _objects(raw):
            listed = node.get("x-cautions")
            named = [one.get("id") for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
            cautions.update(id for id in named if isinstance(id, str))
            reasons.update(id for id in (node.get("x-reason"),) if isinstance(id, str))
    return reasons, cautions


def _entries(raw: Mapping[str, Any], key: str) -> set[str]:
    found = raw.get(key)
    return {str(one) for one in found} if isinstance(found, Mapping | list) else set()


def _objects(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key != "x-examples":
                yield from _objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from _objects(value)


def _forbidden(material: Material) -> Iterator[Found]:
    """
    Find verdicts, scores, percentages and numbers on how well a treatment works.

    Read are all words of ``text/`` and all titles but those of sources, which name what others wrote. A
    percentage is a laboratory value where the text names a question that is measured in per cent, by
    its id or by a word of its label.
    """
    measured = _measured_in_percent(material)
    for document, pointer, text in _shown(material):
        for what, pattern in _FORBIDDEN.items():
            for match in re.finditer(pattern, text, re.IGNORECASE):
                yield _verdict(document, pointer, what, match[0])
        if (percent := _PERCENT.search(text)) and not re.search(measured, text, re.IGNORECASE):
            yield _verdict(document, pointer, "a percentage", percent[0])


def _verdict(document: str, pointer: str, what: str, said: str) -> Found:
    todo = "say what was told and what is published, and that a specialist should look"
    return Found(document, pointer, f'{what}: "{said}"', todo)


def _shown(material: Material) -> Iterator[tuple[str, str, str]]:
    for document, words in material.files.texts.items():
        yield from ((document, pointer, text) for pointer, text in strings(words) if not _ELSEWHERE.search(pointer))
    for document, raw in {**material.files.descriptions, **material.files.criteria}.items():
        for pointer, text in strings(raw):
            sources = re.search(r"/(x-sources|sources|x-examples)/", pointer)
            if pointer.endswith(("/title", "/cancer-type-title")) and not sources:
                yield document, pointer, text


def _measured_in_percent(material: Material) -> str:
    """Give a pattern of the words that name a question which is measured in per cent."""
    names: set[str] = set()
    for reading in material.readings.values():
        for question in reading.dictionary.questions.values():
            if question.units and question.units[0].code == "%":
                names.add(question.id)
                for words in material.files.texts.values():
                    label = "".join(text for at, text in strings(words) if at == f"/questions/{question.id}/label")
                    names |= {word for word in re.findall(r"\w+", label) if len(word) > 3}
    return rf"\b({'|'.join(map(re.escape, sorted(names)))})\b" if names else r"(?!)"


CHECKS = (
    Check("text-missing", Severity.ERROR, "Everything that can be said has its words, in every language.", _missing),
    Check("text-unused", Severity.WARNING, "No words are kept that nothing says.", _unused),
    Check("word-forbidden", Severity.ERROR, "No word or title gives a verdict, a score or a promise.", _forbidden),
)

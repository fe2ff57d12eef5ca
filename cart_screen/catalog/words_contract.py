"""The contract of words from outside: everything that a set can say has its words, in every language it brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

from cart_screen.errors import DocumentProblem
from cart_screen.model import CriteriaSet
from cart_screen.nouns import replace
from cart_screen.rules.expressions import And, ExactlyOne, Expression, IfThenElse, Named, Not, Or
from cart_screen.rules.references import escaped

_OF_QUESTION = ("heading", "why", "where", "label")
_OF_REASON = ("met", "not-met", "unknown")

# What belongs to a set and its dictionary; everything else is the same for all sets.
_OF_SET = ("language", "names", "questions", "topics", "reasons", "cautions", "conflicts")

# Words that speak of no therapy: a set may leave them to the package, in the languages that it has.
_OF_INTERFACE = ("terminal", "absent", "still-needed")
_OF_THERAPY = ("terminal", "title")

# The language that is shown where none is named.
_FIRST = "en"


def with_interface_words(criteria: CriteriaSet, own: Mapping[str, Mapping[str, Any]]) -> CriteriaSet:
    """Give a set whose words are filled up from the package's, ``own``, wherever they speak of no therapy."""
    texts = {
        language: {**words, **{part: _filled(part, words, own[language]) for part in _OF_INTERFACE}}
        if language in own
        else words
        for language, words in criteria.texts.items()
    }
    earlier = tuple(with_interface_words(one, own) for one in criteria.earlier)
    return replace(criteria, texts=texts, earlier=earlier)


def _filled(part: str, words: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    common = {key: said for key, said in own[part].items() if (part, key) != _OF_THERAPY}
    return {**common, **words.get(part, {})}


def missing_words(criteria: CriteriaSet, like: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    """
    Give every key that a set can speak with and a language has no words for, or words that cannot be filled in.

    ``like`` has all the common keys, with the placeholders that each may have.
    """
    if _FIRST not in criteria.texts:
        found = f"no file {_FIRST}.json"
        yield DocumentProblem(f"text/{_FIRST}.json", "", found, "the words in English, with this name", "words-missing")
    common = [path for path in _paths(like) if path[0] not in _OF_SET and not path[0].startswith("urgent")]
    needed = [*common, *_of_dictionary(criteria), *_of_criteria(criteria)]
    for language, words in criteria.texts.items():
        for path in dict.fromkeys(needed):
            if not _find(words, path):
                pointer = "".join(f"/{escaped(step)}" for step in path)
                document = f"text/{language}.json"
                yield DocumentProblem(document, pointer, "no words", "the words for this key", "words-missing")
        yield from _unfillable(words, like, common, f"text/{language}.json")


def _unfillable(
    words: Mapping[str, Any], like: Mapping[str, Any], common: Iterable[tuple[str, ...]], document: str
) -> Iterator[DocumentProblem]:
    for path in common:
        model, said = _at(like, path), _at(words, path)
        if not (isinstance(model, str) and isinstance(said, str)):
            continue
        allowed = _placeholders(model) or set()
        found = _placeholders(said)
        if found is None or not found <= allowed:
            pointer = "".join(f"/{escaped(step)}" for step in path)
            wrong = (
                "a brace that is not closed" if found is None else ", ".join(f"{{{name}}}" for name in found - allowed)
            )
            right = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "no words in braces"
            yield DocumentProblem(document, pointer, wrong, right, "words-missing")


def _placeholders(said: str) -> set[str] | None:
    try:
        return {name for _, name, _, _ in Formatter().parse(said) if name is not None}
    except ValueError:
        return None


def _at(words: Any, path: Iterable[str]) -> Any:
    for step in path:
        words = words.get(step) if isinstance(words, Mapping) else None
    return words


def _of_dictionary(criteria: CriteriaSet) -> Iterator[tuple[str, ...]]:
    dictionary = criteria.reading.dictionary
    for question in dictionary.questions.values():
        if question.internal:
            continue
        yield from (("questions", question.id, key) for key in _OF_QUESTION)
        if question.kind == "string":
            yield from (("questions", question.id, "options", str(choice)) for choice in question.choices)
    yield from (("topics", topic) for topic in dictionary.topics)
    yield from (("conflicts", conflict) for conflict in dictionary.consistency)
    for key in dictionary.urgency:
        yield from ((key, part) for part in ("headline", "text"))


def _of_criteria(criteria: CriteriaSet) -> Iterator[tuple[str, ...]]:
    stated = [criterion for indication in criteria.indications for criterion in indication.criteria.values()]
    for criterion in (*stated, *criteria.general.values()):
        yield from (("cautions", caution.id) for caution in criterion.cautions)
        for reason in _reasons(criterion.requirement):
            yield from (("reasons", reason, status) for status in _OF_REASON)


def _reasons(expression: Expression) -> Iterable[str]:
    match expression:
        case Named(reason=reason, term=term):
            return {reason, *_reasons(term)} - {""}
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            return {reason for term in terms for reason in _reasons(term)}
        case Not(term=term):
            return _reasons(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return {*_reasons(condition), *_reasons(then), *_reasons(otherwise)}
        case _:
            return ()


def _paths(words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from ((key, *rest) for rest in _paths(value))
        else:
            yield (key,)


def _find(words: Any, path: tuple[str, ...]) -> bool:
    said = _at(words, path)
    return (isinstance(said, str) and bool(said)) or (
        isinstance(said, list) and bool(said) and all(isinstance(one, str) for one in said)
    )

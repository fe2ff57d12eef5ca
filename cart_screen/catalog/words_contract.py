"""The contract of words from outside: everything that a set can say has its words, in every language it brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cart_screen.errors import DocumentProblem
from cart_screen.model import CriteriaSet
from cart_screen.rules.expressions import And, ExactlyOne, Expression, IfThenElse, Named, Not, Or

_OF_QUESTION = ("heading", "why", "where", "label")
_OF_REASON = ("met", "not-met", "unknown")

# What belongs to a set and its dictionary; everything else is the same for all sets.
_OF_SET = ("language", "questions", "topics", "reasons", "cautions", "conflicts")


def missing_words(criteria: CriteriaSet, like: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    """Give every key that a set can speak with and a language has no words for; ``like`` has all the common ones."""
    common = [path for path in _paths(like) if path[0] not in _OF_SET and not path[0].startswith("urgent")]
    needed = [*common, *_of_dictionary(criteria), *_of_criteria(criteria)]
    for language, words in criteria.texts.items():
        for path in dict.fromkeys(needed):
            if not _find(words, path):
                pointer = "".join(f"/{step}" for step in path)
                yield DocumentProblem(f"text/{language}.json", pointer, "no words", "the words for this key")


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
    for step in path:
        words = words.get(step) if isinstance(words, Mapping) else None
    return (isinstance(words, str) and bool(words)) or (
        isinstance(words, list) and bool(words) and all(isinstance(said, str) for said in words)
    )

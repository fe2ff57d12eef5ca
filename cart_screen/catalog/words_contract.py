"""The contract of words from outside: everything that a set can say has its words, in every language it brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from cart_screen.errors import DocumentProblem
from cart_screen.model import CriteriaSet
from cart_screen.nouns import replace
from cart_screen.rules.expressions import And, ExactlyOne, Expression, IfThenElse, Named, Not, Or
from cart_screen.rules.references import escaped

_OF_QUESTION = ("heading", "why", "where", "label")
_OF_SCREEN = ("heading", "why", "where", "label")
_OF_REASON = ("met", "not-met", "unknown")

# What belongs to a set and its dictionary; everything else is the same for all sets.
_OF_SET = (
    "language", "names", "sources", "questions", "screens", "topics", "reasons", "cautions", "conflicts", "treatment",
    "audiences",
)  # fmt: skip

# What of the words on a treatment cites its sources.
_CITING = ("involves", "risks", "bring")

# Words that speak of no therapy: a set may leave them to the package, in the languages that it has.
_OF_INTERFACE = ("terminal", "web", "batch", "absent", "still-needed", "sheet")
_OF_THERAPY = ("terminal", "title")

# The language that is shown where none is named.
_FIRST = "en"


def with_interface_words(criteria: CriteriaSet, own: Mapping[str, Mapping[str, Any]]) -> CriteriaSet:
    """Give a set whose words are filled up from the package's, ``own``, wherever they speak of no therapy."""
    texts = {
        language: _filled(words, own[language]) if language in own else words
        for language, words in criteria.texts.items()
    }
    earlier = tuple(with_interface_words(one, own) for one in criteria.earlier)
    return replace(criteria, texts=texts, earlier=earlier)


def _filled(words: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    audiences = {
        name: _filled_up(said, _under(_under(own, "audiences"), name), words) for name, said in _overlays(words)
    }
    return {**_filled_up(words, own, {}), **({"audiences": audiences} if audiences else {})}


def _filled_up(words: Mapping[str, Any], own: Mapping[str, Any], patient: Mapping[str, Any]) -> dict[str, Any]:
    """Fill up the words to one audience; what a set says to the ``patient`` itself, the package says to nobody else."""
    parts = {}
    for part in _OF_INTERFACE:
        lent = {key: said for key, said in _under(own, part).items() if (part, key) != _OF_THERAPY}
        kept = {key: said for key, said in lent.items() if key not in _under(patient, part)}
        parts[part] = {**kept, **_under(words, part)}
    return {**words, **{part: said for part, said in parts.items() if said}}


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
        yield from _uncited(words, f"text/{language}.json")
        for audience, own in _overlays(words):
            yield from _otherwise_filled(own, words, common, f"text/{language}.json", f"/audiences/{audience}")


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
            wrong = "a brace that is not closed" if found is None else _in_braces(found - allowed)
            yield DocumentProblem(document, pointer, wrong, _in_braces(allowed), "words-missing")


def _otherwise_filled(
    own: Mapping[str, Any], words: Mapping[str, Any], common: Iterable[tuple[str, ...]], document: str, place: str
) -> Iterator[DocumentProblem]:
    """Give the words of an audience whose placeholders are not those of the words to the patient."""
    for path in common:
        said, base = _at(own, path), _at(words, path)
        if isinstance(said, str) and isinstance(base, str) and _placeholders(said) != _placeholders(base):
            pointer = place + "".join(f"/{escaped(step)}" for step in path)
            found = _placeholders(said)
            wrong = "a brace that is not closed" if found is None else _in_braces(found)
            yield DocumentProblem(document, pointer, wrong, _in_braces(_placeholders(base) or set()), "words-missing")


def _uncited(words: Mapping[str, Any], document: str) -> Iterator[DocumentProblem]:
    """Give the sources that questions or lines on the treatment cite and that are not there, or are there twice."""
    ids = [source.get("id") for source in _list(words, "sources") if isinstance(source, Mapping)]
    for id in dict.fromkeys(id for id in ids if ids.count(id) > 1):
        yield DocumentProblem(document, "/sources", f"{id} more than once", "each id once")
    for place, said in (("", words), *((f"/audiences/{escaped(name)}", own) for name, own in _overlays(words))):
        yield from _citing(_under(said, "questions"), ids, document, f"{place}/questions")
    treatment = _under(words, "treatment")
    for part in _CITING:
        yield from _citing(_under(treatment, part), list(_under(treatment, "sources")), document, f"/treatment/{part}")


def _citing(entries: Mapping[str, Any], listed: Sequence[Any], document: str, place: str) -> Iterator[DocumentProblem]:
    for entry in entries:
        for position, id in enumerate(_list(_under(entries, entry), "source")):
            if id not in listed:
                pointer = f"{place}/{escaped(entry)}/source/{position}"
                allowed = ", ".join(map(str, listed)) or "an id, and its entry under sources"
                yield DocumentProblem(document, pointer, f"{id}, which sources does not list", allowed)


def _overlays(words: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    return ((name, said) for name, said in _under(words, "audiences").items() if isinstance(said, Mapping))


def _under(words: Any, key: str) -> Mapping[str, Any]:
    """Give what stands under a key; nothing where that is no object, as in a file whose form is still to be refused."""
    found = words.get(key) if isinstance(words, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _list(words: Mapping[str, Any], key: str) -> list[Any]:
    found = words.get(key)
    return found if isinstance(found, list) else []


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no words in braces"


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
    for screen, members in dictionary.screens.items():
        yield from (("screens", screen, key) for key in _OF_SCREEN)
        yield from (("questions", member, "tick") for member in members)
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

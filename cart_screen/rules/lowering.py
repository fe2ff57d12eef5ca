"""Rules as they are written down, each a JSON Schema by name, lowered to expressions over one dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.scalars import written
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.rules.derivations import Reading, read_dictionary_rules
from cart_screen.rules.expressions import Expression
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.references import Place, subschemas

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def reading_of(dictionary: Mapping[str, Any] | Reading) -> Reading:
    """
    Give how the answers of a dictionary are read: of a JSON Schema with ``properties``, or a whole dictionary document.

    Raises
    ------
    DocumentInvalid
        With every place of the dictionary that cannot be read.
    """
    if isinstance(dictionary, Reading):
        return dictionary
    name = str(dictionary.get("$id", "dictionary")) if isinstance(dictionary, Mapping) else "dictionary"
    return read_dictionary_rules(read_dictionary(dictionary, name), name)


def lower_rules(
    rules: Mapping[str, Any], reading: Reading, documents: Iterable[Mapping[str, Any]]
) -> dict[str, Expression]:
    """
    Lower rules by name; ``documents``, each with its ``$id``, are what their references may reach.

    Raises
    ------
    DocumentInvalid
        With every place of the rules or the documents that cannot be read.
    """
    if not isinstance(rules, Mapping) or not all(isinstance(name, str) for name in rules):
        raise DocumentInvalid([DocumentProblem("rules", "", written(rules), "an object with a schema for each name")])
    documents = list(documents)
    addresses = {name: f"rule:{quote(name, safe='', errors='surrogatepass')}" for name in rules}
    problems = list(_unaddressed([(addresses[name], rule) for name, rule in rules.items()], documents))
    if problems:
        raise DocumentInvalid(problems)
    known = {str(document["$id"]): document for document in documents}
    reader = SchemaReader({**known, **{addresses[name]: schema for name, schema in rules.items()}})
    profile = Profile(reading.dictionary)
    found = {name: profile.lower(reader.read_part(rules[name], addresses[name], "")) for name in rules}
    reader.problems += profile.problems
    reader.finish()
    return found


def _unaddressed(rules: Sequence[tuple[str, Any]], documents: Sequence[Any]) -> Iterator[DocumentProblem]:
    """Give each document without an address, and each address that stands twice: a reference could mean either."""
    for place, document in enumerate(documents):
        if not isinstance(document, Mapping) or not isinstance(document.get("$id"), str):
            yield DocumentProblem(f"documents/{place}", "/$id", "none", "an address, by which a reference reaches it")
    known: set[str] = set()
    for name, schema in [*rules, *((f"documents/{place}", document) for place, document in enumerate(documents))]:
        for address in _addresses(schema):
            if address in known:
                yield DocumentProblem(name, "/$id", f"{written(address)} again", "an address that no other one has")
            known.add(address)


def _addresses(schema: Any) -> Iterator[str]:
    pending = [(schema, Place("", "", ""))]
    while pending:
        part, place = pending.pop()
        if isinstance(part, dict):
            if isinstance(part.get("$id"), str):
                place = place.based(part["$id"])
                yield place.base
            pending.extend(subschemas(part, place))

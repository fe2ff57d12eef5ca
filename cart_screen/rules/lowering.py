"""Rules as they are written down, each a JSON Schema by name, lowered to expressions over one dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from cart_screen.answers.declaring import read_dictionary
from cart_screen.rules.derivations import Reading, read_dictionary_rules
from cart_screen.rules.expressions import Expression
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile

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
    name = str(dictionary.get("$id", "dictionary"))
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
    addresses = {name: f"rule:{quote(name, safe='')}" for name in rules}
    known = {str(document["$id"]): document for document in documents}
    reader = SchemaReader({**known, **{addresses[name]: schema for name, schema in rules.items()}})
    profile = Profile(reading.dictionary)
    found = {name: profile.lower(reader.read_part(rules[name], addresses[name], "")) for name in rules}
    reader.problems += profile.problems
    reader.finish()
    return found

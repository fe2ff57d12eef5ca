"""Every criterion as one document states it: its tree, what it says, and the document's examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cart_screen.answers.given import sort_out
from cart_screen.answers.scalars import Scalar, written
from cart_screen.authoring.checks.files import Documents
from cart_screen.authoring.checks.tree import Node, nodes
from cart_screen.model import CriterionId
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Constant, Expression
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.schema import Schema, parts_of

# What stands at the top of a document beside its conditions, and does not change what they say.
_METADATA = ("/x-sources/", "/x-examples/", "/x-version", "/x-answers", "/title", "/description")


@dataclass(frozen=True)
class Example:
    """
    An example of a document: what was answered, what it resolves to, what must come out.

    ``record`` is None where the dictionary does not allow the answers; ``problems`` then say why.
    """

    pointer: str
    answers: Mapping[str, Any]
    record: Mapping[str, Scalar] | None
    problems: tuple[str, ...]
    expect: Mapping[str, Any]
    cautions: tuple[str, ...] | None


@dataclass(frozen=True, eq=False)
class StatedCaution:
    """A caution where it stands, with the sources that it cites."""

    id: str
    pointer: str
    schema: Schema
    when: Expression
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Stated:
    """
    One criterion as one document states it.

    ``cautions`` are all that can be reported with it, ``own`` those that stand in this document.
    ``sound`` is false where something of it could not be read, so that what it says is not known.
    """

    document: str
    raw: Mapping[str, Any]
    id: str
    schema: Schema
    expression: Expression
    reading: Reading
    cautions: tuple[StatedCaution, ...]
    own: tuple[StatedCaution, ...]
    examples: tuple[Example, ...]
    sound: bool

    @property
    def pointer(self) -> str:
        """Where the criterion stands in its document."""
        return self.schema.pointer

    @property
    def nodes(self) -> Iterator[Node]:
        """The criterion and every condition inside it, as far as this document goes."""
        return nodes(self.schema)

    def lowered(self, schema: Schema) -> Expression:
        """Say what a schema over the same dictionary says, whatever the profile has against it."""
        return Profile(self.reading.dictionary).lower(schema)


class Stating:
    """
    Reads what documents state, over one dictionary.

    ``documents`` are all that may be referred to, keyed by path, and ``wrong`` the paths and pointers of
    what the contract has against them: a criterion that holds such a place is unsound, and not read
    any further.
    """

    def __init__(self, documents: Documents, reading: Reading, wrong: frozenset[tuple[str, str]]) -> None:
        self._documents = documents
        self._reading = reading
        self._wrong = wrong
        self._paths: dict[str, str] = {}
        for path, raw in documents.items():
            address = raw.get("$id")
            if not isinstance(address, str) or address in self._paths:
                address = f"urn:cart-screen:file:{path}"
            self._paths[address] = path
        self._addresses = {path: address for address, path in self._paths.items()}
        self._reader = SchemaReader({address: documents[path] for address, path in self._paths.items()})
        self._profile = Profile(reading.dictionary)

    def all_of(self, paths: Mapping[str, tuple[str, ...]]) -> list[Stated]:
        """Give every criterion of some documents; each path comes with the ids of those that it states."""
        found = []
        for path, ids in paths.items():
            examples = tuple(_examples(self._documents[path], self._reading))
            for id in ids:
                within = f"#/$defs/{id}" if path.startswith("sets/") else ""
                schema = self._reader.read(self._addresses[path] + within)
                found.append(self._stated(path, id, schema, examples))
        return found

    def _stated(self, path: str, id: str, schema: Schema, examples: tuple[Example, ...]) -> Stated:
        sound = self._is_sound(schema)
        cautions = list(self._cautions(schema)) if sound else []
        return Stated(
            document=path,
            raw=self._documents[path],
            id=id,
            schema=schema,
            expression=self._profile.lower(schema) if sound else Constant(True),
            reading=self._reading,
            cautions=tuple(cautions),
            own=tuple(caution for caution in cautions if caution.schema.document == schema.document),
            examples=examples,
            sound=sound,
        )

    def _is_sound(self, schema: Schema) -> bool:
        """Tell whether nothing is wrong at any part of a criterion, nor further inside one."""
        every = {(self._paths.get(part.document), part.pointer) for part in parts_of(schema)}
        return not any(
            (path, outer) in every
            for path, pointer in self._wrong
            if not pointer.startswith(_METADATA)
            for outer in (pointer, *_outer(pointer))
        )

    def _cautions(self, schema: Schema) -> Iterator[StatedCaution]:
        for part in parts_of(schema):
            for position, raw in enumerate(part.notes.get("x-cautions", ())):
                pointer = f"{part.pointer}/x-cautions/{position}"
                when = self._reader.read_part(raw["when"], part.document, f"{pointer}/when")
                yield StatedCaution(raw["id"], pointer, when, self._profile.lower(when), cited(raw))


def cited(notes: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the ids of the sources that ``x-source`` cites; one may stand without a list."""
    found = notes.get("x-source")
    return tuple(id for id in (found if isinstance(found, list) else [found]) if isinstance(id, str))


def told(answers: Mapping[str, Scalar]) -> str:
    """Write answers into a sentence."""
    return ", ".join(f"{id} {written(value)}" for id, value in answers.items()) or "no answer at all"


def stated_by(path: str, raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the ids of the criteria that a document states."""
    if path.startswith("shared/"):
        return (path.split("/")[1],)
    definitions = raw.get("$defs")
    return tuple(id for id in CriterionId if isinstance(definitions, Mapping) and id in definitions)


def _outer(pointer: str) -> Iterator[str]:
    """Give the pointer of everything around a place."""
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def _examples(raw: Mapping[str, Any], reading: Reading) -> Iterator[Example]:
    examples = raw.get("x-examples")
    for position, example in enumerate(examples if isinstance(examples, list) else ()):
        if not isinstance(example, Mapping) or not isinstance(example.get("answers"), Mapping):
            continue
        answers, problems = sort_out(example["answers"], {})
        problems = [*problems, *reading.dictionary.problems(answers)]
        expect, cautions = example.get("expect"), example.get("cautions")
        yield Example(
            pointer=f"/x-examples/{position}",
            answers=example["answers"],
            record=None if problems else reading.resolve(answers),
            problems=tuple(str(problem) for problem in problems),
            expect=expect if isinstance(expect, Mapping) else {},
            cautions=tuple(map(str, cautions)) if isinstance(cautions, list) else None,
        )

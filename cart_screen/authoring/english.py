"""A criterion as points that a clinician can review one by one: what each says, and which sources stand behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import assert_never

from cart_screen.authoring.english_words import Wording
from cart_screen.authoring.shelf import Shelf
from cart_screen.rules.profile import source_addresses
from cart_screen.rules.schema import (
    AllOf,
    AnyOf,
    Conditional,
    Keyword,
    Limit,
    NotSchema,
    OneOf,
    Properties,
    Reference,
    Required,
    Schema,
    TypeIs,
    ValueIn,
    Verdict,
)

# The quoted name of a question, which a second condition on the same answer need not say again.
_SUBJECT = re.compile(r'"[^"]*" (?=is )')

_ALL = "all of these are true"
_BASIS = {
    "label": "the label",
    "guideline": "guidelines",
    "trial": "entry criteria of trials",
    "practice": "published practice",
}


@dataclass(frozen=True)
class Point:
    """
    One line of a criterion.

    ``says`` is a statement without capital and full stop, ``title`` what the document calls it, and
    ``lead`` stands before both, such as ``If:``; ``remarks`` are sentences that follow. ``options`` and
    the points ``below`` belong to it, ``cautions`` beside it. ``cites`` are the addresses of its
    sources: its own where ``own`` holds, else those of the nearest point around it. ``asserts`` marks a
    condition on answers. ``shared`` is the address of the shared criterion that the points below belong
    to, and ``named`` how it is called. ``place`` is its number among its neighbours, where some of them
    are left out.
    """

    says: str
    title: str = ""
    lead: str = ""
    options: tuple[str, ...] = ()
    below: tuple[Point, ...] = ()
    cites: tuple[str, ...] = ()
    own: bool = False
    asserts: bool = False
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cautions: tuple[Point, ...] = ()
    shared: str = ""
    named: str = ""
    place: int = 0

    @property
    def introduces(self) -> bool:
        """Whether something is listed beneath it."""
        return bool(self.options or self.below)


class Reviewer:
    """
    Turns the schemas of a shelf into points, in the words of one dictionary.

    ``read`` collects the questions that they read.
    """

    def __init__(self, shelf: Shelf, wording: Wording) -> None:
        self.read: dict[str, None] = {}
        self._shelf = shelf
        self._wording = wording

    def point(self, schema: Schema, around: tuple[str, ...] = ()) -> Point:
        """Give what a schema over an object of answers says; ``around`` are the sources that it inherits."""
        return self._point(schema, None, around)

    def _point(self, schema: Schema, question: str | None, around: tuple[str, ...]) -> Point:
        own = source_addresses(schema)
        title = schema.notes.get("title", "").strip().removesuffix(".")
        remarks, notes, cautions = tuple(_remarks(schema)), tuple(_notes(schema)), tuple(self._cautions(schema))
        cites = own or around
        point = _joined(
            [part for keyword in schema.keywords for part in self._parts(schema, keyword, question, cites)], cites
        )
        named_twice = title and point.title not in ("", title)
        sourced_twice = own and point.own and point.cites != own
        said_twice = point.shared and (remarks or notes or cautions)
        if named_twice or sourced_twice or said_twice:
            # What is inside has a name, sources or words of its own, and a reviewer must see both.
            point = Point("this is true", below=(point,), cites=cites)
        return replace(
            point,
            title=title or point.title,
            own=bool(own) or point.own,
            remarks=(*remarks, *point.remarks),
            notes=(*notes, *point.notes),
            cautions=(*cautions, *point.cautions),
        )

    def _parts(self, schema: Schema, keyword: Keyword, question: str | None, cites: tuple[str, ...]) -> Sequence[Point]:
        match keyword:
            case TypeIs() | Required():
                # The profile lets neither say anything that is not said beside it.
                return []
            case Verdict(value=value):
                return [Point("this always holds" if value else "this never holds", cites=cites, asserts=True)]
            case Properties(schemas=named):
                self.read.update(dict.fromkeys(name for name, _ in named))
                return [self._point(inner, name, cites) for name, inner in named]
            case ValueIn(values=values):
                says, options = self._wording.among(_asked(question), values)
                return [Point(says, options=options, cites=cites, asserts=True)]
            case Limit(relation=relation, bound=bound):
                says = self._wording.compared(_asked(question), relation, bound)
                return [Point(says, cites=cites, asserts=True)]
            case AllOf(schemas=schemas):
                return [self._group(_ALL, schemas, question, cites)]
            case AnyOf(schemas=schemas):
                return [self._group("at least one of these is true", schemas, question, cites)]
            case OneOf(schemas=schemas):
                return [self._group("exactly one of these is true", schemas, question, cites)]
            case NotSchema(schema=inner):
                return [Point("this is not true", below=(self._point(inner, question, cites),), cites=cites)]
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                branches = [("If:", condition), ("Then:", then), ("Otherwise:", otherwise)]
                below = tuple(self._branch(lead, branch, question, cites) for lead, branch in branches)
                return [Point("this depends on a condition", below=below, cites=cites)]
            case Reference(target=target):
                own = target.document == schema.document
                return [self._point(target, question, cites) if own else self._shared(target)]
            case _:
                assert_never(keyword)

    def _group(self, says: str, schemas: Sequence[Schema], question: str | None, cites: tuple[str, ...]) -> Point:
        below = tuple(self._point(inner, question, cites) for inner in schemas)
        return below[0] if len(below) == 1 else Point(says, below=below, cites=cites)

    def _branch(self, lead: str, schema: Schema | None, question: str | None, cites: tuple[str, ...]) -> Point:
        if schema is None:
            return Point("nothing is asked", lead=lead)
        return replace(self._point(schema, question, cites), lead=lead)

    def _shared(self, target: Schema) -> Point:
        *_, name, version = target.document.split(":")
        title = self._shelf.documents[target.document].get("title", name)
        part = "a part of " if target.pointer else ""
        named = f'{part}the shared criterion "{title}" ({name}, version {version}) holds'
        inner = self.point(target)
        return replace(inner, title="", shared=target.document, named=named)

    def _cautions(self, schema: Schema) -> Iterator[Point]:
        for position, raw in enumerate(schema.notes.get("x-cautions", ())):
            cited = [raw["x-source"]] if isinstance(raw["x-source"], str) else raw["x-source"]
            cites = tuple(f"{schema.document}#{id}" for id in cited)
            pointer = f"{schema.pointer}/x-cautions/{position}/when"
            when = self.point(self._shelf.part(raw["when"], schema.document, pointer), cites)
            says = f"it is reported when {when.says}"
            yield replace(when, title=raw["title"].strip().removesuffix("."), says=says, own=True)


def _joined(parts: Sequence[Point], cites: tuple[str, ...]) -> Point:
    """Give several points as one: in one sentence where each is a plain condition, else as a list."""
    if not parts:
        return Point("nothing is asked here", cites=cites, asserts=True)
    if len(parts) == 1:
        return parts[0]
    if any(part.introduces or part.title or part.cites != cites for part in parts):
        return Point(_ALL, below=tuple(parts), cites=cites)
    says = [parts[0].says]
    for before, part in pairwise(parts):
        subject = _SUBJECT.match(part.says)
        repeats = subject is not None and before.says.startswith(subject[0])
        says.append(part.says[len(subject[0]) :] if subject and repeats else part.says)
    return Point(", and ".join(says), cites=cites, asserts=True)


def _remarks(schema: Schema) -> Iterator[str]:
    strength = schema.notes.get("x-strength")
    if strength:
        yield f"It rests on {_BASIS.get(strength, strength)}."
    if schema.notes.get("x-recoverable") is True:
        yield "It may change with time or treatment."


def _notes(schema: Schema) -> Iterator[str]:
    return (schema.notes[key] for key in ("description", "x-note") if key in schema.notes)


def _asked(question: str | None) -> str:
    if question is None:
        raise AssertionError("the profile refuses a condition on the whole record")
    return question

"""Random criteria sets: dictionaries with derived answers, screens and conflicts, and indications that read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from proof.drawing import Drawing
from proof.rule_sets import RuleSet

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.model import Caution, CriteriaSet, Criterion, CriterionId, Indication, Source, Verified
from cart_screen.nouns import replace
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, Named, bare
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile

from .drawing import World

_DAY = date(2026, 11, 22)
_DISEASES = ("a disease", "another disease")
_SOURCES = tuple(
    Source(f"Source {number}", f"https://example.org/{number}", verified, "2026-11-22")
    for number, verified in enumerate(Verified)
)
_GENERAL = tuple(CriterionId)[1:]


def random_world(draw: Drawing, name: str) -> World:
    """Draw a criteria set and the rules that answers to it are drawn from."""
    rules = draw.rule_set(rules=3 + draw.below(6), depth=1 + draw.below(3))
    reading = _reading(draw, rules.reading)
    parts = _Parts(draw, reading, list(rules.expressions.values()))
    criteria = CriteriaSet(
        id=name,
        title="A random set",
        publisher="nobody",
        jurisdiction="nowhere",
        known_from=date(2000, 1, 1),
        indications=tuple(parts.indication(number) for number in range(1 + draw.below(5))),
        general={id: parts.criterion(id, "general") for id in _GENERAL},
        cancer_type_title="The type",
        reading=reading,
        draft=draw.perhaps(),
        notes=(),
        texts={"en": {}},
    )
    return World(name, criteria, _DAY, RuleSet(rules.schemas, reading, rules.documents, rules.given))


def _reading(draw: Drawing, plain: Reading) -> Reading:
    """Add to a dictionary what only a questionnaire reads."""
    ids = list(plain.dictionary.questions)
    questions = {id: _question(draw, question) for id, question in plain.dictionary.questions.items()}
    yes_or_no = [id for id, one in questions.items() if one.kind == "boolean" and not one.internal]
    dictionary: Dictionary = replace(
        plain.dictionary,
        questions=questions,
        age=draw.one([None, *ids]),
        screens={"a screen": tuple(yes_or_no)} if draw.perhaps() and len(yes_or_no) > 1 else {},
    )

    def conditions(names: Sequence[str], out_of: int) -> dict[str, Expression]:
        return {name: _condition(draw, plain) for name in names if draw.perhaps(out_of)}

    return replace(
        plain,
        dictionary=dictionary,
        conflicts=conditions(("one conflict", "other conflict"), 3),
        urgency=conditions(("very urgent", "urgent"), 3),
        ask_if={id: holds for id, holds in conditions(ids, 4).items() if not questions[id].internal},
    )


def _question(draw: Drawing, question: Question) -> Question:
    return replace(question, asked=draw.one(("auto",) * 6 + ("always", "never")), safety=draw.perhaps(5))


def _condition(draw: Drawing, reading: Reading) -> Expression:
    schema = SchemaReader({}).read_part(draw.on_record(reading, (), 1), "urn:test:condition", "")
    return Profile(reading.dictionary).lower(schema)


class _Parts:
    """Draws criteria; those that read the same share one object, as in a set that was loaded."""

    def __init__(self, draw: Drawing, reading: Reading, expressions: Sequence[Expression]) -> None:
        self._draw = draw
        self._reading = reading
        self._expressions = expressions
        self._bare: dict[str, Expression] = {}

    def criterion(self, id: CriterionId, document: str) -> Criterion:
        draw = self._draw
        requirement: Expression = draw.one(self._expressions)
        sources = {f"{document}#{number}": source for number, source in enumerate(_SOURCES) if draw.perhaps()}
        if sources and draw.perhaps():
            cited = (draw.one(list(sources)),)
            requirement = Named("A name", draw.one(("", "own", "two")), cited, draw.perhaps(), requirement)
        plain = bare(requirement)
        cautions = tuple(
            Caution(f"caution {number}", "A caution", draw.one(self._expressions), tuple(sources.values()))
            for number in range(draw.below(2))
        )
        return Criterion(
            id=id,
            title=f"Title of {id}",
            requirement=requirement,
            # As text, since 1 and true are equal in Python.
            bare=self._bare.setdefault(repr(plain), plain),
            cautions=cautions,
            sources=sources,
            document=document,
            documents=(document,),
            strength=draw.one(("label", "practice")),
            signed_off=draw.one((None, "Somebody")),
        )

    def indication(self, number: int) -> Indication:
        document = f"urn:test:indication {number}"
        rest: dict[str, Any] = {"effective_note": "", "product": None, "approval": None, "withdrawn": False}
        return Indication(
            id=f"indication {number}",
            version="1.0.0",
            document=document,
            title=f"Use {number}",
            disease=self._draw.one(_DISEASES),
            effective=date(2001, 1, 1),
            criteria={id: self.criterion(id, document) for id in CriterionId},
            sources=_SOURCES[: self._draw.below(3)],
            draft=self._draw.perhaps(),
            examples=(),
            **rest,
        )

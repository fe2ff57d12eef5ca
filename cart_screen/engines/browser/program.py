"""A criteria set as a program: plain JSON that a page evaluates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from cart_screen.engines.browser.derived import derivations_of
from cart_screen.engines.browser.nodes import Nodes
from cart_screen.engines.browser.questions import questions_of
from cart_screen.engines.browser.readers import ReadersData
from cart_screen.ladder import RUNGS, Status, rung
from cart_screen.model import CriteriaSet, Criterion, CriterionId, Indication, Source
from cart_screen.rules.expressions import Expression

FORMAT = "cart-screen-program/1"


def program_of(criteria: CriteriaSet, as_of: date) -> dict[str, Any]:
    """
    Give a criteria set as it is read on a date, as plain JSON values for ``engine.js``.

    ``format`` names this shape; ``criteria`` says what is read, as a screening does. An expression is a place in
    ``nodes`` (see ``nodes.py``), a source a place in ``sources``.

    * ``questions``: in dictionary order (see ``questions.py``); ``age`` is the id of that of the age, or null.
    * ``derivations``: where derived answers may come from (see ``derived.py``).
    * ``ask_if``, ``conflicts``, ``urgency``: pairs of an id and an expression.
    * ``points``: criteria, each once; ``same`` is one number for all that read the same but for names.
    * ``indications``: those in force, each as it is ``said`` in a screening, with the places of its ``points`` in the
      order of ``five``, whose first three are those of the label, and what can matter while it is possible
      (``reads``). ``readers`` says which questions matter when else (see ``readers.py``).
    * ``general``: the places of the points that are read where no indication is possible, in the order of ``five``,
      or null; the title of that one is ``cancer_type_title``.
    * ``codes``: those of guidance, the highest rung first; ``rungs``: for all statuses of the five the place of the
      code, as one digit. The statuses are a number to the base of 3, met 0, unknown 1, not met 2, the first of the
      five the highest digit.
    """
    return _Lowering(criteria.on(as_of), as_of).program()


class _Lowering:
    def __init__(self, criteria: CriteriaSet, as_of: date) -> None:
        self._criteria = criteria
        self._as_of = as_of
        self._nodes = Nodes()
        self._sources: dict[Source, int] = {}
        self._points: list[dict[str, Any]] = []
        self._alike: dict[int, int] = {}

    def program(self) -> dict[str, Any]:
        reading = self._criteria.reading
        in_force = self._criteria.in_force(self._as_of)
        general = self._criteria.general
        readers = ReadersData(self._criteria, in_force)
        return {
            "format": FORMAT,
            "criteria": self._header(in_force),
            "questions": questions_of(reading.dictionary),
            "age": reading.dictionary.age,
            "derivations": derivations_of(reading, self._nodes),
            "ask_if": self._by_id(reading.ask_if),
            "conflicts": self._by_id(reading.conflicts),
            "urgency": self._by_id(reading.urgency),
            "five": list(map(str, CriterionId)),
            "indications": [
                {
                    "said": _said(indication),
                    "sources": self._cited(indication.sources),
                    "points": [self._point(indication.criteria[id]) for id in CriterionId],
                    "reads": readers.by(indication),
                }
                for indication in in_force
            ],
            "readers": {
                "always": readers.always,
                "nothing": readers.nothing,
                "formulas": readers.formulas,
                "told": readers.told,
                "spared": readers.spared,
            },
            "general": [self._point(general[id]) if id in general else None for id in CriterionId],
            "cancer_type_title": self._criteria.cancer_type_title,
            "codes": list(map(str, RUNGS)),
            "rungs": "".join(str(rung(statuses)) for statuses in product(Status, repeat=len(CriterionId))),
            # These are filled by the parts above, so they come last.
            "points": self._points,
            "nodes": self._nodes.nodes,
            "sources": [_source(source) for source in self._sources],
        }

    def _header(self, in_force: Sequence[Indication]) -> dict[str, Any]:
        criteria = self._criteria
        return {
            "set": criteria.id,
            "title": criteria.title,
            "jurisdiction": criteria.jurisdiction,
            "as_of": self._as_of.isoformat(),
            "answers": criteria.reading.dictionary.version,
            "documents": [indication.document for indication in in_force],
            "draft": criteria.draft or any(indication.draft for indication in in_force),
            "notes": [
                {
                    "says": note.says,
                    "document": note.document,
                    "now": note.now,
                    "sources": [_source(source) for source in note.sources],
                }
                for note in criteria.notes
            ],
        }

    def _by_id(self, expressions: Mapping[str, Expression]) -> list[list[Any]]:
        return [[id, self._nodes.place(expression)] for id, expression in expressions.items()]

    def _point(self, criterion: Criterion) -> int:
        cited = dict(zip(criterion.sources, self._cited(criterion.sources.values()), strict=True))
        point = {
            "title": criterion.title,
            "requirement": self._nodes.place(criterion.requirement, cited),
            # One object stands for all criteria of a set that read the same.
            "same": self._alike.setdefault(id(criterion.bare), len(self._alike)),
            "cautions": [
                {
                    "when": self._nodes.place(caution.when, cited),
                    "said": {"caution": caution.id, "title": caution.title},
                    "sources": self._cited(caution.sources),
                }
                for caution in criterion.cautions
            ],
            "strength": criterion.strength,
            "signed_off": criterion.signed_off,
        }
        if point not in self._points:
            self._points.append(point)
        return self._points.index(point)

    def _cited(self, sources: Iterable[Source]) -> list[int]:
        return [self._sources.setdefault(source, len(self._sources)) for source in sources]


def _source(source: Source) -> dict[str, str]:
    return {"title": source.title, "url": source.url, "verified": str(source.verified), "read": source.read}


def _said(indication: Indication) -> dict[str, Any]:
    product, approval = indication.product, indication.approval
    return {
        "indication": indication.id,
        "version": indication.version,
        "document": indication.document,
        "title": indication.title,
        "disease": indication.disease,
        "effective": indication.effective.isoformat(),
        "effective_note": indication.effective_note,
        "product": product and {"name": product.name, "brand": product.brand, "target": product.target},
        "approval": approval and {"kind": approval.kind, "verified": str(approval.verified)},
        "draft": indication.draft,
    }

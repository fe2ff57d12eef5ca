"""The conditions of ``x-ask-if`` as ``enableWhen``, where that can say exactly the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cart_screen.answers.scalars import Scalar, same
from cart_screen.fhir.names import system_of
from cart_screen.fhir.values import Form, code_of, form_of
from cart_screen.nouns import field, noun
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Among, And, Compare, Expression, Or, bare


@noun
class Enabling:
    """When an item is enabled: each of ``conditions`` under ``all``, at least one under ``any``."""

    behavior: str
    conditions: tuple[dict[str, Any], ...] = field(repr=False)

    def elements(self) -> dict[str, Any]:
        """Give the elements of the item."""
        found: dict[str, Any] = {"enableWhen": [dict(one) for one in self.conditions]}
        # FHIR asks for a behavior only where there are several.
        return found | ({"enableBehavior": self.behavior} if len(self.conditions) > 1 else {})


def enabling_of(question: str, reading: Reading) -> Enabling | None:
    """
    Give when the item of a question is enabled, or None where it always is, or ``enableWhen`` cannot say when.

    ``enableWhen`` compares what was answered to other items. It says the same as a condition where that is on
    answers that are given and not derived, is a list of conditions of which all or one must hold, and compares no
    number that may come in several units: FHIR leaves open how those are compared.
    """
    condition = reading.ask_if.get(question)
    return None if condition is None else _said(bare(condition), reading)


def always_shown(reading: Reading) -> tuple[str, ...]:
    """Give the questions that are asked on a condition which ``enableWhen`` cannot say, in dictionary order."""
    return tuple(id for id in reading.dictionary.questions if id in reading.ask_if and not enabling_of(id, reading))


def _said(expression: Expression, reading: Reading) -> Enabling | None:
    match expression:
        case And(terms=terms):
            return _joined("all", terms, reading)
        case Or(terms=terms):
            return _joined("any", terms, reading)
        case _:
            return _leaf(expression, reading)


def _joined(behavior: str, terms: Iterable[Expression], reading: Reading) -> Enabling | None:
    found: list[dict[str, Any]] = []
    for term in terms:
        part = _said(term, reading)
        if part is None or (len(part.conditions) > 1 and part.behavior != behavior):
            return None
        found += part.conditions
    return Enabling(behavior, tuple(found)) if found else None


def _leaf(expression: Expression, reading: Reading) -> Enabling | None:
    if not isinstance(expression, Among | Compare):
        return None
    question = reading.dictionary.questions[expression.question]
    if question.internal or question.id in reading.derivations:
        return None
    form = form_of(question)
    match expression:
        case Among(values=values):
            wanted: tuple[Scalar, ...] = values
        case Compare(relation=relation, limit=limit):
            if form is Form.CHOICE:
                # A scale with fixed values: the limit is a list of them.
                numbers = [choice for choice in question.choices if isinstance(choice, int | float)]
                wanted = tuple(choice for choice in numbers if relation.holds(choice, limit))
            else:
                answer = _number(form, limit)
                one = {"question": question.id, "operator": relation.value, **answer}
                return Enabling("all", (one,)) if answer else None
    if form is Form.CHOICE:
        system = system_of(reading.dictionary, question.id)
        allowed = [value for value in (question.choices or (True, False)) if any(same(value, one) for one in wanted)]
        answers = [{"answerCoding": {"system": system, "code": code_of(value)}} for value in allowed]
    else:
        answers = [_number(form, value) for value in wanted if isinstance(value, int | float)]
    if not answers or not all(answers):
        return None
    return Enabling("any", tuple({"question": question.id, "operator": "=", **answer} for answer in answers))


def _number(form: Form, limit: float) -> dict[str, Any]:
    """Give a number to compare with, or nothing where the item has no such numbers."""
    match form:
        case Form.DECIMAL:
            return {"answerDecimal": limit}
        case Form.INTEGER if limit == int(limit):
            return {"answerInteger": int(limit)}
        case _:
            return {}

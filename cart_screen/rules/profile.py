"""Lower a schema tree to an expression under the profile of criteria documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.scalars import LARGEST_NUMBER, Scalar, is_kind, is_number, same, written
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.nouns import assert_never
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
    Relation,
)
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

# References share parts, so a small hostile document can unfold into a huge one.
LARGEST = 20_000

_NOTHING = Constant(True)

# Stable words for what is wrong, as `cart-screen criteria check` names it.
_PRESENCE = "presence-tested"
_UNDECLARED = "question-undeclared"
_CONSTANT = "condition-constant"
_OUTSIDE = "value-outside-dictionary"


class Profile:
    """
    The profile of criteria over one dictionary: what a criteria document may say, and what it means.

    A criterion is a flat object of answers. ``required`` stands only beside a condition on the same
    answer and the reverse, so presence can never be tested. Problems collect in ``problems``.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self.problems: list[DocumentProblem] = []
        self._dictionary = dictionary
        self._lowered: dict[tuple[Schema, str | None], tuple[Expression, int]] = {}

    def lower(self, schema: Schema) -> Expression:
        """Lower a schema over an object of answers; only here ``x-no-requirement`` may stand."""
        if not schema.keywords and schema.notes.get("x-no-requirement") is True:
            return _named(schema, _NOTHING)
        expression, size = self._lower(schema, None)
        if size > LARGEST:
            self._problem(schema, "", f"{size:,} conditions when references are followed", f"at most {LARGEST:,}")
            return _NOTHING
        return expression

    def finish(self) -> None:
        """
        Stop when anything is outside the profile.

        Raises
        ------
        DocumentInvalid
            With every place at once.
        """
        if self.problems:
            raise DocumentInvalid(self.problems)

    def _lower(self, schema: Schema, question: Question | None) -> tuple[Expression, int]:
        key = (schema, question.id if question else None)
        if key not in self._lowered:
            self._lowered[key] = self._one(schema, question)
        return self._lowered[key]

    def _one(self, schema: Schema, question: Question | None) -> tuple[Expression, int]:
        terms: list[Expression] = []
        sizes = [1]

        def part(inner: Schema) -> Expression:
            expression, size = self._lower(inner, question)
            sizes.append(size)
            return expression

        self._check_notes(schema)
        if question is None:
            self._pair_presence(schema)
        for keyword in schema.keywords:
            term = (
                self._object_leaf(schema, keyword, sizes) if question is None else self._leaf(schema, keyword, question)
            )
            if term is None:
                term = self._combination(schema, keyword, part)
            terms.append(term)
        said = [term for term in terms if term != _NOTHING]
        for branch in ("then", "else"):
            if branch in schema.notes:
                self._problem(schema, f"/{branch}", f"{branch} without if, which says nothing", "if beside it")
        if not said:
            # On an answer it would ask only whether there is one; inside a rule it would always hold.
            self._problem(
                schema, "", "a schema without a condition", "a condition, or for a criterion x-no-requirement"
            )
        expression = said[0] if len(said) == 1 else And(tuple(said))
        return _named(schema, expression), sum(sizes)

    def _check_notes(self, schema: Schema) -> None:
        """Stop at names and sources of a kind that nothing could be named or cited by."""
        for note in ("title", "x-reason"):
            if not isinstance(schema.notes.get(note, ""), str):
                self._problem(schema, f"/{note}", written(schema.notes[note]), "a text")
        cited = schema.notes.get("x-source", "")
        if not isinstance(cited, str) and not (isinstance(cited, list) and all(isinstance(id, str) for id in cited)):
            self._problem(schema, "/x-source", written(cited), "the id of a source, or a list of them")

    def _pair_presence(self, schema: Schema) -> None:
        required = [name for keyword in schema.keywords if isinstance(keyword, Required) for name in keyword.names]
        described = [
            name for keyword in schema.keywords if isinstance(keyword, Properties) for name, _ in keyword.schemas
        ]
        for name in required:
            if name not in described:
                self._problem(
                    schema, "/required", f"{name} without a condition", "a condition on it in properties", _PRESENCE
                )
        for name in described:
            if name not in required:
                self._problem(
                    schema, f"/properties/{name}", f"{name} outside required", "the same name in required", _PRESENCE
                )

    def _object_leaf(self, schema: Schema, keyword: Keyword, sizes: list[int]) -> Expression | None:
        match keyword:
            case TypeIs(types=types):
                if types != ("object",):
                    self._problem(schema, "/type", ", ".join(types), "object")
                return _NOTHING
            case Required():
                return _NOTHING
            case Properties(schemas=schemas):
                return self._answers(schema, schemas, sizes)
            case ValueIn() | Limit():
                self._problem(schema, "", "a condition on the whole record", "conditions on single answers")
                return _NOTHING
            case _:
                return None

    def _answers(self, schema: Schema, schemas: tuple[tuple[str, Schema], ...], sizes: list[int]) -> Expression:
        terms: list[Expression] = []
        for name, inner in schemas:
            question = self._dictionary.questions.get(name)
            if question is None:
                self._problem(
                    schema, f"/properties/{name}", "an unknown question", "a question of the dictionary", _UNDECLARED
                )
                continue
            expression, size = self._lower(inner, question)
            sizes.append(size)
            terms.append(expression)
        if not schemas:
            return _NOTHING
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _leaf(self, schema: Schema, keyword: Keyword, question: Question) -> Expression | None:
        match keyword:
            case TypeIs(types=types):
                implied = {question.kind, "number"} if question.kind == "integer" else {question.kind}
                if not implied & set(types) or "null" in types:
                    self._problem(schema, "/type", ", ".join(types), f"{question.kind}, as the dictionary says")
                return _NOTHING
            case ValueIn(values=values):
                return self._among(schema, values, question)
            case Limit(relation=relation, bound=bound):
                return self._compare(schema, relation, bound, question)
            case Verdict():
                self._problem(schema, "", "a boolean schema on an answer", "a condition on its value")
                return _NOTHING
            case Properties() | Required():
                self._problem(schema, "", "an object inside an answer", "a flat record of answers")
                return _NOTHING
            case _:
                return None

    def _among(self, schema: Schema, values: tuple[Any, ...], question: Question) -> Expression:
        kept: list[Scalar] = []
        if not values:
            self._problem(schema, "", "an empty list of values", f"some of {question.allowed}")
        for value in values:
            if not (question.allows(value) or (question.internal and is_kind(value, question.kind))):
                self._problem(
                    schema, "", f"the value {written(value)}", f"{question.allowed} for {question.id}", _OUTSIDE
                )
            elif is_number(value) and abs(value) > LARGEST_NUMBER:
                self._problem(schema, "", f"the value {written(value)}", f"a number up to {LARGEST_NUMBER}", _OUTSIDE)
            else:
                kept.append(value)
        everything = _every_value(question)
        if everything and all(any(same(choice, value) for value in kept) for choice in everything):
            self._problem(
                schema, "", f"every value of {question.id}", "a condition that some answer does not meet", _CONSTANT
            )
        return Among(question.id, tuple(kept))

    def _compare(self, schema: Schema, relation: Relation, bound: int | float, question: Question) -> Expression:
        if question.kind not in ("integer", "number"):
            self._problem(schema, "", f"a limit on {question.id}", f"no limit on a {question.kind}")
            return _NOTHING
        lowest = min(question.choices) if question.choices else question.minimum
        highest = max(question.choices) if question.choices else question.maximum
        if lowest is not None and highest is not None:
            ends = {relation.holds(float(lowest), bound), relation.holds(float(highest), bound)}
            if len(ends) == 1:
                self._problem(
                    schema,
                    "",
                    f"{relation.value} {bound:g}, the same for every {question.id}",
                    f"a limit inside {question.allowed}",
                    _OUTSIDE,
                )
        return Compare(question.id, relation, bound)

    def _combination(self, schema: Schema, keyword: Keyword, part: Callable[[Schema], Expression]) -> Expression:
        match keyword:
            case AllOf(schemas=schemas):
                return And(tuple(part(inner) for inner in schemas))
            case AnyOf(schemas=schemas):
                return Or(tuple(part(inner) for inner in schemas))
            case OneOf(schemas=schemas):
                return ExactlyOne(tuple(part(inner) for inner in schemas))
            case NotSchema(schema=inner):
                return Not(part(inner))
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                if then is None and otherwise is None:
                    self._problem(schema, "/if", "if without then or else", "a branch that it decides")
                return IfThenElse(
                    part(condition),
                    part(then) if then is not None else _NOTHING,
                    part(otherwise) if otherwise is not None else _NOTHING,
                )
            case Reference(target=target):
                return part(target)
            case Verdict():
                self._problem(schema, "", "a boolean schema", "a condition on an answer")
                return _NOTHING
            case TypeIs() | ValueIn() | Required() | Properties() | Limit():
                raise AssertionError("handled before combinations")
            case _:
                assert_never(keyword)

    def _problem(self, schema: Schema, below: str, found: str, allowed: str, kind: str = "format") -> None:
        self.problems.append(DocumentProblem(schema.document, schema.pointer + below, found, allowed, kind))


def _every_value(question: Question) -> Sequence[Scalar]:
    """Give all values that a question can have, or none where they cannot be listed."""
    if question.choices:
        return question.choices
    if question.kind == "boolean":
        return (True, False)
    if question.kind == "integer" and question.minimum is not None and question.maximum is not None:
        every = range(int(question.minimum), int(question.maximum) + 1)
        return every if len(every) <= LARGEST else ()
    return ()


def source_addresses(schema: Schema) -> tuple[str, ...]:
    """Give the sources that a schema cites, as addresses: its document and the id in that document's list."""
    cited = schema.notes.get("x-source", ())
    listed = (cited,) if isinstance(cited, str) else cited if isinstance(cited, list) else ()
    return tuple(f"{schema.document}#{id}" for id in listed)


def _named(schema: Schema, expression: Expression) -> Expression:
    title = schema.notes.get("title", "")
    reason = schema.notes.get("x-reason", "")
    if not (title or reason) or not (isinstance(title, str) and isinstance(reason, str)):
        return expression
    recoverable = schema.notes.get("x-recoverable") is True
    return Named(title, reason, source_addresses(schema), recoverable, expression)

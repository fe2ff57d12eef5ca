"""How the generated code asks one question of one answer."""

from __future__ import annotations

from typing import assert_never

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.scalars import Scalar, is_kind
from cart_screen.rules.expressions import Among, Compare, Relation

Leaf = Compare | Among

_OPPOSITE = {
    Relation.AT_LEAST: Relation.BELOW,
    Relation.BELOW: Relation.AT_LEAST,
    Relation.AT_MOST: Relation.ABOVE,
    Relation.ABOVE: Relation.AT_MOST,
}


class Leaves:
    """
    The source text of conditions on one answer.

    A missing number is NaN there and a missing answer of another kind None, so that a condition on it holds
    neither way and needs no test of its own.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def is_missing(self, question: str, answer: str) -> str:
        """Give the text that tells whether an answer is missing."""
        return f"{answer} != {answer}" if self.is_number(question) else f"{answer} is None"

    def known(self, leaf: Leaf, answer: str, *, wanted: bool) -> str:
        """Give the text that tells whether a condition has a truth, of an answer that is known."""
        match leaf:
            case Compare(relation=relation, limit=limit):
                return f"{answer} {(relation if wanted else _OPPOSITE[relation]).value} {limit!a}"
            case Among(question=question):
                values = self._values(leaf)
                if self._dictionary.questions[question].kind == "boolean" and len(values) == 1:
                    return answer if values[0] is wanted else f"not {answer}"
                return _among(answer, values, wanted=wanted)
            case _:
                assert_never(leaf)

    def surely(self, leaf: Leaf, answer: str, again: str, *, wanted: bool) -> str:
        """
        Give the text that tells whether a condition surely has a truth; a missing answer gives it neither.

        ``answer`` is the text of the answer where it stands first, ``again`` that of every further time.
        """
        match leaf:
            case Compare():
                return self.known(leaf, answer, wanted=wanted)
            case Among(question=question):
                values = self._values(leaf)
                if self._dictionary.questions[question].kind == "boolean" and len(values) == 1:
                    return f"{answer} is {values[0] is wanted}"
                if wanted:
                    return _among(answer, values, wanted=True)
                if self.is_number(question):
                    return f"({_among(answer, values, wanted=False)} and {again} == {again})"
                return _among(answer, (*values, None), wanted=False)
            case _:
                assert_never(leaf)

    def is_number(self, question: str) -> bool:
        """Tell whether the answers to a question are numbers."""
        return self._dictionary.questions[question].kind in ("integer", "number")

    def _values(self, leaf: Among) -> tuple[Scalar, ...]:
        # A value of another kind is never the answer, but Python takes True for 1.
        kind = self._dictionary.questions[leaf.question].kind
        return tuple(value for value in leaf.values if is_kind(value, kind))


def _among(answer: str, values: tuple[Scalar | None, ...], *, wanted: bool) -> str:
    if len(values) == 1:
        (value,) = values
        if value is None:
            return f"{answer} is {'' if wanted else 'not '}None"
        return f"{answer} {'==' if wanted else '!='} {value!a}"
    # A set of constants is looked up in, not gone through; without a value it is an empty tuple.
    listed = f"{{{', '.join(map(ascii, values))}}}" if values else "()"
    return f"{answer} {'in' if wanted else 'not in'} {listed}"

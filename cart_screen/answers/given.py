"""The answers of one person, as they were given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.scalars import Scalar, is_scalar, written
from cart_screen.errors import AnswerProblem, AnswersInvalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT = "cart-screen-answers/1"

# Every value of these is a scalar; a float may be none that JSON has.
_PLAIN = frozenset((str, bool, int))


class Answers:
    """
    An immutable record of answers keyed by question id, with the reasons for those that are absent.

    ``values`` maps a question id to a string, a finite number or a boolean. ``None`` means that the
    question was asked and the answer is not known. A question in neither ``values`` nor ``absent``
    was simply not given. Whether an id exists and a value is allowed is for the dictionary to say.

    Raises
    ------
    AnswersInvalid
        When a value is no scalar, an absent reason is none of the four, or an id has both.
    """

    __slots__ = ("absent", "values")

    values: Mapping[str, Scalar]
    absent: Mapping[str, AbsentReason]

    def __init__(
        self, values: Mapping[str, Any] = MappingProxyType({}), absent: Mapping[str, str] | None = None
    ) -> None:
        sound, problems = sort_out(values, absent or {})
        if problems:
            raise AnswersInvalid(problems)
        object.__setattr__(self, "values", sound.values)
        object.__setattr__(self, "absent", sound.absent)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"Answers never change: use with_answer() or without() instead of setting {name}.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Answers never change: use without() instead of deleting {name}.")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answers):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def __repr__(self) -> str:
        # Health answers stay out of logs and tracebacks, so the values are not shown.
        return f"<Answers ({len(self.values)} given, {len(self.absent)} absent with a reason)>"

    def __reduce__(self) -> tuple[type[Answers], tuple[dict[str, Scalar], dict[str, str]]]:
        # Views of a mapping cannot be copied or pickled; what they show can.
        return Answers, (dict(self.values), {id: str(reason) for id, reason in self.absent.items()})

    def _compared(self) -> tuple[frozenset[tuple[str, bool, Scalar]], frozenset[tuple[str, AbsentReason]]]:
        # Python takes True for 1; a yes is not a one.
        values = frozenset((id, isinstance(value, bool), value) for id, value in self.values.items())
        return values, frozenset(self.absent.items())

    def mentions(self, question: str) -> bool:
        """Tell whether a question has a value or a reason for having none (other than not asked)."""
        return (
            question in self.values or self.absent.get(question, AbsentReason.NOT_ASKED) is not AbsentReason.NOT_ASKED
        )

    def with_answer(self, question: str, value: Scalar) -> Answers:
        """Give the same answers with this one added or changed."""
        absent = {key: reason for key, reason in self.absent.items() if key != question}
        return Answers({**self.values, question: value}, absent)

    def with_absent(self, question: str, reason: AbsentReason) -> Answers:
        """Give the same answers with this one missing for a reason."""
        values = {key: value for key, value in self.values.items() if key != question}
        return Answers(values, {**self.absent, question: reason})

    def without(self, question: str) -> Answers:
        """Give the same answers as if this question had never been asked."""
        values = {key: value for key, value in self.values.items() if key != question}
        return Answers(values, {key: reason for key, reason in self.absent.items() if key != question})

    def only(self, questions: Collection[str]) -> Answers:
        """Give the same answers without those to any other question."""
        values = {question: value for question, value in self.values.items() if question in questions}
        return Answers(values, {question: reason for question, reason in self.absent.items() if question in questions})

    def to_dict(self) -> dict[str, Any]:
        """Give the exchange form: ``{"format", "answers", "absent"}``."""
        return {
            "format": FORMAT,
            "answers": dict(self.values),
            "absent": {question: str(reason) for question, reason in self.absent.items()},
        }


# To look a reason up is many times as fast as to go through all of them.
_REASONS: Mapping[str, AbsentReason] = {reason.value: reason for reason in AbsentReason}


def sort_out(values: Mapping[str, Any], absent: Mapping[str, str]) -> tuple[Answers, list[AnswerProblem]]:
    """Give those entries of a record that can be answers at all, and the problems of all others."""
    given: dict[str, Scalar] = {}
    reasons: dict[str, AbsentReason] = {}
    problems: list[AnswerProblem] = []
    for question, value in values.items():
        if not isinstance(question, str):
            problems.append(AnswerProblem(written(question), "an id that is no text", "a question id"))
        elif value is None:
            reasons[question] = AbsentReason.ASKED_UNKNOWN
        elif type(value) in _PLAIN or is_scalar(value):
            given[question] = value
        else:
            problems.append(AnswerProblem(question, written(value), "one text, number or yes/no value"))
    return _beside(absent, given, reasons, problems)


def answers_beside(absent: Mapping[str, str], given: dict[str, Scalar]) -> tuple[Answers, list[AnswerProblem]]:
    """Give answers of which each has been found to be one, and the problems of the absent ones beside them."""
    return _beside(absent, given, {}, [])


def _beside(
    absent: Mapping[str, str],
    given: dict[str, Scalar],
    reasons: dict[str, AbsentReason],
    problems: list[AnswerProblem],
) -> tuple[Answers, list[AnswerProblem]]:
    for question, reason in absent.items():
        if question in given:
            problems.append(AnswerProblem(question, f"both a value and the reason {written(reason)}", "one of the two"))
        elif isinstance(reason, str) and reason in _REASONS:
            reasons[question] = _REASONS[reason]
        else:
            problems.append(AnswerProblem(question, f"the reason {written(reason)}", ", ".join(AbsentReason)))
    answers = object.__new__(Answers)
    object.__setattr__(answers, "values", MappingProxyType(given))
    object.__setattr__(answers, "absent", MappingProxyType(reasons))
    return answers, problems

"""The dictionary of answers: every question id with its type, bounds, unit, topic and derivation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, is_kind, same, written
from cart_screen.answers.unit import Unit
from cart_screen.errors import AnswerProblem, AnswersInvalid
from cart_screen.nouns import field, noun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cart_screen.answers.scalars import Kind

_NEAR_IDS = 20

_SCALARS = frozenset((str, int, float, bool))

# ICD-10-CM: three characters, and up to four more after a point, which data often leave out.
_PREFIXED = r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})"


@noun
class CodeSystem:
    """
    A code system that the dictionary has codes of, named by its address.

    In a system of ``prefixes`` a code stands for all codes that begin with it, as C90.0 does for C90.00 in
    ICD-10-CM; the point, small letters and space around make no difference there.
    """

    address: str
    title: str
    prefixes: bool = False

    def plain(self, code: str) -> str | None:
        """Give a code as codes of this system are compared, or None where it has not the shape of one."""
        if not self.prefixes:
            return code.strip() or None
        # Imported here: only a code from a record needs it.
        import re

        found = re.fullmatch(_PREFIXED, code.strip().upper())
        return found[1] + found[2] if found else None


@noun
class QuestionCode:
    """A code of a question; ``unit`` is the unit that it implies where the data names none, or None."""

    system: str
    code: str
    unit: str | None = None
    note: str = ""
    sources: tuple[str, ...] = ()


@noun
class ValueCode:
    """
    A code of values of a question: those that it can stand for.

    One value is decided by the code, several are not. ``below`` takes in every code that begins with this one, as
    far as no longer one is declared.
    """

    system: str
    code: str
    means: tuple[Scalar, ...]
    below: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()


@noun
class Question:
    """
    One item of the questionnaire.

    ``internal`` marks a derived answer that nobody is asked for and nobody can give. ``asked`` is
    ``always``, ``auto`` (when it can matter) or ``never`` (read when given, not asked by itself).
    ``ask_if`` and ``sources`` are declarations in the criteria dialect; the rules layer reads them.
    ``units`` begins with the canonical unit. ``codes`` are those of the question, ``coded`` those of its values.
    """

    id: str
    kind: Kind
    choices: tuple[Scalar, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    topic: str = ""
    units: tuple[Unit, ...] = ()
    internal: bool = False
    asked: str = "auto"
    safety: bool = False
    ask_if: Mapping[str, Any] | None = None
    sources: tuple[Mapping[str, Any], ...] = ()
    codes: tuple[QuestionCode, ...] = ()
    coded: tuple[ValueCode, ...] = ()

    def allows(self, value: Any) -> bool:
        """Tell whether a value has the right type, is one of the choices and lies within the bounds."""
        if value.__class__ is int and not self.choices and self.minimum is not None and self.maximum is not None:
            # Most numbers; there are dozens of answers in a screening.
            return self.kind in ("integer", "number") and self.minimum <= value <= self.maximum
        if not is_kind(value, self.kind):
            return False
        if self.choices and not any(same(value, choice) for choice in self.choices):
            return False
        if self.minimum is not None and value < self.minimum:
            return False
        return self.maximum is None or value <= self.maximum

    @cached_property
    def admits(self) -> Callable[[Scalar], bool]:
        """The function that tells of a scalar whether it is allowed, as fast as the question lets it."""
        choices, unbounded = self.choices, self.minimum is None and self.maximum is None
        match self.kind:
            case "string" if choices and unbounded and all(isinstance(choice, str) for choice in choices):
                # No number and no yes/no value is equal to a text.
                return frozenset(choices).__contains__
            case "boolean" if not choices and unbounded:
                return _is_boolean
            case _:
                return self.allows

    @property
    def allowed(self) -> str:
        """What may be given, as a phrase for a message."""
        if self.kind == "boolean":
            return "true or false"
        if self.choices:
            return "one of " + ", ".join(written(choice) for choice in self.choices)
        # Imported here: only a message about a mistake converts limits, and the fractions cost start-up time.
        from cart_screen.answers.ranges import ranges

        noun = "a whole number" if self.kind == "integer" else "a number"
        return f"{noun} from {within}" if (within := ranges(self.minimum, self.maximum, self.units)) else noun


def _is_boolean(value: Scalar) -> bool:
    return value.__class__ is bool


@noun
class Dictionary:
    """
    All questions in the author's order, and the pairs of answers that cannot both be true.

    ``major`` is what criteria documents pin as ``x-answers``. ``consistency`` maps the id of a
    conflict to its declaration in the criteria dialect: the conflict stands where it holds.
    ``urgency`` maps the key of urgent words to what calls for them, the strongest first, and ``age``
    names the question of the person's age, if there is one. ``systems`` are the code systems that the
    dictionary knows, by their address. ``screens`` maps the name of a screen to the yes/no questions that are
    asked together on it.
    """

    id: str
    version: str
    questions: Mapping[str, Question]
    topics: tuple[str, ...] = ()
    consistency: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    urgency: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    age: str | None = None
    systems: Mapping[str, CodeSystem] = field(default_factory=dict)
    screens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def major(self) -> str:
        """The major version, as criteria documents name it."""
        return self.version.split(".")[0]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each question in the author's order."""
        return {id: place for place, id in enumerate(self.questions)}

    @cached_property
    def _admits(self) -> Mapping[str, Callable[[Scalar], bool]]:
        return {id: question.admits for id, question in self.questions.items() if not question.internal}

    def admits(self, values: Mapping[str, Any], absent: Mapping[str, Any]) -> bool:
        """Tell, as fast as can be, whether every value and every question without one is allowed."""
        admits: Callable[[str], Callable[[Any], bool] | None] = self._admits.get
        for id, value in values.items():
            admitted = admits(id)
            if admitted is None or value.__class__ not in _SCALARS or not admitted(value):
                return False
        return not absent or self._admits.keys() >= absent.keys()

    def problems(self, answers: Answers) -> tuple[AnswerProblem, ...]:
        """List every answer that is not allowed: unknown ids, wrong types, values out of bounds."""
        if self.admits(answers.values, answers.absent):
            return ()
        found: list[AnswerProblem] = []
        for id in (*answers.values, *answers.absent):
            question = self.questions.get(id)
            if question is not None and not question.internal:
                if id in answers.values and not question.allows(answers.values[id]):
                    found.append(AnswerProblem(id, written(answers.values[id]), question.allowed))
            elif question is None:
                # Looking for near ids is slow; nobody reads it for more than a few.
                near = self._near(id) if len(found) < _NEAR_IDS else "a question id of the dictionary"
                found.append(AnswerProblem(id, "an unknown question", near))
            else:
                found.append(AnswerProblem(id, "a derived answer", "the answers that it is derived from"))
        return tuple(found)

    def check(self, answers: Answers) -> None:
        """
        Stop answers that the dictionary does not allow.

        Raises
        ------
        AnswersInvalid
            With every problem at once.
        """
        problems = self.problems(answers)
        if problems:
            raise AnswersInvalid(problems)

    def _near(self, id: str) -> str:
        # Imported here: only a message about a mistake needs it, and it costs start-up time.
        from difflib import get_close_matches

        known = [question.id for question in self.questions.values() if not question.internal]
        near = get_close_matches(id, known, n=2)
        return "a question id" + (f" (did you mean {' or '.join(near)}?)" if near else " of the dictionary")

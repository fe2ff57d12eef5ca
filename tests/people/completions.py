"""
What the questions that are still open can do to the guidance, exactly, over threshold representatives.

A completion ends every open question that people are asked: with a value (one of each kind that the criteria can
tell apart; of numbers that a formula reads, the bounds and one between), with no answer for a reason, or never
asked, which is so exactly where its condition does not hold. Consistent are completions in which no two answers
contradict each other. Questions that were answered, or have a reason for no answer, stay as they are; nothing is
given that nobody is asked.

A question is *spared* where no completion of all the others makes the guidance's code depend on its answer: any
two answers to it, completed alike and both consistent, have the same code. Whether its answer is missing may count
as an answer or not; both are told. In the strict reading it does, since a point that waits for an answer is open.

The search is a proof: a solver finds a completion, which can then be screened by the library itself, or shows that
there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.ladder import Code

from .clauses import Clauses, Literal
from .kinds import End, Kinds, NoValue, Said
from .worlds import world


class Found(Enum):
    """What a search came to."""

    A_WITNESS = "a witness"
    NONE = "none"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True)
class Outcome:
    """What a search came to, with completed answers to show it: two that differ in one question, or one."""

    found: Found
    witnesses: tuple[Answers, ...] = ()


class Completions:
    """
    Completions of the answers of one person, whose ``truth`` names answers for which no kind stands.

    Two worlds share what is still to be said; a question that is looked at ends in each as it likes.
    """

    def __init__(self, kinds: Kinds, truth: Mapping[str, Scalar], *, milliseconds: int = 20_000) -> None:
        # Imported here: only a long run needs the solver.
        import z3

        self._z3: Any = z3
        self._kinds = kinds
        self._variables: dict[int, Any] = {}
        clauses = Clauses()
        one = world(clauses, kinds, kinds.own(truth))
        self._worlds = (one, one.moved(clauses.copy_all()))
        self._follows = self._shared(clauses)
        code, other = (each.at_least for each in self._worlds)
        self._differ = clauses.any_of(clauses.unequal(code[rung], other[rung]) for rung in code)
        self._solver = z3.SolverFor("QF_FD")
        self._solver.set("timeout", milliseconds)
        self._solver.from_string(clauses.dimacs())

    def _shared(self, clauses: Clauses) -> dict[str, tuple[Literal, ...]]:
        """Let what is said follow one intention in both worlds, where it is asked for; give what switches this on."""
        switches: dict[str, tuple[Literal, ...]] = {}
        for id in self._kinds.askable:
            meant = {end: clauses.new() for end in (*self._kinds.ends(id), NoValue.ABSENT)}
            clauses.exactly_one(list(meant.values()))
            switches[id] = tuple(clauses.new() for _ in self._worlds)
            for each, switch in zip(self._worlds, switches[id], strict=True):
                asked = each.is_asked.get(id, clauses.true)
                clauses.add(-switch, asked, each.given[id][NoValue.OPEN])
                for end, intention in meant.items():
                    clauses.add(-switch, -asked, -intention, each.given[id][end])
        return switches

    def can_matter(self, answers: Answers, question: str, *, silence_counts: bool) -> Outcome:
        """Tell whether some completion makes the code depend on a question that is open and asked for now."""
        wanted = [self._differ]
        for place, each in enumerate(self._worlds):
            wanted += [-each.has_conflict, *self._standing(answers, place, but=question)]
            tried = (*self._kinds.ends(question), *([NoValue.ABSENT] if silence_counts else ()))
            wanted += [-literal for end, literal in each.given[question].items() if end not in tried]
        return self._solved(wanted, answers, (0, 1))

    def can_change(self, answers: Answers, code: Code) -> Outcome:
        """Tell whether some completion leads to another code than one."""
        one = self._worlds[0]
        rungs = list(one.at_least)
        worse_or_better = (-one.at_least[code], *(one.at_least[better] for better in rungs[: rungs.index(code)][-1:]))
        for other in worse_or_better:
            outcome = self._solved([other, -one.has_conflict, *self._standing(answers, 0)], answers, (0,))
            if outcome.found is not Found.NONE:
                return outcome
        return Outcome(Found.NONE)

    def _standing(self, answers: Answers, place: int, but: str | None = None) -> Iterator[Literal]:
        """Give what says that everything stands as it was answered, and the rest follows the intentions."""
        standing = self._kinds.standing(answers)
        for id, ends in self._worlds[place].given.items():
            if id in standing:
                yield ends[standing[id]]
            elif id not in self._follows:
                yield ends[NoValue.OPEN]
            elif id != but:
                yield self._follows[id][place]

    def _solved(self, wanted: list[Literal], answers: Answers, places: tuple[int, ...]) -> Outcome:
        found = self._solver.check(*map(self._literal, wanted))
        if found == self._z3.unsat:
            return Outcome(Found.NONE)
        if found != self._z3.sat:
            return Outcome(Found.NOT_DECIDED)
        model = self._solver.model()
        return Outcome(Found.A_WITNESS, tuple(self._answers(model, answers, place) for place in places))

    def _literal(self, literal: Literal) -> Any:
        variable = self._variable(abs(literal))
        return variable if literal > 0 else self._z3.Not(variable)

    def _variable(self, number: int) -> Any:
        if number not in self._variables:
            # Variables that come from DIMACS are named by numbers, which z3.Bool cannot do.
            z3, context = self._z3, self._z3.main_ctx()
            symbol = z3.Z3_mk_int_symbol(context.ref(), number)
            self._variables[number] = z3.BoolRef(z3.Z3_mk_const(context.ref(), symbol, z3.BoolSort().ast), context)
        return self._variables[number]

    def _answers(self, model: Any, answers: Answers, place: int) -> Answers:
        """Read a solution back as answers, what was said before as it was said."""
        values: dict[str, Scalar] = dict(answers.values)
        absent = dict(answers.absent)
        for id, ends in self._worlds[place].given.items():
            if not answers.mentions(id):
                match self._end(model, ends):
                    case Said(value=value):
                        values[id] = value
                    case NoValue.ABSENT:
                        absent[id] = AbsentReason.ASKED_UNKNOWN
        return Answers(values, absent)

    def _end(self, model: Any, ends: Mapping[End, Literal]) -> End:
        return next(end for end, literal in ends.items() if self._z3.is_true(model[self._variable(literal)]))

"""What is measured in each simulated person who is interviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.api import Screening, load_criteria
from cart_screen.inquiry import Depth
from cart_screen.questionnaire import Questionnaire

from .completions import Found
from .interview import Form, Interview, form, interview
from .person import Person
from .population import SET
from .promises import Broken, Promises
from .sparing import Asked, Sparing

AS_OF = "2026-11-22"


@dataclass(frozen=True)
class Continued:
    """
    What became of a guidance after nothing more was asked for it, when more was answered.

    ``then`` says from when on, ``how`` what was answered: the truth, or anything consistent. ``reason_changed``
    holds the reason that stood and the first other one, where the code was the same.
    """

    then: str
    how: str
    answers: int
    code_changed: bool
    reason_changed: str | None


@dataclass(frozen=True)
class Measured:
    """
    What was measured in one person.

    ``screens`` are those of the interview in each depth, ``questions`` those asked at depth ``settle``, by why.
    ``screens_twice`` counts screens of several questions that came back with others of theirs. ``asked``,
    ``settled_screen`` (how many screens it took until no completion could change the code) and ``proved`` (whether
    one still could when nothing more was asked for it) come from the exact search, where it was made.
    """

    person: Person
    form: Form
    guidance: str
    screens: Mapping[Depth, int]
    broken: tuple[Broken, ...]
    questions: Mapping[str, int]
    screens_twice: int
    continued: tuple[Continued, ...]
    asked: tuple[Asked, ...] = ()
    settled_screen: int | None = None
    proved: Found | None = None


class Measure:
    """Measures one person after another, under the shipped set."""

    def __init__(self) -> None:
        self._criteria = load_criteria(SET)
        self._promises = Promises(self._criteria, AS_OF)
        self._sparing = Sparing(self._promises, self._criteria, AS_OF)

    def of(self, person: Person, *, exactly: bool) -> Measured:
        """Interview a person in each depth and measure; ``exactly`` also searches completions, which needs z3."""
        held = {depth: interview(person, self._criteria, AS_OF, depth) for depth in Depth}
        settle = held[Depth.SETTLE]
        out = self._promises.asked_out_stand(settle) if exactly else None
        return Measured(
            person=person,
            form=form(person, self._criteria),
            guidance=str(settle.end.screening.guidance.code),
            screens={depth: len(each.steps) for depth, each in held.items()},
            broken=tuple(what for each in held.values() for what in self._promises.broken(each)),
            questions=Counter(self._why_asked(settle)),
            screens_twice=_screens_twice(settle),
            continued=tuple(self._continued(settle)),
            asked=tuple(self._sparing.questions(settle)) if exactly else (),
            settled_screen=self._sparing.settled_screen(settle) if exactly else None,
            proved=self._sparing.can_change(person, out) if out else None,
        )

    def _why_asked(self, held: Interview) -> Iterator[str]:
        for step in held.steps:
            for question in step.screen.questions:
                if question.asked == "always":
                    yield "always"
                elif self._promises.is_aside(question, step.before.answers):
                    yield "for safety or for the right urgent words"
                else:
                    yield "because it can matter"

    def _continued(self, held: Interview) -> Iterator[Continued]:
        questions = self._criteria.reading.dictionary.questions.values()
        order = [question.id for question in questions if not question.internal]
        random = Random(held.person.number)

        def truth(question: str, _: Answers) -> Scalar | None:
            return held.person.truth.get(question)

        for then, stand, asked in (
            ("settled", self._promises.settled_stand(held), False),
            ("nothing left that people are asked", self._promises.asked_out_stand(held), True),
        ):
            if stand is None:
                continue
            for how, say in (
                ("the truth", self._promises.adding(stand, truth)),
                ("anything consistent", self._promises.consistent(stand, random)),
            ):
                random.shuffle(order)
                yield compared(then, how, stand, list(self._promises.continued(stand, order, say, asked=asked)))
            if not asked:
                # Better sources included: on the way a point may be open until one of them is whole.
                whole = list(self._promises.continued(stand, order, truth, asked=False))
                yield replace(compared(then, "the whole truth, in the end", stand, whole[-1:]), answers=len(whole))


def compared(then: str, how: str, stand: Questionnaire, screenings: Sequence[Screening]) -> Continued:
    """Compare the guidance that stood with each that was given later."""
    before = stand.screening.guidance
    later = [screening.guidance for screening in screenings]
    reasons = (f"{before.because} -> {one.because}" for one in later if one.because != before.because)
    return Continued(
        then=then,
        how=how,
        answers=len(later),
        code_changed=any(one.code != before.code for one in later),
        reason_changed=next(reasons, None),
    )


def _screens_twice(held: Interview) -> int:
    names = Counter(step.screen.id for step in held.steps)
    return sum(times - 1 for times in names.values())

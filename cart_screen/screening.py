"""Screening: the facts about one set of answers, under one criteria set, as of one date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.engines.sets import Standing, engine_of
from cart_screen.findings import Finding, Outcome, Reason, reasons
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet, Criterion, CriterionId, Verified, weakest
from cart_screen.nouns import replace
from cart_screen.rules.derivations import inputs_of
from cart_screen.rules.expressions import And, Or
from cart_screen.rules.reasons import in_order
from cart_screen.truth import Truth

_STATUS = {Truth.TRUE: Status.MET, Truth.UNKNOWN: Status.UNKNOWN, Truth.FALSE: Status.NOT_MET}
_TRUTH = {status: truth for truth, status in _STATUS.items()}


class Facts:
    """
    What a set of answers says under one criteria set on one date; nothing is advised here.

    ``answers`` must have been checked against the set's dictionary.
    """

    def __init__(self, answers: Answers, criteria: CriteriaSet, as_of: date) -> None:
        self.answers = answers
        self.criteria = criteria
        self.as_of = as_of
        self._engine = engine_of(criteria)
        self._rules = self._engine.on(as_of, criteria.in_force)
        self._record = self._engine.resolve(answers)
        self._awaited: dict[int, tuple[str, ...]] = {}
        self._contradicting: dict[str, tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[type[Facts], tuple[Answers, CriteriaSet, date]]:
        # Everything else is read anew from these; compiled functions cannot be pickled.
        return Facts, (self.answers, self.criteria, self.as_of)

    @property
    def resolved(self) -> Mapping[str, Scalar]:
        """One value per question where it is known, derived answers included."""
        return self._record

    @property
    def draft(self) -> bool:
        """Tell whether anything that was read has not been released."""
        return self.criteria.draft or any(outcome.indication.draft for outcome in self.outcomes)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every indication in force, in the set's own order, with its five statuses."""
        return self._rules.outcomes(self._record)

    @cached_property
    def conflicts(self) -> tuple[str, ...]:
        """The ids of the impossible pairs of answers that stand, read over what was given."""
        return self._engine.conflicts({**self._record, **self.answers.values})

    def conflict_answers(self, conflict: str) -> tuple[str, ...]:
        """Give the questions whose given answers together make a conflict, in dictionary order."""
        if conflict not in self._contradicting:
            stands = self.criteria.reading.conflicts[conflict]
            forced = self._engine.explanations.because(And, (stands,), {**self._record, **self.answers.values})
            self._contradicting[conflict] = self.given_for(forced)
        return self._contradicting[conflict]

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The questions whose given answers do not fit together."""
        return frozenset(id for conflict in self.conflicts for id in self.conflict_answers(conflict))

    def is_contested(self, questions: Iterable[str]) -> bool:
        """Tell whether known answers rest on given ones that do not fit together."""
        return bool(self.doubtful) and not self.doubtful.isdisjoint(self.given_for(questions))

    def given_for(self, questions: Iterable[str]) -> tuple[str, ...]:
        """Trace known answers back to those that were given for them, in dictionary order."""
        reading = self.criteria.reading
        pending = list(questions)
        found: set[str] = set()
        while pending:
            id = pending.pop()
            if id in self.answers.values:
                found.add(id)
            elif id in reading.derivations:
                pending.extend(other for other in inputs_of(reading.derivations[id]) if other in self.resolved)
        return in_order(found, reading)

    @property
    def urgency(self) -> str | None:
        """The key of the urgent words that the answers call for: the first whose condition holds."""
        return self._engine.urgency(self._record)

    @cached_property
    def possible(self) -> tuple[Outcome, ...]:
        """The indications whose cancer type is not ruled out."""
        return tuple(outcome for outcome in self.outcomes if outcome.is_possible)

    @cached_property
    def closest(self) -> Outcome | None:
        """The possible indication that the answers come closest to (ladder.distance); ties by the set's own order."""
        return min(self.possible, key=lambda outcome: outcome.distance, default=None)

    @property
    def names_product(self) -> bool:
        """Tell whether one disease is left, so that speaking of a product misleads nobody."""
        return len({outcome.indication.disease for outcome in self.possible}) == 1

    @cached_property
    def age_alone(self) -> bool:
        """Tell whether no indication is possible and, but for the age, some would be."""
        if self.possible:
            return False
        age = self.criteria.reading.dictionary.age
        ageless = {question: value for question, value in self._record.items() if question != age}
        return any(outcome.is_possible for outcome in self._rules.outcomes(ageless))

    @property
    def active_disease(self) -> Truth:
        """Whether the cancer is active now, by the set's general reading."""
        return self.truth(self.criteria.general[CriterionId.RELAPSED_REFRACTORY])

    @property
    def says_untreated(self) -> bool:
        """
        Tell by the set's general reading whether the person is known not to have been treated.

        Active disease implies a treatment; where only the state of the disease is open, it says nothing
        against what was said of the treatments.
        """
        treated = self.criteria.general[CriterionId.PRIOR_LINES]
        truth = self.truth(treated)
        state = set(self.awaited(self.criteria.general[CriterionId.RELAPSED_REFRACTORY]))
        return truth is Truth.FALSE or (truth is Truth.UNKNOWN and set(self.awaited(treated)) <= state)

    def truth(self, criterion: Criterion) -> Truth:
        """Give what a criterion is worth."""
        return self._rules.truth(criterion.bare, self._record)

    def awaited(self, criterion: Criterion) -> tuple[str, ...]:
        """Give the questions that can still change the status of a criterion."""
        found = self._awaited.get(id(criterion.bare))
        if found is None:
            self._awaited.update(self._rules.awaited(criterion.bare, self._record))
            found = self._awaited[id(criterion.bare)]
        return found

    def asking(self, question: str) -> Truth:
        """Tell whether anybody is asked a question in this situation."""
        return self._engine.asking(question, self._record)

    @property
    def leading(self) -> list[Standing]:
        """How the indications stand on which the guidance can still depend."""
        return self._rules.leading(self.outcomes)

    @property
    def poorer(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """The questions that are only read in place of better ones, behind those that are better."""
        return self._rules.poorer

    @cached_property
    def findings(self) -> Mapping[CriterionId, Finding]:
        """
        The five findings.

        They are those of the closest possible indication. While more than one disease is possible
        a finding is decided only where all possible indications agree. Where none is possible, four
        of them are read in general and are not relevant. Empty where nothing is in force.
        """
        if not self.outcomes:
            return {}
        if self.closest is None:
            return {id: self._impossible(id) for id in CriterionId}
        if self.names_product:
            return {id: self.finding(self.closest.indication.criteria[id]) for id in CriterionId}
        return {id: self._merged(id) for id in CriterionId}

    def finding(self, criterion: Criterion, *, relevant: bool = True) -> Finding:
        """Build the finding of one criterion."""
        found = self._engine.explanations.rests_on(criterion, self._record)
        return Finding(
            criterion=criterion.id,
            title=criterion.title,
            status=_STATUS[found.truth],
            because=self._known(found.because),
            awaiting=self.awaited(criterion) if relevant else (),
            reasons=found.reasons,
            cautions=found.cautions,
            sources=found.sources,
            verified=found.verified,
            strength=criterion.strength,
            signed_off=criterion.signed_off,
            relevant=relevant,
        )

    def _known(self, questions: Iterable[str]) -> Mapping[str, Scalar]:
        return {id: self._record[id] for id in questions}

    def _impossible(self, id: CriterionId) -> Finding:
        if id is not CriterionId.APPROVED_CANCER_TYPE:
            return self.finding(self.criteria.general[id], relevant=False)
        types = [outcome.indication.criteria[id] for outcome in self.outcomes]
        forced = self._engine.explanations.because(Or, [criterion.bare for criterion in types], self._record)
        # Of each type only what it rests on as a whole: which of its kinds a label names decides nothing here.
        outermost = self._engine.explanations.outermost([criterion.requirement for criterion in types], self._record)
        cited = [
            criterion.sources[address]
            for criterion, named in zip(types, outermost, strict=True)
            for address in (named.sources if named else ())
        ]
        sources = tuple(dict.fromkeys(cited))
        finding = self._spoken_in_general(id, Status.NOT_MET, (), self._known(forced))
        return replace(finding, sources=sources, verified=weakest(sources))

    def _merged(self, id: CriterionId) -> Finding:
        """Give the finding over all possible indications, and name none of them."""
        status, *others = (outcome.statuses[id] for outcome in self.possible)
        criteria = [outcome.indication.criteria[id] for outcome in self.possible]
        if status is not Status.UNKNOWN and all(other is status for other in others):
            whole = And if status is Status.MET else Or
            forced = self._engine.explanations.because(whole, [one.bare for one in criteria], self._record)
            return self._spoken_in_general(id, status, (), self._known(forced))
        # The cancer type tells apart which of them will be meant, so it is awaited with each.
        criteria += [outcome.indication.criteria[CriterionId.APPROVED_CANCER_TYPE] for outcome in self.possible]
        waiting = set().union(*map(self.awaited, criteria))
        return self._spoken_in_general(id, Status.UNKNOWN, in_order(waiting, self.criteria.reading), {})

    def _spoken_in_general(
        self, id: CriterionId, status: Status, waiting: tuple[str, ...], forced: Mapping[str, Scalar]
    ) -> Finding:
        general = self.criteria.general.get(id)
        like = self.finding(general) if general else None
        return Finding(
            criterion=id,
            title=like.title if like else self.criteria.cancer_type_title,
            status=status,
            because=forced,
            awaiting=waiting,
            reasons=like.reasons if like and like.status is status else (),
            cautions=like.cautions if like else (),
            sources=like.sources if like and like.status is status else (),
            verified=like.verified if like else Verified.UNVERIFIED,
            strength=like.strength if like else "label",
            signed_off=like.signed_off if like else None,
            relevant=True,
        )

    def reasons_for(self, criterion: Criterion, status: Status) -> tuple[Reason, ...]:
        """Give the named conditions that explain a criterion having a status; none where it has another."""
        return reasons(self._engine.explanations.names(criterion.requirement, _TRUTH[status], self._record))

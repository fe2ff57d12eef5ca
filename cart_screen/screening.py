"""Screening: the facts about one set of answers, under one criteria set, as of one date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.engines.explanations import RestsOn
from cart_screen.engines.sets import engine_of
from cart_screen.findings import Finding, Outcome, Reason
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet, Criterion, CriterionId, Source, weakest
from cart_screen.rules.derivations import inputs_of
from cart_screen.rules.expressions import And, Or
from cart_screen.rules.reasons import awaited, in_order
from cart_screen.truth import Truth

_POINTS = tuple(CriterionId)

_STATUS = {Truth.TRUE: Status.MET, Truth.UNKNOWN: Status.UNKNOWN, Truth.FALSE: Status.NOT_MET}


class Facts:
    """
    What a set of answers says under one criteria set on one date; nothing is advised here.

    ``answers`` must have been checked against the set's dictionary. ``standings`` are how the indications in force
    stand, ``conflicts`` the ids of the impossible pairs of answers.
    """

    def __init__(self, answers: Answers, criteria: CriteriaSet, as_of: date) -> None:
        self.answers = answers
        self.criteria = criteria
        self.as_of = as_of
        self._engine = engine_of(criteria)
        self._rules = self._engine.on(as_of, criteria.in_force)
        self._record = self._engine.resolve(answers)
        self._truths, self._waiting = self._rules.read(self._record)
        self.standings = self._rules.standings(self._truths)
        self._resting: dict[int, RestsOn] = {}
        self.conflicts = self._engine.conflicts(self._as_given)
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

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every indication in force, in the set's own order, with its five statuses."""
        return self.standings.outcomes

    @property
    def _as_given(self) -> dict[str, Scalar]:
        """The record, with what was given also where something else follows for it."""
        given = self.answers.values
        if self.criteria.reading.derivations.keys().isdisjoint(given):
            return self._record
        return {**self._record, **given}

    def conflict_answers(self, conflict: str) -> tuple[str, ...]:
        """Give the questions whose given answers together make a conflict, in dictionary order."""
        if conflict not in self._contradicting:
            stands = self.criteria.reading.conflicts[conflict]
            forced = self._engine.explanations.because(And, (stands,), self._as_given)
            self._contradicting[conflict] = self.given_for(forced)
        return self._contradicting[conflict]

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The questions whose given answers do not fit together."""
        return frozenset(id for conflict in self.conflicts for id in self.conflict_answers(conflict))

    def is_contested(self, questions: Iterable[str]) -> bool:
        """Tell whether known answers rest on given ones that do not fit together."""
        return bool(self.conflicts) and not self.doubtful.isdisjoint(self.given_for(questions))

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

    @property
    def possible(self) -> tuple[Outcome, ...]:
        """The indications whose cancer type is not ruled out."""
        return self.standings.possible

    @property
    def closest(self) -> Outcome | None:
        """The possible indication that the answers come closest to (ladder.distance); ties by the set's own order."""
        return self.standings.closest

    @property
    def names_product(self) -> bool:
        """Tell whether one disease is left, so that speaking of a product misleads nobody."""
        return self.standings.names_product

    @cached_property
    def age_alone(self) -> bool:
        """Tell whether no indication is possible and, but for the age, some would be."""
        if self.possible:
            return False
        age = self.criteria.reading.dictionary.age
        ageless = {question: value for question, value in self._record.items() if question != age}
        return bool(self._rules.standings(self._rules.truths(ageless)).possible)

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
        return self._truths[self._rules.places[id(criterion.bare)]]

    def awaited(self, criterion: Criterion) -> tuple[str, ...]:
        """Give the questions that can still change the status of a criterion."""
        place = self._rules.places.get(id(criterion.bare))
        # A criterion of another day has no place.
        return awaited(criterion.bare, self._record, self.criteria.reading) if place is None else self._waiting(place)

    def asking(self, question: str) -> Truth:
        """Tell whether anybody is asked a question in this situation."""
        return self._engine.asking(question, self._record)

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
            return {id: self._impossible(id) for id in _POINTS}
        if self.names_product:
            return {id: self.finding(self.closest.indication.criteria[id]) for id in _POINTS}
        return {id: self._merged(id) for id in _POINTS}

    def finding(self, criterion: Criterion, *, relevant: bool = True) -> Finding:
        """Build the finding of one criterion."""
        found = self._rests_on(criterion)
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

    def _rests_on(self, criterion: Criterion) -> RestsOn:
        found = self._resting.get(id(criterion))
        if found is None:
            found = self._resting[id(criterion)] = self._engine.explanations.rests_on(criterion, self._record)
        return found

    def _known(self, questions: Iterable[str]) -> Mapping[str, Scalar]:
        return {id: self._record[id] for id in questions}

    def _impossible(self, id: CriterionId) -> Finding:
        if id is not CriterionId.APPROVED_CANCER_TYPE:
            return self.finding(self.criteria.general[id], relevant=False)
        types = self.standings.types
        forced = self._engine.explanations.because(Or, [criterion.bare for criterion in types], self._record)
        # Of each type only what it rests on as a whole: which of its kinds a label names decides nothing here.
        sources = self._engine.explanations.outermost_sources(types, self._record)
        return self._spoken_in_general(id, Status.NOT_MET, (), self._known(forced), sources)

    def _merged(self, id: CriterionId) -> Finding:
        """Give the finding over all possible indications, and name none of them."""
        status, criteria = self.standings.merged[id]
        if status is not Status.UNKNOWN:
            whole = And if status is Status.MET else Or
            forced = self._engine.explanations.because(whole, [one.bare for one in criteria], self._record)
            return self._spoken_in_general(id, status, (), self._known(forced))
        waiting = set().union(*map(self.awaited, criteria))
        return self._spoken_in_general(id, Status.UNKNOWN, in_order(waiting, self.criteria.reading), {})

    def _spoken_in_general(
        self,
        id: CriterionId,
        status: Status,
        waiting: tuple[str, ...],
        forced: Mapping[str, Scalar],
        sources: tuple[Source, ...] = (),
    ) -> Finding:
        general = self.criteria.general.get(id)
        if general is None:
            return Finding(
                criterion=id,
                title=self.criteria.cancer_type_title,
                status=status,
                because=forced,
                awaiting=waiting,
                reasons=(),
                cautions=(),
                sources=sources,
                verified=weakest(sources),
                strength="label",
                signed_off=None,
                relevant=True,
            )
        like = self._rests_on(general)
        alike = _STATUS[like.truth] is status
        return Finding(
            criterion=id,
            title=general.title,
            status=status,
            because=forced,
            awaiting=waiting,
            reasons=like.reasons if alike else (),
            cautions=like.cautions,
            sources=like.sources if alike else (),
            verified=like.verified,
            strength=general.strength,
            signed_off=general.signed_off,
            relevant=True,
        )

    def reasons_against(self, outcome: Outcome, id: CriterionId) -> tuple[Reason, ...]:
        """Give the named conditions that explain a point of an indication not being met; none where it may be met."""
        if outcome.statuses[id] is not Status.NOT_MET:
            return ()
        return self._rests_on(outcome.indication.criteria[id]).reasons

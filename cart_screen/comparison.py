"""One set of answers under several criteria sets, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from cart_screen.answers.given import Answers
from cart_screen.api import Screening, load_criteria, read_date, screen
from cart_screen.errors import CriteriaAlike
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet, CriterionId, Indication
from cart_screen.nouns import noun
from cart_screen.texts import Audience

FORMAT = "cart-screen-comparison/1"

Statuses = Mapping[CriterionId, Status]


@noun
class UseDifference:
    """
    A use that the criteria sets do not read alike.

    Uses are the same where they have the same id. ``statuses`` maps each set to the five statuses
    there, or to None where the set has no such use in force.
    """

    use: str
    indication: Indication
    statuses: Mapping[str, Statuses | None]

    @property
    def criteria(self) -> tuple[CriterionId, ...]:
        """The criteria whose statuses differ between the sets that have the use."""
        given = [statuses for statuses in self.statuses.values() if statuses is not None]
        return tuple(id for id in CriterionId if len({statuses[id] for statuses in given}) > 1)

    @property
    def is_possible(self) -> bool:
        """Tell whether the cancer type may be one that the use names in some set."""
        given = [statuses for statuses in self.statuses.values() if statuses is not None]
        return any(statuses[CriterionId.APPROVED_CANCER_TYPE] is not Status.NOT_MET for statuses in given)


class Comparison:
    """The screenings of one set of answers under several criteria sets, keyed by set, as of one date."""

    def __init__(self, screenings: Mapping[str, Screening], as_of: date) -> None:
        self.screenings = screenings
        self.as_of = as_of

    def __repr__(self) -> str:
        # The answers are health data and stay out of logs.
        return f"<Comparison of {', '.join(self.screenings)} as of {self.as_of}>"

    @cached_property
    def differences(self) -> tuple[UseDifference, ...]:
        """Every use that is possible under one of the sets and that they do not read alike, in their order."""
        outcomes = {
            name: {outcome.indication.id: outcome for outcome in screening.indications}
            for name, screening in self.screenings.items()
        }
        uses = {id: outcome.indication for found in outcomes.values() for id, outcome in found.items()}
        read = (
            UseDifference(
                id,
                indication,
                {name: found[id].statuses if id in found else None for name, found in outcomes.items()},
            )
            for id, indication in uses.items()
        )
        return tuple(use for use in read if use.is_possible and (use.criteria or None in use.statuses.values()))

    @property
    def same_guidance(self) -> bool:
        """Tell whether every set leads to the same guidance code."""
        return len({screening.guidance.code for screening in self.screenings.values()}) == 1

    def to_dict(self, language: str = "en", audience: Audience = Audience.PATIENT) -> dict[str, Any]:
        """
        Give everything as plain JSON values, in the words for an audience. They hold answers, so they are health data.

        Raises
        ------
        LanguageUnknown
            When one of the criteria sets has no words in that language.
        """
        return {
            "format": FORMAT,
            "as_of": self.as_of.isoformat(),
            "same_guidance": self.same_guidance,
            "screenings": {name: one.to_dict(language, audience) for name, one in self.screenings.items()},
            "differences": [_difference(use) for use in self.differences],
        }


def screen_under(
    answers: Answers | Mapping[str, Any], criteria: Sequence[str | Path | CriteriaSet], as_of: date | str | None = None
) -> Comparison:
    """
    Screen one set of answers under several criteria sets, as of one date (today where none is given).

    Raises
    ------
    AnswersInvalid
        With every answer that the dictionary of one of the sets does not allow.
    CriteriaAlike
        When two of the sets have the same name.
    CriteriaUnknown
        When there is no criteria set of a name.
    DateInvalid
        When ``as_of`` is no date.
    """
    if isinstance(criteria, str | Path | CriteriaSet):
        criteria = [criteria]
    on = read_date(as_of)
    chosen = [one if isinstance(one, CriteriaSet) else load_criteria(one) for one in criteria]
    return compared(screen(answers, one, on) for one in chosen)


def compared(screenings: Iterable[Screening]) -> Comparison:
    """
    Compare screenings of the same answers, each as its own set's dictionary reads them, as of the same date.

    Raises
    ------
    CriteriaAlike
        When two of the sets have the same name, or there are none to compare.
    """
    found: dict[str, Screening] = {}
    for screening in screenings:
        name = screening.facts.criteria.id
        if name in found:
            raise CriteriaAlike(name)
        found[name] = screening
    if not found:
        raise CriteriaAlike("")
    return Comparison(found, next(iter(found.values())).facts.as_of)


def _difference(use: UseDifference) -> dict[str, Any]:
    product = use.indication.product
    return {
        "use": use.use,
        "brand": product.brand if product else None,
        "disease": use.indication.disease,
        "criteria": [str(id) for id in use.criteria],
        "statuses": {
            name: None if statuses is None else {str(id): str(status) for id, status in statuses.items()}
            for name, statuses in use.statuses.items()
        },
    }

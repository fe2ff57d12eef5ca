"""Verifying a record: the same answers, under the same set, as of the same date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cart_screen.api import screen
from cart_screen.errors import AnswersInvalid
from cart_screen.model import CriteriaSet
from cart_screen.nouns import field, noun
from cart_screen.records.answers import answers_under
from cart_screen.records.causes import Cause, CauseKind, causes
from cart_screen.records.criteria import AtHand, in_directory, is_shipped, shipped
from cart_screen.records.differences import Difference, Part, differences
from cart_screen.records.errors import CriteriaNotAtHand
from cart_screen.version import VERSION

if TYPE_CHECKING:
    from cart_screen.records.record import Record

FORMAT = "cart-screen-verification/1"


@noun
class Verification:
    """
    Whether a record comes out the same again.

    ``causes`` are what has changed since it was made, also where the result is the same. ``now`` is what comes out
    now, as ``Screening.to_dict`` gives it, or None where the answers are not allowed any more. ``criteria`` is the
    set that it was read under.
    """

    record: Record
    differences: tuple[Difference, ...]
    causes: tuple[Cause, ...]
    now: dict[str, Any] | None = field(repr=False)
    criteria: CriteriaSet = field(repr=False)

    @property
    def same(self) -> bool:
        """Tell whether everything comes out as it was recorded, to the letter."""
        return not self.differences

    @property
    def words_only(self) -> bool:
        """Tell whether something differs, and nothing but wording."""
        return bool(self.differences) and all(difference.words_only for difference in self.differences)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain JSON values. They hold the deciding answers, so they are health data."""
        return {
            "format": FORMAT,
            "made_by": f"cart-screen {VERSION}",
            "record": self.record.named(),
            "same": self.same,
            "words_only": self.words_only,
            "differences": [difference.to_dict() for difference in self.differences],
            "causes": [cause.to_dict() for cause in self.causes],
            "now": self.now,
        }


def verify(record: Record, criteria: Path | None = None) -> Verification:
    """
    Read the answers of a record again; ``Record.verify`` says more.

    Raises
    ------
    CriteriaNotAtHand, CriteriaUnknown, CriteriaMissing, DocumentInvalid, LanguageUnknown, ReleaseChanged
        As ``Record.verify`` does.
    """
    at_hand = _at_hand(record, criteria)
    result: dict[str, Any] | None
    try:
        read = at_hand.criteria.on(record.as_of)
        again = screen(answers_under(record, read.reading.dictionary), read, record.as_of)
    except AnswersInvalid as error:
        result = None
        questions = tuple(dict.fromkeys(problem.question for problem in error.problems))
        found: tuple[Difference, ...] = (Difference(Part.ANSWERS, keys=questions),)
    else:
        result = again.to_dict(record.language, record.audience)
        # Another version of the library may well come to the same result.
        found = differences(record.screening, {**result, "made_by": f"cart-screen {record.library}"})
    if not record.is_intact:
        found = (Difference(Part.RECORD), *found)
    why = tuple(causes(record, at_hand, own_named=criteria is not None, released=_released(record, result)))
    if found and not why:
        why = (Cause(CauseKind.UNEXPLAINED),)
    return Verification(record, found, why, result, at_hand.criteria.on(record.as_of))


def _at_hand(record: Record, criteria: Path | None) -> AtHand:
    if criteria is not None:
        return in_directory(criteria, record.criteria)
    if not is_shipped(record.criteria):
        raise CriteriaNotAtHand(record.criteria, record.library if record.shipped else None)
    return shipped(record.criteria)


def _released(record: Record, result: dict[str, Any] | None) -> bool:
    was_draft: bool = record.screening["criteria"]["draft"]
    return was_draft and result is not None and not result["criteria"]["draft"]

"""The names of the columns that a batch adds, so that all who write and read them use the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cart_screen.model import CriterionId
from cart_screen.nouns import noun

# What was found of the answers themselves, one for all sets.
INVALID = "invalid"
PROBLEMS = "problems"
CHECKS = (INVALID, PROBLEMS)

# Between a set and a name, and between the ids of a list where a format has no lists.
SEPARATOR = "/"
BETWEEN_IDS = ";"


@noun
class ResultNames:
    """
    The columns of the results under one criteria set.

    ``guidance`` is a code, ``findings`` are statuses, and ``urgency`` is the key of urgent words, or null. The others
    are lists of ids: of the indications whose cancer type is not ruled out, of the questions awaited, of the cautions,
    and of the answers that cannot both be right.
    """

    guidance: str
    findings: Mapping[CriterionId, str]
    indications: str
    awaiting: str
    cautions: str
    urgency: str
    conflicts: str

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, in the order in which they are written."""
        return (
            self.guidance,
            *self.findings.values(),
            self.indications,
            self.awaiting,
            self.cautions,
            self.urgency,
            self.conflicts,
        )

    @property
    def lists(self) -> tuple[str, ...]:
        """Those that hold lists of ids."""
        return (self.indications, self.awaiting, self.cautions, self.conflicts)


def names(sets: Sequence[str]) -> dict[str, ResultNames]:
    """Give the columns of each of some criteria sets; of several, each name has its set in front."""
    return {one: _names(f"{one}{SEPARATOR}" if len(sets) > 1 else "") for one in sets}


def _names(front: str) -> ResultNames:
    return ResultNames(
        guidance=f"{front}guidance",
        findings={id: f"{front}finding{SEPARATOR}{id}" for id in CriterionId},
        indications=f"{front}indications",
        awaiting=f"{front}awaiting",
        cautions=f"{front}cautions",
        urgency=f"{front}urgency",
        conflicts=f"{front}conflicts",
    )

"""
Counts as a report may show them: so that nobody finds a single person in a small one, or in a difference of two.

The rule is one that statistical offices use, as Ofqual has it: every count is rounded to the nearest 5, one to four
are "fewer than 5", and nought is nought; a sum is rounded like any other count, so that what is left out cannot be
computed from it (https://www.gov.uk/government/publications/ofquals-statistics-policies-and-procedures/rounding-policy).
Ofqual computes shares from the counts as they were; here they are computed from those that are shown,
so that nothing more than these can be known.
"""

from __future__ import annotations

from cart_screen.nouns import noun

BASE = 5


@noun
class Shown:
    """A count as it is shown: ``rounded``, which is 0 where it is ``few``: more than none and fewer than ``BASE``."""

    rounded: int
    few: bool = False


def shown(count: int) -> Shown:
    """Give a count as it is shown."""
    if 0 < count < BASE:
        return Shown(0, few=True)
    return Shown((count + BASE // 2) // BASE * BASE)


def share(part: Shown, whole: Shown) -> float | None:
    """Give a share, of the counts as they are shown, or None where one of them is too small."""
    if part.few or whole.rounded == 0:
        return None
    return part.rounded / whole.rounded

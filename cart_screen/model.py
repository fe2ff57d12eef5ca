"""The nouns of criteria: immutable, and without a file or a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from cart_screen.nouns import noun
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CriterionId(StrEnum):
    """The five points that every indication has, in the order in which they are weighed."""

    APPROVED_CANCER_TYPE = "approved-cancer-type"
    RELAPSED_REFRACTORY = "relapsed-refractory"
    PRIOR_LINES = "prior-lines"
    FITNESS = "fitness"
    ORGAN_FUNCTION = "organ-function"


LABEL = (CriterionId.APPROVED_CANCER_TYPE, CriterionId.RELAPSED_REFRACTORY, CriterionId.PRIOR_LINES)


class Verified(StrEnum):
    """How well a source was verified: label or guideline text read, a copy of it read, or neither."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


def order_of(version: str) -> tuple[int, ...]:
    """Give a version as numbers, so that 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split("."))


def weakest(sources: Iterable[Source]) -> Verified:
    """Give how well the least verified of some sources was verified."""
    order = list(Verified)
    return max((source.verified for source in sources), key=order.index, default=Verified.UNVERIFIED)


@noun
class Source:
    """Where a point of the criteria comes from."""

    title: str
    url: str
    verified: Verified
    read: str


@noun
class Caution:
    """A stricter published threshold, or a point that specialists weigh: reported, never deciding."""

    id: str
    title: str
    when: Expression
    sources: tuple[Source, ...]


@noun
class Criterion:
    """
    One point, as one document reads it.

    ``requirement`` carries the names of its conditions; ``bare`` is the same without them, and one
    object for every criterion of a set that reads the same.
    ``sources`` maps the address of each source that it cites to the source. ``document`` is where it
    stands, ``documents`` are the addresses of all that it is made of. ``strength`` is label,
    guideline, trial or practice. ``signed_off`` names the clinician who has reviewed it, or is None
    while none has.
    """

    id: CriterionId
    title: str
    requirement: Expression
    bare: Expression
    cautions: tuple[Caution, ...]
    sources: Mapping[str, Source]
    document: str
    documents: tuple[str, ...]
    strength: str
    signed_off: str | None


@noun
class Product:
    """An approved product."""

    name: str
    brand: str
    target: str


@noun
class Approval:
    """How a use was approved, and how well that is known."""

    kind: str
    verified: Verified


@noun
class Indication:
    """
    One version of one approved use: exactly five criteria.

    ``disease`` groups indications of the same disease; ``product`` is None in a set that names none.
    ``effective`` is the first day of the version, and ``effective_note`` what was assumed about it.
    ``draft`` says that the document, or one that it is made of, was not released.
    """

    id: str
    version: str
    document: str
    title: str
    disease: str
    effective: date
    effective_note: str
    product: Product | None
    approval: Approval | None
    criteria: Mapping[CriterionId, Criterion]
    sources: tuple[Source, ...]
    draft: bool
    withdrawn: bool
    examples: tuple[Mapping[str, Any], ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers."""
        return order_of(self.version)

    if not TYPE_CHECKING:
        # Examples are half of a set, and only authors read them: of a stored set they are read when asked for.

        def __getstate__(self):
            import pickle

            kept = {name: value for name, value in vars(self).items() if name != "examples"}
            return kept | {"_stored_examples": pickle.dumps(self.examples)}

        def __getattr__(self, name):
            if name != "examples" or "_stored_examples" not in vars(self):
                raise AttributeError(f"{type(self).__name__} has no {name!r}")
            import pickle

            vars(self)["examples"] = found = pickle.loads(self._stored_examples)
            return found


@noun
class Note:
    """What a publisher's document says, beside what is current."""

    says: str
    document: str
    now: str
    sources: tuple[Source, ...]


@noun
class CriteriaSet:
    """
    The indications of one publisher, every version of them, in the set's own order.

    ``general`` reads four of the criteria where no indication is possible, and ``cancer_type_title``
    is the title of the fifth where no single indication is meant. ``texts`` holds the words, by
    language. ``known_from`` is the day from which the set is complete: before it, nothing is in force
    here. ``draft`` says that the dictionary or a general criterion was not released. ``earlier`` holds
    the documents that pin an earlier major version of the dictionary, each with the dictionary that
    reads them.
    """

    id: str
    title: str
    publisher: str
    jurisdiction: str
    known_from: date
    indications: tuple[Indication, ...]
    general: Mapping[CriterionId, Criterion]
    cancer_type_title: str
    reading: Reading
    draft: bool
    notes: tuple[Note, ...]
    texts: Mapping[str, Mapping[str, Any]]
    earlier: tuple[CriteriaSet, ...] = ()

    def on(self, day: date) -> CriteriaSet:
        """
        Give the set as it is read on a day: with the dictionary that the documents in force then pin.

        All documents in force on one day pin one major version, which is checked at release.
        """
        if not self.earlier:
            return self
        majors = (self, *self.earlier)
        return next((one for one in majors if any(found.effective <= day for found in one.indications)), self)

    def in_force(self, on: date) -> tuple[Indication, ...]:
        """Give the version of each indication that is in force on a date: the highest that has begun."""
        if on < self.known_from:
            return ()
        latest: dict[str, Indication] = {}
        for indication in self.indications:
            begun = latest.get(indication.id)
            if indication.effective <= on and (begun is None or indication.order > begun.order):
                latest[indication.id] = indication
        return tuple(indication for indication in latest.values() if not indication.withdrawn)

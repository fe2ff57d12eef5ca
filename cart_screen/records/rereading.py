"""Reading the answers of a record under the criteria of another day: then, now and the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cart_screen.api import Screening, read_date, screen
from cart_screen.catalog.documents import documents_of, path_of, withdrawals
from cart_screen.errors import AnswerProblem
from cart_screen.findings import Outcome
from cart_screen.ladder import Status
from cart_screen.model import CriterionId
from cart_screen.nouns import field, noun
from cart_screen.records.answers import answers_still_allowed
from cart_screen.records.criteria import is_shipped, named
from cart_screen.records.errors import CriteriaNotAtHand
from cart_screen.version import VERSION

if TYPE_CHECKING:
    from cart_screen.records.record import Record

FORMAT = "cart-screen-rereading/1"

_FIRST = "en"


class UseChangeKind(StrEnum):
    """How a use is not read as it was."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"
    READ_OTHERWISE = "read-otherwise"


@noun
class FindingChange:
    """The status of a criterion then and now; None where nothing was or is in force."""

    criterion: CriterionId
    then: Status | None
    now: Status | None


@noun
class UseRead:
    """A use as it was read on one day."""

    version: str
    document: str
    statuses: Mapping[CriterionId, Status]

    @property
    def is_possible(self) -> bool:
        """Tell whether the cancer type may be one that the use names."""
        return self.statuses[CriterionId.APPROVED_CANCER_TYPE] is not Status.NOT_MET


@noun
class UseChange:
    """
    A use that came, went, is read from another document, or from the same one and comes out otherwise.

    ``documents`` made it: those of the use that are read now and were not then, or the one that has withdrawn it.
    ``then`` and ``now`` are None where the use was or is not in force.
    """

    use: str
    title: str
    brand: str | None
    disease: str
    then: UseRead | None
    now: UseRead | None
    documents: tuple[str, ...]

    @property
    def kind(self) -> UseChangeKind:
        """How it has changed."""
        match self.then, self.now:
            case None, _:
                return UseChangeKind.CAME
            case _, None:
                return UseChangeKind.WENT
            case UseRead(document=before), UseRead(document=after) if before == after:
                return UseChangeKind.READ_OTHERWISE
            case _:
                return UseChangeKind.CHANGED

    @property
    def is_possible(self) -> bool:
        """Tell whether the cancer type may be one that the use names, then or now."""
        return any(read is not None and read.is_possible for read in (self.then, self.now))


@noun
class Rereading:
    """
    The answers of a record under the criteria of another day.

    ``now`` is the screening of those answers that are still allowed, ``left_out`` names all others. ``documents``
    are the SHA-256 of what was read for it, by path, and ``language`` is that of the words.
    """

    record: Record
    now: Screening
    left_out: tuple[AnswerProblem, ...]
    documents: Mapping[str, str] = field(repr=False)
    language: str

    @cached_property
    def then(self) -> Mapping[str, Any]:
        """What came out then, as ``Screening.to_dict`` gives it."""
        return self.record.screening

    @property
    def same_guidance(self) -> bool:
        """Tell whether the guidance is the same."""
        then, now = self.guidance
        return then == now

    @property
    def same(self) -> bool:
        """Tell whether guidance, findings and every use that can matter are read as they were, and every answer is."""
        changed = any(finding.then != finding.now for finding in self.findings)
        uses = any(use.is_possible for use in self.uses)
        return self.same_guidance and not (changed or uses or self.left_out)

    @property
    def guidance(self) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
        """The code of the guidance and its reason, then and now."""
        then, now = self.then["guidance"], self.now.guidance
        return (then["code"], then["because"]), (str(now.code), str(now.because) if now.because else None)

    @property
    def dictionary(self) -> tuple[str, str]:
        """The version of the dictionary, then and now."""
        return self.then["criteria"]["answers"], self.now.facts.criteria.reading.dictionary.version

    @property
    def another_major(self) -> bool:
        """Tell whether the dictionary has another major version, so that an id may mean something else."""
        then, now = self.dictionary
        return then.partition(".")[0] != now.partition(".")[0]

    @cached_property
    def findings(self) -> tuple[FindingChange, ...]:
        """The five findings, then and now."""
        then, now = self.then["findings"], self.now.findings
        return tuple(
            FindingChange(
                id,
                Status(then[id]["status"]) if id in then else None,
                now[id].status if id in now else None,
            )
            for id in CriterionId
        )

    @cached_property
    def uses(self) -> tuple[UseChange, ...]:
        """Every use that is not read as it was: those in force now in the set's order, then those that went."""
        return tuple(use for use in self._uses() if use.then != use.now)

    def _uses(self) -> Iterator[UseChange]:
        before = {outcome["indication"]: outcome for outcome in self.then["indications"]}
        for outcome in self.now.indications:
            use, was = outcome.indication, before.pop(outcome.indication.id, None)
            brand = use.product.brand if use.product else None
            then = _recorded(was) if was else None
            now = UseRead(use.version, use.document, outcome.statuses)
            yield UseChange(use.id, use.title, brand, use.disease, then, now, self._made_by(outcome))
        gone = withdrawals(self.now.facts.criteria, self.now.facts.as_of)
        for id, was in before.items():
            product = was["product"]
            made = (path_of(gone[id].document),) if id in gone else ()
            brand = product["brand"] if product else None
            yield UseChange(id, was["title"], brand, was["disease"], _recorded(was), None, made)

    def _made_by(self, outcome: Outcome) -> tuple[str, ...]:
        """Give the documents of a use that are read now and were not then, else the dictionary where it is another."""
        then = self.record.documents
        changed = {path for path, found in self.documents.items() if then.get(path) != found}
        own = tuple(path for path in documents_of(outcome.indication) if path in changed)
        return own or tuple(path for path in sorted(changed) if path.startswith("answers/"))

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain JSON values. They hold answers, so they are health data."""
        guidance = [{"code": code, "because": because} for code, because in self.guidance]
        then, now = self.dictionary
        return {
            "format": FORMAT,
            "made_by": f"cart-screen {VERSION}",
            "record": self.record.named(),
            "same": self.same,
            "guidance": dict(zip(("then", "now"), guidance, strict=True)),
            "dictionary": {"then": then, "now": now, "another_major": self.another_major},
            "findings": [
                {"criterion": str(finding.criterion), "then": _text(finding.then), "now": _text(finding.now)}
                for finding in self.findings
            ],
            "uses": [_use(use) for use in self.uses],
            "left_out": [
                {"question": problem.question, "found": problem.found, "allowed": problem.allowed}
                for problem in self.left_out
            ],
            "now": self.now.to_dict(self.language, self.record.audience),
        }


def reread(record: Record, criteria: str | Path | None = None, as_of: date | str | None = None) -> Rereading:
    """
    Read the answers of a record under the criteria of another day; ``Record.reread`` says more.

    Raises
    ------
    CriteriaNotAtHand, CriteriaUnknown, CriteriaMissing, DateInvalid, DocumentInvalid, ReleaseChanged
        As ``Record.reread`` does.
    """
    on = read_date(as_of)
    if criteria is None and not (record.shipped and is_shipped(record.criteria)):
        raise CriteriaNotAtHand(record.criteria, record.library if record.shipped else None)
    at_hand = named(criteria or record.criteria, record.criteria)
    read = at_hand.criteria.on(on)
    kept, left_out = answers_still_allowed(record, read.reading.dictionary)
    language = record.language if record.language in read.texts else _FIRST
    return Rereading(record, screen(kept, read, on), left_out, at_hand.documents(on, language), language)


def _recorded(outcome: Mapping[str, Any]) -> UseRead:
    statuses = {id: Status(outcome["statuses"][id]) for id in CriterionId}
    return UseRead(outcome["version"], outcome["document"], statuses)


def _text(status: Status | None) -> str | None:
    return None if status is None else str(status)


def _use(use: UseChange) -> dict[str, Any]:
    return {
        "use": use.use,
        "title": use.title,
        "brand": use.brand,
        "disease": use.disease,
        "change": str(use.kind),
        "possible": use.is_possible,
        "then": _read(use.then),
        "now": _read(use.now),
        "documents": list(use.documents),
    }


def _read(use: UseRead | None) -> dict[str, Any] | None:
    if use is None:
        return None
    statuses = {str(id): str(status) for id, status in use.statuses.items()}
    return {"version": use.version, "document": use.document, "statuses": statuses}

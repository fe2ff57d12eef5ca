"""What a code from a record says: a question and the values that it can stand for, never more than it tells."""

from __future__ import annotations

from cart_screen.answers.dictionary import Dictionary, ValueCode
from cart_screen.answers.scalars import Scalar
from cart_screen.nouns import noun


@noun
class Coded:
    """
    What a code says of a question.

    ``values`` are those that it can stand for, as far as its own text says. One value is decided. Of several none
    is: the code cannot tell them apart, so the question is asked, with all of its choices.
    """

    question: str
    values: tuple[Scalar, ...]
    note: str
    sources: tuple[str, ...]

    @property
    def value(self) -> Scalar | None:
        """The value that the code decides, or None where it cannot tell several apart."""
        return self.values[0] if len(self.values) == 1 else None


@noun
class Measured:
    """
    The question that a code measures.

    ``unit`` is the UCUM code that the code implies where the data names no unit; None implies none.
    """

    question: str
    unit: str | None
    note: str
    sources: tuple[str, ...]


def read_code(dictionary: Dictionary, system: str, code: str) -> Coded | None:
    """
    Give what a code of a value says, such as a diagnosis in ICD-10-CM, or None where the dictionary does not know it.

    ``system`` is the address of the code system, as FHIR writes it. Of several declared codes that a code begins
    with, the longest is meant.
    """
    known = dictionary.systems.get(system)
    wanted = known.plain(code) if known else None
    if known is None or wanted is None:
        return None
    covering = [
        (own, Coded(question.id, entry.means, entry.note, entry.sources))
        for question in dictionary.questions.values()
        for entry in question.coded
        if entry.system == system and (own := known.plain(entry.code)) and _covers(entry, own, wanted)
    ]
    return max(covering, key=lambda found: len(found[0]))[1] if covering else None


def read_measure(dictionary: Dictionary, system: str, code: str) -> Measured | None:
    """
    Give the question that a code measures, such as a laboratory test in LOINC, or None where none is known.

    ``system`` is the address of the code system, as FHIR writes it.
    """
    known = dictionary.systems.get(system)
    wanted = known.plain(code) if known else None
    if known is None or wanted is None:
        return None
    for question in dictionary.questions.values():
        for entry in question.codes:
            if entry.system == system and known.plain(entry.code) == wanted:
                return Measured(question.id, entry.unit, entry.note, entry.sources)
    return None


def _covers(entry: ValueCode, own: str, wanted: str) -> bool:
    return wanted.startswith(own) if entry.below else wanted == own

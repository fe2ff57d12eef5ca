"""
The errors of cart_screen; what only authors or only the command line can meet stands there.

CartScreenError
├── AnswersMissing       there is no answer document to read
├── AnswersUnreadable    the text of an answer document cannot be read as one
├── AnswersInvalid       answers that the dictionary does not allow, all at once
├── QuestionNotAnswered  an answer was to be changed that was never given
├── DocumentInvalid      a criteria document, dictionary or text that breaks the format, all at once
├── CriteriaUnknown      no criteria set of that name
├── CriteriaAlike        two criteria sets of one name, where they are to be compared
├── CriterionUnknown     no criteria document of that name or version (authoring.errors)
├── CriteriaMissing      a file that the criteria directory must hold is not there
├── ReleaseChanged       a released file is not what was released any more
├── ReleaseRefused       what was to be released breaks a rule of releases, all at once (authoring.errors)
├── CannotOpen           a file or folder that a command was given cannot be read (cli.errors)
├── CannotListen         there is no address or port to serve at (cli.errors)
├── CannotCreate         there is no place for a file (files)
├── CannotWrite          a file cannot be written (files)
├── ExtraMissing         something needs an optional dependency that is not installed
├── ColumnsInvalid       columns of a frame that cannot be read as answers, all at once (engines.columns.errors)
├── FrameUnknown         no frame of a kind that can be read (engines.columns.errors)
├── FormUnknown, …       what can be wrong with a table of intakes or its map (batch.errors, batch.map_file)
├── RowsLost             rows of a table that were neither screened nor rejected, a fault of the program (batch.errors)
├── SearchTooLarge       a search for answers was given up (authoring.witnesses)
├── RecordMissing        there is no record to read (records.errors)
├── RecordUnreadable     what should be a record is no JSON (records.errors)
├── RecordInvalid        a record that breaks its format, all at once (records.errors)
├── CriteriaNotAtHand    the set of a record is not there, and no directory was named (records.errors)
├── CriteriaOther        a directory does not hold what was screened (records.errors)
├── MomentInvalid        a moment without a time zone (records.errors)
├── SheetFormUnknown     a name that ends in no form of a sheet (sheet.errors)
├── TextLibraryMissing   a library of the system that a PDF needs is not installed (sheet.errors)
├── ResourceInvalid      a FHIR resource that cannot be read, all at once (fhir.errors)
├── BodyUnreadable, …    what can be wrong with a request to the HTTP API (web.errors)
├── TextMissing          a text key that no text file holds
├── LanguageUnknown      no words in that language
└── DateInvalid          not a date that criteria can be read at

Every error carries its data and builds its sentence from it: what was found, where, what to do.
Unknown is a value (``Truth.UNKNOWN``), never an exception.
"""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.nouns import field, noun


def shown(text: str) -> str:
    """Make text from outside fit for a message: cut where it is long, with every control character escaped."""
    plain = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[:200])
    return plain if len(text) <= 200 else plain + "..."


# A sentence with more problems than this is read by nobody; the error's data holds all of them.
_SHOWN = 20


@noun
class AnswerProblem:
    """One answer that the dictionary does not allow: its id, what was found, what is allowed."""

    question: str
    found: str = field(repr=False)
    allowed: str

    def __str__(self) -> str:
        return f"{shown(self.question)}: found {self.found}; allowed is {self.allowed}"


@noun
class DocumentProblem:
    """
    One place of a document that breaks the format, named by a JSON pointer.

    ``kind`` is a stable word for what is wrong: ``format`` where nothing finer is known.
    """

    document: str
    pointer: str
    found: str
    allowed: str
    kind: str = "format"

    def __str__(self) -> str:
        return f"{shown(self.document)}#{shown(self.pointer)}: found {shown(self.found)}; allowed is {self.allowed}"


class CartScreenError(Exception):
    """Base of every error that this package raises on purpose; ``code`` is a stable word for clients."""

    code = "error"


class AnswersUnreadable(CartScreenError):
    """An answer document is no readable JSON record of answers."""

    code = "answers-unreadable"

    def __init__(self, where: str, found: str, todo: str) -> None:
        super().__init__(where, found, todo)
        self.where = where
        self.found = found
        self.todo = todo

    def __str__(self) -> str:
        return f"{shown(self.where)}: {self.found}. {self.todo}"


class AnswersMissing(CartScreenError):
    """There is no answer document to read."""

    code = "answers-missing"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where = where
        self.why = why

    def __str__(self) -> str:
        return f"Cannot read {shown(self.where) or 'a file without a name'}: {self.why}. Name a JSON file of answers."


class AnswersInvalid(CartScreenError):
    """Some answers are not what the dictionary allows; ``problems`` lists all of them."""

    code = "answers-invalid"

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __repr__(self) -> str:
        # The problems hold answers, which stay out of logs.
        return f"<AnswersInvalid ({len(self.problems)} problems)>"

    def __str__(self) -> str:
        return _listed("answer", [str(problem) for problem in self.problems])


class QuestionNotAnswered(CartScreenError):
    """An answer was to be changed that was never given."""

    code = "question-not-answered"

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question

    def __str__(self) -> str:
        return f"There is no answer to {shown(self.question)!r} to change. Give one with answer()."


class DocumentInvalid(CartScreenError):
    """A document breaks the format; ``problems`` lists every place at once."""

    code = "document-invalid"

    def __init__(self, problems: Sequence[DocumentProblem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return _listed("place", [str(problem) for problem in self.problems])


class CriteriaUnknown(CartScreenError):
    """A criteria set was asked for by a name that the catalog does not hold."""

    code = "criteria-unknown"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name, tuple(known))
        self.name = name
        self.known = tuple(known)

    def __str__(self) -> str:
        return f"There is no criteria set {shown(self.name)!r}. Choose one of: {', '.join(self.known)}."


class CriteriaMissing(CartScreenError):
    """A file or folder that the criteria directory must hold is not there."""

    code = "criteria-missing"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return (
            f"The criteria file {shown(self.path)} is missing. Put it there, or name a complete directory; "
            "if it belongs to cart-screen itself, install it again."
        )


class CriteriaAlike(CartScreenError):
    """Two criteria sets that are to be compared have the same name; an empty name says that there is none."""

    code = "criteria-alike"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            return "There is no criteria set to compare. Name at least one."
        return f"The criteria set {shown(self.name)} is named twice. Name each set once, and sets of different names."


class ReleaseChanged(CartScreenError):
    """A released file has another hash than when it was released; ``found`` is None where it is gone."""

    code = "release-changed"

    def __init__(self, file: str, expected: str, found: str | None) -> None:
        super().__init__(file, expected, found)
        self.file = file
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        found = "the file is not there" if self.found is None else f"found {self.found}"
        return (
            f"The released file {shown(self.file)} was changed: its SHA-256 must be {self.expected}, {found}. "
            "Put it back as it was released; a change is a new version beside it."
        )


class TextMissing(CartScreenError):
    """A text key has no words in the text file of a language."""

    code = "text-missing"

    def __init__(self, language: str, key: str) -> None:
        super().__init__(language, key)
        self.language = language
        self.key = key

    def __str__(self) -> str:
        return f"The text file {self.language}.json has no words for {self.key!r}. Add them there."


class LanguageUnknown(CartScreenError):
    """Words were asked for in a language that a criteria set does not have."""

    code = "language-unknown"

    def __init__(self, language: str, known: Sequence[str]) -> None:
        super().__init__(language, tuple(known))
        self.language = language
        self.known = tuple(known)

    def __str__(self) -> str:
        return f"There are no words in {self.language!r}. Choose one of: {', '.join(self.known)}."


class DateInvalid(CartScreenError):
    """A date is not written as year, month and day, or does not exist."""

    code = "date-invalid"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return f"{self.found!r} is no date. Write year, month and day, as in 2026-02-06."


class ExtraMissing(CartScreenError, ImportError):
    """Something needs an optional dependency that is not installed."""

    code = "extra-missing"

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return f"This needs one more package. Install it with: pip install 'cart-screen[{self.extra}]'"


def _listed(noun: str, problems: list[str]) -> str:
    count = len(problems)
    return f"{count} {noun}{'' if count == 1 else 's'} cannot be read as given: {first_of(problems)}."


def first_of(problems: Sequence[str]) -> str:
    """Put the first of many problems into one sentence, and say how many more there are."""
    more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    return "; ".join(problems[:_SHOWN]) + more

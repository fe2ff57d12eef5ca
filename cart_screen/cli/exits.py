"""Exit codes, as in BSD's sysexits where it has one."""

from __future__ import annotations

from enum import IntEnum

from cart_screen.authoring.errors import CannotWrite, CriterionUnknown, ReleaseRefused
from cart_screen.cli.errors import CannotOpen, ExtraMissing
from cart_screen.errors import (
    AnswersInvalid,
    AnswersMissing,
    AnswersUnreadable,
    CartScreenError,
    CriteriaAlike,
    CriteriaMissing,
    CriteriaUnknown,
    DateInvalid,
    DocumentInvalid,
    ReleaseChanged,
)


class Exit(IntEnum):
    """What the exit code of a command says."""

    OK = 0
    FOUND = 1
    USAGE = 2
    BAD_DATA = 65
    NO_INPUT = 66
    EXTRA_MISSING = 69
    INTERNAL = 70
    CANNOT_WRITE = 74
    INTERRUPTED = 130


_OF_ERROR: dict[type[CartScreenError], Exit] = {
    AnswersInvalid: Exit.BAD_DATA,
    AnswersMissing: Exit.NO_INPUT,
    AnswersUnreadable: Exit.BAD_DATA,
    DocumentInvalid: Exit.BAD_DATA,
    CriteriaMissing: Exit.NO_INPUT,
    CriteriaUnknown: Exit.USAGE,
    CriterionUnknown: Exit.USAGE,
    CannotOpen: Exit.NO_INPUT,
    CannotWrite: Exit.CANNOT_WRITE,
    CriteriaAlike: Exit.USAGE,
    DateInvalid: Exit.USAGE,
    ExtraMissing: Exit.EXTRA_MISSING,
    ReleaseChanged: Exit.BAD_DATA,
    ReleaseRefused: Exit.FOUND,
}


def exit_of(error: CartScreenError) -> Exit:
    """Give the exit code of an error."""
    return _OF_ERROR.get(type(error), Exit.INTERNAL)

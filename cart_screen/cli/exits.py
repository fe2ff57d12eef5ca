"""Exit codes, as in BSD's sysexits where it has one."""

from __future__ import annotations

from enum import IntEnum

from cart_screen.errors import CartScreenError


class Exit(IntEnum):
    """What the exit code of a command says."""

    OK = 0
    FOUND = 1
    USAGE = 2
    BAD_DATA = 65
    NO_INPUT = 66
    EXTRA_MISSING = 69
    INTERNAL = 70
    CANNOT_CREATE = 73
    CANNOT_WRITE = 74
    INTERRUPTED = 130


# By code, so that no error's module is loaded before the error is there.
_OF_CODE = {
    "answers-invalid": Exit.BAD_DATA,
    "answers-missing": Exit.NO_INPUT,
    "answers-unreadable": Exit.BAD_DATA,
    "cannot-create": Exit.CANNOT_CREATE,
    "cannot-listen": Exit.USAGE,
    "cannot-open": Exit.NO_INPUT,
    "cannot-write": Exit.CANNOT_WRITE,
    "columns-invalid": Exit.BAD_DATA,
    "columns-missing": Exit.BAD_DATA,
    "criteria-alike": Exit.USAGE,
    "criteria-apart": Exit.USAGE,
    "criteria-missing": Exit.NO_INPUT,
    "criteria-not-at-hand": Exit.USAGE,
    "criteria-other": Exit.BAD_DATA,
    "criteria-unknown": Exit.USAGE,
    "criterion-unknown": Exit.USAGE,
    "date-invalid": Exit.USAGE,
    "day-unknown": Exit.USAGE,
    "document-invalid": Exit.BAD_DATA,
    "extra-missing": Exit.EXTRA_MISSING,
    "language-unknown": Exit.BAD_DATA,
    "map-missing": Exit.NO_INPUT,
    "map-unreadable": Exit.BAD_DATA,
    "origin-invalid": Exit.USAGE,
    "point-invalid": Exit.USAGE,
    "record-invalid": Exit.BAD_DATA,
    "record-missing": Exit.NO_INPUT,
    "record-unreadable": Exit.BAD_DATA,
    "release-changed": Exit.BAD_DATA,
    "release-refused": Exit.FOUND,
    "resource-invalid": Exit.BAD_DATA,
    "rows-lost": Exit.INTERNAL,
    "sheet-form-unknown": Exit.USAGE,
    "spark-failed": Exit.EXTRA_MISSING,
    "table-form-unknown": Exit.USAGE,
    "table-missing": Exit.NO_INPUT,
    "table-unreadable": Exit.BAD_DATA,
    "text-library-missing": Exit.EXTRA_MISSING,
    "version-unknown": Exit.USAGE,
}


def exit_of(error: CartScreenError) -> Exit:
    """Give the exit code of an error."""
    return _OF_CODE.get(error.code, Exit.INTERNAL)

"""The file that an interview is saved in."""

from __future__ import annotations

from pathlib import Path

from cart_screen.answers.reading import LARGEST_DOCUMENT
from cart_screen.errors import AnswersInvalid, AnswersMissing, AnswersUnreadable
from cart_screen.files import CannotCreate, check_writable, write_private
from cart_screen.saving.document import from_document, to_document
from cart_screen.saving.saved import PlainAnswers, Saved


def save(path: Path, saved: Saved) -> None:
    """
    Save an interview: the file is whole at any time, and only its owner can read it.

    What stands there is replaced: ``may_save_to`` is asked first.

    Raises
    ------
    CannotCreate
        When the file cannot be made there.
    CannotWrite
        When there is no room for it; what was saved before is then as it was.
    """
    write_private(path, to_document(saved))


def read_saved(path: Path) -> Saved | PlainAnswers:
    """
    Read a saved interview, or answers alone from a file of flat answers or one in the exchange form.

    Raises
    ------
    AnswersMissing
        When there is no file that can be read.
    AnswersUnreadable, AnswersInvalid
        As ``document.from_document`` does.
    """
    try:
        if path.is_fifo():
            # It would be waited for without end.
            raise AnswersMissing(str(path), "it is a pipe")
        text = _start_of(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise AnswersMissing(str(path), reason or "it cannot be opened") from None
    return from_document(text, str(path))


def may_save_to(path: Path) -> Saved | None:
    """
    Stop where an interview could not be saved, before the first question; give what is saved there already.

    Nothing is ever saved over a file that holds something else. An empty file is as good as none.

    Raises
    ------
    CannotCreate
        When no file can be made there, or one stands there that is no saved interview of this format.
    CannotWrite
        When there is no room.
    """
    check_writable(path)
    if not path.is_file():
        if path.exists():
            raise CannotCreate(str(path), "it is no file that could be read again")
        return None
    try:
        text = _start_of(path)
    except OSError:
        raise CannotCreate(str(path), "there is a file that cannot be read") from None
    if not text:
        return None
    try:
        found = from_document(text, str(path))
    except (AnswersInvalid, AnswersUnreadable):
        found = None
    if not isinstance(found, Saved):
        raise CannotCreate(str(path), "there is a file that is no saved interview, and it is left as it is")
    return found


def may_begin(path: Path) -> None:
    """
    Stop where a new interview could not be saved, or would take the place of another one. Raises as ``may_save_to``.
    """
    if may_save_to(path) is not None:
        raise CannotCreate(str(path), "another interview is saved there, and --resume goes on with it")


def _start_of(path: Path) -> bytes:
    # One byte more than is allowed is enough to know that there are too many.
    with path.open("rb") as stream:
        return stream.read(LARGEST_DOCUMENT + 1)

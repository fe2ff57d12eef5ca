"""What is different since an interview was saved, in words."""

from __future__ import annotations

from typing import assert_never

from cart_screen.errors import shown
from cart_screen.saving.resuming import (
    AskedAgain,
    Change,
    ChangedUse,
    GoneUse,
    LeftOut,
    NewUse,
    OtherDictionary,
    OtherLibrary,
    OtherSet,
)
from cart_screen.texts import Texts


def sentence(change: Change, texts: Texts) -> str:
    """
    Say one difference in words.

    Raises
    ------
    TextMissing
        When the language has no words for it.
    """

    def say(key: str, **named: str) -> str:
        return texts.get("terminal", f"resumed-{key}").format(**named)

    match change:
        case AskedAgain(question=id):
            return say("ask-again", label=_label(id, texts))
        case LeftOut(question=id):
            return say("left-out", label=_label(id, texts))
        case OtherDictionary(before=before, now=now):
            return say("questions-anew" if change.is_another_major else "questions", before=before, now=now)
        case OtherSet(before=before, now=now):
            return say("set", before=shown(before), now=now)
        case NewUse(title=title):
            return say("use-new", title=title)
        case ChangedUse(title=title, before=before, now=now):
            return say("use-changed", title=title, before=before, now=now)
        case GoneUse(title=title):
            return say("use-gone", title=title)
        case OtherLibrary(before=before, now=now):
            return say("library", before=shown(before), now=now)
        case _:
            assert_never(change)


def _label(question: str, texts: Texts) -> str:
    # Words for a question that is gone may be gone as well.
    return texts.find("questions", question, "label") or shown(question)

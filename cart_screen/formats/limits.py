"""The bounds that a document keeps before anything else reads it, so that nothing after it runs away."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from cart_screen.errors import DocumentProblem
from cart_screen.rules.parse import DEEPEST
from cart_screen.rules.references import escaped

# The largest honest document has fewer than two thousand values.
MOST_VALUES = 20_000


def limit_problems(raw: Any, document: str) -> Iterator[DocumentProblem]:
    """Give every place of a document that is nested too deeply, one too many, or nothing that JSON has."""
    pending = [(raw, "", 0)]
    count = 0
    while pending:
        value, pointer, depth = pending.pop()
        count += 1
        if count > MOST_VALUES:
            yield DocumentProblem(document, "", f"more than {MOST_VALUES:,} values", f"at most {MOST_VALUES:,}", "size")
            return
        if depth > DEEPEST:
            yield DocumentProblem(document, pointer, "a value nested too deeply", f"at most {DEEPEST} levels", "depth")
            continue
        if isinstance(value, float) and not math.isfinite(value):
            yield DocumentProblem(document, pointer, repr(value), "a number that JSON has", "not-json")
        elif isinstance(value, str) and not _is_text(value):
            yield DocumentProblem(document, pointer, "half of a character", "text in whole characters", "not-json")
        for key, inner in reversed(_inside(value)):
            if not _is_text(str(key)):
                yield DocumentProblem(document, pointer, "half of a character in a key", "whole characters", "not-json")
            else:
                pending.append((inner, f"{pointer}/{escaped(key)}", depth + 1))


def _inside(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _is_text(text: str) -> bool:
    # JSON can write one half of a surrogate pair, which no file and no screen can show.
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

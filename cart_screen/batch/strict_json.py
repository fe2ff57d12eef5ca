"""JSON read strictly: no name twice, no number that JSON does not have, nothing nested without end."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from cart_screen.answers.scalars import written


class NotJson(Exception):
    """A text is no JSON; its only argument says why."""


def parsed(text: str) -> Any:
    """
    Give the value of a JSON text.

    Raises
    ------
    NotJson
        When it is none, names a key twice, or holds a number that JSON does not have.
    """
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except json.JSONDecodeError as error:
        raise NotJson(f"no JSON at column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except ValueError:
        # Python's guard against integers of many thousand digits.
        raise NotJson("a number that is too long") from None


def _no_constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is no JSON number")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise NotJson(f"{written(key)} is given twice")
            seen.add(key)
    return record

"""The values that an answer can have, and when two of them are the same."""

from __future__ import annotations

import math

from cart_screen.nouns import assert_never

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeGuard

    Kind = Literal["string", "integer", "number", "boolean"]

Scalar = str | int | float | bool

# Beyond this a JavaScript number is not exact, and engines would differ.
LARGEST_NUMBER = 2**53

KINDS: tuple[Kind, ...] = ("string", "integer", "number", "boolean")


def is_scalar(value: Any) -> TypeGuard[Scalar]:
    """Tell whether a value is a string, a finite number or a boolean."""
    return isinstance(value, str | int) or is_number(value)


def is_number(value: Any) -> TypeGuard[int | float]:
    """Tell whether a value is a finite number; ``True`` is none, although Python counts it as an int."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def is_kind(value: Any, kind: Kind) -> bool:
    """Tell whether a value is of a JSON Schema type; 1.0 is an integer there, ``True`` is none."""
    match kind:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return is_number(value)
        case "integer":
            return is_number(value) and value == int(value)
        case _:
            assert_never(kind)


def same(left: Any, right: Any) -> bool:
    """Compare two scalars as JSON does: 1 is 1.0, and neither is ``true``."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def written(value: Any) -> str:
    """Write a value as JSON would, for a message; long text is cut."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # Imported here: only messages need it, and it costs a start as much as all the screening.
        from json import dumps

        # Escaped as in JSON, so that no control character of a document reaches a terminal.
        return dumps(value if len(value) <= 60 else value[:57] + "...")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        # Python refuses to print an integer of many thousand digits.
        return str(value) if value.bit_length() < 128 else f"a number of {value.bit_length()} bits"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return f"a {type(value).__name__}"

"""Formats of which any part may be left out: what stands over a whole document and says some of it in another way."""

from __future__ import annotations

from functools import cache
from types import UnionType, new_class
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import Field

from cart_screen.formats.types import Format, Maybe

# These hints are put together at run time, where a type checker has nothing to read.
_annotated: Any = Annotated
_maybe: Any = Maybe
_union: Any = Union
_mapping: Any = dict

_OTHER_KEYS = "__pydantic_extra__"


@cache
def partial(format: type[Format]) -> type[Format]:
    """
    Give a format with the keys of another, of which each may be left out, and so at every depth.

    A list is one text in several paragraphs: it is given whole or not at all. Where other keys may hold a format,
    they may hold a part of it.
    """
    hints = get_type_hints(format, include_extras=True)
    fields = format.model_fields
    annotations = {name: _optional(hints[name]) for name in fields}
    if _OTHER_KEYS in hints and format.model_config.get("extra") == "allow":
        annotations[_OTHER_KEYS] = _partial(hints[_OTHER_KEYS])
    body: dict[str, Any] = {
        "__module__": format.__module__,
        "__doc__": f"{(format.__doc__ or '').strip()} Each key may be left out.",
        "__annotations__": annotations,
        "model_config": format.model_config,
        **{name: Field(None, alias=field.alias, description=field.description) for name, field in fields.items()},
    }
    return new_class(f"Some{format.__name__}", (Format,), exec_body=lambda namespace: namespace.update(body))


def _optional(hint: Any) -> Any:
    is_optional = get_origin(hint) is Annotated and type(None) in get_args(get_args(hint)[0])
    return _partial(hint) if is_optional else _maybe[_partial(hint)]


def _partial(hint: Any) -> Any:
    """Give a hint in which every format is a partial one."""
    if isinstance(hint, type) and issubclass(hint, Format):
        return partial(hint)
    inner = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated:
            return _annotated[(_partial(inner[0]), *inner[1:])]
        case origin if origin in (Union, UnionType):
            return _union[tuple(map(_partial, inner))]
        case origin if origin is dict:
            return _mapping[inner[0], _partial(inner[1])]
    return hint

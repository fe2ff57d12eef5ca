"""
Immutable nouns: what ``dataclass(frozen=True)`` makes, in a fraction of its start-up time.

To everybody else they are dataclasses: ``dataclasses.replace``, ``fields`` and ``asdict`` read them. The
modules ``dataclasses`` and ``typing`` cost more than a whole screening, so neither is imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import field, replace
    from typing import Any, NoReturn, TypeVar, assert_never, dataclass_transform

    _Noun = TypeVar("_Noun")
else:

    def field(**more):
        """Say more of a field: its ``default`` or ``default_factory``, and whether ``repr`` shows it."""
        return _Field(more)

    def replace(noun, /, **changes):
        """Give the same noun with some of its fields changed."""
        return type(noun)(**{name: getattr(noun, name) for name in noun.__match_args__} | changes)

    def assert_never(value, /):
        """Stop at what a match over a closed union has left out."""
        raise AssertionError(f"Expected code to be unreachable, but got: {value!r}")

    def dataclass_transform(**_):
        return lambda decorator: decorator


__all__ = ["assert_never", "field", "noun", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def noun(cls: type[_Noun]) -> type[_Noun]:
    """
    Make a class an immutable noun: its annotations are its fields, and two are equal where class and fields are.

    The class must inherit no fields. A method that it defines itself, such as ``__eq__``, is left as it is.
    """
    names = tuple(cls.__annotations__)
    more = {name: _more(cls.__dict__[name]) for name in names if name in cls.__dict__}
    shown = [name for name in names if more.get(name, {}).get("repr", True)]
    # Of several names attrgetter gives a tuple, of one the bare value.
    values: Callable[[Any], Any] = (
        attrgetter(*names) if len(names) > 1 else lambda self: tuple(getattr(self, name) for name in names)
    )
    every = set(names)
    plain = {name: said["default"] for name, said in more.items() if "default" in said}
    made = 0

    def initialize(self: Any, *given: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        each = plain | dict(zip(names, given, strict=False)) | named
        once = len(given) <= len(names) and named.keys().isdisjoint(names[: len(given)])
        if made < _MANY and once and each.keys() == every:
            for name in names:
                object.__setattr__(self, name, each[name])
        else:
            cls.__init__ = written = _initializer(names, more)  # type: ignore[method-assign]
            written(self, *given, **named)

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def represent(self: Any) -> str:
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def stored(self: Any) -> dict[str, Any]:
        # What was found from the fields on the way is found again.
        return {name: value for name, value in vars(self).items() if name in every}

    for name in more:
        # A default that stayed on the class would stand in for a field that was never set.
        delattr(cls, name)
    methods = {"__init__": initialize, "__repr__": represent, "__setattr__": _refuse, "__delattr__": _refuse}
    methods |= {"__getstate__": stored}
    if "__eq__" not in cls.__dict__:
        methods |= {"__eq__": equal, "__hash__": lambda self: hash(values(self))}
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    for name, value in (("__match_args__", names), ("__replace__", replace)):
        setattr(cls, name, value)
    for name in (_FIELDS, _PARAMS):
        setattr(cls, name, _AsDataclass(name, names, more))
    return cls


_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"

# Writing an initializer takes as long as making so many nouns without; most classes make fewer in a start.
_MANY = 30


class _Field:
    def __init__(self, more: Mapping[str, Any]) -> None:
        self.more = more


class _AsDataclass:
    """What the module ``dataclasses`` knows a dataclass by, made when it is first looked for."""

    def __init__(self, name: str, names: tuple[str, ...], more: Mapping[str, Mapping[str, Any]]) -> None:
        self._name = name
        self._names = names
        self._more = more

    def __get__(self, noun: object, cls: type) -> Any:
        import dataclasses

        types = cls.__annotations__
        fields = [(name, types[name], dataclasses.field(**self._more.get(name, {}))) for name in self._names]
        made = dataclasses.make_dataclass(cls.__name__, fields, frozen=True).__dict__[self._name]
        setattr(cls, self._name, made)
        return made


def _more(declared: Any) -> Mapping[str, Any]:
    return declared.more if isinstance(declared, _Field) else {"default": declared}


def _initializer(names: tuple[str, ...], more: Mapping[str, Mapping[str, Any]]) -> Callable[..., None]:
    """Write ``__init__`` out, so that a noun is made as fast as by hand."""
    parameters, lines = [], [" pass"]
    scope: dict[str, Any] = {"put": object.__setattr__, "nothing": object()}
    for name in names:
        default = more.get(name, {})
        value = name
        if "default_factory" in default:
            scope[f"make_{name}"] = default["default_factory"]
            parameters.append(f"{name}=nothing")
            value = f"make_{name}() if {name} is nothing else {name}"
        elif "default" in default:
            scope[f"default_{name}"] = default["default"]
            parameters.append(f"{name}=default_{name}")
        else:
            parameters.append(name)
        lines.append(f" put(self, {name!r}, {value})")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines), scope)
    written: Callable[..., None] = scope["__init__"]
    return written


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"{type(self).__name__} never changes: use replace() instead of setting {name!r}")

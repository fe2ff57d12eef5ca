"""
Making the scripts of this package small: without comments and spaces, and with short names for their own variables.

It reads scripts of a plain kind only, those of this package: every statement ends with a semicolon, ``var`` and labels
are not used, and what a script defines for others hangs on a global object.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from cart_screen.component.reading import RESERVED, Role, Token, closing_of, roles_of, tokens_of

_LETTERS = "etnisaorcldupmfhgvwbykxjqzETNISAORCLDUPMFHGVWBYKXJQZ"
_WORDS = ("name", "number")

# What means the same where nothing is assigned to a constant, which a page would refuse.
_SHORTER = {"const": Token("name", "let"), "true": Token("sign", "!0"), "false": Token("sign", "!1")}


@dataclass(eq=False)
class _Scope:
    """A stretch of tokens that has variables of its own: a function, a block, or a loop with its head."""

    first: int
    last: int
    outer: _Scope | None = None
    declared: dict[str, str] = field(default_factory=dict)
    # The variables of this scope and of those around it that are used in it.
    uses: set[str] = field(default_factory=set)
    inner: list[_Scope] = field(default_factory=list)

    def declaring(self, name: str) -> _Scope | None:
        """Give the nearest scope around that has a variable of this name."""
        found: _Scope | None = self
        while found is not None and name not in found.declared:
            found = found.outer
        return found


def shrunk(scripts: Iterable[str]) -> str:
    """Give some scripts that are run one after the other as one short script."""
    tokens = [token for script in scripts for token in tokens_of(script)]
    return _joined(_in_one(_without_brackets(list(_renamed(tokens, roles_of(tokens))))))


def _renamed(tokens: Sequence[Token], roles: Sequence[Role]) -> Iterator[Token]:
    scopes = _scopes(tokens, roles)
    own = Counter(token.text for token, role in zip(tokens, roles, strict=True) if _is_own(token, role))
    members = {name: f"_{short}" for (name, _), short in zip(own.most_common(), _names(()), strict=False)}
    for token, role, scope in zip(tokens, roles, scopes, strict=True):
        declaring = scope.declaring(token.text) if role.kind in ("short", "variable") else None
        if _is_own(token, role):
            yield Token("name", members[token.text])
        elif role.kind == "word":
            yield _SHORTER.get(token.text, token)
        elif declaring is None or declaring.outer is None:
            yield token
        else:
            if role.kind == "short":
                yield from (token, Token("sign", ":"))
            yield Token("name", declaring.declared[token.text])


def _is_own(token: Token, role: Role) -> bool:
    """Tell whether a token names a member that no other script uses."""
    return role.kind == "key" and token.text.startswith("_")


def _scopes(tokens: Sequence[Token], roles: Sequence[Role]) -> list[_Scope]:
    """Give the scope of each token, with short names for all variables."""
    whole = _Scope(0, len(tokens))
    of_token: list[_Scope] = []
    starting = _stretches(tokens, roles)
    here = whole
    for place, (token, role) in enumerate(zip(tokens, roles, strict=True)):
        while place > here.last and here.outer is not None:
            here = here.outer
        for last in sorted(starting.get(place, ()), reverse=True):
            here = _Scope(place, last, here)
            assert here.outer is not None
            here.outer.inner.append(here)
        of_token.append(here)
        if role.declares:
            here.declared[token.text] = ""
    for token, role, scope in zip(tokens, roles, of_token, strict=True):
        if role.kind in ("short", "variable"):
            scope.uses.add(token.text)
    free = {token.text for token in tokens if token.kind == "name"}
    for scope in whole.inner:
        _name(scope, free - {name for one in _within(scope) for name in one.declared})
    return of_token


def _stretches(tokens: Sequence[Token], roles: Sequence[Role]) -> Mapping[int, list[int]]:
    """Give the places where scopes begin, with the places where they end."""
    closing = closing_of(tokens)
    found: dict[int, list[int]] = defaultdict(list)
    bodies: set[int] = set()
    for place, (token, role) in enumerate(zip(tokens, roles, strict=True)):
        after = closing[place] + 1 if role.kind == "parameters" else place + 1
        if role.kind == "parameters" or (role.kind == "variable" and tokens[after].text == "=>"):
            body = after + (tokens[after].text == "=>")
            # A function has its parameters and its variables in one scope: none may be declared twice.
            bodies.add(body)
            found[place].append(_expression(tokens, closing, body))
        elif (role.kind == "block" and place not in bodies) or role.kind == "class":
            found[place].append(closing[place])
        elif token.kind == "name" and token.text == "for" and role.kind == "word":
            found[place].append(_statement(tokens, closing, place))
    return found


def _statement(tokens: Sequence[Token], closing: Mapping[int, int], place: int) -> int:
    """Give the last place of a statement that begins at a place."""
    first = tokens[place].text
    if first == "{":
        return closing[place]
    if first in ("if", "for", "while"):
        last = _statement(tokens, closing, closing[place + 1] + 1)
        return _statement(tokens, closing, last + 2) if first == "if" and tokens[last + 1].text == "else" else last
    return _expression(tokens, closing, place) + 1


def _expression(tokens: Sequence[Token], closing: Mapping[int, int], place: int) -> int:
    """Give the last place of an expression, or of a block, that begins at a place."""
    if tokens[place].text == "{":
        return closing[place]
    is_within = True
    while is_within:
        while place in closing:
            # The part of a template that ends one expression can begin the next one.
            place = closing[place]
        place += 1
        is_within = not tokens[place].closes and tokens[place].text not in (",", ";")
    return place - 1


def _within(scope: _Scope) -> Iterator[_Scope]:
    yield scope
    for one in scope.inner:
        yield from _within(one)


def _name(scope: _Scope, free: set[str]) -> None:
    """Give the variables of a scope, and of those in it, short names that mean nothing else where they are used."""
    taken = {declaring.declared[name] for declaring, name in _used_from_outside(scope)}
    fresh = _names(free | taken)
    for name in scope.declared:
        scope.declared[name] = next(fresh)
    for one in scope.inner:
        _name(one, free)


def _used_from_outside(scope: _Scope) -> Iterator[tuple[_Scope, str]]:
    """Give the variables of scopes around that are used in a scope, or in one within it."""
    for one in _within(scope):
        for name in one.uses:
            declaring = one.declaring(name)
            if declaring is not None and declaring is not scope and declaring in _around(scope):
                yield declaring, name


def _around(scope: _Scope) -> list[_Scope]:
    found = [scope]
    while (outer := found[-1].outer) is not None:
        found.append(outer)
    return found


def _names(taken: Iterable[str]) -> Iterator[str]:
    names = set(taken)
    for number in count():
        rest, letter = divmod(number, len(_LETTERS))
        name = (_LETTERS[rest - 1] if rest else "") + _LETTERS[letter]
        if name not in names and name not in RESERVED:
            yield name


def _without_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    """Leave out the brackets around a single parameter."""
    texts = [token.text for token in tokens]
    for place, token in enumerate(tokens):
        opens = token.text == "(" and tokens[place + 1].kind == "name" and texts[place + 2 : place + 4] == [")", "=>"]
        closes = token.text == ")" and texts[place + 1 : place + 2] == ["=>"] and texts[place - 2] == "("
        if not (opens or (closes and tokens[place - 1].kind == "name")):
            yield token


def _in_one(tokens: Iterable[Token]) -> Iterator[Token]:
    """Declare what is declared in a row of statements in one of them."""
    begun = [""]
    ended: Token | None = None
    for token in tokens:
        if ended is not None:
            same = token.text == begun[-1] and token.text in ("const", "let")
            yield Token("sign", ",") if same else ended
            ended = None
            begun[-1] = token.text
            if same:
                continue
        elif not begun[-1]:
            begun[-1] = token.text
        if token.closes:
            begun.pop()
            if token.text == "}" and begun[-1] not in ("const", "let", "return", "throw"):
                # A block ends its statement by itself.
                begun[-1] = ""
        if token.opens:
            begun.append("")
        if token.kind == "sign" and token.text == ";":
            ended = token
        else:
            yield token
    if ended is not None:
        yield ended


def _joined(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    last = Token("", "")
    for token in tokens:
        if token.kind == "sign" and token.text in (")", "]", "}") and last.kind == "sign":
            # What stands before a closing bracket only separates.
            if last.text == "," or (last.text == ";" and token.text == "}"):
                parts.pop()
        words = last.kind in _WORDS and token.kind in _WORDS
        if words or (last.text in ("+", "-") and token.text.startswith(last.text)):
            parts.append(" ")
        parts.append(token.text)
        last = token
    return "".join(parts)

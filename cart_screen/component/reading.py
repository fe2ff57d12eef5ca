"""Reading the scripts of this package: their tokens, and what each name in them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cart_screen.nouns import noun

_TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<template>`)"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<sign>=>|\.\.\.|\?\.|\*\*|\+\+|--|===|!==|[=!<>]=|&&|\|\||\?\?|[-+*/%]=|.)",
    re.DOTALL,
)
_EXPRESSION = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_EXPRESSION = frozenset(
    ["(", ",", "=", ":", "[", "!", "&", "|", "?", "{", "}", ";", "=>", "&&", "||", "??", "return"]
)
_BEFORE_BLOCK = frozenset(["", ")", "=>", "else", "try", "catch", "finally", "do", ";", "{", "}"])
_NOT_CALLED = frozenset(["if", "for", "while", "switch", "return", "of", "in"])
_ACCESS = frozenset(["get", "set", "static", "async"])
_DECLARE = frozenset(["const", "let", "function", "class"])
_BEGINS = frozenset(["(", ",", "[", "{", "...", ":"])
_ROUND = {"(": ")", "[": "]", "{": "}"}

# Words of the language, and those that are one in some places.
RESERVED = frozenset(
    """
    async await break case catch class const constructor continue default delete do else export extends false finally
    for function get if import in instanceof let new null of return set static super switch this throw true try typeof
    undefined var void while yield
    """.split()  # noqa: SIM905 - read as words
)


@noun
class Token:
    """
    A piece of a script: "name", "number", "text", "template" or "sign".

    A template is its texts, each with the sign of the expression before or after it; the tokens of expressions stand
    between them.
    """

    kind: str
    text: str

    @property
    def opens(self) -> bool:
        """Tell whether a bracket, or an expression of a template, begins."""
        return (self.kind == "sign" and self.text in _ROUND) or (self.kind == "template" and self.text.endswith("${"))

    @property
    def closes(self) -> bool:
        """Tell whether a bracket, or an expression of a template, ends."""
        return (self.kind == "sign" and self.text in _ROUND.values()) or (
            self.kind == "template" and self.text.startswith("}")
        )


@noun
class Role:
    """
    What a token is where it stands.

    A name is a "key" (of an object, or a member), "short" for a key and a variable of the same name, a "variable", or a
    word of the language; a bracket may begin a "block", a "class" or the "parameters" of a function. ``declares`` says
    that a variable begins here.
    """

    kind: str
    declares: bool = False


@noun
class _Group:
    """What stands in a pair of brackets; ``declares`` where it is a list of parameters or a pattern."""

    kind: str
    declares: bool


def tokens_of(script: str) -> Iterator[Token]:
    """Give the tokens of a script without spaces and comments."""
    depths: list[int] = []
    before, at = "", 0
    while at < len(script):
        found = _EXPRESSION.match(script, at) if before in _BEFORE_EXPRESSION else None
        kind = "text"
        if found is None:
            found = _TOKEN.match(script, at)
            assert found is not None, "any letter is a sign"
            kind = found.lastgroup or ""
        text, at = found[0], found.end()
        if depths and text == "}" and depths[-1] == 0:
            depths.pop()
            kind = "template"
        elif depths and text in ("{", "}"):
            depths[-1] += 1 if text == "{" else -1
        if kind == "template":
            text, at = _template(script, text, at)
            if text.endswith("${"):
                depths.append(0)
        if kind != "space":
            before = text if kind in ("name", "sign") else ""
            yield Token(kind, text)


def _template(script: str, begun: str, at: int) -> tuple[str, int]:
    """Read the text of a template up to its end or its next expression."""
    start = at
    while script[at] != "`":
        if script.startswith("${", at):
            return begun + script[start : at + 2], at + 2
        at += 2 if script[at] == "\\" else 1
    return begun + script[start : at + 1], at + 1


def closing_of(tokens: Sequence[Token]) -> Mapping[int, int]:
    """Give the place of the bracket, or the part of a template, that closes each one that opens."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.closes:
            found[opened.pop()] = place
        if token.opens:
            opened.append(place)
    return found


def roles_of(tokens: Sequence[Token]) -> list[Role]:
    """Say of each token what it is; a variable is declared by its keyword, as a parameter, or in a pattern of these."""
    closing = closing_of(tokens)
    found: list[Role] = []
    inside = [_Group("block", False)]
    is_class = False
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place else ""
        if token.kind == "name":
            after = tokens[place + 1].text
            found.append(_name(token.text, before, after, inside[-1]))
            is_class = is_class or (token.text == "class" and found[-1].kind == "word")
            continue
        if token.closes:
            inside.pop()
        role = "none"
        if token.opens:
            group = inside[-1]
            role, declares = "round", token.kind == "sign" and _is_pattern(before, group)
            if token.text == "{":
                is_block = before in _BEFORE_BLOCK or _is_case(tokens, place)
                role = "class" if is_class else "block" if is_block else "object"
                is_class = is_class and role != "class"
            elif token.text == "(":
                behind = tokens[closing[place] + 1].text
                named = place > 0 and tokens[place - 1].kind == "name" and before not in _NOT_CALLED
                declares = behind == "=>" or (behind == "{" and named)
                role = "parameters" if declares else "round"
            inside.append(_Group(role, declares and role in ("round", "parameters", "object")))
        found.append(Role(role))
    return found


def _is_case(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a bracket begins the block of a case."""
    return place > 2 and tokens[place - 1].text == ":" and "case" in (tokens[place - 3].text, tokens[place - 2].text)


def _name(name: str, before: str, after: str, group: _Group) -> Role:
    if before in (".", "?."):
        return Role("key")
    starts = before in ("{", ",") if group.kind == "object" else before in ("{", "}", ";")
    if group.kind in ("object", "class") and after == "(" and (starts or before in _ACCESS):
        return Role("key")
    if group.kind == "object" and starts and after == ":":
        return Role("key")
    # `get` and `set` are words only where a name follows them.
    if name in RESERVED and (name not in _ACCESS or after.isidentifier()):
        return Role("word")
    if group.kind == "object" and starts:
        return Role("short", group.declares)
    return Role("variable", before in _DECLARE or after == "=>" or (group.declares and before in _BEGINS))


def _is_pattern(before: str, group: _Group) -> bool:
    return before in ("const", "let") or (group.declares and before in _BEGINS)

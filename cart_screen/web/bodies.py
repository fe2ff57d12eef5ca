"""The body of a request: bounded while it is read, and parsed strictly."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request

from cart_screen.answers.scalars import written
from cart_screen.nouns import noun
from cart_screen.web.errors import BodyLate, BodyTooLarge, BodyUnreadable, ContentTypeRefused

# Whoever is refused hears why only if what is on its way is taken in; for no longer than this, in seconds.
_LINGERING = 1.0

_MARK = b"\xef\xbb\xbf"
_SCALARS = frozenset((str, int, float, bool, type(None)))
_TOKENS = re.compile(rb'["\\{}\[\]]')


@noun
class Limits:
    """How much of a body is read: bytes, levels of nesting, seconds; and what it may be announced as."""

    bytes: int
    depth: int
    seconds: float
    media_types: tuple[str, ...]


# An answer document has about sixty short entries; a bundle holds the whole record of a patient.
ANSWERS = Limits(1_000_000, 20, 30.0, ("application/json",))
RESOURCES = Limits(10_000_000, 60, 60.0, ("application/fhir+json", "application/json"))


async def read_json(request: Request, limits: Limits) -> Any:
    """
    Read the body of a request as one JSON value.

    Raises
    ------
    ContentTypeRefused, BodyTooLarge, BodyLate
        As ``read_text`` does.
    BodyUnreadable
        As ``parsed`` does.
    """
    return parsed(await read_text(request, limits))


async def read_text(request: Request, limits: Limits) -> bytes:
    """
    Read the body of a request.

    Raises
    ------
    ContentTypeRefused
        When it is announced as anything but JSON in UTF-8.
    BodyTooLarge
        When it has too many bytes or levels; the rest of it is passed over, up to as many bytes once more.
    BodyLate
        When it does not arrive in time.
    """
    incoming = _Incoming(request)
    try:
        _check_announced(request, limits)
        async with asyncio.timeout(limits.seconds):
            return await _read(incoming, limits)
    except TimeoutError:
        raise BodyLate(limits.seconds) from None
    except (BodyTooLarge, ContentTypeRefused):
        await _pass_over(incoming, limits)
        raise


class _Incoming:
    """The pieces of a body, as they arrive."""

    def __init__(self, request: Request) -> None:
        self._receive = request.receive
        self.is_more = True

    async def piece(self) -> bytes:
        """Wait for the next piece."""
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        self.is_more = message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece


async def _pass_over(incoming: _Incoming, limits: Limits) -> None:
    """
    Take in what is left of a body, in bounds.

    A connection that is closed while data waits on it is reset, and the answer is lost with it.
    """
    size = 0
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(_LINGERING):
            while incoming.is_more and size <= limits.bytes:
                size += len(await incoming.piece())


def _check_announced(request: Request, limits: Limits) -> None:
    headers: dict[bytes, bytes] = {}
    for name, value in request.scope["headers"]:
        headers[name] = b", ".join([headers[name], value]) if name in headers else value
    announced = headers.get(b"content-type", b"").decode("latin-1")
    kind, _, rest = announced.partition(";")
    charset = rest.strip().lower().replace('"', "")
    if kind.strip().lower() not in limits.media_types or charset not in ("", "charset=utf-8"):
        raise ContentTypeRefused("Content-Type", announced, limits.media_types)
    encoding = headers.get(b"content-encoding", b"identity").decode("latin-1")
    if encoding.lower() != "identity":
        raise ContentTypeRefused("Content-Encoding", encoding, ("identity",))
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and int(length) > limits.bytes:
        raise BodyTooLarge(limits.bytes, "bytes")


async def _read(incoming: _Incoming, limits: Limits) -> bytes:
    size = 0
    depth = Depth(limits.depth)
    kept: list[bytes] = []
    while incoming.is_more:
        chunk = await incoming.piece()
        size += len(chunk)
        if size > limits.bytes:
            raise BodyTooLarge(limits.bytes, "bytes")
        depth.feed(chunk)
        kept.append(chunk)
    return kept[0] if len(kept) == 1 else b"".join(kept)


class Depth:
    """How deep a JSON text is nested, while it arrives in pieces."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._opened = 0
        self._waiting: list[bytes] = []
        self._open = 0
        self._in_text = False
        self._escaped = False

    def feed(self, chunk: bytes) -> None:
        """
        Go on with the next piece.

        Raises
        ------
        BodyTooLarge
            As soon as it is nested too deeply.
        """
        self._waiting.append(chunk)
        self._opened += chunk.count(b"{") + chunk.count(b"[")
        if self._opened <= self._limit:
            # So few cannot be nested too deeply, and most bodies end here.
            return
        waiting, self._waiting = self._waiting, []
        for piece in waiting:
            self._follow(piece)

    def _follow(self, piece: bytes) -> None:
        after_escape = 0 if self._escaped else -1
        self._escaped = False
        for token in _TOKENS.finditer(piece):
            place, letter = token.start(), token[0]
            if place == after_escape:
                continue
            if self._in_text:
                if letter == b"\\":
                    after_escape = place + 1
                elif letter == b'"':
                    self._in_text = False
            elif letter == b'"':
                self._in_text = True
            elif letter in b"{[":
                self._open += 1
                if self._open > self._limit:
                    raise BodyTooLarge(self._limit, "levels of nesting")
            elif letter in b"}]":
                self._open -= 1
        self._escaped = after_escape == len(piece)


def parsed(text: bytes) -> Any:
    """
    Parse the text of a body.

    Raises
    ------
    BodyUnreadable
        When it is not UTF-8, not JSON, names a key twice, or holds a number or a text that JSON does not have.
    """
    try:
        decoded = text.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BodyUnreadable(f"the byte at position {error.start} is not UTF-8", "Send UTF-8.") from None
    if not decoded.strip():
        raise BodyUnreadable("it is empty", "Send one JSON object.")
    try:
        value = _DECODER.decode(decoded)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BodyUnreadable(f"it is not JSON at {place}: {error.msg}", "Send one JSON object.") from None
    except ValueError:
        # Python's guard against integers of many thousand digits.
        raise BodyUnreadable("it holds a number that is too long", "Write it with fewer digits.") from None
    if "\\u" in decoded:
        _check_letters(value)
    return value


def is_plain(text: bytes, keys: int, records: Sequence[Mapping[str, Any]]) -> bool:
    """
    Tell whether a text surely is what a quicker reader made of it: ``keys`` keys and some records of scalars.

    That reader passes over keys that are given twice and over numbers that are none. Nearly every body is plain.
    """
    # There is a colon behind every key, so that there are more of them where a key was given twice, and where one
    # stands in a text.
    if text.count(b":") != keys + sum(map(len, records)) or b"NaN" in text:
        return False
    return all(_are_scalars(record.values()) for record in records)


def _are_scalars(values: Collection[Any]) -> bool:
    kinds = set(map(type, values))
    # What is too large for a double has been read as infinity.
    return kinds <= _SCALARS and not (float in kinds and (math.inf in values or -math.inf in values))


def _check_letters(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BodyUnreadable("it holds half of a letter that JSON writes in two", "Send whole letters.") from None


def _no_constant(name: str) -> NoReturn:
    raise BodyUnreadable(f"{name} is no JSON number", "Leave the answer out, or send null.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BodyUnreadable("it holds a number that is too large", "Send one that a double can hold.")
    return number


def _without_duplicates(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BodyUnreadable(f"{written(key)} is given twice", "Keep one of the two.")
            seen.add(key)
    return record


_DECODER = json.JSONDecoder(object_pairs_hook=_without_duplicates, parse_constant=_no_constant, parse_float=_finite)

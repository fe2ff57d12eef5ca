"""
Intakes from NDJSON: one JSON object a line, each value of the type that its question asks for.

A piece of the stream that is plainly well-formed is parsed as a whole; any other is read line by line, so that one
wrong line or value is told and the others go on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import polars as pl

from cart_screen.answers.scalars import written
from cart_screen.batch.backend import pa
from cart_screen.batch.chunks import NEWLINE, Pieces
from cart_screen.batch.intake import KEY, UNREAD, Intake, Problem, dtype_of, unread
from cart_screen.batch.mapping import Matching
from cart_screen.batch.readings import AnswerReader, ValueUnread
from cart_screen.batch.strict_json import NotJson, parsed
from cart_screen.errors import shown

# The parser takes these for numbers, JSON does not.
_NOT_A_NUMBER = re.compile(rb"[:,\[][ \t]*-?(?:NaN|Inf)")

# A parser that goes down into what is nested would run out of stack; a line of answers is one level deep.
_DEEPEST = 200

_DERIVED = "a derived answer; give the answers that it is derived from"
_AGAIN = "another column answers this, too"

_ARROW_TYPES = {"boolean": "bool_", "string": "string", "integer": "float64", "number": "float64"}


class NdjsonRows:
    """
    The lines of NDJSON, read as answers.

    ``count`` is how many there were so far, ``names`` the names met that are not sure to be questions, ``keyed`` how
    many had a key, ``objects`` how many were JSON objects, and ``is_answered`` whether anything at all was an answer,
    or meant to be one.
    """

    def __init__(self, pieces: Pieces, matching: Matching, intake: Intake) -> None:
        self._pieces = iter(pieces)
        # Begun at once, so that what is begun is also ended.
        self._first = next(self._pieces, b"")
        self._matching = matching
        self._intake = intake
        self._readers = intake.readers
        self._column = {id: self._column_of(id) for id in self._readers}
        self.count = 0
        self.names: dict[str, None] = {}
        self.keyed = 0
        self.objects = 0
        self._silent = list(self._readers)
        self._is_wrong = False

    def _column_of(self, id: str) -> str:
        return next((name for name, reader in self._matching.mapping.columns.items() if reader.question.id == id), id)

    def frames(self) -> Iterator[pl.DataFrame]:
        """Give the answers to every question by its id, and ``KEY`` as text where there is one, with ``UNREAD``."""
        key_type = None
        for piece in chain([self._first], self._pieces):
            self._first = b""
            lines = [line for line in piece.split(NEWLINE) if line.strip()]
            if not lines:
                continue
            if key_type is None and self._matching.key is not None:
                key_type = _type_of_key(lines[0], self._matching.key)
            frame = self._whole(piece, lines, key_type)
            if frame is None:
                frame = self._line_by_line(lines)
            self.count += frame.height
            if KEY in frame.columns:
                self.keyed += frame.height - frame[KEY].null_count()
            self._look_for_answers(frame)
            yield frame

    @property
    def unmet(self) -> list[str]:
        """The columns of the map that held no answer in any line."""
        return [self._column[id] for id in self._silent if self._column[id] in self._matching.mapping.columns]

    @property
    def is_answered(self) -> bool:
        """Whether any line held an answer, or something wrong that may have been meant as one."""
        return self._is_wrong or len(self._silent) < len(self._readers)

    def _look_for_answers(self, frame: pl.DataFrame) -> None:
        self._silent = [id for id in self._silent if frame[id].null_count() == frame.height]
        self._is_wrong = self._is_wrong or frame[UNREAD].null_count() < frame.height

    def _whole(self, piece: bytes, lines: Sequence[bytes], key_type: Any) -> pl.DataFrame | None:
        """Parse a piece as a whole, or give None where it is not plainly well-formed."""
        columns = self._column
        if not _is_plain(piece, lines) or self._matching.key in columns.values():
            return None
        fields = [
            (columns[id], getattr(pa, _ARROW_TYPES[reader.question.kind])())
            for id, reader in self._readers.items()
            if not reader.words
        ]
        key = self._matching.key
        if key is not None:
            fields.append((key, key_type or pa.string()))
        try:
            table = pa.json.read_json(
                pa.BufferReader(piece),
                read_options=pa.json.ReadOptions(use_threads=False, block_size=len(piece) + 1),
                parse_options=pa.json.ParseOptions(
                    explicit_schema=pa.schema(fields), unexpected_field_behavior="infer"
                ),
            )
        except (pa.ArrowInvalid, UnicodeDecodeError):
            # The message of an error may itself be cut in the middle of a letter.
            return None
        came = set(table.column_names)
        if table.num_rows != len(lines) or any(not self._is_known(table, column) for column in columns.values()):
            return None
        if any(self._refusal(name) for name in came):
            return None
        self.objects += len(lines)
        self._note(name for name in table.column_names if name not in dict(fields))
        frame: Any = pl.from_arrow(table.select([column for column in columns.values() if column in came]))
        answers = [
            frame[column].alias(id)
            if column in came
            else pl.repeat(None, len(lines), dtype=dtype_of(self._readers[id].question), eager=True).alias(id)
            for id, column in columns.items()
        ]
        keys = []
        if key is not None:
            column: Any = pl.from_arrow(table[key])
            keys = [column.cast(pl.String).alias(KEY)]
        return self._intake.read(pl.DataFrame([*keys, *answers]))

    def _is_known(self, table: Any, column: str) -> bool:
        # What is inferred may be a moment in time, of which the text is lost, or nested.
        if column not in table.column_names:
            return True
        found = table.schema.field(column).type
        return any(found == one for one in (pa.string(), pa.float64(), pa.int64(), pa.bool_(), pa.null()))

    def _line_by_line(self, lines: Sequence[bytes]) -> pl.DataFrame:
        has_key = self._matching.key is not None
        values: dict[str, list[Any]] = {id: [] for id in self._readers}
        keys: list[str | None] = []
        told: list[str | None] = []
        for line in lines:
            problems: list[Problem] = []
            record = self._record(line, problems)
            for id, reader in self._readers.items():
                values[id].append(_answer(reader, record.get(self._column[id]), id, problems))
            if has_key:
                keys.append(_key(record.get(self._matching.key or "")))
            told.append(unread(problems) if problems else None)
        return pl.DataFrame(
            [
                *([pl.Series(KEY, keys, dtype=pl.String)] if has_key else []),
                *(pl.Series(id, values[id], dtype=dtype_of(reader.question)) for id, reader in self._readers.items()),
                pl.Series(UNREAD, told, dtype=pl.String),
            ]
        )

    def _record(self, line: bytes, problems: list[Problem]) -> Mapping[str, Any]:
        text = line.decode("utf-8").strip()
        try:
            record = parsed(text)
        except NotJson as error:
            problems.append(("", shown(text), str(error)))
            return {}
        if not isinstance(record, dict):
            problems.append(("", shown(text), "no JSON object"))
            return {}
        if "\\u" in text and _has_half_letters(record):
            problems.append(("", shown(text), "half of a letter, which is no text"))
            return {}
        self.objects += 1
        self._note(record)
        problems += [
            (name, _told(value), why)
            for name, value in record.items()
            if value is not None and (why := self._refusal(name))
        ]
        return record

    def _refusal(self, name: str) -> str | None:
        """Say why nothing of a name may be given, or give None where it may."""
        if self._matching.is_derived(name):
            return _DERIVED
        reader = self._matching.reader_of(name)
        return _AGAIN if reader is not None and self._column[reader.question.id] != name else None

    def _note(self, names: Any) -> None:
        self.names |= dict.fromkeys(names)


def _is_plain(piece: bytes, lines: Sequence[bytes]) -> bool:
    """Tell whether every line is one object at most a little nested, if it is JSON at all."""
    if (b"NaN" in piece or b"Inf" in piece) and _NOT_A_NUMBER.search(piece):
        return False
    stripped = [line.strip() for line in lines] if b"\r" in piece or b" \n" in piece or b"\t\n" in piece else lines
    if not all(line[:1] == b"{" and line[-1:] == b"}" for line in stripped):
        return False
    if piece.count(b"{") + piece.count(b"[") <= len(lines) + _DEEPEST:
        return True
    return all(line.count(b"{") + line.count(b"[") <= _DEEPEST for line in lines)


def _has_half_letters(record: Any) -> bool:
    try:
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _type_of_key(line: bytes, key: str) -> Any:
    try:
        record = parsed(line.decode("utf-8"))
    except NotJson:
        return None
    value = record.get(key) if isinstance(record, dict) else None
    return pa.int64() if isinstance(value, int) and not isinstance(value, bool) else None


def _answer(reader: AnswerReader, value: Any, id: str, problems: list[Problem]) -> Any:
    try:
        return reader.of_json(value)
    except ValueUnread as error:
        problems.append((id, _told(value), str(error)))
        return None


def _key(value: Any) -> str | None:
    """Give a key as text: as it stands where it is one, else as JSON writes it."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _told(value: Any) -> str:
    return shown(value) if isinstance(value, str) else written(value)

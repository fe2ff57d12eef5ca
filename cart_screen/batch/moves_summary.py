"""Who changes between two states of a criteria set, as lines of plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from cart_screen.batch.moves import Moves
from cart_screen.texts import Audience, Texts

_WIDTH = 80
_COUNT = 14


def moves_summary(moves: Moves, language: str = "en") -> str:
    """
    Give the summary of a rescreening, in lines of at most 80 columns.

    First how many rows there were, and how many people change; then from which guidance to which, and because of which
    documents. The counts are exact: it is for those who hold the rows.

    Raises
    ------
    LanguageUnknown
        When the set has no words in that language.
    """
    texts = Texts(moves.new.criteria, language, Audience.CLINICIAN)
    lines = [
        _line(texts.get("batch", key), count)
        for key, count in (
            ("rows", moves.rows),
            ("screened", moves.screened),
            ("rejected", moves.rejected),
            ("changed", moves.changed),
        )
    ]
    heading = texts.get("batch", "between").format(
        title=moves.new.criteria.title, before=moves.old.said, after=moves.new.said
    )
    lines += ["", *_wrapped(heading), "-" * min(len(heading), _WIDTH)]
    if not moves.changed:
        return "\n".join([*lines, *_wrapped(texts.get("batch", "nobody-changes"))]) + "\n"
    lines += _documents(moves, texts)
    for (was, now), people in moves.people.items():
        lines += ["", *_step(texts, was, now)]
        lines.append(_line(f"  {texts.get('batch', 'people')}", people))
        lines += (_line(f"    {id}", count) for id, count in moves.documents((was, now)).items())
    return "\n".join(lines) + "\n"


def _documents(moves: Moves, texts: Texts) -> Iterator[str]:
    yield f"{texts.get('batch', 'because'):<{_WIDTH - _COUNT}}{texts.get('batch', 'people'):>{_COUNT}}"
    yield from _wrapped(texts.get("batch", "because-lead"))
    yield from (_line(f"  {id}", count) for id, count in moves.documents().items())


def _step(texts: Texts, was: str, now: str) -> Iterator[str]:
    if was == now:
        yield from _wrapped(texts.get("batch", "same-step").format(guidance=texts.get("batch", was)))
    else:
        yield from _wrapped(texts.get("batch", "step-before").format(guidance=texts.get("batch", was)))
        yield from _wrapped(texts.get("batch", "step-after").format(guidance=texts.get("batch", now)))


def _line(label: str, count: int) -> str:
    said = f"{count:,}"
    # An id is never cut: a count has its own line where there is no room beside it.
    if len(label) + len(said) >= _WIDTH:
        return f"{label}\n{said:>{_WIDTH}}"
    return f"{label}{said:>{_WIDTH - len(label)}}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH) or [""]

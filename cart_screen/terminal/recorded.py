"""The lines that show what became of a record: whether it comes out the same, and what another day says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.errors import shown
from cart_screen.ladder import Status
from cart_screen.model import CriterionId
from cart_screen.nouns import assert_never
from cart_screen.records.causes import Cause
from cart_screen.records.differences import Change, Difference, Part
from cart_screen.records.record import Record
from cart_screen.records.rereading import FindingChange, Rereading, UseChange
from cart_screen.records.verifying import Verification
from cart_screen.terminal.layout import Heading, paragraph
from cart_screen.texts import Texts, Words

# A record is a file from anywhere: what is shown of its texts goes through ``shown``.
_ITEM = {"first": "  - ", "then": "    "}


def verification(verified: Verification, heading: Heading, language: str = "en") -> Iterator[str]:
    """Say whether a record comes out the same, what differs, and what has changed since it was made."""
    texts = Texts(verified.criteria, language, verified.record.audience)
    outcome = "record-same" if verified.same else "record-words" if verified.words_only else "record-differs"
    yield from heading(texts.get("terminal", outcome))
    yield paragraph(texts.get("terminal", f"{outcome}-says").format(date=verified.record.as_of.isoformat()))
    if verified.differences:
        yield ""
        yield from heading(texts.get("terminal", "record-what"))
        for difference in verified.differences:
            said = texts.get("terminal", "record-line").format(
                name=_name(difference, verified, texts), said=_said(difference, verified, texts)
            )
            yield paragraph(said, **_ITEM)
    if verified.causes:
        yield ""
        yield from heading(texts.get("terminal", "record-why"))
        for cause in verified.causes:
            yield paragraph(_cause(cause, texts), **_ITEM)
    yield ""
    yield from _footer(verified.record, texts)


def rereading(read: Rereading, heading: Heading) -> Iterator[str]:
    """Give the guidance then and now, the five points, and every use that can matter and has changed."""
    facts = read.now.facts
    texts = Texts(facts.criteria, read.language, read.record.audience)
    words = read.now.words(read.language, read.record.audience)
    criteria = read.then["criteria"]
    others = criteria["set"] != facts.criteria.id
    yield from heading(texts.get("terminal", "reread-then").format(date=read.record.as_of.isoformat()))
    if others:
        yield paragraph(shown(criteria["title"]), first="  ")
    yield paragraph(shown(read.then["guidance"]["headline"]), first="  ")
    yield ""
    yield from heading(texts.get("terminal", "reread-now").format(date=facts.as_of.isoformat()))
    if others:
        yield paragraph(facts.criteria.title, first="  ")
    yield from _now(words)
    if read.same:
        yield paragraph(texts.get("terminal", "reread-same"), first="  ")
    yield from _left_out(read, texts, heading)
    yield from _findings(read, texts, heading)
    yield ""
    yield from heading(texts.get("terminal", "reread-uses"))
    yield from _uses(read, texts)
    yield ""
    yield paragraph(texts.get("terminal", "criteria").format(title=facts.criteria.title, date=facts.as_of.isoformat()))
    yield from _footer(read.record, texts)


def _name(difference: Difference, verified: Verification, texts: Texts) -> str:
    match difference.part:
        case Part.GUIDANCE:
            return texts.get("terminal", "result")
        case Part.FINDING:
            return texts.get("criteria", str(difference.of), "title")
        case Part.USE:
            result = verified.record.screening if difference.change is Change.WENT else verified.now
            return shown(_use_of(result or {}, difference.of)["title"])
        case Part.NEEDED:
            return texts.get("still-needed", "heading")
        case Part.CONFLICTS:
            return texts.get("terminal", "conflicts")
        case Part.RECORD | Part.ANSWERS | Part.AWAITING | Part.CRITERIA | Part.SCREENING:
            return texts.get("terminal", f"record-part-{difference.part}")
        case _:
            assert_never(difference.part)


def _said(difference: Difference, verified: Verification, texts: Texts) -> str:
    """Say how a part differs: then and now where a few words do, else that it does."""
    if difference.change is not Change.CHANGED:
        return texts.get("terminal", "record-only-now" if difference.change is Change.CAME else "record-only-then")
    if difference.words_only:
        return texts.get("terminal", "record-only-words")
    keys = set(difference.keys)
    then, now = verified.record.screening, verified.now or {}
    match difference.part:
        case Part.RECORD:
            return texts.get("terminal", "record-part-record-says")
        case Part.ANSWERS:
            return ", ".join(_label(question, texts) for question in difference.keys)
        case Part.GUIDANCE if keys & {"code", "because"}:
            return _both(shown(then["guidance"]["headline"]), now["guidance"]["headline"], texts)
        case Part.FINDING if "status" in keys:
            before, after = (Status(result["findings"][difference.of]["status"]) for result in (then, now))
            return _both(_status(before, texts), _status(after, texts), texts)
        case Part.USE if "version" in keys:
            before, after = (_use_of(result, difference.of)["version"] for result in (then, now))
            return _both(_version(before, texts), _version(after, texts), texts)
        case _:
            named = (texts.find("terminal", f"record-key-{key}") for key in difference.keys)
            return ", ".join(filter(None, named)) or texts.get("terminal", "record-details")


def _cause(cause: Cause, texts: Texts) -> str:
    then = shown(cause.then or "")
    return texts.get("terminal", f"record-cause-{cause.kind}").format(path=cause.path, then=then, now=cause.now)


def _use_of(result: Mapping[str, Any], id: str | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(use for use in result["indications"] if use["indication"] == id)
    return found


def _now(words: Words) -> Iterator[str]:
    if words.urgent:
        yield paragraph(f"{words.urgent[0]} {words.urgent[1]}", first="  ")
    for conflict in words.conflicts:
        yield paragraph(conflict, **_ITEM)
    yield paragraph(words.headline, first="  ")
    for title in words.products:
        yield paragraph(title, **_ITEM)


def _left_out(read: Rereading, texts: Texts, heading: Heading) -> Iterator[str]:
    then, now = read.dictionary
    if then != now:
        yield ""
        yield paragraph(texts.get("terminal", "reread-dictionary").format(then=then, now=now))
        if read.another_major:
            yield paragraph(texts.get("terminal", "reread-another-major"))
    if not read.left_out:
        return
    yield ""
    yield from heading(texts.get("terminal", "reread-left-out"))
    known = read.now.facts.criteria.reading.dictionary.questions
    for problem in read.left_out:
        key = "reread-left-out-other" if problem.question in known else "reread-left-out-unknown"
        yield paragraph(texts.get("terminal", key).format(label=_label(problem.question, texts)), **_ITEM)


def _findings(read: Rereading, texts: Texts, heading: Heading) -> Iterator[str]:
    if not (read.then["findings"] or read.now.findings):
        return
    yield ""
    yield from heading(texts.get("terminal", "findings"))
    for number, finding in enumerate(read.findings, start=1):
        then, now = _statuses(finding, read, texts)
        said = texts.get("terminal", "record-both").format(said=now) if then == now else _both(then, now, texts)
        title = texts.get("criteria", finding.criterion, "title")
        yield paragraph(f"{title}: {said}", first=f"{number}. ", then="   ")


def _statuses(finding: FindingChange, read: Rereading, texts: Texts) -> tuple[str, str]:
    """Give a status then and now in words; where no use is possible a point is compared with nothing."""
    then, now = read.then["findings"].get(finding.criterion), read.now.findings.get(finding.criterion)
    return (
        _status(finding.then if then and then["relevant"] else None, texts),
        _status(finding.now if now and now.relevant else None, texts),
    )


def _uses(read: Rereading, texts: Texts) -> Iterator[str]:
    listed = [use for use in read.uses if use.is_possible]
    if not listed:
        yield paragraph(texts.get("terminal", "reread-uses-same"))
    for use in listed:
        if use.then and use.now and use.then.version != use.now.version:
            said = _both(_version(use.then.version, texts), _version(use.now.version, texts), texts)
        else:
            said = texts.get("terminal", f"reread-{use.kind}")
        yield paragraph(texts.get("terminal", "record-line").format(name=shown(use.title), said=said), **_ITEM)
        for line in (*_points(use, texts), *_documents(use, texts)):
            yield paragraph(line, first="      ")
    if len(listed) < len(read.uses):
        yield paragraph(texts.get("terminal", "reread-others").format(count=len(read.uses) - len(listed)))


def _points(use: UseChange, texts: Texts) -> Iterator[str]:
    """Give the points of a use that come out otherwise now."""
    if use.then is None or use.now is None:
        return
    for id in CriterionId:
        then, now = use.then.statuses[id], use.now.statuses[id]
        if then is not now:
            said = _both(_status(then, texts), _status(now, texts), texts)
            yield texts.get("terminal", "record-line").format(name=texts.get("criteria", id, "title"), said=said)


def _documents(use: UseChange, texts: Texts) -> Iterator[str]:
    for path in use.documents:
        yield texts.get("terminal", "reread-document").format(path=path)


def _footer(record: Record, texts: Texts) -> Iterator[str]:
    made = record.made.isoformat(sep=" ", timespec="minutes")
    yield paragraph(texts.get("terminal", "record-made").format(made=made, library=shown(record.library)))
    yield paragraph(texts.get("terminal", "closing"))


def _status(status: Status | None, texts: Texts) -> str:
    return texts.get("terminal", "record-none" if status is None else f"status-{status}")


def _version(version: str, texts: Texts) -> str:
    return texts.get("terminal", "record-version").format(version=version)


def _label(question: str, texts: Texts) -> str:
    return texts.find("questions", question, "label") or question


def _both(then: str, now: str, texts: Texts) -> str:
    return texts.get("terminal", "record-then-now").format(then=then, now=now)

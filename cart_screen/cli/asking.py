"""``cart-screen``: the questions, in the way that suits the terminal."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from cart_screen.api import DEFAULT_SET, load_criteria, named_or_path, read_date
from cart_screen.cli.exits import Exit
from cart_screen.cli.records import write_record
from cart_screen.files import check_new
from cart_screen.inquiry import Depth
from cart_screen.nouns import noun, replace
from cart_screen.questionnaire import Questionnaire
from cart_screen.saving.keeping import read_saved
from cart_screen.saving.resuming import AskedAgain, LeftOut, Resumed, resumed
from cart_screen.saving.saved import PlainAnswers, Saved
from cart_screen.saving.saying import sentence
from cart_screen.sheet.files import check_sheet_file
from cart_screen.terminal.interview import Interview
from cart_screen.terminal.keeping import Keeper
from cart_screen.terminal.layout import paragraph, spoken, underlined
from cart_screen.terminal.plain import PlainPrompter
from cart_screen.terminal.prompting import InputEnded, Prompter
from cart_screen.terminal.session import Session, Stopped
from cart_screen.terminal.voice import Voice
from cart_screen.texts import Audience


@noun
class Wishes:
    """What was asked for on the command line; None where nothing was said."""

    criteria: str | None
    as_of: str | None
    depth: Depth | None
    audience: Audience | None
    save: str | None
    resume: str | None
    sheet: str | None
    record: str | None
    plain: bool
    table: bool


def run_ask(wishes: Wishes) -> int:
    """Ask the questions and print the guidance."""
    saved = _saved(wishes)
    before = saved if isinstance(saved, Saved) else None
    named = named_or_path(wishes.criteria or (before.criteria if before else DEFAULT_SET))
    is_dated = wishes.as_of is not None or (before is not None and before.as_of is not None)
    day = before.as_of if wishes.as_of is None and before and before.as_of else read_date(wishes.as_of)
    whole = load_criteria(named)
    criteria = whole.on(day)
    found = resumed(saved, whole, day) if saved else None
    voice = Voice(criteria, wishes.audience or _chosen_before(before))
    depth = wishes.depth or (before.depth if before else Depth.SETTLE)
    start = Questionnaire(found.answers if found else None, criteria, day, depth=depth)
    _check_files(wishes)
    keeper = Keeper(voice, named=named, is_dated=is_dated)
    plain = _is_plain(wishes)
    prompter = _prompter(voice, plain=plain)
    interview = Interview(start, prompter, voice, keeper.keep, _asked(found, start))
    keeper.keep(start, interview.asked)
    copy = _copy_of(wishes, found) if before else None
    _save_to(wishes, keeper, copy, goes_on=before is not None)
    session = Session(
        interview,
        prompter,
        voice,
        keeper,
        spoken if plain else underlined,
        news=tuple(_news(found, before, copy, voice)),
        is_attended=_is_attended(),
        tables=wishes.table,
    )
    try:
        session.run()
    except InputEnded:
        return _ended("input-ended", voice, keeper, wishes, Exit.BAD_DATA)
    except (Stopped, KeyboardInterrupt):
        return _ended("stopped", voice, keeper, wishes, Exit.INTERRUPTED)
    _write_files(wishes, session, interview.questionnaire, named, voice)
    if keeper.failure:
        raise keeper.failure
    return Exit.OK


def _saved(wishes: Wishes) -> Saved | PlainAnswers | None:
    if wishes.resume is None:
        return None
    saved = read_saved(Path(wishes.resume))
    if isinstance(saved, Saved) and wishes.as_of is not None:
        # The day that is named now counts, and what is different is told as of it.
        return replace(saved, as_of=read_date(wishes.as_of))
    return saved


def _copy_of(wishes: Wishes, found: Resumed | None) -> Path | None:
    """Name a copy of the file that is resumed, where saving to it again would lose an answer of it."""
    if wishes.resume is None or found is None:
        return None
    if not any(isinstance(change, AskedAgain | LeftOut) for change in found.changes):
        return None
    names = (f"{wishes.resume}.before{number}" for number in ("", *(f"-{count}" for count in range(2, 1000))))
    return next(Path(name) for name in names if not os.path.lexists(name))


def _save_to(wishes: Wishes, keeper: Keeper, copy: Path | None, *, goes_on: bool) -> None:
    """Save to the file that was named, or go on saving to the one that the interview was resumed from."""
    own = Path(wishes.resume) if wishes.resume and goes_on else None
    file = Path(wishes.save) if wishes.save else own
    if file is None:
        return
    if own is not None and file.resolve() == own.resolve():
        keeper.go_on(file, copy)
    else:
        keeper.use(file)


def _chosen_before(before: Saved | None) -> Audience | None:
    """Give the audience that was saved; that of a patient is what nobody chose."""
    return None if before is None or before.audience is Audience.PATIENT else before.audience


def _asked(found: Resumed | None, start: Questionnaire) -> tuple[str, ...]:
    """Give the order in which questions were asked before; the dictionary's for those of which it is not known."""
    known = found.asked if found else ()
    return (*known, *(row.question for row in start.check_answers if row.question not in known))


def _news(found: Resumed | None, before: Saved | None, copy: Path | None, voice: Voice) -> Iterator[str]:
    """Give the lines on what is different since the interview was saved."""
    if found is None or (before is None and not found.changes):
        return
    yield ""
    yield paragraph(voice.say("resumed-heading" if found.changes else "resumed-same"))
    for change in found.changes:
        yield paragraph(sentence(change, voice.texts), first="  - ", then="    ")
    if copy is not None:
        yield paragraph(voice.say("resumed-copy", file=str(copy)))


def _check_files(wishes: Wishes) -> None:
    """Stop where a file that is wished for could not be written, before there is anything to lose."""
    if wishes.sheet:
        check_sheet_file(Path(wishes.sheet))
        check_new(Path(wishes.sheet))
    if wishes.record:
        check_new(Path(wishes.record))


def _write_files(
    wishes: Wishes, session: Session, questionnaire: Questionnaire, named: str | Path, voice: Voice
) -> None:
    if wishes.sheet:
        session.write_sheet(Path(wishes.sheet))
        print(paragraph(voice.say("sheet-written", file=wishes.sheet)))
    if wishes.record:
        write_record(questionnaire.screening, named, wishes.record, voice.texts.audience)
        print(paragraph(voice.say("record-written", file=wishes.record)))


def _ended(key: str, voice: Voice, keeper: Keeper, wishes: Wishes, code: Exit) -> Exit:
    """Say on standard error how it ended, where the answers are, and how to go on with what was wished for."""
    kept = "stopped-older" if keeper.failure else "stopped-saved" if keeper.path is not None else "stopped-unsaved"
    files = {"--sheet": wishes.sheet, "--record": wishes.record}
    named = [word for option, file in files.items() if file for word in (option, file)]
    again = shlex.join([str(keeper.path), *named])
    if sys.stderr is not None:
        print(f"cart-screen: {voice.say(key)} {voice.say(kept, file=again)}", file=sys.stderr)
    return code


def _is_plain(wishes: Wishes) -> bool:
    wished = os.environ.get("ACCESSIBLE", "0") not in ("", "0") or os.environ.get("TERM") == "dumb"
    return wishes.plain or wished or not _is_attended()


def _is_attended() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _prompter(voice: Voice, *, plain: bool) -> Prompter:
    if plain:
        return PlainPrompter(lambda: voice.texts)
    # Imported here: it brings questionary, which nothing else needs.
    from cart_screen.terminal.rich import RichPrompter

    return RichPrompter(lambda: voice.texts)

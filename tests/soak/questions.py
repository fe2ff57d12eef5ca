"""
What the questionnaire asks of simulated people, and what it promises them, as tables.

    PYTHONPATH=tests .venv/bin/python -m soak.questions --people 2000 [--seed N] [--exact N] [--jobs N]

An interview is compared with a form that asks everything at once. Every promise is checked by other means than the
questionnaire's own. ``--exact`` says in how many of the people a solver also searches all completions of what was
said, question by question (people/completions.py); that needs ``z3-solver``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib.util import find_spec
from statistics import mean, median

from people.completions import Found
from people.measure import AS_OF, Continued, Measure, Measured
from people.population import SET, people
from people.promises import Kind

from cart_screen.api import load_criteria
from cart_screen.inquiry import Depth

# The share of screens that an interview in the depth `settle` is to save, on average.
AIM = 0.55
_CHUNK = 20
_BAR = 50
_BIN = 3
_MOST_SHOWN = 15


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give 1 where a promise is broken or the aim is missed."""
    asked = _asked(arguments)
    exact = asked.exact if find_spec("z3") else 0
    if asked.exact and not exact:
        print("left out: the exact search, since z3-solver is not installed")
    version = load_criteria(SET).reading.dictionary.version
    print(f"{asked.people:,} people, seed {asked.seed}; {SET} as of {AS_OF}, dictionary {version}")
    found = _all_measured(asked.people, asked.seed, exact, asked.jobs)
    _print_screens(found)
    _print_by_guidance(found)
    _print_distribution(found)
    good = [_print_promises(found), _print_settled(found), _saved(found, Depth.SETTLE) >= AIM]
    if exact:
        good.append(_print_exact(found[:exact]))
    return 0 if all(good) else 1


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.questions")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", type=int, default=2000, help="in how many of them completions are searched")
    parser.add_argument("--jobs", type=int, default=None, help="processes; as many as there are processors by default")
    return parser.parse_args(arguments)


def _all_measured(count: int, seed: int, exact: int, jobs: int | None) -> list[Measured]:
    began = time.monotonic()
    found: list[Measured] = []
    with ProcessPoolExecutor(jobs) as pool:
        for part in pool.map(partial(_measured, seed, count, exact), range(0, count, _CHUNK)):
            found += part
            print(f"{len(found):7,} people after {time.monotonic() - began:,.0f} s", file=sys.stderr, flush=True)
    return found


@cache
def _measure() -> Measure:
    return Measure()


def _measured(seed: int, count: int, exact: int, first: int) -> list[Measured]:
    some = people(min(_CHUNK, count - first), seed, first=first)
    return [_measure().of(person, exactly=person.number < exact) for person in some]


# ---- The tables


def _print_screens(found: Sequence[Measured]) -> None:
    print("\nScreens for one person              mean  median   max   fewer than the form")
    rows: tuple[tuple[str, Callable[[Measured], int]], ...] = (
        ("interview, settle", lambda one: one.screens[Depth.SETTLE]),
        ("interview, complete", lambda one: one.screens[Depth.COMPLETE]),
        ("form of all questions", lambda one: one.form.screens),
        ("  one question a screen", lambda one: one.form.questions),
        ("  without what the person can spare", lambda one: one.form.screens_without_spare),
    )
    form = mean(one.form.screens for one in found)
    for name, screens in rows:
        counts = [screens(one) for one in found]
        fewer = 1 - mean(counts) / form
        print(f"{name:35}{mean(counts):5.1f}{median(counts):8.0f}{max(counts):6}   {fewer:7.1%}")
    print(f"Mean of each person's own share, settle: {_saved(found, Depth.SETTLE):.1%} fewer (to reach: {AIM:.0%})")
    lean = 1 - mean(one.screens[Depth.SETTLE] / one.form.screens_without_spare for one in found)
    print(f"The same against the form without what the person can spare: {lean:.1%} fewer")


def _saved(found: Iterable[Measured], depth: Depth) -> float:
    return 1 - mean(one.screens[depth] / one.form.screens for one in found)


def _print_by_guidance(found: Sequence[Measured]) -> None:
    print("\nBy guidance and by who answers      people   settle   complete    form   fewer (settle, complete)")
    for group in (lambda one: one.guidance, lambda one: str(one.person.persona)):
        parts: dict[str, list[Measured]] = defaultdict(list)
        for one in found:
            parts[group(one)].append(one)
        for name, part in sorted(parts.items()):
            settle, complete = (mean(one.screens[depth] for one in part) for depth in Depth)
            form = mean(one.form.screens for one in part)
            fewer = " ".join(f"{_saved(part, depth):7.1%}" for depth in Depth)
            print(f"{name:35}{len(part):7,}{settle:9.1f}{complete:11.1f}{form:8.1f}   {fewer}")


def _print_distribution(found: Sequence[Measured]) -> None:
    for depth in Depth:
        print(f"\nHow many screens, {depth}")
        bins = Counter(one.screens[depth] // _BIN for one in found)
        for place in range(max(bins) + 1):
            bar = "#" * round(_BAR * bins[place] / max(bins.values()))
            print(f"{place * _BIN:4} to {place * _BIN + _BIN - 1:2}{bins[place]:6,}  {bar}")


def _print_promises(found: Sequence[Measured]) -> bool:
    asked = sum((Counter(one.questions) for one in found), Counter())
    print("\nQuestions asked, settle: " + "; ".join(f"{count:,} {why}" for why, count in asked.items()))
    twice = sum(one.screens_twice for one in found)
    print(f"Screens of several questions that came back with others of theirs: {twice:,}")
    broken = Counter((what.kind, what.detail) for one in found for what in one.broken)
    print("Promises broken, in both depths")
    for kind in Kind:
        details = Counter({detail: times for (of, detail), times in broken.items() if of is kind})
        print(f"{sum(details.values()):6,}  {kind}")
        for detail, times in details.most_common(_MOST_SHOWN):
            print(f"      {times:6,}  {detail}")
    return not broken


def _print_settled(found: Sequence[Measured]) -> bool:
    print("\nMore was answered after the end                          people   answers   code changed   reason changed")
    rows: dict[str, list[Continued]] = defaultdict(list)
    for one in found:
        for each in one.continued:
            rows[f"{each.then}: {each.how}"].append(each)
    for name, each in rows.items():
        changed = sum(one.code_changed for one in each)
        reasons = Counter(one.reason_changed for one in each if one.reason_changed)
        answers = sum(one.answers for one in each)
        print(f"{name:55}{len(each):8,}{answers:10,}{changed:15,}{sum(reasons.values()):17,}")
        for reason, times in reasons.most_common():
            print(f"      {times:6,}  {reason}")
    return not any(one.code_changed for each in rows.values() for one in each)


def _print_exact(found: Sequence[Measured]) -> bool:
    asked = [each for one in found for each in one.asked]
    print(f"\nExact search over completions, {len(found):,} people: questions asked, and those it would have spared")
    for aside, name in ((False, "because they can matter"), (True, "for safety or urgent words")):
        part = [each for each in asked if each.aside is aside]
        _print_spared(f"{name}; no answer is no answer", [(each.question, each.by_its_values) for each in part])
        _print_spared(f"{name}; no answer counts too", [(each.question, each.strictly) for each in part])
    late = [one.screens[Depth.SETTLE] - one.settled_screen for one in found if one.settled_screen is not None]
    print(f"Screens after which no completion could change the code: {mean(late):.2f} a person, at most {max(late)}")
    proofs = Counter(one.proved for one in found)
    told = ", ".join(f"{proof.value}: {count:,} people" for proof, count in proofs.items() if proof)
    print(f"A completion with another code once nothing more was asked for the guidance: {told}")
    return not proofs[Found.A_WITNESS]


def _print_spared(name: str, asked: Sequence[tuple[str, Found]]) -> None:
    spared = Counter(question for question, found in asked if found is Found.NONE)
    open_ones = sum(found is Found.NOT_DECIDED for _, found in asked)
    count = sum(spared.values())
    share = count / max(1, len(asked))
    print(f"{name:52}{len(asked):7,}  spared {count:6,} ({share:.2%}), not decided {open_ones:,}")
    for question, times in spared.most_common(_MOST_SHOWN):
        print(f"      {times:6,}  {question}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the checks read: the files, what they state, the sets that can be built, what the loader has against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cart_screen.answers.declaring import read_dictionary
from cart_screen.authoring.checks.files import Files, Unguarded, WithoutSome
from cart_screen.authoring.checks.stated import Stated, Stating, stated_by
from cart_screen.catalog.contract import check_set
from cart_screen.catalog.loading import load_set
from cart_screen.errors import CriteriaMissing, DocumentInvalid, DocumentProblem
from cart_screen.model import CriteriaSet
from cart_screen.rules.derivations import Reading, read_dictionary_rules


@dataclass(frozen=True, eq=False)
class Material:
    """
    A criteria directory as the checks read it; ``sets`` are the names of the sets that are asked about.

    ``readings`` holds each dictionary that could be read, by its path, and ``built`` each set that could
    be built, if need be without the documents that are broken. ``problems`` is everything that the
    loader has against the files, each once.
    """

    files: Files
    sets: tuple[str, ...]
    readings: Mapping[str, Reading]
    stated: tuple[Stated, ...]
    built: Mapping[str, CriteriaSet]
    problems: tuple[DocumentProblem, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every document could be read, so that what is in none of them is nowhere."""
        return not any(problem.document.startswith(("sets/", "shared/")) for problem in self.files.problems)

    @property
    def sound(self) -> Iterator[Stated]:
        """Every criterion of which it is known what it says."""
        return (stated for stated in self.stated if stated.sound)

    def concerns(self, document: str) -> bool:
        """Tell whether a document is one of the sets asked about, or one that they share."""
        return _concerns(self.sets, document)


def gather(root: Path, sets: tuple[str, ...] | None) -> Material:
    """Read everything below a criteria directory, for some of its sets or for all."""
    files = Files(root)
    names = sets if sets is not None else files.folders()
    problems = [*files.problems, *_undescribed(files, names)]
    for name in names:
        problems += _refused(files, name)
    # A document that begins too early can be read all the same.
    broken = frozenset(problem.document for problem in problems if problem.kind != "version-order")
    readings = _readings(files, broken)
    wrong = frozenset((problem.document, problem.pointer) for problem in problems)
    stated: list[Stated] = []
    for dictionary, paths in _by_dictionary(files, readings).items():
        stating = Stating(files.criteria, readings[dictionary], wrong)
        concerned = [path for path in paths if _concerns(names, path)]
        stated += stating.all_of({path: stated_by(path, files.criteria[path]) for path in concerned})
    built = {name: found for name in names if (found := _built(files, name, broken)) is not None}
    return Material(files, names, readings, tuple(stated), built, tuple(dict.fromkeys(problems)))


def _concerns(sets: tuple[str, ...], document: str) -> bool:
    folder, _, rest = document.partition("/")
    return folder != "sets" or rest.split("/")[0] in sets


def _undescribed(files: Files, names: tuple[str, ...]) -> Iterator[DocumentProblem]:
    broken = {problem.document for problem in files.problems}
    for name in names:
        path = f"sets/{name}/set.json"
        if path not in files.descriptions and path not in broken:
            yield DocumentProblem(path, "", "no such file", "a description of the set, without which nothing reads it")


def _readings(files: Files, broken: frozenset[str]) -> dict[str, Reading]:
    named = dict.fromkeys(path for raw in files.descriptions.values() for path in dictionaries_of(raw))
    readings: dict[str, Reading] = {}
    for path in named:
        if path in files.dictionaries and path not in broken:
            # What is wrong with the dictionary of a set that nobody asked about is not said here.
            with suppress(DocumentInvalid):
                readings[path] = read_dictionary_rules(read_dictionary(files.dictionaries[path], path), path)
    return readings


def _by_dictionary(files: Files, readings: Mapping[str, Reading]) -> dict[str, list[str]]:
    """Give the documents that each dictionary reads: by the major version that they pin, in their set or in any."""
    majors = {name: list(dictionaries_of(raw)) for name, raw in _descriptions(files)}
    every = sorted({path for paths in majors.values() for path in paths if path in readings}, key=_order)
    found: dict[str, list[str]] = {}
    for path, raw in files.criteria.items():
        own = majors.get(path.split("/")[1], []) if path.startswith("sets/") else every[::-1]
        known = [dictionary for dictionary in own if dictionary in readings] or every[::-1]
        pinned = [one for one in known if readings[one].dictionary.major == raw.get("x-answers")]
        for chosen in (pinned or known)[:1]:
            found.setdefault(chosen, []).append(path)
    return found


def _descriptions(files: Files) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((path.split("/")[1], raw) for path, raw in files.descriptions.items())


def dictionaries_of(description: Mapping[str, Any]) -> Iterator[str]:
    """Give the paths of the dictionaries that a set names, the current one first."""
    earlier = description.get("earlier")
    for era in (description, *(earlier if isinstance(earlier, list) else ())):
        if isinstance(era, Mapping) and isinstance(era.get("answers"), str):
            yield f"answers/{era['answers']}.json"


def _order(path: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in Path(path).stem.split("."))


def _refused(files: Files, name: str) -> Iterator[DocumentProblem]:
    """Give everything that the loader has against a set."""
    if f"sets/{name}/set.json" not in files.descriptions:
        return
    try:
        check_set(Unguarded(files.root), name)
    except DocumentInvalid as error:
        yield from error.problems
    except CriteriaMissing as error:
        missing = Path(error.path).relative_to(files.root).as_posix()
        yield DocumentProblem(missing, "", "no such file", f"the file that set {name} asks for")


def _built(files: Files, name: str, broken: frozenset[str]) -> CriteriaSet | None:
    """Build a set without the documents that are broken; None where nothing can be built without them."""
    left_out = broken & files.criteria.keys()
    needed = {f"sets/{name}/set.json", *dictionaries_of(files.descriptions.get(f"sets/{name}/set.json", {}))}
    if not needed.isdisjoint(broken) or not needed <= files.descriptions.keys() | files.dictionaries.keys():
        return None
    while True:
        try:
            return load_set(WithoutSome(files, left_out), name)
        except DocumentInvalid as error:
            # What refers to a broken document cannot be read either.
            by_address = {str(raw.get("$id")): path for path, raw in files.criteria.items()}
            more = frozenset(by_address.get(problem.document, problem.document) for problem in error.problems)
            if not more <= files.criteria.keys() or more <= left_out:
                return None
            left_out |= more

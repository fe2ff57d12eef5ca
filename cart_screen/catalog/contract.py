"""
The contract of criteria documents from outside: everything is checked before anything is read.

Each file is held against its format, by its model and by its published meta-schema; then the files
against each other; then the rules are read. Every problem of every file is listed at once, and each
place once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cart_screen.catalog.dictionary_contract import dictionary_problems
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.catalog.document_contract import document_problems
from cart_screen.catalog.meta_schemas import meta_schema_problems
from cart_screen.catalog.rules_contract import rules_problems, unexplained
from cart_screen.catalog.set_contract import description_problems
from cart_screen.catalog.set_files import SetFiles, read_set
from cart_screen.catalog.versions_contract import versions_problems
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.formats.limits import limit_problems
from cart_screen.formats.problems import format_problems
from cart_screen.formats.published import FORMATS


def check_set(directory: CriteriaDirectory, name: str) -> None:
    """
    Check a set and everything that it uses.

    Raises
    ------
    CriteriaUnknown
        When the directory has no set of that name.
    CriteriaMissing
        When a file that the set needs is not there.
    DocumentInvalid
        With every place of every document that breaks the contract.
    """
    problems = set_problems(directory, name)
    if problems:
        raise DocumentInvalid(problems)


def set_problems(directory: CriteriaDirectory, name: str) -> list[DocumentProblem]:
    """
    Give every place of a set's documents that breaks the contract, each once.

    Raises
    ------
    CriteriaUnknown
        When the directory has no set of that name.
    CriteriaMissing
        When a file that the set needs is not there.
    """
    files = read_set(directory, name)
    files = files.refusing([problem for _, path, raw in files.by_format() for problem in limit_problems(raw, path)])
    of_format = list(_format_problems(files))
    problems = [*files.unreadable, *of_format, *_across(files)]
    return _each_once([*problems, *unexplained(rules_problems(files, of_format), problems)])


def _format_problems(files: SetFiles) -> Iterator[DocumentProblem]:
    for format, path, raw in files.by_format():
        yield from _of_format(format, path, json.dumps(raw))


@lru_cache(maxsize=256)
def _of_format(format: str, path: str, text: str) -> tuple[DocumentProblem, ...]:
    # A directory is loaded again and again, and most of its documents are as they were.
    raw = json.loads(text)
    return *meta_schema_problems(format, raw, path), *format_problems(FORMATS[format].model, raw, path)


def _across(files: SetFiles) -> Iterator[DocumentProblem]:
    yield from description_problems(files)
    for path, dictionary in files.dictionaries.items():
        yield from dictionary_problems(dictionary, path)
    yield from document_problems(files)
    yield from versions_problems(files)


def _each_once(problems: Iterable[DocumentProblem]) -> list[DocumentProblem]:
    found: dict[tuple[str, str], DocumentProblem] = {}
    for problem in problems:
        found.setdefault((problem.document, problem.pointer), problem)
    return list(found.values())

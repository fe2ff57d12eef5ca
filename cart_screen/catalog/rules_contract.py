"""The contract of rules: every condition of a set can be read with the dictionary that its document pins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.dictionary import Dictionary
from cart_screen.catalog.set_files import SetFiles, address_of, is_major
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.model import CriterionId
from cart_screen.nouns import replace
from cart_screen.rules.derivations import read_dictionary_rules
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.schema import Schema, parts_of


def rules_problems(files: SetFiles, known: Collection[DocumentProblem]) -> Iterator[DocumentProblem]:
    """
    Give every place of a set's dictionaries and criteria that is outside the dialect and its profile.

    ``known`` are the problems of format: a dictionary that has one is not read, nor what it would read.
    """
    unsound = {problem.document for problem in known}
    paths = {address_of(path): path for path in (*files.criteria, *files.broken)}
    # Rules name their sources, and a text or a list is all that can name any.
    unnamed = {problem.document for problem in known if problem.pointer.endswith("/x-source")}
    unread = {address for address, path in paths.items() if not isinstance(files.criteria.get(path), dict)}
    # What cannot be read is told already; that something refers to it is no fault of its own.
    documents = {address: True if address in unread else files.criteria[path] for address, path in paths.items()}
    opaque = unread | {address for address, path in paths.items() if path in unnamed}
    stated = {address for address, path in paths.items() if path in files.indications}
    for path, raw in files.dictionaries.items():
        if path in unsound:
            continue
        try:
            dictionary = read_dictionary(raw, path)
            read_dictionary_rules(dictionary, path)
        except DocumentInvalid as error:
            yield from error.problems
            continue
        for problem in _Rules(dictionary, documents, opaque).problems(stated):
            yield replace(problem, document=paths.get(problem.document, problem.document))


def unexplained(found: Iterable[DocumentProblem], known: Iterable[DocumentProblem]) -> Iterator[DocumentProblem]:
    """
    Give the problems that none of those known explains.

    A wrong value makes its own condition unreadable, so one at the same place, or at most two steps
    further down (``/enum/0``, ``/const``), says the same better.
    """
    explained = set()
    for problem in known:
        pointer = problem.pointer
        for _ in range(3):
            explained.add((problem.document, pointer))
            pointer = pointer.rpartition("/")[0]
    yield from (problem for problem in found if (problem.document, problem.pointer) not in explained)


class _Rules:
    """The criteria documents that pin one dictionary; ``opaque`` are those whose rules are not looked into."""

    def __init__(self, dictionary: Dictionary, documents: Mapping[str, Any], opaque: Collection[str]) -> None:
        self._major = dictionary.major
        self._documents = documents
        self._opaque = opaque
        self._reader = SchemaReader(documents)
        self._profile = Profile(dictionary)

    def problems(self, stated: Collection[str]) -> Iterator[DocumentProblem]:
        for address, document in self._documents.items():
            if not isinstance(document, dict) or document.get("x-answers") != self._major:
                continue
            if address not in stated:
                self._lower(self._reader.read(address))
                continue
            criteria = document.get("$defs")
            for id in CriterionId:
                if isinstance(criteria, dict) and id in criteria:
                    schema = self._reader.read(f"{address}#/$defs/{id}")
                    yield from self._foreign(schema)
                    self._lower(schema)
        yield from self._reader.problems
        yield from unexplained(self._profile.problems, self._reader.problems)

    def _lower(self, schema: Schema) -> None:
        parts = parts_of(schema)
        if any(part.document in self._opaque for part in parts):
            return
        self._profile.lower(schema)
        for part in parts:
            cautions = part.notes.get("x-cautions")
            for position, caution in enumerate(cautions if isinstance(cautions, list) else ()):
                if isinstance(caution, dict) and "when" in caution:
                    pointer = f"{part.pointer}/x-cautions/{position}/when"
                    self._profile.lower(self._reader.read_part(caution["when"], part.document, pointer))

    def _foreign(self, schema: Schema) -> Iterator[DocumentProblem]:
        """Give a criterion that reaches a document of another major: its answers may mean something else."""
        for part in parts_of(schema):
            document = self._documents.get(part.document)
            major = document.get("x-answers") if isinstance(document, dict) else None
            if is_major(major) and major != self._major:
                found = f"{part.document}, which reads answers {major}"
                allowed = f"criteria that read answers {self._major}"
                yield DocumentProblem(schema.document, schema.pointer, found, allowed, "answers-major")
                return

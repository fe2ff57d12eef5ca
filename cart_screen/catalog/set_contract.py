"""The contract of a set's description with the files beside it: folders, general criteria, dictionaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.catalog.set_files import SetFiles, address_of, eras, is_major, major_of, place_of
from cart_screen.errors import DocumentProblem

# The word that stands for the set in the address of a shared criterion.
_SHARED = "shared"


def description_problems(files: SetFiles) -> Iterator[DocumentProblem]:
    """Give every place of a set's description that does not fit the files of the set."""
    for path in files.description:
        described = files.described
        if described.get("id") != files.name:
            yield DocumentProblem(
                path, "/id", written(described.get("id")), f"the name of its folder, {files.name}", "address-wrong"
            )
        if files.name == _SHARED:
            yield DocumentProblem(
                path, "/id", _SHARED, "another name: this one addresses shared criteria", "address-wrong"
            )
        yield from _folder_problems(files, path)
        # What a shared criterion does not say itself is told where it should.
        pinned = {address_of(broken): None for broken in files.broken} | {
            address_of(shared): raw["x-answers"] if isinstance(raw, dict) and is_major(raw.get("x-answers")) else None
            for shared, raw in files.shared.items()
        }
        majors: list[int] = []
        for pointer, era in eras(described):
            yield from _general_problems(DocumentProblem(path, pointer, "", ""), era, pinned)
            major = int(major_of(era["answers"]))
            if majors and major >= majors[-1]:
                yield DocumentProblem(
                    path, f"{pointer}/answers", era["answers"], f"a major version below {majors[-1]}", "answers-major"
                )
            majors.append(major)


def _folder_problems(files: SetFiles, path: str) -> Iterator[DocumentProblem]:
    listed = files.described.get("indications")
    if not isinstance(listed, list):
        return
    names = [name for name in listed if isinstance(name, str)]
    present = {place_of(document)[0] for document in (*files.indications, *files.broken)}
    for place, name in enumerate(names):
        if name not in present:
            yield DocumentProblem(
                path, f"/indications/{place}", written(name), "the name of a folder with a document", "folder-missing"
            )
    for name in sorted({place_of(document)[0] for document in files.indications} - set(names)):
        yield DocumentProblem(
            path, "/indications", f"no {written(name)}, which has a folder", "every indication", "folder-unlisted"
        )


def _general_problems(
    place: DocumentProblem, era: Mapping[str, Any], pinned: Mapping[str, str | None]
) -> Iterator[DocumentProblem]:
    general = era.get("general")
    for criterion, address in general.items() if isinstance(general, Mapping) else ():
        pointer = f"{place.pointer}/general/{criterion}"
        if not isinstance(address, str) or address not in pinned:
            yield DocumentProblem(
                place.document, pointer, written(address), "the $id of a shared criterion", "address-unknown"
            )
        elif pinned[address] not in (None, major_of(era["answers"])):
            found = f"a criterion that reads answers {pinned[address]}"
            allowed = f"one that reads answers {major_of(era['answers'])}"
            yield DocumentProblem(place.document, pointer, found, allowed, "answers-major")

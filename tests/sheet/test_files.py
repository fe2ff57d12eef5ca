"""Writing a sheet: the name of the file says the form, and only its owner can read it."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE

import pytest

from cart_screen.cli.exits import Exit, exit_of
from cart_screen.files import CannotCreate
from cart_screen.sheet.errors import SheetFormUnknown
from cart_screen.sheet.files import check_sheet_file, write_sheet
from cart_screen.sheet.html import to_html
from cart_screen.sheet.markdown import to_markdown

from .reading import pdf_for, sheet_for


@pytest.mark.parametrize("name", ["sheet.html", "SHEET.HTML", "my.first sheet.Html"])
def test_html_is_written_by_its_ending(tmp_path: Path, name: str) -> None:
    write_sheet(tmp_path / name, sheet_for("adult-b-all"))

    assert (tmp_path / name).read_bytes() == to_html(sheet_for("adult-b-all")).encode()


def test_markdown_is_written_by_its_ending(tmp_path: Path) -> None:
    write_sheet(tmp_path / "sheet.md", sheet_for("adult-b-all"))

    assert (tmp_path / "sheet.md").read_bytes() == to_markdown(sheet_for("adult-b-all")).encode()


def test_a_pdf_is_written_by_its_ending(tmp_path: Path) -> None:
    expected = pdf_for("contradictory")

    write_sheet(tmp_path / "sheet.pdf", sheet_for("contradictory"))

    assert (tmp_path / "sheet.pdf").read_bytes() == expected


def test_only_the_owner_can_read_it_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text("an older one")

    write_sheet(tmp_path / "sheet.md", sheet_for("adult-b-all"))

    assert S_IMODE((tmp_path / "sheet.md").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.md"]


@pytest.mark.parametrize("name", ["sheet.txt", "sheet", "sheet.htm", ".pdf", "sheet.pdf ", "sheet.md.docx", ""])
def test_another_ending_is_refused_and_the_three_are_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SheetFormUnknown, match=r"\.html, \.md or \.pdf") as refused:
        write_sheet(tmp_path / name, sheet_for("adult-b-all"))

    assert exit_of(refused.value) is Exit.USAGE
    assert not list(tmp_path.iterdir())


def test_a_name_can_be_checked_before_anything_is_asked() -> None:
    check_sheet_file(Path("sheet.pdf"))

    with pytest.raises(SheetFormUnknown):
        check_sheet_file(Path("sheet.doc"))


def test_without_a_place_for_it_the_error_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(CannotCreate, match=r"sheet\.html"):
        write_sheet(tmp_path / "nowhere" / "sheet.html", sheet_for("adult-b-all"))

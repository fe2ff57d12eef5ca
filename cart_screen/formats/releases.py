"""The releases of a criteria directory: which file was released when, and its hash."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.types import Day, Format, Path, Sha256


class Release(Format):
    """One released file, which never changes again."""

    sha256: Sha256 = Field(description="The SHA-256 of the file's bytes.")
    released: Day = Field(description="The day of the release.")


class Releases(Format):
    """Every released file of a criteria directory."""

    format: Literal["cart-screen-releases/1"] = Field(description="The format and its version.")
    files: dict[Path, Release] = Field(description="The released files by their path below the criteria directory.")

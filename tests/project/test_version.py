"""The version that the package says of itself."""

from __future__ import annotations

from importlib.metadata import version

from cart_screen.version import VERSION


def test_the_package_says_the_version_that_it_is_installed_as() -> None:
    assert version("cart-screen") == VERSION

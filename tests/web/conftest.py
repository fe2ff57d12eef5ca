"""One server for all tests of the API: it keeps nothing, so that none can disturb another."""

from __future__ import annotations

import httpx
import pytest

from cart_screen.web import create_app

from .serving import PATIENCE, served


@pytest.fixture(scope="session")
def app():
    return create_app()


@pytest.fixture(scope="session")
def address(app):
    with served(app) as found:
        yield found


@pytest.fixture(scope="session")
def client(address):
    with httpx.Client(base_url=address, timeout=PATIENCE) as found:
        yield found

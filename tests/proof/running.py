"""Every engine as a parameter of a test, and rule sets compiled once for each."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

import pytest
from needs import only_where

from .engines import ENGINES, Engine
from .rule_sets import shipped
from .said import Reader

_THOROUGH = os.environ.get("CART_SCREEN_THOROUGH") == "1"


def _skipped(engine: Engine) -> pytest.MarkDecorator:
    # Of the engines only Spark needs what the extra `test` leaves out: it is half a gigabyte, and wants a Java.
    # `.ci/run` installs it, so there nothing is skipped.
    return only_where(not engine.missing, otherwise=f"{engine.missing} is not installed")


def _each(engines: Iterable[Engine]) -> pytest.MarkDecorator:
    # The slow ones take a second for every call: CART_SCREEN_THOROUGH=1 puts them through this, and the soak does.
    params = [
        pytest.param(engine, id=engine.name, marks=_skipped(engine))
        for engine in engines
        if _THOROUGH or not engine.slow
    ]
    return pytest.mark.parametrize("engine", params)


every_engine = _each(ENGINES)
every_row_engine = _each(engine for engine in ENGINES if not engine.columns)
every_column_engine = _each(engine for engine in ENGINES if engine.columns)


@cache
def shipped_reader(engine: Engine, name: str) -> Reader:
    """Give the reader of a shipped criteria set, compiled once."""
    return engine.reader(shipped()[name])

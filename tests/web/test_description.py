"""The description of the API holds: schemathesis sends what it allows and what it does not."""

from __future__ import annotations

import pytest
from schemathesis import GenerationMode

from .describing import hold, operations


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_answers_as_it_is_described(address, mode):
    seen = 0
    for operation in operations(address):
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            # Nothing of it can be wrong.
            continue
        assert sum(hold(operation, mode, 5).values()) > 0, operation.label
        seen += 1

    assert seen >= 8

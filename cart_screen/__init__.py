"""
Pre-screening for CAR T-cell therapy: is it worth raising with a specialist now?

The result is guidance for a conversation with a specialist, never a verdict on anybody.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cart_screen.answers.given import Answers
    from cart_screen.api import Screening, load_criteria, screen
    from cart_screen.engines.python import compile_rules
    from cart_screen.errors import CartScreenError
    from cart_screen.findings import Finding
    from cart_screen.guidance import Guidance
    from cart_screen.questionnaire import Questionnaire
    from cart_screen.records.record import Record

__all__ = [
    "Answers",
    "CartScreenError",
    "Finding",
    "Guidance",
    "Questionnaire",
    "Record",
    "Screening",
    "compile_rules",
    "load_criteria",
    "screen",
]

_HOMES = {
    "Answers": "cart_screen.answers.given",
    "CartScreenError": "cart_screen.errors",
    "Finding": "cart_screen.findings",
    "Guidance": "cart_screen.guidance",
    "Questionnaire": "cart_screen.questionnaire",
    "Record": "cart_screen.records.record",
    "Screening": "cart_screen.api",
    "compile_rules": "cart_screen.engines.python",
    "load_criteria": "cart_screen.api",
    "screen": "cart_screen.api",
}


def __getattr__(name: str) -> Any:
    # Resolved on first use (PEP 562), so that importing the package costs nothing that is not used.
    if name not in _HOMES:
        raise AttributeError(f"module 'cart_screen' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

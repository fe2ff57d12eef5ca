"""The names that FHIR resources use: addresses of code systems and extensions, and link ids made of question ids."""

from __future__ import annotations

from typing import Final

from cart_screen.answers.dictionary import Dictionary

UCUM: Final = "http://unitsofmeasure.org"

# FHIR R4, https://hl7.org/fhir/R4/extension-data-absent-reason.html and its code system.
ABSENT_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

# Extensions of FHIR R4, https://hl7.org/fhir/R4/questionnaire-profiles.html
MINIMUM: Final = "http://hl7.org/fhir/StructureDefinition/minValue"
MAXIMUM: Final = "http://hl7.org/fhir/StructureDefinition/maxValue"
UNIT: Final = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
UNIT_OPTION: Final = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
CONTROL: Final = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
CONTROL_SYSTEM: Final = "http://hl7.org/fhir/questionnaire-item-control"
DESIGN_NOTE: Final = "http://hl7.org/fhir/StructureDefinition/designNote"

# The bounds of a quantity, with its unit: https://hl7.org/fhir/uv/sdc/ (R4 itself bounds plain numbers only).
MINIMUM_QUANTITY: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity"
MAXIMUM_QUANTITY: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity"

# Ours, where FHIR R4 has none.
SOURCE: Final = "urn:cart-screen:fhir:source"
CODED: Final = "urn:cart-screen:fhir:coded-as"
TO_CONFIRM: Final = "urn:cart-screen:fhir:to-confirm"
AWAITED: Final = "urn:cart-screen:fhir:awaited"

INTENDED_USE: Final = "intended-use"

_QUESTIONNAIRE = "questionnaire"


def canonical_of(set_id: str) -> str:
    """Give the address of the questionnaire of a criteria set, without its version."""
    return f"urn:cart-screen:{set_id}:{_QUESTIONNAIRE}"


def set_of(address: str) -> str | None:
    """Give the criteria set whose questionnaire has an address, or None where it is no such address."""
    parts = address.split(":")
    if len(parts) != 4 or [*parts[:2], parts[3]] != ["urn", "cart-screen", _QUESTIONNAIRE]:
        return None
    return parts[2] or None


def system_of(dictionary: Dictionary, question: str) -> str:
    """
    Give the code system of the choices of a question.

    It is one of its own for each question, since ``none`` or ``normal`` mean something else in each, and for each
    major version of the dictionary, since a choice never changes its meaning within one.
    """
    return f"urn:cart-screen:answers:{dictionary.major}:{question}"


# No id of a question, a screen or a topic holds a point, so that none of these is ever another one.


def absent_link(question: str) -> str:
    """Give the link id of the item that says why a number has no answer."""
    return f"{question}.absent"


def number_link(question: str) -> str:
    """Give the link id of the group around a number and the item that says why it has no answer."""
    return f"{question}.number"


def topic_link(topic: str) -> str:
    """Give the link id of the group of a topic."""
    return f"{topic}.topic"


def help_link(item: str) -> str:
    """Give the link id of the text that says why something is asked and where it is found."""
    return f"{item}.help"

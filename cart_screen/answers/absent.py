"""Why there is no answer, in the words of FHIR's data-absent-reason code system."""

from __future__ import annotations

from enum import StrEnum


class AbsentReason(StrEnum):
    """
    The reason for a missing answer; to a rule each of them is *unknown*.

    The codes are FHIR's: https://terminology.hl7.org/CodeSystem-data-absent-reason.html
    """

    NOT_ASKED = "not-asked"
    ASKED_UNKNOWN = "asked-unknown"
    ASKED_DECLINED = "asked-declined"
    NOT_APPLICABLE = "not-applicable"

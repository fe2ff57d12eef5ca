"""The shapes of short texts in the published formats, each with the words that say what it asks for."""

from __future__ import annotations

from typing import Final

NAME: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
QUESTION: Final = r"^[a-z][a-z0-9_]*$"
VERSION: Final = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
MAJOR: Final = r"^(0|[1-9][0-9]*)$"
DAY: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
MOMENT: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"
URL: Final = r"^(https?://|urn:)[^\s]+$"
ADDRESS: Final = r"^urn:cart-screen:[a-z0-9-]+:[a-z0-9-]+:[0-9]+\.[0-9]+\.[0-9]+$"
ANSWERS_ADDRESS: Final = r"^urn:cart-screen:answers:[0-9]+\.[0-9]+\.[0-9]+$"
REFERENCE: Final = r"^(#|[a-z][a-z0-9+.-]*:)[^\s]*$"
SHA256: Final = r"^[0-9a-f]{64}$"
PATH: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$"

# A regular expression tells an author nothing.
PHRASES: Final = {
    NAME: "small letters, digits and single hyphens, such as prior-lines",
    QUESTION: "a question id, such as age_years",
    VERSION: "three numbers, such as 1.0.0",
    MAJOR: "one whole number as text, such as 1",
    DAY: "a day of the calendar, such as 2026-02-06",
    MOMENT: "a day and time with its zone, such as 2026-02-06T09:30:00Z",
    URL: "an address that begins with https://, http:// or urn:",
    ADDRESS: "an address such as urn:cart-screen:us-fda:carvykti-multiple-myeloma:1.0.0",
    ANSWERS_ADDRESS: "an address such as urn:cart-screen:answers:1.0.0",
    REFERENCE: "a reference such as #/$defs/fitness or urn:cart-screen:shared:fitness:1.0.0",
    SHA256: "64 hexadecimal digits in small letters",
    PATH: "a path below the criteria directory, such as shared/fitness/1.0.0.json",
}

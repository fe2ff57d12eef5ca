"""The digest of a record: that it was not changed since it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def digest_of(document: Mapping[str, Any]) -> str:
    """
    Give the SHA-256 of everything in a record but the digest itself, in hexadecimal.

    It is taken over JSON in ASCII with sorted keys and no spaces, where a number such as 2.0 is written as 2, since
    another program may have done so. Anybody can make a digest, so it shows a change and not who has made it.
    """
    return sha256(canonical({key: value for key, value in document.items() if key != "digest"})).hexdigest()


def canonical(value: Any) -> bytes:
    """Write a value of JSON so that equal values are the same bytes: 1 is 1.0, and neither is ``true``."""
    plain = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return plain.encode("ascii")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value

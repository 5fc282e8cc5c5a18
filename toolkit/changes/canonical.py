"""The one way to write a plan down: sorted keys, no spaces, UTF-8, whole numbers only. Equal plans are equal bytes."""

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    r"""Return the canonical JSON of what is made of texts, whole numbers, truths, nulls, lists and mappings.

    Raises
    ------
    TypeError
        There is a float in it: money and shares are texts in a plan, since no two programs write a float alike.

    Examples
    --------
    >>> canonical_bytes({"b": 1, "a": ["é", None]})
    b'{"a":["\xc3\xa9",null],"b":1}'
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sha256_of(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"a plan holds no floats: write {value!r} as text")
    if isinstance(value, dict):
        for one in value.values():
            _refuse_floats(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _refuse_floats(one)

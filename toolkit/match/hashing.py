"""Stable 64-bit hashes of texts, and of combinations of them: blocking keys that mean the same in every run.

Two different texts share a hash once in some 10^19 pairs; a blocking key that collides costs one needless comparison.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Hashes = npt.NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_STEPS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_LETTERS_AT_ONCE = 1 << 17


def text_hashes(texts: pa.Array) -> Hashes:
    """Return a hash of each text, the same on every machine and in every run; null counts as the empty text.

    Examples
    --------
    >>> one, other, again = text_hashes(pa.array(["acme", "acne", "acme"]))
    >>> bool(one == again), bool(one == other)
    (True, False)
    """
    filled = pc.fill_null(texts.cast(pa.large_string()), "")
    offsets = np.frombuffer(filled.buffers()[1], dtype=np.int64)[filled.offset : filled.offset + len(filled) + 1]
    data = filled.buffers()[2]
    letters = np.frombuffer(data, dtype=np.uint8) if data else np.zeros(0, dtype=np.uint8)
    result = np.zeros(len(filled), dtype=np.uint64)
    start = 0
    while start < len(filled):
        stop = int(np.searchsorted(offsets, offsets[start] + _LETTERS_AT_ONCE, side="right")) - 1
        stop = min(max(stop, start + 1), len(filled))
        ends = offsets[start : stop + 1] - offsets[start]
        result[start:stop] = _sums(letters[offsets[start] : offsets[stop]], ends)
        start = stop
    return mixed(result)


def _sums(letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> Hashes:
    """Return the sum over each text of its letters' numbers times powers of the base that rise from its first letter on.

    One power per letter of all the texts together; dividing by that of a text's start gives the same for it anywhere.
    """
    size = max(len(letters), _LETTERS_AT_ONCE)
    powers, inverse = _powers() if size == _LETTERS_AT_ONCE else _powers_up_to(size)
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(_letter_numbers()[letters] * powers[: len(letters)], out=sums[1:])
    return np.asarray((sums[ends[1:]] - sums[ends[:-1]]) * inverse[ends[:-1]], dtype=np.uint64)


@cache
def _powers() -> tuple[Hashes, Hashes]:
    return _powers_up_to(_LETTERS_AT_ONCE)


def _powers_up_to(size: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the base from the first, and those of its inverse (it is odd, so it has one) from the zeroth."""
    inverse = np.full(size + 1, pow(int(_BASE), -1, 1 << 64), dtype=np.uint64)
    inverse[0] = 1
    return np.cumprod(np.full(size, _BASE, dtype=np.uint64), dtype=np.uint64), np.cumprod(inverse, dtype=np.uint64)


@cache
def _letter_numbers() -> Hashes:
    return mixed(np.arange(1, 257, dtype=np.uint64))


def mixed(*parts: Hashes | np.uint64) -> Hashes:
    """Return one hash of several, in which their order counts.

    Examples
    --------
    >>> a, b = text_hashes(pa.array(["a", "b"]))
    >>> bool(mixed(a, b) == mixed(b, a))
    False
    """
    with np.errstate(over="ignore"):
        result = np.asarray(_scrambled(np.asarray(parts[0], dtype=np.uint64)))
        for part in parts[1:]:
            result = _scrambled(result * _BASE + np.asarray(part, dtype=np.uint64))
    return result


def _scrambled(values: Hashes) -> Hashes:
    """Return values whose bits depend on each other (the finishing step of SplitMix64: Steele et al., OOPSLA 2014)."""
    values = values + _BASE
    values = (values ^ (values >> np.uint64(30))) * _STEPS[0]
    values = (values ^ (values >> np.uint64(27))) * _STEPS[1]
    return np.asarray(values ^ (values >> np.uint64(31)), dtype=np.uint64)


def is_among(hashes: Hashes, known: Hashes) -> npt.NDArray[np.bool_]:
    """Return whether each hash is one of the known ones, which are in order.

    Examples
    --------
    >>> is_among(np.array([3, 4], dtype=np.uint64), np.array([1, 3], dtype=np.uint64)).tolist()
    [True, False]
    """
    if not len(known):
        return np.zeros(len(hashes), dtype=bool)
    return np.asarray(known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes)


def tagged(tag: str, *parts: Hashes) -> Hashes:
    """Return a blocking key of a sort: equal values of two sorts ("phone", "postcode") give different keys."""
    [own] = text_hashes(pa.array([tag]))
    return mixed(own, *parts)

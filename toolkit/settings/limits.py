"""What a settings file may not be: so deep, so large or so full of references that reading it would take for ever.

Also text that no file, database or screen can take: halves of characters, and the character NUL.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import InputError

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 100
MAX_VALUES = 200_000
MAX_TEXT = 100_000

_BRACKET = re.compile(r"[\[\]{}]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# Brackets in texts count too, and they need not close: a real file has a few, a hostile one thousands.
_MAX_OPEN_BRACKETS = 500


def refuse_unreadable(text: str, path: Path) -> None:
    """Refuse text that would keep the YAML parser busy for long.

    Raises
    ------
    InputError
        It is too large, or opens too many brackets; the message says which.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{path.name} has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read. Shorten it.")
    depth = 0
    for one in _BRACKET.finditer(text):
        depth = depth + 1 if one[0] in "[{" else max(depth - 1, 0)
        if depth > _MAX_OPEN_BRACKETS:
            raise nested_too_deeply(path)


def nested_too_deeply(path: Path) -> InputError:
    """Return the error of a file whose values lie in each other too deeply."""
    return InputError(
        f"{path.name} is nested more than {MAX_DEPTH} levels deep. Write it flat, as docs/engagement.md shows."
    )


def refuse_unusable(tree: Any, path: Path) -> None:
    """Refuse a parsed tree that would grow without end when its references are followed, or texts that cannot be written.

    Raises
    ------
    InputError
        The message says what, and for a text where.
    """
    if _size(tree, {}, 0, path) > MAX_VALUES:
        raise InputError(
            f"{path.name} has more than {MAX_VALUES:,} values when its references (&, *) are followed. Write each out."
        )


def unusable_text(text: str) -> str:
    r"""Return why a text cannot be stored, shown or sent; empty when it can.

    Examples
    --------
    >>> unusable_text("Harbor & Pine"), unusable_text("a\0b")
    ('', 'holds the character NUL')
    """
    if "\0" in text:
        return "holds the character NUL"
    if _HALF_CHARACTER.search(text):
        return "holds half of a character (a lone surrogate)"
    return f"is longer than {MAX_TEXT:,} characters ({len(text):,})" if len(text) > MAX_TEXT else ""


def _size(node: Any, known: dict[int, int], depth: int, path: Path, where: tuple[str, ...] = ()) -> int:
    """Return how many values a node has when every reference is followed; each node is looked at once."""
    if isinstance(node, str):
        reason = unusable_text(node)
        if reason:
            raise InputError(f"{path.name}: {'.'.join(where) or 'a text'} {reason}. Mend it.")
        return 1
    if not isinstance(node, Mapping | list):
        return 1
    if depth > MAX_DEPTH:
        # A node that refers to itself ends here as well.
        raise nested_too_deeply(path)
    if id(node) not in known:
        inner = node.items() if isinstance(node, Mapping) else ((str(place), one) for place, one in enumerate(node))
        total = 1
        for key, one in inner:
            total += _size(str(key), known, depth, path, where)
            total += _size(one, known, depth + 1, path, (*where, str(key)[:60]))
        known[id(node)] = total
    return known[id(node)]

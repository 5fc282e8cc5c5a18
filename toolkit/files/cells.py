"""Values of typed formats (workbooks, JSON, Parquet) as the text that stands for them.

Whole numbers have no decimal point, other numbers the fewest digits that give the same value back, dates are ISO 8601,
truth is ``TRUE`` or ``FALSE``, a list is JSON text.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from toolkit.errors import InputError

MAX_DEPTH = 64


class Number(str):
    """A number as written in JSON: text for a cell, and a number again inside a list."""

    __slots__ = ()


def text_of(value: Any) -> str:  # noqa: PLR0911  # one return a type reads as the table it is
    """Return a value as cell text; empty for none.

    Examples
    --------
    >>> [text_of(value) for value in (45.0, 0.1, 1e-7, True, None, [1, "a"])]
    ['45', '0.1', '0.0000001', 'TRUE', '', '[1, "a"]']
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return _float_text(value)
        case Decimal():
            return f"{value:f}"
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return _duration_text(value)
        case bytes():
            return value.decode("utf-8", "backslashreplace")
        case list() | tuple() | dict():
            return _json_text(value, 0)
        case _:
            return str(value)


def _json_text(value: Any, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise InputError(f"A list is nested more than {MAX_DEPTH} levels deep. Export a flatter file.")
    match value:
        case dict():
            names = (json.dumps(str(name), ensure_ascii=False) for name in value)
            texts = (_json_text(inner, depth + 1) for inner in value.values())
            return "{" + ", ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True)) + "}"
        case list() | tuple():
            return "[" + ", ".join(_json_text(inner, depth + 1) for inner in value) + "]"
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Number() | int() | float() | Decimal():
            return text_of(value)
        case _:
            return json.dumps(text_of(value), ensure_ascii=False)


def _float_text(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  # NaN differs from itself
        return str(value)
    text = repr(value)
    if "e" in text:
        text = f"{Decimal(text):f}"
    return text.removesuffix(".0")


def _duration_text(value: dt.timedelta) -> str:
    """Return a duration as a spreadsheet shows it: hours may pass 24."""
    total = round(value.total_seconds())
    sign, total = ("-", -total) if total < 0 else ("", total)
    return f"{sign}{total // 3600:02}:{total // 60 % 60:02}:{total % 60:02}"


def flattened(record: Mapping[str, Any], label: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the values of a nested record with the path of names to each; lists stay whole.

    Raises
    ------
    InputError
        It is nested more than 64 levels deep; ``label`` names the file in the message.

    Examples
    --------
    >>> list(flattened({"id": 1, "address": {"city": "Leeds"}}, "file"))
    [(('id',), 1), (('address', 'city'), 'Leeds')]
    """
    waiting: list[tuple[tuple[str, ...], Any]] = [((), record)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            raise InputError(f"{label} nests values more than {MAX_DEPTH} levels deep. Export a flatter file.")
        if isinstance(value, Mapping) and (value or not path):
            waiting.extend(((*path, str(name)), inner) for name, inner in reversed(list(value.items())))
        else:
            yield path, value

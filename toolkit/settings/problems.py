"""What is wrong with a file of settings, in sentences: file, line, key, what it must be, the nearest right word."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pydantic

from toolkit.errors import UnknownNameError


def explained(error: pydantic.ValidationError, tree: Any, path: Path, shape: type[pydantic.BaseModel]) -> str:
    """Return one sentence per problem, at most five, each with its line.

    Parameters
    ----------
    error
        What does not fit.
    tree
        Of the file.
    path
        The file, for messages.
    shape
        The model that the file is held against.
    """
    problems = [_problem(one, tree, path, shape) for one in _told_once(error.errors())]
    shown = " ".join(problems[:5])
    return shown if len(problems) <= 5 else f"{shown} And {len(problems) - 5} more problems."


_A_LIST = "a list, such as [one, two]"
_A_MAPPING = "keys with a value each, such as {key: value}"
_MUST_BE = {
    "string_type": "a text; put a number or a date into quotes",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "dict_type": _A_MAPPING,
    "mapping_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "date_type": "a day, such as 2026-06-30",
    "date_parsing": "a day, such as 2026-06-30",
    "date_from_datetime_parsing": "a day, such as 2026-06-30",
    "date_from_datetime_inexact": "a day, such as 2026-06-30",
}
"""What a value must be, by the kind of problem."""
_NO_NUMBER = {"float_type", "float_parsing", "tuple_type"}


def _told_once(errors: Sequence[Any]) -> list[Any]:
    """Return the errors without those that only follow from others.

    A figure that is neither a number nor a range is one problem, and only if nothing else is.
    """
    found: list[Any] = []
    for one in errors:
        keys, others = _keys(one), [other for other in errors if other is not one]
        if one["type"] == "too_short" and any(_keys(other)[: len(keys)] == keys for other in others):
            # An entry that is wrong itself is not counted: the list is not too short.
            continue
        is_vague = one["type"] in _NO_NUMBER and keys[-1:] == ["value"]
        if is_vague and any(_keys(other)[: len(keys)] == keys and other["type"] not in _NO_NUMBER for other in others):
            continue
        if is_vague and any(_keys(other) == keys for other in found):
            continue
        vague = {**one, "type": "no_figure", "msg": "must be a number, or three: [low, likely, high]"}
        found.append(vague if is_vague else one)
    return found


def _keys(one: Any) -> list[str]:
    return [str(key) for key in one["loc"] if not str(key).startswith(("tuple[", "function-", "float", "by "))]


def _problem(one: Any, tree: Any, path: Path, shape: Any) -> str:
    keys = _keys(one)
    line = line_of(tree, keys)
    where = f"{path.name}, line {line}: " if line else f"{path.name}: "
    dotted = ".".join(keys)
    if one["type"] == "extra_forbidden":
        return where + str(
            UnknownNameError(f"setting in {'.'.join(keys[:-1]) or 'the file'}", keys[-1], _known_keys(keys, shape))
        )
    if one["type"] == "missing":
        return f"{where}{dotted!r} is missing."
    message = what_it_must_be(one)
    told = f"{dotted!r}: {message}" if dotted else f"the file {message}"
    return f"{where}{told}" + ("" if message.endswith((".", "?")) else ".")


def what_it_must_be(one: Any) -> str:
    """Return what a value must be, in words of ours: whoever wrote the file knows no Python.

    Parameters
    ----------
    one
        A problem, as pydantic tells it.
    """
    kind, context = one["type"], one.get("ctx", {})
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "too_short":
        return f"must hold {context['min_length']} or more"
    if kind == "too_long":
        return f"must hold at most {context['max_length']}"
    if kind in _MUST_BE:
        return f"must be {_MUST_BE[kind]}"
    found: str = one["msg"]
    return found.removeprefix("Value error, ").replace("Input should", "must")


def line_of(tree: Any, keys: list[str]) -> int | None:
    """Return the line of the deepest key that stands in the file."""
    line = None
    for key in keys:
        place = int(key) if isinstance(tree, list) and key.isdecimal() else key
        if not (isinstance(tree, Mapping) and key in tree) and not (isinstance(place, int) and place < len(tree)):
            break
        marks = getattr(tree, "lc", None)
        if marks is not None and marks.data and place in marks.data:
            line = marks.data[place][0] + 1
        tree = tree[place]
    return line


def _known_keys(keys: list[str], shape: Any) -> list[str]:
    """Return the keys allowed where the last of ``keys`` stands."""
    for key in keys[:-1]:
        if not (isinstance(shape, type) and issubclass(shape, pydantic.BaseModel)):
            break
        found = next((f for n, f in shape.model_fields.items() if key in {n, f.alias}), None)
        shape = _inner_model(found.annotation) if found else shape
    if not (isinstance(shape, type) and issubclass(shape, pydantic.BaseModel)):
        return []
    return [found.alias or name for name, found in shape.model_fields.items()]


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        return annotation
    inner = [_inner_model(one) for one in getattr(annotation, "__args__", ())]
    return next((one for one in inner if one is not None), None)

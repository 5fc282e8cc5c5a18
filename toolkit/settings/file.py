"""Reads and writes ``engagement.yaml``: what is wrong is said with its line and the nearest right word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydantic

from toolkit.disk import atomic_file
from toolkit.errors import InputError, UnknownNameError
from toolkit.settings.edits import edited_text, text_without
from toolkit.settings.limits import nested_too_deeply, refuse_unreadable, refuse_unusable, unusable_text
from toolkit.settings.models import Settings

FILE_NAME = "engagement.yaml"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings with the file they come from, the overrides, and whether a file was there at all."""

    settings: Settings
    path: Path | None
    overrides: Mapping[str, str] = field(default_factory=dict)


def load_settings(path: Path, overrides: Iterable[str] = ()) -> LoadedSettings:
    """Return the settings at ``path`` with ``path.to.key=value`` overrides on top.

    Raises
    ------
    InputError
        The file is no YAML, or a key or value is not allowed: the message has file, line, key and the nearest known one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {error}. It must be a readable text file in UTF-8.") from error
    given = tuple(dict(_split_override(one) for one in overrides).items())
    return LoadedSettings(_settings(text, path, given), path, dict(given))


@lru_cache(maxsize=4)
def _settings(text: str, path: Path, given: tuple[tuple[str, str], ...]) -> Settings:
    """Return what a text says; an audit opens the same one up to four times, and parsing takes a tenth of a second."""
    tree = _parsed(text, path)
    for dotted, value in given:
        _set(tree, dotted.split("."), _parsed(value, path) if value else None)
    if given:
        refuse_unusable(tree, path)
    try:
        return Settings.model_validate(_plain(tree))
    except pydantic.ValidationError as error:
        raise InputError(_explained(error, tree, path)) from error


def client_of(text: str) -> str:
    """Return the client that the text of an ``engagement.yaml`` names; empty when it names none."""
    tree = _parsed(text, Path(FILE_NAME))
    return str(_plain(tree).get("client", ""))


def write_settings(path: Path, text: str) -> None:
    """Write a new ``engagement.yaml``; what is not valid is refused before anything is written."""
    try:
        Settings.model_validate(_plain(_parsed(text, path)))
    except pydantic.ValidationError as error:
        raise InputError(_explained(error, _parsed(text, path), path)) from error
    with atomic_file(path, "w", encoding="utf-8") as stream:
        stream.write(text)


def edit_settings(path: Path, edit: Callable[[Any], None]) -> bool:
    """Let a function change the tree of a file that is there; return whether its text changed.

    Comments and the order of lines stay.

    Raises
    ------
    InputError
        The changed file would not be valid; it is left as it was.
    """
    from io import StringIO

    from ruamel.yaml import YAML

    before = path.read_text(encoding="utf-8-sig")
    tree = _parsed(before, path)
    edit(tree)
    yaml = YAML(typ="rt")
    yaml.width = 10_000
    yaml.preserve_quotes = True
    text = StringIO()
    yaml.dump(tree, text)
    if _plain(_parsed(text.getvalue(), path)) == _plain(_parsed(before, path)):
        return False
    write_settings(path, text.getvalue())
    return True


def put(mapping: Any, key: str, value: Any, *, at: int = 0) -> None:
    """Set a key of a file's tree; a new one stands near the top, so that comments below the last line stay there.

    Parameters
    ----------
    mapping
        A mapping of the file's tree, or a plain dict: there a new key stands last.
    key, value
        A new key is inserted; one that is there gets the value where it stands.
    at
        Place of a new key in the mapping, from 0.
    """
    if key in mapping or not hasattr(mapping, "insert"):
        mapping[key] = value
    else:
        mapping.insert(min(at, len(mapping)), key, value)


def change_settings(path: Path, changes: Mapping[tuple[str, ...], Any]) -> None:
    """Set single values in a file that is there; every other line, comment and blank stays as it is.

    Parameters
    ----------
    path
        An ``engagement.yaml``.
    changes
        Where (``("handoffs", "deal_to_project", "by")``) to what: text, number, truth, date, or a list or mapping of them.

    Raises
    ------
    InputError
        The file with the changes would not be valid, or cannot be changed safely; it is left as it was.
    """
    text = path.read_text(encoding="utf-8-sig")
    wanted = _plain(_parsed(text, path))
    for keys, value in changes.items():
        _set(wanted, [*keys], value)
    changed = edited_text(text, changes)
    if _plain(_parsed(changed, path)) != wanted:
        # An anchor or a merge key shares lines between places: changing one would change the others.
        raise InputError(f"{path} is written in a way that cannot be changed safely. Write these values into it by hand.")
    write_settings(path, changed)


def remove_setting(path: Path, key: str) -> None:
    """Remove one key at the top of a file that is there; every other line, comment and blank stays as it is.

    Raises
    ------
    InputError
        The file without it would not be valid, or cannot be changed safely; it is left as it was.
    """
    text = path.read_text(encoding="utf-8-sig")
    wanted = _plain(_parsed(text, path))
    wanted.pop(key, None)
    changed = text_without(text, key)
    if _plain(_parsed(changed, path)) != wanted:
        raise InputError(f"{path} is written in a way that cannot be changed safely. Remove {key!r} from it by hand.")
    write_settings(path, changed)


def setting_line(path: Path, keys: Sequence[str]) -> int | None:
    """Return the line of a file on which a setting stands; of the nearest one around it, where it has no own.

    Parameters
    ----------
    path
        An ``engagement.yaml``.
    keys
        Where: ``("systems", "office", "streams", "bank", "key")``.
    """
    return _line_of(_parsed(path.read_text(encoding="utf-8-sig"), path), [*keys])


def _parsed(text: str, path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    refuse_unreadable(text, path)
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path.name}, line {line}: {error.problem or 'not valid YAML'}. Mend that line.") from error
    except (YAMLError, ValueError) as error:
        raise InputError(f"{path.name} is not valid YAML: {error}.") from error
    except RecursionError:
        raise nested_too_deeply(path) from None
    refuse_unusable(tree, path)
    return {} if tree is None else tree


def _split_override(text: str) -> tuple[str, str]:
    dotted, equals, value = text.partition("=")
    if not equals or not dotted:
        raise InputError(f"--set needs path=value, for example rates.day_rate=650; it got {text!r}.")
    reason = unusable_text(text)
    if reason:
        raise InputError(f"--set {dotted[:60]!r} {reason}. Mend it.")
    return dotted.strip(), value.strip()


def _set(tree: Any, keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        if isinstance(tree, dict) and tree.get(key) is None:
            tree[key] = {}
        tree = tree[key] if isinstance(tree, dict) else {}
    tree[keys[-1]] = value


def _plain(value: Any) -> Any:
    """Return YAML's own kinds of list, map, text and number as Python's."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _explained(error: pydantic.ValidationError, tree: Any, path: Path) -> str:
    """Return one sentence per problem, at most five, each with its line."""
    problems = [_problem(one, tree, path) for one in _told_once(error.errors())]
    shown = " ".join(problems[:5])
    return shown if len(problems) <= 5 else f"{shown} And {len(problems) - 5} more problems."


_NO_NUMBER = {"float_type", "float_parsing", "tuple_type"}


def _told_once(errors: Sequence[Any]) -> list[Any]:
    """Return the errors where a figure that is neither a number nor a range is one problem, and only if nothing else is."""
    found: list[Any] = []
    for one in errors:
        keys, others = _keys(one), [other for other in errors if other is not one]
        is_vague = one["type"] in _NO_NUMBER and keys[-1:] == ["value"]
        if is_vague and any(_keys(other)[: len(keys)] == keys and other["type"] not in _NO_NUMBER for other in others):
            continue
        if is_vague and any(_keys(other) == keys for other in found):
            continue
        found.append({**one, "msg": "must be a number, or three: [low, likely, high]"} if is_vague else one)
    return found


def _keys(one: Any) -> list[str]:
    return [str(key) for key in one["loc"] if not str(key).startswith(("tuple[", "function-", "float"))]


def _problem(one: Any, tree: Any, path: Path) -> str:
    keys = _keys(one)
    line = _line_of(tree, keys)
    where = f"{path.name}, line {line}: " if line else f"{path.name}: "
    dotted = ".".join(keys)
    if one["type"] == "extra_forbidden":
        return where + str(UnknownNameError(f"setting in {'.'.join(keys[:-1]) or 'the file'}", keys[-1], _known_keys(keys)))
    if one["type"] == "missing":
        return f"{where}{dotted!r} is missing."
    message = one["msg"].removeprefix("Value error, ").replace("Input should", "must")
    return f"{where}{dotted!r}: {message}" + ("" if message.endswith((".", "?")) else ".")


def _line_of(tree: Any, keys: list[str]) -> int | None:
    """Return the line of the deepest key that stands in the file."""
    line = None
    for key in keys:
        if not isinstance(tree, Mapping) or key not in tree:
            break
        marks = getattr(tree, "lc", None)
        if marks is not None and marks.data and key in marks.data:
            line = marks.data[key][0] + 1
        tree = tree[key]
    return line


def _known_keys(keys: list[str]) -> list[str]:
    """Return the keys allowed where the last of ``keys`` stands."""
    shape: Any = Settings
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

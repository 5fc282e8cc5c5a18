"""Reads and writes ``engagement.yaml``: what is wrong is said with its line and the nearest right word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydantic

from toolkit.disk import atomic_file
from toolkit.errors import InputError
from toolkit.settings.edits import GONE, edited_text, text_without
from toolkit.settings.limits import refuse_unusable, unusable_text
from toolkit.settings.models import Settings
from toolkit.settings.problems import explained, line_of
from toolkit.settings.yaml_text import parsed, plain

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


def settings_of(text: str, path: Path) -> Settings:
    """Return what a text of ``engagement.yaml`` says, whether or not it is written there.

    Raises
    ------
    InputError
        It is not valid; the message has the line.
    """
    return _settings(text, path, ())


@lru_cache(maxsize=4)
def _settings(text: str, path: Path, given: tuple[tuple[str, str], ...]) -> Settings:
    """Return what a text says; an audit opens the same one up to four times, and parsing takes a tenth of a second."""
    if not given:
        return _checked(text, path)
    tree = parsed(text, path)
    for dotted, value in given:
        _set(tree, dotted.split("."), parsed(value, path) if value else None)
    refuse_unusable(tree, path)
    try:
        return Settings.model_validate(plain(tree))
    except pydantic.ValidationError as error:
        raise InputError(explained(error, tree, path, Settings)) from error


def _checked(text: str, path: Path) -> Settings:
    try:
        return Settings.model_validate(settings_tree(text, path))
    except pydantic.ValidationError as error:
        raise InputError(explained(error, parsed(text, path), path, Settings)) from error


def client_of(text: str) -> str:
    """Return the client that the text of an ``engagement.yaml`` names; empty when it names none."""
    tree = parsed(text, Path(FILE_NAME))
    return str(plain(tree).get("client", ""))


def write_settings(path: Path, text: str) -> None:
    """Write a new ``engagement.yaml``; what is not valid is refused before anything is written."""
    _checked(text, path)
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
    tree = parsed(before, path)
    edit(tree)
    yaml = YAML(typ="rt")
    yaml.width = 10_000
    yaml.preserve_quotes = True
    text = StringIO()
    yaml.dump(tree, text)
    if plain(parsed(text.getvalue(), path)) == plain(parsed(before, path)):
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
        ``GONE`` takes a key out.

    Raises
    ------
    InputError
        The file with the changes would not be valid, or cannot be changed safely; it is left as it was.
    """
    text = path.read_text(encoding="utf-8-sig")
    wanted = settings_tree(text, path)
    for keys, value in changes.items():
        if value is not GONE or _holds(wanted, keys):
            _set(wanted, [*keys], value)
    changed = edited_text(text, changes)
    if settings_tree(changed, path) != wanted:
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
    wanted = plain(parsed(text, path))
    wanted.pop(key, None)
    changed = text_without(text, key)
    if plain(parsed(changed, path)) != wanted:
        raise InputError(f"{path} is written in a way that cannot be changed safely. Remove {key!r} from it by hand.")
    write_settings(path, changed)


def settings_tree(text: str, path: Path) -> dict[str, Any]:
    """Return what the text of an ``engagement.yaml`` says, as plain mappings, lists and values.

    Parameters
    ----------
    text
        Of the file.
    path
        The file, for messages.
    """
    return deepcopy(_tree_of(text, path))


@lru_cache(maxsize=8)
def _tree_of(text: str, path: Path) -> dict[str, Any]:
    """Return what a text says; a change is checked, written and read again, and parsing takes a tenth of a second."""
    found: dict[str, Any] = plain(parsed(text, path))
    return found


def setting_line(path: Path, keys: Sequence[str]) -> int | None:
    """Return the line of a file on which a setting stands; of the nearest one around it, where it has no own.

    Parameters
    ----------
    path
        An ``engagement.yaml``.
    keys
        Where: ``("systems", "office", "streams", "bank", "key")``.
    """
    return line_of(parsed(path.read_text(encoding="utf-8-sig"), path), [*keys])


def _split_override(text: str) -> tuple[str, str]:
    dotted, equals, value = text.partition("=")
    if not equals or not dotted:
        raise InputError(f"--set needs path=value, for example rates.day_rate=650; it got {text!r}.")
    reason = unusable_text(text)
    if reason:
        raise InputError(f"--set {dotted[:60]!r} {reason}. Mend it.")
    return dotted.strip(), value.strip()


def _holds(tree: Any, keys: Sequence[str]) -> bool:
    for key in keys:
        if not isinstance(tree, dict) or key not in tree:
            return False
        tree = tree[key]
    return True


def _set(tree: Any, keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        if isinstance(tree, dict) and tree.get(key) is None:
            tree[key] = {}
        tree = tree[key] if isinstance(tree, dict) else {}
    if value is GONE:
        tree.pop(keys[-1], None)
    else:
        tree[keys[-1]] = value

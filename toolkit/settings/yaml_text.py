"""YAML as people write it: read with the place of each line, and as plain values."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import InputError
from toolkit.settings.limits import nested_too_deeply, refuse_unreadable, refuse_unusable


def parsed(text: str, path: Path) -> Any:
    """Return the tree of a text, which knows the line of each key.

    Parameters
    ----------
    text
        Of a file.
    path
        That file, for messages.

    Raises
    ------
    InputError
        It is no YAML, or none that can be read safely; the message has the line.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    refuse_unreadable(text, path)
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path.name}, line {line}: {error.problem or 'not valid YAML'}. Mend that line.") from error
    except YAMLError as error:
        raise InputError(f"{path.name} is not valid YAML: {error}.") from error
    except ValueError as error:
        raise InputError(_unreadable_value(text, path, error)) from error
    except RecursionError:
        raise nested_too_deeply(path) from None
    refuse_unusable(tree, path)
    return {} if tree is None else tree


def plain(value: Any) -> Any:
    """Return YAML's own kinds of list, map, text and number as Python's."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _unreadable_value(text: str, path: Path, error: ValueError) -> str:
    """Return what is wrong with a value that looks like a day or a number and is none, such as 2026-13-04."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    for key, node in _scalars(yaml.compose(text), ()):
        try:
            yaml.constructor.construct_object(node)
        except ValueError as found:
            named = f"{'.'.join(key)!r}: " if key else ""
            day = "Write a day such as 2026-06-30" if node.tag.endswith(":timestamp") else "Correct it"
            return (
                f"{path.name}, line {node.start_mark.line + 1}: {named}{node.value!r} cannot be read ({found}). {day}; a "
                "text goes into quotes."
            )
    return f"{path.name} is not valid YAML: {error}."


def _scalars(node: Any, key: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every single value of a composed text with the keys above it."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(node, ScalarNode):
        yield key, node
    elif isinstance(node, MappingNode):
        for name, value in node.value:
            yield from _scalars(name, key)
            yield from _scalars(value, (*key, str(name.value)))
    elif isinstance(node, SequenceNode):
        for place, value in enumerate(node.value):
            yield from _scalars(value, (*key, str(place)))

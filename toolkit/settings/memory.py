"""The file of meanings that were confirmed and kept for other clients: headers and meanings only, to be read by anybody."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from toolkit.disk import atomic_file, disk_errors
from toolkit.errors import InputError
from toolkit.settings.limits import nested_too_deeply, refuse_unreadable

_HEAD = (
    "# What consultants confirmed of columns: header to meaning, no value of any client. 'integration-audit meanings'\n"
    "# shows, exports, imports and forgets it; a hint from here is still held against the values of a column.\n"
)


def read_meanings(path: Path) -> dict[str, str]:
    """Return header to meaning; nothing where there is no file.

    Raises
    ------
    InputError
        The file is no mapping of headers to meanings.
    """
    if not path.exists():
        return {}
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = path.read_text(encoding="utf-8")
        refuse_unreadable(text, path)
        tree: Any = YAML(typ="safe").load(text)
    except RecursionError:
        raise nested_too_deeply(path) from None
    except (OSError, UnicodeDecodeError, YAMLError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}. Mend it, or delete it.") from error
    found = tree.get("meanings") if isinstance(tree, Mapping) else None
    if not isinstance(found, Mapping) or not all(isinstance(one, str) for pair in found.items() for one in pair):
        raise InputError(f"{path} is no list of meanings: it must hold 'meanings:' with lines such as 'Kd-Nr.: record_id'.")
    return dict(found)


def write_meanings(path: Path, meanings: Mapping[str, str]) -> None:
    """Write meanings, sorted by header, to a file that only its owner reads."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 10_000
    text = StringIO()
    yaml.dump({"meanings": dict(sorted(meanings.items()))}, text)
    with disk_errors(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_file(path, "w", encoding="utf-8") as stream:
            stream.write(_HEAD + text.getvalue())

"""Puts the notebooks into an engagement: the consultant's own copies of the templates, which work where they lie.

A copy says in its metadata which template it was made from. As long as nobody has touched it, a newer template takes its
place; one that was changed or run is the consultant's, and is left alone.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.bundled import bundled
from toolkit.disk import atomic_file
from toolkit.values.counted import counted

FOLDER = "notebooks"

_MARK = "integration_audit"
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_ENGAGEMENT = re.compile(r'^(engagement: str = )"[^"]*"', re.MULTILINE)


def copy_notebooks(engagement: Path, templates: Path | None = None) -> tuple[str, ...]:
    """Put the notebooks into ``notebooks/`` of an engagement that has none; return what was done, in sentences.

    Where there are some, those that nobody has touched follow their templates. One that was deleted stays away.

    Parameters
    ----------
    engagement
        The engagement's folder.
    templates
        Where the templates lie; the bundled ones without.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    home = engagement / FOLDER
    wanted = {path.name: _copy_of(path) for path in sorted((templates or bundled("notebooks")).glob("*.ipynb"))}
    there = {path.name for path in home.glob("*.ipynb")}
    if not there:
        for name, notebook in wanted.items():
            _write(home / name, notebook)
        return (f"Notebooks: {home} ({counted(len(wanted), 'notebook')} for JupyterLab)",)
    states = {name: _state(home / name, wanted[name]) for name in sorted(there & set(wanted))}
    renewed = [name for name, state in states.items() if state == "old"]
    own = [name for name, state in states.items() if state == "changed"]
    for name in renewed:
        _write(home / name, wanted[name])
    said = [f"Renewed in {home}, where nobody had changed them: {', '.join(renewed)}."] if renewed else []
    if own:
        said.append(
            f"Left as they are in {home}, since they were changed or run, though there are newer ones: {', '.join(own)}. "
            "Rename the folder to get the new ones with the next audit."
        )
    return tuple(said)


def _copy_of(template: Path) -> dict[str, Any]:
    """Return the notebook for an engagement: without outputs, for the folder above."""
    notebook: dict[str, Any] = json.loads(template.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = _ENGAGEMENT.sub(r'\1".."', "".join(cell["source"])).splitlines(keepends=True)
    notebook["metadata"] = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    return {**notebook, "metadata": {**notebook["metadata"], _MARK: {"content": _content_hash(notebook)}}}


def _state(path: Path, wanted: Mapping[str, Any]) -> str:
    """Return whether a copy is ``current``, ``old`` (untouched, of an earlier template) or ``changed`` by its owner."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        made_from = held["metadata"].get(_MARK, {}).get("content")
        content, is_run = _content_hash(held), any(cell.get("outputs") for cell in held["cells"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        # Whatever it is, it is not what was put there.
        return "changed"
    newest = wanted["metadata"][_MARK]["content"]
    if newest in {content, made_from}:
        return "current"
    return "old" if content == made_from and not is_run else "changed"


def _content_hash(notebook: Mapping[str, Any]) -> str:
    """Return a hash over what the cells say; saving and running do not change it."""
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def _write(path: Path, notebook: Mapping[str, Any]) -> None:
    with atomic_file(path, "w", encoding="utf-8") as stream:
        json.dump(notebook, stream, ensure_ascii=False, indent=1)
        stream.write("\n")

"""Puts the notebooks into an engagement: the consultant's own copies of the templates, which work where they lie.

A copy says in its metadata which template it was made from. As long as nobody has touched it, a newer template takes its
place; one that was changed or run is the consultant's, and is left alone. Which templates were ever put there is noted, so
that one that was deleted stays away and one that is new comes.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from toolkit.bundled import bundled
from toolkit.disk import atomic_file, disk_errors
from toolkit.values.counted import counted

FOLDER = "notebooks"

_MARK = "integration_audit"
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_ENGAGEMENT = re.compile(r'^(engagement: str = )"[^"]*"', re.MULTILINE)
_NOTED = ".templates.json"
_BEFORE_NOTED = frozenset({
    "01_landscape.ipynb", "02_snapshots.ipynb", "03_quality.ipynb", "04_duplicates.ipynb", "05_differences.ipynb",
    "06_handoffs.ipynb", "07_business_case.ipynb", "08_decisions.ipynb", "09_cleanup_job.ipynb", "10_sync_job.ipynb",
    "client_report.ipynb",
})  # fmt: skip
"""What an engagement was given before it was noted."""
_FOLLOWED_BY: Mapping[str, tuple[str, ...]] = {
    "05_differences.ipynb": ("05_mismatches.ipynb",),
    "08_decisions.ipynb": ("04_duplicates.ipynb", "05_mismatches.ipynb", "06_handoffs.ipynb"),
}
"""Templates that there are no more, and where what they showed stands now."""


def copy_notebooks(engagement: Path, templates: Path | None = None) -> tuple[str, ...]:
    """Put the notebooks into ``notebooks/`` of an engagement; return what was done, in sentences.

    Where there are some, those that nobody has touched follow their templates, and templates that are new come in. One that
    was deleted stays away.

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
        _note(home, wanted.keys())
        return (f"Notebooks: {home} ({counted(len(wanted), 'notebook')} for JupyterLab)",)
    noted = _noted(home)
    said = [*_renewed(home, wanted, there), *_replaced(home, wanted, there, noted)]
    followers = {one for old in _FOLLOWED_BY if old in noted for one in _FOLLOWED_BY[old]}
    new = sorted(wanted.keys() - noted - followers - there)
    for name in new:
        _write(home / name, wanted[name])
    said += [f"New in {home}: {', '.join(new)}."] if new else []
    if not wanted.keys() <= noted:
        _note(home, wanted.keys() | noted)
    return tuple(said)


def _renewed(home: Path, wanted: Mapping[str, dict[str, Any]], there: AbstractSet[str]) -> Iterator[str]:
    """Let copies follow their templates where nobody has touched them."""
    states = {name: _state(home / name, wanted[name]) for name in sorted(there & wanted.keys())}
    renewed = [name for name, state in states.items() if state == "old"]
    own = [name for name, state in states.items() if state == "changed"]
    for name in renewed:
        _write(home / name, wanted[name])
    if renewed:
        yield f"Renewed in {home}, where nobody had changed them: {', '.join(renewed)}."
    if own:
        yield (
            f"Left as they are in {home}, since they were changed or run, though there are newer ones: {', '.join(own)}. "
            "Rename the folder to get the new ones with the next audit."
        )


def _replaced(
    home: Path, wanted: Mapping[str, dict[str, Any]], there: AbstractSet[str], noted: AbstractSet[str]
) -> Iterator[str]:
    """Let what there is no template for any more give way to what shows the same now."""
    for old, followers in _FOLLOWED_BY.items():
        now = [one for one in followers if one in wanted]
        if old not in there or old in wanted or not now:
            continue
        for name in now:
            if name not in noted | there and not (home / name).exists():
                _write(home / name, wanted[name])
        where = f"What {old} showed stands in {', '.join(now)} now"
        if _state(home / old, None) == "old":
            with disk_errors(home / old):
                (home / old).unlink()
            yield f"{where}; nobody had changed it in {home}, so it was taken away."
        elif not {*now} <= noted:
            yield f"{where}; yours in {home} was changed or run, and is left as it is."


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


def _state(path: Path, wanted: Mapping[str, Any] | None) -> str:
    """Return whether a copy is ``current``, ``old`` (untouched, of an earlier template) or ``changed`` by its owner.

    Without a template any more, it is never current.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        made_from = held["metadata"].get(_MARK, {}).get("content")
        content, is_run = _content_hash(held), any(cell.get("outputs") for cell in held["cells"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        # Whatever it is, it is not what was put there.
        return "changed"
    newest = None if wanted is None else wanted["metadata"][_MARK]["content"]
    if newest is not None and newest in {content, made_from}:
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


def _noted(home: Path) -> frozenset[str]:
    """Return which templates were ever put into an engagement."""
    try:
        return frozenset(map(str, json.loads((home / _NOTED).read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return _BEFORE_NOTED


def _note(home: Path, names: AbstractSet[str]) -> None:
    with atomic_file(home / _NOTED, "w", encoding="utf-8") as stream:
        json.dump(sorted(names), stream)
        stream.write("\n")

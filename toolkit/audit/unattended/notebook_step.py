"""A notebook as a step: run with typed parameters, never with a secret; its executed copy is the record of what it did."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from toolkit import errors
from toolkit.audit.unattended.records import FOLDER
from toolkit.disk import private_folder
from toolkit.errors import InputError, ToolkitError
from toolkit.notebooks import NotebookError, Parameter, notebook_parameters, require_report_extra, run_notebook

_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def run_notebook_step(folder: Path, name: str, given: Iterable[str]) -> Path:
    """Run a notebook; return its executed copy, in ``job-runs/`` of the engagement.

    Parameters
    ----------
    folder
        The engagement's.
    name
        Of a notebook in its ``notebooks/``, or a path.
    given
        ``name=value`` for each parameter.

    Raises
    ------
    InputError
        There is no such notebook, or a parameter does not fit, or is a secret.
    NotebookError
        A cell failed; its error says which.
    """
    require_report_extra()
    path = notebook_path(folder, name)
    declared = notebook_parameters(path)
    values = dict(_value(one, declared) for one in given)
    if "engagement" in declared and "engagement" not in values:
        values["engagement"] = str(folder.resolve())
    home = private_folder(folder / FOLDER)
    output = home / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.ipynb"
    return run_notebook(path, output, values, working_folder=path.parent)


def notebook_path(folder: Path, name: str) -> Path:
    """Return where a notebook stands: in ``notebooks/`` of the engagement, below the engagement, or where the path says.

    Parameters
    ----------
    folder
        The engagement's.
    name
        As the list says it.

    Raises
    ------
    InputError
        There is none.
    """
    places = (folder / "notebooks" / name, folder / name, Path(name).expanduser())
    found = next((one for one in places if one.is_file()), None)
    if found is None:
        raise InputError(
            f"There is no notebook {name!r} in {folder / 'notebooks'}. 'integration-audit audit' puts them there."
        )
    return found.resolve()


def failure_code(error: NotebookError) -> int:
    """Return the exit code of the error in a cell, where it is one of ours.

    Examples
    --------
    >>> failure_code(NotebookError("It stopped.", Path("x.ipynb"), "PlanRefusedError"))
    5
    """
    kind = getattr(errors, error.error_name, None)
    return kind.exit_code if isinstance(kind, type) and issubclass(kind, ToolkitError) else error.exit_code


def _value(text: str, declared: Mapping[str, Parameter]) -> tuple[str, str | int | float | bool]:
    """Return the name and the typed value of ``name=value``; one that does not fit stays text, and is refused later."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError(f"--set needs name=value, for example system=crm; it got {text[:60]!r}.")
    kind = declared[name].type if name in declared else "str"
    folded = value.casefold()
    if kind == "bool" and folded in _TRUE | _FALSE:
        return name, folded in _TRUE
    try:
        return name, int(value) if kind == "int" else float(value) if kind == "float" else value
    except ValueError:
        return name, value

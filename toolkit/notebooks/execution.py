"""Runs a notebook with typed parameters, in this interpreter's environment, and keeps secrets out of what it writes.

A parameter is declared in the cell tagged ``parameters`` as ``name: type =
default  # help``.
"""

import importlib
import importlib.util
import json
import os
import re
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from toolkit.disk import atomic_file
from toolkit.errors import InputError, ToolkitError, UnknownNameError
from toolkit.notebooks.kernel_spec import write_kernel_spec
from toolkit.notebooks.loopback import require_loopback
from toolkit.notebooks.redaction import SECRET_NAME, looks_secret, redacted_text, redacted_tree

KERNEL = "integration-audit"
MAX_TEXT_LENGTH = 4096

_REPORT_EXTRA = ("papermill", "ipykernel", "nbformat", "traitlets")
_GRAMMARS = ("rfc3987_syntax", "rfc3986_validator", "isoduration")
_CALLED_LATER = {"requests": ("get", "put"), "papermill.clientwrap": ("PapermillNotebookClient",)}
"""What papermill loads to call these where a notebook lies on the web, or runs in a kernel."""

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_TYPES: Mapping[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (float, int), "bool": (bool,)}


class NotebookError(ToolkitError):
    """A notebook stopped in one of its cells, with the error of that name; what it wrote lies in ``partial_path``."""

    def __init__(self, message: str, partial_path: Path, error_name: str = "") -> None:
        self.partial_path = partial_path
        self.error_name = error_name
        super().__init__(message)


class ParameterModel(Protocol):
    """Typed parameters: any pydantic model."""

    def model_dump(self) -> dict[str, Any]:
        """Return the values by name."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter: its type as written, its default as text, and its help."""

    name: str
    type: str
    default: str
    help: str


def require_report_extra() -> None:
    """Refuse to begin what ends in a document where the parts that make documents are not installed.

    Raises
    ------
    InputError
        The message names what is missing and how to install it.
    """
    missing = [name for name in _REPORT_EXTRA if not _is_installed(name)]
    if missing:
        raise InputError(
            f"Documents need the extra 'report', and {', '.join(missing)} of it {'is' if len(missing) == 1 else 'are'} not "
            "installed here. Install it: python -m pip install 'integration-audit[report]'."
        )


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def notebook_parameters(template: Path) -> dict[str, Parameter]:
    """Return the declared parameters of a notebook by name."""
    declared = _papermill().inspect_notebook(_notebook(template))
    return {name: Parameter(name, one["inferred_type_name"], one["default"], one["help"]) for name, one in declared.items()}


def run_notebook(
    template: Path,
    output: Path,
    parameters: Mapping[str, Any] | ParameterModel,
    *,
    working_folder: Path | None = None,
    cell_timeout_s: int = 600,
    is_ours: bool = False,
) -> Path:
    """Run ``template`` with ``parameters`` and write the executed notebook to ``output``.

    Parameters
    ----------
    template
        A notebook with a cell tagged ``parameters``.
    output
        Appears only when every cell has run.
    parameters
        Values by name, or a pydantic model.
    working_folder
        Where the cells run; by default the folder of ``output``.
    cell_timeout_s
        Seconds that one cell may take in a kernel.
    is_ours
        Whether it is a notebook that this package ships, which may run in this process. That spares it a kernel, which would
        import everything anew; from within JupyterLab it gets one all the same.

    Raises
    ------
    UnknownNameError
        The notebook declares no such parameter.
    InputError
        A value does not fit its declared type, a name asks for a secret, or a kernel is needed and cannot be reached.
    NotebookError
        A cell failed. The notebook until there is kept beside ``output`` as ``*.failed.ipynb``.
    """
    papermill = _papermill()
    from papermill.exceptions import PapermillExecutionError

    values = dict(parameters) if isinstance(parameters, Mapping) else parameters.model_dump()
    _check(values, notebook_parameters(template))
    failed = output.with_name(f"{output.stem}.failed.ipynb")
    with _engine(is_ours=is_ours) as engine, _redacting_target() as written:
        try:
            papermill.execute_notebook(
                _notebook(template),
                written.address,
                parameters=values,
                engine_name=engine,
                kernel_name=KERNEL,
                language="python",
                progress_bar=False,
                # It is held in memory, and nobody looks at it before it is whole.
                request_save_on_cell_execute=False,
                start_timeout=120,
                execution_timeout=cell_timeout_s,
                cwd=working_folder or output.parent,
            )
        except PapermillExecutionError as error:
            _save(written.text, failed, values)
            # The cause repeats the secret in its traceback, so it is not chained.
            raise NotebookError(
                f"The notebook {template.name} stopped at cell {error.exec_count} with {error.ename}: "
                f"{redacted_text(str(error.evalue))[:300]} Nothing was exported; see {failed.name} beside the report.",
                failed,
                str(error.ename),
            ) from None
        _save(written.text, output, values)
    failed.unlink(missing_ok=True)
    return output


def _papermill() -> Any:
    """Return papermill, loaded without what nobody needs, or not yet.

    What asks the web and what speaks to kernels is loaded when it is called: most notebooks lie here and need no kernel. The
    checker of notebooks' form builds 38 grammars of international web addresses on loading, which takes longer than the
    rest of papermill, those of plain ones, and a reader of durations with the words of forty languages; no notebook's schema
    names one of these formats. What is loaded already stays.
    """
    # The import system takes None for "cannot be imported", and the checker goes without.
    absent: dict[str, Any] = dict.fromkeys(_GRAMMARS) | {name: _called_later(name) for name in _CALLED_LATER}
    hidden = {name: one for name, one in absent.items() if name not in sys.modules}
    sys.modules.update(hidden)
    try:
        import papermill
    finally:
        for name in hidden:
            del sys.modules[name]
    return papermill


def _called_later(name: str) -> ModuleType:
    """Return what stands for a module: each of its functions loads it when called."""

    def call(attribute: str, *values: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(name), attribute)(*values, **named)

    module = ModuleType(name)
    vars(module).update({attribute: partial(call, attribute) for attribute in _CALLED_LATER[name]})
    return module


def _check(values: Mapping[str, Any], declared: Mapping[str, Parameter]) -> None:
    for name, value in values.items():
        if SECRET_NAME.search(name) or (isinstance(value, str) and looks_secret(value)):
            raise InputError(
                f"The parameter {name!r} looks like a secret, and a notebook stores its parameters. "
                "Give the name of an environment variable or keyring entry in the settings instead."
            )
        if name not in declared:
            raise UnknownNameError("notebook parameter", name, declared)
        allowed = _TYPES.get(declared[name].type)
        if allowed and (not isinstance(value, allowed) or (isinstance(value, bool) and declared[name].type != "bool")):
            raise InputError(f"The parameter {name!r} must be of type {declared[name].type}, not {type(value).__name__}.")
        if isinstance(value, str) and len(value) > MAX_TEXT_LENGTH:
            raise InputError(f"The parameter {name!r} is longer than {MAX_TEXT_LENGTH} characters ({len(value)}).")
        if isinstance(value, str) and _UNUSABLE.search(value):
            raise InputError(f"The parameter {name!r} holds NUL or half of a character (a lone surrogate). Mend it.")


def _notebook(template: Path) -> Any:
    """Return the notebook as parsed: papermill would take braces in a path for parameters."""
    import nbformat

    if not template.is_file():
        raise InputError(f"There is no notebook {template}.")
    try:
        with template.open(encoding="utf-8") as stream:
            notebook = nbformat.read(stream, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, nbformat.ValidationError) as error:
        raise InputError(f"{template} is not a notebook (.ipynb): {str(error)[:200]}") from error
    # Whatever kernel it was written with, papermill must know that it speaks Python.
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return notebook


@contextmanager
def _engine(*, is_ours: bool) -> Iterator[str | None]:
    """Offer what runs the cells: this process where it may, by papermill's name for it, else a kernel."""
    if is_ours:
        from toolkit.notebooks.same_process import ENGINE, lent_process

        with lent_process() as is_lent:
            if is_lent:
                yield ENGINE
                return
    require_loopback()
    with _private_kernel():
        yield None


@contextmanager
def _private_kernel() -> Iterator[None]:
    """Offer a kernel that runs this very interpreter, whatever kernels the machine has."""
    with tempfile.TemporaryDirectory(prefix="kernel-") as folder:
        write_kernel_spec(Path(folder), KERNEL, KERNEL)
        before = os.environ.get("JUPYTER_PATH")
        os.environ["JUPYTER_PATH"] = folder if before is None else f"{folder}{os.pathsep}{before}"
        try:
            yield
        finally:
            if before is None:
                del os.environ["JUPYTER_PATH"]
            else:
                os.environ["JUPYTER_PATH"] = before


class _RedactedTarget:
    """What papermill saves after every cell: held in memory, never on disk, redacted before anybody may read it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.text = ""

    def write(self, buffer: str, _path: str) -> None:
        """Keep the notebook as saved last."""
        self.text = buffer

    def pretty_path(self, _path: str) -> str:
        """Return what a log may say instead of the path."""
        return "the executed notebook"


@contextmanager
def _redacting_target() -> Iterator[_RedactedTarget]:
    from papermill.iorw import papermill_io

    scheme = f"held-{uuid.uuid4().hex}"
    target = _RedactedTarget(f"{scheme}://executed.ipynb")
    papermill_io.register(scheme, target)
    try:
        yield target
    finally:
        papermill_io._handlers.remove((scheme, target))  # noqa: SLF001 - papermill can register, but not forget


def _save(text: str, path: Path, values: Mapping[str, Any]) -> None:
    notebook = redacted_tree(json.loads(text), paths=_words_for_paths(values, path.parent))
    papermill_facts = notebook["metadata"].get("papermill", {})
    for name in ("input_path", "output_path", "environment_variables"):
        papermill_facts.pop(name, None)
    with atomic_file(path, "w", encoding="utf-8") as stream:
        json.dump(notebook, stream, ensure_ascii=False, indent=1)


def _words_for_paths(values: Mapping[str, Any], home: Path) -> dict[str, str]:
    """Return what stands for a folder of this machine: a parameter as seen from the notebook, which can be run again."""
    given = [Path(value) for value in values.values() if isinstance(value, str | Path) and Path(value).is_absolute()]
    words = {str(path): Path(os.path.relpath(path, home)).as_posix() for path in given if path.exists()}
    return {str(Path.home()): "~", sys.prefix: "<python>", str(Path(__file__).parents[2]): "<package>"} | words

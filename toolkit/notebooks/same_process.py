"""Runs the cells of a notebook of ours in this very interpreter: what it has imported already is not imported again.

Such a notebook may do what a module may: no magics, and no cell is timed out. What a kernel would keep from the caller is
kept from it here: the names of the cells, what they print and show, changed warning filters. Where somebody else shows
things already (JupyterLab, IPython, a second thread that runs a notebook) nothing is lent, and a kernel must run it.
"""

import ast
import base64
import io
import json
import linecache
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import Any

from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from nbformat import from_dict
from papermill.engines import Engine, papermill_engines
from traitlets.config import SingletonConfigurable

ENGINE = "integration-audit, in this process"

_LENT = threading.Lock()


@contextmanager
def lent_process() -> Iterator[bool]:
    """Yield whether cells may run here until the block ends, and let papermill know the engine that does it."""
    is_free = _LENT.acquire(blocking=False)
    try:
        papermill_engines.register(ENGINE, _SameProcessEngine)
        yield is_free and not InteractiveShell.initialized()
    finally:
        if is_free:
            _LENT.release()


class _SameProcessEngine(Engine):  # type: ignore[misc]
    """Runs cells one after the other, and marks in the notebook what became of each as papermill’s own engine does."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_options: Any) -> None:  # noqa: ARG003 - papermill's
        names: dict[str, Any] = {"__name__": "__main__"}
        cells = nb_man.nb.cells
        nb_man.nb.metadata["language_info"] = _language()
        for index, cell in enumerate(cells):
            nb_man.cell_start(cell, index)
            try:
                if cell.cell_type == "code" and cell.source.strip():
                    cell.execution_count = 1 + sum(bool(one.get("execution_count")) for one in cells)
                    cell.outputs = _outputs(cell.source, cell.execution_count, names)
                if any(output.output_type == "error" for output in cell.get("outputs", ())):
                    nb_man.cell_exception(cell, index)
                    break
            finally:
                nb_man.cell_complete(cell, index)


def _language() -> dict[str, Any]:
    """Return what a kernel would say of the language; exporters colour code by it."""
    return {
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": sys.version.split()[0],
    }


def _outputs(source: str, count: int, names: dict[str, Any]) -> list[Any]:
    """Run one cell with ``names`` and return what it printed, showed, and ended with: a value or an error."""
    shown = _Shown()
    place = f"<cell {count}>"
    # With its lines known, a traceback shows them.
    linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
    try:
        with _screen(shown) as screen:
            try:
                body, last = _compiled(source, place)
                exec(body, names)  # noqa: S102 - the notebook is ours
                value = None if last is None else eval(last, names)  # noqa: S307 - the notebook is ours
                if value is not None:
                    shown.add("execute_result", *screen.formats(value), execution_count=count)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a cell raises is its output
                shown.fail(error)
    finally:
        del linecache.cache[place]
    return shown.outputs


def _compiled(source: str, place: str) -> tuple[CodeType, CodeType | None]:
    """Return a cell's statements, and its last line where that is an expression whose value is shown."""
    tree = ast.parse(source, place)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        return compile(tree, place, "exec"), None
    tree.body.pop()
    return compile(tree, place, "exec"), compile(ast.Expression(last.value), place, "eval")


class _Shown:
    """Outputs of one cell in their order."""

    def __init__(self) -> None:
        self.outputs: list[Any] = []

    def add(self, kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any], **values: Any) -> None:
        """Keep what was shown as it would come over the wire from a kernel."""
        texts = {mime: base64.b64encode(one).decode() if isinstance(one, bytes) else one for mime, one in data.items()}
        self._append(kind, **_received({"data": texts, "metadata": metadata}), **values)

    def write(self, name: str, text: str) -> None:
        """Keep what was printed; what follows without a gap is one output."""
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self._append("stream", name=name, text=text)

    def fail(self, error: BaseException) -> None:
        """Keep an error with its traceback from the cell on."""
        trace = error.__traceback__.tb_next if error.__traceback__ else None
        lines = traceback.format_exception(type(error), error, trace)
        self._append("error", ename=type(error).__name__, evalue=str(error), traceback="".join(lines).splitlines())

    def _append(self, kind: str, **values: Any) -> None:
        # Checked with the whole notebook when that is written; each output alone costs a millisecond more.
        self.outputs.append(from_dict({"output_type": kind, **values}))  # type: ignore[no-untyped-call]


def _received(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what arrives of a message: what JSON makes of it, or a kernel of what JSON does not know."""
    try:
        packed = json.dumps(sent, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError):
        from jupyter_client.session import json_packer

        packed = json_packer(sent)
    received: dict[str, Any] = json.loads(packed.decode("utf-8", "replace"))
    return received


class _Publisher(DisplayPublisher):
    def __init__(self, shown: _Shown) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.shown = shown

    def publish(self, data: Mapping[str, Any], metadata: Mapping[str, Any] | None = None, *_: Any, **options: Any) -> None:
        if options.get("update"):
            raise NotImplementedError("A notebook that changes what it showed needs a kernel.")
        self.shown.add("display_data", data, metadata or {})


class _Screen(InteractiveShell):
    """The part of a shell that shows things. No other is started: no history, no hooks, no ``__main__``, no builtins."""

    def __init__(self, shown: _Shown) -> None:
        SingletonConfigurable.__init__(self)
        self.display_formatter = DisplayFormatter(parent=self)
        self.display_pub = _Publisher(shown)

    def formats(self, value: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a value in every form that a page may show, and what is said of each form."""
        data, metadata = self.display_formatter.format(value)  # type: ignore[union-attr]
        return data, metadata


@contextmanager
def _screen(shown: _Shown) -> Iterator[_Screen]:
    """Let ``display``, prints and warnings of this thread go to ``shown``."""
    screen = _Screen.instance(shown)
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Printed(shown, name, one) for name, one in zip(("stdout", "stderr"), streams, strict=True))
    try:
        with warnings.catch_warnings():
            yield screen
    finally:
        sys.stdout, sys.stderr = streams
        _Screen.clear_instance()


class _Printed(io.TextIOBase):
    """A stream that keeps what this thread prints; other threads, such as a progress bar's, print where they did before."""

    def __init__(self, shown: _Shown, name: str, beyond: Any) -> None:
        super().__init__()
        self._shown, self._name, self._beyond = shown, name, beyond
        self._thread = threading.get_ident()

    def write(self, text: str) -> int:
        if threading.get_ident() == self._thread:
            self._shown.write(self._name, text)
        else:
            self._beyond.write(text)
        return len(text)

    def flush(self) -> None:
        self._beyond.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._beyond, name)

"""Notebooks that run in this very process: what a kernel would show, and nothing of it left behind."""

import builtins
import json
import linecache
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from toolkit.notebooks import NotebookError, run_notebook
from toolkit.notebooks.same_process import lent_process

BOTH = """\
from IPython.display import HTML, display
class Both:
    def _repr_html_(self): return '<b>ü</b>'
    def _repr_png_(self): return b'\\x89PNG'
    def __repr__(self): return 'both'
"""
SHOWING = (
    BOTH,
    "print('a', end='')\nprint('b')\ndisplay(HTML('<i>x</i>'), Both())\nprint('c')",
    "import sys, warnings\nprint('to the other stream', file=sys.stderr)\nname * count",
    "Both()",
    "{'a': [1, 2.5, None]}",
    "count + 1;",
    "None",
    "   ",
    "display({'text/plain': 'raw', 'application/json': {'a': (1, 2)}}, raw=True)",
)


def template(path: Path, *cells: str) -> Path:
    """Write a notebook whose first cell declares two parameters."""
    declared = new_code_cell('name: str = "nobody"  # who\ncount: int = 1  # how many', metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[new_markdown_cell("# A title"), declared, *(new_code_cell(cell) for cell in cells)])
    path.write_text(nbformat.writes(notebook), "utf-8")  # type: ignore[no-untyped-call]
    return path


def run(folder: Path, *cells: str, **values: Any) -> list[Any]:
    """Run cells in this process and return what each of them showed."""
    path = run_notebook(template(folder / "a.ipynb", *cells), folder / "out.ipynb", values, is_ours=True)
    return [cell["outputs"] for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def state() -> dict[str, Any]:
    """Return what a shell or a cell could have changed for everybody in this process."""
    return {
        "main": sys.modules["__main__"],
        "hooks": (sys.displayhook, sys.excepthook, getattr(sys, "ps1", None)),
        "streams": (sys.stdout, sys.stderr),
        "builtins": set(vars(builtins)),
        "path": list(sys.path),
        "folder": Path.cwd(),
        "filters": list(warnings.filters),
        "shell": InteractiveShell.initialized(),
        "cells": [name for name in linecache.cache if name.startswith("<cell")],
        "threads": threading.active_count(),
    }


def test_both_ways_write_the_same_notebook(tmp_path: Path) -> None:
    """What was shown, in which form and order, and which cell ran when, do not depend on where the cells ran."""
    source = template(tmp_path / "a.ipynb", *SHOWING)

    written = []
    for is_ours in (True, False):
        path = run_notebook(source, tmp_path / "out.ipynb", {"name": "ab", "count": 2}, is_ours=is_ours)
        notebook = json.loads(path.read_text("utf-8"))
        facts = [{**cell, "id": "", "metadata": cell["metadata"]["tags"]} for cell in notebook["cells"]]
        written.append((facts, notebook["metadata"]["language_info"], sorted(notebook["metadata"]["papermill"])))

    assert written[0] == written[1]


def test_nothing_stays_in_the_caller_or_comes_to_the_next_run(tmp_path: Path) -> None:
    """Names, filters and streams of a notebook are its own."""
    run(tmp_path, "import plotly.io")
    before = state()

    run(tmp_path, "import warnings\nwarnings.simplefilter('ignore')\nkept = get_ipython if False else 7\nprint(kept)")
    [*_, second] = run(tmp_path, "print('kept' in globals(), 'kept' in vars(__import__('sys').modules['__main__']))")

    assert second[0]["text"] == ["False False\n"]
    assert state() == before


def test_a_failing_cell_is_told_as_a_kernel_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the cell; what it had shown is kept apart, without the secret; the last good output stays."""
    monkeypatch.setenv("HUBSPOT_TOKEN", "canary-5f2c91e07b")
    before = state()
    (tmp_path / "out.ipynb").write_text("the last good one", "utf-8")

    with pytest.raises(NotebookError, match=r"a\.ipynb stopped at cell 3 with RuntimeError: no canary, «removed»") as caught:
        run(
            tmp_path,
            "import os\ndef call():\n    raise RuntimeError('no canary, ' + os.environ['HUBSPOT_TOKEN'])",
            "print('seen', os.environ['HUBSPOT_TOKEN'])\ncall()",
            "print('never')",
        )

    kept = caught.value.partial_path.read_text("utf-8")
    assert "seen «removed»" in kept
    assert "in call" in kept
    assert "never" not in [one for cell in json.loads(kept)["cells"] for one in cell.get("outputs", ())]
    assert "canary-5f2c91e07b" not in kept + str(caught.value)
    assert (tmp_path / "out.ipynb").read_text("utf-8") == "the last good one"
    assert state() == before


@pytest.mark.parametrize(
    ("cell", "name"), [("1 +", "SyntaxError"), ("import sys\nsys.exit(3)", "SystemExit"), ("%pip install x", "SyntaxError")]
)
def test_a_cell_that_cannot_run_or_wants_to_leave_ends_the_notebook_alone(tmp_path: Path, cell: str, name: str) -> None:
    """Neither ends the program that asked for the notebook."""
    with pytest.raises(NotebookError, match=f"stopped at cell 2 with {name}"):
        run(tmp_path, cell)


def test_an_interrupt_reaches_the_caller_at_once(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a cell is no output: the command ends, nothing is written, everything is as before."""
    before = state()

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, "raise KeyboardInterrupt")

    assert not (tmp_path / "out.ipynb").exists()
    assert state() == before
    assert run(tmp_path, "print(1)")[-1][0]["text"] == ["1\n"]


def test_other_threads_print_where_they_did_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A progress bar of the caller does not end up in the client's report."""
    outputs = run(
        tmp_path,
        "import threading\none = threading.Thread(target=print, args=('from elsewhere',))\none.start()\none.join()",
        "print('here')",
    )

    assert [[one["text"] for one in cell] for cell in outputs[-2:]] == [[], [["here\n"]]]
    assert capsys.readouterr().out == "from elsewhere\n"


def test_where_somebody_shows_things_already_a_kernel_is_needed(tmp_path: Path) -> None:
    """Within a running notebook, and while another thread runs one, this process is not lent."""
    nested = "from toolkit.notebooks.same_process import lent_process\nwith lent_process() as is_lent:\n    print(is_lent)"
    assert run(tmp_path, nested)[-1][0]["text"] == ["False\n"]

    with lent_process() as first, lent_process() as second:
        assert (first, second) == (True, False)
    with lent_process() as again:
        assert again


def test_what_json_does_not_know_is_shown_as_a_kernel_shows_it(tmp_path: Path) -> None:
    """A day in what a cell shows is written out; what asks kernels for that is loaded for it alone."""
    from datetime import UTC, datetime

    shown = "from IPython.display import display\nfrom datetime import UTC, datetime\n"
    shown += "display({'application/json': {'day': datetime(2026, 1, 31, tzinfo=UTC)}}, raw=True)"

    [*_, [output]] = run(tmp_path, shown)

    day = datetime.fromisoformat(output["data"]["application/json"]["day"])
    assert day == datetime(2026, 1, 31, tzinfo=UTC)


def test_a_notebook_of_ours_loads_neither_kernels_nor_the_web(tmp_path: Path) -> None:
    """Both take longer to load than a small report takes to be written; a notebook in a kernel still finds them."""
    template(tmp_path / "a.ipynb", "print(name)")
    code = (
        "import sys\nfrom pathlib import Path\nfrom toolkit.notebooks import run_notebook\n"
        "for is_ours in (True, False):\n"
        "    run_notebook(Path('a.ipynb'), Path('b.ipynb'), {'name': 'x'}, is_ours=is_ours)\n"
        "    print(*sorted({'jupyter_client', 'nbclient', 'requests', 'zmq'} & {*sys.modules}))\n"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["", "jupyter_client nbclient zmq"]

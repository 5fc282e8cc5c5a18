"""The kernel of a notebook is the interpreter that runs, and another one is named."""

import json
import sys
from pathlib import Path

import pytest

from toolkit.notebooks.kernel_spec import foreign_kernel, write_kernel_spec


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which Jupyter looks for kernels first."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    return tmp_path


def test_our_kernel_is_this_interpreter_with_this_package(home: Path) -> None:
    """Whatever else the machine has; it is described where Jupyter looks first."""
    spec = write_kernel_spec(home, "python3", "Python 3", {"PLOTLY_RENDERER": "plotly_mimetype"})

    described = json.loads(spec.read_text("utf-8"))
    assert described["argv"][0] == sys.executable
    assert described["env"]["PLOTLY_RENDERER"] == "plotly_mimetype"
    assert str(Path(__file__).resolve().parents[3]) in described["env"]["PYTHONPATH"]
    assert foreign_kernel() == ""


@pytest.mark.parametrize(
    ("content", "program"),
    [('{"argv": ["/usr/bin/python9", "-m", "x"]}', "/usr/bin/python9"), ('{"argv": []}', ""), ("no JSON", "")],
)
def test_another_interpreter_is_named(home: Path, content: str, program: str) -> None:
    """A description that says nothing is passed over, as Jupyter does."""
    spec = home / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(content, "utf-8")

    assert foreign_kernel() == program

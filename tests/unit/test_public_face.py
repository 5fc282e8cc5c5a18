"""The public face: each name that is offered is there, and nothing is loaded before it is used."""

import subprocess
import sys
from pathlib import Path

import toolkit


def test_each_name_that_is_offered_can_be_used() -> None:
    """A verb that lives nowhere would be noticed in a client's notebook."""
    homes = dict(toolkit._HOMES)

    assert sorted([*homes, "__version__"]) == sorted(toolkit.__all__)
    assert [name for name in homes if not callable(getattr(toolkit, name))] == []
    assert set(dir(toolkit)) == set(toolkit.__all__)


def test_the_package_loads_nothing_large() -> None:
    """``import toolkit`` costs no more than Python itself."""
    program = "import sys, toolkit; print(sorted({'pandas', 'pyarrow', 'plotly', 'IPython', 'duckdb'} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run([sys.executable, "-c", program], cwd=root, check=True, capture_output=True, text=True).stdout

    assert said.strip() == "[]"

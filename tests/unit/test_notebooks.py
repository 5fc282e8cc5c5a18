"""Running notebooks. A kernel takes seconds to start, so one run that fails carries several facts."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from pydantic import BaseModel

from toolkit.errors import InputError, UnknownNameError
from toolkit.notebooks import NotebookError, notebook_parameters, redacted_text, run_notebook

CANARY = "canary-5f2c91e07b"


def template(path: Path, *cells: str) -> Path:
    """Write a notebook whose first cell declares two parameters."""
    declared = new_code_cell('name: str = "nobody"  # who\ncount: int = 1  # how many', metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[declared, *(new_code_cell(cell) for cell in cells)])
    path.write_text(nbformat.writes(notebook), "utf-8")  # type: ignore[no-untyped-call]
    return path


def test_parameters_are_listed_with_type_default_and_help(tmp_path: Path) -> None:
    """Forms and command help are built from the cell tagged parameters."""
    found = notebook_parameters(template(tmp_path / "a.ipynb"))

    assert (found["name"].type, found["name"].default, found["name"].help) == ("str", '"nobody"', "who")
    assert found["count"].type == "int"


def test_an_unknown_parameter_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    """A typing mistake must not run with the default."""
    with pytest.raises(UnknownNameError, match="Did you mean 'count'"):
        run_notebook(template(tmp_path / "a.ipynb"), tmp_path / "out.ipynb", {"counts": 3})

    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.parametrize("name", ["token", "api_key", "client_secret", "PASSWORD", "db_credential"])
def test_a_parameter_that_asks_for_a_secret_is_refused(tmp_path: Path, name: str) -> None:
    """Notebooks store their parameters, so a secret never becomes one."""
    with pytest.raises(InputError, match="looks like a secret") as caught:
        run_notebook(template(tmp_path / "a.ipynb"), tmp_path / "out.ipynb", {name: CANARY})

    assert CANARY not in str(caught.value)
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.parametrize("values", [{"count": "3"}, {"count": True}, {"name": 5}, {"name": "x" * 5_000}])
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, values: dict[str, Any]) -> None:
    """Types are checked before a kernel starts, and text has a limit."""
    with pytest.raises(InputError, match=r"must be of type|longer than"):
        run_notebook(template(tmp_path / "a.ipynb"), tmp_path / "out.ipynb", values)


def test_what_is_no_notebook_is_named(tmp_path: Path) -> None:
    """A script or a missing file gives a sentence, not a traceback."""
    script = tmp_path / "a.py"
    script.write_text("print(1)", "utf-8")

    with pytest.raises(InputError, match="is not a notebook"):
        run_notebook(script, tmp_path / "out.ipynb", {})
    with pytest.raises(InputError, match="There is no notebook"):
        run_notebook(tmp_path / "gone.ipynb", tmp_path / "out.ipynb", {})


def test_a_failing_notebook_is_kept_apart_and_holds_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The output of an earlier run stays, the partial one lies beside it, and neither error nor file tells the secret."""
    monkeypatch.setenv("HUBSPOT_TOKEN", CANARY)
    folder = tmp_path / "a {client} folder"
    folder.mkdir()
    output = folder / "out.ipynb"
    output.write_text("the last good one", "utf-8")
    source = template(
        folder / "a.ipynb",
        "import os\nfound = os.environ['HUBSPOT_TOKEN']\nprint('seen', found, name, count)",
        "raise RuntimeError('https://ann:hunter22@crm.example/?token=abcdef99 ' + found)",
    )

    with pytest.raises(NotebookError, match="stopped at cell 4 with RuntimeError") as caught:
        run_notebook(source, output, {"name": "'''; import os; os.abort()", "count": 7})

    kept = caught.value.partial_path.read_text("utf-8")
    assert output.read_text("utf-8") == "the last good one"
    printed = [one["text"] for cell in json.loads(kept)["cells"] for one in cell.get("outputs", ()) if "text" in one]
    assert ["".join(text) for text in printed] == ["seen «removed» '''; import os; os.abort() 7\n"]
    for secret in (CANARY, "hunter22", "abcdef99"):
        assert secret not in kept
        assert secret not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "output_path" not in kept
    assert {one.name for one in folder.iterdir()} == {"a.ipynb", "out.ipynb", "out.failed.ipynb"}


def test_parameters_may_come_as_a_typed_model(tmp_path: Path) -> None:
    """A pydantic model is checked like a plain mapping."""

    class Wrong(BaseModel):
        counts: int = 2

    with pytest.raises(UnknownNameError):
        run_notebook(template(tmp_path / "a.ipynb"), tmp_path / "out.ipynb", Wrong())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Authorization: Bearer abc.def-ghi12345", "Authorization: Bearer «removed»"),
        ("client_secret=12345678&page=2", "client_secret=«removed»&page=2"),
        ("the key question is whether tokens help", "the key question is whether tokens help"),
    ],
)
def test_what_looks_like_a_secret_is_removed(text: str, kept: str) -> None:
    """Forms of secrets are known even where their value is not; ordinary words stay."""
    assert redacted_text(text) == kept


def test_an_error_of_ours_is_one_box_and_the_notebook_still_fails(tmp_path: Path) -> None:
    """Message and next step, shown once, without a traceback; others keep theirs (the test above has one)."""
    source = template(tmp_path / "a.ipynb", "from toolkit import open_engagement\nopen_engagement('<b>gone</b>')")

    with pytest.raises(NotebookError, match="stopped at cell 2 with InputError: There is no folder '<b>gone</b>'") as caught:
        run_notebook(source, tmp_path / "out.ipynb", {})

    cells = json.loads(caught.value.partial_path.read_text("utf-8"))["cells"]
    [box, error] = [
        one
        for cell in cells
        for one in cell.get("outputs", ())
        if one["output_type"] in {"display_data", "error"}
        and "papermill-error-cell-tag" not in cell["metadata"].get("tags", [])
    ]
    assert "&lt;b&gt;gone" in "".join(box["data"]["text/html"])
    assert "Mend it, then run this cell again." in "".join(box["data"]["text/plain"])
    assert (error["ename"], error["traceback"]) == ("InputError", ["Stopped: InputError"])

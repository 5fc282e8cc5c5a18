"""F56 and S01: notebooks of jobs run in any order, again, and with secrets around them."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import toolkit
from tests.canaries import forms
from tests.command_line import call
from toolkit.audit.engagement import open_engagement
from toolkit.bundled import bundled
from toolkit.errors import InputError
from toolkit.notebooks import NotebookError, run_notebook

NOTEBOOKS = ("09_cleanup_job.ipynb", "10_sync_job.ipynb")
EXPORT = "id,name,phone\n1,Ann Ltd,312-555-0101\n2,Bob Ltd,312-555-0102\n"
both = pytest.mark.parametrize("name", NOTEBOOKS)


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an engagement with a plan that nobody has agreed to."""
    found = tmp_path_factory.mktemp("jobs") / "client"
    (found / "exports").mkdir(parents=True)
    (found / "engagement.yaml").write_text("client: Harbor\n", "utf-8")
    (found / "exports" / "crm_companies.csv").write_text(EXPORT, "utf-8")
    assert call("pull", found).code == 0
    assert call("plan", "cleanup", "crm_companies", found).code == 0
    return found


@pytest.fixture
def folder(tmp_path: Path, pulled: Path) -> Path:
    """Return it for one test to change."""
    return Path(shutil.copytree(pulled, tmp_path / "client"))


def written(folder: Path) -> dict[str, bytes]:
    """Return every file that an import would be made of."""
    homes = (folder / "reports").glob("import-*")
    return {str(path.relative_to(folder)): path.read_bytes() for home in homes for path in home.rglob("*") if path.is_file()}


def parameters(folder: Path, **more: Any) -> dict[str, Any]:
    return {"engagement": str(folder), "system": "crm_companies", "plan": "latest", "mode": "write", **more}


def reordered(name: str, target: Path, *order: int) -> Path:
    """Return a notebook whose code cells behind the parameters stand in another order; each may stand more than once."""
    notebook = json.loads((bundled("notebooks") / name).read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    notebook["cells"] = [copy.deepcopy(code[place]) for place in (0, *order)]
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number}"
    target.write_text(json.dumps(notebook), "utf-8")
    return target


@both
def test_f56_cells_out_of_order_write_nothing_that_nobody_agreed_to(folder: Path, tmp_path: Path, name: str) -> None:
    """The last cell first, as after a restart of the kernel; the last one behind the first; and every cell twice."""
    for number, order in enumerate(((-1, 1, 2), (1, -1, 2), (1, 2, -1, -1), (2, 1, -1))):
        notebook = reordered(name, tmp_path / f"{number}.ipynb", *order)
        with pytest.raises(NotebookError):
            run_notebook(notebook, tmp_path / f"{number}-run.ipynb", parameters(folder), is_ours=True)

    assert written(folder) == {}


@both
def test_f56_a_second_run_of_an_approved_plan_changes_nothing(folder: Path, tmp_path: Path, name: str) -> None:
    """The same files with the same bytes, and no second folder of them; cells that run twice are no more than once."""
    toolkit.approve_plan(open_engagement(folder), "latest", by="Nora")
    notebook = bundled("notebooks") / name
    run_notebook(notebook, tmp_path / "first.ipynb", parameters(folder), is_ours=True)
    first = written(folder)

    run_notebook(notebook, tmp_path / "second.ipynb", parameters(folder), is_ours=True)
    twice = reordered(name, tmp_path / "twice.ipynb", 1, 2, -2, -1, -1, 2, -2, -1)
    run_notebook(twice, tmp_path / "third.ipynb", parameters(folder), is_ours=True)

    assert first
    assert written(folder) == first


@both
def test_s01_the_record_of_a_job_holds_no_secret(
    folder: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by its name nor by its looks is one taken, and what stands in the environment is in no cell."""
    secret = "CANARY-5f0e/9d+81c7=a2"
    monkeypatch.setenv("CRM_TOKEN", secret)
    notebook = bundled("notebooks") / name
    record = tmp_path / "record.ipynb"
    refused = [
        {"token": "x"},
        {"api_key": "x"},
        {"system": secret},
        {"plan": "xoxb-CANARYCANARY"},
        {"mode": "Bearer CANARYCANARY"},
    ]

    for one in refused:
        with pytest.raises(InputError, match="looks like a secret") as caught:
            run_notebook(notebook, record, parameters(folder, **one), is_ours=True)
        assert "CANARY" not in str(caught.value)
    assert not record.exists()
    leaky = reordered(name, tmp_path / "leaky.ipynb", 1)
    told = json.loads(leaky.read_text("utf-8"))
    told["cells"][-1]["source"] = ["import os\nprint(os.environ['CRM_TOKEN'])\nos.environ['CRM_TOKEN']"]
    leaky.write_text(json.dumps(told), "utf-8")
    run_notebook(leaky, record, parameters(folder, mode="rehearse"), is_ours=True)

    text = record.read_text("utf-8")
    assert not [form for form in forms(secret) if form in text]
    assert json.loads(text)["metadata"]["papermill"]["parameters"]["plan"] == "latest"

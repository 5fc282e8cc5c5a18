"""The notebooks in an engagement: whole, without results, renewed while untouched, and never taken from their owner."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from toolkit.audit.notebook_copies import copy_notebooks
from toolkit.bundled import bundled
from toolkit.disk import private_folder


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Return a folder with one template."""
    write(private_folder(tmp_path / "templates") / "01_landscape.ipynb", "print(1)")
    return tmp_path / "templates"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    return private_folder(tmp_path / "client")


def write(path: Path, code: str) -> None:
    """Write a template with a parameter and one cell that has run."""
    given: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {"tags": ["parameters"]},
        "source": 'engagement: str = "harbor-pine"  # folder',
        "outputs": [],
        "execution_count": None,
    }
    run = {**given, "id": "b", "metadata": {}, "source": code, "execution_count": 4, "outputs": [output("old")]}
    path.write_text(json.dumps({"cells": [given, run], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")


def output(text: str) -> dict[str, Any]:
    """Return what a cell printed."""
    return {"output_type": "stream", "name": "stdout", "text": [text]}


def change(path: Path, **cell: Any) -> None:
    """Change the last cell of a notebook, as JupyterLab would on saving."""
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][-1] |= cell
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    path.write_text(json.dumps(notebook), "utf-8")


def test_an_engagement_gets_every_notebook_with_a_number_of_its_own(client: Path) -> None:
    """Each is a valid notebook without results, for the folder above and any Python kernel."""
    [said] = copy_notebooks(client)

    copies = sorted((client / "notebooks").glob("*.ipynb"))
    numbers = [int(one.name[:2]) for one in copies if one.name[:2].isdigit()]
    assert numbers == sorted(set(numbers))
    assert said == f"Notebooks: {client / 'notebooks'} ({len(copies)} notebooks for JupyterLab)"
    assert [one.name for one in copies] == sorted(one.name for one in bundled("notebooks").glob("*.ipynb"))
    for path in copies:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
        [given] = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
        assert 'engagement: str = ".."' in given.source
        assert not any(cell.get("outputs") for cell in notebook.cells)
        assert notebook.metadata.kernelspec.name == "python3"


def test_a_second_time_changes_nothing(client: Path, templates: Path) -> None:
    """Also where the consultant has run or changed one, or put one aside."""
    write(templates / "02_snapshots.ipynb", "print(2)")
    copy_notebooks(client, templates)
    home = client / "notebooks"
    change(home / "01_landscape.ipynb", source="print(7)", outputs=[output("7")])
    (home / "02_snapshots.ipynb").unlink()
    before = (home / "01_landscape.ipynb").read_bytes()

    assert copy_notebooks(client, templates) == ()
    assert [one.name for one in home.glob("*.ipynb")] == ["01_landscape.ipynb"]
    assert (home / "01_landscape.ipynb").read_bytes() == before


def test_a_copy_that_nobody_touched_follows_its_template(client: Path, templates: Path) -> None:
    """A new version of the toolkit brings its notebooks, and says so."""
    copy_notebooks(client, templates)
    write(templates / "01_landscape.ipynb", "print('better')")

    [said] = copy_notebooks(client, templates)

    assert said.startswith("Renewed in ")
    assert "print('better')" in (client / "notebooks" / "01_landscape.ipynb").read_text("utf-8")
    assert copy_notebooks(client, templates) == ()


@pytest.mark.parametrize(
    "own", [{"source": "print(7)"}, {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}]
)
def test_a_copy_that_was_changed_or_run_is_left_alone(client: Path, templates: Path, own: dict[str, Any]) -> None:
    """What the consultant wrote is never written over; that there is a newer one is said."""
    copy_notebooks(client, templates)
    path = client / "notebooks" / "01_landscape.ipynb"
    change(path, **own)
    before = path.read_bytes()
    write(templates / "01_landscape.ipynb", "print('better')")

    [said] = copy_notebooks(client, templates)

    assert "Left as they are" in said
    assert "01_landscape.ipynb" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", ["", "no notebook", "[]", '{"cells": 3, "metadata": {}}', '{"cells": [{}], "metadata": []}']
)
def test_what_is_no_notebook_is_left_alone(client: Path, templates: Path, content: str) -> None:
    """A file of that name belongs to whoever put it there."""
    private_folder(client / "notebooks").joinpath("01_landscape.ipynb").write_text(content, "utf-8")

    [said] = copy_notebooks(client, templates)

    assert "Left as they are" in said
    assert (client / "notebooks" / "01_landscape.ipynb").read_text("utf-8") == content


@pytest.fixture
def before(client: Path, tmp_path: Path) -> Path:
    """Return the notebooks of an engagement that an earlier version made: two of them go by other names now."""
    earlier = private_folder(tmp_path / "earlier")
    for name in ("01_landscape", "04_duplicates", "05_differences", "08_decisions"):
        write(earlier / f"{name}.ipynb", f"print({name!r})")
    copy_notebooks(client, earlier)
    home = client / "notebooks"
    (home / ".templates.json").unlink()
    return home


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Return the templates of today: one was renamed, one went into others, one is new."""
    found = private_folder(tmp_path / "newer")
    for name in ("01_landscape", "04_duplicates", "05_mismatches", "11_go_live"):
        write(found / f"{name}.ipynb", f"print({name!r})")
    return found


def names(home: Path) -> list[str]:
    return sorted(one.stem for one in home.glob("*.ipynb"))


def test_what_goes_by_another_name_now_takes_the_place_of_an_untouched_copy(before: Path, newer: Path) -> None:
    """And what is new comes; a second time there is nothing to say."""
    said = copy_notebooks(before.parent, newer)

    assert names(before) == ["01_landscape", "04_duplicates", "05_mismatches", "11_go_live"]
    assert [one for one in said if "taken away" in one] == list(said[:2])
    assert said[-1] == f"New in {before}: 11_go_live.ipynb."
    assert copy_notebooks(before.parent, newer) == ()


def test_a_changed_copy_of_an_old_name_is_left_and_named(before: Path, newer: Path) -> None:
    """The new one stands beside it; it is said once, not with every audit."""
    change(before / "05_differences.ipynb", source="print('mine')")
    held = (before / "05_differences.ipynb").read_bytes()

    said = copy_notebooks(before.parent, newer)

    assert names(before) == ["01_landscape", "04_duplicates", "05_differences", "05_mismatches", "11_go_live"]
    assert (before / "05_differences.ipynb").read_bytes() == held
    assert said[0] == (
        f"What 05_differences.ipynb showed stands in 05_mismatches.ipynb now; yours in {before} was changed or run, and is "
        "left as it is."
    )
    assert copy_notebooks(before.parent, newer) == ()


def test_a_notebook_that_was_deleted_does_not_come_back_under_its_new_name(before: Path, newer: Path) -> None:
    """Nor does any other that was put aside, before or after."""
    for name in ("01_landscape", "05_differences", "08_decisions"):
        (before / f"{name}.ipynb").unlink()

    copy_notebooks(before.parent, newer)
    (before / "11_go_live.ipynb").unlink()
    copy_notebooks(before.parent, newer)

    assert names(before) == ["04_duplicates"]

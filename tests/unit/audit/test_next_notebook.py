"""Which notebook ``lab`` opens: the one in which the next step is done."""

from pathlib import Path

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.next_notebook import lab_folder, next_notebook
from toolkit.errors import InputError

COMPANIES = "Record ID,Company name,Phone Number\n1,Acme Ltd,312 555 0101\n2,Bolt Inc,312 555 0102\n"


def test_without_files_it_is_the_one_that_reads_them(tmp_path: Path) -> None:
    """An empty engagement has its notebooks from the beginning."""
    call("new", tmp_path / "client")

    assert next_notebook(tmp_path / "client") == "notebooks/02_snapshots.ipynb"


def test_when_all_is_audited_it_is_what_the_client_reads(tmp_path: Path) -> None:
    """Nothing is asked and no pair is doubtful; when another file comes, it is looked at from the beginning."""
    folder = folder_of(tmp_path / "client", {"exports/crm/companies.csv": COMPANIES})
    call("pull", folder)
    lab_folder(folder)
    before = next_notebook(folder)
    call("audit", folder, "--no-questions")

    assert before == "notebooks/01_landscape.ipynb"
    assert next_notebook(folder) in {"notebooks/client_report.ipynb", "notebooks/01_landscape.ipynb"}


def test_a_notebook_that_was_put_aside_is_not_opened(tmp_path: Path) -> None:
    """The first one is, and without that the folder."""
    call("new", tmp_path / "client")
    home = tmp_path / "client" / "notebooks"
    (home / "02_snapshots.ipynb").unlink()
    first = next_notebook(tmp_path / "client")
    (home / "01_landscape.ipynb").unlink()

    assert (first, next_notebook(tmp_path / "client")) == ("notebooks/01_landscape.ipynb", "")


def test_a_folder_of_files_gets_its_notebooks(tmp_path: Path) -> None:
    """Without an engagement.yaml; a folder that is not there is said."""
    folder = folder_of(tmp_path / "client", {"companies.csv": COMPANIES})

    home, [said] = lab_folder(folder)

    assert home == folder
    assert said.startswith("Notebooks: ")
    with pytest.raises(InputError, match="There is no folder"):
        lab_folder(tmp_path / "gone")

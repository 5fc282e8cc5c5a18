"""Which notebook of an engagement is next, so that JupyterLab can open it."""

from pathlib import Path

from toolkit.audit.engagement import existing_engagement, open_engagement, usable_path
from toolkit.audit.notebook_copies import FOLDER, copy_notebooks
from toolkit.audit.pull.sources import client_files
from toolkit.audit.status import engagement_status
from toolkit.errors import InputError, ToolkitError

FIRST = "01_landscape.ipynb"


def lab_folder(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder of an engagement with its notebooks put in, and what was done for that, in sentences.

    Raises
    ------
    InputError
        There is no such folder, its settings are wrong, or it is no engagement and holds no file to begin one with.
    """
    path = usable_path(folder)
    engagement = open_engagement(path) if path.is_dir() and client_files(path) else existing_engagement(path)
    try:
        home = engagement.folder
        if engagement.store.is_read_only and not (home / FOLDER).is_dir():
            raise InputError(f"Cannot write into {home}: it is read-only, and holds no notebooks. Copy it to work in it.")
        return home, () if engagement.store.is_read_only else copy_notebooks(home)
    finally:
        engagement.close()


def next_notebook(folder: Path) -> str:
    """Return the notebook in which the next step is done, as seen from the engagement's folder.

    The first one where nothing is amiss; empty where it is not there.
    """
    try:
        found = engagement_status(folder)
    except ToolkitError:
        wanted = FIRST
    else:
        wanted = found["next_notebook"] or FIRST
    there = {path.name for path in (folder / FOLDER).glob("*.ipynb")}
    return next((f"{FOLDER}/{one}" for one in (wanted, FIRST) if one in there), "")

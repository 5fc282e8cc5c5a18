"""What a run leaves behind that was killed: cleared away by the next one, which alone may write then."""

from pathlib import Path

from toolkit.disk import removed_folder

_OURS = ("snapshots", "quarantine", "results", "matching", "plans", "notebooks", "reports")


def remove_leftovers(folder: Path) -> None:
    """Remove half-written files and folders below the engagement ``folder``; the client's own files are not looked at.

    Only for who holds the right to write: nobody else is then writing what is removed.
    """
    for path in folder.glob(".*.partial"):
        path.unlink(missing_ok=True)
    for home in _OURS:
        for path in [*(folder / home).rglob(".*.partial"), *(folder / home).rglob(".partial-*")]:
            if path.is_dir():
                removed_folder(path)
            else:
                path.unlink(missing_ok=True)
    for path in (folder / "snapshots").glob("*/*/*.json"):
        # A manifest and its side tables are moved into place before the records that make a snapshot of them.
        if not path.with_suffix(".parquet").exists():
            for part in path.parent.glob(f"{path.stem}.*"):
                part.unlink(missing_ok=True)

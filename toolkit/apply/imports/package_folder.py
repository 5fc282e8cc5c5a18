"""The folder in which the files of a plan are handed over: private, whole or not there, never a mix of two."""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from toolkit.apply.imports.import_files import MANIFEST, ImportPackage
from toolkit.disk import atomic_file, disk_errors, private_folder, removed_folder


def write_import_files(package: ImportPackage, folder: Path) -> Path:
    """Write a package so that it appears at once; return its folder.

    A package of the same content that is there already is left as it is. Another one is put aside, whole, under the folder's
    name with what its manifest hashes to.

    Parameters
    ----------
    package
        What is written.
    folder
        Where it appears.

    Raises
    ------
    InputError
        The disk is full, or the folder cannot be written.
    """
    if _is_there(package, folder):
        return folder
    private_folder(folder.parent)
    with _temporary(folder) as made:
        for one in package.files:
            with atomic_file(made / one.name) as stream:
                stream.write(one.content)
        with disk_errors(folder):
            if folder.exists():
                folder.rename(_aside(folder))
            made.rename(folder)
    return folder


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Yield a private folder beside ``folder``, which is gone afterwards unless it has taken a name of its own."""
    with disk_errors(folder):
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name[:60]}.", suffix=".partial", dir=folder.parent))
    try:
        yield made
    finally:
        removed_folder(made)


def _is_there(package: ImportPackage, folder: Path) -> bool:
    """Whether every file of the package is there as it would be written, and no other."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found == {one.name for one in package.files} and all(
        (folder / one.name).read_bytes() == one.content for one in package.files
    )


def _aside(folder: Path) -> Path:
    """Return a free name for what stands there."""
    manifest = folder / MANIFEST
    told = hashlib.sha256(manifest.read_bytes()).hexdigest()[:12] if manifest.is_file() else "other"
    names = (folder.with_name(f"{folder.name}.{told}-{at}") for at in count(1))
    return next(one for one in names if not one.exists())

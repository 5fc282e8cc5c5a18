"""Private folders and files that are whole or not there.

An engagement holds a client's confidential data: folders are 0700, files 0600. A file is written beside its place, flushed
to disk and moved there in one step, so that nobody ever sees half of one. What a disk may do to us (full, read-only,
vanished) becomes an `InputError` that names the folder.
"""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from toolkit.errors import InputError

_WHAT_TO_DO = {
    errno.ENOSPC: "the disk is full. Free some space and start again",
    errno.EDQUOT: "the disk quota is used up. Free some space and start again",
    errno.EROFS: "the disk is read-only. Choose a folder that can be written",
    errno.EACCES: "it may not be written. Choose another folder or change its permissions",
    errno.EPERM: "it may not be written. Choose another folder or change its permissions",
    errno.ENOENT: "it is gone. Was the folder moved or a drive unplugged?",
    errno.ENOTDIR: "a file stands where a folder should be. Rename it or choose another folder",
    errno.ENAMETOOLONG: "the name is too long for this disk. Choose a shorter one",
}


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what a disk does to us into an `InputError` that names ``path`` and the next step."""
    try:
        yield
    except OSError as error:
        known = _WHAT_TO_DO.get(error.errno or 0)
        if known is None:
            raise
        end = "" if known.endswith("?") else "."
        raise InputError(f"Cannot write {path}: {known}{end} Nothing was left half-written.") from error


def private_folder(path: Path) -> Path:
    """Create ``path`` and its missing parents, open to the owner only; return it."""
    with disk_errors(path):
        missing = [path, *path.parents]
        missing = missing[: next((i for i, one in enumerate(missing) if one.exists()), len(missing))]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(path))
    return path


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` for a writer of its own; on success it takes the place of ``path``."""
    private_folder(path.parent)
    with disk_errors(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".partial", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
            temporary.chmod(0o600)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def atomic_file(path: Path, mode: str = "wb", **open_options: Any) -> Iterator[IO[Any]]:
    """Yield an open file that becomes ``path`` only when the block ends without an error."""
    with atomic_path(path) as temporary, temporary.open(mode, **open_options) as stream:
        yield stream


def linked_or_copied(old: Path, new: Path) -> None:
    """Give a file that is never changed a second name; where the disk knows no such thing, copy it."""
    try:
        new.hardlink_to(old)
    except OSError:
        with atomic_path(new) as path:
            shutil.copyfile(old, path)


def removed_folder(path: Path) -> None:
    """Remove a folder of ours and everything in it; nothing happens when it is not there."""
    shutil.rmtree(path, ignore_errors=True)

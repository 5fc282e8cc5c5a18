"""Recorded hashes, compared when a file is read: what a disk, a sync or a hand changed is not read as something else.

SHA-256: processors of the last ten years compute 1 to 2 GB of it a second, several times what Parquet is decoded at, so a
weaker hash would save nothing that anybody notices.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Return the hash of a file's content; empty when there is no such file.

    A file that has not changed since this process hashed it (size, time of change, place on the disk) is not read again.
    """
    try:
        seen = path.stat()
    except OSError:
        return ""
    return _sha256(path, seen.st_size, seen.st_mtime_ns, seen.st_ino)


def joint_sha256(own: str, others: Mapping[str, str]) -> str:
    """Return one hash for a file and those beside it, by name: a file without any keeps its own."""
    if not others:
        return own
    return hashlib.sha256(json.dumps([own, dict(others)], sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=4096)
def _sha256(path: Path, _size: int, _changed_ns: int, _place: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

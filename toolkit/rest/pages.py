r"""Pages on disk: each one whole with the place where the pull goes on, or not there at all.

A log holds one pull of one stream. A page is appended as a line of JSON (its length, its checksum, what comes next), its
bytes and a line end, and the system has it before the next request goes out: no end of this process loses it. Since the page
and the place behind it are one piece, neither can be there without the other; what is half-written is cut off when the log
is opened again. The disk itself is waited for a few times a second and at the end: where the power fails, the pages of the
last moment are asked for once more.
"""

import json
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from toolkit.disk import disk_errors, private_folder

LOG_NAME = "pages.partial"

_SYNC_S = 0.2
"""Waiting for the disk after every page would be half the work of a fast list."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page of a log: which reading it belongs to, where the pull goes on behind it (None: nowhere), its bytes."""

    reading: int
    following: Mapping[str, Any] | None
    facts: Mapping[str, Any]
    body: bytes


class PageLog:
    """The pages of one pull of one stream; only one process writes it. Close it, or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        """Open the log in ``folder``, which is created when missing; what is half-written at its end is cut off."""
        self.path = private_folder(folder) / LOG_NAME
        self.begun: Mapping[str, Any] | None = None
        self.last: KeptPage | None = None
        self.page_count = 0
        self._synced_at = -_SYNC_S
        with disk_errors(self.path):
            self._file: IO[bytes] = self.path.open("ab+")
            self.path.chmod(0o600)
            self._recover()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"PageLog({str(self.path)!r}, pages={self.page_count})"

    def close(self) -> None:
        """Let go of the file; it stays."""
        self._file.close()

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Forget what is there, and begin a pull that is described by ``facts``."""
        with disk_errors(self.path):
            self._file.truncate(0)
            self._append({"begun": dict(facts)}, b"")
        self.begun, self.last, self.page_count = dict(facts), None, 0

    def add(self, reading: int, body: bytes, following: Mapping[str, Any] | None, facts: Mapping[str, Any]) -> None:
        """Keep a page, and the place behind it; behind the last one all are on the disk when this returns.

        Parameters
        ----------
        reading
            Place of its reading among the stream's.
        body
            The page.
        following
            Where the pull goes on; None: it is done.
        facts
            What else is to be known of the page.
        """
        with disk_errors(self.path):
            self._append({"reading": reading, "following": following, "facts": dict(facts)}, body)
            if following is None or time.monotonic() - self._synced_at >= _SYNC_S:
                self._sync()
        self.last = KeptPage(reading, following, facts, b"")
        self.page_count += 1

    def pages(self) -> Iterator[KeptPage]:
        """Yield the pages that are kept, in the order in which they came; one at a time is in memory."""
        with self.path.open("rb") as stream:
            for head, body, _ in _frames(stream):
                if "begun" not in head:
                    yield KeptPage(head["reading"], head["following"], head["facts"], body)

    def remove(self) -> None:
        """Remove the log: what it held is in a snapshot."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _append(self, head: Mapping[str, Any], body: bytes) -> None:
        line = json.dumps({**head, "bytes": len(body), "crc": zlib.crc32(body)}, ensure_ascii=False).encode()
        self._file.write(b"%s\n%s\n" % (line, body))
        self._file.flush()

    def _sync(self) -> None:
        """Wait until all that was written is on the disk."""
        os.fdatasync(self._file.fileno()) if hasattr(os, "fdatasync") else os.fsync(self._file.fileno())
        self._synced_at = time.monotonic()

    def _recover(self) -> None:
        """Read what is kept, and cut off what is not whole."""
        end = 0
        self._file.seek(0)
        for head, body, place in _frames(self._file):
            end = place
            if "begun" in head:
                self.begun = head["begun"]
            else:
                self.last = KeptPage(head["reading"], head["following"], head["facts"], b"")
                self.page_count += 1
            del body
        self._file.seek(0, os.SEEK_END)
        if self._file.tell() > end:
            self._file.truncate(end)
            self._file.seek(0, os.SEEK_END)


def _frames(stream: IO[bytes]) -> Iterator[tuple[dict[str, Any], bytes, int]]:
    """Yield what is whole, and where it ends."""
    place = 0
    while line := stream.readline():
        try:
            head = json.loads(line)
            body = stream.read(head["bytes"] + 1)
            is_whole = len(body) == head["bytes"] + 1 and body.endswith(b"\n") and zlib.crc32(body[:-1]) == head["crc"]
        except (ValueError, KeyError, TypeError):
            return
        if not is_whole:
            return
        place += len(line) + len(body)
        yield head, body[:-1], place

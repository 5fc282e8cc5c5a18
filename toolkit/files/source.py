"""Bytes that can be opened again: a file, or a member of an archive behind the guard against bombs."""

import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO

from toolkit.errors import InputError
from toolkit.files.encoding import Utf8Stream

MAX_TOTAL_BYTES = 500_000_000
MAX_RATIO = 100
# A small file may well shrink a thousandfold (a sheet of empty rows); a bomb is one only when it is big.
RATIO_COUNTS_FROM_BYTES = 10_000_000
MAX_WHOLE_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a caller knows of a file: names of columns, hidden sheets to read all the same, and the encoding of its text.

    ``is_filled_in`` says that the file is a form of ours that came back: each sheet holds one table, and hidden ones count.
    """

    known_headers: frozenset[str] = frozenset()
    hidden_sheets: frozenset[str] = frozenset()
    encoding: str = ""
    is_filled_in: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader reads.

    ``file`` and ``part`` name it in every table and message; ``name`` is the last piece of its name, for its extension;
    ``size`` counts its bytes as stored. ``depth`` counts the archives around it. ``code_page`` is the codec of text
    that is not UTF-8; empty where nobody looked.
    """

    file: str
    part: str
    name: str
    size: int
    open: Callable[[], BinaryIO]
    sha256: str = ""
    depth: int = 0
    notes: tuple[str, ...] = ()
    code_page: str = ""

    @property
    def label(self) -> str:
        """The file, and the part in it, as a message names it."""
        return repr(f"{self.file}: {self.part}") if self.part else repr(self.file)

    def text(self) -> Utf8Stream:
        """Return the text of the file as a stream of UTF-8."""
        return Utf8Stream(self.open(), self.code_page)

    def head(self, count: int) -> bytes:
        """Return the first ``count`` bytes."""
        with self.open() as stream:
            return stream.read(count)

    def whole(self) -> bytes:
        """Return all bytes; more than 256 MB are refused, because a reader that needs them all would fill the memory."""
        with self.open() as stream:
            data = stream.read(MAX_WHOLE_BYTES + 1)
        if len(data) > MAX_WHOLE_BYTES:
            raise InputError(
                f"{self.label} is larger than {MAX_WHOLE_BYTES // 1_000_000} MB, which this format cannot be read at. "
                "Export it as CSV, or in parts."
            )
        return data


@dataclass(slots=True)
class Budget:
    """What an archive has unpacked to so far, over all its members; a second reading of a member counts once."""

    label: str
    bytes_by_member: dict[str, int] = field(default_factory=dict)

    def spend(self, member: str, unpacked: int, packed: int) -> None:
        """Refuse the archive when ``member``, unpacked so far to that many bytes, goes beyond what is safe.

        Parameters
        ----------
        member
            Name of the file in the archive; the same name is counted once, with the most that it unpacked to.
        unpacked, packed
            Bytes so far, and the bytes that the archive says it takes for the member.
        """
        self.bytes_by_member[member] = max(unpacked, self.bytes_by_member.get(member, 0))
        if unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1):
            raise InputError(
                f"{self.label} unpacks to more than {MAX_RATIO} times its size: it looks like a file made to fill a disk. "
                "If it is genuine, unpack it yourself and put the files in its place."
            )
        if sum(self.bytes_by_member.values()) > MAX_TOTAL_BYTES:
            raise InputError(
                f"{self.label} unpacks to more than {MAX_TOTAL_BYTES // 1_000_000} MB. Unpack it yourself and put the "
                "files in its place."
            )


class GuardedStream(io.RawIOBase):
    """An unpacking stream that counts what really comes out, whatever the archive declares."""

    def __init__(
        self, raw: IO[bytes] | gzip.GzipFile, member: str, packed: int, budget: Budget, *, below: BinaryIO | None = None
    ) -> None:
        super().__init__()
        self._raw, self._member, self._packed, self._budget, self._below = raw, member, packed, budget, below
        self._count = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``; 0 at the end."""
        target = memoryview(buffer).cast("B")
        # A reader that asks for all gets it in pieces, so that a bomb is met early.
        data = self._raw.read(min(len(target), 1 << 20))
        target[: len(data)] = data
        self._count += len(data)
        self._budget.spend(self._member, self._count, self._packed)
        return len(data)

    def close(self) -> None:
        """Close the archive's stream too, and the file below it."""
        if not self.closed:
            self._raw.close()
            if self._below is not None:
                self._below.close()
        super().close()

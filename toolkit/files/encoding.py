"""Text of any encoding as a stream of UTF-8, without ever losing a byte in silence.

A file is UTF-8, UTF-16 or UTF-32 by its byte-order mark or its pattern of zero bytes. Everything else is UTF-8 where it is
valid UTF-8 and in a code page where it is not, sequence by sequence: files that were pasted together mix both. Encodings of
two bytes a character are read as such from end to end. A byte that has no meaning (and half a surrogate pair) becomes
``UNREADABLE`` and two hexadecimal digits, so that its row can be put aside and shown.
"""

import codecs
import io
import re
from functools import cache
from typing import Any, BinaryIO

UNREADABLE = "\ufdd0"
"""Marks a byte without meaning: a code point that Unicode keeps out of every text."""

_UNREADABLE_BYTES = UNREADABLE.encode()
_BLOCK_BYTES = 1 << 20
_MARK = "toolkit-mark"
_WIDE = frozenset({"shift_jis", "cp932", "gb18030", "euc_kr", "cp949", "big5", "cp950", "euc_jp"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
_NO_FILES = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "utf_7", "mbcs", "oem"})


def _refused_pieces(error: UnicodeError) -> tuple[bytes, int, bool]:
    """Return the bytes that a decoder refused, where it goes on, and whether they mean nothing in any code page."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    following = error.object[error.start : error.start + 3]
    is_utf8 = error.encoding == "utf-8"
    if is_utf8 and len(following) == 3 and following[0] == 0xED and following[1] >= 0xA0 and following[2] >= 0x80:
        return following, error.start + 3, True
    return error.object[error.start : error.end], error.end, not is_utf8


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Return marks for the bytes that a decoder refused, and where it goes on."""
    refused, end, _ = _refused_pieces(error)
    return _marked(refused), end


def _marked(data: bytes) -> str:
    return "".join(f"{UNREADABLE}{byte:02x}" for byte in data)


# A codec looks its error handler up by name in one table of the process; there is no other door.
codecs.register_error(_MARK, _mark)


@cache
def _fallback(code_page: str) -> str:
    """Return the name of the error handler that reads what is no UTF-8 in a code page."""

    def handled(error: UnicodeError) -> tuple[str, int]:
        refused, end, is_meaningless = _refused_pieces(error)
        return (_marked(refused) if is_meaningless else refused.decode(code_page, _MARK)), end

    name = f"toolkit-{code_page}"
    codecs.register_error(name, handled)
    return name


def codec_of(encoding: str) -> str:
    """Return the codec of an encoding as people write it; empty when there is none of that name.

    Examples
    --------
    >>> [codec_of(name) for name in ("Windows-1250", "latin1", "MacRoman", "Shift-JIS", "klingon")]
    ['cp1250', 'iso8859-1', 'mac-roman', 'shift_jis', '']
    """
    for spelling in (encoding, re.sub(r"[^a-z0-9]", "", encoding.casefold())):
        try:
            name = codecs.lookup(spelling).name
            # Python keeps codecs of bytes to bytes and of escapes under the same roof.
            if name.replace("-", "_") not in _NO_FILES and isinstance(b"a".decode(name, "ignore"), str):
                return name
        except (LookupError, ValueError):
            continue
    return ""


def sniffed_encoding(sample: bytes) -> tuple[str, int]:
    """Return the codec to begin with and the length of the byte-order mark.

    Examples
    --------
    >>> sniffed_encoding("Müller".encode("utf-16"))
    ('utf-16-le', 2)
    >>> sniffed_encoding(b"Name,City")
    ('utf-8', 0)
    """
    for mark, codec in _BOMS:
        if sample.startswith(mark):
            return codec, len(mark)
    pairs = len(sample) // 2
    if pairs >= 2:
        # Text of Western business is mostly ASCII, so that every second byte of its UTF-16 is zero.
        low, high = sample[: 2 * pairs : 2].count(0), sample[1::2].count(0)
        if high > 0.4 * pairs and low < 0.05 * pairs:
            return "utf-16-le", 0
        if low > 0.4 * pairs and high < 0.05 * pairs:
            return "utf-16-be", 0
    return "utf-8", 0


def encoding_name(codec: str) -> str:
    """Return a codec's name as people write it.

    Examples
    --------
    >>> [encoding_name(codec) for codec in ("cp1250", "cp850", "mac-roman", "shift_jis")]
    ['windows-1250', 'cp850', 'mac-roman', 'shift-jis']
    """
    if codec in {"cp932", "shift_jis"}:
        return "shift-jis"
    return codec.replace("cp125", "windows-125").replace("_", "-")


class BlockStream(io.RawIOBase):
    """A file that is handed on changed, block by block."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._raw = raw
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``; 0 at the end."""
        target = memoryview(buffer).cast("B")
        while not self._ready:
            block = self._block()
            if block is None:
                return 0
            self._ready = memoryview(block)
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        """Close the file underneath too."""
        if not self.closed:
            self._raw.close()
        super().close()

    def _block(self) -> bytes | None:
        """Return the next block, which may be empty; None at the end."""
        raise NotImplementedError


class Utf8Stream(BlockStream):
    """Bytes of any encoding, read as UTF-8 without a byte-order mark.

    ``code_page`` is the codec of what is neither marked as UTF-16 or -32 nor valid UTF-8.
    ``encoding`` and ``has_bad`` (an unreadable byte or a NUL was met) hold for what was read so far.
    """

    def __init__(self, raw: BinaryIO, code_page: str = "") -> None:
        super().__init__(raw)
        sample = raw.read(_BLOCK_BYTES)
        self._codec, skip = sniffed_encoding(sample[:4096])
        self._code_page = code_page or "cp1252"
        if self._codec == "utf-8" and not skip and self._code_page in _WIDE:
            self._codec = self._code_page
        self._decoder = codecs.getincrementaldecoder(self._codec)(_MARK)
        self._next: bytes | None = sample[skip:]
        self._carry = b""
        self._fell_back = self._saw_utf8 = False
        self.has_bad = False

    @property
    def encoding(self) -> str:
        """Name of the encoding, or of both where a file mixes them."""
        if self._codec.startswith(("utf-16", "utf-32")):
            return self._codec.rsplit("-", 1)[0]
        if self._codec != "utf-8":
            return encoding_name(self._codec)
        if not self._fell_back:
            return "utf-8"
        name = encoding_name(self._code_page)
        return f"utf-8 and {name}" if self._saw_utf8 else name

    def _block(self) -> bytes | None:
        if self._next is None:
            return None
        block, self._next = self._next, self._raw.read(_BLOCK_BYTES)
        is_last = not self._next
        if is_last:
            self._next = None
        text = self._utf8(block, is_last=is_last) if self._codec == "utf-8" else self._decoder.decode(block, is_last)
        encoded = text if isinstance(text, bytes) else text.encode("utf-8")
        # One byte is found ten times as fast as three, and few texts hold any that begins with it.
        if b"\x00" in encoded or (_UNREADABLE_BYTES[:1] in encoded and _UNREADABLE_BYTES in encoded):
            self.has_bad = True
        return encoded

    def _utf8(self, block: bytes, *, is_last: bool) -> bytes:
        data = self._carry + block
        if data.isascii():
            self._carry = b""
            return data
        try:
            text, used = codecs.utf_8_decode(data, "strict", is_last)
            self._saw_utf8 = True
            self._carry = data[used:]
            return data[:used]
        except UnicodeDecodeError:
            text, used = codecs.utf_8_decode(data, _fallback(self._code_page), is_last)
        self._carry = data[used:]
        self._fell_back = True
        wide_bytes = len(data[:used].translate(None, _ASCII))
        self._saw_utf8 |= wide_bytes > len(text) - len(text.encode("ascii", "ignore"))
        return text.encode("utf-8")

"""Quotes that are escaped with a backslash, as some databases and programs write them.

Everything else reads a quote inside a quoted cell doubled; here backslash and quote become two quotes on the way, which
takes the same room, so that lines and places stay what they are.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from toolkit.files.encoding import BlockStream, sniffed_encoding
from toolkit.files.source import Source

_BLOCK_BYTES = 1 << 20
_ESCAPED = re.compile(rb'\\"(?![,;\t|\r\n]|$)')
_PAIR = re.compile(rb'\\["\\]')
_DOUBLED = re.compile(rb'[^,;\t|\r\n"\\]""[^,;\t|\r\n"]')


def with_doubled_quotes(source: Source) -> Source:
    """Return a text whose quotes are doubled where they were escaped; the same where they are not."""
    if sniffed_encoding(source.head(4096))[0] != "utf-8" or not _escapes_quotes(source):
        return source

    def opened() -> BinaryIO:
        return io.BufferedReader(DoubledQuotes(source.open()), _BLOCK_BYTES)

    return replace(source, open=opened)


def _escapes_quotes(source: Source) -> bool:
    """Say whether a text has a backslash before a quote inside a cell, and doubles no quote."""
    # One byte is found ten times as fast as two, and few texts hold a backslash.
    with source.open() as stream:
        if not any(b"\\" in block and b'\\"' in block for block in _blocks(stream)):
            return False
    found = False
    with source.open() as stream:
        for block in _blocks(stream):
            if _DOUBLED.search(block):
                return False
            found = found or bool(_ESCAPED.search(block[:-2]))
    return found


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the text in pieces that overlap by a few bytes."""
    rest = b""
    while block := stream.read(_BLOCK_BYTES):
        yield rest + block
        rest = block[-4:]
    yield rest + b"\n\n"


class DoubledQuotes(BlockStream):
    """A stream with two quotes in place of each backslash and quote; two backslashes stay two."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__(raw)
        self._rest = b""
        self._is_over = False

    def _block(self) -> bytes | None:
        if self._is_over:
            return None
        block = self._raw.read(_BLOCK_BYTES)
        text = self._rest + block
        self._is_over = not block
        # Whether a backslash escapes depends on what follows it, which the next block may hold.
        whole = text if self._is_over else text.rstrip(b"\\")
        self._rest = text[len(whole) :]
        return _PAIR.sub(lambda pair: b'""' if pair[0] == b'\\"' else pair[0], whole)

"""On which line each row of a text begins, however the text comes in pieces."""

import random
from itertools import pairwise

import pytest

from toolkit.files.text_columns import UnfitError, _CountedLines


def lines_of(pieces: list[bytes]) -> list[int]:
    """Return the line on which each row begins that is not empty, of a text that comes in pieces."""
    counted = _CountedLines(None)  # type: ignore[arg-type]  # it is handed the pieces instead
    for piece in pieces:
        counted._count(piece)
    return [int(line) for line in counted.starts()]


def by_the_book(text: bytes) -> list[int]:
    """Return the same, sign by sign."""
    found, line, begin, quotes, row = [], 1, 1, 0, b""
    for sign in (text[place : place + 1] for place in range(len(text))):
        quotes += sign == b'"'
        if sign == b"\n":
            line += 1
            if quotes % 2 == 0:
                found += [begin] if row.removesuffix(b"\r") else []
                begin, row = line, b""
                continue
        row += sign
    return [*found, begin] if row.removesuffix(b"\r") else found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"a\nb\nc", [1, 2, 3]),
        (b"a\r\nb\r\nc\r\n", [1, 2, 3]),
        (b"a\n\n\nb\n", [1, 4]),
        (b"a\r\n\r\nb\r\n", [1, 3]),
        (b'a;"x\ny"\nb\n', [1, 3]),
        (b'"x\n\n\ny"\n\nb', [1, 6]),
        (b'"x\r\ny"\r\nb\r\n', [1, 3]),
        (b"\r\n", []),
        (b"\na", [2]),
        (b"", []),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_rows_begin_on_the_line_after_the_one_before(text: bytes, lines: list[int], size: int) -> None:
    """A line end between quotes stands inside a cell; an empty line is no row."""
    pieces = [text[begin : begin + size] for begin in range(0, len(text), size)]

    assert lines_of(pieces) == lines == by_the_book(text)


def test_pieces_of_any_length_make_no_difference() -> None:
    """Three thousand short texts, cut anywhere, counted as a person would."""
    chance = random.Random(3)
    for _ in range(3_000):
        text = b"".join(chance.choices([b"a", b'"', b"\n", b"\r\n", b'""', b"\n\n"], k=chance.randint(1, 12)))
        text += b'"' * (text.count(b'"') % 2)
        cuts = sorted({0, len(text), *(chance.randint(0, len(text)) for _ in range(3))})

        assert lines_of([text[begin:end] for begin, end in pairwise(cuts)]) == by_the_book(text)


@pytest.mark.parametrize("pieces", [[b"a\rb\n"], [b"a\r", b"b\n"], [b'a"\nb\n'], [b"a\nb\r"]])
def test_lone_carriage_returns_and_quotes_are_for_the_reader_of_single_rows(pieces: list[bytes]) -> None:
    """The one ends a line there, the other is never closed."""
    with pytest.raises(UnfitError):
        lines_of(pieces)


def test_a_carriage_return_and_its_line_feed_may_come_apart() -> None:
    """They are one line end all the same."""
    assert lines_of([b"a\r", b"\nb\r", b"\n"]) == [1, 2]

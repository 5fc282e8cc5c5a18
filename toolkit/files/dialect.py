"""Which character separates the cells of a text file."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from toolkit.files.text_rows import sample_rows

DELIMITERS = (",", ";", "\t", "|")
_MIN_SHARE = 0.5
_MIN_RUN = 3


def sniffed_delimiter(lines: Sequence[str]) -> str:
    r"""Return the delimiter of the first lines of a file; empty where each line is one cell.

    The one wins under which most rows have the same number of cells, two or more; among equals the one that makes more
    cells. Separators inside quotes do not count.

    Examples
    --------
    >>> sniffed_delimiter(["Name;Net\\n", "Acme;1,50\\n", "Bolt;2,75\\n"])
    ';'
    >>> sniffed_delimiter(["Harbor & Pine\\n", "New York\\n"])
    ''
    """
    if lines and (declared := declared_delimiter(lines[0])):
        return declared
    best, best_score = "", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(row.cells) for row in sample_rows(lines, delimiter) if any(row.cells)]
        several = Counter(width for width in widths if width > 1)
        if not several or _is_prose(lines, delimiter):
            continue
        width = max(several, key=lambda one: (several[one], one))
        score = (max(several[width], 0.99 * _in_runs(widths)) / len(widths), width)
        if score[0] >= _MIN_SHARE and score > best_score:
            best, best_score = delimiter, score
    return best or _any_delimiter(lines)


def _in_runs(widths: Sequence[int]) -> int:
    """Return how many rows stand among rows of the same number of cells: a file may hold two tables."""
    runs = [(width, len(list(rows))) for width, rows in groupby(widths)]
    return sum(count for width, count in runs if width > 1 and count >= _MIN_RUN)


def declared_delimiter(line: str) -> str:
    """Return the delimiter that a spreadsheet's first line ``sep=;`` names; empty where it names none."""
    text = line.strip().strip('"')
    return text[4] if len(text) == 5 and text.lower().startswith("sep=") else ""


def _any_delimiter(lines: Sequence[str]) -> str:
    """Return the most frequent delimiter of a file whose rows all differ in length, if its first line is split by it."""
    if not lines:
        return ""
    counts = {one: sum(line.count(one) for line in lines) for one in DELIMITERS if lines[0].count(one) > 1}
    return max(counts, key=lambda one: counts[one], default="")


def _is_prose(lines: Sequence[str], delimiter: str) -> bool:
    """Say whether the commas are those of a list of names or sentences under a title without one."""
    if delimiter != "," or delimiter in lines[0] or any('"' in line for line in lines):
        return False
    return all(line.count(",") == line.count(", ") for line in lines)


def usual_width(widths: Sequence[int]) -> int:
    """Return the most frequent number of cells of a row; the larger among equals, 0 of none.

    Examples
    --------
    >>> usual_width([3, 4, 4, 1])
    4
    """
    counts = Counter(widths)
    return max(counts, key=lambda width: (counts[width], width), default=0)

"""Text that is no table: a letter, a README, a log of a program.

A list of one column is a table too (e-mail addresses, towns, products). Prose has lines of several words, most of them in
small letters, or sentences that end; a log has a time at the head of its lines and one message each.
"""

import re
from collections.abc import Sequence

_MIN_LINES = 2
_MANY = 0.5
# German writes its nouns with capitals, as lists of products and towns write everything.
_MIN_SMALL = 0.4
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDS = re.compile(r"[.!?:][\"'”»)]?\s*$")
_STAMP = re.compile(
    r"\W{0,2}(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{1,2}/[A-Za-z]{3}/\d{4}:\d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |"
    r"\d\d:\d\d:\d\d\W)|(?:\d{1,3}\.){3}\d{1,3} \S+ \S+ \[",
)
_MARKUP = re.compile(r"\s*(?:#{1,6} \S|[*+-] \S|\d+[.)] \S|```|>|={3,}\s*$|-{3,}\s*$)")
_NAMES = re.compile(
    r"(?:read[ _-]?me|lies[ _-]?mich|lisez[ _-]?moi|leggimi|l[ée]eme|leia[ _-]?me|lees[ _-]?mij|l[äæ]s[ _-]?mi[gj])"
    r"(?:\b|_).*",
    re.IGNORECASE,
)


def prose_kind(lines: Sequence[str], name: str, *, delimiter: str, width: int) -> str:
    """Return what a text is that is no table, in words; empty where it may be one.

    Parameters
    ----------
    lines
        The first lines of the file.
    name
        The file's name: a file called README needs less evidence.
    delimiter
        What would separate its cells; empty where each line is one cell.
    width
        How many cells most rows have under that delimiter; 1 where no number is the usual one.

    Examples
    --------
    >>> letter = ["Dear Ms Orsini,", "please find the exports of March in this folder.", "The totals are checked."]
    >>> prose_kind(letter, "note.txt", delimiter="", width=1)
    'prose'
    >>> prose_kind(["E-mail", "anna@example.com", "ben@example.com"], "list.txt", delimiter="", width=1)
    ''
    """
    filled = [line.strip() for line in lines if line.strip()]
    # The logs of some programs have a comma in the time of day.
    is_narrow = width == 1 or (delimiter == "," and width == 2)
    if is_narrow and len(filled) >= _MIN_LINES and 2 * sum(bool(_STAMP.match(line)) for line in filled) > len(filled):
        return "a log"
    if width > 1 or delimiter not in {"", ",", ";"}:
        return ""
    if _NAMES.fullmatch(name):
        return "prose"
    return "prose" if _reads_on(filled) else ""


def _reads_on(lines: Sequence[str]) -> bool:
    words = [word for line in lines for word in _WORD.findall(line)]
    if len(words) < 6:  # less is no text
        return False
    small = sum(word[0].islower() for word in words) / len(words)
    long_lines = sum(len(_WORD.findall(line)) >= 4 for line in lines) / len(lines)
    ended = sum(bool(_ENDS.search(line)) for line in lines) / len(lines)
    marked = sum(bool(_MARKUP.match(line)) for line in lines) / len(lines)
    return small > _MIN_SMALL and (long_lines > _MANY or ended + marked > _MANY / 2)

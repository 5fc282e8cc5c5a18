"""The same faults in SQL that stands in a string: comparisons, numbers, order and extremes."""

import re
from collections.abc import Iterator

from benchmarks.mutants.numbers import other_numbers

_IS_SQL = re.compile(r"\b(?:SELECT|WHERE|CASE WHEN|ORDER BY|GROUP BY|PARTITION BY|IS (?:NOT )?NULL|FILTER)\b|' AND \"?\w")
_QUOTE = re.compile(r"[rRbBfFuU]*(\"\"\"|\'\'\'|\"|\')")
_COMPARISONS = {"<=": "<", ">=": ">", "<>": "=", "!=": "=", "<": "<=", ">": ">=", "=": "<>"}
_EXTREMES = {
    "min": "max",
    "max": "min",
    "least": "greatest",
    "greatest": "least",
    "arg_min": "arg_max",
    "arg_max": "arg_min",
}
_SITES = re.compile(
    r"(?P<hidden>'[^']*'|\{[^{}]*\}|--[^\n]*|::\w+)"
    r"|(?P<comparison><=|>=|<>|!=|<|>|(?<![=\w])=(?!=)|(?<=\w)=(?!=))"
    r"|(?P<descending>\s+DESC\b)"
    r"|(?P<extreme>\b(?:min|max|least|greatest|arg_min|arg_max)(?=\())"
    r"|(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?![\w.])"
)


def sql_changes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, replacement and sort of fault in a string that is SQL; nothing in any other string.

    Examples
    --------
    >>> list(sql_changes('"SELECT a FROM t WHERE n >= 3"'))
    [(25, 27, '>', 'comparison'), (28, 29, '4', 'constant'), (28, 29, '2', 'constant')]
    >>> list(sql_changes('"At least 3 rows, n >= 3."'))
    []
    """
    if not _IS_SQL.search(text):
        return
    quote = _QUOTE.match(text)
    for site in _SITES.finditer(text, quote.end() if quote else 0, len(text) - len(quote[1]) if quote else len(text)):
        found, start, end = site.group(), site.start(), site.end()
        if site["comparison"]:
            yield start, end, _COMPARISONS[found], "comparison"
        elif site["descending"]:
            yield start, end, "", "tie"
        elif site["extreme"]:
            yield start, end, _EXTREMES[found], "tie"
        elif site["number"]:
            yield from ((start, end, put, "constant") for put in other_numbers(found))

"""What the arithmetic between amount columns says of them: net + tax = gross, and a balance that follows the amounts."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from toolkit.interpret.header_words import HeaderWords
from toolkit.interpret.observed import Observed
from toolkit.values.money import money_column
from toolkit.values.money_ties import tied_amounts

_MEANINGS = {
    "net": "amount_net", "tax": "tax", "gross": "amount_gross", "balance": "balance", "increase": "credit",
    "decrease": "debit",
}  # fmt: skip
_MONEY = 0.5
_NUMBERS = 0.9
_FEWEST_ROWS = 5
_FEWEST_COLUMNS = 2
_MOST_COLUMNS = 8


def tied_meanings(
    columns: Sequence[pa.ChunkedArray], seen: Sequence[Observed], headers: Sequence[HeaderWords] = ()
) -> Iterator[tuple[int, str]]:
    """Yield the places of columns and the meanings that equations between their amounts give them.

    Parameters
    ----------
    columns, seen
        The columns' text, rows in the order of the file, and what their values look like.
    headers
        Words of the headers: where all parts of a sum are called the same, the sum alone is the gross amount.
    """
    places = [
        place
        for place, one in enumerate(seen)
        if one.share("decimals") >= _MONEY and one.share("number") >= _NUMBERS and one.filled >= _FEWEST_ROWS
    ]
    if not _FEWEST_COLUMNS <= len(places) <= _MOST_COLUMNS:
        return
    amounts = [money_column(columns[place].combine_chunks()).minor for place in places]
    taken: set[int] = set()
    for tie in tied_amounts(amounts):
        roles = [(place, _MEANINGS[role]) for role, place in tie.roles if role in _MEANINGS]
        whole = tie.column("whole")
        if headers and whole is not None and len({headers[places[place]].readings for _, place in tie.roles}) == 1:
            roles.append((whole, "amount_gross"))
        if tie.row_count >= _FEWEST_ROWS and roles and not taken & {place for place, _ in roles}:
            taken |= {place for place, _ in roles}
            yield from ((places[place], meaning) for place, meaning in roles)

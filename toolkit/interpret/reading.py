"""From a table of text to its interpretation."""

from collections.abc import Mapping

from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.interpretation import Interpretation


def interpretation(
    table: GivenTable,
    *,
    entity: str | None = None,
    meanings: Mapping[str, str] | None = None,
    country: str | None = None,
) -> Interpretation:
    """Return what a table is.

    Parameters
    ----------
    table
        Headers and columns of text.
    entity
        What it holds, where a person has said so.
    meanings
        Header to meaning, where a person has said so: these are sure.
    country
        Two-letter country of the client, where it is known: a weak hint for days, amounts and signs.
    """
    raise NotImplementedError

"""Where a client seems to be at home, told from the files alone."""

import pyarrow as pa
import pytest

from toolkit.files.home import suggested_home
from toolkit.files.raw import RawTable
from toolkit.tables import QUARANTINE


def table(**columns: list[str]) -> RawTable:
    cells = {f"c{index}": pa.array(values, pa.string()) for index, values in enumerate(columns.values())}
    count = len(next(iter(columns.values())))
    rows = pa.table({"line": pa.array(range(2, count + 2), pa.int64()), **cells})
    return RawTable("a.csv", "", tuple(columns), rows, QUARANTINE.empty(), count, 1)


@pytest.mark.parametrize(
    ("values", "country", "currency"),
    [
        (["£12.50"] * 6, "GB", "GBP"),
        (["http://statistics.data.gov.uk/id/1"] * 6, "GB", "GBP"),
        (["info@bakkerij.nl"] * 6, "NL", "EUR"),
        (["CAD"] * 6, "CA", "CAD"),
        (["Acme Canada"] * 6, "US", "USD"),
        (["£12.50"] * 2 + ["12.50"] * 50, "US", "USD"),
        (["a@x.de", "b@x.fr"] * 6, "US", "USD"),
    ],
)
def test_most_of_the_values_decide(values: list[str], country: str, currency: str) -> None:
    """A handful of stray values, or a tie, decides nothing: then it is a guess, and said to be one."""
    home = suggested_home([table(cell=values)])

    assert (home.country, home.currency) == (country, currency)
    assert home.is_guess == (home.reason == "nothing in the files says so")

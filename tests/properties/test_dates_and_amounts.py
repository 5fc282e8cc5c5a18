"""Laws of reading dates and amounts: no text breaks the reading, and what is not read is said."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.values.currency import header_currency
from toolkit.values.date import date_column
from toolkit.values.locale import file_locale
from toolkit.values.money import money_column

SIGNS = "0123456789.,-+()/: '\u00a0\u2212\u0661\u066b$\u20ac#%eEkKrRDCSHzTtZ\u0142\u5e74\u6708\n"
CELLS = st.lists(st.one_of(st.none(), st.text(SIGNS, max_size=14), st.text(max_size=10)), max_size=8)


@settings(deadline=None, max_examples=300)
@given(CELLS, st.sampled_from(["", ",", ";"]), st.sampled_from([None, "US", "DE", "CA"]))
def test_any_text_is_an_amount_nothing_or_a_failure(cells: list[str | None], delimiter: str, country: str | None) -> None:
    """Each cell comes to exactly one of the three, and none stops the file."""
    column = pa.array(cells, pa.string())
    read = money_column(column, "EUR", country=country, locale=file_locale([column], delimiter=delimiter, country=country))

    for cell, minor, is_failed in zip(cells, read.minor.to_pylist(), read.is_failed.to_pylist(), strict=True):
        assert not (is_failed and minor is not None)
        assert minor is not None or is_failed or cell is None or not any(sign.isdecimal() for sign in cell)


@settings(deadline=None, max_examples=300)
@given(CELLS, st.sampled_from(["", ",", ";"]), st.sampled_from([None, "US", "DE", "CA"]))
def test_any_text_is_a_date_nothing_or_a_failure(cells: list[str | None], delimiter: str, country: str | None) -> None:
    """The same for dates."""
    column = pa.array(cells, pa.string())
    read = date_column(column, country=country, locale=file_locale([column], delimiter=delimiter, country=country))

    for day, is_failed in zip(read.days.to_pylist(), read.is_failed.to_pylist(), strict=True):
        assert not (is_failed and day is not None)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30))
def test_any_header_keeps_a_name(header: str) -> None:
    """A header is never emptied by taking its currency off."""
    plain, code = header_currency(header)

    assert plain == header if code is None else plain.strip()

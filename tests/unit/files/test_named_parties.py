"""Whom a list of documents names: the company, unless one and the same stands in every row."""

from dataclasses import replace

import pytest

from toolkit.files.interpreted import mapped_stream, stream_map
from toolkit.interpret.interpretation import RECORD, SURE, ColumnReading, Guess, Interpretation, Locale


def invoices(companies: tuple[str, ...], rows: int) -> Interpretation:
    """Return what a list of invoices with a company and a person in each row was understood as."""
    meanings = [("Nr", "number"), ("Company", "company_name"), ("First", "given_name"), ("Last", "family_name")]
    columns = [
        ColumnReading(place, header, (Guess(meaning, 0.9, "so"),), SURE, ("1", "2"), "")
        for place, (header, meaning) in enumerate(meanings)
    ]
    columns[1] = replace(columns[1], samples=companies)
    return Interpretation(
        entity="invoice", entities=(Guess("invoice", 0.99, "so"),), entity_certainty=SURE, row_is=RECORD, row_reason="so",
        row_certainty=SURE, total="", key=(0,), key_reason="so", columns=tuple(columns), locale=Locale(), statuses={},
        questions=(), rows_seen=rows, rows_total=rows,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("companies", "rows", "headers"),
    [
        (("Acme",), 3, ("First", "Last")),
        (("Acme",), 1, ("Company",)),
        (("Acme", "Birch"), 3, ("Company",)),
        ((), 3, ("First", "Last")),
    ],
)
def test_a_company_that_stands_in_every_row_is_not_the_customer(
    companies: tuple[str, ...], rows: int, headers: tuple[str, ...]
) -> None:
    """It is the client itself; in a file of one row nobody can tell, and the company is taken."""
    stream = mapped_stream("invoices", stream_map(invoices(companies, rows)))

    assert stream.fields["party_name"].headers == headers

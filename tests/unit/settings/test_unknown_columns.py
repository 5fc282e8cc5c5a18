"""A field map that names columns which its entity does not have: each is named with its line and the nearest right one."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.settings import load_settings

BOOKS = """\
client: Harbor & Pine
currency: USD
systems:
  books:
    streams:
      invoices:
        entity: invoice
        key: [Invoice no]
        fields:
          number: Invoice no
          started_at: Date
          customer: Customer
          amount_minor: Total
"""


def test_every_wrong_column_is_named_with_its_line(tmp_path: Path) -> None:
    """A consultant mends all of them at once, and gets an invoice's columns offered, not a project's."""
    path = tmp_path / "engagement.yaml"
    path.write_text(BOOKS, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        load_settings(path)

    assert str(caught.value) == (
        "engagement.yaml, line 11: 'systems.books.streams.invoices.fields.started_at': "
        "There is no column of invoice named 'started_at'. Did you mean 'issued_on'? "
        "engagement.yaml, line 12: 'systems.books.streams.invoices.fields.customer': "
        "There is no column of invoice named 'customer'. Did you mean 'party_name'?"
    )

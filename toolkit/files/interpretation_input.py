"""A table as read, handed to interpretation."""

from toolkit.files.raw import RawTable
from toolkit.interpret.given_table import GivenTable


def given_table(raw: RawTable, *, rows_total: int | None = None, vendor_entity: str = "") -> GivenTable:
    """Return what interpretation looks at of a table.

    Parameters
    ----------
    raw
        The table as read, or a sample of it.
    rows_total
        Rows of the whole table where ``raw`` is a sample.
    vendor_entity
        What the known format of a vendor with these headers lists.
    """
    folder, _, file = raw.file.rpartition("/")
    return GivenTable(
        headers=raw.headers,
        columns=tuple(raw.rows[f"c{index}"] for index in range(len(raw.headers))),
        rows_total=raw.rows_read if rows_total is None else rows_total,
        file=file,
        folder=folder.rpartition("/")[2],
        sheet=raw.part,
        titles=tuple(cell for line in raw.preamble for cell in line if cell),
        delimiter=raw.delimiter,
        vendor_entity=vendor_entity,
    )

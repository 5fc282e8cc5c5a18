"""What any file is, without an engagement: its tables, each with its interpretation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.connectors import connectors
from toolkit.errors import InputError
from toolkit.files.interpretation_input import given_table
from toolkit.files.recognise import recognised
from toolkit.files.sample import sampled_tables
from toolkit.interpret.interpretation import Interpretation
from toolkit.interpret.reading import interpretation

ROWS = 1_500
"""Rows of a table that are looked at, from its start, middle and end."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One table of a file, by the path as it was given, and what it is.

    ``rows_put_aside`` are rows looked at that are no records.
    """

    file: str
    sheet: str
    found: Interpretation
    is_whole: bool
    rows_put_aside: int
    notes: tuple[str, ...]


def look_at(files: Sequence[Path], *, country: str | None = None) -> tuple[tuple[LookedAt, ...], Mapping[str, str]]:
    """Return every table of some files, and the files that could not be read with the reason.

    Parameters
    ----------
    files
        Paths of files.
    country
        Two-letter country of the client, for days and amounts that the values leave open.

    Raises
    ------
    InputError
        There is no such file.
    """
    found: list[LookedAt] = []
    refused: dict[str, str] = {}
    for path in files:
        if not path.is_file():
            raise InputError(f"There is no file {str(path)!r}. Mend the path.")
        try:
            found += _tables(path, country)
        except InputError as error:
            refused[str(path)] = str(error)
    return tuple(found), refused


def _tables(path: Path, country: str | None) -> list[LookedAt]:
    result = []
    resolved = path.resolve()
    for one in sampled_tables(resolved, root=resolved.parent, rows=ROWS):
        raw = one.raw
        vendor = recognised(raw, connectors())
        known = vendor.stream.entity if vendor.is_recognised and vendor.stream is not None else ""
        notes = raw.notes
        if vendor.is_recognised and vendor.connector is not None and vendor.stream is not None:
            notes = (*notes, f"Its headers are those of an export of {vendor.connector.label}: {vendor.stream.name}.")
        result.append(
            LookedAt(
                file=str(path),
                sheet=raw.part,
                found=interpretation(
                    given_table(raw, rows_total=one.rows_total_estimate, vendor_entity=known), country=country
                ),
                is_whole=one.is_whole,
                rows_put_aside=raw.quarantine.num_rows,
                notes=notes,
            )
        )
    return result

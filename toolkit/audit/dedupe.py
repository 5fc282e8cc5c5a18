"""Duplicates in one file, or links between two, without an engagement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from toolkit.audit.progress import Progress, silent
from toolkit.disk import private_folder
from toolkit.errors import InputError
from toolkit.files.read import raw_tables
from toolkit.files.write import write_csv
from toolkit.match.dedupe import deduplicated
from toolkit.report.workbook import write_dedupe_workbook


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """Counts of what was found, what the columns were read as, how records are named, and the files written."""

    records_count: int
    clusters_count: int
    pairs_count: int
    candidates_count: int
    kinds: Mapping[str, tuple[str, str]]
    ids: Mapping[str, str]
    notes: tuple[str, ...]
    paths: tuple[Path, ...]


def dedupe_files(
    file: Path,
    against: Path | None = None,
    *,
    id_column: str = "",
    fields: Iterable[str] = (),
    out: Path,
    progress: Progress = silent,
) -> DedupeResult:
    """Write ``pairs.csv``, ``clusters.csv``, ``candidates.csv`` and ``review.xlsx`` into ``out``.

    Parameters
    ----------
    file, against
        One table to find duplicates in, or two to link.
    id_column
        Column that names a record; otherwise the first unique one, else a key made from the content.
    fields
        ``COLUMN=KIND``, over what is recognised.

    Raises
    ------
    InputError
        A file cannot be read, or holds no table with records.
    """
    progress("Reading", 0, 3)
    table, notes = _table(file)
    other, more_notes = _table(against) if against is not None else (None, ())
    names = _file_names(file, against)
    progress("Matching", 1, 3)
    found = deduplicated(
        table,
        other,
        file=names[0],
        against_file=names[1],
        id_column=id_column or None,
        kinds=dict(_field(one) for one in fields),
    )
    progress("Writing", 2, 3)
    private_folder(out)
    paths = []
    for name, content in (("pairs", found.pairs), ("clusters", found.clusters), ("candidates", found.candidates)):
        paths.append(out / f"{name}.csv")
        write_csv(paths[-1], content, verbatim=("id_l", "id_r", "record_id"))
    paths.append(write_dedupe_workbook(out / "review.xlsx", found.pairs, found.candidates, found.clusters))
    progress("Done", 3, 3)
    return DedupeResult(
        found.clusters.num_rows,
        len(set(found.clusters["cluster_id"].to_pylist())),
        found.pairs.num_rows,
        found.candidates.num_rows,
        found.kinds,
        found.ids,
        (*notes, *more_notes),
        tuple(paths),
    )


def _table(path: Path) -> tuple[pa.Table, tuple[str, ...]]:
    """Return the largest table of a file under its own headers, and what a person should know about it."""
    if not path.is_file():
        raise InputError(f"There is no file {str(path)!r}. Mend the path.")
    raws = [raw for raw in raw_tables(path.resolve(), root=path.resolve().parent) if any(raw.headers)]
    if not raws:
        raise InputError(f"{path.name} holds no table with a header row. Add one, with a name for every column.")
    raw = max(raws, key=lambda one: one.rows.num_rows)
    notes = list(raw.notes)
    if len(raws) > 1:
        notes.append(f"{path.name} holds {len(raws)} tables; the largest was read: {raw.part or 'the first'}.")
    if raw.quarantine.num_rows:
        reasons = sorted(set(raw.quarantine["reason"].to_pylist()))
        notes.append(f"{raw.quarantine.num_rows:,} rows of {path.name} were put aside: {', '.join(reasons)}.")
    headers = _unique(raw.headers)
    return pa.table({name: raw.rows[f"c{index}"] for index, name in enumerate(headers)}), tuple(notes)


def _unique(headers: Iterable[str]) -> list[str]:
    """Return headers made unique: a repeated or empty one gets its column's number."""
    result: list[str] = []
    for index, header in enumerate(headers, start=1):
        name = header or f"column {index}"
        result.append(name if name not in result else f"{name} ({index})")
    return result


def _file_names(file: Path, against: Path | None) -> tuple[str, str]:
    if against is None or against.name != file.name:
        return file.name, against.name if against is not None else ""
    return str(file), str(against)


def _field(text: str) -> tuple[str, str]:
    column, equals, kind = text.rpartition("=")
    if not equals or not column:
        raise InputError(f"--field needs COLUMN=KIND, for example --field 'Phone 1=phone'; it got {text!r}.")
    return column, kind

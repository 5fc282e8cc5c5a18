"""``dedupe FILE [--against FILE2]``: duplicates in one table, or links between two; no engagement needed."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, columns, progress_bar, show


def dedupe(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, XLSX, JSON, Parquet …")],
    against: Annotated[Path | None, typer.Option(metavar="FILE2", help="Link FILE to this table, one to one.")] = None,
    id_column: Annotated[str, typer.Option("--id", metavar="COLUMN", help="Column that names a record.")] = "",
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="COLUMN=KIND", help="What a column holds, over what is recognised."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for pairs, clusters, candidates and review.")] = Path(
        "dedupe"
    ),
    as_json: AsJson = False,
) -> None:
    """Find duplicates in one table, or links between two."""
    from toolkit.audit.dedupe import dedupe_files

    with progress_bar(as_json=as_json) as progress:
        found = dedupe_files(file, against, id_column=id_column, fields=fields or (), out=out, progress=progress)
    kinds = [[name, kind, reason] for name, (kind, reason) in found.kinds.items()]
    lines = [
        (
            f"{found.records_count:,} records, {found.clusters_count:,} different ones; "
            f"{found.pairs_count:,} pairs are the same, {found.candidates_count:,} are put aside for review."
        ),
        *(f"{name}: {naming}" for name, naming in found.ids.items()),
        *columns([["column", "read as", "because"], *kinds]),
        *found.notes,
        f"Written: {', '.join(path.name for path in found.paths)} in {out}",
    ]
    facts = {
        "records": found.records_count,
        "clusters": found.clusters_count,
        "pairs": found.pairs_count,
        "candidates": found.candidates_count,
        "kinds": {name: {"kind": kind, "reason": reason} for name, (kind, reason) in found.kinds.items()},
        "ids": dict(found.ids),
        "files": [str(path) for path in found.paths],
        "notes": list(found.notes),
    }
    show(facts, lines, as_json=as_json)


COMMANDS = (dedupe,)

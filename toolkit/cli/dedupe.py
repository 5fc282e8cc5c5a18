"""``dedupe FILE …``: duplicates over any number of tables, or links between two; no engagement needed."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, progress_bar, show
from toolkit.errors import IncompleteError, InputError


def dedupe(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Tables: CSV, XLSX, JSON, Parquet …")],
    is_link: Annotated[
        bool, typer.Option("--link", help="Link two files one to one, instead of finding duplicates.")
    ] = False,
    against: Annotated[Path | None, typer.Option(metavar="FILE2", help="Link FILE to this one: the same as --link.")] = None,
    id_columns: Annotated[
        list[str] | None, typer.Option("--id", metavar="COLUMN", help="Column that names a record; may be repeated.")
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="COLUMN=KIND", help="What a column holds, over what is recognised."),
    ] = None,
    threshold: Annotated[
        float, typer.Option(metavar="P", help="Probability from which on two records are held to be the same.")
    ] = 0.5,
    answers: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Answered pairs (id_l, id_r, answer): obeyed, and learned from. May be repeated."),
    ] = None,
    review: Annotated[
        int,
        typer.Option(
            metavar="N", help="Write a random sample of N pairs to answer, and say how sure the answers will make."
        ),
    ] = 0,
    measure: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The answered sample: prints measured precision and recall.")
    ] = None,
    has_verbatim_ids: Annotated[
        bool,
        typer.Option(
            "--verbatim-ids", help="Write ids as they came, also those that a spreadsheet would take for a formula."
        ),
    ] = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for what was found.")] = Path("dedupe"),
    as_json: AsJson = False,
) -> None:
    """Find duplicates in one or several tables, or links between two."""
    from toolkit.audit.dedupe.matched_tables import dedupe_files, read_files

    if against is not None and len(files) != 1:
        raise InputError("--against links one FILE to another. Name one file before it, or give both files and --link.")
    with progress_bar(as_json=as_json) as progress:
        progress("Reading", 0, 1)
        read = read_files(
            [*files, *([against] if against is not None else [])], id_columns=id_columns or (), fields=fields or ()
        )
    if not as_json:
        # Shown before the work begins: a column that was taken for the wrong thing is seen in time.
        show({}, _kind_lines(read), as_json=False)
    with progress_bar(as_json=as_json) as progress:
        done = dedupe_files(
            read,
            is_link=is_link or against is not None,
            min_match_probability=threshold,
            answers=answers or (),
            measure=measure,
            review_count=review,
            has_verbatim_ids=has_verbatim_ids,
            out=out,
            progress=progress,
        )
    show(_facts(done), _lines(done, out), as_json=as_json)
    if done.problems:
        raise typer.Exit(IncompleteError.exit_code)


def _kind_lines(read: Any) -> list[str]:
    rows = [[field.label, field.kind, field.reason] for field in read.joint.fields]
    return [
        *(f"{name}: {naming}" for name, naming in read.joint.naming.items()),
        *columns([["column", "read as", "because"], *rows]),
        *read.joint.warnings,
        *read.notes,
        "",
    ]


def _lines(done: Any, out: Path) -> list[str]:
    found, measured = done.found, done.measured
    lines = [found.summary()]
    if found.related.num_rows:
        lines.append(f"{found.related.num_rows:,} more pairs are related, but not the same.")
    if found.answers_count:
        lines.append(f"{found.answers_count:,} answers were obeyed, and learned from.")
    if measured is not None:
        lines.append(_measured_line(measured))
    if done.certainty:
        lines.append(done.certainty)
    return [
        *found.matching.warnings,
        *lines,
        *done.problems,
        f"Written: {', '.join(path.name for path in done.paths)} in {out}",
    ]


def _measured_line(measured: Any) -> str:
    if measured.precision is None or measured.recall is None:
        return "The sample has no answers yet, so nothing was measured."
    shares = [
        f"{name} {share:.1%} ({low:.1%} to {high:.1%})".replace("%", " %")
        for name, share, (low, high) in (
            ("precision", measured.precision, measured.precision_interval),
            ("recall", measured.recall, measured.recall_interval),
        )
    ]
    return f"Measured on {measured.answered_count:,} answers: {', '.join(shares)}; in brackets the 95 % intervals."


def _facts(done: Any) -> dict[str, Any]:
    found = done.found
    return {
        "records": found.records_count,
        "clusters": found.parties_count,
        "pairs": found.pairs.num_rows,
        "candidates": found.review_count,
        "related": found.related.num_rows,
        "threshold": found.matching.model.min_match_probability,
        "answers": found.answers_count,
        "kinds": {name: {"kind": kind, "reason": reason} for name, (kind, reason) in found.kinds.items()},
        "ids": dict(found.ids),
        "measured": None if done.measured is None else asdict(done.measured),
        "files": [str(path) for path in done.paths],
        "warnings": [*found.matching.warnings, *found.joint.warnings],
        "certainty": done.certainty,
        "problems": list(done.problems),
        "notes": list(done.notes),
    }


COMMANDS = (dedupe,)

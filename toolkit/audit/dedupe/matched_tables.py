"""Duplicates in files or tables, or links between two of them, without an engagement."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from toolkit.audit.dedupe.lone_ids import with_lone_ids
from toolkit.audit.dedupe.records_to_match import records_to_match
from toolkit.audit.progress import Progress, silent
from toolkit.cores import meanwhile, results
from toolkit.disk import private_folder
from toolkit.errors import InputError
from toolkit.files.interpretation_input import given_table
from toolkit.files.read import raw_tables
from toolkit.files.write import write_csv
from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.reading import shown_headers
from toolkit.match.dedupe import Deduplicated, matched_records
from toolkit.match.parties import MIN_MATCH_PROBABILITY
from toolkit.match.records.joint_records import JointRecords
from toolkit.match.review.answers_by_id import answers_by_key
from toolkit.match.review.review_sample import MeasuredMatching, measured, review_sample
from toolkit.match.review.sample_certainty import certainty_sentence
from toolkit.report.dedupe_page import write_dedupe_page
from toolkit.report.dedupe_workbook import write_dedupe_workbook, write_sample_workbook
from toolkit.report.preparation import prepare_files
from toolkit.values.counted import counted

_IDS = ("id_l", "id_r", "record_id")


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The records of all files, what their columns were taken for, and what a person should know about the files."""

    joint: JointRecords
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """What was found, what a sample measured, what a person should know, and the files written.

    ``problems`` are answers that could not be taken, a sentence each. ``certainty`` says how sure a review sample makes one,
    and how many pairs have to be looked at for more.
    """

    found: Deduplicated
    measured: MeasuredMatching | None
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    paths: tuple[Path, ...]
    certainty: str = ""


def read_files(files: Sequence[Path], *, id_columns: Sequence[str] = (), fields: Iterable[str] = ()) -> ReadFiles:
    """Return the records of files in one table.

    Parameters
    ----------
    files
        One or more; of each the largest table.
    id_columns
        Columns that name records: in each file the first of them that it has. By default a unique one, else a key made
        from the content.
    fields
        ``COLUMN=KIND``, over what is recognised.

    Raises
    ------
    InputError
        A file cannot be read, holds no table with records, or nothing in the files can be compared.
    """
    tables: dict[str, pa.Table] = {}
    given: dict[str, GivenTable] = {}
    notes: list[str] = []
    for path, name in zip(files, _names(files), strict=True):
        tables[name], given[name], own = _table(path)
        notes += own
    joint = records_to_match(tables, given=given, id_columns=id_columns, kinds=dict(map(_field, fields)))
    return ReadFiles(joint, tuple(notes))


def dedupe_files(
    read: ReadFiles,
    *,
    is_link: bool = False,
    min_match_probability: float = MIN_MATCH_PROBABILITY,
    answers: Sequence[Path] = (),
    measure: Path | None = None,
    review_count: int = 0,
    has_verbatim_ids: bool = False,
    out: Path,
    progress: Progress = silent,
) -> DedupeResult:
    """Write what was found into ``out``: CSV files, ``review.xlsx`` to answer, and ``duplicates.html`` to read.

    Parameters
    ----------
    read
        From ``read_files``.
    is_link, min_match_probability
        As for ``matched_records``.
    answers
        Files that a person answered pairs in: obeyed, and learned from.
    measure
        A review sample that was answered: it measures precision and recall, and changes nothing.
    review_count
        Pairs of a review sample to write as ``sample.xlsx``; 0 for none.
    has_verbatim_ids
        Ids are written as they came, also those that a spreadsheet would run as a formula.

    Raises
    ------
    InputError
        A file of answers cannot be read, or is to be obeyed and to measure at once.
    """
    if answers and measure is not None:
        raise InputError(
            "Answers that are obeyed cannot measure how right the comparison is by itself. Measure first, without --answers."
        )
    if review_count < 0:
        raise InputError(f"A sample has at least one pair; --review got {review_count}.")
    progress("Matching", 0, 2)
    given, problems = _answers(answers)
    with meanwhile(prepare_files):
        found = matched_records(read.joint, is_link=is_link, answers=given, min_match_probability=min_match_probability)
    result, odd = _measured(found, measure)
    progress("Writing", 1, 2)
    private_folder(out)
    notes = (*read.notes, *problems, *odd)
    verbatim = _IDS if has_verbatim_ids else ()
    files = [partial(_written, out / f"{name}.csv", table, verbatim) for name, table in _tables(found).items()]
    files.append(partial(write_dedupe_workbook, _unanswered(out / "review.xlsx"), found))
    if review_count:
        sample = review_sample(found.matching, count=review_count)
        files.append(partial(write_sample_workbook, _unanswered(out / "sample.xlsx"), found, sample))
    files.append(partial(write_dedupe_page, out / "duplicates.html", found, measured=result, notes=notes))
    # The page and the workbook take longest: they begin first.
    paths = results(lambda write: write(), files[::-1])[::-1]
    progress("Done", 2, 2)
    certainty = certainty_sentence(found.matching, review_count) if review_count else ""
    return DedupeResult(found, result, read.notes, (*problems, *odd, *found.problems), tuple(paths), certainty)


def matched_tables(
    tables: object,
    *,
    answers: object = None,
    kinds: Mapping[str, str] | None = None,
    id_columns: Sequence[str] = (),
    is_link: bool = False,
    min_match_probability: float = MIN_MATCH_PROBABILITY,
) -> Deduplicated:
    """Return which records of tables are one.

    Parameters
    ----------
    tables
        A pandas frame or Arrow table, or several as a mapping of names to them.
    answers
        Labelled pairs as a frame or table with ``id_l, id_r, answer`` (same, not_same, unsure), or the path of a file.
    kinds, id_columns
        As for ``joint_records``.
    is_link, min_match_probability
        As for ``matched_records``.

    Raises
    ------
    InputError
        As for ``records_to_match`` and ``matched_records``.
    """
    named = tables if isinstance(tables, Mapping) else {"table": tables}
    joint = records_to_match({str(name): _arrow(one) for name, one in named.items()}, id_columns=id_columns, kinds=kinds)
    given = answers
    if isinstance(answers, str | Path):
        given, _ = _answers([Path(answers)])
    labelled = None if given is None else _arrow(given)
    return matched_records(joint, is_link=is_link, answers=labelled, min_match_probability=min_match_probability)


def _tables(found: Deduplicated) -> dict[str, pa.Table]:
    return {"pairs": found.pairs, "clusters": found.clusters, "candidates": found.candidates, "related": found.related}


def _written(path: Path, table: pa.Table, verbatim: Collection[str]) -> Path:
    write_csv(path, table, verbatim=verbatim)
    return path


def _answers(files: Sequence[Path]) -> tuple[pa.Table | None, tuple[str, ...]]:
    if not files:
        return None, ()
    # What reads workbooks that people filled in takes time to load, and is needed where there are some.
    from toolkit.files.answers import read_answers

    read = [(path, read_answers(path)) for path in files]
    problems = tuple(
        f"{path.name}, {problem.sheet or 'the table'}, line {problem.line}: {problem.message}"
        for path, one in read
        for problem in one.problems
    )
    return pa.concat_tables([one.answers for _, one in read]), problems


def _measured(found: Deduplicated, path: Path | None) -> tuple[MeasuredMatching | None, tuple[str, ...]]:
    if path is None:
        return None, ()
    answers, problems = _answers([path])
    by_key = answers_by_key(found.joint, answers, is_link=found.is_link)
    return measured(by_key.answers, found.matching), (*problems, *by_key.problems)


def _unanswered(path: Path) -> Path:
    """Return the path, or a numbered one beside it where a person has filled in what is there: work is not written over."""
    number, free = 2, path
    while free.exists() and _is_answered(free):
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def _is_answered(path: Path) -> bool:
    from toolkit.files.answers import read_answers

    try:
        read = read_answers(path)
    except InputError:
        # What cannot be read may be somebody's work all the same.
        return True
    return bool(read.answers.num_rows or read.problems)


def _table(path: Path) -> tuple[pa.Table, GivenTable, tuple[str, ...]]:
    """Return the largest table of a file under its own headers, what stands around it, and what a person should know."""
    if not path.is_file():
        raise InputError(f"There is no file {str(path)!r}. Mend the path.")
    raws = [raw for raw in raw_tables(path.resolve(), root=path.resolve().parent) if any(raw.headers)]
    if not raws:
        raise InputError(f"{path.name} holds no table with a header row. Add one, with a name for every column.")
    raw = with_lone_ids(max(raws, key=lambda one: one.rows.num_rows))
    notes = list(raw.notes)
    if len(raws) > 1:
        notes.append(f"{path.name} holds {len(raws)} tables; the largest was read: {raw.part or 'the first'}.")
    if raw.quarantine.num_rows:
        reasons = sorted(set(raw.quarantine["reason"].to_pylist()))
        aside = raw.quarantine.num_rows
        put = f"{counted(aside, 'row')} of {path.name} {'was' if aside == 1 else 'were'} put aside"
        notes.append(f"{put}: {', '.join(reasons)}.")
    given = given_table(raw)
    return pa.table(dict(zip(shown_headers(raw.headers), given.columns, strict=True))), given, tuple(notes)


def _names(files: Sequence[Path]) -> list[str]:
    """Return what the output calls each file: its name, or its whole path where two have one name."""
    resolved = [path.resolve() for path in files]
    twice = next((path for path in files if resolved.count(path.resolve()) > 1), None)
    if twice is not None:
        raise InputError(f"{str(twice)!r} was given twice. Duplicates within a file are found when it is given once.")
    names = [path.name for path in files]
    return [name if names.count(name) == 1 else str(path) for name, path in zip(names, files, strict=True)]


def _field(text: str) -> tuple[str, str]:
    column, equals, kind = text.rpartition("=")
    if not equals or not column:
        raise InputError(f"--field needs COLUMN=KIND, for example --field 'Phone 1=phone'; it got {text!r}.")
    return column, kind


def _arrow(table: object) -> pa.Table:
    """Return a pandas frame as an Arrow table; columns of mixed values become text."""
    if isinstance(table, pa.Table):
        return table
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"Tables are pandas frames or Arrow tables, not {type(table).__name__}.")
    return pa.table({str(name): _arrow_column(table.iloc[:, place]) for place, name in enumerate(table.columns)})


def _arrow_column(column: object) -> pa.Array:
    import pandas as pd

    values = pd.Series(column)
    try:
        return pa.Array.from_pandas(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        texts = [None if is_missing else str(value) for value, is_missing in zip(values, values.isna(), strict=True)]
        # Arrow holds Unicode text only; a lone half of a character pair becomes a question mark.
        return pa.array([text if text is None else text.encode("utf-8", "replace").decode() for text in texts], pa.string())

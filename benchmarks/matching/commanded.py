"""Our answer to an exam as a new user gets it: files in, the ``dedupe`` command without a setting, files out.

Everything counts that the command does: start, reading, matching, pages and workbook. Only where it takes another column
for the records' ids is it run again, and told (``--id``). Another checkout answers the same files where its folder is given.
Pairs and their probabilities are those of ``pairs.csv``, ``candidates.csv`` (of which the command writes the 10,000
likeliest) and ``related.csv``.
"""

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from benchmarks.matching.exam import Exam, cluster_score, pair_score, rows_of
from benchmarks.matching.report import (
    WORK,
    Answered,
    answer_folder,
    answered,
    calibration_error,
    cluster_numbers,
    failed,
    stated_pairs,
)
from benchmarks.measured import OWN_CHECKOUT, Measured, measured

_NOT_WRITTEN = {"side", "part"}
_PAIRS = {"pairs.csv": "same", "candidates.csv": "review", "related.csv": "related"}


def commanded(exam: Exam, *, tool: str = "ours", package: Path = OWN_CHECKOUT, work: Path = WORK) -> Answered:
    """Return the answer of the command of one checkout. Within one file what counts are the clusters, in a link the pairs.

    Parameters
    ----------
    exam
        Written as CSV: one file, or two to link; a set of them for an exam in parts.
    tool
        What the table of results calls the answer.
    package
        The checkout whose package runs.
    work
        Where the files go, in and out.
    """
    folder = answer_folder(exam, tool, work)
    shutil.rmtree(folder, ignore_errors=True)
    parts = np.unique(exam.table["part"].to_numpy()) if "part" in exam.table.column_names else [None]
    runs, pairs, clusters = [], [], []
    for part in parts:
        rows = exam.table if part is None else exam.table.filter(pc.equal(exam.table["part"], part))
        place = folder if part is None else folder / str(part)
        run = _run(rows, exam, place, package)
        if not run.exit_code and not _has_own_ids(exam, place / "out"):
            # The command named the records otherwise; only with the exam's own ids can they be told.
            run = _run(rows, exam, place, package, "--id", _id_header(exam))
        if run.exit_code:
            return failed(exam, tool, folder, run.output)
        runs.append(run)
        pairs.append(_pairs(place / "out"))
        clusters.append(_clusters(place / "out", part))
    pq.write_table(pa.concat_tables(pairs), folder / "pairs.parquet")
    spent = {"wall_s": sum(run.wall_s for run in runs), "cpu_s": sum(run.cpu_s for run in runs), "candidates_count": np.nan}
    (folder / "spent.json").write_text(json.dumps(spent), encoding="utf-8")
    numbers = cluster_numbers(exam, pa.concat_tables(clusters))
    return _scored(exam, tool, numbers, max(run.peak_mb for run in runs), folder)


def _id_header(exam: Exam) -> str:
    return exam.headers.get("record_key", "id")


def _has_own_ids(exam: Exam, out: Path) -> bool:
    ids = _read(out / "clusters.csv", ["record_id"])["record_id"]
    return bool(pc.all(pc.is_in(ids, value_set=exam.table["record_key"].combine_chunks())).as_py())


def _run(rows: pa.Table, exam: Exam, folder: Path, package: Path, *options: str) -> Measured:
    """Write the files of one table or link and run the command on them."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = [name for name in rows.column_names if name not in _NOT_WRITTEN]
    headers = [_id_header(exam) if name == "record_key" else exam.headers.get(name, name) for name in columns]
    sides = {"records.csv": "l"} if not exam.is_link else {"first.csv": "l", "second.csv": "r"}
    for file, side in sides.items():
        pc_csv.write_csv(rows.filter(pc.equal(rows["side"], side)).select(columns).rename_columns(headers), folder / file)
    link = ["--link"] if exam.is_link else []
    # The folder of the files is where the command runs: a checkout in the current one would be found before ``package``.
    return measured(
        [sys.executable, "-m", "toolkit", "dedupe", *sides, *link, *options, "--out", "out"],
        folder=folder,
        package=package.resolve(),
    )


def _read(path: Path, columns: list[str]) -> pa.Table:
    # What is listed with columns that other files lack is read by name, and everything as text.
    options = pc_csv.ConvertOptions(include_columns=columns, column_types=dict.fromkeys(columns, pa.string()))
    return pc_csv.read_csv(path, convert_options=options, parse_options=pc_csv.ParseOptions(newlines_in_values=True))


def _pairs(out: Path) -> pa.Table:
    found = []
    for file, decision in _PAIRS.items():
        table = _read(out / file, ["id_l", "id_r", "match_probability"])
        found.append(
            pa.table(
                {
                    "key_l": table["id_l"],
                    "key_r": table["id_r"],
                    "probability": table["match_probability"].cast(pa.float64()),
                    "decision": pa.array([decision] * table.num_rows, pa.string()),
                }
            )
        )
    return pa.concat_tables(found)


def _clusters(out: Path, part: object) -> pa.Table:
    table = _read(out / "clusters.csv", ["record_id", "cluster_id"])
    marked = pc.binary_join_element_wise(table["cluster_id"], "" if part is None else f"of {part}", " ")
    return pa.table({"key": table["record_id"], "cluster": marked})


def _scored(exam: Exam, tool: str, clusters: np.ndarray, peak_mb: float, folder: Path) -> Answered:
    merged = said = cluster_score(exam, clusters)
    if exam.is_link:
        pairs = pq.read_table(folder / "pairs.parquet")
        same = pairs.filter(pc.equal(pairs["decision"], "same"))
        said = pair_score(exam, rows_of(exam, same["key_l"]), rows_of(exam, same["key_r"]))
    one = answered(exam, tool, said, merged, clusters, peak_mb, folder)
    return replace(one, calibration_error=calibration_error(*stated_pairs(one)))

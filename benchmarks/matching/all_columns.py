"""Generated parties as a client hands them over: a CSV file with every column, and the command that a user types.

Usage: ``python -m benchmarks.matching.all_columns [COUNT] [--seeds N]``. Beside it the same records with only the columns
that tell who a party is: whoever leaves the others in should lose nothing by it. ``other headers`` are German ones.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc_csv

from benchmarks.matching.exam import Exam, Score, cluster_score, pure_share, rows_of
from benchmarks.matching.generated.parties import CACHE, PARTY_ROLES, party_exam
from benchmarks.matching.generated.writing import COLUMNS
from benchmarks.measured import measured

_GERMAN = {
    "record_key": "Satz-Nr.", "system": "Quelle", "kind": "Art", "name": "Name", "given_name": "Vorname",
    "family_name": "Nachname", "company_name": "Firma", "email": "E-Mail-Adresse", "phone": "Telefon", "website": "Webseite",
    "street": "Straße", "city": "Ort", "region": "Bundesland", "postcode": "PLZ", "country": "Land", "tax_id": "USt-IdNr.",
}  # fmt: skip
HEAD = f"{'parties':44} {'precision':>9} {'recall':>7} {'F1':>7} {'pure':>7} {'CPU s':>7} {'wall s':>7}"


def deduped(exam: Exam, columns: dict[str, str], folder: Path) -> tuple[Score, float, float, float]:
    """Return the score of ``dedupe`` on some columns under some headers, its share of pure clusters, CPU and wall seconds.

    Raises
    ------
    RuntimeError
        The command failed; the message is what it printed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = exam.table.select([*columns]).rename_columns([*columns.values()])
    path, out = folder / "parties.csv", folder / "out"
    pc_csv.write_csv(table, path)
    run = measured([sys.executable, "-m", "toolkit", "dedupe", path, "--out", out], folder=Path.cwd())
    if run.exit_code:
        raise RuntimeError(run.output)
    found = pc_csv.read_csv(
        out / "clusters.csv",
        convert_options=pc_csv.ConvertOptions(column_types={"record_id": pa.string(), "cluster_id": pa.string()}),
    )
    numbers = np.empty(len(exam.truth), dtype=np.int64)
    numbers[rows_of(exam, found["record_id"])] = found["cluster_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    return cluster_score(exam, numbers), pure_share(exam, numbers), run.cpu_s, run.wall_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seeds", type=int, default=1, help="worlds")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where generated parties are kept")
    asked = parser.parse_args()
    handed_over = {
        "only the right columns": {column: column for column in ("record_key", *PARTY_ROLES)},
        "all columns": {column: column for column in ("record_key", *COLUMNS)},
        "all columns, other headers": _GERMAN,
    }
    print(HEAD)
    for seed in range(1, asked.seeds + 1):
        exam = party_exam(asked.count, seed, asked.folder)
        for name, columns in handed_over.items():
            with tempfile.TemporaryDirectory() as folder:
                score, pure, cpu_s, wall_s = deduped(exam, columns, Path(folder))
            label = f"{asked.count:,}, seed {seed}, {name}"
            print(
                f"{label:44} {score.precision:9.4f} {score.recall:7.4f} {score.f1:7.4f} {pure:7.4f} "
                f"{cpu_s:7.1f} {wall_s:7.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()

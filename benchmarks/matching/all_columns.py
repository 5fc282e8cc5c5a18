"""Generated parties as a client hands them over: a CSV file with every column, and the command that a user types.

Usage: ``python -m benchmarks.matching.all_columns [COUNT] [--seeds N]``. Beside it the same records with only the columns
that tell who a party is: whoever leaves the others in should lose nothing by it; and all of them under German headers.
"""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.matching.commanded import commanded
from benchmarks.matching.generated.parties import CACHE, PARTY_ROLES, party_exam
from benchmarks.matching.generated.writing import COLUMNS
from benchmarks.matching.report import HEAD

_GERMAN = {
    "record_key": "Satz-Nr.", "system": "Quelle", "kind": "Art", "name": "Name", "given_name": "Vorname",
    "family_name": "Nachname", "company_name": "Firma", "email": "E-Mail-Adresse", "phone": "Telefon", "website": "Webseite",
    "street": "Straße", "city": "Ort", "region": "Bundesland", "postcode": "PLZ", "country": "Land", "tax_id": "USt-IdNr.",
}  # fmt: skip
_HANDED_OVER = {
    "right columns": {column: column for column in ("record_key", *PARTY_ROLES)},
    "all columns": {column: column for column in ("record_key", *COLUMNS)},
    "German headers": _GERMAN,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seeds", type=int, default=1, help="worlds")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where generated parties are kept")
    asked = parser.parse_args()
    found = []
    print(HEAD)
    with tempfile.TemporaryDirectory() as work:
        for seed in range(1, asked.seeds + 1):
            exam = party_exam(asked.count, seed, asked.folder)
            for name, headers in _HANDED_OVER.items():
                table = exam.table.select(["side", *headers])
                one = commanded(replace(exam, name=f"{exam.name}, {name}", table=table, headers=headers), work=Path(work))
                found.append(one)
                print(one.row(), flush=True)
    sys.exit(any(one.failure for one in found))


if __name__ == "__main__":
    main()

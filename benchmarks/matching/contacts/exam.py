"""The contacts of one seed as an exam: ``contact_exam(count, seed)``."""

from itertools import count as numbers

import numpy as np
import pyarrow as pa

from benchmarks.matching.contacts.keyed import COLUMNS, Row, company_row, person_row
from benchmarks.matching.contacts.past import Country
from benchmarks.matching.exam import Exam

ROLES = {"First Name": "given", "Last Name": "family", "Account Name": "company", "Email": "email", "Phone": "phone",
         "Mobile": "phone", "Mailing Street": "street", "Mailing City": "city", "Mailing Zip": "postcode",
         "Website": "domain"}  # fmt: skip
_PERSON_COUNTS = (1,) * 52 + (2,) * 31 + (3,) * 12 + (4,) * 4 + (6,)
_COMPANY_COUNTS = (0,) * 58 + (1,) * 24 + (2,) * 13 + (3,) * 5


def contact_exam(count: int, seed: int) -> Exam:
    """Return ``count`` rows of a CRM in the order of chance, and which of them are one party."""
    country, party = Country(seed), numbers()
    dice = country.dice
    rows: list[Row] = []
    truth: list[int] = []
    while len(rows) < count:
        companies, people = country.group()
        for one, times, typed in (
            *((company, country.one(_COMPANY_COUNTS), company_row) for company in companies),
            *((person, country.one(_PERSON_COUNTS), person_row) for person in people),
        ):
            number = next(party)
            earlier: list[set[str]] = []
            for _ in range(times):
                row, facts = typed(dice, one, earlier)
                rows.append(row)
                truth.append(number)
                earlier.append(facts)
    order = np.random.default_rng([seed, 61]).permutation(count)
    shuffled = [rows[row] for row in order]
    keys = np.random.default_rng([seed, 62]).choice(2**31, count, replace=False)
    table = pa.table(
        {
            "record_key": [f"003{key:08X}" for key in keys],
            "side": pa.array(["l"] * count),
            **{name: pa.array([row[name] for row in shuffled], pa.string()) for name in COLUMNS},
        }
    )
    things = np.array(truth, dtype=np.int64)[order]
    return Exam(f"contacts {count:,}, seed {seed}", "person", table, things, ROLES, headers={"record_key": "Contact ID"})

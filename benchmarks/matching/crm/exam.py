"""The CRM as exams: one world, exported as accounts (a name and a contact) or as people (first and last name, a company)."""

import numpy as np
import pyarrow as pa

from benchmarks.matching.crm.records import Typed, Typist
from benchmarks.matching.crm.world import World
from benchmarks.matching.exam import Exam

_REST = {"email": "email", "phone": "phone", "mobile": "phone", "website": "domain", "street": "street", "suburb": "city",
         "province": "region", "postcode": "postcode"}  # fmt: skip
EXPORTS = {
    "accounts": {"name": "name", "contact": "name", "company": "company", **_REST},
    "people": {"first_name": "given", "last_name": "family", "company": "company", **_REST},
}
_HEADERS = {
    "record_key": "Record ID", "name": "Name", "contact": "Contact", "first_name": "First Name", "last_name": "Last Name",
    "company": "Company", "job_title": "Job Title", "email": "Email", "phone": "Phone", "mobile": "Mobile",
    "website": "Website", "street": "Street", "suburb": "Suburb", "province": "Province", "postcode": "Postal Code",
}  # fmt: skip


def crm(count: int, seed: int, export: str) -> Exam:
    """Return ``count`` records of a CRM in one export.

    Parameters
    ----------
    count
        Number of records.
    seed
        Of every draw.
    export
        ``accounts`` or ``people``.
    """
    world = World(seed, firm_count=count // 4)
    typist = Typist(world.dice)
    rows: list[Typed] = []
    truth: list[int] = []
    for group in world.groups():
        for number, party in enumerate(group, start=truth[-1] + 1 if truth else 0):
            typed = typist.records(party)
            rows += typed
            truth += [number] * len(typed)
        if len(rows) >= count:
            break
    order = np.random.default_rng(seed).permutation(count)
    roles = EXPORTS[export]
    # Where a job is told beside the names: the people's export alone.
    columns = [*roles] + (["job_title"] if export == "people" else [])
    table = pa.table(
        {
            "record_key": [f"R{10_000 + number}" for number in range(count)],
            "side": ["l"] * count,
            **{name: pa.array([_cell(rows[row], name, export) for row in order], pa.string()) for name in columns},
        }
    )
    return Exam(f"crm {export} {count:,}, seed {seed}", "party", table, np.array(truth)[order], roles, headers=_HEADERS)


def _cell(typed: Typed, name: str, export: str) -> str | None:
    if name == "company" and export == "people":
        return typed.company or typed.organisation or None
    return getattr(typed, name) or None

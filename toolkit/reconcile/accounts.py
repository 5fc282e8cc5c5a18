"""Which account, or party, each party record belongs to, and which of them each system has a record of."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import Coded, array_of, coded, positions, taken


@dataclass(frozen=True, slots=True)
class Accounts:
    """The account (or party) of each party record, by its key, and the system of each record.

    ``linked`` are those that several systems have a record of: recognised, not just unmatched. ``told`` are those of which a
    person said whose records are theirs, or are not.
    """

    keys: pa.StringArray
    names: pa.StringArray
    systems: Coded
    linked: pa.StringArray
    told: pa.StringArray

    def of(self, record_keys: pa.StringArray | pa.ChunkedArray) -> pa.StringArray:
        """Return the account of each party record; null where it is not in the crosswalk."""
        return taken(self.names, positions(record_keys, self.keys))

    def held_by(self, system: str) -> pa.StringArray:
        """Return the accounts that a system has a record of."""
        place = self.systems.texts.index(system).as_py()
        return pc.unique(self.names.filter(pa.array(self.systems.code == place)))


def accounts_in(crosswalk: pa.Table, column: str) -> Accounts:
    """Return the accounts of a CROSSWALK, or with ``column="golden_id"`` its parties."""
    name, system = coded(crosswalk[column]), coded(crosswalk["system"])
    is_held = np.zeros((len(system.texts), len(name.texts)), dtype=bool)
    is_held[system.code, name.code] = True
    linked = name.texts.filter(pa.array(is_held.sum(axis=0) > 1))
    told = pc.unique(array_of(crosswalk[column]).filter(pc.equal(array_of(crosswalk["decided_by"]), "person")))
    return Accounts(array_of(crosswalk["record_key"]), array_of(crosswalk[column]), system, linked, told)

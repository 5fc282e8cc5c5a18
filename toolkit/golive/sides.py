"""Both lists of a parallel run as documents that can be compared: only what stands, each dated by its own date."""

import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.accounts import Accounts
from toolkit.reconcile.sides import Side, source_side

Place = tuple[str, str]


def compared_side(entity: str, place: Place, records: pa.Table, accounts: Accounts, *, time_zone: str) -> Side:
    """Return one list of a parallel run; what is void, a draft, deleted or a deal that is not won takes no part.

    Parameters
    ----------
    entity
        What both lists hold.
    place
        System and stream of the list.
    records
        Its records in the order of their keys, with ``party_key`` resolved.
    accounts
        The parties of all systems.
    time_zone
        The client's, for days.
    """
    one = Handoff("parallel_run", "", *place, entity, *place, entity)
    return source_side(one, records, accounts, time_zone)

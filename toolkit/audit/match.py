"""Stage: which party records are one party, within a system and across systems."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.match.parties import matched_parties
from toolkit.match.party_kind import with_told_kinds
from toolkit.reconcile.references import resolved_references
from toolkit.store import Run
from toolkit.tables import DOCUMENT


def results(engagement: Engagement, _run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage."""
    parties = with_told_kinds(resolved_references(DOCUMENT.empty(), records.parties).parties)
    found = matched_parties(parties, decisions=engagement.store.decisions())
    return {"pair": found.pairs, "pair_level": found.pair_levels, "cluster": found.clusters}

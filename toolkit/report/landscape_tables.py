"""The landscape's map as a client may see it: people's names are shortened."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.landscape.map_tables import map_tables
from toolkit.report.masking import short_person_name


def landscape_tables(
    snapshot: pa.Table,
    handoff: pa.Table,
    *,
    labels: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Return the nodes and the edges of the map: systems, the people who carry data, and what they carry.

    Parameters
    ----------
    snapshot, handoff
        Schemas SNAPSHOT and HANDOFF.
    labels
        The client's words for a system; by default its name.
    notes
        A few characters to stand beside a handoff's line, by its id.
    """
    return map_tables(snapshot, handoff, shown_person=short_person_name, labels=labels, notes=notes)

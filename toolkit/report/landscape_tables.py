"""The landscape's map as a client may see it: people's names are shortened."""

from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa

from toolkit.landscape.map_tables import map_tables
from toolkit.report.landscape_gaps import described_systems
from toolkit.report.masking import short_person_name


def landscape_tables(
    snapshot: pa.Table,
    handoff: pa.Table,
    *,
    described: Mapping[str, Mapping[str, object]] | None = None,
    labels: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    automations: Sequence[tuple[str, str, str, str]] = (),
    connected: Collection[str] = (),
) -> tuple[pa.Table, pa.Table]:
    """Return the nodes and the edges of the map: systems, the people who carry data, and what they carry.

    Parameters
    ----------
    snapshot, handoff
        Schemas SNAPSHOT and HANDOFF.
    described
        What the settings say of each system, by its name: one without a file stands on the map too.
    labels
        The client's words for a system; by default its name.
    notes
        A few characters to stand beside a handoff's line, by its id.
    automations
        Links that run by themselves already: id, words, and the two systems.
    connected
        Handoffs that run from system to system, without anybody's hands.
    """
    read = dict(zip(snapshot["system"].to_pylist(), snapshot["connector"].to_pylist(), strict=True))
    systems = described_systems(described or {}, read)
    return map_tables(
        systems,
        handoff,
        shown_person=short_person_name,
        labels=labels,
        notes=notes,
        automations=automations,
        connected=connected,
    )

"""Which days of a handoff's lists stand in their files and could not be read."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.streams import stream_of
from toolkit.audit.records import Records
from toolkit.connector import Stream, alternatives, header_key
from toolkit.connectors import connectors
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.judging.unread import Unread, undated_keys, unread_days
from toolkit.reconcile.sides import dating_columns


class UnreadDates:
    """Looks into the rows of a handoff's records whose day is not known, as their files wrote them."""

    def __init__(self, engagement: Engagement, records: Records) -> None:
        """Take the streams of the settings and of the vendors."""
        self._records = records
        self._streams: dict[tuple[str, str], Stream] = {}
        vendors = {one.name: one for one in connectors()}
        for row in engagement.store.snapshots().to_pylist():
            offered = vendors[row["connector"]].streams if row["connector"] in vendors else ()
            self._streams |= {(row["system"], one.name): one for one in offered if one.name == row["stream"]}
        for system, given in engagement.settings.systems.items():
            self._streams |= {(system, name): stream_of(name, one) for name, one in given.streams.items()}

    def of(self, handoff: Handoff, streams: tuple[pa.Table, pa.Table]) -> tuple[Unread | None, Unread | None]:
        """Return what could not be read of the days that date source and target.

        Parameters
        ----------
        handoff
            The handoff.
        streams
            Its records, as ``sides.stream_documents`` gives them.
        """
        source, target = dating_columns(handoff)
        left, right = streams
        if handoff.entity_l == "deal":
            # The day on which an open deal is hoped for is not the day of its end, and was left out on purpose.
            left = left.filter(pc.fill_null(left["is_won"], False))
        return (
            self._unread(handoff.system_l, handoff.stream_l, left, source),
            self._unread(handoff.system_r, handoff.stream_r, right, target),
        )

    def _unread(self, system: str, name: str, table: pa.Table, columns: tuple[str, ...]) -> Unread | None:
        fields = self._streams[system, name].fields if (system, name) in self._streams else {}
        column = next((one for one in columns if one in fields), None)
        keys = undated_keys(table, column) if column is not None else []
        if column is None or not keys:
            return None
        rows = self._records.written(system, name, keys)
        wanted = {header_key(part) for header in fields[column].headers for part in alternatives(header)}
        headers = [one for one in dict.fromkeys(name for row in rows.values() for name in row) if header_key(one) in wanted]
        return unread_days(table, column, headers, rows)

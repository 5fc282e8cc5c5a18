"""One cluster explained: the records in it, what became of it over the runs, and what people decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.stages.match import SUBJECT, kept_identity
from toolkit.errors import SnapshotMissingError, UnknownNameError
from toolkit.match.identity.history import event_sentence
from toolkit.match.identity.lasting_ids import Identity
from toolkit.tables import is_record_key

_MAX_NAMES = 200
"""Known names among which the nearest to a mistyped one is looked for."""


@dataclass(frozen=True, slots=True)
class ClusterExplanation:
    """A cluster under its id of today: its records, its history oldest first, and the decisions that name any of them.

    ``asked`` is the id or record key that was asked for; ``members`` has ``record_key`` and ``is_present``.
    """

    asked: str
    cluster_id: str
    members: pa.Table
    events: pa.Table
    decisions: pa.Table

    def facts(self, limit: int = 20) -> dict[str, Any]:
        """Return the explanation as plain values, with at most ``limit`` records."""
        return {
            "asked": self.asked,
            "cluster_id": self.cluster_id,
            "record_count": self.members.num_rows,
            "records": self.members.slice(0, limit).to_pylist(),
            "history": [{**row, "sentence": event_sentence(row, self.cluster_id)} for row in self.events.to_pylist()],
            "decisions": self.decisions.to_pylist(),
        }

    def lines(self, limit: int = 20) -> list[str]:
        """Return the explanation as text, with at most ``limit`` records."""
        present = pc.sum(self.members["is_present"]).as_py() or 0
        result = [f"{self.cluster_id}: {present:,} record{'' if present == 1 else 's'} held to be one party"]
        if self.asked != self.cluster_id:
            what = "is in" if is_record_key(self.asked) else "was merged into"
            result.append(f"{self.asked} {what} {self.cluster_id}.")
        result += [
            f"  {row['record_key']}" + ("" if row["is_present"] else "  (not there at present)")
            for row in self.members.slice(0, limit).to_pylist()
        ]
        if self.members.num_rows > limit:
            result.append(f"  … and {self.members.num_rows - limit:,} more")
        result += ["History:", *(f"  {row['run_id']}  {self._sentence(row)}" for row in self.events.to_pylist())]
        if self.decisions.num_rows:
            result.append("Decided by people:")
            result += [f"  {_decision_text(row)}" for row in self.decisions.to_pylist()]
        return result

    def _sentence(self, event: Mapping[str, Any]) -> str:
        return event_sentence(event, self.cluster_id)

    def _repr_html_(self) -> str:
        return "".join(f"<div>{escape(line)}</div>" for line in self.lines(50))


def is_cluster_name(name: str) -> bool:
    """Whether ``name`` is a record key or a cluster id, and no figure.

    Examples
    --------
    >>> is_cluster_name("g-599872fab32f"), is_cluster_name("crm/companies/7"), is_cluster_name("match.review_count")
    (True, True, False)
    """
    return is_record_key(name) or name.startswith("g-")


def explained_cluster(engagement: Engagement, name: str) -> ClusterExplanation:
    """Return what is known of a cluster.

    Parameters
    ----------
    engagement
        The engagement.
    name
        A cluster id, also one that was merged away, or the key of a record.

    Raises
    ------
    SnapshotMissingError
        Nothing has been matched yet.
    UnknownNameError
        No such record or cluster was ever there.
    """
    identity = matched_identity(engagement)
    cluster_id = cluster_of(identity, name)
    keys = identity.record_keys(cluster_id)
    members = identity.members.filter(pc.is_in(identity.members["record_key"], value_set=pa.array(keys, pa.string())))
    events = engagement.store.cluster_events(SUBJECT)
    is_own = pc.or_(
        pc.equal(events["cluster_id"], cluster_id), pc.fill_null(pc.equal(events["other_cluster_id"], cluster_id), False)
    )
    named = pa.array([*keys, cluster_id, name], pa.string())
    decisions = engagement.store.decisions()
    is_about = pc.or_(pc.is_in(decisions["key_l"], value_set=named), pc.is_in(decisions["key_r"], value_set=named))
    return ClusterExplanation(
        name, cluster_id, members.select(["record_key", "is_present"]), events.filter(is_own), decisions.filter(is_about)
    )


def matched_identity(engagement: Engagement) -> Identity:
    """Return which records are in which clusters.

    Raises
    ------
    SnapshotMissingError
        Nothing has been matched yet.
    """
    if engagement.store.matching(SUBJECT) is None:
        raise SnapshotMissingError(
            f"Nothing has been matched in {engagement.folder} yet. Run 'integration-audit match {engagement.folder}' first."
        )
    return kept_identity(engagement.store)


def cluster_of(identity: Identity, name: str) -> str:
    """Return the id of today of a cluster, or of the cluster that a record is in.

    Raises
    ------
    UnknownNameError
        No such record or cluster was ever there; the message offers the nearest.
    """
    table, column = (identity.members, "record_key") if is_record_key(name) else (identity.names, "cluster_id")
    place = pc.index(table[column], name).as_py()
    if place < 0:
        kind = "record" if is_record_key(name) else "cluster"
        alike = table[column].filter(pc.starts_with(table[column], name[: max(len(name) - 3, 2)]))
        raise UnknownNameError(kind, name, alike.slice(0, _MAX_NAMES).to_pylist())
    return identity.current_id(table["cluster_id"][place].as_py())


def _decision_text(row: Mapping[str, Any]) -> str:
    words = {
        "same": "is the same as",
        "not_same": "is not the same as",
        "exclude": "must not be in",
        "open": "is undecided with",
    }
    said = f"{row['key_l']} {words.get(row['decision'], row['decision'])} {row['key_r']}"
    who = f" ({row['reviewer']}, {row['decided_at']:%Y-%m-%d})" if row["reviewer"] else f" ({row['decided_at']:%Y-%m-%d})"
    return said + who + (f": {row['note']}" if row["note"] else "")

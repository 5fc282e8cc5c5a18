"""Which records of a system the audit holds to be one, whoever took one of them out since."""

from collections.abc import Collection, Mapping

import pyarrow as pa

from toolkit.audit.desks.merge_clusters.merging import Name
from toolkit.tables import is_record_key


class Clusters:
    """The records of one system by cluster and list; what decisions about them are about."""

    def __init__(self, crosswalk: pa.Table, system: str) -> None:
        """Read the clusters of an audit.

        Parameters
        ----------
        crosswalk
            Table CROSSWALK.
        system
            Whose records.
        """
        pairs = zip(crosswalk["record_key"].to_pylist(), crosswalk["golden_id"].to_pylist(), strict=True)
        self._start = f"{system}/"
        self._cluster_of: Mapping[str, str] = dict(pairs)
        self.keys_of: dict[Name, list[str]] = {}
        self._names: dict[str, list[Name]] = {}
        for key, cluster in self._cluster_of.items():
            if key.startswith(self._start):
                name = (cluster, key.removeprefix(self._start).partition("/")[0])
                if name not in self.keys_of:
                    self._names.setdefault(cluster, []).append(name)
                self.keys_of.setdefault(name, []).append(key)

    def is_own(self, one: str, other: str) -> bool:
        """Whether a decision about two keys is about one cluster: two of its records, or one of the system's and itself."""
        if not is_record_key(other):
            return one.startswith(self._start)
        cluster = self._cluster_of.get(one)
        return cluster is not None and cluster == self._cluster_of.get(other) and cluster in self._names

    def about(self, name: Name) -> list[str]:
        """Return the keys that a word on some duplicates may be about: their records, and their cluster."""
        return [name[0], *self.keys_of.get(name, ())]

    def named(self, keys: Collection[str]) -> list[Name]:
        """Return the duplicates that words on some records and clusters are about."""
        clusters = dict.fromkeys(self._cluster_of.get(key, key) for key in keys)
        return [name for cluster in clusters for name in self._names.get(cluster, ())]

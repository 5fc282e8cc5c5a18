"""What a cleanup would plan for some duplicates, in each system that knows the party; worked out when it is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.desks.merge_clusters.merging import Merging
from toolkit.audit.desks.merge_clusters.shown import shown_changes
from toolkit.changes import Operation
from toolkit.plan.merge_choices import MergeChoices
from toolkit.values.counted import counted

Row = dict[str, Any]
Edition = tuple[int, int]
"""Which rules and choices hold, and how many words were heard."""


class Previews:
    """Plans of the systems, each kept as long as nothing is decided anew; asked by one thread at a time."""

    def __init__(self, merging: Merging, labels: Mapping[str, str]) -> None:
        self._merging, self._labels = merging, labels
        self._others: dict[str, Merging] = {}
        self._plans: dict[str, tuple[Edition, tuple[Operation, ...]]] = {}

    def of(self, cluster_id: str, others: Sequence[str], *, choices: MergeChoices, edition: Edition) -> list[Row]:
        """Return the changes about one party, by system.

        Parameters
        ----------
        cluster_id
            The party.
        others
            The other systems that know it.
        choices
            What persons chose until now, of whichever system.
        edition
            Another one where anything was decided since a plan was worked out.
        """
        mergings = [self._merging, *map(self._other, others)]
        return [self._planned(one, cluster_id, choices, edition) for one in mergings]

    def forget(self) -> None:
        """Plan anew by the rules of now: others were written into the settings."""
        self._others.clear()
        self._plans.clear()

    def _planned(self, merging: Merging, cluster_id: str, choices: MergeChoices, edition: Edition) -> Row:
        system = merging.system
        held = self._plans.get(system)
        if held is None or held[0] != edition:
            merging.keep_apart(self._merging.apart)
            held = (edition, merging.planned(merging.inputs.rules, choices))
            self._plans[system] = held
        keys = _keys_of(merging, cluster_id)
        operations = [
            one
            for one in held[1]
            if one.evidence.cluster_id == cluster_id or f"{system}/{one.stream}/{one.target_id}" in keys
        ]
        told = shown_changes(operations, system, merging.names(operations))
        label = self._labels.get(system, system)
        return {"system": system, "label": label, "records": counted(len(keys), "record"), "changes": told}

    def _other(self, system: str) -> Merging:
        if system not in self._others:
            mine = self._merging
            self._others[system] = Merging(mine.engagement, mine.run, mine.records, system)
        return self._others[system]


def _keys_of(merging: Merging, cluster_id: str) -> set[str]:
    walk = merging.crosswalk
    rows = zip(walk["record_key"].to_pylist(), walk["golden_id"].to_pylist(), walk["system"].to_pylist(), strict=True)
    return {key for key, golden_id, system in rows if golden_id == cluster_id and system == merging.system}

"""Who decides which field, as a screen knows it: read from ``engagement.yaml``, read again when that changes, and written.

What is shown, what is proposed and what the page gives back all rest on one reading of the file: who writes by an older one
is refused, whoever wrote in between, and from whichever kernel.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from typing import Any

from toolkit.audit.desks.review_mismatches.differences import Differences
from toolkit.audit.desks.review_mismatches.given_words import given_whole
from toolkit.audit.desks.review_mismatches.policies import Proposal, policy, proposals
from toolkit.audit.desks.rewritten_settings import Rewriting, put_back, rewritten, settings_hash
from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records, engagement_records
from toolkit.audit.stages.reconcile import sources_of_truth
from toolkit.errors import InputError, OvertakenError
from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.store import Run
from toolkit.widgets.desk import Answer

Reading = tuple[str, SourceOfTruth]
"""Hash of a text of ``engagement.yaml``, and who decides which field by that text or a newer one."""


def read_deciders(engagement: Engagement) -> Reading:
    """Go on with ``engagement.yaml`` as it is now; return who decides by it.

    Raises
    ------
    InputError
        The file is not valid; what was known of it stays.
    """
    # The hash first: of a text that is changed right after, it is told to be the older one, and read again.
    told = settings_hash(engagement)
    engagement.reread()
    return told, sources_of_truth(engagement)


class PolicyDesk:
    """What it settles when one system decides a field; asked with the lock of the whole desk held."""

    def __init__(
        self,
        engagement: Engagement,
        run: Run,
        differences: Differences,
        reviewer: str,
        *,
        read: Reading,
        labels: Mapping[str, str],
        lock: AbstractContextManager[Any],
    ) -> None:
        self._engagement, self._run, self._list, self._reviewer = engagement, run, differences, reviewer
        self._labels, self._lock = labels, lock
        self.settings, self._truth = read
        self._written: dict[int, Rewriting] = {}
        self._steps = 0

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask of policies."""
        return {"try_policy": self._try, "policy": self._write, "policy_back": self._take_back}

    def deciders(self) -> dict[str, str | None]:
        """Return which system decides each field; none where nobody said."""
        return {column: self._truth.system_for("party", column) for column in COMPARED_COLUMNS}

    def look(self) -> None:
        """Follow ``engagement.yaml``; where it is not valid now, what was read of it before stays."""
        # Said where somebody wants to write: that is refused with the file's line.
        with suppress(InputError):
            self._follow()

    def _follow(self) -> None:
        """Read ``engagement.yaml`` again where it was changed, and propose by those who decide now."""
        if settings_hash(self._engagement) == self.settings:
            return
        before = self.deciders()
        self.settings, self._truth = read_deciders(self._engagement)
        now = self.deciders()
        places = self._places({column for column in COMPARED_COLUMNS if before[column] != now[column]})
        self._list.propose(self._proposed(places, self._truth))

    def _try(self, column: object = "", system: object = "") -> dict[str, Any]:
        with self._lock:
            self._follow()
            return self._counts(*self._tried(column, system))

    def _write(self, column: object = "", system: object = "", believed: object = "") -> dict[str, Any]:
        """Write that one system decides a field, and propose its values from now on."""
        with self._lock:
            self._follow()
            if believed != self.settings:
                raise OvertakenError("engagement.yaml was changed in the meantime. Nothing was written.")
            places, found = self._tried(column, system)
            chosen = policy(self._engagement, str(column), str(system))
            _, change = rewritten(self._engagement, chosen.changes, believed=self.settings, reviewer=self._reviewer)
            told = self._counts(places, found)
            self._list.propose(found)
            self._truth = chosen.truth
            self._follow()
            self._steps += 1
            self._written[self._steps] = change
            return {**told, "step": self._steps, "deciders": self.deciders(), "settings": self.settings}

    def _take_back(self, step: object = 0) -> dict[str, Any]:
        with self._lock:
            change = self._written.get(given_whole(step))
            if change is None:
                raise InputError("There is no such change of engagement.yaml to take back.")
            put_back(self._engagement, change, reviewer=self._reviewer)
            del self._written[given_whole(step)]
            self._follow()
            return {"deciders": self.deciders(), "settings": self.settings}

    def _tried(self, column: object, system: object) -> tuple[list[int], dict[int, Proposal]]:
        if column not in COMPARED_COLUMNS or system not in self._labels:
            raise InputError(f"There is no field {column!r}, or no system {system!r}, to decide by.")
        chosen = policy(self._engagement, str(column), str(system))
        places = self._places({*chosen.columns})
        return places, self._proposed(places, chosen.truth)

    def _places(self, fields: set[str]) -> list[int]:
        return [place for place, name in enumerate(self._list.columns()["column"]) if name in fields]

    def _proposed(self, places: Sequence[int], truth: SourceOfTruth) -> dict[int, Proposal]:
        if not places:
            return {}
        columns = self._list.columns()
        return proposals(self._engagement, self._run, self._records, columns=columns, places=places, truth=truth)

    def _counts(self, places: Sequence[int], found: Mapping[int, Proposal]) -> dict[str, Any]:
        real = [place for place in places if self._list.cells(place)["kind"] != "formatting"]
        undecided = [place for place in real if self._list.status(place) != "decided"]
        settled = [place for place in undecided if not self._proposal(place)[1] and found[place][1]]
        changed = [
            place for place in undecided if self._proposal(place)[1] and found[place][:2] != self._proposal(place)[:2]
        ]
        return {
            "differences": len(real), "undecided": len(undecided), "settled": len(settled), "changed": len(changed),
            "left": sum(not found[place][1] for place in undecided),
        }  # fmt: skip

    def _proposal(self, place: int) -> Proposal:
        one = self._list.cells(place)
        return one["proposed_value"], one["proposed_system"], one["reason"]

    @cached_property
    def _records(self) -> Records:
        return engagement_records(self._engagement)

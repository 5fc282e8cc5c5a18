"""Names that several parties bear, as the lists themselves show: who stands twice in one list is two.

Of records that hold nothing but a name, the name is all that can tell. Where two lists are linked one to one, each holds a
party once, so that a name which stands in one of them twice is borne by two. Where several systems are looked through at
once, each may hold duplicates. But those of one system know nothing of those of another: where names that stand several
times in one system stand several times in the others too, and hardly ever once, they are common names.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Ints
from toolkit.match.records.profiles import Profiles

_FEW_NAMES = 3
"""Fewer names that stand several times in two systems are an accident."""

_MORE_OFTEN = 10.0
"""So many times as often as duplicates would must names stand several times in two systems to be common names."""


_MOST_REPEATED = 1 / 3
"""Share of the names in two systems of which no more stand several times in either for being duplicates."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Of each profile which name it has (-1 where it says anything else), and how many records bear it if it is common.

    ``bearers`` is 0 where nothing shows that a name is borne by several.
    """

    name: Ints
    bearers: Ints

    def are_both(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return whether the two of each pair of profiles are two bearers of one common name."""
        return np.asarray((self.bearers[left] > 0) & (self.name[left] == self.name[right]))


def namesakes_of(profiles: Profiles, *, is_link: bool) -> Namesakes:
    """Return the names that several parties bear.

    Parameters
    ----------
    profiles
        The distinct records.
    is_link
        Whether records of one system are linked to those of another, each to at most one.
    """
    name = _names(profiles)
    bearers = np.zeros(profiles.count, dtype=np.int64)
    systems_count = len(profiles.system_names)
    records = np.flatnonzero(name[profiles.profile_of] >= 0)
    if systems_count < 2 or not len(records):
        return Namesakes(name, bearers)
    named = name[profiles.profile_of[records]]
    codes, borne = np.unique(named * systems_count + profiles.systems[records], return_counts=True)
    names_count = int(name.max()) + 1
    of_name = codes // systems_count
    often: Ints = np.bincount(of_name[borne > 1], minlength=names_count)
    once: Ints = np.bincount(of_name[borne == 1], minlength=names_count)
    if is_link or _are_common(often, once):
        has = name >= 0
        counted = np.bincount(named, minlength=names_count)
        bearers[has] = np.where(often > 0, counted, 0)[name[has]]
    return Namesakes(name, bearers)


def _are_common(often: Ints, once: Ints) -> bool:
    """Return whether names stand several times in one system and in others too, more often than duplicates would.

    Parameters
    ----------
    often, once
        In how many systems each name stands several times, and once.
    """
    both, one, none = (float(pairs.sum()) for pairs in (often * (often - 1) / 2, often * once, once * (once - 1) / 2))
    is_linked = (both + 0.5) * (none + 0.5) > _MORE_OFTEN * (one / 2 + 0.5) ** 2
    is_usual = both + one / 2 >= _MOST_REPEATED * (both + one + none)
    return both >= _FEW_NAMES and (is_linked or is_usual)


def _names(profiles: Profiles) -> Ints:
    """Return a number for the name of each profile that says nothing else, -1 for the others."""
    own = [fact.codes for fact in profiles.facts if fact.comparison.facet == "name"]
    rest = [fact.codes for fact in profiles.facts if fact.comparison.facet != "name"]
    if not own:
        return np.full(profiles.count, -1, dtype=np.int64)
    says = np.stack(own, axis=1)
    is_name = (says >= 0).any(axis=1)
    for codes in rest:
        is_name &= codes < 0
    result = np.full(profiles.count, -1, dtype=np.int64)
    result[is_name] = np.unique(says[is_name], axis=0, return_inverse=True)[1].ravel()
    return result

"""What is believed of each class of pair before a table is seen, and what of it a table may teach.

A comparison says what matches, neighbours, namesakes and unrelated pairs look like. Two of those are mixtures: a match whose
party has moved disagrees in address and telephone at once, and among neighbours those who belong together share part of the
name and the site, while mere tenants of one building share the place alone. The mixtures are taken apart here.
"""

import numpy as np

from toolkit.match.comparison import Comparison, Floats
from toolkit.match.comparisons.person import COMPARISON as PERSONS_NAME
from toolkit.match.linkage.held_shares import held_bits, held_titles, held_variants
from toolkit.match.linkage.monotone import rising_ratios
from toolkit.match.linkage.weights import AKIN, BY_NAME, BY_PLACE, MATCH, MOVED, UNRELATED

PSEUDO_PAIRS = {MATCH: 40.0, BY_PLACE: 60.0, BY_NAME: 60.0, MOVED: 40.0, AKIN: 60.0}
"""Strength of what is believed beforehand of each class, in pairs."""

_OF_STRANGERS = {"name": 0.97, "web": 0.9, "contact": 0.75}
"""How far neighbours whom only the place joins are strangers to each other in a fact; for the rest they are as
neighbours."""

_OF_A_MOVE = {"place": 0.9, "contact": 0.5}
"""How far the old address and telephone of one who moved are as those of two branches."""

_OF_A_NEW_JOB = {**_OF_A_MOVE, "web": 0.3}
"""Of a person also the mailbox and the site: with the employer they change together."""

_NOT_MOVED = 0.7
"""What is left of the pairs of one party at two places once those that moved are a class of their own."""

_ONE_PLACE = 0.9
"""Share of akin parties that write one place as one party does; the rest has offices elsewhere."""

_FIXED = {
    BY_PLACE: frozenset({"name", "title", "web", "identity", "birth", "variant"}),
    BY_NAME: frozenset({"place", "identity", "birth"}),
    AKIN: frozenset({"title", "place", "identity", "birth", "variant"}),
}
"""What of a class a table does not teach: by this the class is known, and it would take in whatever matches disagree on."""

_FIXED_OF_COMPANIES = {MOVED: frozenset({"contact"})}
"""Of companies neither how often the telephone changes with the address: a chain's branches would teach it, and among a
hundred thousand records be taken for one company that has moved."""

_POOLED = frozenset({"name", "title", "web", "identity", "birth", "variant", "attribute"})
"""Facts in which one who moved is as one who did not."""

_HALF = frozenset({(AKIN, "name")})
"""What a table teaches half-way only, however large it is: whether unlike names at one place are one party's is told by
little else."""

_MOST_RARE = 4.0
_MOST_RARE_OF_PERSONS = 2.5
"""How often more than believed one company, or one person, may bear names that rather speak for neighbours."""

_KNOWN_MATCHES = 300.0
"""Pairs of one party whose names are known from which on a table may say that two unlike names of one are usual in it."""

_PROVEN_STRENGTH = 100.0
"""Pairs that what is believed of the names of one party counts for beside those that are proven to be one."""

_PROVING = frozenset({"identity", "web", "birth"})
_SELDOM = 0.2
"""Facets that may prove one party, and how many times as often as it neighbours agree in full in what does, at most."""

_WHERE_STRANGERS_ARE_KNOWN = 0.05
"""What is left of the belief in what one party's names look like where it is counted how often two strangers' look so."""

_MOST_AKIN = 3.0
"""How often more than believed akin parties may bear names that rather speak for one party."""

RANDOM_PAIRS = 20_000
"""Pairs drawn to see what any two records of a table have in common."""

_PSEUDO_RANDOM = 20.0


def random_strength(pairs_count: float) -> float:
    """Return the strength of what is believed beforehand of unrelated pairs, in pairs: as much as so many drawn ones."""
    return _PSEUDO_RANDOM * max(pairs_count / RANDOM_PAIRS, 1.0)


def proves_one_party(comparison: Comparison) -> bool:
    """Return whether neighbours hardly ever agree in full in a fact: a tax number, a mailbox that is nobody else's.

    Parameters
    ----------
    comparison
        The fact.
    """
    match, by_place = comparison.priors()[[MATCH, BY_PLACE], -1].tolist()
    return comparison.facet in _PROVING and by_place <= _SELDOM * match


def believed_shares(comparison: Comparison, *, is_of_persons: bool = False) -> Floats:
    """Return the share of each level in each of the six classes, before a table is seen.

    Parameters
    ----------
    comparison
        The fact.
    is_of_persons
        Whether it is told of persons.
    """
    match, by_place, by_name, unrelated = comparison.priors()
    strange = _OF_STRANGERS.get(comparison.facet, 0.0)
    old = (_OF_A_NEW_JOB if is_of_persons else _OF_A_MOVE).get(comparison.facet, 0.0)
    tenants = strange * unrelated + (1 - strange) * by_place
    moved = old * by_name + (1 - old) * match
    if comparison.facet == "place":
        match = np.where(match < by_name, _NOT_MOVED * match, match)
        match /= match.sum()
    return np.stack([match, tenants, by_name, unrelated, moved, by_place])


def taught_shares(  # noqa: PLR0917 - parallel columns
    comparison: Comparison,
    believed: Floats,
    observed: Floats,
    total: Floats,
    chance: Floats,
    pairs_count: float,
    local: Floats,
    proven: Floats,
    *,
    is_counted: bool = False,
    is_of_persons: bool = False,
) -> Floats:
    """Return the share of each level in each class, from what is believed and what a table shows.

    Parameters
    ----------
    comparison
        The fact.
    believed
        Share of each level by class, beforehand.
    observed
        Pairs of each level expected in each class, as far as it may be learned from them; in the row of the unrelated,
        all pairs that are related in one way or another.
    total
        How many of all pairs have each level.
    chance
        How many of all pairs have each level by chance, as far as that is known: no more equal names than that are
        strangers', and as many of those that are the same but for spelling.
    pairs_count
        Number of all pairs.
    local
        Share of namesakes, and of the addresses of one who moved, that are near each other as believed and not placed
        like any two.
    proven
        Pairs of each level expected to be one party, of those that agree in what proves it.
    is_counted
        Whether it is counted how often strangers' values are nearly the same.
    is_of_persons
        Whether it is told of persons.
    """
    facet = comparison.facet
    is_pooled = facet in _POOLED and not (is_of_persons and facet in _OF_A_NEW_JOB)
    counts = observed.copy()
    if is_pooled:
        counts[MATCH] = counts[MOVED] = observed[MATCH] + observed[MOVED]
    shares = believed.copy()
    for kind, strength in PSEUDO_PAIRS.items():
        is_fixed = facet in _FIXED.get(kind, ()) or (not is_of_persons and facet in _FIXED_OF_COMPANIES.get(kind, ()))
        if not is_fixed:
            held = strength + (counts[kind].sum() if (kind, facet) in _HALF else 0.0)
            if facet == "birth" and kind in {MATCH, MOVED}:
                # Father and son would teach that a birth year a generation apart is a slip: the more there may be, the less.
                held += counts[AKIN].sum()
            if is_counted and kind in {MATCH, MOVED}:
                held *= _WHERE_STRANGERS_ARE_KNOWN
            counted = counts[kind] + held * believed[kind]
            shares[kind] = counted / counted.sum()
    # What is not related must be unrelated: the rest of all pairs.
    rest = np.maximum(total - observed[UNRELATED], 0.0)
    if facet == "name":
        is_known = ~np.isnan(chance[:-1])
        rest[:-1][is_known] = chance[:-1][is_known]
        rest[-1] = min(rest[-1], chance[-1])
    counted = rest + random_strength(pairs_count) * believed[UNRELATED]
    shares[UNRELATED] = counted / counted.sum()
    if facet == "name":
        most_rare = _MOST_RARE_OF_PERSONS if comparison.name == PERSONS_NAME.name else _MOST_RARE
        _bound_names(shares, believed, counts, proven, most_rare)
    # Strangers at one place are strangers in what the place does not bring; branches are anywhere, or in one town.
    if facet in ("name", "web"):
        strange = _OF_STRANGERS[facet]
        by_place = believed[BY_PLACE] - strange * believed[UNRELATED]
        shares[BY_PLACE] = strange * shares[UNRELATED] + by_place
    if facet == "place":
        elsewhere, moved = ((1 - one) * shares[UNRELATED] + one * believed[BY_NAME] for one in local.tolist())
        shares[BY_NAME] = elsewhere
        is_rare = believed[MATCH] < believed[BY_NAME]
        shares[MATCH, is_rare] = np.minimum(shares[MATCH, is_rare], believed[MATCH, is_rare])
        shares[MATCH] /= shares[MATCH].sum()
        shares[MOVED] = _OF_A_MOVE[facet] * moved + (1 - _OF_A_MOVE[facet]) * shares[MATCH]
        # One place is written by two who belong together as it is by one party, but for offices elsewhere.
        shares[AKIN] = _ONE_PLACE * shares[MATCH] + (1 - _ONE_PLACE) * shares[UNRELATED]
    shares = held_variants(comparison, shares)
    _make_rising(shares, comparison, is_pooled=is_pooled, new_job=float(local[1]))
    return held_titles(comparison, shares)


def _bound_names(shares: Floats, believed: Floats, counts: Floats, proven: Floats, most_rare: float) -> None:
    """Keep what a table teaches of names within what names are everywhere.

    That one party bears two unlike names is rare; were it learned, neighbours would teach it. Names that rather speak for
    neighbours may be more frequent among matches than believed, but not by much, and not because of a handful; and so the
    other way round. Of persons less so: who lives at one address under another given name is somebody else. Nor are they
    more frequent than among pairs that are proven to be one party by what neighbours do not share.
    """
    is_rare = believed[MATCH] < believed[AKIN]
    most = 1 + (most_rare - 1) * min(1.0, float(counts[MATCH].sum()) / _KNOWN_MATCHES)
    is_rare[0] = True
    for kind in (MATCH, MOVED):
        bound = most * believed[kind]
        bound[0] = believed[kind, 0]
        bound = np.minimum(bound, (_PROVEN_STRENGTH * bound + proven) / (_PROVEN_STRENGTH + proven.sum()))
        shares[kind, is_rare] = np.minimum(shares[kind, is_rare], bound[is_rare])
    shares[AKIN, ~is_rare] = np.minimum(shares[AKIN, ~is_rare], _MOST_AKIN * believed[AKIN, ~is_rare])


def _make_rising(shares: Floats, comparison: Comparison, *, is_pooled: bool, new_job: float) -> None:
    """Make weights that never fall as agreement grows, and of a weak fact say no more than it may."""
    # Matches are many enough to be known; what of all pairs is left over is not.
    fitting = shares[MATCH] / rising_ratios(shares[MATCH], shares[UNRELATED])
    shares[UNRELATED] = fitting / fitting.sum()
    shares[:] = held_bits(comparison, shares)
    # Nor may agreement ever speak for neighbours or namesakes rather than for a match.
    for kind in (BY_PLACE, BY_NAME, AKIN):
        fitting = shares[MATCH] / rising_ratios(shares[MATCH], shares[kind])
        shares[kind] = fitting / fitting.sum()
    if is_pooled:
        shares[MOVED] = shares[MATCH]
    elif comparison.facet in _POOLED:
        # A mailbox at the next employer is like that of a namesake there, however much alike names make them.
        shares[MOVED] = (1 - new_job) * shares[MATCH] + new_job * shares[BY_NAME]

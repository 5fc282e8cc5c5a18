"""Which record of which system stands for which party: one row per record, one golden id per cluster.

The golden id of a party is the lasting id of its cluster: it stays when records come and go.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.identity.lasting_ids import id_from_key
from toolkit.reconcile.coded import NONE, Coded, Flags, array_of, coded, firsts, flags, known_numbers, positions, taken
from toolkit.tables import CLUSTER, CROSSWALK, PAIR, PARTY, checked
from toolkit.values.domain import company_domains


def crosswalk(parties: pa.Table, clusters: pa.Table, pairs: pa.Table) -> pa.Table:
    """Return the CROSSWALK: each party record exactly once, with the party behind it and that party's account.

    The account of a person is its company: the resolved ``parent_key`` of any of its records, else the one company
    that owns the domain of its e-mail address; else itself. A company is its own account.

    Parameters
    ----------
    parties
        Table PARTY with ``parent_key`` resolved.
    clusters
        Table CLUSTER; a record that no cluster names stands alone.
    pairs
        Table PAIR; those decided ``same`` say how surely a record belongs to its cluster.
    """
    parties, clusters, pairs = checked(parties, PARTY), checked(clusters, CLUSTER), checked(pairs, PAIR)
    columns = ["record_key", "system", "stream", "record_id", "kind", "parent_key", "email", "website"]
    parties = parties.select(columns).sort_by("record_key").combine_chunks()
    keys = array_of(parties["record_key"])
    golden = coded(_golden_ids(keys, clusters))
    probability, decided_by = _strongest_pairs(keys, golden.code, pairs)
    is_alone = np.bincount(golden.code, minlength=len(golden.texts))[golden.code] == 1
    return checked(
        pa.table(
            {
                "record_key": keys,
                "golden_id": golden.texts.take(pa.array(golden.code)),
                "account_id": golden.texts.take(pa.array(_accounts(parties, golden)[golden.code])),
                **{name: parties[name] for name in ("system", "stream", "record_id")},
                "match_probability": pa.array(np.where(is_alone, 1.0, probability), from_pandas=True),
                "decided_by": _deciders(pa.array(is_alone), decided_by, _told_apart(keys, pairs)),
            }
        ),
        CROSSWALK,
    )


def _deciders(is_alone: pa.BooleanArray, decided_by: pa.StringArray, is_told: pa.BooleanArray) -> pa.StringArray:
    """Return who decided where each record belongs; one that a person kept apart stands alone by that person's word."""
    alone = pc.if_else(is_told, "person", "alone")
    return pc.if_else(is_alone, alone, pc.fill_null(decided_by, "rule"))


def _told_apart(keys: pa.StringArray, pairs: pa.Table) -> pa.BooleanArray:
    """Return which records a person held to be different from another one."""
    told = pairs.filter(pc.and_(pc.equal(pairs["decision"], "different"), pc.equal(pairs["decided_by"], "person")))
    return pc.is_in(keys, value_set=pa.concat_arrays([array_of(told["key_l"]), array_of(told["key_r"])]))


def _golden_ids(keys: pa.StringArray, clusters: pa.Table) -> pa.StringArray:
    found = taken(array_of(clusters["cluster_id"]), positions(keys, clusters["record_key"]))
    is_open = pc.fill_null(pc.equal(found, ""), True)
    own = [id_from_key(key) for key in keys.filter(is_open).to_pylist()]
    return pc.replace_with_mask(found, is_open, pa.array(own, pa.string())) if own else found


def _accounts(parties: pa.Table, golden: Coded) -> Ints:
    """Return the account of each party, in the numbers of ``golden``."""
    own, count = golden.code, len(golden.texts)
    is_company_record = flags(pc.equal(parties["kind"], "company"))
    is_company = np.zeros(count, dtype=bool)
    is_company[own[is_company_record]] = True
    accounts = np.arange(count)
    employer = _employers(parties, own, is_company_record, count)
    has_employer = ~is_company & (employer != NONE)
    accounts[has_employer] = employer[has_employer]
    owner = _domain_owners(parties, own, is_company)
    has_owner = ~is_company & ~has_employer & (owner != NONE)
    accounts[has_owner] = owner[has_owner]
    # The parent of a person may itself be a person's record that belongs to a company.
    return accounts[accounts]


def _employers(parties: pa.Table, own: Ints, is_company_record: Flags, count: int) -> Ints:
    """Return for each party the other party that most of its records name as parent, of as many the smallest id."""
    parent_row = positions(parties["parent_key"], parties["record_key"])
    rows = np.flatnonzero((parent_row != NONE) & ~is_company_record)
    child, parent = own[rows], own[parent_row[rows]]
    is_other = child != parent
    named, times = np.unique(child[is_other] * np.int64(count) + parent[is_other], return_counts=True)
    child, parent = np.divmod(named, max(count, 1))
    order = np.lexsort((parent, -times, child))
    first = order[firsts(child[order])]
    result = np.full(count, NONE, dtype=np.int64)
    result[child[first]] = parent[first]
    return result


def _domain_owners(parties: pa.Table, own: Ints, is_company: Flags) -> Ints:
    """Return for each party the one company that owns any of its domains; ``NONE`` for none, and for several."""
    domain = coded(pc.coalesce(*(company_domains(array_of(parties[name])) for name in ("email", "website"))))
    rows = np.flatnonzero(domain.code != NONE)
    party, code = own[rows], domain.code[rows]
    last = np.int64(len(is_company))
    smallest, largest = np.full(len(domain.texts), last), np.full(len(domain.texts), NONE, dtype=np.int64)
    by_company = is_company[party]
    np.minimum.at(smallest, code[by_company], party[by_company])
    np.maximum.at(largest, code[by_company], party[by_company])
    # A party may have several domains: it has one owner only if the smallest and the largest of all owners are one.
    first, final = np.full(len(is_company), last), np.full(len(is_company), NONE, dtype=np.int64)
    np.minimum.at(first, party, smallest[code])
    np.maximum.at(final, party, largest[code])
    return np.where(first == final, first, NONE)


def _strongest_pairs(keys: pa.StringArray, golden: Ints, pairs: pa.Table) -> tuple[Floats, pa.StringArray]:
    """Return for each record the probability of its likeliest pair within its cluster (NaN: none), and who decided that."""
    same = pairs.filter(pc.equal(pairs["decision"], "same"))
    row_l, row_r = positions(same["key_l"], keys), positions(same["key_r"], keys)
    within = np.flatnonzero((row_l != NONE) & (row_r != NONE) & (golden[row_l] == golden[row_r]))
    record = np.stack([row_l[within], row_r[within]], axis=1).ravel()
    likely = np.repeat(known_numbers(same["match_probability"])[within], 2)
    order = np.lexsort((-likely, record))
    best = order[firsts(record[order])]
    probability, pair = np.full(len(keys), np.nan), np.full(len(keys), NONE, dtype=np.int64)
    probability[record[best]] = likely[best]
    pair[record[best]] = within[best // 2]
    return probability, taken(array_of(same["decided_by"]), pair)

"""Which record of which system stands for which party: one row per record, one golden id per cluster.

The golden id of a party is the lasting id of its cluster: it stays when records come and go.
"""

from collections import Counter, defaultdict

import pyarrow as pa

from toolkit.match.identity.lasting_ids import id_from_key
from toolkit.tables import CLUSTER, CROSSWALK, PAIR, PARTY, checked
from toolkit.values.domain import company_domain


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
    rows = parties.select(
        ["record_key", "system", "stream", "record_id", "kind", "parent_key", "email", "website"]
    ).to_pylist()
    golden = _golden_ids([row["record_key"] for row in rows], clusters)
    accounts = _accounts(rows, golden)
    strongest = _strongest_pairs(pairs, golden)
    sizes = Counter(golden[row["record_key"]] for row in rows)
    result = []
    for row in sorted(rows, key=lambda one: one["record_key"]):
        key = row["record_key"]
        probability: float | None
        probability, decided_by = strongest.get(key, (None, "rule"))
        if sizes[golden[key]] == 1:
            probability, decided_by = 1.0, "alone"
        result.append(
            {
                "record_key": key, "golden_id": golden[key], "account_id": accounts[golden[key]],
                "system": row["system"], "stream": row["stream"], "record_id": row["record_id"],
                "match_probability": probability, "decided_by": decided_by,
            }
        )  # fmt: skip
    return CROSSWALK.from_rows(result)


def _golden_ids(keys: list[str], clusters: pa.Table) -> dict[str, str]:
    cluster_of = dict(zip(clusters["record_key"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))
    return {key: cluster_of.get(key) or id_from_key(key) for key in keys}


def _accounts(rows: list[dict[str, str | None]], golden: dict[str, str]) -> dict[str, str]:
    kinds: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, Counter[str]] = defaultdict(Counter)
    domains: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        own = golden[row["record_key"] or ""]
        kinds[own].add(row["kind"] or "unknown")
        parent = golden.get(row["parent_key"] or "")
        if parent and parent != own and row["kind"] != "company":
            parents[own][parent] += 1
        domain = company_domain(row["email"] or "") or company_domain(row["website"] or "")
        if domain:
            domains[own].add(domain)
    owners: dict[str, set[str]] = defaultdict(set)
    for party, its_domains in domains.items():
        if "company" in kinds[party]:
            for domain in its_domains:
                owners[domain].add(party)
    accounts: dict[str, str] = {}
    for party, its_kinds in kinds.items():
        if "company" in its_kinds:
            accounts[party] = party
        elif parents[party]:
            accounts[party] = min(parents[party].items(), key=lambda item: (-item[1], item[0]))[0]
        else:
            by_domain = {owner for domain in domains[party] for owner in owners[domain]}
            accounts[party] = by_domain.pop() if len(by_domain) == 1 else party
    # The parent of a person may itself be a person's record that belongs to a company.
    return {party: accounts.get(account, account) for party, account in accounts.items()}


def _strongest_pairs(pairs: pa.Table, golden: dict[str, str]) -> dict[str, tuple[float, str]]:
    strongest: dict[str, tuple[float, str]] = {}
    columns = ["key_l", "key_r", "match_probability", "decision", "decided_by"]
    for row in pairs.select(columns).to_pylist():
        is_within = golden.get(row["key_l"]) is not None and golden.get(row["key_l"]) == golden.get(row["key_r"])
        if row["decision"] != "same" or not is_within:
            continue
        for key in (row["key_l"], row["key_r"]):
            if key not in strongest or row["match_probability"] > strongest[key][0]:
                strongest[key] = (row["match_probability"], row["decided_by"])
    return strongest

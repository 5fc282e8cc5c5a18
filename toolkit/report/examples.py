"""Examples for a client's report: pairs of records with the reasons in words, people and addresses masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.match_waterfall import strength
from toolkit.report.masking import masked_party
from toolkit.report.record_names import place_words
from toolkit.report.run import RunTables

_WORDS = {
    "tax_id": "tax number",
    "given_name": "first name",
    "family_name": "last name",
    "company_name": "company",
    "email": "e-mail",
    "domain": "e-mail domain",
    "gl_code": "ledger account",
    "amount_minor": "amount",
    "net_minor": "net amount",
    "tax_minor": "tax",
    "fee_minor": "fee",
    "paid_minor": "paid so far",
    "party_key": "customer or supplier",
    "party_name": "customer or supplier",
    "party_ref": "customer or supplier",
}


@dataclass(frozen=True, slots=True)
class PairExample:
    """Two records as a client may read them, and what speaks for and against their being one."""

    record_l: str
    record_r: str
    name_l: str
    name_r: str
    evidence: str
    levels: pa.Table


def field_words(column: str) -> str:
    """Return a canonical column's name in a client's words.

    Examples
    --------
    >>> field_words("tax_id"), field_words("email")
    ('tax number', 'e-mail')
    """
    return _WORDS.get(column, column.replace("_", " "))


def pair_examples(
    run: RunTables, *, decision: str, is_within_system: bool | None = None, limit: int = 5
) -> list[PairExample]:
    """Return up to ``limit`` pairs with one decision, spread from the surest to the least sure.

    Parameters
    ----------
    is_within_system
        Whether both records are of one system; None: any.
    """
    pair = run.table("pair")
    pair = pair.filter(pc.equal(pair["decision"], decision)).sort_by(
        [("match_weight", "descending"), ("key_l", "ascending"), ("key_r", "ascending")]
    )
    keys = [
        (left, right)
        for left, right in zip(pair["key_l"].to_pylist(), pair["key_r"].to_pylist(), strict=True)
        if is_within_system is None or (_system(left) == _system(right)) == is_within_system
    ]
    # Records that a client can clean come before mere spellings of a name in a system without a list.
    chosen = _spread([one for one in keys if not _is_name(one[0])] or keys, limit)
    keys_shown = sorted({key for both in chosen for key in both})
    parties, kinds = run.parties(keys_shown), run.kinds(keys_shown)
    return [_example(run, left, right, parties, kinds) for left, right in chosen]


def _is_name(record_key: str) -> bool:
    return record_key.split("/", 2)[1] == "names"


def pair_count(run: RunTables, *, decision: str, is_within_system: bool) -> int:
    """Return how many pairs with one decision lie within a system, or across systems.

    Parameters
    ----------
    run
        With PAIR.
    decision
        ``same``, ``review``, ``related`` or ``different``.
    is_within_system
        Whether both records are of one system.
    """
    pair = run.table("pair")
    found = pair.filter(pc.equal(pair["decision"], decision))
    return sum(
        (_system(left) == _system(right)) == is_within_system
        for left, right in zip(found["key_l"].to_pylist(), found["key_r"].to_pylist(), strict=True)
    )


def _spread(keys: Sequence[tuple[str, str]], limit: int) -> list[tuple[str, str]]:
    if len(keys) <= limit:
        return list(keys)
    last = len(keys) - 1
    return [keys[round(step * last / max(limit - 1, 1))] for step in range(limit)]


def _example(
    run: RunTables, left: str, right: str, parties: dict[str, dict[str, Any]], kinds: dict[str, str]
) -> PairExample:
    levels = run.table("pair_level")
    both = pc.and_(pc.equal(levels["key_l"], left), pc.equal(levels["key_r"], right))
    levels = levels.filter(both).sort_by([("bits", "descending"), ("comparison", "ascending")])
    by_strength: dict[str, list[str]] = {}
    for comparison, bits in zip(levels["comparison"].to_pylist(), levels["bits"].to_pylist(), strict=True):
        by_strength.setdefault(strength(bits), []).append(field_words(comparison))
    # Where they are held to be one, what tells one of them a person tells both.
    known = {kinds.get(left, "unknown"), kinds.get(right, "unknown")}
    kind_l, kind_r = ("person", "person") if "person" in known else (kinds.get(left, ""), kinds.get(right, ""))
    names = [
        masked_party(parties.get(key, {}), kind=kind if kind != "unknown" else "")
        for key, kind in ((left, kind_l), (right, kind_r))
    ]
    return PairExample(
        record_l=place_words(run, left),
        record_r=place_words(run, right),
        name_l=names[0],
        name_r=names[1],
        evidence="; ".join(
            f"{word}: {', '.join(by_strength[word])}"
            for word in ("strong for", "weak for", "against")
            if word in by_strength
        ),
        levels=levels,
    )


def _system(record_key: str) -> str:
    return record_key.partition("/")[0]

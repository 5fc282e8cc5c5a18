"""Sheets of pairs of records: the doubtful ones alone, then those that are held to be one, most money first."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.match_waterfall import strength
from toolkit.files.decision_words import CHOICES, PAIR
from toolkit.match.review.decision_worth import decision_worth
from toolkit.report.examples import field_words
from toolkit.report.run import RunTables
from toolkit.report.said_words import pair_columns
from toolkit.report.sheet_columns import Column, party_names, sheet, system_words, worded
from toolkit.report.sheets import Sheet
from toolkit.report.stakes import major_units, record_stakes
from toolkit.tables.pair_texts import pair_texts

_COMPARED = ("company_name", "email", "phone", "street", "city", "postcode", "tax_id")
ACCEPTED_ROWS = 20_000
"""Rows of the sheet of pairs that need no decision: more than anybody looks through, those of the largest customers."""

_KEYS = ("key_l", "key_r")
_ORDER = [
    *((name, "descending") for name in ("is_person", "expected_minor", "worth", "match_probability")),
    *((key, "ascending") for key in _KEYS),
]
_WHO = (
    "Decide in the column “decision”: same, not the same, or leave open when you cannot tell. “left is another” keeps the "
    "left record out of the group of the right one, whoever else is in it, and the other way round."
)


def pair_sheets(run: RunTables, stakes: pa.Table, max_rows: int) -> tuple[Sheet, Sheet]:
    """Return the sheets of pairs to decide and of pairs that are decided, by the model or by a person.

    Parameters
    ----------
    run
        Its tables.
    stakes
        What hangs on each party (``stakes.party_stakes``).
    max_rows
        Rows of one sheet at most.
    """
    pair = run.table("pair")
    is_person = pc.equal(pair["decided_by"], "person")
    is_doubtful = pc.equal(pair["decision"], "review")
    is_held = pc.or_(pc.equal(pair["decision"], "same"), pc.and_(is_person, pc.invert(is_doubtful)))
    ranked = [_ranked(run, stakes, pair.filter(rows)) for rows in (is_doubtful, is_held)]
    limits = (max_rows, min(max_rows, ACCEPTED_ROWS))
    shown_rows = [table.slice(0, limit) for table, limit in zip(ranked, limits, strict=True)]
    reasons = _reasons(run.table("pair_level"), pa.concat_tables([one.select(_KEYS) for one in shown_rows]))
    first = shown_rows[0].num_rows
    doubtful, held = (
        _sheet(run, rows, said, name, purpose, table.num_rows)
        for rows, said, table, (name, purpose) in zip(
            shown_rows, (reasons.slice(0, first), reasons.slice(first)), ranked, _SHEETS, strict=True
        )
    )
    return doubtful, held


_SHEETS = (
    ("Doubtful pairs", f"Pairs of records of which nobody but you can tell whether they are one. {_WHO}"),
    (
        "Duplicates",
        (
            "Pairs of records that are held to be one, within a system and between systems; the report counts as duplicates "
            "only the records beyond the first within one system. Leave the cell empty to accept. Earlier decisions are "
            f"filled in. {_WHO}"
        ),
    ),
)


def _ranked(run: RunTables, stakes: pa.Table, pair: pa.Table) -> pa.Table:
    """Return pairs with those first that a person decided, then those of which a decision is worth most.

    That is the money that hangs on the two and, where nothing is known of that, the size of their groups, each times the
    probability that they are one.
    """
    amount, currency = record_stakes(run, stakes, pair["key_l"], pair["key_r"])
    is_person = pc.equal(pair["decided_by"], "person").cast(pa.int8())
    told = pair.append_column("amount_minor", amount).append_column("currency", currency)
    told = told.append_column("expected_minor", pc.multiply(pc.cast(amount, pa.float64()), pair["match_probability"]))
    told = told.append_column("worth", pa.array(decision_worth(pair, run.table("cluster"))))
    return told.append_column("is_person", is_person).sort_by(_ORDER)


def _sheet(run: RunTables, pair: pa.Table, reasons: pa.Array, name: str, purpose: str, row_count: int) -> Sheet:  # noqa: PLR0917 - one sheet as data
    party = run.table("party")
    rows = {side: pc.index_in(pair[f"key_{side}"], value_set=party["record_key"]) for side in "lr"}
    words = {"l": "left", "r": "right"}
    columns: dict[str, Column] = {
        **{f"name, {words[side]}": (party_names(run, pair[f"key_{side}"]), 28) for side in "lr"},
        **pair_columns(run, pair),
        "amount": (major_units(pair["amount_minor"], pair["currency"]), 13),
        "currency": (pair["currency"], 9),
        "why": (_with_link(run, pair, pc.coalesce(reasons, pair["reason"])), 44),
        "probability": (pair["match_probability"], 11),
        **{f"system, {words[side]}": (system_words(run, pair[f"key_{side}"]), 18) for side in "lr"},
        # Both sides of a field stand next to each other, so that an eye can compare them.
        **{
            f"{field_words(field)}, {words[side]}": (party[field].take(rows[side]), 22)
            for field in _COMPARED
            for side in "lr"
        },
    }
    ids: dict[str, Column] = {f"key_{side}": (pair[f"key_{side}"], 30) for side in "lr"}
    return sheet(name, purpose, columns, row_count, ids=ids, choices=CHOICES[PAIR], frozen=3)


def _with_link(run: RunTables, pair: pa.Table, reasons: pa.Array) -> pa.Array:
    """Return reasons, and of pairs that only their group joins by which two records: the weakest link between them."""
    names = [pc.coalesce(party_names(run, pair[f"link_{side}"]), pair[f"link_{side}"]) for side in "lr"]
    link = pc.binary_join_element_wise("joined through", names[0], "and", names[1], " ")
    return pc.coalesce(pc.binary_join_element_wise(link, reasons, "; "), reasons)


def _reasons(pair_level: pa.Table, pairs: pa.Table) -> pa.Array:
    """Return what speaks for and against each pair in words, the strongest first; null where no field says anything."""
    bits, comparison = pair_level["bits"], pair_level["comparison"]
    known = pc.unique(bits)
    strengths = pa.array([strength(one) for one in known.to_pylist()], pa.string()).take(pc.index_in(bits, value_set=known))
    fields = worded(comparison, {name: field_words(name) for name in pc.unique(comparison).to_pylist()})
    place = pc.index_in(pair_texts(pair_level), value_set=pair_texts(pairs))
    said = pc.binary_join_element_wise(fields, strengths, " ")
    told = pa.table({"place": place, "order": pc.negate(bits), "said": said})
    told = told.filter(pc.and_(pc.is_valid(place), pc.not_equal(strengths, "says nothing")))
    told = told.sort_by([("place", "ascending"), ("order", "ascending"), ("said", "ascending")]).combine_chunks()
    counts = np.bincount(np.asarray(told["place"]), minlength=pairs.num_rows)
    ends = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    texts = told["said"].combine_chunks() if told.num_rows else pa.array([], pa.string())
    sentences = pc.binary_join(pa.ListArray.from_arrays(ends, texts), "; ")
    return pc.if_else(pc.equal(sentences, ""), pa.scalar(None, pa.string()), sentences)

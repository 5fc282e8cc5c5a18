"""What hangs on a customer or supplier in money, so that work through a list begins where it counts most.

Of each one the documents of one list in one system are added up in one currency, and the largest such sum is taken: a sale
that stands as order, invoice and payment is counted once.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.report.run import RunTables


class Stakes(NamedTuple):
    """Amounts in minor units and their currencies, row by row; null where nothing is known."""

    amount_minor: pa.Array
    currency: pa.Array


def party_stakes(run: RunTables) -> pa.Table:
    """Return ``account_id, amount_minor, currency`` of every customer or supplier whose documents were compared."""
    counterpart, reference, crosswalk = run.table("counterpart"), run.table("reference"), run.table("crosswalk")
    # What a document is called is looked up once; from there on its row in REFERENCE stands for it.
    account, accounts = _codes(
        crosswalk["account_id"].take(pc.index_in(reference["found_key"], value_set=crosswalk["record_key"]))
    )
    stream, streams = _codes(pc.binary_join_element_wise(reference["system"], reference["stream"], "/"))
    currency, currencies = _codes(pa.chunked_array([*counterpart["currency"].chunks, *counterpart["currency"].chunks]))
    keys, amounts = (
        pa.chunked_array([*counterpart[f"{name}_l{end}"].chunks, *counterpart[f"{name}_r{end}"].chunks])
        for name, end in (("key", ""), ("amount", "_minor"))
    )
    row = np.asarray(pc.fill_null(pc.index_in(keys, value_set=reference["record_key"]), -1), dtype=np.int64)
    has_amount = np.asarray(amounts.is_valid())
    known = np.flatnonzero((row >= 0) & has_amount)
    known = known[account[row[known]] >= 0]
    amount = np.asarray(pc.fill_null(amounts, 0), dtype=np.int64)[known]
    # A document that stands in several handoffs counts once, with its largest amount.
    row, currency = row[known], currency[known]
    document, first = _grouped(row, currency)
    largest = np.abs(np.maximum.reduceat(amount[document], first)) if len(first) else amount
    row, currency = row[document[first]], currency[document[first]]
    group, start = _grouped(account[row], stream[row], currency)
    row, currency = row[group[start]], currency[group[start]]
    sums = pa.table(
        {
            "account_id": accounts.take(pa.array(account[row])),
            "stream": streams.take(pa.array(stream[row])),
            "currency": currencies.take(pa.array(currency, mask=currency < 0)),
            "amount_sum": np.add.reduceat(largest[group], start) if len(start) else largest,
        }
    )
    ranked = sums.sort_by([("amount_sum", "descending"), ("stream", "ascending"), ("currency", "ascending")])
    accounts = ranked["account_id"].combine_chunks()
    distinct = pc.unique(accounts)
    largest = ranked.take(pc.index_in(distinct, value_set=accounts))
    return pa.table(
        {
            "account_id": largest["account_id"],
            "amount_minor": largest["amount_sum"].cast(pa.int64()),
            "currency": largest["currency"],
        }
    )


def _codes(texts: pa.ChunkedArray) -> tuple[Ints, pa.StringArray]:
    """Return a number for each text, -1 for none, and the texts by number."""
    encoded = texts.combine_chunks().dictionary_encode()
    return np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64), encoded.dictionary


def _grouped(*columns: Ints) -> tuple[Ints, Ints]:
    """Return the order in which equal rows stand together, and where each group begins in it."""
    order = np.lexsort(columns)
    is_first = np.zeros(len(order), dtype=bool)
    is_first[:1] = True
    for column in columns:
        is_first[1:] |= column[order][1:] != column[order][:-1]
    return order, np.flatnonzero(is_first)


def record_stakes(run: RunTables, stakes: pa.Table, *record_keys: pa.ChunkedArray) -> Stakes:
    """Return what hangs on the party of each record; of several records beside each other, on the first that has any.

    Parameters
    ----------
    stakes
        What ``party_stakes`` returns.
    record_keys
        Columns of party records, as long as each other.
    """
    crosswalk = run.table("crosswalk")
    at = [
        pc.index_in(
            crosswalk["account_id"].take(pc.index_in(keys, value_set=crosswalk["record_key"])),
            value_set=stakes["account_id"],
        )
        for keys in record_keys
    ]
    place = pc.coalesce(*at)
    return Stakes(*(stakes[name].take(place) for name in ("amount_minor", "currency")))


def major_units(amounts_minor: pa.ChunkedArray, currencies: pa.ChunkedArray) -> pa.Array:
    """Return amounts in whole units of their currencies, two decimals where none is known.

    Examples
    --------
    >>> major_units(pa.chunked_array([[1250, 1250, None]]), pa.chunked_array([["USD", "JPY", None]])).to_pylist()
    [12.5, 1250.0, None]
    """
    from toolkit.roi.rounding import currency_places

    known = pc.unique(currencies)
    units = pa.array([10.0 ** currency_places(name or "") for name in known.to_pylist()], pa.float64())
    each = units.take(pc.index_in(currencies, value_set=known))
    return pc.divide(amounts_minor.cast(pa.float64()), each)

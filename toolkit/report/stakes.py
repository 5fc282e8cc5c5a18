"""What hangs on a customer or supplier in money, so that work through a list begins where it counts most.

Of each one the documents of one list in one system are added up in one currency, and the largest such sum is taken: a sale
that stands as order, invoice and payment is counted once.
"""

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.report.run import RunTables

_STREAM = r"^([^/]+/[^/]+)/.*$"


class Stakes(NamedTuple):
    """Amounts in minor units and their currencies, row by row; null where nothing is known."""

    amount_minor: pa.Array
    currency: pa.Array


def party_stakes(run: RunTables) -> pa.Table:
    """Return ``account_id, amount_minor, currency`` of every customer or supplier whose documents were compared."""
    counterpart = run.table("counterpart")
    sides = [
        pa.table({"key": counterpart[f"key_{side}"], "amount": counterpart[f"amount_{side}_minor"], "currency": currency})
        for side in "lr"
        for currency in (counterpart["currency"],)
    ]
    whole = pa.concat_tables(sides)
    known = whole.filter(pc.and_(pc.is_valid(whole["key"]), pc.is_valid(whole["amount"])))
    documents = known.group_by(["key", "currency"]).aggregate([("amount", "max")]).combine_chunks()
    reference, crosswalk = run.table("reference"), run.table("crosswalk")
    party = reference["found_key"].take(pc.index_in(documents["key"], value_set=reference["record_key"]))
    account = crosswalk["account_id"].take(pc.index_in(party, value_set=crosswalk["record_key"]))
    told = pa.table(
        {
            "account_id": account,
            "stream": pc.replace_substring_regex(documents["key"], pattern=_STREAM, replacement=r"\1"),
            "currency": documents["currency"],
            "amount": pc.abs(documents["amount_max"]),
        }
    ).filter(pc.is_valid(account))
    sums = told.group_by(["account_id", "stream", "currency"]).aggregate([("amount", "sum")])
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

"""What was delivered or won and has no invoice: each document with its value without tax, and what that says of the average.

As long as nobody has said how much of it is noticed later, this is a count and a value, not a loss.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.estimates import Estimate
from toolkit.query import quoted_text
from toolkit.roi.rounding import currency_places
from toolkit.tables import COUNTERPART, FIGURE, NOT_INVOICED, checked
from toolkit.values.counted import counted, listed

_OF_DOCUMENT = ("record_key", "number", "name", "party_name", "amount_minor", "net_minor", "tax_minor", "currency")
_NOUNS = {"deal": "won deals", "project": "projects", "task": "tasks", "ticket": "tickets", "order": "orders"}


def missing_sources(counterpart: pa.Table, billing: Collection[str]) -> pa.Table:
    """Return the rows of COUNTERPART without an invoice, of the handoffs that bill their source."""
    table = checked(counterpart, COUNTERPART).select(["handoff_id", "key_l", "event_on", "currency", "status"])
    is_billing = pc.is_in(table["handoff_id"], value_set=pa.array(sorted(billing), pa.string()))
    return table.filter(pc.and_(is_billing, pc.equal(table["status"], "missing")))


def not_invoiced(missing: pa.Table, documents: pa.Table) -> pa.Table:
    """Return the table NOT_INVOICED, the largest of each handoff first.

    Parameters
    ----------
    missing
        Rows of COUNTERPART, as ``missing_sources`` gives them.
    documents
        Table DOCUMENT, with the sources among them.
    """
    chosen = documents.select(list(_OF_DOCUMENT))
    chosen = chosen.filter(pc.is_in(chosen["record_key"], value_set=missing["key_l"].combine_chunks()))
    known = {row["record_key"]: row for row in chosen.to_pylist()}
    rows = [_row(row, known.get(row["key_l"], {})) for row in missing.to_pylist()]
    rows.sort(key=lambda row: (row["handoff_id"], -(row["net_minor"] or 0), row["record_key"]))
    return NOT_INVOICED.from_rows(rows)


def _row(missing: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    net, gross, tax = (document.get(f"{name}_minor") for name in ("net", "amount", "tax"))
    is_net = net is not None or (gross is not None and tax is not None)
    value = net if net is not None else gross - tax if gross is not None and tax is not None else gross
    return {
        "handoff_id": missing["handoff_id"],
        "record_key": missing["key_l"],
        **{name: document.get(name) for name in ("number", "name", "party_name")},
        "event_on": missing["event_on"],
        "net_minor": value,
        "currency": document.get("currency") or missing["currency"],
        "is_net": is_net,
    }


def amounts_of(table: pa.Table, handoff_id: str | None, currency: str, *, is_home: bool = True) -> list[float]:
    """Return the known values in one currency, of one handoff or of all.

    Parameters
    ----------
    table
        NOT_INVOICED.
    handoff_id
        None for all.
    currency
        ISO 4217 code.
    is_home
        Whether it is the report's: a document without one is taken to be in it.
    """
    places = 10 ** currency_places(currency)
    return [
        row["net_minor"] / places
        for row in table.to_pylist()
        if handoff_id in {None, row["handoff_id"]}
        and row["net_minor"] is not None
        and _is_of(row, currency, is_home=is_home)
    ]


def _is_of(row: Mapping[str, Any], currency: str, *, is_home: bool) -> bool:
    return row["currency"] == currency or (is_home and not row["currency"])


def missed_value(amounts: list[float]) -> Estimate | None:
    """Return the mean value of what was not invoiced, with its 95 % limits; none where no value is known.

    Examples
    --------
    >>> missed_value([100.0, 300.0]).likely
    200.0
    >>> missed_value([]) is None
    True
    """
    if not amounts:
        return None
    mean = float(np.mean(amounts))
    half = 1.96 * float(np.std(amounts, ddof=1)) / len(amounts) ** 0.5 if len(amounts) > 1 else 0.0
    source = f"mean value, without tax where told, of the {len(amounts)} that have no invoice"
    return Estimate(mean, "currency", "measured", max(0.0, mean - half), mean + half, source=source)


def net_invoice_value(mean: Estimate | None, counterpart: pa.Table, documents: pa.Table, handoff_id: str) -> Estimate | None:
    """Return the mean of a handoff's invoices without the tax that they state: what a forgotten one is worth.

    None where no mean was measured, or half of the invoices or more do not tell their tax.

    Parameters
    ----------
    mean
        Of the invoices as they stand.
    counterpart, documents
        Tables COUNTERPART and DOCUMENT, with the invoices among them.
    handoff_id
        Whose invoices.
    """
    if mean is None:
        return None
    found = checked(counterpart, COUNTERPART).select(["handoff_id", "key_r", "status"])
    own = found.filter(pc.and_(pc.equal(found["handoff_id"], handoff_id), pc.equal(found["status"], "found")))
    invoices = documents.select(list(_OF_DOCUMENT))
    invoices = invoices.filter(pc.is_in(invoices["record_key"], value_set=own["key_r"].combine_chunks()))
    amount, net = (
        invoices["amount_minor"],
        pc.coalesce(invoices["net_minor"], pc.subtract(invoices["amount_minor"], invoices["tax_minor"])),
    )
    is_told = pc.and_(pc.and_(pc.is_valid(amount), pc.is_valid(net)), pc.greater(amount, 0))
    told = pc.sum(is_told).as_py() or 0
    if 2 * told <= invoices.num_rows:
        return None
    share = pc.sum(net.filter(is_told)).as_py() / pc.sum(amount.filter(is_told)).as_py()
    source = (
        f"mean amount of an invoice, less the tax that {counted(told, 'invoice')} state: {100 * (1 - share):.1f} % of it"
    )
    return Estimate(share * mean.likely, "currency", "measured", share * mean.low, share * mean.high, source=source)


def not_invoiced_figures(
    table: pa.Table, handoffs: pa.Table, *, currency: str, billing: Collection[str], snapshots: Collection[str] = ()
) -> pa.Table:
    """Return count and value of what was not invoiced, per handoff and in total, schema FIGURE.

    Parameters
    ----------
    table, handoffs
        NOT_INVOICED and HANDOFF.
    currency
        Of the report; what is in another one is added up in that one.
    billing
        The handoffs that bill their source.
    snapshots
        What it rests on.
    """
    named = {row["handoff_id"]: row for row in handoffs.to_pylist() if row["handoff_id"] in billing}
    lines = table.to_pylist()
    rows = []
    for name in (*named, "total") if named else ():
        chosen = None if name == "total" else name
        own = [row for row in lines if chosen in {None, row["handoff_id"]}]
        of_whom = [key for key in named if chosen in {None, key}]
        hit = {row["handoff_id"] for row in own}
        nouns: dict[str, set[str]] = {}
        for key in of_whom:
            if key in hit or not hit:
                nouns.setdefault(_NOUNS.get(named[key]["entity_l"], "items"), set()).add(key)
        what = listed(list(nouns))
        whose = "true" if chosen is None else f"handoff_id = {quoted_text(name)}"
        inner = [f"roi.not_invoiced_{{}}.{key}" for key in named] if chosen is None else []
        common = {"evidence": "measured", "source_table": "not_invoiced", "snapshots": list(snapshots)}
        rows.append(
            {
                **common, "figure_id": f"roi.not_invoiced_count.{name}", "label": f"{what.capitalize()} without an invoice",
                "value": float(len(own)), "unit": "count", "inputs": [one.format("count") for one in inner],
                "method": "Counted: no invoice was found beyond the days of grace.", "formula": f"{len(own):,} counted",
                "source_filter": whose,
            }
        )  # fmt: skip
        elsewhere = sorted({row["currency"] for row in own if row["net_minor"] is not None} - {None, "", currency})
        for one in (currency, *elsewhere):
            is_home = one == currency
            figure = value_figure_name(one, currency)
            amounts = amounts_of(table, chosen, one, is_home=is_home)
            silent = len(own) - len(amounts)
            # A sum is of what has an amount, and named so: tickets without one are not among its documents.
            priced = {row["handoff_id"] for row in own if row["net_minor"] is not None and _is_of(row, one, is_home=is_home)}
            of_what = listed([noun for noun, keys in nouns.items() if keys & priced] or list(nouns))
            aside = f" {silent} of {len(own)} have no amount in {one} and are not in it." if silent else ""
            where = (
                f"(currency = {quoted_text(one)} OR coalesce(currency, '') = '')"
                if is_home
                else f"currency = {quoted_text(one)}"
            )
            rows.append(
                {
                    **common, "figure_id": f"roi.{figure}.{name}", "unit": "currency", "currency": one, "n": len(amounts),
                    "label": f"Value of {of_what} without an invoice{'' if is_home else f', in {one}'}",
                    "value": sum(amounts) if amounts or not own else None,
                    "inputs": [f"roi.{figure}.{key}" for key in named] if chosen is None and is_home else [],
                    "method": f"Added up, without tax where the document tells it; no loss before it is looked at.{aside}",
                    "formula": f"sum of {counted(len(amounts), 'value')}",
                    "source_filter": f"{whose} AND net_minor IS NOT NULL AND {where}",
                }
            )  # fmt: skip
    return FIGURE.from_rows(rows)


def value_figure_name(currency: str, reporting: str) -> str:
    """Return what the value in a currency is called as a figure, without ``roi.`` and the handoff.

    Examples
    --------
    >>> value_figure_name("USD", "USD"), value_figure_name("CAD", "USD")
    ('not_invoiced_value', 'not_invoiced_value_cad')
    """
    return "not_invoiced_value" if currency == reporting else f"not_invoiced_value_{currency.lower()}"

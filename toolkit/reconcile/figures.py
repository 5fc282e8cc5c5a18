"""What reconciling found, as figures that a client may read, each with the rows behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.query import quoted_text
from toolkit.rates import wilson_interval
from toolkit.reconcile.events import days_of, is_time_up
from toolkit.reconcile.measures import MONEY_DOCUMENTS
from toolkit.reconcile.nouns import NOUNS, is_payment_on_terms
from toolkit.reconcile.outcome_words import UNSETTLED
from toolkit.reconcile.passed_on import WRONG_AMOUNTS
from toolkit.reconcile.survivorship import ONE_FIELD
from toolkit.tables import (
    COMPARED_FIELD,
    COUNTERPART,
    COVERAGE,
    FIGURE,
    GOLDEN,
    HANDOFF_MEASURE,
    HANDOFF_MONTH,
    REFERENCE,
    checked,
)  # fmt: skip

_FIELD_WORDS = {
    "name": "names", "email": "e-mail addresses", "phone": "phone numbers", "website": "web sites", "street": "streets",
    "city": "cities", "region": "states", "postcode": "postcodes", "country": "countries", "tax_id": "tax numbers",
}  # fmt: skip
_ROLE_WORDS = {
    "any": "Companies and people", "customer": "Customers", "vendor": "Suppliers", "contact": "Contacts", "lead": "Leads",
    "employee": "Employees", "requester": "Help-desk requesters",
}  # fmt: skip
_MEASURE_FIGURES = {
    "volume_per_month": ("volume", "{label}: items per month", None),
    "lag_median": ("lag_median", "{label}: usual delay (half of the items take no longer)", None),
    "lag_p90": ("lag_p90", "{label}: delay that one item in ten exceeds", None),
    "error_share": ("error_share", "{label}: share entered with an error", "status = 'found' AND is_error"),
    "missing_share": ("missing_share", "{label}: share that never arrives", "status = 'missing'"),
    "delay_days": ("delay_days", "{label}: mean delay in days", None),
    "avg_invoice_value": ("avg_invoice_value", "{label}: mean amount of an invoice", None),
    "avg_payment": ("avg_payment", "{label}: mean amount of a payment", None),
}

_PAID_LABELS = {
    "lag_median": "{label}: half are paid within",
    "lag_p90": "{label}: nine in ten are paid within",
    "delay_days": "{label}: mean days until the payment",
}

_ONE = {
    "deal": "a deal", "project": "a project", "order": "an order", "invoice": "an invoice", "payment": "a payment",
    "bank_line": "a bank line", "party": "a customer", "bill": "a bill", "credit_note": "a credit note",
    "ticket": "a ticket", "employee": "an employee", "quote": "a quote", "expense": "an expense", "task": "a task",
    "journal_line": "a journal line",
}  # fmt: skip

Row = dict[str, Any]


def reconcile_figures(
    handoffs: Sequence[Handoff],
    counterparts: pa.Table,
    measures: pa.Table,
    *,
    compared: pa.Table,
    coverage: pa.Table,
    references: pa.Table | None = None,
    golden: pa.Table | None = None,
    months: pa.Table | None = None,
    system_labels: Mapping[str, str] | None = None,
    as_of: date,
) -> pa.Table:
    """Return the FIGURE rows of reconciling.

    Parameters
    ----------
    handoffs
        The handoffs measured.
    counterparts, measures, compared, coverage, references, golden, months
        Tables COUNTERPART, HANDOFF_MEASURE, COMPARED_FIELD, COVERAGE, REFERENCE, GOLDEN and HANDOFF_MONTH.
    system_labels
        The client's words for a system; by default its name.
    as_of
        Local day up to which was looked.
    """
    counterparts, measures = checked(counterparts, COUNTERPART), checked(measures, HANDOFF_MEASURE)
    labels = system_labels or {}
    rows = [
        *_handoff_rows(handoffs, counterparts, measures, labels, HANDOFF_MONTH.empty() if months is None else months, as_of),
        *_field_rows(checked(compared, COMPARED_FIELD), labels),
        *_different_rows(checked(compared, COMPARED_FIELD)),
        *_coverage_rows(checked(coverage, COVERAGE), labels),
        *([] if golden is None else _unsettled_rows(checked(golden, GOLDEN))),
        *([] if references is None else _reference_rows(checked(references, REFERENCE), labels)),
    ]
    return FIGURE.from_rows({"evidence": "measured", **row} for row in rows)


def _handoff_rows(  # noqa: PLR0917 - the tables of a run
    handoffs: Sequence[Handoff],
    counterparts: pa.Table,
    measures: pa.Table,
    labels: Mapping[str, str],
    months: pa.Table,
    as_of: date,
) -> list[Row]:
    by_month: dict[str, list[Row]] = {}
    for month in months.to_pylist():
        by_month.setdefault(month["handoff_id"], []).append(month)
    statuses = _counts(counterparts, "handoff_id", "status")
    by_handoff: dict[str, list[Row]] = {}
    for measure in measures.to_pylist():
        by_handoff.setdefault(measure["handoff_id"], []).append(measure)
    rows: list[Row] = []
    for handoff in handoffs:
        its_id = handoff.handoff_id
        mine = f"handoff_id = {quoted_text(its_id)}"
        rows += [
            _measure_row(handoff, measure, mine, _months(measure, by_month.get(its_id, ())))
            for measure in by_handoff.get(its_id, ())
            if measure["measure"] in _MEASURE_FIGURES
        ]
        if all(measure["measure"] != "missing_share" for measure in by_handoff.get(its_id, ())):
            # Judged unfit to say what is missing: then nothing is counted either.
            continue
        whole = sum(count for (one, status), count in statuses.items() if one == its_id and status != "extra")
        due = _due_count(handoff, counterparts, as_of)
        for status, label in _status_labels(handoff, labels).items():
            items, of = (due, " whose time was up") if status == "missing" else (whole, "")
            rows.append(
                {
                    "figure_id": f"reconcile.{status}_count.{its_id}", "label": label, "unit": "count",
                    "value": float(statuses[its_id, status]), "n": items,
                    "method": _method(handoff, status),
                    "source_table": "counterpart", "source_filter": f"{mine} AND status = {quoted_text(status)}",
                    "formula": f"{statuses[its_id, status]:,} counted"
                    + ("" if status == "extra" else f", of {items:,} {NOUNS.get(handoff.entity_l, 'items')}{of}"),
                }
            )  # fmt: skip
    return rows


def _due_count(handoff: Handoff, counterparts: pa.Table, as_of: date) -> int:
    """Return of how many items it is known whether they arrived; one that is young can only be found, and tells nothing."""
    is_told = pc.is_in(counterparts["status"], pa.array(["found", "missing"]))
    own = counterparts.filter(pc.and_(pc.equal(counterparts["handoff_id"], handoff.handoff_id), is_told))
    return int(is_time_up(days_of(own["event_on"]), handoff.grace_days, as_of).sum())


_STATUS_METHODS = {
    "missing": "Counted: without counterpart {grace_days} days after the event or later.",
    "waiting": "Counted: without counterpart, but not older than {grace_days} days.",
    "extra": "Counted: entered a second time, or without anything that explains them.",
    "ambiguous": "Counted: several counterparts fit equally well, so none was chosen.",
}


def _method(handoff: Handoff, status: str) -> str:
    method = _STATUS_METHODS[status].format(grace_days=handoff.grace_days)
    if status == "waiting" and is_payment_on_terms(handoff.entity_l, handoff.entity_r):
        return f"{method.removesuffix('.')}, or not paid yet by what their own list says."
    return method


def _status_labels(handoff: Handoff, labels: Mapping[str, str]) -> dict[str, str]:
    """Return what a client reads: 'Payments in Stripe not found in QuickBooks', 'Won deals without a project in Asana'."""
    source = NOUNS.get(handoff.entity_l, f"{handoff.entity_l} records")
    target = NOUNS.get(handoff.entity_r, f"{handoff.entity_r} records")
    place = labels.get(handoff.system_r, handoff.system_r)
    whose = source.capitalize()
    missing = f"{whose} without {_ONE.get(handoff.entity_r, f'a {handoff.entity_r} record')} in {place}"
    if handoff.entity_l == handoff.entity_r:
        whose = f"{whose} in {labels.get(handoff.system_l, handoff.system_l)}"
        missing = f"{whose} not found in {place}"
    is_paid = is_payment_on_terms(handoff.entity_l, handoff.entity_r)
    awaited = "not paid yet, or without their payment so far" if is_paid else "still waiting to be entered"
    return {
        "missing": missing,
        "waiting": f"{whose} {awaited} in {place}",
        "extra": f"{target.capitalize()} in {place} entered twice or without a source",
        "ambiguous": f"{whose} with several equally likely {target} in {place}",
    }


def _measure_row(handoff: Handoff, measure: Row, mine: str, months: Sequence[int]) -> Row:
    name, label, condition = _MEASURE_FIGURES[measure["measure"]]
    if measure["first_on"] is not None:
        mine += f" AND event_on BETWEEN '{measure['first_on']}' AND '{measure['last_on']}'"
    is_money = name in _MONEY
    if is_money and measure["unit"] != "currency":
        mine += f" AND coalesce(currency, {quoted_text(measure['unit'])}) = {quoted_text(measure['unit'])}"
    return {
        "figure_id": f"reconcile.{name}.{handoff.handoff_id}", "label": _measure_label(handoff, name, label),
        **{column: measure[column] for column in ("value", "unit", "low", "high", "n", "method")},
        **({"unit": "currency", "currency": measure["unit"] if measure["unit"] != "currency" else None} if is_money else {}),
        "source_table": "counterpart",
        "source_filter": f"{mine} AND {condition or _BEHIND[name].format(side=_money_side(handoff))}",
        "formula": _measure_formula(measure, months),
    }  # fmt: skip


def _measure_label(handoff: Handoff, name: str, label: str) -> str:
    """Return what a measure is called; the days until a payment are credit that was given, and no delay."""
    if is_payment_on_terms(handoff.entity_l, handoff.entity_r):
        label = _PAID_LABELS.get(name, label)
    return label.format(label=handoff.label)


def _measure_formula(measure: Row, months: Sequence[int]) -> str:
    """Return how a measure comes about, with its numbers."""
    if measure["measure"] == "volume_per_month":
        return f"median of {', '.join(f'{items:,}' for items in months)}" if months else "no full month is covered"
    if measure["x"] is not None:
        return f"{measure['x']:,} / {measure['n']:,}"
    return f"{_STATISTICS[measure['measure']].format(n=format(measure['n'], ','))}"


def _money_side(handoff: Handoff) -> str:
    """Return which side's amounts are averaged: the target's where money moves there."""
    return "r" if handoff.entity_r in MONEY_DOCUMENTS else "l"


_MONEY = frozenset({"avg_invoice_value", "avg_payment"})
_STATISTICS = {
    "lag_median": "median of {n} delays", "lag_p90": "90 % quantile of {n} delays", "delay_days": "mean of {n} delays",
    "avg_invoice_value": "mean of {n} amounts", "avg_payment": "mean of {n} amounts",
}  # fmt: skip
_AMOUNT = (
    "status = 'found' AND amount_{side}_minor IS NOT NULL AND NOT coalesce(is_passed_on, false) "
    "AND NOT (is_error AND coalesce(error_kind, '') IN "
    f"({', '.join(quoted_text(kind) for kind in WRONG_AMOUNTS)}))"
)
_LAG = "status = 'found' AND lag_days IS NOT NULL"
_BEHIND = {"volume": "key_l IS NOT NULL", "lag_median": _LAG, "lag_p90": _LAG, "delay_days": _LAG}
_BEHIND |= {"avg_invoice_value": _AMOUNT, "avg_payment": _AMOUNT}


def _months(measure: Row, months: Sequence[Row]) -> list[int]:
    """Return the items of each month that a measure counts, the first month first."""
    first, last = measure["first_on"], measure["last_on"]
    inside = [one for one in months if first is not None and first <= one["month"] <= last]
    return [one["items"] for one in sorted(inside, key=lambda one: one["month"])]


def _field_rows(compared: pa.Table, labels: Mapping[str, str]) -> list[Row]:
    rows = []
    for row in compared.to_pylist():
        left, right = labels.get(row["system_l"], row["system_l"]), labels.get(row["system_r"], row["system_r"])
        words = _FIELD_WORDS.get(row["column"], row["column"])
        rows.append(
            {
                "figure_id": f"reconcile.different_share.{row['system_l']}.{row['system_r']}.{row['column']}",
                "label": f"{words.capitalize()} that differ between {left} and {right}",
                "value": row["different"] / row["compared"], "unit": "share", "low": row["low"], "high": row["high"],
                "n": row["compared"], "source_table": "mismatch",
                "source_filter": f"system_l = {quoted_text(row['system_l'])} AND system_r = {quoted_text(row['system_r'])}"
                f" AND \"column\" = {quoted_text(row['column'])} AND kind = 'different'",
                "method": "Matched records of the two systems whose values differ by more than formatting; Wilson 95 %.",
                "formula": f"{row['different']} / {row['compared']}",
            }
        )  # fmt: skip
    return rows


def _different_rows(compared: pa.Table) -> list[Row]:
    """Return how many values differ between systems in all: what has to be settled before systems are connected."""
    rows = compared.to_pylist()
    if not rows:
        return []
    count, looked_at = (sum(row[name] for row in rows) for name in ("different", "compared"))
    return [
        {
            "figure_id": "reconcile.different_count", "label": "Values that differ between two systems", "unit": "count",
            "value": float(count), "n": looked_at, "formula": f"{count:,} of {looked_at:,} values compared",
            "method": "Counted over every two systems and every field of matched records; formatting does not count.",
            "source_table": "mismatch", "source_filter": "kind = 'different'",
            "inputs": [f"reconcile.different_share.{row['system_l']}.{row['system_r']}.{row['column']}" for row in rows],
        }
    ]  # fmt: skip


def _coverage_rows(coverage: pa.Table, labels: Mapping[str, str]) -> list[Row]:
    rows = []
    for row in coverage.to_pylist():
        left, right = labels.get(row["system_l"], row["system_l"]), labels.get(row["system_r"], row["system_r"])
        who = _ROLE_WORDS.get(row["role"], row["role"].capitalize())
        condition = " AND ".join(f"{name} = {quoted_text(row[name])}" for name in ("system_l", "system_r", "role"))
        total = row["both"] + row["only_l"] + row["only_r"] + row["ambiguous"]
        scope = f"{row['system_l']}.{row['system_r']}.{row['role']}"
        for name, label in (
            ("both", f"{who} in both {left} and {right}"),
            ("only_l", f"{who} in {left} but not in {right}"),
            ("only_r", f"{who} in {right} but not in {left}"),
        ):
            rows.append(
                {
                    "figure_id": f"reconcile.coverage_{name}.{scope}", "label": label, "value": float(row[name]),
                    "unit": "count", "n": total, "source_table": "coverage", "source_filter": condition,
                    "method": "Counted once per company or person, over all its matched records.",
                    "formula": f"{row[name]:,} of {row['both']:,} in both + {row['only_l']:,} + {row['only_r']:,} in one"
                    f" + {row['ambiguous']:,} still to be looked at",
                }
            )  # fmt: skip
    return rows


def _unsettled_rows(golden: pa.Table) -> list[Row]:
    # A person is one name, and an address one field, in however many columns they stand.
    golden = golden.filter(pc.invert(pc.is_in(golden["column"], pa.array(sorted(ONE_FIELD)))))
    unsettled = int(pc.sum(pc.starts_with(golden["reason"], UNSETTLED)).as_py() or 0)
    if not unsettled:
        return []
    return [
        {
            "figure_id": "reconcile.unsettled_count", "unit": "count", "value": float(unsettled), "n": golden.num_rows,
            "label": "Fields with several values, none of them newer, and no system that decides",
            "method": "Counted: records of one customer, supplier or person disagree, no system that decides has a record, "
            "and none is known to have changed last; a name, and an address, counts once; the fullest record stands in "
            "until somebody decides.",
            "formula": f"{unsettled:,} of {golden.num_rows:,} fields",
            "source_table": "golden",
            "source_filter": f'starts_with(reason, {quoted_text(UNSETTLED)}) AND "column" NOT IN '
            f"({', '.join(quoted_text(column) for column in sorted(ONE_FIELD))})",
        }
    ]  # fmt: skip


def _reference_rows(references: pa.Table, labels: Mapping[str, str]) -> list[Row]:
    named = references.filter(pc.equal(references["column"], "party_key"))
    asked = Counter({system: count for (system,), count in _counts(named, "system").items()})
    failed_counts = _counts(named.filter(pc.is_null(named["found_key"])), "system")
    failed = Counter({system: count for (system,), count in failed_counts.items()})
    rows = []
    for system, count in sorted(asked.items()):
        low, high = wilson_interval(failed[system], count)
        rows.append(
            {
                "figure_id": f"reconcile.unresolved_share.{system}",
                "label": f"Documents in {labels.get(system, system)} whose customer or supplier was not found there",
                "value": failed[system] / count, "unit": "share", "low": low, "high": high, "n": count,
                "source_table": "reference",
                "source_filter": f"system = {quoted_text(system)} AND \"column\" = 'party_key' AND found_key IS NULL",
                "method": "Looked up by id, then by name as written, then by name without legal form; Wilson 95 %.",
                "formula": f"{failed[system]} / {count}",
            }
        )  # fmt: skip
    return rows


def _counts(table: pa.Table, *columns: str) -> Counter[tuple[str, ...]]:
    """Return how many rows have each combination of values."""
    counted = table.select(list(columns)).group_by(list(columns)).aggregate([([], "count_all")])
    values = zip(*(counted[name].to_pylist() for name in columns), strict=True)
    return Counter(dict(zip(values, counted["count_all"].to_pylist(), strict=True)))

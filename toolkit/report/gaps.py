"""What keeps a run's figures from being complete and sure, and what to ask the client for."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from toolkit.reconcile.outcome_words import TIMES_UNKNOWN, UNSETTLED
from toolkit.report.blocks import Inline
from toolkit.report.judgements import held_back_sentences
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, shown_figure
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.values.counted import counted, listed

INPUT_WORDS: Mapping[str, str] = {
    "annual_discount_rate": "rate at which later money counts less",
    "annual_volume_growth": "change of the items a year",
    "batch_delay_days": "days that items wait once connected",
    "error_rate_target": "share that still arrives wrong once connected",
    "exception_minutes": "minutes for an item that a connection leaves to a person",
    "exception_ratio": "time for an item that a connection leaves to a person",
    "fixed_minutes_per_month": "minutes a month that do not depend on the items",
    "horizon_months": "period that we look at",
    "invoices_per_month": "invoices a month",
    "missed_invoice_value": "value of a forgotten invoice",
    "mismatched_records": "records to settle",
    "duplicate_records": "duplicates to merge",
    "other_cost_per_error": "cost of an error besides the work",
    "payments_per_month": "payments a month",
    "recovery_cost_per_duplicate": "cost of getting a payment back",
    "retired_subscriptions_per_month": "subscriptions that end",
    "rework_rate_per_hour": "cost of an hour of mending",
    "training": "price of training",
    "weeks_to_full_benefit": "weeks from going live to the full benefit",
    "annual_cost_of_capital": "what money costs a year",
    "automation_rate": "share of the work that a connection takes over",
    "avg_invoice_value": "value of an average invoice",
    "avg_payment": "value of an average payment",
    "build_cost": "price of building the connection",
    "build_days": "days to build the connection",
    "cleanup_minutes_per_duplicate": "minutes to merge one duplicate",
    "cleanup_minutes_per_mismatch": "minutes to settle one difference",
    "contingency_rate": "reserve on the price of building",
    "cost_per_item_day": "what a day of waiting costs",
    "day_rate": "price of a day of building",
    "delay_days": "days that items wait",
    "delay_days_after": "days that items wait once connected",
    "duplicate_rate": "share of payments made twice",
    "duplicate_rate_after": "share of payments made twice once connected",
    "error_rate": "share that arrives wrong",
    "error_rate_after": "share that arrives wrong once connected",
    "hosting_per_month": "hosting a month",
    "loaded_rate_per_hour": "cost of an hour of work",
    "maintenance_share_per_year": "upkeep a year",
    "minutes_per_item": "minutes per item",
    "missed_rate": "share that is never invoiced",
    "missed_rate_after": "share that is never invoiced once connected",
    "monitoring_hours_per_month": "hours a month to watch over a connection",
    "parallel_run_hours_per_week": "hours a week to compare old and new way",
    "parallel_run_weeks": "weeks in which both ways run side by side",
    "platform_fee_per_month": "fee of the platform a month",
    "recovered_rate": "share of forgotten invoices that is noticed later",
    "recovery_rate": "share of double payments that comes back",
    "rework_minutes": "minutes to mend one error",
    "training_hours": "hours of training",
    "volume_per_month": "items a month",
}
"""Inputs of the business case in a client's words."""

_WORKERS = "the people who do the work"
_WHO_KNOWS = {
    "who pays them": ("loaded_rate_per_hour", "rework_rate_per_hour"),
    "your finance department": (
        "annual_cost_of_capital", "annual_discount_rate", "avg_invoice_value", "avg_payment", "cost_per_item_day",
        "missed_invoice_value", "missed_rate", "recovered_rate", "recovery_rate", "recovery_cost_per_duplicate",
        "retired_subscriptions_per_month",
    ),
    "who would build and run the connection": (
        "build_cost", "build_days", "day_rate", "contingency_rate", "platform_fee_per_month", "hosting_per_month",
        "maintenance_share_per_year", "monitoring_hours_per_month", "training",
    ),
}  # fmt: skip
"""Whom to ask for an input that the people who do the work do not know."""

_GUESSED = {
    "": "what its rows are",
    "key": "what names a record",
    "statuses": "what each status stands for",
    "row": "what a row is",
}
_UNREAD = ("unrecognised", "refused", "empty")
_SETTINGS = {"currency": "the currency", "country": "the country", "time_zone": "the time zone"}


def input_words(name: str) -> str:
    """Return an input of the business case in a client's words.

    Examples
    --------
    >>> input_words("rework_minutes"), input_words("unheard_of")
    ('minutes to mend one error', 'unheard of')
    """
    return INPUT_WORDS.get(name, name.replace("_", " "))


def missing_inputs(run: RunTables) -> dict[str, tuple[str, ...]]:
    """Return what keeps the cost of each handoff incomplete, in a client's words; without those that lack nothing."""
    found: dict[str, tuple[str, ...]] = {}
    for row in run.table("handoff").to_pylist():
        counted = (input_words(name) for name in _names(run, f"roi.missing_inputs.{row['handoff_id']}"))
        words = tuple(dict.fromkeys([*(row["missing"] or ()), *counted]))
        if words:
            found[row["handoff_id"]] = words
    return found


def assumptions(run: RunTables) -> dict[str, tuple[str, ...]]:
    """Return for every assumption of ours the handoffs whose business case rests on it, in both cases by their names."""
    users: dict[str, list[str]] = {}
    for handoff_id in run.handoff_labels():
        saving = run.figures.get(f"roi.net_saving_per_month.{handoff_id}")
        if saving is not None and saving["value"] is not None:
            for name in _names(run, f"roi.assumed_inputs.{handoff_id}"):
                users.setdefault(name, []).append(handoff_id)
    return {name: tuple(found) for name, found in sorted(users.items(), key=lambda item: (-len(item[1]), item[0]))}


def unconfirmed(run: RunTables) -> tuple[str, ...]:
    """Return sentences about what we took from the files by ourselves and nobody has confirmed yet."""
    settings = [_SETTINGS[name] for name in run.unconfirmed if name in _SETTINGS]
    values = {"the currency": f" ({run.currency})"}
    sentences = []
    if settings:
        words = listed([f"{one}{values.get(one, '')}" for one in settings])
        sentences.append(f"{words[0].upper()}{words[1:]}: read off the files, assumed where they do not say.")
    streams: dict[tuple[str, str], list[str]] = {}
    for name in run.unconfirmed:
        system, dot, rest = name.partition(".")
        if dot:
            stream, _, what = rest.partition(".")
            streams.setdefault((system, stream), []).append(what)
    for (system, stream), guesses in streams.items():
        told = listed([_GUESSED.get(one, one.removesuffix("_minor").replace("_", " ")) for one in guesses])
        sentences.append(
            f"{run.label(system)} {stream.replace('_', ' ')}: told from headers and values, and confirmed by nobody: {told}."
        )
    labels = [row["label"] for row in run.table("handoff").to_pylist() if row["is_proposed"]]
    if labels:
        sentences.append(f"Handoffs that systems like yours usually need, inferred by us: {listed(sorted(labels))}.")
    return tuple(sentences)


def unread_files(run: RunTables) -> list[dict[str, str]]:
    """Return the files and sheets of which nothing could be used, with the message why."""
    intake = run.table("intake").select(["file", "part", "status", "message"]).to_pylist()
    return [row for row in intake if row["status"] in _UNREAD]


def read_in_part(run: RunTables) -> tuple[str, ...]:
    """Return why the run is not complete, without the files that ``unread_files`` lists."""
    unread = tuple(f"{row['file']} {row['part']}".strip() + ":" for row in unread_files(run))
    return tuple(reason for reason in run.reasons if not (unread and reason.startswith(unread)))


def systems_read(run: RunTables) -> list[str]:
    """Return the systems of which records were read, in order of their names."""
    return sorted(set(run.table("snapshot")["system"].to_pylist()))


def requests(run: RunTables) -> tuple[tuple[Inline, ...], ...]:
    """Return what to ask the client for, most useful first."""
    asked: list[tuple[Inline, ...]] = []
    handoffs = run.table("handoff")
    if not handoffs.num_rows:
        asked.append(("Tell us who carries which data from where to where: the systems-and-handoffs workbook asks for it.",))
    elif pc.any(handoffs["is_proposed"]).as_py():
        asked.append(("Confirm the handoffs that we inferred, and strike those that do not exist.",))
    lacking = missing_inputs(run)
    if lacking:
        asked += _about_inputs(list(dict.fromkeys(word for words in lacking.values() for word in words)))
    if len(systems_read(run)) == 1:
        asked.append(("Send exports of the other systems as well: differences and handoffs show only between two of them.",))
    if run.without_files:
        asked.append((f"Send exports of {listed([run.label(one) for one in run.without_files])}.",))
    if run.reasons:
        asked.append(("Look at the files that could not be used as they are, or not completely.",))
    asked += _about_reading(run)
    rests_on = _heaviest_assumption(run)
    if rests_on:
        asked.append((f"Confirm or replace our assumptions, above all the {input_words(rests_on)}.",))
    unsettled = shown_figure(run.figures, "reconcile.unsettled_count")
    if unsettled.is_known:
        asked.append(_about_deciding(run, unsettled))
    review = shown_figure(run.figures, "match.review_count")
    if review.is_known and run.figures[review.figure_id]["value"]:
        pairs = "pair" if run.figures[review.figure_id]["value"] == 1 else "pairs"
        asked.append(("Decide the ", review, f" doubtful {pairs} in the work-through workbook."))
    return tuple(asked)


def not_told(run: RunTables) -> list[str]:
    """Return the handoffs that could not be measured, or of which something is held back: of these no list is whole."""
    return [*run.unmeasured, *held_back_sentences(run.table("handoff"), run.table("handoff_judgement"))]


def _about_inputs(words: Sequence[str]) -> list[tuple[Inline, ...]]:
    """Return whom to ask for which input: who does the work, who knows what people and money cost, who builds."""
    whose = {input_words(name): whom for whom, names in _WHO_KNOWS.items() for name in names}
    by_whom: dict[str, list[str]] = {}
    for word in words:
        by_whom.setdefault(whose.get(word, _WORKERS), []).append(word)
    order = (_WORKERS, *_WHO_KNOWS)
    return [(f"Ask {whom} for {listed(by_whom[whom])}.",) for whom in order if whom in by_whom]


def _about_deciding(run: RunTables, unsettled: Shown) -> tuple[Inline, ...]:
    """Return what nobody has decided yet, where systems differ: without what the system already named decides."""
    named = sorted({run.label(one) for one in run.table("source_of_truth")["system"].to_pylist() if one})
    where = f" where {listed(named)} {'has' if len(named) == 1 else 'have'} no record" if named else ""
    reasons = {one for one in pc.unique(run.table("golden")["reason"]).to_pylist() if one.startswith(UNSETTLED)}
    dated = "the records do not say when they changed" if reasons == {TIMES_UNKNOWN} else "none is known to be the newest"
    fields = " field has" if unsettled.text == "1" else " fields have"
    return (f"Say which system decides names and addresses{where}: ", unsettled, f"{fields} several values, and {dated}.")


def assumption_rows(run: RunTables) -> list[dict[str, Any]]:
    """Return each assumption once with the handoffs that it is used for, the one that moves the result most first."""
    together: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in run.table("cost_input").to_pylist():
        # As long as only today's cost is known, what belongs to the connection is in no figure.
        if row["evidence"] != "default" or row["source"] == NOT_COMPARED or (row["result"] != "npv" and not row["share"]):
            continue
        key = (row["name"], row["value"], row["low"], row["high"], row["source"])
        one = together.setdefault(key, {**row, "share": 0.0, "used_by": []})
        one["share"] += row["share"] or 0.0
        one["used_by"].append(row["handoff_id"])
    return sorted(together.values(), key=lambda row: (-row["share"], row["name"]))


def _heaviest_assumption(run: RunTables) -> str:
    """Return the first of the listed assumptions, which moves the result most; empty where there is none."""
    named = [row["name"] for row in assumption_rows(run)] or list(assumptions(run))
    return named[0] if named else ""


def _about_reading(run: RunTables) -> list[tuple[Inline, ...]]:
    """Return what to ask about how files were read."""
    asked: list[tuple[Inline, ...]] = []
    if run.questions:
        asked.append((f"Answer our {counted(len(run.questions), 'question')} about what is in your files.",))
    if run.unconfirmed:
        asked.append(("Confirm what we took from the files by ourselves, the currency and the meaning of columns first.",))
    return asked


def _names(run: RunTables, figure_id: str) -> list[str]:
    row = run.figures.get(figure_id)
    return row["formula"].split(", ") if row and row["value"] and row["formula"] else []

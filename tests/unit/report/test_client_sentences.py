"""Sentences of the report that a finance director would stumble over if they were not true to the figures."""

import re
from typing import Any

import pyarrow as pa

from tests.unit.report.sample_run import figure, sample_run, sample_tables
from tests.unit.report.test_gaps import text_of
from toolkit.charts import handoff_ranking, lag_distribution
from toolkit.reconcile.outcome_words import TIMES_UNKNOWN
from toolkit.report.blocks import Bars, Table
from toolkit.report.gaps import requests
from toolkit.report.run import RunTables
from toolkit.report.sections import differences
from toolkit.report.sections.all_figures import SECTION as ALL_FIGURES
from toolkit.report.sections.files_read import SECTION as FILES_READ
from toolkit.report.sections.headline import SECTION as HEADLINE
from toolkit.tables import COST_LINE, FIGURE, GOLDEN, HANDOFF, MISMATCH, NOT_INVOICED, QUARANTINE, SOURCE_OF_TRUTH


def run_of(*rows: dict[str, Any], **tables: pa.Table) -> RunTables:
    """Return the sample run with other figures, and some other tables."""
    return sample_run(tables={**sample_run().tables, **tables, "figure": FIGURE.from_rows(rows)})


def differing(name: str, share: float, count: int) -> dict[str, Any]:
    """Return the figure of a field of two systems."""
    return figure(f"reconcile.different_share.{name}", f"{name} that differ", share, "share", n=count)


def test_what_was_compared_and_agrees_is_told_as_such() -> None:
    """Values that all agree are no missing comparison; only where nothing was compared is that said."""
    no_rows = {"mismatch": sample_run().table("mismatch").slice(0, 0)}
    agreeing = figure("reconcile.different_count", "Values that differ between two systems", 0.0, "count", n=788)

    text = text_of(run_of(agreeing, **no_rows), "differences")

    assert "788 values were compared, and none differs" in text
    assert "nothing could be compared" not in text
    assert "nothing could be compared" in text_of(run_of(**no_rows), "differences")


def test_differences_stand_in_order_of_the_count_that_is_shown() -> None:
    """Many of many before few of few, and the count by which they are ordered is there to be read."""
    text = text_of(run_of(differing("a.b.name", 0.5, 10), differing("a.c.email", 0.2, 349)), "differences")

    assert re.search(r"a\.c\.email that differ\s+70\s+20 %.*a\.b\.name that differ\s+5\s+50 %", text)


def test_without_costs_what_is_missing_is_drawn_before_what_is_written_oddly() -> None:
    """Thirty-one deals without an invoice weigh more than ninety-four telephone numbers in another form."""
    found = (
        figure("quality.failing.crm.phone", "Telephone numbers in another form", 94.0, "count"),
        figure("match.duplicate_count.crm", "Duplicates in HubSpot", 23.0, "count"),
        figure("reconcile.missing_count.deal_to_invoice", "Won deals without an invoice", 31.0, "count"),
    )

    blocks = HEADLINE.build(run_of(*found, not_invoiced=NOT_INVOICED.empty()))

    [bars] = [block for block in blocks if isinstance(block, Bars)]
    assert [label for label, *_ in bars.counts] == [
        "Won deals without an invoice", "Duplicates in HubSpot", "Telephone numbers in another form",
    ]  # fmt: skip


def test_methods_that_share_a_line_name_all_their_days() -> None:
    """No gap is left where the days of three handoffs differ; one method alone keeps its own."""
    rows = [
        figure(f"reconcile.missing_count.{name}", f"Missing of {name}", 3.0, "count", method=f"Later than {days} days.")
        for name, days in (("a", 45), ("b", 7), ("c", 14))
    ]

    text = " ".join(block._repr_html_() for block in ALL_FIGURES.build(run_of(*rows)))

    assert "Later than 7, 14 or 45 days; the days of each handoff are its own." in text
    assert "… days" not in text
    assert "Later than 45 days." in " ".join(block._repr_html_() for block in ALL_FIGURES.build(run_of(rows[0])))


def test_each_reason_for_which_rows_were_put_aside_is_named_with_its_count() -> None:
    """Declined payments are no total lines: each reason has its words and its number, the most first."""
    row = sample_run().table("quarantine").to_pylist()[0]
    reasons = ("total_line", "not_money_moved", "not_money_moved", "unheard_of")
    quarantine = QUARANTINE.from_rows({**row, "reason": reason} for reason in reasons)

    text = " ".join(block._repr_html_() for block in FILES_READ.build(run_of(quarantine=quarantine)))

    assert "Put aside: payments that were declined or never moved money 2; total lines 1; unheard of 1." in text


def test_rows_of_a_whole_table_and_broken_ones_have_words() -> None:
    """Two ways of being broken are one to a client, and a table that nobody understood is no code word."""
    row = {"file": "invoices.csv", "part": "", "row": ""}
    reasons = ("too_few_cells", "bad_json", "not_understood", "unrecognised_table", "unrecognised_table", "left_out")
    quarantine = QUARANTINE.from_rows({**row, "reason": reason} for reason in reasons)

    text = " ".join(block._repr_html_() for block in FILES_READ.build(run_of(quarantine=quarantine)))

    whole, left = "rows of tables of which nobody has said what they are 3", "rows of tables that you leave out 1"
    assert f"Put aside: {whole}; broken rows 2; {left}." in text


def test_an_input_is_asked_of_who_can_know_it() -> None:
    """Who types invoices knows minutes, not what a day of building costs."""
    lacking = figure(
        "roi.missing_inputs.deal_to_project", "Inputs", 3.0, "count", formula="minutes_per_item, day_rate, avg_payment"
    )

    said = [str(one[0]) for one in requests(run_of(lacking)) if str(one[0]).startswith("Ask ")]

    assert "Ask who would build and run the connection for price of a day of building." in said
    assert "Ask your finance department for value of an average payment." in said
    assert not any("people who do the work" in one and "building" in one for one in said)


def test_only_what_no_named_system_decides_is_asked_for() -> None:
    """The client has named a system: what remains is where it has no record, and why no newer value is known."""
    golden = GOLDEN.from_rows(
        [{"golden_id": "g", "column": "email", "value": "a", "record_key": "a/c/1", "reason": TIMES_UNKNOWN}]
    )
    truth = SOURCE_OF_TRUTH.from_rows(
        [{"entity": "party", "column": "email", "system": "crm", "differences": 3, "undecided": 1}]
    )
    unsettled = figure("reconcile.unsettled_count", "Fields", 695.0, "count", n=900)

    said = ["".join(getattr(part, "text", part) for part in one) for one in requests(run_of(unsettled, golden=golden))]
    named = run_of(unsettled, golden=golden, source_of_truth=truth)
    with_system = ["".join(getattr(part, "text", part) for part in one) for one in requests(named)]

    reason = "695 fields have several values, and the records do not say when they changed."
    assert f"Say which system decides names and addresses: {reason}" in said
    assert f"Say which system decides names and addresses where {named.label('crm')} has no record: {reason}" in with_system


def test_the_days_until_a_payment_are_named_as_credit() -> None:
    """Bills that are paid on their day wait for nobody: the chart does not call them the slowest."""
    run = sample_run()
    rows = run.table("handoff").to_pylist()
    slowest = rows[-1]["handoff_id"]
    rows = [
        {**row, **({"entity_l": "bill", "entity_r": "bank_line"} if row["handoff_id"] == slowest else {})} for row in rows
    ]
    handoff = HANDOFF.from_rows(rows)

    before = lag_distribution.chart(run.table("counterpart"), run.table("handoff"))
    told = sample_run(tables={**run.tables, "handoff": handoff})
    after = lag_distribution.chart(run.table("counterpart"), handoff, on_terms=told.paid_on_terms())

    assert rows[-1]["label"] in before.layout.title.text
    assert rows[-1]["label"] not in after.layout.title.text
    assert "payments on terms aside" in after.layout.title.text.replace("<br>", " ")
    assert any("paid on terms" in str(one).replace("<br>", " ") for one in after.layout.yaxis.ticktext)
    assert "the credit that was given, not a delay" in text_of(told, "handoffs")


def test_a_legend_of_two_lines_has_room_below_the_title() -> None:
    """Four kinds of cost beside long names of handoffs stand in two lines: the drawing begins lower, by a line."""
    handoff = sample_run().table("handoff")
    name = handoff["handoff_id"][0].as_py()
    row = next(one for one in sample_run().table("cost_line").to_pylist() if one["handoff_id"] == name)
    kinds = ("labour", "errors", "delay", "missed")

    def room(count: int) -> float:
        lines = COST_LINE.from_rows(
            {**row, "line": line, "is_added": True, "now_per_month": 100.0} for line in kinds[:count]
        )
        return float(handoff_ranking.chart(lines, handoff).layout.margin.t)

    assert room(2) == room(3)
    assert room(4) - room(3) >= 15


def test_a_customer_is_not_called_by_the_misspelling_that_is_to_be_mended() -> None:
    """Where names differ, the first column shows the name that is proposed."""
    tables = sample_tables()
    key = tables["party"]["record_key"][0].as_py()
    row = tables["mismatch"].to_pylist()[0]
    names = {"value_l": "Quarry Denatl", "value_r": "Quarry Dental", "proposed_value": "Quarry Dental"}
    own = {**row, "column": "name", "key_l": key, **names, "kind": "different", "decision": None}

    blocks = differences.build(sample_run(tables={**tables, "mismatch": MISMATCH.from_rows([own])}))

    [examples] = [one for one in blocks if isinstance(one, Table) and one.caption == "Examples"]
    [(whom, *_)] = examples.rows
    assert str(whom).startswith("Quarry Dental")

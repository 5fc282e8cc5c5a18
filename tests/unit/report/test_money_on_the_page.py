"""What the pages say of money can be added up and counted again by the reader."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc

from tests.unit.report.sample_money import figure
from tests.unit.report.sample_run import sample_run
from toolkit.audit.explain import shown_value
from toolkit.estimates import Estimate
from toolkit.reconcile.outcome_words import SECOND_ENTRY
from toolkit.report import write_review_workbook
from toolkit.report.blocks import Decision, Inline
from toolkit.report.gaps import assumption_rows, input_words, requests
from toolkit.report.money_inputs import assumption_blocks
from toolkit.report.money_kinds import cash_words, cost_kinds, kinds_table
from toolkit.report.money_not_invoiced import largest_not_invoiced, not_invoiced_words
from toolkit.report.money_twice import entered_twice
from toolkit.report.run import RunTables
from toolkit.report.sections import business_case, headline, missing
from toolkit.report.shown import shown_figure
from toolkit.roi.cost_inputs import entering_value
from toolkit.roi.not_invoiced import not_invoiced_figures
from toolkit.tables import (
    COST_INPUT,
    COUNTERPART,
    DOCUMENT_PAIR,
    FIGURE,
    HANDOFF,
    HANDOFF_MONTH,
    NOT_INVOICED,
    RECOMMENDATION,
)

BILLING = {"deal_to_invoice"}


def said(pieces: Iterable[Inline]) -> str:
    """Return a sentence as it reads, without its marks."""
    html = "".join(one if isinstance(one, str) else one.html() for one in pieces)
    return re.sub(r"[●◆◐○]", "", re.sub(r"<[^>]*>", "", html))


def shown(*blocks: Any) -> str:
    """Return blocks as they read."""
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]*>", " ", " ".join(one._repr_html_() for one in blocks if hasattr(one, "_repr_html_")))
    )


def changed(**tables: pa.Table) -> RunTables:
    """Return the sample run with other tables."""
    return sample_run(tables={**sample_run().tables, **tables})


def _with_documents(*documents: Mapping[str, Any]) -> RunTables:
    """Return the sample run with these documents without an invoice, and the figures that follow from them."""
    run = sample_run()
    table = NOT_INVOICED.from_rows(
        {"handoff_id": "deal_to_invoice", "record_key": f"crm/deals/{place}", "is_net": False, **one}
        for place, one in enumerate(documents, start=1)
    )
    own = not_invoiced_figures(table, run.table("handoff"), currency="USD", billing=BILLING)
    known = run.table("figure")
    kept = known.filter(pc.invert(pc.starts_with(known["figure_id"], "roi.not_invoiced")))
    return changed(figure=FIGURE.from_rows([*kept.to_pylist(), *own.to_pylist()]), not_invoiced=table)


def test_each_currency_stands_with_the_count_of_its_own_sum() -> None:
    """Two of four in dollars, one in Canadian ones, one without an amount: no sum claims to hold all four."""
    run = _with_documents(
        {"net_minor": 100_000, "currency": "USD"},
        {"net_minor": 50_000, "currency": "USD"},
        {"net_minor": 206_100, "currency": "CAD"},
        {"currency": "USD"},
    )

    sentence, table = said(not_invoiced_words(run)), shown(*largest_not_invoiced(run))

    assert "4 items (2 of them worth 1,500 USD, 1 of them worth 2,061 CAD, 1 without an amount) have no invoice" in sentence
    assert "The 2 in USD 1,500 USD" in table
    assert "The 1 in CAD 2,061 CAD" in table
    assert "1 without an amount" in table
    assert "All 4" not in table
    assert run.figures["roi.not_invoiced_value.total"]["n"] == 2


def test_a_shortened_name_is_not_written_out_beside_it() -> None:
    """The title of a job often repeats its customer: who is shortened in one cell is not named in the next."""
    run = _with_documents(
        {"net_minor": 100_000, "currency": "USD", "party_name": "Waal Quorn", "name": "Terrace WAAL QUORN"},
        {"net_minor": 50_000, "currency": "USD", "party_name": "Acme LLC", "name": "Pond Acme LLC"},
    )

    table = shown(*largest_not_invoiced(run))

    assert "W. Quorn Terrace W. Quorn" in table
    assert "Acme LLC Pond Acme LLC" in table


def test_what_is_without_an_invoice_and_not_counted_is_said() -> None:
    """Six shop orders stand in the list of missing items: the sentence says why they are not among the fourteen."""
    one = figure("reconcile.missing_count.order_to_invoice", "Shop orders without an invoice", 1, "count", n=930)
    known = sample_run().table("figure")
    others = known.filter(pc.not_equal(known["figure_id"], one["figure_id"]))
    single = changed(figure=FIGURE.from_rows([*others.to_pylist(), one]))

    assert "Not in this are 6 shop orders without an invoice: they are" in said(not_invoiced_words(sample_run()))
    assert "Not in this is 1 shop order without an invoice: it is" in said(not_invoiced_words(single))


def test_two_counts_of_one_noun_say_whose_they_are() -> None:
    """Two companies have projects without an invoice: "9 projects and 31 projects" would leave open which is which."""
    run = sample_run()
    again = [
        {**row, "figure_id": row["figure_id"].replace("deal_to_invoice", "deal_to_project")}
        for row in run.table("figure").to_pylist()
        if row["figure_id"] in {f"roi.not_invoiced_{one}.deal_to_invoice" for one in ("count", "value")}
    ]
    two = changed(figure=FIGURE.from_rows([*run.table("figure").to_pylist(), *again]))
    labels = run.handoff_labels()

    assert "of “" not in said(not_invoiced_words(run))
    for name in ("deal_to_invoice", "deal_to_project"):
        assert f" of “{labels[name]}” (" in said(not_invoiced_words(two))


def test_the_answer_that_decides_the_loss_stands_beside_it() -> None:
    """The share that is found later, its range, and who said so and when; and how old is what still waits."""
    common = {"handoff_id": "deal_to_invoice", "unit": "share", "evidence": "interview"}
    inputs = [
        {
            **common,
            "name": "recovered_rate",
            "value": 0.92,
            "low": 0.8,
            "high": 0.99,
            "who": "Marta",
            "given_on": date(2026, 9, 5),
        },
        {**common, "name": "missed_rate", "value": 0.1, "low": 0.1, "high": 0.1},
        {**common, "name": "invoices_per_month", "value": 20.0, "low": 20.0, "high": 20.0},
        {**common, "name": "missed_invoice_value", "value": 700.0, "low": 700.0, "high": 700.0},
    ]
    run = _with_documents(
        {"net_minor": 100_000, "currency": "USD", "event_on": date(2026, 3, 2)},
        {"net_minor": 50_000, "currency": "USD", "event_on": date(2026, 9, 1)},
    )
    lost = figure(
        "roi.lost_revenue_per_month.deal_to_invoice", "Lost", 112.0, "currency per month", low=70, high=200, currency="USD"
    )
    figures = FIGURE.from_rows([*run.table("figure").to_pylist(), lost])
    counts = dict.fromkeys(("items", "found", "missing", "waiting", "ambiguous", "unknown", "not_due", "errors"), 0)
    months = HANDOFF_MONTH.from_rows(
        {**counts, "handoff_id": "deal_to_invoice", "month": date(2026, month, 1), "is_full": True} for month in (7, 8, 9)
    )
    run = sample_run(
        tables={**run.tables, "figure": figures, "cost_input": COST_INPUT.from_rows(inputs), "handoff_month": months}
    )

    sentence = said(not_invoiced_words(run))

    assert "Over 3 months that is about 500 USD a month; the items of a month" in sentence
    assert "make it about 1,400 USD a month, were none of it found" in sentence
    assert "revenue of about 1,180 USD a month (700 to 2,000 USD) is never billed" in sentence
    assert "of the items 92 % (80 to 99 %; Marta, 5 Sep 2026)" in sentence
    assert "1 of the 2 are more than 90 days old" in sentence
    assert "Marta" not in said(not_invoiced_words(run, is_short=True))


def test_a_loss_that_could_not_be_told_is_named_and_in_no_sum() -> None:
    """2,458 a month of three handoffs and 550 lost of two of them do not add up: of which the loss is not in it is said."""
    run = sample_run()
    labels = run.handoff_labels()
    rows = [row for row in run.table("figure").to_pylist() if not row["figure_id"].startswith("roi.lost_revenue_per_month")]
    again = [
        {**row, "figure_id": row["figure_id"].replace("deal_to_invoice", "deal_to_project")}
        for row in rows
        if row["figure_id"] in {f"roi.not_invoiced_{one}.deal_to_invoice" for one in ("count", "value")}
    ]
    name, unit = "roi.lost_revenue_per_month", "currency per month"
    lost = {
        **figure(f"{name}.total", "Lost", 112.0, unit, low=70, high=200, currency="USD"),
        "inputs": [f"{name}.deal_to_invoice"],
    }
    own = [figure(f"{name}.{one}", "Lost", 112.0, unit, currency="USD") for one in ("deal_to_invoice", "deal_to_project")]

    sentence = said(not_invoiced_words(changed(figure=FIGURE.from_rows([*rows, *again, *own, lost]))))
    whole = said(not_invoiced_words(changed(figure=FIGURE.from_rows([*rows, *own, lost]))))

    assert f"What is lost of “{labels['deal_to_project']}” is not in it, because it could not be told" in sentence
    assert "could not be told" not in whole


def test_a_loss_in_the_cost_is_named_in_the_sentence_and_has_a_column() -> None:
    """Where a client lets us add it, it is a part like the others."""
    lines = sample_run().table("cost_line")
    added = changed(
        cost_line=lines.set_column(lines.schema.get_field_index("is_added"), "is_added", pa.array([True] * len(lines)))
    )

    assert "revenue never invoiced (added, as you allowed) 1,180 USD" in said(cost_kinds(added))
    assert "Never invoiced" in shown(*kinds_table(added))
    assert "never invoiced" not in said(cost_kinds(sample_run()))
    assert "Never invoiced" not in shown(*kinds_table(sample_run()))


def test_the_interest_of_what_is_tied_up_is_in_the_waiting() -> None:
    """The cash is in no sum, what it costs is."""
    assert "what it costs in interest is part of “waiting” above" in said(cash_words(sample_run()))


def test_one_count_of_assumptions_and_one_that_weighs_most() -> None:
    """What is missing counts the rows of the business case, and the first page names the first of them."""
    run = sample_run()
    rows = assumption_rows(run)

    table = shown(*assumption_blocks(run))
    [asked] = [said(one) for one in requests(run) if "our assumptions" in said(one)]

    names = len({row["name"] for row in rows})
    assert rows
    assert f"{len(rows)} value" in shown(*missing.build(run)) or f"{names} input" in shown(*missing.build(run))
    assert all(row["source"] in table for row in rows if row["source"])
    assert input_words(rows[0]["name"]) in asked


def test_the_value_that_enters_is_the_median_in_both_places() -> None:
    """Hours of 0.5 to 4, most likely one: what enters is 1.32, and the conditions say that they speak of it."""
    hours = Estimate(1.0, "hours per month", "default", 0.5, 4.0)
    [watched] = [row for row in sample_run().table("cost_input").to_pylist() if row["evidence"] == "default"][:1]
    row = {**watched, "name": "monitoring_hours_per_month", "unit": "hours per month", "value": 1.0, "low": 0.5, "high": 4.0}
    median = entering_value("monitoring_hours_per_month", hours)
    run = changed(cost_input=COST_INPUT.from_rows([{**row, "median": median}]))

    assert round(median, 2) == 1.32
    assert entering_value("horizon_months", Estimate(36.0, "months", "default", 24.0, 48.0)) == 36
    assert "1 hours per month 1.32 hours per month" in shown(*assumption_blocks(run)).replace("1 hour per", "1 hours per")
    assert "What we reckon with is the median of" in shown(*business_case.build(sample_run()))


def test_what_was_entered_twice_is_told_with_its_amount() -> None:
    """Two for deals that have one each: their number and what they come to; what has no source is no second entry."""
    common = {"handoff_id": "deal_to_invoice", "status": "extra", "is_error": False, "currency": "USD"}
    rows = [
        {**common, "key_r": "ledger/invoices/1", "basis": SECOND_ENTRY, "amount_r_minor": 1_700_000},
        {**common, "key_r": "ledger/invoices/2", "basis": SECOND_ENTRY, "amount_r_minor": 5_700_000},
        {**common, "key_r": "ledger/invoices/3", "basis": "nothing explains it", "amount_r_minor": 9_900_000},
    ]

    [sentence] = [said(one) for one in entered_twice(changed(counterpart=COUNTERPART.from_rows(rows)))]

    assert "2 documents for items that already have one, together 74,000 USD" in sentence


def test_a_second_entry_of_ten_times_its_item_is_named_beside_the_sum() -> None:
    """A sum that is nearly all one slip of the decimal sign says so: which document, how many times, of what."""
    common = {"handoff_id": "deal_to_invoice", "is_error": False, "currency": "USD"}
    rows = [
        {**common, "status": "found", "key_l": "crm/deals/771", "key_r": "ledger/invoices/20476", "is_error": True,
         "error_kind": "factor", "error_columns": ["amount_minor"], "amount_l_minor": 541_600, "amount_r_minor": 5_416_000},
        {**common, "status": "extra", "key_r": "ledger/invoices/20477", "basis": SECOND_ENTRY, "amount_r_minor": 5_416_000},
        {**common, "status": "extra", "key_r": "ledger/invoices/9", "basis": SECOND_ENTRY, "amount_r_minor": 1_200_000},
    ]  # fmt: skip

    [sentence] = [said(one) for one in entered_twice(changed(counterpart=COUNTERPART.from_rows(rows)))]

    assert "together 66,160 USD as stated there (54,160 USD of it is ledger invoices: 10 times the amount of" in sentence
    assert sentence.count("of it is") == 1


def test_what_was_told_of_two_handoffs_of_one_kind_says_of_which() -> None:
    """An answer for the projects and another for the projects says nothing: each names its handoff."""
    names, labels = ("deal_to_invoice", "deal_to_project"), sample_run().handoff_labels()
    common = {"unit": "share", "evidence": "interview"}
    figures = [row for row in sample_run().table("figure").to_pylist() if not row["figure_id"].startswith("roi.not_inv")]
    inputs = []
    for name, value in zip(names, (0.70, 0.72), strict=True):
        inputs.append({**common, "handoff_id": name, "name": "recovered_rate", "value": value, "low": 0.3, "high": 0.9})
        figures += [
            figure(f"roi.not_invoiced_count.{name}", "Projects without an invoice", 3.0, "count"),
            figure(f"roi.lost_revenue_per_month.{name}", "Lost", 100.0, "currency per month", currency="USD"),
        ]

    sentence = said(not_invoiced_words(changed(figure=FIGURE.from_rows(figures), cost_input=COST_INPUT.from_rows(inputs))))

    assert f"of the projects of “{labels[names[0]]}” 70 %" in sentence
    assert f"projects of “{labels[names[1]]}” 72 %" in sentence


def test_items_of_two_handoffs_of_one_kind_are_one_sum() -> None:
    """Nobody reads "1 order and 5 orders"; and what was told of two handoffs of projects says of which."""
    labels = {"order_to_invoice": "Shop orders", "order_to_books": "Web orders"}
    run = _with_documents({"net_minor": 100, "currency": "USD"})
    counts = [
        figure(f"reconcile.missing_count.{name}", "Orders without an invoice", value, "count")
        for name, value in zip(labels, (1.0, 5.0), strict=True)
    ]
    handoffs = [
        {**row, "handoff_id": name, "label": labels[name]}
        for row, name in zip(run.table("handoff").to_pylist(), labels, strict=False)
    ]
    kept = [row for row in run.table("handoff").to_pylist() if row["handoff_id"] == "deal_to_invoice"]
    figures = [row for row in run.table("figure").to_pylist() if not row["figure_id"].startswith("reconcile.missing_count")]
    tables = {"figure": FIGURE.from_rows([*figures, *counts]), "handoff": HANDOFF.from_rows([*kept, *handoffs])}

    sentence = said(not_invoiced_words(sample_run(tables={**run.tables, **tables})))

    assert "Not in this are 6 orders without an invoice: they are" in sentence


def test_where_nothing_pays_the_first_page_says_what_the_business_case_says() -> None:
    """No handoff is put forward on the first page that the business case leaves as it is."""
    rows = sample_run().table("recommendation").to_pylist()
    stays = {"decision": "by_hand", "wave": None, "reason": "loses", "lacking": []}
    nothing = changed(recommendation=RECOMMENDATION.from_rows([{**row, **stays} for row in rows]))
    in_part = changed(recommendation=RECOMMENDATION.from_rows([*({**row, **stays} for row in rows[:3]), *rows[3:]]))

    for run, words in (
        (nothing, "At these figures no handoff pays for its connection: we would connect none of them."),
        (in_part, "we would connect nothing: 3 of 4 handoffs would not pay for a connection, of the rest it is not known."),
    ):
        [decision] = [block for block in headline.build(run) if isinstance(block, Decision)]
        assert words in shown(decision)
        assert "first" not in shown(decision)
        assert words in shown(*business_case.build(run))


def test_what_pays_in_the_middle_case_only_is_no_recommendation_to_connect_now() -> None:
    """Money that does not come back in the low case is said so, and nothing is put off until a first that is not there."""
    rows = sample_run().table("recommendation").to_pylist()
    bold = [{**row, "wave": 2, "reason": "pays_median", "decision": "connect"} for row in rows[:1]]
    stays = [{**row, "decision": "by_hand", "wave": None, "reason": "loses", "lacking": []} for row in rows[1:]]
    run = changed(recommendation=RECOMMENDATION.from_rows([*bold, *stays]))

    first_page, case = shown(*headline.build(run)), shown(*business_case.build(run))

    for page in (first_page, case):
        assert "We would connect" not in page
        assert "that we recommend" not in page
        assert "when the first are running" not in page
    assert "No handoff pays for its connection in the low case; 1 handoff does in the middle one" in first_page
    assert "connect it only if you can bear that" in first_page
    assert "That handoff is “" in first_page
    assert "decide whether you can bear the low one" in case


def test_one_handoff_to_connect_has_one_price_on_the_first_page() -> None:
    """Saving and price of the set stand once, and say that the clean-up is in them."""
    rows = sample_run().table("recommendation").to_pylist()
    sure = [{**row, "wave": 1, "decision": "connect"} for row in rows[:1]]
    stays = [{**row, "decision": "by_hand", "wave": None, "reason": "loses", "lacking": []} for row in rows[1:]]
    later = [{**stays[0], "decision": "later", "wave": 2}]
    run = changed(recommendation=RECOMMENDATION.from_rows([*sure, *later, *stays[1:]]))

    [decision] = [block for block in headline.build(run) if isinstance(block, Decision)]
    words = shown(decision)

    assert "first: it pays even in the low case." in words
    assert "and look again at 1 more when it runs" in words
    assert words.count(" once") == 1
    assert "once, the clean-up of the records included" in words


def test_money_that_may_not_come_back_says_so_in_its_range() -> None:
    """A median of 28 months without a range looks surer than one with: in the low case it is not back in the period."""
    known = sample_run().table("figure").to_pylist()
    open_end = {"value": 28.2, "low": 18.6, "high": None}
    rows = [{**row, **open_end} if row["figure_id"] == "roi.payback_months.recommended" else row for row in known]
    run = changed(figure=FIGURE.from_rows(rows))

    told = shown_figure(run.figures, "roi.payback_months.recommended")

    assert (told.text, told.range_text) == ("28.2 months", "18.6 months to not in the period")
    assert shown_value(run.figures["roi.payback_months.recommended"]) == "28.2 months (18.6 months to not in the period)"


def test_a_second_entry_that_is_itself_ten_times_its_item_is_named(tmp_path: Path) -> None:
    """The first entry is right, the second slipped: nearly all of the sum is that slip, on the page and on the sheet."""
    common = {"handoff_id": "deal_to_invoice", "is_error": False, "currency": "USD"}
    rows = [
        {**common, "status": "found", "key_l": "crm/deals/771", "key_r": "ledger/invoices/20476", "amount_l_minor": 541_600,
         "amount_r_minor": 541_600},
        {**common, "status": "extra", "key_r": "ledger/invoices/20477", "basis": SECOND_ENTRY, "amount_r_minor": 6_499_200},
        {**common, "status": "extra", "key_r": "ledger/invoices/9", "basis": SECOND_ENTRY, "amount_r_minor": 541_600},
    ]  # fmt: skip
    pairs = [
        {
            "handoff_id": "deal_to_invoice",
            "key_l": "crm/deals/771",
            "key_r": key,
            "match_probability": 0.9,
            "match_weight": 3.0,
        }
        for key in ("ledger/invoices/20477", "ledger/invoices/9")
    ]
    run = changed(counterpart=COUNTERPART.from_rows(rows), document_pair=DOCUMENT_PAIR.from_rows(pairs))

    [sentence] = [said(one) for one in entered_twice(run)]
    header, *lines = openpyxl.load_workbook(write_review_workbook(tmp_path / "review.xlsx", run))["Without a source"].values

    assert "(64,992 USD of it is ledger invoices: 10 times the amount of crm deals, 5,416 USD)" in sentence
    assert [line[header.index("why")] for line in lines] == [f"{SECOND_ENTRY}; 10 times the amount", SECOND_ENTRY]

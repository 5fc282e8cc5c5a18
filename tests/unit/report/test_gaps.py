"""What is missing is said in words that a client can act on."""

import re
from dataclasses import replace

import pyarrow as pa

from tests.unit.report.sample_run import empty_run, figure, sample_run
from toolkit.report.document import client_report
from toolkit.report.gaps import assumptions, missing_inputs, read_in_part, requests, unconfirmed
from toolkit.report.run import RunTables
from toolkit.tables import FIGURE, INTAKE


def text_of(run: RunTables, name: str) -> str:
    """Return what a section of the report says."""
    [section] = [one for one in client_report(run).sections if one.name == name]
    return re.sub(
        r"<[^>]*>", " ", " ".join(block._repr_html_() for block in section.blocks if hasattr(block, "_repr_html_"))
    )


def with_figures(*rows: dict[str, object]) -> RunTables:
    """Return the sample run with further figures."""
    run = sample_run()
    return sample_run(tables={**run.tables, "figure": pa.concat_tables([run.table("figure"), FIGURE.from_rows(rows)])})


def proposed_run() -> RunTables:
    """Return the sample run as if all its handoffs were inferred."""
    run = sample_run()
    rows = [{**row, "is_proposed": True, "missing": ["minutes per item"]} for row in run.table("handoff").to_pylist()]
    return sample_run(tables={**run.tables, "handoff": pa.Table.from_pylist(rows, run.table("handoff").schema)})


def test_missing_inputs_are_named_in_words() -> None:
    """What the business case lacks is told with the handoff that lacks it."""
    run = with_figures(
        figure("roi.missing_inputs.deal_to_project", "Inputs", 2.0, "count", formula="rework_minutes, day_rate")
    )

    assert set(missing_inputs(run)["deal_to_project"]) >= {"minutes to mend one error", "price of a day of building"}
    assert "price of a day of building" in text_of(run, "missing")


def test_assumptions_are_grouped_by_what_is_assumed() -> None:
    """Each assumption once, with the handoffs that rest on it; the text leads to where all of them are listed."""
    run = with_figures(
        figure("roi.assumed_inputs.deal_to_project", "Inputs", 2.0, "count", formula="automation_rate, training_hours"),
        figure("roi.assumed_inputs.deal_to_invoice", "Inputs", 1.0, "count", formula="automation_rate"),
    )

    assert assumptions(run) == {
        "automation_rate": ("deal_to_project", "deal_to_invoice"),
        "training_hours": ("deal_to_project",),
    }
    assert "The business case lists each of them" in text_of(run, "missing")


def test_what_nobody_confirmed_is_said() -> None:
    """An assumed currency and a stream nobody confirmed stay in the report until somebody takes them off the list."""
    run = replace(sample_run(), unconfirmed=("currency", "crm.deals"), labels={"crm": "HubSpot"})

    told = unconfirmed(run)

    assert any("currency (USD)" in one for one in told)
    assert any(one.startswith("HubSpot deals") for one in told)
    assert "read off the files" in text_of(run, "missing")


def test_inferred_handoffs_ask_for_confirmation() -> None:
    """Nobody takes a guess of ours for what the client said."""
    run = proposed_run()

    assert any("inferred" in str(one[0]) for one in requests(run))
    assert "Won deal to project" in " ".join(unconfirmed(run))
    assert "not confirmed yet" in text_of(run, "landscape")


def test_a_file_is_complained_of_once() -> None:
    """A file of which nothing could be read stands in the table of files, not among the reasons as well."""
    refused = "exports/old price list.docx: A text document is not a table. Save the table as CSV or XLSX."
    run = replace(sample_run(), reasons=(refused, "invoices.csv: Its own total differs."))

    assert read_in_part(run) == ("invoices.csv: Its own total differs.",)


def test_without_handoffs_the_report_asks_for_them() -> None:
    """The first request of a folder of files is who carries what."""
    assert "who carries which data" in str(requests(empty_run())[0][0])


def test_the_first_page_names_the_handoff_to_begin_with() -> None:
    """Where to begin is one sentence with amounts, not a table to study."""
    text = text_of(sample_run(), "headline")

    assert "Connect “Won deal to project” first" in text
    assert "pays even in the low case" in text


def test_open_questions_and_columns_that_were_left_out_stand_in_the_report() -> None:
    """A client reads what we could not tell, and what was not used, beside the figures."""
    run = sample_run()
    intake = run.table("intake").to_pylist()
    intake[0]["message"] = "Column 'Amount 2' looks like money and was left out."
    told = replace(
        run,
        tables={**run.tables, "intake": INTAKE.from_rows(intake)},
        questions=("invoices.csv: In 'Date', which comes first: the day or the month?",),
        unconfirmed=("crm.deals.amount_minor", "crm.deals.key"),
    )

    assert "which comes first" in text_of(told, "missing")
    assert "Amount 2" in text_of(told, "files_read")
    assert any("amount and what names a record" in one for one in unconfirmed(told))
    assert any("Answer our 1 question" in str(one[0]) for one in requests(told))


def test_a_handoff_without_files_is_said_on_the_first_page() -> None:
    """Its figures are in no sum, so the first page leads to what is missing, as it does where a comparison is held back."""
    whole, lacking = sample_run(reasons=()), sample_run(reasons=(), unmeasured=("Handoff x could not be measured.",))
    words = "Not everything could be used"

    assert (words in text_of(whole, "headline"), words in text_of(lacking, "headline")) == (False, True)

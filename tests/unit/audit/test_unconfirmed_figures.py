"""Every figure that rests on a guess says so: in the table, in --json, on the tiles, in explain."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.stages.unconfirmed import with_unconfirmed
from toolkit.charts.quality_scores import chart
from toolkit.landscape.handoffs import Handoff
from toolkit.report.shown import shown_figure
from toolkit.tables import FIGURE

INVOICES = (
    "Invoice No,Invoice Date,Customer,Total\nINV-1,2026-01-05,Bramble Legal LLP,100.00\n"
    "INV-2,2026-01-06,Oak Tuition Ltd,250.50\nINV-3,2026-02-01,Fern Bakery,75.25\n"
)
HANDOFF = Handoff("deal_to_invoice", "Won deals invoiced", "crm", "deals", "deal", "office", "invoices", "invoice")
ENTITIES = {("crm", "deals"): "deal", ("crm", "people"): "party", ("office", "invoices"): "invoice"}
GUESSED = ("currency", "office.invoices.amount_minor", "crm.people", "crm.people.name")


def marked(figure_id: str, unit: str = "count", inputs: list[str] | None = None) -> list[str] | None:
    row: dict[str, Any] = {"figure_id": figure_id, "unit": unit, "inputs": inputs}
    other = {"figure_id": "match.duplicate_count.crm", "unit": "count", "inputs": None}
    rows = [other, row] if figure_id != other["figure_id"] else [other]
    return with_unconfirmed(rows, GUESSED, [HANDOFF], ENTITIES)[-1]["unconfirmed"]


def test_a_figure_names_the_guesses_that_it_rests_on_and_no_others() -> None:
    """Counted rows rest on what a row is, duplicates on the list of parties, a handoff on both of its sides."""
    assert marked("intake.rows_kept") == ["crm.people"]
    assert marked("snapshot.records.crm") == ["crm.people"]
    assert marked("snapshot.records.office") is None
    assert marked("match.duplicate_count.crm") == ["crm.people", "crm.people.name"]
    assert marked("reconcile.missing_count.deal_to_invoice") == ["office.invoices.amount_minor"]
    assert marked("roi.cost_now_per_month.total", "currency per month") == ["currency", "office.invoices.amount_minor"]


def test_a_figure_rests_on_what_its_inputs_rest_on() -> None:
    """A total is as unconfirmed as what it is the sum of."""
    assert marked("sum.x", inputs=["match.duplicate_count.crm"]) == ["crm.people", "crm.people.name"]


def test_a_tile_says_that_its_figure_is_not_confirmed_or_counts_nothing() -> None:
    """No reader takes a guess, or a figure of no case, for a finding."""
    row = {
        "figure_id": "f", "label": "Duplicates", "value": 0.0, "unit": "count", "currency": None, "low": None, "high": None,
        "n": 0, "evidence": "measured", "method": "Counted.", "unconfirmed": None,
    }  # fmt: skip

    nothing, guessed = (
        shown_figure({"f": row}, "f"),
        shown_figure({"f": {**row, "n": 3, "unconfirmed": ["crm.people"]}}, "f"),
    )

    assert nothing.caveat == "nothing to count"
    assert guessed.caveat == "not confirmed yet"
    assert "mark-unconfirmed" in guessed.html()
    assert "Not confirmed: crm.people" in guessed.html()


def test_json_explain_and_report_say_what_nobody_has_confirmed(tmp_path: Path) -> None:
    """From the first audit of a folder that nobody has described."""
    folder = folder_of(tmp_path / "client", {"exports/office/invoices.csv": INVOICES, "exports/crm/people.csv": PEOPLE})

    facts = json.loads(call("audit", folder, "--json").out)

    figures = {one["figure_id"]: one for one in facts["figures"]}
    assert figures["intake.rows_kept"]["unconfirmed"] is None
    resting = [one for one in figures.values() if one["unconfirmed"]]
    assert resting
    assert "Nobody has confirmed yet: " in call("explain", resting[0]["figure_id"], folder).out


PEOPLE = (
    "Contact No,First Name,Last Name,Email\n100001,Ann,Field,ann@bramble.example\n100002,Bob,Moss,bob@oak.example\n"
    "100003,Cat,Reed,cat@fern.example\n"
)


@pytest.mark.parametrize(
    ("value", "unconfirmed", "said"),
    [
        (1.0, None, "All that was checked is right"),
        (1.0, ["crm.people"], "All that was checked is right (not confirmed yet)"),
        (0.5, ["crm.people"], "crm has the largest share to mend: 50.0 % of what was checked is right (not confirmed yet)"),
    ],
)
def test_a_chart_s_message_is_marked_as_its_figures_are(value: float, unconfirmed: list[str] | None, said: str) -> None:
    """And nobody is told to mend what is right."""
    row = {
        "figure_id": "quality.score.crm",
        "label": "",
        "value": value,
        "unit": "share",
        "evidence": "measured",
        "method": "",
    }
    figure = FIGURE.from_rows([{**row, "unconfirmed": unconfirmed}])

    assert said in chart(figure).layout.title.text.replace("<br>", " ")

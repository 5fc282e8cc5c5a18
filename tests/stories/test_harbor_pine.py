"""The audit of the sample client, held against what its generator planted."""

import json
from collections import Counter

import pytest

from tests.stories import truth
from tests.stories.truth import GOLDEN
from toolkit.audit.audited_folder import Audit

TRUTH = GOLDEN / "harbor_pine"
HANDOFFS = sorted({row["handoff_id"] for row in truth.rows(TRUTH / "handoffs.csv")} - {"payment_to_bank"})


def planted(handoff_id: str) -> list[dict[str, str]]:
    return [row for row in truth.rows(TRUTH / "handoffs.csv") if row["handoff_id"] == handoff_id]


def found(audit: Audit, handoff_id: str) -> list[dict[str, object]]:
    return [row for row in audit.run.table("counterpart").to_pylist() if row["handoff_id"] == handoff_id]


def test_every_row_of_every_file_is_accounted_for(harbor_pine: Audit) -> None:
    """Kept, folded, repeated or put aside with a reason: the counts add up, and what the files say in total agrees."""
    intake = harbor_pine.run.table("intake").to_pylist()

    parts = ("rows_kept", "rows_folded", "rows_repeated", "rows_quarantined")
    assert [row["file"] for row in intake if row["rows_read"] != sum(row[part] for part in parts)] == []
    assert {row["control"] for row in intake} == {"none", "agrees"}
    assert harbor_pine.missing == ()


def test_record_counts_and_sums_are_those_that_were_written(harbor_pine: Audit) -> None:
    """No record is lost or counted twice, and the money is exact."""
    counts: Counter[tuple[str, str]] = Counter()
    sums: Counter[tuple[str, str]] = Counter()
    for row in harbor_pine.run.table("intake").to_pylist():
        counts[row["system"], row["stream"]] += row["rows_kept"]
        sums[row["system"], row["stream"]] += row["sum_minor"] or 0
    # A credit memo's amount is kept positive, as the document shows it; its export has it negative.
    expected = [{**row, "sum_minor": row["sum_minor"].removeprefix("-")} for row in truth.rows(TRUTH / "totals.csv")]

    assert {(row["system"], row["stream"]): int(row["records"]) for row in expected} == {
        one: count for one, count in counts.items() if one in {(row["system"], row["stream"]) for row in expected}
    }
    assert [
        row for row in expected if row["sum_minor"] and int(row["sum_minor"]) != sums[row["system"], row["stream"]]
    ] == []


@pytest.mark.parametrize(("is_within", "least"), [(True, 0.97), (False, 0.97)], ids=["duplicates", "links"])
def test_duplicates_and_links_are_found(harbor_pine: Audit, *, is_within: bool, least: float) -> None:
    """Records of one party are brought together, those of sister companies and households are not."""
    cluster = {row["record_key"]: row["cluster_id"] for row in harbor_pine.run.table("cluster").to_pylist()}
    entity = {truth.key(row): row["entity_id"] for row in truth.rows(TRUTH / "parties.csv")}
    known = {one for one in entity if one is not None}
    assert known <= set(cluster)

    score = truth.score(
        {pair for pair in truth.pairs(cluster, known) if truth.is_within(pair) == is_within},
        {pair for pair in truth.pairs({k: v for k, v in entity.items() if k}, known) if truth.is_within(pair) == is_within},
    )

    assert score.f1 >= least, score


@pytest.mark.parametrize("handoff_id", HANDOFFS)
def test_what_never_arrived_is_found_and_nothing_else(harbor_pine: Audit, handoff_id: str) -> None:
    """Every missing invoice is on the list, and no other; what is inside the grace window waits."""
    for status in ("missing", "waiting"):
        expected = sorted(truth.key(row, "_l") or "" for row in planted(handoff_id) if row["status"] == status)
        seen = sorted(str(row["key_l"]) for row in found(harbor_pine, handoff_id) if row["status"] == status)

        if handoff_id != "bill_to_bank":
            assert seen == expected, status
        assert len(seen) == len(expected), status


@pytest.mark.parametrize("handoff_id", HANDOFFS)
def test_monthly_volumes_are_exact(harbor_pine: Audit, handoff_id: str) -> None:
    """How much is carried each month is counted, not estimated."""
    expected = {
        row["month"]: int(row["count"]) for row in truth.rows(TRUTH / "volumes.csv") if row["handoff_id"] == handoff_id
    }
    seen = {
        f"{row['month']:%Y-%m}": row["items"]
        for row in harbor_pine.run.table("handoff_month").to_pylist()
        if row["handoff_id"] == handoff_id and row["items"]
    }

    assert {month: seen.get(month) for month in expected} == expected


@pytest.mark.parametrize("handoff_id", HANDOFFS)
def test_the_interval_covers_the_planted_error_rate(harbor_pine: Audit, handoff_id: str) -> None:
    """The share of items that arrive wrong comes with an interval, and the truth lies in it."""
    arrived = [row for row in planted(handoff_id) if row["status"] == "found"]
    rate = sum(row["is_error"] == "true" for row in arrived) / len(arrived)
    [measured] = [
        row
        for row in harbor_pine.run.table("handoff_measure").to_pylist()
        if (row["handoff_id"], row["measure"]) == (handoff_id, "error_share")
    ]

    assert measured["low"] <= rate <= measured["high"]


def test_every_figure_leads_back_to_its_rows(harbor_pine: Audit) -> None:
    """What the report says can be explained, down to the rows it was counted on."""
    from toolkit import explain

    figures = {row["figure_id"]: row for row in harbor_pine.figures()}
    missing = explain(harbor_pine.engagement, "reconcile.missing_count.deal_to_invoice")

    assert missing.rows.num_rows == figures["reconcile.missing_count.deal_to_invoice"]["value"] == 31
    for figure_id in sorted(figures)[::40]:
        assert explain(harbor_pine.engagement, figure_id).lines()


def test_the_report_is_small_and_whole(harbor_pine: Audit) -> None:
    """One file, under three megabytes, with its PDF and its workbook beside it."""
    documents = harbor_pine.documents

    assert documents.html.stat().st_size < 3_000_000
    assert documents.pdf is not None
    assert documents.pdf.read_bytes().startswith(b"%PDF-")
    assert documents.workbook.stat().st_size > 10_000


def test_running_again_changes_nothing(harbor_pine: Audit) -> None:
    """The same files and settings give the same run: nothing is computed twice, no snapshot is added."""
    from toolkit.audit.runs import run_stages
    from toolkit.store.results import latest_run_id, run_ids

    engagement = harbor_pine.engagement
    before = (run_ids(engagement.folder), engagement.store.snapshots())

    assert run_stages(engagement).run_id == latest_run_id(engagement.folder)
    assert (run_ids(engagement.folder), engagement.store.snapshots()) == before


def test_no_address_of_a_person_stands_in_the_report(harbor_pine: Audit) -> None:
    """The client's report shows no e-mail address in full."""
    text = harbor_pine.documents.html.read_text(encoding="utf-8")
    emails = set(_emails(harbor_pine))

    assert [email for email in emails if email in text] == []


def _emails(audit: Audit) -> list[str]:
    from toolkit.audit.records import engagement_records

    return [email for email in engagement_records(audit.engagement).parties["email"].to_pylist() if email and "@" in email]


def test_the_numbers_for_machines_are_those_of_the_report(harbor_pine: Audit) -> None:
    """``--json`` and the report read one table."""
    from toolkit.cli.audit import facts

    printed = json.loads(json.dumps(facts(harbor_pine), default=str))

    assert {row["figure_id"]: row["value"] for row in printed["figures"]} == {
        row["figure_id"]: row["value"] for row in harbor_pine.figures()
    }

"""The verbs on the sample client and on one with next to nothing: a sentence, a table, the same figures as the report."""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest

import toolkit
from toolkit.audit.audited_folder import Audit
from toolkit.audit.verb_result import EVIDENCE, VerbResult
from toolkit.report.shown import MARKS

VERBS = ("check_quality", "match_records", "reconcile_systems", "measure_handoffs", "estimate_roi")


def verb(name: str) -> Callable[[Any], VerbResult]:
    """Return a verb as a notebook imports it."""
    found: Callable[[Any], VerbResult] = getattr(toolkit, name)
    return found


def numbers(found: Audit) -> dict[str, float]:
    """Return the value of each figure of the report."""
    return {row["figure_id"]: row["value"] for row in found.figures()}


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_answers_with_one_sentence_and_one_small_table(name: str, harbor_pine: Audit) -> None:
    """Numbers are rounded, nothing is called NaN or None, and no column is a key of ours."""
    answer = verb(name)(harbor_pine.engagement)

    assert answer.sentence.count(". ") == 0
    assert answer.sentence.endswith(".")
    assert 1 <= len(answer.rows) <= 20
    cells = [cell for row in (answer.head, *answer.rows) for cell in row]
    assert [cell for cell in cells if re.search(r"\.\d{3}|\bnan\b|None|<NA>|_", cell)] == []
    assert len(answer.frame) >= len(answer.rows)
    assert answer._repr_html_().count("<table") == 1


@pytest.mark.parametrize("name", [*VERBS, "latest_run"])
def test_an_answer_says_whether_it_is_complete_and_what_comes_next(name: str, harbor_pine: Audit) -> None:
    """Nobody has to know the order of the verbs, or to ask what is missing."""
    answer = verb(name)(harbor_pine.engagement)

    page = answer._repr_html_()
    assert "<div>Complete.</div>" in page
    assert f"<div>Next: {escape(answer.next_step)}</div>" in page
    assert answer.next_step


def test_what_is_measured_and_what_is_assumed_look_different(harbor_pine: Audit) -> None:
    """The weakest evidence behind a handoff's figures stands beside them, with the report's mark."""
    measured, case = (verb(name)(harbor_pine.engagement) for name in ("measure_handoffs", "estimate_roi"))

    assert {row[-1] for row in measured.rows} == {"● measured"}
    assert {row[-1] for row in case.rows} <= {"◐ interview", "◆ document", "○ default"}
    assert {name: mark for name, (mark, _) in MARKS.items()} == EVIDENCE


def test_an_engagement_says_what_it_holds(harbor_pine: Audit) -> None:
    """The names that a bank writes are no records, so the sum is the one of the report."""
    page = harbor_pine.engagement._repr_html_()

    assert "<b>Harbor &amp; Pine: 9,061 records of 9 systems.</b>" in page
    assert "<div>Complete.</div>" in page


def test_documents_are_links_that_name_nobodys_home(harbor_pine: Audit) -> None:
    """A notebook is sent on: what it links to is seen from where it lies."""
    documents = toolkit.render_report(harbor_pine.engagement)

    page = documents._repr_html_()
    assert ">client_report.html</a>" in page
    assert "href='/" not in page
    assert str(Path.home()) not in page or str(Path.home()) == "/"


def test_duplicates_are_those_of_the_report(harbor_pine: Audit) -> None:
    """A notebook and the report can be laid beside each other."""
    said = numbers(harbor_pine)
    answer = toolkit.match_records(harbor_pine.engagement)

    duplicates, review = int(said["match.duplicate_count"]), int(said["match.review_count"])
    assert answer.sentence.startswith(f"{duplicates} duplicates in 5 systems; ")
    assert answer.sentence.endswith(f"; {review} pairs wait for review.")
    by_system = {row[0]: row[2] for row in answer.rows}
    assert by_system["HubSpot"] == f"{said['match.duplicate_count.crm']:.0f}"
    assert {"key_l", "name_l", "match_weight"} <= set(answer.frame.columns)


def test_money_is_that_of_the_report(harbor_pine: Audit) -> None:
    """The sentence has the total, and so has the row of all; the last row is what pays."""
    said = numbers(harbor_pine)
    answer = toolkit.estimate_roi(harbor_pine.engagement)

    cost = f"{said['roi.cost_now_per_month.total']:,.0f}"
    assert f"cost USD {cost} a month now" in answer.sentence
    assert answer.rows[-2][:2] == ("all of them", cost)
    assert answer.rows[-1][0] == "what pays"
    assert answer.rows[-1][2] == f"{said['roi.net_saving_per_month.recommended']:,.0f}"


def test_an_audit_is_shown_by_its_figures(harbor_pine: Audit) -> None:
    """What ``run_audit`` returns is read like what the command prints."""
    assert repr(harbor_pine).startswith("Harbor & Pine: 9,061 records of 9 systems from 19 files")
    assert "client_report.html" in harbor_pine._repr_html_()
    assert repr(harbor_pine.pull).startswith("9,061 records of 9 systems from 19 files")


def test_one_list_alone_is_answered_in_sentences(tmp_path: Path) -> None:
    """Where there is nothing to compare, carry or price, that is what is said."""
    (tmp_path / "customers.csv").write_text(
        "Customer ID,Company,Phone\n1,Acme Ltd,312 555 0101\n2,Bolt Inc,312 555 0102\n", "utf-8"
    )
    here = toolkit.open_engagement(tmp_path)
    toolkit.pull_snapshots(here)

    said = {name: verb(name)(here).sentence for name in VERBS}

    assert said["match_records"] == "No duplicate in 1 system; no link between systems; no pair waits for review."
    assert said["reconcile_systems"] == "There was nothing to compare: no party is in two systems yet."
    assert said["measure_handoffs"].startswith("There is no handoff to measure yet")
    assert said["estimate_roi"] == "No handoff has a complete cost yet."
    here.close()

"""A system's new name in ``engagement.yaml``: everywhere, and nothing else changes."""

from pathlib import Path

import pytest

from toolkit.settings import edit_settings, load_settings, renamed_system

BEFORE = """\
client: Harbor & Pine
unconfirmed: [currency, crm.companies.name, crmx.deals.name]
systems:
  # where sales works
  crm: {connector: hubspot, owner: Sales} # since 2019
  ledger: {connector: quickbooks}
sources_of_truth: {party: {default: crm, tax_id: ledger}, deal: crm}
handoffs:
  deal_to_invoice: {from: crm.deals, to: ledger.invoices}
  order: {from: crmx.orders, to: ledger.invoices}
"""


def renamed(tmp_path: Path, text: str, old: str, new: str) -> str:
    file = tmp_path / "engagement.yaml"
    file.write_text(text, "utf-8")
    edit_settings(file, lambda tree: renamed_system(tree, old, new))
    load_settings(file)
    return file.read_text("utf-8")


def test_a_new_name_stands_wherever_the_old_one_stood(tmp_path: Path) -> None:
    """Entry, handoffs, who decides, and what is to be confirmed; names that only begin alike stay."""
    after = renamed(tmp_path, BEFORE, "crm", "sales")

    moved = {" crm:": " sales:", " crm.": " sales.", "default: crm,": "default: sales,", "deal: crm}": "deal: sales}"}
    expected = BEFORE
    for old, new in moved.items():
        expected = expected.replace(old, new)
    assert after == expected


def test_an_entry_under_the_new_name_stays(tmp_path: Path) -> None:
    """The folder was renamed before: what was written for the new name holds, the old entry goes."""
    text = "client: H\nsystems:\n  crm: {connector: hubspot}\n  sales: {connector: hubspot, owner: Jo}\n"

    assert renamed(tmp_path, text, "crm", "sales") == "client: H\nsystems:\n  sales: {connector: hubspot, owner: Jo}\n"


@pytest.mark.parametrize("text", ["client: H\n", "client: H\nsystems: {}\nhandoffs: {}\nsources_of_truth: {}\n"])
def test_settings_without_systems_stay_as_they_are(tmp_path: Path, text: str) -> None:
    """There is nothing to rename."""
    assert renamed(tmp_path, text, "crm", "sales") == text


def test_links_and_answers_about_a_system_bear_its_new_name(tmp_path: Path) -> None:
    """Else a link would be an orphan of a system that is still there."""
    text = (
        "client: H\nsystems: {crm: {}}\nautomations:\n  zap: {from: crm, to: books}  # Jo's\n"
        "answers: {a: {question: q, answer: crm, who: Jo, on: 2026-10-02, confidence: low, about: systems.crm}}\n"
    )
    after = renamed(tmp_path, text, "crm", "sales")

    assert "zap: {from: sales, to: books} # Jo's" in after
    assert "answer: crm, " in after
    assert "about: systems.sales" in after

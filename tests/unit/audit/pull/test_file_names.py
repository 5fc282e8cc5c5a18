"""What names of files, folders and sheets say of what is in them."""

import fnmatch

import pytest

from toolkit.audit.pull.file_names import name_pattern, name_words, named_category, plain_name, telling_words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("expenses_january.csv", "expenses_february.csv"),
        ("Kunden 2025.csv", "Kunden 2026.csv"),
        ("bank jan.csv", "bank feb.csv"),
        ("Umsätze_2026-01.csv", "Umsätze_2026-02.csv"),
        ("factures-janvier.xlsx", "factures-février.xlsx"),
        ("InvoiceList2026Q1.csv", "InvoiceList2026Q2.csv"),
        ("ventas enero 2026 (1).csv", "ventas marzo 2026.csv"),
    ],
)
def test_months_and_years_of_one_list_have_the_same_words(first: str, second: str) -> None:
    """The pattern of the first file also fits the second, so that next month's file is read without asking."""
    assert name_words(first) == name_words(second) != ()
    assert fnmatch.fnmatchcase(first, name_pattern(first))
    if "(" not in first:
        assert fnmatch.fnmatchcase(second, name_pattern(first))


@pytest.mark.parametrize(("first", "second"), [("invoices.csv", "invoice_lines.csv"), ("companies.csv", "people.csv")])
def test_different_lists_have_different_words(first: str, second: str) -> None:
    """A pattern does not catch the list beside it."""
    assert name_words(first) != name_words(second)
    assert not fnmatch.fnmatchcase(second, name_pattern(first))


@pytest.mark.parametrize(
    "name", ["jobs [old].csv", "what?.csv", "a*b.csv", "2026-01-31.csv", "données.csv", "x", ".csv", "(1).csv"]
)
def test_a_pattern_fits_its_own_name(name: str) -> None:
    """Characters that mean something in a pattern stay what they are."""
    assert fnmatch.fnmatchcase(name, name_pattern(name))


@pytest.mark.parametrize(
    ("names", "category"),
    [
        (("ledger",), "ledger"),
        (("crm", "bank.csv"), "crm"),
        (("Buchhaltung",), "ledger"),
        (("acme", "Banque janvier.csv"), "bank"),
        (("Personal", "liste.csv"), "hr"),
        (("helpdesk",), "support"),
        (("misc", "list.csv"), ""),
    ],
)
def test_folders_and_files_say_what_kind_of_system_they_come_from(names: tuple[str, ...], category: str) -> None:
    """In the languages of the client, the folder first."""
    assert named_category(*names) == category


def test_a_name_of_another_alphabet_becomes_a_safe_one_or_none() -> None:
    """What cannot be written in plain letters is named after what it lists."""
    assert plain_name(telling_words("Löhne & Gehälter Export.csv")) == "lohne_gehalter"
    assert plain_name(telling_words("客户.csv")) == ""

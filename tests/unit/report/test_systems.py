from toolkit.report.systems import system_labels


def test_the_clients_own_word_comes_first() -> None:
    """A label of the settings stands before the product's name."""
    assert system_labels({"crm": "hubspot"}, {"crm": "Sales base"}) == {"crm": "Sales base"}


def test_a_system_that_sent_nothing_has_words_too() -> None:
    """A labelled system without records is named in what is missing."""
    assert system_labels({}, {"hr": "Staff list"}) == {"hr": "Staff list"}


def test_banks_and_sheets_are_called_what_the_client_calls_them() -> None:
    """No product stands behind a bank's statement or somebody's sheet."""
    assert system_labels({"main_account": "bank", "site_log": "table"}) == {
        "main_account": "Main account",
        "site_log": "Site log",
    }

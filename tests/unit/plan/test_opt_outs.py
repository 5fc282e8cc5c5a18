"""Who wants no mail is read from columns of the client's own lists, whatever they are called."""

import pytest

from toolkit.plan.opt_outs import opted_out_records


@pytest.mark.parametrize(
    ("header", "value", "refuses"),
    [
        ("Unsubscribed from all email", "true", True),
        ("Unsubscribed from all email", "false", False),
        ("Unsubscribed from all email", "", False),
        ("HasOptedOutOfEmail", "TRUE", True),
        ("Do Not Call", "1", True),
        ("Do Not Call", "0", False),
        ("Email Opt Out", "Yes", True),
        ("Accepts Email Marketing", "no", True),
        ("Accepts Email Marketing", "yes", False),
        ("Email marketing consent", "Not subscribed", True),
        ("Email marketing consent", "Unsubscribed", True),
        ("Newsletter", "opted out", True),
        ("Newsletter", "weekly", False),
        ("Opt-in", "n", True),
        ("Opt-in", None, False),
        ("Notes", "unsubscribed", False),
        ("Number of employees", "1", False),
    ],
)
def test_column_that_refuses(header: str, value: str, *, refuses: bool) -> None:
    """A refusal with yes, a consent with no; a remark elsewhere is none, nor is an empty cell."""
    assert opted_out_records({"crm/contacts/1": {header: value}}) == frozenset(["crm/contacts/1"] if refuses else [])


def test_columns_that_a_row_lacks() -> None:
    """Rows of several files need not have the same columns."""
    rows = {"a": {"Unsubscribed": "x", "Name": "Ann"}, "b": {"Name": "Bo"}, "c": {}}
    assert opted_out_records(rows) == frozenset("a")
    assert opted_out_records({}) == frozenset()

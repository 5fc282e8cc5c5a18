"""What engagement.yaml tells of a client's own fields changes how records are made, and is refused where it cannot."""

import sys
from pathlib import Path

import pytest

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.cleanup import _vendor_merges
from toolkit.audit.jobs.targets import target_connector, writings_of
from toolkit.connector import Writing
from toolkit.errors import InputError, UnknownNameError
from toolkit.rest.soap import refuse_without_reader


def told(folder: Path, *lines: str, connector: str = "salesforce") -> Engagement:
    """Return the engagement of a client of whose CRM something is told."""
    folder.mkdir()
    said = "".join(f"    {line}\n" for line in lines)
    text = f"client: Harbor & Pine\nsystems:\n  crm:\n    connector: {connector}\n{said}"
    (folder / "engagement.yaml").write_text(text, encoding="utf-8")
    return open_engagement(folder)


def written(engagement: Engagement, connector: str = "salesforce") -> dict[str, Writing]:
    """Return how each list of the CRM is written."""
    return writings_of(engagement, "crm", target_connector(engagement, "crm", connector))


def test_a_field_for_ids_of_other_systems_is_where_a_record_is_made(tmp_path: Path) -> None:
    """Of the lists that are named; the others are made as ever."""
    found = written(told(tmp_path / "client", "external_ids: {accounts: Audit_Key__c}"))

    accounts, contacts = found["accounts"], found["contacts"]
    assert accounts.create is not None
    assert contacts.create is not None
    assert accounts.mark is not None
    assert (accounts.create.method, accounts.create.path) == ("PATCH", "/sobjects/Account/Audit_Key__c/{key}")
    assert accounts.mark.template == (
        "SELECT Id, LastModifiedDate, Audit_Key__c FROM Account WHERE Audit_Key__c = '{mark}' LIMIT 2"
    )
    assert (contacts.create.method, contacts.mark) == ("POST", None)


def test_updates_go_together_only_where_it_is_said(tmp_path: Path) -> None:
    """Each alone says which version it means, and that is the usual."""
    usual = written(told(tmp_path / "usual"))["accounts"].batch
    together = written(told(tmp_path / "together", "updates_together: true"))["accounts"].batch

    assert usual is not None
    assert together is not None
    assert (usual.is_unconditional, together.is_unconditional) == (False, True)


def test_a_list_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    """Whoever mistypes it would make records that nobody finds again."""
    with pytest.raises(UnknownNameError, match="Did you mean 'accounts'"):
        written(told(tmp_path / "client", "external_ids: {acounts: Audit_Key__c}"))


@pytest.mark.parametrize(("connector", "stream"), [("salesforce", "opportunities"), ("hubspot", "companies")])
def test_a_list_that_is_not_made_so_is_refused(tmp_path: Path, connector: str, stream: str) -> None:
    """In a sentence that says which line to take out."""
    with pytest.raises(InputError, match=rf"systems\.crm\.external_ids names a field of {stream}"):
        written(told(tmp_path / "client", f"external_ids: {{{stream}: Audit_Key__c}}", connector=connector), connector)


@pytest.mark.parametrize("field", ["Audit Key", "Audit_Key__c' OR '1'='1", "1st__c", ""])
def test_a_name_that_no_field_has_is_refused(tmp_path: Path, field: str) -> None:
    """It would stand in an address, and in the text of a query."""
    with pytest.raises(InputError, match="external_ids"):
        told(tmp_path / "client", f'external_ids: {{accounts: "{field}"}}')


def test_a_merge_over_soap_says_which_extra_it_needs_before_anything_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the words to type; with it, what each list loses is known."""
    engagement = told(tmp_path / "client", "external_ids: {accounts: Audit_Key__c}")
    target = target_connector(engagement, "crm", "salesforce")

    assert {*_vendor_merges(engagement, "crm", target)} == {"accounts", "contacts", "leads"}
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(InputError, match=r"pip install 'integration-audit\[soap\]'"):
        _vendor_merges(engagement, "crm", target)


def test_with_the_extra_nothing_is_refused() -> None:
    """It is installed here."""
    refuse_without_reader()

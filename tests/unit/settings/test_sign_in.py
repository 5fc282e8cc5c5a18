"""engagement.yaml says where a secret is kept; one that stands in it is refused with its line, and not repeated (S01)."""

import traceback
from pathlib import Path

import pydantic
import pytest

from toolkit.errors import InputError
from toolkit.settings import Settings, load_settings

SECRET = "CANARY-sk_live_4711"
SECRETS = ["key", "token", "password", "client_secret", "private_key", "refresh_token"]


def loaded(tmp_path: Path, sign_in: str, *overrides: str) -> Settings:
    text = f"client: Harbor & Pine\nsystems:\n  crm:\n    connector: hubspot\n    sign_in: {sign_in}\n"
    path = tmp_path / "engagement.yaml"
    path.write_text(text, "utf-8")
    return load_settings(path, overrides).settings


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_in_the_settings_is_refused(tmp_path: Path, name: str) -> None:
    """With file, line and what to write instead; neither the message nor its causes show it."""
    with pytest.raises(
        InputError, match=r"engagement.yaml, line 5: 'systems.crm.sign_in': .* must not stand in a file"
    ) as caught:
        loaded(tmp_path, f"{{way: bearer, {name}: {SECRET}}}")

    assert "env:NAME" in str(caught.value)
    assert "keyring:SERVICE/USER" in str(caught.value)
    assert "CANARY" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_in_an_override_is_refused(tmp_path: Path, name: str) -> None:
    """It would stand in the history of the shell as well."""
    with pytest.raises(InputError, match="must not stand in a file") as caught:
        loaded(tmp_path, "{way: bearer}", f"systems.crm.sign_in.{name}={SECRET}")

    assert "CANARY" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("name", ["api_key", "tokn", "secret", "passwort"])
def test_a_secret_under_a_wrong_name_is_not_repeated(tmp_path: Path, name: str) -> None:
    """The name is what is wrong."""
    with pytest.raises(InputError, match=f"There is no setting in systems.crm.sign_in named '{name}'") as caught:
        loaded(tmp_path, f"{{way: bearer, {name}: {SECRET}}}")

    assert "CANARY" not in "".join(traceback.format_exception(caught.value))


def test_settings_made_in_a_notebook_repeat_no_secret_either() -> None:
    """The checker of values shows what it was given, unless it is told not to."""
    with pytest.raises(pydantic.ValidationError) as caught:
        Settings.model_validate({"client": "x", "systems": {"crm": {"sign_in": {"token": SECRET}}}})

    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("reference", ["env:CRM_TOKEN", "keyring:harbor-pine/crm"])
def test_a_reference_is_what_belongs_there(tmp_path: Path, reference: str) -> None:
    """It is read when somebody signs in, not before."""
    found = loaded(tmp_path, f'{{way: bearer, token: "{reference}"}}').systems["crm"].sign_in

    assert found is not None
    assert found.given() == {"token": reference}


def test_a_key_in_an_address_is_refused(tmp_path: Path) -> None:
    """Addresses stand in logs and histories; the message names the header instead."""
    with pytest.raises(InputError, match=r"addresses stand in logs.*header: X-API-Key"):
        loaded(tmp_path, '{way: api_key, key: "env:KEY", query: api_key}')


@pytest.mark.parametrize("name", ["authorize_url", "token_url", "revoke_url"])
def test_addresses_are_encrypted_or_on_this_machine(tmp_path: Path, name: str) -> None:
    """Secrets go there."""
    assert loaded(tmp_path, f'{{way: oauth2_code, {name}: "https://login.crm.example/x"}}')
    assert loaded(tmp_path, f'{{way: oauth2_code, {name}: "http://127.0.0.1:8080/x"}}')
    with pytest.raises(InputError, match=name):
        loaded(tmp_path, f'{{way: oauth2_code, {name}: "http://login.crm.example/x"}}')


def test_scopes_are_words_or_a_list(tmp_path: Path) -> None:
    """As the vendor's page shows them, or one by one."""
    words = loaded(tmp_path, "{scopes: contacts.read offline_access}").systems["crm"].sign_in
    listed = loaded(tmp_path, "{scopes: [contacts.read, offline_access]}").systems["crm"].sign_in

    assert words is not None
    assert words == listed
    assert words.scopes == ("contacts.read", "offline_access")

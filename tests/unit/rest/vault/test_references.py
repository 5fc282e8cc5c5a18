"""Settings say where a secret is kept; what is not there is named, and a secret itself is refused."""

import keyring
import pytest

from toolkit.errors import AuthError, InputError
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.references import is_reference, referred_secret


def found(reference: str, **environment: str) -> Secret:
    return referred_secret(reference, what="the token of crm", environment=environment)


def test_a_variable_of_the_environment_is_read() -> None:
    """Without the line end that a file of variables may leave."""
    assert found("env:CRM_TOKEN", CRM_TOKEN="CANARY-1\n") == Secret("CANARY-1")


@pytest.mark.usefixtures("machine_keyring")
def test_an_entry_of_the_keyring_is_read() -> None:
    """Made by the keyring's own program, under any names."""
    keyring.set_password("harbor-pine", "xero", "CANARY-2")
    keyring.set_password("https://login.example/a", "dana", "CANARY-3")

    assert found("keyring:harbor-pine/xero") == Secret("CANARY-2")
    assert found("keyring:https://login.example/a/dana") == Secret("CANARY-3")


@pytest.mark.parametrize("environment", [{}, {"CRM_TOKEN": ""}, {"CRM_TOKEN": " \n"}])
def test_a_variable_that_is_not_set_is_named(environment: dict[str, str]) -> None:
    """An empty one is not set."""
    with pytest.raises(AuthError, match="The token of crm is kept in the environment variable CRM_TOKEN, which is not set"):
        found("env:CRM_TOKEN", **environment)


@pytest.mark.usefixtures("machine_keyring")
def test_an_entry_that_is_not_there_is_named() -> None:
    """With what makes one."""
    with pytest.raises(AuthError, match="keyring set harbor-pine xero"):
        found("keyring:harbor-pine/xero")


@pytest.mark.parametrize(
    "text", ["CANARY-sk_live_4711", "env:", "env:not a name", "env:1X", "keyring:", "keyring:x", "keyring:/x", "ENV:X", ""]
)
def test_anything_else_is_refused_and_not_repeated(text: str) -> None:
    """It may be the secret itself."""
    assert not is_reference(text)
    with pytest.raises(InputError, match="must not stand in a file") as caught:
        found(text)
    assert "CANARY" not in str(caught.value)

"""What the keyring of the machine keeps, and what it does to us."""

import pytest

from tests.file_keyring import FileKeyring
from toolkit.errors import AuthError
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.keyrings import NoKeyringError, keyring_name, read_entry, remove_entry, write_entry

LONG = "".join(f"CANARY-{number};" for number in range(400))


@pytest.mark.parametrize("text", ["CANARY-short", LONG, "ß€😀" * 500], ids=["short", "long", "other letters"])
@pytest.mark.usefixtures("machine_keyring")
def test_what_is_kept_comes_back(text: str) -> None:
    """Also what is longer than an entry may be on Windows."""
    write_entry("integration-audit", "crm", Secret(text))

    assert read_entry("integration-audit", "crm") == Secret(text)


def test_nothing_is_left_of_a_longer_text_that_was_replaced(machine_keyring: FileKeyring) -> None:
    """The parts of the former token go when the new one is there."""
    write_entry("integration-audit", "crm", Secret(LONG))
    write_entry("integration-audit", "crm", Secret(LONG[::-1]))
    write_entry("integration-audit", "crm", Secret("short"))

    assert list(machine_keyring._entries()) == ["integration-audit\ncrm"]


def test_a_process_that_dies_while_it_replaces_a_text_leaves_the_former(machine_keyring: FileKeyring) -> None:
    """The entry that names the parts is written last."""
    write_entry("integration-audit", "crm", Secret(LONG))
    written = []

    class Dying(FileKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            if len(written) == 3:
                raise MemoryError
            written.append(username)
            super().set_password(service, username, password)

    import keyring

    keyring.set_keyring(Dying())
    with pytest.raises(NoKeyringError):
        write_entry("integration-audit", "crm", Secret(LONG[::-1]))

    keyring.set_keyring(machine_keyring)
    assert read_entry("integration-audit", "crm") == Secret(LONG)


def test_a_removed_entry_is_gone_with_its_parts(machine_keyring: FileKeyring) -> None:
    """Nothing of it stays in the keyring."""
    write_entry("integration-audit", "crm", Secret(LONG))

    assert remove_entry("integration-audit", "crm")
    assert not remove_entry("integration-audit", "crm")
    assert machine_keyring._entries() == {}


def test_an_entry_that_lost_a_part_is_not_read_as_a_token(machine_keyring: FileKeyring) -> None:
    """Half a token would be refused by the vendor for reasons nobody understands."""
    write_entry("integration-audit", "crm", Secret(LONG))
    part = next(name for name in machine_keyring._entries() if "#" in name)
    machine_keyring.delete_password("integration-audit", part.partition("\n")[2])

    with pytest.raises(AuthError, match="not whole"):
        read_entry("integration-audit", "crm")


@pytest.mark.usefixtures("no_keyring")
def test_a_machine_without_a_keyring_is_said_to_have_none() -> None:
    """And what to do instead."""
    assert keyring_name() == ""
    with pytest.raises(NoKeyringError, match=r"no keyring.*--encrypted-file"):
        write_entry("integration-audit", "crm", Secret("CANARY-1"))


def test_a_locked_keyring_is_said_to_be_locked(machine_keyring: FileKeyring) -> None:
    """Unlocking it is all there is to do."""
    machine_keyring.is_locked = True

    with pytest.raises(NoKeyringError, match="locked"):
        read_entry("integration-audit", "crm")


def test_a_keyring_that_forgets_is_noticed_at_once(machine_keyring: FileKeyring) -> None:
    """Else the sign-in would be gone with the first renewal."""
    machine_keyring.is_forgetful = True

    with pytest.raises(NoKeyringError, match="does not keep"):
        write_entry("integration-audit", "crm", Secret("CANARY-1"))


@pytest.mark.usefixtures("machine_keyring")
def test_what_a_keyring_says_of_a_secret_is_not_repeated() -> None:
    """Some backends quote what they could not store."""

    class Talkative(FileKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise ValueError(f"cannot store {password} of {service}/{username}")

    import keyring

    keyring.set_keyring(Talkative())
    with pytest.raises(NoKeyringError) as caught:
        write_entry("integration-audit", "crm", Secret("CANARY-1"))

    assert "CANARY" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__

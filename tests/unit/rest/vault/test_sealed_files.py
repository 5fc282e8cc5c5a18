"""An encrypted file opens with its passphrase only, and only as it was written."""

import json
import stat
from pathlib import Path

import pytest

from toolkit.errors import AuthError, DamagedError
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.sealed_files import WrongPassphraseError, opened, write_sealed

TEXT = Secret("CANARY-refresh-4711")
WORDS = Secret("four words or more")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a sealed file."""
    write_sealed(tmp_path / "crm.sealed", TEXT, WORDS)
    return tmp_path / "crm.sealed"


def test_the_passphrase_opens_it(path: Path) -> None:
    """What was kept comes back; the file itself shows nothing of it, and only its owner may read it."""
    assert opened(path, lambda: WORDS) == TEXT
    assert b"CANARY" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_wrong_passphrase_is_said_to_be_wrong(path: Path) -> None:
    """It is no damage, and the exit code says to sign in."""
    with pytest.raises(WrongPassphraseError, match="does not open") as caught:
        opened(path, lambda: Secret("four words or less"))

    assert caught.value.exit_code == AuthError.exit_code == 7


def test_every_byte_counts(path: Path) -> None:
    """A byte that was flipped anywhere is noticed before the passphrase is asked for."""
    content = path.read_bytes()

    def passphrase() -> Secret:
        raise AssertionError("asked for the passphrase of a damaged file")

    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(DamagedError, match="Connect this system again"):
            opened(path, passphrase)


@pytest.mark.parametrize("length", [0, 1, 40, 200, -1])
def test_a_cut_file_is_damaged(path: Path, length: int) -> None:
    """Also an empty one."""
    path.write_bytes(path.read_bytes()[:length])

    with pytest.raises(DamagedError):
        opened(path, lambda: WORDS)


def test_somebody_who_changes_it_with_care_is_noticed_too(path: Path) -> None:
    """Whoever mends the checksum after a change cannot mend the seal."""
    import hashlib

    head, _, body = path.read_bytes().partition(b"\n")
    told = json.loads(body)
    told["cipher"]["nonce"] = told["cipher"]["nonce"][::-1].replace("=", "A")[:16]
    changed = json.dumps(told).encode()
    path.write_bytes(head.rpartition(b" ")[0] + b" " + hashlib.sha256(changed).hexdigest().encode() + b"\n" + changed)

    with pytest.raises(WrongPassphraseError):
        opened(path, lambda: WORDS)


@pytest.mark.parametrize("change", [{"n": 2**40}, {"r": 10**6}, {"p": 0}, {"n": "x"}])
def test_parameters_that_would_take_all_memory_are_refused(path: Path, change: dict[str, object]) -> None:
    """A hostile file says how costly its key is."""
    import hashlib

    head, _, body = path.read_bytes().partition(b"\n")
    told = json.loads(body)
    told["key"].update(change)
    changed = json.dumps(told).encode()
    path.write_bytes(head.rpartition(b" ")[0] + b" " + hashlib.sha256(changed).hexdigest().encode() + b"\n" + changed)

    with pytest.raises(DamagedError):
        opened(path, lambda: WORDS)


def test_the_same_text_is_never_sealed_the_same_way_twice(path: Path) -> None:
    """A nonce that is used twice would give the key away; the salt stays, so that the key need not be made anew."""
    first = json.loads(path.read_bytes().partition(b"\n")[2])
    write_sealed(path, TEXT, WORDS)
    second = json.loads(path.read_bytes().partition(b"\n")[2])

    assert first["key"] == second["key"]
    assert first["cipher"]["nonce"] != second["cipher"]["nonce"]
    assert first["sealed"] != second["sealed"]


def test_the_file_says_how_its_key_is_made(path: Path) -> None:
    """Another program could open it."""
    told = json.loads(path.read_bytes().partition(b"\n")[2])

    assert {name: told["key"][name] for name in ("kdf", "n", "r", "p")} == {"kdf": "scrypt", "n": 2**17, "r": 8, "p": 1}
    assert told["cipher"]["name"] == "AES-256-GCM"

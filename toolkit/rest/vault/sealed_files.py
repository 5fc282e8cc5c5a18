"""Encrypted files, for machines without a keyring.

The key comes from a passphrase by scrypt (RFC 7914) with n = 2^17, r = 8, p = 1 (128 MB and a third of a second for each
guess) and 16 random bytes of salt; the text is sealed by AES-256-GCM with a new random nonce at each writing. Parameters,
salt and nonce stand in the file and are sealed with it, so that none of them can be changed either.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.disk import atomic_file
from toolkit.errors import AuthError, DamagedError
from toolkit.rest.redaction import Secret

_KIND = b"integration-audit sealed file 1, sha256 "
_COST, _BLOCK, _PARALLEL = 2**17, 8, 1
_MAX_COST = 2**20
_MAX_BYTES = 4_000_000
_AGAIN = "Connect this system again."


class WrongPassphraseError(AuthError):
    """The passphrase does not open a sealed file."""

    next_step = "Start again and type the passphrase with which the file was made."


def sealed(secret: Secret, passphrase: Secret, *, salt: bytes | None = None) -> bytes:
    """Return a text sealed under a passphrase, as a file holds it.

    Parameters
    ----------
    secret
        The text.
    passphrase
        Whoever knows it can open the file.
    salt
        That of the file it replaces, which spares a third of a second; random without.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    facts: dict[str, Any] = {
        "key": {"kdf": "scrypt", "n": _COST, "r": _BLOCK, "p": _PARALLEL, "salt": _text(salt or os.urandom(16))},
        "cipher": {"name": "AES-256-GCM", "nonce": _text(nonce)},
    }
    key = _key(passphrase, facts["key"]["salt"], _COST, _BLOCK, _PARALLEL)
    body = AESGCM(key).encrypt(nonce, secret.revealed().encode(), _canonical(facts))
    content = json.dumps({**facts, "sealed": _text(body)}, indent=1).encode() + b"\n"
    return _head(content) + content


def opened(path: Path, passphrase: Callable[[], Secret]) -> Secret:
    """Return the text that a sealed file holds.

    Parameters
    ----------
    path
        A file that `write_sealed` wrote.
    passphrase
        Is asked only when the file is whole.

    Raises
    ------
    DamagedError
        A byte of the file is not as it was written, or the file is gone.
    WrongPassphraseError
        The passphrase does not open it.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    content = _content(path)
    sealed_text = content.pop("sealed")
    kdf = content["key"]
    key = _key(passphrase(), kdf["salt"], kdf["n"], kdf["r"], kdf["p"])
    try:
        text = AESGCM(key).decrypt(_bytes(content["cipher"]["nonce"]), _bytes(sealed_text), _canonical(content))
    except InvalidTag:
        raise WrongPassphraseError(f"The passphrase does not open {path}. {WrongPassphraseError.next_step}") from None
    return Secret(text.decode())


def write_sealed(path: Path, secret: Secret, passphrase: Secret) -> None:
    """Write a sealed file; when this returns, the new text outlives a power cut.

    Parameters
    ----------
    path
        Replaced in one step.
    secret
        The text.
    passphrase
        Whoever knows it can open the file.
    """
    with atomic_file(path) as stream:
        stream.write(sealed(secret, passphrase, salt=_salt(path)))
    _settle(path.parent)


def _salt(path: Path) -> bytes | None:
    if not path.exists():
        return None
    try:
        return _bytes(_content(path)["key"]["salt"])
    except DamagedError:
        return None


def _settle(folder: Path) -> None:
    """Wait until the disk holds the new name of a file; Windows does that by itself, and opens no folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _content(path: Path) -> dict[str, Any]:
    """Return what a sealed file says, when every byte of it is as it was written."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DamagedError(path, _AGAIN)
        head, line_end, body = path.read_bytes().partition(b"\n")
        is_whole = head + line_end == _head(body)
        content = json.loads(body)
        kdf = content["key"]
        # Parameters of a hostile file could take all memory.
        is_whole = is_whole and 1 < kdf["n"] <= _MAX_COST and kdf["r"] == _BLOCK and kdf["p"] == _PARALLEL
        is_whole = is_whole and len(_bytes(kdf["salt"])) == 16 and len(_bytes(content["cipher"]["nonce"])) == 12
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_whole = False
    if not is_whole:
        raise DamagedError(path, _AGAIN) from None
    return content  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def _key(passphrase: Secret, salt: str, cost: int, block: int, parallel: int) -> bytes:
    """Return the key; a pull renews tokens often, and need not wait for it each time."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    scrypt = Scrypt(salt=_bytes(salt), length=32, n=cost, r=block, p=parallel)
    return scrypt.derive(passphrase.revealed().encode())


def _canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


def _head(body: bytes) -> bytes:
    """Return the first line: it tells a damaged file from a wrong passphrase, and protects against nobody."""
    return _KIND + hashlib.sha256(body).hexdigest().encode() + b"\n"


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

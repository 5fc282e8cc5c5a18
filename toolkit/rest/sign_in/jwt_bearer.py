"""A statement signed by a private key in exchange for a token (RFC 7523): no person, no secret on its way.

Vendors refuse a statement whose time is minutes off. Where this machine's clock is, the vendor's own (header ``Date``) is
taken, once.
"""

import secrets
from datetime import timedelta

from toolkit.errors import AuthError
from toolkit.rest.asking_source import asking_source
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Person, Way
from toolkit.rest.oauth.endpoint import RefusedError, asked_tokens
from toolkit.rest.oauth.renewal import RenewingCredential
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.tokens import Tokens

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LIFE_S = 180
_CLOCK_IS_OFF = timedelta(seconds=60)


def _asked(door: Door) -> Tokens:
    try:
        return _exchanged(door, timedelta())
    except RefusedError as error:
        if error.clock_offset is None or abs(error.clock_offset) < _CLOCK_IS_OFF:
            raise
        return _exchanged(door, error.clock_offset)


def _exchanged(door: Door, clock_offset: timedelta) -> Tokens:
    statement = _statement(door, clock_offset)
    form = {"grant_type": GRANT, "assertion": statement.revealed()}
    if door.sign_in.scopes_read:
        form["scope"] = door.sign_in.scope_separator.join(door.sign_in.scopes_read)
    with door.http() as http:
        return asked_tokens(http, door.sign_in, None, form, system=door.system, clock=door.clock)


def _statement(door: Door, clock_offset: timedelta) -> Secret:
    """Return who asks, for whom and until when, signed."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import RSAKey

    # In a variable of the environment, line ends are often written as two characters.
    pem = door.needed("private_key").revealed().replace("\\n", "\n")
    user = door.value("user")
    begin = int((door.clock() + clock_offset).timestamp())
    claims = {
        "iss": door.needed("client_id").revealed(),
        "aud": door.sign_in.audience or door.sign_in.token_url,
        "iat": begin,
        "exp": begin + _LIFE_S,
        "jti": secrets.token_urlsafe(24),
        **({"sub": user.revealed()} if user else {}),
    }
    try:
        return Secret(jwt.encode({"alg": "RS256", "typ": "JWT"}, claims, RSAKey.import_key(pem), algorithms=["RS256"]))
    except (ValueError, TypeError, JoseError):
        raise AuthError(
            f"The private key of {door.system} is no RSA key in PEM, unencrypted ('-----BEGIN PRIVATE KEY-----'). It is "
            f"kept in {door.reference('private_key')}."
        ) from None


def _tokens(door: Door, _person: Person) -> Tokens:
    return _asked(door)


def _credential(door: Door) -> Credential:
    return RenewingCredential(asking_source(door, "private_key", _asked))


WAY = Way(label="signed statement (JWT)", needs=("client_id", "private_key"), credential=_credential, tokens=_tokens)

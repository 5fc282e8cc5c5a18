"""OAuth 2.0 in the browser: authorization code with PKCE (RFC 6749, 7636, 8252), then refresh tokens.

The person signs in at the vendor's own page; what comes back is a code that only this process can exchange, because only it
knows the verifier.
"""

import secrets

from toolkit.errors import InputError
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Person, Way
from toolkit.rest.oauth.endpoint import Client, asked_tokens, require_encrypted
from toolkit.rest.oauth.redirect import listening, received_answer
from toolkit.rest.oauth.renewal import RenewingCredential
from toolkit.rest.redaction import Secret
from toolkit.rest.rotation import refreshing_source
from toolkit.rest.vault.tokens import Tokens


def _tokens(door: Door, person: Person) -> Tokens:
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    sign_in = door.sign_in
    if not sign_in.authorize_url or not sign_in.token_url:
        raise InputError(
            f"To sign in to {door.system} in the browser, engagement.yaml must say authorize_url and token_url (sign_in)."
        )
    require_encrypted(sign_in.authorize_url, door.system)
    state, verifier = secrets.token_urlsafe(32), Secret(secrets.token_urlsafe(64))
    client = Client(door.needed("client_id").revealed(), door.value("client_secret"))
    with listening(port=door.redirect_port) as listener:
        address = prepare_grant_uri(
            sign_in.authorize_url,
            client_id=client.client_id,
            response_type="code",
            redirect_uri=listener.address,
            scope=sign_in.scope_separator.join(sign_in.scopes_read),
            state=state,
            code_challenge=create_s256_code_challenge(verifier.revealed()),
            code_challenge_method="S256",
            **dict(sign_in.authorize_extra),
        )
        person.visit(str(address))
        told = received_answer(listener, state=state, system=door.system, wait_s=door.wait_s)
    # Held as a secret while it is worth something: an answer that repeats it is blackened.
    code = Secret(told["code"])
    form = {
        "grant_type": "authorization_code",
        "code": code.revealed(),
        "redirect_uri": listener.address,
        "code_verifier": verifier.revealed(),
    }
    further = {name: value for name, value in told.items() if name not in {"code", "state"}}
    with door.http() as http:
        return asked_tokens(http, sign_in, client, form, system=door.system, clock=door.clock, further_places=further)


def _credential(door: Door) -> Credential:
    return RenewingCredential(refreshing_source(door))


WAY = Way(label="sign-in in the browser", needs=("client_id",), credential=_credential, tokens=_tokens, is_kept=True)

"""OAuth 2.0 client credentials (RFC 6749, section 4.4): the client itself signs in, no person.

Each process asks for a token of its own.
"""

from toolkit.rest.asking_source import asking_source
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Person, Way
from toolkit.rest.oauth.endpoint import Client, asked_tokens
from toolkit.rest.oauth.renewal import RenewingCredential
from toolkit.rest.vault.tokens import Tokens


def _asked(door: Door) -> Tokens:
    client = Client(door.needed("client_id").revealed(), door.needed("client_secret"))
    form = {"grant_type": "client_credentials"}
    if door.sign_in.scopes_read:
        form["scope"] = door.sign_in.scope_separator.join(door.sign_in.scopes_read)
    with door.http() as http:
        return asked_tokens(http, door.sign_in, client, form, system=door.system, clock=door.clock)


def _tokens(door: Door, _person: Person) -> Tokens:
    return _asked(door)


def _credential(door: Door) -> Credential:
    return RenewingCredential(asking_source(door, "client_secret", _asked))


WAY = Way(label="client credentials", needs=("client_id", "client_secret"), credential=_credential, tokens=_tokens)

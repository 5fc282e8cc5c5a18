"""A refresh token that somebody made with the vendor's own tool, for machines without a browser; from then on it rotates."""

from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Person, Way
from toolkit.rest.oauth.renewal import RenewingCredential
from toolkit.rest.rotation import refreshed, refreshing_source
from toolkit.rest.vault.tokens import Tokens


def _tokens(door: Door, _person: Person) -> Tokens:
    given = door.needed("refresh_token")
    start = Tokens(access=given, refresh=given)
    return start.renewed_by(refreshed(door, start))


def _credential(door: Door) -> Credential:
    return RenewingCredential(refreshing_source(door))


WAY = Way(label="refresh token", needs=("client_id", "refresh_token"), credential=_credential, tokens=_tokens, is_kept=True)

"""User and password: ``Authorization: Basic …`` (RFC 7617), in UTF-8. A key alone is a user without a password."""

import base64

from toolkit.errors import AuthError
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Way
from toolkit.rest.redaction import Secret
from toolkit.rest.signatures import FixedCredential, HeaderAuth


def _credential(door: Door) -> Credential:
    user, password, reference = door.needed("user"), door.needed("password"), door.reference("password")
    if ":" in user.revealed():
        raise AuthError(f"The user name of {door.system} holds a colon, which ends it. Mend it in engagement.yaml.")
    pair = f"{user.revealed()}:{password.revealed()}".encode()
    encoded = Secret(base64.b64encode(pair).decode())
    return FixedCredential(
        reference=reference,
        auth=HeaderAuth(door.system, "Authorization", encoded, "Basic "),
        secrets=(password, encoded),
    )


WAY = Way(label="user and password", needs=("user", "password"), credential=_credential)

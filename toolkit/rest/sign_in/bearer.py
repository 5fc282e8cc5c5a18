"""A token that a person made at the vendor: ``Authorization: Bearer …`` (RFC 6750)."""

from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Way
from toolkit.rest.signatures import FixedCredential, HeaderAuth


def _credential(door: Door) -> Credential:
    token, reference = door.needed("token"), door.reference("token")
    header, prefix = door.sign_in.signature()
    return FixedCredential(
        reference=reference,
        auth=HeaderAuth(door.system, header, token, prefix),
        secrets=(token,),
    )


WAY = Way(label="access token", needs=("token",), credential=_credential)

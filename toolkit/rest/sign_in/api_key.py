"""An API key in a header of its own: ``X-API-Key: …``, ``X-Shopify-Access-Token: …``.

Never in an address: addresses stand in logs, in histories and in messages of errors.
"""

from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Way
from toolkit.rest.signatures import FixedCredential, HeaderAuth

DEFAULT_HEADER = "X-API-Key"


def _credential(door: Door) -> Credential:
    key, reference = door.needed("key"), door.reference("key")
    header = door.sign_in.header or DEFAULT_HEADER
    return FixedCredential(
        reference=reference,
        auth=HeaderAuth(door.system, header, key, door.sign_in.prefix),
        secrets=(key,),
    )


WAY = Way(label="API key", needs=("key",), credential=_credential)

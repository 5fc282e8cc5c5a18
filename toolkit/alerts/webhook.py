"""An alert to any program that takes JSON, signed so that it knows who sent it and when.

The signature is the HMAC-SHA256 of ``<seconds>.<body>`` with the secret that both know. The other side makes it anew over
the bytes that it got, compares the two in constant time, and refuses one that is older than five minutes.
"""

import hashlib
import hmac
import uuid

from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.notice import Notice, notice_bytes, post_notice
from toolkit.rest.redaction import Secret

SIGNATURE, DELIVERY = "X-Integration-Audit-Signature", "X-Integration-Audit-Delivery"


def send_to_webhook(notice: Notice, url: Secret, secret: Secret, *, ca_file: str = "", clock: Clock | None = None) -> None:
    """Send a notice, signed.

    Parameters
    ----------
    notice
        Plain values by name.
    url
        Where to.
    secret
        What both sides know.
    ca_file
        The authorities of a company; the usual ones without.
    clock
        What waits between tries, and says what time it is.

    Raises
    ------
    ToolkitError
        It was not taken: see `post_notice`.
    """
    body = notice_bytes(notice)
    now = int((clock or SystemClock()).now().timestamp())
    headers = {SIGNATURE: signature(body, secret, now), DELIVERY: uuid.uuid4().hex}
    post_notice(url, body, what="The webhook", headers=headers, ca_file=ca_file, clock=clock)


def signature(body: bytes, secret: Secret, seconds: int) -> str:
    """Return what the signature's header holds.

    Parameters
    ----------
    body
        As it is sent.
    secret
        What both sides know.
    seconds
        Since 1970, UTC.

    Examples
    --------
    >>> signature(b"{}", Secret("known to both"), 1764500000)[:24]
    't=1764500000,v1=...'
    """
    made = hmac.new(secret.revealed().encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={made}"

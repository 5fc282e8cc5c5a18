"""Forty secrets of all shapes, and what looks for them in every form in which they travel.

The forms are made here and anew, not by the code that takes them out.
"""

import base64
import json
import random
import string
from urllib.parse import quote, quote_plus

_LETTERS = string.ascii_letters + string.digits


def _canaries() -> tuple[str, ...]:
    rng = random.Random(4711)
    signs = ["", "-_", "+/=", "!$%&*()", "\"'\\<>", "~.:;,@#?"]
    found = ["CANARY" + "".join(rng.choices(_LETTERS + 4 * signs[number % 6], k=12 + number)) for number in range(36)]
    long = "".join(rng.choices(_LETTERS + "-_.", k=2000))
    known = ("CANARY-sk_live_51H8x", "CANARY%2Fpercent%20sign", "CANARY-11111111-2222-4333-8444-555555555555")
    return (*found, f"CANARY.{long}", *known)


CANARIES = _canaries()


def forms(secret: str) -> set[str]:
    """Return the forms in which a secret is sought."""
    raw = secret.encode()
    # Wherever it stands in what was encoded, these characters are the same.
    inner = {base64.b64encode(b"\0" * before + raw).decode()[4:-4] for before in range(3)}
    encoded = {*inner, *(one.translate(str.maketrans("+/", "-_")) for one in inner)}
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote(secret, safe="").lower(),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(json.dumps(secret))[3:-3],
        repr(secret)[1:-1],
        raw.hex(),
        *encoded,
    }


def found_in(text: str, secrets: "list[str] | tuple[str, ...]" = CANARIES) -> list[str]:
    """Return the secrets that a text holds in any form."""
    return [secret for secret in secrets if any(form in text for form in forms(secret))]

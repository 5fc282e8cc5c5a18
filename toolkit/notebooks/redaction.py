"""Secrets and local paths kept out of what a notebook leaves: outputs, tracebacks, messages.

A secret is the value of an environment variable whose name says so, or one that this process holds to sign in somewhere, in
every form that a program prints it in (``rest/secret_forms.py``). What looks like one is removed too.
"""

import os
import re
from collections.abc import Mapping
from typing import Any

from toolkit.rest.redaction import living_secrets
from toolkit.rest.secret_forms import without_secrets

REDACTED = "«removed»"

SECRET_NAME = re.compile(
    r"token|secret|passw|passphrase|pwd|credential|api_?key|(?:^|[^a-z])(?:pass|pat|key|cookie|dsn|sas|jwt|otp|pin)(?:[^a-z]|$)",
    re.IGNORECASE,
)
"""Names of variables and parameters that hold a secret."""

_SHORTEST_KNOWN = 8
"""A shorter value of a variable is a word like others."""

_IN_A_DSN = re.compile(r"(?:\b(?:pwd|password)\s*=\s*([^;\s]+))|(?:://[^/@:\s]*:([^/@\s]+)@)", re.IGNORECASE)

_LOOKS_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\bhooks\.slack\.com/services/|"
    r"\b(?:xox[abeprs]-|xapp-|gh[pousr]_|github_pat_|glpat-|(?:sk|rk|pk)_(?:live|test)_|whsec_|shp(?:at|ca|pa|ss)_|"
    r"pat-[a-z]{2}\d-|AKIA|ASIA|AIza|ya29\.|SG\.|EAAA|00D[A-Za-z0-9]{12}!)[\w.-]{6,}"
)
"""What vendors' keys begin with, and what holds one by itself: nobody writes these words for another reason."""


def looks_secret(text: str) -> bool:
    """Return whether a text is a secret that this process knows, or holds what looks like one.

    A long text that only holds the value of a variable is none: a folder may be called as a bad password is.

    Examples
    --------
    >>> looks_secret("xoxb-4711-abcdefghij"), looks_secret("https://ann:pa55word@crm.example"), looks_secret("crm")
    (True, True, False)
    """
    known = {one for one in _secrets(os.environ) if len(one) >= _SHORTEST_KNOWN}
    return _LOOKS_SECRET.search(text) is not None or text.strip() in known or without_secrets(text, (), mask="") != text


def redacted_text(text: str) -> str:
    """Return ``text`` without secrets: values of the environment's secret variables, and what looks like one.

    Examples
    --------
    >>> redacted_text("GET https://ann:pa55word@crm.example/x?token=abcdef123")
    'GET https://«removed»@crm.example/x?token=«removed»'
    """
    return without_secrets(text, _secrets(os.environ), mask=REDACTED)


def redacted_tree(tree: Any, *, paths: Mapping[str, str] | None = None) -> Any:
    """Return parsed JSON with every text redacted; replacing inside its serialised text would break escapes.

    Parameters
    ----------
    tree
        Lists, dicts, texts and numbers.
    paths
        Local folders, and the word that stands in their place.
    """
    secrets = _secrets(os.environ)
    places = sorted((paths or {}).items(), key=lambda one: -len(one[0]))

    def walked(value: Any) -> Any:
        if isinstance(value, str):
            for path, word in places:
                value = value.replace(path, word)
            return without_secrets(value, secrets, mask=REDACTED)
        if isinstance(value, list):
            # A notebook keeps an output line by line, and a secret may be broken over two of them.
            if value and all(isinstance(one, str) for one in value):
                whole = walked("".join(value))
                return value if whole == "".join(value) else whole.splitlines(keepends=True)
            return [walked(one) for one in value]
        if isinstance(value, dict):
            return {name: walked(one) for name, one in value.items()}
        return value

    return walked(tree)


def _secrets(environment: Mapping[str, str]) -> frozenset[str]:
    values = {value for name, value in environment.items() if SECRET_NAME.search(name)}
    values |= {part for value in values for found in _IN_A_DSN.findall(value) for part in found if part}
    # Paths to key files are no secrets, and replacing them would garble every message.
    kept = {value for value in values if not value.startswith("/")}
    return frozenset({*kept, *(one.revealed() for one in living_secrets())})

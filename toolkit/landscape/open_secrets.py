"""Keys and passwords that lie open in files: each is told by its kind and its place, and never shown.

Source: the vendors' own descriptions of the beginnings of their keys, as of autumn 2026.
"""

import re
from collections.abc import Iterable, Iterator

_KINDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Stripe key", ("sk_", "rk_"), r"\b(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{10,}"),
    ("HubSpot private app token", ("pat-",), r"\bpat-[a-z]{2,3}\d?-[0-9a-f]{8}-[0-9a-f-]{20,}"),
    ("Shopify token", ("shpat_", "shpca_", "shppa_", "shpss_"), r"\bshp(?:at|ca|pa|ss)_[0-9A-Fa-f]{20,}"),
    ("Square token", ("sq0",), r"\bsq0(?:atp|csp|idp)-[0-9A-Za-z_-]{20,}"),
    ("Slack token", ("xox",), r"\bxox[abeprs]-[0-9A-Za-z-]{10,}"),
    ("Slack webhook", ("hooks.slack.com",), r"hooks\.slack\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]+"),
    ("AWS key", ("AKIA", "ASIA"), r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("Google key", ("AIza",), r"\bAIza[0-9A-Za-z_-]{35}"),
    ("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"\bgh[pousr]_[0-9A-Za-z]{36,}"),
    ("private key", ("PRIVATE KEY-----",), r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    ("signed token", ("eyJ",), r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}"),
    ("address with a password", ("://",), r"://[^/\s:@\"']{1,60}:[^/\s@\"']{3,80}@"),
    (
        "named secret",
        ("passw", "key", "secret", "token"),
        # A reference to where the secret is kept is none.
        (
            r"\b(?:passw(?:or)?d|api[_-]?key|client[_-]?secret|access[_-]?token|auth[_-]?token)[\"']?\s{0,9}[:=]\s{0,9}"
            r"[\"']?(?!env:|keyring:|[\"']|\$\{)[^\s\"',;]{8,}"
        ),
    ),
)
"""What each kind is called, what a line must hold to be looked at, in any case, and the text itself."""
_READ = tuple(
    (kind, tuple(one.lower() for one in hints), re.compile(text, re.IGNORECASE if kind == "named secret" else 0))
    for kind, hints, text in _KINDS
)


def open_secrets(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the line (from 1) and the kind of every secret; the secret itself is not told.

    Parameters
    ----------
    lines
        Of a text.

    Examples
    --------
    >>> [*open_secrets(["id,name", "7,Acme", "key=" + "sk_live_" + "a1B2c3D4e5F6"])]
    [(3, 'Stripe key')]
    """
    for number, line in enumerate(lines, start=1):
        lowered = line.lower()
        for kind, hints, text in _READ:
            # Most lines hold none of the hints, and looking for one costs a hundredth of trying the pattern.
            if any(hint in lowered for hint in hints):
                yield from ((number, kind) for _ in text.finditer(line))

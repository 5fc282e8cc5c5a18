"""Who wants no mail, as a client's lists say it in columns of their own: a merge must not lose it."""

import re
from collections.abc import Mapping

from toolkit.values.text import folded, words

_CAPITAL_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REFUSING = re.compile(
    r"\b(?:unsubscribed?|opt(?:ed)? ?outs?|optouts?|do not (?:contact|e ?mail|mail|call|market|disturb)|"
    r"no (?:marketing|mail|e ?mails?|newsletter|contact)|do not send|blocklisted|abgemeldet|keine werbung|desabonne)\b"
)
_AGREEING = re.compile(
    r"\b(?:accepts? (?:e ?mail |sms )?marketing|(?:e ?mail |sms )?marketing (?:consent|opt ?in|allowed|permission)|"
    r"opt(?:ed)? ?ins?|optins?|subscribed|newsletter|einwilligung|consent)\b"
)
_YES = frozenset(("yes", "y", "true", "t", "1", "x", "on", "ja", "oui", "si"))
_NO = frozenset(("no", "n", "false", "f", "0", "off", "nein", "non", "not subscribed", "denied", "refused", "withdrawn"))


def opted_out_records(rows: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """Return the records that say that no mail is wanted.

    A column counts by its header: one of refusals ("Unsubscribed from all email") with yes, one of consents ("Accepts email
    marketing") with no, and either with a word of refusal.

    Parameters
    ----------
    rows
        By record key, as the file wrote them.

    Examples
    --------
    >>> rows = {"a": {"HasOptedOutOfEmail": "true"}, "b": {"Accepts Marketing": "no"}, "c": {"Unsubscribed": ""}}
    >>> sorted(opted_out_records(rows))
    ['a', 'b']
    """
    headers = {header for row in rows.values() for header in row}
    kinds = {header: kind for header in headers if (kind := _kind(header))}
    return frozenset(
        key for key, row in rows.items() if any(_refuses(row.get(header), kind) for header, kind in kinds.items())
    )


def _kind(header: str) -> frozenset[str] | None:
    """Return the values that refuse in a column with this header; None for a column of something else."""
    text = " ".join(words(_CAPITAL_INSIDE.sub(" ", header)))
    if _REFUSING.search(text):
        return _YES
    return _NO if _AGREEING.search(text) else None


def _refuses(value: str | None, refusals: frozenset[str]) -> bool:
    text = " ".join(words(folded(value or "")))
    return text in refusals or _REFUSING.fullmatch(text) is not None

"""What an answer says itself of why something was not done, in a few words of it."""

from collections.abc import Mapping
from typing import Any

from toolkit.rest.places import value_at
from toolkit.rest.redaction import redacted

_MESSAGES = ("Elements.0.ValidationErrors.0.Message", "message", "error_description", "detail", "title", "Message", "error",
             "errors.0.message", "error.message", "errors.0", "error.1.0", "error.1", "Fault.Error.0.Detail",
             "Fault.Error.0.Message", "Body.Fault.faultstring", "Detail")  # fmt: skip
_PER_FIELD = ("details", "errors")
_OF_FIELD = ("description", "message")
_MAX_QUOTED = 160


def quoted(parsed: Any) -> str:
    """Return the few words of an answer's own error message, and what it says of the first field that is amiss.

    Examples
    --------
    >>> wrong = {"error": "RecordInvalid", "details": {"email": [{"description": "is taken", "error": "DuplicateValue"}]}}
    >>> quoted(wrong), quoted({"errors": {"name": ["is too long"]}})
    (" (it says: 'RecordInvalid: email: is taken')", " (it says: 'name: is too long')")
    """
    if parsed is None:
        return ""
    inner = value_at(parsed, "0") if isinstance(parsed, list) else parsed
    said = (value_at(inner, path) for path in _MESSAGES)
    message = next((one for one in said if isinstance(one, str) and one.strip()), "")
    words = ": ".join(filter(None, [message, _of_field(inner)]))
    # Without our own key before it is cut: half of one is one, too.
    return f" (it says: {redacted(' '.join(words.split()))[:_MAX_QUOTED]!r})" if words else ""


def _of_field(parsed: Any) -> str:
    """Return what an answer says of the first field that is amiss; empty where it names none."""
    for path in _PER_FIELD:
        fields = value_at(parsed, path)
        if not isinstance(fields, Mapping):
            continue
        for name, found in fields.items():
            first = found[0] if isinstance(found, list) and found else found
            said = (value_at(first, one) for one in _OF_FIELD) if isinstance(first, Mapping) else (first,)
            if reason := next((one for one in said if isinstance(one, str) and one.strip()), ""):
                return f"{name}: {reason}"
    return ""

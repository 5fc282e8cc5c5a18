"""How a body is written on the wire: as JSON, as the fields of a web form, or as an envelope of SOAP."""

import json
from collections.abc import Mapping
from typing import Any

from toolkit.connector.write_calls import CallForm
from toolkit.rest.forms import form_json, form_text
from toolkit.rest.soap import CONTENT_TYPE, soap_json, soap_text

_HEADERS: Mapping[CallForm, tuple[tuple[str, str], ...]] = {
    "json": (("content-type", "application/json"),),
    "form": (("content-type", "application/x-www-form-urlencoded"),),
    # The name of the action stands in the body; vendors want the header all the same (SOAP 1.1, section 6.1.1).
    "soap": (("content-type", CONTENT_TYPE), ("soapaction", '""')),
}


def headers_of(form: CallForm) -> tuple[tuple[str, str], ...]:
    """Return what the head of a request says of the form of its body."""
    return _HEADERS[form]


def as_sent(body: str, form: CallForm) -> str:
    """Return a body of JSON as it is sent.

    Parameters
    ----------
    body
        JSON text; empty: none.
    form
        In which form.

    Raises
    ------
    ValueError
        It cannot be written so.
    """
    if not body or form == "json":
        return body
    return form_text(body) if form == "form" else soap_text(body)


def as_json(sent: bytes, form: CallForm) -> Any:
    """Return what a body on the wire says, as JSON: the inverse of `as_sent`.

    Parameters
    ----------
    sent
        What is sent.
    form
        In which form.

    Raises
    ------
    ValueError
        It is no body of this form.
    """
    if form == "json":
        return json.loads(sent)
    return form_json(sent) if form == "form" else soap_json(sent)

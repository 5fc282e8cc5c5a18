"""What a record cannot do without, by entity; a placeholder ("n/a") counts as missing.

A column that a whole stream leaves empty is not judged here: nobody keeps it there, and the column profile says so.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Stream, is_filled, named


class Requirement(NamedTuple):
    """One of ``columns`` must be filled; ``words`` says what is missing otherwise."""

    columns: tuple[str, ...]
    words: str
    severity: str


_PARTY = ("party_ref", "party_key", "party_name")
_NUMBER = Requirement(("number",), "a number", "high")
_AMOUNT = Requirement(("amount_minor", "net_minor"), "an amount", "high")
_CURRENCY = Requirement(("currency",), "a currency", "medium")
_CUSTOMER = Requirement(_PARTY, "a customer", "high")
_SUPPLIER = Requirement(_PARTY, "a supplier", "high")
_ISSUED = Requirement(("issued_on",), "a date", "high")
_DUE = Requirement(("due_on",), "a due date", "medium")
_GL_CODE = Requirement(("gl_code",), "a ledger account", "medium")
_NAME = Requirement(("name",), "a name", "high")

REQUIRED: dict[str, tuple[Requirement, ...]] = {
    "party": (
        Requirement(("name", "company_name", "given_name", "family_name"), "a name", "high"),
        Requirement(("email", "phone"), "an e-mail address or telephone number", "medium"),
    ),
    "employee": (
        Requirement(("name", "given_name", "family_name"), "a name", "high"),
        Requirement(("email",), "an e-mail address", "medium"),
        Requirement(("department",), "a department", "low"),
    ),
    "product": (_NAME, Requirement(("code",), "a product code", "medium")),
    "account": (_NAME,),
    "deal": (
        _NAME,
        Requirement(_PARTY, "a customer", "medium"),
        Requirement(("amount_minor", "net_minor"), "an amount", "low"),
    ),
    "project": (_NAME, Requirement(_PARTY, "a customer", "low")),
    "task": (_NAME,),
    "ticket": (Requirement(("name",), "a subject", "medium"), Requirement(_PARTY, "a requester", "medium")),
    "quote": (_NUMBER, _CUSTOMER, _AMOUNT, _ISSUED, _CURRENCY),
    "order": (
        _NUMBER,
        _CUSTOMER,
        _AMOUNT,
        Requirement(("issued_on", "created_at"), "a date", "high"),
        _CURRENCY,
    ),
    "invoice": (_NUMBER, _CUSTOMER, _AMOUNT, _ISSUED, _DUE, _CURRENCY),
    "credit_note": (_NUMBER, _CUSTOMER, _AMOUNT, _ISSUED, _CURRENCY),
    "bill": (_NUMBER, _SUPPLIER, _AMOUNT, _ISSUED, _DUE, _GL_CODE, _CURRENCY),
    "payment": (
        Requirement(_PARTY, "a payer or payee", "medium"),
        _AMOUNT,
        Requirement(("paid_at", "created_at"), "a date", "high"),
        _CURRENCY,
    ),
    "bank_line": (
        _AMOUNT,
        Requirement(("posted_on",), "a date", "high"),
        Requirement(("description", "party_name", "name"), "a text", "low"),
    ),
    "expense": (_AMOUNT, Requirement(("spent_on",), "a date", "high"), _GL_CODE),
    "journal_line": (_AMOUNT, Requirement(("posted_on",), "a date", "high"), _GL_CODE),
}

_MAY_BE_PLACEHOLDER = ("name", "company_name", "email")
_NAMED_ENTITIES = ("party", "employee")


def required_outcomes(stream: Stream) -> list[Outcome]:
    """Return one outcome per requirement of the stream's entity that the stream keeps at all."""
    outcomes = []
    for requirement in REQUIRED.get(stream.entity, ()):
        kept = [name for name in requirement.columns if is_filled(stream.table[name]).any()]
        if not kept:
            continue
        has_value, says_something = _filled(stream, kept)
        rows = np.flatnonzero(~says_something)
        outcomes.append(
            Outcome(
                system=stream.system,
                stream=stream.name,
                column=kept[0],
                rule="required",
                label=f"{stream.noun.capitalize()} without {requirement.words}",
                severity=requirement.severity,
                checked=stream.table.num_rows,
                findings=_findings(stream, rows, has_value[rows], column=kept[0], words=requirement.words),
            )
        )
    return outcomes


def _filled(stream: Stream, columns: Sequence[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return for every row whether one of the columns is filled at all, and with more than a placeholder."""
    has_value = np.zeros(stream.table.num_rows, dtype=bool)
    says_something = has_value.copy()
    for name in columns:
        column = stream.table[name]
        has_value |= is_filled(column)
        may_be_placeholder = name in _PARTY or (stream.entity in _NAMED_ENTITIES and name in _MAY_BE_PLACEHOLDER)
        says_something |= is_filled(named(column) if may_be_placeholder else column)
    return has_value, says_something


def _findings(
    stream: Stream, rows: npt.NDArray[np.int64], has_value: npt.NDArray[np.bool_], *, column: str, words: str
) -> list[Finding]:
    written = stream.table[column].take(pa.array(rows)).to_pylist()
    return [
        Finding(
            key,
            None if value is None else str(value),
            f"There is only a placeholder for {words}." if is_placeholder_only else f"There is no value for {words}.",
        )
        for key, value, is_placeholder_only in zip(stream.keys_at(rows), written, has_value.tolist(), strict=True)
    ]

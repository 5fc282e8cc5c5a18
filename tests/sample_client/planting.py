"""Plants the data-quality errors whose place is known: in party cells, and in invoices that no handoff explains."""

import random
from dataclasses import dataclass
from datetime import date

from tests.sample_client.documents import Document
from tests.sample_client.parties import PartyRecord, Register
from tests.sample_client.variants import PLACEHOLDER_EMAILS, PLACEHOLDER_PHONES, Written


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted error: where, what kind, what stands there and what should."""

    system: str
    stream: str
    record_id: str
    column: str
    kind: str
    value: str
    right: str


def planted_in_parties(seed: int, register: Register) -> list[Planted]:
    """Spoil e-mail addresses and phone numbers of records that can still be told by their other fields."""
    rng = random.Random(f"{seed}/planting")
    planted: list[Planted] = []
    spoiled: set[tuple[str, str, str]] = set()
    for system, stream, count in (
        ("crm", "contacts", 12),
        ("ledger", "customers", 9),
        ("shop", "customers", 6),
        ("support", "users", 5),
    ):
        for column, wrong, kind in (("email", _bad_email, "bad_email"), ("phone", _bad_phone, "bad_phone")):
            records = [
                one
                for one in register.stream(system, stream)
                if _is_told_otherwise(one, column) and (system, stream, one.record_id) not in spoiled
            ]
            for one in rng.sample(records, count):
                planted.append(_spoil(one, column, kind, wrong(one.text(column), rng)))
                spoiled.add((system, stream, one.record_id))
        for column, values in (("email", PLACEHOLDER_EMAILS), ("phone", PLACEHOLDER_PHONES)):
            records = [
                one
                for one in register.stream(system, stream)
                if _is_told_otherwise(one, column) and (system, stream, one.record_id) not in spoiled
            ]
            for one in rng.sample(records, max(3, count // 3)):
                planted.append(_spoil(one, column, "placeholder", rng.choice(values)))
                spoiled.add((system, stream, one.record_id))
    return planted


def planted_in_invoices(seed: int, invoices: list[Document]) -> list[tuple[Document, str, str, str]]:
    """Spoil customer or year of counter sales; return document, column, kind and right value."""
    rng = random.Random(f"{seed}/invoice-planting")
    counter = [one for one in invoices if one.role == "material sale"]
    planted = []
    for at, one in enumerate(rng.sample(counter, 8)):
        one.cells["unpayable"], one.cells["entered"] = "yes", one.on.isoformat()
        if at < 5:
            right = one.party
            one.party, one.account_id = (
                f"{rng.choice(('Prairie Kitchen Supply', 'Old Mill Partners', 'Lakefront Tile Outlet'))} (deleted)",
                "",
            )
            planted.append((one, "party_ref", "missing_customer", right))
        else:
            right = one.on.isoformat()
            one.on = date(one.on.year + (2 if one.on.year == 2025 else 1), one.on.month, one.on.day)
            if one.on <= date(2026, 10, 5):
                one.on = one.on.replace(year=2027)
            planted.append((one, "issued_on", "future_date", right))
    return planted


def _spoil(record: PartyRecord, column: str, kind: str, value: str) -> Planted:
    right = record.text(column)
    record.cells[f"{column}_before"] = right
    record.values[column] = Written(value, f"{kind}:{value}", kind)
    return Planted(record.system, record.stream, record.record_id, column, kind, value, right)


def _is_told_otherwise(record: PartyRecord, column: str) -> bool:
    """The name is plain and the other way to reach the party is there and right."""
    other = record.values.get("phone" if column == "email" else "email")
    return (
        bool(record.text(column))
        and other is not None
        and bool(other.text)
        and other.cause in {"", "case"}
        and record.values["name"].cause in {"", "legal_form", "case"}
    )


def _bad_email(address: str, rng: random.Random) -> str:
    local, _, domain = address.partition("@")
    return rng.choice(
        (
            f"{local}{domain}",
            f"{local}@{domain.replace('.', ',', 1)}",
            f"{local}@@{domain}",
            f"{local}@{domain.split('.')[0]}",
            f"{local} {domain[:3]}@{domain}",
        )
    )


def _bad_phone(number: str, rng: random.Random) -> str:
    return rng.choice((number[: len(number) - 3], "555-01", f"{number}77", "call office"))

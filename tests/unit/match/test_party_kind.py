"""Telling companies from persons where a system writes both into one column."""

import pytest

from toolkit.match.party_kind import with_told_kinds
from toolkit.tables import PARTY

KNOWN = [
    {
        "kind": "person",
        "name": "Joel Delacroix",
        "given_name": "Joel",
        "family_name": "Delacroix",
        "company_name": "Crestline",
    },
    {"kind": "person", "name": "Maren Quist", "given_name": "Maren", "family_name": "Quist"},
    {"kind": "company", "name": "Blue Harbor Staging LLC", "company_name": "Blue Harbor Staging LLC"},
]


def told(name: str | None, **columns: str | None) -> str:
    rows = [*KNOWN, {"kind": "unknown", "name": name, **columns}]
    table = PARTY.from_rows(
        {
            "record_key": f"ledger/c/{n}",
            "system": "ledger",
            "stream": "c",
            "record_id": str(n),
            "entity": "party",
            "state": "active",
        }
        | row
        for n, row in enumerate(rows)
    )
    kind: str = with_told_kinds(table)["kind"].to_pylist()[-1]
    return kind


@pytest.mark.parametrize(
    ("name", "columns", "kind"),
    [
        ("Maren Delacroix", {}, "person"),
        ("Quist, Joel", {}, "person"),
        ("Tovin Abrek", {"email": "tovin.abrek77@mail.example"}, "person"),
        ("Tovin Abrek", {"email": "tabrek@mail.example"}, "person"),
        ("Blue Harbor Staging", {}, "company"),
        ("Crestline", {}, "company"),
        ("Onyx Gallery Ltd", {}, "company"),
        ("Onyx Gallery", {"company_name": "Onyx Gallery"}, "company"),
        ("Onyx Meridian", {"email": "info@onyx-meridian.example"}, "unknown"),
        ("Onyx Meridian", {"email": "wesley@onyx-meridian.example"}, "unknown"),
        (None, {}, "unknown"),
        ("n/a", {}, "unknown"),
    ],
)
def test_a_name_is_told_by_what_all_records_say(name: str | None, columns: dict[str, str], kind: str) -> None:
    """Known names, legal forms and addresses made of a name tell; where nothing tells, nothing is claimed."""
    assert told(name, **columns) == kind


def test_what_a_system_states_stays() -> None:
    """The toolkit does not know better than a CRM that keeps companies and contacts apart."""
    rows = [{"kind": "company", "name": "Maren Quist"}]
    table = PARTY.from_rows(
        {"record_key": "crm/c/1", "system": "crm", "stream": "c", "record_id": "1", "entity": "party", "state": "active"}
        | row
        for row in [*rows]
    )

    assert with_told_kinds(table)["kind"].to_pylist() == ["company"]

"""Telling companies from persons where a system writes both into one column."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.parties import PARTY_KINDS, matched_parties
from toolkit.match.records.columns import columns_by_kind, record_kinds
from toolkit.match.records.party_kind import known_names, told_kinds

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
COLUMNS = ("record_key", "system", "kind", "name", "given_name", "family_name", "company_name", "email", "phone")


def parties(*rows: dict[str, str | None]) -> pa.Table:
    full = [{"record_key": f"ledger/c/{number}", "system": "ledger", **row} for number, row in enumerate(rows)]
    return pa.table({name: pa.array([row.get(name) for row in full], pa.string()) for name in COLUMNS})


def told(*rows: dict[str, str | None]) -> list[str]:
    table = parties(*rows)
    chosen = columns_by_kind(table, PARTY_KINDS)
    kinds = record_kinds(chosen, len(rows), table["kind"])
    found = told_kinds(chosen, kinds, known_names(chosen, kinds))
    return [("unknown", "company", "person")[kind] for kind in found.tolist()]


@pytest.mark.parametrize(
    ("name", "columns", "kind"),
    [
        ("Maren Delacroix", {}, "person"),
        ("Quist, Joel", {}, "person"),
        ("Tovin Abrek", {"email": "tovin.abrek77@mail.example"}, "person"),
        ("Tovin Abrek", {"email": "tabrek@mail.example"}, "person"),
        ("Tovin van der Abrek", {"email": "tovin.vanderabrek@mail.example"}, "person"),
        ("Tovin Abrek", {"email": "tovin@mail.example"}, "unknown"),
        ("Tovin Abrek", {"company_name": "Hollis Marine Ltd"}, "person"),
        ("Blue Harbor Staging", {}, "company"),
        ("Crestline", {}, "company"),
        ("Onyx Gallery Ltd", {}, "company"),
        ("Onyx Lumen", {"company_name": "Onyx Lumen"}, "company"),
        ("Onyx Parade", {"company_name": "ONYX PARADE INC"}, "company"),
        ("Onyx Lumen", {"email": "info@onyx-lumen.example"}, "unknown"),
        ("Onyx Lumen", {"email": "wesley@onyx-lumen.example"}, "unknown"),
        ("Keith English", {}, "person"),
        ("English, Keith", {}, "person"),
        ("Erik & Laura Tovmoore", {}, "person"),
        ("ERIK AND LAURA TOVMOORE", {}, "person"),
        ("Erik & Laura Foods", {}, "company"),
        ("Erik & Sons", {}, "company"),
        (None, {}, "unknown"),
        ("n/a", {}, "unknown"),
        ("\x00", {"email": "\x00@"}, "unknown"),
        ("x" * 10_000, {"email": "x" * 10_000}, "unknown"),
    ],
)
def test_a_name_is_told_by_what_all_records_say(name: str | None, columns: dict[str, str], kind: str) -> None:
    """Known and usual names, legal forms and addresses made of a name tell; where nothing tells, nothing is claimed."""
    assert told(*KNOWN, {"kind": "unknown", "name": name, **columns})[-1] == kind


def test_what_a_system_states_stays() -> None:
    """The toolkit does not know better than a CRM that keeps companies and contacts apart."""
    assert told({"kind": "company", "name": "Maren Quist"}) == ["company"]


def test_no_names_tell_nothing() -> None:
    """A table without a column of names has nothing to tell kinds by."""
    kinds = np.array([0, 0, 2])

    assert told_kinds({}, kinds, known_names({}, kinds)).tolist() == [0, 0, 2]


def test_a_saved_model_tells_kinds_by_the_names_it_knew() -> None:
    """What is one record's kind does not change because another record came or went."""
    rows = [*KNOWN, {"kind": "unknown", "name": "Crestline", "phone": "312 644 2671"}]
    first = matched_parties(parties(*rows))
    kept = Frequencies.from_table(first.frequencies.as_table())

    again = matched_parties(parties(rows[-1]), model=first.model, frequencies=kept, keep_state=True)

    assert again.state is not None
    assert again.state.profiles.base["kind"].to_pylist() == [1]


@pytest.mark.parametrize(
    ("name", "mailbox", "kind"),
    [
        ("Tov Abr", "tabr@x.example", "person"), ("To Abrek", "toabrek@x.example", "unknown"),
        ("Tovin Br", "tovinbr@x.example", "unknown"), ("Tovin Abrek", "tovinabr@x.example", "person"),
        ("Tovin Abrek", "tovinab@x.example", "unknown"), ("Tovin Abrek", "tabre@x.example", "unknown"),
        ("Tovin Abrek", "t.abrek9@x.example", "person"), ("Tovin Abrek", "tovinabrekx@x.example", "unknown"),
        ("Tovin Abrek", "abrektovin@x.example", "unknown"),
    ],
)  # fmt: skip
def test_an_address_is_made_of_a_name_from_three_letters_of_each_part_on(name: str, mailbox: str, kind: str) -> None:
    """The first name whole with three letters of the last, or its initial with the last name whole."""
    assert told({"kind": "unknown", "name": name, "email": mailbox}) == [kind]


def test_the_contacts_of_companies_show_how_persons_are_called() -> None:
    """Where one column holds whom to talk to, its names are those of persons; a company in it shows nothing."""
    cells = {
        "name": ["Zanvo Trebic", "Onyx Lumen", "Acme Foods Ltd", "Corvin Ltd"],
        "contact": [None, None, "Zanvo Quarl", "Ekko Trebic"],
    }
    chosen = {kind: {"": pa.array(values, pa.string())} for kind, values in cells.items()}
    kinds = np.array([0, 0, 1, 1])

    assert told_kinds(chosen, kinds, known_names(chosen, kinds)).tolist() == [2, 0, 1, 1]

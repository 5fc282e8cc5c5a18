"""A comparison is judged before it is believed: spoiled input is named, and no figure rests on it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.counterparts import carried_documents
from toolkit.reconcile.document_links import linked_documents
from toolkit.reconcile.figures import reconcile_figures
from toolkit.reconcile.judging.findings import believed_findings
from toolkit.reconcile.judging.judgement import judgement
from toolkit.reconcile.judging.party_lists import judged_parties
from toolkit.reconcile.sides import Streams
from toolkit.tables import COMPARED_FIELD, COUNTERPART, COVERAGE, CROSSWALK, DOCUMENT, PARTY

AS_OF = date(2026, 10, 1)
BILLED = Handoff("billed", "Orders invoiced", "shop", "orders", "order", "books", "invoices", "invoice", grace_days=14)
WON = Handoff("won", "Won deals invoiced", "shop", "orders", "deal", "books", "invoices", "invoice", grace_days=14)
PARTIES = 60
Rows = list[dict[str, Any]]
Spoil = Callable[[Rows, Rows], tuple[Rows, Rows]]


def _documents(seed: int, entity: str = "order", *, missing: float = 0.06, count: int = 300) -> tuple[Rows, Rows]:
    """Return orders (or deals) of a year and their invoices: some are missing, some were mistyped, half quote the number."""
    random = np.random.default_rng(seed)
    left: Rows = []
    right: Rows = []
    for number in range(count):
        day = date(2025, 10, 2) + timedelta(days=int(random.integers(0, 355)))
        party, amount = int(random.integers(PARTIES)), int(random.integers(2_000, 400_000))
        name = {"party_name": f"Client {party}", "party_ref": str(party), "currency": "USD"}
        at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        deal = {"is_won": True, "closed_at": at} if entity == "deal" else {}
        quoted = str(48_000 + 7 * number)
        left.append(
            {
                "record_id": quoted,
                "number": quoted,
                "created_at": at,
                "amount_minor": amount,
                "status": "paid",
                **name,
                **deal,
            }
        )
        if random.random() < missing:
            continue
        wrong = random.random() < 0.04
        issued = day + timedelta(days=int(random.integers(0, 5)))
        right.append(
            {
                "record_id": f"I{number}", "number": f"I{number}", "issued_on": issued,
                "amount_minor": amount + 900 if wrong else amount,
                "reference": quoted if random.random() < 0.5 else None, "status": "sent", **name,
            }
        )  # fmt: skip
    return left, right


def _judged(handoff: Handoff, left: Rows, right: Rows) -> tuple[dict[str, dict[str, Any]], dict[str, Any], set[str]]:
    """Return the judgement by aspect, the measures by name, and the ids of the figures that follow."""
    sides = ((left, "shop", "orders", handoff.entity_l), (right, "books", "invoices", "invoice"))
    documents = DOCUMENT.from_rows(
        {"system": system, "stream": stream, "entity": entity, "state": "active", "record_key": f"{system}/{stream}/{at}",
         "party_key": f"{system}/parties/{row['party_ref']}" if row.get("party_ref") else None, **row}
        for rows, system, stream, entity in sides
        for at, row in enumerate(rows)
    )  # fmt: skip
    walk = CROSSWALK.from_rows(
        {"record_key": f"{system}/parties/{party}", "golden_id": f"g{party}", "account_id": f"g{party}", "system": system,
         "stream": "parties", "record_id": str(party), "decided_by": "model"}
        for system in ("books", "shop")
        for party in range(PARTIES)
    )  # fmt: skip
    streams = Streams(documents, PARTY.empty())
    links = linked_documents([handoff], streams, walk, time_zone="UTC").links
    [carried] = carried_documents([handoff], streams, walk, links, as_of=AS_OF, time_zone="UTC")
    table = judgement(carried, streams.both(handoff), links, as_of=AS_OF, labels={"shop": "Shop", "books": "Books"})
    believed, measures = believed_findings(carried, table, as_of=AS_OF)
    nothing = {"compared": COMPARED_FIELD.empty(), "coverage": COVERAGE.empty()}
    figures = reconcile_figures([handoff], believed, measures, **nothing, as_of=AS_OF)
    return (
        {row["aspect"]: row for row in table.to_pylist()},
        {row["measure"]: row for row in measures.to_pylist()},
        set(figures["figure_id"].to_pylist()),
    )


def _each(side: int, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Spoil:
    def spoiled(left: Rows, right: Rows) -> tuple[Rows, Rows]:
        sides = [left, right]
        sides[side] = [{**row, **new} for row in sides[side] if (new := change(row)) is not None]
        return sides[0], sides[1]

    return spoiled


def _times(factor: float) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda row: {"amount_minor": round(row["amount_minor"] * factor)}


def _turned(day: date) -> date:
    return day.replace(day=day.month, month=day.day) if day.day <= 12 else day


def _permuted(row: dict[str, Any]) -> dict[str, Any]:
    return {"number": str(48_000 + (int(row["number"]) * 13) % 2_100), "record_id": f"{row['record_id']}9"}


SPOILS: dict[str, tuple[Spoil, str, set[str]]] = {
    "VAT in one list only": (_each(1, _times(1.19)), "factor", {"error", "loss"}),
    "VAT of another country": (_each(0, _times(1.077)), "factor", {"error", "loss"}),
    "another currency without a word": (_each(1, _times(0.9137)), "factor", {"error", "loss"}),
    "a unit of ten": (_each(0, _times(10)), "factor", {"error", "loss"}),
    "cents for units": (_each(1, _times(100)), "factor", {"error", "loss"}),
    "another currency by name": (_each(1, lambda _: {"currency": "EUR"}), "currency", {"error", "loss"}),
    "no dates in the target": (_each(1, lambda _: {"issued_on": None}), "dates", {"lag", "missing"}),
    "no dates in the source": (_each(0, lambda _: {"created_at": None}), "dates", {"volume", "lag", "missing"}),
    "day and month swapped": (_each(1, lambda row: {"issued_on": _turned(row["issued_on"])}), "dates", {"lag", "missing"}),
    "half the dates unreadable": (
        _each(1, lambda row: {"issued_on": row["issued_on"] if row["issued_on"].day <= 12 else None}), "dates", {"lag"},
    ),
    "no amounts": (_each(1, lambda _: {"amount_minor": None}), "amounts", {"error", "loss"}),
    "amounts of what is still open": (
        _each(1, lambda _: {"amount_minor": 0}), "amounts", {"error", "loss"},
    ),
    "a column of quantities as amounts": (
        _each(1, lambda row: {"amount_minor": 100 * (1 + int(row["record_id"][1:]) % 9)}), "amounts", {"error", "loss"},
    ),
    "another column as party": (
        _each(1, lambda _: {"party_name": "Ann", "party_ref": "Ann"}), "references", {"error"},
    ),
    "no party": (_each(1, lambda _: {"party_name": None, "party_ref": None}), "references", set()),
    "numbers given anew": (_each(0, _permuted), "references", set()),
    "the first half of the target": (
        _each(1, lambda row: {} if row["issued_on"] < date(2026, 4, 1) else None), "period", set(),
    ),
    "the second half of the target": (
        _each(1, lambda row: {} if row["issued_on"] >= date(2026, 4, 1) else None), "period", set(),
    ),
    "one month of the target": (
        _each(1, lambda row: {} if (row["issued_on"].year, row["issued_on"].month) == (2026, 5) else None), "period", set(),
    ),
    "two months left out": (
        _each(1, lambda row: None if date(2026, 3, 1) <= row["issued_on"] < date(2026, 5, 1) else {}), "period", set(),
    ),
    "another year": (
        _each(1, lambda row: {"issued_on": row["issued_on"].replace(year=2020, day=1)}), "period", {"missing", "lag"},
    ),
    "the target twice": (
        lambda left, right: (left, [*right, *({**row, "number": f"{row['number']}b"} for row in right)]),
        "filter", {"volume", "missing", "lag", "error", "loss"},
    ),
    "no target": (lambda left, _: (left, []), "filter", {"missing", "lag", "error", "loss"}),
    "no source": (lambda _, right: ([], right), "filter", {"volume", "missing", "lag", "error", "loss"}),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_sound_input_is_held_back_in_nothing(seed: int) -> None:
    """Some missing invoices and some mistyped ones are findings, no reason for doubt."""
    for handoff in (BILLED, WON):
        judged, measures, _ = _judged(handoff, *_documents(seed, handoff.entity_l, missing=0.02 + 0.03 * seed))

        assert {row["aspect"]: row["reason"] for row in judged.values() if row["verdict"] != "sound"} == {}
        assert measures["missing_share"]["n"] > 250
        assert abs(measures["missing_share"]["value"] - (0.02 + 0.03 * seed)) < 0.06


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", SPOILS)
def test_spoiled_input_is_named_and_alarms_nobody(kind: str, seed: int) -> None:
    """The right aspect fails with a reason and a to-do; what rests on it is no measure and no figure."""
    spoil, aspect, held = SPOILS[kind]

    judged, measures, figures = _judged(BILLED, *spoil(*_documents(seed)))

    verdict = judged[aspect]
    assert verdict["verdict"] in {"partly", "failed"}, verdict["reason"]
    assert verdict["reason"].endswith(".")
    assert any(letter.isdigit() for letter in verdict["reason"]) or kind in {"no source", "no party"}
    assert verdict["to_do"]
    untold = {name for row in judged.values() for name in row["held_back"]}
    assert held <= untold
    names = {"missing": "missing_share", "error": "error_share", "lag": "lag_median", "volume": "volume_per_month"}
    for name, measure in names.items():
        assert (name in untold) == (measure not in measures)
    if "missing" in untold:
        assert not [one for one in figures if "missing" in one or "extra" in one or "waiting" in one]
    for measure, most in (("missing_share", 0.16), ("error_share", 0.12)):
        row = measures.get(measure)
        assert row is None or row["value"] is None or row["value"] <= most, (measure, row)


@pytest.mark.heavy
@pytest.mark.parametrize("is_spoiled", [False, True])
def test_of_many_documents_new_numbers_are_told_as_of_few(*, is_spoiled: bool) -> None:
    """Of twenty thousand documents a part of the list says that numbers fit; that they do not is said by all of it."""
    left, right = _documents(3, missing=0.01, count=21_000)
    if is_spoiled:
        left = [{**row, "number": str(400_000 + int(row["number"]) * 11 % 147_001)} for row in left]
        left = [{**row, "record_id": f"{row['record_id']}9"} for row in left]

    judged, _, _ = _judged(BILLED, left, right)

    assert len(right) > 20_000
    assert ("quote a number that looks like one of" in judged["references"]["reason"]) == is_spoiled


def test_only_the_months_of_both_lists_are_judged() -> None:
    """Half a year of invoices: the share is that of the shared months, and what lies outside is not called missing."""
    left, right = _documents(3, missing=0.1)
    half = [row for row in right if row["issued_on"] < date(2026, 4, 1)]

    whole, shared = (_judged(BILLED, left, rows)[1]["missing_share"] for rows in (right, half))

    assert abs(shared["value"] - whole["value"]) < 0.08
    assert 100 < shared["n"] < 180


def test_deals_of_unknown_outcome_are_not_measured() -> None:
    """Stages that nobody understood: it is not known which deals were won, so nothing is told, and the stages are named."""
    left, right = _documents(4, "deal")
    unknown = [{**row, "is_won": None, "status": f"Stage {at % 3}"} for at, row in enumerate(left)]

    judged, measures, figures = _judged(WON, unknown, right)

    assert judged["filter"]["verdict"] == "failed"
    assert "“Stage 0”" in judged["filter"]["to_do"]
    assert (measures, figures) == ({}, set())


def test_what_lacks_a_column_is_no_missing_item() -> None:
    """All orders without a party lack their invoice and hardly any other does: the comparison is why, and says so."""
    left, right = _documents(5)
    lacking = {row["number"] for row in left[::4]}
    rest = [row for row in right if row["reference"] not in lacking]
    kept = [{**row, "party_name": None, "party_ref": None} if row["number"] in lacking else row for row in left]
    pairs = {(row["party_ref"], row["amount_minor"]) for row in left[::4]}
    rest = [row for row in rest if (row["party_ref"], row["amount_minor"]) not in pairs]

    judged, measures, _ = _judged(BILLED, kept, rest)

    assert "without a customer or supplier" in judged["missing"]["reason"]
    assert "missing_share" not in measures


def test_everything_missing_is_no_finding() -> None:
    """300 of 300 without a counterpart, though there are as many invoices: the lists do not fit, and no share is told."""
    left, _ = _documents(6)
    _, others = _documents(99)
    foreign = [{**row, "party_ref": str((int(row["party_ref"]) * 7 + 3) % PARTIES), "reference": None} for row in others]

    judged, measures, _ = _judged(BILLED, left, foreign)

    assert judged["missing"]["verdict"] == "failed"
    assert "missing_share" not in measures


def test_one_invoice_that_quotes_its_order_is_compared() -> None:
    """A list of which one document was found, by its number, is judged like any other."""
    left, right = _documents(8)
    quoting = next(row for row in right if row["reference"])

    judged, _, _ = _judged(BILLED, left, [quoting])

    assert judged["missing"]["verdict"] == "failed"


def test_amounts_are_compared_of_every_pair_that_a_number_joins() -> None:
    """Invoices that came long after their orders, each quoting its number, are in another currency: it is noticed."""
    left, right = _documents(9, missing=0.0)
    late = [
        {
            **row, "reference": str(48_000 + 7 * int(row["record_id"][1:])), "amount_minor": row["amount_minor"] * 3,
            "issued_on": row["issued_on"] + timedelta(days=95),
        }
        for row in right
    ]  # fmt: skip

    judged, _, _ = _judged(BILLED, left, late)

    assert judged["factor"]["verdict"] == "failed"


def test_tax_that_a_document_states_is_no_factor() -> None:
    """An invoice of 1.19 times the deal with its tax beside it is right: nothing is held back."""
    left, right = _documents(7, "deal")
    taxed = [
        {**row, "amount_minor": row["amount_minor"] + (tax := round(row["amount_minor"] * 0.19)), "tax_minor": tax}
        for row in right
    ]

    judged, _, _ = _judged(WON, left, taxed)

    assert judged["factor"]["verdict"] == "sound"


def test_a_list_that_keeps_no_amounts_is_said_to_carry_none() -> None:
    """A ticket has no price: that is no amount left out, and "0 of 300 state an amount" would read as a gap."""
    tickets = Handoff("helped", "Service calls invoiced", "shop", "orders", "ticket", "books", "invoices", "invoice")
    left, right = _documents(10)

    judged, _, _ = _judged(tickets, [{**row, "amount_minor": None} for row in left], right)

    said = f"{len(right)} of {len(right)} invoices in Books state an amount; the tickets in Shop carry none."
    assert (judged["amounts"]["verdict"], judged["amounts"]["reason"]) == ("sound", said)


@pytest.mark.parametrize(
    ("rows", "why"),
    [([{"status": "waiting"}], "none is old enough, or dated"), ([], "none is called a customer or supplier")],
)
def test_a_list_of_which_nothing_is_due_has_no_share(rows: Rows, why: str) -> None:
    """Nothing found and nothing missing is no "0 of 0": it is said that nobody could be looked for, and why."""
    key = {"handoff_id": "known", "key_l": "crm/companies/1", "is_error": False}
    found = COUNTERPART.from_rows({**key, **row} for row in rows)
    one = {"record_key": key["key_l"], "system": "crm", "stream": "companies", "record_id": "1", "entity": "party"}
    party = PARTY.from_rows([{**one, "state": "active", "kind": "company"}])

    *_, verdict = judged_parties(found, (party, party), ("Crm", "Books"))

    assert verdict.verdict == "failed"
    assert verdict.reason == f"Of none of the records in Crm can it be said whether Books has them: {why}."

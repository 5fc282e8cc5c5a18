"""The circle with Tryton 8.2, an ERP: parties with their addresses and e-mail, and the lines that wait for an invoice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.fault_server import Asked
from tests.servers.between import Between, standing_between
from tests.servers.circle import (
    NAMES,
    TWICE,
    answered,
    as_pulled,
    described_on_page,
    killed_after,
    lacking,
    planned,
    rehearsed,
    sent,
    taken_back,
    with_crm,
    written_otherwise,
)
from tests.servers.dumps import Difference, differences, dump
from tests.servers.systems import Tryton

pytestmark = pytest.mark.servers

ITS_OWN = ("write_date", "write_uid")
"""What Tryton writes itself into a record that is changed."""
HISTORY = ("ir_model_log", "sqlite_sequence", "ir_session", "ir_cache", "res_user_login_attempt")
"""What Tryton keeps of every change and every sign-in."""

Client = tuple[int, list[int]]
"""The id of a party, and those of its lines that wait for an invoice."""


@pytest.fixture
def clients(tryton: Tryton, monkeypatch: pytest.MonkeyPatch) -> list[Client]:
    """Return parties, some of them twice, each with an address, an e-mail and two lines that wait for an invoice."""
    monkeypatch.setenv("TRYTON_SESSION", tryton.session)
    said = [
        {
            "name": name,
            "code": f"X{number}",
            "addresses": [["create", [{"city": f"Town {number}"}]]],
            "contact_mechanisms": [["create", [{"type": "email", "value": f"office@client{number}.example"}]]],
        }
        for number, name in enumerate(written_otherwise())
    ]
    parties = tryton.call("model.party.party.create", said)
    [like] = tryton.call("model.account.invoice.line.search_read", [], 0, 1, None, ["account", "company", "currency"])
    fixed = {name: like[name] for name in ("account", "company", "currency")} | {"type": "line", "invoice_type": "out"}
    price = {"__class__": "Decimal", "decimal": "10.25"}
    lines = [{**fixed, "party": party, "quantity": 2, "unit_price": price} for party in parties for _ in range(2)]
    made = tryton.call("model.account.invoice.line.create", lines)
    return [(party, made[2 * number : 2 * number + 2]) for number, party in enumerate(parties)]


def held(tryton: Tryton) -> dict[Any, dict[str, Any]]:
    return dump(tryton.database, without=HISTORY)


def merged(clients: list[Client]) -> Difference:
    """Return what a merge of the clients that stand there twice changes, and nothing else."""
    found: Difference = {}
    for (stays, _), (goes, lines) in zip(clients[:TWICE], clients[len(NAMES) :], strict=True):
        found["party_party", goes] = {"active": (1, 0)}
        found |= {("account_invoice_line", line): {"party": (goes, stays)} for line in lines}
    return found


def test_a_cleanup_that_is_killed_goes_on_and_is_taken_back_to_equality(
    tryton: Tryton, clients: list[Client], tmp_path: Path
) -> None:
    """Record by record in the ERP's own database: what was planned and nothing else; no address and no e-mail is touched."""
    before = held(tryton)
    with standing_between(tryton.url) as between:
        folder = described_on_page(tmp_path / "client", "Tryton", between.url)
        plan = planned(folder, "cleanup", "erp")
        rehearsed(folder, plan, between)
        assert differences(before, held(tryton), without=()) == {}

        killed_after(folder, plan, between, 4)
        ended = sent(folder, plan)

        assert ended["counts"] == {"confirmed": len(plan.operations)}
        assert len(between.changes) == len(plan.operations) == 3 * TWICE
        assert differences(before, held(tryton), without=ITS_OWN) == merged(clients)
        assert lacking(plan, as_pulled(folder)) == []

        assert taken_back(folder, plan)["counts"] == {"confirmed": len(plan.operations)}
        assert differences(before, held(tryton), without=ITS_OWN) == {}


def test_an_edit_between_our_look_and_our_change_is_refused_by_the_erp_itself(
    tryton: Tryton, clients: list[Client], tmp_path: Path
) -> None:
    """It names the version that it means: Tryton answers 200 and an error, and the edit of somebody else stays."""
    (stays, _), (goes, [first, edited]) = clients[2], clients[len(NAMES) + 2]
    touched = clients[len(NAMES) + 3][0]
    with standing_between(tryton.url) as between:
        folder = described_on_page(tmp_path / "client", "Tryton", between.url)
        plan = planned(folder, "cleanup", "erp")
        # Within a second of the look at it, and not in a field that the plan changes: by its stamp it is seen.
        tryton.call("model.party.party.write", [touched], {"name": f"{NAMES[3]} (new owner)"})
        before = held(tryton)
        between.before = in_between(
            between, edited, lambda: tryton.call("model.account.invoice.line.write", [edited], {"description": "Theirs"})
        )

        ended = sent(folder, plan)

        changed = differences(before, held(tryton), without=ITS_OWN)
        assert changed["account_invoice_line", edited] == {"description": (None, "Theirs")}
        assert changed["account_invoice_line", first] == {"party": (goes, stays)}
        assert ("party_party", goes) not in changed
        assert ("party_party", touched) not in changed
        assert ended["counts"] == {"confirmed": len(plan.operations) - 3, "conflict": 2, "held_back": 1}
        assert "another one by now" in call("journal", plan.plan_id, folder).out


def in_between(between: Between, number: int, act: Callable[[], Any]) -> Callable[[Asked], None]:
    """Return what acts right before the change of one record reaches the server."""

    def before(asked: Asked) -> None:
        if asked.json["params"][0] == [number]:
            between.before = lambda _asked: None
            act()

    return before


def test_what_the_erp_refuses_stops_the_job_until_it_was_done_by_hand(
    tryton: Tryton, clients: list[Client], tmp_path: Path
) -> None:
    """A draft invoice goes to another party only with an address of that party: Tryton says so in an answer of success."""
    stays, goes = clients[0][0], clients[len(NAMES)][0]
    [invoice, *_] = tryton.call("model.account.invoice.search_read", [], 0, 1, None, ["party"])
    addresses = tryton.call("model.party.address.search_read", [["party", "in", [stays, goes]]], 0, None, None, ["party"])
    address = {one["party"]: one["id"] for one in addresses}
    tryton.call("model.account.invoice.write", [invoice["id"]], {"party": goes, "invoice_address": address[goes]})
    with standing_between(tryton.url) as between:
        folder = described_on_page(tmp_path / "client", "Tryton", between.url)
        plan = planned(folder, "cleanup", "erp")
        before = held(tryton)

        ended = sent(folder, plan)

        assert ended["counts"] == {"planned": len(plan.operations) - 1, "rejected": 1}
        assert "Invoice Address" in ended["stopped"]
        assert differences(before, held(tryton), without=()) == {}

        by_hand = {"party": stays, "invoice_address": address[stays]}
        tryton.call("model.account.invoice.write", [invoice["id"]], by_hand)
        again = answered(call("replay", plan.plan_id, folder, "--json"))

        assert again["counts"] == {"confirmed": len(plan.operations) - 1, "noop_already": 1}
        changed = differences(before, held(tryton), without=ITS_OWN)
        assert {record: changed[record] for record in merged(clients)} == merged(clients)


def test_who_is_missing_is_entered_once_though_the_job_is_killed(
    tryton: Tryton, tmp_path: Path, clients: list[Client]
) -> None:
    """Found again by our mark, which is the party's code; what takes it back archives the new ones and touches no other."""
    new = ("Maple Fitness", "Norwood Autos", "Orchard Press")
    before = held(tryton)
    company = "entity: party, kind: company, roles: [customer], file: [customers.csv], key: [Id], fields: {name: Name}"
    with standing_between(tryton.url) as between:
        folder = described_on_page(tmp_path / "client", "Tryton", between.url)
        with_crm(folder, company, ["Id,Name", *(f"{number},{name}" for number, name in enumerate(new, 1))], "erp.parties")
        plan = planned(folder, "sync", "erp")
        killed_after(folder, plan, between, 2)

        assert sent(folder, plan)["counts"] == {"confirmed": len(new)}
        assert len(between.changes) == len(new)
        made = {record: row for record, row in held(tryton).items() if record not in before}
        parties = {number: row for (table, number), row in made.items() if table == "party_party"}
        assert sorted(row["name"] for row in parties.values()) == sorted(new)
        assert {row["code"] for row in parties.values()} == {plan.idempotency_key(one.op_id) for one in plan.operations}

        assert taken_back(folder, plan)["counts"] == {"confirmed": len(new)}
        after = held(tryton)
        assert {number: after["party_party", number]["active"] for number in parties} == dict.fromkeys(parties, 0)
        assert differences(before, {record: after[record] for record in before}, without=ITS_OWN) == {}
        assert clients

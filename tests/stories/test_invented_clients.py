"""Three invented clients whose truth is known, audited: the small version of ``python -m benchmarks.clients``."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from benchmarks.clients import judged
from benchmarks.clients.alarms import outcome
from benchmarks.clients.audited import Audited, audited
from benchmarks.clients.client import Client, client
from benchmarks.clients.spoiling import spoilt

# In one worker: the clients are made and audited once for all of them.
pytestmark = pytest.mark.xdist_group("invented")

SEED = 7
NUMBERS = (6, 9, 10)
"""A German shop with QuickBooks and a bank; Pipedrive, jobs and Xero in Canada; HubSpot, Stripe and Chase in France."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A client and what the audit says of it."""

    client: Client
    found: Audited


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """Return the three clients, audited."""
    return [_audited(client(SEED, number), tmp_path_factory) for number in NUMBERS]


def _audited(one: Client, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return Seen(one, audited(one, tmp_path_factory.mktemp("client")))


def test_everything_that_was_sent_is_read(seen: list[Seen]) -> None:
    """No file and no handoff is left out, and the audit says that it is complete."""
    assert [one.found.missing for one in seen] == [(), (), ()]
    assert {row["status"] for one in seen for row in one.found.tables["intake"]} == {"read"}


def test_items_per_month_are_exact(seen: list[Seen]) -> None:
    """The median of the last six full months, by the client's calendar: cancelled orders and lost deals are no items."""
    volumes = [volume for one in seen for volume in judged.volumes(one.client, one.found)]

    assert len(volumes) == sum(len(one.client.handoffs) for one in seen)
    assert [one for one in volumes if one.shown != one.true] == []


def test_what_the_client_was_drawn_from_lies_in_the_stated_ranges(seen: list[Seen]) -> None:
    """Rates, waits and money; with so few ranges chance may miss some, the 200 clients of the benchmark say how many."""
    ranges = [one for client_seen in seen for one in judged.intervals(client_seen.client, client_seen.found)]
    counted = [one.is_inside for one in ranges if one.kind in {*judged.SHARES, *judged.WAITS}]
    money = [one.is_inside for one in ranges if one.kind in judged.MONEY]

    assert len(counted) > 30
    assert sum(counted) / len(counted) > 0.85
    assert len(money) > 10
    assert sum(money) / len(money) > 0.6


def test_nothing_is_held_back_where_nothing_is_spoiled(seen: list[Seen]) -> None:
    """Every comparison of a clean client is believed."""
    assert [one for client_seen in seen for one in judged.held_back(client_seen.client, client_seen.found)] == []


def test_what_the_checks_find_was_planted(seen: list[Seen]) -> None:
    """Nine findings in ten are explained by a flaw of that very record."""
    findings = [one for client_seen in seen for one in judged.findings(client_seen.client, client_seen.found)]

    assert len(findings) > 20
    assert sum(one.is_true for one in findings) / len(findings) >= 0.9


@pytest.mark.parametrize("kind", ["tax unmapped", "wrong currency", "only one month"])
def test_one_spoiled_input_alarms_nobody(kind: str, tmp_path: Path) -> None:
    """No false figure is shown, the reason is named, and what the input does not touch is believed."""
    spoiled = spoilt(client(SEED, NUMBERS[2]), kind, np.random.default_rng(1))
    assert spoiled is not None

    found = outcome(spoiled, tmp_path)

    assert found.alarms == ()
    assert found.is_held
    assert found.is_named, found.said
    assert found.others > 0
    assert found.others_held == 0

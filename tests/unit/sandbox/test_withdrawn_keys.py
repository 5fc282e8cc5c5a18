"""A key that is taken back in the middle of a pull: what is said, and how it goes on."""

from pathlib import Path

from tests.contract.test_stand_ins import exports_of
from tests.fault_server import VirtualClock
from tests.sandbox_systems import machine, people
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import pull_asked
from toolkit.sandbox.excerpt import engagement_excerpt
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.running import Running, running
from toolkit.settings import lent_secrets


def status(one: Machine, key: str) -> int:
    return one.answer(Asked("GET", "/v3/people", {}, {"authorization": f"Bearer {key}"})).status


def test_a_key_is_withdrawn_once() -> None:
    """The one that was made in its place stays good."""
    one = machine(people(9))
    told: list[str] = []
    one.key_lasts, one.withdrawn = 3, lambda: told.append(one.invented.token)
    old = one.invented.token

    assert [status(one, old) for _ in range(6)] == [200, 200, 200, 401, 401, 401]
    assert [status(one, told[0]) for _ in range(9)] == [200] * 9
    assert len(told) == 1
    assert told[0] != old


def test_a_pull_goes_on_with_the_new_key(tmp_path: Path) -> None:
    """The first one says who refuses what, and where that is kept; with the new key there, the next one is whole."""
    told: list[Running] = []
    clock, home = VirtualClock(), tmp_path / "live"
    home.mkdir()
    with (
        exports_of("hubspot", tmp_path) as system,
        running([system], is_unattended=True, now=clock.monotonic_s, withdrawn=told.append) as [one],
    ):
        (home / "engagement.yaml").write_text(engagement_excerpt([one], "Harbor", "USD"), encoding="utf-8")
        engagement = open_engagement(home)
        try:
            with lent_secrets(one.secrets):
                first = pull_asked(engagement, asking=Asking(clock=clock))
            with lent_secrets(told[0].secrets):
                second = pull_asked(engagement, asking=Asking(clock=clock))
        finally:
            engagement.close()

    assert first.sign_in_again
    assert all("it is kept in env:SANDBOX_SYS_TOKEN" in sentence for sentence in first.missing)
    assert first.missing
    assert second.missing == ()
    assert len(told) == 1

"""What a pull that was stopped did not get to is said until it came: half a system is never counted as the whole one."""

import json
import time
from pathlib import Path

import pytest

from tests.command_line import call
from tests.fault_server import Asked, FaultServer, Given, ListSystem, people, served
from toolkit.audit.engagement import UNFINISHED, open_engagement
from toolkit.audit.pull.all_systems import pull_systems
from toolkit.audit.pull.unfinished import unfinished_sentences

SETTINGS = """\
client: Harbor
currency: USD
country: US
systems:
  crm:
    connector: rest
    category: crm
    api: {{url: "{url}"}}
    sign_in: {{way: bearer, token: env:CRM_TOKEN}}
    streams:
      people:
        entity: party
        key: [id]
        read: {{path: /people, records: results}}
        fields: {{name: name, email: contact.email}}
      deals:
        entity: deal
        key: [id]
        read: {{path: /deals, records: results}}
        fields: {{name: title, amount_minor: amount}}
  shop:
    connector: rest
    category: shop
    api: {{url: "{url}"}}
    sign_in: {{way: bearer, token: env:CRM_TOKEN}}
    streams:
      buyers:
        entity: party
        key: [id]
        read: {{path: /people, records: results}}
        fields: {{name: name}}
"""

STOPPED = "The last pull of crm was stopped before deals came. Start it again, it goes on where it was: integration-audit"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", "CANARY-token-4711")


def _system(asked: Asked) -> Given:
    if asked.path == "/deals":
        return Given({"results": [{"id": "1", "title": "Roof", "amount": "12.50"}]})
    return ListSystem(people(3))(asked)


def _stopped_pull(folder: Path, server: FaultServer, systems: tuple[str, ...] = ()) -> None:
    """Pull until the deals are next, as somebody does who then presses Ctrl-C."""
    (folder / "engagement.yaml").write_text(SETTINGS.format(url=server.url))
    engagement = open_engagement(folder)

    def stop(what: str, _done: int, _of: int | None) -> None:
        if what != "Pulling crm/deals":
            return
        until = time.monotonic() + 20
        while json.loads((folder / UNFINISHED).read_text("utf-8"))["lists"] != [["crm", "deals"]]:
            assert time.monotonic() < until
            time.sleep(0.01)
        raise KeyboardInterrupt

    try:
        with pytest.raises(KeyboardInterrupt):
            pull_systems(engagement, systems, progress=stop)
    finally:
        engagement.close()


def test_an_audit_of_a_stopped_pull_says_what_did_not_come(tmp_path: Path) -> None:
    """With code 4, in the audit and wherever its state is asked for; the next pull brings it, and nothing is said."""
    with served(_system) as server:
        _stopped_pull(tmp_path, server)
        audited, status = call("audit", tmp_path, "--no-questions"), call("status", tmp_path)

        assert audited.code == 4
        for said in (audited.out, status.out):
            assert STOPPED in said
        assert f"Next: integration-audit pull {tmp_path}" in status.out

        assert call("pull", tmp_path).code == 0
        assert call("audit", tmp_path, "--no-questions").code == 0
        assert STOPPED not in call("status", tmp_path).out


def test_a_system_that_was_never_asked_is_missing(tmp_path: Path) -> None:
    """The settings name it, and nothing of it counts: the pull of another one does not hide that."""
    with served(_system) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url))
        pulled = call("pull", tmp_path, "crm")

        assert pulled.code == 0
        assert f"System shop was not pulled yet: integration-audit pull {tmp_path}" in pulled.out
        assert call("audit", tmp_path, "--no-questions").code == 4


def test_a_system_that_is_asked_from_now_on_counts_by_its_files_and_says_so(tmp_path: Path) -> None:
    """Its export of last month is not shown as what the interface holds."""
    with served(_system) as server:
        (tmp_path / "exports" / "shop").mkdir(parents=True)
        (tmp_path / "exports" / "shop" / "buyers.csv").write_text("id,name\n1,Ann Bolt\n2,Bo Carr\n")
        streams = "{buyers: {entity: party, key: [id], file: buyers.csv, fields: {name: name}}}"
        files = f"client: Harbor\ncurrency: USD\nsystems:\n  shop: {{connector: table, streams: {streams}}}\n"
        (tmp_path / "engagement.yaml").write_text(files)
        assert call("audit", tmp_path, "--no-questions").code == 0

        asked = SETTINGS.format(url=server.url)
        (tmp_path / "engagement.yaml").write_text(asked[: asked.index("  crm:")] + asked[asked.index("  shop:") :])
        engagement = open_engagement(tmp_path)
        [said] = unfinished_sentences(engagement)
        engagement.close()

    assert said.startswith("System shop was not pulled yet; what its files held is used: integration-audit pull ")


def test_a_name_that_is_no_system_is_held_against_those_of_the_settings(tmp_path: Path) -> None:
    """Systems that are asked are known, too, though no file is theirs."""
    (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url="http://127.0.0.1:1"))

    assert "Did you mean 'shop'?" in call("pull", tmp_path, "shpo").err


def test_a_folder_that_is_no_engagement_stays_as_it_is(tmp_path: Path) -> None:
    """The sandbox reads snapshots and writes nothing, whatever folder it is pointed at."""
    (tmp_path / "notes.txt").write_text("mine")

    refused = call("sandbox", tmp_path)

    assert refused.code == 3
    assert "holds no snapshot of a system that has a stand-in" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_one_reason_for_a_whole_system_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads eleven lines that say the same: neither in the pull nor in the state."""
    monkeypatch.delenv("CRM_TOKEN")
    more = "".join(
        f"      list_{n}: {{entity: party, key: [id], read: {{path: /p{n}, records: results}}, fields: {{name: name}}}}\n"
        for n in range(3)
    )
    (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url="http://127.0.0.1:1") + more)

    pulled, status = call("pull", tmp_path, "shop"), call("status", tmp_path)

    said = "shop was not pulled (buyers, list_0, list_1, list_2). The token of shop is kept in the environment"
    assert pulled.code == 7
    for text in (pulled.out, status.out):
        assert text.count(said) == 1
        assert "shop/list_1" not in text

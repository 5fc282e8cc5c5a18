"""Where the state of an engagement is, and what is said before any server is asked."""

from pathlib import Path

import pytest

from tests.command_line import call
from tests.servers.running import free_port
from toolkit.audit.shared_state import shared_place
from toolkit.store.shared.place import MARKER
from toolkit.store.store import Store

LINE = "state: {{url: {url}, engagement: 5b0c7d3e9a41f286}}\n"
CANARY = "CANARY-51"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return the folder of a new engagement."""
    folder = tmp_path / "client"
    assert call("new", folder, "--client", "Harbor", "--currency", "USD", "--country", "US").code == 0
    return folder


def named(folder: Path, url: str = "env:TEAM_STATE") -> None:
    """Let the settings name a server, in a folder that has no state of its own."""
    file = folder / "engagement.yaml"
    file.write_text(file.read_text() + LINE.format(url=url))
    for path in folder.glob("state.*"):
        path.unlink()


def test_without_a_word_of_it_the_state_is_in_the_folder(client: Path) -> None:
    """Also where the settings speak of states of records."""
    assert shared_place(client) is None
    file = client / "engagement.yaml"
    file.write_text(file.read_text() + "# state: of no matter\n")
    assert shared_place(client) is None
    assert call("status", client).code == 0
    assert (client / "state.sqlite").exists()
    assert "State of this engagement" not in call("doctor").out


def test_the_address_comes_from_the_environment(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, or the password alone; what may be shown holds neither."""
    named(client)
    monkeypatch.setenv("TEAM_STATE", f"postgresql://team:{CANARY}@db.example:5432/engagements")
    place = shared_place(client)
    assert place is not None
    assert (place.url.password, place.shown) == (CANARY, "postgresql://db.example:5432/engagements")
    assert (place.reference, place.engagement_id) == ("env:TEAM_STATE", "5b0c7d3e9a41f286")
    assert CANARY not in repr(place)

    file = client / "engagement.yaml"
    plain = "state: {url: 'postgresql://team@db.example/x', password: 'env:TEAM_PASSWORD', engagement: 5b0c7d3e9a41f286}\n"
    file.write_text(file.read_text().partition("state:")[0] + plain)
    monkeypatch.setenv("TEAM_PASSWORD", CANARY)
    place = shared_place(client)
    assert place is not None
    assert (place.url.username, place.url.password, place.reference) == ("team", CANARY, "env:TEAM_PASSWORD")


def test_no_state_of_its_own_is_begun_when_the_server_is_away(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence and a code; the folder is as it was."""
    named(client)
    assert call("status", client).code == 7
    monkeypatch.setenv("TEAM_STATE", f"postgresql://team:{CANARY}@127.0.0.1:{free_port()}/engagements")
    for command in ("status", "pull", "audit"):
        told = call(command, client)
        assert (told.code, len(told.err.splitlines())) == (4, 1)
        assert "does not answer" in told.err
        assert CANARY not in told.err
    monkeypatch.chdir(client)
    checked = call("doctor")
    assert (checked.code, "not reached" in checked.out, CANARY in checked.out) == (3, True, False)
    assert not [*client.glob("state.*")]


def test_a_server_that_is_away_takes_nothing(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state stays in its folder, and so it is said."""
    monkeypatch.setenv("TEAM_STATE", f"postgresql://team:{CANARY}@127.0.0.1:{free_port()}/engagements")

    told = call("engagement", "share", client, "--url", "env:TEAM_STATE")

    assert (told.code, CANARY in told.err) == (4, False)
    assert "Nothing was moved to postgresql://127.0.0.1" in told.err
    assert "still in its folder" in told.err
    assert "goes on where it was" not in told.err
    assert (client / "state.sqlite").exists()
    assert call("status", client).code == 0


def test_settings_that_cannot_be_read_begin_no_state_beside(client: Path) -> None:
    """A line that names a server counts, although another one is wrong."""
    named(client)
    file = client / "engagement.yaml"
    file.write_text(file.read_text() + "nonsense: 1\n")

    told = call("status", client)

    assert (told.code, "nonsense" in told.err) == (3, True)
    assert not [*client.glob("state.*")]


@pytest.mark.parametrize(
    "line",
    [
        f"{{url: 'postgresql://team:{CANARY}@db.example/x', engagement: 5b0c7d3e9a41f286}}",
        f"{{url: 'env:X', password: {CANARY}, engagement: 5b0c7d3e9a41f286}}",
        "{url: 'env:X', engagement: all}",
        "{url: 'env:X'}",
    ],
)
def test_a_secret_or_a_wrong_engagement_is_refused_in_the_settings(client: Path, line: str) -> None:
    """And not repeated."""
    file = client / "engagement.yaml"
    file.write_text(f"{file.read_text()}state: {line}\n")

    told = call("status", client)

    assert (told.code, "state" in told.err, CANARY in told.err) == (3, True, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("share",), "Say where the state shall be: --url env:NAME"),
        (("share", "--url", f"postgresql://team:{CANARY}@db.example/x"), "must not stand in a file"),
        (("share", "--url", "nonsense"), "What --url says is no address of a database"),
        (("share", "--url", "env:X", "--password", CANARY), "must not stand in a file"),
        (("share", "--url", "env:NOT_SET_ANYWHERE"), "NOT_SET_ANYWHERE, which is not set"),
        (("share", "--url", "sqlite:///state.db"), "on PostgreSQL, not on sqlite"),
        (("unshare",), "is in its folder already"),
        (("unshare", "--from-copy"), "is in its folder already"),
    ],
)
def test_what_cannot_be_moved_is_said_and_nothing_is_changed(client: Path, words: tuple[str, ...], said: str) -> None:
    """The state stays where it is."""
    before = (client / "engagement.yaml").read_bytes()

    told = call("engagement", words[0], client, *words[1:])

    assert (told.code in {3, 7}, said in told.err, CANARY in told.err) == (True, True, False), told.err
    assert (client / "engagement.yaml").read_bytes() == before
    assert (client / "state.sqlite").exists()
    assert not (client / MARKER).exists()
    assert call("status", client).code == 0


def test_a_folder_without_an_engagement_is_said(tmp_path: Path) -> None:
    """There is nothing to share."""
    told = call("engagement", "share", tmp_path, "--url", "env:X")

    assert (told.code, "There is no engagement.yaml" in told.err) == (3, True)


def test_the_copy_goes_on_when_the_server_is_lost(client: Path) -> None:
    """The line goes, every other stays; what the copy held is there."""
    with Store(client) as store:
        store.add_decisions([{"key_l": "crm/c/1", "key_r": "crm/c/2", "decision": "same"}])
    before = (client / "engagement.yaml").read_text()
    copy = (client / "state.copy.jsonl").read_bytes()
    named(client)
    assert "There is no state.copy.jsonl" in call("engagement", "unshare", client, "--from-copy").err
    (client / "state.copy.jsonl").write_bytes(copy)

    assert call("engagement", "unshare", client, "--from-copy").code == 0

    assert (client / "engagement.yaml").read_text() == before
    assert '"decisions": 1' in call("status", client, "--json").out


def test_where_the_state_is_changes_no_figure_and_cannot_be_tried(client: Path) -> None:
    """It is no setting of an audit."""
    told = call("estimate", client, "--set", "state.url=env:OTHER")

    assert (told.code, "cannot be tried" in told.err) == (3, True)

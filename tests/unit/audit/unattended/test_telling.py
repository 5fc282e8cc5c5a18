"""Who is told, and when: once for each change of state, by each channel, and never in silence."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, FaultServer, Given, VirtualClock, served
from tests.own_authority import certified
from tests.post_office import Mailbox, post_office
from toolkit.alerts.alert import Alert, ToldStep
from toolkit.audit.unattended.overdue import overdue
from toolkit.audit.unattended.records import FOLDER, begun_record
from toolkit.audit.unattended.telling import Told, checked_channels, told_of
from toolkit.errors import InputError
from toolkit.settings.job_list import AlertSettings, JobList

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOOK = {"webhook": "env:SLACK_HOOK"}


class Channel:
    """A channel that can be out of order."""

    def __init__(self) -> None:
        self.status = 200

    def __call__(self, _asked: Asked) -> Given:
        return Given({}, self.status)


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def server(channel: Channel) -> Iterator[FaultServer]:
    with served(channel) as found:
        yield found


class Office:
    """Tells of one list, again and again."""

    def __init__(self, folder: Path, server: FaultServer, **alerts: Any) -> None:
        self.folder = folder
        self.alerts = AlertSettings(**alerts)
        self.environment = {
            "SLACK_HOOK": f"{server.url}/slack",
            "HOOK_URL": f"{server.url}/hook",
            "HOOK_SECRET": "both know",
        }

    def tells(self, state: str, code: int, *steps: tuple[str, int]) -> list[Told]:
        told = tuple(ToldStep(name, name, "", code) for name, code in steps)
        alert = Alert("nightly", state, code, NOON, "run", {}, told)
        return told_of(self.alerts, alert, self.folder, home=self.folder, environment=self.environment, clock=VirtualClock())


def test_the_same_state_is_told_once_and_each_change_again(tmp_path: Path, server: FaultServer) -> None:
    """Nobody reads the alert that comes every night."""
    office = Office(tmp_path, server, slack=HOOK)

    assert office.tells("recovered", 0) == []
    assert len(office.tells("failed", 6, ("apply", 6))) == 1
    assert office.tells("failed", 6, ("apply", 6)) == []
    assert len(office.tells("failed", 3, ("pull", 3))) == 1
    assert len(office.tells("recovered", 0)) == 1
    assert office.tells("recovered", 0) == []
    assert len(office.tells("failed", 6, ("apply", 6))) == 1

    assert [one.json["text"].splitlines()[0] for one in server.asked] == [
        "Job nightly failed (code 6: conflicts or dead letters).",
        "Job nightly failed (code 3: configuration or input).",
        "Job nightly is well again.",
        "Job nightly failed (code 6: conflicts or dead letters).",
    ]


def test_what_could_not_be_sent_is_said_and_sent_the_next_time(
    tmp_path: Path, server: FaultServer, channel: Channel
) -> None:
    """Each channel by itself: one that was told is not told twice because another was out of order."""
    office = Office(tmp_path, server, slack=HOOK, webhook={"url": "env:HOOK_URL", "secret": "env:HOOK_SECRET"})
    channel.status = 500
    first = office.tells("failed", 6, ("apply", 6))
    assert [(one.channel, one.code, "code 500" in one.why) for one in first] == [("slack", 4, True), ("webhook", 4, True)]
    channel.status = 200
    office.environment["SLACK_HOOK"] = ""
    second = office.tells("failed", 6, ("apply", 6))
    assert [(one.channel, one.code) for one in second] == [("slack", 7), ("webhook", 0)]
    office.environment["SLACK_HOOK"] = f"{server.url}/slack"

    third = office.tells("failed", 6, ("apply", 6))

    assert third == [Told("slack")]
    assert third[0].sentence() == "Told by slack."
    assert "SLACK_HOOK, which is not set" in second[0].sentence()


def test_a_state_that_nobody_wants_to_hear_of_still_ends_the_one_before(tmp_path: Path, server: FaultServer) -> None:
    """A failure after a quiet recovery is a new one."""
    office = Office(tmp_path, server, slack=HOOK, on=["failed"])

    for state, code in (("failed", 6), ("recovered", 0), ("failed", 6), ("partial", 4), ("failed", 6), ("failed", 6)):
        office.tells(state, code, ("apply", code))

    assert len(server.asked) == 3


def test_an_alert_holds_no_secret_of_its_channels(tmp_path: Path, server: FaultServer) -> None:
    """Not in what is sent, and not in what is kept of it."""
    office = Office(tmp_path, server, webhook={"url": "env:HOOK_URL", "secret": "env:HOOK_SECRET"})
    office.tells("failed", 6, ("apply", 6))

    kept = (tmp_path / FOLDER / "alerts.jsonl").read_text("utf-8")
    (asked,) = server.asked
    assert "both know" not in kept
    assert "both know" not in asked.body.decode()
    assert "/hook" not in kept


def test_what_was_told_is_said_where_it_cannot_be_kept(tmp_path: Path, server: FaultServer) -> None:
    """The alert went out all the same."""
    (tmp_path / FOLDER).write_text("a file stands where the folder belongs", "utf-8")
    office = Office(tmp_path, server, slack=HOOK)

    told = office.tells("failed", 6, ("apply", 6))

    assert [(one.channel, bool(one.why)) for one in told] == [("slack", False), ("slack", True)]
    assert "it is not remembered what was told" in told[1].why
    assert len(server.asked) == 1


def test_a_mail_says_the_same_by_references(tmp_path: Path, server: FaultServer) -> None:
    """The server's authority is a file beside the list; addresses and words stand in the environment."""
    context, _ = certified(tmp_path, "127.0.0.1")
    box = Mailbox()
    with post_office(box, context) as port:
        mail = {"host": "127.0.0.1", "port": port, "from": "env:SENDER", "to": ["env:ANN"], "user": "env:ROBOT",
                "password": "env:WORD", "ca_file": "authority.pem"}  # fmt: skip
        office = Office(tmp_path, server, email=mail)
        office.environment |= {
            "SENDER": "robot@example.com",
            "ANN": "ann@example.com",
            "ROBOT": "robot",
            "WORD": "right word",
        }
        told = office.tells("failed", 6, ("apply", 6))

    (sent,) = box.mails
    assert told == [Told("email")]
    assert sent.rcpt_tos == ["ann@example.com"]
    assert b"Subject: Job nightly failed (code 6: conflicts or dead letters)" in sent.content


def test_a_bug_of_ours_in_telling_is_said_and_counts(tmp_path: Path, server: FaultServer) -> None:
    """Whatever goes wrong there, what was to be told is still told to whoever called."""
    office = Office(tmp_path, server, slack=HOOK)
    broken = Alert("nightly", "failed", 6, None)  # type: ignore[arg-type]

    (told,) = told_of(office.alerts, broken, tmp_path, home=tmp_path, environment=office.environment)

    assert (told.code, told.why) == (1, "a bug in integration-audit (TypeError).")
    assert server.asked == []


def test_references_are_looked_up_without_anything_being_sent(server: FaultServer) -> None:
    """Before the first night, not in it."""
    mail = {"host": "post.example", "from": "env:SENDER", "to": ["env:ANN"], "user": "env:ROBOT", "password": "env:WORD"}
    hook = {"url": "env:HOOK_URL", "secret": "env:HOOK_SECRET"}
    alerts = AlertSettings(slack=HOOK, email=mail, webhook=hook)  # type: ignore[arg-type]
    known = {
        "SLACK_HOOK": f"{server.url}/x",
        "SENDER": "a@b.c",
        "ANN": "d@e.f",
        "ROBOT": "r",
        "HOOK_URL": "u",
        "HOOK_SECRET": "s",
    }

    found = checked_channels(alerts, known)

    assert [(one.channel, one.code) for one in found] == [("slack", 0), ("email", 7), ("webhook", 0)]
    assert "WORD, which is not set" in found[1].why
    assert server.asked == []


def listed(hours: float | None = 26) -> JobList:
    return JobList.model_validate({
        "name": "nightly", "overdue_after_hours": hours, "steps": [{"run": "pull"}], "alerts": {"slack": HOOK},
    })  # fmt: skip


def test_silence_is_told_once_and_its_end_too(tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a run that was killed nor one that still runs ends the silence."""
    monkeypatch.setenv("SLACK_HOOK", f"{server.url}/slack")
    now = datetime.now(UTC)

    def asked(hours: float) -> tuple[bool, int, int]:
        found = overdue(listed(), tmp_path, home=tmp_path, now=now + timedelta(hours=hours), clock=VirtualClock())
        return found.is_overdue, found.code, len(found.told)

    assert asked(0) == (False, 0, 0)
    begun_record(tmp_path, "nightly")
    assert asked(25.9) == (False, 0, 0)
    assert asked(26.1) == (True, 4, 1)
    assert asked(27) == (True, 4, 0)
    begun_record(tmp_path, "nightly").note_end(state="failed", code=3)
    assert asked(60) == (True, 4, 0)
    assert asked(25) == (False, 0, 0)

    assert [one.json["text"].splitlines()[0] for one in server.asked] == ["Job nightly is overdue."]


def test_a_list_that_says_no_time_is_never_overdue_in_silence(tmp_path: Path) -> None:
    """Whoever asks learns what to write."""
    with pytest.raises(InputError, match="overdue_after_hours: 26"):
        overdue(listed(None), tmp_path, home=tmp_path)
    with pytest.raises(InputError, match="There is no folder"):
        overdue(listed(), tmp_path / "gone", home=tmp_path)

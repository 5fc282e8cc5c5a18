"""Who is told what became of a list of jobs: once for each change, by each channel, and never in silence.

Each channel is told anew only when the state changed since it was last told. What could not be sent is tried again the next
time, is said, and counts in the exit code.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.alerts.alert import Alert
from toolkit.alerts.mail import MailServer, send_mail
from toolkit.alerts.slack import send_to_slack
from toolkit.alerts.webhook import send_to_webhook
from toolkit.audit.unattended.records import last_told, note_told
from toolkit.errors import ToolkitError
from toolkit.rest.clock import Clock
from toolkit.rest.redaction import Secret, redacted
from toolkit.rest.vault.references import referred_secret
from toolkit.settings.job_list import AlertSettings, MailSettings, SlackSettings, WebhookSettings

WELL = "well"
"""The print of a list that ended as it should."""

Send = Callable[[Alert], None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel was told: nothing went wrong where ``why`` is empty; else ``code`` is what that means for the whole."""

    channel: str
    why: str = ""
    code: int = 0

    def sentence(self) -> str:
        """Return it for a person."""
        return f"The alert could not be sent by {self.channel}: {self.why}" if self.why else f"Told by {self.channel}."


def told_of(
    alerts: AlertSettings,
    alert: Alert,
    folder: Path,
    *,
    home: Path,
    environment: Mapping[str, str],
    clock: Clock | None = None,
) -> list[Told]:
    """Tell every channel what it does not know yet; return which were told, and which could not be.

    Parameters
    ----------
    alerts
        Who is told, and of what.
    alert
        What became of the list. One that is ``recovered`` is told to whoever was told that something was wrong.
    folder
        The engagement's.
    home
        Where the list stands: files that it names begin there.
    environment
        Where references lead.
    clock
        What waits between tries.
    """
    found = []
    now = WELL if alert.state == "recovered" else _print_of(alert)
    for channel, send in _channels(alerts, home, environment, clock):
        before = last_told(folder, alert.job, channel)
        if before == now or (now == WELL and not before):
            continue
        facts = {"job": alert.job, "state": alert.state, "print": now, "run": alert.run}
        if alert.state not in alerts.on:
            # Nobody wants to hear of it; that the state changed is remembered all the same.
            found += _remembered(folder, channel, **facts, is_sent=True, is_quiet=True)
            continue
        one = _sent(send, alert, channel)
        found.append(one)
        found += _remembered(folder, channel, **facts, is_sent=not one.why, why=one.why)
    return found


def _remembered(folder: Path, channel: str, **facts: Any) -> list[Told]:
    """Keep what was told; return what to say where that cannot be kept."""
    try:
        note_told(folder, channel=channel, **facts)
    except ToolkitError as error:
        return [Told(channel, f"it is not remembered what was told. {error}", error.exit_code)]
    return []


def checked_channels(alerts: AlertSettings, environment: Mapping[str, str]) -> list[Told]:
    """Return every channel, and what its references lack; nothing is sent."""
    found = []
    for channel, said in (("slack", alerts.slack), ("email", alerts.email), ("webhook", alerts.webhook)):
        if said is None:
            continue
        try:
            for reference, what in _references(said):
                referred_secret(reference, what=what, environment=environment)
        except ToolkitError as error:
            found.append(Told(channel, str(error), error.exit_code))
        else:
            found.append(Told(channel))
    return found


def _sent(send: Send, alert: Alert, channel: str) -> Told:
    try:
        send(alert)
    except ToolkitError as error:
        return Told(channel, redacted(str(error)), error.exit_code)
    except Exception as error:  # noqa: BLE001 - whatever it is, the failure that was to be told is still told to the caller
        return Told(channel, f"a bug in integration-audit ({type(error).__name__}).", ToolkitError.exit_code)
    return Told(channel)


def _channels(
    alerts: AlertSettings, home: Path, environment: Mapping[str, str], clock: Clock | None
) -> Iterator[tuple[str, Send]]:
    def secret(reference: str, what: str) -> Secret:
        return referred_secret(reference, what=what, environment=environment)

    def file(name: str) -> str:
        return str(home / Path(name).expanduser()) if name else ""

    if (slack := alerts.slack) is not None:
        yield "slack", lambda alert: send_to_slack(alert.text(), secret(slack.webhook, "the webhook of Slack"), clock=clock)
    if (mail := alerts.email) is not None:

        def send(alert: Alert, mail: MailSettings = mail) -> None:
            user, word = (
                secret(one, f"the {what} for e-mail") if one else None
                for one, what in ((mail.user, "user"), (mail.password, "password"))
            )
            server = MailServer(mail.host, mail.port, mail.tls, user, word, file(mail.ca_file))
            sender = secret(mail.sender, "the sender of e-mail")
            to = [secret(one, "an address for e-mail") for one in mail.to]
            send_mail(alert.subject(), alert.text(), server, sender=sender, to=to, clock=clock)

        yield "email", send
    if (hook := alerts.webhook) is not None:
        yield (
            "webhook",
            lambda alert: send_to_webhook(
                alert.notice(),
                secret(hook.url, "the address of the webhook"),
                secret(hook.secret, "the secret of the webhook"),
                ca_file=file(hook.ca_file),
                clock=clock,
            ),
        )


def _references(said: SlackSettings | MailSettings | WebhookSettings) -> Iterator[tuple[str, str]]:
    match said:
        case SlackSettings():
            yield said.webhook, "the webhook of Slack"
        case WebhookSettings():
            yield said.url, "the address of the webhook"
            yield said.secret, "the secret of the webhook"
        case MailSettings():
            yield from ((one, "a word for e-mail") for one in (said.user, said.password, said.sender, *said.to) if one)


def _print_of(alert: Alert) -> str:
    """Return what tells one state from another: the same steps ending the same way are no news."""
    steps = "|".join(f"{one.name}={one.code}" for one in alert.steps)
    return hashlib.sha256(f"{alert.state}|{alert.code}|{steps}".encode()).hexdigest()[:16]

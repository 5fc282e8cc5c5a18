"""An alert, or any notice, to a channel of Slack by its incoming webhook."""

from toolkit.rest.clock import Clock
from toolkit.rest.notice import notice_bytes, post_notice
from toolkit.rest.redaction import Secret

_MAX_TEXT = 3000
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def send_to_slack(text: str, webhook: Secret, *, clock: Clock | None = None) -> None:
    """Send a text to the channel that a webhook opens.

    Parameters
    ----------
    text
        Plain; nothing in it calls people, links or is set in bold.
    webhook
        The address, which is a secret.
    clock
        What waits between tries.

    Raises
    ------
    ToolkitError
        It was not taken: see `post_notice`.
    """
    post_notice(webhook, notice_bytes({"text": slack_text(text)}), what="Slack", clock=clock)


def slack_text(text: str) -> str:
    """Return text as Slack shows it letter by letter: ``<!channel>`` in it calls nobody.

    Examples
    --------
    >>> slack_text("R&D <!channel>")
    'R&amp;D &lt;!channel&gt;'
    """
    short = text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
    return "".join(_ESCAPED.get(one, one) for one in short)

"""What an alert says: counts, names and codes, and nothing of a client's data."""

from datetime import UTC, datetime

from toolkit.alerts.alert import Alert, ToldStep
from toolkit.alerts.slack import slack_text

AT = datetime(2026, 11, 30, 2, 15, tzinfo=UTC)
FAILED = Alert(
    "nightly",
    "failed",
    6,
    AT,
    "20261130T021500Z-1a2b3c",
    {"done": 2, "failed": 1, "not begun": 1},
    (
        ToldStep("apply", "apply", "", 6, {"confirmed": 40, "conflict": 2}),
        ToldStep("clean up", "plan cleanup", "crm", None),
    ),
)


def test_an_alert_says_what_failed_with_its_code_and_counts() -> None:
    """Whoever reads it on a phone knows where to look."""
    assert FAILED.text() == (
        "Job nightly failed (code 6: conflicts or dead letters).\n"
        "Steps: 2 done, 1 failed, 1 not begun.\n"
        "- apply: code 6, conflicts or dead letters; 40 confirmed, 2 conflict\n"
        "- clean up (plan cleanup of crm): not begun\n"
        "Run 20261130T021500Z-1a2b3c, 2026-11-30 02:15 UTC."
    )


def test_silence_and_recovery_say_no_code() -> None:
    """Nothing ended, or all is well: there is none."""
    late = Alert("nightly", "overdue", 4, AT, overdue_hours=26)
    well = Alert("nightly", "recovered", 0, AT, "r", {"done": 4})

    assert late.text() == (
        "Job nightly is overdue.\nIt did not end within the last 26 hours, though it should have.\n2026-11-30 02:15 UTC."
    )
    assert well.text() == "Job nightly is well again.\nSteps: 4 done.\nRun r, 2026-11-30 02:15 UTC."


def test_a_program_gets_plain_values_only() -> None:
    """No list and no object: what the guard before the wire lets through."""
    notice = FAILED.notice()

    assert all(isinstance(one, str | int) for one in notice.values())
    assert (notice["state"], notice["exit_code"], notice["steps_done"], notice["not_well"]) == (
        "failed",
        6,
        2,
        "apply, clean up",
    )


def test_many_steps_are_cut_with_a_count() -> None:
    """Nobody reads a hundred lines in a chat."""
    steps = tuple(ToldStep(f"step {number}", "pull", "", 4) for number in range(23))

    assert "… and 3 more steps." in Alert("nightly", "partial", 4, AT, steps=steps).text()


def test_slack_shows_text_letter_by_letter() -> None:
    """Nothing in a name calls a channel or becomes a link, and nothing is longer than Slack takes."""
    assert slack_text("<!channel> & <https://x|y>") == "&lt;!channel&gt; &amp; &lt;https://x|y&gt;"
    assert len(slack_text("a" * 5000)) == 3000

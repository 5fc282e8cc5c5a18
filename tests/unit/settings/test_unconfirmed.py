from pathlib import Path

from toolkit.settings import add_systems, load_settings

GIVEN = "client: Harbor & Pine\nunconfirmed: [currency]\nsystems:\n  crm: {connector: hubspot, category: crm}\n"
STREAM = {"entity": "project", "key": ["Job no"], "fields": {"number": "Job no"}}


def test_a_suggested_stream_is_noted_as_unconfirmed(tmp_path: Path) -> None:
    """What the toolkit writes into the settings by itself stays marked until a person takes it off the list."""
    file = tmp_path / "engagement.yaml"
    file.write_text(GIVEN, encoding="utf-8")

    add_systems(file, {"site_log": {"jobs": STREAM}})

    assert load_settings(file).settings.unconfirmed == ("currency", "site_log.jobs")


def test_a_stream_that_is_described_already_is_not_marked_again(tmp_path: Path) -> None:
    """A person who has cleared the list is not asked twice."""
    file = tmp_path / "engagement.yaml"
    file.write_text(GIVEN, encoding="utf-8")
    add_systems(file, {"site_log": {"jobs": STREAM}})
    file.write_text(
        file.read_text(encoding="utf-8").replace("unconfirmed: [currency, site_log.jobs]\n", ""), encoding="utf-8"
    )

    add_systems(file, {"site_log": {"jobs": STREAM}})

    assert load_settings(file).settings.unconfirmed == ()

"""engagement.yaml: what is wrong is said with its line and the nearest right word."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.settings import load_settings, write_settings

WHOLE = """\
client: Harbor & Pine
currency: USD
time_zone: America/Chicago
systems:
  crm: {connector: hubspot, category: crm, owner: Sales}
  site_log:
    connector: table
    file: "Site log*.xlsx"
    streams:
      jobs: {entity: project, key: [Job no], fields: {number: Job no, started_at: {column: Start, format: "%m/%d/%Y"}}}
sources_of_truth: {party: {default: crm, tax_id: ledger}, invoice: ledger}
handoffs:
  deal_to_project:
    from: crm.deals
    to: projects.projects
    by: Dana
    minutes_per_item: {value: [10, 15, 25], evidence: interview, who: Dana, on: 2026-10-02}
rates: {loaded_rate_per_hour: {value: 31, evidence: document}, day_rate: 650}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "engagement.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def test_every_number_keeps_its_range_and_evidence(file: Path) -> None:
    """What Dana said in the interview is told apart from what a document says."""
    settings = load_settings(file).settings

    minutes = settings.handoffs["deal_to_project"].minutes_per_item
    assert minutes is not None
    estimate = minutes.estimate("minutes")
    assert (estimate.low, estimate.likely, estimate.high, estimate.who) == (10, 15, 25, "Dana")
    assert settings.rates.loaded_rate_per_hour is not None
    assert settings.rates.loaded_rate_per_hour.evidence == "document"


def test_a_field_may_be_a_header_or_a_header_with_its_format(file: Path) -> None:
    """Most fields need only the header."""
    fields = load_settings(file).settings.systems["site_log"].streams["jobs"].fields

    assert (fields["number"].column, fields["number"].format) == ("Job no", "")
    assert (fields["started_at"].column, fields["started_at"].format) == ("Start", "%m/%d/%Y")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "category: crm",
            "catgory: crm",
            r"line 5: There is no setting in systems.crm named 'catgory'. Did you mean 'category'",
        ),
        ("[10, 15, 25]", "[10, 25, 15]", r"line 17: .*must be low, likely, high in rising order"),
        ("from: crm.deals", "from: deals", r"line 14: 'handoffs.deal_to_project.from'"),
        ("America/Chicago", "America/Chigaco", r"there is no time zone 'America/Chigaco'"),
        ("entity: project", "entity: projct", r"no entity named 'projct'. Did you mean 'project'"),
        ("{number: Job no", "{numbr: Job no", r"no column of project named 'numbr'. Did you mean 'number'"),
        ("client: Harbor & Pine", "klient: Harbor & Pine", r"'client' is missing"),
        ("currency: USD", "currency: dollars", r"line 2: 'currency'"),
        ("handoffs:", "handoffs: [", r"line \d+: "),
    ],
)
def test_a_mistake_is_named_with_its_line(file: Path, right: str, wrong: str, message: str) -> None:
    """A consultant mends the file without reading our code."""
    file.write_text(WHOLE.replace(right, wrong), encoding="utf-8")

    with pytest.raises(InputError, match=message):
        load_settings(file)


def test_an_override_replaces_one_value(file: Path) -> None:
    """What-if figures need no edit of the file."""
    settings = load_settings(file, ["rates.day_rate=700", "handoffs.deal_to_project.grace_days=3"]).settings

    assert settings.rates.day_rate is not None
    assert (settings.rates.day_rate.value, settings.handoffs["deal_to_project"].grace_days) == (700, 3)


@pytest.mark.parametrize("override", ["rates.day_rate", "=5", "rates.dayrate=5"])
def test_an_override_that_names_nothing_is_refused(file: Path, override: str) -> None:
    """A mistyped override does not pass silently."""
    with pytest.raises(InputError):
        load_settings(file, [override])


def test_yaml_cannot_build_objects(file: Path) -> None:
    """A file from a client runs nothing."""
    file.write_text("client: !!python/object/apply:os.system ['echo hacked']\n", encoding="utf-8")

    with pytest.raises(InputError):
        load_settings(file)


def test_invalid_settings_are_refused_before_they_are_written(tmp_path: Path) -> None:
    """What we write, we can read."""
    path = tmp_path / "engagement.yaml"

    with pytest.raises(InputError, match="'client' is missing"):
        write_settings(path, "currency: USD\n")

    assert not path.exists()


def test_a_way_to_sign_in_that_there_is_not_is_named_with_its_line(file: Path) -> None:
    """Before anybody types a secret for it."""
    file.write_text(WHOLE.replace("owner: Sales}", "owner: Sales, sign_in: {way: berer}}"), encoding="utf-8")

    with pytest.raises(InputError, match=r"line 5.*'berer'.*Did you mean 'bearer'"):
        load_settings(file)

"""Scenario files: what they may set, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError, UnknownNameError
from toolkit.settings import Scenario, Settings, named_overrides, scenario_of, scenario_overrides

HANDOFF = {"from": "crm.deals", "to": "projects.projects"}


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate({"client": "Harbor & Pine", "handoffs": {"deal_to_project": HANDOFF}})


def test_a_scenario_file_says_what_is_tried(tmp_path: Path, settings: Settings) -> None:
    """Dotted or nested, a range or one number, with or without ``handoffs``."""
    path = tmp_path / "dearer.yaml"
    path.write_text(
        "name: Dearer\nset:\n  rates.day_rate: 900\n  deal_to_project.minutes_per_item: [5, 8, 12]\n"
        "  handoffs: {deal_to_project: {rework_minutes: {value: 9, evidence: document, on: 2026-10-01}}}\n",
        "utf-8",
    )

    assert scenario_overrides(scenario_of(path), settings) == [
        "rates.day_rate=900",
        "handoffs.deal_to_project.minutes_per_item=[5, 8, 12]",
        'handoffs.deal_to_project.rework_minutes={"value": 9, "evidence": "document", "on": "2026-10-01"}',
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("deal_to_projct.minutes_per_item", "'deal_to_projct'. Did you mean 'deal_to_project'"),
        ("handoffs.deal_to_projct.minutes_per_item", "'deal_to_projct'. Did you mean 'deal_to_project'"),
        ("deal_to_project.minutes_per_itm", "'minutes_per_itm'. Did you mean 'minutes_per_item'"),
        ("rates.day_rat", "'day_rat'. Did you mean 'day_rate'"),
        ("client", "There is no setting to try"),
        ("systems.crm.owner", "There is no setting to try"),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest_name(settings: Settings, name: str, told: str) -> None:
    """A slip of the pen never tries nothing in silence, and a scenario never changes which client it is."""
    with pytest.raises(UnknownNameError) as error:
        scenario_overrides(Scenario("Slip", {name: "5"}), settings)

    assert told in str(error.value)
    assert "scenario 'Slip'" in str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"set": {}}, "'name' is missing"),
        ({"name": "", "set": {}}, "name"),
        ({"name": "A", "sets": {}}, "Did you mean 'set'"),
        ({"name": "As it is"}, "no scenario can be called 'as it is'"),
        ({"name": "A", "set": [1]}, "set"),
    ],
)
def test_what_is_no_scenario_is_refused(content: dict[str, Any], told: str) -> None:
    """With what is wrong in it."""
    with pytest.raises(InputError) as error:
        scenario_of(content)

    assert told in str(error.value)


@pytest.mark.parametrize("text", ["- one\n- two\n", "just words", "name: [", ""])
def test_a_file_that_holds_no_scenario_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    """Also one that is no YAML, or empty."""
    path = tmp_path / "odd.yaml"
    path.write_text(text, "utf-8")

    with pytest.raises(InputError, match=r"odd\.yaml"):
        scenario_of(path)


def test_a_file_that_is_not_there_is_refused() -> None:
    """In a sentence."""
    with pytest.raises(InputError, match=r"Cannot read the scenario 'nowhere\.yaml'"):
        scenario_of("nowhere.yaml")


def test_behind_set_a_handoff_may_be_named_alone(settings: Settings) -> None:
    """All other settings stay as they were written."""
    given = ["deal_to_project.volume_per_month=5", "rates.day_rate=1", "as_of=2026-01-01", "nonsense"]

    assert named_overrides(given, settings) == ["handoffs.deal_to_project.volume_per_month=5", *given[1:]]
    with pytest.raises(UnknownNameError, match="Did you mean 'deal_to_project'"):
        named_overrides(["deal_to_projet.volume_per_month=5"], settings)

"""What decides how handoffs are connected, as engagement.yaml has it."""

from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.scoping.approach.facts import ApproachLimits
from toolkit.settings import ApproachSettings, HandoffApproachSettings, Settings, load_settings

HANDOFF = {"from": "crm.deals", "to": "ledger.invoices"}


def read(folder: Path, text: str) -> Settings:
    (folder / "engagement.yaml").write_text(f"client: Acme\n{text}", encoding="utf-8")
    return load_settings(folder / "engagement.yaml").settings


def test_what_is_usual_holds_where_a_handoff_says_nothing_else() -> None:
    """An empty list is an answer; what is left out is none."""
    usual = HandoffApproachSettings(requires=("audit_trail",), critical=True, logic="linear")
    approach = ApproachSettings(usual=usual)

    found = approach.of_handoff(HandoffApproachSettings(requires=(), needed_within="hour"))

    assert (found.requires, found.critical, found.logic, found.needed_within) == ((), True, "linear", "hour")
    assert approach.of_handoff(None) == usual


def test_yes_and_no_are_words_and_truths() -> None:
    """YAML reads a bare yes as a word, and true as a truth."""
    found = HandoffApproachSettings.model_validate({"feasibility": {"documented_api": True, "open_format": "no"}})

    assert found.feasibility == {"documented_api": "yes", "open_format": "no"}


def test_a_field_map_is_read_in_both_directions() -> None:
    """Needed there and back, carried there."""
    native = {"fields": {"paid status": {"needed": "both", "carried": "there", "must_have": True, "weight": 2}}}
    found = HandoffApproachSettings.model_validate({"native": native})

    assert found.native is not None
    [need] = [one.need(name) for name, one in found.native.fields.items()]
    assert (need.name, need.needed, need.handled) == ("paid status", ("there", "back"), ("there",))
    assert (need.weight, need.is_must_have) == (2, True)


def test_limits_that_nobody_moved_are_the_usual_ones() -> None:
    """One moved, the others stay."""
    found = ApproachSettings.model_validate({"limits": {"simple_max_ops": 5_000}})

    assert found.limits.limits() == ApproachLimits(simple_max_ops=5_000)
    assert ApproachSettings().limits.limits() == ApproachLimits()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("approach: {quotes: {zapir: 30}}\n", "'zapier'"),
        ("approach: {quotes: {zapier: -1}}\n", "must not be negative"),
        ("approach: {limits: {native_poor_share: 0.9}}\n", "native_poor_share, then native_good_share"),
        ("approach: {quotes: {zapier: [3, 2, 1]}}\n", "rising order"),
        ("approach: {usual: {needed_within: week}}\n", "must be 'real_time', 'hour' or 'day'"),
        ("approach: {usual: {requires: [audit]}}\n", "audit_trail"),
        ("approach: {usual: {feasibility: {documented: yes}}}\n", "'documented_api'"),
        ("approach: {usual: {feasibility: {same_model: perhaps}}}\n", "partly"),
        ("approach: {usual: {steps_per_run: 0}}\n", "greater than or equal to 1"),
        ("approach: {usual: {native: {exists: false, fields: {amount: {carried: there}}}}}\n", "carries 'amount'"),
        ("approach: {usual: {native: {fields: {amount: {weight: 0}}}}}\n", "greater than 0"),
        ("approach: {usual: {critcal: true}}\n", "'critical'"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_would_be_right(tmp_path: Path, text: str, said: str) -> None:
    """Nothing of it is taken for the usual."""
    with pytest.raises(InputError) as error:
        read(tmp_path, text)

    assert "engagement.yaml, line 2: " in str(error.value)
    assert said in str(error.value)


def test_a_handoff_has_an_approach_of_its_own() -> None:
    """Under the handoff's name."""
    given: dict[str, Any] = {"client": "Acme", "handoffs": {"one": {**HANDOFF, "approach": {"purpose": "reporting"}}}}
    found = Settings.model_validate(given).handoffs["one"].approach

    assert found is not None
    assert found.purpose == "reporting"

"""Scenario files: a name, and settings that are tried on top of ``engagement.yaml`` without being written there.

A figure of a handoff may be named by the handoff alone: ``deal_to_project.minutes_per_item`` is
``handoffs.deal_to_project.minutes_per_item``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from toolkit.errors import InputError, UnknownNameError
from toolkit.settings.models import HandoffSettings, RateSettings, Settings
from toolkit.settings.problems import explained
from toolkit.settings.yaml_text import parsed, plain

AS_IT_IS = "as it is"
"""What the settings without any scenario are called."""
_TRIED = ("handoffs", "rates", "people", "approach", "roadmap")
"""Parts of the settings that say what is so or what it costs: a scenario tries another client, not another engagement."""


class _ScenarioFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    sets: dict[str, Any] = Field(default_factory=dict, alias="set")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is tried: a name, and values by the dotted name of their setting, as somebody writes them behind ``--set``."""

    name: str
    sets: Mapping[str, str] = field(default_factory=dict)


def scenario_of(given: "Scenario | Mapping[str, Any] | Path | str") -> Scenario:
    """Return a scenario from a file, or from a mapping that holds what such a file does.

    Parameters
    ----------
    given
        A scenario, the path of a YAML file, or ``{"name": …, "set": {…}}``.

    Raises
    ------
    InputError
        The file cannot be read, or is no scenario.
    """
    if isinstance(given, Scenario):
        return given
    if isinstance(given, Mapping):
        return _scenario(dict(given), {}, Path("scenario"))
    path = Path(given).expanduser()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the scenario {str(path)!r}: {error}. It must be a text file in UTF-8.") from error
    tree = parsed(text, path)
    if not isinstance(tree, Mapping):
        raise InputError(f"{path.name} is no scenario: it must have 'name', and below 'set' what it tries.")
    return _scenario(plain(tree), tree, path)


def _scenario(content: Mapping[str, Any], tree: Any, path: Path) -> Scenario:
    try:
        found = _ScenarioFile.model_validate(content)
    except pydantic.ValidationError as error:
        raise InputError(explained(error, tree, path, _ScenarioFile)) from error
    if found.name.strip().lower() == AS_IT_IS:
        raise InputError(f"{path.name}: no scenario can be called {AS_IT_IS!r}: that is what the settings are. Rename it.")
    return Scenario(found.name.strip(), dict(_flat(found.sets)))


def _flat(sets: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    """Yield values by their dotted names; a figure with its evidence is one value, nested parts are names."""
    for name, value in sets.items():
        if isinstance(value, Mapping) and "value" not in value:
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, default=lambda one: one.isoformat() if isinstance(one, date) else str(one))


def scenario_overrides(scenario: Scenario, settings: Settings) -> list[str]:
    """Return what a scenario puts on top of some settings, as ``path=value``.

    Parameters
    ----------
    scenario
        What is tried.
    settings
        Those of the engagement, for the names of its handoffs.

    Raises
    ------
    UnknownNameError
        It names a handoff, a figure or a part of the settings that there is not; the message offers the nearest.
    """
    return [f"{_place(name, scenario.name, settings)}={value}" for name, value in scenario.sets.items()]


def named_overrides(overrides: Iterable[str], settings: Settings) -> list[str]:
    """Return what stands behind ``--set`` with the whole names of its settings: a handoff may be named without ``handoffs``.

    Parameters
    ----------
    overrides
        ``path.to.setting=value``.
    settings
        Those of the engagement, for the names of its handoffs.

    Raises
    ------
    UnknownNameError
        One names a handoff, or a figure of it, that there is not; the message offers the nearest.
    """
    found = []
    for one in overrides:
        name, mark, value = one.partition("=")
        head = name.strip().partition(".")[0]
        is_left = not mark or "." not in name or (head in Settings.model_fields and head != "handoffs")
        found.append(one if is_left else f"{_place(name.strip(), '', settings)}={value}")
    return found


def _place(name: str, scenario: str, settings: Settings) -> str:
    head, _, rest = name.partition(".")
    where = f", as scenario {scenario!r} says," if scenario else ""
    if head not in _TRIED:
        if "." in name and head not in Settings.model_fields:
            # Whoever leaves 'handoffs.' out names a handoff.
            return _place(f"handoffs.{name}", scenario, settings)
        raise UnknownNameError(f"setting to try{where}", name, _TRIED)
    if head == "rates":
        return _known(name, rest.partition(".")[0], RateSettings.model_fields, f"figure of rates{where}")
    if head != "handoffs":
        return name
    handoff, _, figure = rest.partition(".")
    if handoff not in settings.handoffs:
        raise UnknownNameError(f"handoff{where}", handoff, settings.handoffs)
    return _known(name, figure.partition(".")[0], _figures(), f"figure of {handoff}{where}")


def _figures() -> list[str]:
    return [field.alias or name for name, field in HandoffSettings.model_fields.items()]


def _known(name: str, figure: str, known: Iterable[str], kind: str) -> str:
    names = list(known)
    if figure not in names:
        raise UnknownNameError(kind, figure, names)
    return name

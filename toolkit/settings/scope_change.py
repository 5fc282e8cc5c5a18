"""A change request as a file: what is to come in or go out, and what else changes, in the words of ``engagement.yaml``."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from toolkit.errors import InputError
from toolkit.settings.limits import refuse_unusable
from toolkit.settings.models import BuildClass, HandoffSettings, Name
from toolkit.settings.problems import explained
from toolkit.settings.yaml_text import parsed, plain


class ScopeChange(BaseModel):
    """A change request.

    ``add`` and ``drop`` name handoffs, ``handoffs`` describes new ones, which come in. ``volume`` is items a month,
    ``approach`` the class of effort, ``fields`` how many more fields are carried, each of ``days_per_field``. ``set``
    changes anything else of ``engagement.yaml``, by its path.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, hide_input_in_errors=True)

    what: str = ""
    asked_by: str = ""
    on: date | None = None
    add: tuple[Name, ...] = ()
    drop: tuple[Name, ...] = ()
    handoffs: dict[Name, HandoffSettings] = Field(default_factory=dict)
    volume: dict[Name, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    approach: dict[Name, BuildClass] = Field(default_factory=dict)
    fields: dict[Name, Annotated[int, Field(ge=1, le=1000)]] = Field(default_factory=dict)
    days_per_field: Annotated[float, Field(gt=0, le=20)] | None = None
    set: dict[str, Any] = Field(default_factory=dict)

    @property
    def changes_settings(self) -> bool:
        """Whether anything but the list of flows changes."""
        return bool(self.handoffs or self.volume or self.approach or self.fields or self.set)


def load_scope_change(path: Path) -> ScopeChange:
    """Return the change request of a file.

    Parameters
    ----------
    path
        A YAML file.

    Raises
    ------
    InputError
        It cannot be read, or is no change request; the message has the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {error}. It must be a readable text file in UTF-8.") from error
    tree = parsed(text, path)
    refuse_unusable(tree, path)
    try:
        return ScopeChange.model_validate(plain(tree))
    except pydantic.ValidationError as error:
        raise InputError(explained(error, tree, path, ScopeChange)) from error


def change_overrides(change: ScopeChange, build_days: dict[str, float]) -> list[str]:
    """Return a change as ``path=value``, on top of ``engagement.yaml``.

    Parameters
    ----------
    change
        What changes.
    build_days
        Of each handoff with more fields, how many days it takes with them.
    """
    found = [
        f"handoffs.{name}={json.dumps(one.model_dump(mode='json', by_alias=True, exclude_unset=True))}"
        for name, one in change.handoffs.items()
    ]
    found += [f"handoffs.{name}.volume_per_month={value:g}" for name, value in change.volume.items()]
    found += [f"handoffs.{name}.build={json.dumps({'class': word})}" for name, word in change.approach.items()]
    found += [f"handoffs.{name}.build.days={days:g}" for name, days in build_days.items()]
    return found + [f"{path}={json.dumps(value, default=str)}" for path, value in change.set.items()]

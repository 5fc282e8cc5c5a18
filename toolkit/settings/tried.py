"""Settings as they would be with another figure: checked as the file is, written nowhere."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pydantic

from toolkit.errors import InputError
from toolkit.settings.models import Settings
from toolkit.settings.problems import what_it_must_be
from toolkit.settings.streams import StreamSettings

_WHOLE = "horizon_months"
_Model = TypeVar("_Model", bound=pydantic.BaseModel)


def tried_figure(settings: Settings, keys: Sequence[str], value: tuple[float, float, float], *, words: str) -> Settings:
    """Return the settings with one figure changed.

    Parameters
    ----------
    settings
        As they are; not changed.
    keys
        Where the figure stands: ``("rates", "day_rate")``, ``("handoffs", "deal_to_project", "build", "days")``.
    value
        Low, likely and high; a term that is one whole number takes the likely one.
    words
        What the figure is called, for messages.

    Raises
    ------
    InputError
        The file could not hold that: the message says why.
    """
    figure: Any = list(value) if value[0] != value[2] else value[1]
    if keys[-1] == _WHOLE:
        figure = int(value[1]) if value[1] == int(value[1]) else value[1]
    try:
        if keys[0] == "rates":
            return settings.model_copy(update={"rates": _changed(settings.rates, keys[1:], figure)})
        handoff = _changed(settings.handoffs[keys[1]], keys[2:], figure)
    except pydantic.ValidationError as error:
        told = what_it_must_be(error.errors()[0])
        shown = " to ".join(f"{one:g}" for one in dict.fromkeys(value))
        raise InputError(f"{words}: {shown} {told}. It was not taken over.") from error
    return settings.model_copy(update={"handoffs": {**settings.handoffs, keys[1]: handoff}})


def _changed(model: _Model, keys: Sequence[str], value: Any) -> _Model:
    """Return a model with a value set, checked anew as a whole."""
    tree = model.model_dump(by_alias=True, exclude_unset=True)
    place = tree
    for key in keys[:-1]:
        place[key] = place.get(key) or {}
        place = place[key]
    place[keys[-1]] = value
    return type(model).model_validate(tree)


def tried_stream(mapping: Mapping[str, Any]) -> StreamSettings:
    """Return a stream as it would be read if the settings said so.

    Parameters
    ----------
    mapping
        As ``engagement.yaml`` would write it.

    Raises
    ------
    InputError
        It would not be valid; the message says where and why.
    """
    try:
        return StreamSettings.model_validate(mapping)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(one) for one in first["loc"])
        raise InputError(f"This cannot be kept: {place} {first['msg']}".rstrip(".") + ".") from None

"""The inputs of the business case as rows of a screen: what stands for each, where it comes from, and how far it may go."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from toolkit.audit.case_inputs import input_unit
from toolkit.errors import InputError
from toolkit.estimates import Estimate
from toolkit.rates import MeasuredShare, wilson_interval
from toolkit.report.gaps import input_words
from toolkit.roi.advice_tables import Money
from toolkit.roi.defaults import TERMS
from toolkit.roi.inputs import CLEANUP_NAMES, SHARED_NAMES, Given, KnownInputs, known_inputs, likely
from toolkit.roi.portfolio import TOTAL, cleanup_inputs
from toolkit.settings import HandoffSettings, Settings, tried_figure

_OF_ALL = (*SHARED_NAMES, "cleanup_minutes_per_duplicate", "cleanup_minutes_per_mismatch")
_TERMS_OF_ALL = ("annual_discount_rate", "annual_volume_growth", "horizon_months")
_BUILD = {"build_days": "days", "build_cost": "cost"}
_OF_HANDOFF = tuple(
    name
    for name, field in HandoffSettings.model_fields.items()
    if "EstimateSettings" in str(field.annotation) and name not in CLEANUP_NAMES
)
_FIRST = (
    "volume_per_month", "minutes_per_item", "fixed_minutes_per_month", "error_rate", "rework_minutes", "delay_days",
    "automation_rate", "exception_minutes", "build_days", "platform_fee_per_month",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input: ``place`` is a handoff or ``total``; numbers are null where nobody has said and nothing is assumed.

    ``most`` is where its slider ends. ``is_used`` says whether it plays a part in the case as it is, ``is_missing`` that the
    money is incomplete without it.
    """

    place: str
    name: str
    words: str
    unit: str
    low: float | None
    likely: float | None
    high: float | None
    evidence: str
    who: str
    on: str
    source: str
    most: float
    least: float
    is_settable: bool
    is_used: bool
    is_missing: bool

    def shown(self) -> dict[str, Any]:
        """Return the row as JSON can hold it."""
        return asdict(self)


def settable_place(place: str, name: str) -> tuple[str, ...]:
    """Return where in ``engagement.yaml`` an input stands.

    Parameters
    ----------
    place
        A handoff, or ``total`` for what all share.
    name
        Of the input.

    Raises
    ------
    InputError
        There is no such input to be set.
    """
    if place == TOTAL and name in (*_OF_ALL, *_TERMS_OF_ALL):
        return ("rates", name)
    if place != TOTAL and name in _BUILD:
        return ("handoffs", place, "build", _BUILD[name])
    if place != TOTAL and name in _OF_HANDOFF:
        return ("handoffs", place, name)
    raise InputError(f"{name!r} is no input that can be set for {place!r}.")


def input_rows(money: Money, settings: Settings, handoffs: Sequence[str]) -> list[InputRow]:
    """Return every input that can be set or plays a part, those of all handoffs first.

    Parameters
    ----------
    money
        What the case rests on.
    settings
        As they are: what a handoff of the file says can be changed, a proposed one has to be confirmed first.
    handoffs
        Their ids, in order.
    """
    rows = _rows_of_all(money, settings)
    for name in handoffs:
        known = known_inputs(money.handoffs[name], money.shared, money.currency)
        names = dict.fromkeys([*_FIRST, *known.own, *_OF_HANDOFF, *_BUILD])
        for one in names:
            given = known.own.get(one)
            is_settable = one in (*_OF_HANDOFF, *_BUILD) and name in settings.handoffs
            if given is None and not is_settable and one not in known.missing:
                continue
            if one in CLEANUP_NAMES:
                continue
            rows.append(_row(name, one, given, known, is_settable=is_settable))
    return rows


def tried_settings(settings: Settings, tried: Sequence[tuple[str, str, float, float, float]]) -> Settings:
    """Return settings with inputs tried; what is out of range is refused in a sentence.

    Parameters
    ----------
    settings
        As they are.
    tried
        Place, name, low, likely and high.

    Raises
    ------
    InputError
        A value is not allowed.
    """
    for place, name, low, usual, high in tried:
        keys = settable_place(place, name)
        if keys[0] == "handoffs" and place not in settings.handoffs:
            raise InputError(
                f"The handoff {place!r} is only proposed. Confirm it first (edit_landscape), then its inputs can be set."
            )
        if input_unit(name) == "share" and high > 1:
            raise InputError(f"{_words(name)} lies between 0 and 100 %, not at {100 * high:g} %. It was not taken over.")
        settings = tried_figure(settings, keys, (low, usual, high), words=_words(name))
    return settings


def _words(name: str) -> str:
    words = input_words(name)
    return words[0].upper() + words[1:]


def _rows_of_all(money: Money, settings: Settings) -> list[InputRow]:
    cleanup = cleanup_inputs(money.shared, money.currency)
    rows = []
    for name in (*_OF_ALL, *CLEANUP_NAMES[:2]):
        given = cleanup.all.get(name)
        if given is None and name not in _OF_ALL:
            continue
        is_used = name not in cleanup.idle or name in SHARED_NAMES
        row = _row(TOTAL, name, given, cleanup, is_settable=name in _OF_ALL)
        rows.append(replace(row, is_used=is_used and given is not None, is_missing=given is None and name == "day_rate"))
    for name, default in TERMS.items():
        figure = getattr(settings.rates, name, None)
        estimate = default.estimate
        if isinstance(figure, int):
            if "horizon_months" in settings.rates.model_fields_set:
                estimate = Estimate(figure, "months", "document", figure, figure, source="engagement.yaml")
        elif figure is not None:
            estimate = figure.estimate(default.unit)
        row = _row(TOTAL, name, estimate, cleanup, is_settable=name in _TERMS_OF_ALL)
        rows.append(replace(row, is_used=True, is_missing=False))
    return rows


def _row(place: str, name: str, given: Given | None, known: KnownInputs, *, is_settable: bool) -> InputRow:
    low = usual = high = None
    evidence, who, on, source = "", "", "", ""
    if isinstance(given, MeasuredShare):
        usual = likely(given)
        low, high = wilson_interval(given.x, given.n)
        evidence, source = "measured", f"{given.x:,} of {given.n:,}"
    elif given is not None:
        low, usual, high = given.low, given.likely, given.high
        evidence, who, source = given.evidence, given.who, given.source
        on = given.given_on.isoformat() if given.given_on else ""
    unit = given.unit if isinstance(given, Estimate) else input_unit(name)
    least, most = _ends(name, unit, high)
    return InputRow(
        place, name, _words(name), unit, low, usual, high, evidence, who, on, source, most, least,
        is_settable=is_settable,
        is_used=given is not None and name not in known.idle,
        is_missing=name in known.missing,
    )  # fmt: skip


def _ends(name: str, unit: str, high: float | None) -> tuple[float, float]:
    """Return where a slider begins and ends: a share at 0 and 1, all else at nothing and some way above what is thought."""
    if name == "annual_volume_growth":
        return 0.0, max(1.0, high or 0.0)
    if unit.startswith("share") or name == "exception_ratio":
        return 0.0, 1.0 if name != "exception_ratio" else 10.0
    if name == "horizon_months":
        return 1.0, max(120.0, high or 0.0)
    return 0.0, _round_up(2.5 * high) if high else _USUAL_MOST.get(unit, 100.0)


def _round_up(value: float) -> float:
    """Return the next number that begins with 1, 2 or 5: where a scale ends.

    Examples
    --------
    >>> _round_up(62.5)
    100.0
    """
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value - 1e-9)


_USUAL_MOST = {"currency": 1000.0, "currency per month": 500.0, "currency per day": 2000.0, "currency per hour": 100.0}

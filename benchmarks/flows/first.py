"""The first generator: the mechanisms that the rules and weights were tuned on."""

from collections.abc import Callable

import numpy as np

from benchmarks.clients.chance import DAY_S, Ints, Wait, pushed_to_work
from benchmarks.flows.lists import Arrive, Habit

_PEOPLE = ("Dana Ortiz", "Grace Hall", "Owen Reed", "Priya Nair", "M. Kowalska", "luis", "tasha@client.example", "office")
_PROGRAMS = ("API", "Integration user", "Zapier", "sync-bot", "HubSpot connector", "n8n", "webhook")
_IMPORTS = ("Import", "CSV import", "Data Loader", "Excel upload")


def habit(kind: str, rng: np.random.Generator) -> Habit:
    """Return how one flow of a kind works."""
    has_names = rng.random() < 0.6
    clock_l = str(rng.choice(["seconds", "minutes", "days"], p=[0.45, 0.3, 0.25]))
    clock_r = str(rng.choice(["seconds", "minutes", "days"], p=[0.45, 0.3, 0.25]))
    per_month = float(rng.choice([rng.uniform(2, 6), rng.uniform(10, 40), rng.uniform(40, 110)], p=[0.08, 0.5, 0.42]))
    by, reference, text, names, error, missing, arrive = _MAKERS[kind](rng)
    return Habit(
        kind, arrive, clock_l, clock_r, by if has_names else (), reference, text, names, error, missing, per_month,
        bool(rng.random() < 0.6),
    )  # fmt: skip


_Made = tuple[tuple[str, ...], float, str, str, float, float, Arrive]


def _some_people(rng: np.random.Generator) -> tuple[str, ...]:
    return tuple(map(str, rng.choice(_PEOPLE, int(rng.integers(1, 4)), replace=False)))


def _by_hand(rng: np.random.Generator) -> _Made:
    reference = float(rng.choice([0.0, rng.uniform(0.3, 0.9), 0.97], p=[0.25, 0.5, 0.25]))
    text = str(rng.choice(["typed", "pasted", "same", "none"], p=[0.45, 0.25, 0.15, 0.15]))
    names = str(rng.choice(["typed", "own list", "same"], p=[0.4, 0.4, 0.2]))
    ways: list[Callable[[np.random.Generator], Arrive]] = [_when_there_is_time, _daily_session, _some_days_a_week, _promptly]
    way = ways[int(rng.choice(4, p=[0.4, 0.25, 0.2, 0.15]))](rng)
    error = float(np.exp(rng.uniform(np.log(0.002), np.log(0.08))))
    return _some_people(rng), reference, text, names, error, float(rng.uniform(0, 0.06)), way


def _by_file(rng: np.random.Generator) -> _Made:
    who = _some_people(rng)[:1] if rng.random() < 0.6 else (str(rng.choice(_IMPORTS)),)
    reference = float(rng.choice([0.0, 1.0], p=[0.25, 0.75]))
    text = str(rng.choice(["same", "template", "none"], p=[0.6, 0.2, 0.2]))
    names = str(rng.choice(["same", "own list"], p=[0.7, 0.3]))
    error = float(rng.choice([0.0, rng.uniform(0, 0.01)]))
    return who, reference, text, names, error, float(rng.uniform(0, 0.03)), _uploads(rng)


def _by_automation(rng: np.random.Generator) -> _Made:
    who = _some_people(rng)[:1] if rng.random() < 0.3 else (str(rng.choice(_PROGRAMS)),)
    reference = float(rng.choice([0.0, 1.0], p=[0.2, 0.8]))
    text = str(rng.choice(["same", "template", "none"], p=[0.6, 0.2, 0.2]))
    names = str(rng.choice(["same", "own list"], p=[0.7, 0.3]))
    error = float(rng.choice([0.0, rng.uniform(0, 0.004), rng.uniform(0.01, 0.04)], p=[0.6, 0.3, 0.1]))
    way = [_at_once, _every_so_often, _once_a_day, _on_workdays][int(rng.choice(4, p=[0.4, 0.2, 0.25, 0.15]))](rng)
    return who, reference, text, names, error, float(rng.uniform(0, 0.02)), way


def _not_at_all(rng: np.random.Generator) -> _Made:
    who = _some_people(rng) if rng.random() < 0.7 else (str(rng.choice([*_PROGRAMS, *_IMPORTS])),)
    # Of customers, so many are customers of both systems all the same.
    return who, float(rng.uniform(0.02, 0.4)), "none", "own list", 0.0, 1.0, lambda at, _rng: at


_MAKERS: dict[str, Callable[[np.random.Generator], _Made]] = {
    "by_hand": _by_hand, "by_file": _by_file, "by_automation": _by_automation, "not_at_all": _not_at_all,
}  # fmt: skip


def _when_there_is_time(rng: np.random.Generator) -> Arrive:
    wait = Wait(float(rng.choice([0.1, 0.5, 1.5, 4.0])), float(rng.uniform(0.6, 1.2)))
    return wait.after


def _daily_session(rng: np.random.Generator) -> Arrive:
    hour = float(rng.choice([rng.uniform(8, 17), rng.uniform(19, 21)], p=[0.85, 0.15]))
    pace, skip = int(rng.integers(60, 420)), float(rng.choice([0.0, rng.uniform(0, 0.4)]))
    return lambda at, own: session(at, own, hour=hour, pace_s=pace, weekdays=(0, 1, 2, 3, 4), skip=skip)


def _promptly(rng: np.random.Generator) -> Arrive:
    """Somebody has both open, and enters each at once, in working hours."""
    median, sigma = float(rng.uniform(3, 40)) * 60, float(rng.uniform(0.4, 1.0))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        return pushed_to_work(at + (median * np.exp(sigma * own.standard_normal(len(at)))).astype(np.int64), own)

    return arrive


def _some_days_a_week(rng: np.random.Generator) -> Arrive:
    hour, pace = float(rng.uniform(9, 15)), int(rng.integers(90, 300))
    days = tuple(sorted(map(int, rng.choice(6, int(rng.integers(1, 4)), replace=False))))
    return lambda at, own: session(at, own, hour=hour, pace_s=pace, weekdays=days, skip=0.1)


def session(
    at: Ints, rng: np.random.Generator, *, hour: float, pace_s: int, weekdays: tuple[int, ...], skip: float = 0.0
) -> Ints:
    """Return when a person enters what has gathered, one after another, on some weekdays at about one hour."""
    day, begins = next_times(at, rng, hour=hour, spread_hours=0.7, weekdays=weekdays, skip=skip)
    found = np.zeros(len(at), dtype=np.int64)
    for one in np.unique(day):
        mine = np.flatnonzero(day == one)
        steps = np.maximum(rng.gamma(2.0, pace_s / 2, len(mine)), 25).astype(np.int64)
        found[mine] = begins[mine[0]] + np.cumsum(steps)
    return found


def next_times(
    at: Ints, rng: np.random.Generator, *, hour: float, spread_hours: float, weekdays: tuple[int, ...], skip: float = 0.0
) -> tuple[Ints, Ints]:
    """Return for each instant the day and instant of the next time that work is done."""
    first, last = int(at.min() // DAY_S) if len(at) else 0, int(at.max() // DAY_S) + 40 if len(at) else 1
    days = np.arange(first, last)
    days = days[np.isin((days - 4) % 7, weekdays)]
    days = days[rng.random(len(days)) >= skip]
    times = days * DAY_S + ((hour + spread_hours * rng.standard_normal(len(days))) * 3600).astype(np.int64)
    place = np.minimum(np.searchsorted(times, at, side="right"), len(times) - 1)
    return days[place], times[place]


def _uploads(rng: np.random.Generator) -> Arrive:
    weekdays = [(0, 1, 2, 3, 4), (int(rng.integers(6)),), (0, 3)][int(rng.choice(3, p=[0.4, 0.4, 0.2]))]
    hour, skip, length = float(rng.uniform(8, 18)), float(rng.uniform(0, 0.3)), int(rng.choice([1, 20, 90, 400]))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        _, times = next_times(at, own, hour=hour, spread_hours=1.2, weekdays=weekdays, skip=skip)
        return times + own.integers(0, length, len(at))

    return arrive


def _at_once(rng: np.random.Generator) -> Arrive:
    median = float(rng.choice([3, 20, 90]))
    return lambda at, own: at + np.maximum(median * np.exp(0.6 * own.standard_normal(len(at))), 1).astype(np.int64)


def _every_so_often(rng: np.random.Generator) -> Arrive:
    step, shift = int(rng.choice([5, 15, 60, 240])) * 60, int(rng.integers(0, 300))
    return lambda at, own: (at // step + 1) * step + shift + own.integers(0, 20, len(at))


def _once_a_day(rng: np.random.Generator) -> Arrive:
    hour = float(rng.choice([0.5, 2, 4, 5.5, 12, 18, 23]))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        _, times = next_times(at, own, hour=hour, spread_hours=0.01, weekdays=tuple(range(7)))
        return times + own.integers(0, 60, len(at))

    return arrive


def _on_workdays(rng: np.random.Generator) -> Arrive:
    """At once on working days; what falls on a weekend goes out early on Monday."""
    median, opens = float(rng.uniform(5, 300)), float(rng.uniform(5, 8))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        late = at + (median * np.exp(0.5 * own.standard_normal(len(at)))).astype(np.int64)
        weekday = (late // DAY_S - 4) % 7
        monday = (late // DAY_S + 7 - weekday) * DAY_S + int(opens * 3600)
        return np.where(weekday >= 5, monday + own.integers(0, 120, len(at)), late)

    return arrive

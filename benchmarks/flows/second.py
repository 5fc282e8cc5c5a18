"""The second generator: other mechanisms, written after the rules and weights were frozen; it judges, and tunes nothing.

Clocks of quarters and hours, more lists with days only, holidays and a shutdown, work that waits until enough has gathered,
things that are forgotten, outages with a burst after them, queues with retries, slow drips, and automations that leave a
part to people.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.clients.chance import DAY_S, Ints
from benchmarks.flows.lists import Arrive, Habit

_STAFF = ("jsmith", "AB", "K. Weiss", "front desk", "m.lopez@firm.example", "Sunniva Dahl", "temp", "Accounts", "Noor")
_MACHINES = ("crm_bridge", "Make", "svc-erp", "Power Automate", "EDI gateway", "System", "Shop plugin", "integration@firm")
_LOADS = ("Bulk import", "xlsx", "Stapelverarbeitung", "imported", "List upload")

_Made = tuple[tuple[str, ...], float, str, str, float, float, Arrive]


def habit(kind: str, rng: np.random.Generator) -> Habit:
    """Return how one flow of a kind works."""
    clocks = ["seconds", "minutes", "quarters", "hours", "days"]
    clock_l, clock_r = (str(rng.choice(clocks, p=[0.25, 0.25, 0.1, 0.05, 0.35])) for _ in "lr")
    by, reference, text, names, error, missing, arrive = _MAKERS[kind](rng)
    is_partial = kind == "by_automation" and rng.random() < 0.3
    return Habit(
        kind, arrive, clock_l, clock_r, by if rng.random() < 0.5 else (), reference, text, names, error, missing,
        float(np.clip(np.exp(rng.normal(3.1, 0.8)), 3, 130)), bool(rng.random() < 0.5),
        by_hand_share=float(rng.uniform(0.08, 0.35)) if is_partial else 0.0,
        arrive_by_hand=_mostly_soon(rng) if is_partial else None, people=_staff(rng),
    )  # fmt: skip


def _staff(rng: np.random.Generator) -> tuple[str, ...]:
    return tuple(map(str, rng.choice(_STAFF, int(rng.integers(1, 5)), replace=False)))


def _by_hand(rng: np.random.Generator) -> _Made:
    ways: list[Callable[[np.random.Generator], Arrive]] = [_mostly_soon, _when_enough, _part_time, _newest_first]
    way = ways[int(rng.integers(len(ways)))](rng)
    text = str(rng.choice(["typed", "pasted", "none"], p=[0.4, 0.4, 0.2]))
    reference = float(rng.choice([0.0, rng.uniform(0.2, 0.95), 1.0], p=[0.3, 0.5, 0.2]))
    error = float(rng.beta(1.5, 40))
    names = str(rng.choice(["typed", "own list", "same"], p=[0.45, 0.4, 0.15]))
    return _staff(rng), reference, text, names, error, float(rng.beta(1.2, 40)), way


def _by_file(rng: np.random.Generator) -> _Made:
    ways: list[Callable[[np.random.Generator], Arrive]] = [_twice_a_month, _upload_when_enough, _at_closing, _sunday_evening]
    way = ways[int(rng.integers(len(ways)))](rng)
    who = (str(rng.choice(_LOADS)),) if rng.random() < 0.5 else _staff(rng)[:1]
    text = str(rng.choice(["same", "template", "none"], p=[0.5, 0.25, 0.25]))
    error = float(rng.choice([0.0, rng.beta(1, 150)]))
    reference = float(rng.choice([0.0, rng.uniform(0.6, 0.99), 1.0], p=[0.2, 0.2, 0.6]))
    return who, reference, text, str(rng.choice(["same", "own list"])), error, float(rng.beta(1, 80)), way


def _by_automation(rng: np.random.Generator) -> _Made:
    ways: list[Callable[[np.random.Generator], Arrive]] = [_queue_with_retries, _odd_steps, _with_outages, _nightly_drip]
    way = ways[int(rng.integers(len(ways)))](rng)
    who = (str(rng.choice(_MACHINES)),) if rng.random() < 0.65 else _staff(rng)[:1]
    text = str(rng.choice(["same", "template", "none"], p=[0.5, 0.3, 0.2]))
    error = float(rng.choice([0.0, rng.beta(1, 200), rng.uniform(0.01, 0.03)], p=[0.5, 0.35, 0.15]))
    reference = float(rng.choice([0.0, 1.0], p=[0.3, 0.7]))
    return who, reference, text, str(rng.choice(["same", "own list"])), error, float(rng.beta(1, 80)), way


def _not_at_all(rng: np.random.Generator) -> _Made:
    who = _staff(rng) if rng.random() < 0.6 else (str(rng.choice([*_MACHINES, *_LOADS])),)
    return who, float(rng.uniform(0.05, 0.35)), "none", "own list", 0.0, 1.0, lambda at, _rng: at


_MAKERS: dict[str, Callable[[np.random.Generator], _Made]] = {
    "by_hand": _by_hand, "by_file": _by_file, "by_automation": _by_automation, "not_at_all": _not_at_all,
}  # fmt: skip


def _is_free(day: int) -> bool:
    """Return whether nobody works: weekends, a day in every month, and the last week of the year."""
    of_year = day % 365
    return (day - 4) % 7 >= 5 or day % 29 == 11 or of_year >= 357


def _workday(day: int) -> int:
    while _is_free(day):
        day += 1
    return day


def _at_work(due: float, rng: np.random.Generator, *, first: float = 9.0, last: float = 17.0) -> int:
    """Return an instant, put off to the next time at which people work."""
    day, hour = int(due // DAY_S), due % DAY_S / 3600
    if hour > last:
        day, hour = day + 1, 0.0
    after = _workday(day)
    if after != day or hour < first:
        hour = first + float(rng.gamma(1.5, 0.6))
    return int(after * DAY_S + hour * 3600)


def _mostly_soon(rng: np.random.Generator) -> Arrive:
    """Most on the same day; what slips through is found weeks later."""
    forgotten, median_h = float(rng.uniform(0.03, 0.2)), float(rng.uniform(0.3, 8))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        late = own.random(len(at)) < forgotten
        wait = np.where(late, own.uniform(4, 24, len(at)) * 24, median_h * np.exp(0.8 * own.standard_normal(len(at)))) * 3600
        return np.array([_at_work(float(one), own) for one in at + wait], dtype=np.int64)

    return arrive


def _gathered(at: Ints, count: int) -> list[np.ndarray]:
    """Return items in the groups in which they have gathered; the last one may be smaller."""
    order = np.argsort(at, kind="stable")
    return [order[first : first + count] for first in range(0, len(order), count)]


def _when_enough(rng: np.random.Generator) -> Arrive:
    """When a handful lies there, all of it is entered, one after another."""
    count, pace = int(rng.integers(3, 14)), float(rng.uniform(60, 500))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        found = np.zeros(len(at), dtype=np.int64)
        for group in _gathered(at, count):
            begins = _at_work(float(at[group].max()) + own.exponential(5 * 3600), own)
            found[group] = begins + np.cumsum(own.gamma(3, pace / 3, len(group))).astype(np.int64)
        return found

    return arrive


def _part_time(rng: np.random.Generator) -> Arrive:
    """Some mornings a week, a few minutes each."""
    days, pace = set(map(int, rng.choice(5, 3, replace=False))), float(rng.uniform(90, 600))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        found, taken = np.zeros(len(at), dtype=np.int64), dict[int, float]()
        for place in np.argsort(at, kind="stable").tolist():
            day = int(at[place] // DAY_S) + 1
            while _is_free(day) or (day - 4) % 7 not in days:
                day += 1
            taken[day] = taken.get(day, float(own.uniform(8.3, 9.5)) * 3600) + float(own.gamma(2, pace / 2)) + 20
            found[place] = int(day * DAY_S + taken[day])
        return found

    return arrive


def _newest_first(rng: np.random.Generator) -> Arrive:
    """Each afternoon from the top of the list, where the newest stands; some stay for the next day."""
    pace, stays = float(rng.uniform(60, 300)), float(rng.uniform(0.05, 0.4))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        day = at // DAY_S + own.geometric(1 - stays, len(at)) - (at % DAY_S < 13 * 3600)
        day = np.array([_workday(int(one)) for one in day])
        found = np.zeros(len(at), dtype=np.int64)
        for one in np.unique(day):
            mine = np.flatnonzero(day == one)
            mine = mine[np.argsort(-at[mine], kind="stable")]
            begins = one * DAY_S + int(own.uniform(13.2, 15) * 3600)
            found[mine] = begins + np.cumsum(own.gamma(2, pace / 2, len(mine)) + 15).astype(np.int64)
        return found

    return arrive


def _sent(at: Ints, times: Ints, length_s: float) -> Ints:
    """Return when rows are there that go out with the next of some files, row by row."""
    times = np.append(np.sort(times), (at.max() if len(at) else 0) + 40 * DAY_S)
    place = np.searchsorted(times, at, side="right")
    found = times[place].astype(np.float64)
    for one in np.unique(place):
        mine = np.flatnonzero(place == one)
        found[mine] += np.arange(len(mine)) * length_s
    return found.astype(np.int64)


def _days(at: Ints) -> range:
    return range(int(at.min() // DAY_S), int(at.max() // DAY_S) + 40) if len(at) else range(0)


def _twice_a_month(rng: np.random.Generator) -> Arrive:
    first, length = int(rng.integers(1, 14)), float(rng.choice([0.0, 0.2, 1.5]))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        days = [_workday(one) for one in _days(at) if one % 15 == first]
        return _sent(at, np.array([int(day * DAY_S + own.uniform(8, 18) * 3600) for day in days], dtype=np.int64), length)

    return arrive


def _upload_when_enough(rng: np.random.Generator) -> Arrive:
    count, length = int(rng.integers(8, 45)), float(rng.choice([0.0, 0.5]))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        found = np.zeros(len(at), dtype=np.int64)
        for group in _gathered(at, count):
            begins = _at_work(float(at[group].max()) + own.exponential(3 * 3600), own)
            found[group] = begins + (np.arange(len(group)) * length).astype(np.int64)
        return found

    return arrive


def _at_closing(rng: np.random.Generator) -> Arrive:
    hour, length = float(rng.uniform(16, 18.5)), float(rng.choice([0.0, 0.3]))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        days = [one for one in _days(at) if not _is_free(one) and own.random() < 0.93]
        times = [int(day * DAY_S + (hour + 0.25 * own.standard_normal()) * 3600) for day in days]
        return _sent(at, np.array(times, dtype=np.int64), length)

    return arrive


def _sunday_evening(rng: np.random.Generator) -> Arrive:
    hour = float(rng.uniform(18, 22))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        days = [one for one in _days(at) if (one - 4) % 7 == 6]
        times = [int(day * DAY_S + (hour + 0.8 * own.standard_normal()) * 3600) for day in days]
        return _sent(at, np.array(times, dtype=np.int64), 0.0)

    return arrive


def _queue_with_retries(rng: np.random.Generator) -> Arrive:
    """Within seconds; what fails is tried again after ten minutes, then an hour."""
    fails = float(rng.uniform(0.02, 0.2))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        wait = own.gamma(2, 6, len(at)) + 1
        wait += np.where(own.random(len(at)) < fails, 600, 0)
        wait += np.where(own.random(len(at)) < fails / 3, 3600, 0)
        return at + wait.astype(np.int64)

    return arrive


def _odd_steps(rng: np.random.Generator) -> Arrive:
    step = int(rng.choice([7, 37, 90, 720])) * 60

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        drift = int(own.integers(0, step))
        return ((at - drift) // step + 1) * step + drift + own.integers(2, 40, len(at))

    return arrive


def _with_outages(rng: np.random.Generator) -> Arrive:
    """At once, but for some days a quarter on which nothing goes through; then all of it in a burst."""
    share = float(rng.uniform(0.01, 0.05))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        down = {day: day + int(own.integers(1, 4)) for day in _days(at) if own.random() < share}
        found = at + own.integers(1, 120, len(at))
        for day, up in down.items():
            is_down = (found >= day * DAY_S) & (found < up * DAY_S)
            found = np.where(is_down, up * DAY_S + 9 * 3600 + own.integers(0, 200, len(at)), found)
        return found

    return arrive


def _nightly_drip(rng: np.random.Generator) -> Arrive:
    """Every night from a fixed time, one after another, as fast as the target lets it."""
    begins, step = int(rng.uniform(0, 5) * 3600), float(rng.choice([2, 12, 61]))

    def arrive(at: Ints, own: np.random.Generator) -> Ints:
        del own
        return _sent(at, np.array([day * DAY_S + begins for day in _days(at)], dtype=np.int64), step)

    return arrive

"""A vendor's limit is never exceeded in any window, wherever on its way a request is counted, and is used."""

import heapq
import random
import threading

import httpx
from hypothesis import given
from hypothesis import strategies as st

from tests.fault_server import Asked, Given, VirtualClock, served
from toolkit.connector import Limit
from toolkit.rest.clock import SystemClock
from toolkit.rest.pacing import Allowance, Pacer


def most_in_a_window(times: list[float], per_s: float) -> int:
    """Return the largest count of times in any window, its end not in it."""
    times = sorted(times)
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - per_s + 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


def counted_at(
    limits: list[Limit], at_once: int, streams: int, *, until_s: float, chance: random.Random, longest_s: float
) -> list[float]:
    """Return when a vendor counted requests of streams that ask as fast as they may, each somewhere on its way."""
    allowances = [Allowance(one) for one in limits]
    ready = [(0.0, 0, number) for number in range(streams)]
    under_way = 0
    counted: list[float] = []
    waiting: list[int] = []
    while ready:
        now, is_answer, stream = heapq.heappop(ready)
        if now > until_s:
            break
        if is_answer:
            under_way -= 1
            for one in allowances:
                one.answer(now)
            for other in waiting:
                heapq.heappush(ready, (now, 0, other))
            waiting = []
        free_at = max(one.free_at(now) for one in allowances)
        if under_way >= at_once or free_at == float("inf"):
            waiting.append(stream)
        elif free_at > now:
            heapq.heappush(ready, (free_at, 0, stream))
        else:
            under_way += 1
            for one in allowances:
                one.send()
            takes_s = chance.uniform(0.01, longest_s)
            counted.append(now + chance.uniform(0, takes_s))
            heapq.heappush(ready, (now + takes_s, 1, stream))
    return counted


@given(
    count=st.integers(1, 80),
    per_s=st.sampled_from([1.0, 10.0, 60.0]),
    second=st.integers(20, 200),
    at_once=st.integers(1, 8),
    streams=st.integers(1, 10),
    seed=st.integers(0, 10_000),
)
def test_no_limit_is_exceeded_in_any_window(  # noqa: PLR0917  # hypothesis names them
    count: int, per_s: float, second: int, at_once: int, streams: int, seed: int
) -> None:
    """Two limits at once, any number of streams, answers that take their time."""
    limits = [Limit(count, per_s), Limit(second, 45.0)]
    counted = counted_at(limits, at_once, streams, until_s=200.0, chance=random.Random(seed), longest_s=0.8)

    assert counted
    assert [one for one in limits if most_in_a_window(counted, one.per_s) > one.count] == []


@given(seed=st.integers(0, 10_000))
def test_at_least_nine_tenths_of_600_a_minute_are_used(seed: int) -> None:
    """Eight streams, five requests at once."""
    limits = [Limit(600, 60.0)]
    counted = counted_at(limits, 5, 8, until_s=300.0, chance=random.Random(seed), longest_s=0.4)

    assert most_in_a_window(counted, 60.0) <= 600
    assert sum(at < 300 for at in counted) >= 0.9 * 600 * 5


@given(seed=st.integers(0, 10_000))
def test_at_least_nine_tenths_of_60_a_minute_are_used(seed: int) -> None:
    """N08: eight workers, 60 a minute, five at once."""
    counted = counted_at([Limit(60, 60.0)], 5, 8, until_s=1200.0, chance=random.Random(seed), longest_s=2.0)

    assert most_in_a_window(counted, 60.0) <= 60
    assert sum(at < 1200 for at in counted) >= 0.9 * 60 * 20


def test_threads_share_one_limit_and_no_more_are_under_way_than_may_be() -> None:
    """Eight threads on a real clock against a server that counts: 30 in .3 s, three at once."""
    arrived: list[float] = []
    present = most = 0
    lock = threading.Lock()
    clock = SystemClock()

    def app(_asked: Asked) -> Given:
        arrived.append(clock.monotonic_s())
        return Given({"results": []})

    pacer = Pacer([Limit(30, 0.3)], 3, clock)
    with served(app) as server:

        def work() -> None:
            nonlocal present, most
            with httpx.Client() as client:
                for _ in range(15):
                    with pacer.turn():
                        with lock:
                            present += 1
                            most = max(most, present)
                        client.get(server.url)
                        with lock:
                            present -= 1

        threads = [threading.Thread(target=work) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    assert len(arrived) == 120
    assert most <= 3
    assert most_in_a_window(arrived, 0.3) <= 30


def test_who_is_asked_to_wait_makes_all_streams_wait() -> None:
    """The pause is the system's, not the stream's."""
    clock = VirtualClock()
    pacer = Pacer([Limit(100, 1.0)], 5, clock)

    pacer.hold(12.0)
    with pacer.turn():
        pass

    assert clock.monotonic_s() == 12.0

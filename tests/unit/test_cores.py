"""Work on several cores: the same results in the same order, however many there are."""

import threading
import time

import pytest

from toolkit.cores import at_most, results, usable_cores


@pytest.mark.parametrize("count", [1, 2, 5])
def test_results_stand_in_the_order_of_the_parts(count: int) -> None:
    """The first part is done last, and its result stands first."""

    def squared(part: int) -> int:
        time.sleep(0.002 * (20 - part) / 20)
        return part * part

    with at_most(count):
        assert results(squared, range(20)) == [part * part for part in range(20)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_more_cores_are_used_than_allowed_also_by_tasks_within_tasks(count: int) -> None:
    """A task that has parts of its own takes no core from another one."""
    at_once: set[int] = set()
    most = [0]
    lock = threading.Lock()

    def inner(_: int) -> None:
        with lock:
            at_once.add(threading.get_ident())
            most[0] = max(most[0], len(at_once))
        time.sleep(0.001)
        with lock:
            at_once.discard(threading.get_ident())

    with at_most(count):
        results(lambda _: results(inner, range(8)), range(4))
        assert 1 <= most[0] <= count


@pytest.mark.parametrize("count", [1, 3])
def test_the_error_is_that_of_the_first_part_that_fails(count: int) -> None:
    """What a person is told does not depend on which core was faster."""

    def odd(part: int) -> int:
        if part >= 3:
            time.sleep(0.01 if part == 3 else 0)
            raise ValueError(str(part))
        return part

    with at_most(count), pytest.raises(ValueError, match=r"^3$"):
        results(odd, range(12))


def test_cores_are_free_again_after_an_error() -> None:
    """The next work is done on all of them."""

    def never(_: int) -> None:
        raise RuntimeError

    def who(_: int) -> int:
        time.sleep(0.01)
        return threading.get_ident()

    with at_most(2):
        for _ in range(3):
            with pytest.raises(RuntimeError):
                results(never, range(4))
        assert len(set(results(who, range(6)))) == 2


def test_a_process_uses_at_least_one_core() -> None:
    """Whatever the system says."""
    assert usable_cores() >= 1
    assert results(len, []) == []

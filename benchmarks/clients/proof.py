"""Many clients audited and pooled: the lines of the table that the command prints."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.clients.alarms import Outcome, outcome
from benchmarks.clients.audited import audited
from benchmarks.clients.client import client
from benchmarks.clients.judged import MONEY, SHARES, WAITS, Finding, HeldBack, Interval, Planted, Volume

from benchmarks.clients.judged import findings, held_back, intervals, planted, volumes  # isort: skip
from benchmarks.clients.spoiling import WAYS, spoilt

Say = Callable[[str], None]
_Part = TypeVar("_Part")
_MAX_HANDOFFS = 7


@dataclass(slots=True)
class Pool:
    """Everything that was compared with the truth."""

    clients: int = 0
    handoffs: int = 0
    cpu_s: float = 0.0
    incomplete: list[str] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)
    volumes: list[Volume] = field(default_factory=list)
    held: list[HeldBack] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def add(self, other: "Pool") -> None:
        """Take over what another pool has."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def clean(seed: int, numbers: Sequence[int], pool: Pool, say: Say, *, jobs: int = 1) -> None:
    """Audit clean clients and put what they show beside the truth.

    Parameters
    ----------
    seed, numbers
        Which clients.
    pool
        Takes what is found.
    say
        Told of each.
    jobs
        How many are audited at once.
    """
    for one, said in _done(partial(_audited_client, seed), numbers, jobs):
        pool.add(one)
        say(said)


def _audited_client(seed: int, number: int) -> tuple[Pool, str]:
    one = client(seed, number)
    with _room() as folder:
        found = audited(one, folder)
    pool = Pool(
        1, len(one.handoffs), found.cpu_s, [f"client {number}: {text}" for text in found.missing],
        list(intervals(one, found)), list(volumes(one, found)), list(held_back(one, found)), list(findings(one, found)),
        list(planted(one, found)),
    )  # fmt: skip
    return pool, f"client {number}: {len(one.handoffs)} handoffs, {found.cpu_s:.1f} s"


def spoil(seed: int, count: int, kinds: Sequence[str], pool: Pool, say: Say, *, jobs: int = 1) -> None:
    """Audit ``count`` clients of each kind of spoiling.

    Parameters
    ----------
    seed, count, kinds
        Which clients, and how they are spoilt; those with many handoffs are passed over, to be quick.
    pool
        Takes what is found.
    say
        Told of each kind.
    jobs
        How many kinds are audited at once.
    """
    for one, said in _done(partial(_spoilt_clients, seed, count), kinds, jobs):
        pool.add(one)
        say(said)


def _spoilt_clients(seed: int, count: int, kind: str) -> tuple[Pool, str]:
    pool, lines, number = Pool(), [], 0
    while len(pool.outcomes) < count and number < 40 * count:
        rng = np.random.default_rng([seed, number, 6, list(WAYS).index(kind)])
        whole = client(seed, number)
        number += 1
        one = spoilt(whole, kind, rng) if 1 < len(whole.handoffs) <= _MAX_HANDOFFS else None
        if one is None:
            continue
        with _room() as folder:
            last = outcome(one, folder)
        pool.outcomes.append(last)
        lines.append(f"{kind}, client {number - 1} {last.stream}: {'; '.join(last.alarms) or 'no alarm'}. {last.said[:160]}")
    return pool, "\n".join(lines)


def _done(work: Callable[[_Part], tuple[Pool, str]], parts: Sequence[_Part], jobs: int) -> Iterator[tuple[Pool, str]]:
    """Yield what each part of the work found, in order, so many at once."""
    if jobs == 1:
        yield from map(work, parts)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as workers:
        yield from workers.map(work, parts)


class _room:  # noqa: N801 - reads as a word where it is used
    """An empty folder that goes when it is left."""

    def __enter__(self) -> Path:
        self._path = Path(tempfile.mkdtemp(prefix="client-"))
        return self._path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._path, ignore_errors=True)


def lines(pool: Pool) -> Iterator[str]:
    """Yield the table."""
    if pool.clients:
        yield f"{pool.clients} clients, {pool.handoffs} handoffs, {pool.cpu_s / pool.clients:.1f} s CPU a client"
        yield f"{'intervals that hold the truth':<34}{'n':>6}{'held':>8}{'wanted':>8}{'too high':>10}{'too low':>9}"
        yield from (_interval_line(pool, kind) for kind in (*SHARES, *WAITS, *MONEY))
        wrong = [one for one in pool.volumes if one.shown != one.true]
        yield f"volumes: {len(pool.volumes)}, not exact {len(wrong)}"
        held = {(one.client, one.handoff_id) for one in pool.held}
        yield f"held back though nothing is spoiled: {len(held)} of {pool.handoffs} handoffs"
        yield f"audits that say they are not complete: {len(pool.incomplete)}"
        yield f"{'findings':<34}{'n':>6}{'right':>8}"
        for rule in sorted({one.rule for one in pool.findings}):
            its = [one.is_true for one in pool.findings if one.rule == rule]
            yield f"  {rule:<32}{len(its):>6}{sum(its) / len(its):>8.3f}"
        yield f"{'planted flaws of documents':<34}{'n':>6}{'found':>8}"
        for flaw in sorted({one.flaw for one in pool.planted}):
            its = [one.is_found for one in pool.planted if one.flaw == flaw]
            yield f"  {flaw:<32}{len(its):>6}{sum(its) / len(its):>8.3f}"
    if pool.outcomes:
        yield f"{'spoiled':<26}{'n':>4}{'harmless':>10}{'alarming':>10}{'reason':>8}{'others held':>13}"
        for kind in WAYS:
            its = [one for one in pool.outcomes if one.kind == kind]
            if its:
                yield _outcome_line(kind, its)
        yield _outcome_line("all", pool.outcomes)


def _interval_line(pool: Pool, kind: str) -> str:
    its = [one for one in pool.intervals if one.kind == kind]
    if not its:
        return f"  {kind:<32}{0:>6}"
    held, wanted = np.mean([one.is_inside for one in its]), np.mean([one.expected for one in its])
    above, below = sum(one.true < one.low for one in its), sum(one.true > one.high for one in its)
    return f"  {kind:<32}{len(its):>6}{held:>8.3f}{wanted:>8.3f}{above:>10}{below:>9}"


def _outcome_line(kind: str, its: list[Outcome]) -> str:
    harmful = [one for one in its if not one.is_harmless]
    alarming = sum(bool(one.alarms) for one in its)
    named = f"{sum(one.is_named for one in harmful) / len(harmful):.2f}" if harmful else "-"
    others, held = sum(one.others for one in its), sum(one.others_held for one in its)
    share = f"{held} of {others}"
    return f"  {kind:<24}{len(its):>4}{len(its) - len(harmful):>10}{alarming:>10}{named:>8}{share:>13}"

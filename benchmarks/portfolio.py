"""Seconds that the exact choice of projects takes: ``python -m benchmarks.portfolio [projects] [drawings]``.

Each drawing is one client: 40 projects with needs, alternatives, shared costs, a budget for about half of them and days for
about two thirds. In the hard kind, what a project is worth hardly differs from what it costs, so that very many sets are
nearly equal; in the kind with ties, amounts are whole thousands. The order of ten projects is tried as well.
"""

import sys
import time

import numpy as np

from toolkit.scoping.portfolio import Project, Rules, SharedCost, best_portfolio
from toolkit.scoping.sequence import EXACT_UP_TO, Task, best_sequence

KINDS = ("usual", "hard", "ties")


def client(kind: str, count: int, rng: np.random.Generator) -> tuple[list[Project], Rules]:
    """Return the projects of a drawn client and what binds them."""
    cost = rng.integers(300, 12_000, count).astype(float)
    worth = {
        "usual": cost * rng.uniform(-0.3, 5, count),
        "hard": cost + 1000 + rng.integers(-3, 4, count),
        "ties": np.round(cost * 2, -3),
    }[kind]
    cost = np.round(cost, -3) if kind == "ties" else cost
    days = np.round(cost / 650)
    ids = [f"p{number:02}" for number in range(count)]
    needs = tuple(
        (ids[a], ids[b]) for a, b in (sorted(rng.choice(count, 2, replace=False), reverse=True) for _ in range(12))
    )
    groups = tuple(tuple(ids[one] for one in rng.choice(count, 2, replace=False)) for _ in range(6))
    shared = tuple(
        SharedCost(
            f"s{number}", float(rng.integers(500, 4000)), tuple(ids[one] for one in rng.choice(count, 5, replace=False))
        )
        for number in range(6)
    )
    projects = [Project(*one) for one in zip(ids, cost.tolist(), worth.tolist(), days.tolist(), strict=True)]
    return projects, Rules(needs, groups, shared)


def main(count: int, drawings: int) -> None:
    best_portfolio([Project("warm", 1, 1)])
    for kind in KINDS:
        took, chosen = [], []
        for drawing in range(drawings):
            projects, rules = client(kind, count, np.random.default_rng(drawing))
            began = time.perf_counter()
            found = best_portfolio(
                projects,
                budget=0.5 * sum(one.cost for one in projects),
                person_days=0.65 * sum(one.person_days for one in projects),
                rules=rules,
            )
            took.append(time.perf_counter() - began)
            chosen.append(len(found.selected))
        print(
            f"{kind}: {count} projects x {drawings} clients: median {np.median(took):.2f} s, longest {max(took):.2f} s, "
            f"{np.mean(chosen):.0f} chosen"
        )
    rng = np.random.default_rng(1)
    tasks = [Task(f"t{number}", float(rng.uniform(0.1, 3)), float(rng.uniform(50, 900))) for number in range(EXACT_UP_TO)]
    began = time.perf_counter()
    best_sequence(tasks, needs=[("t9", "t0"), ("t8", "t1"), ("t7", "t2")])
    print(f"order of {EXACT_UP_TO} with three needs: {time.perf_counter() - began:.3f} s")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [40, 30][len(given) :]))

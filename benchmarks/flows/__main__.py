"""``python -m benchmarks.flows fit`` or ``judge``: learns the weights, or judges what the commands answer."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.flows.beside import drawn_examples
from benchmarks.flows.fitting import WEIGHTS, fitted_weights, write_weights
from benchmarks.flows.writing import GENERATORS, client


def main() -> None:
    """Fit or judge, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("fit", "judge"))
    parser.add_argument("--generator", choices=sorted(GENERATORS), default="first")
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--first", type=int, default=0, help="number of the first client")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--into", type=Path, help="fit: the file of weights; judge: a folder to keep the clients in")
    parser.add_argument("--kept", action="store_true", help="judge: the folders of --into as they were answered before")
    parser.add_argument("--misses", action="store_true", help="judge: print each flow that was told wrongly")
    given = parser.parse_args()
    if given.kept and given.into is None:
        parser.error("--kept needs the folders: name them by --into")
    if given.what == "fit":
        command = f"python -m benchmarks.flows fit --seed {given.seed} --clients {given.clients}"
        examples = [one for n in range(given.clients) for one in drawn_examples(client("first", given.seed, n))]
        content = fitted_weights(examples, seed=given.seed, command=command)
        write_weights(content, given.into or WEIGHTS)
        print(content["provenance"], "cooling", content["cooling"])
        return
    from benchmarks.flows.asked import asked_client, kept_client
    from benchmarks.flows.judged import Pool, judge, lines

    pool = Pool()
    with tempfile.TemporaryDirectory() as scratch:
        root = given.into or Path(scratch)
        for n in range(given.first, given.first + given.clients):
            own = client(given.generator, given.seed, n)
            folder = root / f"{given.generator}{n}"
            judge(own, kept_client(folder) if given.kept else asked_client(own, folder), pool)
            print(f"client {n}: {pool.right_share:.3f} of {len(pool.kinds)} kinds right so far", file=sys.stderr, flush=True)
    print("\n".join(lines(pool, with_misses=given.misses)))


if __name__ == "__main__":
    main()

"""Score of pairing invoices with the money that came in for them, with known truth, beside another build.

Run from the project's root: ``python -m benchmarks.counterparts [--invoices 20000] [--seeds 1,2,3] [--beside FOLDER]``.
``FOLDER`` is the checkout of another build. Seed 1 is for tuning; 2 and 3 judge, and no rule is made from what they show.

Two clients a seed: a bank account whose lines have nothing but a text, and a list of receipts that names customers. Planted
are returned payments (some tried again), chargebacks, credit notes for a part (deducted or paid out) and for a whole
invoice, deposit and balance, monthly instalments, one payment for several, fees kept back by a processor, other payers,
subscriptions, amounts mistyped beside the right number, unpaid invoices, and strangers' money of an equal amount: with
another payer and another number, another payer alone, another number alone, another currency. Credit notes are numbered
like invoices.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.counterpart_documents import Client, generated_client
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.document_links import linked_documents
from toolkit.reconcile.sides import Streams
from toolkit.tables import PARTY

_OWN_CHECKOUT = Path(__file__).resolve().parents[1]
_KINDS = ("one", "together")
_LIKELY = 0.5
_GOAL_F1 = 0.985

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """What one build finds of one client; ``contradicted`` counts pairs of another payer and another number above p .5."""

    right: int
    wrong: int
    missed: int
    contradicted: int
    cpu_s: float
    missed_of: dict[str, int]
    wrong_of: dict[str, int]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall over pairs."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def score(client: Client) -> Score:
    """Return how well the documents of a client are paired by the build that is imported."""
    handoff = Handoff(
        "paid", "Invoices paid", "ledger", "invoices", "invoice", "bank", "lines", client.entity_r, grace_days=45
    )
    streams = Streams(client.documents, PARTY.empty())
    began = time.process_time()
    tables = linked_documents([handoff], streams, client.crosswalk, time_zone="UTC")
    cpu_s = time.process_time() - began
    found = _found(tables.links)
    likely = tables.pairs.filter(pc.greater(tables.pairs["match_probability"], _LIKELY))
    told = set(zip(likely["key_l"].to_pylist(), likely["key_r"].to_pylist(), strict=True))
    contradicted = sum(client.is_contradicted(*pair) for pair in told | found)
    missed, wrong = client.truth - found, found - client.truth
    return Score(
        len(found & client.truth), len(wrong), len(missed), contradicted, cpu_s,
        _counted(client, missed), _counted(client, wrong),
    )  # fmt: skip


def _found(links: pa.Table) -> Pairs:
    kept = links.filter(pc.is_in(links["kind"], pa.array(_KINDS)))
    return set(zip(kept["key_l"].to_pylist(), kept["key_r"].to_pylist(), strict=True))


def _counted(client: Client, pairs: Pairs) -> dict[str, int]:
    """Return how many pairs are of each kind that was planted, by the target's kind."""
    result: dict[str, int] = {}
    for _, key_r in pairs:
        result[client.kind_of[key_r]] = result.get(client.kind_of[key_r], 0) + 1
    return dict(sorted(result.items(), key=lambda one: -one[1]))


def _printed(label: str, one: Score, *, with_kinds: bool) -> None:
    precision, recall = one.right / max(one.right + one.wrong, 1), one.right / max(one.right + one.missed, 1)
    print(
        f"{label:<34}precision {precision:.4f}  recall {recall:.4f}  F1 {one.f1:.4f}  "
        f"another payer and number above .5: {one.contradicted:>4}  CPU {one.cpu_s:.2f} s",
        flush=True,
    )
    if with_kinds:
        print(f"    missed {one.missed_of}\n    wrong  {one.wrong_of}")


def _beside(folder: Path, arguments: list[str]) -> list[Score]:
    """Return the scores of another build, which reads this benchmark and its own package."""
    paths = os.pathsep.join([str(folder), str(_OWN_CHECKOUT)])
    program = (
        "import runpy, sys, pathlib\n"
        f"sys.path[:0] = [{str(folder)!r}]\n"
        "import toolkit, benchmarks\n"
        f"benchmarks.__path__.insert(0, {str(_OWN_CHECKOUT / 'benchmarks')!r})\n"
        "runpy.run_module('benchmarks.counterparts', run_name='__main__', alter_sys=True)\n"
    )
    command = [sys.executable, "-c", program, *arguments, "--json"]
    environment = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=True)
    return [Score(**one) for one in json.loads(done.stdout)]


def main() -> None:
    """Print a line per client and build; exit 1 where a goal is not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--invoices", type=int, default=20_000)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--kinds", action="store_true", help="say which planted kinds were missed or wrong")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    worlds = [(seed, kind) for seed in map(int, options.seeds.split(",")) for kind in ("bank", "receipts")]
    scores = []
    arguments = ["--invoices", str(options.invoices), "--seeds", options.seeds]
    others = _beside(options.beside, arguments) if options.beside else [None] * len(worlds)
    for (seed, kind), other in zip(worlds, others, strict=True):
        own = score(generated_client(options.invoices, seed, kind=kind))
        scores.append(own)
        if not options.json:
            _printed(f"seed {seed}, {kind}", own, with_kinds=options.kinds)
            if other is not None:
                _printed(f"seed {seed}, {kind}, the build beside", other, with_kinds=options.kinds)
    if options.json:
        fields = Score.__dataclass_fields__
        print(json.dumps([{name: getattr(one, name) for name in fields} for one in scores]))
        return
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"goal: F1 {_GOAL_F1}, none of another payer and another number above .5; {peak_mb:,.0f} MB")
    sys.exit(any(one.f1 < _GOAL_F1 or one.contradicted for one in scores))


if __name__ == "__main__":
    main()

"""Makes the sample client again.

``python -m tests.sample_client --out sample_data/harbor-pine --truth tests/golden/harbor_pine``
"""

import argparse
from pathlib import Path

from tests.sample_client.client import SEED, built_client, write_client


def main() -> None:
    """Write exports and truth of one seed."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample_client", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="engagement folder; files go to its exports/")
    parser.add_argument("--truth", type=Path, required=True, help="folder of the truth tables")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    write_client(built_client(arguments.seed), arguments.out / "exports", arguments.truth, arguments.seed)


if __name__ == "__main__":
    main()

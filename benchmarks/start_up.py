"""Wall time of ``integration-audit --help`` and of ``import toolkit``: the median of five runs each.

Run ``python -m benchmarks.start_up``. Asked for: 0.5 s and 1.0 s.
"""

import sys
from statistics import median

from benchmarks.measured import Measured, measured

COMMANDS = {
    "python -c pass": ("-c", "pass"),
    "import toolkit": ("-c", "import toolkit"),
    "integration-audit --help": ("-m", "toolkit", "--help"),
    "integration-audit audit --help": ("-m", "toolkit", "audit", "--help"),
}
RUNS = 5


def main() -> None:
    print(f"{'what':<34}{'wall':>11}{'CPU':>11}   exit")
    for label, arguments in COMMANDS.items():
        runs: list[Measured] = [measured([sys.executable, *arguments]) for _ in range(RUNS)]
        wall, cpu = median(one.wall_s for one in runs), median(one.cpu_s for one in runs)
        print(f"{label:<34}{wall:>9.2f} s{cpu:>9.2f} s{max(one.exit_code for one in runs):>7}")


if __name__ == "__main__":
    main()

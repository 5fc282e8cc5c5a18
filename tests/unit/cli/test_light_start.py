"""A command loads what it needs and no more."""

import subprocess
import sys
from pathlib import Path

_RUN = """\
import sys
from toolkit.cli.app import run
run(["pull", sys.argv[1]])
print(*sorted({"pandas", "scipy"} & {*sys.modules}))
"""


def test_a_pull_of_a_small_list_loads_neither_pandas_nor_scipy(tmp_path: Path) -> None:
    """Arrow asks for pandas with the first list that it is given; both take longer to load than a small list to read."""
    exports = tmp_path / "exports" / "crm"
    exports.mkdir(parents=True)
    (exports / "customers.csv").write_text("Customer ID,Name,Email\n1,Acme Ltd,info@acme.example\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", _RUN, tmp_path], capture_output=True, text=True, check=True)
    assert "crm/customers" in done.stdout
    assert done.stdout.splitlines()[-1] == ""

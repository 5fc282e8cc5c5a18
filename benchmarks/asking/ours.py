"""One pull of the benchmark's list by this package, in a process of its own.

python -m benchmarks.asking.ours snapshot|pages URL FOLDER
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

SETTINGS = """\
client: Benchmark
currency: EUR
systems:
  crm:
    connector: rest
    api: {{url: "{url}"}}
    streams:
      contacts:
        entity: party
        key: [id]
        kind: person
        read:
          path: /contacts
          records: results
          count: total
          paging: {{style: cursor, param: after, path: paging.next.after}}
          changed_since: {{field: updatedAt, param: updated_after}}
        fields:
          given_name: properties.firstname
          family_name: properties.lastname
          email: properties.email
          phone: properties.phone
          street: properties.address
          city: properties.city
          postcode: properties.zip
          company_name: properties.company
          created_at: createdAt
          updated_at: updatedAt
"""


def snapshot(url: str, folder: Path) -> Callable[[], int]:
    """Return what pulls into a snapshot, in a process that is set up as the command ``pull`` sets it up."""
    from toolkit.cli import _settle_memory
    from toolkit.cli.app import _settle_without_frames

    _settle_memory()
    _settle_without_frames()
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.pull.asked_streams import pull_asked

    def pull() -> int:
        folder.mkdir(parents=True)
        (folder / "engagement.yaml").write_text(SETTINGS.format(url=url))
        engagement = open_engagement(folder)
        found = pull_asked(engagement)
        [row] = engagement.store.snapshots().to_pylist()
        assert not found.missing, found.missing
        return int(row["rows"])

    return pull


def pages(url: str, folder: Path) -> Callable[[], int]:
    """Return what pulls into durable raw pages."""
    from toolkit.connector import Api, Changed, Cursor, Reading
    from toolkit.rest.client import RestClient
    from toolkit.rest.pages import PageLog
    from toolkit.rest.pulling import pull_stream

    lists = [
        Reading(
            "/contacts",
            records="results",
            total="total",
            paging=Cursor("after", path="paging.next.after"),
            changed=Changed("updatedAt", param="updated_after"),
        )
    ]

    def pull() -> int:
        with RestClient("crm", Api(url), lists) as client, PageLog(folder) as log:
            found = pull_stream(client, "contacts", lists, ["id"], log)
        assert found.is_complete, found.reasons
        return found.unique

    return pull


if __name__ == "__main__":
    work = {"snapshot": snapshot, "pages": pages}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
    started = time.process_time()
    count = work()
    print(count, time.process_time() - started)

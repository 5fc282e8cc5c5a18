"""The same list by other means, in a process of its own; it imports nothing of this package.

    python benchmarks/asking/others.py bare|dlt URL FOLDER

``bare`` asks with httpx, parses each page, and keeps nothing. ``dlt`` runs dlt's REST source into Parquet files, in an
environment of its own that has ``dlt[parquet]``.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def bare(url: str, _folder: Path) -> Callable[[], int]:
    """Return what asks for all pages, and counts their records."""
    import httpx

    def ask() -> int:
        count, after = 0, None
        with httpx.Client() as client:
            while True:
                response = client.get(f"{url}/contacts", params={"after": after} if after else None)
                page = json.loads(response.content)
                count += len(page["results"])
                after = page.get("paging", {}).get("next", {}).get("after")
                if after is None:
                    return count

    return ask


def dlt(url: str, folder: Path) -> Callable[[], int]:
    """Return what loads all pages into Parquet."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    import dlt as loader
    from dlt.sources.rest_api import rest_api_source

    source = rest_api_source(
        {
            "client": {
                "base_url": url,
                "paginator": {"type": "cursor", "cursor_path": "paging.next.after", "cursor_param": "after"},
            },
            "resources": [
                {
                    "name": "contacts",
                    "primary_key": "id",
                    "endpoint": {"path": "/contacts", "data_selector": "results"},
                }
            ],
        }
    )
    pipeline = loader.pipeline(
        "benchmark",
        pipelines_dir=str(folder / "state"),
        destination=loader.destinations.filesystem(bucket_url=str(folder / "files")),
        dataset_name="crm",
    )
    import pyarrow.parquet as pq

    def load() -> int:
        pipeline.run(source, loader_file_format="parquet")
        return sum(pq.read_metadata(path).num_rows for path in (folder / "files").rglob("contacts/*.parquet"))

    return load


if __name__ == "__main__":
    work = {"bare": bare, "dlt": dlt}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
    started = time.process_time()
    count = work()
    print(count, time.process_time() - started)

"""Serves localstripe, which speaks Stripe's interface, on this machine alone: ``localstripe_serve.py FOLDER PORT``.

Its own command listens everywhere, and keeps what it holds in one file for all that run.
"""

import sys
from pathlib import Path
from typing import Any


def main(folder: str, port: str) -> None:
    from aiohttp import web
    from localstripe import resources, server

    kept = Path(folder) / "store.pickle"

    def dump(store: Any) -> None:
        kept.write_bytes(resources.pickle.dumps(store))

    kind = type(resources.store)
    kind.dump_to_disk = dump
    kind.try_load_from_disk = lambda _store: None
    web.run_app(server.app, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])

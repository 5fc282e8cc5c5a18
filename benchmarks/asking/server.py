"""A list of records on loopback, page by page, made once: what it costs to serve stays out of every measurement.

    python -m benchmarks.asking.server PAGES SIZE

Prints its address, and serves until its input ends.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def record(number: int) -> dict[str, object]:
    """Return a contact as a CRM sends one: nested, with empty values, a custom field and a stamp."""
    return {
        "id": str(10_000_000 + number),
        "properties": {
            "firstname": f"Given{number % 977}",
            "lastname": f"Family{number % 1499}",
            "email": f"given{number}@company{number % 20_000}.example",
            "phone": f"+31 20 {number % 10_000_000:07d}",
            "city": ("Utrecht", "Leeds", "Chicago", "Gent")[number % 4],
            "address": f"{number % 300} Long Street",
            "zip": f"{number % 90_000 + 10_000:05d}",
            "company": f"Company {number % 20_000} Ltd",
            "lifecyclestage": ("lead", "customer")[number % 2],
            "hs_score": number % 100,
            "annual_revenue": number * 1.25,
            "notes": None,
        },
        "createdAt": f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}T08:30:00.000Z",
        "updatedAt": f"2026-{1 + number % 11:02d}-{1 + number % 28:02d}T08:30:00.123Z",
        "archived": False,
    }


def pages(count: int, size: int) -> list[bytes]:
    """Return every page as it is sent."""
    result = []
    for page in range(count):
        following = {"paging": {"next": {"after": str(page + 1)}}} if page + 1 < count else {}
        rows = [record(page * size + place) for place in range(size)]
        result.append(json.dumps({"results": rows, "total": count * size, **following}).encode())
    return result


def main() -> None:
    """Serve."""
    made = pages(int(sys.argv[1]), int(sys.argv[2]))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            body = made[int(query.get("after", ["0"])[0])]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()

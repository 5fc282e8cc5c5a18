"""A client's database, in a file or on a server: customers, invoices with lines, a photo, a row that is gone."""

import sqlite3
from contextlib import closing
from pathlib import Path

SETTINGS = """\
client: Harbor
currency: EUR
country: NL
systems:
  erp:
    connector: sql
    category: ledger
    database: {{url: "{url}"}}
    streams:
      customers:
        entity: party
        key: [id]
        rows: {{table: customer, changed_since: changed, deleted: gone}}
        fields: {{name: name, email: mail, updated_at: changed}}
      invoices:
        entity: invoice
        key: [number]
        rows:
          select: >
            SELECT i.number, i.customer_id, c.name AS customer, i.issued, i.total, l.no, l.sku, l.quantity, l.amount
            FROM invoice i JOIN customer c ON c.id = i.customer_id JOIN invoice_line l ON l.invoice = i.number
        row: line of a document
        total: repeats
        fields: {{number: number, party_ref: customer_id, party_name: customer, issued_on: issued, amount_minor: total}}
        lines: {{line_no: no, sku: sku, quantity: quantity, amount_minor: amount}}
"""

TABLES = """
CREATE TABLE customer (
  id INTEGER PRIMARY KEY, name VARCHAR(80), mail VARCHAR(80), changed VARCHAR(30), gone INTEGER, photo BLOB
);
CREATE TABLE invoice (number VARCHAR(20) PRIMARY KEY, customer_id INTEGER, issued DATE, total DECIMAL(12,2));
CREATE TABLE invoice_line (invoice VARCHAR(20), no INTEGER, sku VARCHAR(20), quantity DECIMAL(9,3), amount DECIMAL(12,2));
"""


def made_file(path: Path, customers: int = 12) -> Path:
    """Return a file of SQLite with that many customers, and an invoice of two lines for each third of them."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(TABLES)
        for number in range(1, customers + 1):
            row = (number, f"Firm {number}", f"f{number}@example.nl", f"2026-11-{1 + number % 27:02d} 10:00:00", 0, None)
            database.execute("INSERT INTO customer VALUES (?,?,?,?,?,?)", row)
        database.execute("UPDATE customer SET photo = x'ffd8' WHERE id = 2")
        database.execute("UPDATE customer SET gone = 1 WHERE id = 3")
        for number in range(3, customers + 1, 3):
            database.execute("INSERT INTO invoice VALUES (?,?,?,?)", (f"2026-{number:03d}", number, "2026-11-05", 1250.5))
            database.execute("INSERT INTO invoice_line VALUES (?,1,'A-1',2,1000.25)", (f"2026-{number:03d}",))
            database.execute("INSERT INTO invoice_line VALUES (?,2,'A-2',1,250.25)", (f"2026-{number:03d}",))
    return path


def changed_file(path: Path, *statements: str) -> None:
    """Change a file of SQLite as the client's people would."""
    with closing(sqlite3.connect(path)) as database, database:
        for one in statements:
            database.execute(one)


def server_statements(customers: int) -> list[str]:
    """Return what fills a database of PostgreSQL with the same; stamps are moments without a zone there."""
    tables = TABLES.replace("BLOB", "BYTEA").replace("changed VARCHAR(30)", "changed TIMESTAMP")
    stamp = "TIMESTAMP '2026-11-01 10:00:00' + n % 27 * INTERVAL '1 day'"
    numbers = f"generate_series(1, {customers}) AS n"
    billed = f"generate_series(3, {customers}, 3) AS n"
    return [
        *filter(str.strip, tables.split(";")),
        f"INSERT INTO customer SELECT n, 'Firm ' || n, 'f' || n || '@example.nl', {stamp}, 0, NULL FROM {numbers}",
        "UPDATE customer SET photo = decode('ffd8', 'hex') WHERE id = 2",
        "UPDATE customer SET gone = 1 WHERE id = 3",
        f"INSERT INTO invoice SELECT '2026-' || n, n, DATE '2026-11-05', 1250.50 FROM {billed}",
        f"INSERT INTO invoice_line SELECT '2026-' || n, 1, 'A-1', 2, 1000.25 FROM {billed}",
        f"INSERT INTO invoice_line SELECT '2026-' || n, 2, 'A-2', 1, 250.25 FROM {billed}",
    ]
